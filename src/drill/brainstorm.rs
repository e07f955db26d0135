//! Features by group, each with whether it is computed online or in a batch. Half of the marks for the
//! features that matter most, three tenths for groups that have any, two tenths for the timing; each
//! leaky feature costs a tenth.

use super::format::{drill, head};
use super::point::words;
use super::{Audit, Format, Grade, Kind, Mark, Part, Question, Reply};
use crate::content::Rule;
use crate::grading::{Lexicon, Matcher};
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

const TOP: f64 = 0.5;
const GROUPS: f64 = 0.3;
const TIMING: f64 = 0.2;
const LEAKY: f64 = 0.1;

drill! {
    Brainstorm {
        pub groups: Vec<FeatureGroup>,
        /// What must not be used, and why.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub leaky: Vec<LeakyIdea>,
    }
}

/// Features of one kind: user, item, context, cross.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeatureGroup {
    pub label: String,
    pub features: Vec<FeatureIdea>,
}

/// A feature that is worth having.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeatureIdea {
    /// As one would note it down; it must satisfy `match`.
    pub point: String,
    pub r#match: Rule,
    pub timing: Timing,
    /// One of those that matter most.
    #[serde(default)]
    pub top: bool,
}

/// When a feature is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Timing {
    Online,
    Batch,
}

/// A tempting feature that is not known when the prediction is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeakyIdea {
    pub r#match: Rule,
    pub says: String,
}

impl Timing {
    fn id(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Batch => "batch",
        }
    }

    /// What a line says about it.
    fn said(line: &str) -> Option<Self> {
        let has = |words: &[&str]| {
            let line = line.to_lowercase();
            words.iter().any(|word| line.contains(word))
        };
        if has(&["online", "stream", "real-time", "real time", "request"]) {
            Some(Self::Online)
        } else if has(&["batch", "daily", "nightly", "offline", "hourly"]) {
            Some(Self::Batch)
        } else {
            None
        }
    }
}

fn lines(reply: Option<&Reply>) -> Vec<&str> {
    let lines = words(reply).split(['\n', ';']).map(str::trim);
    lines.filter(|line| !line.is_empty()).collect()
}

fn says(rule: &Rule, line: &str, lexicon: &Lexicon) -> bool {
    Matcher::compile(rule, lexicon).is_ok_and(|matcher| matcher.test(line).hit)
}

impl Format for Brainstorm {
    const NAME: &'static str = "brainstorm";
    const SECONDS: u32 = 180;

    head!();

    fn question(&self, _: &mut ChaCha8Rng) -> Question {
        let groups = self.groups.iter();
        Question {
            text: format!(
                "{}\n\nOne feature a line, each with *online* or *batch*.\n",
                self.ask.trim_end()
            ),
            parts: groups
                .map(|group| {
                    Part::new(
                        &group.label,
                        Kind::Text {
                            rows: 3,
                            lines: true,
                        },
                    )
                })
                .collect(),
        }
    }

    fn grade(&self, replies: &[Reply], lexicon: &Lexicon) -> Grade {
        let (mut top, mut tops) = (0.0, 0.0);
        let (mut found, mut timed, mut groups) = (0.0, 0.0, 0.0);
        let mut marks = Vec::new();
        for (at, group) in self.groups.iter().enumerate() {
            let own = lines(replies.get(at));
            let mut any = false;
            for feature in &group.features {
                let line = own
                    .iter()
                    .find(|line| says(&feature.r#match, line, lexicon));
                tops += f64::from(u8::from(feature.top));
                let Some(line) = line else {
                    if feature.top {
                        marks.push(Mark {
                            point: format!("{}: {}", group.label, feature.point),
                            credit: 0.0,
                            note: format!("not named; {}", feature.timing.id()),
                        });
                    }
                    continue;
                };
                any = true;
                found += 1.0;
                top += f64::from(u8::from(feature.top));
                let right = Timing::said(line) == Some(feature.timing);
                timed += f64::from(u8::from(right));
                marks.push(Mark {
                    point: format!("{}: {}", group.label, feature.point),
                    credit: if right { 1.0 } else { 0.5 },
                    note: if right {
                        String::new()
                    } else {
                        format!("this one is {}", feature.timing.id())
                    },
                });
            }
            groups += f64::from(u8::from(any));
        }
        let mut feedback = Vec::new();
        let all: Vec<&str> = replies
            .iter()
            .flat_map(|reply| lines(Some(reply)))
            .collect();
        for leaky in &self.leaky {
            if all.iter().any(|line| says(&leaky.r#match, line, lexicon)) {
                feedback.push(leaky.says.clone());
            }
        }
        let count = self.groups.len().max(1) as f64;
        let score = TOP * top / f64::max(tops, 1.0)
            + GROUPS * groups / count
            + TIMING * timed / f64::max(found, 1.0)
            - LEAKY * feedback.len() as f64;
        Grade {
            score: score.clamp(0.0, 1.0),
            marks,
            feedback,
        }
    }

    fn model(&self) -> String {
        let mut out = String::new();
        for group in &self.groups {
            let _ = write!(out, "**{}**\n\n", group.label);
            for feature in &group.features {
                let star = if feature.top { ", first" } else { "" };
                let _ = writeln!(out, "- {} ({}{star})", feature.point, feature.timing.id());
            }
            out.push('\n');
        }
        if !self.leaky.is_empty() {
            out.push_str("**Not to be used**\n\n");
            out.extend(self.leaky.iter().map(|leaky| format!("- {}\n", leaky.says)));
        }
        out
    }

    fn key(&self) -> Vec<Reply> {
        let groups = self.groups.iter();
        groups
            .map(|group| {
                let features = group.features.iter();
                let lines: Vec<String> = features
                    .map(|feature| format!("{} ({})", feature.point, feature.timing.id()))
                    .collect();
                Reply::Text(lines.join("\n"))
            })
            .collect()
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        if !self
            .groups
            .iter()
            .flat_map(|group| &group.features)
            .any(|own| own.top)
        {
            audit.fault(
                "groups",
                "no feature is `top`",
                "mark those that matter most",
            );
        }
        for (index, group) in self.groups.iter().enumerate() {
            if group.features.is_empty() {
                let what = "this group has no features";
                audit.fault(
                    format!("groups.{index}"),
                    what,
                    "give one or more, or drop it",
                );
            }
            for (number, feature) in group.features.iter().enumerate() {
                let at = format!("groups.{index}.features.{number}.match");
                audit.rule(at, &feature.r#match);
            }
        }
        for (index, leaky) in self.leaky.iter().enumerate() {
            audit.rule(format!("leaky.{index}.match"), &leaky.r#match);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, marks, NO_WORDS};
    use proptest::prelude::*;

    const YAML: &str = "brainstorm: [{id: a, step: data, level: senior, ask: Features., groups: [\
        {label: User, features: [{point: history, match: {phrase: history}, timing: online, top: true}, \
                                 {point: age, match: {phrase: age}, timing: batch}]}, \
        {label: Item, features: [{point: topic, match: {phrase: topic}, timing: batch, top: true}]}], \
        leaky: [{match: {phrase: watched seconds}, says: Known only afterwards.}], \
        because: So., hints: [one, two]}]";

    fn grade(user: &str, item: &str) -> Grade {
        let replies = [Reply::Text(user.to_owned()), Reply::Text(item.to_owned())];
        drill(YAML).grade(&replies, &NO_WORDS)
    }

    #[test]
    fn coverage_groups_and_timing_count_and_leaks_cost() {
        let full = "history, online\nage (batch)";
        assert_eq!(grade(full, "topic batch").score, 1.0);
        assert_eq!(
            grade("age: daily; history: stream", "topic nightly").score,
            1.0
        );
        assert!((grade("history", "topic").score - 0.8).abs() < 1e-12);
        assert!((grade("history online", "").score - (0.25 + 0.15 + 0.2)).abs() < 1e-12);
        let leaky = grade("history online\nwatched seconds online", "topic batch");
        assert!((leaky.score - 0.9).abs() < 1e-12);
        assert_eq!(leaky.feedback, ["Known only afterwards."]);
        assert!(marks(&grade("history batch", "")).contains("this one is online"));
        assert_eq!(grade("", "").score, 0.0);
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(
            user in "(history online|age|watched seconds|.{0,9}\n){0,4}", item in "(topic batch|.{0,9})",
        ) {
            prop_assert!((0.0..=1.0).contains(&grade(&user, &item).score));
        }
    }
}
