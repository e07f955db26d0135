//! Search over all built-in content: `cargo bench --bench search`.
//!
//! How long the index and each key take, and whether what is meant comes first: a heading, a tool
//! or a case is typed whole, cut short, or with a typing error, and its rank is counted.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use chrono::{DateTime, Utc};
use greenroom::desk::{Desk, Setup};
use std::time::Instant;

/// Typed letter by letter, as a learner does.
const TYPED: [&str; 12] = [
    "calibration",
    "position bias",
    "two tower",
    "feature store",
    "how do you split by time",
    "chargeback",
    "a",
    "delayed labels",
    "cold start of a new video",
    "precision at k",
    "clibration eror",
    "logQ correction",
];
/// Milliseconds that the index and one key may take.
const INDEX_MS: f64 = 100.0;
const KEY_MS: f64 = 5.0;

fn main() {
    // `cargo test --all-targets` runs this too.
    if std::env::args().any(|argument| argument == "--bench") {
        measure();
    }
}

fn desk() -> Desk {
    Desk::in_memory(Setup::default(), DateTime::<Utc>::UNIX_EPOCH).unwrap()
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

fn row(what: &str, mut runs: Vec<f64>, budget: f64) {
    runs.sort_by(f64::total_cmp);
    let at = |share: f64| runs[((runs.len() - 1) as f64 * share) as usize];
    println!(
        "{what:<12} {:>6} runs   median {:>8.3} ms   p99 {:>8.3}   worst {:>8.3}   budget {budget} ms",
        runs.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

fn measure() {
    let index = (0..9).map(|_| {
        let mut desk = desk();
        let begun = Instant::now();
        desk.search("a");
        ms(begun)
    });
    row("first search", index.collect(), INDEX_MS);
    let mut desk = desk();
    desk.search("a");
    let mut keys = Vec::new();
    for query in TYPED {
        let mut typed = String::new();
        for letter in query.chars() {
            typed.push(letter);
            let begun = Instant::now();
            desk.search(&typed);
            keys.push(ms(begun));
        }
    }
    row("one key", keys, KEY_MS);
}
