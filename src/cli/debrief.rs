//! A debrief as text.

use super::page::{clock as minutes, Page};
use super::{sheet, shell};
use crate::desk::Desk;
use crate::mock::{Debrief, Record};

/// The whole debrief; with `why` every item with what was looked for and what it teaches.
pub(super) fn text(desk: &Desk, record: &Record, debrief: &Debrief, why: bool) -> Page {
    let case = desk.library.case(&record.case).ok();
    let mut page = shell::page();
    let kind = if record.is_sprint() {
        "Sprint"
    } else {
        "Debrief"
    };
    page.ends(
        &format!("{kind} · {} · {}", debrief.title, record.level),
        &sheet::verdict(&debrief.sheet),
    );
    if (debrief.sheet.total_with_yours - debrief.sheet.total).abs() > 0.05 {
        page.line(format!(
            "with what you confirmed: {:.0}/100",
            debrief.sheet.total_with_yours
        ));
    }
    sheet::dimensions(&mut page, &debrief.sheet, desk.library.rubric());
    sheet::items(&mut page, &debrief.sheet, case.as_deref(), why);
    times(&mut page, debrief);
    facts(&mut page, debrief, why);
    for told in &debrief.told {
        page.heading(&format!("The turn in {}", told.step));
        page.item("  asked:  ", &told.line);
        page.item("  strong: ", &told.strong);
        page.item("  great:  ", &told.great);
    }
    if !debrief.missed.is_empty() {
        page.heading("Comes back as drills");
        for missed in &debrief.missed {
            page.line(format!("  {}", missed.drill));
        }
    }
    page.gap();
    page.line(format!(
        "The expert's walk-through: greenroom read {}",
        record.case
    ));
    page
}

fn times(page: &mut Page, debrief: &Debrief) {
    page.heading("Time");
    let rows: Vec<Vec<String>> = debrief
        .time
        .iter()
        .map(|time| {
            let note = match (time.began, time.used, time.budget) {
                (None, _, _) => "never reached",
                (_, used, budget) if used > budget + budget / 2 => "far over",
                (_, used, budget) if used > budget => "over",
                _ => "",
            };
            let used = minutes(time.used.into());
            let budget = minutes(time.budget.into());
            vec![
                time.segment.to_string(),
                format!("{used:>5} of {budget:>5}"),
                note.to_owned(),
            ]
        })
        .collect();
    page.table(2, &rows);
    if debrief.pauses > 0 {
        page.line(format!(
            "  paused {}, {} in all",
            super::page::count(debrief.pauses as usize, "time"),
            minutes(debrief.paused_seconds.into())
        ));
    }
}

fn facts(page: &mut Page, debrief: &Debrief, why: bool) {
    let unasked = debrief.facts.iter().filter(|fact| !fact.asked);
    let shown: Vec<_> = unasked.filter(|fact| why || fact.key).collect();
    if !debrief.facts.is_empty() {
        let asked = debrief.facts.iter().filter(|fact| fact.asked).count();
        page.heading(&format!(
            "Facts: you uncovered {asked} of {}",
            debrief.facts.len()
        ));
    }
    for fact in shown {
        page.item("  - ", &fact.question);
        page.paragraph(4, &fact.answer);
    }
}
