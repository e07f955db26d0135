//! Why a text is not a flowchart, and where.

/// The first thing that is wrong, with its place (both counted from one, columns in characters).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct Fault {
    pub line: usize,
    pub column: usize,
    pub message: String,
}
