//! Scores and items as text: for debriefs and for graded answers.

use super::page::Page;
use crate::content::{Case, Kind, Rubric};
use crate::grading::{held_back, Decision, ItemScore, Sheet, Verdict};
use crate::text::{clean_line, truncate};

/// "71/100 · hire (borderline)".
pub(super) fn verdict(sheet: &Sheet) -> String {
    let word = match sheet.verdict {
        Decision::Hire => "hire",
        Decision::NoHire => "no hire",
    };
    let border = if sheet.borderline {
        " (borderline)"
    } else {
        ""
    };
    format!("{:.0}/100 · {word}{border}", sheet.total)
}

/// The ten dimensions.
pub(super) fn dimensions(page: &mut Page, sheet: &Sheet, rubric: &Rubric) {
    page.heading("Scores");
    let rows: Vec<Vec<String>> = sheet
        .dimensions
        .iter()
        .map(|own| {
            let dimension = rubric.dimension(own.id.as_str());
            let title = dimension.map_or(own.id.as_str(), |dimension| dimension.title.as_str());
            let (score, bar) = match own.score {
                Some(score) => (format!("{score} of 4"), "#".repeat(score.into())),
                None => ("not scored".to_owned(), String::new()),
            };
            let weight = match own.score {
                Some(_) => format!("weight {:.0}", own.weight),
                None => String::new(),
            };
            vec![title.to_owned(), format!("{bar:.<4}"), score, weight]
        })
        .collect();
    page.table(2, &rows);
    for bare in &sheet.bare {
        page.paragraph(2, &format!("Thinly backed: {}, {bare}.", bare.step.id()));
    }
    if let Some(floors) = held_back(rubric, sheet) {
        page.paragraph(2, &format!("No points make up for this: {floors}."));
    }
}

/// Rubric items: what needs a look, or with `why` all of them with what they teach.
pub(super) fn items(page: &mut Page, sheet: &Sheet, case: Option<&Case>, why: bool) {
    let groups = [
        (Verdict::Conflict, "Said, and also the contrary"),
        (Verdict::Missed, "Not found in your words"),
        (Verdict::Maybe, "Maybe: did you say this?"),
        (Verdict::Hit, "Said"),
    ];
    for (verdict, title) in groups {
        let of = |item: &&ItemScore| item.verdict == verdict && item.kind != Kind::RedFlag;
        let mut items: Vec<&ItemScore> = sheet.items.iter().filter(of).collect();
        if items.is_empty() {
            continue;
        }
        items.sort_by_key(|item| item.kind);
        page.heading(&format!("{title} ({})", items.len()));
        let all = items.len();
        let shown = items.into_iter().filter(|item| why || matters(item));
        let mut count = 0;
        for item in shown {
            self::item(page, item, case, why);
            count += 1;
        }
        if count < all {
            page.line(format!(
                "    and {} that are no must: see --why",
                all - count
            ));
        }
    }
    if !sheet.tradeoffs.is_empty() {
        page.heading(&format!("Argued decisions ({})", sheet.tradeoffs.len()));
        for own in &sheet.tradeoffs {
            let turns = if own.staff {
                " · says what would turn it"
            } else {
                ""
            };
            page.item("  + ", &format!("{}{turns}", quote(&own.evidence.text)));
        }
    }
    let flags = &sheet.flags;
    if !flags.is_empty() {
        page.heading("Red flags");
        for flag in flags {
            page.item("  ! ", &flag.point);
            for evidence in flag.evidence.iter().take(1) {
                page.paragraph(4, &quote(&evidence.text));
            }
        }
    }
}

/// What is missing and no must can wait.
fn matters(item: &ItemScore) -> bool {
    item.kind == Kind::Must || item.verdict != Verdict::Missed
}

fn item(page: &mut Page, item: &ItemScore, case: Option<&Case>, why: bool) {
    let own = case.and_then(|case| case.item(item.id.as_str()));
    let sign = match item.verdict {
        Verdict::Hit => '+',
        Verdict::Maybe => '?',
        Verdict::Missed => '-',
        Verdict::Conflict => '!',
    };
    let point = own.map_or(item.id.as_str(), |own| own.point.trim());
    let place = if item.wrong_step {
        format!("{}, said in another step: half", item.step)
    } else {
        item.step.to_string()
    };
    page.hang(
        &format!("  {sign} "),
        4,
        &format!("{} · {place}: {}", item.kind, clean_line(point)),
    );
    for evidence in item.evidence.iter().take(if why { 3 } else { 1 }) {
        page.paragraph(4, &format!("you wrote {}", quote(&evidence.text)));
    }
    let searched = matches!(item.verdict, Verdict::Missed | Verdict::Maybe);
    if why && searched && !item.missing.is_empty() {
        page.paragraph(4, &format!("looked for: {}", item.missing.join("; ")));
    }
    if let Some(said) = item.yours {
        page.paragraph(
            4,
            if said {
                "you: yes, I said this"
            } else {
                "you: no"
            },
        );
    }
    if let (Some(own), true) = (own, why && item.verdict != Verdict::Hit) {
        page.paragraph(4, own.explain.trim());
    }
}

fn quote(text: &str) -> String {
    format!("“{}”", truncate(&clean_line(text.trim()), 160))
}
