//! What can go wrong with the progress file, as one clear line each.

use crate::text::clean_line;
use rusqlite::ErrorCode;
use std::io;
use std::path::{Path, PathBuf};

/// Progress could not be read or written. The text is one line for the learner: what, where, and
/// what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The folder for progress cannot be made or looked into.
    #[error("cannot use the folder {}: {source}; choose another folder for progress", show(.path))]
    Folder { path: PathBuf, source: io::Error },

    /// Nothing can be written there.
    #[error("{} cannot be written; make the file and its folder writable, or choose another folder for progress", show(.path))]
    ReadOnly { path: PathBuf },

    /// No space is left.
    #[error("the disk is full, {} could not be written; free some space and try again", show(.path))]
    Full { path: PathBuf },

    /// Another process holds the write lock for too long.
    #[error("{} is in use by another greenroom that does not let go; close it and try again", show(.path))]
    Busy { path: PathBuf },

    /// The file went away while it was open.
    #[error("{} was moved or deleted while it was open; put it back, or restore a backup", show(.path))]
    Gone { path: PathBuf },

    /// A newer program has changed the file.
    #[error("{} has format {found}, and this greenroom {} knows format {known}; install a newer greenroom", show(.path), env!("CARGO_PKG_VERSION"))]
    Newer {
        path: PathBuf,
        found: i64,
        known: i64,
    },

    /// The file could not be used and lies aside now; a good backup waits to be restored.
    #[error("{} {damage}; it was moved to {}; the newest good backup is {}", show(.path), show(.moved_to), show(.backup))]
    Corrupt {
        path: PathBuf,
        damage: Damage,
        moved_to: PathBuf,
        backup: PathBuf,
    },

    /// There is no file, but there are backups of one.
    #[error("{} is missing; restore the backup {}, or start afresh", show(.path), show(.backup))]
    Missing { path: PathBuf, backup: PathBuf },

    /// Damage was found while the file was in use.
    #[error("{} is damaged ({why}); start greenroom again to go back to a backup", show(.path))]
    Damaged { path: PathBuf, why: String },

    /// The file that should be restored is not a good backup.
    #[error("{} cannot be restored: it {damage}; choose another backup", show(.path))]
    BadBackup { path: PathBuf, damage: Damage },

    /// A backup onto the file itself.
    #[error("{} is the progress file itself; choose another name for the backup", show(.path))]
    SameFile { path: PathBuf },

    /// Another file could not be read or written.
    #[error("{}: {source}", show(.path))]
    File { path: PathBuf, source: io::Error },

    /// The stream that is exported to or imported from failed.
    #[error("the events could not be passed on: {0}")]
    Stream(#[source] io::Error),

    /// Anything else that the operating system or SQLite reports.
    #[error("{} could not be read or written ({source}); check the disk and its free space", show(.path))]
    Sql {
        path: PathBuf,
        source: rusqlite::Error,
    },
}

/// Why a file is not a usable progress database. Reads on after "the file …".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// SQLite would take it for a new database.
    #[error("is empty")]
    Empty,
    /// Text, a picture, a folder, or a database whose header is gone.
    #[error("is not a database")]
    NotADatabase,
    /// A database of another program.
    #[error("belongs to another program")]
    AnotherProgram,
    /// SQLite finds its pages broken.
    #[error("is damaged ({0})")]
    Broken(String),
    /// Only for a backup: it is of a newer program.
    #[error("has format {0}, newer than this greenroom knows")]
    Newer(i64),
    /// Only for a backup: it cannot be opened.
    #[error("cannot be read ({0})")]
    Unreadable(String),
}

/// A path as one line that cannot move the cursor.
fn show(path: &Path) -> String {
    clean_line(&path.to_string_lossy()).into_owned()
}

impl StoreError {
    /// Sorts SQLite's codes by what the learner can do about them.
    pub(super) fn from_sql(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_path_buf();
        match source.sqlite_error_code() {
            Some(
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::FileLockingProtocolFailed,
            ) => Self::Busy { path },
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged {
                path,
                why: clean_line(&source.to_string()).into_owned(),
            },
            // These two say little; what happens to a small file beside it says more.
            Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure) => {
                match path.parent().map(probe) {
                    Some(Err(why)) => {
                        Self::from_io(&path, why).unwrap_or_else(|_| Self::Sql { path, source })
                    }
                    _ => Self::Sql { path, source },
                }
            }
            _ => Self::Sql { path, source },
        }
    }

    /// Full and read-only are told apart for files too; other errors come back as they were.
    pub(super) fn from_io(path: &Path, source: io::Error) -> Result<Self, io::Error> {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => Ok(Self::Full { path }),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Ok(Self::ReadOnly { path })
            }
            _ => Err(source),
        }
    }

    /// An error while working on a file that is not the database.
    pub(super) fn file(path: &Path, source: io::Error) -> Self {
        Self::from_io(path, source).unwrap_or_else(|source| Self::File {
            path: path.to_path_buf(),
            source,
        })
    }

    /// Whether only opening the store anew can help.
    pub(super) fn needs_reopen(&self) -> bool {
        matches!(self, Self::ReadOnly { .. } | Self::Gone { .. })
    }
}

/// Tries to write a small file that has no name.
fn probe(dir: &Path) -> io::Result<()> {
    use std::io::Write as _;
    let mut file = tempfile::tempfile_in(dir)?;
    file.write_all(&[0; 65_536])?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_is_one_line_with_the_path() {
        let path = PathBuf::from("/a/\u{1b}[2Jb\nprogress.db");
        let error = StoreError::Newer {
            path,
            found: 9,
            known: 1,
        };
        let text = error.to_string();
        assert!(text.starts_with("/a/[2Jb progress.db has format 9, and this greenroom "));
        assert!(!text.contains(['\n', '\u{1b}']), "{text}");
    }
}
