//! The days up to the interview: the last ones each for itself, earlier ones by the layer.

use super::grid::{days_to, nearest, Grid};

/// A choice of the next day must wait so much longer than the one before it.
const APART: f64 = 1.05;
/// The last days before the interview are always to choose from.
const LAST_DAYS: usize = 3;

/// Days before the interview, the last one first and today last. One stands for all days from the
/// one before it on.
#[derive(Debug)]
pub(super) struct Layers(Vec<u32>);

/// Where the next answer may be, and after what wait: both as places in their lists.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub(super) layer: usize,
    pub(super) wait: usize,
}

impl Layers {
    /// `today` is so many days before the interview.
    pub(super) fn new(today: u32) -> Self {
        Self(days_to(today.max(1)))
    }

    pub(super) fn days(&self) -> &[u32] {
        &self.0
    }

    /// The one that is nearest to a day.
    pub(super) fn nearest(&self, day: u32) -> usize {
        nearest(&self.0, day)
    }

    fn today(&self) -> u32 {
        self.0.last().copied().unwrap_or(1)
    }

    /// Choices after a day that is `day` before the interview, `wait` days after the last answer;
    /// the soonest first.
    pub(super) fn later(&self, grid: &Grid, day: u32, wait: u32) -> Vec<Choice> {
        let mut choices = Vec::new();
        let mut least = 0.0;
        for (layer, own) in self.0.iter().enumerate().rev() {
            let Some(days) = day.checked_sub(*own).filter(|days| *days > 0) else {
                continue;
            };
            if f64::from(days) >= least || layer < LAST_DAYS {
                let wait = grid.nearest_wait(wait + days);
                choices.push(Choice { layer, wait });
                least = f64::from(days) * APART;
            }
        }
        choices
    }

    /// Choices of a drill that was last answered this place in the list of waits ago: today, then
    /// later.
    pub(super) fn starting_today(&self, grid: &Grid, wait: usize) -> Vec<Choice> {
        let days = grid.waits().get(wait).copied().unwrap_or(1);
        let layer = self.0.len() - 1;
        let mut choices = vec![Choice { layer, wait }];
        choices.extend(self.later(grid, self.today(), days));
        choices
    }

    /// What the days of each layer have together; today comes first in `daily`.
    pub(super) fn sums(&self, daily: &[f64]) -> Vec<f32> {
        let today = self.today();
        let mut sums = vec![0.0; self.0.len()];
        for (day, own) in (1..=today).rev().zip(daily) {
            // What lies between the last layer and today goes to that layer.
            let layer = self.0.partition_point(|layer| *layer < day);
            let beside = day < today && layer + 1 == self.0.len();
            if let Some(sum) = sums.get_mut(layer - usize::from(beside)) {
                *sum += *own as f32;
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_minute_of_the_days_is_in_one_layer(
            daily in proptest::collection::vec(0.0f64..60.0, 1..400),
        ) {
            let layers = Layers::new(daily.len() as u32);
            let sums = layers.sums(&daily);
            prop_assert_eq!(sums.len(), layers.days().len());
            prop_assert_eq!(sums.last().copied(), daily.first().map(|own| *own as f32));
            let (sum, all) = (sums.iter().sum::<f32>(), daily.iter().sum::<f64>() as f32);
            prop_assert!((sum - all).abs() <= 0.001 * all + 0.01);
        }
    }
}
