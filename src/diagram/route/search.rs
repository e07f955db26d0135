//! The cheapest way from any of some starts to any of some goals (A*, Hart, Nilsson and Raphael 1968).

use std::collections::BTreeMap;

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
    /// Which frames hold an end of the edge: no line runs through another one.
    pub(super) own: Vec<bool>,
}

/// A way that was found, with its first and last cell, and what it costs.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) cells: Path,
    pub(super) cost: u32,
    /// No way between these starts and goals could cost less, whatever else there is.
    pub(super) is_least: bool,
}

/// What a search notes down; kept from one search to the next, for there are many.
///
/// A state is a cell and the direction in which it was entered.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    states: Vec<State>,
    /// States by what a way through them costs at least. The costs are small whole numbers, and a
    /// state never costs less than the one before it, so no heap is needed (Dial 1969).
    shelves: Vec<Vec<(u32, u32)>>,
    search: u32,
}

#[derive(Clone, Copy, Debug)]
struct State {
    best: u32,
    from: u32,
    goal: u32,
    /// The search that wrote this.
    search: u32,
}

const FRESH: State = State {
    best: NONE,
    from: NONE,
    goal: NONE,
    search: 0,
};

struct Search<'a> {
    grid: &'a Grid,
    usage: &'a Usage,
    goals: &'a Goals,
    corners: Corners,
    notes: &'a mut Notes,
    /// The cheapest end so far: its cost, and the state before it.
    end: (u32, u32),
    /// What any way costs at least.
    least: u32,
}

/// The cheapest way that costs less than `limit`.
pub(super) fn search(
    grid: &Grid,
    usage: &Usage,
    starts: &[Start],
    goals: &Goals,
    limit: u32,
    notes: &mut Notes,
) -> Option<Way> {
    notes.begin(grid.spots.len() * 4);
    let mut search = Search {
        grid,
        usage,
        goals,
        corners: goals.corners(grid)?,
        notes,
        end: (limit, NONE),
        least: NONE,
    };
    for (&(cell, dir), &cost) in &goals.costs {
        search.notes.state(state_of(cell, dir)).goal = cost;
    }
    let mut seeds = BTreeMap::new();
    for start in starts {
        let Some((next, step)) = search.advance(start.cell, start.dir) else {
            continue;
        };
        if search.offer(next, start.dir, start.cost + step, NONE) {
            seeds.insert(state_of(next, start.dir), start.cell);
        }
    }
    search.run();
    search.trace(&seeds)
}

fn state_of(cell: usize, dir: Dir) -> usize {
    cell * 4 + dir as usize
}

impl Notes {
    fn begin(&mut self, states: usize) {
        if self.states.len() < states {
            self.states.resize(states, FRESH);
        }
        self.search += 1;
        self.shelves.iter_mut().for_each(Vec::clear);
    }

    fn state(&mut self, state: usize) -> &mut State {
        let found = &mut self.states[state];
        if found.search != self.search {
            *found = State {
                search: self.search,
                ..FRESH
            };
        }
        found
    }

    fn shelve(&mut self, least: u32, cost: u32, state: u32) {
        let shelf = least as usize;
        if self.shelves.len() <= shelf {
            self.shelves.resize(shelf + 1, Vec::new());
        }
        self.shelves[shelf].push((cost, state));
    }
}

impl Search<'_> {
    fn run(&mut self) {
        let mut shelf = 0;
        let first = self
            .notes
            .shelves
            .iter()
            .position(|shelf| !shelf.is_empty());
        self.least = first
            .and_then(|first| u32::try_from(first).ok())
            .unwrap_or(NONE);
        while shelf < self.notes.shelves.len() && shelf < self.end.0 as usize {
            let Some((cost, state)) = self.notes.shelves[shelf].pop() else {
                shelf += 1;
                continue;
            };
            let here = *self.notes.state(state as usize);
            if cost > here.best {
                continue;
            }
            if here.goal != NONE && cost + here.goal < self.end.0 {
                self.end = (cost + here.goal, state);
            }
            self.spread(state, cost);
        }
    }

    fn spread(&mut self, state: u32, cost: u32) {
        let (cell, dir) = (state as usize / 4, Dir::ALL[state as usize % 4]);
        if matches!(self.grid.spots[cell], Spot::Node(_)) {
            return;
        }
        let [one, other] = dir.across();
        for next_dir in [dir, one, other] {
            let Some(turn) = self.pass(cell, dir, next_dir) else {
                continue;
            };
            if let Some((next, step)) = self.advance(cell, next_dir) {
                self.offer(next, next_dir, cost + turn + step, state);
            }
        }
    }

    /// Notes a way to a state if it is the cheapest so far.
    fn offer(&mut self, cell: usize, dir: Dir, cost: u32, via: u32) -> bool {
        let state = state_of(cell, dir);
        let noted = self.notes.state(state);
        if cost >= noted.best {
            return false;
        }
        let least = cost + self.corners.distance(self.grid, cell, dir);
        if least >= self.end.0 {
            return false;
        }
        let noted = self.notes.state(state);
        noted.best = cost;
        noted.from = via;
        self.notes
            .shelve(least, cost, u32::try_from(state).unwrap_or(NONE));
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
    fn advance(&mut self, cell: usize, dir: Dir) -> Option<(usize, u32)> {
        if self.usage.is_used(cell, dir) {
            return None;
        }
        let (next, length) = self.grid.stride(cell, dir)?;
        match self.grid.spots[next] {
            Spot::Open => Some((next, length)),
            Spot::Side(frame) if dir.is_level() && self.goals.may_cross(frame) => {
                Some((next, length + BORDER))
            }
            Spot::Level(frame) if !dir.is_level() && self.goals.may_cross(frame) => {
                Some((next, length + BORDER))
            }
            Spot::Node(_) if self.notes.state(state_of(next, dir)).goal != NONE => {
                Some((next, length))
            }
            _ => None,
        }
    }

    fn trace(&self, seeds: &BTreeMap<usize, usize>) -> Option<Way> {
        let (cost, mut state) = self.end;
        let mut cells = Vec::new();
        while state != NONE {
            let at = state as usize;
            cells.push(at / 4);
            state = self.notes.states[at].from;
            if state == NONE {
                cells.push(*seeds.get(&at)?);
            }
        }
        cells.reverse();
        (!cells.is_empty()).then_some(Way {
            cells,
            cost,
            is_least: cost == self.least,
        })
    }
}

/// The rectangle around all goals: never farther than the goals themselves.
struct Corners {
    x: (u32, u32),
    y: (u32, u32),
}

impl Goals {
    fn may_cross(&self, frame: usize) -> bool {
        self.own.get(frame) == Some(&true)
    }

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
    /// The least that a way from here to a goal costs: its length, and the bends that it cannot do
    /// without.
    fn distance(&self, grid: &Grid, cell: usize, dir: Dir) -> u32 {
        let (x, y) = grid.place(cell);
        let off =
            |at: u32, (low, high): (u32, u32)| (low.saturating_sub(at), at.saturating_sub(high));
        let ((right, left), (down, up)) = (off(x, self.x), off(y, self.y));
        let (level, upright) = (right + left, down + up);
        if level + upright == 0 {
            return 0;
        }
        let (ahead, beside) = match dir {
            Dir::Right => (right, upright),
            Dir::Left => (left, upright),
            Dir::Down => (down, level),
            Dir::Up => (up, level),
        };
        let away = if dir.is_level() { level } else { upright } > ahead;
        let bends = match (away, beside > 0) {
            (true, _) => 2,
            (false, true) => 1,
            (false, false) => 0,
        };
        level + upright + BEND * bends
    }
}
