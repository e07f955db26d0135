//! The seven steps as one printable page, every line a blank to fill.

use super::print::{Format, Piece, Print, Section};
use crate::content::{Case, Framework, Kind, Step};

/// The clock of the budgets, in minutes.
const CLOCK: u32 = 45;

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

/// The page; of a case with its prompt, and with a question of the interviewer at each step.
pub fn skeleton(framework: &Framework, case: Option<&Case>, format: Format) -> String {
    let at = framework.clocks.iter().position(|clock| *clock == CLOCK);
    let minutes = |own: &[u32]| {
        let own = at.and_then(|at| own.get(at));
        own.map_or_else(String::new, |own| format!("{own} of {CLOCK} min"))
    };
    let mut sections: Vec<Section> = BLANKS
        .iter()
        .map(|(step, lines)| {
            let guide = framework.step(*step);
            let title = guide.map_or(step.id(), |guide| &guide.title);
            let asked = case.and_then(|case| question(case, *step));
            let asked = asked.map(|line| Piece::Item(line.to_owned()));
            let lines = lines.iter().map(|names| blanks(names));
            Section {
                title: format!("{} {title}", step.index() + 1),
                aside: guide.map_or_else(String::new, |guide| minutes(&guide.minutes)),
                pieces: asked.into_iter().chain(lines).collect(),
            }
        })
        .collect();
    let close = &framework.wrap_up;
    sections.push(Section {
        title: match close.title.as_str() {
            "" => "Close".to_owned(),
            title => title.to_owned(),
        },
        aside: minutes(&close.minutes),
        pieces: vec![blanks(&["3 decisions"]), blanks(&["2 risks", "next step"])],
    });
    let lead = match case {
        Some(case) => vec![Piece::Words(case.prompt.clone())],
        None => vec![blanks(&["problem", "date, level"])],
    };
    let title = match case {
        Some(case) => format!("{}: one page for one interview", case.title),
        None => "ML SYSTEM DESIGN: one page for one interview".to_owned(),
    };
    Print {
        title,
        lead,
        sections,
    }
    .render(format)
}

fn blanks(names: &[&str]) -> Piece {
    Piece::Blanks(names.iter().map(|name| (*name).to_owned()).collect())
}

/// What the interviewer would ask at a step, where a must is not said: no answer is in it.
fn question(case: &Case, step: Step) -> Option<&str> {
    let own = case.rubric.iter().filter(|item| item.step == step);
    let musts = own.filter(|item| item.kind == Kind::Must);
    let mut probes = musts.map(|item| item.probe.trim());
    probes.find(|probe| !probe.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Library;
    use crate::text::width;

    #[test]
    fn the_page_is_eighty_columns_wide_and_one_page_long() {
        let library = Library::open(&[], None);
        let framework = library.framework();
        let bare = skeleton(framework, None, Format::Text);
        assert!(bare.lines().all(|line| width(line) <= 80));
        assert!(bare.lines().count() <= 60, "{}", bare.lines().count());
        for head in library.ready_cases() {
            let case = library.case(&head.id).unwrap();
            let page = skeleton(framework, Some(&case), Format::Text);
            assert!(page.lines().all(|line| width(line) <= 80));
            // Twelve points on A4 are 68 lines.
            assert!(page.lines().count() <= 76, "{}", page.lines().count());
            assert!(page.contains(&case.title));
        }
    }
}
