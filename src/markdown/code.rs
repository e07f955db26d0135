//! Code: cut at the width, never wrapped, because a wrapped line reads like two. What is cut can be
//! brought into view sideways.

use super::clip::{clip, first, past};
use super::{Doc, Fence};
use crate::text::{clean, clean_line, width, Line, Role};
use pulldown_cmark::CodeBlockKind;
use std::ops::Range;

const INDENT: usize = 2;

/// A code block, or what was drawn in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The first word behind the fence.
    pub language: Option<String>,
    /// In full, clean.
    pub text: String,
    /// Its place in the document.
    pub lines: Range<usize>,
    /// Cells before it: of bars and indents of what encloses it.
    pub margin: usize,
    /// Cells that it may use.
    pub room: usize,
    /// It is not shown as code.
    pub drawn: bool,
}

impl Block {
    /// Cells that are cut off from its longest line.
    pub fn hidden(&self) -> usize {
        if self.drawn {
            return 0;
        }
        let longest = self.text.lines().map(|line| width(line.trim_end())).max();
        (longest.unwrap_or(0) + INDENT).saturating_sub(self.room)
    }

    /// Its lines that are not empty, with their places.
    fn written(&self) -> impl Iterator<Item = (&str, usize)> {
        let lines = self.text.lines().map(str::trim_end).zip(self.lines.clone());
        lines.filter(|(line, _)| !line.is_empty())
    }
}

impl Doc {
    /// The lines that look different when all code that is cut moves to the left by so many cells.
    pub fn shifted(&self, cells: usize) -> Vec<(usize, Line)> {
        let cut = self.blocks.iter().filter(|block| block.hidden() > 0);
        cut.flat_map(|block| {
            let cells = cells.min(block.hidden());
            block.written().map(move |(text, at)| {
                let code = code_line(text, block.room, cells);
                (at, self.framed(block, at, &code))
            })
        })
        .collect()
    }

    /// A line of the document with other content of the block: what encloses it, then this.
    pub fn framed(&self, block: &Block, at: usize, code: &Line) -> Line {
        let own = self.lines.get(at);
        let mut line = own.map_or_else(Line::new, |own| first(own, block.margin));
        for span in &code.spans {
            line.push(&span.text, span.role);
        }
        line
    }
}

/// The lines that are cut, in full, with what encloses them; by their places.
pub(super) fn whole(doc: &Doc) -> Vec<(usize, String)> {
    let cut = doc.blocks.iter().filter(|block| block.hidden() > 0);
    cut.flat_map(|block| {
        block.written().map(|(text, at)| {
            let code = Line::of(format!("{}{text}", " ".repeat(INDENT)), Role::Code);
            (at, doc.framed(block, at, &code).text())
        })
    })
    .collect()
}

/// A code block that is being read.
#[derive(Debug)]
pub(super) struct Code {
    /// Of a fence.
    language: Option<String>,
    text: String,
}

impl Code {
    pub(super) fn new(kind: &CodeBlockKind<'_>) -> Self {
        let language = match kind {
            CodeBlockKind::Indented => None,
            CodeBlockKind::Fenced(info) => {
                Some(clean_line(info.split_whitespace().next().unwrap_or_default()).into_owned())
            }
        };
        Self {
            language,
            text: String::new(),
        }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Its lines, and the block that they will be once their place is known.
    pub(super) fn lay(&self, room: usize, margin: usize, fence: &Fence<'_>) -> (Vec<Line>, Block) {
        let text = clean(&self.text);
        let drawn = self
            .language
            .as_ref()
            .and_then(|language| fence(language, &text, room));
        let is_drawn = drawn.is_some();
        let lines: Vec<Line> = match drawn {
            Some(lines) => lines.into_iter().map(|line| clip(line, room)).collect(),
            None => text.lines().map(|line| code_line(line, room, 0)).collect(),
        };
        let block = Block {
            language: self.language.clone(),
            text: text.into_owned(),
            lines: 0..lines.len(),
            margin,
            room,
            drawn: is_drawn,
        };
        (lines, block)
    }
}

/// A line of code whose first `left` cells are out of view.
fn code_line(line: &str, room: usize, left: usize) -> Line {
    let line = line.trim_end();
    if line.is_empty() {
        return Line::new();
    }
    let shown = past(Line::of(line, Role::Code), left);
    let line = clip(shown, room.saturating_sub(INDENT));
    let mut out = Line::plain(" ".repeat(INDENT));
    for span in &line.spans {
        out.push(&span.text, span.role);
    }
    out
}
