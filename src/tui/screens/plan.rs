//! The days up to the interview.

use super::plan_form::{titles, PlanForm};
use super::{Notes, Search};
use crate::desk::Outcome;
use crate::plan::{Activity, Day, Edit, Plan, Wanted};
use crate::text::{Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{columns, panel, put_lines, wrapped, Input, List};
use chrono::NaiveDate;
use crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use ratatui::Frame;

/// Minutes a day of a plan that keeps up what is known.
const KEEP: u32 = 20;
/// Width from which a day shows the names of its activities.
const WIDE: usize = 70;

/// The days up to the interview.
pub(in crate::tui) struct PlanScreen {
    plan: Plan,
    /// There is a plan; else this is a suggestion.
    planned: bool,
    /// "45 min a day".
    rhythm: String,
    /// The day of the interview, once it is past.
    past: Option<NaiveDate>,
    list: List,
    /// The chosen day in full.
    open: Option<OpenDay>,
}

/// One day in full, its activities to choose from.
#[derive(Default)]
struct OpenDay {
    list: List,
    /// What is being typed to be added.
    adding: Option<Input>,
}

impl PlanScreen {
    pub(in crate::tui) fn new(context: &Context<'_>) -> Self {
        let desk = &context.desk;
        let settings = desk.plan_settings();
        let planned = settings.is_some();
        let settings = settings.unwrap_or_else(|| desk.default_settings(context.now));
        let drills_left = desk.stats(context.now).due > 0;
        Self {
            plan: desk.plan_of(&settings, context.now, drills_left),
            planned,
            rhythm: settings.rhythm(),
            past: settings
                .interview
                .filter(|date| *date < desk.date(context.now)),
            list: List::default(),
            open: None,
        }
    }

    fn rows(&self, width: usize) -> Vec<Line> {
        let days = self.plan.days.iter().enumerate();
        days.map(|(at, day)| {
            let role = if at == 0 { Role::Accent } else { Role::Strong };
            let name = if at == 0 {
                "today".to_owned()
            } else {
                day.date.format("%a %-d %b").to_string()
            };
            let kinds: Vec<String> = day.activities.iter().map(brief).collect();
            if width >= WIDE {
                let title = width.saturating_sub(10 + 1 + 1 + 24);
                return columns(&[
                    (&name, 10, role),
                    (&day.title, title.min(44), Role::Plain),
                    (&kinds.join(" "), 0, Role::Faint),
                ]);
            }
            columns(&[
                (&name, 10, role),
                (&marks(day), 5, Role::Good),
                (&day.title, 0, Role::Plain),
            ])
        })
        .collect()
    }

    fn foot(&self, context: &Context<'_>, width: u16) -> Vec<Line> {
        let plan = &self.plan;
        let mut lines = Vec::new();
        if !self.planned {
            let text = "This is a suggestion. n makes a plan: interview date, minutes, cases.";
            lines.extend(wrapped(text, width, Role::Accent));
        }
        let focus = format!("Cases: {}", titles(context, &plan.focus));
        lines.extend(wrapped(&focus, width, Role::Plain));
        if !plan.not_reached.is_empty() {
            let text = format!(
                "These days do not reach: {}",
                titles(context, &plan.not_reached)
            );
            lines.extend(wrapped(&text, width, Role::Warn));
        }
        if !plan.missing.is_empty() {
            let text = format!("Not written yet: {}", titles(context, &plan.missing));
            lines.extend(wrapped(&text, width, Role::Faint));
        }
        lines
    }

    fn day(&self) -> Option<&Day> {
        self.plan.days.get(self.list.at)
    }

    /// The chosen activity of the open day.
    fn chosen(&self) -> Option<&Activity> {
        let open = self.open.as_ref()?;
        self.day()?.activities.get(open.list.at)
    }

    fn draw_day(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>) {
        let (Some(day), Some(open)) = (self.plan.days.get(self.list.at), &mut self.open) else {
            return;
        };
        let minutes: u32 = day.activities.iter().map(|own| own.minutes).sum();
        let date = day.date.format("%A, %-d %B");
        let inner = panel(frame, area, &format!("{date} · {minutes} min"), true, theme);
        let mut head = wrapped(&day.title, inner.width, Role::Heading(2));
        if let Some(note) = &day.note {
            head.extend(wrapped(note, inner.width, Role::Warn));
        }
        head.push(Line::new());
        put_lines(frame, inner, &head, theme);
        let rows: Vec<Line> = day.activities.iter().map(row).collect();
        let top = (head.len() as u16).min(inner.height);
        let list = Rect {
            y: inner.y + top,
            height: (rows.len() as u16).min(inner.height - top),
            ..inner
        };
        open.list.draw(frame, list, &rows, true, theme);
        let below = Rect {
            y: list.bottom(),
            height: inner.bottom() - list.bottom(),
            ..inner
        };
        if let Some(input) = &open.adding {
            let hint = "Add: mock eta · sprint eta data,model 20 · read eta · drill 15";
            put_lines(
                frame,
                below,
                &[Line::new(), Line::of(hint, Role::Faint)],
                theme,
            );
            let at = Rect {
                y: below.y + 2,
                height: below.height.saturating_sub(2).min(1),
                ..below
            };
            input.draw(frame, at, "> ", true, theme);
            return;
        }
        let mut lines = vec![Line::new()];
        if let Some(own) = day.activities.get(open.list.at) {
            let text = explain(own, context);
            lines.extend(wrapped(&text, below.width, Role::Plain));
            if own.must {
                let text = "A must: without it the case is not practised.";
                lines.extend(wrapped(text, below.width, Role::Faint));
            }
        }
        put_lines(frame, below, &lines, theme);
    }

    /// After a change: the plan anew, the same activity chosen wherever it is now.
    fn look_again(&mut self, id: &str, context: &Context<'_>) {
        let (list, open) = (self.list, self.open.take());
        *self = Self::new(context);
        self.list = list;
        self.open = open;
        let days = self.plan.days.iter().enumerate();
        let found = days
            .flat_map(|(day, own)| {
                let activities = own.activities.iter().enumerate();
                activities.map(move |(at, activity)| (day, at, activity))
            })
            .find(|(_, _, activity)| activity.id == id);
        if let (Some((day, at, _)), Some(open)) = (found, &mut self.open) {
            self.list.at = day;
            open.list.at = at;
        }
    }

    /// To the next day, or the one before, that takes it.
    fn shift(&mut self, back: bool, context: &mut Context<'_>) -> Flow {
        let (Some(own), Some(day)) = (self.chosen().cloned(), self.day()) else {
            return Flow::Stay;
        };
        let dates = self.plan.days.iter().map(|day| day.date);
        let mut dates: Vec<NaiveDate> = match back {
            true => dates.filter(|date| *date < day.date).collect(),
            false => dates.filter(|date| *date > day.date).collect(),
        };
        if back {
            dates.reverse();
        }
        for date in dates {
            let edit = Edit::Pin {
                id: own.id.clone(),
                date,
            };
            if context.desk.change_plan(edit, context.now).is_ok() {
                self.look_again(&own.id, context);
                return Flow::Say(format!(
                    "Now on {}. u takes it back",
                    date.format("%a %-d %b")
                ));
            }
        }
        Flow::Say("No such day takes it.".to_owned())
    }

    fn change(&mut self, edit: Edit, said: &str, context: &mut Context<'_>) -> Flow {
        let id = self.chosen().map(|own| own.id.clone()).unwrap_or_default();
        match context.desk.change_plan(edit, context.now) {
            Ok(()) => {
                self.look_again(&id, context);
                Flow::Say(said.to_owned())
            }
            Err(fault) => Flow::Say(fault),
        }
    }

    fn undo(&mut self, context: &mut Context<'_>) -> Flow {
        let id = self.chosen().map(|own| own.id.clone()).unwrap_or_default();
        match context.desk.undo_plan(context.now) {
            Ok(()) => {
                self.look_again(&id, context);
                Flow::Say("Taken back.".to_owned())
            }
            Err(fault) => Flow::Say(fault),
        }
    }

    fn add(&mut self, context: &mut Context<'_>) -> Flow {
        let date = self.day().map(|day| day.date);
        let input = self.open.as_ref().and_then(|open| open.adding.as_ref());
        let (Some(date), Some(text)) = (date, input.map(Input::text)) else {
            return Flow::Stay;
        };
        let added = text
            .parse::<Wanted>()
            .and_then(|wanted| context.desk.add_to_plan(wanted, date, context.now));
        match added {
            Ok(()) => {
                if let Some(open) = &mut self.open {
                    open.adding = None;
                }
                self.look_again("", context);
                Flow::Say("Added. u takes it back".to_owned())
            }
            Err(fault) => Flow::Say(fault),
        }
    }

    /// How it went, or how to go on.
    fn after(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        match command {
            Do::Pick(number) => {
                let outcome = Outcome::ALL.get(usize::from(number.saturating_sub(1)));
                let said = outcome.map(|own| context.desk.set_outcome(*own, "", context.now));
                match said {
                    Some(Err(fault)) => Flow::Say(fault),
                    _ => Flow::Say("Kept. n plans the next date, m keeps it up".to_owned()),
                }
            }
            _ => {
                if let Some(settings) = context.desk.plan_settings() {
                    let settings = settings.keeping(KEEP, context.desk.date(context.now));
                    context.desk.set_plan(&settings, context.now);
                    *self = Self::new(context);
                }
                Flow::Stay
            }
        }
    }

    fn after_lines(&self, context: &Context<'_>, width: u16) -> Vec<Line> {
        let went = self.past.and_then(|date| context.desk.outcome(date));
        let first = match went {
            Some(went) => format!("The interview went {}.", went.id()),
            None => {
                "The interview is behind you. How did it go? 1 well, 2 so-so, 3 badly.".to_owned()
            }
        };
        let mut lines = wrapped(&first, width, Role::Strong);
        lines.push(Line::new());
        let text = "n plans towards the next date. m keeps up what you know: a mock a week, and \
            a few drills a day.";
        lines.extend(wrapped(text, width, Role::Plain));
        lines
    }
}

/// One activity of a day.
fn row(own: &Activity) -> Line {
    let (mark, role) = if own.done {
        ("✓", Role::Good)
    } else {
        ("·", Role::Plain)
    };
    let minutes = format!("{:>3} min", own.minutes);
    let pin = if own.pinned { "pinned" } else { "" };
    columns(&[
        (mark, 1, role),
        (own.kind.id(), 7, Role::Strong),
        (&minutes, 7, Role::Faint),
        (pin, if own.pinned { 6 } else { 0 }, Role::Accent),
        (&own.title, 0, Role::Plain),
    ])
}

/// A mark for each activity.
fn marks(day: &Day) -> String {
    let activities = day.activities.iter();
    activities
        .map(|own| if own.done { '✓' } else { '·' })
        .collect()
}

/// "✓sprint".
fn brief(activity: &Activity) -> String {
    let mark = if activity.done { '✓' } else { '·' };
    format!("{mark}{}", activity.kind.id())
}

/// What to do, in a sentence or two.
fn explain(activity: &Activity, context: &Context<'_>) -> String {
    use crate::content::ActivityKind;
    let framework = context.desk.library.framework();
    let steps: Vec<&str> = activity
        .steps
        .iter()
        .filter_map(|step| framework.step(*step))
        .map(|guide| guide.title.as_str())
        .collect();
    let steps = steps.join(", ");
    let case = activity.case.as_deref();
    let title = case.map_or_else(|| activity.title.clone(), |id| context.desk.case_title(id));
    match activity.kind {
        ActivityKind::Drill => "What is due, then new drills of the day's cases.".to_owned(),
        ActivityKind::Review => "Go through the debrief of the last mock.".to_owned(),
        ActivityKind::Mock => match activity.clock {
            Some(clock) => {
                format!("{title}. A whole interview of {clock} minutes, then its debrief.")
            }
            None => format!("{title}."),
        },
        ActivityKind::Sprint if !steps.is_empty() => {
            format!("{title}. A short attempt against the clock: {steps}.")
        }
        ActivityKind::Read if !steps.is_empty() => format!("{title}. Read: {steps}."),
        ActivityKind::Sprint | ActivityKind::Read => format!("{title}."),
    }
}

impl Screen for PlanScreen {
    fn place(&self) -> Place {
        match &self.open {
            Some(open) if open.adding.is_some() => Place::PlanAdd,
            Some(_) => Place::PlanDay,
            None if self.past.is_some() => Place::PlanOver,
            None => Place::Plan,
        }
    }

    fn title(&self) -> String {
        let count = self.plan.days.len();
        let days = if count == 1 { "day" } else { "days" };
        format!("Plan · {count} {days} · {}", self.rhythm)
    }

    fn typing(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.adding.is_some())
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>) {
        if self.open.is_some() {
            return self.draw_day(frame, area, theme, context);
        }
        if self.past.is_some() {
            let inner = panel(frame, area, "After the date", true, theme);
            let lines = self.after_lines(context, inner.width);
            return put_lines(frame, inner, &lines, theme);
        }
        let foot = self.foot(context, area.width.saturating_sub(4));
        let below = (foot.len() as u16 + 2).min(area.height / 2);
        let upper = Rect {
            height: area.height - below,
            ..area
        };
        let title = match self.planned {
            true if self.plan.template.is_empty() => "The days".to_owned(),
            true => format!("The days · {}", self.plan.template.to_lowercase()),
            false => "The days, as suggested".to_owned(),
        };
        let inner = panel(frame, upper, &title, true, theme);
        let rows = self.rows(usize::from(inner.width).saturating_sub(2));
        if rows.is_empty() {
            let text = "No day is left before the interview. Good luck! n makes a new plan.";
            put_lines(
                frame,
                inner,
                &wrapped(text, inner.width, Role::Plain),
                theme,
            );
        }
        self.list.draw(frame, inner, &rows, true, theme);
        let lower = Rect {
            y: upper.bottom(),
            height: below,
            ..area
        };
        let inner = panel(frame, lower, "Reach", false, theme);
        put_lines(frame, inner, &foot, theme);
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        let count = self.day().map_or(0, |day| day.activities.len());
        if let Some(open) = &mut self.open {
            match command {
                Do::Back if open.adding.is_some() => open.adding = None,
                Do::Submit => return self.add(context),
                Do::Back | Do::Open => self.open = None,
                Do::New if self.planned => open.adding = Some(Input::default()),
                Do::MoveDown => return self.shift(false, context),
                Do::MoveUp => return self.shift(true, context),
                Do::Undo => return self.undo(context),
                Do::Pin | Do::Delete => {
                    let (Some(own), Some(day)) = (self.chosen(), self.day()) else {
                        return Flow::Stay;
                    };
                    let (id, date) = (own.id.clone(), day.date);
                    return match command {
                        Do::Pin => self.change(Edit::Pin { id, date }, "Pinned.", context),
                        _ => self.change(Edit::Drop { id }, "Out. u takes it back", context),
                    };
                }
                Do::NewPlan => return Flow::Push(Box::new(PlanForm::new(context))),
                _ => {
                    open.list.act(command, count);
                }
            }
            return Flow::Stay;
        }
        if self.list.act(command, self.plan.days.len()) {
            return Flow::Stay;
        }
        match command {
            Do::Open if !self.plan.days.is_empty() => {
                self.open = Some(OpenDay::default());
                Flow::Stay
            }
            Do::NewPlan => Flow::Push(Box::new(PlanForm::new(context))),
            Do::Undo => self.undo(context),
            Do::Pick(_) | Do::Keep => self.after(command, context),
            Do::GoSearch => Flow::Push(Box::new(Search::new(context))),
            Do::GoNotes => Flow::Push(Box::new(Notes::new(context))),
            Do::Back => Flow::Pop,
            _ => Flow::Stay,
        }
    }

    fn key(&mut self, key: KeyEvent, _: &mut Context<'_>) -> Flow {
        if let Some(input) = self.open.as_mut().and_then(|open| open.adding.as_mut()) {
            input.key(key);
        }
        Flow::Stay
    }

    fn paste(&mut self, text: &str, _: &mut Context<'_>) {
        if let Some(input) = self.open.as_mut().and_then(|open| open.adding.as_mut()) {
            input.insert(text);
        }
    }

    fn resumed(&mut self, context: &mut Context<'_>) {
        let at = self.list.at;
        *self = Self::new(context);
        self.list.at = at;
    }
}
