//! The law of forgetting: FSRS-6 (Ye et al. 2022–2025) through the `fsrs` crate. Nothing else of the
//! program names that crate but the fit of its parameters.

use super::Rating;
use fsrs::{current_retrievability, MemoryState, DEFAULT_PARAMETERS, FSRS};

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
        let memory = before.map(|trace| MemoryState {
            stability: trace.stability as f32,
            difficulty: trace.difficulty as f32,
        });
        let next = self.fsrs.next_states(memory, retention, days).ok()?;
        Some([next.again, next.hard, next.good, next.easy].map(|state| {
            let trace = Trace {
                stability: f64::from(state.memory.stability),
                difficulty: f64::from(state.memory.difficulty),
            };
            (trace, state.interval)
        }))
    }

    /// The trace that a rating leaves.
    pub fn step(&self, before: Option<Trace>, days: u32, rating: Rating) -> Option<Trace> {
        let after = self.after(before, days, 0.9)?;
        after
            .get(usize::from(rating.number()) - 1)
            .map(|(trace, _)| *trace)
    }
}
