//! Changes to a plan by hand.

use super::week::MINUTES;
use crate::content::{ActivityKind, Step};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

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

/// Work to add, as it is typed: `mock eta 45`, `sprint eta data,model 20`, `drill 15`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub kind: ActivityKind,
    pub case: Option<String>,
    pub steps: Vec<Step>,
    pub minutes: u32,
}

/// Minutes of what is added without any.
const USUAL: u32 = 20;

impl FromStr for Wanted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let fault = || "write mock eta, sprint eta data,model 20, read eta, or drill 15".to_owned();
        let mut words = text.split_whitespace();
        let kind = match words.next() {
            Some("read") => ActivityKind::Read,
            Some("mock") => ActivityKind::Mock,
            Some("sprint") => ActivityKind::Sprint,
            Some("drill") => ActivityKind::Drill,
            _ => return Err(fault()),
        };
        let mut wanted = Self {
            kind,
            case: None,
            steps: Vec::new(),
            minutes: USUAL,
        };
        for word in words {
            if let Ok(minutes) = word.parse() {
                if !MINUTES.contains(&minutes) {
                    return Err(format!("{minutes} is no number of minutes for a day"));
                }
                wanted.minutes = minutes;
            } else if wanted.case.is_none() {
                wanted.case = Some(word.to_owned());
            } else {
                let steps: Result<Vec<Step>, String> = word.split(',').map(str::parse).collect();
                wanted.steps = steps?;
            }
        }
        if wanted.case.is_none() && kind != ActivityKind::Drill {
            return Err(fault());
        }
        Ok(wanted)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read() {
        let of = |text: &str| text.parse::<Wanted>();
        let sprint = of("sprint eta data,model 25").unwrap();
        assert_eq!(sprint.steps, [Step::Data, Step::Model]);
        assert_eq!((sprint.case.as_deref(), sprint.minutes), (Some("eta"), 25));
        assert_eq!(of("drill 15").unwrap().minutes, 15);
        assert_eq!(of("mock eta").unwrap().minutes, USUAL);
        for bad in ["", "nap", "mock", "mock 45", "read eta attic", "drill 9999"] {
            assert!(of(bad).is_err(), "{bad}");
        }
    }
}
