//! Code: cut at the width, never wrapped, because a wrapped line reads like two.

use super::clip::clip;
use super::Fence;
use crate::text::{clean, clean_line, Line, Role};
use pulldown_cmark::CodeBlockKind;

const INDENT: usize = 2;

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

    pub(super) fn lay(&self, room: usize, fence: &Fence<'_>) -> Vec<Line> {
        let text = clean(&self.text);
        let drawn = self
            .language
            .as_ref()
            .and_then(|language| fence(language, &text, room));
        match drawn {
            Some(lines) => lines.into_iter().map(|line| clip(line, room)).collect(),
            None => text.lines().map(|line| code_line(line, room)).collect(),
        }
    }
}

fn code_line(line: &str, room: usize) -> Line {
    let line = line.trim_end();
    if line.is_empty() {
        return Line::new();
    }
    let line = clip(Line::of(line, Role::Code), room.saturating_sub(INDENT));
    let mut out = Line::plain(" ".repeat(INDENT));
    for span in &line.spans {
        out.push(&span.text, span.role);
    }
    out
}
