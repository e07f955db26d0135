//! How a page is drawn, and what lies over it.

use super::{Mode, Reader};
use crate::text::{Line, Role};
use crate::tui::theme::Theme;
use crate::tui::widgets::put;
use ratatui::layout::Rect;
use ratatui::Frame;

/// Widest column of text.
const TEXT: u16 = 88;
/// Width from which the outline stands beside the text.
pub(super) const WIDE: u16 = 110;

impl Reader {
    /// What lies over the page while something is chosen from it.
    pub(super) fn draw_over(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let width = area.width.saturating_sub(8).min(60);
        let over = Rect {
            x: area.x + (area.width - width) / 2,
            y: area.y + 1,
            width,
            height: area.height.saturating_sub(2),
        };
        match self.mode {
            Mode::Picture => {
                if let Some(figure) = &mut self.figure {
                    figure.draw_list(frame, over, theme);
                }
            }
            Mode::Links => self.links.draw(frame, over, &self.sheet, theme),
            Mode::Contents if area.width < WIDE => {
                let sheet = (&self.sheet, &self.steps);
                self.outline.draw(frame, over, sheet, true, theme);
            }
            _ => {}
        }
    }

    pub(super) fn draw_page(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let finding = u16::from(self.mode == Mode::Find);
        let column = Rect {
            height: area.height.saturating_sub(finding),
            ..centred(area)
        };
        self.sheet.page.set_height(column.height);
        if self.sheet.lay_out(usize::from(column.width)) {
            self.stale = true;
            self.figure = self.figure.as_ref().and_then(|own| own.again(&self.sheet));
            if let Some(figure) = &self.figure {
                figure.show(&mut self.sheet);
            }
        }
        self.reach_goal();
        self.sheet.page.draw(frame, column, theme);
        let top = self.sheet.page.top;
        self.sheet.matches.mark(frame, column, top, theme);
        if self.mode == Mode::Find {
            let line = Rect {
                y: column.bottom(),
                height: 1,
                ..column
            };
            self.input.draw(frame, line, "find: ", true, theme);
        }
        if self.sheet.page.lines.is_empty() {
            let line = Line::of("This page is empty.", Role::Faint);
            put(frame, column, 0, &line, theme);
        }
    }
}

/// The column of text: at most so wide that a line is read at one glance.
pub(super) fn centred(area: Rect) -> Rect {
    let width = area.width.saturating_sub(4).min(TEXT);
    Rect {
        x: area.x + (area.width - width) / 2,
        width,
        ..area
    }
}
