//! The folder of the progress database: which file is called what, and moving files safely.

use super::StoreError;
use chrono::{DateTime, Utc};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Files under this name are half made; after a crash they may be swept away.
pub(super) const TEMP_PREFIX: &str = ".greenroom-tmp-";

/// How often and how far apart a held lock is tried: five seconds in all.
const LOCK_TRIES: u32 = 100;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// The folder and the names in it.
#[derive(Clone, Debug)]
pub(super) struct Home {
    dir: PathBuf,
}

impl Home {
    pub(super) fn new(dir: &Path) -> Self {
        Self {
            dir: dir.to_path_buf(),
        }
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(super) fn db(&self) -> PathBuf {
        self.dir.join("progress.db")
    }

    pub(super) fn backups(&self) -> PathBuf {
        self.dir.join("backups")
    }

    /// Set when damage was met in passing: the next start checks the whole file.
    pub(super) fn suspect(&self) -> PathBuf {
        self.dir.join("progress.suspect")
    }

    /// Makes the folder.
    pub(super) fn ensure(&self) -> Result<(), StoreError> {
        fs::create_dir_all(&self.dir).map_err(|source| {
            StoreError::from_io(&self.dir, source).unwrap_or_else(|source| StoreError::Folder {
                path: self.dir.clone(),
                source,
            })
        })
    }

    /// One process at a time creates, moves, restores or migrates. `None` where the folder cannot
    /// be written or the file system has no locks: then opening itself says what is wrong.
    pub(super) fn lock(&self) -> Result<Option<File>, StoreError> {
        let path = self.dir.join("progress.lock");
        let Ok(file) = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
        else {
            return Ok(None);
        };
        for _ in 0..LOCK_TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Some(file)),
                Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
                Err(TryLockError::Error(_)) => return Ok(None),
            }
        }
        Err(StoreError::Busy { path: self.db() })
    }

    /// Moves the database with its log aside under a name that is still free. The database goes
    /// first: left alone, a log is harmless, while a database without its log lacks the newest
    /// commits and looks whole.
    pub(super) fn move_aside(&self, now: DateTime<Utc>) -> Result<PathBuf, StoreError> {
        let db = self.db();
        let target = self.free_name(now);
        fs::rename(&db, &target).map_err(|e| StoreError::file(&db, e))?;
        self.move_log(&target)?;
        sync_dir(&self.dir).map_err(|e| StoreError::file(&self.dir, e))?;
        Ok(target)
    }

    /// A log without its database: SQLite would delete it beside a new one.
    pub(super) fn move_stray_log(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.move_log(&self.free_name(now))
    }

    fn move_log(&self, target: &Path) -> Result<(), StoreError> {
        for tail in ["-wal", "-shm"] {
            let from = with_tail(&self.db(), tail);
            match fs::rename(&from, with_tail(target, tail)) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::file(&from, e))
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn free_name(&self, now: DateTime<Utc>) -> PathBuf {
        let mut ms = now.timestamp_millis();
        loop {
            let path = self.dir.join(format!("progress.corrupt-{ms}"));
            let taken = |p: &Path| fs::symlink_metadata(p).is_ok();
            if !taken(&path) && !taken(&with_tail(&path, "-wal")) {
                return path;
            }
            ms += 1;
        }
    }

    /// Best effort: without the mark the damage is found by the daily check.
    pub(super) fn mark_suspect(&self) {
        let _ = File::create(self.suspect());
    }
}

/// `progress.db` with `-wal` and the like behind it.
pub(super) fn with_tail(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(tail);
    PathBuf::from(name)
}

/// A rename is on disk only when the folder is.
pub(super) fn sync_dir(dir: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(dir)?.sync_all()
    } else {
        Ok(())
    }
}

/// An empty file that vanishes unless it is persisted under its real name. Closed at once, so that
/// only SQLite has it open.
pub(super) fn temp_in(dir: &Path) -> io::Result<tempfile::TempPath> {
    let file = tempfile::Builder::new()
        .prefix(TEMP_PREFIX)
        .tempfile_in(dir)?;
    Ok(file.into_temp_path())
}
