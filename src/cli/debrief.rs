//! A debrief as text.

use super::boards::boards;
use super::page::{bar, clock as minutes, Page};
use super::{sheet, shell};
use crate::content::{Case, Id};
use crate::desk::Desk;
use crate::mock::{overruns, Debrief, Overrun, Record, Segment, Speaker};
use crate::text::clean_line;

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
    notes(&mut page, desk, record, debrief);
    sheet::dimensions(&mut page, &debrief.sheet, desk.library.rubric());
    gains(&mut page, desk, debrief, case.as_deref());
    sheet::items(&mut page, &debrief.sheet, case.as_deref(), why);
    tradeoffs(&mut page, debrief);
    times(&mut page, debrief);
    boards(&mut page, debrief, why);
    facts(&mut page, debrief, why);
    told(&mut page, debrief);
    if why {
        transcript(&mut page, record);
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

/// What one should know before one believes the score.
fn notes(page: &mut Page, desk: &Desk, record: &Record, debrief: &Debrief) {
    if let Some(prompt) = &record.options.prompt {
        page.paragraph(0, &format!("Your question: {prompt}"));
        page.paragraph(
            0,
            "Graded by what holds for any system: less certain than a written case.",
        );
    }
    if let Some(heard) = debrief.heard_by() {
        page.paragraph(0, &format!("Scored {heard}."));
    }
    if let Some(line) = copied_line(debrief) {
        page.paragraph(0, &line);
    }
    let rubric = desk.library.rubric();
    if let Some(role) = record
        .options
        .role
        .as_deref()
        .and_then(|id| rubric.role(id))
    {
        page.line(format!("Weights: {}", role.title));
    }
    if let Some(slot) = record.options.slot {
        page.line(format!(
            "A slot of {slot} minutes: {} for the design",
            record.clock_minutes
        ));
    }
    let delivery = debrief.delivery.map(usize::from);
    if let Some(anchor) = delivery.and_then(|at| rubric.delivery.get(at.saturating_sub(1))) {
        let rating = debrief.delivery.unwrap_or_default();
        page.paragraph(
            0,
            &format!("Delivery, by your own rating {rating} of 4: {anchor}"),
        );
    }
    for (at, again) in desk.regrades(&record.mock) {
        page.line(format!(
            "Graded again on {}: {} (first {:.0})",
            desk.date(at),
            sheet::verdict(&again.sheet),
            debrief.sheet.total
        ));
    }
}

/// Share of an answer from which it is said to be the breakdown's.
const COPIED: f64 = 0.2;

pub(super) fn copied_line(debrief: &Debrief) -> Option<String> {
    (debrief.copied >= COPIED).then(|| {
        format!(
            "{:.0} % of these words stand in the breakdown in the same order: the score is one for reading, not for answering.",
            debrief.copied * 100.0
        )
    })
}

fn gains(page: &mut Page, desk: &Desk, debrief: &Debrief, case: Option<&Case>) {
    if debrief.gains.is_empty() {
        return;
    }
    page.heading("What would have raised the score most");
    let rubric = desk.library.rubric();
    for gain in &debrief.gains {
        let dimension = rubric.dimension(gain.dimension.as_str());
        let title = dimension.map_or(gain.dimension.as_str(), |own| own.title.as_str());
        page.item("  ", &format!("+{:.0} · {title}", gain.points));
        let point = |id: &Id| {
            let own = case.and_then(|case| case.item(id.as_str()));
            own.map_or_else(|| id.to_string(), |own| own.point.trim().to_owned())
        };
        for id in &gain.say {
            page.item("    say:   ", &point(id));
        }
        if let Some(id) = &gain.avoid {
            let flag = debrief.sheet.flags.iter().find(|flag| flag.id == *id);
            let text = flag.map_or_else(|| point(id), |flag| flag.point.clone());
            page.item("    avoid: ", &text);
        }
        if let Some(bare) = gain.back {
            let step = Segment::from(bare.step).title(desk.library.framework());
            page.item("    back:  ", &format!("{step}: {bare}"));
        }
    }
}

fn tradeoffs(page: &mut Page, debrief: &Debrief) {
    let found = &debrief.sheet.tradeoffs;
    if found.is_empty() {
        return;
    }
    page.heading(&format!("Decisions that you argued for ({})", found.len()));
    for own in found {
        let mark = if own.staff { "  ++ " } else { "  +  " };
        page.item(mark, &clean_line(own.evidence.text.trim()));
    }
    if found.iter().any(|own| own.staff) {
        page.line("  ++ says what would turn it");
    }
}

fn told(page: &mut Page, debrief: &Debrief) {
    for told in &debrief.told {
        let title = match told.ladder.as_str() {
            "" => format!("The turn in {}", told.step),
            ladder => format!("Deeper in {}: {ladder}", told.step),
        };
        page.heading(&title);
        page.item("  asked:  ", &told.line);
        let answer = clean_line(told.answer.trim()).into_owned();
        let answer = match (answer.is_empty(), told.fair) {
            (true, _) => "nothing".to_owned(),
            (false, Some(false)) => format!("{answer} (not yet a fair answer)"),
            (false, _) => answer,
        };
        page.item("  said:   ", &answer);
        page.item("  strong: ", &told.strong);
        page.item("  great:  ", &told.great);
    }
}

/// Every line, and why the interviewer said it.
fn transcript(page: &mut Page, record: &Record) {
    page.heading("Transcript, and why each line came");
    for entry in &record.transcript {
        let who = match entry.speaker {
            Speaker::Interviewer => "interviewer",
            Speaker::You => "you",
        };
        let mark = format!("  {:>5} {who}: ", minutes(entry.at.into()));
        page.hang(&mark, 10, &clean_line(entry.text.trim()));
        if !entry.because.is_empty() {
            page.item("          why: ", &entry.because);
        }
    }
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
            let share = f64::from(time.used) / f64::from(time.budget.max(1));
            let began = time.began.map_or_else(
                || "      ".to_owned(),
                |at| format!("@{:>5}", minutes(at.into())),
            );
            vec![
                time.segment.to_string(),
                format!("{used:>5} of {budget:>5}"),
                bar(share),
                began,
                note.to_owned(),
            ]
        })
        .collect();
    page.table(2, &rows);
    for overrun in overruns(&debrief.time) {
        page.item("  ", &overrun_line(&overrun));
    }
    if debrief.pauses > 0 {
        page.line(format!(
            "  paused {}, {} in all",
            super::page::count(debrief.pauses as usize, "time"),
            minutes(debrief.paused_seconds.into())
        ));
    }
}

/// "data: 4:10 over; 3:20 of it came out of serve".
pub(super) fn overrun_line(overrun: &Overrun) -> String {
    let over = minutes(overrun.seconds.into());
    let paid: Vec<String> = overrun
        .paid_by
        .iter()
        .map(|(segment, seconds)| format!("{} came out of {segment}", minutes((*seconds).into())))
        .collect();
    match paid.as_slice() {
        [] => format!(
            "{}: {over} over; no other step paid for it",
            overrun.segment
        ),
        paid => format!("{}: {over} over; {}", overrun.segment, paid.join(", ")),
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
