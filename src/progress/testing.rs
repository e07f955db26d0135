//! Small things that the tests of this room share.

use super::{DrillState, NewEvent, Overrule, Review, Store};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;

/// Minute `minute` of a certain day.
pub(super) fn at(minute: i64) -> DateTime<Utc> {
    let start = DateTime::from_timestamp_millis(1_790_000_000_000).unwrap();
    start + TimeDelta::minutes(minute)
}

/// The learner's day of [`at`], by UTC.
pub(super) fn date(minute: i64) -> NaiveDate {
    at(minute).date_naive()
}

pub(super) fn store() -> Store {
    Store::in_memory(at(0), 0xabc).unwrap()
}

pub(super) fn review(drill: &str, minute: i64) -> NewEvent {
    NewEvent::new(
        at(minute),
        date(minute),
        Review {
            drill: drill.into(),
            case: Some("eta".into()),
            format: "order".into(),
            step: "data".into(),
            hash: "00ff".into(),
            reply: json!({"picked": [2, 1]}),
            score: 0.5,
            rating: 2,
            seconds: 12.5,
            ..Review::default()
        },
    )
}

pub(super) fn overrule(review: &super::EventId, drill: &str, rating: u8, minute: i64) -> NewEvent {
    let body = Overrule {
        review: review.clone(),
        drill: drill.into(),
        rating,
        comes_back: None,
    };
    NewEvent::new(at(minute), date(minute), body)
}

pub(super) fn state(drill: &str, reps: u32) -> DrillState {
    DrillState {
        drill: drill.into(),
        case: Some("eta".into()),
        format: "order".into(),
        step: "data".into(),
        stability: 3.25,
        difficulty: 5.0,
        last: Some(at(0)),
        due: Some(at(1440)),
        reps,
        seconds_mean: 12.5,
        last_rating: Some(2),
        last_score: Some(0.5),
        ..DrillState::default()
    }
}
