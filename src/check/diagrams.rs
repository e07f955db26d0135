//! Flowcharts: the one place that knows the diagram room.

use super::faults::Faults;
use super::tree::Mark;
use crate::diagram::{self, Graph};
use unicode_width::UnicodeWidthStr;

/// Columns of a page on a screen of eighty.
const WIDTH: usize = 76;

/// Checks the flowchart of a whiteboard, a value that begins at `mark`.
pub(super) fn check_whiteboard(source: &str, mark: Mark, faults: &mut Faults) {
    match diagram::read(source) {
        Ok(graph) => check_drawing(&graph, mark, faults),
        Err(fault) => {
            let message = format!("this whiteboard cannot be read: {fault}");
            faults.fault(mark, message, "write a flowchart, or `a -> b: label`");
        }
    }
}

/// Checks a fence whose first line is `first` of its file.
pub(super) fn check_fence(source: &str, first: usize, faults: &mut Faults) {
    match diagram::parse(source) {
        Ok(graph) => {
            let mark = Mark {
                line: first,
                column: 1,
            };
            check_drawing(&graph, mark, faults);
        }
        Err(fault) => {
            let mark = Mark {
                line: first + fault.line.saturating_sub(1),
                column: fault.column.max(1),
            };
            let message = format!("this diagram cannot be read: {}", fault.message);
            let fix = "write a Mermaid flowchart; `greenroom diagram` draws it";
            faults.fault(mark, message, fix);
        }
    }
}

fn check_drawing(graph: &Graph, mark: Mark, faults: &mut Faults) {
    if graph.nodes.is_empty() {
        faults.fault(mark, "this diagram has no boxes", "name at least one");
        return;
    }
    let lines = diagram::draw(graph, WIDTH);
    let widest = lines
        .iter()
        .map(|line| line.spans.iter().map(|span| span.text.width()).sum())
        .max()
        .unwrap_or(0);
    if widest > WIDTH {
        faults.fault(
            mark,
            format!("this diagram is {widest} columns wide; a page has {WIDTH}"),
            "shorten its labels, or split it",
        );
    }
}
