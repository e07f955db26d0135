//! The law of forgetting: FSRS-6 (Ye et al. 2022–2025) through the `fsrs` crate. Nothing else of the
//! program names that crate but the fit of its parameters.

use super::Rating;
use fsrs::{current_retrievability, FSRSItem, FSRSReview, MemoryState, DEFAULT_PARAMETERS, FSRS};

/// Parameters of the law.
pub const PARAMETERS: usize = 21;
/// How fast recall falls is the last of them.
const DECAY: usize = 20;

/// The law with its parameters.
#[derive(Clone)]
pub struct Law {
    fsrs: FSRS,
    parameters: [f32; PARAMETERS],
}

/// What is remembered of one drill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trace {
    /// Days until recall has fallen to 90 %.
    pub stability: f64,
    /// 1 easy to 10 hard.
    pub difficulty: f64,
}

impl std::fmt::Debug for Law {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Law").field(&self.parameters).finish()
    }
}

impl Default for Law {
    fn default() -> Self {
        Self {
            fsrs: FSRS::default(),
            parameters: DEFAULT_PARAMETERS,
        }
    }
}

impl Law {
    /// A law with other parameters; none when they are not finite numbers. The crate clips what lies
    /// outside its ranges.
    pub fn new(parameters: [f32; PARAMETERS]) -> Option<Self> {
        if !parameters.iter().all(|value| value.is_finite()) {
            return None;
        }
        let fsrs = FSRS::new(&parameters).ok()?;
        let mut parameters = parameters;
        // As the crate clips it; the curve below must be the one that it steps with.
        parameters[DECAY] = parameters[DECAY].clamp(0.1, 0.8);
        Some(Self { fsrs, parameters })
    }

    pub fn parameters(&self) -> &[f32; PARAMETERS] {
        &self.parameters
    }

    /// Probability of recall so many days after an answer that left this stability, 0 to 1.
    pub fn recall(&self, stability: f64, days: u32) -> f64 {
        let memory = MemoryState {
            stability: stability as f32,
            difficulty: 5.0,
        };
        let recall = current_retrievability(memory, days as f32, self.parameters[DECAY]);
        f64::from(recall)
    }

    /// What each rating leads to, Again first: the trace, and the days until recall falls to
    /// `retention`. `days` have passed since the answer that left `before`; a first answer has none.
    pub fn after(
        &self,
        before: Option<Trace>,
        days: u32,
        retention: f32,
    ) -> Option<[(Trace, f32); 4]> {
        let before = before.map(memory);
        let next = self.fsrs.next_states(before, retention, days).ok()?;
        let after = [next.again, next.hard, next.good, next.easy];
        Some(after.map(|state| (trace(state.memory), state.interval)))
    }

    /// The trace that a rating leaves: one of [`Self::after`], without the other three.
    pub fn step(&self, before: Option<Trace>, days: u32, rating: Rating) -> Option<Trace> {
        let review = FSRSReview {
            rating: u32::from(rating.number()),
            delta_t: days,
        };
        let log = FSRSItem {
            reviews: vec![review],
        };
        let after = self.fsrs.memory_state(log, before.map(memory)).ok()?;
        Some(trace(after))
    }
}

fn memory(trace: Trace) -> MemoryState {
    MemoryState {
        stability: trace.stability as f32,
        difficulty: trace.difficulty as f32,
    }
}

fn trace(memory: MemoryState) -> Trace {
    Trace {
        stability: f64::from(memory.stability),
        difficulty: f64::from(memory.difficulty),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn states_equal_those_of_the_crate_on_random_logs(
            log in proptest::collection::vec((1u8..5, 1u32..120), 1..20),
            change in proptest::collection::vec(0.7f32..1.3, PARAMETERS),
        ) {
            let mut parameters = DEFAULT_PARAMETERS;
            for (value, change) in parameters.iter_mut().zip(change) {
                *value *= change;
            }
            let law = Law::new(parameters).unwrap();
            let mut trace = None;
            let mut reviews = Vec::new();
            for (rating, days) in log {
                let days = if trace.is_some() { days } else { 0 };
                let all = law.after(trace, days, 0.9).unwrap();
                trace = law.step(trace, days, Rating::from_number(rating).unwrap());
                prop_assert_eq!(Some(all[usize::from(rating) - 1].0), trace);
                reviews.push(FSRSReview { rating: u32::from(rating), delta_t: days });
            }
            let crate_state = FSRS::new(&parameters).unwrap();
            let expected = crate_state.memory_state(FSRSItem { reviews }, None).unwrap();
            let trace = trace.unwrap();
            let near = |own: f64, other: f32| (own - f64::from(other)).abs() <= 1e-4 * own.abs().max(1.0);
            prop_assert!(near(trace.stability, expected.stability));
            prop_assert!(near(trace.difficulty, expected.difficulty));
        }

        #[test]
        fn recall_is_nine_tenths_after_the_stability_and_falls(days in 1u32..400) {
            let law = Law::default();
            prop_assert!((law.recall(f64::from(days), days) - 0.9).abs() < 1e-4);
            prop_assert!(law.recall(9.0, days) > law.recall(9.0, days + 1));
        }
    }

    #[test]
    fn a_parameter_that_is_no_number_makes_no_law() {
        let mut parameters = DEFAULT_PARAMETERS;
        parameters[3] = f32::NAN;
        assert!(Law::new(parameters).is_none());
    }
}
