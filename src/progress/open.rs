//! Opening: what to do with the file that is there, or is not.

use super::home::{sync_dir, temp_in, Home};
use super::schema::{FORMAT, STEPS};
use super::store::{meta, set_meta};
use super::{backup, connect, migrate, Damage, DeviceId, Notice, Store, StoreError};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Connection;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

/// A larger file is only checked in the background, with its daily backup: the learner waits for
/// the first screen.
const CHECK_AT_START: u64 = 32 << 20;

/// A store, and what the learner should be told about how it was opened.
#[derive(Debug)]
pub struct Opened {
    pub store: Store,
    pub notices: Vec<Notice>,
}

impl Store {
    /// Opens the progress of this folder, and makes both when there are none. `chance` is a random
    /// number: the name of this machine if the database is new.
    ///
    /// [`StoreError::Corrupt`] and [`StoreError::Missing`] name a good backup; ask the learner, then
    /// call [`Store::restore`] or [`Store::create`].
    pub fn open(dir: &Path, now: DateTime<Utc>, chance: u64) -> Result<Opened, StoreError> {
        let home = Home::new(dir);
        home.ensure()?;
        let _lock = home.lock()?;
        let (damage, moved_to) = match find(&home, now)? {
            Found::Sound(opened) => return Ok(*opened),
            Found::Absent => {
                let path = home.db();
                return match backup::newest_good(&home) {
                    Some(backup) => Err(StoreError::Missing { path, backup }),
                    None => fresh(&home, now, chance, backup::bad_backups(&home)),
                };
            }
            Found::Unusable(damage) => (damage, home.move_aside(now)?),
        };
        match backup::newest_good(&home) {
            Some(backup) => Err(StoreError::Corrupt {
                path: home.db(),
                damage,
                moved_to,
                backup,
            }),
            None => fresh(
                &home,
                now,
                chance,
                Some(Notice::MovedAside {
                    to: moved_to,
                    damage,
                }),
            ),
        }
    }

    /// Opens the progress of this folder, starting afresh when there is none, whatever backups say.
    pub fn create(dir: &Path, now: DateTime<Utc>, chance: u64) -> Result<Opened, StoreError> {
        let home = Home::new(dir);
        home.ensure()?;
        let lock = home.lock()?;
        match find(&home, now)? {
            Found::Absent => fresh(&home, now, chance, None),
            Found::Sound(opened) => Ok(*opened),
            Found::Unusable(_) => {
                drop(lock);
                Self::open(dir, now, chance)
            }
        }
    }

    /// A store that is gone when it is dropped: for tests, and for trying the program out.
    pub fn in_memory(now: DateTime<Utc>, chance: u64) -> Result<Self, StoreError> {
        let open = || {
            let mut conn = Connection::open_in_memory()?;
            connect::set_pragmas(&conn)?;
            fill(&mut conn, now, chance)?;
            Ok(conn)
        };
        let conn = open().map_err(|e| StoreError::from_sql(Path::new("progress in memory"), e))?;
        Ok(Self::elsewhere(conn))
    }
}

/// What lies where the database should be.
pub(super) enum Found {
    Absent,
    Sound(Box<Opened>),
    Unusable(Damage),
}

/// Looks, and opens what is sound, migrated and checked. Call it under the folder's lock.
pub(super) fn find(home: &Home, now: DateTime<Utc>) -> Result<Found, StoreError> {
    let db = home.db();
    let size = match fs::metadata(&db) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Found::Absent),
        Err(e) => return Err(StoreError::file(&db, e)),
        Ok(meta) if !meta.is_file() => return Ok(Found::Unusable(Damage::NotADatabase)),
        Ok(meta) if meta.len() == 0 => return Ok(Found::Unusable(Damage::Empty)),
        Ok(meta) => meta.len(),
    };
    let mut notices = Vec::new();
    match prepare(home, size, now, &mut notices) {
        Ok(conn) => Ok(Found::Sound(Box::new(Opened {
            store: Store::on_disk(conn, home.clone()),
            notices,
        }))),
        Err(Fault::Damage(damage)) => Ok(Found::Unusable(damage)),
        Err(Fault::Sql(error)) => match connect::damage_of(&error) {
            Some(damage) => Ok(Found::Unusable(damage)),
            None => Err(StoreError::from_sql(&db, error)),
        },
        Err(Fault::Store(error)) => match *error {
            StoreError::Damaged { why, .. } => Ok(Found::Unusable(Damage::Broken(why))),
            error => Err(error),
        },
    }
}

enum Fault {
    Damage(Damage),
    Sql(rusqlite::Error),
    Store(Box<StoreError>),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(Box::new(error))
    }
}

/// In an order that changes nothing before it is known to be ours, sound, and not newer.
fn prepare(
    home: &Home,
    size: u64,
    now: DateTime<Utc>,
    notices: &mut Vec<Notice>,
) -> Result<Connection, Fault> {
    let path = home.db();
    let mut conn = connect::open_existing(&path)?;
    if !connect::is_ours(&conn)? {
        return Err(Fault::Damage(Damage::AnotherProgram));
    }
    let from = migrate::format(&conn)?;
    if from > FORMAT {
        return Err(Fault::from(StoreError::Newer {
            path,
            found: from,
            known: FORMAT,
        }));
    }
    // SQLite opens a file that it may not write for reading, and would only say so later.
    if conn.is_readonly(rusqlite::MAIN_DB)? {
        return Err(Fault::from(StoreError::ReadOnly { path }));
    }
    connect::set_pragmas(&conn)?;
    if from == FORMAT {
        check_when_due(home, &conn, size, now)?;
    } else {
        // Making the backup checks the file as well.
        let backup = backup::name(home, now, &format!("-v{from}"));
        backup::copy_to(&conn, &backup)?;
        migrate::migrate(&mut conn, STEPS)?;
        notices.push(Notice::Migrated {
            from,
            to: FORMAT,
            backup,
        });
    }
    super::store::device(&conn)?;
    Ok(conn)
}

/// Once a day, because it reads the whole file; at once after damage was met.
fn check_when_due(
    home: &Home,
    conn: &Connection,
    size: u64,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let suspect = home.suspect();
    let is_suspect = suspect.exists();
    let last = meta(conn, "checked")?
        .and_then(|ms| ms.parse().ok())
        .and_then(DateTime::from_timestamp_millis);
    // A last check in the future is a clock that was set back.
    let fresh =
        last.is_some_and(|at| (TimeDelta::zero()..TimeDelta::days(1)).contains(&(now - at)));
    if !is_suspect && (fresh || size > CHECK_AT_START) {
        return Ok(());
    }
    if let Some(damage) = connect::quick_check(conn)? {
        return Err(Fault::Damage(damage));
    }
    note_checked(conn, now);
    if is_suspect {
        let _ = fs::remove_file(suspect);
    }
    Ok(())
}

pub(super) fn set_checked(conn: &Connection, now: DateTime<Utc>) -> rusqlite::Result<()> {
    set_meta(conn, "checked", &now.timestamp_millis().to_string())
}

/// Not worth waiting or failing for: at worst the next start checks again.
pub(super) fn note_checked(conn: &Connection, now: DateTime<Utc>) {
    let _ = conn
        .busy_timeout(Duration::ZERO)
        .and_then(|()| set_checked(conn, now));
    let _ = conn.busy_timeout(connect::PATIENCE);
}

/// Makes a new database under a passing name and gives it its own when it is whole: another
/// process, or the next start after a crash, never meets a half-made one.
fn fresh(
    home: &Home,
    now: DateTime<Utc>,
    chance: u64,
    notice: Option<Notice>,
) -> Result<Opened, StoreError> {
    let db = home.db();
    home.move_stray_log(now)?;
    let temp = temp_in(home.dir()).map_err(|e| StoreError::file(&db, e))?;
    let make = || {
        let mut conn = connect::open_existing(&temp)?;
        connect::set_pragmas(&conn)?;
        fill(&mut conn, now, chance)?;
        conn.close().map_err(|(_, e)| e)
    };
    make().map_err(|e| StoreError::from_sql(&db, e))?;
    place_new(home, temp)?;
    match find(home, now)? {
        Found::Sound(mut opened) => {
            opened.notices.extend(notice);
            Ok(*opened)
        }
        Found::Absent => Err(StoreError::Gone { path: db }),
        Found::Unusable(damage) => Err(StoreError::Damaged {
            path: db,
            why: damage.to_string(),
        }),
    }
}

/// Never over a file that another process made meanwhile; that one is then opened.
pub(super) fn place_new(home: &Home, temp: tempfile::TempPath) -> Result<(), StoreError> {
    let db = home.db();
    match temp.persist_noclobber(&db) {
        Err(e) if e.error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(StoreError::file(&db, e.error))
        }
        _ => {}
    }
    sync_dir(home.dir()).map_err(|e| StoreError::file(&db, e))
}

fn fill(conn: &mut Connection, now: DateTime<Utc>, chance: u64) -> rusqlite::Result<()> {
    migrate::migrate(conn, STEPS)?;
    set_meta(conn, "device", DeviceId::from_chance(chance).as_str())?;
    set_checked(conn, now)
}
