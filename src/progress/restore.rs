//! Going back to a backup.

use super::home::{temp_in, Home};
use super::open::{self, Found};
use super::schema::STEPS;
use super::store::set_meta;
use super::{backup, connect, migrate, DeviceId, Notice, Opened, Store, StoreError};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use std::path::Path;

impl Store {
    /// Puts `from` in the place of the progress of this folder. What is there is kept: a sound
    /// database as a backup, any other file moved aside. Other processes that have it open go on
    /// with what was restored.
    ///
    /// From then on this machine writes events under a new name, made from `chance`: the lost ones
    /// may live on in another machine, and their names must not be given twice.
    pub fn restore(
        dir: &Path,
        from: &Path,
        now: DateTime<Utc>,
        chance: u64,
    ) -> Result<Opened, StoreError> {
        let home = Home::new(dir);
        home.ensure()?;
        let _lock = home.lock()?;
        let same =
            matches!((home.db().canonicalize(), from.canonicalize()), (Ok(a), Ok(b)) if a == b);
        if same {
            return Err(StoreError::SameFile {
                path: from.to_path_buf(),
            });
        }
        backup::check(from).map_err(|damage| StoreError::BadBackup {
            path: from.to_path_buf(),
            damage,
        })?;
        let source = connect::open_for_reading(from).map_err(|e| StoreError::from_sql(from, e))?;
        let mut notices = Vec::new();
        match open::find(&home, now)? {
            Found::Sound(mut opened) => {
                let kept = backup::name(&home, now, "-replaced");
                let conn = &mut opened.store.conn;
                backup::copy_to(conn, &kept)?;
                overwrite(&source, conn, chance, now)
                    .map_err(|e| StoreError::from_sql(&home.db(), e))?;
                notices.push(Notice::Replaced { kept });
            }
            Found::Unusable(_) => {
                let kept = home.move_aside(now)?;
                notices.push(Notice::Replaced { kept });
                put_new(&home, &source, chance, now)?;
            }
            Found::Absent => {
                home.move_stray_log(now)?;
                put_new(&home, &source, chance, now)?;
            }
        }
        match open::find(&home, now)? {
            Found::Sound(mut opened) => {
                opened.notices.extend(notices);
                Ok(*opened)
            }
            _ => Err(StoreError::Gone { path: home.db() }),
        }
    }
}

fn put_new(
    home: &Home,
    source: &Connection,
    chance: u64,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let db = home.db();
    let temp = temp_in(home.dir()).map_err(|e| StoreError::file(&db, e))?;
    let make = || {
        let mut conn = connect::open_existing(&temp)?;
        overwrite(source, &mut conn, chance, now)?;
        conn.close().map_err(|(_, e)| e)
    };
    make().map_err(|e| StoreError::from_sql(&db, e))?;
    open::place_new(home, temp)
}

/// A backup of an older program is brought to today's format on the way.
fn overwrite(
    source: &Connection,
    target: &mut Connection,
    chance: u64,
    now: DateTime<Utc>,
) -> rusqlite::Result<()> {
    backup::transfer(source, target)?;
    connect::set_pragmas(target)?;
    migrate::migrate(target, STEPS)?;
    set_meta(target, "device", DeviceId::from_chance(chance).as_str())?;
    open::set_checked(target, now)
}
