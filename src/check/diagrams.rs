//! Flowcharts: the one place that knows the diagram room.

use super::faults::Faults;
use super::tree::Mark;
use crate::diagram::{self, Graph};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use unicode_width::UnicodeWidthStr;
use xxhash_rust::xxh3::xxh3_64;

/// Columns of a page on a screen of eighty.
const WIDTH: usize = 76;

/// How wide each diagram came out, by a hash of its text: drawing is the slow part of a run, and
/// packs hold the same diagram many times.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    widths: Mutex<BTreeMap<u64, usize>>,
}

impl Drawn {
    fn width(&self, source: &str, graph: &Graph) -> usize {
        let key = xxh3_64(source.as_bytes());
        let widths = || self.widths.lock().unwrap_or_else(PoisonError::into_inner);
        let known = widths().get(&key).copied();
        known.unwrap_or_else(|| {
            let lines = diagram::draw(graph, WIDTH);
            let width = lines
                .iter()
                .map(|line| line.spans.iter().map(|span| span.text.width()).sum())
                .max()
                .unwrap_or(0);
            widths().insert(key, width);
            width
        })
    }
}

/// Checks the flowchart of a whiteboard, a value that begins at `mark`.
pub(super) fn check_whiteboard(source: &str, mark: Mark, drawn: &Drawn, faults: &mut Faults) {
    match diagram::read(source) {
        Ok(graph) => check_drawing(source, &graph, mark, drawn, faults),
        Err(fault) => {
            let message = format!("this whiteboard cannot be read: {fault}");
            faults.fault(mark, message, "write a flowchart, or `a -> b: label`");
        }
    }
}

/// Checks a fence whose first line is `first` of its file.
pub(super) fn check_fence(source: &str, first: usize, drawn: &Drawn, faults: &mut Faults) {
    match diagram::parse(source) {
        Ok(graph) => {
            let mark = Mark {
                line: first,
                column: 1,
            };
            check_drawing(source, &graph, mark, drawn, faults);
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

fn check_drawing(source: &str, graph: &Graph, mark: Mark, drawn: &Drawn, faults: &mut Faults) {
    if graph.nodes.is_empty() {
        faults.fault(mark, "this diagram has no boxes", "name at least one");
        return;
    }
    let widest = drawn.width(source, graph);
    if widest > WIDTH {
        faults.fault(
            mark,
            format!("this diagram is {widest} columns wide; a page has {WIDTH}"),
            "shorten its labels, or split it",
        );
    }
}
