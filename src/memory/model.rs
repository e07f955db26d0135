//! Where a drill stands, and what an answer leads to.

use super::{day_of, day_start, days_between, Law, Rating, Trace};
use crate::progress::DrillState;
use chrono::{DateTime, Duration, FixedOffset, Utc};

/// Longest interval, in days: an interview is never further away.
const MAX_INTERVAL: u32 = 365;

/// The law of forgetting, the desired recall, and the learner's time zone.
#[derive(Clone, Debug)]
pub struct Model {
    law: Law,
    retention: f32,
    zone: FixedOffset,
}

/// What one answer would lead to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// Probability of recall just before the answer, 0 to 1; none for a new drill.
    pub recall: Option<f64>,
    /// Days until recall falls to 90 %, after the answer.
    pub stability: f64,
    pub difficulty: f64,
    /// Days until it comes back.
    pub interval: u32,
}

impl Model {
    /// Default parameters; `retention` is the recall at which a drill comes back, 0.7 to 0.97.
    pub fn new(retention: f32, zone: FixedOffset) -> Self {
        Self {
            law: Law::default(),
            retention: retention.clamp(0.7, 0.97),
            zone,
        }
    }

    /// The same with another law.
    pub fn with_law(self, law: Law) -> Self {
        Self { law, ..self }
    }

    pub fn law(&self) -> &Law {
        &self.law
    }

    pub fn zone(&self) -> FixedOffset {
        self.zone
    }

    /// Probability of recall now; none for a drill that was never answered.
    pub fn recall(&self, state: &DrillState, now: DateTime<Utc>) -> Option<f64> {
        let (trace, days) = self.trace(state, now)?;
        Some(self.law.recall(trace.stability, days))
    }

    /// What is remembered of a drill, and the days since its last answer.
    pub fn trace(&self, state: &DrillState, now: DateTime<Utc>) -> Option<(Trace, u32)> {
        let known = state.reps > 0 && state.stability > 0.0;
        let trace = known.then_some(Trace {
            stability: state.stability,
            difficulty: state.difficulty,
        })?;
        Some((trace, days_between(state.last?, now, self.zone)))
    }

    /// What a rating now leads to.
    pub fn outlook(
        &self,
        before: Option<&DrillState>,
        rating: Rating,
        now: DateTime<Utc>,
    ) -> Outlook {
        let known = before.and_then(|state| self.trace(state, now));
        let (trace, days) = known.map_or((None, 0), |(trace, days)| (Some(trace), days));
        let after = self.law.after(trace, days, self.retention);
        // Only impossible states fail; such a drill starts afresh.
        let after = after.or_else(|| self.law.after(None, 0, self.retention));
        let next = after.and_then(|after| after.get(usize::from(rating.number()) - 1).copied());
        let Some((next, interval)) = next else {
            return Outlook {
                recall: None,
                stability: 1.0,
                difficulty: 5.0,
                interval: 1,
            };
        };
        let days = interval.round().clamp(0.0, MAX_INTERVAL as f32) as u32;
        Outlook {
            recall: before.and_then(|state| self.recall(state, now)),
            stability: next.stability,
            difficulty: next.difficulty,
            // What was not known comes back tomorrow; within the session it is asked again anyway.
            interval: days.max(1),
        }
    }

    /// The state of a drill after an answer.
    pub fn after(
        &self,
        before: &DrillState,
        rating: Rating,
        score: f64,
        seconds: f64,
        now: DateTime<Utc>,
    ) -> DrillState {
        let outlook = self.outlook(Some(before), rating, now);
        let due = day_of(now, self.zone) + Duration::days(i64::from(outlook.interval));
        let reps = before.reps + 1;
        DrillState {
            stability: outlook.stability,
            difficulty: outlook.difficulty,
            last: Some(now),
            due: Some(day_start(due, self.zone)),
            reps,
            lapses: before.lapses + u32::from(rating == Rating::Again && before.reps > 0),
            seconds_mean: before.seconds_mean + (seconds - before.seconds_mean) / f64::from(reps),
            last_rating: Some(rating.number()),
            last_score: Some(score),
            buried_until: None,
            ..before.clone()
        }
    }
}
