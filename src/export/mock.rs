//! A mock as Markdown: the verdict, the scores, what was said, what was missed.

use super::quoted;
use super::talk::{clock, talk};
use crate::content::{Case, Framework, Kind, Rubric};
use crate::grading::{Decision, ItemScore, Verdict};
use crate::mock::{BoardReport, Debrief, Record};
use crate::text::clean_line;
use std::fmt::Write;

/// Transcript and debrief. `case` has the words of the rubric; without it the ids stand alone.
pub fn transcript(
    record: &Record,
    debrief: &Debrief,
    case: Option<&Case>,
    framework: &Framework,
    rubric: &Rubric,
) -> String {
    let mut text = String::new();
    head(&mut text, record, debrief);
    dimensions(&mut text, debrief, rubric);
    items(&mut text, debrief, case);
    times(&mut text, debrief, framework);
    facts(&mut text, debrief);
    said(&mut text, record, debrief, framework);
    text
}

fn head(text: &mut String, record: &Record, debrief: &Debrief) {
    let sheet = &debrief.sheet;
    let verdict = match sheet.verdict {
        Decision::Hire => "hire",
        Decision::NoHire => "no hire",
    };
    let border = if sheet.borderline {
        " (borderline)"
    } else {
        ""
    };
    let _ = write!(
        text,
        "# Mock: {}\n\n- case: {}\n- level: {}\n- clock: {} minutes\n- total: {:.0} of 100, {verdict}{border}\n",
        clean_line(&debrief.title),
        record.case,
        record.level,
        record.clock_minutes,
        sheet.total,
    );
    if (sheet.total_with_yours - sheet.total).abs() > 0.05 {
        let _ = writeln!(
            text,
            "- with what you confirmed: {:.0}",
            sheet.total_with_yours
        );
    }
    let _ = writeln!(text, "- mock: {}", record.mock);
}

fn dimensions(text: &mut String, debrief: &Debrief, rubric: &Rubric) {
    text.push_str("\n## Scores\n\n| dimension | score | weight |\n|---|---|---|\n");
    for own in &debrief.sheet.dimensions {
        let title = rubric
            .dimension(own.id.as_str())
            .map_or(own.id.as_str(), |dimension| dimension.title.as_str());
        let score = own
            .score
            .map_or_else(|| "not scored".to_owned(), |score| format!("{score} of 4"));
        let _ = writeln!(
            text,
            "| {} | {score} | {:.0} |",
            clean_line(title),
            own.weight
        );
    }
}

fn items(text: &mut String, debrief: &Debrief, case: Option<&Case>) {
    let items = &debrief.sheet.items;
    let groups = [
        (Verdict::Hit, "What you said"),
        (Verdict::Maybe, "Did you say this?"),
        (Verdict::Conflict, "Said, and also the contrary"),
        (Verdict::Missed, "Not found in your words"),
    ];
    for (verdict, title) in groups {
        let of = |item: &&ItemScore| item.verdict == verdict && item.kind != Kind::RedFlag;
        if !items.iter().any(|item| of(&item)) {
            continue;
        }
        let _ = write!(text, "\n## {title}\n\n");
        for item in items.iter().filter(of) {
            let own = case.and_then(|case| case.item(item.id.as_str()));
            let point = own.map_or(item.id.as_str(), |own| own.point.trim());
            let _ = writeln!(
                text,
                "- **{}** ({}): {}",
                item.kind,
                item.step,
                clean_line(point)
            );
            for evidence in item.evidence.iter().take(2) {
                let _ = writeln!(
                    text,
                    "  - you wrote: “{}”",
                    clean_line(evidence.text.trim())
                );
            }
            if let (Some(own), true) = (own, verdict == Verdict::Missed) {
                let _ = writeln!(text, "  - {}", clean_line(own.explain.trim()));
            }
        }
    }
    if !debrief.sheet.flags.is_empty() {
        text.push_str("\n## Red flags\n\n");
        for flag in &debrief.sheet.flags {
            let _ = writeln!(text, "- {}", clean_line(flag.point.trim()));
        }
    }
    if !debrief.told.is_empty() {
        text.push_str("\n## Turns of the interviewer\n");
        for told in &debrief.told {
            let _ = write!(
                text,
                "\n- {}\n  - strong: {}\n  - great: {}\n",
                clean_line(told.line.trim()),
                clean_line(told.strong.trim()),
                clean_line(told.great.trim())
            );
        }
    }
}

fn times(text: &mut String, debrief: &Debrief, framework: &Framework) {
    text.push_str("\n## Time\n\n| step | used | budget |\n|---|---|---|\n");
    for time in &debrief.time {
        let _ = writeln!(
            text,
            "| {} | {} | {} |",
            time.segment.title(framework),
            clock(time.used),
            clock(time.budget)
        );
    }
}

fn facts(text: &mut String, debrief: &Debrief) {
    let mut unasked = debrief.facts.iter().filter(|fact| !fact.asked).peekable();
    if unasked.peek().is_none() {
        return;
    }
    text.push_str("\n## Never asked\n\n");
    for fact in unasked {
        let key = if fact.key { "**key** " } else { "" };
        let _ = writeln!(
            text,
            "- {key}{} {}",
            clean_line(fact.question.trim()),
            clean_line(fact.answer.trim())
        );
    }
}

fn said(text: &mut String, record: &Record, debrief: &Debrief, framework: &Framework) {
    text.push_str("\n## Your answer\n");
    for segment in &record.segments {
        let answer = record.answer(*segment).trim();
        let board = debrief.board(Some(*segment));
        if answer.is_empty() && board.is_none() {
            continue;
        }
        let _ = write!(text, "\n### {}\n", clean_line(segment.title(framework)));
        if !answer.is_empty() {
            let _ = write!(text, "\n{}\n", quoted(answer));
        }
        if let Some(board) = board {
            whiteboard(text, board);
        }
    }
    if let Some(board) = debrief.board(None) {
        text.push_str("\n### Whiteboard\n");
        whiteboard(text, board);
    }
    text.push_str("\n## Transcript\n\n");
    for said in talk(record) {
        let _ = writeln!(
            text,
            "- {} **{}**: {}",
            said.at,
            said.who,
            clean_line(said.text)
        );
    }
}

/// The flowchart as it was typed, and what it has of its reference.
fn whiteboard(text: &mut String, board: &BoardReport) {
    let _ = write!(text, "\nOn the whiteboard:\n\n{}\n", quoted(&board.text));
    if let Some(fault) = &board.fault {
        let _ = writeln!(text, "\nIt was not drawn: {}", clean_line(fault));
    }
    if board.reference.is_some() {
        let _ = write!(text, "\nHeld against {}:\n\n", board.against());
    }
    for (finding, names) in board.findings() {
        let _ = writeln!(text, "- {}: {}", finding.label(), clean_line(&names));
    }
}
