//! What the learner does reaches the interview, at the moment at which they did it.

use super::{Focus, MockScreen, Mode, TickScreen, AWAY_STEP, LONGEST_AWAY};
use crate::mock::{asks, Input as Say, Manner, Segment, Speaker, Trigger};
use crate::tui::screen::{Context, Flow};
use crate::tui::screens::DebriefScreen;
use crate::tui::widgets::{Board, Editor};
use chrono::{DateTime, Utc};

impl MockScreen {
    /// Tells the session what was typed, at the moment of its last input: what was typed before
    /// the time ran out counts.
    pub(super) fn flush(&mut self, now: DateTime<Utc>) {
        let at = self.last.unwrap_or(now);
        if std::mem::take(&mut self.notes_typed) {
            self.session.apply(Say::Edit(self.notes.text()), at);
        }
        if std::mem::take(&mut self.board_typed) {
            self.session.apply(Say::Draw(self.board.text()), at);
        }
    }

    pub(super) fn feed(&mut self, input: Say, now: DateTime<Utc>) {
        self.flush(now);
        let before = self.record().current;
        self.session.apply(input, now);
        self.last = Some(now);
        if self.record().current != before {
            self.turn();
        }
        let heard = self.record().transcript.len();
        if heard != self.heard {
            self.heard = heard;
            self.back = 0;
            self.unsaved = true;
        }
        if self.over() && self.over_since.is_none() {
            self.over_since = Some(now);
            self.mode = Mode::Writing;
            self.unsaved = true;
        }
        self.next = None;
    }

    /// Notes and whiteboard as the step has them that is open now. A drawing that stays is not made
    /// anew.
    fn turn(&mut self) {
        let record = self.session.record();
        self.notes = Editor::new(record.answer(record.current));
        let board = record.board_in(record.current);
        if self.board.text() != board {
            self.board = Board::new(board);
        }
        self.name_board();
        self.focus = Focus::Notes;
    }

    /// Time that passed in an editor or under another screen was spent on the interview.
    pub(super) fn catch_up(&mut self, now: DateTime<Utc>) {
        self.flush(now);
        let Some(last) = self.last.filter(|_| !self.session.paused()) else {
            return self.feed(Say::Tick, now);
        };
        if now - last <= LONGEST_AWAY {
            let mut at = last + AWAY_STEP;
            while at < now {
                self.feed(Say::Thinking, at);
                at += AWAY_STEP;
            }
        }
        self.feed(Say::Thinking, now);
    }

    pub(super) fn go(&mut self, input: &Say, context: &mut Context<'_>) -> Flow {
        let before = self.record().current;
        let lines = self.record().transcript.len();
        self.feed(input.clone(), context.now);
        self.save(context);
        let probed = *input == Say::Next
            && self.record().current == before
            && self.record().transcript.len() > lines
            && !self.over();
        if probed {
            return Flow::Say("The interviewer asks first. F2 again leaves the step.".to_owned());
        }
        Flow::Stay
    }

    pub(super) fn next_step(&mut self, context: &mut Context<'_>) -> Flow {
        let record = self.record();
        let last = record.segments.last() == Some(&record.current);
        let probed = record
            .transcript
            .iter()
            .any(|entry| entry.segment == record.current && matches!(entry.why, Trigger::Probe(_)));
        if last && (probed || record.current.step().is_none()) {
            self.mode = Mode::Ending;
            return Flow::Stay;
        }
        self.go(&Say::Next, context)
    }

    pub(super) fn toggle_pause(&mut self, context: &mut Context<'_>) -> Flow {
        if self.lost {
            return Flow::Say("Another greenroom runs this mock now; Esc leaves".to_owned());
        }
        let input = if self.session.paused() {
            Say::Resume
        } else {
            Say::Pause
        };
        self.go(&input, context)
    }

    pub(super) fn finish(&mut self, context: &mut Context<'_>) -> Flow {
        if !self.keep_hold(context) {
            return Flow::Pop;
        }
        self.feed(Say::End, context.now);
        if self.record().options.manner == Manner::Aloud {
            // They tick first what they said.
            self.save(context);
            self.done = true;
            return Flow::Replace(Box::new(TickScreen::new(self.session.clone(), context.now)));
        }
        let debrief = context.desk.finish_mock(&self.session, context.now);
        self.done = true;
        let record = self.record().clone();
        Flow::Replace(Box::new(DebriefScreen::new(record, debrief)))
    }

    pub(super) fn throw_away(&mut self, context: &mut Context<'_>) -> Flow {
        self.flush(context.now);
        context.desk.release_mock(&self.session);
        context.desk.drop_mock(self.record(), context.now);
        self.done = true;
        Flow::Pop
    }

    pub(super) fn ask_now(&mut self, question: &str, context: &mut Context<'_>) {
        let question = question.trim();
        if question.is_empty() {
            return;
        }
        self.feed(Say::Ask(question.to_owned()), context.now);
        self.save(context);
    }

    /// In clarify a line that asks is asked, once.
    pub(super) fn ask_line(&mut self, context: &mut Context<'_>) {
        if self.record().current != Segment::Clarify || self.focus != Focus::Notes {
            return;
        }
        let line = self.notes.line();
        let question = line.trim().trim_start_matches(['-', '*', '•', ' ']);
        if !asks(question) {
            return;
        }
        let asked = self
            .record()
            .transcript
            .iter()
            .any(|entry| entry.speaker == Speaker::You && entry.text == question);
        if !asked {
            let question = question.to_owned();
            self.ask_now(&question, context);
        }
    }
}
