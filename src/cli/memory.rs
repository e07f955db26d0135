//! `greenroom memory show` and `memory fit`.

use super::exit::{Exit, Failure, Outcome};
use super::page::{bar, count};
use super::shell::{page, Shell};
use super::{clock, out};
use crate::desk::{Desk, Fitted};
use crate::memory::{Fit, Progress, ENOUGH_TO_FIT};
use clap::Subcommand;
use serde_json::json;
use std::io::IsTerminal;
use std::thread;
use std::time::Duration;

/// Between two looks at how far a fit is.
const LOOK: Duration = Duration::from_millis(50);

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Which law of forgetting the schedule goes by
    Show {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Fit the law of forgetting to your own answers; kept only when it foretells them better
    Fit {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let mut desk = shell.desk()?;
    match args.what {
        What::Show { json } => show(&desk, json),
        What::Fit { json } => fit(&mut desk, json),
    }
}

fn show(desk: &Desk, json: bool) -> Outcome {
    let fitted = desk.fitted();
    let answers: usize = desk.answers().iter().map(Vec::len).sum();
    if json {
        out::json(&json!({
            "schema_version": 1,
            "fitted": fitted,
            "answers": answers,
            "answers_needed": ENOUGH_TO_FIT,
            "parameters": desk.model().law().parameters(),
        }))?;
        return Ok(Exit::Done);
    }
    let mut page = page();
    match &fitted {
        Some(own) => page.paragraph(0, &fitted_line(own)),
        None => page.paragraph(
            0,
            "The law of forgetting is FSRS-6 with its usual parameters.",
        ),
    }
    page.paragraph(
        0,
        &format!(
            "{} so far. From {ENOUGH_TO_FIT} on the law is fitted to them when a session starts, and \
             again whenever there are a quarter more.",
            count(answers, "answer")
        ),
    );
    let parameters = desk.model().law().parameters().iter();
    let numbers: Vec<String> = parameters.map(|value| format!("{value:.4}")).collect();
    page.paragraph(0, &format!("Parameters: {}", numbers.join(" ")));
    out::say(&page.into_text())?;
    Ok(Exit::Done)
}

fn fitted_line(own: &Fitted) -> String {
    format!(
        "The law of forgetting is FSRS-6, fitted on {} to {}: on the newest {} its log loss was \
         {:.4} where the usual parameters had {:.4}.",
        own.date,
        count(own.answers, "answer"),
        own.judged,
        own.after,
        own.before
    )
}

fn fit(desk: &mut Desk, json: bool) -> Outcome {
    let answers = desk.answers();
    let many: usize = answers.iter().map(Vec::len).sum();
    let fit = watched(&answers).map_err(Failure::no)?;
    let kept = fit.is_better();
    if kept {
        desk.keep_fit(&fit, many, clock::now());
    }
    if json {
        out::json(&json!({
            "schema_version": 1,
            "answers": many,
            "judged": fit.judged,
            "before": fit.before,
            "after": fit.after,
            "kept": kept,
            "parameters": fit.parameters,
        }))?;
    } else {
        let said = if kept {
            "kept"
        } else {
            "not kept: the parameters in use foretell better"
        };
        out::say(&format!(
            "Fitted to {}. On the newest {} the log loss is {:.4}, and {:.4} with the usual \
             parameters: {said}.\n",
            count(many, "answer"),
            fit.judged,
            fit.after,
            fit.before
        ))?;
    }
    Ok(if kept { Exit::Done } else { Exit::No })
}

/// Fits on another thread and shows how far it is on a terminal.
fn watched(answers: &[Vec<crate::memory::Answer>]) -> Result<Fit, String> {
    let progress = Progress::default();
    let shown = std::io::stderr().is_terminal();
    thread::scope(|scope| {
        let work = scope.spawn(|| Desk::fit(answers, &progress));
        while shown && !work.is_finished() {
            out::murmur(&format!("\rfitting {}", bar(progress.share())));
            thread::sleep(LOOK);
        }
        if shown {
            out::murmur(&format!("\rfitting {}\n", bar(1.0)));
        }
        work.join()
            .unwrap_or_else(|_| Err("the fit broke off".to_owned()))
    })
}
