//! Backups: whole while the learner goes on, one a day, and the last good one never goes.
#![allow(clippy::unwrap_used, clippy::panic)]

mod progress_common;

use greenroom::progress::{DeviceId, Store, StoreError};
use progress_common::{at, count, fill, folder_with, open, review, sequence};
use std::collections::BTreeSet;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

#[test]
fn a_backup_while_answers_come_in_is_whole_and_has_no_gap() {
    let dir = folder_with(200);
    let out = tempfile::tempdir().unwrap();
    let done = AtomicBool::new(false);
    /// Ends the writer also when the test fails.
    struct Stop<'a>(&'a AtomicBool);
    impl Drop for Stop<'_> {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    std::thread::scope(|scope| {
        let _stop = Stop(&done);
        scope.spawn(|| {
            let mut store = open(dir.path(), 0).unwrap().store;
            for minute in 0.. {
                if done.load(Ordering::Relaxed) {
                    break;
                }
                store.append(&review("x/1", minute)).unwrap();
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        for day in 0..10 {
            let made = Store::auto_backup(dir.path(), at(day, 0)).unwrap().unwrap();
            let here = open(dir.path(), 0).unwrap().store;
            let asked = out.path().join(format!("{day}.db"));
            here.backup(&asked).unwrap();
            for (i, backup) in [made, asked].into_iter().enumerate() {
                let folder = out.path().join(format!("{day}-{i}"));
                let opened = Store::restore(&folder, &backup, at(day, 0), 1).unwrap();
                let have = sequence(&opened.store, &DeviceId::from_chance(0xabc));
                assert!(have.len() >= 200);
                assert_eq!(have, (1..=have.len() as i64).collect::<Vec<_>>());
                assert!(opened.store.verify().unwrap().is_sound());
            }
        }
    });
    // A backup is one file: nothing of it is in a log beside it.
    for entry in fs::read_dir(dir.path().join("backups")).unwrap().flatten() {
        assert!(
            entry.file_name().to_string_lossy().ends_with("Z.db"),
            "{entry:?}"
        );
    }
}

#[test]
fn there_is_one_backup_a_day_and_old_ones_go() {
    let dir = folder_with(3);
    assert!(Store::auto_backup(&dir.path().join("none"), at(0, 0))
        .unwrap()
        .is_none());
    for day in 0..60 {
        assert!(Store::auto_backup(dir.path(), at(day, 0))
            .unwrap()
            .is_some());
        assert!(Store::auto_backup(dir.path(), at(day, 5))
            .unwrap()
            .is_none());
    }
    let left = Store::backups(dir.path());
    assert_eq!(left.len(), 11);
    let unique: BTreeSet<_> = left.iter().collect();
    assert_eq!(unique.len(), 11);
}

#[test]
fn an_empty_progress_makes_no_backup() {
    let dir = folder_with(0);
    assert!(Store::auto_backup(dir.path(), at(0, 0)).unwrap().is_none());
}

#[test]
fn after_a_fresh_start_the_fuller_backup_of_before_is_never_rotated_away() {
    let dir = folder_with(50);
    let full = Store::auto_backup(dir.path(), at(0, 0)).unwrap().unwrap();
    fs::remove_file(dir.path().join("progress.db")).unwrap();
    let _ = Store::create(dir.path(), at(1, 0), 7).unwrap();
    fill(dir.path(), 1, 2);
    for day in 1..80 {
        Store::auto_backup(dir.path(), at(day, 0)).unwrap().unwrap();
    }
    assert!(full.exists());
    assert_eq!(Store::backups(dir.path()).len(), 12);
}

#[test]
fn a_backup_never_goes_over_the_progress_itself() {
    let dir = folder_with(3);
    let store = open(dir.path(), 0).unwrap().store;
    let odd = dir.path().join("backups/../progress.db");
    fs::create_dir(dir.path().join("backups")).unwrap();
    let error = store.backup(&odd).unwrap_err();
    assert!(matches!(error, StoreError::SameFile { .. }));
    // A failed backup leaves the older one of that name alone, and nothing half made.
    let target = dir.path().join("mine");
    fs::create_dir(&target).unwrap();
    assert!(store.backup(&target).is_err());
    let names: Vec<_> = fs::read_dir(dir.path())
        .unwrap()
        .flatten()
        .map(|e| e.file_name().into_string().unwrap())
        .filter(|name| name.starts_with(".greenroom"))
        .collect();
    assert!(names.is_empty(), "{names:?}");
    assert_eq!(count(&store), 3);
}
