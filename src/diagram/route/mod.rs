//! The path of every edge, on a coarse grid where only order matters and not yet distance.

pub(super) mod axis;
pub(super) mod grid;
mod ports;
mod search;
pub(super) mod usage;

use self::grid::{Dir, Grid, Spot};
use self::ports::Ports;
use self::search::{Goals, Notes, Start};
use self::usage::{Path, Set, Usage};
use super::graph::{End, Graph, Tip};
use super::layout::size::Sizes;
use super::layout::Plan;

/// Times that every edge is taken out and put back.
const ROUNDS: usize = 2;

/// All paths on their grid.
#[derive(Clone, Debug)]
pub(super) struct Wires {
    pub(super) grid: Grid,
    pub(super) usage: Usage,
    /// `None`: no way was found.
    pub(super) paths: Vec<Option<Path>>,
    alone: Set,
    /// Edges that run as well as they could without any other.
    settled: Vec<bool>,
    /// On which sides of each cell an edge ends with a tip, as a mask of [`Dir::bit`]s.
    heads: Vec<u8>,
    /// For each line down (and across): where on it something runs, from one cell to another.
    pub(super) runs_down: Vec<Vec<(usize, usize)>>,
    pub(super) runs_across: Vec<Vec<(usize, usize)>>,
}

/// Routes every edge of a plan, one after the other.
pub(super) fn route(graph: &Graph, plan: &Plan, sizes: &Sizes) -> Wires {
    let tracks = (2 + graph.edges.len() / 8).min(3);
    let wires = attempt(graph, plan, sizes, tracks);
    if wires.paths.iter().all(Option::is_some) {
        return wires;
    }
    attempt(graph, plan, sizes, tracks + 3)
}

fn attempt(graph: &Graph, plan: &Plan, sizes: &Sizes, tracks: usize) -> Wires {
    let grid = Grid::new(plan, sizes, tracks);
    let usage = Usage::new(&grid);
    let mut wires = Wires {
        grid,
        usage,
        paths: vec![None; graph.edges.len()],
        alone: 0,
        settled: vec![false; graph.edges.len()],
        heads: Vec::new(),
        runs_down: Vec::new(),
        runs_across: Vec::new(),
    };
    let mut notes = Notes::default();
    for edge in order(graph, plan) {
        wires.reroute(graph, plan, sizes, edge, &mut notes);
    }
    wires.note(graph);
    wires
}

/// Short edges first: they have the least choice.
fn order(graph: &Graph, plan: &Plan) -> Vec<usize> {
    let place = |end: End| {
        let members = graph.members(end);
        members.first().map_or((0, 0), |&node| plan.cells[node])
    };
    let mut order: Vec<usize> = (0..graph.edges.len()).collect();
    order.sort_by_key(|&index| {
        let edge = &graph.edges[index];
        let (from, to) = (place(edge.from), place(edge.to));
        let far = from.0.abs_diff(to.0) * 2 + from.1.abs_diff(to.1);
        let loops = edge.from == edge.to;
        let group = !matches!((edge.from, edge.to), (End::Node(_), End::Node(_)));
        (loops, group, far, index)
    });
    order
}

impl Wires {
    /// Takes every edge out once or twice and puts it back where it is cheapest among all others.
    pub(super) fn refine(&mut self, graph: &Graph, plan: &Plan, sizes: &Sizes) {
        let order = order(graph, plan);
        let mut notes = Notes::default();
        for _ in 0..ROUNDS {
            let mut changed = false;
            for &edge in &order {
                if !self.settled[edge] {
                    changed |= self.reroute(graph, plan, sizes, edge, &mut notes);
                }
            }
            if !changed {
                break;
            }
        }
        self.note(graph);
    }

    /// Gives these edges lines of their own.
    pub(super) fn part(&mut self, graph: &Graph, plan: &Plan, sizes: &Sizes, edges: Set) {
        self.alone |= edges;
        let mut notes = Notes::default();
        for edge in (0..graph.edges.len()).filter(|edge| edges & (1 << edge) != 0) {
            self.reroute(graph, plan, sizes, edge, &mut notes);
        }
        self.note(graph);
    }

    /// Notes down what follows from the paths.
    fn note(&mut self, graph: &Graph) {
        self.heads = vec![0; self.grid.spots.len()];
        for (edge, path) in graph.edges.iter().zip(&self.paths) {
            let Some(path) = path else { continue };
            if let (Some(&first), Some(dir), true) =
                (path.first(), self.leaves(path), edge.tail != Tip::None)
            {
                self.heads[first] |= dir.bit();
            }
            if let (Some(&last), Some(dir), true) =
                (path.last(), self.arrives(path), edge.head != Tip::None)
            {
                self.heads[last] |= dir.back().bit();
            }
        }
        let (wide, tall) = (self.grid.across.len(), self.grid.down.len());
        let runs = |length: usize, joined: &dyn Fn(usize) -> bool| {
            let mut runs = Vec::new();
            let mut at = 0;
            while at < length {
                let from = at;
                while at + 1 < length && joined(at) {
                    at += 1;
                }
                if at > from {
                    runs.push((from, at));
                }
                at += 1;
            }
            runs
        };
        let used = |x, y, dir| self.usage.is_used(self.grid.cell(x, y), dir);
        let down = (0..wide).map(|x| runs(tall, &|y| used(x, y, Dir::Down)));
        let across = (0..tall).map(|y| runs(wide, &|x| used(x, y, Dir::Right)));
        (self.runs_down, self.runs_across) = (down.collect(), across.collect());
    }

    /// Takes an edge out and puts it where it is cheapest now; whether that is somewhere else.
    fn reroute(
        &mut self,
        graph: &Graph,
        plan: &Plan,
        sizes: &Sizes,
        edge: usize,
        notes: &mut Notes,
    ) -> bool {
        let old = self.paths[edge].take();
        if let Some(path) = &old {
            self.usage.remove(edge, path);
        }
        let (new, settled) = match self.find(graph, plan, sizes, edge, notes) {
            Some((path, settled)) => (Some(path), settled),
            None => (old.clone(), false),
        };
        self.settled[edge] = settled;
        if let Some(path) = &new {
            self.usage.add(edge, path);
        }
        let changed = new != old;
        self.paths[edge] = new;
        changed
    }

    fn find(
        &self,
        graph: &Graph,
        plan: &Plan,
        sizes: &Sizes,
        edge: usize,
        notes: &mut Notes,
    ) -> Option<(Path, bool)> {
        let ports = Ports {
            graph,
            plan,
            sizes,
            grid: &self.grid,
            usage: &self.usage,
            paths: &self.paths,
            alone: self.alone,
        };
        let (starts, goals) = (ports.starts(edge), ports.goals(edge));
        let (branches, joins) = (ports.branches(edge), ports.joins(edge));
        let mut search = |starts: &[Start], goals: &Goals, limit| {
            search::search(&self.grid, &self.usage, starts, goals, limit, notes)
        };
        if graph.edges[edge].from == graph.edges[edge].to {
            // Round a corner there is room for a label beside the line.
            let corners = if graph.edges[edge].label.is_some() {
                &[true, false][..]
            } else {
                &[false]
            };
            let way = corners.iter().find_map(|&corner| {
                let ways = starts.iter().filter_map(|start| {
                    // It comes back to another place than the one where it leaves.
                    let mut goals = goals.clone();
                    goals.costs.retain(|(cell, dir), _| {
                        let turns = dir.is_level() != start.dir.is_level();
                        *cell != start.cell && (turns || !corner)
                    });
                    search(&[*start], &goals, u32::MAX)
                });
                ways.min_by_key(|way| way.cost)
            })?;
            return Some((way.cells, false));
        }
        let branched = search(&[&starts[..], &branches].concat(), &goals, u32::MAX);
        let limit = branched.as_ref().map_or(u32::MAX, |way| way.cost);
        let joined = if joins.costs.is_empty() {
            None
        } else {
            let mut goals = goals;
            goals.costs.extend(joins.costs);
            search(&starts, &goals, limit)
        };
        let way = joined.or(branched)?;
        let settled = way.is_least;
        Some((ports.complete(edge, way.cells), settled))
    }

    pub(super) fn crossings(&self) -> usize {
        (0..self.grid.spots.len())
            .filter(|&cell| self.grid.spots[cell] == Spot::Open && self.usage.is_crossing(cell))
            .count()
    }

    /// Corners over all edges; a shared corner counts once.
    pub(super) fn bends(&self) -> usize {
        (0..self.grid.spots.len())
            .filter(|&cell| {
                self.grid.spots[cell] == Spot::Open
                    && self.usage.degree(cell) == 2
                    && self.usage.runs_down(cell)
                    && self.usage.runs_level(cell)
            })
            .count()
    }

    /// Whether an edge ends with a tip on this side of a cell of a border.
    pub(super) fn is_head(&self, cell: usize, side: Dir) -> bool {
        self.heads[cell] & side.bit() != 0
    }

    /// The direction in which a path enters its last cell.
    pub(super) fn arrives(&self, path: &[usize]) -> Option<Dir> {
        let [.., before, last] = path else {
            return None;
        };
        Some(self.grid.dir(*before, *last))
    }

    /// The direction in which a path leaves its first cell.
    pub(super) fn leaves(&self, path: &[usize]) -> Option<Dir> {
        let [first, next, ..] = path else {
            return None;
        };
        Some(self.grid.dir(*first, *next))
    }
}
