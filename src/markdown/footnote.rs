//! Footnotes: numbered by first mention, told at the end of the document.

use super::outline::Outline;
use std::collections::HashMap;
use std::ops::Range;

#[derive(Debug)]
pub(super) struct Footnotes<'a> {
    /// By label; the first definition counts.
    index: HashMap<&'a str, usize>,
    content: Vec<Range<usize>>,
    numbers: Vec<Option<usize>>,
    /// Indexes in the order of their numbers.
    order: Vec<usize>,
}

impl<'a> Footnotes<'a> {
    pub(super) fn of(outline: &Outline<'a>) -> Self {
        let mut index = HashMap::new();
        let mut content = Vec::new();
        for (label, range) in &outline.notes {
            index.entry(*label).or_insert_with(|| {
                content.push(range.clone());
                content.len() - 1
            });
        }
        Self {
            index,
            numbers: vec![None; content.len()],
            content,
            order: Vec::new(),
        }
    }

    /// The number behind a mention.
    pub(super) fn number(&mut self, label: &str) -> Option<usize> {
        self.index.get(label).copied().map(|note| self.give(note))
    }

    /// The footnote with this number. When the mentioned ones are used up, the others follow, so
    /// that nothing is lost.
    pub(super) fn content(&mut self, number: usize) -> Option<Range<usize>> {
        if number > self.order.len() {
            let rest = self.numbers.iter().position(Option::is_none)?;
            self.give(rest);
        }
        let note = self.order.get(number.checked_sub(1)?)?;
        self.content.get(*note).cloned()
    }

    fn give(&mut self, note: usize) -> usize {
        let next = self.order.len() + 1;
        let Some(slot) = self.numbers.get_mut(note) else {
            return next;
        };
        *slot.get_or_insert_with(|| {
            self.order.push(note);
            next
        })
    }
}

/// How a footnote is told apart from a numbered link.
pub(super) fn mark(number: usize) -> String {
    format!("[^{number}]")
}
