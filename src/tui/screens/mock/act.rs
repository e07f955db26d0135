//! The commands of a running mock.

use super::{Focus, MockScreen, Mode, GRACE};
use crate::mock::Input as Say;
use crate::tui::command::Do;
use crate::tui::screen::{Context, Flow};

impl MockScreen {
    pub(super) fn command(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        if self.over() {
            let grace = self.over_since.is_some_and(|at| context.now - at < GRACE);
            return match command {
                Do::Submit | Do::Back | Do::End if !grace => self.finish(context),
                _ => Flow::Stay,
            };
        }
        match (self.mode, command) {
            (Mode::Leaving, Do::Yes) => return Flow::Pop,
            (Mode::Leaving, Do::End) | (Mode::Ending, Do::Yes) => return self.finish(context),
            (Mode::Leaving, Do::Delete) => return self.throw_away(context),
            (Mode::Leaving | Mode::Ending | Mode::Asking, Do::Back | Do::No | Do::Ask) => {
                self.mode = Mode::Writing;
                return Flow::Stay;
            }
            (Mode::Leaving | Mode::Ending, _) => return Flow::Stay,
            (Mode::Asking, Do::Submit) => {
                let question = self.ask.text();
                self.ask.clear();
                self.mode = Mode::Writing;
                self.ask_now(&question, context);
                return Flow::Stay;
            }
            _ => {}
        }
        match command {
            Do::NextStep => return self.next_step(context),
            Do::PreviousStep => return self.go(&Say::Back, context),
            Do::Pick(number) => {
                let at = usize::from(number).saturating_sub(1);
                if let Some(segment) = self.record().segments.get(at).copied() {
                    return self.go(&Say::GoTo(segment), context);
                }
            }
            Do::Whiteboard => {
                self.focus = match self.focus {
                    Focus::Notes => Focus::Board,
                    Focus::Board => Focus::Notes,
                };
            }
            Do::Count if self.session.last_sleep() > 0.0 => {
                return self.go(&Say::Count, context);
            }
            Do::Ask => self.mode = Mode::Asking,
            Do::Pause => return self.toggle_pause(context),
            Do::Editor => {
                self.save(context);
                let text = match self.focus {
                    Focus::Notes => self.notes.text(),
                    Focus::Board => self.board.text(),
                };
                return Flow::Edit(if text.is_empty() { text } else { text + "\n" });
            }
            Do::Thinking => {
                self.feed(Say::Thinking, context.now);
                return Flow::Say("Take your time: the silence is not broken".to_owned());
            }
            Do::End => self.mode = Mode::Ending,
            Do::PageUp if self.focus == Focus::Board => self.board.scroll(-3),
            Do::PageDown if self.focus == Focus::Board => self.board.scroll(3),
            Do::PageUp => self.back += 3,
            Do::PageDown => self.back -= 3,
            Do::Back if self.lost => return Flow::Pop,
            Do::Back => self.mode = Mode::Leaving,
            _ => {}
        }
        Flow::Stay
    }
}
