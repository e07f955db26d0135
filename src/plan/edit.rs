//! Changes to a plan by hand.

use crate::content::{ActivityKind, Step};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One change. Activities are named by the `id` that the plan gives them; a change to one that the
/// plan no longer has is passed over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Edit {
    /// To this day, and there it stays.
    Pin { id: String, date: NaiveDate },
    /// Out of the plan.
    Drop { id: String },
    /// One more, on this day.
    Add {
        id: String,
        date: NaiveDate,
        kind: ActivityKind,
        case: Option<String>,
        #[serde(default)]
        steps: Vec<Step>,
        minutes: u32,
    },
}

/// What changes by hand come to: of two about one activity, the later counts.
#[derive(Debug, Default)]
pub(super) struct Edits<'a> {
    edits: &'a [Edit],
}

impl<'a> Edits<'a> {
    pub(super) fn new(edits: &'a [Edit]) -> Self {
        Self { edits }
    }

    pub(super) fn any(&self) -> bool {
        !self.edits.is_empty()
    }

    /// The day that an activity was put on.
    pub(super) fn pin(&self, wanted: &str) -> Option<NaiveDate> {
        self.edits.iter().rev().find_map(|edit| match edit {
            Edit::Pin { id, date } | Edit::Add { id, date, .. } if id == wanted => Some(*date),
            _ => None,
        })
    }

    pub(super) fn is_dropped(&self, wanted: &str) -> bool {
        self.edits
            .iter()
            .any(|edit| matches!(edit, Edit::Drop { id } if id == wanted))
    }

    /// What was added, in order.
    pub(super) fn added(&self) -> impl Iterator<Item = &'a Edit> {
        let edits = self.edits.iter();
        edits.filter(|edit| matches!(edit, Edit::Add { .. }))
    }
}
