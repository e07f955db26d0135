//! `greenroom export`.

use super::exit::{Exit, Failure, Outcome};
use super::shell::Shell;
use super::{clock, history, input, out, plan};
use crate::desk::Desk;
use crate::export as leave;
use chrono::NaiveTime;
use clap::Subcommand;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A mock's transcript and debrief, as Markdown or as one HTML page
    Mock {
        /// The mock's name, its beginning or its end, or `last`
        id: String,
        /// As one HTML page with the diagrams; a file that ends in .html is one anyway
        #[arg(long)]
        html: bool,
        #[command(flatten)]
        to: To,
    },
    /// Your notes, as Markdown
    Notes(To),
    /// Every event, a line of checksum and JSON each; `greenroom import` reads it
    Json(To),
    /// Your reviews, as CSV
    Csv(To),
    /// The days of your plan as a calendar; taken in again, they replace what was there
    Ical {
        /// Time of day at which you practise, such as 19:00; else events last all day
        #[arg(long, value_name = "HH:MM", value_parser = plan::time)]
        at: Option<NaiveTime>,
        #[command(flatten)]
        to: To,
    },
    /// Verdicts that you disputed, a line of JSON each
    Disputes {
        /// Into this file; the same as --out
        #[arg(conflicts_with = "out")]
        file: Option<PathBuf>,
        #[command(flatten)]
        to: To,
    },
}

#[derive(Debug, clap::Args)]
struct To {
    /// Into this file; else to standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let desk = shell.desk()?;
    let (text, to) = match &args.what {
        What::Mock { id, html, to } => {
            let named = to.out.as_deref().and_then(Path::extension);
            let html = *html || named.is_some_and(|ending| ending == "html");
            (mock(&desk, id, html)?, &to.out)
        }
        What::Notes(to) => (leave::notes(&desk.notes()), &to.out),
        What::Json(to) => (events(&desk)?, &to.out),
        What::Csv(to) => (leave::reviews(desk.reviews().iter()), &to.out),
        What::Ical { at, to } => (calendar(&desk, *at)?, &to.out),
        What::Disputes { file, to } => {
            let to = if file.is_some() { file } else { &to.out };
            (disputes(&desk)?, to)
        }
    };
    match to.as_deref().filter(|path| *path != Path::new("-")) {
        Some(path) => {
            write(path, &text)?;
            out::murmur(&format!("Written: {}\n", path.display()));
        }
        None => out::pour(&text)?,
    }
    Ok(Exit::Done)
}

fn mock(desk: &Desk, id: &str, html: bool) -> Outcome<String> {
    let name = history::find(desk, id)?;
    let (record, debrief) = desk
        .debrief(&name)
        .ok_or_else(|| Failure::data(format!("the debrief of {name} cannot be read")))?;
    let library = &desk.library;
    let case = library.case(&record.case).ok();
    let made = if html { leave::page } else { leave::transcript };
    Ok(made(
        &record,
        &debrief,
        case.as_deref(),
        library.framework(),
        library.rubric(),
    ))
}

fn calendar(desk: &Desk, at: Option<NaiveTime>) -> Outcome<String> {
    let now = clock::now();
    let (Some(settings), Some(plan)) = (desk.plan_settings(), desk.plan(now, true)) else {
        return Err(Failure::no(
            "there is no plan yet; make one with `greenroom plan new`",
        ));
    };
    let gone = desk.planned_days(now);
    Ok(leave::calendar(&plan, &settings, at, &gone, now))
}

fn disputes(desk: &Desk) -> Outcome<String> {
    let mut text = String::new();
    for line in desk.disputes() {
        let json = serde_json::to_string(&line);
        text.push_str(&json.map_err(|error| Failure::data(error.to_string()))?);
        text.push('\n');
    }
    Ok(text)
}

fn events(desk: &Desk) -> Outcome<String> {
    let store = desk
        .journal
        .store()
        .ok_or_else(|| Failure::data("there is no progress that could be read"))?;
    let mut bytes = Vec::new();
    let exported = store.export_jsonl(&mut bytes);
    let exported = exported.map_err(|error| Failure::data(error.to_string()))?;
    if exported.damaged > 0 {
        out::complain(&format!(
            "left out: {} events are damaged",
            exported.damaged
        ));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The whole file or nothing.
fn write(path: &Path, text: &str) -> Outcome<()> {
    let fault = |error: std::io::Error| {
        Failure::data(format!("{}: {}", path.display(), input::plain(&error)))
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if path.is_dir() {
        return Err(Failure::data(format!(
            "{} is a folder; name a file",
            path.display()
        )));
    }
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(fault)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.as_file().sync_all())
        .map_err(fault)?;
    file.persist(path).map_err(|error| fault(error.error))?;
    Ok(())
}
