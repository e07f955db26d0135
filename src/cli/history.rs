//! `greenroom history` and `history show`.

use super::exit::{Exit, Failure, Outcome};
use super::shell::{page, Shell};
use super::{clock, debrief, history_pages, out, sheet};
use crate::desk::{Desk, MockBrief};
use crate::export;
use crate::grading::Decision;
use crate::mock::Debrief;
use crate::tui::Start;
use clap::Subcommand;
use serde_json::json;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The debrief of a mock
    Show {
        /// The mock's name, its beginning or its end, or `last`
        mock: String,
        /// Every item, with what was looked for and what it teaches
        #[arg(long)]
        why: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
        /// As text, also on a terminal
        #[arg(long)]
        plain: bool,
        /// Your answer and the breakdown, step by step
        #[arg(long, conflicts_with_all = ["json", "why"])]
        beside: bool,
    },
    /// The scores of your mocks by dimension, oldest first
    Trend {
        /// Of one case only
        case: Option<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Two mocks of a case side by side
    Compare {
        /// The earlier one: its name, its beginning or its end, or `last`
        one: String,
        /// The later one
        other: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Grade an old mock by the content as it is now; both scores are kept
    Regrade {
        /// The mock's name, its beginning or its end, or `last`
        mock: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// How well you spoke, 1 to 4; without a number the four anchors
    Rate {
        /// The mock's name, its beginning or its end, or `last`
        mock: String,
        #[arg(value_parser = clap::value_parser!(u8).range(1..=4))]
        delivery: Option<u8>,
    },
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let mut desk = shell.desk()?;
    match &args.what {
        None => list(&desk, args.json),
        Some(What::Show {
            mock,
            why,
            json,
            plain,
            beside,
        }) => {
            let name = find(&desk, mock)?;
            if *beside {
                out::say(&history_pages::beside(&desk, &name)?)?;
                return Ok(Exit::Done);
            }
            if !*why && !*json && !*plain && out::is_interactive() {
                drop(desk);
                return shell.screen(Start::Debrief(name));
            }
            show(&desk, &name, *why, *json)
        }
        Some(What::Trend { case, json }) => trend(&desk, case.as_deref(), *json),
        Some(What::Compare { one, other, json }) => {
            let (one, other) = (find(&desk, one)?, find(&desk, other)?);
            history_pages::compare(&desk, &one, &other, *json)
        }
        Some(What::Regrade { mock, json }) => {
            let name = find(&desk, mock)?;
            regrade(shell, desk, &name, *json)
        }
        Some(What::Rate { mock, delivery }) => {
            let name = find(&desk, mock)?;
            match delivery {
                None => out::say(&history_pages::anchors(&desk))?,
                Some(delivery) => {
                    desk.rate_delivery(&name, *delivery, clock::now());
                    out::say(&format!("Noted: {delivery} of 4.\n"))?;
                }
            }
            shell.close(desk)
        }
    }
}

fn trend(desk: &Desk, case: Option<&str>, json: bool) -> Outcome {
    let mut mocks = desk.history();
    mocks.retain(|mock| case.is_none_or(|case| mock.case == case) && mock.steps.len() == 7);
    if json {
        out::json(&json!({"schema_version": 1, "mocks": mocks}))?;
    } else {
        out::say(&history_pages::trend(desk, &mocks))?;
    }
    Ok(Exit::Done)
}

fn regrade(shell: &Shell, mut desk: Desk, name: &str, json: bool) -> Outcome {
    let graded = desk.regrade(name, clock::now()).map_err(Failure::data)?;
    let (before, after) =
        graded.ok_or_else(|| Failure::data(format!("the debrief of {name} cannot be read")))?;
    if json {
        let of = |debrief: &Debrief| {
            json!({
                "total": debrief.sheet.total,
                "verdict": debrief.sheet.verdict,
                "hash": debrief.hash,
            })
        };
        out::json(&json!({
            "schema_version": 1,
            "mock": name,
            "before": of(&before),
            "after": of(&after),
        }))?;
    } else {
        let same = if before.hash == after.hash {
            " The case has not changed since."
        } else {
            ""
        };
        out::say(&format!(
            "Then: {}\nNow:  {}\nBoth are kept.{same}\n",
            sheet::verdict(&before.sheet),
            sheet::verdict(&after.sheet)
        ))?;
    }
    shell.close(desk)
}

fn list(desk: &Desk, json: bool) -> Outcome {
    let mocks = desk.history();
    if json {
        out::json(&json!({"schema_version": 1, "mocks": mocks}))?;
        return Ok(Exit::Done);
    }
    let mut page = page();
    if mocks.is_empty() {
        page.line("No mock was finished yet. Start one: greenroom mock CASE");
    }
    let rows: Vec<Vec<String>> = mocks.iter().rev().map(|mock| row(desk, mock)).collect();
    page.table(0, &rows);
    if !rows.is_empty() {
        page.gap();
        page.line("One of them in full: greenroom history show NAME --why");
    }
    let open = desk.open_mocks();
    if !open.is_empty() {
        page.gap();
        for record in open {
            page.line(format!(
                "Not finished: {} · {} ({}); greenroom mock {} --resume",
                record.mock, record.case, record.level, record.case
            ));
        }
    }
    out::say(page.text())?;
    Ok(Exit::Done)
}

fn row(desk: &Desk, mock: &MockBrief) -> Vec<String> {
    let verdict = match mock.verdict {
        Decision::Hire => "hire",
        Decision::NoHire => "no hire",
    };
    let border = if mock.borderline { " (borderline)" } else { "" };
    let length = if mock.steps.len() < 7 {
        mock.steps.join(", ")
    } else {
        format!("{} min", mock.clock)
    };
    let again = mock.regraded;
    let again = again.map_or_else(String::new, |total| format!(" → {total:.0}"));
    vec![
        mock.mock.clone(),
        desk.date(mock.at).to_string(),
        format!("{:>3.0}{again}", mock.total),
        format!("{verdict}{border}"),
        mock.level.to_string(),
        format!("{} · {length}", mock.title),
    ]
}

/// The whole name of a mock.
pub(super) fn find(desk: &Desk, wanted: &str) -> Outcome<String> {
    let mocks = desk.history();
    let mut names: Vec<&str> = mocks.iter().map(|mock| mock.mock.as_str()).collect();
    if wanted == "last" {
        return names.pop().map(str::to_owned).ok_or_else(|| {
            Failure::usage("no mock was finished yet; start one: greenroom mock CASE")
        });
    }
    if let Some(name) = names.iter().find(|name| **name == wanted) {
        return Ok((*name).to_owned());
    }
    names.retain(|name| name.starts_with(wanted) || name.ends_with(wanted));
    names.dedup();
    match names.as_slice() {
        [name] => Ok((*name).to_owned()),
        [] => Err(Failure::usage(format!(
            "there is no finished mock `{wanted}`; `greenroom history` lists them"
        ))),
        several => Err(Failure::usage(format!(
            "`{wanted}` may mean {}",
            several.join(" or ")
        ))),
    }
}

fn show(desk: &Desk, name: &str, why: bool, json: bool) -> Outcome {
    let (record, result) = desk
        .debrief(name)
        .ok_or_else(|| Failure::data(format!("the debrief of {name} cannot be read")))?;
    if json {
        out::json(&export::document(&record, &result))?;
        return Ok(Exit::Done);
    }
    let mut text = debrief::text(desk, &record, &result, why);
    if !why {
        text.line(format!(
            "Every item with its reason: greenroom history show {name} --why"
        ));
    }
    out::say(text.text())?;
    Ok(Exit::Done)
}
