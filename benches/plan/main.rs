//! How long a plan takes, for any date and budget: `cargo bench --bench plan`.
//!
//! Each figure is the slowest of five runs, with 40 ready cases: more than the built-in pack has.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use chrono::{Days, NaiveDate};
use greenroom::content::index::CaseHead;
use greenroom::content::{Id, Library, Plans};
use greenroom::plan::{make, Evidence, Settings, Stock, Week};
use std::time::{Duration, Instant};

/// Milliseconds that a plan may take.
const BUDGET: f64 = 50.0;
const CASES: usize = 40;
const RUNS: usize = 5;

fn main() {
    // `cargo test --all-targets` runs this too.
    if std::env::args().any(|argument| argument == "--bench") {
        measure();
    }
}

fn heads() -> Vec<CaseHead> {
    (0..CASES)
        .map(|number| CaseHead {
            id: format!("case-{number:02}"),
            title: format!("Case {number}"),
            family: "made".to_owned(),
            summary: String::new(),
            tags: Vec::new(),
            draft: false,
        })
        .collect()
}

fn measure() {
    let library = Library::open(&[], None);
    let heads = heads();
    let plans = Plans {
        focus: heads
            .iter()
            .map(|head| Id::from(head.id.as_str()))
            .collect(),
        ..library.plans().clone()
    };
    let start = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let uneven: Week = "mon-fri 20, sat 240".parse().unwrap();
    let time = |settings: &Settings| {
        let stock = Stock::new(&plans, library.framework(), library.rubric(), heads.iter());
        let begin = Instant::now();
        let plan = make(settings, &stock, &Evidence::default(), start);
        assert!(!plan.days.is_empty());
        begin.elapsed()
    };
    println!(
        "{:>5} {:>16} {:>9}  of {BUDGET} ms",
        "days", "minutes", "ms"
    );
    let mut slowest = Duration::ZERO;
    for days in [1, 3, 7, 14, 30, 60, 120, 240, 366] {
        for (name, minutes, week) in [
            ("5", 5, None),
            ("15", 15, None),
            ("45", 45, None),
            ("120", 120, None),
            ("600", 600, None),
            ("20, sat 240", 20, Some(uneven)),
        ] {
            let settings = Settings {
                interview: Some(start + Days::new(days)),
                minutes,
                week,
                ..Settings::starting(start)
            };
            let worst = (0..RUNS).map(|_| time(&settings)).max().unwrap();
            slowest = slowest.max(worst);
            let ms = worst.as_secs_f64() * 1000.0;
            println!(
                "{days:>5} {name:>16} {ms:>9.2}  {:>4.0} %",
                100.0 * ms / BUDGET
            );
        }
    }
    println!("slowest: {:.2} ms", slowest.as_secs_f64() * 1000.0);
}
