//! Reading through what waits: the session sees its own writes, saved or not.

use super::super::read::{answered, notes, settings};
use super::super::{days, write};
use super::super::{
    Answered, Day, Draft, DrillState, Event, EventId, Filter, Journal, Kind, Note, Store,
    StoreError, Stored,
};
use super::Write;
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

impl Journal {
    /// See [`Store::events`].
    pub fn events(&self, filter: &Filter) -> Result<Vec<Stored>, StoreError> {
        if self.backlog.is_empty() {
            return self.below(|store| store.events(filter));
        }
        let gone = self.taken_back();
        let mut wider = filter.clone();
        wider.limit = filter.limit.map(|limit| limit.saturating_add(gone.len()));
        let mut events = self.below(|store| store.events(&wider))?;
        events.extend(self.waiting().filter(|s| filter.matches(&s.event, s.at)));
        for stored in &mut events {
            stored.retracted |= filter.retracted && gone.contains(&stored.id);
        }
        events.retain(|s| filter.retracted || !gone.contains(&s.id));
        events.sort_by(|a, b| a.order().cmp(&b.order()));
        filter.cut(&mut events);
        Ok(events)
    }

    /// All answers in the order of replay, with the learner's own ratings.
    pub fn reviews(&self) -> Result<Vec<Answered>, StoreError> {
        let filter = Filter::of(Kind::Review).or(Kind::Overrule);
        Ok(answered(self.events(&filter)?))
    }

    /// See [`Store::reviews_of`].
    pub fn reviews_of(&self, drill: &str) -> Result<Vec<Answered>, StoreError> {
        let filter = Filter::of(Kind::Review).or(Kind::Overrule).about(drill);
        Ok(answered(self.events(&filter)?))
    }

    /// See [`Store::setting`].
    pub fn setting(&self, key: &str) -> Result<Option<Value>, StoreError> {
        let filter = Filter::of(Kind::Setting).about(key).last(1);
        Ok(settings(self.events(&filter)?).remove(key))
    }

    /// See [`Store::settings`].
    pub fn settings(&self) -> Result<BTreeMap<String, Value>, StoreError> {
        Ok(settings(self.events(&Filter::of(Kind::Setting))?))
    }

    /// See [`Store::notes`].
    pub fn notes(&self) -> Result<Vec<Note>, StoreError> {
        Ok(notes(
            self.events(&Filter::of(Kind::Note).or(Kind::NoteRemove))?,
        ))
    }

    /// See [`Store::drill_states`].
    pub fn drill_states(&self) -> Result<Vec<DrillState>, StoreError> {
        let states = self.below(Store::drill_states)?;
        let changes = self.changed_states()?;
        if changes.is_empty() {
            return Ok(states);
        }
        let mut all: BTreeMap<String, Option<DrillState>> = states
            .into_iter()
            .map(|state| (state.drill.clone(), Some(state)))
            .collect();
        all.extend(changes);
        Ok(all.into_values().flatten().collect())
    }

    /// See [`Store::drill_state`].
    pub fn drill_state(&self, drill: &str) -> Result<Option<DrillState>, StoreError> {
        match self.changed_states()?.remove(drill) {
            Some(changed) => Ok(changed),
            None => self.below(|store| store.drill_state(drill)),
        }
    }

    /// See [`Store::stale`]; what waits is not in it.
    pub fn stale(&self) -> Result<Vec<String>, StoreError> {
        self.below(Store::stale)
    }

    /// See [`Store::days`].
    pub fn days(&self, from: NaiveDate) -> Result<Vec<Day>, StoreError> {
        let saved = self.below(|store| store.days(from))?;
        if self.backlog.is_empty() {
            return Ok(saved);
        }
        let mut all: BTreeMap<(NaiveDate, Kind), (i64, f64)> = saved
            .into_iter()
            .map(|d| ((d.date, d.kind), (i64::from(d.count), d.seconds)))
            .collect();
        let mut add = |date: NaiveDate, event: &Event, sign: i64| {
            if date >= from && event.kind().is_counted() {
                let entry = all.entry((date, event.kind())).or_default();
                entry.0 += sign;
                entry.1 += (sign * days::milliseconds(event)) as f64 / 1000.0;
            }
        };
        for stored in self.waiting() {
            add(stored.date, &stored.event, 1);
        }
        for id in self.taken_back() {
            if let Some(target) = self.find(&id)?.filter(|target| !target.retracted) {
                add(target.date, &target.event, -1);
            }
        }
        Ok(all
            .into_iter()
            .filter(|(_, (count, _))| *count > 0)
            .map(|((date, kind), (count, seconds))| Day {
                date,
                kind,
                count: u32::try_from(count).unwrap_or(u32::MAX),
                seconds: seconds.max(0.0),
            })
            .collect())
    }

    /// See [`Store::load_draft`].
    pub fn load_draft(&self, name: &str) -> Result<Option<Draft>, StoreError> {
        Ok(self.drafts()?.into_iter().find(|d| d.name == name))
    }

    /// See [`Store::drafts`].
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        let mut drafts = self.below(Store::drafts)?;
        for write in &self.backlog {
            if let Some(name) = write.draft_name() {
                drafts.retain(|d| d.name != name);
            }
            if let Write::Draft(draft) = write {
                drafts.push(draft.clone());
            }
        }
        drafts.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.name.cmp(&b.name)));
        Ok(drafts)
    }

    /// See [`Store::place`].
    pub fn place(&self, key: &str) -> Result<Option<Value>, StoreError> {
        let waiting = self.backlog.iter().rev().find_map(|write| match write {
            Write::Place(k, value) if k == key => Some(value),
            _ => None,
        });
        match waiting {
            Some(value) => Ok(Some(value.clone()).filter(|v| !v.is_null())),
            None => self.below(|store| store.place(key)),
        }
    }

    /// What is saved; nothing where nothing can be read.
    fn below<T: Default>(
        &self,
        read: impl FnOnce(&Store) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.store.as_ref().map_or_else(|| Ok(T::default()), read)
    }

    fn waiting(&self) -> impl Iterator<Item = Stored> + '_ {
        self.backlog.iter().filter_map(|write| {
            let (id, new) = write.event()?;
            Some(Stored {
                id: id.clone(),
                at: new.at,
                date: new.date,
                event: new.event.clone(),
                retracted: false,
            })
        })
    }

    /// What is taken back by writes that wait.
    fn taken_back(&self) -> BTreeSet<EventId> {
        let targets = self.backlog.iter().filter_map(|write| match write {
            Write::Retract { event, .. } => Some(event.clone()),
            _ => None,
        });
        targets.collect()
    }

    fn find(&self, id: &EventId) -> Result<Option<Stored>, StoreError> {
        match self.waiting().find(|stored| stored.id == *id) {
            Some(stored) => Ok(Some(stored)),
            None => self.below(|store| {
                store.read(|conn| {
                    let retracted = write::retractions(conn, id)? > 0;
                    Ok(write::find(conn, id)?.and_then(|record| record.stored(retracted)))
                })
            }),
        }
    }

    /// The drills whose state is changed by what waits; `None` for one that has none any more.
    fn changed_states(&self) -> Result<BTreeMap<String, Option<DrillState>>, StoreError> {
        let mut changes = BTreeMap::new();
        let keep = |state: &DrillState| (state.drill.clone(), Some(state.clone()));
        for write in &self.backlog {
            match write {
                Write::Event { after, .. } => changes.extend(after.as_ref().map(keep)),
                Write::Retract {
                    after: Some(after), ..
                } => changes.extend([keep(after)]),
                Write::Retract { event, .. } => {
                    let target = self.find(event)?;
                    let target = target.filter(|t| t.event.kind().moves_a_drill());
                    changes.extend(target.map(|t| (t.event.subject(), None)));
                }
                Write::States(states) => changes.extend(states.iter().map(keep)),
                Write::DropStates(drills) => {
                    changes.extend(drills.iter().map(|drill| (drill.clone(), None)));
                }
                Write::Draft(_) | Write::NoDraft(_) | Write::Place(..) => {}
            }
        }
        Ok(changes)
    }
}
