//! Free text, graded point by point.

use super::format::head;
use super::{Format, Grade, Kind, Mark, Part, Question, Reply};
use crate::content::{Id, Level, Rule, Step};
use crate::grading::{Lexicon, Matcher};
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recall {
    pub id: Id,
    pub step: Step,
    pub level: Level,
    #[serde(default)]
    pub tags: Vec<Id>,
    pub ask: String,
    pub points: Vec<Point>,
    /// A model answer; it must hit every point.
    pub model: String,
    /// Why it matters, in one or two sentences.
    pub because: String,
    /// Two: a nudge, then a strong hint; never the answer.
    pub hints: Vec<String>,
    /// The rubric item it practises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
}

/// One thing that an answer must say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    pub point: String,
    pub r#match: Rule,
    /// What contradicts it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<Rule>,
}

impl Point {
    /// Reads a text for this point.
    pub(super) fn mark(&self, text: &str, lexicon: &Lexicon) -> Mark {
        let test = |rule: &Rule| {
            Matcher::compile(rule, lexicon)
                .ok()
                .map(|matcher| matcher.test(text))
        };
        let found = test(&self.r#match);
        let contradicted = self.wrong.iter().filter_map(test).any(|found| found.hit);
        let (credit, note) = match found {
            Some(found) if found.hit && contradicted => {
                (0.0, "you say this, and also the contrary".to_owned())
            }
            Some(found) if found.hit => (1.0, quote(text, &found.spans)),
            Some(found) => (0.0, missing(&found.missing)),
            None => (0.0, String::new()),
        };
        Mark {
            point: self.point.clone(),
            credit,
            note,
        }
    }
}

/// The learner's own words around the spans.
fn quote(text: &str, spans: &[std::ops::Range<usize>]) -> String {
    let start = spans.iter().map(|span| span.start).min().unwrap_or(0);
    let end = spans.iter().map(|span| span.end).max().unwrap_or(0);
    let words = text.get(start..end).unwrap_or_default();
    format!(
        "“{}”",
        crate::text::truncate(&crate::text::clean_line(words), 60)
    )
}

fn missing(groups: &[String]) -> String {
    match groups.first() {
        Some(group) => format!("not found in your words: {group}"),
        None => "not found in your words".to_owned(),
    }
}

impl Format for Recall {
    const NAME: &'static str = "recall";
    const SECONDS: u32 = 75;

    head!();

    fn question(&self, _: &mut ChaCha8Rng) -> Question {
        Question {
            text: self.ask.clone(),
            parts: vec![Part::new("", Kind::Text { rows: 4 })],
        }
    }

    fn grade(&self, replies: &[Reply], lexicon: &Lexicon) -> Grade {
        let text = match replies.first() {
            Some(Reply::Text(text)) => text.as_str(),
            _ => "",
        };
        let marks = self
            .points
            .iter()
            .map(|point| point.mark(text, lexicon))
            .collect();
        Grade::of(marks, Vec::new())
    }

    fn model(&self) -> String {
        self.model.clone()
    }

    fn key(&self) -> Vec<Reply> {
        vec![Reply::Text(self.model.clone())]
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
