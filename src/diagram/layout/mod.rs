//! Which row and column each box takes, and which frames surround them.

mod blocks;
pub(super) mod estimate;
mod improve;
mod place;
mod ranks;
pub(super) mod size;

pub(super) use improve::TASTES;
pub(super) use place::plan;

use super::graph::{Direction, End, Graph};

/// A grid of cells with at most one box in each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) flow: Direction,
    pub(super) rows: usize,
    pub(super) cols: usize,
    /// Row and column of each node.
    pub(super) cells: Vec<(usize, usize)>,
    pub(super) frames: Vec<Frame>,
}

/// A group's rectangle of cells, both ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) group: usize,
    pub(super) rows: (usize, usize),
    pub(super) cols: (usize, usize),
    /// How many frames surround it.
    pub(super) depth: usize,
}

/// An edge between two boxes as placement sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tie {
    pub(super) from: usize,
    pub(super) to: usize,
    /// It closes a cycle, so it may run against the flow.
    pub(super) back: bool,
}

/// The edges as ties between boxes: an end at a group counts as its first or last box.
fn ties(graph: &Graph) -> Vec<Tie> {
    let first = |end: End| graph.members(end).first().copied();
    let last = |end: End| graph.members(end).last().copied();
    let mut ties: Vec<Tie> = graph
        .edges
        .iter()
        .filter_map(|edge| {
            let (from, to) = (last(edge.from)?, first(edge.to)?);
            let back = false;
            (from != to).then_some(Tie { from, to, back })
        })
        .collect();
    ranks::mark_back(graph.nodes.len(), &mut ties);
    ties
}
