//! What all commands share: flags, the configuration, opening the desk, what is said at the end.

use super::exit::{Exit, Failure, Outcome};
use super::page::Page;
use super::{clock, out};
use crate::content::{self, nearest};
use crate::desk::{Config, Desk, Paths, Setup};
use crate::progress::{Store, StoreError};
use crate::tui::{self, Start, Theme};
use rand::RngExt;
use std::env;
use std::path::{Path, PathBuf};

/// Flags of every command.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Common {
    /// A folder of content on top of the built-in one; may be given several times, the last one
    /// wins [env: GREENROOM_CONTENT]
    #[arg(long, global = true, value_name = "DIR")]
    content: Vec<PathBuf>,
    /// Where progress is kept [env: GREENROOM_DATA_DIR]
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The configuration file [env: GREENROOM_CONFIG]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Colours of the full screen [env: GREENROOM_THEME]
    #[arg(long, global = true, value_name = "NAME", value_parser = ["auto", "ansi", "dark", "light", "mono"])]
    theme: Option<String>,
}

/// The command line with its surroundings.
#[derive(Debug)]
pub(super) struct Shell {
    pub(super) paths: Paths,
    pub(super) packs: Vec<PathBuf>,
    pub(super) config: Config,
    theme: Theme,
}

impl Shell {
    /// Flags before the environment before the configuration file before what is usual.
    pub(super) fn new(common: Common) -> Outcome<Self> {
        clock::check()?;
        let wanted = common.config.or_else(|| path_of("GREENROOM_CONFIG"));
        let must_exist = wanted.is_some();
        let data = common.data_dir.or_else(|| path_of("GREENROOM_DATA_DIR"));
        let paths = Paths::find(data, wanted);
        let config = configuration(&paths.config, must_exist)?;
        let packs = if common.content.is_empty() {
            let list = env::var_os("GREENROOM_CONTENT").unwrap_or_default();
            env::split_paths(&list)
                .filter(|path| !path.as_os_str().is_empty())
                .collect()
        } else {
            common.content
        };
        let theme = theme(common.theme.as_deref(), config.theme.as_deref())?;
        Ok(Self {
            paths,
            packs,
            config,
            theme,
        })
    }

    /// Opens content and progress; what the learner should know goes to standard error.
    pub(super) fn desk(&self) -> Outcome<Desk> {
        let desk = self.open()?;
        for notice in &desk.notices {
            out::complain(notice);
        }
        Ok(desk)
    }

    fn open(&self) -> Outcome<Desk> {
        let setup = Setup {
            packs: self.packs.clone(),
            paths: self.paths.clone(),
            config: self.config.clone(),
            chance: chance(),
            zone: Some(clock::zone()),
        };
        Desk::open(setup, clock::now()).map_err(|error| store_failure(&error))
    }

    /// The full screen, at a place of its own.
    pub(super) fn screen(&self, start: Start) -> Outcome {
        let desk = self.open()?;
        let dir = self.paths.data.clone();
        // What fails here is found again at the next start, and said then.
        let backup = std::thread::spawn(move || Store::auto_backup(&dir, clock::now()));
        tui::run_at(desk, self.theme, clock::running, start)?;
        let _ = backup.join();
        Ok(Exit::Done)
    }

    /// The end of a command that wrote something: whether it is on disk, and the daily backup.
    pub(super) fn close(&self, mut desk: Desk) -> Outcome {
        desk.retry_unsaved(clock::now());
        match desk.unsaved_line() {
            Some(line) if desk.journal.unsaved() > 0 => {
                let rescued = rescue(&desk).map_or_else(String::new, |path| {
                    let path = path.display();
                    format!("; what waits is in {path}: `greenroom import {path}` takes it in")
                });
                Err(Failure::data(format!("{}{rescued}", line.trim())))
            }
            _ => {
                let _ = Store::auto_backup(&self.paths.data, clock::now());
                Ok(Exit::Done)
            }
        }
    }
}

/// Writes what could not be saved to a file among the temporary ones.
fn rescue(desk: &Desk) -> Option<PathBuf> {
    let mut file = tempfile::Builder::new()
        .prefix("greenroom-unsaved-")
        .suffix(".jsonl")
        .tempfile()
        .ok()?;
    let written = desk.journal.export_unsaved(&mut file).ok()?;
    if written == 0 {
        return None;
    }
    file.as_file().sync_all().ok()?;
    file.keep().ok().map(|(_, path)| path)
}

/// Says once that a session goes on without being saved.
#[derive(Debug, Default)]
pub(super) struct Banner {
    said: bool,
}

impl Banner {
    pub(super) fn look(&mut self, desk: &Desk) {
        let line = desk.unsaved_line().filter(|_| desk.journal.unsaved() > 0);
        if let (Some(line), false) = (&line, self.said) {
            out::complain(line.trim());
        }
        self.said = line.is_some();
    }
}

/// A text of the usual width.
pub(super) fn page() -> Page {
    Page::new(out::width())
}

/// A random number.
pub(super) fn chance() -> u64 {
    rand::rng().random()
}

/// Says what to do about progress that needs a decision.
pub(super) fn store_failure(error: &StoreError) -> Failure {
    Failure::data(match error {
        StoreError::Corrupt { .. } | StoreError::Missing { .. } => format!(
            "{error}; run `greenroom restore --newest`, or `greenroom restore --fresh` to start over"
        ),
        _ => error.to_string(),
    })
}

/// The case of this id, or a line with the nearest one.
pub(super) fn known_case(desk: &Desk, id: &str) -> Outcome<()> {
    if desk.library.case_head(id).is_some() {
        return Ok(());
    }
    let names = desk.library.cases().map(|head| head.id.as_str());
    Err(Failure::usage(match nearest(id, names) {
        Some(name) => format!("there is no case `{id}`; did you mean `{name}`?"),
        None => format!("there is no case `{id}`; `greenroom read` lists them"),
    }))
}

/// A case or a page that is none, or a line with the nearest case.
pub(super) fn known_page(desk: &Desk, id: &str) -> Outcome<()> {
    match content::Page::of(id) {
        Some(_) => Ok(()),
        None => known_case(desk, id),
    }
}

fn path_of(variable: &str) -> Option<PathBuf> {
    let value = env::var_os(variable).filter(|value| !value.is_empty());
    value.map(PathBuf::from)
}

fn configuration(path: &Path, must_exist: bool) -> Outcome<Config> {
    let label = path.display().to_string();
    // A link to the file is fine: many keep their settings elsewhere.
    let Ok(real) = path.canonicalize() else {
        return if must_exist {
            Err(Failure::usage(format!("{label}: no such file")))
        } else {
            Ok(Config::default())
        };
    };
    let usage = |fault: content::Fault| Failure::usage(fault.to_string());
    let text = content::read(&real, &label).map_err(usage)?;
    let bare = |line: &str| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#') || line == "---"
    };
    if text.lines().all(bare) {
        return Ok(Config::default());
    }
    let mut config: Config = content::parse(&text, &label).map_err(usage)?;
    if !(0.7..=0.97).contains(&config.retention) {
        return Err(Failure::usage(format!(
            "{label}: retention is {}; it must lie between 0.7 and 0.97",
            config.retention
        )));
    }
    if let Some(name) = &config.theme {
        if name != "auto" && Theme::named(name).is_none() {
            return Err(Failure::usage(format!(
                "{label}: there is no theme `{name}`: auto, ansi, dark, light, mono"
            )));
        }
    }
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    for pack in &mut config.packs {
        *pack = folder.join(&pack);
    }
    Ok(config)
}

/// `--theme` is the learner's word for this once; otherwise `NO_COLOR` comes first.
fn theme(flag: Option<&str>, file: Option<&str>) -> Outcome<Theme> {
    if let Some(theme) = flag.and_then(Theme::named) {
        return Ok(theme);
    }
    let set = |variable: &str| env::var(variable).ok().filter(|value| !value.is_empty());
    let dumb = set("TERM").is_some_and(|term| term == "dumb");
    if env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) || dumb {
        return Ok(Theme::Mono);
    }
    let name = match flag {
        Some(name) => Some(name.to_owned()),
        None => set("GREENROOM_THEME").or_else(|| file.map(str::to_owned)),
    };
    match name.as_deref() {
        None | Some("auto") => Ok(Theme::default()),
        Some(name) => Theme::named(name).ok_or_else(|| {
            Failure::usage(format!(
                "there is no theme `{name}`: auto, ansi, dark, light, mono"
            ))
        }),
    }
}
