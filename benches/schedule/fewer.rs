//! Reviews that are needed for the recall of constant 0.95.

use crate::figures::{all, Mean};
use crate::learner::Kind;
use crate::policy::Policy;
use crate::run::{run, End, Setting};
use greenroom::memory::ENOUGH_TO_FIT;

/// Drills, all of them introduced at ten a day by those who ask for what is due first.
const DRILLS: [(u32, usize); 3] = [(21, 150), (45, 300), (90, 300)];
/// Seeds on which the least gain is sought, and the least that is tried.
const SEEKING: u64 = 4;
const LEAST: f64 = 0.0003;
/// A day; more than most need here.
const MINUTES: f64 = 60.0;

pub(crate) fn table(seeds: u64) {
    let mut work = Vec::new();
    for kind in Kind::ALL {
        for (days, drills) in DRILLS {
            let setting = Setting::new(kind, drills, days, MINUTES);
            work.push(Setting {
                most_new: 10,
                ..setting
            });
        }
    }
    println!("## Answers for the recall of constant 0.95 ({seeds} seeds)\n");
    println!("Sixty minutes a day. The others take ten new drills a day; ours asks only for reviews that gain at least so much in recall on the day that its recall is not lower than that of constant 0.95. Fitted: the law is fitted to the answers from {ENOUGH_TO_FIT} on, as the program does.\n");
    println!("| learner | days | drills | constant 0.95: recall | answers | fitted: recall | answers | ramp: recall | answers | ours: answers | share | ours, fitted: answers | share |");
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    let lines = all("lines", &work, |setting| line(setting, seeds));
    println!("{}\n", lines.join("\n"));
}

fn line(setting: &Setting, seeds: u64) -> String {
    let fitted = Setting {
        fits: true,
        ..*setting
    };
    let steady = ends(setting, Policy::Constant(0.95), seeds);
    let steady_fitted = ends(&fitted, Policy::Constant(0.95), seeds);
    let ramp = ends(setting, Policy::Ramp, seeds);
    let goal = recall(&steady);
    let ours = [setting, &fitted].map(|setting| {
        let ours = cheapest(setting, goal, seeds);
        let shares = ours.iter().zip(&steady);
        let share = Mean::of(shares.map(|(ours, steady)| 100.0 * ours.answers / steady.answers));
        let answers = answers(&ours);
        format!("{answers:.0} | {:.0} ± {:.0} %", share.mean, share.half)
    });
    format!(
        "| {} | {} | {} | {goal:.1} | {:.0} | {:.1} | {:.0} | {:.1} | {:.0} | {} |",
        setting.kind.name(),
        setting.days,
        setting.drills,
        answers(&steady),
        recall(&steady_fitted),
        answers(&steady_fitted),
        recall(&ramp),
        answers(&ramp),
        ours.join(" | "),
    )
}

/// Ours with the greatest least gain that still reaches a recall, in per cent.
fn cheapest(setting: &Setting, goal: f64, seeds: u64) -> Vec<End> {
    let with = |least: f64, seeds: u64| ends(&Setting { least, ..*setting }, Policy::Worth, seeds);
    // It is sought on few seeds, then raised or lowered as all of them allow.
    let (mut low, mut high) = (0.0005f64, 0.1f64);
    for _ in 0..7 {
        let middle = (low * high).sqrt();
        if recall(&with(middle, seeds.min(SEEKING))) < goal {
            high = middle;
        } else {
            low = middle;
        }
    }
    let mut ours = with(low, seeds);
    while recall(&ours) < goal && low > LEAST {
        low *= 0.85;
        ours = with(low, seeds);
    }
    loop {
        let higher = with(low * 1.1, seeds);
        if recall(&higher) < goal {
            break;
        }
        (low, ours) = (low * 1.1, higher);
    }
    // Recall falls steeply there, so the last tenth is halved four times more.
    let mut high = low * 1.1;
    for _ in 0..4 {
        let middle = (low * high).sqrt();
        let tried = with(middle, seeds);
        if recall(&tried) < goal {
            high = middle;
        } else {
            (low, ours) = (middle, tried);
        }
    }
    ours
}

fn ends(setting: &Setting, policy: Policy, seeds: u64) -> Vec<End> {
    (0..seeds).map(|seed| run(setting, policy, seed)).collect()
}

/// In per cent.
fn recall(ends: &[End]) -> f64 {
    Mean::of(ends.iter().map(|end| 100.0 * end.recall)).mean
}

fn answers(ends: &[End]) -> f64 {
    Mean::of(ends.iter().map(|end| end.answers)).mean
}
