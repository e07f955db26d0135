//! The whiteboard: flowchart text, drawn while it is typed.

use crate::diagram;
use crate::text::{self, Line};

/// The drawing of a whiteboard's text within a width, or why there is none.
fn board_lines(text: &str, width: u16) -> Result<Vec<Line>, String> {
    let graph = diagram::read(&text::clean(text)).map_err(|fault| fault.to_string())?;
    Ok(diagram::draw(&graph, usize::from(width.max(1))))
}

/// A drawing that is only made again when its text or its width changes. While the text does not
/// read as a flowchart, the last drawing stays.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct Board {
    text: String,
    width: u16,
    lines: Vec<Line>,
    fault: Option<String>,
}

impl Board {
    pub(in crate::tui) fn lines(&mut self, text: &str, width: u16) -> &[Line] {
        if self.text != text || self.width != width {
            match board_lines(text, width) {
                _ if text.trim().is_empty() => {
                    self.lines = Vec::new();
                    self.fault = None;
                }
                Ok(lines) => {
                    self.lines = lines;
                    self.fault = None;
                }
                Err(fault) => {
                    // A picture for another width would be cut.
                    if self.width != width || self.lines.is_empty() {
                        self.lines = typed(text, width);
                    }
                    self.fault = Some(fault);
                }
            }
            self.text = text.to_owned();
            self.width = width;
        }
        &self.lines
    }

    /// Why the newest text is not drawn.
    pub(in crate::tui) fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }
}

/// The text as it stands, for what cannot be drawn.
fn typed(text: &str, width: u16) -> Vec<Line> {
    text::wrap(&text::clean(text), usize::from(width.max(1)))
        .into_iter()
        .map(Line::plain)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_drawing_stays_while_the_text_is_half_typed() {
        let mut board = Board::default();
        let drawn = board.lines("user -> kafka", 60).to_vec();
        assert!(drawn.iter().any(|line| line.text().contains('▸')));
        let broken = "flowchart LR\n a[user --> ";
        assert_eq!(board.lines(broken, 60), drawn);
        assert!(board.fault().is_some());
        assert_eq!(board.lines(broken, 50), typed(broken, 50));
        assert!(board.lines(" ", 50).is_empty());
    }
}
