//! A laid-out document.

use super::clamp;
use super::code::{self, Block};
use crate::text::{width, wrap, Line};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doc {
    pub lines: Vec<Line>,
    /// In the order of the document.
    pub headings: Vec<Heading>,
    /// In the order of their first mentions.
    pub links: Vec<Link>,
    /// Code and drawings, in the order of the document.
    pub blocks: Vec<Block>,
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

/// A target, and where it is first mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The text of its first mention.
    pub text: String,
    pub target: String,
    /// The text shows `[n]` behind a link that leads out of the document, unless it shows the
    /// target itself.
    pub number: Option<usize>,
    /// Where it is first mentioned, as an index into the document's lines.
    pub line: usize,
}

impl Doc {
    /// The lines without their roles, code in full; the targets of the numbered links follow.
    pub fn plain(&self, limit: usize) -> String {
        let mut out = String::new();
        let mut whole = code::whole(self).into_iter().peekable();
        for (at, line) in self.lines.iter().enumerate() {
            let text = match whole.next_if(|(own, _)| *own == at) {
                Some((_, text)) => text,
                None => line.text(),
            };
            out.push_str(text.trim_end());
            out.push('\n');
        }
        let targets = self.targets(limit);
        if !targets.is_empty() {
            out.push('\n');
        }
        for (lead, part) in targets {
            out.push_str(&lead);
            out.push_str(&part);
            out.push('\n');
        }
        out
    }

    /// The targets of the numbered links, wrapped: what stands before each line, and the line.
    pub fn targets(&self, limit: usize) -> Vec<(String, String)> {
        let mut out = Vec::new();
        let numbered = self
            .links
            .iter()
            .filter_map(|link| Some((link.number?, link)));
        for (number, link) in numbered {
            let mut lead = format!("[{number}] ");
            let hang = " ".repeat(width(&lead));
            for part in wrap(&link.target, clamp(limit).saturating_sub(width(&lead))) {
                out.push((std::mem::replace(&mut lead, hang.clone()), part));
            }
        }
        out
    }
}
