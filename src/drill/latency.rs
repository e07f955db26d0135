//! A latency budget to be split. Each share counts when it lies in the band that is feasible; the
//! whole is worth half when the shares do not keep to the budget.

use super::format::{drill, head};
use super::quantity::{format_number, parse_quantity, same_dimension};
use super::{Audit, Format, Grade, Kind, Mark, Part, Question, Reply};
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const OVER: f64 = 0.5;

drill! {
    Latency {
        /// Milliseconds for all of it.
        pub total: f64,
        /// In the order of the path.
        pub stages: Vec<LatencyStage>,
    }
}

/// A stage and what it can take.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LatencyStage {
    pub name: String,
    /// Milliseconds below which it cannot be done.
    pub low: f64,
    /// Milliseconds above which it starves the others.
    pub high: f64,
    /// Milliseconds of the model answer.
    pub model: f64,
    /// What takes the time.
    pub says: String,
}

fn milliseconds(reply: Option<&Reply>) -> Option<f64> {
    match reply {
        Some(Reply::Number(text)) => same_dimension(&parse_quantity(text)?, "ms"),
        _ => None,
    }
}

impl Format for Latency {
    const NAME: &'static str = "latency";
    const SECONDS: u32 = 100;

    head!();

    fn question(&self, _: &mut ChaCha8Rng) -> Question {
        let stages = self.stages.iter();
        Question {
            text: self.ask.clone(),
            parts: stages
                .map(|stage| {
                    let unit = "ms".to_owned();
                    Part::new(&stage.name, Kind::Number { unit })
                })
                .collect(),
        }
    }

    fn grade(&self, replies: &[Reply], _: &Lexicon) -> Grade {
        let mut feedback = Vec::new();
        let mut sum = 0.0;
        let mut marks = Vec::new();
        for (at, stage) in self.stages.iter().enumerate() {
            let given = milliseconds(replies.get(at));
            sum += given.unwrap_or_default();
            let fits = given.is_some_and(|given| (stage.low..=stage.high).contains(&given));
            if given.is_some() && !fits {
                feedback.push(format!("{}: {}", stage.name, stage.says));
            }
            marks.push(Mark {
                point: format!(
                    "{}: {} to {} ms",
                    stage.name,
                    format_number(stage.low),
                    format_number(stage.high)
                ),
                credit: f64::from(u8::from(fits)),
                note: given.map_or_else(String::new, |given| {
                    format!("you gave {} ms", format_number(given))
                }),
            });
        }
        let mut grade = Grade::of(marks, feedback);
        if sum > self.total * (1.0 + 1e-9) {
            grade.score *= OVER;
            let (sum, total) = (format_number(sum), format_number(self.total));
            let over = format!("Your shares add up to {sum} ms; there are {total}.");
            grade.feedback.insert(0, over);
        }
        grade
    }

    fn model(&self) -> String {
        let stages = self.stages.iter();
        stages
            .map(|stage| {
                let model = format_number(stage.model);
                format!("- **{}**: {model} ms. {}\n", stage.name, stage.says)
            })
            .collect()
    }

    fn key(&self) -> Vec<Reply> {
        let stages = self.stages.iter();
        stages
            .map(|stage| Reply::Number(format!("{} ms", stage.model)))
            .collect()
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        if self.stages.len() < 2 {
            audit.fault(
                "stages",
                "there is nothing to split",
                "give two stages or more",
            );
        }
        for (index, stage) in self.stages.iter().enumerate() {
            if !(0.0 <= stage.low && stage.low <= stage.model && stage.model <= stage.high) {
                let what = "`model` does not lie between `low` and `high`";
                audit.fault(format!("stages.{index}"), what, "low <= model <= high");
            }
        }
        let sum: f64 = self.stages.iter().map(|stage| stage.model).sum();
        if sum > self.total {
            let what = format!("the model answer adds up to {sum} ms of {}", self.total);
            audit.fault("total", what, "keep to the budget");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str =
        "latency: [{id: a, step: serve, level: senior, ask: Split 100 ms., total: 100, \
        stages: [{name: Features, low: 5, high: 30, model: 20, says: One batch read.}, \
                 {name: Model, low: 10, high: 60, model: 40, says: Trees.}], \
        because: So., hints: [one, two]}]";

    fn grade(a: &str, b: &str) -> Grade {
        let replies = [Reply::Number(a.to_owned()), Reply::Number(b.to_owned())];
        drill(YAML).grade(&replies, &NO_WORDS)
    }

    #[test]
    fn shares_lie_in_their_band_and_keep_to_the_budget() {
        assert_eq!(grade("20", "40 ms").score, 1.0);
        assert_eq!(grade("20", "0.04 s").score, 1.0);
        assert_eq!(grade("1", "40").score, 0.5);
        let over = grade("30", "80");
        assert_eq!(over.score, 0.25);
        assert_eq!(
            over.feedback[0],
            "Your shares add up to 110 ms; there are 100."
        );
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(a in 0.0..200.0_f64, b in 0.0..200.0_f64) {
            let score = grade(&a.to_string(), &b.to_string()).score;
            prop_assert!((0.0..=1.0).contains(&score));
        }
    }
}
