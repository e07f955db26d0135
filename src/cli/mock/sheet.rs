//! What one reads who does not listen with the program: the sheet of a friend who asks, and the
//! checklist after an interview out loud.

use crate::cli::shell::page;
use crate::content::{Item, Kind, Step};
use crate::mock::{Record, Setting};

/// The items that can be ticked, in the order of the steps; numbers count from 1.
fn items<'a>(setting: &'a Setting, record: &'a Record) -> impl Iterator<Item = &'a Item> {
    let steps = record.segments.iter().filter_map(|segment| segment.step());
    steps.flat_map(|step| {
        let rubric = setting.case.rubric.iter();
        rubric.filter(move |item| item.step == step)
    })
}

/// An item by its id or its number on the sheet.
pub(super) fn item(setting: &Setting, record: &Record, name: &str) -> Option<String> {
    let number: Option<usize> = name.parse().ok();
    let mut all = items(setting, record).enumerate();
    let found = all.find(|(at, item)| item.id == *name || number == Some(at + 1));
    found.map(|(_, item)| item.id.to_string())
}

/// Facts, follow-ups, turns and items of a step after the other.
pub(super) fn text(setting: &Setting, record: &Record) -> String {
    let mut page = page();
    let case = &setting.case;
    page.heading("You are the interviewer. Read this out, and nothing else of the sheet:");
    page.paragraph(2, &case.prompt);
    page.heading("You know, and tell when asked:");
    for fact in &case.facts {
        let key = if fact.key { "* " } else { "- " };
        page.item(
            &format!("  {key}"),
            &format!("{} {}", fact.question, fact.answer.trim()),
        );
    }
    let mut number = 0;
    for step in record.segments.iter().filter_map(|segment| segment.step()) {
        let title = setting.framework.step(step);
        page.heading(title.map_or(step.id(), |guide| guide.title.as_str()));
        questions(&mut page, setting, step);
        for item in items(setting, record).filter(|item| item.step == step) {
            number += 1;
            tickable(&mut page, number, item);
        }
    }
    page.gap();
    page.line("/said NUMBER ticks an item, /next goes on, /end shows the debrief.");
    page.into_text()
}

fn questions(page: &mut crate::cli::page::Page, setting: &Setting, step: Step) {
    for ball in setting
        .case
        .curveballs
        .iter()
        .filter(|own| own.step == step)
    {
        page.item("  turn    ", &ball.line);
        page.item("          strong: ", &ball.strong);
        page.item("          great:  ", &ball.great);
    }
    for ladder in setting.case.ladders.iter().filter(|own| own.step == step) {
        for (at, rung) in ladder.rungs.iter().enumerate() {
            page.item(&format!("  deep {}  ", at + 1), &rung.ask);
            page.item("          strong: ", &rung.strong);
        }
    }
}

fn tickable(page: &mut crate::cli::page::Page, number: usize, item: &Item) {
    let kind = match item.kind {
        Kind::RedFlag => "flag",
        kind => kind.id(),
    };
    page.item(&format!("  [ ] {number:>3} {kind:<6} "), &item.point);
}

/// Every item with its number, to be ticked from memory.
pub(super) fn checklist(setting: &Setting, record: &Record) -> String {
    let mut page = page();
    page.heading(
        "What did you say? Write the numbers, on as many lines as you like; /end when done.",
    );
    for (at, item) in items(setting, record).enumerate() {
        tickable(&mut page, at + 1, item);
    }
    page.into_text()
}
