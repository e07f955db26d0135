//! The schedule towards the interview, the forecast and the fit, through the real binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const NOW: &str = "2026-11-21T12:00:00Z";

fn run(home: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_greenroom"))
        .args(arguments)
        .env_clear()
        .env("HOME", home.path())
        .env("GREENROOM_DATA_DIR", home.path().join("data"))
        .env("GREENROOM_NOW", NOW)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn json(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", said(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The one line on standard error.
fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}

fn with_plan(date: &str) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let made = run(
        &home,
        &["plan", "new", "--interview", date, "--minutes", "45"],
    );
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    home
}

#[test]
fn a_forecast_needs_a_date_and_says_so_in_one_line() {
    let home = tempfile::tempdir().unwrap();
    let output = run(&home, &["forecast"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("no interview to come"),
        "{}",
        said(&output)
    );
    assert_eq!(said(&output).lines().count(), 1);
    for bad in ["0", "-5", "x", "601"] {
        let output = run(&home, &["forecast", "--minutes", bad]);
        assert_eq!(output.status.code(), Some(2), "{bad}");
    }
}

#[test]
fn more_minutes_are_foretold_to_end_higher_and_no_number_comes_too_early() {
    let home = with_plan("7d");
    let command = ["forecast", "--minutes", "5,20", "--seed", "3", "--json"];
    let first = json(&run(&home, &command));
    assert_eq!(first, json(&run(&home, &command)));
    assert_eq!(
        (&first["schema_version"], &first["days"]),
        (&1.into(), &7.into())
    );
    let budgets = first["budgets"].as_array().unwrap();
    let number = |at: usize, key: &str| budgets[at][key].as_f64().unwrap();
    assert!(number(0, "recall") < number(1, "recall"), "{first}");
    for at in 0..2 {
        assert!(number(at, "low") <= number(at, "recall"));
        assert!(number(at, "recall") <= number(at, "high"));
    }
    assert_eq!(first["readiness"]["score"], Value::Null);
    let missing = first["readiness"]["missing"].as_array().unwrap();
    assert!(missing.contains(&"one mock".into()) && missing.len() == 8);
    let text = run(&home, &["forecast", "--minutes", "5", "20"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(
        text.contains("20 min") && text.contains("No number yet"),
        "{text}"
    );
}

#[test]
fn memory_shows_its_law_and_fits_nothing_to_a_few_answers() {
    let home = tempfile::tempdir().unwrap();
    let shown = json(&run(&home, &["memory", "show", "--json"]));
    assert_eq!(shown["fitted"], Value::Null);
    assert_eq!(shown["parameters"].as_array().unwrap().len(), 21);
    let output = run(&home, &["memory", "fit"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        said(&output),
        "greenroom: there are 0 answers; a fit takes 400"
    );
}

#[test]
fn todays_drills_fit_the_days_minutes_when_there_is_a_date() {
    let home = with_plan("14d");
    let today = json(&run(&home, &["today", "--json"]));
    let activities = today["activities"].as_array().unwrap();
    let drills = activities.iter().filter(|own| own["kind"] == "drill");
    let minutes: f64 = drills.map(|own| own["minutes"].as_f64().unwrap()).sum();
    let new = today["new"].as_f64().unwrap();
    // No drill takes less than a quarter of a minute.
    assert!(new > 0.0 && new <= (minutes * 4.0).max(1.0), "{today}");
}
