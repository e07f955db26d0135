//! `greenroom stats`.

use super::exit::{Exit, Outcome};
use super::page::{bar, clock as minutes, count, Page};
use super::shell::{page, Shell};
use super::{clock, out};
use crate::desk::Stats;
use crate::tui::Start;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// As JSON
    #[arg(long)]
    json: bool,
    /// As text, also on a terminal
    #[arg(long, conflicts_with = "json")]
    plain: bool,
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    if !args.plain && !args.json && out::is_interactive() {
        return shell.screen(Start::Stats);
    }
    let desk = shell.desk()?;
    let stats = desk.stats(clock::now());
    if args.json {
        out::json(&stats)?;
    } else {
        out::say(&text(&stats))?;
    }
    Ok(Exit::Done)
}

/// Techniques, weeks, what is ahead, and what keeps being forgotten.
fn learning(page: &mut Page, stats: &Stats) {
    if !stats.techniques.is_empty() {
        page.heading("Weakest techniques");
        let weakest = stats.techniques.iter().take(5);
        let rows: Vec<Vec<String>> = weakest
            .map(|own| {
                let recall = format!("{} {:>3.0}", bar(own.recall / 100.0), own.recall);
                vec![own.tag.clone(), recall, count(own.drills, "drill")]
            })
            .collect();
        page.table(2, &rows);
    }
    let seen = stats
        .weeks
        .iter()
        .filter_map(|week| Some((week, week.score?)));
    let rows: Vec<Vec<String>> = seen
        .map(|(week, score)| {
            let score = format!("{} {score:>3.0}", bar(score / 100.0));
            vec![week.from.to_string(), score, count(week.answers, "answer")]
        })
        .collect();
    if !rows.is_empty() {
        page.heading("Recall week by week (drills seen before)");
        page.table(2, &rows);
    }
    if stats.ahead.iter().any(|day| *day > 0) {
        let days: Vec<String> = stats.ahead.iter().map(ToString::to_string).collect();
        let minutes: Vec<String> = stats
            .ahead_minutes
            .iter()
            .map(ToString::to_string)
            .collect();
        page.heading("Due on the next 14 days");
        page.line(format!("  drills:  {}", days.join(" · ")));
        page.line(format!("  minutes: {}", minutes.join(" · ")));
    }
    if !stats.leeches.is_empty() {
        page.heading("Forgotten again and again");
        for leech in stats.leeches.iter().take(5) {
            let times = count(leech.lapses as usize, "time");
            page.line(format!("  {} ({times})", leech.drill));
        }
        page.line(
            "  Read the section they come from before you answer once more, or put them away.",
        );
    }
}

/// How sure, how right.
fn confidence(page: &mut Page, stats: &Stats) {
    if stats.confidence.is_empty() {
        return;
    }
    page.heading("How sure, how right");
    let rows: Vec<Vec<String>> = stats
        .confidence
        .iter()
        .map(|own| {
            vec![
                own.word().to_owned(),
                format!("{} {:>3.0}", bar(own.score / 100.0), own.score),
                format!("said {:.0}", own.claimed),
                count(own.answers, "answer"),
            ]
        })
        .collect();
    page.table(2, &rows);
}

/// Every case that was begun.
fn cases(page: &mut Page, stats: &Stats) {
    if stats.cases.is_empty() {
        return;
    }
    page.heading("Case by case");
    let rows: Vec<Vec<String>> = stats
        .cases
        .iter()
        .map(|own| {
            let best = own.best.map_or("-".to_owned(), |best| format!("{best:.0}"));
            let recall = own
                .recall
                .map_or("-".to_owned(), |recall| format!("{recall:.0}"));
            vec![
                own.title.clone(),
                format!("read {}/7", own.read),
                if own.tried { "tried" } else { "not tried" }.to_owned(),
                format!("best mock {best}"),
                format!("recall {recall}"),
                format!("{} due", own.due),
            ]
        })
        .collect();
    page.table(2, &rows);
}

/// Whole mocks by dimension, and where their minutes went.
fn mocks(page: &mut Page, stats: &Stats) {
    if !stats.trends.is_empty() {
        page.heading("Whole mocks by dimension (1 to 4, oldest first)");
        let rows: Vec<Vec<String>> = stats
            .trends
            .iter()
            .map(|own| {
                let scores = own.scores.iter();
                let scores = scores.map(|own| own.map_or("-".to_owned(), |own| own.to_string()));
                vec![own.title.clone(), scores.collect::<Vec<_>>().join(" ")]
            })
            .collect();
        page.table(2, &rows);
    }
    if !stats.time.is_empty() {
        page.heading("Time in whole mocks, of its budget");
        let rows: Vec<Vec<String>> = stats
            .time
            .iter()
            .map(|own| {
                vec![
                    own.segment.to_string(),
                    format!("{} of {}", minutes(own.used), minutes(own.budget)),
                    bar(own.used / own.budget.max(1.0)),
                ]
            })
            .collect();
        page.table(2, &rows);
    }
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
    learning(&mut page, stats);
    confidence(&mut page, stats);
    cases(&mut page, stats);
    mocks(&mut page, stats);
    page.heading("The last 30 days");
    let days: String = stats
        .days
        .iter()
        .map(|active| if *active { '#' } else { '.' })
        .collect();
    let active = stats.days.iter().filter(|active| **active).count();
    page.line(format!("  {days}  {}", count(active, "day")));
    page.line(format!(
        "  in a row: {}, at most {} (days off do not break it); {} in the last year",
        stats.streak.now,
        stats.streak.longest,
        count(stats.year.len(), "day")
    ));
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
