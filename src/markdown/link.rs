//! Links: those that lead out of the document are numbered by target, unless the text is the target.

use super::doc::Link;
use pulldown_cmark::LinkType;
use std::collections::HashMap;

/// A link whose text is being read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// Into the list; a link without a target has none.
    pub(super) index: Option<usize>,
    pub(super) number: Option<usize>,
    /// Where its bare text begins.
    pub(super) from: usize,
}

#[derive(Debug, Default)]
pub(super) struct Links {
    list: Vec<Link>,
    placed: Vec<bool>,
    by_target: HashMap<String, usize>,
    numbers: usize,
}

impl Links {
    /// The same target keeps its number. What is its own target needs none, and neither does what
    /// stays in the document.
    pub(super) fn open(&mut self, kind: LinkType, target: &str, from: usize) -> Open {
        let is_shown = matches!(kind, LinkType::Autolink | LinkType::Email);
        let is_numbered = !is_shown && !target.starts_with('#');
        let index = (!target.is_empty()).then(|| self.index(target, is_numbered));
        let number = index
            .and_then(|index| self.list.get(index))
            .and_then(|link| link.number);
        Open {
            index,
            number,
            from,
        }
    }

    fn index(&mut self, target: &str, is_numbered: bool) -> usize {
        if let Some(index) = self.by_target.get(target) {
            return *index;
        }
        let index = self.list.len();
        let number = is_numbered.then(|| {
            self.numbers += 1;
            self.numbers
        });
        self.by_target.insert(target.to_owned(), index);
        self.placed.push(false);
        self.list.push(Link {
            text: String::new(),
            target: target.to_owned(),
            number,
            line: 0,
        });
        index
    }

    /// The first text stays.
    pub(super) fn name(&mut self, open: &Open, text: &str) {
        let link = open.index.and_then(|index| self.list.get_mut(index));
        if let Some(link) = link.filter(|link| link.text.is_empty()) {
            link.text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }

    /// Takes the lines of first mentions in a block that starts at line `start`.
    pub(super) fn place(&mut self, mentions: &[(usize, usize)], start: usize) {
        for (index, line) in mentions {
            let link = self.list.get_mut(*index).zip(self.placed.get_mut(*index));
            if let Some((link, placed @ false)) = link {
                link.line = start + line;
                *placed = true;
            }
        }
    }

    pub(super) fn into_list(self) -> Vec<Link> {
        self.list
    }
}
