//! The seven steps of the framework, and the levels a candidate is measured at.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// One of the seven steps.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    Clarify,
    Frame,
    Data,
    Model,
    Evaluate,
    Serve,
    Monitor,
}

impl Step {
    pub const ALL: [Self; 7] = [
        Self::Clarify,
        Self::Frame,
        Self::Data,
        Self::Model,
        Self::Evaluate,
        Self::Serve,
        Self::Monitor,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Self::Clarify => "clarify",
            Self::Frame => "frame",
            Self::Data => "data",
            Self::Model => "model",
            Self::Evaluate => "evaluate",
            Self::Serve => "serve",
            Self::Monitor => "monitor",
        }
    }

    /// 0 for clarify … 6 for monitor.
    pub fn index(self) -> usize {
        self as usize
    }

    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.index() + 1).copied()
    }

    pub fn previous(self) -> Option<Self> {
        self.index()
            .checked_sub(1)
            .and_then(|i| Self::ALL.get(i).copied())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for Step {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|step| step.id() == text)
            .ok_or_else(|| {
                format!("no step `{text}`: clarify, frame, data, model, evaluate, serve, monitor")
            })
    }
}

/// The level that a candidate interviews for.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Mid,
    #[default]
    Senior,
    Staff,
}

impl Level {
    pub const ALL: [Self; 3] = [Self::Mid, Self::Senior, Self::Staff];

    pub fn id(self) -> &'static str {
        match self {
            Self::Mid => "mid",
            Self::Senior => "senior",
            Self::Staff => "staff",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|level| level.id() == text)
            .ok_or_else(|| format!("no level `{text}`: mid, senior, staff"))
    }
}
