//! `greenroom stats`.

use super::exit::{Exit, Outcome};
use super::page::{bar, count};
use super::shell::{page, Shell};
use super::{clock, out};
use crate::desk::Stats;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let desk = shell.desk()?;
    let stats = desk.stats(clock::now());
    if args.json {
        out::json(&stats)?;
    } else {
        out::say(&text(&stats))?;
    }
    Ok(Exit::Done)
}

fn text(stats: &Stats) -> String {
    let mut page = page();
    page.line("Recall by step (expected score now, 0 to 100)");
    let rows: Vec<Vec<String>> = stats
        .steps
        .iter()
        .map(|step| {
            let (stand, note) = match step.recall {
                Some(recall) => (format!("{} {recall:>3.0}", bar(recall / 100.0)), ""),
                None => (String::new(), "too few answers for a number"),
            };
            vec![
                step.step.to_string(),
                format!(
                    "{} of {} answered",
                    step.answered.min(step.drills),
                    step.drills
                ),
                format!("{stand}{note}"),
            ]
        })
        .collect();
    page.table(2, &rows);
    if !stats.formats.is_empty() {
        page.heading("Last scores by format");
        let rows: Vec<Vec<String>> = stats
            .formats
            .iter()
            .map(|(format, (answers, mean))| {
                vec![
                    format.clone(),
                    format!("{} {mean:>3.0}", bar(mean / 100.0)),
                    count(*answers, "drill"),
                ]
            })
            .collect();
        page.table(2, &rows);
    }
    page.heading("The last 30 days");
    let days: String = stats
        .days
        .iter()
        .map(|active| if *active { '#' } else { '.' })
        .collect();
    let active = stats.days.iter().filter(|active| **active).count();
    page.line(format!("  {days}  {}", count(active, "day")));
    for (kind, minutes) in &stats.minutes {
        page.line(format!("  {kind}: {minutes:.0} min"));
    }
    page.gap();
    page.line(format!(
        "Today: {} · {} due · {} suspended",
        count(stats.reviews_today as usize, "answer"),
        stats.due,
        stats.suspended
    ));
    if !stats.mocks.is_empty() {
        let totals: Vec<String> = stats
            .mocks
            .iter()
            .map(|total| format!("{total:.0}"))
            .collect();
        page.line(format!("Mocks: {}", totals.join(" · ")));
    }
    page.into_text()
}
