//! A running mock: clock, step rail, interviewer, notes, whiteboard.

use super::DebriefScreen;
use crate::mock::{Input as Say, Record, Segment, Session, Speaker, Trigger};
use crate::text::{self, Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{centred, minutes, panel, put, put_lines, wrapped, Board, Editor, Input};
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
        let framework = &self.session.setting().framework;
        match segment.step() {
            Some(step) => framework
                .step(step)
                .map_or(step.id(), |guide| guide.title.as_str()),
            None if framework.wrap_up.title.is_empty() => "Wrap-up",
            None => &framework.wrap_up.title,
        }
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

    fn save(&mut self, context: &mut Context<'_>) {
        self.flush(context.now);
        if !self.done && !self.lost {
            context.desk.save_mock(&self.session, context.now);
            self.unsaved = false;
        }
        self.saved = Some(context.now);
    }

    fn save_when_due(&mut self, context: &mut Context<'_>) {
        let due = |saved: DateTime<Utc>| context.now - saved >= SAVE_EVERY || saved > context.now;
        if self.unsaved && self.saved.is_none_or(due) {
            self.save(context);
        }
    }

    fn hold_when_due(&mut self, context: &mut Context<'_>) -> Option<Flow> {
        let due = |held: DateTime<Utc>| context.now - held >= HOLD_EVERY || held > context.now;
        if !self.held.is_none_or(due) || self.lost {
            return None;
        }
        self.held = Some(context.now);
        if !context.desk.hold_mock(&self.session, context.now) {
            self.lost = true;
            self.feed(Say::Pause, context.now);
            return Some(Flow::Say(
                "Another greenroom has taken this mock up; it goes on there".to_owned(),
            ));
        }
        self.save(context);
        None
    }

    /// When the shown second changes.
    fn next_second(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        if self.unsaved && (self.session.paused() || self.over()) {
            return now + SAVE_EVERY;
        }
        if self.session.paused() || self.over() {
            return now + HOLD_EVERY;
        }
        let rest = self.session.left().fract() * 1000.0;
        now + Duration::milliseconds((rest as i64 + 5).clamp(50, 1000))
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
        if !question.ends_with('?') {
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

    // What is on the screen.

    fn draw_clock(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>) {
        let record = self.record();
        let framework = &self.session.setting().framework;
        let left = self.session.left().ceil();
        let total = (record.budget_total(framework) / 60.0).ceil();
        let (mark, role) = match left {
            left if left <= 60.0 => ("‼ ", Role::Bad),
            left if left <= (total * 6.0).min(300.0) => ("! ", Role::Warn),
            _ => ("", Role::Strong),
        };
        let clock = format!("{mark}{} left of {total:.0} ", minutes(left));
        let (saved, saved_role) = if context.desk.unsaved_line().is_some() || self.lost {
            ("NOT SAVED", Role::Bad)
        } else if self.unsaved {
            ("saving", Role::Faint)
        } else {
            ("saved", Role::Faint)
        };
        let used = record.used(record.current);
        let budget = record.budget(record.current, framework);
        let here = format!(
            " {} · {} of {}",
            self.title_of(record.current),
            minutes(used),
            minutes(budget)
        );
        let right = text::width(&clock) + text::width(saved) + 3;
        let room = usize::from(area.width).saturating_sub(right);
        let here = text::truncate(&here, room.saturating_sub(1));
        let gap = room.saturating_sub(text::width(&here));
        let line = Line::of(here, Role::Strong)
            .with(&" ".repeat(gap), Role::Plain)
            .with(saved, saved_role)
            .with(" · ", Role::Faint)
            .with(&clock, role);
        put(frame, area, 0, &line, theme);
    }

    /// The steps with their times: as much of them as fits on a line.
    fn rail(&self, width: usize) -> Line {
        let lines = [Detail::All, Detail::Here, Detail::Tight, Detail::Marks]
            .map(|detail| self.rail_with(detail));
        let [.., last] = &lines;
        let fits = lines.iter().find(|line| line.width() <= width);
        fits.unwrap_or(last).clone()
    }

    fn rail_with(&self, detail: Detail) -> Line {
        let record = self.record();
        let framework = &self.session.setting().framework;
        let mut line = Line::plain(" ");
        for (at, segment) in record.segments.iter().enumerate() {
            let here = *segment == record.current;
            let began = record.began.contains_key(segment);
            let used = record.used(*segment);
            let budget = record.budget(*segment, framework);
            let share = used / budget.max(1.0);
            let (over, role) = match share {
                share if share >= 1.5 => ("‼", Role::Bad),
                share if share >= 1.0 => ("!", Role::Warn),
                _ if here => ("", Role::Accent),
                _ if began => ("", Role::Good),
                _ => ("", Role::Faint),
            };
            let mark = match (here, began) {
                (true, _) => "●",
                (false, true) => "✓",
                (false, false) => "",
            };
            if detail == Detail::Marks && !here {
                line.push(&format!("{}{mark}{over} ", at + 1), role);
                continue;
            }
            line.push(&format!("{} {}", at + 1, self.short(*segment)), role);
            if !mark.is_empty() {
                let gap = if detail == Detail::Tight { "" } else { " " };
                line.push(&format!("{gap}{mark}{over}"), role);
            }
            if here || began && detail == Detail::All {
                line.push(&format!(" {}/{}", minutes(used), whole(budget)), role);
            }
            let gap = if detail == Detail::Tight { " " } else { "  " };
            line.push(gap, Role::Plain);
        }
        line
    }

    /// The conversation, wrapped, and the line at which its newest part begins.
    fn conversation(&self, width: u16) -> (Vec<Line>, usize) {
        let transcript = &self.record().transcript;
        let answers = transcript
            .iter()
            .rev()
            .take_while(|entry| matches!(entry.why, Trigger::Fact(_) | Trigger::Assume))
            .count();
        // An answer stands with its question.
        let newest = transcript
            .len()
            .saturating_sub(1 + answers.min(1) * answers);
        let mut lines = Vec::new();
        let mut start = 0;
        for (at, entry) in transcript.iter().enumerate() {
            if at == newest {
                start = lines.len();
            }
            let fresh = at >= newest;
            let (text, role) = match entry.speaker {
                Speaker::You => (format!("You: {}", entry.text), Role::Faint),
                Speaker::Interviewer if fresh => (entry.text.clone(), Role::Plain),
                Speaker::Interviewer => (entry.text.clone(), Role::Faint),
            };
            lines.extend(wrapped(&text, width, role));
        }
        (lines, start)
    }

    fn draw_interviewer(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) -> u16 {
        let (lines, newest) = self.conversation(area.width.saturating_sub(4));
        let most = (area.height / 3).clamp(3, 10) - u16::from(area.height < 16);
        let fresh = (lines.len() - newest.min(lines.len())) as u16;
        let roomy = if area.height > 26 { 5 } else { 1 };
        let height = fresh
            .max(roomy.min(lines.len() as u16))
            .clamp(1, most.max(1));
        let room = usize::from(height);
        let last_top = lines.len().saturating_sub(room);
        let top = newest.min(last_top);
        self.back = self
            .back
            .clamp(-(last_top.saturating_sub(top) as isize), top as isize);
        let top = top.saturating_add_signed(-self.back);
        let below = lines.len().saturating_sub(top + room);
        let title = if below > 0 {
            "Interviewer · more: pgdn"
        } else if top > 0 {
            "Interviewer · earlier: pgup"
        } else {
            "Interviewer"
        };
        let at = Rect {
            height: height + 2,
            ..area
        };
        let inner = panel(frame, at, title, false, theme);
        let shown = lines.get(top..).unwrap_or_default();
        put_lines(frame, inner, shown, theme);
        height + 2
    }

    fn draw_notes(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let focus = self.focus == Focus::Notes && self.mode == Mode::Writing && !self.over();
        let segment = self.record().current;
        let title = self.title_of(segment).to_owned();
        let inner = panel(frame, area, &title, focus, theme);
        self.notes.draw(frame, inner, focus, theme, "");
        if self.notes.is_empty() {
            let below = Rect {
                y: inner.y + 1,
                height: inner.height.saturating_sub(1),
                ..inner
            };
            put_lines(frame, below, &self.hints(segment, inner.width), theme);
        }
    }

    /// What must exist when the step ends, and a question to start with.
    fn hints(&self, segment: Segment, width: u16) -> Vec<Line> {
        let framework = &self.session.setting().framework;
        let guide = segment.step().and_then(|step| framework.step(step));
        let (done, ask) = match guide {
            Some(guide) => (guide.done.as_slice(), guide.ask.first()),
            None => (framework.wrap_up.done.as_slice(), None),
        };
        let mut lines = Vec::new();
        if segment == Segment::Clarify {
            let how = "A line that ends with ? is asked when you press Enter.";
            lines.extend(wrapped(how, width, Role::Faint));
        }
        lines.extend(wrapped("When this step ends you have:", width, Role::Faint));
        for own in done {
            let text = wrapped(own, width.saturating_sub(2), Role::Faint);
            for (row, line) in text.into_iter().enumerate() {
                let mark = if row == 0 { "· " } else { "  " };
                lines.push(Line::of(mark, Role::Faint).with(&line.text(), Role::Faint));
            }
        }
        if let Some(ask) = ask {
            lines.extend(wrapped(&format!("Ask: {ask}"), width, Role::Faint));
        }
        lines
    }

    fn draw_board(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let focus = self.focus == Focus::Board && self.mode == Mode::Writing && !self.over();
        self.board.draw(frame, area, focus, theme);
    }

    /// Notes and whiteboard: beside each other, above each other, or the one that is worked on.
    fn draw_work(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let on_board = self.focus == Focus::Board;
        if area.width >= BESIDE {
            let left = area.width * if on_board { 2 } else { 3 } / 5;
            let notes = Rect {
                width: left,
                ..area
            };
            let board = Rect {
                x: area.x + left,
                width: area.width - left,
                ..area
            };
            self.draw_notes(frame, notes, theme);
            self.draw_board(frame, board, theme);
            return;
        }
        let drawn = self.board.drawn_rows(area.width).saturating_add(2);
        let lower = match (on_board, self.board.is_empty()) {
            // What does not leave room for some lines of notes gets it all.
            (true, _) => {
                let wanted = self.board.rows(area.width).saturating_add(2).max(6);
                wanted.max(area.height / 2)
            }
            (false, true) if area.height >= 20 => 3,
            (false, true) => 0,
            (false, false) if area.height < 12 => 0,
            (false, false) => drawn.min(area.height / 2),
        };
        let lower = if on_board && area.height.saturating_sub(lower) < 4 {
            area.height
        } else {
            lower
        };
        let (notes, board) = split(area, area.height - lower);
        if notes.height > 0 {
            self.draw_notes(frame, notes, theme);
        }
        if board.height > 0 {
            self.draw_board(frame, board, theme);
        }
    }

    /// The question at the lower edge, if there is one.
    fn question(&self, context: &Context<'_>) -> Option<(String, Role)> {
        if self.over() {
            let saved = self.kept(context);
            return Some((
                format!("The interview is over. {saved} Enter shows the debrief."),
                Role::Accent,
            ));
        }
        match self.mode {
            Mode::Writing | Mode::Asking => None,
            Mode::Leaving => Some((
                "Leave the mock? l keeps it for later, its clock paused · e ends it and shows \
                 the debrief · D throws it away · Esc goes on"
                    .to_owned(),
                Role::Warn,
            )),
            Mode::Ending => Some((
                "End the interview and see the debrief? y ends it · n goes on".to_owned(),
                Role::Warn,
            )),
        }
    }

    /// Whether what was typed is on disk, in words.
    fn kept(&self, context: &Context<'_>) -> &'static str {
        match context.desk.unsaved_line() {
            Some(_) => "It is NOT SAVED yet: keep this open.",
            None if self.unsaved => "Saving.",
            None => "Everything is saved.",
        }
    }

    fn draw_paused(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>) {
        let inner = panel(frame, area, "Paused", true, theme);
        let text = if self.lost {
            "Another greenroom has taken this mock up. It goes on there; Esc leaves.".to_owned()
        } else {
            let record = self.record();
            let pauses = match record.pauses {
                0 => String::new(),
                1 => "\nOne pause so far; the debrief counts them.".to_owned(),
                count => format!("\n{count} pauses so far; the debrief counts them."),
            };
            format!(
                "Paused\n\n{} · {} left\n{}{pauses}\n\nEnter or F5 goes on",
                self.title_of(record.current),
                minutes(self.session.left().ceil()),
                self.kept(context)
            )
        };
        centred(frame, inner, &text);
    }
}

/// An area in two, the upper one so high.
fn split(area: Rect, upper: u16) -> (Rect, Rect) {
    let upper = upper.min(area.height);
    let lower = Rect {
        y: area.y + upper,
        height: area.height - upper,
        ..area
    };
    (
        Rect {
            height: upper,
            ..area
        },
        lower,
    )
}

/// How much the step rail says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    All,
    Here,
    /// As above, closer together.
    Tight,
    Marks,
}

/// `10` for whole minutes, else `7:30`.
fn whole(seconds: f64) -> String {
    if seconds % 60.0 == 0.0 {
        format!("{:.0}", seconds / 60.0)
    } else {
        minutes(seconds)
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
            return Flow::Say(format!(
                "{} passed while nothing ran here; they are not counted",
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

    fn resumed(&mut self, context: &mut Context<'_>) {
        self.catch_up(context.now);
        self.save(context);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Level, Step};
    use crate::desk::{Desk, NewMock, Setup};
    use ratatui::backend::TestBackend;
    use ratatui::Terminal;

    fn start() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).unwrap()
    }

    fn begin(desk: &mut Desk, steps: Vec<Step>) -> MockScreen {
        let new = NewMock {
            case: "video-recommendation".to_owned(),
            clock_minutes: 45,
            level: Level::Senior,
            steps,
            seed: Some(7),
            ..NewMock::default()
        };
        MockScreen::new(desk.begin_mock(&new, start()).unwrap())
    }

    fn at(desk: &mut Desk, seconds: i64) -> Context<'_> {
        Context {
            desk,
            now: start() + Duration::seconds(seconds),
        }
    }

    fn write(screen: &mut MockScreen, desk: &mut Desk, seconds: i64, text: &str) {
        for c in text.chars() {
            let code = if c == '\n' {
                KeyCode::Enter
            } else {
                KeyCode::Char(c)
            };
            let key = KeyEvent::new(code, KeyModifiers::NONE);
            screen.key(key, &mut at(desk, seconds));
        }
    }

    fn shown(screen: &mut MockScreen, desk: &mut Desk, seconds: i64, size: (u16, u16)) -> String {
        let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        let context = at(desk, seconds);
        let draw = |frame: &mut Frame<'_>| screen.draw(frame, frame.area(), Theme::Mono, &context);
        terminal.draw(draw).unwrap();
        let buffer = terminal.backend().buffer().clone();
        let rows = buffer.content().chunks(usize::from(size.0));
        rows.map(|row| {
            row.iter()
                .map(ratatui::buffer::Cell::symbol)
                .collect::<String>()
                + "\n"
        })
        .collect()
    }

    #[test]
    fn what_was_typed_in_the_last_second_counts_and_keys_after_it_do_nothing() {
        let mut desk = Desk::in_memory(Setup::default(), start()).unwrap();
        let mut screen = begin(&mut desk, vec![Step::Monitor]);
        shown(&mut screen, &mut desk, 0, (80, 22));
        for second in 1..180 {
            screen.tick(&mut at(&mut desk, second));
        }
        write(&mut screen, &mut desk, 179, "last words");
        screen.tick(&mut at(&mut desk, 180));
        assert!(screen.over());
        assert_eq!(screen.record().answer(Segment::Monitor), "last words");
        write(&mut screen, &mut desk, 181, "more");
        assert_eq!(screen.notes.text(), "last words");
        // Enter was meant for the text at first.
        let flow = screen.act(Do::Submit, &mut at(&mut desk, 181));
        assert!(matches!(flow, Flow::Stay));
        let flow = screen.act(Do::Submit, &mut at(&mut desk, 182));
        assert!(matches!(flow, Flow::Replace(_)));
        screen.leave(&mut at(&mut desk, 182));
        assert!(desk.open_mocks().is_empty());
        assert_eq!(desk.history().len(), 1);
    }

    #[test]
    fn minutes_in_the_own_editor_count_and_its_text_is_kept() {
        let mut desk = Desk::in_memory(Setup::default(), start()).unwrap();
        let mut screen = begin(&mut desk, vec![Step::Monitor]);
        shown(&mut screen, &mut desk, 0, (80, 22));
        let flow = screen.act(Do::Editor, &mut at(&mut desk, 1));
        assert!(matches!(flow, Flow::Edit(_)));
        screen.edited("written elsewhere\n".to_owned(), &mut at(&mut desk, 100));
        assert_eq!(screen.record().elapsed().round(), 100.0);
        screen.edited("written too late\n".to_owned(), &mut at(&mut desk, 1000));
        assert!(screen.over());
        assert_eq!(screen.record().answer(Segment::Monitor), "written too late");
        assert_eq!(
            desk.open_mocks()[0].answer(Segment::Monitor),
            "written too late"
        );
    }

    #[test]
    fn a_draft_is_never_more_than_a_second_behind_the_keys() {
        let mut desk = Desk::in_memory(Setup::default(), start()).unwrap();
        let mut screen = begin(&mut desk, Vec::new());
        // Without a single tick.
        for second in 0..5 {
            write(&mut screen, &mut desk, second, "x");
        }
        let kept = desk.open_mocks();
        assert_eq!(kept[0].answer(Segment::Clarify), "xxxxx");
    }

    #[test]
    fn a_line_that_asks_is_asked_once_in_clarify_only() {
        let mut desk = Desk::in_memory(Setup::default(), start()).unwrap();
        let mut screen = begin(&mut desk, Vec::new());
        write(&mut screen, &mut desk, 1, "- How many users a day?\n");
        let asked = |screen: &MockScreen| {
            let lines = screen.record().transcript.iter();
            lines.filter(|entry| entry.speaker == Speaker::You).count()
        };
        assert_eq!(asked(&screen), 1);
        let text = shown(&mut screen, &mut desk, 1, (80, 22));
        assert!(text.contains("You: How many users a day?"), "{text}");
        write(&mut screen, &mut desk, 2, "How many users a day?\n");
        assert_eq!(asked(&screen), 1);
        screen.act(Do::Pick(2), &mut at(&mut desk, 3));
        write(&mut screen, &mut desk, 4, "Ranking or not?\n");
        assert_eq!(asked(&screen), 1);
    }

    #[test]
    fn paused_text_is_covered_and_every_size_draws() {
        let mut desk = Desk::in_memory(Setup::default(), start()).unwrap();
        let mut screen = begin(&mut desk, Vec::new());
        write(&mut screen, &mut desk, 1, "日本 secret notes");
        screen.act(Do::Whiteboard, &mut at(&mut desk, 1));
        write(&mut screen, &mut desk, 1, "user -> 日本 -> serving");
        for size in [
            (80, 22),
            (60, 16),
            (120, 38),
            (61, 17),
            (109, 21),
            (200, 60),
        ] {
            let text = shown(&mut screen, &mut desk, 2, size);
            assert!(text.contains("serving"), "{size:?}\n{text}");
            assert!(text.contains("left of 45"), "{size:?}\n{text}");
        }
        screen.act(Do::Pause, &mut at(&mut desk, 2));
        let text = shown(&mut screen, &mut desk, 2, (80, 22));
        assert!(
            text.contains("Paused") && !text.contains("secret"),
            "{text}"
        );
        write(&mut screen, &mut desk, 3, "lost?");
        screen.act(Do::Pause, &mut at(&mut desk, 500));
        assert_eq!(screen.record().elapsed().round(), 2.0);
        assert_eq!(screen.record().board, "user -> 日本 -> serving");
    }
}
