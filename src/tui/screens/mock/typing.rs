//! What is typed or pasted: into the notes, onto the whiteboard, into a question.

use super::{Focus, MockScreen, Mode};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::widgets::{Board, Editor};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

impl MockScreen {
    pub(super) fn press(&mut self, key: KeyEvent, context: &mut Context<'_>) -> Flow {
        if !self.typing() {
            return Flow::Stay;
        }
        if self.mode == Mode::Asking {
            self.ask.key(key);
            return Flow::Stay;
        }
        if self.focus == Focus::Notes && !self.record().options.manner.is_heard() {
            return Flow::Say("You speak: nothing is typed but the whiteboard (F3)".to_owned());
        }
        if key.code == KeyCode::Enter && key.modifiers == KeyModifiers::NONE {
            self.ask_line(context);
        }
        let changed = match self.focus {
            Focus::Notes => self.notes.key(key),
            Focus::Board => self.board.key(key),
        };
        if changed {
            self.typed(context);
        }
        Flow::Stay
    }

    pub(super) fn insert(&mut self, text: &str, context: &mut Context<'_>) {
        if !self.typing() {
            return;
        }
        if self.mode == Mode::Asking {
            self.ask.insert(text);
            return;
        }
        if self.focus == Focus::Notes && !self.record().options.manner.is_heard() {
            return;
        }
        match self.focus {
            Focus::Notes => self.notes.insert(text),
            Focus::Board => self.board.insert(text),
        }
        self.typed(context);
    }

    fn typed(&mut self, context: &mut Context<'_>) {
        self.notes_typed |= self.focus == Focus::Notes;
        self.board_typed |= self.focus == Focus::Board;
        self.unsaved = true;
        self.save_when_due(context);
    }

    /// What came back from the learner's own editor.
    pub(super) fn replace(&mut self, text: &str, context: &mut Context<'_>) {
        let text = text.trim_end_matches(['\n', '\r']);
        match self.focus {
            Focus::Notes => {
                self.notes = Editor::new(text);
                self.notes_typed = true;
            }
            Focus::Board => {
                self.board = Board::new(text);
                self.name_board();
                self.board_typed = true;
            }
        }
        self.unsaved = true;
        self.catch_up(context.now);
        self.save(context);
    }
}
