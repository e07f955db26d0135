//! The cases, with where the learner stands in each.

use super::Desk;
use crate::content::Step;
use crate::progress::{Event, Filter, Kind};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Drills of a case before a number is shown for it.
const ENOUGH: usize = 5;

/// One line of the list of cases.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaseStand {
    pub case: String,
    pub title: String,
    pub family: String,
    pub summary: String,
    /// False for a case that the plans want and nobody has written yet.
    pub written: bool,
    /// A mock or a sprint of it was begun.
    pub tried: bool,
    /// The best total of a whole mock.
    pub best: Option<f64>,
    pub mocks: usize,
    pub drills: usize,
    pub answered: usize,
    pub due: usize,
    /// Sections of the breakdown that were read, of seven.
    pub read: usize,
    /// Mean of recall now times last score over the answered drills, 0 to 100; none before there
    /// are enough.
    pub recall: Option<f64>,
}

impl Desk {
    /// All ready cases and the wanted ones, in the order in which they are worth practising.
    pub fn cases(&self, now: DateTime<Utc>) -> Vec<CaseStand> {
        let tried = self.tried_cases();
        let mut best: BTreeMap<String, (usize, f64)> = BTreeMap::new();
        for mock in self.history() {
            if mock.steps.len() == Step::ALL.len() {
                let (count, total) = best.entry(mock.case).or_default();
                *count += 1;
                *total = total.max(mock.total);
            }
        }
        let mut drills: BTreeMap<&str, usize> = BTreeMap::new();
        for head in self.library.drills() {
            *drills.entry(head.topic.as_str()).or_default() += 1;
        }
        let read = self.sections_read();
        let mut answered: BTreeMap<&str, (usize, usize, f64)> = BTreeMap::new();
        for state in self.states().values().filter(|state| state.reps > 0) {
            let topic = state.drill.split('/').next().unwrap_or_default();
            let (count, due, sum) = answered.entry(topic).or_default();
            *count += 1;
            *sum += self.expected(state, now);
            *due += usize::from(!state.suspended && state.due.is_some_and(|due_at| due_at <= now));
        }

        let focus = &self.library.plans().focus;
        let place = |id: &str| focus.iter().position(|own| own.as_str() == id);
        let mut all: Vec<CaseStand> = self
            .library
            .ready_cases()
            .map(|head| {
                let mocks = best.get(&head.id).copied();
                let (answered, due, sum) =
                    answered.get(head.id.as_str()).copied().unwrap_or_default();
                CaseStand {
                    case: head.id.clone(),
                    title: head.title.clone(),
                    family: head.family.clone(),
                    summary: head.summary.clone(),
                    written: true,
                    tried: tried.contains(&head.id),
                    best: mocks.map(|(_, total)| total),
                    mocks: mocks.map_or(0, |(count, _)| count),
                    drills: drills.get(head.id.as_str()).copied().unwrap_or(0),
                    answered,
                    due,
                    read: read.get(&head.id).map_or(0, BTreeSet::len),
                    recall: (answered >= ENOUGH).then(|| sum / answered as f64),
                }
            })
            .collect();
        all.sort_by_key(|stand| place(&stand.case).unwrap_or(usize::MAX));
        let wanted: Vec<CaseStand> = focus
            .iter()
            .filter(|id| !all.iter().any(|stand| stand.case == id.as_str()))
            .map(|id| missing(id.as_str()))
            .collect();
        all.extend(wanted);
        all
    }
}

impl Desk {
    /// The steps of each case whose section was read.
    fn sections_read(&self) -> BTreeMap<String, BTreeSet<Step>> {
        let events = self.journal.events(&Filter::of(Kind::Read));
        let mut read: BTreeMap<String, BTreeSet<Step>> = BTreeMap::new();
        for stored in events.unwrap_or_default() {
            if let Event::Read(own) = stored.event {
                if let Ok(step) = own.section.parse() {
                    read.entry(own.case).or_default().insert(step);
                }
            }
        }
        read
    }

    /// A case's title; one made from its id when it is not written yet.
    pub fn case_title(&self, id: &str) -> String {
        let head = self.library.case_head(id);
        head.map_or_else(|| title_of(id), |head| head.title.clone())
    }
}

/// A case that is not written yet, titled by its id.
fn missing(id: &str) -> CaseStand {
    CaseStand {
        case: id.to_owned(),
        title: title_of(id),
        family: String::new(),
        summary: String::new(),
        written: false,
        tried: false,
        best: None,
        mocks: 0,
        drills: 0,
        answered: 0,
        due: 0,
        read: 0,
        recall: None,
    }
}

/// "ad-click-prediction" as "Ad click prediction"; short forms in capitals.
fn title_of(id: &str) -> String {
    if id.len() <= 3 {
        return id.to_uppercase();
    }
    let spaced = id.replace('-', " ");
    let mut chars = spaced.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    let title: String = first.into_iter().chain(chars).collect();
    title.replace("Rag ", "RAG ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Setup;

    #[test]
    fn every_ready_and_every_wanted_case_is_there_once() {
        let desk = Desk::in_memory(Setup::default(), DateTime::UNIX_EPOCH).unwrap();
        let all = desk.cases(DateTime::UNIX_EPOCH);
        let mut ids: Vec<&str> = all.iter().map(|stand| stand.case.as_str()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        let written = all.iter().filter(|stand| stand.written).count();
        assert_eq!(written, desk.library.ready_cases().count());
        for id in &desk.library.plans().focus {
            assert!(ids.contains(&id.as_str()), "{id}");
        }
    }
}
