//! The schedule towards the interview, as a queue asks for it.

use super::{Habits, Model, Stand, Trace, Worth};
use crate::progress::DrillState;
use chrono::{DateTime, NaiveDate, Utc};

/// What a review must gain in recall on the interview day to be asked for.
const LEAST: f64 = 0.002;
/// A last answer longer ago than this counts as so long ago, in days.
const LONGEST_WAIT: u32 = 730;

/// What is known of the days up to the interview.
#[derive(Clone, Debug, PartialEq)]
pub struct Days {
    pub interview: NaiveDate,
    /// The learner's date.
    pub today: NaiveDate,
    /// Minutes for drills on each day, today first.
    pub minutes: Vec<f64>,
}

/// The worth of drills for the interview.
#[derive(Debug)]
pub struct Towards {
    model: Model,
    /// None when nothing was answered yet: then there is nothing to weigh new drills against.
    worth: Option<Worth>,
    /// Mean seconds of an answer.
    seconds: f64,
    /// Minutes for drills today.
    pub minutes: f64,
}

impl Towards {
    /// `known` are the states of all drills that count, `new` says how many were never answered,
    /// `seconds` what an answer takes. None when the interview is today or past.
    pub fn new<'a>(
        model: &Model,
        habits: &Habits,
        days: &Days,
        known: impl Iterator<Item = &'a DrillState>,
        new: usize,
        seconds: f64,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let left = u32::try_from((days.interview - days.today).num_days()).ok()?;
        if left == 0 {
            return None;
        }
        let known: Vec<(Trace, u32)> = known.filter_map(|state| trace(model, state, now)).collect();
        let reviews: Vec<f64> = days
            .minutes
            .iter()
            .map(|minutes| minutes * 60.0 / seconds)
            .collect();
        let stand = Stand {
            days: left,
            known: &known,
            new,
            reviews: &reviews,
            least: LEAST,
        };
        Some(Self {
            worth: (!known.is_empty()).then(|| Worth::new(model.law(), habits, &stand, None)),
            model: model.clone(),
            seconds,
            minutes: days.minutes.first().copied().unwrap_or(0.0),
        })
    }

    /// What a review now gains for each unit of its cost; none when it can as well wait, or when
    /// the drill was answered today.
    pub fn review(&self, state: &DrillState, seconds: u32, now: DateTime<Utc>) -> Option<f64> {
        let (trace, wait) = trace(&self.model, state, now).filter(|(_, wait)| *wait > 0)?;
        let cost = f64::from(seconds) / self.seconds;
        let worth = self.worth.as_ref()?.review(trace, wait, cost);
        (worth > LEAST).then_some(worth)
    }

    /// The same for a drill that was never answered; none when it is too late to learn it.
    pub fn first(&self) -> Option<f64> {
        let worth = self.worth.as_ref().map_or(Some(1.0), |own| own.first(1.0));
        worth.filter(|worth| *worth > LEAST)
    }
}

fn trace(model: &Model, state: &DrillState, now: DateTime<Utc>) -> Option<(Trace, u32)> {
    let (trace, wait) = model.trace(state, now)?;
    Some((trace, wait.min(LONGEST_WAIT)))
}
