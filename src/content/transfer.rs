//! `transfer.yaml`: techniques, and the cases in which each comes up again.

use super::{Id, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `transfer.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    pub techniques: Vec<Technique>,
}

/// One idea that is learnt once and used in several cases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Technique {
    pub id: Id,
    pub name: String,
    /// What stays the same wherever it is used.
    pub same: String,
    pub cases: Vec<Transferred>,
    /// Where it looks right and is not.
    pub not_here: String,
}

/// A case that needs the technique.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transferred {
    pub case: Id,
    /// The step in which it comes up.
    pub step: Step,
    /// What is different here.
    pub differs: String,
}
