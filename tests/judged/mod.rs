//! Grading held against people: single answers labelled by hand (`tests/data/labelled`) and whole
//! mocks (`tests/data/mocks`). The bench prints what is measured here, `tests/labelled.rs` holds it.

#![allow(dead_code)] // the bench and the tests each use the parts that they need

pub(crate) mod answers;
pub(crate) mod baseline;
pub(crate) mod bootstrap;
pub(crate) mod evaluation;
pub(crate) mod figures;
pub(crate) mod floors;
pub(crate) mod mocks;
pub(crate) mod pairs;
pub(crate) mod people;
pub(crate) mod rank;
pub(crate) mod repeated;
pub(crate) mod whole;

use std::fs;
use std::path::{Path, PathBuf};

/// `tests/data/<name>`.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name)
}

/// One YAML file of a case: `<root>/<case>/<stem>.yaml`.
pub(crate) struct Found {
    pub(crate) case: String,
    pub(crate) stem: String,
    pub(crate) path: PathBuf,
}

impl Found {
    /// How faults name it.
    pub(crate) fn label(&self) -> String {
        format!("{}/{}.yaml", self.case, self.stem)
    }
}

/// The YAML files one folder down, in the order of their names. None when the folder is not there.
pub(crate) fn files(root: &Path) -> Vec<Found> {
    let mut found: Vec<Found> = entries(root)
        .into_iter()
        .filter(|path| path.is_dir())
        .flat_map(|case| entries(&case))
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .map(|path| Found {
            case: name(path.parent().and_then(Path::file_name)),
            stem: name(path.file_stem()),
            path,
        })
        .collect();
    found.sort_by_key(Found::label);
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default()
}

fn name(part: Option<&std::ffi::OsStr>) -> String {
    part.unwrap_or_default().to_string_lossy().into_owned()
}
