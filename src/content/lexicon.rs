//! `lexicon.yaml`: the ideas of the field, with all the ways people say them.

use super::Id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `lexicon.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lexicon {
    pub concepts: Vec<Concept>,
}

/// One idea with its surface forms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    pub id: Id,
    pub name: String,
    pub definition: String,
    /// Ways of saying it. Compared without case, hyphens and endings, so `down-sampling` also
    /// finds "downsample" only if that spelling is listed too.
    pub forms: Vec<String>,
    /// Broader concepts: a text that says this one says them too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is_a: Vec<Id>,
    /// Concepts that people mix up with this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confusable: Vec<Id>,
}
