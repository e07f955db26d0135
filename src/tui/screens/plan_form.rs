//! The form of a new plan.

use super::DrillScreen;
use crate::content::Level;
use crate::desk::{CaseStand, Practice, Wishes};
use crate::plan::{parse_date, Plan, Settings};
use crate::text::{self, Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{columns, panel, put, Input, List};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::Frame;

/// Cells of a field's name.
const NAME: usize = 16;
/// The minutes that left and right go through.
const MINUTES: [u32; 7] = [15, 20, 30, 45, 60, 90, 120];
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Date,
    Minutes,
    Off,
    Zone,
    Level,
    Role,
    Areas,
    Cases,
}

impl Field {
    const ALL: [Self; 8] = [
        Self::Date,
        Self::Minutes,
        Self::Off,
        Self::Zone,
        Self::Level,
        Self::Role,
        Self::Areas,
        Self::Cases,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Date => "Interview",
            Self::Minutes => "Minutes a day",
            Self::Off => "Days off",
            Self::Zone => "Time zone",
            Self::Level => "Level",
            Self::Role => "Role",
            Self::Areas => "Areas",
            Self::Cases => "Cases",
        }
    }

    fn next(self, back: bool) -> Self {
        let count = Self::ALL.len();
        let step = if back { count - 1 } else { 1 };
        let at = (self as usize + step) % count;
        Self::ALL.get(at).copied().unwrap_or(self)
    }
}

/// What a plan is made from, a line each, then the cases.
pub(in crate::tui) struct PlanForm {
    field: Field,
    /// What is typed: date, minutes, days off, time zone, areas.
    date: Input,
    minutes: Input,
    off: Input,
    zone: Input,
    areas: Input,
    level: Level,
    /// Ids and titles; the first one is none.
    roles: Vec<(String, String)>,
    role: usize,
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
        let minutes = settings
            .week
            .map_or_else(|| settings.minutes.to_string(), |week| week.to_string());
        let off = settings.off.iter().filter(|date| **date >= today);
        let off: Vec<String> = off.map(ToString::to_string).collect();
        let own = desk.library.rubric().roles.iter();
        let own = own.map(|role| (role.id.to_string(), role.title.clone()));
        let roles: Vec<(String, String)> = std::iter::once((String::new(), "any".to_owned()))
            .chain(own)
            .collect();
        let role = settings.role.as_ref().map_or("", |role| role.as_str());
        let mut form = Self {
            field: Field::Date,
            date: Input::new(&date.map_or_else(String::new, |date| date.to_string())),
            minutes: Input::new(&minutes),
            off: Input::new(&off.join(", ")),
            zone: Input::new(settings.zone.as_deref().unwrap_or_default()),
            areas: Input::new(&settings.areas.join(", ")),
            level: settings.level,
            role: roles.iter().position(|(id, _)| id == role).unwrap_or(0),
            roles,
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

    fn settings(&self, context: &Context<'_>) -> Result<Settings, String> {
        let ticked = self.cases.iter().filter(|(_, ticked)| *ticked);
        let mut focus: Vec<String> = ticked.map(|(stand, _)| stand.case.clone()).collect();
        if focus.is_empty() {
            return Err("tick at least one case".to_owned());
        }
        if focus.len() == self.cases.len() {
            // All of them, also those that are still to come.
            focus.clear();
        }
        let role = self.roles.get(self.role);
        let wishes = Wishes {
            interview: self.date.text(),
            minutes: self.minutes.text(),
            off: self.off.text(),
            zone: self.zone.text(),
            level: self.level,
            role: role.map(|(id, _)| id.clone()).unwrap_or_default(),
            areas: self.areas.text(),
            focus,
            template: String::new(),
        };
        context.desk.settings_of(&wishes, context.now)
    }

    /// The line that is typed into; none where something is chosen.
    fn input(&mut self, field: Field) -> Option<&mut Input> {
        match field {
            Field::Date => Some(&mut self.date),
            Field::Minutes => Some(&mut self.minutes),
            Field::Off => Some(&mut self.off),
            Field::Zone => Some(&mut self.zone),
            Field::Areas => Some(&mut self.areas),
            Field::Level | Field::Role | Field::Cases => None,
        }
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
            Field::Role => {
                let count = self.roles.len().max(1);
                let step = if back { count - 1 } else { 1 };
                self.role = (self.role + step) % count;
            }
            _ => {}
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

    /// What stands behind a field.
    fn note(&self, field: Field, context: &Context<'_>) -> Line {
        let faint = |text: &str| Line::of(text, Role::Faint);
        match field {
            Field::Date => self.date_note(context),
            Field::Minutes => faint("45, or mon-fri 30, sat 90"),
            Field::Off => faint("24 dec..26 dec, 2026-12-31"),
            Field::Zone => faint("Europe/Berlin; empty: this computer's"),
            Field::Areas => faint("ads, search; their cases first"),
            Field::Level | Field::Role | Field::Cases => Line::new(),
        }
    }

    fn date_note(&self, context: &Context<'_>) -> Line {
        let today = context.desk.date(context.now);
        let text = self.date.text();
        if matches!(text.trim().to_lowercase().as_str(), "" | "none" | "-") {
            return Line::of("none yet; 14d, 2w, 5 dec, 2026-12-05", Role::Faint);
        }
        match parse_date(&text, today) {
            Ok(date) => {
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
        let known = context.desk.placed(context.now);
        if !known.is_empty() {
            let steps: Vec<String> = known
                .iter()
                .map(|(step, score)| format!("{step} {:.0}", 100.0 * score))
                .collect();
            let text = format!("the placement showed {}", steps.join(", "));
            lines.push(Line::of(text, Role::Plain));
        }
        if !plan.not_reached.is_empty() {
            let text = format!("not reached: {}", titles(&plan.not_reached));
            lines.push(Line::of(text, Role::Warn));
        }
        lines
    }

    fn draw_fields(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        theme: Theme,
        context: &Context<'_>,
    ) {
        for (row, field) in (0..area.height).zip(Field::ALL) {
            if field == Field::Cases {
                continue;
            }
            let focus = field == self.field;
            let mark = if focus { "▸" } else { " " };
            let role = if focus { Role::Accent } else { Role::Plain };
            let line = columns(&[(mark, 1, Role::Accent), (field.name(), NAME - 3, role)]);
            put(frame, area, row, &line, theme);
            let at = Rect {
                x: area.x + NAME as u16,
                y: area.y + row,
                width: area.width.saturating_sub(NAME as u16),
                height: 1,
            };
            let note = self.note(field, context);
            match (field, self.input(field)) {
                (_, Some(input)) => {
                    // A long line has the room of its note as well.
                    let long = text::width(&input.text()) as u16 + 2;
                    let width = at.width.min(long.max(14));
                    input.draw(frame, Rect { width, ..at }, "", focus, theme);
                    let beside = Rect {
                        x: at.x + width + 1,
                        width: at.width.saturating_sub(width + 1),
                        ..at
                    };
                    put(frame, beside, 0, &note, theme);
                }
                (Field::Role, None) => {
                    let title = self.roles.get(self.role).map_or("", |(_, title)| title);
                    let line = Line::of(format!("‹ {title} ›"), role);
                    put(frame, at, 0, &line, theme);
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

    /// Ten minutes over the seven steps.
    fn place_me(context: &mut Context<'_>) -> Flow {
        let practice = Practice {
            placement: true,
            ..Practice::default()
        };
        let (session, _) = context.desk.start_drills(&practice, context.now);
        match session.asked() {
            Some(_) => Flow::Push(Box::new(DrillScreen::new(session))),
            None => Flow::Say("There are no new drills to place you by".to_owned()),
        }
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
        !matches!(self.field, Field::Level | Field::Role | Field::Cases)
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
        let rows = Field::ALL.len() as u16 - 1;
        put(frame, inner, rows, &head, theme);
        let list = Rect {
            x: inner.x + 2,
            y: inner.y + rows + 1,
            width: inner.width.saturating_sub(2),
            height: inner.height.saturating_sub(rows + 1),
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
            Do::Placement => return Self::place_me(context),
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
        let number = self.minutes.text().trim().parse::<u32>().is_ok();
        match (key.code, self.field) {
            (KeyCode::Up, _) => self.walk(true),
            (KeyCode::Down, _) => self.walk(false),
            (KeyCode::Left, Field::Minutes) if number => self.change(true),
            (KeyCode::Right, Field::Minutes) if number => self.change(false),
            (_, field) => {
                if let Some(input) = self.input(field) {
                    input.key(key);
                }
            }
        }
        self.look(context);
        Flow::Stay
    }

    fn paste(&mut self, text: &str, context: &mut Context<'_>) {
        if let Some(input) = self.input(self.field) {
            input.insert(text);
        }
        self.look(context);
    }

    fn resumed(&mut self, context: &mut Context<'_>) {
        // A placement may have shown something.
        self.look(context);
    }
}
