//! Everything the learner has done: an append-only log of events in SQLite, and what follows from
//! it. Nothing is lost: events are on disk before a call returns, a damaged file is moved aside,
//! never deleted, and what cannot be written is kept in memory until it can.
//!
//! Faces use [`Journal`]. Times and random numbers come in as values.

mod backup;
mod bodies;
mod connect;
mod days;
mod device;
mod error;
mod event;
mod home;
mod journal;
mod lease;
mod lines;
mod local;
mod merge;
mod migrate;
mod notice;
mod open;
mod rated;
mod read;
mod read_only;
mod record;
mod restore;
mod rotation;
mod schema;
mod state;
mod store;
#[cfg(test)]
mod testing;
mod transfer;
mod verify;
mod write;

pub use bodies::{
    Bury, Dispute, FirstRun, MockBegin, MockEnd, MockGrade, MockMark, MockRating, Note, NoteRemove,
    Overrule, Plan, Read, Resume, Retract, Review, Second, Setting, Suspend,
};
pub use days::Day;
pub use device::{BadEventId, DeviceId, EventId};
pub use error::{Damage, StoreError};
pub use event::{Event, Kind, NewEvent, Stored};
pub use journal::Journal;
pub use lease::{Lease, LEASE_SECONDS};
pub use local::Draft;
pub use notice::Notice;
pub use open::Opened;
pub use rated::{Rated, Ratings};
pub use read::{Answered, Filter};
pub use record::Refusal;
pub use state::DrillState;
pub use store::Store;
pub use transfer::{Exported, Imported, Refused};
pub use verify::Verified;

/// A number that can be stored: neither JSON nor a table takes one that is not finite.
fn finite(value: f64) -> f64 {
    if value.is_finite() {
        value
    } else {
        0.0
    }
}
