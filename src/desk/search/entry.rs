//! Something that can be found.

use super::{FoundKind, Target};
use crate::text;

#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) kind: FoundKind,
    /// What the list of results shows above the snippet.
    pub(super) title: String,
    /// What it is called: a heading, a tool, a case. Words found here weigh most.
    pub(super) name: String,
    /// What it says; the snippet is cut from it.
    pub(super) text: String,
    /// What it stands under. Words of it count, but never alone.
    pub(super) context: String,
    pub(super) target: Target,
    /// The answer of a drill, not its question.
    pub(super) is_answer: bool,
}

impl Entry {
    /// A text under a title.
    pub(super) fn new(kind: FoundKind, title: &str, text: &str, target: Target) -> Self {
        Self {
            kind,
            title: title.to_owned(),
            name: String::new(),
            text: line(text),
            context: title.to_owned(),
            target,
            is_answer: false,
        }
    }

    /// It is called so; the words of its title are then its own.
    #[must_use]
    pub(super) fn named(mut self, name: &str) -> Self {
        self.name = line(name);
        self
    }

    #[must_use]
    pub(super) fn answer(mut self) -> Self {
        self.is_answer = true;
        self
    }
}

fn line(text: &str) -> String {
    text::clean_line(text).trim().to_owned()
}
