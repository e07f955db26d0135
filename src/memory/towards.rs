//! The schedule towards the interview, as a queue asks for it.

use super::{Habits, Known, Model, Stand, Worth};
use crate::progress::DrillState;
use chrono::{DateTime, NaiveDate, Utc};

/// What a review must gain in recall on the interview day to be asked for.
const LEAST: f64 = 0.002;
/// A last answer longer ago than this counts as so long ago, in days.
const LONGEST_WAIT: u32 = 730;
/// Of an answer, when there is none to ask.
const USUAL_SECONDS: f64 = 60.0;

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
    /// `known` are the states of all drills that count with the seconds that a review takes, `new`
    /// these seconds of those that were never answered. None when the interview is today or past.
    pub fn new(
        model: &Model,
        habits: &Habits,
        days: &Days,
        known: &[(&DrillState, u32)],
        new: &[u32],
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let left = u32::try_from((days.interview - days.today).num_days()).ok()?;
        if left == 0 {
            return None;
        }
        let all = known.iter().map(|(_, seconds)| seconds).chain(new);
        let (count, sum) = all.fold((0.0, 0.0), |(count, sum), seconds| {
            (count + 1.0, sum + f64::from(*seconds))
        });
        let seconds = if sum > 0.0 {
            sum / count
        } else {
            USUAL_SECONDS
        };
        let known: Vec<Known> = known
            .iter()
            .filter_map(|(state, own)| known_now(model, state, f64::from(*own) / seconds, now))
            .collect();
        let new: Vec<f64> = new.iter().map(|own| f64::from(*own) / seconds).collect();
        let reviews: Vec<f64> = days
            .minutes
            .iter()
            .map(|minutes| minutes * 60.0 / seconds)
            .collect();
        let stand = Stand {
            days: left,
            known: &known,
            new: &new,
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
        let cost = f64::from(seconds) / self.seconds;
        let known = known_now(&self.model, state, cost, now).filter(|own| own.wait > 0)?;
        let worth = self.worth.as_ref()?.review(&known);
        (worth > LEAST).then_some(worth)
    }

    /// The same for a drill that was never answered; none when it is too late to learn it, or not
    /// worth its time.
    pub fn first(&self, seconds: u32) -> Option<f64> {
        let cost = f64::from(seconds) / self.seconds;
        let worth = self.worth.as_ref().map_or(1.0, |own| own.first(cost));
        (worth > LEAST).then_some(worth)
    }
}

fn known_now(model: &Model, state: &DrillState, cost: f64, now: DateTime<Utc>) -> Option<Known> {
    let (trace, wait) = model.trace(state, now)?;
    let wait = wait.min(LONGEST_WAIT);
    Some(Known { trace, wait, cost })
}
