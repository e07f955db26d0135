//! One line to type into.

use crate::text::{self, Line, Role};
use crate::tui::theme::Theme;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::Frame;
use unicode_segmentation::UnicodeSegmentation;

/// A line of text with a cursor at its grapheme clusters.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct Input {
    clusters: Vec<String>,
    cursor: usize,
}

impl Input {
    pub(in crate::tui) fn new(text: &str) -> Self {
        let mut input = Self::default();
        input.insert(text);
        input
    }

    pub(in crate::tui) fn text(&self) -> String {
        self.clusters.concat()
    }

    pub(in crate::tui) fn is_empty(&self) -> bool {
        self.clusters.is_empty()
    }

    pub(in crate::tui) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Inserts text at the cursor; newlines become spaces.
    pub(in crate::tui) fn insert(&mut self, more: &str) {
        let more = text::clean_line(more);
        let before = self
            .clusters
            .get(..self.cursor)
            .unwrap_or_default()
            .concat();
        let after = self
            .clusters
            .get(self.cursor..)
            .unwrap_or_default()
            .concat();
        let start = format!("{before}{more}");
        self.cursor = start.graphemes(true).count();
        self.clusters = format!("{start}{after}")
            .graphemes(true)
            .map(str::to_owned)
            .collect();
    }

    /// Takes a key as the usual line editors do; true when the text may have changed.
    pub(in crate::tui) fn key(&mut self, key: KeyEvent) -> bool {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('a') if control => self.cursor = 0,
            KeyCode::Char('e') if control => self.cursor = self.clusters.len(),
            KeyCode::Char('u') if control => {
                self.clusters.drain(..self.cursor);
                self.cursor = 0;
            }
            KeyCode::Char('k') if control => self.clusters.truncate(self.cursor),
            KeyCode::Char('w') if control => self.delete_word(),
            KeyCode::Char(c) if !control && !key.modifiers.contains(KeyModifiers::ALT) => {
                self.insert(c.encode_utf8(&mut [0; 4]));
            }
            KeyCode::Backspace if self.cursor > 0 => {
                self.cursor -= 1;
                self.clusters.remove(self.cursor);
            }
            KeyCode::Delete if self.cursor < self.clusters.len() => {
                self.clusters.remove(self.cursor);
            }
            KeyCode::Left => self.cursor = self.cursor.saturating_sub(1),
            KeyCode::Right => self.cursor = (self.cursor + 1).min(self.clusters.len()),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = self.clusters.len(),
            _ => return false,
        }
        true
    }

    fn delete_word(&mut self) {
        let blank = |cluster: &String| cluster.trim().is_empty();
        let mut start = self.cursor;
        while start > 0 && self.clusters.get(start - 1).is_some_and(blank) {
            start -= 1;
        }
        while start > 0 && !self.clusters.get(start - 1).is_some_and(blank) {
            start -= 1;
        }
        self.clusters.drain(start..self.cursor);
        self.cursor = start;
    }

    /// Draws the text after a prompt; the end nearest the cursor stays visible.
    pub(in crate::tui) fn draw(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        prompt: &str,
        focus: bool,
        theme: Theme,
    ) {
        if area.width == 0 || area.height == 0 {
            return;
        }
        let room = usize::from(area.width)
            .saturating_sub(text::width(prompt) + 1)
            .max(1);
        let before = self.clusters.get(..self.cursor).unwrap_or_default();
        let mut start = 0;
        let width_from = |start: usize| -> usize {
            before
                .get(start..)
                .unwrap_or_default()
                .iter()
                .map(|cluster| text::width(cluster))
                .sum()
        };
        while width_from(start) > room {
            start += 1;
        }
        let shown = self.clusters.get(start..).unwrap_or_default().concat();
        let line = Line::of(prompt, Role::Accent).with(&shown, Role::Plain);
        frame.render_widget(
            super::draw::styled(&line, theme),
            Rect { height: 1, ..area },
        );
        if focus {
            let x = area.x + (text::width(prompt) + width_from(start)) as u16;
            frame.set_cursor_position((x.min(area.right().saturating_sub(1)), area.y));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(input: &mut Input, code: KeyCode, modifiers: KeyModifiers) {
        input.key(KeyEvent::new(code, modifiers));
    }

    #[test]
    fn the_usual_keys_of_a_line_editor() {
        let mut input = Input::new("two-tower retrieval");
        press(&mut input, KeyCode::Char('w'), KeyModifiers::CONTROL);
        assert_eq!(input.text(), "two-tower ");
        press(&mut input, KeyCode::Char('a'), KeyModifiers::CONTROL);
        input.insert("é\n日 ");
        assert_eq!(input.text(), "é 日 two-tower ");
        press(&mut input, KeyCode::Backspace, KeyModifiers::NONE);
        press(&mut input, KeyCode::Backspace, KeyModifiers::NONE);
        press(&mut input, KeyCode::Char('k'), KeyModifiers::CONTROL);
        assert_eq!(input.text(), "é ");
        press(&mut input, KeyCode::Char('u'), KeyModifiers::CONTROL);
        assert!(input.is_empty());
    }
}
