//! What can be found, as entries.

use super::entry::Entry;
use super::{FoundKind, Target};
use crate::content::index::CaseHead;
use crate::content::{Page, Step};
use crate::desk::Desk;
use crate::markdown::{self, Passage};
use std::collections::BTreeSet;

impl Desk {
    /// What the packs hold.
    pub(super) fn pack_entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        for head in self.library.ready_cases() {
            entries.push(case_entry(head));
            if let Ok(breakdown) = self.library.breakdown(&head.id) {
                self.breakdown(head, &breakdown, &mut entries);
            }
        }
        self.step_entries(&mut entries);
        self.technique_entries(&mut entries);
        self.tools(&mut entries);
        self.readings(&mut entries);
        self.drill_entries(&mut entries);
        entries
    }

    fn breakdown(&self, head: &CaseHead, source: &str, entries: &mut Vec<Entry>) {
        let steps = &self.library.framework().steps;
        let mut step: Option<Step> = None;
        let mut heading: Option<String> = None;
        for Passage {
            level,
            text,
            anchor,
        } in markdown::passages(source)
        {
            if level == Some(2) {
                let mut guides = steps.iter();
                let guide = guides.find(|guide| guide.title.eq_ignore_ascii_case(&text));
                step = guide.map(|guide| guide.id);
            }
            if level.is_some_and(|level| level > 1) {
                heading = Some(text.clone());
            }
            let target = Target::Read {
                case: head.id.clone(),
                step,
                heading: heading.clone(),
                anchor: heading.is_some().then_some(anchor),
            };
            let title = &head.title;
            entries.push(match (level, &heading) {
                // The title of the whole page is that of the case.
                (Some(1), _) => continue,
                (Some(_), _) => Entry::new(FoundKind::Heading, title, &text, target).named(&text),
                (None, None) => Entry::new(FoundKind::Text, title, &text, target),
                (None, Some(above)) => {
                    let title = format!("{title} · {above}");
                    Entry::new(FoundKind::Text, &title, &text, target)
                }
            });
        }
    }

    fn step_entries(&self, entries: &mut Vec<Entry>) {
        for guide in &self.library.framework().steps {
            let lists = [&guide.done, &guide.ask, &guide.say, &guide.pitfalls];
            let lines = lists.into_iter().flatten().map(String::as_str);
            let text: Vec<&str> = [guide.purpose.as_str()].into_iter().chain(lines).collect();
            let target = page(Page::Framework, &guide.title);
            let entry = Entry::new(FoundKind::Text, &guide.title, &text.join(" "), target);
            entries.push(entry.named(&guide.title));
        }
    }

    fn technique_entries(&self, entries: &mut Vec<Entry>) {
        for one in &self.library.transfer().techniques {
            let differences = one.cases.iter().map(|own| own.differs.as_str());
            let text: Vec<&str> = [one.same.as_str(), one.not_here.as_str()]
                .into_iter()
                .chain(differences)
                .collect();
            let target = page(Page::Transfer, &one.name);
            let entry = Entry::new(FoundKind::Technique, &one.name, &text.join(" "), target);
            entries.push(entry.named(&one.name));
        }
    }

    fn tools(&self, entries: &mut Vec<Entry>) {
        for tool in &self.library.toolbox().tools {
            let differences = tool.confused_with.iter().map(|own| own.difference.as_str());
            let text: Vec<&str> = [tool.role.as_str(), tool.when.as_str()]
                .into_iter()
                .chain(differences)
                .collect();
            let target = page(Page::Toolbox, &tool.name);
            let entry = Entry::new(FoundKind::Tool, &tool.name, &text.join(" "), target);
            entries.push(entry.named(&tool.name));
        }
    }

    fn readings(&self, entries: &mut Vec<Entry>) {
        let list = self.library.reading();
        for one in &list.readings {
            let text = format!("{}, {}. {}", one.authors, one.year, one.good_for);
            let entry = Entry::new(
                FoundKind::Reading,
                &one.title,
                &text,
                page(Page::Reading, &one.title),
            );
            entries.push(entry.named(&one.title));
        }
        for note in &list.notes {
            let target = page(Page::Reading, &note.title);
            let entry = Entry::new(FoundKind::Reading, &note.title, &note.text, target);
            entries.push(entry.named(&note.title));
        }
    }

    /// The question of each drill, and its answer as an entry of its own.
    fn drill_entries(&self, entries: &mut Vec<Entry>) {
        for drill in self.library.drill_texts(self.paths.cache.as_deref()) {
            let Some(head) = self.library.drill_head(&drill.id) else {
                continue;
            };
            let topic = self.library.case_head(&head.topic);
            let topic = topic.map_or(head.topic.as_str(), |case| case.title.as_str());
            let title = format!("{topic} · {} {}", head.format, head.step);
            let target = Target::Drill { drill: drill.id };
            let entry =
                |text: &str| Entry::new(FoundKind::Drill, &title, &plain(text), target.clone());
            entries.push(entry(&drill.ask));
            entries.push(entry(&drill.answer).answer());
        }
    }

    /// What only this learner may find: notes, and the facts of cases that were tried.
    pub(super) fn own_entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        for note in self.notes() {
            let case = self.library.case_head(&note.subject);
            let title = case.map_or(note.subject.as_str(), |head| head.title.as_str());
            let target = Target::Note { note: note.note };
            entries.push(Entry::new(FoundKind::Note, title, &note.text, target));
        }
        for id in self.tried_cases() {
            let (Some(head), Ok(case)) = (self.library.case_head(&id), self.library.case(&id))
            else {
                continue;
            };
            for fact in &case.facts {
                let target = Target::Read {
                    case: id.clone(),
                    step: Some(Step::Clarify),
                    heading: None,
                    anchor: None,
                };
                let title = format!("{} · {}", head.title, fact.question);
                entries.push(Entry::new(FoundKind::Fact, &title, &fact.answer, target));
            }
        }
        entries
    }

    /// Cases of which a mock or a sprint was begun.
    pub(in crate::desk) fn tried_cases(&self) -> BTreeSet<String> {
        use crate::progress::{Event, Filter, Kind};
        let begun = self
            .journal
            .events(&Filter::of(Kind::MockBegin))
            .unwrap_or_default();
        begun
            .into_iter()
            .filter_map(|stored| match stored.event {
                Event::MockBegin(begin) => Some(begin.case),
                _ => None,
            })
            .collect()
    }
}

fn case_entry(head: &CaseHead) -> Entry {
    let target = Target::Read {
        case: head.id.clone(),
        step: None,
        heading: None,
        anchor: None,
    };
    let tags = head.tags.join(", ");
    let text = format!("{} · {} · {tags}", head.summary, head.family);
    Entry::new(FoundKind::Case, &head.title, &text, target).named(&head.title)
}

fn page(page: Page, title: &str) -> Target {
    Target::Page {
        page: page.id().to_owned(),
        anchor: markdown::anchor(title),
    }
}

/// Markdown of a drill as one text.
fn plain(text: &str) -> String {
    let passages: Vec<String> = markdown::passages(text)
        .into_iter()
        .map(|passage| passage.text)
        .collect();
    passages.join(" ")
}
