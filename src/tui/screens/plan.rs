//! The days up to the interview.

use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use ratatui::layout::Rect;
use ratatui::Frame;

/// The days up to the interview.
pub(in crate::tui) struct PlanScreen {}

impl PlanScreen {
    pub(in crate::tui) fn new(_context: &Context<'_>) -> Self {
        Self {}
    }
}

impl Screen for PlanScreen {
    fn place(&self) -> Place {
        Place::Plan
    }

    fn title(&self) -> String {
        "Plan".to_owned()
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
