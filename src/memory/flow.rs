//! How drills choose among days, and what they then ask of each.

use super::costs::{Costs, Quarters};
use super::grid::{Leads, CELLS};

/// Shares below this are nought, in exponents.
const FAINT: f32 = -8.0;

/// Drills on their way through the days.
pub(super) struct Flow {
    costs: Costs,
    /// By layer: mean reviews that are asked for.
    pub(super) demand: Vec<f32>,
    /// By layer, by cell: drills just answered.
    there: Vec<Vec<Quarters>>,
}

impl Flow {
    pub(super) fn new(costs: Costs, layers: usize) -> Self {
        Self {
            costs,
            demand: vec![0.0; layers],
            there: vec![vec![Quarters::default(); CELLS]; layers],
        }
    }

    /// Drills that are asked on a layer; each answer takes so many reviews of its drill.
    pub(super) fn add(&mut self, layer: usize, leads: &Leads, drills: &Quarters, reviews: f32) {
        let there = self.there.get_mut(layer);
        if let (Some(demand), Some(there)) = (self.demand.get_mut(layer), there) {
            let costs = drills.iter().zip(self.costs.0);
            *demand += reviews * costs.map(|(drills, cost)| drills * cost).sum::<f32>();
            leads.spread(drills, there);
        }
    }

    /// Takes what was answered on a layer.
    pub(super) fn leave(&mut self, layer: usize) -> Vec<Quarters> {
        let there = self.there.get_mut(layer);
        there.map(std::mem::take).unwrap_or_default()
    }
}

pub(super) fn times(drills: &Quarters, shares: &Quarters) -> Quarters {
    let mut own = *drills;
    for (own, share) in own.iter_mut().zip(shares) {
        *own *= share;
    }
    own
}

/// Turns worths into shares that prefer the best, the more so the smaller `heat` is, and gives the
/// mean worth under them; each quarter for itself.
pub(super) fn soften(worths: &mut [Quarters], heat: f32) -> Quarters {
    let mut best = [f32::NEG_INFINITY; 4];
    for own in worths.iter() {
        for (best, own) in best.iter_mut().zip(own) {
            *best = best.max(*own);
        }
    }
    let (mut sums, mut means) = (Quarters::default(), Quarters::default());
    for own in worths.iter_mut() {
        let figures = best.iter().zip(sums.iter_mut().zip(&mut means));
        for (own, (best, (sum, mean))) in own.iter_mut().zip(figures) {
            let exponent = (*own - best) / heat;
            let share = if exponent > FAINT {
                exponent.exp()
            } else {
                0.0
            };
            *sum += share;
            *mean += share * *own;
            *own = share;
        }
    }
    let inverse = sums.map(f32::recip);
    for own in worths.iter_mut() {
        *own = times(own, &inverse);
    }
    times(&means, &inverse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_whole_and_prefer_the_best_the_more_the_colder() {
        let worths = [[0.1; 4], [0.3, 0.2, 0.1, 0.0], [0.2; 4]];
        let shares = |heat: f32| {
            let mut own = worths;
            let mean = soften(&mut own, heat);
            assert!(mean.iter().all(|mean| *mean <= 0.3 && *mean >= 0.0));
            for at in 0..4 {
                let sum: f32 = own.iter().map(|own| own[at]).sum();
                assert!((sum - 1.0).abs() < 1e-5);
            }
            own
        };
        let (warm, cold) = (shares(0.1), shares(0.01));
        assert!(warm[1][0] > warm[2][0] && warm[2][0] > warm[0][0]);
        assert!(cold[1][0] > 0.99 && cold[2][3] > 0.99);
    }
}
