//! For each left the right that belongs to it; some rights fit nothing.

use super::format::{drill, head};
use super::{Audit, Choice, Format, Grade, Kind, Mark, Part, Question, Reply};
use crate::grading::Lexicon;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

drill! {
    Match {
        pub pairs: Vec<Pair>,
        /// Rights that fit nothing.
        #[serde(default)]
        pub distractors: Vec<String>,
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    pub left: String,
    pub right: String,
    /// Shown to one who missed it.
    pub why: String,
}

impl Format for Match {
    const NAME: &'static str = "match";
    const SECONDS: u32 = 60;

    head!();

    fn question(&self, chance: &mut ChaCha8Rng) -> Question {
        let left = self
            .pairs
            .iter()
            .map(|pair| Choice::new(&pair.left, &pair.left));
        let rights = self
            .pairs
            .iter()
            .map(|pair| &pair.right)
            .chain(&self.distractors);
        let mut right: Vec<Choice> = rights.map(|right| Choice::new(right, right)).collect();
        right.sort_by(|a, b| a.key.cmp(&b.key));
        // Two lefts may share a right; it is shown once.
        right.dedup();
        right.shuffle(chance);
        let mut left: Vec<Choice> = left.collect();
        left.shuffle(chance);
        Question {
            text: self.ask.clone(),
            parts: vec![Part::new("", Kind::Pair { left, right })],
        }
    }

    fn grade(&self, replies: &[Reply], _: &Lexicon) -> Grade {
        let empty = Vec::new();
        let given = match replies.first() {
            Some(Reply::Paired(pairs)) => pairs,
            _ => &empty,
        };
        let mut feedback = Vec::new();
        let marks = self
            .pairs
            .iter()
            .map(|pair| {
                let chosen = given.iter().find(|(left, _)| *left == pair.left);
                let right = chosen.is_some_and(|(_, right)| *right == pair.right);
                if !right {
                    feedback.push(pair.why.clone());
                }
                Mark {
                    point: format!("{} → {}", pair.left, pair.right),
                    credit: f64::from(u8::from(right)),
                    note: match chosen {
                        Some((_, wrong)) if !right => format!("you chose: {wrong}"),
                        Some(_) => String::new(),
                        None => "no choice".to_owned(),
                    },
                }
            })
            .collect();
        Grade::of(marks, feedback)
    }

    fn model(&self) -> String {
        let lines = self.pairs.iter();
        lines
            .map(|pair| format!("- **{}**: {}. {}\n", pair.left, pair.right, pair.why))
            .collect()
    }

    fn key(&self) -> Vec<Reply> {
        let pairs = self.pairs.iter();
        vec![Reply::Paired(
            pairs
                .map(|pair| (pair.left.clone(), pair.right.clone()))
                .collect(),
        )]
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        if self.pairs.len() < 2 {
            let what = "there is nothing to tell apart";
            audit.fault("pairs", what, "give two or more pairs");
        }
        let mut lefts: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, pair) in self.pairs.iter().enumerate() {
            if let Some(first) = lefts.insert(pair.left.trim(), index) {
                audit.fault(
                    format!("pairs.{index}.left"),
                    format!("this left side is given twice, first in pair {}", first + 1),
                    "a left side has one right side; merge or rename",
                );
            }
        }
        for (index, distractor) in self.distractors.iter().enumerate() {
            let mut rights = self.pairs.iter().map(|pair| pair.right.trim());
            if rights.any(|right| right == distractor.trim()) {
                audit.fault(
                    format!("distractors.{index}"),
                    "this distractor is the right side of a pair",
                    "it must fit nothing",
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{arrangements, drill, marks, NO_WORDS};
    use proptest::prelude::*;
    use rand::SeedableRng;

    const YAML: &str = "match: [{id: a, step: evaluate, level: senior, ask: Which metric?, \
        pairs: [{left: ranking, right: NDCG, why: the order counts}, \
                {left: retrieval, right: recall, why: what is lost stays lost}, \
                {left: search, right: NDCG, why: the top counts}], \
        distractors: [accuracy], because: So., hints: [one, two]}]";

    fn grade(pairs: &[(&str, &str)]) -> Grade {
        let pairs = pairs.iter().map(|(a, b)| ((*a).into(), (*b).into()));
        drill(YAML).grade(&[Reply::Paired(pairs.collect())], &NO_WORDS)
    }

    #[test]
    fn each_pair_counts_the_same_and_a_wrong_one_is_explained() {
        let all = grade(&[
            ("ranking", "NDCG"),
            ("retrieval", "recall"),
            ("search", "NDCG"),
        ]);
        assert_eq!((all.score, all.feedback.len()), (1.0, 0));
        let some = grade(&[("ranking", "NDCG"), ("retrieval", "accuracy")]);
        assert!((some.score - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!(some.feedback, ["what is lost stays lost", "the top counts"]);
        assert!(marks(&some).contains("you chose: accuracy"));
        assert!(marks(&some).contains("no choice"));
        assert_eq!(grade(&[]).score, 0.0);
    }

    #[test]
    fn a_right_that_two_share_is_shown_once_with_the_distractors() {
        let question = drill(YAML).question(&mut ChaCha8Rng::seed_from_u64(3));
        let Kind::Pair { left, right } = &question.parts[0].kind else {
            panic!("{question:?}");
        };
        let mut keys: Vec<&str> = right.iter().map(|right| right.key.as_str()).collect();
        keys.sort_unstable();
        assert_eq!((left.len(), keys), (3, vec!["NDCG", "accuracy", "recall"]));
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(a in arrangements(), b in arrangements()) {
            let pairs = a.into_iter().zip(b).collect();
            let grade = drill(YAML).grade(&[Reply::Paired(pairs)], &NO_WORDS);
            prop_assert!((0.0..=1.0).contains(&grade.score));
        }
    }
}
