//! The command line: one file a command; plain and JSON output.

mod exit;
mod out;

use crate::desk::{Config, Desk, Paths, Setup};
use crate::tui::{self, Theme};
use chrono::{Offset, Utc};
use clap::Parser;
use exit::Exit;
use rand::RngExt;
use std::path::PathBuf;
use std::process::ExitCode;

/// An offline study coach for the machine-learning system-design interview.
#[derive(Debug, Parser)]
#[command(name = "greenroom", version, about)]
struct Cli {
    #[command(flatten)]
    common: Common,
}

/// Flags of every command.
#[derive(Clone, Debug, clap::Args)]
struct Common {
    /// A folder of content on top of the built-in one; may be given several times
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "GREENROOM_CONTENT",
        value_delimiter = ':'
    )]
    content: Vec<PathBuf>,
    /// Where progress is kept
    #[arg(long, global = true, value_name = "DIR", env = "GREENROOM_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// The configuration file
    #[arg(long, global = true, value_name = "FILE", env = "GREENROOM_CONFIG")]
    config: Option<PathBuf>,
}

/// Runs the command of the process's arguments.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(exit) => exit.into(),
        Err((exit, line)) => {
            out::complain(&line);
            exit.into()
        }
    }
}

fn run(cli: &Cli) -> Result<Exit, (Exit, String)> {
    let desk = open(&cli.common)?;
    tui::run(desk, Theme::default(), Utc::now).map_err(|error| (Exit::Data, error.to_string()))?;
    Ok(Exit::Done)
}

fn open(common: &Common) -> Result<Desk, (Exit, String)> {
    let paths = Paths::find(common.data_dir.clone(), common.config.clone());
    let setup = Setup {
        packs: common.content.clone(),
        paths,
        config: Config::default(),
        chance: rand::rng().random(),
        zone: Some(chrono::Local::now().offset().fix()),
    };
    Desk::open(setup, Utc::now()).map_err(|error| (Exit::Data, error.to_string()))
}
