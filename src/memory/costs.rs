//! What answers cost, in quarters: the cheapest quarter of the drills, the next, and so on. A drill
//! that takes half the time is worth twice as many reviews, so each quarter is weighed for itself.

/// One figure for each quarter, cheapest first.
pub(super) type Quarters = [f32; 4];

/// The mean cost of each quarter, in mean reviews; ascending.
#[derive(Clone, Copy, Debug)]
pub(super) struct Costs(pub(super) Quarters);

impl Costs {
    /// From what a review of each drill costs; these may be a sample.
    pub(super) fn of(mut costs: Vec<f32>) -> Self {
        costs.sort_by(f32::total_cmp);
        let edge = |quarter: usize| quarter * costs.len() / 4;
        let mut own = [1.0; 4];
        for (at, own) in own.iter_mut().enumerate() {
            let quarter = costs.get(edge(at)..edge(at + 1)).unwrap_or_default();
            // Of fewer than four drills some quarters are empty.
            let quarter = if quarter.is_empty() { &costs } else { quarter };
            if !quarter.is_empty() {
                *own = quarter.iter().sum::<f32>() / quarter.len() as f32;
            }
        }
        own.sort_by(f32::total_cmp);
        Self(own)
    }

    /// The quarter whose mean is nearest.
    pub(super) fn quarter(&self, cost: f32) -> usize {
        let far = |own: &f32| (own - cost).abs();
        let all = self.0.iter().enumerate();
        all.min_by(|a, b| far(a.1).total_cmp(&far(b.1)))
            .map_or(0, |(at, _)| at)
    }

    /// The figure at a cost, between those of the two nearest quarters.
    pub(super) fn at(&self, figures: &Quarters, cost: f32) -> f32 {
        let [first, ..] = *figures;
        let mut found = first;
        for (costs, figures) in self.0.windows(2).zip(figures.windows(2)) {
            if let ([low, high], [from, to]) = (costs, figures) {
                if cost > *low {
                    let share = ((cost - low) / (high - low).max(1e-6)).min(1.0);
                    found = from + share * (to - from);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn quarters_ascend_and_hold_the_mean(
            costs in proptest::collection::vec(0.1f32..5.0, 1..200),
        ) {
            let own = Costs::of(costs.clone());
            prop_assert!(own.0.windows(2).all(|pair| pair[0] <= pair[1]));
            if costs.len() % 4 == 0 {
                let mean = costs.iter().sum::<f32>() / costs.len() as f32;
                prop_assert!((own.0.iter().sum::<f32>() / 4.0 - mean).abs() < 1e-3);
            }
            for (at, cost) in own.0.into_iter().enumerate() {
                prop_assert!((own.0[own.quarter(cost)] - own.0[at]).abs() < 1e-6);
            }
        }

        #[test]
        fn a_figure_lies_between_those_of_its_quarters(cost in 0.0f32..9.0) {
            let own = Costs([0.5, 1.0, 1.0, 3.0]);
            let figure = own.at(&[4.0, 3.0, 2.0, 1.0], cost);
            prop_assert!((1.0..=4.0).contains(&figure));
        }
    }

    #[test]
    fn no_drills_have_a_cost_of_one() {
        assert_eq!(Costs::of(Vec::new()).0, [1.0; 4]);
        let between = Costs([1.0, 2.0, 3.0, 4.0]).at(&[0.0, 1.0, 0.0, 0.0], 1.5);
        assert!((between - 0.5).abs() < 1e-6);
    }
}
