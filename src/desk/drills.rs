//! Drills by their ids, and the sessions that begin with them.

use super::joined::joined;
use super::queue::Practice;
use super::Desk;
use crate::content::index::DrillHead;
use crate::content::Fault;
use crate::drill::{reason, Drill, Known, Options, Queued, Session};
use crate::memory::Why;
use crate::mock::MissedItem;
use crate::progress::{DrillState, Event, Filter as Events, Kind};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Drills of a format after which no sum is begun for the learner any more.
const ENOUGH_KNOWN: usize = 8;

impl Desk {
    /// Heads of all drills, the follow-ups of missed items included.
    pub(super) fn all_heads(&self) -> impl Iterator<Item = &DrillHead> {
        let own = self.follow_ups().values().map(|(head, _)| head);
        self.library.drills().chain(own)
    }

    /// All drills with the state that each is in.
    pub(super) fn all_with_states(
        &self,
    ) -> impl Iterator<Item = (&DrillHead, Option<&DrillState>)> {
        joined(self.all_heads(), self.states())
    }

    /// Follow-ups made from items that were missed in a mock and that no drill practises.
    fn follow_ups(&self) -> &BTreeMap<String, (DrillHead, Drill)> {
        self.follow_ups.get_or_init(|| {
            let mut found = BTreeMap::new();
            for missed in self.missed_items() {
                if let Some(recall) = missed.follow_up {
                    let topic = missed
                        .drill
                        .split('/')
                        .next()
                        .unwrap_or_default()
                        .to_owned();
                    let head = DrillHead {
                        id: missed.drill.clone(),
                        file: String::new(),
                        topic,
                        format: "recall".to_owned(),
                        step: recall.step.to_string(),
                        level: recall.level.to_string(),
                        tags: vec!["missed".to_owned()],
                        item: Some(missed.item.clone()),
                    };
                    found.insert(missed.drill, (head, Drill::Recall(Box::new(recall))));
                }
            }
            found
        })
    }

    /// Drills of items that were missed in a mock, by whole id.
    pub(super) fn missed(&self) -> &BTreeSet<String> {
        self.missed.get_or_init(|| {
            let items = self.missed_items().into_iter();
            items.map(|item| item.drill).collect()
        })
    }

    /// What came back from every finished mock, oldest first.
    fn missed_items(&self) -> Vec<MissedItem> {
        let ends = self
            .journal
            .events(&Events::of(Kind::MockEnd))
            .unwrap_or_default();
        let bodies = ends.into_iter().filter_map(|stored| match stored.event {
            Event::MockEnd(end) => Some(end.missed),
            _ => None,
        });
        bodies
            .filter_map(|missed| serde_json::from_value::<Vec<MissedItem>>(missed).ok())
            .flatten()
            .collect()
    }

    /// A drill by its whole id, a frozen follow-up included.
    ///
    /// # Errors
    /// When there is none, or its file is broken.
    pub fn drill(&mut self, id: &str) -> Result<Drill, Fault> {
        if let Some((_, drill)) = self.follow_ups().get(id) {
            return Ok(drill.clone());
        }
        self.bank.drill(&self.library, id).cloned()
    }

    pub(super) fn head(&self, id: &str) -> Option<DrillHead> {
        let own = self.follow_ups().get(id).map(|(head, _)| head);
        own.or_else(|| self.library.drill_head(id)).cloned()
    }

    /// Starts a session, after a fit of the law when one is due. Drills that cannot be loaded are left out and named.
    pub fn start_drills(
        &mut self,
        practice: &Practice,
        now: DateTime<Utc>,
    ) -> (Session, Vec<Fault>) {
        let mut queue = Vec::new();
        let mut faults = Vec::new();
        self.fit_when_due(now);
        let bearings = self.bearings(now);
        let picks = if practice.placement {
            self.begin_placement(practice.seed, now)
        } else {
            self.queue_from(&bearings, practice, now)
        };
        for pick in picks.into_iter().take(MOST_QUEUED) {
            match self.queued(&pick.drill, pick.why, &bearings.need, now) {
                Ok(queued) => queue.push(queued),
                Err(fault) if faults.contains(&fault) => {}
                Err(fault) => faults.push(fault),
            }
        }
        let options = Options {
            minutes: practice.minutes,
            cram: practice.cram,
            seed: practice.seed.unwrap_or_else(|| self.seed()),
        };
        (Session::new(queue, options, now), faults)
    }

    /// A session of these drills only.
    pub fn start_with(&mut self, ids: &[String], seed: u64, now: DateTime<Utc>) -> Session {
        let queue = ids
            .iter()
            .filter_map(|id| self.queued(id, Why::Missed, &BTreeMap::new(), now).ok())
            .collect();
        let options = Options {
            minutes: None,
            cram: true,
            seed,
        };
        Session::new(queue, options, now)
    }

    /// A session of one drill that the learner asked for; it moves the schedule only when the
    /// drill is new or due.
    ///
    /// # Errors
    /// When there is no such drill, or its file is broken.
    pub fn start_one(&mut self, id: &str, now: DateTime<Utc>) -> Result<Session, Fault> {
        let state = self.states().get(id).filter(|state| state.reps > 0);
        let why = match state {
            None => Why::New,
            Some(state) if state.due.is_some_and(|due| due <= now) => Why::Due,
            Some(_) => Why::Cram,
        };
        let queued = self.queued(id, why, &BTreeMap::new(), now)?;
        let options = Options {
            minutes: None,
            cram: why == Why::Cram,
            seed: self.seed(),
        };
        Ok(Session::new(vec![queued], options, now))
    }

    pub(super) fn queued(
        &mut self,
        id: &str,
        why: Why,
        need: &BTreeMap<String, f64>,
        now: DateTime<Utc>,
    ) -> Result<Queued, Fault> {
        let drill = self.drill(id)?;
        let head = self
            .head(id)
            .ok_or_else(|| Fault::of_file(id, "there is no such drill"))?;
        let state = self
            .states()
            .get(id)
            .cloned()
            .unwrap_or_else(|| fresh(&head));
        let same = |state: &&DrillState| state.reps > 0 && state.format == head.format;
        // Beyond a few the exact number does not matter.
        let known = self
            .states()
            .values()
            .filter(same)
            .take(ENOUGH_KNOWN)
            .count() as u32;
        let seen = Known {
            days: state
                .last
                .map(|last| (self.date(now) - self.date(last)).num_days()),
            recall: self.model().recall(&state, now),
            step: need.get(&head.step).map(|need| 1.0 - need),
        };
        let framework = self.library.framework();
        let guide = head.step.parse().ok().and_then(|step| framework.step(step));
        let step = guide.map_or(head.step.as_str(), |guide| guide.title.as_str());
        let reason = reason(why, step, seen);
        // A drill of a case is explained in its own breakdown.
        let case = self.library.case_head(&head.topic);
        let own = case.map(|case| format!("{}, {step}", case.title));
        let read = drill.head().read.map(str::to_owned).or(own);
        Ok(Queued {
            head,
            drill,
            state,
            why,
            reason,
            read: read.unwrap_or_default(),
            known,
        })
    }

    /// The drill after its file was edited.
    ///
    /// # Errors
    /// The first fault of the edited file.
    pub fn reload_drill(&mut self, id: &str) -> Result<Drill, Fault> {
        self.bank.clear();
        self.drill(id)
    }
}

/// More than anybody answers in one sitting.
const MOST_QUEUED: usize = 120;

pub(super) fn fresh(head: &DrillHead) -> DrillState {
    DrillState {
        drill: head.id.clone(),
        case: Some(head.topic.clone()),
        format: head.format.clone(),
        step: head.step.clone(),
        ..DrillState::default()
    }
}
