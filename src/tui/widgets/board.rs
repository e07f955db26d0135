//! The whiteboard: flowchart text, drawn while it is typed.

use super::draw::{panel, put, put_lines};
use super::Editor;
use crate::diagram;
use crate::text::{self, Line, Role};
use crate::tui::theme::Theme;
use crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;
use ratatui::Frame;

const HINT: &str = "user -> kafka -> \"feature store\" -> serving";
/// From this width on the drawing stands beside its text.
const WIDE: u16 = 100;

/// A text with its drawing.
#[derive(Debug)]
pub(in crate::tui) struct Board {
    editor: Editor,
    picture: Picture,
    /// First line of the drawing that is shown while it is worked on.
    top: usize,
}

impl Board {
    pub(in crate::tui) fn new(text: &str) -> Self {
        Self {
            editor: Editor::new(text),
            picture: Picture::default(),
            top: 0,
        }
    }

    pub(in crate::tui) fn text(&self) -> String {
        self.editor.text()
    }

    pub(in crate::tui) fn is_empty(&self) -> bool {
        self.editor.is_empty()
    }

    pub(in crate::tui) fn insert(&mut self, more: &str) {
        self.editor.insert(more);
    }

    /// Takes a key; true when the text may have changed.
    pub(in crate::tui) fn key(&mut self, key: KeyEvent) -> bool {
        self.editor.key(key)
    }

    /// Moves the drawing where it is longer than its room.
    pub(in crate::tui) fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by);
    }

    /// Rows that the drawing takes in a panel of this width.
    pub(in crate::tui) fn drawn_rows(&mut self, width: u16) -> u16 {
        let text = self.editor.text();
        let lines = self.picture.lines(&text, width.saturating_sub(4));
        u16::try_from(lines.len()).unwrap_or(u16::MAX)
    }

    /// Rows that text and drawing take together in a panel of this width.
    pub(in crate::tui) fn rows(&mut self, width: u16) -> u16 {
        let written = self.written_rows(width.saturating_sub(4));
        self.drawn_rows(width).saturating_add(written)
    }

    fn written_rows(&self, width: u16) -> u16 {
        let lines = text::wrap(&self.editor.text(), usize::from(width.max(2) - 1));
        u16::try_from(lines.len()).unwrap_or(u16::MAX - 1) + 1
    }

    pub(in crate::tui) fn draw(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        focus: bool,
        theme: Theme,
    ) {
        if focus {
            self.draw_open(frame, area, theme);
            return;
        }
        let inner = panel(frame, area, "Whiteboard", false, theme);
        let written = self.editor.text();
        if written.trim().is_empty() {
            let hint = text::wrap(&format!("F3: {HINT}"), usize::from(inner.width));
            let lines = hint.into_iter().map(|line| Line::of(line, Role::Faint));
            put_lines(frame, inner, &lines.collect::<Vec<_>>(), theme);
            return;
        }
        let lines = self.picture.lines(&written, inner.width);
        put_lines(frame, inner, lines, theme);
        last_line(frame, inner, lines.len(), "F3", theme);
    }

    /// With the text to work on: beside the drawing where there is room, else above it.
    fn draw_open(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let inner = panel(
            frame,
            area,
            "Whiteboard · F3 back to the notes",
            true,
            theme,
        );
        let text = self.editor.text();
        let (writing, drawing) = if inner.width >= WIDE {
            let left = inner.width * 2 / 5;
            let right = Rect {
                x: inner.x + left + 2,
                width: inner.width - left - 2,
                ..inner
            };
            (
                Rect {
                    width: left,
                    ..inner
                },
                right,
            )
        } else {
            let most = (inner.height / 2).max(2);
            let upper = self
                .written_rows(inner.width)
                .clamp(2, most)
                .min(inner.height);
            let lower = Rect {
                y: inner.y + upper,
                height: inner.height - upper,
                ..inner
            };
            (
                Rect {
                    height: upper,
                    ..inner
                },
                lower,
            )
        };
        let lines = self.picture.lines(&text, drawing.width);
        let height = usize::from(drawing.height);
        self.top = self.top.min(lines.len().saturating_sub(height));
        let shown = lines.get(self.top..).unwrap_or_default();
        put_lines(frame, drawing, shown, theme);
        last_line(frame, drawing, shown.len(), "pgdn", theme);
        if let Some(fault) = self.picture.fault().filter(|_| drawing.height > 1) {
            let last = Rect {
                y: drawing.bottom() - 1,
                height: 1,
                ..drawing
            };
            frame.render_widget(Clear, last);
            let fault = text::truncate(fault, usize::from(last.width));
            put(frame, last, 0, &Line::of(fault, Role::Faint), theme);
        }
        self.editor.draw(frame, writing, true, theme, HINT);
    }
}

/// Says how much does not fit, over the last line that does.
fn last_line(frame: &mut Frame<'_>, area: Rect, count: usize, key: &str, theme: Theme) {
    let height = usize::from(area.height);
    if count <= height || height == 0 {
        return;
    }
    let last = Rect {
        y: area.bottom() - 1,
        height: 1,
        ..area
    };
    frame.render_widget(Clear, last);
    let more = format!("… {} more lines: {key}", count - height + 1);
    put(frame, last, 0, &Line::of(more, Role::Faint), theme);
}

/// The drawing of a whiteboard's text within a width, or why there is none.
fn board_lines(text: &str, width: u16) -> Result<Vec<Line>, String> {
    let graph = diagram::read(&text::clean(text)).map_err(|fault| fault.to_string())?;
    Ok(diagram::draw(&graph, usize::from(width.max(1))))
}

/// A drawing that is only made again when its text or its width changes. While the text does not
/// read as a flowchart, the last drawing stays.
#[derive(Clone, Debug, Default)]
struct Picture {
    text: String,
    width: u16,
    lines: Vec<Line>,
    fault: Option<String>,
}

impl Picture {
    fn lines(&mut self, text: &str, width: u16) -> &[Line] {
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
    fn fault(&self) -> Option<&str> {
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
        let mut board = Picture::default();
        let drawn = board.lines("user -> kafka", 60).to_vec();
        assert!(drawn.iter().any(|line| line.text().contains('▸')));
        let broken = "flowchart LR\n a[user --> ";
        assert_eq!(board.lines(broken, 60), drawn);
        assert!(board.fault().is_some());
        assert_eq!(board.lines(broken, 50), typed(broken, 50));
        assert!(board.lines(" ", 50).is_empty());
    }
}
