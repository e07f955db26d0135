//! A learner with weeks behind them: the fit of the law of forgetting, readiness as a number, and the
//! days after the interview, through the real binary.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod pty;

use chrono::{DateTime, TimeDelta, Utc};
use greenroom::content::Library;
use greenroom::memory::{Law, Rating, Trace};
use greenroom::progress::{NewEvent, Review, Store};
use pty::Pty;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const NOW: &str = "2026-11-21T12:00:00Z";
/// Days between the answers to one drill, and there are as many answers as gaps and one.
const GAPS: [u32; 5] = [1, 2, 3, 6, 10];

/// Somebody who forgets much faster than the usual law believes answers `drills` drills on the days
/// of [`GAPS`], the last one yesterday.
fn fill(data: &Path, drills: usize) -> usize {
    let mut parameters = *Law::default().parameters();
    for first in &mut parameters[..4] {
        *first *= 0.2;
    }
    let law = Law::new(parameters).unwrap();
    let mut chance = ChaCha8Rng::seed_from_u64(11);
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let span: u32 = GAPS.iter().sum();
    let mut events = Vec::new();
    for (index, head) in Library::open(&[], None).drills().take(drills).enumerate() {
        let mut trace: Option<Trace> = None;
        let mut day = 0;
        for gap in [0].iter().chain(&GAPS) {
            day += gap;
            let rating = match trace {
                Some(own) if !chance.random_bool(law.recall(own.stability, *gap)) => Rating::Again,
                _ => Rating::Good,
            };
            trace = law.step(trace, *gap, rating);
            let at = now - TimeDelta::days(i64::from(span + 1 - day))
                + TimeDelta::seconds(i64::try_from(index).unwrap() * 20);
            let review = Review {
                drill: head.id.clone(),
                format: head.format.to_string(),
                step: head.step.to_string(),
                score: if rating == Rating::Again { 0.2 } else { 0.9 },
                rating: rating.number(),
                seconds: 20.0,
                ..Review::default()
            };
            events.push((at, review));
        }
    }
    events.sort_by_key(|(at, _)| *at);
    let mut store = Store::open(data, now, 0xabc).unwrap().store;
    for (at, review) in &events {
        let event = NewEvent::new(*at, at.date_naive(), review.clone());
        store.append(&event).unwrap();
    }
    events.len()
}

fn run_at(now: &str, home: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_greenroom"))
        .args(arguments)
        .env_clear()
        .env("HOME", home.path())
        .env("GREENROOM_DATA_DIR", home.path().join("data"))
        .env("GREENROOM_NOW", now)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn run(home: &TempDir, arguments: &[&str]) -> Output {
    run_at(NOW, home, arguments)
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"))
}

#[test]
fn four_hundred_answers_of_somebody_who_forgets_faster_change_the_law() {
    let home = tempfile::tempdir().unwrap();
    let answers = fill(&home.path().join("data"), 100);
    assert_eq!(answers, 600);
    let usual = json(&run(&home, &["memory", "show", "--json"]));
    let output = run(&home, &["memory", "fit", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let fit = json(&output);
    let number = |key: &str| fit[key].as_f64().unwrap();
    assert_eq!(fit["kept"], true);
    assert!(number("after") < number("before"), "{fit}");
    // The newest fifth judges it, by whole days.
    assert!((120.0..=200.0).contains(&number("judged")), "{fit}");
    let shown = json(&run(&home, &["memory", "show", "--json"]));
    assert_eq!(shown["fitted"]["answers"], 600);
    assert_eq!(shown["parameters"], fit["parameters"]);
    assert_ne!(shown["parameters"], usual["parameters"]);
    let text = run(&home, &["memory", "show"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(
        text.contains("fitted on 2026-11-21 to 600 answers"),
        "{text}"
    );
}

#[test]
fn a_session_starts_with_a_fit_when_one_is_due_and_not_again_before_there_is_more_to_learn_from() {
    let home = tempfile::tempdir().unwrap();
    fill(&home.path().join("data"), 100);
    let fitted = || json(&run(&home, &["memory", "show", "--json"]))["fitted"].clone();
    let practise = |now: &str| run_at(now, &home, &["drill", "--minutes", "1", "--json"]);
    assert_eq!(fitted(), Value::Null);
    assert_eq!(practise(NOW).status.code(), Some(0));
    let first = fitted();
    assert_eq!(first["date"], "2026-11-21");
    assert_eq!(first["answers"], 600);
    assert!(
        first["after"].as_f64() < first["before"].as_f64(),
        "{first}"
    );
    assert_eq!(practise("2026-11-22T12:00:00Z").status.code(), Some(0));
    assert_eq!(fitted(), first);
}

#[test]
fn one_answer_too_few_is_said_and_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let answers = fill(&home.path().join("data"), 66);
    assert_eq!(answers, 396);
    let output = run(&home, &["memory", "fit"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said, "greenroom: there are 396 answers; a fit takes 400\n");
    assert_eq!(run(&home, &["drill", "--json"]).status.code(), Some(0));
    let shown = json(&run(&home, &["memory", "show", "--json"]));
    assert_eq!(shown["fitted"], Value::Null);
}

#[test]
fn on_a_terminal_a_bar_shows_how_far_the_fit_is() {
    let home = tempfile::tempdir().unwrap();
    fill(&home.path().join("data"), 70);
    let now = [("GREENROOM_NOW", NOW)];
    let mut pty = Pty::start_with(home.path(), &["memory", "fit"], &now, (100, 24));
    pty.wait("Fitted to 420 answers");
    assert!(
        pty.screen().contains("fitting ##########"),
        "{}",
        pty.screen()
    );
    pty.ended();
}

#[test]
fn readiness_is_a_number_with_its_range_once_there_are_answers_and_a_mock() {
    let home = tempfile::tempdir().unwrap();
    fill(&home.path().join("data"), 400);
    let made = run(
        &home,
        &["plan", "new", "--interview", "14d", "--minutes", "45"],
    );
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    let command = ["forecast", "--minutes", "15,45", "--seed", "3", "--json"];
    let before = json(&run(&home, &command));
    assert_eq!(before["readiness"]["score"], Value::Null);
    assert_eq!(
        before["readiness"]["missing"],
        serde_json::json!(["one mock"])
    );
    let mock = [
        "mock",
        "fraud-detection",
        "--plain",
        "--clock",
        "35",
        "--seed",
        "1",
    ];
    assert_eq!(run(&home, &mock).status.code(), Some(0));
    let after = json(&run(&home, &command));
    let readiness = &after["readiness"];
    let number = |key: &str| readiness[key].as_f64().unwrap_or_else(|| panic!("{after}"));
    assert!(
        number("low") <= number("score") && number("score") <= number("high"),
        "{readiness}"
    );
    assert!((0.0..=100.0).contains(&number("low")) && number("high") <= 100.0);
    let text = run(&home, &["forecast", "--minutes", "15,45"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(!text.contains("No number yet"), "{text}");
}

#[test]
fn the_day_after_the_interview_the_home_screen_asks_how_it_went() {
    let home = tempfile::tempdir().unwrap();
    let made = run(
        &home,
        &["plan", "new", "--interview", "3d", "--minutes", "45"],
    );
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    let later = [("GREENROOM_NOW", "2026-11-25T12:00:00Z")];
    let mut pty = Pty::start_with(home.path(), &[], &later, (80, 24));
    pty.wait("go? Press p");
    pty.press("p");
    pty.wait("1 well, 2 so-so, 3 badly");
    pty.press("2");
    pty.wait("The interview went so-so.");
    pty.press("m");
    pty.wait("keeping it up");
    pty.press("\x03");
    assert_eq!(pty.ended(), 0);
}
