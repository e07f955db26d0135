//! What must be known before the first line is laid: how long lists are, and where footnotes are.

use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::HashMap;
use std::ops::Range;

/// Positions count events.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    /// Items of the ordered list that starts there.
    items: HashMap<usize, u64>,
    /// Footnotes in order: label, content.
    pub(super) notes: Vec<(&'a str, Range<usize>)>,
    /// Ends of the footnotes that start there.
    note_ends: HashMap<usize, usize>,
}

impl<'a> Outline<'a> {
    pub(super) fn of(events: &'a [Event<'_>]) -> Self {
        let mut outline = Self::default();
        let mut lists = Vec::new();
        let mut notes = Vec::new();
        for (at, event) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::List(_)) => lists.push((at, 0)),
                Event::Start(Tag::Item) => {
                    if let Some((_, items)) = lists.last_mut() {
                        *items += 1;
                    }
                }
                Event::End(TagEnd::List(_)) => outline.items.extend(lists.pop()),
                Event::Start(Tag::FootnoteDefinition(label)) => notes.push((at, label.as_ref())),
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some((start, label)) = notes.pop() {
                        outline.notes.push((label, start + 1..at));
                        outline.note_ends.insert(start, at);
                    }
                }
                _ => {}
            }
        }
        outline
    }

    pub(super) fn items(&self, list: usize) -> u64 {
        self.items.get(&list).copied().unwrap_or(0)
    }

    pub(super) fn note_end(&self, note: usize) -> usize {
        self.note_ends.get(&note).copied().unwrap_or(note)
    }
}
