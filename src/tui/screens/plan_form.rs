//! The form of a new plan.

use crate::content::{Id, Level};
use crate::desk::CaseStand;
use crate::plan::{parse_date, Plan, Settings};
use crate::text::{self, Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{columns, panel, put, Input, List};
use chrono::NaiveDate;
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::Frame;

/// Cells of a field's name.
const NAME: usize = 16;
/// The minutes that left and right go through.
const MINUTES: [u32; 7] = [15, 20, 30, 45, 60, 90, 120];
/// Fewest and most minutes a day.
const FEWEST: u32 = 5;
const MOST: u32 = 600;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Date,
    Minutes,
    Level,
    Cases,
}

impl Field {
    const ALL: [Self; 4] = [Self::Date, Self::Minutes, Self::Level, Self::Cases];

    fn next(self, back: bool) -> Self {
        let count = Self::ALL.len();
        let step = if back { count - 1 } else { 1 };
        let at = (self as usize + step) % count;
        Self::ALL.get(at).copied().unwrap_or(self)
    }
}

/// Interview date, minutes a day, level, cases.
pub(in crate::tui) struct PlanForm {
    field: Field,
    date: Input,
    minutes: Input,
    level: Level,
    cases: Vec<(CaseStand, bool)>,
    list: List,
    /// What the form comes to, or what is wrong with it.
    preview: Result<Plan, String>,
}

impl PlanForm {
    pub(in crate::tui) fn new(context: &Context<'_>) -> Self {
        let desk = &context.desk;
        let old = desk.plan_settings();
        let settings = old.unwrap_or_else(|| desk.default_settings(context.now));
        let today = desk.date(context.now);
        let date = settings.interview.filter(|date| *date >= today);
        let ticked =
            |case: &str| settings.focus.is_empty() || settings.focus.iter().any(|id| *id == *case);
        let cases = desk.cases(context.now).into_iter();
        let mut form = Self {
            field: Field::Date,
            date: Input::new(&date.map_or_else(String::new, |date| date.to_string())),
            minutes: Input::new(&settings.minutes.to_string()),
            level: settings.level,
            cases: cases
                .map(|stand| {
                    let ticked = ticked(&stand.case);
                    (stand, ticked)
                })
                .collect(),
            list: List::default(),
            preview: Err(String::new()),
        };
        form.look(context);
        form
    }

    /// Works out the preview again.
    fn look(&mut self, context: &Context<'_>) {
        self.preview = self
            .settings(context)
            .map(|settings| context.desk.plan_of(&settings, context.now, true));
    }

    fn interview(&self, today: NaiveDate) -> Result<Option<NaiveDate>, String> {
        let text = self.date.text();
        match text.trim().to_lowercase().as_str() {
            "" | "none" | "-" => Ok(None),
            text => parse_date(text, today).map(Some),
        }
    }

    fn settings(&self, context: &Context<'_>) -> Result<Settings, String> {
        let today = context.desk.date(context.now);
        let interview = self.interview(today)?;
        let minutes = self.minutes.text();
        let minutes = minutes
            .trim()
            .parse()
            .ok()
            .filter(|minutes| (FEWEST..=MOST).contains(minutes))
            .ok_or_else(|| format!("minutes a day: a number from {FEWEST} to {MOST}"))?;
        let ticked = self.cases.iter().filter(|(_, ticked)| *ticked);
        let mut focus: Vec<Id> = ticked
            .map(|(stand, _)| Id::new(stand.case.as_str()))
            .collect();
        if focus.is_empty() {
            return Err("tick at least one case".to_owned());
        }
        if focus.len() == self.cases.len() {
            // All of them, also those that are still to come.
            focus.clear();
        }
        Ok(Settings {
            interview,
            minutes,
            level: self.level,
            focus,
            ..Settings::starting(today)
        })
    }

    /// Left and right.
    fn change(&mut self, back: bool) {
        match self.field {
            Field::Minutes => {
                let now: u32 = self.minutes.text().trim().parse().unwrap_or(0);
                let next = if back {
                    MINUTES.iter().rev().find(|minutes| **minutes < now)
                } else {
                    MINUTES.iter().find(|minutes| **minutes > now)
                };
                if let Some(next) = next {
                    self.minutes = Input::new(&next.to_string());
                }
            }
            Field::Level => {
                let count = Level::ALL.len();
                let step = if back { count - 1 } else { 1 };
                let at = (self.level as usize + step) % count;
                self.level = Level::ALL.get(at).copied().unwrap_or(self.level);
            }
            Field::Date | Field::Cases => {}
        }
    }

    /// Up and down: through the fields, and through the cases.
    fn walk(&mut self, back: bool) {
        if self.field == Field::Cases {
            let command = if back { Do::Up } else { Do::Down };
            if !back || self.list.at > 0 {
                self.list.act(command, self.cases.len());
                return;
            }
        }
        if !back || self.field != Field::Date {
            self.field = self.field.next(back);
        }
    }

    fn date_note(&self, context: &Context<'_>) -> Line {
        let today = context.desk.date(context.now);
        match self.interview(today) {
            Ok(None) => Line::of("none yet; 14d, 2w, 5 dec, 2026-12-05", Role::Faint),
            Ok(Some(date)) => {
                let days = (date - today).num_days();
                let left = match days {
                    0 => "today".to_owned(),
                    1 => "tomorrow".to_owned(),
                    days => format!("in {days} days"),
                };
                Line::of(format!("{}, {left}", date.format("%a %-d %b")), Role::Good)
            }
            Err(_) => Line::of("no date that can be planned for", Role::Bad),
        }
    }

    fn preview_lines(&self, context: &Context<'_>) -> Vec<Line> {
        let plan = match &self.preview {
            Ok(plan) => plan,
            Err(fault) => return vec![Line::of(fault, Role::Bad)],
        };
        let titles = |ids: &[String]| titles(context, ids);
        let count = plan.days.len();
        let days = if count == 1 { "day" } else { "days" };
        let reach = format!("{count} {days}, as in the template “{}”", plan.template);
        let mut lines = vec![
            Line::of(reach, Role::Good),
            Line::of(format!("reaches {}", titles(&plan.focus)), Role::Plain),
        ];
        let ready = |(stand, ticked): &(CaseStand, bool)| *ticked && stand.written;
        if !self.cases.iter().any(ready) {
            let text = "no ticked case is written yet, so others stand in";
            lines.push(Line::of(text, Role::Warn));
        }
        if !plan.not_reached.is_empty() {
            let text = format!("not reached: {}", titles(&plan.not_reached));
            lines.push(Line::of(text, Role::Warn));
        }
        lines
    }

    fn draw_fields(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>) {
        let names = ["Interview", "Minutes a day", "Level"];
        for (row, (name, field)) in (0u16..).zip(names.iter().zip(Field::ALL)) {
            let focus = field == self.field;
            let mark = if focus { "▸" } else { " " };
            let role = if focus { Role::Accent } else { Role::Plain };
            let line = columns(&[(mark, 1, Role::Accent), (name, NAME - 3, role)]);
            put(frame, area, row, &line, theme);
            let at = Rect {
                x: area.x + NAME as u16,
                y: area.y + row,
                width: area.width.saturating_sub(NAME as u16),
                height: 1,
            };
            match field {
                Field::Date => {
                    let field = Rect {
                        width: at.width.min(14),
                        ..at
                    };
                    self.date.draw(frame, field, "", focus, theme);
                    let note = Rect {
                        x: field.right() + 1,
                        width: at.width.saturating_sub(15),
                        ..at
                    };
                    put(frame, note, 0, &self.date_note(context), theme);
                }
                Field::Minutes => {
                    let field = Rect {
                        width: at.width.min(6),
                        ..at
                    };
                    self.minutes.draw(frame, field, "", focus, theme);
                }
                _ => put(frame, at, 0, &self.levels(focus), theme),
            }
        }
    }

    fn levels(&self, focus: bool) -> Line {
        let mut line = Line::new();
        for level in Level::ALL {
            let role = match (level == self.level, focus) {
                (true, true) => Role::Accent,
                (true, false) => Role::Strong,
                (false, _) => Role::Faint,
            };
            let mark = if level == self.level { "●" } else { "○" };
            line.push(&format!("{mark} {level}   "), role);
        }
        line
    }

    fn case_rows(&self) -> Vec<Line> {
        let row = |(stand, ticked): &(CaseStand, bool)| {
            let mark = if *ticked { "[x]" } else { "[ ]" };
            let (role, note) = if stand.written {
                (Role::Plain, "")
            } else {
                (Role::Faint, "not written yet")
            };
            columns(&[
                (mark, 3, Role::Accent),
                (&stand.title, 30, role),
                (note, 0, Role::Faint),
            ])
        };
        self.cases.iter().map(row).collect()
    }

    fn make(&mut self, context: &mut Context<'_>) -> Flow {
        match self.settings(context) {
            Ok(settings) => {
                context.desk.set_plan(&settings, context.now);
                Flow::Pop
            }
            Err(fault) => Flow::Say(fault),
        }
    }
}

/// The titles of cases, in one line.
pub(super) fn titles(context: &Context<'_>, ids: &[String]) -> String {
    let title = |id: &String| context.desk.case_title(id);
    match ids {
        [] => "no case".to_owned(),
        ids => ids.iter().map(title).collect::<Vec<_>>().join(", "),
    }
}

impl Screen for PlanForm {
    fn place(&self) -> Place {
        Place::PlanForm
    }

    fn title(&self) -> String {
        "A new plan".to_owned()
    }

    fn typing(&self) -> bool {
        matches!(self.field, Field::Date | Field::Minutes)
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>) {
        let preview = self.preview_lines(context);
        let below = (preview.len() as u16 + 2).min(area.height / 3);
        let upper = Rect {
            height: area.height - below,
            ..area
        };
        let inner = panel(frame, upper, "A new plan", true, theme);
        self.draw_fields(frame, inner, theme, context);
        let focus = self.field == Field::Cases;
        let role = if focus { Role::Accent } else { Role::Plain };
        let ticked = self.cases.iter().filter(|(_, ticked)| *ticked).count();
        let head = columns(&[
            (if focus { "▸" } else { " " }, 1, Role::Accent),
            ("Cases", NAME - 3, role),
            (
                &format!(
                    "{ticked} of {} ticked, most worth it first",
                    self.cases.len()
                ),
                0,
                Role::Faint,
            ),
        ]);
        put(frame, inner, 3, &head, theme);
        let list = Rect {
            x: inner.x + 2,
            y: inner.y + 4,
            width: inner.width.saturating_sub(2),
            height: inner.height.saturating_sub(4),
        };
        self.list.draw(frame, list, &self.case_rows(), focus, theme);
        let lower = Rect {
            y: upper.bottom(),
            height: below,
            ..area
        };
        let inner = panel(frame, lower, "What it comes to", false, theme);
        for (row, line) in (0..inner.height).zip(&preview) {
            let role = line.spans.first().map_or(Role::Plain, |span| span.role);
            let shown = text::truncate(&line.text(), usize::from(inner.width));
            put(frame, inner, row, &Line::of(shown, role), theme);
        }
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        match command {
            Do::Open => return self.make(context),
            Do::Back => return Flow::Pop,
            Do::NextField => self.field = self.field.next(false),
            Do::PreviousField => self.field = self.field.next(true),
            Do::Left => self.change(true),
            Do::Right => self.change(false),
            Do::Up => self.walk(true),
            Do::Down => self.walk(false),
            Do::Toggle => match self.field {
                Field::Cases => {
                    if let Some((_, ticked)) = self.cases.get_mut(self.list.at) {
                        *ticked = !*ticked;
                    }
                }
                _ => self.change(false),
            },
            _ if self.field == Field::Cases => {
                self.list.act(command, self.cases.len());
            }
            _ => {}
        }
        self.look(context);
        Flow::Stay
    }

    fn key(&mut self, key: KeyEvent, context: &mut Context<'_>) -> Flow {
        match (key.code, self.field) {
            (KeyCode::Up, _) => self.walk(true),
            (KeyCode::Down, _) => self.walk(false),
            (KeyCode::Left, Field::Minutes) => self.change(true),
            (KeyCode::Right, Field::Minutes) => self.change(false),
            (_, Field::Minutes) => {
                self.minutes.key(key);
            }
            (_, Field::Date) => {
                self.date.key(key);
            }
            (_, Field::Level | Field::Cases) => {}
        }
        self.look(context);
        Flow::Stay
    }

    fn paste(&mut self, text: &str, context: &mut Context<'_>) {
        match self.field {
            Field::Date => self.date.insert(text),
            Field::Minutes => self.minutes.insert(text),
            Field::Level | Field::Cases => {}
        }
        self.look(context);
    }
}
