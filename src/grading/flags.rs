//! Red flags: what a case calls one, what holds for every case, and a step left empty.

use super::verdict::{Evidence, Graded, Verdict};
use crate::content::{Case, Id, Kind, Rubric, Step};
use serde::{Deserialize, Serialize};

/// Where a flag comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlagKind {
    /// A rubric item of the case.
    Item,
    /// One that holds for every case.
    General,
    /// A step that a design cannot do without has no text.
    EmptyStep,
    /// Terms without sentences.
    Stuffed,
    /// Not English.
    OtherLanguage,
}

/// Something that speaks against the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// The rubric item, or the name of a general flag.
    pub id: Id,
    pub kind: FlagKind,
    pub step: Option<Step>,
    /// The dimension that loses a point; none for a flag that costs nothing by itself.
    pub dimension: Option<Id>,
    pub point: String,
    pub evidence: Vec<Evidence>,
}

/// Steps that must not be empty.
const NEEDED: [(Step, &str, &str); 2] = [
    (
        Step::Serve,
        "no-serving",
        "Nothing is written about serving: the design ends at the model.",
    ),
    (
        Step::Monitor,
        "no-monitoring",
        "Nothing is written about monitoring.",
    ),
];

pub(super) fn flags(case: &Case, rubric: &Rubric, graded: &Graded) -> Vec<Flag> {
    let mut flags: Vec<Flag> = case
        .rubric
        .iter()
        .filter(|item| item.kind == Kind::RedFlag)
        .filter_map(|item| {
            let found = graded.item(item.id.as_str())?;
            (found.verdict == Verdict::Hit).then(|| Flag {
                id: item.id.clone(),
                kind: FlagKind::Item,
                step: Some(item.step),
                dimension: Some(item.dimension.clone()),
                point: item.point.clone(),
                evidence: found.evidence.clone(),
            })
        })
        .collect();
    // What is missing costs once: a red flag of the case in the same step has it already.
    let named = |step: Step| flags.iter().any(|flag| flag.step == Some(step));
    let general: Vec<Flag> = graded
        .slips
        .iter()
        .filter(|slip| !slip.evidence.is_empty() || !named(slip.kind.step()))
        .map(|slip| Flag {
            id: Id::from(slip.kind.id()),
            kind: FlagKind::General,
            step: Some(slip.kind.step()),
            dimension: Some(Id::from(slip.kind.dimension()))
                .filter(|id| rubric.dimension(id.as_str()).is_some()),
            point: slip.kind.point().to_owned(),
            evidence: slip.evidence.clone(),
        })
        .collect();
    flags.extend(general);
    for (step, id, point) in NEEDED {
        if graded.words.get(&step).copied().unwrap_or_default() == 0 {
            flags.push(Flag {
                id: Id::from(id),
                kind: FlagKind::EmptyStep,
                step: Some(step),
                dimension: dimension_of(rubric, step),
                point: point.to_owned(),
                evidence: Vec::new(),
            });
        }
    }
    if graded.stuffed {
        flags.push(Flag {
            id: Id::from("stuffed"),
            kind: FlagKind::Stuffed,
            step: None,
            dimension: None,
            point:
                "Terms in a row, with hardly a word on how they relate: what is said between them \
                    counts half."
                    .to_owned(),
            evidence: Vec::new(),
        });
    }
    if graded.other_language {
        flags.push(Flag {
            id: Id::from("other-language"),
            kind: FlagKind::OtherLanguage,
            step: None,
            dimension: None,
            point: "This is not in English, and the grader hears only English: what it could not \
                    read counts as missed."
                .to_owned(),
            evidence: Vec::new(),
        });
    }
    flags
}

/// The dimension that a step feeds alone.
fn dimension_of(rubric: &Rubric, step: Step) -> Option<Id> {
    rubric
        .dimensions
        .iter()
        .find(|dimension| dimension.steps == [step])
        .map(|dimension| dimension.id.clone())
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{answer, case, grade, item, rubric};
    use super::*;

    #[test]
    fn items_that_hit_and_steps_that_are_empty_are_flags() {
        let case = case(vec![
            item("shuffled", Step::Data, Kind::RedFlag, "random-split"),
            item("only-accuracy", Step::Evaluate, Kind::RedFlag, "accuracy"),
        ]);
        let said = answer(&[
            (Step::Data, "a random split"),
            (Step::Evaluate, "no accuracy"),
            (Step::Serve, "behind an endpoint"),
            (Step::Monitor, " - \n"),
        ]);
        let flags = flags(&case, &rubric(), &grade(&case, &said));
        let short: Vec<_> = flags
            .iter()
            .map(|flag| (flag.id.as_str(), flag.kind, flag.dimension.clone()))
            .collect();
        assert_eq!(
            short,
            [
                ("shuffled", FlagKind::Item, Some(Id::from("data"))),
                (
                    "no-monitoring",
                    FlagKind::EmptyStep,
                    Some(Id::from("monitoring"))
                ),
            ]
        );
        assert_eq!(flags[0].evidence[0].text, "random split");
    }
}
