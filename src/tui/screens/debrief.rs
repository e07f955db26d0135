//! The debrief of a mock.

use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use ratatui::layout::Rect;
use ratatui::Frame;

/// The debrief of a mock.
pub(in crate::tui) struct DebriefScreen {}

impl DebriefScreen {
    pub(in crate::tui) fn new(
        _record: crate::mock::Record,
        _debrief: crate::mock::Debrief,
    ) -> Self {
        Self {}
    }
}

impl Screen for DebriefScreen {
    fn place(&self) -> Place {
        Place::Debrief
    }

    fn title(&self) -> String {
        "Debrief".to_owned()
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
