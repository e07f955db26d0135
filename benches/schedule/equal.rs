//! Recall on the day at equal minutes: ours beside the others in every setting.

use crate::figures::{all, Mean};
use crate::learner::Kind;
use crate::policy::Policy;
use crate::run::{run, End, Setting};

/// All policies in one setting, seed by seed.
struct Row {
    setting: Setting,
    ours: Vec<End>,
    others: Vec<Vec<End>>,
}

fn settings(quick: bool) -> Vec<Setting> {
    // Drills and minutes a day.
    let sizes = [(300, 30.0), (100, 15.0), (300, 15.0), (600, 60.0)];
    let mut all = Vec::new();
    for kind in Kind::ALL {
        for days in [10, 21, 45, 90] {
            // Three months take as long to simulate as all else together.
            let count = if quick || days == 90 { 2 } else { sizes.len() };
            let sizes = sizes.iter().take(count);
            all.extend(sizes.map(|(drills, minutes)| Setting::new(kind, *drills, days, *minutes)));
        }
    }
    all
}

pub(crate) fn table(seeds: u64, quick: bool) {
    let settings = settings(quick);
    let rows = all("settings", &settings, |setting| {
        let ends = |policy| (0..seeds).map(|seed| run(setting, policy, seed)).collect();
        Row {
            setting: *setting,
            ours: ends(Policy::Worth),
            others: Policy::OTHERS.map(ends).into(),
        }
    });
    println!("## Recall on the day at equal minutes ({seeds} seeds)\n");
    println!("In points of 100, over all drills. Each other column: ours less it, with the 95 % interval of the difference.\n");
    print!("| learner | days | drills | minutes | ours | minutes used |");
    for policy in Policy::OTHERS {
        print!(" {} |", policy.name());
    }
    println!(
        "\n|---|---:|---:|---:|---:|---:|{}",
        "---:|".repeat(Policy::OTHERS.len())
    );
    let mut wins = [0; Policy::OTHERS.len()];
    let mut losses = [0; Policy::OTHERS.len()];
    let mut best = 0;
    for row in &rows {
        let Setting {
            kind,
            days,
            drills,
            minutes,
            ..
        } = row.setting;
        let ours = Mean::of(row.ours.iter().map(|end| 100.0 * end.recall));
        let used = Mean::of(
            row.ours
                .iter()
                .map(|end| end.minutes / (minutes * f64::from(days))),
        );
        print!(
            "| {} | {days} | {drills} | {minutes:.0} | {:.1} | {:.0} % |",
            kind.name(),
            ours.mean,
            100.0 * used.mean
        );
        let mut ahead = true;
        for ((other, wins), losses) in row.others.iter().zip(&mut wins).zip(&mut losses) {
            let pairs = row.ours.iter().zip(other);
            let less = Mean::of(pairs.map(|(ours, other)| 100.0 * (ours.recall - other.recall)));
            let mark = if less.mean + less.half < 0.0 {
                " **worse**"
            } else {
                ""
            };
            print!(" {:+.1} ± {:.1}{mark} |", less.mean, less.half);
            *wins += usize::from(less.mean > 0.0);
            *losses += usize::from(less.mean + less.half < 0.0);
            ahead &= less.mean > 0.0;
        }
        best += usize::from(ahead);
        println!();
    }
    println!();
    for ((policy, wins), losses) in Policy::OTHERS.iter().zip(wins).zip(losses) {
        println!("- {}: ours higher in {wins} of {} settings; lower with an interval wholly below nought in {losses}.", policy.name(), rows.len());
    }
    println!(
        "- Higher than every one of them in {best} of {} settings ({:.0} %).",
        rows.len(),
        100.0 * best as f64 / rows.len() as f64
    );
    let fullest = rows
        .iter()
        .flat_map(|row| &row.ours)
        .map(|end| end.fullest)
        .fold(0.0, f64::max);
    println!(
        "- The fullest day of ours used {:.1} % of its minutes.\n",
        100.0 * fullest
    );
}
