//! How long each section was read: what was read long enough ticks the plan.

use crate::content::Step;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// Seconds without a key that still count as reading.
const PATIENCE: f64 = 120.0;
/// Seconds from which a section counts as read.
const READ: f64 = 20.0;

pub(super) struct Clock {
    /// Seconds spent in each section since it was last written down.
    seconds: BTreeMap<Step, f64>,
    last_key: DateTime<Utc>,
}

impl Clock {
    pub(super) fn new(now: DateTime<Utc>) -> Self {
        Self {
            seconds: BTreeMap::new(),
            last_key: now,
        }
    }

    /// The reading begins anew: what went before does not count.
    pub(super) fn restart(&mut self, now: DateTime<Utc>) {
        self.last_key = now;
    }

    /// Adds the time since the last key to the section that was on the screen.
    pub(super) fn count(&mut self, step: Option<Step>, now: DateTime<Utc>) {
        let gone = (now - self.last_key).num_milliseconds() as f64 / 1000.0;
        self.last_key = now;
        if let Some(step) = step {
            *self.seconds.entry(step).or_default() += gone.clamp(0.0, PATIENCE);
        }
    }

    /// Takes out the sections that were read; the one that is still read only when it is left.
    pub(super) fn take_read(&mut self, still: Option<Step>) -> Vec<(Step, f64)> {
        let read: Vec<(Step, f64)> = self
            .seconds
            .iter()
            .filter(|(step, seconds)| Some(**step) != still && **seconds >= READ)
            .map(|(step, seconds)| (*step, *seconds))
            .collect();
        for (step, _) in &read {
            self.seconds.remove(step);
        }
        read
    }
}
