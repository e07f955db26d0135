//! A transcript with mistakes in it: mark the lines that cost the candidate, and name the dimension
//! that loses most. Three quarters of the marks for the lines (F1), a quarter for the dimension.

use super::alternative::{mark_choice, shuffled, Alternative};
use super::format::{drill, head};
use super::marked::{audit_lines, bad_lines, lines_to_mark, mark_lines, MarkLine};
use super::{Audit, Format, Grade, Part, Question, Reply};
use crate::content::Id;
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;
use std::fmt::Write as _;

const LINES: f64 = 0.75;

drill! {
    RedFlag {
        pub lines: Vec<MarkLine>,
        /// Dimensions of the rubric to choose from.
        pub dimensions: Vec<Alternative>,
        /// The one that loses most.
        pub dimension: Id,
    }
}

impl Format for RedFlag {
    const NAME: &'static str = "red-flag";
    const SECONDS: u32 = 100;

    head!();

    fn question(&self, chance: &mut ChaCha8Rng) -> Question {
        Question {
            text: self.ask.clone(),
            parts: vec![
                Part::new(
                    "Which lines cost the candidate?",
                    lines_to_mark(&self.lines),
                ),
                Part::new(
                    "Which dimension loses most?",
                    shuffled(&self.dimensions, chance),
                ),
            ],
        }
    }

    fn grade(&self, replies: &[Reply], _: &Lexicon) -> Grade {
        let mut feedback = Vec::new();
        let (f1, mut marks) = mark_lines(&self.lines, replies.first(), &mut feedback);
        let dimension = mark_choice(
            "Dimension",
            &self.dimensions,
            &self.dimension,
            replies.get(1),
            &mut feedback,
        );
        let score = LINES * f1 + (1.0 - LINES) * dimension.credit;
        marks.push(dimension);
        Grade {
            score,
            marks,
            feedback,
        }
    }

    fn model(&self) -> String {
        let bad = (1..).zip(&self.lines).filter(|(_, line)| line.bad);
        let mut out: String = bad
            .map(|(number, line): (usize, _)| {
                format!(
                    "- **Line {number}**, “{}”: {}\n",
                    line.text.trim(),
                    line.says
                )
            })
            .collect();
        let mut dimensions = self.dimensions.iter();
        if let Some(lost) = dimensions.find(|own| own.id == self.dimension) {
            let _ = write!(out, "\n**{}** loses most. {}\n", lost.text, lost.says);
        }
        out
    }

    fn key(&self) -> Vec<Reply> {
        vec![
            bad_lines(&self.lines),
            Reply::Picked(self.dimension.to_string()),
        ]
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        audit_lines(&self.lines, audit);
        audit.choice("dimensions", &self.dimensions, "dimension", &self.dimension);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, marks, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str = "red-flag: [{id: a, step: evaluate, level: senior, ask: Mark., \
        lines: [{text: I ask for the goal.}, {text: We report accuracy., bad: true, says: One in 500.}, \
                {text: No test needed., bad: true, says: Nobody knows what it does online.}], \
        dimensions: [{id: eval, text: Evaluation, says: Two of its musts are gone.}, \
                     {id: model, text: Modelling, says: Nothing is said of a model.}], \
        dimension: eval, because: So., hints: [one, two]}]";

    fn grade(lines: &[&str], dimension: &str) -> Grade {
        let lines = lines.iter().map(|key| (*key).to_owned()).collect();
        let replies = [Reply::Marked(lines), Reply::Picked(dimension.to_owned())];
        drill(YAML).grade(&replies, &NO_WORDS)
    }

    #[test]
    fn lines_count_three_quarters() {
        assert_eq!(grade(&["1", "2"], "eval").score, 1.0);
        assert_eq!(grade(&["2", "1"], "model").score, 0.75);
        assert_eq!(grade(&["1"], "model").score, 0.5);
        assert_eq!(grade(&[], "model").score, 0.0);
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
        let wrong = grade(&["0"], "model");
        assert!(marks(&wrong).contains("not marked. One in 500."));
        assert_eq!(wrong.feedback.len(), 2);
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(
            lines in proptest::collection::vec("[0-9]", 0..5), dimension in "(eval|model|x)",
        ) {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            prop_assert!((0.0..=1.0).contains(&grade(&lines, &dimension).score));
        }
    }
}
