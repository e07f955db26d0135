//! Traces on a grid, so that a table can say what an answer leads to.

use super::costs::Quarters;
use super::law::{Law, Trace};
use super::worth::Habits;

const STABILITIES: usize = 22;
/// Days.
const LEAST_STABILITY: f64 = 0.1;
const STABILITY_RATIO: f64 = 1.55;
const DIFFICULTIES: usize = 3;
/// Points of the grid.
pub(super) const CELLS: usize = STABILITIES * DIFFICULTIES;
/// Days up to here are exact, longer times on a grid.
const EXACT_DAYS: u32 = 7;
const DAY_RATIO: f64 = 1.25;
/// No interview is further away than a year, and no last answer counts for longer than two.
const LONGEST: u32 = 730;

/// A point between four points of the grid, with a weight for each.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    at: [usize; 4],
    weight: [f32; 4],
}

/// What an answer leads to: four points each for Again, Hard, Good and Easy; the weights hold how
/// likely they are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Leads {
    at: [u16; 16],
    weight: [f32; 16],
}

/// What answers lead to, from everywhere on the grid.
#[derive(Debug)]
pub(super) struct Grid {
    /// Days since the last answer; ascending, from 1.
    waits: Vec<u32>,
    /// By wait, then cell.
    leads: Vec<Leads>,
    pub(super) first: Leads,
}

impl Place {
    /// Bilinear in the logarithm of the stability and in the difficulty; the weights sum to `share`.
    pub(super) fn of(trace: Trace, share: f64) -> Self {
        let steps = (trace.stability.max(LEAST_STABILITY) / LEAST_STABILITY).ln();
        let s = steps / STABILITY_RATIO.ln();
        let d = (trace.difficulty.clamp(1.0, 10.0) - 1.0) / 9.0 * (DIFFICULTIES - 1) as f64;
        // The last interval is closed, so that each point has a neighbour above.
        let s0 = s.floor().min((STABILITIES - 2) as f64);
        let d0 = d.floor().min((DIFFICULTIES - 2) as f64);
        let (fs, fd) = ((s - s0).min(1.0), d - d0);
        let cell = s0 as usize * DIFFICULTIES + d0 as usize;
        let part = |weight: f64| (share * weight) as f32;
        Self {
            at: [cell, cell + 1, cell + DIFFICULTIES, cell + DIFFICULTIES + 1],
            weight: [
                part((1.0 - fs) * (1.0 - fd)),
                part((1.0 - fs) * fd),
                part(fs * (1.0 - fd)),
                part(fs * fd),
            ],
        }
    }

    /// Its points with their weights.
    pub(super) fn into_parts(self) -> impl Iterator<Item = (usize, f32)> {
        self.at.into_iter().zip(self.weight)
    }

    /// The point with the greatest weight.
    pub(super) fn nearest(self) -> usize {
        let most = self.into_parts().max_by(|a, b| a.1.total_cmp(&b.1));
        most.map_or(0, |(at, _)| at)
    }
}

impl Leads {
    /// `before` is the trace with the days since; a first answer has none.
    fn of(law: &Law, before: Option<(Trace, u32)>, shares: [f64; 4]) -> Self {
        let (trace, wait) = before.map_or((None, 0), |(trace, wait)| (Some(trace), wait));
        let after = law.after(trace, wait, 0.9).into_iter().flatten();
        let places = after
            .zip(shares)
            .map(|((trace, _), share)| Place::of(trace, share));
        let mut own = Self::default();
        let slots = own.at.iter_mut().zip(&mut own.weight);
        for ((at, weight), place) in slots.zip(places.flat_map(Place::into_parts)) {
            (*at, *weight) = (place.0 as u16, place.1);
        }
        own
    }

    /// The expected value, given one for each point of the grid.
    pub(super) fn expect(&self, values: &[Quarters]) -> Quarters {
        let mut sum = [0.0; 4];
        for (at, weight) in self.at.iter().zip(&self.weight) {
            let value = values.get(usize::from(*at)).copied().unwrap_or_default();
            for (sum, value) in sum.iter_mut().zip(value) {
                *sum += weight * value;
            }
        }
        sum
    }

    /// Lets drills flow to where they lead.
    pub(super) fn spread(&self, drills: &Quarters, into: &mut [Quarters]) {
        for (at, weight) in self.at.iter().zip(&self.weight) {
            if let Some(own) = into.get_mut(usize::from(*at)) {
                for (own, drills) in own.iter_mut().zip(drills) {
                    *own += weight * drills;
                }
            }
        }
    }
}

impl Grid {
    pub(super) fn new(law: &Law, habits: &Habits) -> Self {
        let waits = days_to(LONGEST);
        let from = move |wait: u32, cell: usize| {
            let trace = trace_at(cell);
            let recall = law.recall(trace.stability, wait);
            let [hard, good, easy] = habits.known.map(|share| share * recall);
            Leads::of(law, Some((trace, wait)), [1.0 - recall, hard, good, easy])
        };
        let all = waits
            .iter()
            .flat_map(|wait| (0..CELLS).map(move |cell| from(*wait, cell)));
        Self {
            leads: all.collect(),
            first: Leads::of(law, None, habits.first),
            waits,
        }
    }

    pub(super) fn waits(&self) -> &[u32] {
        &self.waits
    }

    pub(super) fn nearest_wait(&self, wait: u32) -> usize {
        nearest(&self.waits, wait)
    }

    /// From a cell, this place in the list of waits after the last answer.
    pub(super) fn leads(&self, wait: usize, cell: usize) -> &Leads {
        self.leads.get(wait * CELLS + cell).unwrap_or(&self.first)
    }
}

/// The trace of a point of the grid.
pub(super) fn trace_at(cell: usize) -> Trace {
    Trace {
        stability: LEAST_STABILITY * STABILITY_RATIO.powi((cell / DIFFICULTIES) as i32),
        difficulty: 1.0 + 9.0 * (cell % DIFFICULTIES) as f64 / (DIFFICULTIES - 1) as f64,
    }
}

/// Days from 1 to `longest`, ever further apart.
pub(super) fn days_to(longest: u32) -> Vec<u32> {
    let mut days: Vec<u32> = (1..=EXACT_DAYS.min(longest.max(1))).collect();
    let mut day = f64::from(EXACT_DAYS);
    while days.last().is_some_and(|last| *last < longest) {
        day *= DAY_RATIO;
        days.push((day.round() as u32).min(longest));
    }
    days
}

/// Where the nearest of these days stands, which are not empty and ascend.
pub(super) fn nearest(days: &[u32], day: u32) -> usize {
    let above = days
        .partition_point(|own| *own < day)
        .min(days.len().saturating_sub(1));
    let below = above.saturating_sub(1);
    let far = |at: usize| days.get(at).map_or(u32::MAX, |own| own.abs_diff(day));
    if far(below) < far(above) {
        below
    } else {
        above
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_trace_has_a_place_and_the_shares_stay_whole(
            stability in 0.0f64..40_000.0, difficulty in 0.0f64..12.0, share in 0.0f64..1.0,
        ) {
            let place = Place::of(Trace { stability, difficulty }, share);
            let sum: f32 = place.into_parts().map(|(_, weight)| weight).sum();
            prop_assert!((f64::from(sum) - share).abs() < 1e-5);
            prop_assert!(place.into_parts().all(|(at, weight)| at < CELLS && weight >= 0.0));
        }

        #[test]
        fn a_point_of_the_grid_is_its_own_place(cell in 0..CELLS) {
            let place = Place::of(trace_at(cell), 1.0);
            let own: f32 = place.into_parts().filter(|(at, _)| *at == cell).map(|(_, w)| w).sum();
            prop_assert!(own > 0.999);
        }

        #[test]
        fn days_ascend_to_the_longest(longest in 1u32..800, day in 1u32..800) {
            let days = days_to(longest);
            prop_assert!(days.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert_eq!(days.last(), Some(&longest));
            let near = days[nearest(&days, day)].abs_diff(day);
            prop_assert!(days.iter().all(|own| own.abs_diff(day) >= near));
        }
    }
}
