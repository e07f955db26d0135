//! `drills.yaml`: a map from format to its list. What a format asks and how it grades lives in
//! `drill/`; here is what its author writes.

use super::{Id, Level, Rule, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `drills.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Drills {
    #[serde(default)]
    pub recall: Vec<Recall>,
    #[serde(default)]
    pub order: Vec<Order>,
    #[serde(default)]
    pub estimate: Vec<Estimate>,
    #[serde(default)]
    pub verdict: Vec<Verdict>,
    #[serde(default)]
    pub r#match: Vec<Match>,
}

/// Free text, graded point by point.
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
    pub because: String,
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
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<Rule>,
}

/// Put into order; only the required precedences count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Order {
    pub id: Id,
    pub step: Step,
    pub level: Level,
    #[serde(default)]
    pub tags: Vec<Id>,
    pub ask: String,
    /// In a right order.
    pub items: Vec<Choice>,
    /// Pairs `[earlier, later, why]`; every pair of neighbours when empty.
    #[serde(default)]
    pub before: Vec<Precedence>,
    pub because: String,
    pub hints: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
}

/// One thing to choose or to move.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: Id,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Precedence {
    pub first: Id,
    pub then: Id,
    /// Shown when the learner has it the other way round.
    pub why: String,
}

/// A number from a back-of-the-envelope sum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    pub id: Id,
    pub step: Step,
    pub level: Level,
    #[serde(default)]
    pub tags: Vec<Id>,
    pub ask: String,
    /// The sum; `greenroom check` recomputes `answer` from it.
    pub sum: String,
    pub answer: f64,
    /// `QPS`, `GB`, `ms`, `%` …; empty for a bare number.
    #[serde(default)]
    pub unit: String,
    /// Relative error for full marks.
    #[serde(default = "Estimate::default_within")]
    pub within: f64,
    /// Factor for half marks.
    #[serde(default = "Estimate::default_factor")]
    pub factor: f64,
    /// The lines of the sum, one a line, for the reveal.
    pub working: Vec<String>,
    /// Answers that come from a known mistake.
    #[serde(default)]
    pub slips: Vec<Slip>,
    pub because: String,
    pub hints: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
}

impl Estimate {
    fn default_within() -> f64 {
        0.25
    }

    fn default_factor() -> f64 {
        2.0
    }
}

/// A wrong number that tells how it came about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slip {
    /// Recomputed by `greenroom check`.
    pub sum: String,
    pub value: f64,
    /// "you forgot the peak factor".
    pub says: String,
}

/// A trade-off: choose, say why, and name the constraint that flips it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    pub id: Id,
    pub step: Step,
    pub level: Level,
    #[serde(default)]
    pub tags: Vec<Id>,
    /// The situation with its numbers.
    pub ask: String,
    pub options: Vec<VerdictOption>,
    /// The option that wins here.
    pub answer: Id,
    /// Any one of these reasons is enough.
    pub reasons: Vec<Point>,
    /// Which changed constraint flips it?
    pub flips: Vec<VerdictOption>,
    pub flip: Id,
    /// The verdict in one breath: choice, benefit, cost, constraint.
    pub model: String,
    pub because: String,
    pub hints: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerdictOption {
    pub id: Id,
    pub text: String,
    /// Shown to one who chose it: why it is right, or what goes wrong with it here.
    pub says: String,
}

/// Left to right; some rights are left over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Match {
    pub id: Id,
    pub step: Step,
    pub level: Level,
    #[serde(default)]
    pub tags: Vec<Id>,
    pub ask: String,
    pub pairs: Vec<Pair>,
    /// Rights that fit nothing.
    #[serde(default)]
    pub distractors: Vec<String>,
    pub because: String,
    pub hints: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Id>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    pub left: String,
    pub right: String,
    /// Shown to one who missed it.
    pub why: String,
}
