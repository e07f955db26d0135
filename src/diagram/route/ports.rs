//! Where an edge may leave its source and reach its target.

use super::grid::{Dir, Grid, Spot};
use super::search::{Goals, Start};
use super::usage::{Path, Set, Usage};
use crate::diagram::graph::{Direction, Edge, End, Graph, Tip};
use crate::diagram::layout::size::Sizes;
use crate::diagram::layout::Plan;

/// What a port costs that is not where the flow would have it.
const BESIDE: u32 = 5;
const AGAINST: u32 = 12;
const OFF_CENTRE: u32 = 3;
/// Branching off another edge, or joining it.
const SHARE: u32 = 2;
/// The same, when one of them carries a label.
const SHARE_LABELLED: u32 = 6;

pub(super) struct Ports<'a> {
    pub(super) graph: &'a Graph,
    pub(super) plan: &'a Plan,
    pub(super) sizes: &'a Sizes,
    pub(super) grid: &'a Grid,
    pub(super) usage: &'a Usage,
    pub(super) paths: &'a [Option<Path>],
    /// Edges that share no line.
    pub(super) alone: Set,
}

/// One of the two ends of an edge.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    From,
    To,
}

impl Ports<'_> {
    /// Starts on the source's border.
    pub(super) fn starts(&self, edge: usize) -> Vec<Start> {
        let this = &self.graph.edges[edge];
        let (from, to) = (this.from, this.to);
        self.outlets(from, to, self.wanted(edge, Side::From))
            .into_iter()
            .map(|(cell, dir, cost)| Start { cell, dir, cost })
            .collect()
    }

    /// Starts on edges of the same source.
    pub(super) fn branches(&self, edge: usize) -> Vec<Start> {
        self.tree(edge, Side::From)
            .into_iter()
            .map(|(cell, dir, cost)| Start { cell, dir, cost })
            .collect()
    }

    /// Goals on the target's border.
    pub(super) fn goals(&self, edge: usize) -> Goals {
        let this = &self.graph.edges[edge];
        let (from, to) = (this.from, this.to);
        let mut goals = Goals {
            own: self.own_frames(from, to),
            ..Goals::default()
        };
        for (cell, dir, cost) in self.outlets(to, from, self.wanted(edge, Side::To)) {
            goals.costs.insert((cell, dir.back()), cost);
        }
        goals
    }

    fn own_frames(&self, from: End, to: End) -> Vec<bool> {
        let innermost = |end: End| match end {
            End::Node(node) => self.graph.nodes[node].group,
            End::Group(group) => Some(group),
        };
        let holds = |group: usize| {
            let ends = [from, to].into_iter();
            ends.flat_map(|end| self.graph.around(innermost(end)))
                .any(|outer| outer == group)
        };
        let frames = self.plan.frames.iter();
        frames.map(|frame| holds(frame.group)).collect()
    }

    /// Goals on edges to the same target.
    pub(super) fn joins(&self, edge: usize) -> Goals {
        let mut goals = Goals::default();
        for (cell, dir, cost) in self.tree(edge, Side::To) {
            goals.costs.entry((cell, dir.back())).or_insert(cost);
        }
        goals
    }

    /// The side of a box that the flow would use for this end of an edge.
    fn wanted(&self, edge: usize, side: Side) -> Wanted {
        let this = &self.graph.edges[edge];
        let (from, to) = (self.cell_of(this.from), self.cell_of(this.to));
        let flow = match self.plan.flow {
            Direction::Right => Dir::Right,
            Direction::Left => Dir::Left,
            Direction::Down => Dir::Down,
            Direction::Up => Dir::Up,
        };
        let ahead = match flow {
            Dir::Right => to.1 > from.1,
            Dir::Left => to.1 < from.1,
            Dir::Down => to.0 > from.0,
            Dir::Up => to.0 < from.0,
        };
        let along = if side == Side::From {
            flow
        } else {
            flow.back()
        };
        Wanted { along, ahead }
    }

    fn cell_of(&self, end: End) -> (usize, usize) {
        match end {
            End::Node(node) => self.plan.cells[node],
            End::Group(group) => self
                .plan
                .frames
                .iter()
                .find(|frame| frame.group == group)
                .map_or((0, 0), |frame| (frame.rows.0, frame.cols.0)),
        }
    }

    /// Cells on the border of an end, the direction that leads away, and what that costs.
    fn outlets(&self, end: End, other: End, wanted: Wanted) -> Vec<(usize, Dir, u32)> {
        match end {
            End::Node(node) => self.of_node(node, wanted),
            End::Group(group) => self.of_group(group, other),
        }
    }

    fn of_node(&self, node: usize, wanted: Wanted) -> Vec<(usize, Dir, u32)> {
        let (row, col) = self.plan.cells[node];
        let (xs, ys) = (
            self.grid.across.bands[col].clone(),
            self.grid.down.bands[row].clone(),
        );
        let top = self.sizes.offset(self.plan, node);
        let inside = ys.start + top..ys.start + top + self.sizes.height(node) - 2;
        let middle = (self.sizes.row_height[row] - 1) / 2 - 1 + ys.start;
        let centre = xs.start + xs.len() / 2;
        let mut out = Vec::new();
        for dir in Dir::ALL {
            let side = wanted.cost(dir);
            if dir.is_level() {
                let x = if dir == Dir::Right {
                    xs.end - 1
                } else {
                    xs.start
                };
                for y in inside.clone() {
                    let off = u32::try_from(y.abs_diff(middle)).unwrap_or(0);
                    out.push((self.grid.cell(x, y), dir, side + OFF_CENTRE * off));
                }
            } else {
                let y = if dir == Dir::Down {
                    ys.end - 1
                } else {
                    ys.start
                };
                for x in xs.clone() {
                    let off = u32::try_from(x.abs_diff(centre)).unwrap_or(0);
                    out.push((self.grid.cell(x, y), dir, side + OFF_CENTRE * off));
                }
            }
        }
        out.retain(|&(cell, dir, _)| self.usage.side(cell, dir) == 0);
        out
    }

    /// Every cell of a frame's border, outwards, or inwards when the other end lies inside.
    fn of_group(&self, group: usize, other: End) -> Vec<(usize, Dir, u32)> {
        let inwards = match other {
            End::Node(node) => self.graph.holds(group, node),
            End::Group(inner) => self.graph.around(Some(inner)).any(|outer| outer == group),
        };
        let mut out = Vec::new();
        for (frame, _) in self
            .plan
            .frames
            .iter()
            .enumerate()
            .filter(|(_, frame)| frame.group == group)
        {
            let (left, right) = self.grid.across.borders[frame];
            let (top, bottom) = self.grid.down.borders[frame];
            for x in left + 1..right {
                out.push((self.grid.cell(x, top), Dir::Up, BESIDE));
                out.push((self.grid.cell(x, bottom), Dir::Down, BESIDE));
            }
            for y in top + 1..bottom {
                out.push((self.grid.cell(left, y), Dir::Left, BESIDE));
                out.push((self.grid.cell(right, y), Dir::Right, BESIDE));
            }
        }
        if inwards {
            for (_, dir, _) in &mut out {
                *dir = dir.back();
            }
        }
        out.retain(|&(cell, _, _)| self.usage.all(cell) == 0);
        out
    }

    /// Places on edges of the same source (or target) where this one may branch off (or join).
    ///
    /// Lines that hang together are all from one source or all to one target, never a mixture that
    /// could be read wrongly.
    fn tree(&self, edge: usize, side: Side) -> Vec<(usize, Dir, u32)> {
        let kin = self.kin(edge, side);
        let mut out = Vec::new();
        for (other, path) in self.paths.iter().enumerate() {
            let Some(path) = path.as_ref().filter(|_| kin & (1 << other) != 0) else {
                continue;
            };
            if path.windows(2).any(|pair| match *pair {
                [a, b] => self.usage.side(a, self.grid.dir(a, b)) & !kin != 0,
                _ => false,
            }) {
                continue;
            }
            let labelled = [edge, other]
                .iter()
                .any(|&edge| self.graph.edges[edge].label.is_some());
            let cost = if labelled { SHARE_LABELLED } else { SHARE };
            for &cell in path.iter().skip(1).rev().skip(1) {
                let fits = self.grid.spots[cell] == Spot::Open
                    && self.usage.all(cell) & !kin == 0
                    && self.usage.degree(cell) < 4;
                if !fits {
                    continue;
                }
                for dir in Dir::ALL {
                    if self.usage.side(cell, dir) == 0 {
                        out.push((cell, dir, cost));
                    }
                }
            }
        }
        out
    }

    /// The edges that may share a line with this one: the same end, the same look.
    fn kin(&self, edge: usize, side: Side) -> Set {
        let this = &self.graph.edges[edge];
        let plain = |edge: &Edge| edge.tail == Tip::None && edge.head == Tip::Arrow;
        let mut kin = 0;
        for (index, other) in self.graph.edges.iter().enumerate() {
            let (same, apart) = match side {
                Side::From => (other.from == this.from, other.to != this.to),
                Side::To => (other.to == this.to, other.from != this.from),
            };
            let alike = plain(this) && plain(other) && this.stroke == other.stroke;
            let is_loop = this.from == this.to || other.from == other.to;
            let is_loop = is_loop || self.alone & (1 << edge | 1 << index) != 0;
            if index != edge && same && apart && alike && !is_loop {
                kin |= 1 << index;
            }
        }
        kin
    }

    /// The whole path of an edge: what it shares before and after the way that was found.
    pub(super) fn complete(&self, edge: usize, cells: Path) -> Path {
        let (Some(&first), Some(&last)) = (cells.first(), cells.last()) else {
            return cells;
        };
        let shared = |side: Side, cell: usize| {
            let kin = self.kin(edge, side);
            self.paths
                .iter()
                .enumerate()
                .filter(|(other, _)| kin & (1 << other) != 0)
                .filter_map(|(_, path)| path.as_ref())
                .find_map(|path| {
                    let at = path.iter().position(|&other| other == cell)?;
                    (self.grid.spots[cell] == Spot::Open).then_some((path, at))
                })
        };
        let mut whole = Path::new();
        if let Some((path, at)) = shared(Side::From, first) {
            whole.extend(&path[..at]);
        }
        whole.extend(&cells);
        if let Some((path, at)) = shared(Side::To, last) {
            whole.extend(&path[at + 1..]);
        }
        whole
    }
}

/// The side that the flow would use, and whether the other end lies that way.
#[derive(Clone, Copy)]
struct Wanted {
    along: Dir,
    ahead: bool,
}

impl Wanted {
    fn cost(self, dir: Dir) -> u32 {
        match (dir == self.along, dir == self.along.back()) {
            (true, _) if self.ahead => 0,
            (true, _) => BESIDE - 2,
            (_, true) if self.ahead => AGAINST,
            (_, true) => BESIDE + 2,
            _ if self.ahead => BESIDE,
            _ => BESIDE - 3,
        }
    }
}
