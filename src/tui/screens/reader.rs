//! A breakdown.

use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use ratatui::layout::Rect;
use ratatui::Frame;

/// A breakdown.
pub(in crate::tui) struct Reader {}

impl Reader {
    pub(in crate::tui) fn new(
        _context: &Context<'_>,
        _case: &str,
        _step: Option<crate::content::Step>,
    ) -> Self {
        Self {}
    }
}

impl Screen for Reader {
    fn place(&self) -> Place {
        Place::Reader
    }

    fn title(&self) -> String {
        "Reader".to_owned()
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
