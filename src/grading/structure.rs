//! The dimension that only a clock can score: whether every step was reached, near its time.

use crate::content::Step;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Share of a step's budget over which it overran.
const OVERRUN: f64 = 1.5;
/// Share of a step's budget under which it was only touched.
const TOUCHED: f64 = 0.25;

/// The seconds of a timed answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clocked {
    /// Seconds spent in each step.
    pub used: BTreeMap<Step, u32>,
    /// Seconds that each step has.
    pub budget: BTreeMap<Step, u32>,
}

/// 1 when two steps or more were not reached, 2 when one was not or three overran, 4 when all were
/// reached, none overran and none was only touched, else 3. A step without words was not reached.
pub(super) fn score(clocked: &Clocked, words: &BTreeMap<Step, usize>) -> u8 {
    let (mut unreached, mut overran, mut touched) = (0, 0, 0);
    for (step, budget) in &clocked.budget {
        let used = clocked.used.get(step).copied().unwrap_or_default();
        let share = f64::from(used) / f64::from((*budget).max(1));
        if used == 0 || words.get(step).copied().unwrap_or_default() == 0 {
            unreached += 1;
        } else if share > OVERRUN {
            overran += 1;
        } else if share < TOUCHED {
            touched += 1;
        }
    }
    match (unreached, overran, touched) {
        (2.., _, _) => 1,
        (1, _, _) | (_, 3.., _) => 2,
        (_, 0, 0) => 4,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timed(seconds: [u32; 7]) -> (Clocked, BTreeMap<Step, usize>) {
        let by_step = |seconds: [u32; 7]| Step::ALL.into_iter().zip(seconds).collect();
        let clocked = Clocked {
            used: by_step(seconds),
            budget: by_step([300; 7]),
        };
        (
            clocked,
            Step::ALL.into_iter().map(|step| (step, 40)).collect(),
        )
    }

    fn scored(seconds: [u32; 7]) -> u8 {
        let (clocked, words) = timed(seconds);
        score(&clocked, &words)
    }

    #[test]
    fn reaching_every_step_near_its_time_is_best() {
        assert_eq!(scored([300; 7]), 4);
        assert_eq!(scored([450, 80, 300, 300, 300, 300, 300]), 4);
        assert_eq!(scored([451, 300, 300, 300, 300, 300, 300]), 3);
        assert_eq!(scored([300, 20, 300, 300, 300, 300, 300]), 3);
        assert_eq!(scored([900, 900, 900, 300, 300, 300, 300]), 2);
        assert_eq!(scored([300, 300, 300, 300, 300, 300, 0]), 2);
        assert_eq!(scored([900, 900, 300, 300, 300, 0, 0]), 1);
    }

    #[test]
    fn minutes_without_a_word_reach_nothing() {
        let (clocked, mut words) = timed([300; 7]);
        words.insert(Step::Serve, 0);
        assert_eq!(score(&clocked, &words), 2);
        assert_eq!(score(&clocked, &BTreeMap::new()), 1);
    }
}
