//! One item of a debrief: its line in the list, and in full.

use super::{DebriefScreen, Row};
use crate::content::{Kind, Step};
use crate::grading::{ItemScore, Verdict};
use crate::text::{self, Line, Role};
use crate::tui::widgets::{columns, heading, wrapped};

impl DebriefScreen {
    pub(super) fn point<'a>(&'a self, item: &'a ItemScore) -> &'a str {
        let own = self
            .case
            .as_ref()
            .and_then(|case| case.item(item.id.as_str()));
        own.map_or(item.id.as_str(), |own| own.point.trim())
    }

    /// Mark, word and role of a verdict.
    pub(super) fn mark(&self, item: &ItemScore) -> (&'static str, Role) {
        match (item.verdict, item.kind, item.yours) {
            (Verdict::Hit, Kind::RedFlag, _) | (Verdict::Conflict, ..) => ("!", Role::Bad),
            (Verdict::Hit, ..) if item.wrong_step => ("½", Role::Warn),
            (Verdict::Hit, ..) | (Verdict::Maybe, _, Some(true)) => ("✓", Role::Good),
            (Verdict::Maybe, _, Some(false)) | (Verdict::Missed, ..) => ("✗", Role::Bad),
            (Verdict::Maybe, ..) => ("?", Role::Warn),
        }
    }

    pub(super) fn line(&self, row: &Row, width: usize) -> Line {
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
    pub(super) fn found(&self, item: &ItemScore) -> Vec<(String, Role)> {
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
    pub(super) fn item(&self, item: &ItemScore) -> Vec<Line> {
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
}
