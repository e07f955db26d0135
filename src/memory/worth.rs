//! What an answer today is worth for the interview.

use super::costs::Quarters;
use super::grid::{Place, CELLS};
use super::law::{Law, Trace};
use super::prices::Prices;

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

/// A drill that was answered before today.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    pub trace: Trace,
    /// Days since the last answer.
    pub wait: u32,
    /// What a review takes, in mean reviews.
    pub cost: f64,
}

/// Where the learner stands today.
#[derive(Clone, Copy, Debug)]
pub struct Stand<'a> {
    /// Days until the interview, at least 1.
    pub days: u32,
    pub known: &'a [Known],
    /// What a review takes of each drill that was never answered, in mean reviews.
    pub new: &'a [f64],
    /// Reviews that fit into each day, today first.
    pub reviews: &'a [f64],
    /// What a review must gain in recall on the interview day to be worth its time.
    pub least: f64,
}

/// The worth of answers today.
#[derive(Debug)]
pub struct Worth {
    prices: Prices,
    /// By wait, then cell.
    gains: Vec<Quarters>,
    first: Quarters,
}

impl Worth {
    /// `before` is that of an earlier day, which saves time.
    pub fn new(law: &Law, habits: &Habits, stand: &Stand<'_>, before: Option<&Self>) -> Self {
        let prices = Prices::new(law, habits, stand, before.map(|own| &own.prices));
        let mut waits = vec![false; prices.grid().waits().len()];
        for known in stand.known {
            if let Some(wait) = waits.get_mut(prices.grid().nearest_wait(known.wait)) {
                *wait = true;
            }
        }
        let mut own = Self {
            gains: vec![[0.0; 4]; waits.len() * CELLS],
            first: prices.gain_of_first(),
            prices,
        };
        let waits = waits.into_iter().enumerate();
        own.fill(waits.filter_map(|(wait, asked)| asked.then_some(wait)));
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
                *gain = self.prices.gain(wait, cell);
            }
        }
    }

    /// Recall on the interview day that a review today gains over the best that can be done with
    /// the drill later, for each unit of its cost, which is in mean reviews. Only waits that
    /// [`Stand::known`] had are known. Nought or less when it can as well wait.
    pub fn review(&self, known: &Known) -> f64 {
        let at = self.prices.grid().nearest_wait(known.wait) * CELLS;
        let mut gains = [0.0; 4];
        for (cell, weight) in Place::of(known.trace, 1.0).into_parts() {
            let own = self.gains.get(at + cell).copied().unwrap_or_default();
            for (gain, own) in gains.iter_mut().zip(own) {
                *gain += weight * own;
            }
        }
        f64::from(self.prices.costs().at(&gains, known.cost as f32))
    }

    /// The same for a first answer, where `cost` is that of a review of the drill.
    pub fn first(&self, cost: f64) -> f64 {
        f64::from(self.prices.costs().at(&self.first, cost as f32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn worth(days: u32, known: &[Known], new: usize, a_day: f64) -> Worth {
        let new = vec![1.0; new];
        let stand = Stand {
            days,
            known,
            new: &new,
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

    fn known(stability: f64, wait: u32, cost: f64) -> Known {
        Known {
            trace: trace(stability),
            wait,
            cost,
        }
    }

    #[test]
    fn on_the_last_day_the_gain_is_that_of_the_answer_itself() {
        let law = Law::default();
        let drill = known(2.0, 4, 1.0);
        let own = worth(1, &[drill], 0, 1.0).review(&drill);
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
        let own = worth(2, &[known(3.0, 5, 1.0); 60], 0, 20.0);
        let by_heart = own.review(&known(300.0, 5, 1.0));
        assert!(own.review(&known(3.0, 5, 1.0)) > by_heart);
        assert!(by_heart < 0.01);
    }

    #[test]
    fn a_review_that_takes_longer_is_worth_less_for_its_time() {
        let drills: Vec<Known> = (0..60)
            .map(|at| known(3.0, 5, if at % 2 == 0 { 0.5 } else { 2.0 }))
            .collect();
        let own = worth(1, &drills, 0, 20.0);
        let [short, middle, long] = [0.5, 1.0, 2.0].map(|cost| own.review(&known(3.0, 5, cost)));
        assert!(short > middle && middle > long, "{short} {middle} {long}");
    }

    #[test]
    fn what_is_too_long_for_the_days_is_left_for_what_is_short() {
        // Sixty short ones would fill the two days, so the long ones are not worth their time.
        let new: Vec<f64> = (0..80)
            .map(|at| if at % 4 > 0 { 0.5 } else { 2.0 })
            .collect();
        let stand = Stand {
            days: 2,
            known: &[],
            new: &new,
            reviews: &[20.0; 2],
            least: 0.001,
        };
        let own = Worth::new(&Law::default(), &Habits::default(), &stand, None);
        assert!(own.first(0.5) > 2.0 * own.first(2.0));
    }

    #[test]
    fn far_from_the_interview_a_fresh_drill_waits_for_a_better_day() {
        let own = worth(60, &[known(10.0, 1, 1.0); 20], 0, 20.0);
        assert!(own.review(&known(10.0, 1, 1.0)) < 0.002);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn no_stand_makes_a_gain_that_is_none(
            days in 1u32..400,
            drills in proptest::collection::vec(
                (0.0f64..1e5, 0.0f64..12.0, 0u32..900, 0.01f64..20.0), 0..40,
            ),
            new in 0usize..500,
            a_day in 0.0f64..200.0,
            cost in 0.01f64..20.0,
        ) {
            let drills: Vec<Known> = drills
                .into_iter()
                .map(|(stability, difficulty, wait, cost)| Known {
                    trace: Trace { stability, difficulty },
                    wait,
                    cost,
                })
                .collect();
            let own = worth(days, &drills, new, a_day);
            for drill in drills {
                prop_assert!(own.review(&drill).is_finite());
            }
            prop_assert!(own.first(cost).is_finite());
        }
    }
}
