//! "Surprise me": a case by what is worth practising, chance among equals.

use crate::desk::Desk;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// Which case a surprise is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Surprise {
    /// One that was never tried; when there is none, the weakest.
    #[default]
    Unseen,
    /// The one with most drills due.
    Due,
    /// The one with the lowest total of its last mock.
    Weakest,
}

impl Desk {
    /// A ready case; none when there is none at all.
    pub fn surprise(&mut self, kind: Surprise, now: DateTime<Utc>) -> Option<String> {
        let last: BTreeMap<String, f64> = self
            .history()
            .into_iter()
            .map(|mock| (mock.case, mock.total))
            .collect();
        let cases = self.cases(now).into_iter().filter(|stand| stand.written);
        // The lowest wins.
        let ranked: Vec<(i64, String)> = cases
            .map(|stand| {
                let total = last.get(&stand.case).copied();
                let weak = total.map_or(101.0, |total| total) as i64;
                let rank = match kind {
                    Surprise::Unseen if !stand.tried => -1,
                    Surprise::Unseen | Surprise::Weakest => weak,
                    Surprise::Due => -(stand.due as i64),
                };
                (rank, stand.case)
            })
            .collect();
        let best = ranked.iter().map(|(rank, _)| *rank).min()?;
        let equals: Vec<&String> = ranked
            .iter()
            .filter(|(rank, _)| *rank == best)
            .map(|(_, case)| case)
            .collect();
        let at = self.seed() % equals.len().max(1) as u64;
        equals.get(at as usize).map(|case| (*case).clone())
    }
}
