//! What the parts cost: processor time, which does not depend on who else uses the machine; medians.

use crate::policy::LAW;
use greenroom::memory::{fit, Answer, Habits, Known, Progress, Rating, Stand, Trace, Worth};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
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
