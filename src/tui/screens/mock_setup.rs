//! Before a mock.

use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use ratatui::layout::Rect;
use ratatui::Frame;

/// Before a mock.
pub(in crate::tui) struct MockSetup {}

impl MockSetup {
    pub(in crate::tui) fn new(
        _context: &Context<'_>,
        _case: Option<String>,
        _steps: Vec<crate::content::Step>,
        _clock: Option<u32>,
    ) -> Self {
        Self {}
    }
}

impl Screen for MockSetup {
    fn place(&self) -> Place {
        Place::MockSetup
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
