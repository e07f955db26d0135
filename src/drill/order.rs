//! Put steps into order. Only the required precedences count, so every order that respects them
//! is right: s = satisfied / required.

use super::format::{drill, head};
use super::sequence::{audit_precedences, mark_sequence, mixed, Precedence, Required};
use super::{Audit, Choice, Format, Grade, Part, Question, Reply};
use crate::content::Id;
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

drill! {
    Order {
        /// In a right order.
        pub items: Vec<OrderItem>,
        /// What must come before what; every pair of neighbours when empty.
        #[serde(default)]
        pub before: Vec<Precedence>,
    }
}

/// One step to move.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderItem {
    pub id: Id,
    pub text: String,
}

impl Order {
    fn required(&self) -> Vec<Required<'_>> {
        if self.before.is_empty() {
            let neighbours = self.items.windows(2);
            return neighbours
                .filter_map(|pair| match pair {
                    [first, then] => Some(Required {
                        first: first.id.as_str(),
                        then: then.id.as_str(),
                        why: "",
                    }),
                    _ => None,
                })
                .collect();
        }
        let given = self.before.iter();
        given
            .map(|rule| Required {
                first: rule.first.as_str(),
                then: rule.then.as_str(),
                why: &rule.why,
            })
            .collect()
    }

    fn text(&self, id: &str) -> String {
        let found = self.items.iter().find(|item| item.id == *id);
        found.map_or_else(|| id.to_owned(), |item| item.text.clone())
    }
}

impl Format for Order {
    const NAME: &'static str = "order";
    const SECONDS: u32 = 60;

    head!();

    fn question(&self, chance: &mut ChaCha8Rng) -> Question {
        let items = self.items.iter();
        let key: Vec<Choice> = items
            .map(|item| Choice::new(item.id.as_str(), &item.text))
            .collect();
        Question {
            text: self.ask.clone(),
            parts: vec![Part::new("", mixed(&key, chance))],
        }
    }

    fn grade(&self, replies: &[Reply], _: &Lexicon) -> Grade {
        let mut feedback = Vec::new();
        let marks = mark_sequence(
            self.required(),
            |id| self.text(id),
            replies.first(),
            &mut feedback,
        );
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

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        audit.unique("items", self.items.iter().map(|item| &item.id), "item");
        if self.items.len() < 2 {
            let what = "there is nothing to bring into order";
            audit.fault("items", what, "give two or more items");
        }
        let ids: Vec<&Id> = self.items.iter().map(|item| &item.id).collect();
        audit_precedences("before", &ids, &self.before, audit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{arrangements, drill, marks, NO_WORDS};
    use crate::drill::Kind;
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
