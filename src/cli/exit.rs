//! Exit codes.

use std::process::ExitCode;

/// What the process says when it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// 0
    Done,
    /// 1: the answer is "no"; check found faults.
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
