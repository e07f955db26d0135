//! How well scores of 1 to 4 follow labels of 1 to 4.

use std::cmp::Ordering;

/// A label by hand beside the score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rated {
    pub(crate) label: u8,
    pub(crate) score: u8,
    /// Tells apart what has the same score.
    pub(crate) fine: f64,
}

impl Rated {
    fn standing(&self, other: &Self) -> Ordering {
        let score = self.score.cmp(&other.score);
        score.then(self.fine.total_cmp(&other.fine))
    }
}

/// Share of the scores at most `off` from their label.
pub(crate) fn within(rated: &[Rated], off: u8) -> Option<f64> {
    let near = rated
        .iter()
        .filter(|rated| rated.label.abs_diff(rated.score) <= off)
        .count();
    super::figures::share(near, rated.len())
}

/// Pairs whose labels are two or more apart.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Order {
    /// In the same order by score, then by what is finer than it.
    pub(crate) right: usize,
    pub(crate) level: usize,
    pub(crate) wrong: usize,
}

impl Order {
    pub(crate) fn of(rated: &[Rated]) -> Self {
        let mut own = Self::default();
        for (at, a) in rated.iter().enumerate() {
            for b in rated.iter().skip(at + 1) {
                if a.label.abs_diff(b.label) >= 2 {
                    let standing = a.standing(b);
                    *match standing {
                        Ordering::Equal => &mut own.level,
                        _ if standing == a.label.cmp(&b.label) => &mut own.right,
                        _ => &mut own.wrong,
                    } += 1;
                }
            }
        }
        own
    }

    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            level: self.level + other.level,
            wrong: self.wrong + other.wrong,
        }
    }

    pub(crate) fn share(self) -> Option<f64> {
        super::figures::share(self.right, self.right + self.level + self.wrong)
    }
}

/// Cohen's kappa with quadratic weights (Cohen 1968): one minus the squared distance seen over the
/// squared distance that the two margins alone would give.
pub(crate) fn kappa(rated: &[Rated]) -> Option<f64> {
    let squared = |a: u8, b: u8| f64::from(a.abs_diff(b)).powi(2);
    let seen: f64 = rated
        .iter()
        .map(|rated| squared(rated.label, rated.score))
        .sum();
    let mut chance = 0.0;
    for a in rated {
        chance += rated.iter().map(|b| squared(a.label, b.score)).sum::<f64>();
    }
    let expected = chance / rated.len().max(1) as f64;
    (expected > 0.0).then(|| 1.0 - seen / expected)
}
