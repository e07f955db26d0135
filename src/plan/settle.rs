//! Which tasks were done before today, whenever that was.

use super::day::Deed;
use super::evidence::Evidence;
use super::task::Task;
use crate::content::{ActivityKind, Step};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Tasks that were done from `from` on and before `today`, by name, with the day. The second task
/// of the same kind asks for a second deed.
pub(super) fn settle(
    tasks: &[Task],
    evidence: &Evidence,
    from: NaiveDate,
    today: NaiveDate,
) -> BTreeMap<String, NaiveDate> {
    let deeds: Vec<(NaiveDate, &Deed)> = evidence.between(from, today).collect();
    let mut done: BTreeMap<String, NaiveDate> = BTreeMap::new();
    let mut asked: BTreeMap<(ActivityKind, Option<&str>, &[Step]), usize> = BTreeMap::new();
    for task in tasks {
        let key = (task.kind, task.case.as_deref(), task.steps.as_slice());
        // A sprint that a mock brought back looks only at what came after that mock.
        let nth = match task.earliest {
            Some(_) => 0,
            None => {
                let count = asked.entry(key).or_default();
                *count += 1;
                *count - 1
            }
        };
        let own = deeds
            .iter()
            .filter(|(date, _)| task.earliest.is_none_or(|earliest| *date >= earliest));
        let day = match task.kind {
            ActivityKind::Mock | ActivityKind::Sprint => {
                let mut days = own.filter_map(|(date, deed)| attempts(deed, task).then_some(*date));
                days.nth(nth)
            }
            ActivityKind::Read => was_read(task, own, nth),
            ActivityKind::Review => {
                let mock = task.after.as_ref().and_then(|id| done.get(id));
                let later = |date: &NaiveDate| mock.is_some_and(|mock| date > mock);
                own.filter(|(_, deed)| **deed == Deed::Debrief)
                    .map(|(date, _)| *date)
                    .find(later)
            }
            ActivityKind::Drill => None,
        };
        if let Some(day) = day {
            done.insert(task.id.clone(), day);
        }
    }
    done
}

fn attempts(deed: &Deed, task: &Task) -> bool {
    let wanted = wanted(&task.steps);
    match deed {
        Deed::Mock { case, steps } => {
            Some(case) == task.case.as_ref() && wanted.iter().all(|step| steps.contains(step))
        }
        _ => false,
    }
}

/// The day on which three of four sections had been read once more than `nth` times.
fn was_read<'a>(
    task: &Task,
    deeds: impl Iterator<Item = &'a (NaiveDate, &'a Deed)>,
    nth: usize,
) -> Option<NaiveDate> {
    let wanted = wanted(&task.steps);
    let mut days: BTreeMap<Step, BTreeSet<NaiveDate>> = BTreeMap::new();
    for (date, deed) in deeds {
        let Deed::Read {
            case,
            step: Some(step),
        } = deed
        else {
            continue;
        };
        if Some(case) != task.case.as_ref() || !wanted.contains(step) {
            continue;
        }
        days.entry(*step).or_default().insert(*date);
        let often = days.values().filter(|days| days.len() > nth).count();
        if often * 4 >= wanted.len() * 3 {
            return Some(*date);
        }
    }
    None
}

/// All steps when none is named.
pub(super) fn wanted(steps: &[Step]) -> &[Step] {
    if steps.is_empty() {
        &Step::ALL
    } else {
        steps
    }
}
