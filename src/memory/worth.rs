//! What an answer today is worth for the interview.

use super::grid::{Place, CELLS};
use super::law::{Law, Trace};
use super::prices::Prices;
use std::collections::BTreeSet;

/// How this learner's answers fall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Habits {
    /// Shares of Again, Hard, Good and Easy among first answers.
    pub first: [f64; 4],
    /// Shares of Hard, Good and Easy among answers that were known.
    pub known: [f64; 3],
    /// What a first answer takes, in reviews.
    pub first_cost: f64,
}

impl Default for Habits {
    /// The shares are those of the `fsrs` crate's simulator, from many learners' logs.
    fn default() -> Self {
        Self {
            first: [0.24, 0.094, 0.495, 0.171],
            known: [0.224, 0.631, 0.145],
            first_cost: 1.5,
        }
    }
}

/// Where the learner stands today.
#[derive(Clone, Copy, Debug)]
pub struct Stand<'a> {
    /// Days until the interview, at least 1.
    pub days: u32,
    /// Drills that were answered before today, with the days since.
    pub known: &'a [(Trace, u32)],
    /// Drills that were never answered.
    pub new: usize,
    /// Reviews that fit into each day, today first.
    pub reviews: &'a [f64],
    /// What a review must gain in recall on the interview day to be worth its time.
    pub least: f64,
}

/// Costs of an answer for which gains are kept, in mean reviews.
const COSTS: [f32; 6] = [0.25, 0.5, 1.0, 1.5, 2.5, 5.0];

/// The worth of answers today.
#[derive(Debug)]
pub struct Worth {
    prices: Prices,
    /// By wait, then cell.
    gains: Vec<[f32; COSTS.len()]>,
    first: Option<[f32; COSTS.len()]>,
    first_cost: f64,
}

impl Worth {
    /// `before` is that of an earlier day, which saves time.
    pub fn new(law: &Law, habits: &Habits, stand: &Stand<'_>, before: Option<&Self>) -> Self {
        let prices = Prices::new(law, habits, stand, before.map(|own| &own.prices));
        let mut gains = vec![[0.0; COSTS.len()]; prices.grid().waits().len() * CELLS];
        let waits: BTreeSet<usize> = stand
            .known
            .iter()
            .map(|(_, wait)| prices.grid().nearest_wait(*wait))
            .collect();
        for wait in waits {
            for (cell, own) in gains.iter_mut().skip(wait * CELLS).take(CELLS).enumerate() {
                *own = prices.gain(wait, cell, COSTS);
            }
        }
        let first = prices.gain_of_first(COSTS.map(|cost| cost * habits.first_cost as f32));
        Self {
            prices,
            gains,
            first,
            first_cost: habits.first_cost,
        }
    }

    /// Recall on the interview day that a review today gains over the best that can be done with
    /// the drill later, for each unit of `cost`, which is in mean reviews. `wait` days have passed
    /// since its last answer; only waits that [`Stand::known`] had are known. Nought or less when it
    /// can as well wait.
    pub fn review(&self, trace: Trace, wait: u32, cost: f64) -> f64 {
        let at = self.prices.grid().nearest_wait(wait) * CELLS;
        let mut gains = [0.0; COSTS.len()];
        for (cell, weight) in Place::of(trace, 1.0).into_parts() {
            let own = self.gains.get(at + cell).copied().unwrap_or_default();
            for (gain, own) in gains.iter_mut().zip(own) {
                *gain += weight * own;
            }
        }
        at_cost(&gains, cost) / cost
    }

    /// The same for a first answer, where `cost` is that of a review of the drill; none when the
    /// interview is too near to learn anything new.
    pub fn first(&self, cost: f64) -> Option<f64> {
        let gains = self.first.as_ref()?;
        Some(at_cost(gains, cost) / (cost * self.first_cost))
    }
}

/// Between the two nearest costs.
fn at_cost(gains: &[f32; COSTS.len()], cost: f64) -> f64 {
    let pairs = COSTS.windows(2).zip(gains.windows(2));
    let mut found = f64::from(gains[0]);
    for (costs, gains) in pairs {
        if let ([low, high], [from, to]) = (costs, gains) {
            let share = ((cost as f32 - low) / (high - low)).clamp(0.0, 1.0);
            if share > 0.0 {
                found = f64::from(from + share * (to - from));
            }
        }
    }
    found
}
