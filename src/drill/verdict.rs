//! A trade-off: choose, say why, and name the changed constraint that flips the choice.
//! Half of the marks for the choice, a quarter each for the reason and the flip.

use super::alternative::{mark_choice, shuffled, Alternative};
use super::format::{drill, head};
use super::point::{best_mark, words};
use super::{Audit, Format, Grade, Kind, Part, Point, Question, Reply};
use crate::content::Id;
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;

drill! {
    Verdict {
        pub options: Vec<Alternative>,
        /// The option that wins here.
        pub answer: Id,
        /// Any one of these reasons is enough.
        pub reasons: Vec<Point>,
        /// Which changed constraint flips it?
        pub flips: Vec<Alternative>,
        pub flip: Id,
        /// The verdict in one breath: choice, benefit, cost, constraint.
        pub model: String,
    }
}

impl Format for Verdict {
    const NAME: &'static str = "verdict";
    const SECONDS: u32 = 90;

    head!();

    fn question(&self, chance: &mut ChaCha8Rng) -> Question {
        Question {
            text: self.ask.clone(),
            parts: vec![
                Part::new("Your choice", shuffled(&self.options, chance)),
                Part::new(
                    "Because",
                    Kind::Text {
                        rows: 2,
                        lines: false,
                    },
                ),
                Part::new("Which change would flip it?", shuffled(&self.flips, chance)),
            ],
        }
    }

    fn grade(&self, replies: &[Reply], lexicon: &Lexicon) -> Grade {
        let mut feedback = Vec::new();
        let choice = mark_choice(
            "Choice",
            &self.options,
            &self.answer,
            replies.first(),
            &mut feedback,
        );
        let reason = best_mark("Why", &self.reasons, words(replies.get(1)), lexicon);
        let flip = mark_choice(
            "Flip",
            &self.flips,
            &self.flip,
            replies.get(2),
            &mut feedback,
        );
        let score = 0.5 * choice.credit + 0.25 * reason.credit + 0.25 * flip.credit;
        Grade {
            score,
            marks: vec![choice, reason, flip],
            feedback,
        }
    }

    fn model(&self) -> String {
        let flip = self.flips.iter().find(|option| option.id == self.flip);
        match flip {
            Some(flip) => format!(
                "{}\n\n**Flips when:** {}. {}",
                self.model,
                flip.text.trim_end_matches('.'),
                flip.says
            ),
            None => self.model.clone(),
        }
    }

    fn key(&self) -> Vec<Reply> {
        vec![
            Reply::Picked(self.answer.to_string()),
            Reply::Text(self.model.clone()),
            Reply::Picked(self.flip.to_string()),
        ]
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        audit.choice("options", &self.options, "answer", &self.answer);
        audit.choice("flips", &self.flips, "flip", &self.flip);
        audit.points("reasons", &self.reasons);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, marks, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str = "verdict: [{id: a, step: model, level: senior, ask: Batch or online?, \
        options: [{id: batch, text: Batch, says: A day old is fine here.}, \
                  {id: online, text: Online, says: You pay for freshness that nobody needs.}], \
        answer: batch, \
        reasons: [{point: The features change weekly, match: {phrase: change weekly}}], \
        flips: [{id: fresh, text: Features change by the minute, says: Then yesterday is stale.}, \
                {id: cheap, text: Machines get cheaper, says: The cost was not what decided.}], \
        flip: fresh, model: Batch because features change weekly., because: So., hints: [one, two]}]";

    fn grade(choice: &str, why: &str, flip: &str) -> Grade {
        let replies = [
            Reply::Picked(choice.into()),
            Reply::Text(why.into()),
            Reply::Picked(flip.into()),
        ];
        drill(YAML).grade(&replies, &NO_WORDS)
    }

    #[test]
    fn half_for_the_choice_and_a_quarter_each_for_reason_and_flip() {
        assert_eq!(grade("batch", "they change weekly", "fresh").score, 1.0);
        assert_eq!(grade("batch", "because", "fresh").score, 0.75);
        assert_eq!(grade("batch", "", "cheap").score, 0.5);
        assert_eq!(grade("online", "they change weekly", "fresh").score, 0.5);
        assert_eq!(grade("online", "", "").score, 0.0);
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
    }

    #[test]
    fn a_wrong_choice_says_what_goes_wrong_with_it() {
        let grade = grade("online", "no idea", "cheap");
        assert_eq!(
            grade.feedback,
            [
                "You pay for freshness that nobody needs.",
                "The cost was not what decided."
            ]
        );
        let marks = marks(&grade);
        assert!(marks.contains("you chose: Online"));
        assert!(marks.contains("for example: The features change weekly"));
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(
            choice in "(batch|online|.{0,8})", why in "(change weekly|.{0,40})", flip in "(fresh|cheap|.{0,8})",
        ) {
            prop_assert!((0.0..=1.0).contains(&grade(&choice, &why, &flip).score));
        }
    }
}
