//! What whole mocks show over time: scores by dimension, and minutes by step.

use crate::content::{Id, Step};
use crate::desk::Desk;
use crate::mock::Segment;
use serde::Serialize;
use std::collections::BTreeMap;

/// Whole mocks that the trend goes back.
const TREND: usize = 12;
/// Whole mocks over which the use of time is averaged.
const TIMED: usize = 5;

/// A dimension over the last whole mocks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trend {
    pub dimension: Id,
    pub title: String,
    /// 1 to 4, oldest first; none where it was not scored.
    pub scores: Vec<Option<u8>>,
}

/// Seconds of a part of the interview, on average over the last whole mocks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimeUse {
    pub segment: Segment,
    pub used: f64,
    pub budget: f64,
    pub mocks: usize,
}

impl Desk {
    /// Trends in the order of the rubric, and the use of time in the order of the interview; both
    /// empty before there is a whole mock.
    pub(super) fn mock_trends(&self) -> (Vec<Trend>, Vec<TimeUse>) {
        let whole: Vec<_> = self
            .finished()
            .into_iter()
            .map(|(_, finished)| finished)
            .filter(|finished| {
                let segments = finished.record.segments.iter();
                segments.filter_map(|segment| segment.step()).count() == Step::ALL.len()
            })
            .collect();
        let last = |count: usize| {
            let from = whole.len().saturating_sub(count);
            whole.get(from..).unwrap_or_default()
        };
        let trend = |id: &Id, title: &str| Trend {
            dimension: id.clone(),
            title: title.to_owned(),
            scores: last(TREND)
                .iter()
                .map(|own| own.debrief.sheet.dimension(id.as_str())?.score)
                .collect(),
        };
        let trends = match whole.is_empty() {
            true => Vec::new(),
            false => {
                let dimensions = self.library.rubric().dimensions.iter();
                dimensions.map(|own| trend(&own.id, &own.title)).collect()
            }
        };
        let mut times: BTreeMap<Segment, (f64, f64, usize)> = BTreeMap::new();
        for own in last(TIMED).iter().flat_map(|own| &own.debrief.time) {
            let (used, budget, count) = times.entry(own.segment).or_default();
            *used += f64::from(own.used);
            *budget += f64::from(own.budget);
            *count += 1;
        }
        let times = times.into_iter().map(|(segment, (used, budget, mocks))| {
            let count = mocks.max(1) as f64;
            TimeUse {
                segment,
                used: (used / count).round(),
                budget: (budget / count).round(),
                mocks,
            }
        });
        (trends, times.collect())
    }
}
