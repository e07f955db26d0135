//! `plans.yaml`: templates for the days up to the interview; `interviewer.yaml`: lines that fit
//! every case.

use super::{Id, Level, Rule, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `plans.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plans {
    /// Cases in the order in which they are worth practising; slot 1 of a template is the first
    /// of them that the learner ticked and that exists.
    pub focus: Vec<Id>,
    pub templates: Vec<Template>,
}

/// A plan for a number of days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Template {
    pub id: Id,
    pub title: String,
    pub summary: String,
    /// One entry a day, the last one the day before the interview.
    pub days: Vec<TemplateDay>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateDay {
    pub title: String,
    pub activities: Vec<TemplateActivity>,
}

/// One thing to do on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateActivity {
    pub kind: ActivityKind,
    /// This case …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<Id>,
    /// … or the focus case with this number, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<usize>,
    /// The steps it is about; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Share of the day's minutes, relative to the other activities of the day.
    pub share: u32,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ActivityKind {
    /// Read sections of a breakdown.
    Read,
    /// A drill session.
    Drill,
    /// A full mock with its debrief.
    Mock,
    /// A mock of one or a few steps.
    Sprint,
    /// Go through the debrief of the last mock.
    Review,
}

impl ActivityKind {
    pub fn id(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Drill => "drill",
            Self::Mock => "mock",
            Self::Sprint => "sprint",
            Self::Review => "review",
        }
    }
}

/// `interviewer.yaml`: what is said whatever the case. `{step}` stands for the step's title.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interviewer {
    /// After the prompt.
    pub open: Vec<String>,
    /// A question that no fact answers.
    pub assume: Vec<String>,
    /// A step has used its minutes.
    pub nudge: Vec<String>,
    /// A step has used one and a half times its minutes.
    pub interject: Vec<String>,
    /// Nothing was typed for 90 seconds.
    pub silence: Vec<String>,
    /// Three minutes are left.
    pub closing: Vec<String>,
    /// Half of the time is gone and no model was named.
    #[serde(default)]
    pub no_model: Vec<String>,
    /// Most of the time is gone and evaluation was not begun.
    #[serde(default)]
    pub no_evaluation: Vec<String>,
    /// Before a fact that was asked for before.
    #[serde(default)]
    pub again: Vec<String>,
    /// Said before a probe, to lead into it.
    pub lead_in: Vec<String>,
    /// Turns that fit any case.
    pub curveballs: Vec<GenericCurveball>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GenericCurveball {
    pub id: Id,
    pub step: Step,
    pub level: Level,
    /// Only for cases with this tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<Id>,
    /// Only when the answer says this: what it turns on was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when_said: Option<Rule>,
    /// Not when the answer says this: it is answered already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<Rule>,
    pub line: String,
    pub strong: String,
    pub great: String,
}
