//! Pages of `greenroom history`: trend, comparison, answer beside breakdown.

use super::boards::drawing;
use super::exit::{Exit, Failure, Outcome};
use super::page::{self, clock as minutes};
use super::{out, sheet, shell};
use crate::content::{Id, Kind};
use crate::desk::{Desk, MockBrief};
use crate::grading::{ItemScore, Verdict};
use crate::mock::{Debrief, Record};
use crate::text::clean_line;
use serde_json::json;
use std::ops::Range;

/// Most mocks on a line of the trend.
const MOST: usize = 8;

/// A line a dimension, a column a mock.
pub(super) fn trend(desk: &Desk, mocks: &[MockBrief]) -> String {
    let mut page = shell::page();
    let Some(from) = mocks.len().checked_sub(1) else {
        page.line("No whole mock was finished yet. Start one: greenroom mock CASE");
        return page.into_text();
    };
    let shown = mocks.iter().skip((from + 1).saturating_sub(MOST));
    let shown: Vec<&MockBrief> = shown.collect();
    let row = |name: &str, cell: &dyn Fn(&MockBrief) -> String, note: String| {
        let mut row = vec![name.to_owned()];
        row.extend(shown.iter().map(|mock| format!("{:>5}", cell(mock))));
        row.push(note);
        row
    };
    let day = |mock: &MockBrief| desk.date(mock.at).format("%d %b").to_string();
    let mut rows = vec![row("", &day, String::new())];
    rows.push(row(
        "Total",
        &|mock| format!("{:.0}", mock.total),
        String::new(),
    ));
    for dimension in &desk.library.rubric().dimensions {
        let score = |mock: &MockBrief| mock.dimensions.get(&dimension.id).copied();
        let cell = |mock: &MockBrief| score(mock).map_or("–".to_owned(), |own| own.to_string());
        let scores: Vec<u8> = shown.iter().filter_map(|mock| score(mock)).collect();
        let note = match (scores.first(), scores.last()) {
            (Some(first), Some(last)) if last > first => "up",
            (Some(first), Some(last)) if last < first => "down",
            _ => "",
        };
        rows.push(row(&dimension.title, &cell, note.to_owned()));
    }
    page.table(0, &rows);
    page.into_text()
}

fn read(desk: &Desk, name: &str) -> Outcome<(Record, Debrief)> {
    let found = desk.debrief(name);
    found.ok_or_else(|| Failure::data(format!("the debrief of {name} cannot be read")))
}

/// Two mocks of one case side by side.
pub(super) fn compare(desk: &Desk, one: &str, other: &str, as_json: bool) -> Outcome {
    let (first, a) = read(desk, one)?;
    let (second, b) = read(desk, other)?;
    if first.case != second.case {
        return Err(Failure::usage(format!(
            "{one} is about {}, {other} about {}; compare two mocks of one case",
            first.case, second.case
        )));
    }
    let gained = changed(&a, &b);
    let lost = changed(&b, &a);
    if as_json {
        let ids = |items: &[&ItemScore]| -> Vec<Id> {
            items.iter().map(|item| item.id.clone()).collect()
        };
        let of = |debrief: &Debrief| {
            json!({
                "mock": debrief.mock,
                "total": debrief.sheet.total,
                "verdict": debrief.sheet.verdict,
                "dimensions": debrief.sheet.dimensions,
                "time": debrief.time,
            })
        };
        out::json(&json!({
            "schema_version": 1,
            "case": first.case,
            "one": of(&a),
            "other": of(&b),
            "gained": ids(&gained),
            "lost": ids(&lost),
        }))?;
        return Ok(Exit::Done);
    }
    let mut page = shell::page();
    page.line(format!("{} · two mocks side by side", a.title));
    let cell = |debrief: &Debrief, id: &Id| {
        let own = debrief.sheet.dimension(id.as_str());
        let score = own.and_then(|own| own.score);
        score.map_or("–".to_owned(), |score| format!("{score} of 4"))
    };
    let mut rows = vec![vec![
        String::new(),
        sheet::verdict(&a.sheet),
        sheet::verdict(&b.sheet),
    ]];
    for dimension in &desk.library.rubric().dimensions {
        let id = &dimension.id;
        rows.push(vec![dimension.title.clone(), cell(&a, id), cell(&b, id)]);
    }
    for (then, now) in a.time.iter().zip(&b.time) {
        let of = |used: u32, budget: u32| {
            format!("{} of {}", minutes(used.into()), minutes(budget.into()))
        };
        rows.push(vec![
            format!("time in {}", then.segment),
            of(then.used, then.budget),
            of(now.used, now.budget),
        ]);
    }
    page.gap();
    page.table(0, &rows);
    let case = desk.library.case(&first.case).ok();
    for (title, items) in [
        ("Said only the second time", gained),
        ("Said only the first time", lost),
    ] {
        if items.is_empty() {
            continue;
        }
        page.heading(&format!("{title} ({})", items.len()));
        for item in items {
            let own = case.as_ref().and_then(|case| case.item(item.id.as_str()));
            let point = own.map_or(item.id.as_str(), |own| own.point.trim());
            page.item("  - ", &format!("{} · {}: {point}", item.kind, item.step));
        }
    }
    out::say(page.text())?;
    Ok(Exit::Done)
}

/// Items that are said in the second debrief and not in the first; red flags are none.
fn changed<'a>(first: &Debrief, second: &'a Debrief) -> Vec<&'a ItemScore> {
    let hit = |item: &ItemScore| item.verdict == Verdict::Hit && item.kind != Kind::RedFlag;
    let before = |item: &ItemScore| first.sheet.item(item.id.as_str()).is_some_and(&hit);
    let items = second.sheet.items.iter();
    items.filter(|item| hit(item) && !before(item)).collect()
}

/// The learner's answer and the breakdown of each step; words that made a point are in brackets.
pub(super) fn beside(desk: &Desk, name: &str) -> Outcome<String> {
    let (record, debrief) = read(desk, name)?;
    let framework = desk.library.framework();
    let text = desk.library.breakdown(&record.case);
    let text = text.map_err(|fault| Failure::data(fault.to_string()))?;
    let mut page = shell::page();
    let all = record.said();
    let steps = record.segments.iter().filter_map(|own| own.step());
    for step in steps {
        let said = all.get(&step).map_or("", String::as_str);
        let title = framework.step(step).map_or(step.id(), |guide| &guide.title);
        page.heading(&format!("{title}: your answer ([ ] made a point)"));
        for line in bracketed(said, &debrief.marked(step)).lines() {
            page.paragraph(2, &clean_line(line));
        }
        if let Some(board) = record.boards.get(&step.into()) {
            page.line("  On the whiteboard:");
            drawing(&mut page, board);
        }
        if let Some(section) = desk.section(&text, step) {
            page.heading(&format!("{title}: the breakdown"));
            let width = page.width();
            page.line(page::markdown(section, width));
        }
    }
    Ok(page.into_text())
}

/// A text with brackets around these bytes of it.
fn bracketed(text: &str, spans: &[Range<usize>]) -> String {
    let mut marked = String::with_capacity(text.len() + 2 * spans.len());
    let mut from = 0;
    for span in spans {
        let (Some(before), Some(words)) = (text.get(from..span.start), text.get(span.clone()))
        else {
            continue;
        };
        marked.push_str(before);
        marked.push('[');
        marked.push_str(words);
        marked.push(']');
        from = span.end;
    }
    marked.push_str(text.get(from..).unwrap_or_default());
    marked
}

/// The four anchors of delivery.
pub(super) fn anchors(desk: &Desk) -> String {
    let mut page = shell::page();
    for (at, anchor) in desk.library.rubric().delivery.iter().enumerate() {
        page.item(&format!("{}  ", at + 1), anchor);
    }
    page.into_text()
}
