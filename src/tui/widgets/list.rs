//! A list with one chosen row.

use super::draw::styled;
use crate::text::Line;
use crate::tui::command::Do;
use crate::tui::theme::Theme;
use ratatui::layout::Rect;
use ratatui::Frame;

/// Which row is chosen, and which is the first one shown.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::tui) struct List {
    pub(in crate::tui) at: usize,
    top: usize,
    height: usize,
}

impl List {
    /// Moves the choice; true when the command was one of the list's.
    pub(in crate::tui) fn act(&mut self, command: Do, count: usize) -> bool {
        let last = count.saturating_sub(1);
        let page = self.height.max(2) - 1;
        self.at = match command {
            Do::Up => self.at.saturating_sub(1),
            Do::Down => (self.at + 1).min(last),
            Do::PageUp => self.at.saturating_sub(page),
            Do::PageDown => (self.at + page).min(last),
            Do::Top => 0,
            Do::Bottom => last,
            _ => return false,
        };
        true
    }

    /// Draws the rows around the chosen one; the choice is reversed and has a mark.
    pub(in crate::tui) fn draw(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        rows: &[Line],
        focus: bool,
        theme: Theme,
    ) {
        self.height = usize::from(area.height);
        self.at = self.at.min(rows.len().saturating_sub(1));
        if self.at < self.top {
            self.top = self.at;
        }
        if self.height > 0 && self.at >= self.top + self.height {
            self.top = self.at + 1 - self.height;
        }
        self.top = self.top.min(rows.len().saturating_sub(self.height));
        let shown = rows.iter().enumerate().skip(self.top).take(self.height);
        for (row, (at, line)) in (0u16..).zip(shown) {
            let place = Rect::new(area.x, area.y + row, area.width, 1);
            let chosen = at == self.at && focus;
            let mark = if chosen { "▸ " } else { "  " };
            let mut marked = Line::plain(mark);
            marked.spans.extend(line.spans.iter().cloned());
            frame.render_widget(styled(&marked, theme), place);
            if chosen {
                frame.buffer_mut().set_style(place, theme.selected());
            }
        }
    }
}
