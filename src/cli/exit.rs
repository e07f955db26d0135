//! Exit codes, and the one line that says why a command failed.

use std::io;
use std::process::ExitCode;

/// What the process says when it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// 0
    Done,
    /// 1: the answer is "no"; check found faults, a search found nothing.
    No,
    /// 2: the command cannot be understood.
    Usage,
    /// 3: data could not be read or written.
    Data,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command did not work, for standard error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) exit: Exit,
    pub(super) line: String,
}

pub(super) type Outcome<T = Exit> = Result<T, Failure>;

impl Failure {
    /// What is asked for cannot be done as things are.
    pub(super) fn no(line: impl Into<String>) -> Self {
        Self {
            exit: Exit::No,
            line: line.into(),
        }
    }

    /// The command cannot be understood.
    pub(super) fn usage(line: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            line: line.into(),
        }
    }

    /// Data could not be read or written.
    pub(super) fn data(line: impl Into<String>) -> Self {
        Self {
            exit: Exit::Data,
            line: line.into(),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::data(error.to_string())
    }
}
