//! Who is at work on what: two processes must not run the same mock.

use super::{Store, StoreError};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{params, Connection, OptionalExtension};

/// A lease that is not renewed for so long is free again: its process has died.
pub const LEASE_SECONDS: i64 = 30;

/// The answer to asking for a lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lease {
    /// It is yours; renew it every few seconds.
    Yours,
    /// Another process has it.
    Held { pid: u32, renewed: DateTime<Utc> },
}

impl Store {
    /// Takes the lease of this name for the process `pid`, unless another has it.
    pub fn lease(&mut self, name: &str, pid: u32, now: DateTime<Utc>) -> Result<Lease, StoreError> {
        self.write(|tx| {
            if let Some((holder, renewed)) = held(tx, name)? {
                // A renewal in the future is a clock that was set back, not a live process.
                let age = now - renewed;
                let alive = age < TimeDelta::seconds(LEASE_SECONDS)
                    && age > -TimeDelta::seconds(LEASE_SECONDS);
                if holder != pid && alive {
                    return Ok(Lease::Held {
                        pid: holder,
                        renewed,
                    });
                }
            }
            tx.prepare_cached(
                "INSERT OR REPLACE INTO lease (name, pid, renewed) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![name, pid, now.timestamp_millis()])?;
            Ok(Lease::Yours)
        })
    }

    /// Says that the process is still alive. Not [`Lease::Yours`] when another took it meanwhile,
    /// say after this machine had slept.
    pub fn renew(&mut self, name: &str, pid: u32, now: DateTime<Utc>) -> Result<Lease, StoreError> {
        self.lease(name, pid, now)
    }

    /// Gives the lease back; that of another process stays.
    pub fn release(&mut self, name: &str, pid: u32) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.prepare_cached("DELETE FROM lease WHERE name = ?1 AND pid = ?2")?
                .execute(params![name, pid])?;
            Ok(())
        })
    }
}

fn held(conn: &Connection, name: &str) -> rusqlite::Result<Option<(u32, DateTime<Utc>)>> {
    conn.prepare_cached("SELECT pid, renewed FROM lease WHERE name = ?1")?
        .query_row([name], |row| {
            let renewed = DateTime::from_timestamp_millis(row.get(1)?).unwrap_or_default();
            Ok((row.get(0)?, renewed))
        })
        .optional()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, store};
    use super::*;

    #[test]
    fn a_lease_is_one_process_s_until_it_dies_or_lets_go() {
        let mut store = store();
        let later = |seconds| at(0) + TimeDelta::seconds(seconds);
        let held = Lease::Held {
            pid: 1,
            renewed: later(20),
        };
        assert_eq!(store.lease("mock", 1, later(0)).unwrap(), Lease::Yours);
        assert_eq!(store.renew("mock", 1, later(20)).unwrap(), Lease::Yours);
        assert_eq!(store.lease("mock", 2, later(45)).unwrap(), held);
        assert_eq!(store.lease("other", 2, later(45)).unwrap(), Lease::Yours);
        // Not renewed for thirty seconds.
        assert_eq!(store.lease("mock", 2, later(51)).unwrap(), Lease::Yours);
        assert!(matches!(
            store.renew("mock", 1, later(52)).unwrap(),
            Lease::Held { pid: 2, .. }
        ));
        store.release("mock", 1).unwrap();
        assert!(matches!(
            store.lease("mock", 1, later(53)).unwrap(),
            Lease::Held { .. }
        ));
        store.release("mock", 2).unwrap();
        assert_eq!(store.lease("mock", 1, later(54)).unwrap(), Lease::Yours);
        // The clock was set back by an hour.
        assert_eq!(store.lease("mock", 3, later(-3600)).unwrap(), Lease::Yours);
    }
}
