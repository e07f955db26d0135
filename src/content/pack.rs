//! A pack: a folder of content, or the one that is compiled into the binary.

use super::index::{drill_texts, DrillText, Index, Place};
use super::{file, Fault};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use xxhash_rust::xxh3::xxh3_64;

mod built_in {
    include!(concat!(env!("OUT_DIR"), "/files.rs"));
    pub(super) static INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/index.bin"));
    pub(super) static TEXTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/texts.bin"));
}

/// Most files that a pack may hold.
const MAX_FILES: usize = 5_000;
/// Deepest folder inside a pack: `cases/<id>/case.yaml`.
const MAX_DEPTH: usize = 3;

/// Where a pack's files come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pack {
    BuiltIn,
    Folder(PathBuf),
}

/// What was made of a pack with what it was made from, so that it can be used again.
#[derive(Serialize, Deserialize)]
struct Cached<T> {
    version: String,
    files: Vec<Stamp>,
    made: T,
}

/// A file's path inside the pack, size and time of change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Stamp {
    path: String,
    bytes: u64,
    changed_ns: u128,
}

impl Pack {
    /// The pack's files, sorted, with `/` between folders.
    ///
    /// # Errors
    /// When the folder cannot be listed or holds too many files.
    pub fn files(&self) -> Result<Vec<String>, Fault> {
        match self {
            Self::BuiltIn => Ok(built_in::FILES
                .iter()
                .map(|(path, _)| (*path).to_owned())
                .collect()),
            Self::Folder(root) => Ok(stamps(root)?.into_iter().map(|stamp| stamp.path).collect()),
        }
    }

    /// A file of the pack by its path inside it.
    ///
    /// # Errors
    /// See [`file::read`].
    pub fn read(&self, path: &str) -> Result<Cow<'static, str>, Fault> {
        match self {
            Self::BuiltIn => built_in::FILES
                .binary_search_by(|(own, _)| (*own).cmp(path))
                .ok()
                .and_then(|at| built_in::FILES.get(at))
                .map(|(_, text)| Cow::Borrowed(*text))
                .ok_or_else(|| {
                    Fault::of_file(self.label(path), "is not part of the built-in pack")
                }),
            Self::Folder(root) => {
                let mut full = root.clone();
                full.extend(path.split('/'));
                file::read(&full, &self.label(path)).map(Cow::Owned)
            }
        }
    }

    pub fn has(&self, path: &str) -> bool {
        match self {
            Self::BuiltIn => built_in::FILES
                .binary_search_by(|(own, _)| (*own).cmp(path))
                .is_ok(),
            Self::Folder(root) => path
                .split('/')
                .fold(root.clone(), |full, part| full.join(part))
                .is_file(),
        }
    }

    /// How a user would name a file of the pack.
    pub fn label(&self, path: &str) -> String {
        match self {
            Self::BuiltIn => format!("content/{path}"),
            Self::Folder(root) => root.join(path).display().to_string(),
        }
    }

    /// Cases and drills of the pack; files that do not parse are left out and named. With a
    /// `cache` folder the index of a folder pack is kept there and used while no file changed.
    pub fn index(&self, cache: Option<&Path>) -> (Index, Vec<Fault>) {
        match self {
            Self::BuiltIn => match postcard::from_bytes(built_in::INDEX) {
                Ok(index) => (index, Vec::new()),
                Err(error) => {
                    let fault = Fault::of_file(
                        "the built-in pack",
                        format!("its index cannot be read: {error}"),
                    );
                    (Index::default(), vec![fault])
                }
            },
            Self::Folder(root) => match stamps(root) {
                Ok(files) => cached(root, "index", files, cache, |files| self.make_index(files)),
                Err(fault) => (Index::default(), vec![fault]),
            },
        }
    }

    /// What search reads of the pack's drills; broken files are left out. Kept in the `cache`
    /// folder like the index.
    pub fn drill_texts(&self, cache: Option<&Path>) -> Vec<DrillText> {
        match self {
            Self::BuiltIn => postcard::from_bytes(built_in::TEXTS).unwrap_or_default(),
            Self::Folder(root) => {
                let files = stamps(root).unwrap_or_default();
                let make = |files: &[Stamp]| {
                    let texts = files.iter().filter_map(|stamp| {
                        let text = self.read(&stamp.path).ok()?;
                        drill_texts(&stamp.path, &text).ok()
                    });
                    (texts.flatten().collect(), Vec::new())
                };
                cached(root, "texts", files, cache, make).0
            }
        }
    }

    fn make_index(&self, files: &[Stamp]) -> (Index, Vec<Fault>) {
        let mut index = Index::default();
        let mut faults = Vec::new();
        for stamp in files {
            if !matches!(Place::of(&stamp.path), Place::Case(_) | Place::Drills(_)) {
                continue;
            }
            let label = self.label(&stamp.path);
            match self.read(&stamp.path) {
                Ok(text) => {
                    if let Err(error) = index.add(&stamp.path, &text) {
                        faults.push(file::fault(&error, &label));
                    }
                }
                Err(fault) => faults.push(fault),
            }
        }
        (index, faults)
    }
}

/// What `make` makes of the files, or what it made of them the last time.
fn cached<T: Serialize + DeserializeOwned>(
    root: &Path,
    what: &str,
    files: Vec<Stamp>,
    cache: Option<&Path>,
    make: impl Fn(&[Stamp]) -> (T, Vec<Fault>),
) -> (T, Vec<Fault>) {
    let kept = cache.map(|folder| {
        let name = xxh3_64(root.as_os_str().as_encoded_bytes());
        folder.join(format!("{what}-{name:016x}.bin"))
    });
    let version = env!("CARGO_PKG_VERSION");
    let found = kept.as_deref().and_then(|path| fs::read(path).ok());
    if let Some(old) = found.and_then(|bytes| postcard::from_bytes::<Cached<T>>(&bytes).ok()) {
        if old.version == version && old.files == files {
            return (old.made, Vec::new());
        }
    }
    let (made, faults) = make(&files);
    // A pack with faults is read again each time, so that they are named each time.
    let (Some(path), true) = (kept, faults.is_empty()) else {
        return (made, faults);
    };
    let cached = Cached {
        version: version.to_owned(),
        files,
        made,
    };
    if let Ok(bytes) = postcard::to_stdvec(&cached) {
        // Only a cache: when it cannot be written, the next start is slower.
        let _ = path.parent().map(fs::create_dir_all);
        let _ = fs::write(path, bytes);
    }
    (cached.made, faults)
}

fn stamps(root: &Path) -> Result<Vec<Stamp>, Fault> {
    let mut found = Vec::new();
    list(root, "", 0, &mut found).map_err(|error| {
        Fault::of_file(root.display().to_string(), file::plain(&error))
            .fix("name a folder that holds cases/ or drills/")
    })?;
    if found.len() > MAX_FILES {
        return Err(
            Fault::of_file(root.display().to_string(), "holds too many files")
                .fix("a pack has at most 5,000"),
        );
    }
    found.sort();
    Ok(found)
}

fn list(folder: &Path, prefix: &str, depth: usize, found: &mut Vec<Stamp>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else {
            continue;
        };
        let path = format!("{prefix}{name}");
        let meta = entry.metadata()?;
        if meta.is_dir() && depth + 1 < MAX_DEPTH {
            list(&entry.path(), &format!("{path}/"), depth + 1, found)?;
        } else if Place::of(&path) != Place::Other && found.len() <= MAX_FILES {
            let changed = meta
                .modified()
                .ok()
                .and_then(|at| at.duration_since(UNIX_EPOCH).ok());
            found.push(Stamp {
                path,
                bytes: meta.len(),
                changed_ns: changed.map_or(0, |since| since.as_nanos()),
            });
        }
    }
    Ok(())
}
