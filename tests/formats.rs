//! Every drill format as a learner meets it: in a terminal of two sizes, and line by line.
#![cfg(target_os = "linux")]
// A helper that fails fails its test.
#![allow(clippy::unwrap_used)]

mod pty;

use greenroom::content::Library;
use greenroom::drill::{Bank, Drill, Kind, Part, Question, FORMATS};
use pty::Pty;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;
use tempfile::tempdir;

const SIZES: [(u16, u16); 2] = [(80, 24), (60, 18)];
const NOW: &str = "2026-11-21T12:00:00+00:00";

fn pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats")
}

fn drill(format: &str) -> Drill {
    let library = Library::open(&[pack()], None);
    let mut bank = Bank::default();
    let id = format!("formats/a-{format}");
    bank.drill(&library, &id).unwrap().clone()
}

fn arguments(format: &str) -> [&str; 7] {
    [
        "drill", "--case", "formats", "--format", format, "--seed", "3",
    ]
}

/// An answer to a part that can be read, whatever it is worth.
fn line_for(part: &Part) -> String {
    match &part.kind {
        Kind::Text { .. } => "the label arrives late".to_owned(),
        Kind::Number { .. } => "35k".to_owned(),
        Kind::Pick { .. } | Kind::Mark { .. } => "1".to_owned(),
        Kind::Arrange { items } => {
            let numbers: Vec<String> = (1..=items.len()).map(|n| n.to_string()).collect();
            numbers.join(" ")
        }
        Kind::Pair { .. } => "1a".to_owned(),
        Kind::Draw => "a -> b".to_owned(),
    }
}

/// The keys for the same in the full screen; Enter goes on.
fn keys_for(part: &Part) -> &'static str {
    match &part.kind {
        Kind::Text { lines: true, .. } => "the label arrives late\r\r",
        Kind::Text { .. } => "the label arrives late\r",
        Kind::Number { .. } => "35k\r",
        Kind::Pick { .. } => "1\r",
        Kind::Mark { .. } => " \r",
        Kind::Arrange { .. } => "J\r",
        Kind::Pair { .. } => "a\r",
        Kind::Draw => "a -> b\r",
    }
}

fn question(format: &str) -> Question {
    drill(format).question(&mut ChaCha8Rng::seed_from_u64(1))
}

#[test]
fn there_is_one_of_each() {
    let library = Library::open(&[pack()], None);
    assert!(library.faults().is_empty(), "{:?}", library.faults());
    for format in FORMATS {
        assert_eq!(drill(format).format(), *format);
    }
}

/// What stands in the transcript is all that a screen reader has.
#[test]
fn each_format_line_by_line() {
    for format in FORMATS {
        let home = tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_greenroom"))
            .args(arguments(format))
            .arg("--plain")
            .env_clear()
            .env("HOME", home.path())
            .env("GREENROOM_DATA_DIR", home.path().join("data"))
            .env("GREENROOM_CONTENT", pack())
            .env("GREENROOM_NOW", NOW)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let parts: Vec<String> = question(format).parts.iter().map(line_for).collect();
        let input = format!("{}\n2\n\n\n", parts.join(" | "));
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).unwrap();
        drop(stdin);
        let out = child.wait_with_output().unwrap();
        let text = String::from_utf8(out.stdout).unwrap();
        assert!(out.status.success(), "{format}: {text}");
        assert!(text.contains("Model answer"), "{format}: {text}");
        assert!(text.contains("Session: 1 answer"), "{format}: {text}");
        insta::assert_snapshot!(format!("plain-{format}"), text);
    }
}

/// From the question to the reveal by keys alone.
#[test]
fn each_format_in_a_terminal() {
    for format in FORMATS {
        for size in SIZES {
            let home = tempdir().unwrap();
            let pack = pack().display().to_string();
            let variables = [("GREENROOM_CONTENT", pack.as_str()), ("GREENROOM_NOW", NOW)];
            let mut pty = Pty::start_with(home.path(), &arguments(format), &variables, size);
            pty.wait("Your answer");
            let screen = still(&mut pty);
            let (columns, rows) = size;
            assert!(screen.lines().count() <= usize::from(rows));
            assert!(screen
                .lines()
                .all(|line| line.chars().count() <= usize::from(columns)));
            insta::assert_snapshot!(format!("{format}-{columns}x{rows}"), screen);
            for part in &question(format).parts {
                pty.press(keys_for(part));
            }
            pty.wait("How sure are you?");
            pty.press("2");
            pty.until("the reveal or a second attempt", |pty| {
                let screen = pty.screen();
                screen.contains("of 100")
                    || screen.contains("try again")
                    || screen.contains("tries again")
            });
            pty.press("\r");
            pty.until("the reveal", |pty| pty.screen().contains("of 100"));
            pty.press("\x1b");
        }
    }
}

/// The screen once it does not change any more.
fn still(pty: &mut Pty) -> String {
    let mut last = pty.screen();
    for _ in 0..40 {
        thread::sleep(Duration::from_millis(60));
        pty.until("anything", |_| true);
        let next = pty.screen();
        if next == last {
            break;
        }
        last = next;
    }
    last
}
