//! What is ticked instead of heard: by a friend while the candidate talks, or by the candidate
//! after an interview out loud.

use super::super::DebriefScreen;
use super::{HOLD_EVERY, SAVE_EVERY};
use crate::content::{Kind, Step};
use crate::mock::{Input, Manner, Session};
use crate::text::{Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{columns, minutes, panel, put, put_lines, wrapped, List};
use chrono::{DateTime, Duration, Utc};
use ratatui::layout::Rect;
use ratatui::Frame;

/// A line of the sheet.
enum Row {
    Head(Step),
    /// Something to tell or to ask, and what a good answer says.
    Read(&'static str, String, String),
    /// A rubric item, by its id.
    Item(String),
}

/// The sheet with its ticks.
pub(in crate::tui) struct TickScreen {
    session: Session,
    rows: Vec<Row>,
    list: List,
    held: Option<DateTime<Utc>>,
    saved: Option<DateTime<Utc>>,
    done: bool,
    /// Another instance has it.
    lost: bool,
}

impl TickScreen {
    pub(in crate::tui) fn new(session: Session, now: DateTime<Utc>) -> Self {
        let rows = rows(&session);
        let mut screen = Self {
            session,
            rows,
            list: List::default(),
            held: None,
            saved: Some(now),
            done: false,
            lost: false,
        };
        screen.off_heads(true);
        screen
    }

    /// Whether the clock runs: a friend ticks while the other one talks.
    fn is_live(&self) -> bool {
        self.session.record().options.manner == Manner::Friend && !self.session.record().over
    }

    fn off_heads(&mut self, down: bool) {
        let head = |at: usize| matches!(self.rows.get(at), Some(Row::Head(_)));
        let last = self.rows.len().saturating_sub(1);
        if head(self.list.at) && (down && self.list.at < last || self.list.at == 0) {
            self.list.at = (self.list.at + 1).min(last);
        } else if head(self.list.at) {
            self.list.at -= 1;
        }
    }

    fn feed(&mut self, input: Input, context: &mut Context<'_>) {
        self.beneath(context);
        self.session.apply(input, context.now);
        if !self.lost {
            context.desk.save_mock(&self.session, context.now);
        }
        self.saved = Some(context.now);
    }

    fn toggle(&mut self, context: &mut Context<'_>) -> Flow {
        let Some(Row::Item(id)) = self.rows.get(self.list.at) else {
            return Flow::Stay;
        };
        let said = !self.session.record().ticked.contains(id);
        let input = Input::Said(id.clone(), said);
        self.feed(input, context);
        Flow::Stay
    }

    /// Goes to the step, and the list with it.
    fn step(&mut self, input: Input, context: &mut Context<'_>) -> Flow {
        self.feed(input, context);
        let current = self.session.record().current.step();
        let head = |row: &Row| matches!(row, Row::Head(step) if Some(*step) == current);
        if let Some(at) = self.rows.iter().position(head) {
            self.list.at = at;
            self.off_heads(true);
        }
        Flow::Stay
    }

    fn finish(&mut self, context: &mut Context<'_>) -> Flow {
        if self.lost {
            return Flow::Pop;
        }
        self.feed(Input::End, context);
        let debrief = context.desk.finish_mock(&self.session, context.now);
        self.done = true;
        let record = self.session.record().clone();
        Flow::Replace(Box::new(DebriefScreen::new(record, debrief)))
    }

    fn line(&self, row: &Row) -> Line {
        match row {
            Row::Head(step) => {
                let framework = &self.session.setting().framework;
                let title = framework.step(*step);
                let title = title.map_or(step.id(), |guide| guide.title.as_str());
                Line::of(title, Role::Strong)
            }
            Row::Read(kind, text, _) => columns(&[(kind, 6, Role::Accent), (text, 0, Role::Plain)]),
            Row::Item(id) => {
                let record = self.session.record();
                let item = self.session.setting().case.item(id);
                let ticked = record.ticked.contains(id);
                let mark = if ticked { "[x]" } else { "[ ]" };
                let role = if ticked { Role::Good } else { Role::Plain };
                let kind = match item.map(|item| item.kind) {
                    Some(Kind::RedFlag) => "flag",
                    Some(kind) => kind.id(),
                    None => "",
                };
                let point = item.map_or(id.as_str(), |item| item.point.trim());
                columns(&[(mark, 3, role), (kind, 6, Role::Faint), (point, 0, role)])
            }
        }
    }

    /// The chosen line in full.
    fn about(&self, width: u16) -> Vec<Line> {
        match self.rows.get(self.list.at) {
            Some(Row::Read(_, text, strong)) => {
                let mut lines = wrapped(text, width, Role::Strong);
                lines.extend(wrapped(strong, width, Role::Plain));
                lines
            }
            Some(Row::Item(id)) => {
                let item = self.session.setting().case.item(id);
                let point = item.map_or(id.as_str(), |item| item.point.trim());
                let mut lines = wrapped(point, width, Role::Strong);
                if let Some(item) = item.filter(|_| self.is_live()) {
                    let probe = format!("Ask: {}", item.probe.trim());
                    lines.extend(wrapped(&probe, width, Role::Plain));
                }
                lines
            }
            Some(Row::Head(_)) | None => Vec::new(),
        }
    }

    fn head(&self) -> Line {
        let record = self.session.record();
        if self.lost {
            let why = " Another greenroom has taken this mock up; Esc leaves.";
            return Line::of(why, Role::Bad);
        }
        if !self.is_live() {
            return Line::of(" What did you say? Space ticks it.", Role::Strong);
        }
        let framework = &self.session.setting().framework;
        let current = record.current;
        let paused = if self.session.paused() {
            " · paused"
        } else {
            ""
        };
        Line::of(
            format!(
                " {current} {} of {} · {} left{paused}",
                minutes(record.used(current)),
                minutes(record.budget(current, framework)),
                minutes(self.session.left().ceil())
            ),
            Role::Strong,
        )
    }
}

fn rows(session: &Session) -> Vec<Row> {
    let (record, case) = (session.record(), &session.setting().case);
    let live = record.options.manner == Manner::Friend;
    let read = |kind, text: &str, more: &str| {
        Row::Read(kind, text.trim().to_owned(), more.trim().to_owned())
    };
    let mut rows = Vec::new();
    if live {
        rows.push(read("prompt", &case.prompt, "Read this out first."));
    }
    for step in record.segments.iter().filter_map(|segment| segment.step()) {
        rows.push(Row::Head(step));
        if live && step == Step::Clarify {
            let facts = case.facts.iter();
            rows.extend(facts.map(|fact| read("fact", &fact.question, &fact.answer)));
        }
        if live {
            for ball in case.curveballs.iter().filter(|own| own.step == step) {
                rows.push(read(
                    "turn",
                    &ball.line,
                    &format!("Strong: {}", ball.strong),
                ));
            }
            let rungs = case.ladders.iter().filter(|own| own.step == step);
            for rung in rungs.flat_map(|ladder| &ladder.rungs) {
                rows.push(read(
                    "deeper",
                    &rung.ask,
                    &format!("Strong: {}", rung.strong),
                ));
            }
        }
        let items = case.rubric.iter().filter(|item| item.step == step);
        rows.extend(items.map(|item| Row::Item(item.id.to_string())));
    }
    rows
}

impl Screen for TickScreen {
    fn place(&self) -> Place {
        if self.is_live() {
            Place::MockFriend
        } else {
            Place::MockTick
        }
    }

    fn title(&self) -> String {
        let title = &self.session.setting().case.title;
        if self.is_live() {
            format!("You ask · {title}")
        } else {
            format!("Tick what you said · {title}")
        }
    }

    fn subject(&self) -> Option<String> {
        Some(self.session.record().case.clone())
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, _: &Context<'_>) {
        put(frame, area, 0, &self.head(), theme);
        let about = self.about(area.width.saturating_sub(4));
        let lower = (about.len() as u16 + 2).clamp(3, (area.height / 3).max(3));
        let upper = Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1 + lower),
            ..area
        };
        let lines: Vec<Line> = self.rows.iter().map(|row| self.line(row)).collect();
        self.list.draw(frame, upper, &lines, true, theme);
        let lower = Rect {
            y: upper.bottom(),
            height: lower,
            ..area
        };
        let inner = panel(frame, lower, "", false, theme);
        put_lines(frame, inner, &about, theme);
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        let before = self.list.at;
        if command != Do::PageDown && self.list.act(command, self.rows.len()) {
            self.off_heads(self.list.at >= before || self.list.at == 0);
            return Flow::Stay;
        }
        match command {
            Do::Toggle => return self.toggle(context),
            Do::PageDown => {
                self.list.act(Do::PageDown, self.rows.len());
                self.off_heads(true);
            }
            Do::NextStep => return self.step(Input::Next, context),
            Do::PreviousStep => return self.step(Input::Back, context),
            Do::Pause => {
                let input = if self.session.paused() {
                    Input::Resume
                } else {
                    Input::Pause
                };
                self.feed(input, context);
            }
            Do::End | Do::Submit => return self.finish(context),
            Do::Back => return Flow::Pop,
            _ => {}
        }
        Flow::Stay
    }

    fn deadline(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let every = if self.is_live() {
            Duration::seconds(1)
        } else {
            HOLD_EVERY
        };
        let saved = self.saved.filter(|saved| *saved <= now);
        Some(saved.map_or(now, |saved| saved + every.max(SAVE_EVERY)))
    }

    fn tick(&mut self, context: &mut Context<'_>) -> Flow {
        self.feed(Input::Tick, context);
        Flow::Stay
    }

    fn leave(&mut self, context: &mut Context<'_>) {
        if !self.done && !self.lost {
            self.feed(Input::Tick, context);
            context.desk.release_mock(&self.session);
        }
    }

    fn beneath(&mut self, context: &mut Context<'_>) {
        let due = |held: DateTime<Utc>| context.now - held >= HOLD_EVERY || held > context.now;
        if !self.done && !self.lost && self.held.is_none_or(due) {
            self.held = Some(context.now);
            self.lost = !context.desk.hold_mock(&self.session, context.now);
        }
    }
}
