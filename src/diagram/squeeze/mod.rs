//! The smallest coordinates that keep everything apart: first sideways, then downwards.
//!
//! Things fall one after the other against what is there already, as far as their distance from it
//! allows. What never meets may end up side by side, so no line is kept for nothing.

mod across;
mod down;

use super::graph::Graph;
use super::layout::size::Sizes;
use super::layout::Plan;
use super::route::grid::Spot;
use super::route::Wires;
use super::tags::Tag;

/// Where everything is, in cells of the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Geometry {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Left edge of each column of boxes, top of each row.
    pub(super) col_x: Vec<usize>,
    pub(super) row_y: Vec<usize>,
    /// For each cell of the grid: x where something runs down, y where something runs level.
    pub(super) xs: Vec<usize>,
    pub(super) ys: Vec<usize>,
    /// Left, top, right and bottom of each frame.
    pub(super) frames: Vec<[usize; 4]>,
    /// Left end and first row of each tag that stands beside its line.
    pub(super) tags: Vec<(usize, usize)>,
}

/// What is squeezed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene<'a> {
    pub(super) graph: &'a Graph,
    pub(super) plan: &'a Plan,
    pub(super) sizes: &'a Sizes,
    pub(super) wires: &'a Wires,
    /// What stands on the frame of each group.
    pub(super) titles: &'a [String],
    /// Arrows as short as can be.
    pub(super) tight: bool,
}

impl Scene<'_> {
    pub(super) fn squeeze(&self, tags: &[Tag]) -> Geometry {
        let across = across::across(self, tags);
        down::down(self, tags, across)
    }

    /// Whether something stands at this cell when one goes along its row.
    pub(super) fn is_element(&self, cell: usize) -> bool {
        let spot = self.wires.grid.spots[cell];
        self.wires.usage.runs_down(cell)
            || matches!(spot, Spot::Node(_) | Spot::Side(_) | Spot::Corner)
    }
}

fn to_i64(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn to_usize(n: i64) -> usize {
    usize::try_from(n).unwrap_or(0)
}
