//! Every screen in a real terminal, at two sizes: the clock stands at one moment, and the content
//! that is looked at is a small case of its own, so that editing the built-in pack changes nothing
//! here.
#![cfg(target_os = "linux")]
// A helper that fails fails its test.
#![allow(clippy::unwrap_used)]

mod pty;

use pty::Pty;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;
use tempfile::{tempdir, TempDir};

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];
const NOW: &str = "2026-11-21T12:00:00+00:00";
const ESC: &str = "\x1b";
const F3: &str = "\x1bOR";
const F10: &str = "\x1b[21~";

/// A folder with the small case, ready to be practised, and a fixed number of new drills a day.
fn home() -> TempDir {
    let home = tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pack");
    copy(&from, &home.path().join("pack"));
    let case = home.path().join("pack/cases/toaster/case.yaml");
    let text = fs::read_to_string(&case).unwrap();
    fs::write(&case, text.replace("status: draft", "status: ready")).unwrap();
    fs::write(home.path().join("config.yaml"), "new_a_day: 4\n").unwrap();
    home
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn start(home: &Path, arguments: &[&str], size: (u16, u16)) -> Pty {
    let pack = home.join("pack").display().to_string();
    let variables = [("GREENROOM_CONTENT", pack.as_str()), ("GREENROOM_NOW", NOW)];
    Pty::start_with(home, arguments, &variables, size)
}

/// Runs a command that needs no terminal.
fn run(home: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_greenroom"))
        .args(arguments)
        .env_clear()
        .env("HOME", home)
        .env("GREENROOM_DATA_DIR", home.join("data"))
        .env("GREENROOM_CONFIG", home.join("config.yaml"))
        .env("GREENROOM_CONTENT", home.join("pack"))
        .env("GREENROOM_NOW", NOW)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
}

/// A learner with a plan, a finished mock, answers and a note.
fn known_home() -> TempDir {
    let home = home();
    let path = home.path();
    run(
        path,
        &[
            "plan",
            "new",
            "--interview",
            "14d",
            "--minutes",
            "45",
            "--focus",
            "toaster",
        ],
    );
    home
}

/// The screen when it has stopped changing: what is asked for is there, and it stays.
fn still(pty: &mut Pty, texts: &[&str]) -> String {
    for text in texts {
        pty.wait(text);
    }
    let mut before = pty.screen();
    loop {
        thread::sleep(Duration::from_millis(120));
        let now = without_clock(&pty.screen());
        if now == before {
            return now;
        }
        before = now;
    }
}

/// Times of day and clocks as `0:00`, as wide as they were.
fn without_clock(screen: &str) -> String {
    let chars: Vec<char> = screen.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut out = chars.clone();
    for at in 0..chars.len() {
        if chars[at] == ':' && at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) {
            for place in [at - 1, at + 1, at + 2] {
                out[place] = '0';
            }
            if at > 1 && digit(at - 2) {
                out[at - 2] = '0';
            }
        }
    }
    // How many new drills there are, and what they take, changes with the built-in packs.
    let out: String = out.into_iter().collect();
    let lines: Vec<String> = out.lines().map(without_new).collect();
    let out = lines.join("\n");
    // Whether the last key is on disk already is a matter of luck.
    out.replace("saving", " saved")
}

/// `8 new   13m` as `n new   nnm`.
fn without_new(line: &str) -> String {
    let Some(at) = line.find(" new  ") else {
        return line.to_owned();
    };
    let (before, after) = line.split_at(at);
    let masked = |text: &str, from: usize| -> String {
        let chars = text.chars().enumerate();
        chars
            .map(|(at, c)| {
                if at >= from && c.is_ascii_digit() {
                    'n'
                } else {
                    c
                }
            })
            .collect()
    };
    let end = after.find('m').map_or(0, |end| end + 1);
    let (minutes, rest) = after.split_at(end);
    let digits = before.chars().count().saturating_sub(2);
    format!("{}{}{rest}", masked(before, digits), masked(minutes, 0))
}

fn name(screen: &str, (columns, rows): (u16, u16)) -> String {
    format!("{screen}-{columns}x{rows}")
}

/// What holds for every screen: nothing is wider or longer than the terminal, no frame is broken.
fn check_frames(screen: &str, (columns, rows): (u16, u16)) {
    assert!(screen.lines().count() <= usize::from(rows));
    for line in screen.lines() {
        assert!(line.chars().count() <= usize::from(columns), "{line}");
        let corners = |set: &[char]| line.chars().filter(|c| set.contains(c)).count();
        assert_eq!(corners(&['╭']), corners(&['╮']), "{screen}");
        assert_eq!(corners(&['╰']), corners(&['╯']), "{screen}");
    }
}

macro_rules! shown {
    ($name:literal, $pty:expr, $size:expr, $texts:expr) => {{
        let screen = still(&mut $pty, &$texts);
        check_frames(&screen, $size);
        insta::assert_snapshot!(name($name, $size), screen);
    }};
}

#[test]
fn the_first_run() {
    for size in SIZES {
        let home = home();
        let mut pty = start(home.path(), &[], size);
        shown!("first-run", pty, size, ["When is the interview?"]);
        pty.press("14d\r");
        shown!("first-run-minutes", pty, size, ["inutes"]);
    }
}

#[test]
fn home_help_and_palette() {
    for size in SIZES {
        let home = known_home();
        let mut pty = start(home.path(), &[], size);
        shown!("home", pty, size, ["Where you stand", "help"]);
        pty.press("?");
        shown!("help", pty, size, ["Only ten minutes today"]);
        pty.press(ESC);
        pty.wait("Where you stand");
        pty.press(":");
        shown!("palette", pty, size, ["commands"]);
        pty.press("mock");
        shown!("palette-filtered", pty, size, ["│ : mock", "timed mock"]);
    }
}

#[test]
fn a_drill_and_its_answer() {
    for size in SIZES {
        let home = known_home();
        let arguments = [
            "drill", "--case", "toaster", "--format", "estimate", "--seed", "1",
        ];
        let mut pty = start(home.path(), &arguments, size);
        shown!("drill-question", pty, size, ["Your answer"]);
        pty.press("9\r");
        shown!("drill-sure", pty, size, ["guessing"]);
        pty.press("2");
        shown!("drill-choice", pty, size, ["try again"]);
        pty.press("\r");
        shown!("drill-reveal", pty, size, ["breakdown"]);
        pty.press(ESC);
    }
}

#[test]
fn a_mock_and_its_debrief() {
    for size in SIZES {
        let home = known_home();
        let arguments = ["mock", "toaster", "--seed", "1", "--level", "senior"];
        let mut pty = start(home.path(), &arguments, size);
        shown!("mock", pty, size, ["Design a toaster", "next step"]);
        pty.press("four slices a day, so one toaster");
        pty.press(F3);
        pty.press("bread -> toaster -> plate");
        shown!("mock-whiteboard", pty, size, ["four slices", "plate"]);
        pty.press(F10);
        shown!("mock-end", pty, size, ["end it"]);
        pty.press("y");
        shown!("debrief", pty, size, ["no hire", "detail"]);
        pty.press("G\r");
        shown!("debrief-item", pty, size, ["multiplied"]);
        pty.press(ESC);
        pty.wait("enter detail");
        pty.press("\t");
        shown!("debrief-more", pty, size, ["Time"]);
    }
}

#[test]
fn the_reader() {
    for size in SIZES {
        let home = known_home();
        let mut pty = start(home.path(), &["read", "toaster"], size);
        shown!("reader-first", pty, size, ["sprint"]);
        pty.press("\r");
        shown!("reader", pty, size, ["How many slices"]);
        pty.press("c");
        shown!("reader-contents", pty, size, ["Monitoring"]);
    }
}

/// Lists of what the built-in pack has change with it: their frames are looked at, and one line.
#[test]
fn lists() {
    for size in SIZES {
        let home = known_home();
        let mut pty = start(home.path(), &[], size);
        pty.wait("Where you stand");
        for (key, place, text) in [
            ("r", "", "Toaster    "),
            ("s", "", "none today · 0 due now · 0 put away"),
            ("m", "", "Surprise me"),
            ("p", "plan", "Cases: Toaster"),
            ("i", "history", "back"),
            ("o", "notes", "No notes yet"),
            ("/", "search", "calib"),
        ] {
            pty.press(key);
            let screen = still(&mut pty, &[text]);
            check_frames(&screen, size);
            if !place.is_empty() {
                insta::assert_snapshot!(name(place, size), screen);
            }
            pty.press(ESC);
            pty.wait("Where you stand");
        }
    }
}

#[test]
fn nothing_done_is_no_practice() {
    let home = known_home();
    let mut pty = start(home.path(), &[], (80, 24));
    pty.wait("Where you stand");
    pty.press("s");
    let screen = still(&mut pty, &["0 put away"]);
    assert!(!screen.contains("-0") && !screen.contains('■'), "{screen}");
}
