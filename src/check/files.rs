//! Which files a run is about, and what each of them is.

use super::faults::{did_you_mean, Faults};
use crate::content::index::Place;
use crate::content::{self, Fault, Pack};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Deepest folder inside a pack: `cases/<id>/case.yaml`.
const MAX_DEPTH: usize = 3;
const SHARED: [&str; 8] = [
    "framework.yaml",
    "rubric.yaml",
    "lexicon.yaml",
    "interviewer.yaml",
    "plans.yaml",
    "toolbox.yaml",
    "transfer.yaml",
    "reading.yaml",
];
const OF_CASE: [&str; 3] = ["case.yaml", "drills.yaml", "breakdown.md"];

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Framework,
    Rubric,
    Lexicon,
    Interviewer,
    Plans,
    Toolbox,
    Transfer,
    Reading,
    Case,
    Drills,
    Breakdown,
    /// To be told by its first keys.
    Unknown,
}

impl What {
    fn of(name: &str) -> Self {
        match name {
            "framework.yaml" => Self::Framework,
            "rubric.yaml" => Self::Rubric,
            "lexicon.yaml" => Self::Lexicon,
            "interviewer.yaml" => Self::Interviewer,
            "plans.yaml" => Self::Plans,
            "toolbox.yaml" => Self::Toolbox,
            "transfer.yaml" => Self::Transfer,
            "reading.yaml" => Self::Reading,
            "case.yaml" => Self::Case,
            "drills.yaml" => Self::Drills,
            name if name.ends_with(".md") => Self::Breakdown,
            _ => Self::Unknown,
        }
    }
}

/// One file to read.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) what: What,
    /// The case or topic that it belongs to.
    pub(super) topic: Option<String>,
    /// Its path inside the pack, with `/` between folders; its name when it is in no pack.
    pub(super) path: String,
    pub(super) label: String,
    source: Source,
    /// The number of its pack.
    pub(super) pack: usize,
    /// Whether the run is about it; otherwise it is only read for the names in it.
    pub(super) reported: bool,
}

#[derive(Clone, Debug)]
enum Source {
    BuiltIn,
    Disk(PathBuf),
}

impl File {
    pub(super) fn is_built_in(&self) -> bool {
        matches!(self.source, Source::BuiltIn)
    }

    pub(super) fn read(&self) -> Result<Cow<'static, str>, Fault> {
        match &self.source {
            Source::BuiltIn => Pack::BuiltIn.read(&self.path),
            Source::Disk(path) => content::read(path, &self.label).map(Cow::Owned),
        }
    }
}

/// All files of a run.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) files: Vec<File>,
    /// What each pack holds, by paths inside it.
    pub(super) listings: BTreeMap<usize, BTreeSet<String>>,
    /// What is wrong with folders.
    pub(super) faults: Vec<Fault>,
    pub(super) warnings: Vec<Fault>,
    packs: usize,
}

impl Files {
    /// The built-in pack.
    pub(super) fn add_built_in(&mut self) {
        let pack = self.new_pack();
        let Ok(paths) = Pack::BuiltIn.files() else {
            return;
        };
        for path in paths {
            let label = Pack::BuiltIn.label(&path);
            self.push(pack, path, label, Source::BuiltIn, true);
        }
    }

    /// A pack's folder, a case's folder, or one file.
    pub(super) fn add(&mut self, path: &Path) {
        match fs::symlink_metadata(path) {
            Ok(meta) if meta.is_dir() => match pack_of(&path.join("case.yaml")) {
                Some((root, inside)) if path.join("case.yaml").exists() => {
                    let folder = inside.trim_end_matches("case.yaml").to_owned();
                    self.add_part(path, &root, &folder);
                }
                _ => self.add_pack(path),
            },
            // Whatever else it is, reading it says what is wrong.
            _ => match pack_of(path) {
                Some((root, inside)) => self.add_part(path, &root, &inside),
                None => self.add_loose(path),
            },
        }
    }

    fn new_pack(&mut self) -> usize {
        self.packs += 1;
        self.listings.entry(self.packs).or_default();
        self.packs
    }

    fn push(&mut self, pack: usize, path: String, label: String, source: Source, reported: bool) {
        let (what, topic) = match Place::of(&path) {
            Place::Case(id) => (What::Case, Some(id.to_owned())),
            Place::Drills(topic) => (What::Drills, Some(topic.to_owned())),
            Place::Breakdown(id) => (What::Breakdown, Some(id.to_owned())),
            Place::Shared(_) if SHARED.contains(&path.as_str()) => (What::of(&path), None),
            Place::Shared(_) | Place::Other => {
                if reported {
                    self.stray(&path, &label);
                }
                return;
            }
        };
        self.listings.entry(pack).or_default().insert(path.clone());
        self.files.push(File {
            what,
            topic,
            path,
            label,
            source,
            pack,
            reported,
        });
    }

    /// A file that nothing reads.
    fn stray(&mut self, path: &str, label: &str) {
        let parts: Vec<&str> = path.split('/').collect();
        let (names, name) = match parts.as_slice() {
            [name] => (&SHARED[..], *name),
            ["cases", _, name] => (&OF_CASE[..], *name),
            _ => (&[][..], path),
        };
        let yaml = name.ends_with(".yaml") || name.ends_with(".yml");
        let markdown = name.ends_with(".md") && parts.len() == 3;
        if !yaml && !markdown {
            return;
        }
        let mut faults = Faults::new(label);
        let fix = did_you_mean(
            name,
            names.iter().copied(),
            "a pack has cases/<id>/{case.yaml, drills.yaml, breakdown.md}, drills/<topic>.yaml and shared files",
        );
        faults.warn_whole("nothing reads this file", &fix);
        self.warnings.append(&mut faults.warnings);
    }

    fn add_pack(&mut self, root: &Path) {
        let pack = self.new_pack();
        // The loader's own limits.
        if let Err(fault) = Pack::Folder(root.to_path_buf()).files() {
            self.faults.push(fault);
        }
        let before = self.files.len();
        for (path, full) in self.walk(root) {
            let label = full.display().to_string();
            self.push(pack, path, label, Source::Disk(full), true);
        }
        if self.files.len() == before {
            let label = root.display().to_string();
            let fault = Fault::of_file(label, "holds no content");
            self.faults
                .push(fault.fix("name a folder that holds cases/, drills/ or lexicon.yaml"));
        }
        let listing = self.listings.entry(pack).or_default().clone();
        let folders: BTreeSet<&str> = listing
            .iter()
            .filter_map(|path| path.strip_prefix("cases/")?.split('/').next())
            .collect();
        for folder in folders {
            if !listing.contains(&format!("cases/{folder}/case.yaml")) {
                let label = root.join("cases").join(folder).display().to_string();
                let fault = Fault::of_file(label, "a case folder without case.yaml");
                self.faults.push(fault.fix("add case.yaml, or remove it"));
            }
        }
    }

    /// A file of a pack, or its files under a folder that ends in `/`. What else they need of the
    /// pack is read too.
    fn add_part(&mut self, named: &Path, root: &Path, inside: &str) {
        let pack = self.new_pack();
        let case = inside
            .strip_prefix("cases/")
            .and_then(|rest| rest.split('/').next());
        let all = inside == "interviewer.yaml" || inside == "plans.yaml";
        let mut found = self.walk(root);
        self.warnings.clear();
        if !found.iter().any(|(path, _)| path.starts_with(inside)) {
            found.push((inside.to_owned(), named.to_path_buf()));
        }
        for (path, full) in found {
            let reported = path == inside || (inside.ends_with('/') && path.starts_with(inside));
            let label = match path.strip_prefix(inside) {
                Some("") => named.display().to_string(),
                Some(rest) if reported => named.join(rest).display().to_string(),
                _ => full.display().to_string(),
            };
            self.listings.entry(pack).or_default().insert(path.clone());
            let place = Place::of(&path);
            let needed = match place {
                Place::Shared(_) => true,
                Place::Case(id) | Place::Breakdown(id) => all || case == Some(id),
                Place::Drills(topic) => case == Some(topic),
                Place::Other => false,
            };
            if reported || needed {
                self.push(pack, path, label, Source::Disk(full), reported);
            }
        }
    }

    /// A file that is in no pack.
    fn add_loose(&mut self, path: &Path) {
        let pack = self.new_pack();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        self.files.push(File {
            what: What::of(&name),
            topic: None,
            path: name,
            label: path.display().to_string(),
            source: Source::Disk(path.to_path_buf()),
            pack,
            reported: true,
        });
    }

    /// Files under a folder by their paths inside it, sorted.
    fn walk(&mut self, root: &Path) -> Vec<(String, PathBuf)> {
        let mut found = Vec::new();
        let mut open = vec![(root.to_path_buf(), String::new(), 0)];
        while let Some((folder, prefix, depth)) = open.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    let label = folder.display().to_string();
                    let fault = Fault::of_file(label, format!("cannot be listed: {error}"));
                    self.faults.push(fault.fix("make it readable"));
                    continue;
                }
            };
            for entry in entries.flatten() {
                let name = entry.file_name();
                let path = entry.path();
                let Some(name) = name.to_str() else {
                    let fault =
                        Fault::of_file(path.display().to_string(), "has a name that is not UTF-8");
                    self.warnings.push(fault.fix("rename it"));
                    continue;
                };
                if name.starts_with('.') {
                    continue;
                }
                let inside = format!("{prefix}{name}");
                let kind = entry.file_type().ok();
                let is_place = !matches!(Place::of(&inside), Place::Other);
                if kind.is_some_and(|kind| kind.is_symlink()) && !is_place {
                    let fault = Fault::of_file(path.display().to_string(), "is a link");
                    self.warnings
                        .push(fault.fix("links are not followed; put the folder itself here"));
                } else if kind.is_some_and(|kind| kind.is_dir()) && !is_place {
                    if depth + 1 < MAX_DEPTH {
                        open.push((path, format!("{inside}/"), depth + 1));
                    }
                } else {
                    found.push((inside, path));
                }
            }
        }
        found.sort();
        found
    }
}

/// The pack that a file is in by its place, and its path inside it.
fn pack_of(path: &Path) -> Option<(PathBuf, String)> {
    let whole = std::path::absolute(path).ok()?;
    let parts: Vec<&str> = whole
        .components()
        .map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => Some(""),
        })
        .collect::<Option<_>>()?;
    let (inside, up) = match parts.as_slice() {
        [.., "cases", id, name] if OF_CASE.contains(name) => (format!("cases/{id}/{name}"), 3),
        [.., "drills", name] if name.ends_with(".yaml") => (format!("drills/{name}"), 2),
        [.., name] if SHARED.contains(name) => ((*name).to_owned(), 1),
        _ => return None,
    };
    let root = whole.ancestors().nth(up)?.to_path_buf();
    Some((root, inside))
}
