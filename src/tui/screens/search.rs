//! Search in everything.

use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use ratatui::layout::Rect;
use ratatui::Frame;

/// Search in everything.
pub(in crate::tui) struct Search {}

impl Search {
    pub(in crate::tui) fn new(_context: &Context<'_>) -> Self {
        Self {}
    }
}

impl Screen for Search {
    fn place(&self) -> Place {
        Place::Search
    }

    fn title(&self) -> String {
        "Search".to_owned()
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
