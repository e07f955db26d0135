//! Notes.

use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use ratatui::layout::Rect;
use ratatui::Frame;

/// Notes.
pub(in crate::tui) struct Notes {}

impl Notes {
    pub(in crate::tui) fn new(_context: &Context<'_>) -> Self {
        Self {}
    }
}

impl Screen for Notes {
    fn place(&self) -> Place {
        Place::Notes
    }

    fn title(&self) -> String {
        "Notes".to_owned()
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

/// Writing a note over another screen.
pub(in crate::tui) struct NoteEditor {}

impl NoteEditor {
    pub(in crate::tui) fn new(_subject: Option<String>) -> Self {
        Self {}
    }
}

impl Screen for NoteEditor {
    fn place(&self) -> Place {
        Place::Notes
    }

    fn title(&self) -> String {
        "Note".to_owned()
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
