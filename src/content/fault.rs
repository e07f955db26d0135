//! What is wrong with a content file, where, and what to do.

use std::fmt;

/// One fault, at a place that an editor can jump to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file as the user would name it.
    pub file: String,
    /// From 1; 0 when the fault is the whole file.
    pub line: usize,
    /// From 1, in characters; 0 when the fault is the whole file.
    pub column: usize,
    pub message: String,
    /// What to do.
    pub fix: Option<String>,
}

impl Fault {
    /// A fault of the whole file.
    pub fn of_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: 0,
            column: 0,
            message: message.into(),
            fix: None,
        }
    }

    #[must_use]
    pub fn at(mut self, line: usize, column: usize) -> Self {
        self.line = line;
        self.column = column;
        self
    }

    #[must_use]
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        write!(f, ": {}", self.message)?;
        match &self.fix {
            Some(fix) => write!(f, " ({fix})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}
