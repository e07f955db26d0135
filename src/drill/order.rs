//! Put steps into order. Only the required precedences count, so every order that respects them
//! is right: s = satisfied / required.

use super::format::head;
use super::{Choice, Format, Grade, Kind, Mark, Part, Question, Reply};
use crate::content::{Id, Level, Step};
use crate::grading::Lexicon;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Order {
    pub id: Id,
    pub step: Step,
    pub level: Level,
    #[serde(default)]
    pub tags: Vec<Id>,
    pub ask: String,
    /// In a right order.
    pub items: Vec<OrderItem>,
    /// What must come before what; every pair of neighbours when empty.
    #[serde(default)]
    pub before: Vec<Precedence>,
    /// Why it matters, in one or two sentences.
    pub because: String,
    /// Two: a nudge, then a strong hint; never the answer.
    pub hints: Vec<String>,
    /// The rubric item it practises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
}

/// One step to move.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderItem {
    pub id: Id,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Precedence {
    pub first: Id,
    pub then: Id,
    /// Shown when the learner has it the other way round.
    pub why: String,
}

impl Order {
    /// Earlier, later, and why.
    fn required(&self) -> Vec<(&Id, &Id, &str)> {
        if self.before.is_empty() {
            let neighbours = self.items.windows(2);
            return neighbours
                .filter_map(|pair| match pair {
                    [first, then] => Some((&first.id, &then.id, "")),
                    _ => None,
                })
                .collect();
        }
        let given = self.before.iter();
        given
            .map(|rule| (&rule.first, &rule.then, rule.why.as_str()))
            .collect()
    }

    fn text<'a>(&'a self, id: &'a Id) -> &'a str {
        let found = self.items.iter().find(|item| item.id == *id);
        found.map_or(id.as_str(), |item| item.text.as_str())
    }
}

impl Format for Order {
    const NAME: &'static str = "order";
    const SECONDS: u32 = 60;

    head!();

    fn question(&self, chance: &mut ChaCha8Rng) -> Question {
        let key: Vec<Choice> = self
            .items
            .iter()
            .map(|item| Choice::new(item.id.as_str(), &item.text))
            .collect();
        let mut items = key.clone();
        // A shuffle that happens to be right would give the answer away.
        for _ in 0..8 {
            items.shuffle(chance);
            if items != key {
                break;
            }
        }
        Question {
            text: self.ask.clone(),
            parts: vec![Part::new("", Kind::Arrange { items })],
        }
    }

    fn grade(&self, replies: &[Reply], _: &Lexicon) -> Grade {
        let empty = Vec::new();
        let given = match replies.first() {
            Some(Reply::Arranged(keys)) => keys,
            _ => &empty,
        };
        let place = |id: &Id| given.iter().position(|key| *id == key.as_str());
        let mut feedback = Vec::new();
        let marks = self
            .required()
            .into_iter()
            .map(|(first, then, why)| {
                let right = match (place(first), place(then)) {
                    (Some(a), Some(b)) => a < b,
                    _ => false,
                };
                if !right && !why.is_empty() {
                    feedback.push(why.to_owned());
                }
                Mark {
                    point: format!("{} → {}", self.text(first), self.text(then)),
                    credit: f64::from(u8::from(right)),
                    note: if right { String::new() } else { why.to_owned() },
                }
            })
            .collect();
        Grade::of(marks, feedback)
    }

    fn model(&self) -> String {
        let lines = self.items.iter().enumerate();
        let mut out: String = lines
            .map(|(at, item)| format!("{}. {}\n", at + 1, item.text))
            .collect();
        if !self.before.is_empty() {
            out.push_str("\nOther orders that keep the required precedences are right too.\n");
        }
        out
    }

    fn key(&self) -> Vec<Reply> {
        let keys = self.items.iter().map(|item| item.id.to_string());
        vec![Reply::Arranged(keys.collect())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{arrangements, drill, marks, NO_WORDS};
    use proptest::prelude::*;
    use rand::SeedableRng;

    const NEIGHBOURS: &str = "order: [{id: a, step: data, level: senior, ask: In which order?, \
        items: [{id: x, text: first}, {id: y, text: second}, {id: z, text: third}], \
        because: So., hints: [one, two]}]";
    const RULES: &str = "order: [{id: a, step: data, level: senior, ask: In which order?, \
        items: [{id: x, text: first}, {id: y, text: second}, {id: z, text: third}], \
        before: [{first: x, then: y, why: x makes what y needs}, {first: x, then: z, why: x feeds z}], \
        because: So., hints: [one, two]}]";

    fn grade(yaml: &str, keys: &[&str]) -> Grade {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        drill(yaml).grade(&[Reply::Arranged(keys)], &NO_WORDS)
    }

    #[test]
    fn only_the_required_precedences_count() {
        assert_eq!(grade(RULES, &["x", "z", "y"]).score, 1.0);
        let half = grade(RULES, &["y", "x", "z"]);
        assert_eq!(half.score, 0.5);
        assert_eq!(half.feedback, ["x makes what y needs"]);
        assert!(marks(&half).contains("first → second"));
        assert_eq!(grade(RULES, &["z", "y", "x"]).score, 0.0);
    }

    #[test]
    fn neighbours_count_when_nothing_is_required() {
        assert_eq!(grade(NEIGHBOURS, &["x", "y", "z"]).score, 1.0);
        assert_eq!(grade(NEIGHBOURS, &["y", "z", "x"]).score, 0.5);
        assert_eq!(grade(NEIGHBOURS, &[]).score, 0.0);
    }

    #[test]
    fn the_question_does_not_stand_in_the_right_order() {
        for seed in 0..50 {
            let question = drill(RULES).question(&mut ChaCha8Rng::seed_from_u64(seed));
            let Kind::Arrange { items } = &question.parts[0].kind else {
                panic!("{question:?}");
            };
            let keys: Vec<&str> = items.iter().map(|item| item.key.as_str()).collect();
            assert_ne!(keys, ["x", "y", "z"]);
        }
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(keys in arrangements()) {
            for yaml in [RULES, NEIGHBOURS] {
                let grade = drill(yaml).grade(&[Reply::Arranged(keys.clone())], &NO_WORDS);
                prop_assert!((0.0..=1.0).contains(&grade.score));
            }
        }
    }
}
