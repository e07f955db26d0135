//! Labels of edges: where each may stand, and where it stands best.

use super::graph::one_line;
use super::route::axis::Line;
use super::route::grid::{Dir, Spot};
use super::route::usage::Set;
use super::squeeze::{Geometry, Scene};
use crate::text::{width, wrap};

/// A label with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) edge: usize,
    pub(super) lines: Vec<String>,
    pub(super) place: Place,
}

/// Cells are those of the routing grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a level stretch of the line, between two things that stand next to each other.
    Level { from: usize, to: usize },
    /// Beside a stretch that runs down.
    Beside { cell: usize, left: bool },
}

/// What it costs to stand beside a line instead of in it, on the right.
const BESIDE: usize = 4;

impl Place {
    fn cost(self) -> usize {
        match self {
            Self::Level { .. } => 0,
            Self::Beside { left: false, .. } => BESIDE,
            Self::Beside { left: true, .. } => 2 * BESIDE,
        }
    }
}

impl Tag {
    pub(super) fn width(&self) -> usize {
        self.lines.iter().map(|line| width(line)).max().unwrap_or(0)
    }
}

/// All labels: in the picture, or in the legend under it.
#[derive(Clone, Debug, Default)]
pub(super) struct Tags {
    pub(super) tags: Vec<Tag>,
    /// Numbers in the picture stand for these texts of edges.
    pub(super) legend: Vec<(usize, String)>,
    /// Edges that are not in the picture, or whose label has no place in it.
    pub(super) listed: Vec<usize>,
}

/// Labels longer than this are also tried in several lines.
const LONG: usize = 11;

/// Finds the best place for each label, the longest label first.
pub(super) fn place(scene: &Scene<'_>, limit: usize) -> (Tags, Geometry) {
    let graph = scene.graph;
    let mut out = Tags::default();
    let mut geometry = scene.squeeze(&[]);
    let mut labelled: Vec<(usize, String)> = Vec::new();
    for (edge, path) in scene.wires.paths.iter().enumerate() {
        let label = graph.edges[edge].label.as_deref().map(one_line);
        match (path, label) {
            (Some(_), Some(label)) => labelled.push((edge, label)),
            (Some(_), None) => {}
            (None, _) => out.listed.push(edge),
        }
    }
    labelled.sort_by_key(|(edge, label)| (std::cmp::Reverse(width(label)), *edge));
    for (edge, label) in labelled {
        let number = format!("({})", out.legend.len() + 1);
        let places = places(scene, edge);
        let mut best: Option<(Score, Tag, Geometry)> = None;
        let costs_nothing = Score::least(&geometry);
        for (lines, penalty) in forms(&label, &number) {
            let so_far = best.as_ref().map(|(score, _, _)| *score);
            // Numbers are for labels that do not fit, lines for those that make the picture larger.
            let fits = so_far.is_some_and(|score| score.overflow == 0);
            let free = so_far.is_some_and(|score| score <= costs_nothing.plus(BESIDE));
            if free || (fits && lines[0] == number) {
                break;
            }
            for &place in &places {
                if lines.len() > 1 && !takes_lines(scene, place) {
                    continue;
                }
                if best
                    .as_ref()
                    .is_some_and(|best| best.0 <= costs_nothing.plus(place.cost()))
                {
                    continue;
                }
                let lines = lines.clone();
                let tag = Tag { edge, lines, place };
                out.tags.push(tag.clone());
                let tried = scene.squeeze(&out.tags);
                out.tags.pop();
                let score = Score::new(&tried, &tag, penalty, limit);
                if best.as_ref().is_none_or(|(other, _, _)| score < *other) {
                    best = Some((score, tag, tried));
                }
            }
        }
        match best {
            Some((_, tag, tried)) => {
                if tag.lines.len() == 1 && tag.lines[0] == number && number != label {
                    out.legend.push((edge, format!("{number} {label}")));
                }
                out.tags.push(tag);
                geometry = tried;
            }
            None => out.listed.push(edge),
        }
    }
    out.listed.sort_unstable();
    (out, geometry)
}

/// Several lines of text have room only between two rows of boxes.
fn takes_lines(scene: &Scene<'_>, place: Place) -> bool {
    match place {
        Place::Level { .. } => false,
        Place::Beside { cell, .. } => !region(scene, cell).1,
    }
}

/// Less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    overflow: usize,
    cost: usize,
}

impl Score {
    fn new(geometry: &Geometry, tag: &Tag, penalty: usize, limit: usize) -> Self {
        Self {
            overflow: geometry.width.saturating_sub(limit),
            ..Self::least(geometry).plus(tag.place.cost() + penalty)
        }
    }

    /// Nothing grows.
    fn least(geometry: &Geometry) -> Self {
        Self {
            overflow: 0,
            cost: geometry.height * 10 + geometry.width / 2,
        }
    }

    fn plus(self, cost: usize) -> Self {
        Self {
            cost: self.cost + cost,
            ..self
        }
    }
}

/// The label as it may be written, and what that costs: whole, in lines, as a number.
fn forms(label: &str, number: &str) -> Vec<(Vec<String>, usize)> {
    let mut forms = vec![(vec![label.to_owned()], 0)];
    let long = width(label);
    if long > LONG {
        for parts in [2, 3] {
            let lines = wrap(label, (long.div_ceil(parts) + 2).max(LONG));
            if lines.len() > 1 && forms.iter().all(|(other, _)| *other != lines) {
                forms.push((lines, 3));
            }
        }
    }
    forms.push((vec![number.to_owned()], 30));
    forms
}

/// The edges with a label whose line is nowhere their own.
pub(super) fn without_place(scene: &Scene<'_>) -> Set {
    (0..scene.graph.edges.len())
        .filter(|&edge| scene.graph.edges[edge].label.is_some())
        .filter(|&edge| scene.wires.paths[edge].is_some() && places(scene, edge).is_empty())
        .fold(0, |set, edge| set | 1 << edge)
}

/// Where a label of this edge may stand: only where the line is its own.
fn places(scene: &Scene<'_>, edge: usize) -> Vec<Place> {
    let Some(path) = &scene.wires.paths[edge] else {
        return Vec::new();
    };
    let own = |a: usize, b: usize| {
        let dir = scene.wires.grid.dir(a, b);
        scene.wires.usage.side(a, dir) == 1 << edge
    };
    let mut places = Vec::new();
    let mut begin = 0;
    for (index, pair) in path.windows(2).enumerate() {
        let &[a, b] = pair else { continue };
        if !own(a, b) {
            begin = index + 1;
            continue;
        }
        if scene.is_element(a) {
            begin = index;
        }
        let dir = scene.wires.grid.dir(a, b);
        let level = dir.is_level()
            && path.get(begin).is_some_and(|&first| {
                scene.is_element(first) && scene.wires.grid.y(first) == scene.wires.grid.y(b)
            });
        if level && scene.is_element(b) {
            let first = path[begin];
            let (from, to) = if dir == Dir::Right {
                (first, b)
            } else {
                (b, first)
            };
            if !in_one_band(scene, from, to) {
                places.push(Place::Level { from, to });
            }
        }
        if index > 0 && !dir.is_level() && own(path[index - 1], a) {
            places.extend(beside(scene, a));
        }
    }
    thin(scene, places)
}

/// Both ends are lines through one column, whose distance is fixed.
fn in_one_band(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let grid = &scene.wires.grid;
    let band = |cell: usize| match grid.across.lines[grid.x(cell)] {
        Line::Port { band, .. } => Some(band),
        _ => None,
    };
    band(from).is_some() && band(from) == band(to)
}

/// The sides of a cell, where only this line runs down, that have room for text.
fn beside(scene: &Scene<'_>, cell: usize) -> Vec<Place> {
    let grid = &scene.wires.grid;
    let usage = &scene.wires.usage;
    let straight = usage.side(cell, Dir::Up) != 0 && usage.side(cell, Dir::Down) != 0;
    if grid.spots[cell] != Spot::Open || !straight || usage.runs_level(cell) {
        return Vec::new();
    }
    let x = grid.x(cell);
    let is_free = |other: usize| {
        let other = grid.cell(other, grid.y(cell));
        grid.spots[other] == Spot::Open && usage.all(other) == 0
    };
    let (before, after) = match grid.across.lines[x] {
        Line::Port { band, .. } => {
            let lines = grid.across.bands[band].clone();
            (
                (lines.start..x).all(is_free),
                (x + 1..lines.end).all(is_free),
            )
        }
        _ => (true, true),
    };
    [(after, false), (before, true)]
        .into_iter()
        .filter(|(free, _)| *free)
        .map(|(_, left)| Place::Beside { cell, left })
        .collect()
}

/// Of neighbouring places beside one line only the one whose row is emptiest stays.
fn thin(scene: &Scene<'_>, places: Vec<Place>) -> Vec<Place> {
    let grid = &scene.wires.grid;
    let busy = |cell: usize| {
        let y = grid.y(cell);
        let runs = (0..grid.across.len())
            .filter(|&x| scene.wires.usage.runs_level(grid.cell(x, y)))
            .count();
        let in_row = matches!(grid.down.lines[y], Line::Port { .. });
        (runs, in_row)
    };
    let mut kept: Vec<Place> = Vec::new();
    for place in places {
        let Place::Beside { cell, left } = place else {
            kept.push(place);
            continue;
        };
        let rival = kept.iter_mut().find(|other| match other {
            Place::Beside { cell: c, left: l } => {
                *l == left && grid.x(*c) == grid.x(cell) && region(scene, *c) == region(scene, cell)
            }
            Place::Level { .. } => false,
        });
        match rival {
            Some(Place::Beside { cell: other, .. }) => {
                if busy(cell) < busy(*other) {
                    *other = cell;
                }
            }
            _ => kept.push(place),
        }
    }
    kept
}

/// The row of boxes, or the gap between two rows, that a cell lies in.
fn region(scene: &Scene<'_>, cell: usize) -> (usize, bool) {
    let grid = &scene.wires.grid;
    let y = grid.y(cell);
    match grid.down.lines[y] {
        Line::Port { band, .. } => (band, true),
        _ => (grid.down.bands.partition_point(|band| band.end <= y), false),
    }
}
