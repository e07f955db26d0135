//! `greenroom check`: every fault of content in one run.

use super::exit::{Exit, Failure, Outcome};
use super::out;
use super::shell::Shell;
use crate::check;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Packs, case folders or files; else the built-in content and what is on top of it
    paths: Vec<PathBuf>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    if let Some(missing) = args.paths.iter().find(|path| !path.exists()) {
        return Err(Failure::usage(format!(
            "{}: there is no such file or folder",
            missing.display()
        )));
    }
    let packs: Vec<PathBuf> = shell
        .config
        .packs
        .iter()
        .chain(&shell.packs)
        .cloned()
        .collect();
    let report = check::pack(&args.paths, &packs);
    if args.json {
        out::pour(&report.to_json())?;
    } else {
        out::say(&report.to_text())?;
    }
    Ok(if report.is_ok() { Exit::Done } else { Exit::No })
}
