//! Moves and swaps of boxes within their band until nothing makes the picture plainer.

use super::blocks::Block;
use super::Tie;
use crate::diagram::graph::Direction;

/// Rounds over all boxes at most.
const ROUNDS: usize = 4;
/// How far a box moves at once, in rows and in columns.
const NEAR: usize = 2;

/// What two ties that cross cost.
const CROSSING: i64 = 6;

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
        crossed: Vec::new(),
        vertical: flow.is_vertical(),
        taste,
    };
    for node in 0..board.cells.len() {
        let cell = board.cells[node];
        board.set(cell, Some(node));
    }
    board.lines = (0..ties.len()).map(|tie| board.line(tie)).collect();
    board.count();
    for _ in 0..ROUNDS {
        let mut changed = false;
        for node in 0..board.cells.len() {
            for cell in board.wishes(node, spans[band[node]]) {
                changed |= board.try_move(node, cell);
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
    /// How often it is crossed there.
    crossed: Vec<i64>,
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

    /// Moves the box there (what is there changes places with it) if that is better.
    fn try_move(&mut self, node: usize, to: (usize, usize)) -> bool {
        let from = self.cells[node];
        let other = self.at(to);
        if from == to {
            return false;
        }
        let moved = self.moved(node, other);
        let crossed = moved.iter().map(|&tie| self.crossed[tie]).sum::<i64>();
        let before = self.lengths(node, other, &moved);
        self.exchange(node, from, other, to);
        let after = self.lengths(node, other, &moved);
        // Two moved ties that cross each other were counted twice: at most this is saved.
        let is_better = after < before + CROSSING * crossed && {
            let before = before + CROSSING * self.crossings(&moved, i64::MAX);
            let old: Vec<Straight> = moved.iter().map(|&tie| self.lines[tie]).collect();
            for &tie in &moved {
                self.lines[tie] = self.line(tie);
            }
            let most = (before - after).div_euclid(CROSSING) + 1;
            let is_better = after + CROSSING * self.crossings(&moved, most) < before;
            if !is_better {
                for (&tie, line) in moved.iter().zip(old) {
                    self.lines[tie] = line;
                }
            }
            is_better
        };
        if is_better {
            self.count();
        } else {
            self.exchange(node, to, other, from);
        }
        is_better
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
    }

    /// The ties of these two boxes, each once.
    fn moved(&self, node: usize, other: Option<usize>) -> Vec<usize> {
        let mut moved = self.touching[node].clone();
        let others = other.map_or(&[][..], |other| &self.touching[other]);
        let own = &self.touching[node];
        moved.extend(others.iter().filter(|tie| !own.contains(tie)));
        moved
    }

    /// What these two boxes and their ties cost, crossings apart.
    fn lengths(&self, node: usize, other: Option<usize>, moved: &[usize]) -> i64 {
        let weights = self.weight(node) + other.map_or(0, |other| self.weight(other));
        let lengths = moved.iter().map(|&tie| self.length(self.ties[tie]));
        weights + lengths.sum::<i64>()
    }

    /// How often these ties are crossed, each pair once; the count stops when it reaches `most`.
    fn crossings(&self, moved: &[usize], most: i64) -> i64 {
        let mut count = 0;
        for (index, &tie) in moved.iter().enumerate() {
            if count >= most {
                break;
            }
            let line = self.lines[tie];
            for (rival, other) in self.lines.iter().enumerate() {
                if line.crosses(other) && !moved[..index].contains(&rival) {
                    count += 1;
                }
            }
        }
        count
    }

    /// Notes down how often each tie is crossed.
    fn count(&mut self) {
        self.crossed = vec![0; self.lines.len()];
        for (tie, line) in self.lines.iter().enumerate() {
            for (rival, other) in self.lines.iter().enumerate().take(tie) {
                if line.crosses(other) {
                    self.crossed[tie] += 1;
                    self.crossed[rival] += 1;
                }
            }
        }
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
