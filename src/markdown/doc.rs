//! A laid-out document.

use super::clamp;
use crate::text::{width, wrap, Line};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doc {
    pub lines: Vec<Line>,
    /// In the order of the document.
    pub headings: Vec<Heading>,
    /// Targets outside the document; the text shows `[n]` for the n-th, counted from 1.
    pub links: Vec<Link>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    pub title: String,
    /// What `#anchor` links point at, made as code hosts make it; unique in the document.
    pub anchor: String,
    /// Index into the document's lines.
    pub line: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The text of its first mention.
    pub text: String,
    pub target: String,
    /// Where it is first mentioned, as an index into the document's lines.
    pub line: usize,
}

impl Doc {
    /// The lines without their roles; the targets of the links follow at the end.
    pub fn plain(&self, limit: usize) -> String {
        let mut out = String::new();
        for line in &self.lines {
            out.push_str(line.text().trim_end());
            out.push('\n');
        }
        if !self.links.is_empty() {
            out.push('\n');
        }
        for (i, link) in self.links.iter().enumerate() {
            let mut lead = format!("[{}] ", i + 1);
            let hang = " ".repeat(width(&lead));
            for part in wrap(&link.target, clamp(limit).saturating_sub(width(&lead))) {
                out.push_str(&lead);
                out.push_str(&part);
                out.push('\n');
                lead.clone_from(&hang);
            }
        }
        out
    }
}
