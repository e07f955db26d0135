//! `greenroom notes`, `notes add`, `notes remove`.

use super::exit::{Exit, Failure, Outcome};
use super::shell::{known_case, page, Shell};
use super::{clock, input, out};
use crate::desk::Desk;
use clap::Subcommand;
use serde_json::json;
use std::path::Path;

/// Longest note, in characters.
const LONGEST: usize = 20_000;

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
    /// Write a note
    Add {
        /// The text, or - for standard input
        #[arg(required = true)]
        text: Vec<String>,
        /// The case it is about
        #[arg(long)]
        case: Option<String>,
    },
    /// Throw a note away
    Remove {
        /// The note's name, or its beginning
        id: String,
    },
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let mut desk = shell.desk()?;
    match &args.what {
        None => list(&desk, args.json),
        Some(What::Add { text, case }) => {
            if let Some(case) = case {
                known_case(&desk, case)?;
            }
            let text = match text.as_slice() {
                [only] if only == "-" => input::text(Path::new("-"))?,
                words => words.join(" "),
            };
            let text = text.trim();
            if text.is_empty() {
                return Err(Failure::usage("a note needs some text"));
            }
            if text.chars().count() > LONGEST {
                return Err(Failure::usage(format!(
                    "a note has at most {LONGEST} characters"
                )));
            }
            let subject = case.as_deref().unwrap_or_default();
            desk.write_note(None, subject, text, clock::now());
            let id = desk.notes().first().map(|note| note.note.clone());
            let exit = shell.close(desk)?;
            out::say(&format!("Noted: {}\n", id.unwrap_or_default()))?;
            Ok(exit)
        }
        Some(What::Remove { id }) => {
            let id = find(&desk, id)?;
            desk.remove_note(&id, clock::now());
            let exit = shell.close(desk)?;
            out::say(&format!("Removed: {id}\n"))?;
            Ok(exit)
        }
    }
}

fn find(desk: &Desk, wanted: &str) -> Outcome<String> {
    let notes = desk.notes();
    let mut names: Vec<&str> = notes.iter().map(|note| note.note.as_str()).collect();
    names.retain(|name| !wanted.is_empty() && name.starts_with(wanted));
    match names.as_slice() {
        [name] => Ok((*name).to_owned()),
        [] => Err(Failure::usage(format!(
            "there is no note `{wanted}`; `greenroom notes` lists them"
        ))),
        several => Err(Failure::usage(format!(
            "`{wanted}` may mean {}",
            several.join(" or ")
        ))),
    }
}

fn list(desk: &Desk, json: bool) -> Outcome {
    let notes = desk.notes();
    if json {
        out::json(&json!({"schema_version": 1, "notes": notes}))?;
        return Ok(Exit::Done);
    }
    let mut page = page();
    if notes.is_empty() {
        page.line("No notes yet. Write one: greenroom notes add \"TEXT\" --case CASE");
    }
    for note in &notes {
        let subject = match note.subject.as_str() {
            "" => String::new(),
            case => format!(" · {case}"),
        };
        page.gap();
        page.line(format!("{} · {}{subject}", note.note, desk.date(note.at)));
        page.paragraph(2, &note.text);
    }
    out::say(page.text())?;
    Ok(Exit::Done)
}
