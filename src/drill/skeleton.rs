//! A blank page and three minutes: the seven steps of an answer, two bullets each. Four tenths of the
//! marks for the steps that are there, six tenths for their bullets.

use super::format::{drill, head};
use super::point::words;
use super::{Audit, Format, Grade, Kind, Mark, Part, Point, Question, Reply};
use crate::content::Step;
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const STEPS: f64 = 0.4;
/// Bullets that a step needs.
const BULLETS: usize = 2;

drill! {
    Skeleton {
        pub outline: Vec<OutlineStep>,
        /// A model page: a line with the name of each step, its bullets below.
        pub model: String,
    }
}

/// A step and what may stand in it; two of the points are enough.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutlineStep {
    pub step: Step,
    pub points: Vec<Point>,
}

/// The words that people begin a step with.
fn heading(line: &str) -> Option<(Step, &str)> {
    let line = line.trim_start_matches(|c: char| !c.is_alphabetic());
    let end = line
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(line.len());
    let (word, rest) = line.split_at_checked(end)?;
    let word = word.to_lowercase();
    let step = match word.as_str() {
        "clarify" | "clarification" | "requirements" | "questions" => Step::Clarify,
        "frame" | "framing" => Step::Frame,
        "data" | "labels" => Step::Data,
        "model" | "modelling" | "modeling" => Step::Model,
        "evaluate" | "evaluation" | "eval" | "metrics" => Step::Evaluate,
        "serve" | "serving" | "deploy" | "deployment" => Step::Serve,
        "monitor" | "monitoring" => Step::Monitor,
        _ => return None,
    };
    Some((step, rest))
}

/// The text under each step that is named. A new step begins where a line begins with its name and
/// either has nothing else or a sign behind it, so that "data from logs" is no heading.
fn pages(text: &str) -> BTreeMap<Step, String> {
    let mut pages: BTreeMap<Step, String> = BTreeMap::new();
    let mut open = None;
    // A single line, as `--plain` takes it, has semicolons for line ends.
    for line in text.split(['\n', ';']).map(str::trim) {
        let named = heading(line).filter(|(_, rest)| {
            let rest = rest.trim_start();
            rest.is_empty() || rest.starts_with([':', '-', '–', '—', '.', '*', '('])
        });
        let (step, rest) = match (named, open) {
            (Some((step, rest)), _) => (step, rest),
            (None, Some(step)) => (step, line),
            (None, None) => continue,
        };
        open = Some(step);
        let page = pages.entry(step).or_default();
        page.push_str(rest.trim_start_matches([':', '.']));
        page.push('\n');
    }
    pages
}

impl Format for Skeleton {
    const NAME: &'static str = "skeleton";
    const SECONDS: u32 = 180;

    head!();

    fn question(&self, _: &mut ChaCha8Rng) -> Question {
        Question {
            text: self.ask.clone(),
            parts: vec![Part::new(
                "Each step on a line of its own (\"Clarify:\"), two bullets below; three minutes",
                Kind::Text {
                    rows: 16,
                    lines: true,
                },
            )],
        }
    }

    fn grade(&self, replies: &[Reply], lexicon: &Lexicon) -> Grade {
        let pages = pages(words(replies.first()));
        let count = self.outline.len().max(1) as f64;
        let mut score = 0.0;
        let mut marks: Vec<Mark> = Vec::new();
        let mut feedback = Vec::new();
        for wanted in &self.outline {
            let step = wanted.step;
            let Some(page) = pages.get(&step) else {
                feedback.push(format!("The step {step} is not there."));
                marks.push(Mark {
                    point: step.to_string(),
                    credit: 0.0,
                    note: "no line begins with it".to_owned(),
                });
                continue;
            };
            let points = wanted.points.iter().map(|point| point.mark(page, lexicon));
            let points: Vec<Mark> = points.collect();
            let hits = points.iter().filter(|mark| mark.credit > 0.0).count();
            let need = BULLETS.min(wanted.points.len()).max(1);
            let share = hits.min(need) as f64 / need as f64;
            score += STEPS + (1.0 - STEPS) * share;
            marks.push(Mark {
                point: format!("{step}: {} of {need} bullets", hits.min(need)),
                credit: share,
                note: points
                    .iter()
                    .find(|mark| mark.credit == 0.0 && hits < need)
                    .map_or_else(String::new, |mark| format!("for example: {}", mark.point)),
            });
        }
        Grade {
            score: (score / count).clamp(0.0, 1.0),
            marks,
            feedback,
        }
    }

    fn model(&self) -> String {
        self.model.clone()
    }

    fn key(&self) -> Vec<Reply> {
        vec![Reply::Text(self.model.clone())]
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        let steps = self.outline.iter().map(|own| own.step);
        if !steps.eq(Step::ALL) {
            let what = "the outline does not hold the seven steps in order";
            audit.fault(
                "outline",
                what,
                "clarify, frame, data, model, evaluate, serve, monitor",
            );
        }
        for (index, step) in self.outline.iter().enumerate() {
            audit.points(&format!("outline.{index}.points"), &step.points);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, marks, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str = "skeleton: [{id: a, step: frame, level: senior, ask: Outline it., outline: [\
        {step: clarify, points: [{point: goal, match: {phrase: goal}}, {point: scale, match: {phrase: qps}}, {point: latency, match: {phrase: ms}}]}, \
        {step: data, points: [{point: label, match: {phrase: label}}]}], \
        model: 'Clarify: goal, 35 qps', because: So., hints: [one, two]}]";

    fn grade(text: &str) -> Grade {
        drill(YAML).grade(&[Reply::Text(text.to_owned())], &NO_WORDS)
    }

    #[test]
    fn steps_and_bullets_count() {
        assert_eq!(
            grade("Clarify\n- goal\n- 200 ms\n## 3. Data: label and split").score,
            1.0
        );
        assert!(
            (grade("1) clarify: the goal\nData: logs").score - (0.7 + 0.4) / 2.0).abs() < 1e-12
        );
        let one = grade("Clarify:\n- goal\n- data from logs with a label\n- qps");
        assert_eq!(one.score, 0.5);
        assert_eq!(one.feedback, ["The step data is not there."]);
        assert!(marks(&grade("Clarify: goal")).contains("for example: scale"));
        assert_eq!(grade("goal, qps, label").score, 0.0);
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(text in "(clarify:|data|goal qps|label|.{0,9}| |\n){0,9}") {
            prop_assert!((0.0..=1.0).contains(&grade(&text).score));
        }
    }
}
