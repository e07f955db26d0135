//! A place in the source that moves forward.

use crate::diagram::Fault;

#[derive(Debug)]
pub(super) struct Cursor {
    chars: Vec<char>,
    at: usize,
}

impl Cursor {
    pub(super) fn new(source: &str) -> Self {
        Self {
            chars: source.chars().collect(),
            at: 0,
        }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn go_to(&mut self, at: usize) {
        self.at = at.min(self.chars.len());
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.go_to(self.at + count);
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.chars.len()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.ahead(0)
    }

    pub(super) fn ahead(&self, count: usize) -> Option<char> {
        self.chars.get(self.at + count).copied()
    }

    pub(super) fn starts(&self, text: &str) -> bool {
        text.chars()
            .enumerate()
            .all(|(offset, c)| self.ahead(offset) == Some(c))
    }

    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.starts(text);
        if found {
            self.skip(text.chars().count());
        }
        found
    }

    pub(super) fn skip_while(&mut self, test: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&test) {
            self.at += 1;
        }
    }

    /// Skips spaces within the line.
    pub(super) fn skip_blanks(&mut self) {
        self.skip_while(|c| c != '\n' && c.is_whitespace());
    }

    pub(super) fn skip_space(&mut self) {
        self.skip_while(char::is_whitespace);
    }

    pub(super) fn skip_line(&mut self) {
        self.skip_while(|c| c != '\n');
    }

    /// How many times `c` stands here in a row.
    pub(super) fn run(&self, c: char) -> usize {
        (0..).take_while(|&n| self.ahead(n) == Some(c)).count()
    }

    /// The word of letters that stands here.
    pub(super) fn word(&self) -> String {
        (0..)
            .map_while(|n| self.ahead(n))
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    }

    pub(super) fn text(&self, from: usize, to: usize) -> String {
        self.chars
            .get(from..to.max(from))
            .unwrap_or_default()
            .iter()
            .collect()
    }

    /// Where `text` stands next, on this line only unless `beyond` lines are allowed.
    pub(super) fn find(&self, text: &str, beyond: bool) -> Option<usize> {
        let wanted: Vec<char> = text.chars().collect();
        let first = *wanted.first()?;
        let rest = self.chars.get(self.at..)?;
        for (offset, &c) in rest.iter().enumerate() {
            if c == '\n' && !beyond {
                return None;
            }
            if c == first && rest.get(offset..offset + wanted.len()) == Some(&wanted[..]) {
                return Some(self.at + offset);
            }
        }
        None
    }

    pub(super) fn fault(&self, message: impl Into<String>) -> Fault {
        self.fault_at(self.at, message)
    }

    pub(super) fn fault_at(&self, at: usize, message: impl Into<String>) -> Fault {
        let before = self.chars.get(..at).unwrap_or(&self.chars);
        Fault {
            line: 1 + before.iter().filter(|&&c| c == '\n').count(),
            column: 1 + before.iter().rev().take_while(|&&c| c != '\n').count(),
            message: message.into(),
        }
    }
}
