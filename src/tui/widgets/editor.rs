//! The multi-line editor: soft wrap, undo, paste.

use crate::text;
use crate::tui::theme::Theme;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Cell;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::Frame;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

/// Longest text, in bytes: more is no answer.
const MAX_BYTES: usize = 256 * 1024;

/// A text area with the app's keys and look.
#[derive(Debug)]
pub(in crate::tui) struct Editor {
    area: TextArea<'static>,
}

impl Editor {
    pub(in crate::tui) fn new(text: &str) -> Self {
        let lines = text::clean(text).split('\n').map(str::to_owned).collect();
        let mut area = TextArea::new(lines);
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.set_cursor_line_style(Style::default());
        area.set_max_histories(500);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area }
    }

    pub(in crate::tui) fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    pub(in crate::tui) fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// The line under the cursor.
    pub(in crate::tui) fn line(&self) -> String {
        self.area
            .lines()
            .get(self.area.cursor().0)
            .cloned()
            .unwrap_or_default()
    }

    pub(in crate::tui) fn insert(&mut self, more: &str) {
        if self.size() + more.len() <= MAX_BYTES {
            self.area.insert_str(text::clean(more));
        }
    }

    fn size(&self) -> usize {
        self.area.lines().iter().map(|line| line.len() + 1).sum()
    }

    /// Takes a key; true when the text may have changed.
    pub(in crate::tui) fn key(&mut self, key: KeyEvent) -> bool {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            KeyCode::Char('u') if control => self.area.delete_line_by_head(),
            KeyCode::Char('u') if alt => self.area.undo(),
            KeyCode::Char('r') if alt => self.area.redo(),
            KeyCode::Char(_) if !control && !alt && self.size() >= MAX_BYTES => false,
            _ => self.area.input(key),
        }
    }

    pub(in crate::tui) fn draw(
        &mut self,
        frame: &mut Frame<'_>,
        at: Rect,
        focus: bool,
        theme: Theme,
        hint: &str,
    ) {
        let cursor = if focus {
            Modifier::REVERSED
        } else {
            Modifier::empty()
        };
        self.area
            .set_cursor_style(Style::reset().add_modifier(cursor));
        self.area.set_selection_style(theme.selected());
        self.area.set_style(Style::reset());
        self.area
            .set_placeholder_style(theme.style(text::Role::Faint));
        self.area.set_placeholder_text(hint);
        frame.render_widget(&self.area, at);
    }

    /// Draws with numbers before the lines, the number of a faulty line marked.
    pub(in crate::tui) fn draw_numbered(
        &mut self,
        frame: &mut Frame<'_>,
        at: Rect,
        faulty: Option<usize>,
        theme: Theme,
        hint: &str,
    ) {
        self.area
            .set_line_number_style(theme.style(text::Role::Faint));
        self.draw(frame, at, true, theme, hint);
        let Some(number) = faulty.map(|number| number.to_string()) else {
            return;
        };
        let gutter = self.area.line_number_width().min(at.width);
        let buffer = frame.buffer_mut();
        for y in at.top()..at.bottom() {
            let cells = (at.left()..at.left() + gutter).filter_map(|x| buffer.cell((x, y)));
            let shown: String = cells.map(Cell::symbol).collect();
            if shown.trim() == number {
                let place = Rect::new(at.x, y, gutter, 1);
                let style = theme
                    .style(text::Role::Bad)
                    .add_modifier(Modifier::REVERSED);
                buffer.set_style(place, style);
            }
        }
    }
}
