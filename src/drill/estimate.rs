//! A number from a back-of-the-envelope sum: full marks near the answer, half within a factor, and
//! known slips recognised by their value.

use super::format::{drill, head};
use super::quantity::{format_number, parse_quantity, same_dimension};
use super::{Audit, Format, Grade, Kind, Mark, Part, Question, Reply};
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Slips nearer to each other than this share cannot be told apart.
const APART: f64 = 0.05;

drill! {
    Estimate {
        /// The sum; `greenroom check` recomputes `answer` from it.
        pub sum: String,
        pub answer: f64,
        /// `QPS`, `GB`, `ms`, `%` …; empty for a bare number.
        #[serde(default)]
        pub unit: String,
        /// Relative error for full marks.
        #[serde(default = "Estimate::default_within")]
        pub within: f64,
        /// Factor for half marks.
        #[serde(default = "Estimate::default_factor")]
        pub factor: f64,
        /// The lines of the sum, for the reveal.
        pub working: Vec<String>,
        /// Answers that come from a known mistake.
        #[serde(default)]
        pub slips: Vec<Slip>,
    }
}

impl Estimate {
    fn default_within() -> f64 {
        0.25
    }

    fn default_factor() -> f64 {
        2.0
    }

    fn with_unit(&self, value: f64) -> String {
        format!("{} {}", format_number(value), self.unit)
            .trim_end()
            .to_owned()
    }

    /// 1 near the answer, 0.5 within the factor, else 0.
    fn credit(&self, value: f64) -> f64 {
        let ratio = value / self.answer;
        if (ratio - 1.0).abs() <= self.within {
            1.0
        } else if ratio > 0.0 && ratio <= self.factor && ratio >= 1.0 / self.factor {
            0.5
        } else {
            0.0
        }
    }
}

/// A wrong number that tells how it came about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slip {
    /// Recomputed by `greenroom check`.
    pub sum: String,
    pub value: f64,
    /// "you forgot the peak factor".
    pub says: String,
}

impl Format for Estimate {
    const NAME: &'static str = "estimate";
    const SECONDS: u32 = 75;

    head!();

    fn question(&self, _: &mut ChaCha8Rng) -> Question {
        let kind = Kind::Number {
            unit: self.unit.clone(),
        };
        Question {
            text: self.ask.clone(),
            parts: vec![Part::new("", kind)],
        }
    }

    fn grade(&self, replies: &[Reply], _: &Lexicon) -> Grade {
        let given = match replies.first() {
            Some(Reply::Number(text)) => parse_quantity(text),
            _ => None,
        };
        let value = given.and_then(|given| same_dimension(&given, &self.unit));
        let credit = value.map_or(0.0, |value| self.credit(value));
        let slip = value.and_then(|value| {
            let near = |slip: &&Slip| (value / slip.value - 1.0).abs() <= 0.05;
            // A slip that would itself earn full marks is none.
            self.slips.iter().filter(|_| credit < 1.0).find(near)
        });
        let note = value.map_or_else(String::new, |value| {
            format!("you said {}", self.with_unit(value))
        });
        let mut feedback = Vec::new();
        match (slip, value) {
            (Some(slip), _) => feedback.push(slip.says.clone()),
            (None, Some(value)) if credit < 1.0 => {
                let ratio = value / self.answer;
                feedback.push(if ratio >= 1.0 {
                    format!("too high by a factor of {}", format_number(ratio))
                } else if ratio > 0.0 {
                    format!("too low by a factor of {}", format_number(1.0 / ratio))
                } else {
                    "the sign is wrong".to_owned()
                });
            }
            _ => {}
        }
        let mark = Mark {
            point: self.with_unit(self.answer),
            credit,
            note,
        };
        Grade::of(vec![mark], feedback)
    }

    fn model(&self) -> String {
        let mut out = format!("**{}**\n\n", self.with_unit(self.answer));
        for line in &self.working {
            out.push_str("- ");
            out.push_str(line);
            out.push('\n');
        }
        out
    }

    fn working(&self) -> &[String] {
        &self.working
    }

    fn key(&self) -> Vec<Reply> {
        vec![Reply::Number(
            format!("{} {}", self.answer, self.unit)
                .trim_end()
                .to_owned(),
        )]
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        audit.sum("", "answer", &self.sum, self.answer);
        if self.answer == 0.0 {
            let what = "an answer of 0 cannot be estimated within a factor";
            return audit.fault("answer", what, "ask for another quantity");
        }
        if !(self.within > 0.0 && self.within < 1.0) {
            audit.fault(
                "within",
                "`within` is a relative error between 0 and 1",
                "0.25 gives full marks from 25 % under to 25 % over",
            );
        }
        if self.factor < 1.0 {
            audit.fault(
                "factor",
                "`factor` must be at least 1",
                "2 gives half marks from half to twice the answer",
            );
        }
        for (index, slip) in self.slips.iter().enumerate() {
            let at = format!("slips.{index}");
            audit.sum(at.clone(), "value", &slip.sum, slip.value);
            if (slip.value / self.answer - 1.0).abs() <= self.within {
                let percent = format_number(self.within * 100.0);
                let answer = format_number(self.answer);
                audit.fault(
                    format!("{at}.value"),
                    format!("this slip earns full marks: it is within {percent} % of {answer}"),
                    "narrow `within`, or drop the slip",
                );
            }
            let near = |other: &&Slip| {
                let largest = other.value.abs().max(slip.value.abs());
                (other.value - slip.value).abs() <= APART * largest
            };
            if let Some(other) = self.slips.iter().take(index).find(near) {
                let other = format_number(other.value);
                audit.fault(
                    format!("{at}.value"),
                    format!("this slip is within 5 % of another one, {other}"),
                    "keep the likelier of the two",
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

    const YAML: &str =
        "estimate: [{id: a, step: serve, level: senior, ask: How many?, sum: 1e9 / 86400, \
        answer: 11574, unit: QPS, working: [a day has 86400 s], because: So., hints: [one, two], \
        slips: [{sum: 1e9 / 3600, value: 277778, says: you divided by the seconds of an hour}]}]";

    fn grade(text: &str) -> Grade {
        drill(YAML).grade(&[Reply::Number(text.into())], &NO_WORDS)
    }

    #[test]
    fn near_is_right_and_within_a_factor_is_half() {
        for right in ["11574", "10k", "~12,000 QPS", "14e3"] {
            assert_eq!(grade(right).score, 1.0, "{right}");
            assert!(grade(right).feedback.is_empty());
        }
        for half in ["20k", "6000"] {
            assert_eq!(grade(half).score, 0.5, "{half}");
        }
        for wrong in ["100k", "1", "0", "-11574", "20 TB"] {
            assert_eq!(grade(wrong).score, 0.0, "{wrong}");
        }
    }

    #[test]
    fn a_known_slip_is_named_and_another_one_is_measured() {
        assert_eq!(
            grade("280k").feedback,
            ["you divided by the seconds of an hour"]
        );
        assert_eq!(grade("20k").feedback, ["too high by a factor of 1.73"]);
        assert_eq!(grade("5787").feedback, ["too low by a factor of 2"]);
        assert_eq!(grade("-5").feedback, ["the sign is wrong"]);
        assert!(marks(&grade("20k")).contains("you said 20,000 QPS"));
    }

    #[test]
    fn no_number_is_no_credit() {
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
        assert_eq!(grade("many").score, 0.0);
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(text in ".{0,24}", number in any::<f64>()) {
            for text in [text, number.to_string()] {
                prop_assert!((0.0..=1.0).contains(&grade(&text).score));
            }
        }
    }
}
