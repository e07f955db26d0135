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
        let waits: BTreeSet<usize> = stand
            .known
            .iter()
            .map(|(_, wait)| prices.grid().nearest_wait(*wait))
            .collect();
        let first = prices.gain_of_first(COSTS.map(|cost| cost * habits.first_cost as f32));
        let mut own = Self {
            gains: vec![[0.0; COSTS.len()]; prices.grid().waits().len() * CELLS],
            prices,
            first,
            first_cost: habits.first_cost,
        };
        own.fill(waits.into_iter());
        own
    }

    /// The same, knowing also waits that no drill had.
    pub(super) fn for_all_waits(mut self) -> Self {
        self.fill(0..self.prices.grid().waits().len());
        self
    }

    fn fill(&mut self, waits: impl Iterator<Item = usize>) {
        for wait in waits {
            let own = self.gains.iter_mut().skip(wait * CELLS).take(CELLS);
            for (cell, gain) in own.enumerate() {
                *gain = self.prices.gain(wait, cell, COSTS);
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn worth(days: u32, known: &[(Trace, u32)], new: usize, a_day: f64) -> Worth {
        let stand = Stand {
            days,
            known,
            new,
            reviews: &vec![a_day; days as usize],
            least: 0.001,
        };
        Worth::new(&Law::default(), &Habits::default(), &stand, None)
    }

    fn trace(stability: f64) -> Trace {
        Trace {
            stability,
            difficulty: 5.0,
        }
    }

    #[test]
    fn on_the_last_day_the_gain_is_that_of_the_answer_itself() {
        let law = Law::default();
        let known = [(trace(2.0), 4)];
        let own = worth(1, &known, 0, 1.0).review(trace(2.0), 4, 1.0);
        let recall = law.recall(2.0, 4);
        let [hard, good, easy] = Habits::default().known.map(|share| share * recall);
        let after = law.after(Some(trace(2.0)), 4, 0.9).unwrap();
        let then: f64 = after
            .iter()
            .zip([1.0 - recall, hard, good, easy])
            .map(|((trace, _), share)| share * law.recall(trace.stability, 1))
            .sum();
        // The tables round.
        assert!((own - (then - law.recall(2.0, 5))).abs() < 0.01, "{own}");
    }

    #[test]
    fn what_is_known_by_heart_can_wait_and_what_fades_cannot() {
        let known: Vec<(Trace, u32)> = (0..60).map(|_| (trace(3.0), 5)).collect();
        let own = worth(2, &known, 0, 20.0);
        assert!(own.review(trace(3.0), 5, 1.0) > own.review(trace(300.0), 5, 1.0));
        assert!(own.review(trace(300.0), 5, 1.0) < 0.01);
    }

    #[test]
    fn a_review_that_takes_longer_is_worth_less_for_its_time() {
        let known: Vec<(Trace, u32)> = (0..60).map(|_| (trace(3.0), 5)).collect();
        let own = worth(1, &known, 0, 20.0);
        assert!(own.review(trace(3.0), 5, 0.5) > own.review(trace(3.0), 5, 2.0));
    }

    #[test]
    fn far_from_the_interview_a_fresh_drill_waits_for_a_better_day() {
        let known: Vec<(Trace, u32)> = (0..20).map(|_| (trace(10.0), 1)).collect();
        let own = worth(60, &known, 0, 20.0);
        assert!(own.review(trace(10.0), 1, 1.0) < 0.002);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn no_stand_makes_a_gain_that_is_none(
            days in 1u32..400,
            known in proptest::collection::vec((0.0f64..1e5, 0.0f64..12.0, 0u32..900), 0..40),
            new in 0usize..500,
            a_day in 0.0f64..200.0,
            cost in 0.01f64..20.0,
        ) {
            let known: Vec<(Trace, u32)> = known
                .into_iter()
                .map(|(stability, difficulty, wait)| (Trace { stability, difficulty }, wait))
                .collect();
            let own = worth(days, &known, new, a_day);
            for (trace, wait) in known {
                let gain = own.review(trace, wait, cost) * cost;
                prop_assert!(gain.is_finite() && gain < 1.0);
            }
            prop_assert!(own.first(cost).is_none_or(f64::is_finite));
        }
    }
}
