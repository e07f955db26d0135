//! The cheapest way from any of some starts to any of some goals.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::grid::{Dir, Grid, Spot};
use super::usage::{Path, Usage};

/// What a way costs beside its length.
const BEND: u32 = 4;
const CROSSING: u32 = 9;
const BORDER: u32 = 1;

const NONE: u32 = u32::MAX;

/// Where a way may begin: standing on a cell, leaving it in one direction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    pub(super) cell: usize,
    pub(super) dir: Dir,
    pub(super) cost: u32,
}

/// Where a way may end: entering a cell in one direction.
#[derive(Clone, Debug, Default)]
pub(super) struct Goals {
    pub(super) costs: BTreeMap<(usize, Dir), u32>,
}

/// A way that was found, with its first and last cell, and what it costs.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) cells: Path,
    pub(super) cost: u32,
}

/// A state is a cell and the direction in which it was entered.
struct Search<'a> {
    grid: &'a Grid,
    usage: &'a Usage,
    corners: Corners,
    goals: Vec<u32>,
    best: Vec<u32>,
    from: Vec<u32>,
    heap: BinaryHeap<Reverse<(u32, u32, usize)>>,
}

pub(super) fn search(grid: &Grid, usage: &Usage, starts: &[Start], goals: &Goals) -> Option<Way> {
    let states = grid.spots.len() * 4;
    let mut search = Search {
        grid,
        usage,
        corners: goals.corners(grid)?,
        goals: vec![NONE; states],
        best: vec![NONE; states + 1],
        from: vec![NONE; states + 1],
        heap: BinaryHeap::new(),
    };
    for (&(cell, dir), &cost) in &goals.costs {
        search.goals[state_of(cell, dir)] = cost;
    }
    let mut seeds = BTreeMap::new();
    for start in starts {
        let Some((next, step)) = search.advance(start.cell, start.dir) else {
            continue;
        };
        let state = state_of(next, start.dir);
        if search.offer(state, start.cost + step, NONE) {
            seeds.insert(state, start.cell);
        }
    }
    search.run();
    search.trace(&seeds)
}

fn state_of(cell: usize, dir: Dir) -> usize {
    cell * 4 + dir as usize
}

impl Search<'_> {
    fn run(&mut self) {
        let finish = self.best.len() - 1;
        while let Some(Reverse((_, cost, state))) = self.heap.pop() {
            if state == finish {
                return;
            }
            if cost > self.best[state] {
                continue;
            }
            let (cell, dir) = (state / 4, Dir::ALL[state % 4]);
            let via = u32::try_from(state).unwrap_or(NONE);
            if self.goals[state] != NONE {
                self.offer(finish, cost + self.goals[state], via);
            }
            if matches!(self.grid.spots[cell], Spot::Node(_)) {
                continue;
            }
            let [one, other] = dir.across();
            for next_dir in [dir, one, other] {
                let Some(turn) = self.pass(cell, dir, next_dir) else {
                    continue;
                };
                if let Some((next, step)) = self.advance(cell, next_dir) {
                    self.offer(state_of(next, next_dir), cost + turn + step, via);
                }
            }
        }
    }

    /// Notes a way to a state if it is the cheapest so far.
    fn offer(&mut self, state: usize, cost: u32, via: u32) -> bool {
        if cost >= self.best[state] {
            return false;
        }
        self.best[state] = cost;
        self.from[state] = via;
        let left = if state + 1 == self.best.len() {
            0
        } else {
            self.corners.distance(self.grid, state / 4)
        };
        self.heap.push(Reverse((cost + left, cost, state)));
        true
    }

    /// What it costs to go on through a cell; `None` when something is in the way.
    fn pass(&self, cell: usize, dir: Dir, next: Dir) -> Option<u32> {
        let straight = dir == next;
        if self.grid.spots[cell] != Spot::Open && !straight {
            return None;
        }
        let [one, other] = dir.across();
        let mask = self.usage.mask(cell);
        if mask == 0 {
            return Some(if straight { 0 } else { BEND });
        }
        (straight && mask == one.bit() | other.bit()).then_some(CROSSING)
    }

    /// One step from a cell; `None` when it is taken or leads into something.
    fn advance(&self, cell: usize, dir: Dir) -> Option<(usize, u32)> {
        if self.usage.is_used(cell, dir) {
            return None;
        }
        let next = self.grid.step(cell, dir)?;
        let length = self.grid.distance(cell, next);
        match self.grid.spots[next] {
            Spot::Open => Some((next, length)),
            Spot::Side if dir.is_level() => Some((next, length + BORDER)),
            Spot::Level if !dir.is_level() => Some((next, length + BORDER)),
            Spot::Node(_) if self.goals[state_of(next, dir)] != NONE => Some((next, length)),
            _ => None,
        }
    }

    fn trace(&self, seeds: &BTreeMap<usize, usize>) -> Option<Way> {
        let finish = self.best.len() - 1;
        let mut state = self.from[finish];
        let mut cells = Vec::new();
        while state != NONE {
            let at = usize::try_from(state).ok()?;
            cells.push(at / 4);
            state = self.from[at];
            if state == NONE {
                cells.push(*seeds.get(&at)?);
            }
        }
        cells.reverse();
        (!cells.is_empty()).then_some(Way {
            cells,
            cost: self.best[finish],
        })
    }
}

/// The rectangle around all goals: never farther than the goals themselves.
struct Corners {
    x: (u32, u32),
    y: (u32, u32),
}

impl Goals {
    fn corners(&self, grid: &Grid) -> Option<Corners> {
        let xs = || {
            let cells = self.costs.keys();
            cells.map(|(cell, _)| grid.across.place[grid.x(*cell)])
        };
        let ys = || {
            let cells = self.costs.keys();
            cells.map(|(cell, _)| grid.down.place[grid.y(*cell)])
        };
        Some(Corners {
            x: (xs().min()?, xs().max()?),
            y: (ys().min()?, ys().max()?),
        })
    }
}

impl Corners {
    fn distance(&self, grid: &Grid, cell: usize) -> u32 {
        let off =
            |at: u32, (low, high): (u32, u32)| low.saturating_sub(at) + at.saturating_sub(high);
        off(grid.across.place[grid.x(cell)], self.x) + off(grid.down.place[grid.y(cell)], self.y)
    }
}
