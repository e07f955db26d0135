//! How far a figure could be off: 95 % intervals by resampling items. Pairs of one item stand or
//! fall together, so items are drawn and not pairs.

use super::figures::{macro_f1, Counts};

const ROUNDS: usize = 1_000;
const SEED: u64 = 20_261_121;

/// Intervals of precision, recall and macro-F1.
pub(crate) struct Intervals {
    pub(crate) precision: Option<(f64, f64)>,
    pub(crate) recall: Option<(f64, f64)>,
    pub(crate) macro_f1: Option<(f64, f64)>,
}

pub(crate) fn intervals(items: &[Counts]) -> Intervals {
    let (mut precision, mut recall, mut macros) = (Vec::new(), Vec::new(), Vec::new());
    let mut chance = SplitMix(SEED);
    for _ in 0..ROUNDS {
        let drawn: Vec<Counts> = items
            .iter()
            .filter_map(|_| items.get(chance.below(items.len())).copied())
            .collect();
        let total = drawn.iter().copied().fold(Counts::default(), Counts::and);
        precision.extend(total.precision());
        recall.extend(total.recall());
        macros.extend(macro_f1(drawn.iter()));
    }
    Intervals {
        precision: middle(precision),
        recall: middle(recall),
        macro_f1: middle(macros),
    }
}

/// From the 2.5th to the 97.5th percentile.
fn middle(mut values: Vec<f64>) -> Option<(f64, f64)> {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let last = values.len().checked_sub(1)? as f64;
        values.get((last * share).round() as usize).copied()
    };
    Some((at(0.025)?, at(0.975)?))
}

/// Steele, Lea and Flood 2014: enough to draw items, and the same everywhere.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}
