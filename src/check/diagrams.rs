//! Flowcharts: the one place that knows the diagram room.

use super::faults::Faults;
use super::tree::Mark;

/// Checks the flowchart of a whiteboard, a value that begins at `mark`.
pub(super) fn check_whiteboard(source: &str, mark: Mark, faults: &mut Faults) {
    let _ = (source, mark, faults);
}

/// Checks a fence whose first line is `first` of its file.
pub(super) fn check_fence(source: &str, first: usize, faults: &mut Faults) {
    let _ = (source, first, faults);
}
