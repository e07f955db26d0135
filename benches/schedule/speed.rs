//! What the parts cost: processor time, which does not depend on who else uses the machine; medians.

use crate::policy::LAW;
use chrono::{DateTime, Offset, TimeDelta, Utc};
use greenroom::content::index::DrillHead;
use greenroom::memory::{
    build, fit, Answer, Days, Filter, Habits, Known, Model, Progress, Rating, Stand, Towards,
    Trace, Wish, Worth,
};
use greenroom::progress::DrillState;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hint::black_box;

pub(crate) fn table() {
    println!("## Speed\n\n| what | processor | budget |\n|---|---:|---:|");
    let mut chance = ChaCha8Rng::seed_from_u64(1);
    let known: Vec<Known> = (0..100_000)
        .map(|_| {
            let trace = Trace {
                stability: chance.random_range(0.5..80.0),
                difficulty: chance.random_range(1.0..10.0),
            };
            Known {
                trace,
                wait: chance.random_range(1..60),
                cost: chance.random_range(0.5..2.0),
            }
        })
        .collect();
    let stand = Stand {
        days: 45,
        known: &known,
        new: &[],
        reviews: &[60.0; 45],
        least: 0.002,
    };
    let ms = median(5, || {
        let worth = Worth::new(&LAW, &Habits::default(), &stand, None);
        let gains = known.iter().map(|own| worth.review(own));
        black_box(gains.fold(0.0, f64::max));
    });
    println!("| worth of 100,000 drills, 45 days before the interview | {ms:.0} ms | 30 ms |");
    queue(&mut chance);
    let ms = median(5, || {
        let mut trace = None;
        for at in 0..1_000_000u32 {
            let rating = if at % 7 == 0 {
                Rating::Again
            } else {
                Rating::Good
            };
            trace = LAW.step(trace.filter(|_| at % 100 > 0), 1 + at % 9, rating);
        }
        black_box(trace);
    });
    println!("| 1,000,000 reviews replayed, in memory | {ms:.0} ms | 500 ms |");
    let drills = answers(10_000, &mut chance);
    let count: usize = drills.iter().map(Vec::len).sum();
    let ms = median(3, || {
        black_box(fit(&LAW, &drills, &Progress::default()).unwrap());
    });
    println!("| fit of {count} answers | {ms:.0} ms | 500 ms |\n");
}

/// 100,000 drills, nine of ten answered before: all that a session does to choose what it asks.
fn queue(chance: &mut ChaCha8Rng) {
    const DRILLS: usize = 100_000;
    let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    let today = now.date_naive();
    let formats = ["order", "cloze", "trade-off", "estimate", "find-the-flaw"];
    let steps = [
        "clarify", "frame", "data", "model", "evaluate", "serve", "monitor",
    ];
    let heads: Vec<DrillHead> = (0..DRILLS)
        .map(|at| {
            let topic = format!("topic-{}", at % 50);
            DrillHead {
                id: format!("{topic}/drill-{at}"),
                file: String::new(),
                topic,
                format: formats[at % formats.len()].to_owned(),
                step: steps[at % steps.len()].to_owned(),
                level: "senior".to_owned(),
                tags: Vec::new(),
                item: None,
            }
        })
        .collect();
    let states: Vec<Option<DrillState>> = (0..DRILLS)
        .map(|at| {
            let stability = chance.random_range(0.5..80.0);
            let last = now - TimeDelta::days(chance.random_range(1..60));
            let state = DrillState {
                drill: heads[at].id.clone(),
                stability,
                difficulty: chance.random_range(1.0..10.0),
                last: Some(last),
                due: Some(last + TimeDelta::hours((stability * 24.0) as i64)),
                reps: 3,
                ..DrillState::default()
            };
            (at % 10 > 0).then_some(state)
        })
        .collect();
    let model = Model::new(0.9, Utc.fix());
    let known: Vec<(&DrillState, u32)> = states.iter().flatten().map(|state| (state, 45)).collect();
    let new = vec![60; DRILLS / 10];
    let days = Days {
        interview: today + TimeDelta::days(45),
        today,
        minutes: vec![40.0; 45],
    };
    let topics: BTreeSet<String> = (0..50).map(|at| format!("topic-{at}")).collect();
    for (name, dated) in [("without a date", false), ("45 days before", true)] {
        let ms = median(5, || {
            let habits = Habits::default();
            let towards = dated.then(|| Towards::new(&model, &habits, &days, &known, &new, now));
            let wish = Wish {
                now,
                today,
                filter: Filter::default(),
                minutes: Some(40),
                topics: &topics,
                focus: &BTreeSet::new(),
                missed: &BTreeSet::new(),
                need: &BTreeMap::new(),
                cram: false,
                towards: towards.as_ref().and_then(Option::as_ref),
                most_new: 12,
                seed: 7,
            };
            let recall = |state: &DrillState| model.recall(state, now).unwrap_or(0.0);
            let drills = heads.iter().zip(states.iter().map(Option::as_ref));
            black_box(build(drills, &wish, &|_| 45, &recall));
        });
        println!("| queue of 100,000 drills, {name} | {ms:.0} ms | 30 ms |");
    }
}

fn answers(drills: usize, chance: &mut ChaCha8Rng) -> Vec<Vec<Answer>> {
    (0..drills)
        .map(|number| {
            let mut day = (number / 50) as i64;
            let mut trace: Option<Trace> = None;
            (0..if number % 2 == 0 { 9 } else { 10 })
                .map(|_| {
                    let wait = trace.map_or(0, |own| (own.stability.round() as u32).clamp(1, 60));
                    let known =
                        trace.is_none_or(|own| chance.random_bool(LAW.recall(own.stability, wait)));
                    let rating = if known { Rating::Good } else { Rating::Again };
                    trace = LAW.step(trace, wait, rating);
                    day += i64::from(wait);
                    Answer { day, rating }
                })
                .collect()
        })
        .collect()
}

/// Milliseconds of this thread's processor time.
fn median(runs: usize, mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = used();
            work();
            used() - start
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times.get(runs / 2).copied().unwrap_or(f64::NAN)
}

/// The kernel counts nanoseconds on the processor first.
fn used() -> f64 {
    let text = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = text
        .split(' ')
        .next()
        .and_then(|own| own.parse::<f64>().ok());
    first.unwrap_or(f64::NAN) / 1e6
}
