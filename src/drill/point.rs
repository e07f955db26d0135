//! One thing that free text must say, and whether it does.

use super::{Grade, Mark};
use crate::content::Rule;
use crate::grading::{Lexicon, Matcher};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
            _ if contradicted => (0.0, "you say the contrary".to_owned()),
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

/// The text of a reply; nothing when it is of another kind.
pub(super) fn words(reply: Option<&super::Reply>) -> &str {
    match reply {
        Some(super::Reply::Text(text)) => text,
        _ => "",
    }
}

/// All points of a text, each counting the same.
pub(super) fn mark_all(points: &[Point], text: &str, lexicon: &Lexicon) -> Grade {
    let marks = points.iter().map(|point| point.mark(text, lexicon));
    Grade::of(marks.collect(), Vec::new())
}

/// The best of several points, any one of which is enough.
pub(super) fn best_mark(label: &str, points: &[Point], text: &str, lexicon: &Lexicon) -> Mark {
    let marks = points.iter().map(|point| point.mark(text, lexicon));
    let best = marks.max_by(|a, b| a.credit.total_cmp(&b.credit));
    match best {
        Some(mark) if mark.credit > 0.0 => Mark {
            point: format!("{label}: {}", mark.point),
            ..mark
        },
        _ => Mark {
            point: format!("{label}: a reason that decides"),
            credit: 0.0,
            note: points.first().map_or_else(String::new, |point| {
                format!("not found in your words; for example: {}", point.point)
            }),
        },
    }
}
