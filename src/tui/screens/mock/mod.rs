//! A running mock: clock, step rail, interviewer, notes, whiteboard.

mod act;
mod draw;
mod feed;
mod keep;
mod rail;
mod tick;
mod typing;

pub(in crate::tui) use tick::TickScreen;

use crate::mock::{Input as Say, Manner, Record, Segment, Session};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{minutes, put, put_lines, wrapped, Board, Editor, Input};
use chrono::{DateTime, Duration, Utc};
use crossterm::event::KeyEvent;
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
        let current = record.current;
        let mut screen = Self {
            notes: Editor::new(record.answer(current)),
            board: Board::new(record.board_in(current)),
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
        };
        screen.name_board();
        screen
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

    /// The whiteboard is one of its own in each step.
    fn name_board(&mut self) {
        let step = self.short(self.record().current).to_owned();
        self.board.name(&step);
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
        self.command(command, context)
    }

    fn key(&mut self, key: KeyEvent, context: &mut Context<'_>) -> Flow {
        self.press(key, context)
    }

    fn paste(&mut self, text: &str, context: &mut Context<'_>) {
        self.insert(text, context);
    }

    fn edited(&mut self, text: String, context: &mut Context<'_>) -> Flow {
        self.replace(&text, context);
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
        if self.lost {
            self.feed(Say::Pause, context.now);
        }
        self.save(context);
    }
}

#[cfg(test)]
mod tests;
