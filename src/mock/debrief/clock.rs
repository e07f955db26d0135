//! Where the time went: a step against its budget, and which later steps paid for an overrun.

use crate::content::Framework;
use crate::mock::record::{Record, Segment};
use serde::{Deserialize, Serialize};

/// Seconds of an overrun that are not worth a word.
const TRIFLE: u32 = 30;

/// Seconds of one step against its budget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepTime {
    pub segment: Segment,
    pub used: u32,
    pub budget: u32,
    /// Second at which it began; none when it was never reached.
    pub began: Option<u32>,
}

/// A step that took more than it had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overrun {
    pub segment: Segment,
    /// Seconds over the budget.
    pub seconds: u32,
    /// The steps that had less than their budget because of it, with the seconds that they lost.
    pub paid_by: Vec<(Segment, u32)>,
}

pub(super) fn times(record: &Record, framework: &Framework) -> Vec<StepTime> {
    let segments = record.segments.iter();
    segments
        .map(|segment| StepTime {
            segment: *segment,
            used: record.used(*segment).round() as u32,
            budget: record.budget(*segment, framework) as u32,
            began: record.began.get(segment).copied(),
        })
        .collect()
}

/// The overruns, each with the steps that paid for it: later ones first, in their order, then
/// earlier ones that were left in haste. No second is charged twice.
pub fn overruns(times: &[StepTime]) -> Vec<Overrun> {
    let mut short: Vec<u32> = times
        .iter()
        .map(|time| time.budget.saturating_sub(time.used))
        .collect();
    let mut found = Vec::new();
    for (at, time) in times.iter().enumerate() {
        let seconds = time.used.saturating_sub(time.budget);
        if seconds < TRIFLE {
            continue;
        }
        let mut open = seconds;
        let mut paid_by = Vec::new();
        for payer in (at + 1..times.len()).chain(0..at) {
            let (Some(left), Some(other)) = (short.get_mut(payer), times.get(payer)) else {
                continue;
            };
            let paid = open.min(*left);
            *left -= paid;
            open -= paid;
            if paid >= TRIFLE {
                paid_by.push((other.segment, paid));
            }
        }
        found.push(Overrun {
            segment: time.segment,
            seconds,
            paid_by,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(segment: Segment, used: u32, budget: u32) -> StepTime {
        StepTime {
            segment,
            used,
            budget,
            began: Some(0),
        }
    }

    #[test]
    fn an_overrun_is_paid_by_the_steps_after_it() {
        let times = [
            time(Segment::Clarify, 200, 300),
            time(Segment::Data, 850, 600),
            time(Segment::Model, 560, 540),
            time(Segment::Serve, 160, 360),
            time(Segment::Monitor, 150, 180),
        ];
        let found = overruns(&times);
        assert_eq!(found.len(), 1, "twenty seconds are a trifle");
        assert_eq!((found[0].segment, found[0].seconds), (Segment::Data, 250));
        assert_eq!(
            found[0].paid_by,
            [(Segment::Serve, 200), (Segment::Monitor, 30)]
        );
        assert!(overruns(&[time(Segment::Data, 600, 600)]).is_empty());
    }

    #[test]
    fn no_second_is_charged_twice() {
        let times = [
            time(Segment::Frame, 340, 240),
            time(Segment::Data, 700, 600),
            time(Segment::Serve, 220, 360),
        ];
        let found = overruns(&times);
        assert_eq!(found[0].paid_by, [(Segment::Serve, 100)]);
        assert_eq!(found[1].paid_by, [(Segment::Serve, 40)]);
    }
}
