//! The seven steps as one printable page: 80 columns, every line a blank to fill.

use crate::content::{Framework, Step};
use crate::text::width;
use std::fmt::Write;

const COLUMNS: usize = 80;

/// The blanks of each step; two on a line share it.
const BLANKS: [(Step, &[&[&str]]); 7] = [
    (
        Step::Clarify,
        &[
            &["users", "action driven"],
            &["goal number"],
            &["DAU", "peak QPS", "items"],
            &["p99", "freshness"],
            &["cost of FP", "cost of FN"],
            &["constraints"],
        ],
    ),
    (
        Step::Frame,
        &[
            &["input -> output", "task"],
            &["label in one sentence"],
            &["business vs ML gap"],
            &["simplest non-ML baseline", "success metric"],
        ],
    ),
    (
        Step::Data,
        &[
            &["sources", "label source"],
            &["label delay", "bias"],
            &["split + gap", "leakage check"],
            &["user features"],
            &["item features"],
            &["context, cross, sequence"],
            &["top five: online or batch"],
        ],
    ),
    (
        Step::Model,
        &[
            &["baseline", "model"],
            &["loss", "sampling + calibration"],
            &["why not B"],
        ],
    ),
    (
        Step::Evaluate,
        &[
            &["offline metric", "slices"],
            &["online metric", "guardrails"],
            &["test unit", "size", "length"],
            &["if they disagree"],
        ],
    ),
    (
        Step::Serve,
        &[
            &["path (boxes)"],
            &["ms split"],
            &["capacity", "store, index"],
            &["rollout", "fallback"],
        ],
    ),
    (
        Step::Monitor,
        &[
            &["data monitors", "model monitors"],
            &["business monitors", "thresholds"],
            &["retraining trigger", "gate", "owner"],
        ],
    ),
];

/// The page.
pub fn skeleton(framework: &Framework) -> String {
    let mut text = String::from(
        "ML SYSTEM DESIGN: one page for one interview\n\nproblem ___________________________________________  date ______  level ________\n",
    );
    let at = framework.clocks.iter().position(|clock| *clock == 45);
    let minutes = |own: &[u32]| {
        let own = at.and_then(|at| own.get(at));
        own.map_or_else(String::new, |own| format!("{own} of 45 min"))
    };
    for (step, lines) in BLANKS {
        let (title, budget) = framework.step(step).map_or_else(
            || (step.id().to_owned(), String::new()),
            |guide| (guide.title.clone(), minutes(&guide.minutes)),
        );
        heading(&mut text, &format!("{} {title}", step.index() + 1), &budget);
        for blanks in lines {
            line(&mut text, blanks);
        }
    }
    let wrap_up = &framework.wrap_up;
    let title = if wrap_up.title.is_empty() {
        "Close"
    } else {
        wrap_up.title.as_str()
    };
    heading(&mut text, title, &minutes(&wrap_up.minutes));
    line(&mut text, &["3 decisions"]);
    line(&mut text, &["2 risks", "next step"]);
    text
}

fn heading(text: &mut String, title: &str, budget: &str) {
    let used = width(title) + width(budget) + 2;
    let rule = "-".repeat(COLUMNS.saturating_sub(used));
    let _ = write!(text, "\n{title} {rule} {budget}");
    let end = text.trim_end().len();
    text.truncate(end);
    text.push('\n');
}

/// Names with blanks after them, the line exactly as wide as the page.
fn line(text: &mut String, names: &[&str]) {
    let gaps = 2 * names.len().saturating_sub(1);
    let used: usize = names.iter().map(|name| width(name) + 1).sum();
    let room = COLUMNS.saturating_sub(used + gaps);
    let count = names.len().max(1);
    let parts: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let extra = usize::from(at < room % count);
            format!("{name} {}", "_".repeat(room / count + extra))
        })
        .collect();
    text.push_str(&parts.join("  "));
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_eighty_columns_wide_and_one_page_long() {
        let page = skeleton(&Framework::default());
        assert!(page.lines().all(|line| width(line) <= COLUMNS));
        assert!(page.lines().count() <= 60, "{}", page.lines().count());
    }
}
