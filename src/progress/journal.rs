//! Writing that never fails: what cannot be saved is kept in memory, in order, until it can.

mod backlog;
mod local;
mod reads;
#[cfg(test)]
mod tests;

use super::{backup, DeviceId, DrillState, EventId, NewEvent, Store, StoreError};
use backlog::Write;
use chrono::{DateTime, NaiveDate, Utc};
use std::path::{Path, PathBuf};

/// The progress as a session sees it: the store, and what is not saved yet on top of it.
///
/// While [`Journal::unsaved`] is not 0, show NOT SAVED with [`Journal::reason`], and call
/// [`Journal::retry`] every few seconds.
#[derive(Debug)]
pub struct Journal {
    store: Option<Store>,
    /// The store, if there is one, can only be read: opening it for writing failed.
    only_reads: bool,
    /// Where the store is opened again; nothing for a store in memory.
    dir: Option<PathBuf>,
    chance: u64,
    /// Events that wait have their ids already, under a name that no other process uses, so that
    /// later events can speak of them.
    spare: DeviceId,
    next: i64,
    backlog: Vec<Write>,
    reason: Option<StoreError>,
}

impl Journal {
    /// Writes into this store. `chance` is a random number, another one for each process.
    pub fn new(store: Store, chance: u64) -> Self {
        let dir = store.home.as_ref().map(|home| home.dir().to_path_buf());
        Self::with(Some(store), dir, chance)
    }

    /// Goes on although the store could not be opened, because of `reason`. What can be read is
    /// shown; everything new waits.
    pub fn without_store(dir: &Path, reason: StoreError, chance: u64) -> Self {
        let readable = Store::open_read_only(dir).ok();
        let mut journal = Self::with(readable, Some(dir.to_path_buf()), chance);
        journal.only_reads = true;
        journal.reason = Some(reason);
        journal
    }

    fn with(store: Option<Store>, dir: Option<PathBuf>, chance: u64) -> Self {
        let device = store.as_ref().and_then(|store| store.device().ok());
        let device = device.unwrap_or_else(|| DeviceId::from_chance(chance));
        Self {
            store,
            only_reads: false,
            dir,
            chance,
            spare: device.branch('u', chance as u32),
            next: 1,
            backlog: Vec::new(),
            reason: None,
        }
    }

    /// Goes on with another store, say after a backup was restored, and writes what waits.
    pub fn adopt(&mut self, store: Store) {
        self.dir = store.home.as_ref().map(|home| home.dir().to_path_buf());
        self.store = Some(store);
        self.only_reads = false;
        self.reason = None;
        self.flush();
    }

    /// The store below, for backup, export and checks. It does not hold what waits.
    pub fn store(&self) -> Option<&Store> {
        self.store.as_ref()
    }

    /// The store below, for import and rebuilding; only while nothing waits.
    pub fn store_mut(&mut self) -> Option<&mut Store> {
        if self.reason.is_some() || !self.backlog.is_empty() {
            return None;
        }
        self.store.as_mut()
    }

    /// How many writes wait. 0 with a [`Journal::reason`] means that nothing could be saved, and
    /// nothing had to be yet.
    pub fn unsaved(&self) -> usize {
        self.backlog.len()
    }

    /// Why saving does not work, as one line.
    pub fn reason(&self) -> Option<String> {
        self.reason.as_ref().map(ToString::to_string)
    }

    /// See [`Store::append`].
    pub fn append(&mut self, new: &NewEvent) -> EventId {
        self.add(new, None)
    }

    /// See [`Store::record`].
    pub fn record(&mut self, new: &NewEvent, after: &DrillState) -> EventId {
        self.add(new, Some(after))
    }

    fn add(&mut self, new: &NewEvent, after: Option<&DrillState>) -> EventId {
        if let Some(id) = self.at_once(|store| store.record_as(None, new, after)) {
            return id;
        }
        let id = self.spare_id();
        self.wait(Write::Event {
            id: id.clone(),
            new: new.clone(),
            after: after.cloned(),
        });
        id
    }

    /// See [`Store::retract`].
    pub fn retract(
        &mut self,
        event: &EventId,
        after: Option<&DrillState>,
        at: DateTime<Utc>,
        date: NaiveDate,
    ) -> EventId {
        if let Some(id) = self.at_once(|store| store.retract(event, after, at, date)) {
            return id;
        }
        let id = self.spare_id();
        self.wait(Write::Retract {
            id: id.clone(),
            event: event.clone(),
            after: after.cloned(),
            at,
            date,
        });
        id
    }

    /// See [`Store::put_states`].
    pub fn put_states(&mut self, states: &[DrillState]) {
        self.submit(Write::States(states.to_vec()));
    }

    /// See [`Store::drop_states`].
    pub fn drop_states(&mut self, drills: &[String]) {
        self.submit(Write::DropStates(drills.to_vec()));
    }

    /// Tries to save what waits, in order, opening the store again where only that can help. Says
    /// whether all is saved.
    pub fn retry(&mut self, now: DateTime<Utc>) -> bool {
        let reopen = self.store.is_none()
            || self.only_reads
            || self.reason.as_ref().is_some_and(StoreError::needs_reopen);
        if let (true, Some(dir)) = (reopen, self.dir.clone()) {
            self.keep_what_is_gone(now);
            match Store::open(&dir, now, self.chance) {
                Ok(opened) => {
                    self.store = Some(opened.store);
                    self.only_reads = false;
                }
                Err(reason) => {
                    self.reason = Some(reason);
                    return false;
                }
            }
        }
        self.reason = None;
        self.flush()
    }

    /// A deleted file is whole as long as it is open: make a backup of it, which opening again then
    /// offers.
    fn keep_what_is_gone(&mut self, now: DateTime<Utc>) {
        if !matches!(self.reason, Some(StoreError::Gone { .. })) {
            return;
        }
        if let Some(store) = &self.store {
            let kept = store.home.as_ref().filter(|home| !home.db().exists());
            let kept = kept.map(|home| backup::name(home, now, ""));
            if kept.is_some_and(|path| store.backup(&path).is_ok()) {
                self.store = None;
            }
        }
    }

    /// Writes the events that wait as lines that can be imported later, to save them elsewhere.
    pub fn export_unsaved(&self, out: &mut dyn std::io::Write) -> Result<usize, StoreError> {
        let lines: Vec<String> = self.backlog.iter().filter_map(Write::line).collect();
        lines
            .iter()
            .try_for_each(|line| writeln!(out, "{line}"))
            .and_then(|()| out.flush())
            .map_err(StoreError::Stream)?;
        Ok(lines.len())
    }

    /// Writes straight to the store, unless others wait: nothing newer goes before them.
    fn at_once<T>(&mut self, write: impl FnOnce(&mut Store) -> Result<T, StoreError>) -> Option<T> {
        if !self.backlog.is_empty() && !self.may_hurry() {
            return None;
        }
        if !self.flush() {
            return None;
        }
        match write(self.store.as_mut()?) {
            Ok(value) => {
                self.reason = None;
                Some(value)
            }
            Err(reason) => {
                self.reason = Some(reason);
                None
            }
        }
    }

    /// A full disk answers at once, and is asked with every write. A lock that another process
    /// holds would cost five seconds each time: only `retry` asks again.
    fn may_hurry(&self) -> bool {
        !matches!(self.reason, Some(StoreError::Busy { .. }))
    }

    fn submit(&mut self, write: Write) {
        if self.at_once(|store| write.apply(store)).is_none() {
            self.wait(write);
        }
    }

    fn wait(&mut self, write: Write) {
        // Of a draft and of a place only the last counts.
        self.backlog.retain(|earlier| !write.replaces(earlier));
        self.backlog.push(write);
    }

    fn spare_id(&mut self) -> EventId {
        let seq = self.next;
        self.next += 1;
        EventId {
            device: self.spare.clone(),
            seq,
        }
    }

    /// Says whether nothing waits any more.
    fn flush(&mut self) -> bool {
        if self.only_reads {
            return false;
        }
        let Some(store) = &mut self.store else {
            return false;
        };
        let mut done = 0;
        for write in &self.backlog {
            match write.apply(store) {
                Ok(()) => done += 1,
                Err(reason) => {
                    self.reason = Some(reason);
                    break;
                }
            }
        }
        self.backlog.drain(..done);
        self.backlog.is_empty()
    }
}

/// The last chance to save what waits.
impl Drop for Journal {
    fn drop(&mut self) {
        if !self.backlog.is_empty() {
            self.flush();
        }
    }
}
