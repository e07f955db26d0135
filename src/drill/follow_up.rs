//! A ladder of follow-up questions, each answered in a sentence or two. Rungs count 5, 3 and 2 parts,
//! so the first must stand before the last is worth much.

use super::format::{drill, head};
use super::point::{mark_all, words};
use super::{Audit, Format, Grade, Kind, Mark, Part, Point, Question, Reply};
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Weight of each rung; further ones count as the last.
const WEIGHTS: [f64; 3] = [5.0, 3.0, 2.0];

drill! {
    FollowUp {
        pub rungs: Vec<FollowUpRung>,
    }
}

/// One question of the ladder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowUpRung {
    pub ask: String,
    pub points: Vec<Point>,
    /// A model answer; it must hit every point.
    pub model: String,
}

fn weight(rung: usize) -> f64 {
    WEIGHTS.get(rung).or(WEIGHTS.last()).copied().unwrap_or(1.0)
}

impl Format for FollowUp {
    const NAME: &'static str = "follow-up";
    const SECONDS: u32 = 150;

    head!();

    fn question(&self, _: &mut ChaCha8Rng) -> Question {
        let rungs = self.rungs.iter();
        Question {
            text: self.ask.clone(),
            parts: rungs
                .map(|rung| {
                    Part::new(
                        &rung.ask,
                        Kind::Text {
                            rows: 3,
                            lines: false,
                        },
                    )
                })
                .collect(),
        }
    }

    fn grade(&self, replies: &[Reply], lexicon: &Lexicon) -> Grade {
        let (mut earned, mut of) = (0.0, 0.0);
        let mut marks: Vec<Mark> = Vec::new();
        for (at, rung) in self.rungs.iter().enumerate() {
            let text = words(replies.get(at));
            let grade = mark_all(&rung.points, text, lexicon);
            earned += weight(at) * grade.score;
            of += weight(at);
            marks.extend(grade.marks);
        }
        Grade {
            score: (earned / of.max(1.0)).clamp(0.0, 1.0),
            marks,
            feedback: Vec::new(),
        }
    }

    fn model(&self) -> String {
        let rungs = self.rungs.iter();
        rungs
            .map(|rung| format!("**{}**\n\n{}\n\n", rung.ask.trim(), rung.model.trim()))
            .collect()
    }

    fn key(&self) -> Vec<Reply> {
        let rungs = self.rungs.iter();
        rungs.map(|rung| Reply::Text(rung.model.clone())).collect()
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        if self.rungs.len() < 2 {
            let what = "a ladder has two rungs at least";
            audit.fault(
                "rungs",
                what,
                "write the question that follows a good answer",
            );
        }
        for (index, rung) in self.rungs.iter().enumerate() {
            audit.points(&format!("rungs.{index}.points"), &rung.points);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str = "follow-up: [{id: a, step: model, level: senior, ask: New ads are over-predicted., rungs: [\
        {ask: What happens?, points: [{point: They win, match: {phrase: win}}], model: They win.}, \
        {ask: Who pays?, points: [{point: Users, match: {phrase: users}}, {point: Money, match: {phrase: money}}], model: Users and money.}, \
        {ask: And then?, points: [{point: Mend it, match: {phrase: calibrate}}], model: Calibrate.}], \
        because: So., hints: [one, two]}]";

    fn score(texts: [&str; 3]) -> f64 {
        let replies = texts.map(|text| Reply::Text(text.to_owned()));
        drill(YAML).grade(&replies, &NO_WORDS).score
    }

    #[test]
    fn early_rungs_count_more() {
        assert_eq!(score(["they win", "users, money", "calibrate"]), 1.0);
        assert_eq!(score(["they win", "", ""]), 0.5);
        assert!((score(["they win", "users", ""]) - 0.65).abs() < 1e-12);
        assert!((score(["", "", "calibrate"]) - 0.2).abs() < 1e-12);
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(a in "(win|.{0,20})", b in "(users money|.{0,20})", c in ".{0,20}") {
            prop_assert!((0.0..=1.0).contains(&score([&a, &b, &c])));
        }
    }
}
