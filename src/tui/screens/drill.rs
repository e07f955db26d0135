//! A drill session.

use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use ratatui::layout::Rect;
use ratatui::Frame;

/// A drill session.
pub(in crate::tui) struct DrillScreen {}

impl DrillScreen {
    pub(in crate::tui) fn new(_session: crate::drill::Session) -> Self {
        Self {}
    }
}

impl Screen for DrillScreen {
    fn place(&self) -> Place {
        Place::DrillAnswer
    }

    fn title(&self) -> String {
        "Drill".to_owned()
    }

    fn draw(&mut self, _frame: &mut Frame<'_>, _area: Rect, _theme: Theme, _context: &Context<'_>) {
    }

    fn act(&mut self, command: Do, _context: &mut Context<'_>) -> Flow {
        match command {
            Do::Back => Flow::Pop,
            _ => Flow::Stay,
        }
    }
}
