//! Three answers to one question: put them in order from mid to staff, and pick the sentence that
//! makes the difference. Six tenths of the marks for the order, the rest for the sentence.

use super::alternative::{mark_choice, shuffled, Alternative};
use super::format::{drill, head};
use super::sequence::{mark_sequence, mixed, Required};
use super::{Audit, Choice, Format, Grade, Part, Question, Reply};
use crate::content::{Id, Level};
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

const ORDER: f64 = 0.6;

drill! {
    LevelUp {
        /// From the lowest level to the highest.
        pub answers: Vec<LevelledAnswer>,
        /// Sentences of the best answer.
        pub sentences: Vec<Alternative>,
        /// The one that lifts it over the others.
        pub sentence: Id,
    }
}

/// An answer and the level that it shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelledAnswer {
    pub shows: Level,
    pub text: String,
    /// What it has and what it lacks.
    pub says: String,
}

impl LevelUp {
    fn required(&self) -> impl Iterator<Item = Required<'_>> {
        self.answers.windows(2).filter_map(|pair| match pair {
            [first, then] => Some(Required {
                first: first.shows.id(),
                then: then.shows.id(),
                why: &first.says,
            }),
            _ => None,
        })
    }
}

impl Format for LevelUp {
    const NAME: &'static str = "level-up";
    const SECONDS: u32 = 120;

    head!();

    fn question(&self, chance: &mut ChaCha8Rng) -> Question {
        let answers = self.answers.iter();
        let key: Vec<Choice> = answers
            .map(|answer| Choice::new(answer.shows.id(), &answer.text))
            .collect();
        Question {
            text: self.ask.clone(),
            parts: vec![
                Part::new("From mid to staff", mixed(&key, chance)),
                Part::new(
                    "Which sentence makes the difference?",
                    shuffled(&self.sentences, chance),
                ),
            ],
        }
    }

    fn grade(&self, replies: &[Reply], _: &Lexicon) -> Grade {
        let mut feedback = Vec::new();
        let text = |level: &str| format!("the {level} answer");
        let mut marks = mark_sequence(self.required(), text, replies.first(), &mut feedback);
        let sentence = mark_choice(
            "Sentence",
            &self.sentences,
            &self.sentence,
            replies.get(1),
            &mut feedback,
        );
        let order = Grade::of(marks.clone(), Vec::new()).score;
        let score = ORDER * order + (1.0 - ORDER) * sentence.credit;
        marks.push(sentence);
        Grade {
            score,
            marks,
            feedback,
        }
    }

    fn model(&self) -> String {
        let mut out: String = self
            .answers
            .iter()
            .map(|answer| {
                let (level, text) = (answer.shows.id(), answer.text.trim());
                format!("- **{level}**: “{text}” {}\n", answer.says)
            })
            .collect();
        if let Some(best) = self.sentences.iter().find(|own| own.id == self.sentence) {
            let _ = write!(out, "\n**“{}”** {}\n", best.text, best.says);
        }
        out
    }

    fn key(&self) -> Vec<Reply> {
        let levels = self
            .answers
            .iter()
            .map(|answer| answer.shows.id().to_owned());
        vec![
            Reply::Arranged(levels.collect()),
            Reply::Picked(self.sentence.to_string()),
        ]
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        let rising = self.answers.windows(2).all(|pair| match pair {
            [first, then] => first.shows < then.shows,
            _ => true,
        });
        if self.answers.len() < 2 || !rising {
            let what = "the answers do not rise from level to level";
            audit.fault("answers", what, "give them from mid to staff, one a level");
        }
        audit.choice("sentences", &self.sentences, "sentence", &self.sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{arrangements, drill, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str = "level-up: [{id: a, step: model, level: senior, ask: Which is which?, \
        answers: [{shows: mid, text: Trees., says: No reason.}, {shows: senior, text: Trees because., says: No flip.}, \
                  {shows: staff, text: Trees until., says: All there.}], \
        sentences: [{id: until, text: Until ids grow., says: It flips.}, {id: trees, text: I take trees., says: A name.}], \
        sentence: until, because: So., hints: [one, two]}]";

    fn grade(order: &[&str], sentence: &str) -> Grade {
        let order = order.iter().map(|level| (*level).to_owned()).collect();
        let replies = [Reply::Arranged(order), Reply::Picked(sentence.to_owned())];
        drill(YAML).grade(&replies, &NO_WORDS)
    }

    #[test]
    fn order_and_sentence_both_count() {
        assert_eq!(grade(&["mid", "senior", "staff"], "until").score, 1.0);
        assert_eq!(grade(&["mid", "senior", "staff"], "trees").score, 0.6);
        let half = grade(&["senior", "mid", "staff"], "until");
        assert!((half.score - 0.7).abs() < 1e-12);
        assert_eq!(half.feedback, ["No reason."]);
        assert_eq!(grade(&[], "").score, 0.0);
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(order in arrangements(), sentence in ".{0,6}") {
            let order: Vec<&str> = order.iter().map(String::as_str).collect();
            prop_assert!((0.0..=1.0).contains(&grade(&order, &sentence).score));
        }
    }
}
