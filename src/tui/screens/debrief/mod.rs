//! The debrief of a mock: the score, every item with the learner's own words, time and turns.

mod beside;
mod board;
mod head;
mod item;
mod more;
mod told;

use super::Reader;
use crate::content::{Case, Kind, Level};
use crate::export::{page, transcript};
use crate::grading::{ItemScore, Verdict};
use crate::mock::{Debrief, Record};
use crate::text::Role;
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{panel, put_lines, wrapped, List, Page};
use chrono::{DateTime, Utc};
use ratatui::layout::Rect;
use ratatui::Frame;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Longest time that counts as looking at it, in seconds.
const LONGEST_LOOK: f64 = 3600.0;

/// Under this height things are said shorter.
const LOW: u16 = 18;

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Head(&'static str, usize),
    /// An item of the sheet.
    Item(usize),
    /// A flag that no item of the sheet stands for.
    Flag(usize),
}

/// What is shown.
enum View {
    Items,
    Item(Page),
    More(Page),
    /// The answer beside the breakdown.
    Beside(Page),
}

/// The debrief of a mock.
pub(in crate::tui) struct DebriefScreen {
    record: Record,
    debrief: Debrief,
    /// What the items teach; none when the case is gone.
    case: Option<Arc<Case>>,
    disputed: BTreeSet<String>,
    rows: Vec<Row>,
    list: List,
    view: View,
    /// Width that the pages were made for.
    width: u16,
    since: Option<DateTime<Utc>>,
}

impl DebriefScreen {
    pub(in crate::tui) fn new(record: Record, debrief: Debrief) -> Self {
        let mut screen = Self {
            record,
            debrief,
            case: None,
            disputed: BTreeSet::new(),
            rows: Vec::new(),
            list: List::default(),
            view: View::Items,
            width: 0,
            since: None,
        };
        screen.arrange();
        screen
    }

    /// Reads what only the desk knows, once.
    fn load(&mut self, context: &Context<'_>) {
        if self.since.is_some() {
            return;
        }
        self.since = Some(context.now);
        self.case = context.desk.library.case(&self.record.case).ok();
        self.disputed = context.desk.disputed(&self.record.mock);
        self.arrange();
    }

    fn level_of(&self, item: &ItemScore) -> Level {
        let own = self
            .case
            .as_ref()
            .and_then(|case| case.item(item.id.as_str()));
        own.map_or(Level::Mid, |own| own.level)
    }

    /// Groups the items: what is to be answered, what speaks against it, what was not found, what
    /// was said.
    fn arrange(&mut self) {
        let sheet = &self.debrief.sheet;
        let expected = |item: &ItemScore| self.level_of(item) <= sheet.level;
        let lost = |item: &ItemScore| matches!(item.verdict, Verdict::Missed | Verdict::Conflict);
        let said_no =
            |item: &ItemScore| item.verdict == Verdict::Maybe && item.yours == Some(false);
        let off = |item: &ItemScore, kind: Kind| {
            item.kind == kind && (lost(item) || said_no(item)) && expected(item)
        };
        type Test<'a> = &'a dyn Fn(&ItemScore) -> bool;
        let flag = |item: &ItemScore| item.kind == Kind::RedFlag;
        let groups: [(&'static str, Test<'_>); 7] = [
            ("Did you say this?", &|item| {
                item.verdict == Verdict::Maybe && item.yours.is_none() && !flag(item)
            }),
            ("Red flags", &|item| {
                flag(item) && item.verdict == Verdict::Hit
            }),
            ("Must · not found", &|item| off(item, Kind::Must)),
            ("Should · not found", &|item| off(item, Kind::Should)),
            ("Said", &|item| item.verdict == Verdict::Hit && !flag(item)),
            ("Said, you say", &|item| {
                item.verdict == Verdict::Maybe && item.yours == Some(true) && !flag(item)
            }),
            ("Would go further", &|item| {
                (lost(item) || said_no(item))
                    && !flag(item)
                    && (item.kind == Kind::Bonus || !expected(item))
            }),
        ];
        let mut rows = Vec::new();
        for (title, test) in groups {
            let mut found: Vec<Row> = Vec::new();
            if title == "Red flags" {
                let general = sheet.flags.iter().enumerate();
                found.extend(
                    general
                        .filter(|(_, own)| sheet.item(own.id.as_str()).is_none())
                        .map(|(at, _)| Row::Flag(at)),
                );
            }
            let items = sheet.items.iter().enumerate();
            found.extend(
                items
                    .filter(|(_, item)| test(item))
                    .map(|(at, _)| Row::Item(at)),
            );
            if !found.is_empty() {
                rows.push(Row::Head(title, found.len()));
                rows.append(&mut found);
            }
        }
        self.rows = rows;
        self.off_heads(true);
    }

    /// The cursor never stands on a heading.
    fn off_heads(&mut self, down: bool) {
        let last = self.rows.len().saturating_sub(1);
        self.list.at = self.list.at.min(last);
        let head = |at: usize| matches!(self.rows.get(at), Some(Row::Head(..)));
        if !head(self.list.at) {
            return;
        }
        if !down && self.list.at > 0 {
            self.list.at -= 1;
        } else if self.list.at < last {
            self.list.at += 1;
        }
    }

    fn chosen(&self) -> Option<&ItemScore> {
        match self.rows.get(self.list.at)? {
            Row::Item(at) => self.debrief.sheet.items.get(*at),
            Row::Head(..) | Row::Flag(_) => None,
        }
    }

    fn is_weak(&self, row: &Row) -> bool {
        match row {
            Row::Head(..) => false,
            Row::Flag(_) => true,
            Row::Item(at) => self.debrief.sheet.items.get(*at).is_some_and(|item| {
                let flag = item.kind == Kind::RedFlag;
                let open = item.verdict == Verdict::Maybe && item.yours.is_none();
                let further =
                    item.kind == Kind::Bonus || self.level_of(item) > self.debrief.sheet.level;
                (item.verdict == Verdict::Hit) == flag
                    && item.yours != Some(true)
                    && (open || !further)
            }),
        }
    }

    fn next_weak(&mut self) -> Flow {
        let count = self.rows.len();
        let order = (1..=count).map(|step| (self.list.at + step) % count.max(1));
        let next = order
            .into_iter()
            .find(|at| self.rows.get(*at).is_some_and(|row| self.is_weak(row)));
        match next {
            Some(at) => self.list.at = at,
            None => return Flow::Say("Nothing is open or missed".to_owned()),
        }
        if matches!(self.view, View::Item(_)) {
            self.open();
        }
        Flow::Stay
    }

    /// The learner's answer to "did you say this?".
    fn answer(&mut self, said: bool, context: &mut Context<'_>) -> Flow {
        let Some(item) = self.chosen() else {
            return Flow::Stay;
        };
        if item.verdict != Verdict::Maybe {
            return Flow::Say(
                "This is asked only where the program is unsure; d disputes its verdict".to_owned(),
            );
        }
        let id = item.id.clone();
        let mock = self.record.mock.clone();
        context.desk.mark(&mock, id.as_str(), said, context.now);
        match context.desk.debrief(&mock) {
            Some((_, debrief)) => self.debrief = debrief,
            // Progress cannot be read back: the answer is kept, and shown here.
            None => {
                let items = &mut self.debrief.sheet.items;
                if let Some(item) = items.iter_mut().find(|item| item.id == id) {
                    item.yours = Some(said);
                }
            }
        }
        self.arrange();
        let open = self.debrief.open_questions().count();
        if open > 0 {
            self.list.at = 0;
            self.off_heads(true);
        } else {
            let items = &self.debrief.sheet.items;
            let here = |row: &Row| match row {
                Row::Item(at) => items.get(*at).is_some_and(|item| item.id == id),
                Row::Head(..) | Row::Flag(_) => false,
            };
            self.list.at = self.rows.iter().position(here).unwrap_or(0);
            self.off_heads(true);
        }
        if matches!(self.view, View::Item(_)) {
            self.open();
        }
        Flow::Say(match (said, open) {
            (true, 0) => "Noted. That was the last question.".to_owned(),
            (false, 0) => "Noted as not said. That was the last question.".to_owned(),
            (_, 1) => "Noted. One question is left.".to_owned(),
            (_, open) => format!("Noted. {open} questions are left."),
        })
    }

    fn dispute(&mut self, context: &mut Context<'_>) -> Flow {
        let Some(item) = self.chosen() else {
            return Flow::Stay;
        };
        let id = item.id.to_string();
        if self.disputed.contains(&id) {
            return Flow::Say("You have disputed this one already".to_owned());
        }
        let said = self.record.said();
        let words = said.get(&item.step).map_or("", String::as_str);
        let machine = verdict_id(item.verdict);
        let line = match item.verdict {
            Verdict::Hit => "Noted: you say that this is not in your answer. Both are kept.",
            Verdict::Maybe | Verdict::Missed | Verdict::Conflict => {
                "Noted: you say that this is in your answer. Both are kept; the score stays."
            }
        };
        context
            .desk
            .dispute(&self.record.mock, &id, machine, words, context.now);
        self.disputed.insert(id);
        if matches!(self.view, View::Item(_)) {
            self.open();
        }
        Flow::Say(line.to_owned())
    }

    /// How well the learner says they spoke.
    fn rate(&mut self, delivery: u8, context: &mut Context<'_>) -> Flow {
        let mock = self.record.mock.clone();
        context.desk.rate_delivery(&mock, delivery, context.now);
        self.debrief.delivery = Some(delivery);
        let top = match &self.view {
            View::More(page) => page.top,
            _ => 0,
        };
        let mut page = Page::new(self.more(context));
        page.top = top;
        self.view = View::More(page);
        Flow::Say(format!("Noted: {delivery} of 4"))
    }

    fn breakdown(&self, context: &Context<'_>) -> Flow {
        let step = match self.rows.get(self.list.at) {
            Some(Row::Flag(at)) => self.debrief.sheet.flags.get(*at).and_then(|flag| flag.step),
            _ => self.chosen().map(|item| item.step),
        };
        Flow::Push(Box::new(Reader::new(context, &self.record.case, step)))
    }

    fn open(&mut self) {
        let lines = match self.rows.get(self.list.at) {
            Some(Row::Item(at)) => self
                .debrief
                .sheet
                .items
                .get(*at)
                .map(|item| self.item(item)),
            Some(Row::Flag(at)) => {
                let flag = self.debrief.sheet.flags.get(*at);
                flag.map(|flag| wrapped(&flag.point, self.width, Role::Plain))
            }
            _ => None,
        };
        if let Some(lines) = lines {
            self.view = View::Item(Page::new(lines));
        }
    }
}

fn verdict_id(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Hit => "hit",
        Verdict::Maybe => "maybe",
        Verdict::Missed => "missed",
        Verdict::Conflict => "conflict",
    }
}

/// Writes a mock as Markdown and as one HTML page into the folder at hand; one line that says where,
/// or why not.
pub(super) fn export(record: &Record, debrief: &Debrief, context: &Context<'_>) -> String {
    let library = &context.desk.library;
    let case = library.case(&record.case).ok();
    let (case, framework, rubric) = (case.as_deref(), library.framework(), library.rubric());
    let name = format!("greenroom-{}", record.mock);
    for (path, text) in [
        (
            format!("{name}.md"),
            transcript(record, debrief, case, framework, rubric),
        ),
        (
            format!("{name}.html"),
            page(record, debrief, case, framework, rubric),
        ),
    ] {
        if let Err(error) = std::fs::write(&path, text) {
            return format!("cannot write {path}: {error}");
        }
    }
    format!("Written to {name}.md and {name}.html in this folder")
}

impl Screen for DebriefScreen {
    fn place(&self) -> Place {
        match self.view {
            View::Items => Place::Debrief,
            View::Item(_) => Place::DebriefItem,
            View::More(_) | View::Beside(_) => Place::DebriefMore,
        }
    }

    fn title(&self) -> String {
        let level = self.debrief.sheet.level;
        format!("Debrief · {} · {level}", self.debrief.title)
    }

    fn subject(&self) -> Option<String> {
        Some(self.record.case.clone())
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>) {
        self.load(context);
        let head = self.head(usize::from(area.width), area.height < LOW, context);
        put_lines(frame, area, &head, theme);
        let used = (head.len() as u16).min(area.height);
        let body = Rect {
            y: area.y + used,
            height: area.height - used,
            ..area
        };
        let width = body.width.saturating_sub(4);
        if width != self.width {
            self.width = width;
            let old = match &self.view {
                View::Items => None,
                View::Item(page) | View::More(page) | View::Beside(page) => Some(page.top),
            };
            match self.view {
                View::Items => {}
                View::Item(_) => self.open(),
                View::More(_) => self.view = View::More(Page::new(self.more(context))),
                View::Beside(_) => self.view = View::Beside(Page::new(self.beside(context))),
            }
            if let (Some(top), View::Item(page) | View::More(page) | View::Beside(page)) =
                (old, &mut self.view)
            {
                page.top = top;
            }
        }
        match &mut self.view {
            View::Items => self.draw_items(frame, body, theme),
            View::Item(page) => {
                let inner = panel(frame, body, "One item", true, theme);
                page.draw(frame, inner, theme);
            }
            View::Beside(page) => {
                let inner = panel(frame, body, "Your answer and the breakdown", true, theme);
                page.draw(frame, inner, theme);
            }
            View::More(page) => {
                let title = match page.percent() {
                    0 | 100 => "Time and turns".to_owned(),
                    percent => format!("Time and turns · {percent} %"),
                };
                let inner = panel(frame, body, &title, true, theme);
                page.draw(frame, inner, theme);
            }
        }
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        self.load(context);
        match &mut self.view {
            View::Items => {
                let before = self.list.at;
                if self.list.act(command, self.rows.len()) {
                    self.off_heads(self.list.at >= before || self.list.at == 0);
                    return Flow::Stay;
                }
            }
            View::Item(page) | View::More(page) | View::Beside(page) => {
                if page.act(command) {
                    return Flow::Stay;
                }
            }
        }
        match command {
            Do::Open => self.open(),
            Do::Toggle => {
                self.view = match self.view {
                    View::More(_) => View::Items,
                    _ => View::More(Page::new(self.more(context))),
                };
            }
            Do::Yes => return self.answer(true, context),
            Do::No => return self.answer(false, context),
            Do::Dispute => return self.dispute(context),
            Do::Breakdown => return self.breakdown(context),
            Do::NextWeak => return self.next_weak(),
            Do::Beside => self.view = View::Beside(Page::new(self.beside(context))),
            Do::Pick(delivery) => return self.rate(delivery, context),
            Do::Export => return Flow::Say(export(&self.record, &self.debrief, context)),
            Do::Back => match self.view {
                View::Items => return Flow::Pop,
                _ => self.view = View::Items,
            },
            _ => {}
        }
        Flow::Stay
    }

    fn leave(&mut self, context: &mut Context<'_>) {
        let Some(since) = self.since else {
            return;
        };
        let seconds = (context.now - since).num_milliseconds() as f64 / 1000.0;
        let seconds = seconds.clamp(0.0, LONGEST_LOOK);
        context
            .desk
            .was_read(&self.record.case, "debrief", seconds, context.now);
    }
}
