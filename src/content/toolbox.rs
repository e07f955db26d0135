//! `toolbox.yaml`: the tools of the field, what each is for and what it is mistaken for.

use super::{Id, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `toolbox.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Toolbox {
    pub tools: Vec<Tool>,
}

/// One product, library or technique that is named in interviews.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    pub id: Id,
    pub name: String,
    /// What it is and what it does, in one sentence.
    pub role: String,
    /// The steps in which it comes up; it is listed under the first one.
    pub steps: Vec<Step>,
    /// When naming it helps, and the sentence that justifies it.
    pub when: String,
    /// What people take it for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confused_with: Vec<Confused>,
    /// Who keeps it, whether it is alive, and under which licence or terms.
    pub status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How and when role and status were looked up.
    pub checked: String,
}

/// Another tool, and what tells the two apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Confused {
    pub tool: Id,
    pub difference: String,
}

impl Toolbox {
    pub fn tool(&self, id: &str) -> Option<&Tool> {
        self.tools.iter().find(|tool| tool.id == *id)
    }
}
