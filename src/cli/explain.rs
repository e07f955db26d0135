//! `greenroom grade --explain`: how the rule of an item read an answer.

use super::exit::{Exit, Failure, Outcome};
use super::grade::Written;
use super::out;
use super::page::Page;
use super::shell::page;
use crate::content::nearest;
use crate::content::Case;
use crate::grading::{CaseRules, Evidence, Explained, Look, Part, Verdict};
use crate::text::clean_line;
use serde::Serialize;

/// The JSON, its evidence in bytes of the input.
#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    case: &'a str,
    #[serde(flatten)]
    explained: &'a Explained,
}

pub(super) fn run(
    case: &Case,
    rules: &CaseRules,
    written: &Written,
    item: &str,
    json: bool,
) -> Outcome {
    let explained = rules.explain(&written.answer, item);
    let (Some(own), Some(mut explained)) = (case.item(item), explained) else {
        let names = case.rubric.iter().map(|item| item.id.as_str());
        return Err(Failure::usage(match nearest(item, names) {
            Some(name) => format!("{} has no item `{item}`; did you mean `{name}`?", case.id),
            None => format!(
                "{} has no item `{item}`; `grade --json` lists them",
                case.id
            ),
        }));
    };
    if json {
        explained
            .verdict
            .evidence
            .iter_mut()
            .for_each(|evidence| written.place(evidence));
        for look in explained.looks.iter_mut().chain(&mut explained.wrong) {
            if let Some(sentence) = &mut look.sentence {
                written.place(sentence);
            }
            place(&mut look.rule, written);
        }
        out::json(&Document {
            schema_version: 1,
            case: case.id.as_str(),
            explained: &explained,
        })?;
        return Ok(Exit::Done);
    }
    let mut page = page();
    let verdict = match explained.verdict.verdict {
        Verdict::Hit => "hit",
        Verdict::Maybe => "maybe",
        Verdict::Missed => "missed",
        Verdict::Conflict => "conflict",
    };
    page.ends(&format!("{item} · {} · {}", own.kind, own.step), verdict);
    page.paragraph(2, own.point.trim());
    for why in &explained.verdict.missing {
        page.item("  - ", &format!("missing: {why}"));
    }
    let read = explained.read.map_or("no step", |step| step.id());
    page.heading(&format!("The rule, held against {read}"));
    looks(&mut page, &explained.looks);
    if !explained.wrong.is_empty() {
        page.heading(&format!("What would be wrong, held against {}", own.step));
        looks(&mut page, &explained.wrong);
    }
    out::say(page.text())?;
    Ok(Exit::Done)
}

fn looks(page: &mut Page, looks: &[Look]) {
    for look in looks {
        match &look.sentence {
            Some(sentence) => page.paragraph(2, &words(std::slice::from_ref(sentence))),
            None => page.paragraph(2, "the whole text"),
        }
        part(page, &look.rule, 4);
    }
}

fn part(page: &mut Page, own: &Part, indent: usize) {
    let found = if !own.found.is_empty() {
        words(&own.found)
    } else if !own.negated.is_empty() {
        format!("{} (negated)", words(&own.negated))
    } else if !own.parts.is_empty() {
        if own.holds { "holds" } else { "does not hold" }.to_owned()
    } else {
        "not found".to_owned()
    };
    let marker = " ".repeat(indent) + if own.holds { "+ " } else { "- " };
    page.hang(&marker, indent + 2, &format!("{}: {found}", own.name));
    for inner in &own.parts {
        part(page, inner, indent + 2);
    }
}

fn words(evidence: &[Evidence]) -> String {
    let quoted = evidence
        .iter()
        .map(|own| format!("“{}”", clean_line(&own.text)));
    quoted.collect::<Vec<_>>().join(", ")
}

fn place(part: &mut Part, written: &Written) {
    for evidence in part.found.iter_mut().chain(&mut part.negated) {
        written.place(evidence);
    }
    for inner in &mut part.parts {
        place(inner, written);
    }
}
