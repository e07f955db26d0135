//! Tables: columns that share the width, or one record a row where columns would be too narrow.

mod columns;
mod grid;
mod records;

use super::flow::Flow;
use super::setter::Laid;
use pulldown_cmark::Alignment;

#[derive(Debug)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    head: Vec<Flow>,
    rows: Vec<Vec<Flow>>,
    in_head: bool,
}

impl Table {
    pub(super) fn new(alignments: &[Alignment]) -> Self {
        Self {
            alignments: alignments.to_vec(),
            head: Vec::new(),
            rows: Vec::new(),
            in_head: true,
        }
    }

    pub(super) fn start_row(&mut self) {
        self.in_head = false;
        self.rows.push(Vec::new());
    }

    pub(super) fn cell(&mut self, cell: Flow) {
        if self.in_head {
            self.head.push(cell);
        } else if let Some(row) = self.rows.last_mut() {
            row.push(cell);
        }
    }

    pub(super) fn lay(&self, room: usize) -> Laid {
        match columns::widths(self, room) {
            Some(widths) => grid::lay(self, &widths),
            None => records::lay(self, room),
        }
    }

    fn has_head(&self) -> bool {
        self.head.iter().any(|cell| !cell.is_empty())
    }

    fn cells(&self) -> impl Iterator<Item = &Vec<Flow>> {
        std::iter::once(&self.head).chain(&self.rows)
    }
}
