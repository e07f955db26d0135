//! Lists: a marker before the first line of an item, its other lines below its text.

use super::inline::Inline;
use super::page::{After, Page, Spacing};
use crate::text::{width, Role, Span};

/// Bullets by depth.
const BULLETS: [&str; 3] = ["• ", "◦ ", "▪ "];

#[derive(Debug)]
struct List {
    numbers: Option<Numbers>,
    /// Its items are paragraphs, with blank lines between them.
    loose: bool,
    empty: bool,
    /// Indents around the text of its items.
    depth: usize,
}

#[derive(Debug)]
struct Numbers {
    next: u64,
    /// Of the longest number; the others are set flush right.
    digits: usize,
}

/// The lists that are open.
#[derive(Debug, Default)]
pub(super) struct Lists {
    stack: Vec<List>,
}

impl Lists {
    /// `items` is the number of items of an ordered list.
    pub(super) fn start(&mut self, page: &mut Page, first: Option<u64>, items: u64) {
        // A list inside an item follows the item's text at once.
        page.open(if self.stack.is_empty() {
            Spacing::Full
        } else {
            Spacing::Tight
        });
        let numbers = first.map(|next| Numbers {
            next,
            digits: width(&next.saturating_add(items.saturating_sub(1)).to_string()),
        });
        self.stack.push(List {
            numbers,
            loose: false,
            empty: true,
            depth: page.depth() + 1,
        });
    }

    pub(super) fn end(&mut self, page: &mut Page) {
        self.stack.pop();
        page.close(if self.stack.is_empty() {
            After::Block
        } else {
            After::Text
        });
    }

    pub(super) fn start_item(&mut self, page: &mut Page, inline: &mut Inline) {
        let level = self.stack.len().saturating_sub(1);
        let Some(list) = self.stack.last_mut() else {
            return;
        };
        if !list.empty {
            page.open(if list.loose {
                Spacing::Full
            } else {
                Spacing::Tight
            });
        }
        list.empty = false;
        let marker = match &mut list.numbers {
            Some(numbers) => numbers.marker(),
            None => BULLETS
                .get(level % BULLETS.len())
                .map_or("• ", |b| b)
                .to_owned(),
        };
        let rest = Span::new(" ".repeat(width(&marker)), Role::Plain);
        if let Some(marker) = page.indent(Some(Span::new(marker, Role::Faint)), rest) {
            inline.lead(&marker.text, marker.role);
        }
    }

    /// A box takes the place of the bullet, or stands behind the number.
    pub(super) fn task(&self, page: &mut Page, inline: &mut Inline, done: bool) {
        let (check, role) = if done {
            ("[x] ", Role::Good)
        } else {
            ("[ ] ", Role::Faint)
        };
        let numbered = self.stack.last().is_some_and(|list| list.numbers.is_some());
        let marked = page.mark(|marker| {
            let number = if numbered { marker.text.as_str() } else { "" };
            Span::new(format!("{number}{check}"), role)
        });
        if !marked {
            inline.lead(check, role);
        }
    }

    /// A paragraph begins: if it is one of an item, the list is loose.
    pub(super) fn paragraph(&mut self, page: &Page) {
        if let Some(list) = self.stack.last_mut() {
            list.loose |= list.depth == page.depth();
        }
    }
}

impl Numbers {
    fn marker(&mut self) -> String {
        let marker = format!("{:>1$}. ", self.next, self.digits);
        self.next = self.next.saturating_add(1);
        marker
    }
}
