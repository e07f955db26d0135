//! A prompt that hides its facts: ask, and each question is answered. Graded by the weight of the facts
//! that were uncovered; questions that lead nowhere cost time, so they cost marks.

use super::format::{drill, head};
use super::point::words;
use super::{Audit, Format, Grade, Kind, Mark, Part, Question, Reply};
use crate::content::Rule;
use crate::grading::{Lexicon, Matcher};
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Questions that the step has time for.
const QUESTIONS: usize = 6;
/// What a question that uncovers nothing costs.
const LOST: f64 = 0.05;

drill! {
    Clarify {
        pub facts: Vec<HiddenFact>,
    }
}

/// A fact that the interviewer gives to one who asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HiddenFact {
    /// A question that uncovers it.
    pub question: String,
    pub asked: Rule,
    pub answer: String,
    /// How much of the design rests on it, from 1 to 3.
    #[serde(default = "HiddenFact::default_weight")]
    pub weight: u8,
}

impl HiddenFact {
    fn default_weight() -> u8 {
        1
    }
}

/// One question a line; a line may hold several.
fn questions(text: &str) -> Vec<&str> {
    text.split_inclusive(['?', '\n', ';'])
        .map(|question| question.trim().trim_end_matches(';'))
        .filter(|question| question.chars().any(char::is_alphanumeric))
        .collect()
}

impl Format for Clarify {
    const NAME: &'static str = "clarify";
    const SECONDS: u32 = 120;

    head!();

    fn question(&self, _: &mut ChaCha8Rng) -> Question {
        Question {
            text: self.ask.clone(),
            parts: vec![Part::new(
                "Your questions, one a line, six at most",
                Kind::Text {
                    rows: 7,
                    lines: true,
                },
            )],
        }
    }

    fn grade(&self, replies: &[Reply], lexicon: &Lexicon) -> Grade {
        let asked = questions(words(replies.first()));
        let counted = asked.get(..QUESTIONS).unwrap_or(&asked);
        let mut useful = vec![false; counted.len()];
        let (mut earned, mut of) = (0.0, 0.0);
        let mut marks = Vec::new();
        for fact in &self.facts {
            let matcher = Matcher::compile(&fact.asked, lexicon).ok();
            let hit = |question: &&str| matcher.as_ref().is_some_and(|own| own.test(question).hit);
            let mut found = false;
            for (question, useful) in counted.iter().zip(&mut useful) {
                if hit(question) {
                    found = true;
                    *useful = true;
                }
            }
            let weight = f64::from(fact.weight.max(1));
            of += weight;
            earned += weight * f64::from(u8::from(found));
            marks.push(Mark {
                point: fact.question.clone(),
                credit: f64::from(u8::from(found)),
                note: if found {
                    fact.answer.clone()
                } else {
                    format!("not asked: {}", fact.answer)
                },
            });
        }
        let mut feedback = Vec::new();
        let lost = useful.iter().filter(|useful| !**useful).count();
        for (question, useful) in counted.iter().zip(&useful) {
            if !useful {
                let question = crate::text::truncate(&crate::text::clean_line(question), 60);
                feedback.push(format!(
                    "“{question}” uncovers nothing that the design needs."
                ));
            }
        }
        if asked.len() > QUESTIONS {
            feedback.push(format!("Only the first {QUESTIONS} questions had time."));
        }
        Grade {
            score: (earned / f64::max(of, 1.0) - LOST * lost as f64).clamp(0.0, 1.0),
            marks,
            feedback,
        }
    }

    fn model(&self) -> String {
        let facts = self.facts.iter();
        facts
            .map(|fact| format!("- {} *{}*\n", fact.question.trim(), fact.answer.trim()))
            .collect()
    }

    fn key(&self) -> Vec<Reply> {
        let facts: Vec<&str> = self.facts.iter().map(|fact| fact.question.trim()).collect();
        vec![Reply::Text(facts.join("\n"))]
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        if !(3..=QUESTIONS).contains(&self.facts.len()) {
            let what = format!(
                "{} facts; six questions must be able to uncover all",
                self.facts.len()
            );
            audit.fault("facts", what, "give three to six");
        }
        for (index, fact) in self.facts.iter().enumerate() {
            audit.rule(format!("facts.{index}.asked"), &fact.asked);
            if !(1..=3).contains(&fact.weight) {
                let what = "a weight is 1, 2 or 3";
                audit.fault(
                    format!("facts.{index}.weight"),
                    what,
                    "3 for what decides the design",
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, marks, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str = "clarify: [{id: a, step: clarify, level: senior, ask: Design fraud detection., facts: [\
        {question: How long may it take?, asked: {phrase: [how long, latency]}, answer: 100 ms., weight: 2}, \
        {question: What does a miss cost?, asked: {phrase: cost}, answer: About 100., weight: 2}, \
        {question: How many payments?, asked: {phrase: how many}, answer: 1000 a second.}], \
        because: So., hints: [one, two]}]";

    fn grade(text: &str) -> Grade {
        drill(YAML).grade(&[Reply::Text(text.to_owned())], &NO_WORDS)
    }

    #[test]
    fn each_question_is_answered_and_idle_ones_cost() {
        let all = grade("latency? what does an error cost? how many payments");
        assert_eq!(all.score, 1.0);
        assert!(marks(&all).contains("100 ms."));
        let some = grade("what is the latency?\nwhich colour is the button?");
        assert!((some.score - (0.4 - 0.05)).abs() < 1e-12);
        assert!(marks(&some).contains("not asked: About 100."));
        assert!(some.feedback[0].contains("colour"));
        let late = "x?\n".repeat(6) + "latency?";
        assert_eq!(grade(&late).score, 0.0);
        assert_eq!(grade("").score, 0.0);
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(text in "(cost\\?|how many\\?|.{0,12}\n){0,8}") {
            prop_assert!((0.0..=1.0).contains(&grade(&text).score));
        }
    }
}
