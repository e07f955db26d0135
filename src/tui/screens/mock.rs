//! A running mock.

use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use ratatui::layout::Rect;
use ratatui::Frame;

/// A running mock.
pub(in crate::tui) struct MockScreen {}

impl MockScreen {
    pub(in crate::tui) fn new(_session: crate::mock::Session) -> Self {
        Self {}
    }
}

impl Screen for MockScreen {
    fn place(&self) -> Place {
        Place::Mock
    }

    fn title(&self) -> String {
        "Mock".to_owned()
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
