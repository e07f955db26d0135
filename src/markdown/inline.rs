//! Text inside a block: which styles are open, and what it is part of.

use super::flow::{Flow, Ink};
use super::link::{Links, Open};
use crate::text::{clean_line, Role};
use pulldown_cmark::LinkType;

#[derive(Debug, Default)]
pub(super) struct Inline {
    flow: Flow,
    strong: usize,
    emphasis: usize,
    struck: usize,
    /// The block is a heading of this level, or the head of a table.
    block: Option<Role>,
    /// Roles of plain text in the quotes around.
    base: Vec<Role>,
    open: Vec<Open>,
    /// The text without numbers and marks.
    bare: String,
    pub(super) links: Links,
}

impl Inline {
    /// What was gathered since the last time.
    pub(super) fn take(&mut self) -> Flow {
        self.bare.clear();
        std::mem::take(&mut self.flow)
    }

    /// The text since then, without our marks.
    pub(super) fn bare(&self) -> String {
        self.bare.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(super) fn text(&mut self, text: &str) {
        let ink = self.ink();
        self.push(text, ink);
    }

    pub(super) fn code(&mut self, text: &str) {
        let mut ink = self.ink();
        if self.block.is_none() && self.open.is_empty() {
            ink.role = Role::Code;
        }
        self.push(text, ink);
    }

    /// A mark of ours that stays with the word before it.
    pub(super) fn tag(&mut self, text: &str) {
        let ink = Ink {
            role: Role::Faint,
            ..self.ink()
        };
        self.flow.tag(text, ink);
    }

    /// A marker in front of the text, for want of room beside it.
    pub(super) fn lead(&mut self, text: &str, role: Role) {
        self.flow.push(text, Ink::of(role));
    }

    pub(super) fn soft_break(&mut self) {
        self.bare.push(' ');
        self.flow.soft_break();
    }

    pub(super) fn hard_break(&mut self) {
        self.bare.push(' ');
        self.flow.hard_break();
    }

    pub(super) fn strong(&mut self, on: bool) {
        count(&mut self.strong, on);
    }

    pub(super) fn emphasis(&mut self, on: bool) {
        count(&mut self.emphasis, on);
    }

    /// Struck text keeps its tildes: faint alone does not say that it no longer holds.
    pub(super) fn struck(&mut self, on: bool) {
        count(&mut self.struck, on);
        let ink = Ink {
            role: Role::Faint,
            ..self.ink()
        };
        if on {
            self.flow.push("~~", ink);
        } else {
            self.flow.tag("~~", ink);
        }
    }

    pub(super) fn enter_block(&mut self, role: Role) {
        self.block = Some(role);
    }

    pub(super) fn leave_block(&mut self) {
        self.block = None;
    }

    pub(super) fn enter_quote(&mut self, role: Role) {
        self.base.push(role);
    }

    pub(super) fn leave_quote(&mut self) {
        self.base.pop();
    }

    pub(super) fn enter_link(&mut self, kind: LinkType, target: &str) {
        let from = self.bare.len();
        let open = self.links.open(kind, &clean_line(target), from);
        self.open.push(open);
    }

    /// Puts the number behind a link that has one.
    pub(super) fn leave_link(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let bare = self.bare.get(open.from..).unwrap_or_default();
        self.links.name(&open, bare);
        let Some(number) = open.number else { return };
        let ink = Ink {
            role: Role::Faint,
            link: open.index,
        };
        self.flow.tag(&format!(" [{number}]"), ink);
    }

    fn push(&mut self, text: &str, ink: Ink) {
        let text = clean_line(text);
        self.bare.push_str(&text);
        self.flow.push(&text, ink);
    }

    fn ink(&self) -> Ink {
        let base = self.base.last().copied().unwrap_or_default();
        let role = match self.block {
            Some(role) => role,
            None if !self.open.is_empty() => Role::Link,
            None if self.struck > 0 => Role::Faint,
            None if self.strong > 0 => Role::Strong,
            None if self.emphasis > 0 => Role::Emphasis,
            None => base,
        };
        let link = self.open.last().and_then(|open| open.index);
        Ink { role, link }
    }
}

fn count(open: &mut usize, on: bool) {
    *open = if on {
        *open + 1
    } else {
        open.saturating_sub(1)
    };
}
