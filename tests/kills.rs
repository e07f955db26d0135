//! `kill -9` at any moment: no acknowledged answer is lost, no typed text older than the autosave,
//! and the database opens every time.
//!
//! A few rounds run with the other tests; `GREENROOM_KILL_ROUNDS=100 cargo test --test kills` runs
//! the full loop.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

mod pty;

use chrono::Utc;
use greenroom::mock::Record;
use greenroom::progress::{Filter, Kind, Store};
use pty::Pty;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::tempdir;

/// Text that is older than this when the process is killed must be on disk. The autosave is a
/// second behind at most; the rest is for busy machines.
const OLD: Duration = Duration::from_secs(3);

fn rounds(usual: u64) -> u64 {
    let wanted = std::env::var("GREENROOM_KILL_ROUNDS").ok();
    wanted.and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// A moment that differs from round to round and is the same in every run.
fn moment(round: u64, most: u64) -> Duration {
    Duration::from_millis((round * 7919 + 13) % most)
}

fn kill(id: u32) {
    let status = Command::new("kill").args(["-9", &id.to_string()]).status();
    assert!(status.unwrap().success());
}

fn open(home: &Path) -> Store {
    Store::open(&home.join("data"), Utc::now(), 1)
        .unwrap()
        .store
}

#[test]
fn typed_text_survives() {
    let mut worst = Duration::ZERO;
    for round in 0..rounds(5) {
        let home = tempdir().unwrap();
        let mut pty = Pty::in_mock(home.path());
        let start = Instant::now();
        let length = OLD + Duration::from_millis(300) + moment(round, 900);
        let mut sent = Vec::new();
        while start.elapsed() < length {
            pty.press(&format!("w{:04} ", sent.len()));
            sent.push(Instant::now());
            thread::sleep(Duration::from_millis(8));
        }
        kill(pty.id());
        let end = Instant::now();
        pty.ended();

        let store = open(home.path());
        let drafts = store.drafts().unwrap();
        let draft = drafts
            .iter()
            .find(|draft| draft.name.starts_with("mock/"))
            .expect("a draft");
        let record: Record = serde_json::from_str(&draft.body).unwrap();
        let text: String = record.answers.values().cloned().collect();
        for (number, at) in sent.iter().enumerate() {
            if !text.contains(&format!("w{number:04} ")) {
                let age = end - *at;
                worst = worst.max(age);
                assert!(
                    age < OLD,
                    "round {round}: w{number:04} is lost, {age:?} after it was typed"
                );
            }
        }
        assert!(text.contains("w0000 "));
    }
    println!("the oldest text that was lost had been typed {worst:?} before the kill");
}

/// `50 % · Hard`: the answer was graded, so it must be on disk.
fn is_grade(line: &str) -> bool {
    let ratings = ["Again", "Hard", "Good", "Easy"];
    line.split_once(" % · ")
        .is_some_and(|(score, rating)| score.parse::<u32>().is_ok() && ratings.contains(&rating))
}

/// Answers drills line by line; every answer that is acknowledged by its grade is in the database.
#[test]
fn acknowledged_answers_survive() {
    let home = tempdir().unwrap();
    let mut acknowledged = 0;
    for round in 0..rounds(15) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_greenroom"))
            .args(["drill", "--plain", "--cram", "--format", "estimate"])
            .arg("--seed")
            .arg(round.to_string())
            .env("GREENROOM_DATA_DIR", home.path().join("data"))
            .env("XDG_CONFIG_HOME", home.path().join("config"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut keys = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let feeder = thread::spawn(move || {
            // Until the process is gone: an answer, how sure, and the way past a second attempt.
            while writeln!(keys, "35k")
                .and_then(|()| writeln!(keys, "2"))
                .is_ok()
            {
                thread::sleep(Duration::from_millis(3));
            }
        });
        let mut graded = 0;
        let mut alive = true;
        for line in output.lines().map_while(Result::ok) {
            graded += usize::from(is_grade(&line));
            if alive && graded as u64 > round % 4 {
                thread::sleep(moment(round, 60));
                kill(child.id());
                alive = false;
            }
        }
        let _ = child.wait();
        feeder.join().unwrap();
        acknowledged += graded;

        let store = open(home.path());
        let reviews = store.events(&Filter::of(Kind::Review)).unwrap().len();
        assert!(
            reviews >= acknowledged,
            "round {round}: {acknowledged} acknowledged, {reviews} kept"
        );
        acknowledged = reviews;
    }
    assert!(acknowledged > 0, "nothing was answered at all");
    println!("{acknowledged} answers acknowledged and kept");
}
