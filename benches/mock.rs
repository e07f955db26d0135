//! What a mock costs, measured on the release program: `cargo bench --bench mock`.
//!
//! Each figure is a median of milliseconds beside its budget: a whole interview of 45 minutes from
//! its script, and from a key to the changed screen while 2,000 words and a board of twenty boxes
//! stand there. The longest key is printed too: it shows whether the autosave stutters. `-- keys` or
//! `-- replays` measures only that.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::panic
)]

#[path = "../tests/pty/mod.rs"]
mod pty;
#[path = "../tests/talks/mod.rs"]
mod talks;

use pty::Pty;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_greenroom");
const CASE: &str = "video-recommendation";
/// Words that are written before a key is measured.
const WORDS: usize = 2000;
/// Boxes on the whiteboard.
const BOXES: usize = 20;
const KEYS: usize = 120;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let given = |name: &str| arguments.iter().any(|argument| argument == name);
    // `cargo test --all-targets` runs this too.
    if given("--bench") {
        if !given("keys") {
            replays();
        }
        if !given("replays") {
            keys();
        }
    }
}

fn replays() {
    for (case, name) in talks::all() {
        let script = talks::script(case, name);
        // The rules are compiled once, as when the program starts.
        talks::of_case(case);
        let mut runs: Vec<f64> = (0..5)
            .map(|_| {
                let start = Instant::now();
                talks::Talk::said(case, &script, talks::SEED);
                ms(start.elapsed())
            })
            .collect();
        report(&format!("45 minutes of {name}, {case}"), &mut runs, 1000.0);
    }
}

/// A mock that was left with much in it, taken up again in a real terminal.
fn keys() {
    let home = tempfile::tempdir().unwrap();
    begin(home.path());
    let mut pty = Pty::start_with(home.path(), &["mock", "--resume"], &[], (120, 40));
    until(&pty, |screen| screen.contains("Paused"));
    pty.press("\r");
    until(&pty, |screen| screen.contains("box"));
    // The drawing is made behind the screen; it comes to rest first.
    thread::sleep(Duration::from_secs(2));
    let mut runs: Vec<f64> = (0..KEYS)
        .map(|at| press(&mut pty, if at % 2 == 0 { "x" } else { "y" }))
        .collect();
    let name = format!("key to frame: {WORDS} words, {BOXES} boxes");
    report(&name, &mut runs, 5.0);
}

fn begin(home: &Path) {
    let mut child = Command::new(PROGRAM)
        .args(["mock", CASE, "--plain", "--seed", "7"])
        .env("GREENROOM_DATA_DIR", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("HOME", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    for line in 0..WORDS / 10 {
        writeln!(
            stdin,
            "line {line} of what was said about the ranker so far"
        )
        .unwrap();
    }
    for number in 1..BOXES {
        writeln!(stdin, "/draw \"box {number}\" -> \"box {}\"", number + 1).unwrap();
    }
    writeln!(stdin, "/leave").unwrap();
    drop(stdin);
    child.wait().unwrap();
}

fn press(pty: &mut Pty, key: &str) -> f64 {
    // What the last key changed has to come to rest first.
    thread::sleep(Duration::from_millis(60));
    let before = pty.screen();
    let start = Instant::now();
    pty.press(key);
    until(pty, |screen| screen != before);
    ms(start.elapsed())
}

/// Looks far more often than the tests do.
fn until(pty: &Pty, holds: impl Fn(&str) -> bool) {
    let start = Instant::now();
    while !holds(&pty.screen()) {
        assert!(start.elapsed().as_secs() < 60, "{}", pty.screen());
        thread::sleep(Duration::from_micros(200));
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn report(what: &str, runs: &mut [f64], budget: f64) {
    runs.sort_by(f64::total_cmp);
    let median = runs.get(runs.len() / 2).copied().unwrap_or_default();
    let worst = runs.last().copied().unwrap_or_default();
    println!(
        "{what:<66} {median:>8.2} ms  {:>6.1} % of {budget} ms  longest {worst:.2} ms",
        median * 100.0 / budget
    );
}
