//! Backups: whole, checked, and on disk before the last one may go.

use super::home::{sync_dir, temp_in, Home, TEMP_PREFIX};
use super::rotation::{self, Name, Purpose};
use super::schema::FORMAT;
use super::{connect, migrate, open, Damage, Notice, Store, StoreError};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::Connection;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

impl Store {
    /// Writes a whole and checked copy to `to`, replacing what is there only when the copy is good.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        if let Some(home) = &self.home {
            let same = |a: &Path, b: &Path| matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b);
            if same(&home.db(), to) {
                return Err(StoreError::SameFile {
                    path: to.to_path_buf(),
                });
            }
        }
        copy_to(&self.conn, to)
    }

    /// The daily backup, at most one a day, on a connection of its own: call it from a background
    /// thread. It also finds damage in a file too large to be checked at each start. Says which
    /// file it made, if one was due.
    pub fn auto_backup(dir: &Path, now: DateTime<Utc>) -> Result<Option<PathBuf>, StoreError> {
        let home = Home::new(dir);
        let db = home.db();
        let today = now.date_naive();
        let made_today = |n: &Name| n.purpose == Purpose::Daily && n.at.date() == today;
        if !db.is_file() || list(&home).iter().any(made_today) {
            return Ok(None);
        }
        let sql = |e| StoreError::from_sql(&db, e);
        let conn = connect::open_existing(&db).map_err(sql)?;
        if !connect::is_ours(&conn).map_err(sql)? || migrate::format(&conn).map_err(sql)? != FORMAT
        {
            return Ok(None);
        }
        connect::set_pragmas(&conn).map_err(sql)?;
        if count(&conn).map_err(sql)? == 0 {
            return Ok(None);
        }
        let path = name(&home, now, "");
        if let Err(error) = copy_to(&conn, &path) {
            if matches!(error, StoreError::Damaged { .. }) {
                home.mark_suspect();
            }
            return Err(error);
        }
        open::note_checked(&conn, now);
        sweep(&home, &path, now);
        Ok(Some(path))
    }

    /// The backups of this folder, newest first, unchecked.
    pub fn backups(dir: &Path) -> Vec<PathBuf> {
        let home = Home::new(dir);
        list(&home)
            .iter()
            .map(|n| home.backups().join(n.file_name()))
            .collect()
    }
}

/// Where a backup made now belongs; `tail` says what it is for.
pub(super) fn name(home: &Home, now: DateTime<Utc>, tail: &str) -> PathBuf {
    home.backups()
        .join(rotation::file_name(now.naive_utc(), tail))
}

/// The newest backup that is good, of those that were made to fall back on.
pub(super) fn newest_good(home: &Home) -> Option<PathBuf> {
    list(home)
        .into_iter()
        .filter(|n| n.purpose != Purpose::Replaced)
        .map(|n| home.backups().join(n.file_name()))
        .find(|path| check(path).is_ok())
}

/// For a start afresh although there are backups, none of which is good.
pub(super) fn bad_backups(home: &Home) -> Option<Notice> {
    let any = list(home).iter().any(|n| n.purpose != Purpose::Replaced);
    any.then(|| Notice::NoGoodBackup {
        folder: home.backups(),
    })
}

/// Newest first.
fn list(home: &Home) -> Vec<Name> {
    let Ok(entries) = fs::read_dir(home.backups()) else {
        return Vec::new();
    };
    let mut names: Vec<Name> = entries
        .flatten()
        .filter_map(|entry| Name::parse(entry.file_name().to_str()?))
        .collect();
    names.sort_by(|a, b| b.cmp(a));
    names
}

/// Whether this file can be restored.
pub(super) fn check(path: &Path) -> Result<(), Damage> {
    match fs::metadata(path) {
        Err(e) => return Err(Damage::Unreadable(e.to_string())),
        Ok(meta) if !meta.is_file() => return Err(Damage::NotADatabase),
        Ok(meta) if meta.len() == 0 => return Err(Damage::Empty),
        Ok(_) => {}
    }
    let look = || {
        let conn = connect::open_for_reading(path)?;
        if !connect::is_ours(&conn)? {
            return Ok(Some(Damage::AnotherProgram));
        }
        match migrate::format(&conn)? {
            newer if newer > FORMAT => Ok(Some(Damage::Newer(newer))),
            _ => connect::quick_check(&conn),
        }
    };
    match look() {
        Ok(None) => Ok(()),
        Ok(Some(damage)) => Err(damage),
        Err(e) => Err(connect::damage_of(&e).unwrap_or_else(|| Damage::Unreadable(e.to_string()))),
    }
}

/// Copies through SQLite's backup API: copying the file alone would miss what is still in its log.
/// The copy has no log of its own, so that one file is the whole backup.
pub(super) fn copy_to(from: &Connection, to: &Path) -> Result<(), StoreError> {
    let io = |e| StoreError::file(to, e);
    let broken = |why| StoreError::Damaged {
        path: from.path().map_or_else(|| to.to_path_buf(), PathBuf::from),
        why,
    };
    // What is damaged is what was copied; what is full or read-only is where it goes.
    let sql = |e| match StoreError::from_sql(to, e) {
        StoreError::Damaged { why, .. } => broken(why),
        error => error,
    };
    let dir = match to.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir,
        _ => Path::new("."),
    };
    fs::create_dir_all(dir).map_err(io)?;
    let temp = temp_in(dir).map_err(io)?;
    let mut copy = connect::open_existing(&temp).map_err(sql)?;
    transfer(from, &mut copy).map_err(sql)?;
    copy.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))
        .map_err(sql)?;
    match connect::quick_check(&copy).map_err(sql)? {
        Some(Damage::Broken(why)) => return Err(broken(why)),
        Some(other) => return Err(broken(other.to_string())),
        None => {}
    }
    copy.close().map_err(|(_, e)| sql(e))?;
    File::open(&temp).and_then(|f| f.sync_all()).map_err(io)?;
    temp.persist(to).map_err(|e| io(e.error))?;
    sync_dir(dir).map_err(io)
}

/// All pages in one step. In many small steps a busy learner's answers would make it start again
/// each time; a writer is not held up by it, because the database keeps a log.
pub(super) fn transfer(from: &Connection, to: &mut Connection) -> rusqlite::Result<()> {
    let backup = Backup::new(from, to)?;
    let mut tries = 0;
    loop {
        match backup.step(-1)? {
            StepResult::Done => return Ok(()),
            StepResult::Busy | StepResult::Locked if tries >= 100 => {
                let busy = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
                return Err(rusqlite::Error::SqliteFailure(busy, None));
            }
            StepResult::More => {}
            _ => {
                tries += 1;
                std::thread::sleep(connect::PATIENCE / 100);
            }
        }
    }
}

fn count(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_row("SELECT count(*) FROM event", (), |row| row.get(0))
}

/// Deletes what the rotation no longer needs, after `newest` was made and found good. A failure
/// only means that a file stays.
fn sweep(home: &Home, newest: &Path, now: DateTime<Utc>) {
    let events = |path: &Path| connect::open_for_reading(path).and_then(|conn| count(&conn));
    let Ok(now_have) = events(newest) else { return };
    for name in rotation::expired(&list(home)) {
        let path = home.backups().join(name.file_name());
        // Events are only ever added. An old backup that has more of them is from before progress
        // was lost or started afresh, and may be all that is left of it.
        if !events(&path).is_ok_and(|then| then > now_have) {
            let _ = fs::remove_file(path);
        }
    }
    for dir in [home.backups(), home.dir().to_path_buf()] {
        sweep_half_made(&dir, now);
    }
}

/// What a crash in the middle of a backup left behind.
fn sweep_half_made(dir: &Path, now: DateTime<Utc>) {
    let Ok(entries) = fs::read_dir(dir) else {
        return;
    };
    for entry in entries.flatten() {
        let half_made = entry.file_name().to_string_lossy().starts_with(TEMP_PREFIX);
        let age = entry
            .metadata()
            .and_then(|m| m.modified())
            .map(|at| now - DateTime::<Utc>::from(at));
        if half_made && age.is_ok_and(|age| age > TimeDelta::days(1)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
