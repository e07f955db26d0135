//! Small charts over time around a change: name the cause and the first action. Six tenths of the
//! marks for the cause.

use super::alternative::{mark_choice, shuffled, Alternative};
use super::format::{drill, head};
use super::{Audit, Format, Grade, Part, Question, Reply};
use crate::content::Id;
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const CAUSE: f64 = 0.6;

drill! {
    Drift {
        /// Each on the same days or hours.
        pub charts: Vec<Chart>,
        pub causes: Vec<Alternative>,
        pub cause: Id,
        pub actions: Vec<Alternative>,
        /// What to do first.
        pub action: Id,
    }
}

/// A figure over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    pub label: String,
    /// `%`, `PSI` …; empty for a bare number.
    #[serde(default)]
    pub unit: String,
    pub values: Vec<f64>,
}

impl Chart {
    /// `▁▁▂▇█  0.02 to 0.31 PSI`.
    fn draw(&self, label_width: usize) -> String {
        const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
        let low = self.values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = self
            .values
            .iter()
            .copied()
            .fold(f64::NEG_INFINITY, f64::max);
        let bars: String = self
            .values
            .iter()
            .filter_map(|value| {
                let share = if high > low {
                    (value - low) / (high - low)
                } else {
                    0.0
                };
                BARS.get((share * 7.0).round() as usize)
            })
            .collect();
        let (first, last) = (self.values.first(), self.values.last());
        let ends = first.zip(last).map_or_else(String::new, |(first, last)| {
            format!("{first} → {last} {}", self.unit)
        });
        format!("{:label_width$}  {bars}  {}", self.label, ends.trim_end())
    }
}

impl Format for Drift {
    const NAME: &'static str = "drift";
    const SECONDS: u32 = 80;

    head!();

    fn question(&self, chance: &mut ChaCha8Rng) -> Question {
        let labels = self.charts.iter().map(|chart| chart.label.chars().count());
        let width = labels.max().unwrap_or_default();
        let charts: Vec<String> = self.charts.iter().map(|chart| chart.draw(width)).collect();
        Question {
            text: format!(
                "{}\n\n```text\n{}\n```\n",
                self.ask.trim_end(),
                charts.join("\n")
            ),
            parts: vec![
                Part::new("The cause", shuffled(&self.causes, chance)),
                Part::new("The first action", shuffled(&self.actions, chance)),
            ],
        }
    }

    fn grade(&self, replies: &[Reply], _: &Lexicon) -> Grade {
        let mut feedback = Vec::new();
        let cause = mark_choice(
            "Cause",
            &self.causes,
            &self.cause,
            replies.first(),
            &mut feedback,
        );
        let action = mark_choice(
            "First action",
            &self.actions,
            &self.action,
            replies.get(1),
            &mut feedback,
        );
        Grade {
            score: CAUSE * cause.credit + (1.0 - CAUSE) * action.credit,
            marks: vec![cause, action],
            feedback,
        }
    }

    fn model(&self) -> String {
        let says = |options: &[Alternative], key: &Id| {
            let found = options.iter().find(|option| option.id == *key);
            found.map_or_else(String::new, |own| format!("**{}** {}", own.text, own.says))
        };
        format!(
            "- Cause: {}\n- First: {}\n",
            says(&self.causes, &self.cause),
            says(&self.actions, &self.action)
        )
    }

    fn key(&self) -> Vec<Reply> {
        vec![
            Reply::Picked(self.cause.to_string()),
            Reply::Picked(self.action.to_string()),
        ]
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        audit.choice("causes", &self.causes, "cause", &self.cause);
        audit.choice("actions", &self.actions, "action", &self.action);
        let days = self.charts.first().map_or(0, |chart| chart.values.len());
        if days < 4 {
            let what = "a chart of fewer than four values shows no course";
            audit.fault("charts", what, "give charts of at least four values");
        }
        for (index, chart) in self.charts.iter().enumerate() {
            if chart.values.len() != days {
                let what = format!(
                    "this chart has {} values, the first {days}",
                    chart.values.len()
                );
                audit.fault(
                    format!("charts.{index}"),
                    what,
                    "all charts cover the same time",
                );
            }
            if chart.values.iter().any(|value| !value.is_finite()) {
                let what = "a value of this chart is no number";
                audit.fault(format!("charts.{index}"), what, "give finite numbers");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, NO_WORDS};
    use proptest::prelude::*;
    use rand::SeedableRng;

    const YAML: &str = "drift: [{id: a, step: monitor, level: senior, ask: What happened?, \
        charts: [{label: nulls, unit: '%', values: [0, 0, 40, 40]}, {label: clicks, values: [2, 2, 2, 1]}], \
        causes: [{id: feed, text: A feed died., says: Nulls jump.}, {id: season, text: A season., says: It would be slow.}], cause: feed, \
        actions: [{id: fallback, text: Fall back., says: Stop the damage.}, {id: retrain, text: Retrain., says: It learns nulls.}], action: fallback, \
        because: So., hints: [one, two]}]";

    fn grade(cause: &str, action: &str) -> Grade {
        let replies = [
            Reply::Picked(cause.to_owned()),
            Reply::Picked(action.to_owned()),
        ];
        drill(YAML).grade(&replies, &NO_WORDS)
    }

    #[test]
    fn the_cause_counts_more_than_the_action() {
        assert_eq!(grade("feed", "fallback").score, 1.0);
        assert_eq!(grade("feed", "retrain").score, 0.6);
        assert_eq!(grade("season", "fallback").score, 0.4);
        assert_eq!(grade("season", "retrain").feedback.len(), 2);
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
    }

    #[test]
    fn charts_stand_under_each_other() {
        let text = drill(YAML).question(&mut ChaCha8Rng::seed_from_u64(1)).text;
        assert!(
            text.contains("nulls   ▁▁██  0 → 40 %\nclicks  ███▁  2 → 1\n"),
            "{text}"
        );
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(cause in "(feed|season|x)", action in "(fallback|retrain|x)") {
            prop_assert!((0.0..=1.0).contains(&grade(&cause, &action).score));
        }

        #[test]
        fn any_values_can_be_drawn(values in proptest::collection::vec(any::<f64>(), 0..20)) {
            let chart = Chart { label: "x".to_owned(), unit: String::new(), values };
            prop_assert!(chart.draw(3).starts_with("x  "));
        }
    }
}
