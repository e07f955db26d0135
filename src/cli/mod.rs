//! The command line: one file a command; plain and JSON output.

mod about;
mod boards;
mod check;
mod clock;
mod debrief;
mod diagram;
mod drill;
mod exit;
mod explain;
mod export;
mod forecast;
mod grade;
mod history;
mod history_pages;
mod input;
mod keep;
mod memory;
mod mock;
mod morning;
mod notes;
mod out;
mod page;
mod plan;
mod read;
mod search;
mod sheet;
mod shell;
mod skeleton;
mod stats;
mod today;

use crate::tui::Start;
use clap::{Parser, Subcommand};
use exit::{Exit, Outcome};
use shell::{Common, Shell};
use std::process::ExitCode;

/// An offline study coach for the machine-learning system-design interview.
///
/// Without a command it opens the home screen; where there is no terminal it prints today's plan.
#[derive(Debug, Parser)]
#[command(
    name = "greenroom",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 done, 1 the answer is no, 2 usage, 3 data could not be read or written."
)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// What to do today
    Today(today::Args),
    /// The days up to the interview
    Plan(plan::Args),
    /// Practise what is due, and what is new today
    Drill(drill::Args),
    /// A timed mock interview
    Mock(mock::Args),
    /// Finished mocks and their debriefs
    History(history::Args),
    /// Case studies
    Read(read::Args),
    /// Search cases, drills, facts and notes
    Search(search::Args),
    /// Your notes
    Notes(notes::Args),
    /// What you did and where you stand
    Stats(stats::Args),
    /// Recall on the interview day for several daily budgets, and how ready you are
    Forecast(forecast::Args),
    /// The law of forgetting that the schedule goes by
    Memory(memory::Args),
    /// Grade a written answer to a case
    Grade(grade::Args),
    /// Draw a flowchart
    Diagram(diagram::Args),
    /// Find every fault in content
    Check(check::Args),
    /// The seven steps as a printable page of blanks, or those of a case
    Skeleton(skeleton::Args),
    /// One page for the morning of the interview
    Sheet(morning::Args),
    /// Write a mock, your notes, all events or your reviews to a file
    Export(export::Args),
    /// Take in the events of another machine
    Import(keep::ImportArgs),
    /// Copy your progress to a file
    Backup(keep::BackupArgs),
    /// Go back to a backup
    Restore(keep::RestoreArgs),
    /// Completions for a shell
    Completions(about::CompletionsArgs),
    /// The manual page
    Man,
    /// Where things are kept
    Paths(about::PathsArgs),
}

/// Runs the command of the process's arguments.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are data; a closed pipe is no fault.
            let _ = error.print();
            return if error.use_stderr() {
                Exit::Usage.into()
            } else {
                Exit::Done.into()
            };
        }
    };
    match run(cli) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            out::complain(&failure.line);
            failure.exit.into()
        }
    }
}

fn run(cli: Cli) -> Outcome {
    let command = match cli.command {
        Some(Command::Completions(args)) => return about::completions(&args),
        Some(Command::Man) => return about::man(),
        Some(Command::Diagram(args)) => return diagram::run(&args),
        command => command,
    };
    let shell = Shell::new(cli.common)?;
    match command {
        None if out::is_interactive() => shell.screen(Start::Home),
        None => today::run(&shell, &today::Args::default()),
        Some(Command::Today(args)) => today::run(&shell, &args),
        Some(Command::Plan(args)) => plan::run(&shell, &args),
        Some(Command::Drill(args)) => drill::run(&shell, &args),
        Some(Command::Mock(args)) => mock::run(&shell, &args),
        Some(Command::History(args)) => history::run(&shell, &args),
        Some(Command::Read(args)) => read::run(&shell, &args),
        Some(Command::Search(args)) => search::run(&shell, &args),
        Some(Command::Notes(args)) => notes::run(&shell, &args),
        Some(Command::Stats(args)) => stats::run(&shell, &args),
        Some(Command::Forecast(args)) => forecast::run(&shell, &args),
        Some(Command::Memory(args)) => memory::run(&shell, &args),
        Some(Command::Grade(args)) => grade::run(&shell, &args),
        Some(Command::Check(args)) => check::run(&shell, &args),
        Some(Command::Skeleton(args)) => skeleton::run(&shell, &args),
        Some(Command::Sheet(args)) => morning::run(&shell, &args),
        Some(Command::Export(args)) => export::run(&shell, &args),
        Some(Command::Import(args)) => keep::import(&shell, &args),
        Some(Command::Backup(args)) => keep::backup(&shell, &args),
        Some(Command::Restore(args)) => keep::restore(&shell, &args),
        Some(Command::Paths(args)) => about::paths(&shell, &args),
        Some(Command::Completions(_) | Command::Man | Command::Diagram(_)) => Ok(Exit::Done),
    }
}
