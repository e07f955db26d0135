//! What a case holds that can stand beside a chapter of a good book: its breakdown, its second layer
//! and its drills, counted. The built-in cases must; those of other packs are told.

use super::cited;
use super::faults::Faults;
use super::tree::{Mark, Spot};
use crate::content::{Case, Kind};

/// Words of a breakdown, pictures and sums apart.
const WORDS: usize = 3_500;
const FLOWCHARTS: usize = 8;
const ITEMS: usize = 32;
const DRILLS: usize = 35;
const FORMATS: usize = 10;
/// Share of the drills that make the learner judge or apply.
const JUDGING: f64 = 0.6;
/// Formats that ask for what was read.
const PLAIN: [&str; 3] = ["recall", "cloze", "match"];
const OPENING: &str = "First thirty seconds";
const SECTIONS: usize = 7;

/// Counts what a ready case holds. `formats` has the format of each of its drills.
pub(super) fn check(
    case: &Case,
    breakdown: &str,
    formats: &[&str],
    built_in: bool,
    root: Spot<'_>,
    faults: &mut Faults,
) {
    let mut short = |mark: Mark, what: &str, count: usize, least: usize| {
        if count >= least {
            return;
        }
        let message = format!("{count} {what}; a case of this depth has {least}");
        let fix = "add what is missing, or set `status: draft`";
        if built_in {
            faults.fault(mark, message, fix);
        } else {
            faults.warn(mark, message, fix);
        }
    };
    let items = case.rubric.iter();
    let items = items.filter(|item| item.kind != Kind::RedFlag).count();
    for (key, what, count, least) in [
        ("facts", "facts", case.facts.len(), 8),
        ("rubric", "rubric items besides red flags", items, ITEMS),
        ("ladders", "ladders", case.ladders.len(), 4),
        ("tradeoffs", "trade-offs", case.tradeoffs.len(), 8),
        ("curveballs", "curveballs", case.curveballs.len(), 6),
        ("pitfalls", "pitfalls", case.pitfalls.len(), 6),
        (
            "leaky_features",
            "leaky features",
            case.leaky_features.len(),
            3,
        ),
        ("references", "references", case.references.len(), 6),
    ] {
        short(root.key(key), what, count, least);
    }
    let id = root.get("id").mark;
    // Between fences stand pictures and sums.
    let parts: Vec<&str> = breakdown.split("```").collect();
    let prose = parts.iter().step_by(2).copied().collect::<String>();
    let words = cited::untied(&prose).split_whitespace().count();
    let pictures = parts.iter().skip(1).step_by(2);
    let flowcharts = pictures.filter(|part| part.starts_with("mermaid")).count();
    short(id, "words in breakdown.md", words, WORDS);
    short(id, "flowcharts in breakdown.md", flowcharts, FLOWCHARTS);
    short(
        id,
        "sections that open with the first thirty seconds",
        prose.matches(OPENING).count(),
        SECTIONS,
    );
    short(id, "drills", formats.len(), DRILLS);
    let mut kinds = formats.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    short(id, "formats of drills", kinds.len(), FORMATS);
    let judging = formats.iter().filter(|own| !PLAIN.contains(own)).count();
    let least = (JUDGING * formats.len() as f64).ceil() as usize;
    short(id, "drills that judge or apply", judging, least);
}
