//! An incident: put the next checks into order, useless ones last. As with orderings, only the
//! required precedences count.

use super::format::{drill, head};
use super::sequence::{audit_precedences, mark_sequence, mixed, Precedence, Required};
use super::{Audit, Choice, Format, Grade, Part, Question, Reply};
use crate::content::Id;
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

drill! {
    Triage {
        /// Checks that help, in a right order.
        pub checks: Vec<Check>,
        /// What must come before what; every pair of neighbours when empty.
        #[serde(default)]
        pub before: Vec<Precedence>,
        /// What does not help now and belongs after all of them.
        #[serde(default)]
        pub later: Vec<Check>,
    }
}

/// Something to look at or to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    pub id: Id,
    pub text: String,
    /// What it would tell, or why it must wait.
    pub says: String,
}

impl Triage {
    fn required(&self) -> Vec<Required<'_>> {
        let mut out: Vec<Required<'_>> = if self.before.is_empty() {
            let neighbours = self.checks.windows(2).filter_map(|pair| match pair {
                [first, then] => Some(Required {
                    first: first.id.as_str(),
                    then: then.id.as_str(),
                    why: &first.says,
                }),
                _ => None,
            });
            neighbours.collect()
        } else {
            let given = self.before.iter().map(|rule| Required {
                first: rule.first.as_str(),
                then: rule.then.as_str(),
                why: &rule.why,
            });
            given.collect()
        };
        for later in &self.later {
            out.extend(self.checks.iter().map(|check| Required {
                first: check.id.as_str(),
                then: later.id.as_str(),
                why: &later.says,
            }));
        }
        out
    }

    fn all(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().chain(&self.later)
    }
}

impl Format for Triage {
    const NAME: &'static str = "triage";
    const SECONDS: u32 = 90;

    head!();

    fn question(&self, chance: &mut ChaCha8Rng) -> Question {
        let key: Vec<Choice> = self
            .all()
            .map(|check| Choice::new(check.id.as_str(), &check.text))
            .collect();
        Question {
            text: self.ask.clone(),
            parts: vec![Part::new("First to last", mixed(&key, chance))],
        }
    }

    fn grade(&self, replies: &[Reply], _: &Lexicon) -> Grade {
        let text = |id: &str| {
            let found = self.all().find(|check| check.id == *id);
            found.map_or_else(|| id.to_owned(), |check| check.text.clone())
        };
        let mut feedback = Vec::new();
        let marks = mark_sequence(self.required(), text, replies.first(), &mut feedback);
        let mut seen = std::collections::BTreeSet::new();
        feedback.retain(|line| seen.insert(line.clone()));
        Grade::of(marks, feedback)
    }

    fn model(&self) -> String {
        let mut out: String = (1..)
            .zip(&self.checks)
            .map(|(number, check): (usize, _)| {
                format!("{number}. {}: {}\n", check.text, check.says)
            })
            .collect();
        for later in &self.later {
            let _ = writeln!(out, "- Not now: {}. {}", later.text, later.says);
        }
        out
    }

    fn key(&self) -> Vec<Reply> {
        let ids = self.all().map(|check| check.id.to_string());
        vec![Reply::Arranged(ids.collect())]
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        if self.checks.len() < 2 {
            let what = "there is nothing to bring into order";
            audit.fault("checks", what, "give two checks or more");
        }
        audit.unique("checks", self.all().map(|check| &check.id), "check");
        let ids: Vec<&Id> = self.checks.iter().map(|check| &check.id).collect();
        audit_precedences("before", &ids, &self.before, audit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{arrangements, drill, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str = "triage: [{id: a, step: monitor, level: senior, ask: Scores jumped., \
        checks: [{id: x, text: What changed?, says: Most jumps are releases.}, {id: y, text: Nulls, says: A feed died.}], \
        later: [{id: z, text: Retrain, says: It learns the broken feed.}], \
        because: So., hints: [one, two]}]";

    fn grade(order: &[&str]) -> Grade {
        let order = order.iter().map(|id| (*id).to_owned()).collect();
        drill(YAML).grade(&[Reply::Arranged(order)], &NO_WORDS)
    }

    #[test]
    fn what_does_not_help_belongs_behind_all_checks() {
        assert_eq!(grade(&["x", "y", "z"]).score, 1.0);
        let early = grade(&["z", "x", "y"]);
        assert!((early.score - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(early.feedback, ["It learns the broken feed."]);
        assert_eq!(grade(&[]).score, 0.0);
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(order in arrangements()) {
            let order: Vec<&str> = order.iter().map(String::as_str).collect();
            prop_assert!((0.0..=1.0).contains(&grade(&order).score));
        }
    }
}
