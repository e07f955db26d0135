//! The desk at which the learner sits: content, progress and sessions meet here. Both faces drive
//! the same desk; it reads no clock and draws nothing.

mod answers;
mod cases;
mod config;
mod disputes;
mod drills;
mod fit;
mod joined;
mod lightest;
mod misses;
mod mocks;
mod next;
mod pages;
mod paths;
mod placement;
mod plan;
mod queue;
mod readiness;
mod reading;
mod search;

mod stats;
#[cfg(test)]
mod tests;
mod today;
mod wishes;

pub use cases::CaseStand;
pub use config::Config;
pub use disputes::DisputeLine;
pub use fit::Fitted;
pub use misses::MissedPoint;
pub use mocks::{MockBrief, NewMock, Surprise, OWN_QUESTION};
pub use next::Proposal;
pub use paths::Paths;
pub use plan::Outcome;
pub use queue::Practice;
pub use readiness::{Budget, DimensionStand, Move, Outlook, Readiness};
pub use reading::Written;
pub use search::{Found, FoundKind, Target};
pub use stats::{Confidence, Stats, StepStand, Streak, TimeUse, Trend, YearDay};
pub use today::{Ready, Today, TodayActivity};
pub use wishes::Wishes;

use crate::content::index::DrillHead;
use crate::content::Library;
use crate::drill::{Bank, Drill};
use crate::grading::Lexicon;
use crate::memory::{day_of, Days, Habits, Model, Towards};
use crate::plan::Settings;
use crate::progress::{
    DrillState, Event, EventId, Filter, Journal, NewEvent, Notice, Store, StoreError,
};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

/// Everything that a session needs.
#[derive(Debug)]
pub struct Desk {
    pub library: Library,
    pub config: Config,
    pub paths: Paths,
    pub(crate) journal: Journal,
    lexicon: OnceLock<Lexicon>,
    model: Model,
    habits: Habits,
    /// What answers gain for the interview, as worked out for these days.
    towards: Mutex<Option<(Days, Arc<Towards>)>>,
    bank: Bank,
    /// Every drill that was ever touched; read on first use.
    states: OnceLock<BTreeMap<String, DrillState>>,
    /// Follow-ups made from missed items, by whole id; read on first use.
    follow_ups: OnceLock<BTreeMap<String, (DrillHead, Drill)>>,
    /// Drills of items that were missed in a mock, by whole id; read on first use.
    missed: OnceLock<BTreeSet<String>>,
    /// Settings of the newest plan; read on first use.
    plan: OnceLock<Option<Settings>>,
    indexes: search::Indexes,
    chance: ChaCha8Rng,
    /// Counts what was written in this run, so that a screen knows whether it is stale.
    changes: u64,
    /// What the learner should know about how things were opened.
    pub notices: Vec<String>,
}

/// How the desk is set up, from flags and the environment.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// Folders of content on top of the built-in pack.
    pub packs: Vec<PathBuf>,
    pub paths: Paths,
    pub config: Config,
    /// A random number.
    pub chance: u64,
    /// Offset of the learner's time zone.
    pub zone: Option<FixedOffset>,
}

impl Desk {
    /// Opens content and progress. Progress that cannot be written goes on in memory; the desk
    /// says so.
    ///
    /// # Errors
    /// When the learner has to decide first: the progress file is damaged or missing and there is
    /// a backup, or it is of a newer program.
    pub fn open(setup: Setup, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let dir = setup.paths.data.clone();
        let (journal, notices) = match Store::open(&dir, now, setup.chance) {
            Ok(opened) => {
                let notices = opened.notices.iter().map(Notice::to_string).collect();
                (Journal::new(opened.store, setup.chance), notices)
            }
            Err(
                error @ (StoreError::Corrupt { .. }
                | StoreError::Missing { .. }
                | StoreError::Newer { .. }),
            ) => return Err(error),
            Err(error) => (
                Journal::without_store(&dir, error, setup.chance),
                Vec::new(),
            ),
        };
        Ok(Self::with(setup, journal, notices, now))
    }

    /// A desk whose progress is only in memory, for tests.
    ///
    /// # Errors
    /// When SQLite cannot open a database in memory.
    pub fn in_memory(setup: Setup, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let opened = Store::in_memory(now, setup.chance)?;
        let journal = Journal::new(opened, setup.chance);
        Ok(Self::with(setup, journal, Vec::new(), now))
    }

    fn with(setup: Setup, journal: Journal, mut notices: Vec<String>, now: DateTime<Utc>) -> Self {
        let folders: Vec<PathBuf> = setup
            .config
            .packs
            .iter()
            .chain(&setup.packs)
            .cloned()
            .collect();
        let library = Library::open(&folders, setup.paths.cache.as_deref());
        notices.extend(
            library
                .faults()
                .iter()
                .map(|fault| format!("left out: {fault}")),
        );
        let zone = setup.zone.unwrap_or_else(utc);
        let mut desk = Self {
            library,
            model: Model::new(setup.config.retention, zone),
            habits: Habits::default(),
            towards: Mutex::new(None),
            config: setup.config,
            paths: setup.paths,
            journal,
            lexicon: OnceLock::new(),
            bank: Bank::default(),
            states: OnceLock::new(),
            follow_ups: OnceLock::new(),
            missed: OnceLock::new(),
            plan: OnceLock::new(),
            indexes: search::Indexes::default(),
            chance: ChaCha8Rng::seed_from_u64(setup.chance),
            changes: 0,
            notices,
        };
        desk.follow_zone(now);
        desk.take_up_fit();
        // An import that was cut short, or another greenroom, may have left some.
        desk.refresh_stale();
        desk
    }

    /// The compiled lexicon, made on first use.
    pub fn lexicon(&self) -> &Lexicon {
        self.lexicon
            .get_or_init(|| Lexicon::new(self.library.lexicon()))
    }

    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The learner's date.
    pub fn date(&self, now: DateTime<Utc>) -> NaiveDate {
        day_of(now, self.model.zone())
    }

    /// A random number, for seeds.
    pub fn seed(&mut self) -> u64 {
        self.chance.random()
    }

    /// A short random name, for mocks and notes.
    fn new_id(&mut self) -> String {
        let number: u64 = self.chance.random();
        format!("{number:016x}").chars().take(10).collect()
    }

    /// Another number after every write of this run.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    fn write(&mut self, event: impl Into<Event>, now: DateTime<Utc>) -> EventId {
        self.changes += 1;
        let date = self.date(now);
        self.journal.append(&NewEvent::new(now, date, event))
    }

    /// The banner while something is not on disk.
    pub fn unsaved_line(&self) -> Option<String> {
        let reason = self.journal.reason();
        match (self.journal.unsaved(), reason) {
            (0, None) => None,
            (count, Some(reason)) => Some(format!(" NOT SAVED ({count}) · {reason}")),
            (count, None) => Some(format!(" NOT SAVED ({count})")),
        }
    }

    /// Tries again to save; true when something changed.
    pub fn retry_unsaved(&mut self, now: DateTime<Utc>) -> bool {
        let waiting = self.journal.unsaved() > 0 || self.journal.reason().is_some();
        waiting && self.journal.retry(now)
    }

    /// Whether the learner has done anything yet, the first run included.
    pub fn has_history(&self) -> bool {
        let any = self.journal.events(&Filter::all().last(1));
        any.is_ok_and(|events| !events.is_empty())
    }

    fn states(&self) -> &BTreeMap<String, DrillState> {
        self.states.get_or_init(|| {
            let states = self.journal.drill_states().unwrap_or_default();
            states
                .into_iter()
                .map(|state| (state.drill.clone(), state))
                .collect()
        })
    }

    fn states_mut(&mut self) -> Option<&mut BTreeMap<String, DrillState>> {
        self.states();
        self.states.get_mut()
    }

    fn set_state(&mut self, state: DrillState) {
        self.changes += 1;
        if let Some(states) = self.states_mut() {
            states.insert(state.drill.clone(), state);
        }
    }
}

fn utc() -> FixedOffset {
    use chrono::Offset;
    Utc.fix()
}
