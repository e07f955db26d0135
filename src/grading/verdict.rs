//! An answer, and what it was found to say of each rubric item.

use super::slips::Slip;
use super::tradeoff::Tradeoff;
use crate::content::{Id, Step};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a learner wrote, step by step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub steps: BTreeMap<Step, String>,
    /// Text that belongs to no step: before the first heading, or under an unknown one.
    pub elsewhere: String,
}

/// What was found of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Hit,
    /// Parts of it are there: worth asking "did you say this?".
    Maybe,
    /// Not found in the learner's words, which is not to say that it was not meant.
    Missed,
    /// The answer says something that contradicts it.
    Conflict,
}

/// Words of the learner, in bytes of the step's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// None for text that belongs to no step.
    pub step: Option<Step>,
    pub start: usize,
    pub end: usize,
    pub text: String,
}

/// The verdict on one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemVerdict {
    pub id: Id,
    pub verdict: Verdict,
    /// Said, but not in the item's own step.
    pub wrong_step: bool,
    pub evidence: Vec<Evidence>,
    /// What was not found, part by part.
    pub missing: Vec<String>,
    /// What the learner says about it, once asked.
    pub yours: Option<bool>,
}

/// An answer held against all items of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graded {
    /// In the order of the case.
    pub items: Vec<ItemVerdict>,
    /// Words written in each of the seven steps.
    pub words: BTreeMap<Step, usize>,
    /// Different figures, and words that give a reason, in each of the seven steps; nothing where
    /// nobody listened.
    #[serde(default)]
    pub backing: BTreeMap<Step, usize>,
    /// It is a list of terms rather than an answer.
    pub stuffed: bool,
    /// It is in another language than English, which is all that the rules hear.
    #[serde(default)]
    pub other_language: bool,
    /// Decisions that are argued for.
    #[serde(default)]
    pub tradeoffs: Vec<Tradeoff>,
    /// Red flags that no case has to name.
    #[serde(default)]
    pub slips: Vec<Slip>,
}

impl Graded {
    pub fn item(&self, id: &str) -> Option<&ItemVerdict> {
        self.items.iter().find(|item| item.id == *id)
    }

    /// Records what the learner says about an item. The machine's verdict stays as it is.
    pub fn set_yours(&mut self, id: &str, said: bool) {
        if let Some(item) = self.items.iter_mut().find(|item| item.id == *id) {
            item.yours = Some(said);
        }
    }
}
