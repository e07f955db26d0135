//! The forgetting curve: FSRS-6 (Ye et al. 2022–2025) through the `fsrs` crate, behind one door.

use super::{day_of, day_start, days_between, Rating};
use crate::progress::DrillState;
use chrono::{DateTime, Duration, FixedOffset, Utc};
use fsrs::{current_retrievability, MemoryState, FSRS, FSRS6_DEFAULT_DECAY};

/// Longest interval, in days: an interview is never further away.
const MAX_INTERVAL: u32 = 365;

/// The scheduler with its parameters, the desired recall, and the learner's time zone.
pub struct Model {
    fsrs: FSRS,
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

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model")
            .field("retention", &self.retention)
            .finish_non_exhaustive()
    }
}

impl Model {
    /// Default parameters; `retention` is the recall at which a drill comes back, 0.7 to 0.97.
    pub fn new(retention: f32, zone: FixedOffset) -> Self {
        Self {
            fsrs: FSRS::default(),
            retention: retention.clamp(0.7, 0.97),
            zone,
        }
    }

    pub fn zone(&self) -> FixedOffset {
        self.zone
    }

    /// Probability of recall now; none for a drill that was never answered.
    pub fn recall(&self, state: &DrillState, now: DateTime<Utc>) -> Option<f64> {
        let memory = memory(state)?;
        let days = days_between(state.last?, now, self.zone);
        Some(f64::from(current_retrievability(
            memory,
            days as f32,
            FSRS6_DEFAULT_DECAY,
        )))
    }

    /// What a rating now leads to.
    pub fn outlook(
        &self,
        before: Option<&DrillState>,
        rating: Rating,
        now: DateTime<Utc>,
    ) -> Outlook {
        let known = before.and_then(|state| Some((memory(state)?, state.last?)));
        let days = known.map_or(0, |(_, last)| days_between(last, now, self.zone));
        let states = self
            .fsrs
            .next_states(known.map(|(memory, _)| memory), self.retention, days);
        // Only impossible states fail; such a drill starts afresh.
        let states = states.or_else(|_| self.fsrs.next_states(None, self.retention, 0));
        let Ok(states) = states else {
            return Outlook {
                recall: None,
                stability: 1.0,
                difficulty: 5.0,
                interval: 1,
            };
        };
        let next = match rating {
            Rating::Again => states.again,
            Rating::Hard => states.hard,
            Rating::Good => states.good,
            Rating::Easy => states.easy,
        };
        let days = next.interval.round().clamp(0.0, MAX_INTERVAL as f32) as u32;
        Outlook {
            recall: before.and_then(|state| self.recall(state, now)),
            stability: f64::from(next.memory.stability),
            difficulty: f64::from(next.memory.difficulty),
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

fn memory(state: &DrillState) -> Option<MemoryState> {
    (state.reps > 0 && state.stability > 0.0).then_some(MemoryState {
        stability: state.stability as f32,
        difficulty: state.difficulty as f32,
    })
}
