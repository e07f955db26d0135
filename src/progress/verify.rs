//! Whether every event is as it was written: SQLite has no checksums of its own.

use super::write::{record_of, COLUMNS};
use super::{connect, Damage, DeviceId, Event, EventId, Kind, Store, StoreError};

/// What was found in the events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verified {
    /// Events in all.
    pub events: u64,
    /// Their checksum does not fit; they are left out wherever events are read. A sync or an import
    /// that brings a good copy heals them.
    pub damaged: Vec<EventId>,
    /// Whole, but not readable as their kind.
    pub unreadable: Vec<EventId>,
    /// Of a kind that only a newer program knows; kept, and left out.
    pub unknown: u64,
    /// What SQLite says about the file.
    pub file: Option<Damage>,
}

impl Verified {
    /// Nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.damaged.is_empty() && self.unreadable.is_empty() && self.file.is_none()
    }
}

impl Store {
    /// Checks the file and every event in it.
    pub fn verify(&self) -> Result<Verified, StoreError> {
        self.read(|conn| {
            let mut found = Verified {
                file: connect::quick_check(conn)?,
                ..Verified::default()
            };
            let mut statement =
                conn.prepare(&format!("SELECT {COLUMNS} FROM event ORDER BY device, seq"))?;
            let mut rows = statement.query(())?;
            while let Some(row) = rows.next()? {
                found.events += 1;
                let Some(record) = record_of(row)? else {
                    // The name itself may be what is damaged.
                    let device = row.get_ref(0)?.as_str().ok().and_then(DeviceId::parse);
                    found.damaged.push(EventId {
                        device: device.unwrap_or_else(|| DeviceId::from_chance(0)),
                        seq: row.get(1)?,
                    });
                    continue;
                };
                match Kind::parse(&record.kind) {
                    None => found.unknown += 1,
                    Some(kind) if Event::from_json(kind, &record.body).is_err() => {
                        found.unreadable.push(record.id);
                    }
                    Some(_) => {}
                }
            }
            Ok(found)
        })
    }
}
