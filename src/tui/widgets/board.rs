//! The whiteboard: flowchart text, drawn while it is typed.

use super::draw::{panel, put, put_lines, wrapped};
use super::live::Picture;
use super::Editor;
use crate::text::{self, Line, Role};
use crate::tui::theme::Theme;
use crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;
use ratatui::Frame;

const HINT: &str = "user -> kafka -> \"feature store\" -> serving";
const BACK: &str = " · F3 back to the notes";
/// From this width on the drawing stands beside its text.
const WIDE: u16 = 106;
/// Cells of the numbers before the lines.
const GUTTER: u16 = 3;
/// Lines of what is wrong.
const FAULT_LINES: usize = 2;

/// A text with its drawing.
#[derive(Debug)]
pub(in crate::tui) struct Board {
    /// What stands over it while it is worked on, and while it is not.
    title: String,
    name: String,
    editor: Editor,
    picture: Picture,
    /// First line of the drawing that is shown while it is worked on.
    top: usize,
}

impl Board {
    pub(in crate::tui) fn new(text: &str) -> Self {
        Self {
            title: format!("Whiteboard{BACK}"),
            name: "Whiteboard".to_owned(),
            editor: Editor::new(text),
            picture: Picture::default(),
            top: 0,
        }
    }

    /// An empty one under a title of its own.
    pub(in crate::tui) fn titled(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            ..Self::new("")
        }
    }

    /// Says whose it is: the name of a step.
    pub(in crate::tui) fn name(&mut self, step: &str) {
        self.name = format!("Whiteboard · {step}");
        self.title = format!("{}{BACK}", self.name);
    }

    /// The line under the cursor.
    pub(in crate::tui) fn line(&self) -> String {
        self.editor.line()
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

    /// Whether a drawing is being made: look again soon.
    pub(in crate::tui) fn is_pending(&self) -> bool {
        self.picture.is_pending()
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
        let drawn = self.drawn_rows(width);
        let width = width.saturating_sub(4);
        let faults = self.fault_lines(width).len() as u16;
        drawn
            .saturating_add(self.written_rows(width))
            .saturating_add(faults)
    }

    fn written_rows(&self, width: u16) -> u16 {
        let room = width.saturating_sub(GUTTER + 1).max(1);
        let lines = text::wrap(&self.editor.text(), usize::from(room));
        u16::try_from(lines.len()).unwrap_or(u16::MAX - 1) + 1
    }

    /// What is wrong with the text, in a line or two.
    fn fault_lines(&self, width: u16) -> Vec<Line> {
        let Some(fault) = self.picture.fault() else {
            return Vec::new();
        };
        let mut lines = wrapped(&fault.to_string(), width, Role::Bad);
        lines.truncate(FAULT_LINES);
        lines
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
        let inner = panel(frame, area, &self.name, false, theme);
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

    /// With the text to work on: beside the drawing where there is room, else above it. What is
    /// wrong stands under the text, and its line is marked.
    fn draw_open(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let inner = panel(frame, area, &self.title, true, theme);
        let text = self.editor.text();
        let left = inner.width * 2 / 5;
        let beside = inner.width >= WIDE;
        let room = if beside {
            inner.width - left - 2
        } else {
            inner.width
        };
        let lines = self.picture.lines(&text, room).to_vec();
        let faults = self.fault_lines(if beside { left } else { inner.width });
        let (writing, drawing) = if beside {
            let writing = Rect {
                width: left,
                ..inner
            };
            let drawing = Rect {
                x: inner.right() - room,
                width: room,
                ..inner
            };
            (writing, drawing)
        } else {
            let most = (inner.height / 2).max(2);
            let wanted = self.written_rows(inner.width).clamp(2, most) + faults.len() as u16;
            let upper = wanted.min(inner.height);
            let writing = Rect {
                height: upper,
                ..inner
            };
            let drawing = Rect {
                y: inner.y + upper,
                height: inner.height - upper,
                ..inner
            };
            (writing, drawing)
        };
        let height = usize::from(drawing.height);
        self.top = self.top.min(lines.len().saturating_sub(height));
        let shown = lines.get(self.top..).unwrap_or_default();
        put_lines(frame, drawing, shown, theme);
        last_line(frame, drawing, shown.len(), "pgdn", theme);
        let below = (faults.len() as u16).min(writing.height.saturating_sub(1));
        let writing = Rect {
            height: writing.height - below,
            ..writing
        };
        let faulty = self.picture.fault().map(|fault| fault.line);
        self.editor
            .draw_numbered(frame, writing, faulty, theme, HINT);
        let under = Rect {
            y: writing.bottom(),
            height: below,
            ..writing
        };
        put_lines(frame, under, &faults, theme);
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

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::backend::TestBackend;
    use ratatui::style::Modifier;
    use ratatui::Terminal;

    /// The screen, and the text of the cells that are reversed in its left gutter.
    fn screen(board: &mut Board, width: u16) -> (String, String) {
        let mut terminal = Terminal::new(TestBackend::new(width, 16)).unwrap();
        let draw = |frame: &mut Frame<'_>| {
            let area = frame.area();
            board.draw(frame, area, true, Theme::Mono);
        };
        terminal.draw(draw).unwrap();
        let buffer = terminal.backend().buffer().clone();
        let gutter = (0..16).flat_map(|y| (1..5).map(move |x| (x, y)));
        let cells = gutter.filter_map(|at| buffer.cell(at));
        let marked = cells.filter(|cell| cell.modifier.contains(Modifier::REVERSED));
        let marked = marked.map(ratatui::buffer::Cell::symbol).collect();
        (terminal.backend().to_string(), marked)
    }

    #[test]
    fn a_fault_stands_at_its_line_and_the_last_good_picture_stays() {
        for width in [80, 120] {
            let mut board = Board::new("user -> kafka");
            assert!(screen(&mut board, width).0.contains('▸'));
            board.insert("\nkafka -> \"sto");
            let (shown, marked) = screen(&mut board, width);
            assert!(shown.contains('▸'), "{shown}");
            assert!(shown.contains("line 2"), "{shown}");
            assert_eq!(marked.trim(), "2", "{shown}");
            board.insert("re\"");
            let (shown, marked) = screen(&mut board, width);
            assert!(
                shown.contains("│ store") || shown.contains("store"),
                "{shown}"
            );
            assert_eq!(marked.trim(), "", "{shown}");
        }
    }
}
