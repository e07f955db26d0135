//! Offline metric, online metric and guardrail for a system, and why the first two can disagree. A
//! quarter of the marks each.

use super::alternative::{mark_choice, shuffled, Alternative};
use super::format::{drill, head};
use super::point::{best_mark, words};
use super::{Audit, Format, Grade, Kind, Part, Point, Question, Reply};
use crate::content::Id;
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

drill! {
    MetricPick {
        pub offline: MetricChoice,
        pub online: MetricChoice,
        pub guardrail: MetricChoice,
        /// Why offline and online can disagree here; any one is enough.
        pub disagree: Vec<Point>,
        /// The four in one breath.
        pub model: String,
    }
}

/// Metrics of one kind, and the one that fits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MetricChoice {
    pub options: Vec<Alternative>,
    pub answer: Id,
}

impl MetricPick {
    fn choices(&self) -> [(&'static str, &'static str, &MetricChoice); 3] {
        [
            ("Offline metric", "offline", &self.offline),
            ("Online metric", "online", &self.online),
            ("Guardrail", "guardrail", &self.guardrail),
        ]
    }
}

impl Format for MetricPick {
    const NAME: &'static str = "metric-pick";
    const SECONDS: u32 = 110;

    head!();

    fn question(&self, chance: &mut ChaCha8Rng) -> Question {
        let mut parts: Vec<Part> = self
            .choices()
            .into_iter()
            .map(|(label, _, choice)| Part::new(label, shuffled(&choice.options, chance)))
            .collect();
        let why = Kind::Text {
            rows: 2,
            lines: false,
        };
        parts.push(Part::new("Why can offline and online disagree?", why));
        Question {
            text: self.ask.clone(),
            parts,
        }
    }

    fn grade(&self, replies: &[Reply], lexicon: &Lexicon) -> Grade {
        let mut feedback = Vec::new();
        let mut marks: Vec<_> = self
            .choices()
            .into_iter()
            .enumerate()
            .map(|(at, (label, _, choice))| {
                let reply = replies.get(at);
                mark_choice(label, &choice.options, &choice.answer, reply, &mut feedback)
            })
            .collect();
        marks.push(best_mark(
            "Why",
            &self.disagree,
            words(replies.get(3)),
            lexicon,
        ));
        Grade::of(marks, feedback)
    }

    fn model(&self) -> String {
        self.model.clone()
    }

    fn key(&self) -> Vec<Reply> {
        let picks = self.choices();
        let picks = picks
            .iter()
            .map(|(_, _, choice)| Reply::Picked(choice.answer.to_string()));
        picks.chain([Reply::Text(self.model.clone())]).collect()
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        for (_, key, choice) in self.choices() {
            let (options, answer) = (format!("{key}.options"), format!("{key}.answer"));
            audit.choice(&options, &choice.options, &answer, &choice.answer);
        }
        audit.points("disagree", &self.disagree);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str = "metric-pick: [{id: a, step: evaluate, level: senior, ask: Which?, \
        offline: {options: [{id: ndcg, text: NDCG, says: Order.}, {id: acc, text: Accuracy, says: No order.}], answer: ndcg}, \
        online: {options: [{id: ret, text: Retention, says: The goal.}, {id: ctr, text: CTR, says: Bait.}], answer: ret}, \
        guardrail: {options: [{id: lat, text: Latency, says: It costs users.}, {id: loss, text: Loss, says: Not online.}], answer: lat}, \
        disagree: [{point: Logs hold only what was shown, match: {phrase: was shown}}], \
        model: NDCG on what was shown., because: So., hints: [one, two]}]";

    fn grade(picks: [&str; 3], why: &str) -> Grade {
        let picks = picks.map(|pick| Reply::Picked(pick.to_owned()));
        let replies: Vec<Reply> = picks
            .into_iter()
            .chain([Reply::Text(why.to_owned())])
            .collect();
        drill(YAML).grade(&replies, &NO_WORDS)
    }

    #[test]
    fn each_part_is_a_quarter() {
        assert_eq!(
            grade(["ndcg", "ret", "lat"], "only what was shown").score,
            1.0
        );
        assert_eq!(grade(["ndcg", "ret", "lat"], "hm").score, 0.75);
        let bait = grade(["ndcg", "ctr", "loss"], "");
        assert_eq!(bait.score, 0.25);
        assert_eq!(bait.feedback, ["Bait.", "Not online."]);
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(
            a in "(ndcg|acc|x)", b in "(ret|ctr|x)", c in "(lat|loss|x)", why in "(was shown|.{0,20})",
        ) {
            prop_assert!((0.0..=1.0).contains(&grade([&a, &b, &c], &why).score));
        }
    }
}
