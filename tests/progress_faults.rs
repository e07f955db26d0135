//! Killed, locked out, out of space, not allowed to write, and several at once: nothing is lost.
#![allow(clippy::unwrap_used, clippy::panic)]

mod progress_common;

use greenroom::progress::{DeviceId, DrillState, Event, Filter, Journal, Lease, Store, StoreError};
use progress_common::{
    at, child as spawn, count, fill, folder_with, open, review, sequence, skip, wait,
};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The other side of the tests below: this binary starts itself in a role.
#[test]
fn child() {
    let (Ok(role), Some(dir)) = (
        std::env::var("GREENROOM_TEST_ROLE"),
        std::env::var_os("GREENROOM_TEST_DIR"),
    ) else {
        return;
    };
    let dir = Path::new(&dir);
    match role.as_str() {
        "append-200" => {
            let mut store = open(dir, 0).unwrap().store;
            for minute in 0..200 {
                store.append(&review("x/1", minute)).unwrap();
            }
        }
        "append-forever" => append_forever(dir),
        "fill-up" => fill_up(dir),
        "read-only" => read_only(dir),
        other => panic!("no such role: {other}"),
    }
}

/// Says each event only when it is stored.
fn append_forever(dir: &Path) {
    let mut store = open(dir, 0).unwrap().store;
    let mut out = std::io::stdout();
    for minute in 0.. {
        let new = review("x/1", minute);
        let after = DrillState {
            drill: "x/1".into(),
            ..DrillState::default()
        };
        let id = store.record(&new, &after).unwrap();
        let _ = writeln!(out, "ack {}", id.seq);
        let _ = out.flush();
    }
}

#[test]
fn two_processes_append_two_hundred_events_each_and_both_have_all() {
    let dir = tempfile::tempdir().unwrap();
    // Both also make the database, at the same time.
    let children: Vec<_> = (0..2)
        .map(|_| spawn("append-200", dir.path()).spawn().unwrap())
        .collect();
    for child in children {
        wait(child);
    }
    let store = open(dir.path(), 0).unwrap().store;
    let device = DeviceId::from_chance(0xabc);
    assert_eq!(sequence(&store, &device), (1..=400).collect::<Vec<_>>());
    assert_eq!(store.days(at(0, 0).date_naive()).unwrap()[0].count, 400);
    assert!(!fs::read_dir(dir.path())
        .unwrap()
        .flatten()
        .any(|entry| { entry.file_name().to_string_lossy().contains("corrupt") }));
}

#[test]
fn threads_that_start_at_once_make_one_database() {
    let dir = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for chance in 0..8 {
            let dir = dir.path();
            scope.spawn(move || {
                let mut store = Store::open(dir, at(0, 0), chance).unwrap().store;
                for minute in 0..25 {
                    store.append(&review("x/1", minute)).unwrap();
                }
            });
        }
    });
    let store = open(dir.path(), 0).unwrap().store;
    let device = store.device().unwrap();
    assert_eq!(sequence(&store, &device), (1..=200).collect::<Vec<_>>());
}

#[test]
fn killed_at_any_moment_every_acknowledged_event_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let mut acked = BTreeSet::new();
    let rounds = 60;
    for round in 0..rounds {
        // Two writers at once; both are killed.
        let mut children: Vec<_> = (0..2)
            .map(|_| spawn("append-forever", dir.path()).spawn().unwrap())
            .collect();
        std::thread::sleep(Duration::from_millis(15 + (round * 37) % 90));
        for child in &mut children {
            child.kill().unwrap();
        }
        for mut child in children {
            let out = BufReader::new(child.stdout.take().unwrap());
            let seqs = out
                .lines()
                .map_while(Result::ok)
                .filter_map(|line| line.split("ack ").nth(1)?.trim().parse::<i64>().ok());
            acked.extend(seqs);
            child.wait().unwrap();
        }
    }
    let store = open(dir.path(), 0).unwrap().store;
    let have = sequence(&store, &DeviceId::from_chance(0xabc));
    assert!(
        acked.len() > rounds as usize,
        "only {} acknowledged",
        acked.len()
    );
    assert_eq!(have, (1..=have.len() as i64).collect::<Vec<_>>());
    assert!(acked.iter().all(|seq| have.binary_search(seq).is_ok()));
    assert_eq!(
        store
            .days(at(0, 0).date_naive())
            .unwrap()
            .iter()
            .map(|d| d.count)
            .sum::<u32>() as usize,
        have.len()
    );
    assert!(store.verify().unwrap().is_sound());
}

#[test]
fn a_lock_that_is_held_gives_a_clear_line_after_five_seconds() {
    let dir = folder_with(1);
    let mut store = open(dir.path(), 0).unwrap().store;
    let other = rusqlite::Connection::open(dir.path().join("progress.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    // Reading is not held up.
    assert_eq!(count(&store), 1);
    assert!(open(dir.path(), 0).is_ok());
    let start = Instant::now();
    let error = store.append(&review("x/1", 1)).unwrap_err();
    let waited = start.elapsed();
    assert!(matches!(error, StoreError::Busy { .. }));
    assert!(
        error.to_string().contains("in use by another greenroom"),
        "{error}"
    );
    assert!((4..9).contains(&waited.as_secs()), "{waited:?}");
    other.execute_batch("COMMIT").unwrap();
    assert!(store.append(&review("x/1", 1)).is_ok());
}

#[test]
fn a_folder_that_cannot_be_one_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    for bad in [file.join("progress"), file] {
        let error = open(&bad, 0).unwrap_err();
        assert!(matches!(error, StoreError::Folder { .. }), "{error:?}");
        let line = error.to_string();
        assert!(line.contains(bad.to_str().unwrap()), "{line}");
        assert!(line.contains("choose another folder"), "{line}");
    }
    let nowhere = Path::new("/proc/greenroom-test");
    if cfg!(target_os = "linux") {
        assert!(open(nowhere, 0).is_err());
    }
}

#[cfg(unix)]
#[test]
fn in_a_read_only_folder_progress_is_shown_and_new_things_wait() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    let dir = folder_with(3);
    let mode =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    for name in ["progress.db", "progress.lock"] {
        mode(&dir.path().join(name), 0o444);
    }
    mode(dir.path(), 0o555);
    let mut command = spawn("read-only", dir.path());
    if fs::metadata(dir.path()).unwrap().uid() == 0 {
        // Permissions do not bind root, so it becomes nobody.
        command.uid(65534).gid(65534);
    }
    match command.spawn() {
        Ok(child) => {
            assert!(wait(child).contains("read-only: done"));
        }
        Err(e) => skip(&format!("cannot start a process as another user: {e}")),
    }
    mode(dir.path(), 0o755);
}

fn read_only(dir: &Path) {
    let reason = open(dir, 5).unwrap_err();
    assert!(matches!(reason, StoreError::ReadOnly { .. }), "{reason:?}");
    let line = reason.to_string();
    assert!(
        line.contains("cannot be written; make the file and its folder writable"),
        "{line}"
    );
    let mut journal = Journal::without_store(dir, reason, 7);
    assert_eq!(journal.events(&Filter::all()).unwrap().len(), 3);
    journal.append(&review("x/2", 10));
    assert_eq!(journal.events(&Filter::all()).unwrap().len(), 4);
    assert_eq!(journal.lease("mock", 1, at(5, 0)), Lease::Yours);
    assert!(!journal.retry(at(5, 1)));
    assert_eq!(journal.unsaved(), 1);
    assert!(journal.reason().unwrap().contains("cannot be written"));
    let _ = writeln!(std::io::stdout(), "read-only: done");
}

/// Answers until nothing more can be saved, and then goes on.
fn fill_up(dir: &Path) {
    let opened = open(dir, 0).unwrap();
    let mut journal = Journal::new(opened.store, 7);
    let mut minute = 0;
    while journal.unsaved() < 20 {
        assert!(minute < 100_000, "the disk does not get full");
        journal.append(&review("x/1", minute));
        minute += 1;
    }
    let saved = minute - 20;
    assert_eq!(journal.events(&Filter::all()).unwrap().len() as i64, minute);
    assert!(!journal.retry(at(1, 0)));
    let reason = journal.reason().unwrap();
    let _ = writeln!(std::io::stdout(), "saved {saved}\nreason {reason}");
}

/// What the child said it saved is there, whatever else.
fn check_filled(dir: &Path, said: &str, reason: &[&str]) {
    let line = |key: &str| {
        said.lines()
            .find_map(|l| l.split(key).nth(1))
            .unwrap()
            .to_owned()
    };
    let saved: usize = line("saved ").parse().unwrap();
    let why = line("reason ");
    assert!(reason.iter().any(|r| why.contains(r)), "{why}");
    assert!(saved > 0);
    let store = open(dir, 0).unwrap().store;
    let events = store.events(&Filter::all()).unwrap();
    assert!(events.len() >= saved);
    assert!(events
        .iter()
        .take(saved)
        .enumerate()
        .all(|(i, s)| s.at == at(0, i as i64)));
    assert!(events.iter().all(|s| matches!(s.event, Event::Review(_))));
    assert!(store.verify().unwrap().is_sound());
}

#[test]
fn on_a_full_disk_the_session_goes_on_and_what_was_saved_stays() {
    let dir = tempfile::tempdir().unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=512k", "none"])
        .arg(dir.path())
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        skip("a small file system cannot be mounted here");
        return;
    }
    let said = std::panic::catch_unwind(|| {
        let said = wait(spawn("fill-up", dir.path()).spawn().unwrap());
        // Some space is freed: the next start needs a little.
        let copy = tempfile::tempdir().unwrap();
        for entry in fs::read_dir(dir.path()).unwrap().flatten() {
            fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
        // And even while it is full, what is there can be read.
        if let Err(reason) = open(dir.path(), 0) {
            let journal = Journal::without_store(dir.path(), reason, 8);
            assert!(!journal.events(&Filter::all()).unwrap().is_empty());
        }
        check_filled(copy.path(), &said, &["the disk is full"]);
    });
    let _ = Command::new("umount").arg(dir.path()).status();
    if let Err(panic) = said {
        std::panic::resume_unwind(panic);
    }
}

#[cfg(unix)]
#[test]
fn at_a_limit_on_file_size_the_session_goes_on_and_what_was_saved_stays() {
    let dir = tempfile::tempdir().unwrap();
    let inner = spawn("fill-up", dir.path());
    // The shell's unit is 512 bytes or 1 KB. Without the trap the signal would end the process.
    let mut command = Command::new("sh");
    command
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 300 || exit 99; exec \"$@\"",
            "sh",
        ])
        .arg(inner.get_program())
        .args(inner.get_args())
        .envs(inner.get_envs().filter_map(|(k, v)| Some((k, v?))))
        .stdout(Stdio::piped());
    let out = command.spawn().unwrap().wait_with_output().unwrap();
    if out.status.code() == Some(99) {
        skip("the shell cannot limit the size of files");
        return;
    }
    let said = String::from_utf8_lossy(&out.stdout);
    assert!(out.status.success(), "{said}");
    check_filled(dir.path(), &said, &["free some space", "free space"]);
}

#[test]
fn a_half_made_database_is_never_met() {
    // As if killed while the first database was made: its file has a passing name.
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(".greenroom-tmp-abc"), "half").unwrap();
    fill(dir.path(), 0, 3);
    assert_eq!(count(&open(dir.path(), 0).unwrap().store), 3);
}
