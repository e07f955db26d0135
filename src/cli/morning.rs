//! `greenroom sheet`: one page for the morning of the interview.

use super::exit::{Exit, Outcome};
use super::shell::Shell;
use super::{clock, out};
use crate::export as leave;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// text, md or html; the HTML prints on one page of A4 or Letter
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: leave::Format,
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let mut desk = shell.desk()?;
    let now = clock::now();
    let misses = desk.misses(now);
    let place = |case: &str, step: &str| format!("{} · {step}", desk.case_title(case));
    let misses: Vec<leave::Miss> = misses
        .into_iter()
        .map(|own| leave::Miss {
            place: place(&own.case, &own.step),
            point: own.point,
        })
        .collect();
    let interview = desk.plan_settings().and_then(|settings| settings.interview);
    let framework = desk.library.framework();
    out::pour(&leave::sheet(framework, &misses, interview, args.format))?;
    Ok(Exit::Done)
}
