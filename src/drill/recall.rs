//! Free text, graded point by point.

use super::format::{drill, head};
use super::point::{mark_all, words};
use super::{Audit, Format, Grade, Kind, Part, Point, Question, Reply};
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;

drill! {
    Recall {
        pub points: Vec<Point>,
        /// A model answer; it must hit every point.
        pub model: String,
    }
}

impl Format for Recall {
    const NAME: &'static str = "recall";
    const SECONDS: u32 = 75;

    head!();

    fn question(&self, _: &mut ChaCha8Rng) -> Question {
        Question {
            text: self.ask.clone(),
            parts: vec![Part::new(
                "",
                Kind::Text {
                    rows: 4,
                    lines: false,
                },
            )],
        }
    }

    fn grade(&self, replies: &[Reply], lexicon: &Lexicon) -> Grade {
        mark_all(&self.points, words(replies.first()), lexicon)
    }

    fn model(&self) -> String {
        self.model.clone()
    }

    fn key(&self) -> Vec<Reply> {
        vec![Reply::Text(self.model.clone())]
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        audit.points("points", &self.points);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, marks, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str = "recall: [{id: a, step: data, level: senior, ask: How do you split?, \
        points: [{point: Splits by time, match: {phrase: split by time}, wrong: [{phrase: shuffle the rows}]}, \
                 {point: Leaves a gap, match: {any: [{phrase: a gap}, {phrase: maturity window}]}}], \
        model: Split by time and leave a gap., because: So., hints: [one, two]}]";

    fn grade(text: &str) -> Grade {
        drill(YAML).grade(&[Reply::Text(text.into())], &NO_WORDS)
    }

    #[test]
    fn each_point_counts_and_is_quoted_or_said_to_be_not_found() {
        let all = grade("We split by time, with a gap of a week.");
        assert_eq!(all.score, 1.0);
        assert!(marks(&all).contains("“split by time”"), "{}", marks(&all));
        let half = grade("We split by time.");
        assert_eq!(half.score, 0.5);
        assert!(marks(&half).contains("not found in your words"));
        assert_eq!(grade("").score, 0.0);
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
    }

    #[test]
    fn a_point_and_its_contrary_earn_nothing() {
        let both = grade("Split by time. Then shuffle the rows. Leave a gap.");
        assert_eq!(both.score, 0.5);
        assert!(marks(&both).contains("also the contrary"));
    }

    #[test]
    fn what_was_typed_is_quoted_without_control_characters() {
        let odd = grade("split by\x1b[2J time");
        assert!(!marks(&odd).contains('\x1b'));
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(text in "(?s).{0,60}") {
            prop_assert!((0.0..=1.0).contains(&grade(&text).score));
        }
    }
}
