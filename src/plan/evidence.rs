//! What was known when the day began: a plan does not change under the learner's hands.

use super::day::Deed;
use crate::content::Step;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What a plan is made from besides its settings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// What was done, by the learner's day.
    pub deeds: BTreeMap<NaiveDate, Vec<Deed>>,
    /// How much each step needs practice, 0 to 1, from answers before today; a step of which
    /// nothing is known is not here.
    pub need: BTreeMap<Step, f64>,
    /// Whole mocks before today, oldest first.
    pub mocks: Vec<Seen>,
    /// Whether anything is still to drill today: an empty queue is a finished one.
    pub drills_left: bool,
}

/// A whole mock, as far as a plan wants to know.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub mock: String,
    pub date: NaiveDate,
    pub case: String,
    /// A clear hire at the plan's level.
    pub mastered: bool,
    /// Steps whose dimensions scored 1 or 2 of 4, the worst first.
    pub weak: Vec<Step>,
}

/// Days in which a bad mock still brings its steps back.
const FRESH: i64 = 14;
/// Days after which a case that was mastered is one like the others again.
const KEPT: i64 = 60;

impl Evidence {
    /// Deeds from one day on, before another.
    pub(super) fn between(
        &self,
        from: NaiveDate,
        before: NaiveDate,
    ) -> impl Iterator<Item = (NaiveDate, &Deed)> {
        let days = self.deeds.range(from..before.max(from));
        days.flat_map(|(date, deeds)| deeds.iter().map(|deed| (*date, deed)))
    }

    /// What was done on a day.
    pub(super) fn on(&self, date: NaiveDate) -> &[Deed] {
        self.deeds.get(&date).map_or(&[], Vec::as_slice)
    }

    /// Cases whose last whole mock was a clear hire.
    pub(super) fn mastered(&self, today: NaiveDate) -> BTreeSet<&str> {
        let mut mastered = BTreeSet::new();
        for mock in &self.mocks {
            if mock.mastered && (today - mock.date).num_days() <= KEPT {
                mastered.insert(mock.case.as_str());
            } else {
                mastered.remove(mock.case.as_str());
            }
        }
        mastered
    }

    /// The two newest mocks that went badly somewhere, newest first.
    pub(super) fn bad(&self, today: NaiveDate) -> impl Iterator<Item = &Seen> {
        let fresh = move |mock: &&Seen| {
            !mock.weak.is_empty() && mock.date < today && (today - mock.date).num_days() <= FRESH
        };
        self.mocks.iter().rev().filter(fresh).take(2)
    }
}
