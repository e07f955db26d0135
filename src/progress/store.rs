//! The open database, and the one way in which everything else reads and writes it.

use super::home::Home;
use super::{connect, DeviceId, StoreError};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};

/// Progress on disk. Every write is durable when the call returns. Faces use
/// [`Journal`](super::Journal), which goes on when a write fails.
#[derive(Debug)]
pub struct Store {
    pub(super) conn: Connection,
    pub(super) home: Option<Home>,
    identity: Option<Identity>,
    /// Holds the copy that is read where the original cannot be opened.
    pub(super) scratch: Option<tempfile::TempDir>,
}

impl Store {
    pub(super) fn on_disk(conn: Connection, home: Home) -> Self {
        let identity = Identity::of(&home.db());
        Self {
            conn,
            home: Some(home),
            identity,
            scratch: None,
        }
    }

    pub(super) fn elsewhere(conn: Connection) -> Self {
        Self {
            conn,
            home: None,
            identity: None,
            scratch: None,
        }
    }

    /// The database file, or a word for what has none.
    pub fn path(&self) -> PathBuf {
        self.home
            .as_ref()
            .map_or_else(|| PathBuf::from("progress in memory"), Home::db)
    }

    /// The name under which this copy writes events.
    pub fn device(&self) -> Result<DeviceId, StoreError> {
        self.read(device)
    }

    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        work(&self.conn).map_err(|e| self.fault(e))
    }

    /// Everything or nothing. The write lock is taken at the start: a transaction that reads first
    /// and writes later can be refused when two processes do so at once.
    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.check_place()?;
        let run = |conn: &mut Connection| {
            let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&tx)?;
            tx.commit()?;
            Ok(value)
        };
        run(&mut self.conn).map_err(|e| self.fault(e))
    }

    /// SQLite would go on writing into a file that was deleted under it.
    fn check_place(&self) -> Result<(), StoreError> {
        if self.is_moved() {
            Err(StoreError::Gone { path: self.path() })
        } else {
            Ok(())
        }
    }

    fn is_moved(&self) -> bool {
        self.home
            .as_ref()
            .is_some_and(|home| Identity::of(&home.db()) != self.identity)
    }

    pub(super) fn fault(&self, error: rusqlite::Error) -> StoreError {
        let fault = StoreError::from_sql(&self.path(), error);
        if let (StoreError::Damaged { .. }, Some(home)) = (&fault, &self.home) {
            home.mark_suspect();
        }
        fault
    }

    /// Whether the file is sound; goes through all of it.
    pub fn quick_check(&self) -> Result<Option<super::Damage>, StoreError> {
        self.read(connect::quick_check)
    }
}

/// The last to close a database deletes its log, by name. When another file has that name now, the
/// log that would be deleted is not ours.
impl Drop for Store {
    fn drop(&mut self) {
        if self.is_moved() {
            let _ = self
                .conn
                .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        }
    }
}

/// Which file it is, whatever its name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Identity(u64, u64);

impl Identity {
    #[cfg(unix)]
    fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let meta = std::fs::metadata(path).ok()?;
        Some(Self(meta.dev(), meta.ino()))
    }

    /// Elsewhere an open file cannot be deleted.
    #[cfg(not(unix))]
    fn of(path: &Path) -> Option<Self> {
        path.exists().then_some(Self(0, 0))
    }
}

/// Read inside each write, because another process may have taken a new name meanwhile.
pub(super) fn device(conn: &Connection) -> rusqlite::Result<DeviceId> {
    let text = meta(conn, "device")?.unwrap_or_default();
    DeviceId::parse(&text).ok_or(rusqlite::Error::QueryReturnedNoRows)
}

pub(super) fn meta(conn: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    conn.prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()
}

pub(super) fn set_meta(conn: &Connection, key: &str, value: &str) -> rusqlite::Result<()> {
    conn.prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")?
        .execute([key, value])?;
    Ok(())
}
