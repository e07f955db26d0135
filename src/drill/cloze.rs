//! A formula or a figure with a gap. Whoever writes the same thing in another way is right: spaces,
//! case and the signs for times and minus do not matter, and numbers are compared as numbers.

use super::format::{drill, head};
use super::point::words;
use super::quantity::{parse_quantity, same_dimension};
use super::{Audit, Format, Grade, Kind, Mark, Part, Question, Reply};
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The gap in `ask`.
const GAP: &str = "____";
/// Relative difference between two numbers that are the same.
const SAME: f64 = 0.01;

drill! {
    Cloze {
        /// What fills the gap, in every form that is right.
        pub answers: Vec<String>,
        /// Answers that come from a known mistake.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub slips: Vec<ClozeSlip>,
    }
}

/// A wrong filling that tells how it came about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClozeSlip {
    pub text: String,
    pub says: String,
}

/// Without what does not matter.
fn plain(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            '−' | '–' => Some('-'),
            '·' | '×' | '⋅' => Some('*'),
            '`' | '$' | '"' | '“' | '”' => None,
            c if c.is_whitespace() => None,
            c => Some(c),
        })
        .collect()
}

fn same(given: &str, wanted: &str) -> bool {
    if plain(given) == plain(wanted) {
        return true;
    }
    let (Some(given), Some(wanted)) = (parse_quantity(given), parse_quantity(wanted)) else {
        return false;
    };
    same_dimension(&given, &wanted.unit).is_some_and(|value| {
        let size = wanted.value.abs().max(f64::MIN_POSITIVE);
        (value - wanted.value).abs() <= SAME * size
    })
}

impl Format for Cloze {
    const NAME: &'static str = "cloze";
    const SECONDS: u32 = 30;

    head!();

    fn question(&self, _: &mut ChaCha8Rng) -> Question {
        Question {
            text: self.ask.clone(),
            parts: vec![Part::new(
                "The gap",
                Kind::Text {
                    rows: 1,
                    lines: false,
                },
            )],
        }
    }

    fn grade(&self, replies: &[Reply], _: &Lexicon) -> Grade {
        let given = words(replies.first()).trim();
        let right = !given.is_empty() && self.answers.iter().any(|answer| same(given, answer));
        let slip = self.slips.iter().find(|slip| same(given, &slip.text));
        let feedback = slip.filter(|_| !right).map(|slip| slip.says.clone());
        let mark = Mark {
            point: self.answers.first().cloned().unwrap_or_default(),
            credit: f64::from(u8::from(right)),
            note: if right || given.is_empty() {
                String::new()
            } else {
                format!("you wrote: {}", crate::text::clean_line(given))
            },
        };
        Grade::of(vec![mark], feedback.into_iter().collect())
    }

    fn model(&self) -> String {
        let answer = self.answers.first().map_or("", String::as_str);
        self.ask.replace(GAP, &format!("**{answer}**"))
    }

    fn key(&self) -> Vec<Reply> {
        let first = self.answers.iter().take(1);
        first.map(|answer| Reply::Text(answer.clone())).collect()
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        if self.answers.iter().all(|answer| plain(answer).is_empty()) {
            audit.fault("answers", "nothing fills the gap", "give the answer");
        }
        if !self.ask.contains(GAP) {
            let what = "the question has no gap";
            audit.fault("ask", what, "write ____ where something is missing");
        }
        for (index, slip) in self.slips.iter().enumerate() {
            if self.answers.iter().any(|answer| same(&slip.text, answer)) {
                let what = "this slip is a right answer";
                audit.fault(format!("slips.{index}"), what, "drop it");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str = "cloze: [{id: a, step: model, level: senior, ask: 'q = p / (p + (1 - p) / ____)', \
        answers: [w, the keep rate], slips: [{text: 1/w, says: The other way round.}], \
        because: So., hints: [one, two]}, \
        {id: b, step: model, level: senior, ask: 'ln 10 is ____', answers: ['2.303'], because: So., hints: [one, two]}]";

    fn grade(text: &str) -> Grade {
        drill(YAML).grade(&[Reply::Text(text.to_owned())], &NO_WORDS)
    }

    #[test]
    fn the_same_thing_in_another_way_is_right() {
        for right in ["w", " W ", "`w`", "The keep  rate"] {
            assert_eq!(grade(right).score, 1.0, "{right}");
        }
        let slip = grade("1 / w");
        assert_eq!(
            (slip.score, slip.feedback),
            (0.0, vec!["The other way round.".to_owned()])
        );
        assert_eq!(grade("").score, 0.0);
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
        assert!(same("2.30", "2.303") && same("1e3", "1,000") && !same("2.2", "2.303"));
        assert!(same("200 ms", "0.2 s"));
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(text in "(w|1/w|.{0,12})") {
            prop_assert!((0.0..=1.0).contains(&grade(&text).score));
        }
    }
}
