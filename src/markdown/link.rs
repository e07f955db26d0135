//! Links out of the document, numbered by target.

use super::doc::Link;
use std::collections::HashMap;

/// A link whose text is being read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// Into the list; links inside the document have none.
    pub(super) index: Option<usize>,
    /// Where its bare text begins.
    pub(super) from: usize,
}

impl Open {
    pub(super) fn number(&self) -> Option<usize> {
        self.index.map(|index| index + 1)
    }
}

#[derive(Debug, Default)]
pub(super) struct Links {
    list: Vec<Link>,
    placed: Vec<bool>,
    by_target: HashMap<String, usize>,
}

impl Links {
    /// The same target keeps its number.
    pub(super) fn open(&mut self, target: &str, from: usize) -> Open {
        let index = is_external(target).then(|| self.index(target));
        Open { index, from }
    }

    fn index(&mut self, target: &str) -> usize {
        if let Some(index) = self.by_target.get(target) {
            return *index;
        }
        let index = self.list.len();
        self.by_target.insert(target.to_owned(), index);
        self.placed.push(false);
        self.list.push(Link {
            text: String::new(),
            target: target.to_owned(),
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

fn is_external(target: &str) -> bool {
    let scheme = target.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|s| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"))
}
