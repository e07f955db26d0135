//! What the learner missed last: for the morning of the interview.

use super::Desk;
use crate::content::Kind;
use crate::grading::Verdict;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// Mocks that are looked back on.
const MOCKS: usize = 5;
/// Drills that were answered badly.
const DRILLS: usize = 4;
/// Score under which a last answer was bad.
const BAD: f64 = 0.5;

/// Something that was missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissedPoint {
    pub case: String,
    pub step: String,
    pub point: String,
}

impl Desk {
    /// Musts that the last mocks missed or got wrong, what was got wrong first and the newest mock
    /// first, then what drills teach whose last answer was bad, those that are forgotten most
    /// often first. No point comes twice, and none that a later mock of the case hit.
    pub fn misses(&mut self, now: DateTime<Utc>) -> Vec<MissedPoint> {
        let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
        let mut points: Vec<(bool, MissedPoint)> = Vec::new();
        for (_, finished) in self.finished().into_iter().rev().take(MOCKS) {
            let case_id = &finished.record.case;
            let Ok(case) = self.library.case(case_id) else {
                continue;
            };
            for item in &finished.debrief.sheet.items {
                if item.kind != Kind::Must || !seen.insert((case_id.clone(), item.id.to_string())) {
                    continue;
                }
                let wrong = item.verdict == Verdict::Conflict;
                let missed = wrong || item.verdict == Verdict::Missed;
                let point = case.item(item.id.as_str());
                if let (true, Some(point)) = (missed, point) {
                    let missed = MissedPoint {
                        case: case_id.clone(),
                        step: item.step.to_string(),
                        point: point.point.trim().to_owned(),
                    };
                    points.push((!wrong, missed));
                }
            }
        }
        points.sort_by_key(|(wrong, _)| *wrong);
        let mut points: Vec<MissedPoint> = points.into_iter().map(|(_, point)| point).collect();
        points.extend(self.bad_answers(now));
        points
    }

    fn bad_answers(&mut self, now: DateTime<Utc>) -> Vec<MissedPoint> {
        let mut bad: Vec<_> = self
            .states()
            .values()
            .filter(|state| state.reps > 0 && !state.suspended)
            .filter(|state| state.last_score.is_some_and(|score| score < BAD))
            .map(|state| {
                let recall = self.model().recall(state, now).unwrap_or(0.0);
                (
                    state.lapses,
                    recall,
                    state.drill.clone(),
                    state.step.clone(),
                )
            })
            .collect();
        bad.sort_by(|a, b| {
            let order = b.0.cmp(&a.0).then(a.1.total_cmp(&b.1));
            order.then_with(|| a.2.cmp(&b.2))
        });
        bad.into_iter()
            .take(DRILLS)
            .filter_map(|(_, _, id, step)| {
                let drill = self.drill(&id).ok()?;
                let case = id.split('/').next().unwrap_or_default().to_owned();
                Some(MissedPoint {
                    case,
                    step,
                    point: drill.head().because.trim().to_owned(),
                })
            })
            .collect()
    }
}
