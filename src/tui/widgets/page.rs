//! A page of lines that scrolls.

use super::draw::styled;
use crate::text::Line;
use crate::tui::command::Do;
use crate::tui::theme::Theme;
use ratatui::layout::Rect;
use ratatui::Frame;

/// Lines, and how far they are scrolled.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct Page {
    pub(in crate::tui) lines: Vec<Line>,
    pub(in crate::tui) top: usize,
    height: usize,
}

impl Page {
    pub(in crate::tui) fn new(lines: Vec<Line>) -> Self {
        Self {
            lines,
            ..Self::default()
        }
    }

    fn last_top(&self) -> usize {
        self.lines.len().saturating_sub(self.height.max(1))
    }

    /// Rows of the screen.
    pub(in crate::tui) fn height(&self) -> usize {
        self.height
    }

    /// For what scrolls before it is drawn.
    pub(in crate::tui) fn set_height(&mut self, rows: u16) {
        self.height = usize::from(rows);
    }

    /// Scrolls; true when the command was one of the page's.
    pub(in crate::tui) fn act(&mut self, command: Do) -> bool {
        let page = self.height.max(3) - 2;
        self.top = match command {
            Do::Up => self.top.saturating_sub(1),
            Do::Down => self.top + 1,
            Do::PageUp => self.top.saturating_sub(page),
            Do::PageDown => self.top + page,
            Do::Top => 0,
            Do::Bottom => self.last_top(),
            _ => return false,
        }
        .min(self.last_top());
        true
    }

    /// Share of the page that is above the lower edge, in per cent.
    pub(in crate::tui) fn percent(&self) -> usize {
        let seen = (self.top + self.height).min(self.lines.len());
        seen * 100 / self.lines.len().max(1)
    }

    pub(in crate::tui) fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        self.set_height(area.height);
        self.top = self.top.min(self.last_top());
        let shown = self.lines.iter().skip(self.top).take(self.height);
        for (row, line) in (0u16..).zip(shown) {
            let place = Rect::new(area.x, area.y + row, area.width, 1);
            frame.render_widget(styled(line, theme), place);
        }
    }
}
