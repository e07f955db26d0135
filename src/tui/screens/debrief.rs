//! The debrief of a mock: the score, every item with the learner's own words, time and turns.

use super::Reader;
use crate::content::{Case, Kind, Level, Step};
use crate::diagram;
use crate::export::transcript;
use crate::grading::{Decision, ItemScore, Verdict};
use crate::mock::{Debrief, Record};
use crate::text::{self, Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{
    bar, columns, hanging, heading, meter, minutes, panel, put_lines, wrapped, List, Page,
};
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

    fn point<'a>(&'a self, item: &'a ItemScore) -> &'a str {
        let own = self
            .case
            .as_ref()
            .and_then(|case| case.item(item.id.as_str()));
        own.map_or(item.id.as_str(), |own| own.point.trim())
    }

    /// Mark, word and role of a verdict.
    fn mark(&self, item: &ItemScore) -> (&'static str, Role) {
        match (item.verdict, item.kind, item.yours) {
            (Verdict::Hit, Kind::RedFlag, _) | (Verdict::Conflict, ..) => ("!", Role::Bad),
            (Verdict::Hit, ..) if item.wrong_step => ("½", Role::Warn),
            (Verdict::Hit, ..) | (Verdict::Maybe, _, Some(true)) => ("✓", Role::Good),
            (Verdict::Maybe, _, Some(false)) | (Verdict::Missed, ..) => ("✗", Role::Bad),
            (Verdict::Maybe, ..) => ("?", Role::Warn),
        }
    }

    fn line(&self, row: &Row, width: usize) -> Line {
        match row {
            Row::Head(title, count) => Line::of(format!("{title} ({count})"), Role::Strong),
            Row::Flag(at) => {
                let flag = self.debrief.sheet.flags.get(*at);
                let point = flag.map_or("", |flag| flag.point.as_str());
                columns(&[
                    ("!", 1, Role::Bad),
                    ("flag", 6, Role::Plain),
                    (
                        &text::truncate(point, width.saturating_sub(11)),
                        0,
                        Role::Plain,
                    ),
                ])
            }
            Row::Item(at) => {
                let Some(item) = self.debrief.sheet.items.get(*at) else {
                    return Line::new();
                };
                let (mark, role) = self.mark(item);
                let kind = match (item.verdict, item.yours, item.kind) {
                    (Verdict::Maybe, None, _) => "maybe",
                    (_, _, Kind::RedFlag) => "flag",
                    (_, _, kind) => kind.id(),
                };
                let disputed = self.disputed.contains(item.id.as_str());
                let tail = if disputed { " · disputed" } else { "" };
                let room = width.saturating_sub(11 + text::width(tail));
                let point = text::truncate(self.point(item), room);
                let mut line = columns(&[
                    (mark, 1, role),
                    (kind, 6, Role::Plain),
                    (&point, 0, Role::Plain),
                ]);
                let left = room.saturating_sub(text::width(&point) + 3);
                if let Some(words) = item.evidence.first().filter(|_| left >= 16) {
                    let quoted = format!("\"{}\"", text::clean_line(&words.text).trim());
                    line.push(" · ", Role::Faint);
                    line.push(&text::truncate(&quoted, left), Role::Quote);
                }
                line.push(tail, Role::Warn);
                line
            }
        }
    }

    /// What was found, in one or two lines.
    fn found(&self, item: &ItemScore) -> Vec<(String, Role)> {
        let mut lines = Vec::new();
        for words in &item.evidence {
            let place = words.step.map_or("outside the steps", Step::id);
            let words = text::clean_line(&words.text);
            lines.push((
                format!("you wrote in {place}: \"{}\"", words.trim()),
                Role::Quote,
            ));
        }
        let missing = item.missing.join(", ");
        match (item.verdict, item.kind) {
            (Verdict::Missed, _) if missing.is_empty() => {
                lines.push(("not found in your words".to_owned(), Role::Warn));
            }
            (Verdict::Missed, _) => {
                lines.push((format!("not found in your words: {missing}"), Role::Warn));
            }
            (Verdict::Maybe, _) => {
                if !missing.is_empty() {
                    lines.push((format!("not found in your words: {missing}"), Role::Warn));
                }
                // First, so that no long quotation hides it.
                let asked = match item.yours {
                    None => ("Did you say this? y or n".to_owned(), Role::Accent),
                    Some(true) => (
                        "You say you said it. It counts in the total with yours.".to_owned(),
                        Role::Good,
                    ),
                    Some(false) => ("You say you did not say it.".to_owned(), Role::Plain),
                };
                lines.insert(0, asked);
            }
            (Verdict::Conflict, _) => {
                lines.push(("This speaks against the point.".to_owned(), Role::Bad));
            }
            (Verdict::Hit, Kind::RedFlag) => {
                lines.push(("This speaks against the answer.".to_owned(), Role::Bad));
            }
            (Verdict::Hit, _) if item.wrong_step => lines.push((
                format!("It belongs in {}: half the credit.", item.step),
                Role::Warn,
            )),
            (Verdict::Hit, _) => {}
        }
        lines
    }

    /// One item in full.
    fn item(&self, item: &ItemScore) -> Vec<Line> {
        let width = self.width;
        let mut lines = wrapped(self.point(item), width, Role::Strong);
        let (mark, role) = self.mark(item);
        let word = match (item.verdict, item.kind) {
            (Verdict::Hit, Kind::RedFlag) => "red flag",
            (Verdict::Hit, _) => "said",
            (Verdict::Maybe, _) => "maybe",
            (Verdict::Missed, _) => "not found",
            (Verdict::Conflict, _) => "conflict",
        };
        let mut line = Line::of(format!("{mark} {word}"), role);
        let level = self.level_of(item);
        line.push(
            &format!(" · {} · {} · from {level}", item.kind, item.step),
            Role::Faint,
        );
        if self.disputed.contains(item.id.as_str()) {
            line.push(" · disputed", Role::Warn);
        }
        lines.push(line);
        lines.push(Line::new());
        for (text, role) in self.found(item) {
            lines.extend(wrapped(&text, width, role));
        }
        let Some(own) = self
            .case
            .as_ref()
            .and_then(|case| case.item(item.id.as_str()))
        else {
            return lines;
        };
        let mut part = |title: &str, text: &str, role: Role| {
            if !text.trim().is_empty() {
                lines.push(Line::new());
                lines.push(heading(title));
                lines.extend(wrapped(text.trim(), width, role));
            }
        };
        part("Why it matters", &own.explain, Role::Plain);
        if let Some(example) = own.examples.hit.first() {
            part("One way to say it", example, Role::Emphasis);
        }
        part("The interviewer would ask", &item.probe, Role::Plain);
        lines.push(Line::new());
        lines.extend(wrapped(
            &format!("b opens the breakdown at {}", item.step),
            width,
            Role::Faint,
        ));
        lines
    }

    /// Time, facts, turns, what comes back.
    fn more(&self, context: &Context<'_>) -> Vec<Line> {
        let width = self.width;
        let framework = context.desk.library.framework();
        let mut lines = vec![heading("Time")];
        for time in &self.debrief.time {
            let name = match time.segment.step() {
                Some(step) => framework.step(step).map_or(step.id(), |guide| &guide.short),
                None => "Wrap-up",
            };
            let (used, budget) = (f64::from(time.used), f64::from(time.budget));
            let (within, over) = bar(used, budget, 12);
            let mut line = columns(&[
                (name, 9, Role::Plain),
                (
                    &format!("{:>5} of {:>5}", minutes(used), minutes(budget)),
                    14,
                    if used > budget {
                        Role::Warn
                    } else {
                        Role::Plain
                    },
                ),
            ]);
            line.push(&within, Role::Accent);
            line.push(&over, Role::Bad);
            if time.began.is_none() {
                line.push(" never reached", Role::Warn);
            } else if used > budget {
                line.push(&format!(" {} over", minutes(used - budget)), Role::Warn);
            }
            lines.push(line);
        }
        if self.debrief.pauses > 0 {
            let pauses = if self.debrief.pauses == 1 {
                "pause"
            } else {
                "pauses"
            };
            lines.push(Line::of(
                format!(
                    "{} {pauses}, {} in all",
                    self.debrief.pauses,
                    minutes(f64::from(self.debrief.paused_seconds))
                ),
                Role::Plain,
            ));
        }
        let rubric = context.desk.library.rubric();
        lines.push(Line::new());
        lines.push(heading("What the scores say"));
        for own in &self.debrief.sheet.dimensions {
            let Some(dimension) = rubric.dimension(own.id.as_str()) else {
                continue;
            };
            let anchor = own
                .score
                .and_then(|score| dimension.anchors.get(usize::from(score).saturating_sub(1)));
            let score = own
                .score
                .map_or("–".to_owned(), |score| format!("{score} of 4"));
            let text = anchor.map_or("not scored", String::as_str);
            let mark = format!("{score:<6}  ");
            let text = format!("{}: {text}", dimension.title);
            lines.extend(hanging(&mark, Role::Strong, &text, width, Role::Plain));
        }
        self.board(context, &mut lines);
        self.facts(&mut lines);
        if !self.debrief.told.is_empty() {
            lines.push(Line::new());
            lines.push(heading("The interviewer's turns"));
            for told in &self.debrief.told {
                let mark = format!("in {}  ", told.step);
                lines.extend(hanging(&mark, Role::Faint, &told.line, width, Role::Strong));
                lines.extend(hanging(
                    "  strong  ",
                    Role::Faint,
                    &told.strong,
                    width,
                    Role::Plain,
                ));
                lines.extend(hanging(
                    "  great   ",
                    Role::Faint,
                    &told.great,
                    width,
                    Role::Plain,
                ));
            }
        }
        lines.push(Line::new());
        lines.push(heading("What comes back"));
        if self.debrief.missed.is_empty() {
            lines.push(Line::plain("Nothing: no must and no should was missed."));
        }
        for missed in &self.debrief.missed {
            let item = self.debrief.sheet.item(&missed.item);
            let point = item.map_or(missed.item.as_str(), |item| self.point(item));
            let drill = if missed.follow_up.is_some() {
                "as a follow-up question".to_owned()
            } else {
                format!("as the drill {}", missed.drill)
            };
            let text = format!("{point} ({drill})");
            lines.extend(hanging("· ", Role::Faint, &text, width, Role::Plain));
        }
        lines
    }

    /// The whiteboard held against the reference.
    fn board(&self, context: &Context<'_>, lines: &mut Vec<Line>) {
        let typed = self.record.board.trim();
        let Some(case) = self.case.as_ref().filter(|_| !typed.is_empty()) else {
            return;
        };
        let width = self.width;
        lines.push(Line::new());
        lines.push(heading("Your whiteboard"));
        let own = match diagram::read(typed) {
            Ok(own) => own,
            Err(fault) => {
                let why = format!("It was not drawn: {fault}");
                lines.extend(wrapped(&why, width, Role::Warn));
                lines.extend(wrapped(typed, width, Role::Plain));
                return;
            }
        };
        lines.extend(diagram::draw(&own, usize::from(width)));
        let Ok(reference) = diagram::read(&case.whiteboard) else {
            return;
        };
        let lexicon = context.desk.lexicon();
        let found = diagram::compare(&reference, &own, &|one, other| lexicon.alike(one, other));
        let ways = |ways: &[(String, String)]| {
            let ways: Vec<String> = ways.iter().map(|(a, b)| format!("{a} to {b}")).collect();
            ways.join(", ")
        };
        let parts = [
            ("✓ there        ", Role::Good, found.present.join(", ")),
            ("✗ missing      ", Role::Bad, found.missing.join(", ")),
            ("✗ no way from  ", Role::Bad, ways(&found.missing_edges)),
            ("✗ should lead  ", Role::Bad, ways(&found.reversed)),
            ("! unconnected  ", Role::Warn, found.unconnected.join(", ")),
            ("+ yours alone  ", Role::Faint, found.extra.join(", ")),
        ];
        for (mark, role, text) in parts.iter().filter(|(_, _, text)| !text.is_empty()) {
            lines.extend(hanging(mark, *role, text, width, Role::Plain));
        }
        lines.push(Line::of("The reference:", Role::Faint));
        lines.extend(diagram::draw(&reference, usize::from(width)));
    }

    fn facts(&self, lines: &mut Vec<Line>) {
        let facts = &self.debrief.facts;
        if facts.is_empty() {
            return;
        }
        lines.push(Line::new());
        let asked = facts.iter().filter(|fact| fact.asked).count();
        lines.push(heading(&format!(
            "Facts: {asked} of {} asked for",
            facts.len()
        )));
        for fact in facts.iter().filter(|fact| fact.key && !fact.asked) {
            let mark = "never asked  ";
            lines.extend(hanging(
                mark,
                Role::Warn,
                &fact.question,
                self.width,
                Role::Plain,
            ));
            lines.extend(hanging(
                "  ",
                Role::Faint,
                &fact.answer,
                self.width,
                Role::Faint,
            ));
        }
        let rest = facts.iter().filter(|fact| !fact.key && !fact.asked).count();
        if rest > 0 {
            lines.push(Line::of(
                format!("{rest} more that decide less were not asked for"),
                Role::Faint,
            ));
        }
    }

    /// Total, verdict and the ten scores; on a low screen the scores are numbers.
    fn head(&self, width: usize, low: bool, context: &Context<'_>) -> Vec<Line> {
        let sheet = &self.debrief.sheet;
        let (word, role) = match sheet.verdict {
            Decision::Hire => ("hire", Role::Good),
            Decision::NoHire => ("no hire", Role::Bad),
        };
        let mut line = Line::of(format!(" {:.0}/100", sheet.total), Role::Strong)
            .with(" · ", Role::Faint)
            .with(word, role);
        if sheet.borderline {
            line.push(" (borderline)", Role::Warn);
        }
        line.push(&format!(" at {}", sheet.level), Role::Plain);
        if sheet.total_with_yours.round() > sheet.total.round() {
            line.push(
                &format!(
                    " · {:.0} with what you say you said",
                    sheet.total_with_yours
                ),
                Role::Plain,
            );
        }
        let steps = self.record.segments.iter().filter_map(|own| own.step());
        let clock = if self.record.is_sprint() {
            let steps: Vec<&str> = steps.map(Step::id).collect();
            format!(" · sprint: {}", steps.join(", "))
        } else {
            format!(" · {} min", self.debrief.clock_minutes)
        };
        if line.width() + text::width(&clock) <= width {
            line.push(&clock, Role::Faint);
        }
        let rubric = context.desk.library.rubric();
        let mut cells: Vec<Line> = Vec::new();
        for own in &sheet.dimensions {
            let dimension = rubric.dimension(own.id.as_str());
            let short = dimension.map_or(own.id.as_str(), |dimension| &dimension.short);
            let role = match own.score {
                None => Role::Faint,
                Some(0 | 1) => Role::Bad,
                Some(2) => Role::Warn,
                Some(_) => Role::Good,
            };
            cells.push(match (own.score, low) {
                (Some(score), true) => {
                    Line::of(format!("{short} "), Role::Plain).with(&format!("{score}/4  "), role)
                }
                (Some(score), false) => columns(&[
                    (short, 10, Role::Plain),
                    (&meter(f64::from(score) / 4.0, 4), 4, role),
                ]),
                (None, true) => Line::of(format!("{short} –  "), role),
                (None, false) => columns(&[(short, 10, Role::Plain), ("none", 4, role)]),
            });
        }
        if low {
            let mut lines = vec![line, Line::plain(" ")];
            for cell in cells {
                let full = |last: &Line| last.width() + cell.width() > width + 2;
                if lines.last().is_some_and(full) {
                    lines.push(Line::plain(" "));
                }
                if let Some(last) = lines.last_mut() {
                    last.spans.extend(cell.spans);
                }
            }
            return lines;
        }
        let cell = 17;
        let each = (width.saturating_sub(1) / cell).clamp(1, cells.len().max(1));
        let rows = cells.len().div_ceil(each);
        let each = cells.len().div_ceil(rows.max(1)).max(1);
        let mut lines = vec![line];
        for row in cells.chunks(each) {
            let mut line = Line::plain(" ");
            for own in row {
                let pad = cell.saturating_sub(own.width());
                line.spans.extend(own.spans.iter().cloned());
                line.push(&" ".repeat(pad), Role::Plain);
            }
            lines.push(line);
        }
        lines
    }

    fn draw_items(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let width = area.width.saturating_sub(4);
        let chosen = self.rows.get(self.list.at).copied();
        let mut about = Vec::new();
        if let Some(item) = self.chosen() {
            let point = self.point(item);
            if area.height < LOW {
                let point = text::truncate(point, usize::from(width));
                about.push(Line::of(point, Role::Strong));
            } else {
                about.extend(wrapped(point, width, Role::Strong));
            }
            for (text, role) in self.found(item) {
                about.extend(wrapped(&text, width, role));
            }
        } else if let Some(Row::Flag(at)) = chosen {
            let flag = self.debrief.sheet.flags.get(at);
            about.extend(
                flag.map_or_else(Vec::new, |flag| wrapped(&flag.point, width, Role::Plain)),
            );
        }
        let most = (area.height / 2).saturating_sub(1).min(9);
        let below = (about.len() as u16 + 2)
            .clamp(3, most.max(3))
            .min(area.height);
        let upper = Rect {
            height: area.height - below,
            ..area
        };
        let room = usize::from(upper.width.saturating_sub(2));
        let lines: Vec<Line> = self.rows.iter().map(|row| self.line(row, room)).collect();
        self.list.draw(frame, upper, &lines, true, theme);
        let lower = Rect {
            y: area.y + upper.height,
            height: below,
            ..area
        };
        let inner = panel(frame, lower, "", false, theme);
        put_lines(frame, inner, &about, theme);
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

/// Writes a mock as Markdown into the folder at hand; one line that says where, or why not.
pub(super) fn export(record: &Record, debrief: &Debrief, context: &Context<'_>) -> String {
    let library = &context.desk.library;
    let case = library.case(&record.case).ok();
    let text = transcript(
        record,
        debrief,
        case.as_deref(),
        library.framework(),
        library.rubric(),
    );
    let path = format!("greenroom-{}.md", record.mock);
    match std::fs::write(&path, text) {
        Ok(()) => format!("Written to {path} in this folder"),
        Err(error) => format!("cannot write {path}: {error}"),
    }
}

impl Screen for DebriefScreen {
    fn place(&self) -> Place {
        match self.view {
            View::Items => Place::Debrief,
            View::Item(_) => Place::DebriefItem,
            View::More(_) => Place::DebriefMore,
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
                View::Item(page) => Some((page.top, false)),
                View::More(page) => Some((page.top, true)),
            };
            if let Some((top, more)) = old {
                if more {
                    self.view = View::More(Page::new(self.more(context)));
                } else {
                    self.open();
                }
                if let View::Item(page) | View::More(page) = &mut self.view {
                    page.top = top;
                }
            }
        }
        match &mut self.view {
            View::Items => self.draw_items(frame, body, theme),
            View::Item(page) => {
                let inner = panel(frame, body, "One item", true, theme);
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
            View::Item(page) | View::More(page) => {
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
                    View::Items | View::Item(_) => View::More(Page::new(self.more(context))),
                };
            }
            Do::Yes => return self.answer(true, context),
            Do::No => return self.answer(false, context),
            Do::Dispute => return self.dispute(context),
            Do::Breakdown => return self.breakdown(context),
            Do::NextWeak => return self.next_weak(),
            Do::Export => return Flow::Say(export(&self.record, &self.debrief, context)),
            Do::Back => match self.view {
                View::Items => return Flow::Pop,
                View::Item(_) | View::More(_) => self.view = View::Items,
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
