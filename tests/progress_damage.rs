//! Whatever lies where the progress should be: nothing is deleted, and a good backup is offered.
#![allow(clippy::unwrap_used, clippy::panic)]

mod progress_common;

use greenroom::progress::{Damage, DeviceId, Event, Notice, Store, StoreError};
use progress_common::{at, count, fill, folder_with, open, review, sequence};
use rusqlite::Connection;
use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// A way in which the file gets bad, and how it is named.
struct Case {
    name: &'static str,
    harm: fn(&Path),
    is: fn(&Damage) -> bool,
}

fn overwrite(path: &Path, from: u64, bytes: &[u8]) {
    let mut file = fs::OpenOptions::new().write(true).open(path).unwrap();
    file.seek(SeekFrom::Start(from)).unwrap();
    file.write_all(bytes).unwrap();
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).unwrap().len()
}

const CASES: &[Case] = &[
    Case {
        name: "header overwritten",
        harm: |path| overwrite(path, 0, &[0xee; 100]),
        is: |damage| *damage == Damage::NotADatabase,
    },
    Case {
        name: "header zeroed",
        harm: |path| overwrite(path, 0, &[0; 4096]),
        is: |damage| *damage == Damage::NotADatabase,
    },
    Case {
        name: "page zeroed",
        harm: |path| overwrite(path, size(path) / 2 / 4096 * 4096, &[0; 4096]),
        is: |damage| matches!(damage, Damage::Broken(_)),
    },
    Case {
        name: "truncated to half",
        harm: |path| {
            let file = fs::OpenOptions::new().write(true).open(path).unwrap();
            file.set_len(size(path) / 2).unwrap();
        },
        is: |damage| matches!(damage, Damage::Broken(_)),
    },
    Case {
        name: "truncated within a page",
        harm: |path| {
            let file = fs::OpenOptions::new().write(true).open(path).unwrap();
            file.set_len(5000).unwrap();
        },
        is: |damage| matches!(damage, Damage::Broken(_)),
    },
    Case {
        name: "text file",
        harm: |path| fs::write(path, "dear diary\n").unwrap(),
        is: |damage| *damage == Damage::NotADatabase,
    },
    Case {
        name: "empty file",
        harm: |path| fs::write(path, "").unwrap(),
        is: |damage| *damage == Damage::Empty,
    },
    Case {
        name: "another program's database",
        harm: |path| {
            fs::remove_file(path).unwrap();
            let conn = Connection::open(path).unwrap();
            conn.execute_batch("CREATE TABLE bookmark (url TEXT); PRAGMA application_id = 7;")
                .unwrap();
        },
        is: |damage| *damage == Damage::AnotherProgram,
    },
    Case {
        name: "a database without a name",
        harm: |path| {
            fs::remove_file(path).unwrap();
            let conn = Connection::open(path).unwrap();
            conn.execute_batch("CREATE TABLE event (x)").unwrap();
        },
        is: |damage| *damage == Damage::AnotherProgram,
    },
    Case {
        name: "a folder",
        harm: |path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
            fs::write(path.join("inside"), "x").unwrap();
        },
        is: |damage| *damage == Damage::NotADatabase,
    },
];

#[test]
fn every_damage_is_moved_aside_and_the_newest_good_backup_is_offered() {
    for case in CASES {
        let dir = folder_with(300);
        let good = Store::auto_backup(dir.path(), at(0, 0)).unwrap().unwrap();
        fill(dir.path(), 0, 10);
        let newer = Store::auto_backup(dir.path(), at(1, 0)).unwrap().unwrap();
        let broken_at = size(&newer) / 2 / 4096 * 4096;
        overwrite(&newer, broken_at, &[0; 4096]);
        let db = dir.path().join("progress.db");
        (case.harm)(&db);
        let bad = fs::read(&db).ok();

        // The next day, because all of the file is checked once a day.
        let error = open(dir.path(), 2).unwrap_err();
        let StoreError::Corrupt {
            damage,
            moved_to,
            backup,
            ..
        } = &error
        else {
            panic!("{}: {error}", case.name)
        };
        assert!((case.is)(damage), "{}: {damage:?}", case.name);
        assert_eq!(*backup, good, "{}", case.name);
        assert_eq!(
            fs::read(moved_to).ok(),
            bad,
            "{}: changed on the way",
            case.name
        );
        let name = moved_to.file_name().unwrap().to_str().unwrap();
        assert!(name.starts_with("progress.corrupt-"), "{name}");
        assert!(!error.to_string().contains('\n'), "{error}");

        // Asked again before the learner has chosen: the same backup is offered.
        let again = open(dir.path(), 2).unwrap_err();
        assert!(matches!(again, StoreError::Missing { backup, .. } if backup == good));
        let opened = Store::restore(dir.path(), &good, at(2, 1), 0xdef).unwrap();
        assert_eq!(count(&opened.store), 300, "{}", case.name);
        assert!(opened.store.verify().unwrap().is_sound());
        drop(opened);
        assert_eq!(count(&open(dir.path(), 2).unwrap().store), 300);
    }
}

#[test]
fn without_a_good_backup_progress_starts_afresh_and_says_so() {
    for case in CASES {
        let dir = folder_with(300);
        (case.harm)(&dir.path().join("progress.db"));
        let opened = open(dir.path(), 2).unwrap();
        let [Notice::MovedAside { to, damage }] = opened.notices.as_slice() else {
            panic!("{}: {:?}", case.name, opened.notices)
        };
        assert!(to.exists() && (case.is)(damage), "{}", case.name);
        assert!(opened.notices[0].to_string().contains("afresh"));
        assert_eq!(count(&opened.store), 0);
    }
}

#[test]
fn the_log_goes_along_with_its_database() {
    let dir = folder_with(3);
    let mut store = open(dir.path(), 0).unwrap().store;
    store.append(&review("x/2", 9)).unwrap();
    // As after a power cut: the log is still there, and the database is not whole.
    let wal = fs::read(dir.path().join("progress.db-wal")).unwrap();
    drop(store);
    fs::write(dir.path().join("progress.db"), "").unwrap();
    fs::write(dir.path().join("progress.db-wal"), &wal).unwrap();
    let opened = open(dir.path(), 0).unwrap();
    let [Notice::MovedAside { to, .. }] = opened.notices.as_slice() else {
        panic!("{:?}", opened.notices)
    };
    let moved = format!("{}-wal", to.to_str().unwrap());
    assert_eq!(fs::read(moved).unwrap(), wal);
}

#[test]
fn a_log_without_a_database_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("progress.db-wal"), "the last commits").unwrap();
    drop(open(dir.path(), 0).unwrap());
    let kept = fs::read_dir(dir.path()).unwrap().flatten().any(|entry| {
        entry.file_name().to_string_lossy().ends_with("-wal")
            && fs::read(entry.path()).unwrap() == b"the last commits"
    });
    assert!(kept);
}

#[test]
fn a_flipped_bit_in_an_event_is_found_by_verify_and_harms_no_other() {
    let dir = folder_with(49);
    let db = dir.path().join("progress.db");
    let mut new = review("x/1", 50);
    if let Event::Review(review) = &mut new.event {
        review.reply = "needle".into();
    }
    open(dir.path(), 0).unwrap().store.append(&new).unwrap();
    let mut bytes = fs::read(&db).unwrap();
    // Everywhere, because a page may hold an old copy that is no longer in use.
    let spots: Vec<usize> = (0..bytes.len())
        .filter(|&i| bytes[i..].starts_with(b"needle"))
        .collect();
    assert!(!spots.is_empty());
    for spot in spots {
        bytes[spot] ^= 0x80;
    }
    fs::write(&db, bytes).unwrap();
    let store = open(dir.path(), 2).unwrap().store;
    let found = store.verify().unwrap();
    assert_eq!((found.events, found.damaged.len()), (50, 1));
    assert_eq!(count(&store), 49);
}

#[test]
fn a_missing_file_asks_before_it_starts_afresh() {
    let dir = folder_with(5);
    let backup = Store::auto_backup(dir.path(), at(0, 0)).unwrap().unwrap();
    fs::remove_file(dir.path().join("progress.db")).unwrap();
    let error = open(dir.path(), 1).unwrap_err();
    assert!(matches!(&error, StoreError::Missing { backup: b, .. } if *b == backup));
    assert!(
        error.to_string().contains("is missing; restore the backup"),
        "{error}"
    );
    assert!(!dir.path().join("progress.db").exists());

    let opened = Store::create(dir.path(), at(1, 0), 7).unwrap();
    assert_eq!(count(&opened.store), 0);
    assert!(backup.exists());
    drop(opened);
    // Now there is one, and nobody is asked again.
    assert!(open(dir.path(), 1).is_ok());
}

#[test]
fn when_no_backup_can_be_read_that_is_said() {
    let dir = folder_with(5);
    let backup = Store::auto_backup(dir.path(), at(0, 0)).unwrap().unwrap();
    fs::remove_file(dir.path().join("progress.db")).unwrap();
    fs::write(&backup, "not a backup").unwrap();
    let opened = open(dir.path(), 1).unwrap();
    assert!(matches!(
        opened.notices.as_slice(),
        [Notice::NoGoodBackup { .. }]
    ));
    assert!(backup.exists());
}

#[test]
fn a_newer_database_is_refused_with_both_versions_and_left_alone() {
    let dir = folder_with(5);
    let db = dir.path().join("progress.db");
    Connection::open(&db)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let before = fs::read(&db).unwrap();
    let error = open(dir.path(), 5).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 99, .. }));
    let line = error.to_string();
    assert!(
        line.contains("format 99") && line.contains("knows format 1"),
        "{line}"
    );
    assert_eq!(fs::read(&db).unwrap(), before);
    assert!(Store::auto_backup(dir.path(), at(5, 0)).unwrap().is_none());
    assert!(matches!(
        Store::restore(dir.path(), &db, at(5, 0), 1),
        Err(StoreError::SameFile { .. })
    ));
}

#[test]
fn damage_found_in_the_background_is_acted_on_at_the_next_start() {
    let dir = folder_with(300);
    let good = Store::auto_backup(dir.path(), at(0, 0)).unwrap().unwrap();
    let db = dir.path().join("progress.db");
    overwrite(&db, size(&db) / 2 / 4096 * 4096, &[0; 4096]);
    // The same day: the start itself does not look at all pages.
    drop(open(dir.path(), 0).unwrap());
    let error = Store::auto_backup(dir.path(), at(1, 0)).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    assert_eq!(Store::backups(dir.path()), std::slice::from_ref(&good));
    let next = open(dir.path(), 0).unwrap_err();
    assert!(matches!(next, StoreError::Corrupt { backup, .. } if backup == good));
}

#[test]
fn an_older_file_is_backed_up_before_it_is_brought_to_today_s_format() {
    // The only older format is an empty one; the tables of format 1 are made inside.
    let dir = tempfile::tempdir().unwrap();
    let db = dir.path().join("progress.db");
    let conn = Connection::open(&db).unwrap();
    conn.execute_batch("CREATE TABLE keepsake (x); PRAGMA application_id = 0x67726e72;")
        .unwrap();
    drop(conn);
    let result = open(dir.path(), 0);
    // Without the name of a device it cannot be one of ours, but the backup was made first.
    assert!(result.is_err());
    let backups = Store::backups(dir.path());
    assert_eq!(backups.len(), 1);
    assert!(backups[0].to_string_lossy().ends_with("-v0.db"));
    let kept = Connection::open(&backups[0]).unwrap();
    assert!(kept.prepare("SELECT x FROM keepsake").is_ok());
}

#[test]
fn a_restored_machine_writes_under_a_new_name() {
    let dir = folder_with(5);
    let backup = Store::auto_backup(dir.path(), at(0, 0)).unwrap().unwrap();
    fill(dir.path(), 0, 5);
    let old = DeviceId::from_chance(0xabc);
    let mut running = open(dir.path(), 0).unwrap().store;
    let opened = Store::restore(dir.path(), &backup, at(1, 0), 0xdef).unwrap();
    let [Notice::Replaced { kept }] = opened.notices.as_slice() else {
        panic!("{:?}", opened.notices)
    };
    // Another process that has it open goes on with what was restored.
    let id = running.append(&review("x/3", 3)).unwrap();
    assert_eq!(
        (id.device.clone(), id.seq),
        (DeviceId::from_chance(0xdef), 1)
    );
    assert_eq!(sequence(&opened.store, &old), [1, 2, 3, 4, 5]);
    assert_eq!(count(&opened.store), 6);
    // And what was replaced can be restored in turn.
    let back = Store::restore(dir.path(), kept, at(2, 0), 0x123).unwrap();
    assert_eq!(count(&back.store), 10);

    let stranger = dir.path().join("stranger.db");
    fs::write(&stranger, "hello").unwrap();
    let error = Store::restore(dir.path(), &stranger, at(2, 0), 1).unwrap_err();
    assert!(error
        .to_string()
        .contains("cannot be restored: it is not a database"));
    assert_eq!(count(&back.store), 10);
}
