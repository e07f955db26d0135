//! Events to and from other machines, a line each. Importing is a union: in any order, any number
//! of times, the end is the same.

use super::lines::Lines;
use super::merge::merge;
use super::write::{record_of, COLUMNS};
use super::{days, DeviceId, Refusal, Store, StoreError};
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Write};

/// What an export wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    pub written: u64,
    /// Left out, because their checksum does not fit.
    pub damaged: u64,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Events that are new here.
    pub added: u64,
    /// Events that were here already.
    pub known: u64,
    /// Events that were damaged here and are whole again.
    pub healed: u64,
    /// Pairs of different events under one id, both kept: two machines used one name.
    pub clashes: u64,
    pub refused: Vec<Refused>,
    /// Drills to replay; they are also in [`Store::stale`].
    pub touched: BTreeSet<String>,
    /// This machine writes under a new name from now on, because another uses its old one.
    pub renamed: Option<DeviceId>,
}

/// A line that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Counted from 1.
    pub line: u64,
    pub why: Refusal,
}

impl Store {
    /// Writes every event as a line of checksum and JSON, by device and sequence, those of a newer
    /// program included.
    pub fn export_jsonl(&self, out: &mut dyn Write) -> Result<Exported, StoreError> {
        let mut exported = Exported::default();
        for device in self.heads()?.keys() {
            let part = self.export_device(device, 0, out)?;
            exported.written += part.written;
            exported.damaged += part.damaged;
        }
        Ok(exported)
    }

    /// Writes the events of one device with a sequence number above `after`.
    pub fn export_device(
        &self,
        device: &DeviceId,
        after: i64,
        out: &mut dyn Write,
    ) -> Result<Exported, StoreError> {
        let mut exported = Exported::default();
        let sent = self.read(|conn| {
            let mut statement = conn.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM event WHERE device = ?1 AND seq > ?2 ORDER BY seq"
            ))?;
            let mut rows = statement.query(params![device.as_str(), after])?;
            while let Some(row) = rows.next()? {
                match record_of(row)? {
                    Some(record) => match writeln!(out, "{}", record.line()) {
                        Ok(()) => exported.written += 1,
                        Err(e) => return Ok(Err(e)),
                    },
                    None => exported.damaged += 1,
                }
            }
            Ok(out.flush())
        })?;
        sent.map_err(StoreError::Stream)?;
        Ok(exported)
    }

    /// The last sequence number of each device that has events here.
    pub fn heads(&self) -> Result<BTreeMap<DeviceId, i64>, StoreError> {
        self.read(|conn| {
            let mut heads = BTreeMap::new();
            // From device to device through the key, instead of over every event.
            let mut next = conn.prepare_cached(
                "SELECT device FROM event WHERE device > ?1 ORDER BY device LIMIT 1",
            )?;
            let mut last = conn.prepare_cached("SELECT max(seq) FROM event WHERE device = ?1")?;
            let mut device = String::new();
            loop {
                let mut rows = next.query([&device])?;
                let Some(row) = rows.next()? else { break };
                device = row.get(0)?;
                if let Some(id) = DeviceId::parse(&device) {
                    heads.insert(id, last.query_row([&device], |row| row.get(0))?);
                }
            }
            Ok(heads)
        })
    }

    /// Takes in the events of another machine, or of an export. A bad line is refused, named, and
    /// does not stop the others; a break half-way leaves whole events behind and can be repeated.
    ///
    /// An event of this machine's own name that it does not know was written elsewhere: by a copy
    /// of this folder, or by this machine before a backup was put back by hand. So that no name is
    /// given twice, it goes on under a new one, made from `chance`.
    pub fn import_jsonl(
        &mut self,
        input: &mut dyn BufRead,
        chance: u64,
    ) -> Result<Imported, StoreError> {
        let mut report = Imported::default();
        let mut lines = Lines::new(input);
        loop {
            let batch = lines
                .batch(&mut report.refused)
                .map_err(StoreError::Stream)?;
            if batch.is_empty() {
                return Ok(report);
            }
            self.write(|tx| {
                // Counted apart, so that a batch that fails is not in the report.
                let mut part = Imported::default();
                for record in &batch {
                    merge(tx, record, chance, &mut part)?;
                }
                if part.healed + part.clashes > 0 {
                    days::rebuild(tx)?;
                }
                Ok(part)
            })
            .map(|part| report.add(part))?;
        }
    }
}

impl Imported {
    fn add(&mut self, part: Self) {
        self.added += part.added;
        self.known += part.known;
        self.healed += part.healed;
        self.clashes += part.clashes;
        self.touched.extend(part.touched);
        self.renamed = part.renamed.or(self.renamed.take());
    }
}
