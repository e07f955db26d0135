//! The result of grading, as it is shown, stored and printed as JSON.

use super::backing::Bare;
use super::flags::Flag;
use super::tradeoff::Tradeoff;
use super::verdict::{Evidence, Verdict};
use crate::content::{Id, Kind, Level, Step};
use serde::{Deserialize, Serialize};

/// The shape of the JSON below.
pub const SCHEMA_VERSION: u32 = 1;

/// A graded answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    pub schema_version: u32,
    pub case: Id,
    pub level: Level,
    /// 0 to 100, by the machine alone.
    pub total: f64,
    /// With the maybes that the learner confirmed, at three quarters.
    pub total_with_yours: f64,
    pub verdict: Decision,
    /// A few points more or less would turn the verdict.
    pub borderline: bool,
    /// In the order of the rubric.
    pub dimensions: Vec<DimensionScore>,
    /// In the order of the case.
    pub items: Vec<ItemScore>,
    pub flags: Vec<Flag>,
    /// Steps whose points count less for want of figures and reasons.
    #[serde(default)]
    pub bare: Vec<Bare>,
    /// Decisions that are argued for, in the order of the answer: `step`, `start`, `end`, `text`,
    /// `staff`. Sheets that were stored before there were any have none.
    #[serde(default)]
    pub tradeoffs: Vec<Tradeoff>,
}

/// The decision at the target level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    Hire,
    NoHire,
}

/// One of the ten dimensions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DimensionScore {
    pub id: Id,
    /// 1 to 4; none when there is nothing to score it by.
    pub score: Option<u8>,
    /// Share of its musts that was said, 0 to 1; none where it has none. Finer than the score.
    #[serde(default)]
    pub musts: Option<f64>,
    /// The same, with each must at half to all of its worth by the figures and reasons of the step in
    /// which it was said.
    #[serde(default)]
    pub backed: Option<f64>,
    /// Share that was said of its shoulds, bonus items and musts of a higher level.
    #[serde(default)]
    pub beyond: Option<f64>,
    /// Its points of the 100; those of unscored dimensions are shared out among the others.
    pub weight: f64,
}

/// One rubric item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemScore {
    pub id: Id,
    pub step: Step,
    pub kind: Kind,
    pub dimension: Id,
    pub verdict: Verdict,
    /// 1, ½ in the wrong step, or 0. A red flag earns nothing.
    pub credit: f64,
    pub wrong_step: bool,
    pub evidence: Vec<Evidence>,
    pub missing: Vec<String>,
    pub probe: String,
    pub yours: Option<bool>,
}

impl DimensionScore {
    /// Finer than the score, to tell apart what has the same: its backed musts, and half as much for
    /// what goes beyond them.
    pub fn fine(&self) -> f64 {
        self.backed.unwrap_or_default() + self.beyond.unwrap_or_default() / 2.0
    }
}

impl Sheet {
    pub fn dimension(&self, id: &str) -> Option<&DimensionScore> {
        self.dimensions.iter().find(|dimension| dimension.id == *id)
    }

    pub fn item(&self, id: &str) -> Option<&ItemScore> {
        self.items.iter().find(|item| item.id == *id)
    }
}
