//! What the learner is told once about how progress was opened.

use super::Damage;
use crate::text::clean_line;
use std::fmt;
use std::path::PathBuf;

/// Something that happened while opening, to be said once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// The file could not be used and no good backup was found: progress begins anew.
    MovedAside { to: PathBuf, damage: Damage },
    /// There was no file, and none of its backups was good.
    NoGoodBackup { folder: PathBuf },
    /// The file was brought to the format of this program.
    Migrated { from: i64, to: i64, backup: PathBuf },
    /// What was there before a backup was restored.
    Replaced { kept: PathBuf },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = match self {
            Self::MovedAside { to, damage } => format!(
                "the progress file {damage} and has no good backup; it was moved to {}, and progress starts afresh",
                to.display()
            ),
            Self::NoGoodBackup { folder } => format!(
                "the progress file is missing and no backup in {} can be read; progress starts afresh",
                folder.display()
            ),
            Self::Migrated { from, to, backup } => format!(
                "progress was brought from format {from} to {to}; the old file is kept as {}",
                backup.display()
            ),
            Self::Replaced { kept } => {
                format!("what was there before is kept as {}", kept.display())
            }
        };
        f.write_str(&clean_line(&line))
    }
}
