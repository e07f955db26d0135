//! The days up to the interview.

use super::plan_form::{titles, PlanForm};
use super::{Notes, Search};
use crate::plan::{Activity, Day, Plan};
use crate::text::{self, Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{columns, panel, put_lines, wrapped, List, Page};
use ratatui::layout::Rect;
use ratatui::Frame;

/// Width from which a day shows the names of its activities.
const WIDE: usize = 70;

/// The days up to the interview.
pub(in crate::tui) struct PlanScreen {
    plan: Plan,
    /// There is a plan; else this is a suggestion.
    planned: bool,
    minutes: u32,
    list: List,
    /// The chosen day in full.
    open: Option<Page>,
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
            minutes: settings.minutes,
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

    /// Every activity of a day, with what it is for.
    fn day_lines(day: &Day, context: &Context<'_>, width: u16) -> Vec<Line> {
        let mut lines = wrapped(&day.title, width, Role::Heading(2));
        let minutes: u32 = day.activities.iter().map(|own| own.minutes).sum();
        let date = day.date.format("%A, %-d %B");
        lines.push(Line::of(format!("{date} · {minutes} minutes"), Role::Faint));
        lines.push(Line::new());
        for activity in &day.activities {
            let (mark, role) = if activity.done {
                ("✓", Role::Good)
            } else {
                ("·", Role::Plain)
            };
            let minutes = format!("{:>3} min", activity.minutes);
            lines.push(columns(&[
                (mark, 1, role),
                (activity.kind.id(), 7, Role::Strong),
                (&minutes, 7, Role::Faint),
                (if activity.done { "done" } else { "" }, 0, Role::Good),
            ]));
            for line in text::wrap(&explain(activity, context), usize::from(width).max(14) - 2) {
                lines.push(Line::plain("  ").with(&line, Role::Plain));
            }
            lines.push(Line::new());
        }
        if let Some(note) = &day.note {
            lines.extend(wrapped(note, width, Role::Warn));
        }
        lines
    }

    fn open_day(&mut self, context: &Context<'_>, width: u16) {
        if let Some(day) = self.plan.days.get(self.list.at) {
            let top = self.open.as_ref().map_or(0, |page| page.top);
            let mut page = Page::new(Self::day_lines(day, context, width));
            page.top = top;
            self.open = Some(page);
        }
    }
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
        match self.open {
            Some(_) => Place::PlanDay,
            None => Place::Plan,
        }
    }

    fn title(&self) -> String {
        let count = self.plan.days.len();
        let days = if count == 1 { "day" } else { "days" };
        format!("Plan · {count} {days} · {} min a day", self.minutes)
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>) {
        if self.open.is_some() {
            let inner = panel(frame, area, "The day", true, theme);
            self.open_day(context, inner.width);
            if let Some(page) = &mut self.open {
                page.draw(frame, inner, theme);
            }
            return;
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
        if let Some(page) = &mut self.open {
            if page.act(command) {
                return Flow::Stay;
            }
            if matches!(command, Do::Back | Do::Open) {
                self.open = None;
                return Flow::Stay;
            }
        } else if self.list.act(command, self.plan.days.len()) {
            return Flow::Stay;
        }
        match command {
            Do::Open => {
                // Laid out for its width when it is drawn.
                self.open_day(context, 76);
                Flow::Stay
            }
            Do::NewPlan => Flow::Push(Box::new(PlanForm::new(context))),
            Do::GoSearch => Flow::Push(Box::new(Search::new(context))),
            Do::GoNotes => Flow::Push(Box::new(Notes::new(context))),
            Do::Back => Flow::Pop,
            _ => Flow::Stay,
        }
    }

    fn resumed(&mut self, context: &mut Context<'_>) {
        let at = self.list.at;
        *self = Self::new(context);
        self.list.at = at;
    }
}
