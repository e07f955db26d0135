//! Learners that the scheduler does not know: what they truly remember, by another law than its own.

use greenroom::memory::{Law, Rating, Trace, PARAMETERS};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// The kinds of learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// FSRS-6 with its default parameters: what the scheduler believes.
    Model,
    /// FSRS-6, each parameter off by up to 30 %.
    Perturbed,
    /// FSRS-6's states under a power law that falls three times as fast.
    Steep,
    /// Two exponential traces, one of hours to days and one that spaced answers make last.
    TwoTraces,
}

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::Model, Self::Perturbed, Self::Steep, Self::TwoTraces];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Model => "FSRS-6",
            Self::Perturbed => "FSRS-6 ±30 %",
            Self::Steep => "steeper power law",
            Self::TwoTraces => "two traces",
        }
    }
}

/// One learner and one drill set: all that is drawn once.
pub(crate) struct Learner {
    law: Truth,
    /// Shares of Again, Hard, Good, Easy of a first answer.
    first: [f64; 4],
    /// Shares of Hard, Good, Easy of an answer that was known.
    known: [f64; 3],
}

enum Truth {
    Fsrs(Law),
    TwoTraces { growth: f64, fast: f64 },
}

/// What is truly remembered of one drill.
#[derive(Clone, Copy)]
pub(crate) struct Mind {
    trace: Trace,
    /// Only for two traces: the share of the fast one.
    fast: f64,
    last: u32,
}

impl Learner {
    pub(crate) fn new(kind: Kind, chance: &mut ChaCha8Rng) -> Self {
        let mut parameters = *Law::default().parameters();
        let law = match kind {
            Kind::Model => Truth::Fsrs(Law::default()),
            Kind::Perturbed => {
                for value in &mut parameters {
                    *value *= chance.random_range(0.7..1.3);
                }
                Truth::Fsrs(Law::new(parameters).unwrap())
            }
            Kind::Steep => {
                parameters[PARAMETERS - 1] = 0.5;
                Truth::Fsrs(Law::new(parameters).unwrap())
            }
            Kind::TwoTraces => Truth::TwoTraces {
                growth: chance.random_range(1.5..3.5),
                fast: chance.random_range(0.7..2.0),
            },
        };
        let mut jitter = |share: f64| share * chance.random_range(0.7..1.3);
        let first = shares([0.24, 0.094, 0.495, 0.171].map(&mut jitter));
        let known = shares([0.224, 0.631, 0.145].map(&mut jitter));
        Self { law, first, known }
    }

    /// Probability of recall on a day.
    pub(crate) fn recall(&self, mind: &Mind, day: u32) -> f64 {
        let days = day - mind.last;
        match &self.law {
            Truth::Fsrs(law) => law.recall(mind.trace.stability, days),
            Truth::TwoTraces { fast, .. } => {
                let days = f64::from(days);
                mind.fast * (-days / fast).exp()
                    + (1.0 - mind.fast) * (-days / (mind.trace.stability * 9.5)).exp()
            }
        }
    }

    /// Answers a drill on a day.
    pub(crate) fn answer(
        &self,
        mind: &mut Option<Mind>,
        day: u32,
        chance: &mut ChaCha8Rng,
    ) -> Rating {
        let (rating, before) = match mind {
            None => (draw(&self.first, chance), None),
            Some(own) => {
                let known = chance.random_bool(self.recall(own, day).clamp(0.0, 1.0));
                let [hard, good, easy] = self.known;
                let rating = if known {
                    draw(&[0.0, hard, good, easy], chance)
                } else {
                    Rating::Again
                };
                (rating, Some(*own))
            }
        };
        *mind = Some(match &self.law {
            Truth::Fsrs(law) => {
                let days = before.map_or(0, |own| day - own.last);
                let trace = law.step(before.map(|own| own.trace), days, rating).unwrap();
                Mind {
                    trace,
                    fast: 0.0,
                    last: day,
                }
            }
            Truth::TwoTraces { growth, .. } => self.two_traces(before, *growth, rating, day),
        });
        rating
    }

    /// An answer that was known lets the slow trace last longer, the more so the nearer it was to
    /// being forgotten; one that was not known costs it half.
    fn two_traces(&self, before: Option<Mind>, growth: f64, rating: Rating, day: u32) -> Mind {
        let Some(own) = before else {
            let stability = [0.3, 1.0, 2.0, 5.0][usize::from(rating.number()) - 1];
            let trace = Trace {
                stability,
                difficulty: 5.0,
            };
            return Mind {
                trace,
                fast: 0.6,
                last: day,
            };
        };
        let recall = self.recall(&own, day);
        let mut trace = own.trace;
        let fast = if rating == Rating::Again {
            trace.stability = (trace.stability * 0.5).max(0.3);
            0.6
        } else {
            let ease = [0.0, 0.6, 1.0, 1.4][usize::from(rating.number()) - 1];
            trace.stability *= 1.0 + growth * ease * (1.0 - recall + 0.05);
            own.fast * (0.35 + 0.65 * recall)
        };
        Mind {
            trace,
            fast,
            last: day,
        }
    }
}

fn shares<const N: usize>(values: [f64; N]) -> [f64; N] {
    let sum: f64 = values.iter().sum();
    values.map(|value| value / sum)
}

fn draw(shares: &[f64; 4], chance: &mut ChaCha8Rng) -> Rating {
    let sum: f64 = shares.iter().sum();
    let mut point = chance.random_range(0.0..sum);
    for (rating, share) in Rating::ALL.into_iter().zip(shares) {
        point -= share;
        if point < 0.0 {
            return rating;
        }
    }
    Rating::Good
}
