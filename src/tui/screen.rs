//! What every screen can do. A screen draws from its own state and the desk; it acts on commands
//! and typed keys, and says what happens next.

use super::command::{Do, Place};
use super::theme::Theme;
use crate::desk::Desk;
use chrono::{DateTime, Utc};
use crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use ratatui::Frame;

/// What a screen needs besides its own state.
pub(super) struct Context<'a> {
    pub(super) desk: &'a mut Desk,
    pub(super) now: DateTime<Utc>,
}

/// What happens after an input.
pub(super) enum Flow {
    Stay,
    /// Opens a screen over this one.
    Push(Box<dyn Screen>),
    /// Puts a screen in place of this one.
    Replace(Box<dyn Screen>),
    /// Back to the screen below.
    Pop,
    /// Back to the home screen.
    Home,
    /// One line under the screen until the next key.
    Say(String),
    /// Opens `$EDITOR` on a text; the result comes back through [`Screen::edited`].
    Edit(String),
    /// Opens `$EDITOR` on a file, then [`Screen::edited`] with its text.
    EditFile(std::path::PathBuf),
    Quit,
    /// Closes this screen and gives the command to the one below.
    Command(Do),
}

/// One screen.
pub(super) trait Screen {
    /// Which commands it takes.
    fn place(&self) -> Place;

    /// For the first line.
    fn title(&self) -> String;

    /// What a note written here is about: a case, or nothing special.
    fn subject(&self) -> Option<String> {
        None
    }

    /// Whether printable keys are text now.
    fn typing(&self) -> bool {
        false
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>);

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow;

    /// A key that no command takes, while text is typed.
    fn key(&mut self, _: KeyEvent, _: &mut Context<'_>) -> Flow {
        Flow::Stay
    }

    /// Pasted text, already cleaned.
    fn paste(&mut self, _: &str, _: &mut Context<'_>) {}

    /// What came back from the editor.
    fn edited(&mut self, _: String, _: &mut Context<'_>) -> Flow {
        Flow::Stay
    }

    /// When it wants to be woken, at the latest.
    fn deadline(&self, _: DateTime<Utc>) -> Option<DateTime<Utc>> {
        None
    }

    /// The deadline has passed.
    fn tick(&mut self, _: &mut Context<'_>) -> Flow {
        Flow::Stay
    }

    /// It is left for good, or the program ends: save what is not saved.
    fn leave(&mut self, _: &mut Context<'_>) {}

    /// Another screen opens over it; it is not woken until that one is left.
    fn covered(&mut self, _: &mut Context<'_>) {}

    /// Another screen is over it: called every half second or so, for what must not end meanwhile.
    fn beneath(&mut self, _: &mut Context<'_>) {}

    /// It is on top again.
    fn resumed(&mut self, _: &mut Context<'_>) {}
}
