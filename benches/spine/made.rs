//! A learner and a pack made from one seed: the same on every machine and in every run.

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, Utc};
use greenroom::memory::{day_of, Model, Rating};
use greenroom::progress::{DrillState, Review, Store};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The moment that every run takes for now.
pub(crate) const NOW: &str = "2026-11-21T12:00:00+00:00";

const FILES: usize = 50;
const DRILLS_A_FILE: usize = 200;
const STEPS: [&str; 7] = [
    "clarify", "frame", "data", "model", "evaluate", "serve", "monitor",
];
const SEED: u64 = 20_261_121;

pub(crate) fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

fn format_of(drill: usize) -> &'static str {
    match drill % 4 {
        0 | 1 => "recall",
        2 => "order",
        _ => "match",
    }
}

fn id(drill: usize) -> String {
    format!("topic-{:02}/drill-{drill:05}", drill / DRILLS_A_FILE)
}

/// 10,000 drills in 50 files.
pub(crate) fn pack(folder: &Path) {
    fs::create_dir_all(folder.join("drills")).unwrap();
    for file in 0..FILES {
        let mut text = String::new();
        for format in ["recall", "order", "match"] {
            writeln!(text, "{format}:").unwrap();
            let first = file * DRILLS_A_FILE;
            let all = first..first + DRILLS_A_FILE;
            for drill in all.filter(|drill| format_of(*drill) == format) {
                entry(&mut text, drill, format);
            }
        }
        fs::write(folder.join(format!("drills/topic-{file:02}.yaml")), text).unwrap();
    }
}

fn entry(text: &mut String, drill: usize, format: &str) {
    let step = STEPS[drill % STEPS.len()];
    write!(
        text,
        "  - id: drill-{drill:05}
    step: {step}
    level: senior
    tags: [cost, latency]
    ask: >-
      Design number {drill} doubles its traffic overnight and nobody told the team that serves it.
      Which two things do you look at first, and what do you do about them?
"
    )
    .unwrap();
    text.push_str(match format {
        "recall" => {
            "    points:
      - point: The slowest hundredth of the requests, because it breaks first.
        match: {any: [{phrase: slowest hundredth}, {phrase: tail}]}
      - point: The queue in front of the ranker, because it hides the overload.
        match: {any: [{phrase: queue}, {all: [{phrase: requests}, {phrase: waiting}]}]}
    model: >-
      I look at the slowest hundredth of the requests and at the queue in front of the ranker, then
      shed what nobody would miss.
"
        }
        "order" => {
            "    items:
      - {id: look, text: Look at the slowest requests}
      - {id: shed, text: Shed what nobody would miss}
      - {id: grow, text: Add machines}
    before:
      - {first: look, then: shed, why: What is shed depends on what is slow.}
      - {first: shed, then: grow, why: Machines take minutes and users do not wait.}
"
        }
        _ => {
            "    pairs:
      - left: The slowest hundredth grows
        right: A queue is full
        why: Waiting shows in the tail before it shows in the mean.
      - left: The mean grows
        right: Every request does more work
        why: A queue would show in the tail first.
      - left: Nothing grows and users leave
        right: The page is fast and wrong
        why: Latency says nothing about quality.
    distractors:
      - The disk is full
"
        }
    });
    text.push_str(
        "    because: >-
      An overload hides in the tail and in the queue before it shows in any mean.
    hints:
      - Which number moves first when a service fills up?
      - Something waits in front of the ranker.
",
    );
}

/// A database with so many reviews of the pack's drills, spread evenly over so many days, and the
/// states that follow from them.
pub(crate) fn progress(folder: &Path, reviews: usize, days: i64) {
    let mut store = Store::create(folder, now(), SEED).unwrap().store;
    let zone = FixedOffset::east_opt(0).unwrap();
    let model = Model::new(0.9, zone);
    let mut chance = ChaCha8Rng::seed_from_u64(SEED);
    let mut states: Vec<DrillState> = (0..FILES * DRILLS_A_FILE)
        .map(|drill| DrillState {
            drill: id(drill),
            case: Some(id(drill).split('/').next().unwrap().to_owned()),
            format: format_of(drill).to_owned(),
            step: STEPS[drill % STEPS.len()].to_owned(),
            ..DrillState::default()
        })
        .collect();
    let span = days * 86_400_000;
    let mut lines = Vec::new();
    for number in 0..reviews {
        let ago = span - span * number as i64 / reviews as i64;
        let at = now() - Duration::milliseconds(ago + 1);
        let drill = chance.random_range(0..states.len());
        let rating = match chance.random_range(0..20) {
            0 => Rating::Again,
            1..4 => Rating::Hard,
            4..17 => Rating::Good,
            _ => Rating::Easy,
        };
        let score = f64::from(chance.random_range(0..=20)) / 20.0;
        let seconds = f64::from(chance.random_range(100..900)) / 10.0;
        let state = &mut states[drill];
        *state = model.after(state, rating, score, seconds, at);
        let review = Review {
            drill: state.drill.clone(),
            case: state.case.clone(),
            format: state.format.clone(),
            step: state.step.clone(),
            hash: "0123456789abcdef".to_owned(),
            reply: json!([{ "text": "The slowest requests first, then the queue in front of it." }]),
            score,
            rating: rating.number(),
            confidence: Some(3),
            seconds,
            hints: 0,
            cram: false,
            comes_back: None,
        };
        line(&mut lines, number + 1, at, day_of(at, zone), &review);
        if lines.len() > 8 << 20 {
            take_in(&mut store, &mut lines);
        }
    }
    take_in(&mut store, &mut lines);
    states.retain(|state| state.reps > 0);
    store.put_states(&states).unwrap();
}

/// As an export writes it.
fn line(out: &mut Vec<u8>, seq: usize, at: DateTime<Utc>, date: NaiveDate, review: &Review) {
    use std::io::Write as _;
    let json = format!(
        r#"{{"device":"spine","seq":{seq},"at":{},"date":"{date}","kind":"review","subject":"{}","body":{}}}"#,
        at.timestamp_millis(),
        review.drill,
        serde_json::to_string(review).unwrap()
    );
    writeln!(out, "{:08x} {json}", crc32fast::hash(json.as_bytes())).unwrap();
}

fn take_in(store: &mut Store, lines: &mut Vec<u8>) {
    let report = store.import_jsonl(&mut lines.as_slice(), SEED).unwrap();
    assert!(report.refused.is_empty(), "{:?}", report.refused.first());
    lines.clear();
}
