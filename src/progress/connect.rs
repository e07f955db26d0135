//! One way to open SQLite, with the same pragmas on every connection.

use super::schema::APPLICATION_ID;
use super::Damage;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// How long a write waits for another process.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// Opens an existing file for reading and writing, without changing it yet. Never creates: a
/// missing file is a question to the learner, not a new database.
///
/// The file is looked at through SQLite only. Opening and closing it with `std::fs` would drop the
/// locks that other connections of this process hold (that is how POSIX locks work).
pub(super) fn open_existing(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(PATIENCE)?;
    Ok(conn)
}

/// Opens an existing file for reading only.
pub(super) fn open_for_reading(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(PATIENCE)?;
    Ok(conn)
}

/// Durable commits, readers beside a writer, and no trust in what the file says about itself.
pub(super) fn set_pragmas(conn: &Connection) -> rusqlite::Result<()> {
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    // FULL, not NORMAL: with NORMAL a commit survives a killed process, not a power cut.
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    conn.pragma_update_and_check(None, "journal_size_limit", 1_048_576, |_| Ok(()))?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Whether it is one of our databases: read before anything is changed.
pub(super) fn is_ours(conn: &Connection) -> rusqlite::Result<bool> {
    let id: i64 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    Ok(id == APPLICATION_ID)
}

/// Goes through every page, the indexes aside. `None` when it is sound.
pub(super) fn quick_check(conn: &Connection) -> rusqlite::Result<Option<Damage>> {
    let answer: String = conn.query_row("PRAGMA quick_check(1)", (), |row| row.get(0))?;
    Ok((answer != "ok").then(|| {
        let line = answer.lines().last().unwrap_or_default();
        Damage::Broken(crate::text::clean_line(line).into_owned())
    }))
}

/// Whether SQLite says that the file itself is bad, as against a passing trouble.
pub(super) fn damage_of(error: &rusqlite::Error) -> Option<Damage> {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => Some(Damage::NotADatabase),
        Some(ErrorCode::DatabaseCorrupt) => Some(Damage::Broken(error.to_string())),
        _ => None,
    }
}
