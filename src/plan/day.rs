//! One day of a plan, and what counts as having done it.

use crate::content::{ActivityKind, Step};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeSet;

/// One day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Day {
    pub date: NaiveDate,
    pub title: String,
    pub activities: Vec<Activity>,
    /// Something to know, such as a case that is not written yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Activity {
    /// Names it over all versions of the plan, for changes by hand.
    pub id: String,
    pub kind: ActivityKind,
    /// The case's id.
    pub case: Option<String>,
    /// All when empty.
    pub steps: Vec<Step>,
    /// A mock's debrief is included.
    pub minutes: u32,
    /// The clock of a mock, in minutes; of a sprint, the one that its steps' budgets are scaled to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<u32>,
    /// "Video recommendation · data, model".
    pub title: String,
    /// The plan's cases are not practised without it.
    pub must: bool,
    /// Put on this day by the learner.
    pub pinned: bool,
    pub done: bool,
}

/// Something that was done on a day, as told by the events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A section of a breakdown was read.
    Read { case: String, step: Option<Step> },
    /// Drills were answered, for so many seconds.
    Drilled { seconds: u32 },
    /// A mock or a sprint was finished.
    Mock { case: String, steps: BTreeSet<Step> },
    /// A debrief was looked through.
    Debrief,
}

/// Share of the minutes from which a drill activity counts as done.
const DRILL_SHARE: f64 = 0.6;

impl Activity {
    /// Whether the deeds of its day amount to it. `drills_left` says whether anything was still to
    /// drill: an empty queue is a finished one.
    pub(super) fn is_done(&self, deeds: &[Deed], drills_left: bool) -> bool {
        let case = self.case.as_deref();
        match self.kind {
            ActivityKind::Drill => {
                let seconds: u32 = deeds
                    .iter()
                    .map(|deed| match deed {
                        Deed::Drilled { seconds } => *seconds,
                        _ => 0,
                    })
                    .sum();
                let enough = f64::from(seconds) >= f64::from(self.minutes) * 60.0 * DRILL_SHARE;
                enough || (seconds > 0 && !drills_left)
            }
            ActivityKind::Read => {
                let read = |step: &Step| {
                    deeds.iter().any(|deed| match deed {
                        Deed::Read {
                            case: own,
                            step: at,
                        } => Some(own.as_str()) == case && *at == Some(*step),
                        _ => false,
                    })
                };
                let wanted: &[Step] = if self.steps.is_empty() {
                    &Step::ALL
                } else {
                    &self.steps
                };
                // Who has read three of four sections has read.
                let count = wanted.iter().filter(|step| read(step)).count();
                count * 4 >= wanted.len() * 3
            }
            ActivityKind::Mock | ActivityKind::Sprint => deeds.iter().any(|deed| match deed {
                Deed::Mock { case: own, steps } => {
                    let wanted = if self.steps.is_empty() {
                        &Step::ALL[..]
                    } else {
                        &self.steps
                    };
                    Some(own.as_str()) == case && wanted.iter().all(|step| steps.contains(step))
                }
                _ => false,
            }),
            ActivityKind::Review => deeds.contains(&Deed::Debrief),
        }
    }
}
