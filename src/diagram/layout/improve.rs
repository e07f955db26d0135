//! Moves and swaps of boxes within their band until nothing makes the picture plainer.

use super::blocks::Block;
use super::Tie;
use crate::diagram::graph::Direction;

/// Rounds over all boxes at most.
const ROUNDS: usize = 4;
/// How far a box moves at once, in rows and in columns.
const NEAR: usize = 2;

/// What placement dislikes: an edge that leaves its row (or column), one that stays in its rank.
#[derive(Clone, Copy, Debug)]
pub(in crate::diagram) struct Taste {
    sideways: i64,
    same_rank: i64,
}

/// Each leads to other plans; which is best is seen only in the picture.
pub(in crate::diagram) const TASTES: [Taste; 2] = [
    Taste {
        sideways: 2,
        same_rank: 7,
    },
    Taste {
        sideways: 3,
        same_rank: 5,
    },
];

pub(super) fn improve(
    cells: &mut [(usize, usize)],
    blocks: &[Block],
    spans: &[(usize, usize)],
    ties: &[Tie],
    flow: Direction,
    columns: usize,
    taste: Taste,
) {
    let rows = spans.last().map_or(0, |span| span.1 + 1);
    let mut band = vec![0; cells.len()];
    for (index, block) in blocks.iter().enumerate() {
        for &node in &block.nodes {
            band[node] = index;
        }
    }
    let mut touching = vec![Vec::new(); cells.len()];
    for (index, tie) in ties.iter().enumerate() {
        touching[tie.from].push(index);
        touching[tie.to].push(index);
    }
    let mut board = Board {
        grid: vec![None; rows * columns],
        columns,
        cells,
        band: &band,
        ties,
        touching: &touching,
        lines: Vec::new(),
        vertical: flow.is_vertical(),
        taste,
    };
    for node in 0..board.cells.len() {
        let cell = board.cells[node];
        board.set(cell, Some(node));
    }
    board.lines = (0..ties.len()).map(|tie| board.line(tie)).collect();
    for _ in 0..ROUNDS {
        let mut changed = false;
        for node in 0..board.cells.len() {
            let mut alone = None;
            for cell in board.wishes(node, spans[band[node]]) {
                if board.try_move(node, cell, &mut alone) {
                    alone = None;
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
}

struct Board<'a> {
    grid: Vec<Option<usize>>,
    columns: usize,
    cells: &'a mut [(usize, usize)],
    band: &'a [usize],
    ties: &'a [Tie],
    touching: &'a [Vec<usize>],
    /// Where each tie runs now.
    lines: Vec<Straight>,
    vertical: bool,
    taste: Taste,
}

impl Board<'_> {
    fn at(&self, cell: (usize, usize)) -> Option<usize> {
        self.grid[cell.0 * self.columns + cell.1]
    }

    fn set(&mut self, cell: (usize, usize), node: Option<usize>) {
        self.grid[cell.0 * self.columns + cell.1] = node;
    }

    /// Cells of the band near the box, and near the middle of those that it is tied to.
    fn wishes(&self, node: usize, (first, last): (usize, usize)) -> Vec<(usize, usize)> {
        let ties = self.touching[node].iter().map(|&tie| self.ties[tie]);
        let others: Vec<(usize, usize)> = ties
            .map(|tie| self.cells[if tie.from == node { tie.to } else { tie.from }])
            .collect();
        let mut centres = vec![self.cells[node]];
        let sum = others
            .iter()
            .fold((0, 0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
        let mean = |sum: usize| sum.checked_div(others.len());
        centres.extend(mean(sum.0).zip(mean(sum.1)));
        let near = |cell: (usize, usize)| {
            centres.iter().any(|centre| {
                centre.0.abs_diff(cell.0) <= NEAR && centre.1.abs_diff(cell.1) <= NEAR
            })
        };
        (first..=last)
            .flat_map(|row| (0..self.columns).map(move |col| (row, col)))
            .filter(|&cell| near(cell))
            .collect()
    }

    /// Moves the box there (what is there changes places with it) if that is better. `alone` is what
    /// the box costs where it is, once that is known.
    fn try_move(&mut self, node: usize, to: (usize, usize), alone: &mut Option<i64>) -> bool {
        let from = self.cells[node];
        let other = self.at(to);
        if from == to {
            return false;
        }
        let before = match other {
            None => *alone.get_or_insert_with(|| self.cost(node, None, i64::MAX)),
            Some(_) => self.cost(node, other, i64::MAX),
        };
        self.exchange(node, from, other, to);
        if self.cost(node, other, before) < before {
            return true;
        }
        self.exchange(node, to, other, from);
        false
    }

    fn exchange(
        &mut self,
        node: usize,
        from: (usize, usize),
        other: Option<usize>,
        to: (usize, usize),
    ) {
        self.set(from, other);
        self.set(to, Some(node));
        self.cells[node] = to;
        if let Some(other) = other {
            self.cells[other] = from;
        }
        for moved in [Some(node), other].into_iter().flatten() {
            for &tie in &self.touching[moved] {
                self.lines[tie] = self.line(tie);
            }
        }
    }

    /// What the edges of these two boxes cost; the sum stops when it reaches `limit`.
    fn cost(&self, node: usize, other: Option<usize>, limit: i64) -> i64 {
        let own = &self.touching[node];
        let others = other.map_or(&[][..], |other| &self.touching[other]);
        let moved = || own.iter().chain(others.iter().filter(|tie| !own.contains(tie)));
        let mut cost = self.weight(node) + other.map_or(0, |other| self.weight(other));
        cost += moved()
            .map(|&tie| self.length(self.ties[tie]))
            .sum::<i64>();
        for (index, &tie) in moved().enumerate() {
            if cost >= limit {
                break;
            }
            let line = self.lines[tie];
            for (rival, other) in self.lines.iter().enumerate() {
                if line.crosses(other) && !moved().take(index).any(|&tie| tie == rival) {
                    cost += 6;
                }
            }
        }
        cost
    }

    /// A faint pull to the top left, so that free boxes do not drift.
    fn weight(&self, node: usize) -> i64 {
        let (row, col) = self.cells[node];
        i64::from(col + row > 0 && self.touching[node].is_empty()) * to_i64(row + col)
    }

    fn length(&self, tie: Tie) -> i64 {
        let (from, to) = (self.cells[tie.from], self.cells[tie.to]);
        let down = to_i64(to.0) - to_i64(from.0);
        let right = to_i64(to.1) - to_i64(from.1);
        let blocked = 5 * to_i64(self.between(from, to));
        if self.band[tie.from] != self.band[tie.to] {
            return 3 * right.abs() + 2 * down.abs() + blocked;
        }
        let (along, across) = if self.vertical {
            (down, right)
        } else {
            (right, down)
        };
        // Up or leftwards reads against the grain.
        let sideways = self.taste.sideways * across.abs()
            + i64::from(across < 0 && along <= 0 && !tie.back) * 4;
        let forward = match along {
            _ if tie.back => 2 * along.abs() + 2,
            1 => 0,
            2.. => 3 * (along - 1),
            0 => self.taste.same_rank,
            // A fold: the flow goes on at the start of a later row.
            _ if !self.vertical && down > 0 => 8 - along,
            _ => 14 - 2 * along,
        };
        forward + sideways + blocked
    }

    /// How many boxes stand right between two in one row or column.
    fn between(&self, a: (usize, usize), b: (usize, usize)) -> usize {
        if a.0 == b.0 {
            let (low, high) = (a.1.min(b.1), a.1.max(b.1));
            (low + 1..high)
                .filter(|&col| self.at((a.0, col)).is_some())
                .count()
        } else if a.1 == b.1 {
            let (low, high) = (a.0.min(b.0), a.0.max(b.0));
            (low + 1..high)
                .filter(|&row| self.at((row, a.1)).is_some())
                .count()
        } else {
            0
        }
    }

    fn line(&self, tie: usize) -> Straight {
        let point = |node: usize| {
            let (row, col) = self.cells[node];
            (col as i32, row as i32)
        };
        let Tie { from, to, .. } = self.ties[tie];
        Straight {
            from: point(from),
            to: point(to),
        }
    }
}

/// The straight line of a tie, from cell to cell.
#[derive(Clone, Copy)]
struct Straight {
    from: (i32, i32),
    to: (i32, i32),
}

impl Straight {
    /// Whether two cross between their ends. Boxes stand in cells of their own, so lines that have an
    /// end in common do not.
    fn crosses(&self, other: &Self) -> bool {
        let (p, q, r, s) = (self.from, self.to, other.from, other.to);
        let apart = |a: i32, b: i32, c: i32, d: i32| a.max(b) < c.min(d) || c.max(d) < a.min(b);
        if apart(p.0, q.0, r.0, s.0) || apart(p.1, q.1, r.1, s.1) {
            return false;
        }
        let side = |a: (i32, i32), b: (i32, i32), c: (i32, i32)| {
            ((b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)).signum()
        };
        side(p, q, r) * side(p, q, s) < 0 && side(r, s, p) * side(r, s, q) < 0
    }
}

fn to_i64(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
