//! Reading where nothing can be written.

use super::home::{with_tail, Home};
use super::schema::FORMAT;
use super::{connect, migrate, Store, StoreError};
use rusqlite::Connection;
use std::fs;
use std::io;
use std::path::Path;

impl Store {
    /// Opens for reading only, where nothing can be written: writes fail with
    /// [`StoreError::ReadOnly`], and a [`Journal`](super::Journal) keeps them in memory.
    pub fn open_read_only(dir: &Path) -> Result<Self, StoreError> {
        let home = Home::new(dir);
        let db = home.db();
        let opened = connect::open_for_reading(&db).and_then(|conn| {
            ready(&conn)?;
            Ok(conn)
        });
        if let Ok(conn) = opened {
            return Ok(Self::on_disk(conn, home));
        }
        // SQLite cannot read a database with a log where it may not write beside it; in a copy it
        // can. Nothing in this process has the original open, so copying drops no locks.
        let file = |e| StoreError::file(&db, e);
        let scratch = tempfile::tempdir().map_err(file)?;
        let copy = Home::new(scratch.path()).db();
        fs::copy(&db, &copy).map_err(file)?;
        let wal = with_tail(&db, "-wal");
        match fs::copy(&wal, with_tail(&copy, "-wal")) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(file(e)),
            _ => {}
        }
        let conn = connect::open_existing(&copy)
            .and_then(|conn| {
                ready(&conn)?;
                conn.pragma_update(None, "query_only", true)?;
                Ok(conn)
            })
            .map_err(|e| StoreError::from_sql(&db, e))?;
        let mut store = Self::on_disk(conn, home);
        store.scratch = Some(scratch);
        Ok(store)
    }
}

/// Whether the questions of this program can be asked of it.
fn ready(conn: &Connection) -> rusqlite::Result<()> {
    conn.pragma_update(None, "trusted_schema", false)?;
    if connect::is_ours(conn)? && migrate::format(conn)? == FORMAT {
        Ok(())
    } else {
        Err(rusqlite::Error::QueryReturnedNoRows)
    }
}
