//! The case studies.

use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use ratatui::layout::Rect;
use ratatui::Frame;

/// The case studies.
pub(in crate::tui) struct Cases {}

impl Cases {
    pub(in crate::tui) fn new(_context: &Context<'_>) -> Self {
        Self {}
    }
}

impl Screen for Cases {
    fn place(&self) -> Place {
        Place::Cases
    }

    fn title(&self) -> String {
        "Cases".to_owned()
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
