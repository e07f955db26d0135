//! `backup`, `restore`, `import`: progress to files and back.

use super::exit::{Exit, Failure, Outcome};
use super::page::count;
use super::shell::{chance, store_failure, Shell};
use super::{clock, input, out};
use crate::progress::{Opened, Store};
use std::fmt::Write;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Most refused lines that are named one by one.
const MOST_NAMED: usize = 5;

#[derive(Debug, clap::Args)]
pub(super) struct BackupArgs {
    /// Where to; else into the folder of backups
    file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct RestoreArgs {
    /// The backup
    #[arg(required_unless_present_any = ["newest", "fresh"], conflicts_with_all = ["newest", "fresh"])]
    file: Option<PathBuf>,
    /// The newest good backup
    #[arg(long, conflicts_with = "fresh")]
    newest: bool,
    /// None: start over; the backups stay
    #[arg(long)]
    fresh: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// What `greenroom export json` wrote; - for standard input
    file: PathBuf,
}

pub(super) fn backup(shell: &Shell, args: &BackupArgs) -> Outcome {
    let desk = shell.desk()?;
    let store = desk
        .journal
        .store()
        .ok_or_else(|| Failure::data("there is no progress that could be read"))?;
    let to = args.file.clone().unwrap_or_else(|| {
        // The name that the daily backups have, so that `restore --newest` finds it.
        let name = clock::now().format("progress-%Y%m%dT%H%M%SZ.db");
        shell.paths.data.join("backups").join(name.to_string())
    });
    store.backup(&to).map_err(|error| store_failure(&error))?;
    out::say(&format!("Backup: {}\n", to.display()))?;
    Ok(Exit::Done)
}

pub(super) fn restore(shell: &Shell, args: &RestoreArgs) -> Outcome {
    let dir = &shell.paths.data;
    if args.fresh {
        return fresh(dir);
    }
    let (from, opened) = match &args.file {
        Some(file) => (file.clone(), put_back(dir, file)?),
        None => newest(dir)?,
    };
    for notice in &opened.notices {
        out::complain(&notice.to_string());
    }
    out::say(&format!("Restored: {}\n", from.display()))?;
    Ok(Exit::Done)
}

fn fresh(dir: &Path) -> Outcome {
    let there = dir.join("progress.db").exists();
    if there && Store::open(dir, clock::now(), chance()).is_ok() {
        return Err(Failure::usage(format!(
            "the progress in {} is sound; to start over, move its progress.db away first",
            dir.display()
        )));
    }
    let opened = Store::create(dir, clock::now(), chance());
    let opened = opened.map_err(|error| store_failure(&error))?;
    for notice in &opened.notices {
        out::complain(&notice.to_string());
    }
    out::say(&format!("Started afresh in {}\n", dir.display()))?;
    Ok(Exit::Done)
}

fn put_back(dir: &Path, file: &Path) -> Outcome<Opened> {
    Store::restore(dir, file, clock::now(), chance()).map_err(|error| store_failure(&error))
}

/// The newest backup that can be restored; what an earlier restore replaced is no backup.
fn newest(dir: &Path) -> Outcome<(PathBuf, Opened)> {
    let replaced = |path: &Path| {
        let name = path.file_name().map(|name| name.to_string_lossy());
        name.is_some_and(|name| name.contains("-replaced"))
    };
    let mut last = None;
    for backup in Store::backups(dir)
        .into_iter()
        .filter(|path| !replaced(path))
    {
        match put_back(dir, &backup) {
            Ok(opened) => return Ok((backup, opened)),
            Err(failure) => {
                out::complain(&failure.line);
                last = Some(failure);
            }
        }
    }
    Err(match last {
        Some(_) => Failure::data("none of the backups is good"),
        None => Failure::data(format!(
            "there is no backup in {}",
            dir.join("backups").display()
        )),
    })
}

pub(super) fn import(shell: &Shell, args: &ImportArgs) -> Outcome {
    let mut desk = shell.desk()?;
    let mut reader: Box<dyn BufRead> = if args.file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        let file = File::open(&args.file).map_err(|error| {
            Failure::data(format!("{}: {}", args.file.display(), input::plain(&error)))
        })?;
        Box::new(BufReader::new(file))
    };
    let reason = desk.journal.reason();
    let store = desk.journal.store_mut().ok_or_else(|| {
        Failure::data(reason.unwrap_or_else(|| "progress cannot be written".to_owned()))
    })?;
    let report = store
        .import_jsonl(&mut reader, chance())
        .map_err(|error| store_failure(&error))?;
    desk.refresh_stale();
    for refused in report.refused.iter().take(MOST_NAMED) {
        out::complain(&format!("line {}: {}", refused.line, refused.why));
    }
    if report.refused.len() > MOST_NAMED {
        let more = report.refused.len() - MOST_NAMED;
        out::complain(&format!("and {more} more lines were not taken"));
    }
    let mut line = format!(
        "Imported: {}, {} known already",
        count(report.added as usize, "new event"),
        report.known
    );
    if report.healed > 0 {
        let _ = write!(line, ", {} made whole again", report.healed);
    }
    out::say(&format!("{line}.\n"))?;
    if report.clashes > 0 {
        out::complain(&format!(
            "{} came twice with different content; both are kept",
            count(report.clashes as usize, "event")
        ));
    }
    let exit = shell.close(desk)?;
    Ok(if report.refused.is_empty() {
        exit
    } else {
        Exit::Data
    })
}
