//! The first run.

use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use ratatui::layout::Rect;
use ratatui::Frame;

/// The first run.
pub(in crate::tui) struct Welcome {}

impl Welcome {
    pub(in crate::tui) fn new(_context: &Context<'_>) -> Self {
        Self {}
    }
}

impl Screen for Welcome {
    fn place(&self) -> Place {
        Place::Welcome
    }

    fn title(&self) -> String {
        "Welcome".to_owned()
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
