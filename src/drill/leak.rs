//! A small pipeline with faults: name the fault of each bad line and leave the good ones alone. Seven
//! tenths of the marks for finding the lines (F1), the rest for naming what is wrong with them.

use super::format::{drill, head};
use super::{Audit, Choice, Format, Grade, Kind, Mark, Part, Question, Reply};
use crate::content::Id;
use crate::grading::Lexicon;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const FOUND: f64 = 0.7;

drill! {
    Leak {
        pub lines: Vec<PipelineLine>,
        /// What may be wrong with a line; some fit none.
        pub faults: Vec<FaultClass>,
    }
}

/// One line of the pipeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PipelineLine {
    pub text: String,
    /// What is wrong with it; none when it is fine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Id>,
    /// Why it is wrong, or why it is fine although it looks wrong.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub says: String,
}

/// A kind of fault.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FaultClass {
    pub id: Id,
    pub text: String,
}

impl Leak {
    fn class(&self, id: &str) -> &str {
        let found = self.faults.iter().find(|fault| fault.id == *id);
        found.map_or("", |fault| fault.text.as_str())
    }
}

impl Format for Leak {
    const NAME: &'static str = "leak";
    const SECONDS: u32 = 120;

    head!();

    fn question(&self, chance: &mut ChaCha8Rng) -> Question {
        let lines = self.lines.iter().enumerate();
        let left = lines
            .map(|(at, line)| Choice::new(at.to_string(), &line.text))
            .collect();
        let faults = self.faults.iter();
        let mut right: Vec<Choice> = faults
            .map(|fault| Choice::new(fault.id.as_str(), &fault.text))
            .collect();
        right.shuffle(chance);
        Question {
            text: self.ask.clone(),
            parts: vec![Part::new(
                "The fault of each bad line; leave good lines empty",
                Kind::Pair { left, right },
            )],
        }
    }

    fn grade(&self, replies: &[Reply], _: &Lexicon) -> Grade {
        let empty = Vec::new();
        let given = match replies.first() {
            Some(Reply::Paired(pairs)) => pairs,
            _ => &empty,
        };
        let (mut found, mut named, mut missed, mut wrong) = (0.0, 0.0, 0.0, 0.0);
        let (mut marks, mut feedback) = (Vec::new(), Vec::new());
        for (at, line) in self.lines.iter().enumerate() {
            let key = at.to_string();
            let chosen = given.iter().find(|(left, _)| *left == key);
            let point = format!("{}: {}", at + 1, line.text.trim());
            let (credit, note) = match (&line.fault, chosen) {
                (None, None) => continue,
                (Some(fault), Some((_, class))) if *fault == class.as_str() => {
                    found += 1.0;
                    named += 1.0;
                    (1.0, line.says.clone())
                }
                (Some(fault), Some((_, class))) => {
                    found += 1.0;
                    let right = self.class(fault.as_str());
                    feedback.push(format!(
                        "Line {} is bad, but not by “{}”: {right}.",
                        at + 1,
                        self.class(class)
                    ));
                    (FOUND, format!("{right}. {}", line.says))
                }
                (Some(fault), None) => {
                    missed += 1.0;
                    let right = self.class(fault.as_str());
                    (0.0, format!("missed: {right}. {}", line.says))
                }
                (None, Some(_)) => {
                    wrong += 1.0;
                    feedback.push(format!("Line {} is fine. {}", at + 1, line.says));
                    (0.0, "marked, and fine".to_owned())
                }
            };
            marks.push(Mark {
                point,
                credit,
                note: note.trim().to_owned(),
            });
        }
        let bad: f64 = found + missed;
        let f1 = 2.0 * found / (2.0 * found + missed + wrong).max(1.0);
        // A name is worth nothing on a line that is marked among all the others.
        let names = f1 * named / bad.max(1.0);
        Grade {
            score: FOUND * f1 + (1.0 - FOUND) * names,
            marks,
            feedback,
        }
    }

    fn model(&self) -> String {
        let lines = self.lines.iter().enumerate();
        lines
            .filter(|(_, line)| line.fault.is_some() || !line.says.is_empty())
            .map(|(at, line)| match &line.fault {
                Some(fault) => format!(
                    "- **Line {}, {}**: {}\n",
                    at + 1,
                    self.class(fault.as_str()),
                    line.says
                ),
                None => format!("- Line {} is fine: {}\n", at + 1, line.says),
            })
            .collect()
    }

    fn key(&self) -> Vec<Reply> {
        let lines = self.lines.iter().enumerate();
        let bad =
            lines.filter_map(|(at, line)| Some((at.to_string(), line.fault.as_ref()?.to_string())));
        vec![Reply::Paired(bad.collect())]
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        audit.unique("faults", self.faults.iter().map(|fault| &fault.id), "fault");
        for (index, line) in self.lines.iter().enumerate() {
            if let Some(fault) = &line.fault {
                let names = self.faults.iter().map(|own| own.id.as_str());
                audit.exists(format!("lines.{index}.fault"), fault, names, "fault");
            }
        }
        if self.lines.iter().all(|line| line.fault.is_none()) {
            audit.fault(
                "lines",
                "no line has a fault",
                "give the `fault` of the bad lines",
            );
        }
        if self.faults.len() < 2 {
            audit.fault("faults", "`faults` leaves no choice", "give two or more");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, marks, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str = "leak: [{id: a, step: data, level: senior, ask: What is wrong?, \
        lines: [{text: load, says: Nothing.}, {text: scale on all rows, fault: fit, says: Test rows shape it.}, \
                {text: random split, fault: split, says: Tomorrow trains today.}, {text: report}], \
        faults: [{id: fit, text: fitted on test rows}, {id: split, text: wrong split}, {id: label, text: immature label}], \
        because: So., hints: [one, two]}]";

    fn grade(pairs: &[(&str, &str)]) -> Grade {
        let pairs = pairs
            .iter()
            .map(|(line, fault)| ((*line).to_owned(), (*fault).to_owned()))
            .collect();
        drill(YAML).grade(&[Reply::Paired(pairs)], &NO_WORDS)
    }

    #[test]
    fn finding_counts_more_than_naming_and_false_alarms_cost() {
        assert_eq!(grade(&[("1", "fit"), ("2", "split")]).score, 1.0);
        assert_eq!(grade(&[("2", "split"), ("1", "fit")]).score, 1.0);
        assert!((grade(&[("1", "label"), ("2", "label")]).score - 0.7).abs() < 1e-12);
        let one = grade(&[("1", "fit")]).score;
        assert!(one > 0.5 && one < 0.75, "{one}");
        let all = [("0", "fit"), ("1", "fit"), ("2", "split"), ("3", "fit")];
        assert!(grade(&all).score < 0.7);
        assert_eq!(grade(&[("0", "fit")]).score, 0.0);
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
        let wrong = grade(&[("0", "fit"), ("1", "split")]);
        assert_eq!(
            wrong.feedback,
            [
                "Line 1 is fine. Nothing.",
                "Line 2 is bad, but not by “wrong split”: fitted on test rows."
            ]
        );
        assert!(marks(&wrong).contains("missed: wrong split. Tomorrow trains today."));
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one_in_any_order(
            mut pairs in proptest::collection::vec(("[0-4]", "(fit|split|label|x)"), 0..5),
        ) {
            let score = |pairs: &[(String, String)]| {
                let borrowed: Vec<(&str, &str)> =
                    pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
                grade(&borrowed).score
            };
            pairs.sort();
            pairs.dedup_by(|a, b| a.0 == b.0);
            let forward = score(&pairs);
            pairs.reverse();
            prop_assert!((0.0..=1.0).contains(&forward));
            prop_assert_eq!(forward, score(&pairs));
        }
    }
}
