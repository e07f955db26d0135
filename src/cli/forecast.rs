//! `greenroom forecast`: where so many minutes a day lead to.

use super::exit::{Exit, Failure, Outcome};
use super::page::{bar, count, Page};
use super::shell::{page, Shell};
use super::{clock, out};
use crate::desk::{Outlook, Readiness};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Minutes of drills a day; several may be given
    #[arg(long, value_name = "N", num_args = 1.., value_delimiter = ',',
          default_values_t = [15, 30, 45, 60], value_parser = clap::value_parser!(u32).range(1..=600))]
    minutes: Vec<u32>,
    /// The number that chance starts from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let desk = shell.desk()?;
    let outlook = desk.outlook(&args.minutes, args.seed, clock::now());
    let outlook = outlook.map_err(Failure::no)?;
    if args.json {
        out::json(&outlook)?;
    } else {
        out::say(&text(&outlook))?;
    }
    Ok(Exit::Done)
}

fn text(outlook: &Outlook) -> String {
    let mut page = page();
    page.line(format!(
        "Recall on {} over {}, in {}",
        outlook.interview.format("%a %-d %b"),
        count(outlook.drills, "drill"),
        count(outlook.days, "day")
    ));
    let rows: Vec<Vec<String>> = outlook
        .budgets
        .iter()
        .map(|own| {
            vec![
                format!("{} min", own.minutes),
                format!("{} {:>3.0}", bar(own.recall / 100.0), own.recall),
                format!("{:.0} to {:.0}", own.low, own.high),
                format!("{:.0} answers", own.answers),
            ]
        })
        .collect();
    page.table(2, &rows);
    page.paragraph(
        0,
        "Eight of ten courses end in the range. Each course is one way in which the days may go.",
    );
    ready(&mut page, &outlook.readiness);
    page.into_text()
}

fn ready(page: &mut Page, own: &Readiness) {
    page.heading("Ready today");
    match (own.score, own.low, own.high) {
        (Some(score), Some(low), Some(high)) => {
            page.line(format!(
                "  {} {score:.0}  ({low:.0} to {high:.0})",
                bar(score / 100.0)
            ));
        }
        _ => page.paragraph(
            2,
            &format!("No number yet. Missing: {}.", own.missing.join(", ")),
        ),
    }
    if own.score.is_some() && !own.moves.is_empty() {
        page.line("What moves it most:");
        for step in &own.moves {
            page.line(format!("  {}: +{:.0}", step.what, step.points));
        }
    }
}
