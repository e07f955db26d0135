//! The breakdown of a case teaches what its rubric asks for: each must item is said in the section of
//! its own step, in words that its rule hears.

use super::cited;
use super::faults::Faults;
use super::names::Names;
use super::tree::Spot;
use crate::content::{Case, Kind, Step};
use crate::grading::{Answer, CaseRules, Verdict};
use crate::markdown;
use std::collections::BTreeMap;

pub(super) fn check(
    case: &Case,
    breakdown: &str,
    root: Spot<'_>,
    names: &Names,
    faults: &mut Faults,
) {
    // What does not compile is named already.
    let Ok(rules) = CaseRules::compile(case, &names.lexicon) else {
        return;
    };
    let step_of = |title: &str| {
        Step::ALL.into_iter().find(|step| {
            let guide = names.framework.step(*step);
            let own = title.trim();
            own.eq_ignore_ascii_case(step.id())
                || guide.is_some_and(|guide| own.eq_ignore_ascii_case(&guide.title))
        })
    };
    let steps: BTreeMap<Step, String> = markdown::sections(breakdown)
        .into_iter()
        .filter_map(|section| {
            let text = breakdown.get(section.body.clone())?;
            Some((step_of(&section.title)?, cited::untied(text)))
        })
        .collect();
    let graded = rules.grade(&Answer {
        steps,
        elsewhere: String::new(),
    });
    let rubric = root.get("rubric");
    for (index, item) in case.rubric.iter().enumerate() {
        let found = graded.item(item.id.as_str());
        let taught = found.is_some_and(|found| found.verdict == Verdict::Hit && !found.wrong_step);
        if item.kind != Kind::Must || taught {
            continue;
        }
        let how = match found.map(|found| found.verdict) {
            Some(Verdict::Conflict) => "contradicts it",
            _ => "does not say it, or not in words that its rule hears",
        };
        faults.fault(
            rubric.at(index).get("match").mark,
            format!(
                "the section {} of breakdown.md {how}: `{}`",
                item.step, item.id
            ),
            "say the point there in plain words, or widen the rule",
        );
    }
}
