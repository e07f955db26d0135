//! Before a mock: an unfinished one, or which case, how long, how hard, which steps.

use super::screen_of;
use crate::content::{Level, Step};
use crate::desk::{NewMock, Surprise};
use crate::mock::{net_of, Manner, Record, Session};
use crate::text::{Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{columns, heading, minutes, panel, put, put_lines, wrapped, List};
use ratatui::layout::Rect;
use ratatui::Frame;

/// The usual interview, in minutes.
const USUAL_CLOCK: u32 = 45;

/// How one can answer, and how the screen says it.
const MANNERS: [(Manner, &str); 3] = [
    (Manner::Typed, "typed"),
    (Manner::Aloud, "out loud, ticked afterwards"),
    (Manner::Friend, "a friend answers, I ask and tick"),
];
/// From which cases a surprise is.
const SURPRISES: [(Surprise, &str); 3] = [
    (Surprise::Unseen, "one not tried yet"),
    (Surprise::Due, "most drills due"),
    (Surprise::Weakest, "the weakest"),
];

/// A case that can be chosen.
struct Choice {
    id: String,
    title: String,
    summary: String,
    /// Totals of the mocks so far, oldest first.
    totals: Vec<f64>,
}

/// An unfinished mock.
struct Open {
    record: Record,
    line: String,
}

/// What stands in a line of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Open(usize),
    Clock,
    Pace,
    Level,
    Role,
    Steps,
    Manner,
    Surprise,
    Case(usize),
}

/// Before a mock.
pub(in crate::tui) struct MockSetup {
    open: Vec<Open>,
    cases: Vec<Choice>,
    /// None: a surprise.
    case: Option<usize>,
    clocks: Vec<u32>,
    clock: usize,
    /// The minutes are those of a slot.
    slot: bool,
    level: Level,
    /// In the rubric's list; none for its own weights.
    role: Option<usize>,
    manner: usize,
    surprise: usize,
    /// What can be practised: empty stands for all steps.
    sprints: Vec<Vec<Step>>,
    sprint: usize,
    list: List,
    /// An unfinished mock that the next press of the same key throws away.
    doomed: Option<usize>,
}

impl MockSetup {
    pub(in crate::tui) fn new(
        context: &Context<'_>,
        case: Option<String>,
        steps: Vec<Step>,
        clock: Option<u32>,
    ) -> Self {
        let cases = choices(context);
        let chosen = case.and_then(|id| cases.iter().position(|choice| choice.id == id));
        let mut clocks = context.desk.library.framework().clocks.clone();
        let wanted = clock.unwrap_or(USUAL_CLOCK);
        if clocks.is_empty() || clock.is_some() && !clocks.contains(&wanted) {
            clocks.push(wanted);
            clocks.sort_unstable();
        }
        let at = clocks.iter().position(|minutes| *minutes == wanted);
        let mut sprints = vec![Vec::new()];
        sprints.extend(Step::ALL.map(|step| vec![step]));
        let mut sprint = 0;
        if !steps.is_empty() && steps.len() < Step::ALL.len() {
            sprint = sprints
                .iter()
                .position(|known| *known == steps)
                .unwrap_or(1);
            if sprints.get(sprint) != Some(&steps) {
                sprints.insert(1, steps);
            }
        }
        let mut setup = Self {
            open: open(context),
            cases,
            case: chosen,
            clock: at.unwrap_or(0),
            clocks,
            level: context
                .desk
                .plan_settings()
                .map_or(Level::default(), |settings| settings.level),
            slot: false,
            role: None,
            manner: 0,
            surprise: 0,
            sprints,
            sprint,
            list: List::default(),
            doomed: None,
        };
        let first = if setup.open.is_empty() || chosen.is_some() {
            chosen.map_or(Row::Surprise, Row::Case)
        } else {
            Row::Open(0)
        };
        setup.list.at = setup
            .rows()
            .iter()
            .position(|row| *row == first)
            .unwrap_or(0);
        setup
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = (0..self.open.len()).map(Row::Open).collect();
        rows.extend([
            Row::Clock,
            Row::Pace,
            Row::Level,
            Row::Role,
            Row::Steps,
            Row::Manner,
            Row::Surprise,
        ]);
        rows.extend((0..self.cases.len()).map(Row::Case));
        rows
    }

    fn row(&self) -> Row {
        self.rows()
            .get(self.list.at)
            .copied()
            .unwrap_or(Row::Surprise)
    }

    /// Where the cursor is decides which case is meant; settings leave it as it was.
    fn follow(&mut self) {
        match self.row() {
            Row::Surprise => self.case = None,
            Row::Case(at) => self.case = Some(at),
            _ => {}
        }
        self.doomed = None;
    }

    fn change(&mut self, by: isize, context: &Context<'_>) {
        let turn = |at: usize, count: usize| -> usize {
            let count = count.max(1) as isize;
            (at as isize + by).rem_euclid(count) as usize
        };
        match self.row() {
            Row::Clock => self.clock = turn(self.clock, self.clocks.len()),
            Row::Level => {
                let at = Level::ALL.iter().position(|level| *level == self.level);
                let next = turn(at.unwrap_or(0), Level::ALL.len());
                self.level = Level::ALL.get(next).copied().unwrap_or_default();
            }
            Row::Pace => self.slot = !self.slot,
            Row::Role => {
                // None stands before the first.
                let count = context.desk.library.rubric().roles.len() + 1;
                let at = turn(self.role.map_or(0, |at| at + 1), count);
                self.role = at.checked_sub(1);
            }
            Row::Steps => self.sprint = turn(self.sprint, self.sprints.len()),
            Row::Manner => self.manner = turn(self.manner, MANNERS.len()),
            Row::Surprise => self.surprise = turn(self.surprise, SURPRISES.len()),
            Row::Open(_) | Row::Case(_) => {}
        }
    }

    fn clock(&self) -> u32 {
        self.clocks.get(self.clock).copied().unwrap_or(USUAL_CLOCK)
    }

    fn steps(&self) -> &[Step] {
        self.sprints.get(self.sprint).map_or(&[], Vec::as_slice)
    }

    fn steps_line(&self, context: &Context<'_>) -> String {
        let framework = context.desk.library.framework();
        if self.steps().is_empty() {
            return "all seven, and a wrap-up".to_owned();
        }
        let titles = self.steps().iter().map(|step| {
            let guide = framework.step(*step);
            guide.map_or(step.id(), |guide| guide.title.as_str())
        });
        let seconds: u32 = self
            .steps()
            .iter()
            .map(|step| framework.seconds(*step, self.clock()))
            .sum();
        let titles = titles.collect::<Vec<_>>().join(", ");
        format!("{titles} only, {} min", seconds.div_ceil(60))
    }

    fn start(&self, context: &mut Context<'_>) -> Flow {
        if let Row::Open(at) = self.row() {
            let Some(open) = self.open.get(at) else {
                return Flow::Stay;
            };
            let session = context.desk.resume_mock(open.record.clone(), context.now);
            return begun(session, context);
        }
        let case = match self.case.and_then(|at| self.cases.get(at)) {
            Some(choice) => Some(choice.id.clone()),
            None => context.desk.surprise(self.surprise_kind(), context.now),
        };
        let Some(case) = case else {
            return Flow::Say("There is no case that is ready for a mock".to_owned());
        };
        let roles = &context.desk.library.rubric().roles;
        let role = self.role.and_then(|at| roles.get(at));
        let new = NewMock {
            case,
            clock_minutes: self.clock(),
            slot: self.slot,
            level: self.level,
            steps: self.steps().to_vec(),
            manner: MANNERS.get(self.manner).map_or(Manner::Typed, |own| own.0),
            role: role.map(|role| role.id.to_string()),
            ..NewMock::default()
        };
        begun(context.desk.begin_mock(&new, context.now), context)
    }

    fn surprise_kind(&self) -> Surprise {
        SURPRISES
            .get(self.surprise)
            .map_or(Surprise::Unseen, |own| own.0)
    }

    /// The first press asks, the second one throws the unfinished mock away.
    fn throw_away(&mut self, context: &mut Context<'_>) -> Flow {
        let Row::Open(at) = self.row() else {
            return Flow::Say("Only an unfinished mock can be thrown away".to_owned());
        };
        if self.doomed != Some(at) {
            self.doomed = Some(at);
            return Flow::Say("Press it again to throw this unfinished mock away".to_owned());
        }
        self.doomed = None;
        let Some(open) = self.open.get(at) else {
            return Flow::Stay;
        };
        // Not while another greenroom runs it.
        let session = match context.desk.resume_mock(open.record.clone(), context.now) {
            Ok(session) => session,
            Err(line) => return Flow::Say(line),
        };
        context.desk.release_mock(&session);
        context.desk.drop_mock(&open.record, context.now);
        self.open.remove(at);
        self.list.at = self.list.at.min(self.rows().len().saturating_sub(1));
        self.follow();
        Flow::Say("Thrown away".to_owned())
    }

    fn line(&self, row: Row, context: &Context<'_>) -> Line {
        let chosen = self.row() == row;
        let setting = |name: &str, value: String| {
            let value = if chosen {
                format!("‹ {value} ›")
            } else {
                value
            };
            columns(&[(name, 7, Role::Plain), (&value, 0, Role::Strong)])
        };
        let mark = |meant: bool| if meant { "●" } else { "○" };
        match row {
            Row::Open(at) => {
                let line = self.open.get(at).map_or("", |open| open.line.as_str());
                columns(&[
                    ("!", 1, Role::Warn),
                    ("resume", 6, Role::Strong),
                    (line, 0, Role::Plain),
                ])
            }
            Row::Clock => setting("clock", format!("{} minutes", self.clock())),
            Row::Pace if self.slot => setting(
                "time",
                format!("of the slot: {} for the design", net_of(self.clock())),
            ),
            Row::Pace => setting("time", "net design time".to_owned()),
            Row::Role => {
                let roles = &context.desk.library.rubric().roles;
                let role = self.role.and_then(|at| roles.get(at));
                let title = role.map_or("the usual", |role| role.title.as_str());
                setting("weights", title.to_owned())
            }
            Row::Manner => {
                let name = MANNERS.get(self.manner).map_or("", |own| own.1);
                setting("answer", name.to_owned())
            }
            Row::Level => setting("level", self.level.to_string()),
            Row::Steps => setting("steps", self.steps_line(context)),
            Row::Surprise => columns(&[
                (mark(self.case.is_none()), 1, Role::Accent),
                ("Surprise me: ", 13, Role::Plain),
                (
                    SURPRISES.get(self.surprise).map_or("", |own| own.1),
                    0,
                    Role::Plain,
                ),
            ]),
            Row::Case(at) => {
                let Some(choice) = self.cases.get(at) else {
                    return Line::new();
                };
                let line = columns(&[
                    (mark(self.case == Some(at)), 1, Role::Accent),
                    (&choice.title, 0, Role::Plain),
                ]);
                match choice.totals.last() {
                    Some(last) => line.with(&format!(" · last {last:.0}"), Role::Faint),
                    None => line.with(" · not tried yet", Role::Faint),
                }
            }
        }
    }

    /// What the highlighted line means.
    fn about(&self, context: &Context<'_>) -> String {
        match self.row() {
            Row::Open(_) => "It goes on where it stopped; the clock stands until you say so. \
                             Delete throws it away."
                .to_owned(),
            Row::Clock => {
                "Minutes of the whole interview; each step has its share of them.".to_owned()
            }
            Row::Level => "What is expected, and where the verdict's cut-off lies.".to_owned(),
            Row::Steps => "A sprint is one step against its own minutes. It gets a debrief, \
                           and no score for structure."
                .to_owned(),
            Row::Pace => {
                "A slot holds introductions and your questions too: of 45 minutes about 35 \
                          are left for the design."
                    .to_owned()
            }
            Row::Role => {
                "Which dimensions count more, by the job that you interview for.".to_owned()
            }
            Row::Manner => "Out loud you type nothing and tick afterwards what you said. As the \
                            interviewer you read out and tick while a friend answers."
                .to_owned(),
            Row::Surprise => {
                "A case by chance; left and right choose from which. You hear it when \
                              the clock runs."
                    .to_owned()
            }
            Row::Case(at) => {
                let summary = self.cases.get(at).map_or("", |choice| &choice.summary);
                let steps = if self.steps().is_empty() {
                    String::new()
                } else {
                    format!(" · {}", self.steps_line(context))
                };
                format!("{summary} {} minutes · {}{steps}", self.clock(), self.level)
            }
        }
    }
}

/// A session that began becomes the screen.
fn begun(session: Result<Session, String>, context: &Context<'_>) -> Flow {
    match session {
        Ok(session) => Flow::Replace(screen_of(session, context.now)),
        Err(line) => Flow::Say(line),
    }
}

fn choices(context: &Context<'_>) -> Vec<Choice> {
    let history = context.desk.history();
    let cases = context.desk.library.ready_cases();
    cases
        .map(|head| Choice {
            id: head.id.clone(),
            title: head.title.clone(),
            summary: head.summary.clone(),
            totals: history
                .iter()
                .filter(|brief| brief.case == head.id)
                .map(|brief| brief.total)
                .collect(),
        })
        .collect()
}

fn open(context: &Context<'_>) -> Vec<Open> {
    let library = &context.desk.library;
    let framework = library.framework();
    let records = context.desk.open_mocks().into_iter();
    records
        .map(|record| {
            let head = library.case_head(&record.case);
            let title = head.map_or(record.case.as_str(), |head| head.title.as_str());
            let left = record.budget_total(framework) - record.elapsed();
            let line = format!(
                "{title} · {} · in {} · {} left",
                record.level,
                record.current,
                minutes(left)
            );
            Open { record, line }
        })
        .collect()
}

impl Screen for MockSetup {
    fn place(&self) -> Place {
        Place::MockSetup
    }

    fn title(&self) -> String {
        "Mock interview".to_owned()
    }

    fn subject(&self) -> Option<String> {
        self.case
            .and_then(|at| self.cases.get(at))
            .map(|choice| choice.id.clone())
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>) {
        let about = wrapped(
            &self.about(context),
            area.width.saturating_sub(4),
            Role::Plain,
        );
        let below = (about.len() as u16 + 2).min(area.height / 3).max(3);
        let upper = Rect {
            height: area.height.saturating_sub(below),
            ..area
        };
        let inner = panel(frame, upper, "What, how long, how hard", true, theme);
        // Headings and blank lines are no rows of the list: it keeps to what can be chosen, so
        // settings and cases get a list each, in one line of keys.
        let rows = self.rows();
        let split = rows
            .iter()
            .position(|row| *row == Row::Surprise)
            .unwrap_or(0);
        let lines: Vec<Line> = rows.iter().map(|row| self.line(*row, context)).collect();
        let (first, second) = lines.split_at(split.min(lines.len()));
        let height = (first.len() as u16).min(inner.height.saturating_sub(4));
        let settings = Rect { height, ..inner };
        let mut list = List::default();
        list.at = self.list.at.min(split.saturating_sub(1));
        list.draw(frame, settings, first, self.list.at < split, theme);
        put(frame, inner, height + 1, &heading("The case"), theme);
        let cases = Rect {
            y: inner.y + height + 2,
            height: inner.height.saturating_sub(height + 2),
            ..inner
        };
        let mut list = List::default();
        list.at = self.list.at.saturating_sub(split);
        list.draw(frame, cases, second, self.list.at >= split, theme);
        let lower = Rect {
            y: area.y + upper.height,
            height: below,
            ..area
        };
        let inner = panel(frame, lower, "", false, theme);
        put_lines(frame, inner, &about, theme);
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        if self.list.act(command, self.rows().len()) {
            self.follow();
            return Flow::Stay;
        }
        match command {
            Do::Left => self.change(-1, context),
            Do::Right => self.change(1, context),
            Do::Open => return self.start(context),
            Do::Delete => return self.throw_away(context),
            Do::Back => return Flow::Pop,
            _ => {}
        }
        Flow::Stay
    }

    fn resumed(&mut self, context: &mut Context<'_>) {
        self.open = open(context);
    }
}
