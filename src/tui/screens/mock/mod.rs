//! A running mock: clock, step rail, interviewer, notes, whiteboard.

mod draw;
mod keep;
mod tick;

pub(in crate::tui) use tick::TickScreen;

use super::DebriefScreen;
use crate::mock::{asks, Input as Say, Manner, Record, Segment, Session, Speaker, Trigger};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{minutes, put, put_lines, wrapped, Board, Editor, Input};
use chrono::{DateTime, Duration, Utc};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::Frame;

/// A draft is never older than this; a second is promised, the rest is for the disk.
const SAVE_EVERY: Duration = Duration::milliseconds(700);
/// Other instances are kept away, and the clock is put on disk, this often.
const HOLD_EVERY: Duration = Duration::seconds(10);
/// Longest absence in another screen or editor that counts as work; more was sleep.
const LONGEST_AWAY: Duration = Duration::minutes(30);
/// Steps in which an absence is given to the session, so that it does not take it for sleep.
const AWAY_STEP: Duration = Duration::seconds(30);
/// Enter does nothing for so long after the time ran out: it was meant for the text.
const GRACE: Duration = Duration::milliseconds(1500);

/// How soon to look for a drawing that is being made.
const PEEK: Duration = Duration::milliseconds(40);
/// From this width on the whiteboard stands beside the notes.
const BESIDE: u16 = 110;

/// Where the keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    Notes,
    Board,
}

/// What is asked of the learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Writing,
    Asking,
    Leaving,
    Ending,
}

/// The screen on which an interview goes on.
pub(in crate::tui) fn screen_of(session: Session, now: DateTime<Utc>) -> Box<dyn Screen> {
    match session.record().options.manner {
        Manner::Friend => Box::new(TickScreen::new(session, now)),
        Manner::Typed | Manner::Aloud => Box::new(MockScreen::new(session)),
    }
}

/// A running mock.
pub(in crate::tui) struct MockScreen {
    session: Session,
    notes: Editor,
    board: Board,
    focus: Focus,
    mode: Mode,
    ask: Input,
    /// The session has not heard of these yet.
    notes_typed: bool,
    board_typed: bool,
    /// Something changed since the last save.
    unsaved: bool,
    /// When the session last heard of the time.
    last: Option<DateTime<Utc>>,
    saved: Option<DateTime<Utc>>,
    held: Option<DateTime<Utc>>,
    next: Option<DateTime<Utc>>,
    /// A drawing is being made: when to look for it.
    peek: Option<DateTime<Utc>>,
    over_since: Option<DateTime<Utc>>,
    /// Seconds of sleep that were said.
    slept: f64,
    /// Lines that the interviewer's panel is scrolled back; below 0, forward.
    back: isize,
    /// Lines of the transcript when it was scrolled.
    heard: usize,
    /// It is debriefed or thrown away: nothing is kept any more.
    done: bool,
    /// Another instance has it.
    lost: bool,
}

impl MockScreen {
    pub(in crate::tui) fn new(session: Session) -> Self {
        let record = session.record();
        Self {
            notes: Editor::new(record.answer(record.current)),
            board: Board::new(&record.board),
            focus: Focus::Notes,
            mode: Mode::Writing,
            ask: Input::default(),
            notes_typed: false,
            board_typed: false,
            unsaved: false,
            last: None,
            saved: None,
            held: None,
            next: None,
            peek: None,
            over_since: None,
            slept: session.slept(),
            back: 0,
            heard: record.transcript.len(),
            done: false,
            lost: false,
            session,
        }
    }

    fn record(&self) -> &Record {
        self.session.record()
    }

    fn over(&self) -> bool {
        self.record().over
    }

    fn title_of(&self, segment: Segment) -> &str {
        segment.title(&self.session.setting().framework)
    }

    fn short(&self, segment: Segment) -> &str {
        let framework = &self.session.setting().framework;
        match segment.step() {
            Some(step) => framework
                .step(step)
                .map_or(step.id(), |guide| guide.short.as_str()),
            None => "Wrap",
        }
    }

    /// Tells the session what was typed, at the moment of its last input: what was typed before
    /// the time ran out counts.
    fn flush(&mut self, now: DateTime<Utc>) {
        let at = self.last.unwrap_or(now);
        if std::mem::take(&mut self.notes_typed) {
            self.session.apply(Say::Edit(self.notes.text()), at);
        }
        if std::mem::take(&mut self.board_typed) {
            self.session.apply(Say::Draw(self.board.text()), at);
        }
    }

    fn feed(&mut self, input: Say, now: DateTime<Utc>) {
        self.flush(now);
        let before = self.record().current;
        self.session.apply(input, now);
        self.last = Some(now);
        if self.record().current != before {
            self.notes = Editor::new(self.record().answer(self.record().current));
            self.focus = Focus::Notes;
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

    /// Time that passed in an editor or under another screen was spent on the interview.
    fn catch_up(&mut self, now: DateTime<Utc>) {
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

    fn go(&mut self, input: &Say, context: &mut Context<'_>) -> Flow {
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

    fn next_step(&mut self, context: &mut Context<'_>) -> Flow {
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

    fn toggle_pause(&mut self, context: &mut Context<'_>) -> Flow {
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

    fn finish(&mut self, context: &mut Context<'_>) -> Flow {
        if self.lost {
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

    fn throw_away(&mut self, context: &mut Context<'_>) -> Flow {
        self.flush(context.now);
        context.desk.release_mock(&self.session);
        context.desk.drop_mock(self.record(), context.now);
        self.done = true;
        Flow::Pop
    }

    fn ask_now(&mut self, question: &str, context: &mut Context<'_>) {
        let question = question.trim();
        if question.is_empty() {
            return;
        }
        self.feed(Say::Ask(question.to_owned()), context.now);
        self.save(context);
    }

    /// In clarify a line that asks is asked, once.
    fn ask_line(&mut self, context: &mut Context<'_>) {
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

impl Screen for MockScreen {
    fn place(&self) -> Place {
        match self.mode {
            _ if self.over() => Place::MockOver,
            Mode::Leaving => Place::MockLeave,
            Mode::Ending => Place::MockEnd,
            _ if self.session.paused() => Place::MockPaused,
            Mode::Asking => Place::MockAsk,
            Mode::Writing => Place::Mock,
        }
    }

    fn title(&self) -> String {
        let record = self.record();
        let title = &self.session.setting().case.title;
        format!("Mock · {title} · {}", record.level)
    }

    fn subject(&self) -> Option<String> {
        Some(self.record().case.clone())
    }

    fn typing(&self) -> bool {
        matches!(self.place(), Place::Mock | Place::MockAsk)
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>) {
        self.last.get_or_insert(context.now);
        self.draw_clock(frame, area, theme, context);
        put(frame, area, 1, &self.rail(usize::from(area.width)), theme);
        let mut rest = Rect {
            y: area.y + 2,
            height: area.height.saturating_sub(2),
            ..area
        };
        let question = self.question(context);
        let asked = question.map(|(text, role)| wrapped(&text, rest.width.saturating_sub(2), role));
        let lower = match &asked {
            Some(lines) => lines.len() as u16,
            None => u16::from(self.mode == Mode::Asking),
        };
        rest.height = rest.height.saturating_sub(lower);
        let bottom = Rect {
            x: rest.x + 1,
            y: rest.bottom(),
            width: rest.width.saturating_sub(2),
            height: lower,
        };
        if let Some(lines) = &asked {
            put_lines(frame, bottom, lines, theme);
        }
        if self.session.paused() && !self.over() {
            self.draw_paused(frame, rest, theme, context);
            return;
        }
        let used = self.draw_interviewer(frame, rest, theme);
        let work = Rect {
            y: rest.y + used,
            height: rest.height.saturating_sub(used),
            ..rest
        };
        self.draw_work(frame, work, theme);
        self.peek = self.board.is_pending().then(|| context.now + PEEK);
        if asked.is_none() && self.mode == Mode::Asking {
            self.ask.draw(frame, bottom, "Ask ▸ ", true, theme);
        }
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
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

    fn key(&mut self, key: KeyEvent, context: &mut Context<'_>) -> Flow {
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
            self.notes_typed |= self.focus == Focus::Notes;
            self.board_typed |= self.focus == Focus::Board;
            self.unsaved = true;
            self.save_when_due(context);
        }
        Flow::Stay
    }

    fn paste(&mut self, text: &str, context: &mut Context<'_>) {
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
        self.notes_typed |= self.focus == Focus::Notes;
        self.board_typed |= self.focus == Focus::Board;
        self.unsaved = true;
        self.save_when_due(context);
    }

    fn edited(&mut self, text: String, context: &mut Context<'_>) -> Flow {
        let text = text.trim_end_matches(['\n', '\r']);
        match self.focus {
            Focus::Notes => {
                self.notes = Editor::new(text);
                self.notes_typed = true;
            }
            Focus::Board => {
                self.board = Board::new(text);
                self.board_typed = true;
            }
        }
        self.unsaved = true;
        self.catch_up(context.now);
        self.save(context);
        Flow::Stay
    }

    fn deadline(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        // A clock that was set back must not stop the interview.
        let next = self.next.filter(|next| *next - now <= HOLD_EVERY);
        let next = next.unwrap_or(now);
        let save = self.saved.filter(|saved| self.unsaved && *saved <= now);
        let save = save.map_or(next, |saved| saved + SAVE_EVERY);
        let next = next.min(save);
        Some(self.peek.map_or(next, |peek| peek.min(next)))
    }

    fn tick(&mut self, context: &mut Context<'_>) -> Flow {
        self.peek = None;
        self.save_when_due(context);
        let ahead = |next: DateTime<Utc>| next > context.now && next - context.now <= HOLD_EVERY;
        if self.next.is_some_and(ahead) {
            return Flow::Stay;
        }
        self.feed(Say::Tick, context.now);
        self.save_when_due(context);
        let lost = self.hold_when_due(context);
        self.next = Some(self.next_second(context.now));
        if let Some(flow) = lost {
            return flow;
        }
        let slept = self.session.slept() - self.slept;
        if slept > 0.0 {
            self.slept = self.session.slept();
            self.save(context);
            return Flow::Say(format!(
                "{} passed while nothing ran here: Enter goes on without them, c counts them",
                minutes(slept)
            ));
        }
        Flow::Stay
    }

    fn leave(&mut self, context: &mut Context<'_>) {
        if self.done || self.lost {
            return;
        }
        self.feed(Say::Tick, context.now);
        self.save(context);
        context.desk.release_mock(&self.session);
    }

    fn covered(&mut self, context: &mut Context<'_>) {
        self.save(context);
    }

    fn beneath(&mut self, context: &mut Context<'_>) {
        // The lease ends in half a minute, however long a note takes.
        if !self.done {
            self.keep_hold(context);
        }
    }

    fn resumed(&mut self, context: &mut Context<'_>) {
        self.catch_up(context.now);
        self.save(context);
    }
}

#[cfg(test)]
mod tests;
