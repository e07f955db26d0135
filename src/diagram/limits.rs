//! How much is read and drawn.

use super::Fault;

pub(super) const BYTES: usize = 64 * 1024;
pub(super) const NODES: usize = 300;
pub(super) const EDGES: usize = 1_000;
pub(super) const GROUPS: usize = 100;
pub(super) const DEPTH: usize = 16;

/// Refuses a source that is too long to be a diagram.
pub(super) fn check_size(source: &str) -> Result<(), Fault> {
    if source.len() <= BYTES {
        return Ok(());
    }
    Err(Fault {
        line: 1,
        column: 1,
        message: format!(
            "{} KiB of flowchart: at most {} KiB are read",
            source.len().div_ceil(1024),
            BYTES / 1024
        ),
    })
}
