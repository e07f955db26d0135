//! The whiteboard: flowchart text, drawn while it is typed.

use crate::text::{self, Line, Role};

/// The drawing of a whiteboard's text within a width.
fn board_lines(text: &str, width: u16) -> Vec<Line> {
    text::wrap(&text::clean(text), usize::from(width.max(1)))
        .into_iter()
        .map(|line| Line::of(line, Role::Plain))
        .collect()
}

/// A drawing that is only made again when its text or its width changes.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct Board {
    text: String,
    width: u16,
    lines: Vec<Line>,
}

impl Board {
    pub(in crate::tui) fn lines(&mut self, text: &str, width: u16) -> &[Line] {
        if self.text != text || self.width != width {
            self.lines = if text.trim().is_empty() {
                Vec::new()
            } else {
                board_lines(text, width)
            };
            self.text = text.to_owned();
            self.width = width;
        }
        &self.lines
    }
}
