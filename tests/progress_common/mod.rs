//! What the progress tests share. Each of them uses only a part.
#![allow(dead_code)]

use chrono::{DateTime, TimeDelta, Utc};
use greenroom::progress::{
    DeviceId, Event, Filter, Kind, NewEvent, Opened, Review, Store, StoreError,
};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Day `day`, minute `minute` of a calendar that the tests share.
pub(crate) fn at(day: i64, minute: i64) -> DateTime<Utc> {
    let start = DateTime::from_timestamp_millis(1_790_000_000_000).unwrap();
    start + TimeDelta::days(day) + TimeDelta::minutes(minute)
}

pub(crate) fn review(drill: &str, minute: i64) -> NewEvent {
    let at = at(0, minute);
    NewEvent::new(
        at,
        at.date_naive(),
        Review {
            drill: drill.into(),
            format: "order".into(),
            step: "data".into(),
            // As long as a real one, so that a few hundred fill many pages.
            reply: serde_json::json!({"text": "calibration ".repeat(20)}),
            score: 1.0,
            rating: 3,
            seconds: 20.0,
            ..Review::default()
        },
    )
}

pub(crate) fn open(dir: &Path, day: i64) -> Result<Opened, StoreError> {
    Store::open(dir, at(day, 0), 0xabc)
}

/// A folder with `count` reviews in a closed database.
pub(crate) fn folder_with(count: i64) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), 0, count);
    dir
}

pub(crate) fn fill(dir: &Path, day: i64, count: i64) {
    let mut store = open(dir, day).unwrap().store;
    for minute in 0..count {
        store.append(&review("x/1", minute)).unwrap();
    }
}

/// The sequence numbers of this device's reviews, which must have no gap.
pub(crate) fn sequence(store: &Store, device: &DeviceId) -> Vec<i64> {
    let mut seqs: Vec<i64> = store
        .events(&Filter::of(Kind::Review).with_retracted())
        .unwrap()
        .iter()
        .filter(|s| s.id.device == *device)
        .map(|s| s.id.seq)
        .collect();
    seqs.sort_unstable();
    seqs
}

pub(crate) fn count(store: &Store) -> usize {
    store.events(&Filter::all()).unwrap().len()
}

pub(crate) fn drill_of(event: &Event) -> String {
    event.subject()
}

/// Runs the test `child` of this binary in a process of its own, in the given role.
pub(crate) fn child(role: &str, dir: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "child", "--nocapture", "--quiet"])
        .env("GREENROOM_TEST_ROLE", role)
        .env("GREENROOM_TEST_DIR", dir)
        .stdout(Stdio::piped());
    command
}

pub(crate) fn wait(child: Child) -> String {
    let out = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success(), "{text}");
    text
}

/// A test that cannot run here says why, where it can be seen.
pub(crate) fn skip(why: &str) {
    use std::io::Write as _;
    let name = std::thread::current().name().unwrap_or("?").to_owned();
    let _ = writeln!(std::io::stderr(), "skipped {name}: {why}");
}
