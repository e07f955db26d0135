//! `framework.yaml`: the seven steps; `rubric.yaml`: the ten dimensions and the verdicts.

use super::{Id, Level, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// `framework.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Session lengths in minutes, ascending; every `minutes` list below has one entry for each.
    pub clocks: Vec<u32>,
    /// All seven, in order.
    pub steps: Vec<StepGuide>,
    /// The ungraded eighth segment.
    pub wrap_up: WrapUp,
    /// Sums that come up in most interviews.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formulas: Vec<Formula>,
    /// The same road in other books and courses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<Elsewhere>,
}

/// What another framework calls our steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    pub id: Id,
    /// Its usual name, for the head of a column: one or two words.
    pub name: String,
    /// Title, authors or organisation, year.
    pub source: String,
    /// Its own words for each of our steps; a step that it does not have is left out.
    pub steps: BTreeMap<Step, String>,
    /// What to mind when one comes from there.
    pub mind: String,
    /// How it was checked.
    pub checked: String,
}

/// One line of the sheet for the morning of the interview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Formula {
    /// One or two words.
    pub name: String,
    /// The step in which it is used.
    pub step: Step,
    /// The formula and its use, in one line.
    pub says: String,
}

/// What one step is for, and how to get through it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepGuide {
    pub id: Step,
    pub title: String,
    /// One word for the step rail.
    pub short: String,
    pub purpose: String,
    /// What must exist when the step ends.
    pub done: Vec<String>,
    /// Minutes for each of the framework's clocks.
    pub minutes: Vec<u32>,
    /// Questions to ask, or to ask oneself.
    pub ask: Vec<String>,
    /// Phrases that help.
    pub say: Vec<String>,
    pub pitfalls: Vec<String>,
    pub red_flags: Vec<String>,
}

/// The last minutes: decisions, risks, next step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrapUp {
    pub title: String,
    pub purpose: String,
    pub done: Vec<String>,
    pub minutes: Vec<u32>,
    pub say: Vec<String>,
}

impl Framework {
    pub fn step(&self, step: Step) -> Option<&StepGuide> {
        self.steps.iter().find(|guide| guide.id == step)
    }

    /// Seconds for a step on a clock of `clock` minutes: as written for a known clock, in
    /// proportion to the nearest known one otherwise.
    pub fn seconds(&self, step: Step, clock: u32) -> u32 {
        self.step(step)
            .map_or(0, |guide| self.scaled(&guide.minutes, clock))
    }

    /// Seconds for the wrap-up on a clock of `clock` minutes.
    pub fn wrap_up_seconds(&self, clock: u32) -> u32 {
        self.scaled(&self.wrap_up.minutes, clock)
    }

    fn scaled(&self, minutes: &[u32], clock: u32) -> u32 {
        self.clocks
            .iter()
            .zip(minutes)
            .filter(|(known, _)| **known > 0)
            .min_by_key(|(known, _)| known.abs_diff(clock))
            .map_or(0, |(known, minutes)| minutes * 60 * clock / known)
    }
}

/// `rubric.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// Ten; the weights add up to 100.
    pub dimensions: Vec<Dimension>,
    /// One for each level.
    pub verdicts: Vec<VerdictRule>,
    /// Points around a cut-off within which a verdict is called borderline.
    pub borderline: f64,
    /// Other weights for other jobs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// What 1, 2, 3 and 4 of delivery look like, by which the learner rates themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delivery: Vec<String>,
}

/// What counts more in the interviews for a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub id: Id,
    pub title: String,
    /// The steps into which its interviews go deeper; a plan gives them more.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Weights that differ; with those of the other dimensions they add up to 100.
    pub weights: BTreeMap<Id, u32>,
}

/// One of the ten things an interviewer scores from 1 to 4.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    pub id: Id,
    pub title: String,
    /// For the debrief's bar.
    pub short: String,
    /// The steps that feed it; empty for those that are seen over all steps.
    #[serde(default)]
    pub steps: Vec<Step>,
    pub weight: u32,
    /// What 1, 2, 3 and 4 look like.
    pub anchors: Vec<String>,
}

/// When a level's answer is a hire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerdictRule {
    pub level: Level,
    /// Total from which the verdict is hire, 0 to 100.
    pub hire: f64,
    /// Conditions besides the total.
    #[serde(default)]
    pub floors: Vec<Floor>,
}

/// At least one of these dimensions, or all of them, must reach a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Floor {
    /// Every one of these …
    #[serde(default)]
    pub all: Vec<Id>,
    /// … and at least one of these.
    #[serde(default)]
    pub any: Vec<Id>,
    /// 1 to 4.
    pub score: u8,
}

impl Rubric {
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == *id)
    }

    /// The rubric with the weights of a role; as it is where there is no such role.
    pub fn weighted(&self, role: Option<&str>) -> Cow<'_, Self> {
        let Some(role) = role.and_then(|id| self.role(id)) else {
            return Cow::Borrowed(self);
        };
        let mut own = self.clone();
        for dimension in &mut own.dimensions {
            if let Some(weight) = role.weights.get(&dimension.id) {
                dimension.weight = *weight;
            }
        }
        Cow::Owned(own)
    }

    pub fn dimension(&self, id: &str) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.id == *id)
    }

    pub fn verdict(&self, level: Level) -> Option<&VerdictRule> {
        self.verdicts.iter().find(|rule| rule.level == level)
    }
}
