//! Which edges run along which step of the grid.

use super::grid::{Dir, Grid};

/// A set of edges, one bit each: no graph with more than 128 edges is routed.
pub(in crate::diagram) type Set = u128;

/// A path: its cells, one step apart, from the border of one end to that of the other.
pub(in crate::diagram) type Path = Vec<usize>;

#[derive(Clone, Debug)]
pub(in crate::diagram) struct Usage {
    right: Vec<Set>,
    down: Vec<Set>,
    /// The used sides of each cell, one bit each.
    sides: Vec<u8>,
    row: usize,
}

impl Usage {
    pub(super) fn new(grid: &Grid) -> Self {
        Self {
            right: vec![0; grid.spots.len()],
            down: vec![0; grid.spots.len()],
            sides: vec![0; grid.spots.len()],
            row: grid.across.len(),
        }
    }

    /// The edges on one side of a cell.
    pub(in crate::diagram) fn side(&self, cell: usize, dir: Dir) -> Set {
        match dir {
            Dir::Right => self.right[cell],
            Dir::Down => self.down[cell],
            Dir::Left => match cell.checked_sub(1) {
                Some(left) => self.right[left],
                None => 0,
            },
            Dir::Up => match cell.checked_sub(self.row) {
                Some(above) => self.down[above],
                None => 0,
            },
        }
    }

    pub(in crate::diagram) fn all(&self, cell: usize) -> Set {
        Dir::ALL
            .into_iter()
            .fold(0, |set, dir| set | self.side(cell, dir))
    }

    /// On how many sides of a cell something runs.
    pub(in crate::diagram) fn degree(&self, cell: usize) -> u32 {
        self.sides[cell].count_ones()
    }

    /// The used sides of a cell as a mask of [`Dir::bit`]s.
    pub(in crate::diagram) fn mask(&self, cell: usize) -> u8 {
        self.sides[cell]
    }

    pub(in crate::diagram) fn is_used(&self, cell: usize, dir: Dir) -> bool {
        self.sides[cell] & dir.bit() != 0
    }

    pub(in crate::diagram) fn runs_down(&self, cell: usize) -> bool {
        self.sides[cell] & (Dir::Up.bit() | Dir::Down.bit()) != 0
    }

    pub(in crate::diagram) fn runs_level(&self, cell: usize) -> bool {
        self.sides[cell] & (Dir::Left.bit() | Dir::Right.bit()) != 0
    }

    /// Edges pass straight across each other here and have nothing to do with each other.
    pub(in crate::diagram) fn is_crossing(&self, cell: usize) -> bool {
        let level = self.side(cell, Dir::Left) | self.side(cell, Dir::Right);
        let down = self.side(cell, Dir::Up) | self.side(cell, Dir::Down);
        self.degree(cell) == 4 && level & down == 0
    }

    pub(super) fn add(&mut self, edge: usize, path: &[usize]) {
        self.change(path, |set| set | (1 << edge));
    }

    pub(super) fn remove(&mut self, edge: usize, path: &[usize]) {
        self.change(path, |set| set & !(1 << edge));
    }

    fn change(&mut self, path: &[usize], apply: impl Fn(Set) -> Set) {
        for pair in path.windows(2) {
            let &[a, b] = pair else { continue };
            let (low, high) = (a.min(b), a.max(b));
            let (sets, dir) = if high - low == 1 {
                (&mut self.right, Dir::Right)
            } else {
                (&mut self.down, Dir::Down)
            };
            sets[low] = apply(sets[low]);
            if sets[low] == 0 {
                self.sides[low] &= !dir.bit();
                self.sides[high] &= !dir.back().bit();
            } else {
                self.sides[low] |= dir.bit();
                self.sides[high] |= dir.back().bit();
            }
        }
    }
}
