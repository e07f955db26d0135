//! Before a mock: an unfinished one, or which case, how long, how hard, which steps.

use super::MockScreen;
use crate::content::{Level, Step};
use crate::desk::NewMock;
use crate::mock::Record;
use crate::text::{Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{columns, heading, minutes, panel, put, put_lines, wrapped, List};
use ratatui::layout::Rect;
use ratatui::Frame;

/// The usual interview, in minutes.
const USUAL_CLOCK: u32 = 45;

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
    Level,
    Steps,
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
    level: Level,
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
        rows.extend([Row::Clock, Row::Level, Row::Steps, Row::Surprise]);
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

    fn change(&mut self, by: isize) {
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
            Row::Steps => self.sprint = turn(self.sprint, self.sprints.len()),
            Row::Open(_) | Row::Surprise | Row::Case(_) => {}
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
            return begun(context.desk.resume_mock(open.record.clone(), context.now));
        }
        let choice = match self.case {
            Some(at) => self.cases.get(at),
            None => self.surprise(context),
        };
        let Some(choice) = choice else {
            return Flow::Say("There is no case that is ready for a mock".to_owned());
        };
        let new = NewMock {
            case: choice.id.clone(),
            clock_minutes: self.clock(),
            level: self.level,
            steps: self.steps().to_vec(),
            seed: None,
            ..NewMock::default()
        };
        begun(context.desk.begin_mock(&new, context.now))
    }

    /// Any case, one that was never tried if there is one.
    fn surprise(&self, context: &mut Context<'_>) -> Option<&Choice> {
        let fresh: Vec<&Choice> = self
            .cases
            .iter()
            .filter(|choice| choice.totals.is_empty())
            .collect();
        let from = if fresh.is_empty() {
            self.cases.iter().collect()
        } else {
            fresh
        };
        let count = from.len().max(1) as u64;
        from.get((context.desk.seed() % count) as usize).copied()
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
            Row::Level => setting("level", self.level.to_string()),
            Row::Steps => setting("steps", self.steps_line(context)),
            Row::Surprise => columns(&[
                (mark(self.case.is_none()), 1, Role::Accent),
                ("Surprise me", 0, Role::Plain),
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
            Row::Surprise => {
                let fresh = self.cases.iter().any(|choice| choice.totals.is_empty());
                let which = if fresh {
                    "that you have not tried"
                } else {
                    "of all"
                };
                format!("A case {which}, by chance. You hear it when the clock runs.")
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
fn begun(session: Result<crate::mock::Session, String>) -> Flow {
    match session {
        Ok(session) => Flow::Replace(Box::new(MockScreen::new(session))),
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
            Do::Left => self.change(-1),
            Do::Right => self.change(1),
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
