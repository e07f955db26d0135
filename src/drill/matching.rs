//! For each left the right that belongs to it; some rights fit nothing.

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
pub struct Match {
    pub id: Id,
    pub step: Step,
    pub level: Level,
    #[serde(default)]
    pub tags: Vec<Id>,
    pub ask: String,
    pub pairs: Vec<Pair>,
    /// Rights that fit nothing.
    #[serde(default)]
    pub distractors: Vec<String>,
    /// Why it matters, in one or two sentences.
    pub because: String,
    /// Two: a nudge, then a strong hint; never the answer.
    pub hints: Vec<String>,
    /// The rubric item it practises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
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
}
