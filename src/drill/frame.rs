//! From the business to the slots of an ML task: goal, input, output, label, task, and where goal and
//! objective part company. Each slot counts the same.

use super::format::{drill, head};
use super::point::{mark_all, words};
use super::{Audit, Format, Grade, Kind, Mark, Part, Point, Question, Reply};
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

drill! {
    Frame {
        pub slots: Vec<FrameSlot>,
    }
}

/// One thing to fill in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FrameSlot {
    pub label: String,
    pub points: Vec<Point>,
    /// A model answer; it must hit every point.
    pub model: String,
}

impl Format for Frame {
    const NAME: &'static str = "frame";
    const SECONDS: u32 = 150;

    head!();

    fn question(&self, _: &mut ChaCha8Rng) -> Question {
        let slots = self.slots.iter();
        Question {
            text: self.ask.clone(),
            parts: slots
                .map(|slot| {
                    Part::new(
                        &slot.label,
                        Kind::Text {
                            rows: 2,
                            lines: false,
                        },
                    )
                })
                .collect(),
        }
    }

    fn grade(&self, replies: &[Reply], lexicon: &Lexicon) -> Grade {
        let mut score = 0.0;
        let mut marks: Vec<Mark> = Vec::new();
        for (at, slot) in self.slots.iter().enumerate() {
            let text = words(replies.get(at));
            let grade = mark_all(&slot.points, text, lexicon);
            score += grade.score;
            marks.extend(grade.marks.into_iter().map(|mark| Mark {
                point: format!("{}: {}", slot.label, mark.point),
                ..mark
            }));
        }
        Grade {
            score: (score / self.slots.len().max(1) as f64).clamp(0.0, 1.0),
            marks,
            feedback: Vec::new(),
        }
    }

    fn model(&self) -> String {
        let slots = self.slots.iter();
        slots
            .map(|slot| format!("- **{}**: {}\n", slot.label, slot.model.trim()))
            .collect()
    }

    fn key(&self) -> Vec<Reply> {
        let slots = self.slots.iter();
        slots.map(|slot| Reply::Text(slot.model.clone())).collect()
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        if self.slots.len() < 2 {
            let what = "a frame has two slots at least";
            audit.fault("slots", what, "goal, input, output, label, task, gap");
        }
        for (index, slot) in self.slots.iter().enumerate() {
            audit.points(&format!("slots.{index}.points"), &slot.points);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, marks, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str = "frame: [{id: a, step: frame, level: senior, ask: Frame it., slots: [\
        {label: Goal, points: [{point: Fewer losses, match: {phrase: losses}}], model: Fewer losses.}, \
        {label: Label, points: [{point: Chargeback, match: {phrase: chargeback}}, {point: Late, match: {phrase: days}}], model: A chargeback within 120 days.}], \
        because: So., hints: [one, two]}]";

    fn grade(goal: &str, label: &str) -> Grade {
        let replies = [Reply::Text(goal.to_owned()), Reply::Text(label.to_owned())];
        drill(YAML).grade(&replies, &NO_WORDS)
    }

    #[test]
    fn each_slot_counts_the_same() {
        assert_eq!(grade("losses", "a chargeback in 120 days").score, 1.0);
        assert_eq!(grade("losses", "a chargeback").score, 0.75);
        assert_eq!(grade("chargeback", "losses").score, 0.0);
        assert!(marks(&grade("losses", "")).contains("Label: Late"));
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(goal in "(losses|.{0,20})", label in "(chargeback days|.{0,20})") {
            prop_assert!((0.0..=1.0).contains(&grade(&goal, &label).score));
        }
    }
}
