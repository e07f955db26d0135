//! Whether the range that a forecast states holds what then comes.

use crate::figures::all;
use crate::learner::Kind;
use crate::policy::{Policy, LAW};
use crate::run::{run, seconds, Setting};
use greenroom::memory::{forecast, Forecast, Habits, Start};

/// Drills, days and minutes a day.
const SETTINGS: [(usize, u32, f64); 8] = [
    (100, 10, 15.0),
    (100, 21, 15.0),
    (150, 10, 30.0),
    (150, 21, 30.0),
    (200, 21, 15.0),
    (200, 30, 30.0),
    (300, 14, 45.0),
    (300, 30, 30.0),
];

pub(crate) fn table(seeds: u64) {
    let mut work = Vec::new();
    for (drills, days, minutes) in SETTINGS {
        work.extend((0..seeds).map(|seed| (drills, days, minutes, seed)));
    }
    let held = all("courses", &work, |(drills, days, minutes, seed)| {
        let starts: Vec<Start> = seconds(*drills, *seed)
            .map(|seconds| Start {
                known: None,
                seconds,
            })
            .collect();
        let daily = vec![*minutes; *days as usize];
        let Forecast { low, high, .. } = forecast(&LAW, &Habits::default(), &starts, &daily, *seed);
        Kind::ALL.map(|kind| {
            let setting = Setting::new(kind, *drills, *days, *minutes);
            let recalled = run(&setting, Policy::Worth, *seed).recalled;
            (low - 1e-9..=high + 1e-9).contains(&recalled)
        })
    });
    println!("## Forecast ({} courses)\n", held.len());
    println!("How often the share recalled on the day lies in the range that is stated for eight of ten.\n");
    println!("| learner | in the range |\n|---|---:|");
    for (at, kind) in Kind::ALL.into_iter().enumerate() {
        let count = held.iter().filter(|own| own[at]).count();
        println!(
            "| {} | {:.0} % |",
            kind.name(),
            100.0 * count as f64 / held.len() as f64
        );
    }
    println!();
}
