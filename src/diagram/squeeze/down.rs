//! Downwards: everything falls to the top, onto a skyline of what is there.

use super::{to_i64, to_usize, Geometry, Scene};
use crate::diagram::route::axis::Line;
use crate::diagram::route::grid::{port_offset, Dir, Spot};
use crate::diagram::tags::{Place, Tag};

/// What the skyline is made of at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Top {
    Line,
    Box,
    /// The tip of an edge that points up at a box.
    Tip,
}

struct Fall<'a> {
    scene: &'a Scene<'a>,
    tags: &'a [Tag],
    /// The lowest row taken in each cell of the width, shifted by one for a margin.
    sky: Vec<(i64, Top)>,
    geometry: Geometry,
}

/// Cells from the first to the last.
type Span = (usize, usize);

pub(super) fn down(scene: &Scene<'_>, tags: &[Tag], geometry: Geometry) -> Geometry {
    let grid = &scene.wires.grid;
    let mut fall = Fall {
        scene,
        tags,
        sky: vec![(-1, Top::Line); geometry.width + 3],
        geometry: Geometry {
            row_y: vec![0; scene.plan.rows],
            ..geometry
        },
    };
    for y in 0..grid.down.len() {
        match grid.down.lines[y] {
            Line::Track => fall.track(y),
            Line::Border => {
                fall.border(y);
                fall.track(y);
            }
            Line::Port { band, port: 0 } => fall.row(band),
            Line::Port { .. } => {}
        }
    }
    let lowest = fall.sky.iter().map(|(y, _)| y + 1).max().unwrap_or(0);
    fall.geometry.height = to_usize(lowest);
    fall.geometry
}

impl Fall<'_> {
    /// The lowest row that is taken over a span and the cells right beside it.
    fn above(&self, (from, to): Span) -> i64 {
        self.sky
            .get(from..=(to + 2).min(self.sky.len() - 1))
            .unwrap_or_default()
            .iter()
            .map(|(y, _)| *y)
            .max()
            .unwrap_or(-1)
    }

    fn top(&self, x: usize) -> (i64, Top) {
        self.sky.get(x + 1).copied().unwrap_or((-1, Top::Line))
    }

    fn take(&mut self, (from, to): Span, y: i64, top: Top) {
        for x in from..=to {
            if let Some(place) = self.sky.get_mut(x + 1) {
                if y >= place.0 {
                    *place = (y, top);
                }
            }
        }
    }

    /// The stretches of a row where something runs level, with the cells they take.
    fn stretches(&self, y: usize) -> Vec<(Span, Span)> {
        let runs = &self.scene.wires.runs_across[y];
        let span = |from, to| (self.x_of(from, y, true), self.x_of(to, y, false));
        runs.iter()
            .map(|&(from, to)| ((from, to), span(from, to)))
            .collect()
    }

    /// Where a stretch begins or ends: at a box's border, or on what runs down there.
    fn x_of(&self, x: usize, y: usize, begins: bool) -> usize {
        let grid = &self.scene.wires.grid;
        let cell = grid.cell(x, y);
        match (grid.spots[cell], grid.across.lines[x]) {
            (Spot::Node(_), Line::Port { band, .. }) => {
                let left = self.geometry.col_x[band];
                if begins {
                    left + self.scene.sizes.col_width[band] - 1
                } else {
                    left
                }
            }
            _ => self.geometry.xs[cell],
        }
    }

    /// A line between two rows of boxes: every stretch and every tag falls for itself.
    fn track(&mut self, y: usize) {
        for ((from, to), span) in self.stretches(y) {
            let at = self.above(span) + 1;
            self.put_level(y, from, to, at);
            self.take(span, at, Top::Line);
        }
        for (index, span, tall) in self.tags_in(y) {
            let at = self.above(span) + 1;
            self.geometry.tags[index].1 = to_usize(at);
            self.take(span, at + to_i64(tall) - 1, Top::Line);
        }
    }

    fn put_level(&mut self, y: usize, from: usize, to: usize, at: i64) {
        for x in from..=to {
            let cell = self.scene.wires.grid.cell(x, y);
            self.geometry.ys[cell] = to_usize(at);
        }
    }

    /// The tags beside lines of this row: their number, cells and lines.
    fn tags_in(&self, y: usize) -> Vec<(usize, Span, usize)> {
        let grid = &self.scene.wires.grid;
        let mut found = Vec::new();
        for (index, tag) in self.tags.iter().enumerate() {
            let Place::Beside { cell, left } = tag.place else {
                continue;
            };
            if grid.y(cell) != y {
                continue;
            }
            let line = self.geometry.xs[cell];
            let start = self.geometry.tags[index].0;
            let span = if left {
                (start, line)
            } else {
                (line, start + tag.width().saturating_sub(1))
            };
            found.push((index, span, tag.lines.len()));
        }
        found
    }

    /// The top or bottom of frames.
    fn border(&mut self, y: usize) {
        let scene = self.scene;
        let grid = &scene.wires.grid;
        for frame in 0..scene.plan.frames.len() {
            let (top, bottom) = grid.down.borders[frame];
            if y != top && y != bottom {
                continue;
            }
            let [left, _, right, _] = self.geometry.frames[frame];
            let (from, to) = grid.across.borders[frame];
            let mut at = (left..=right).map(|x| self.top(x).0).max().unwrap_or(-1) + 1;
            for x in from + 1..to {
                let cell = grid.cell(x, y);
                if scene.wires.usage.mask(cell) == Dir::Up.bit() {
                    let head = scene.wires.is_head(cell, Dir::Up);
                    at = at.max(self.arrive(self.geometry.xs[cell], head));
                }
            }
            self.take((left, right), at, Top::Line);
            for x in from + 1..to {
                let cell = grid.cell(x, y);
                self.geometry.ys[cell] = to_usize(at);
                let x = self.geometry.xs[cell];
                if scene.wires.is_head(cell, Dir::Down) {
                    self.take((x, x), at + 1, Top::Tip);
                } else if scene.wires.usage.mask(cell) == Dir::Down.bit() {
                    self.take((x, x), at, Top::Box);
                }
            }
            self.geometry.frames[frame][if y == top { 1 } else { 3 }] = to_usize(at);
        }
    }

    /// The first row in which something that an edge comes to from above may begin.
    fn arrive(&self, x: usize, head: bool) -> i64 {
        let (y, top) = self.top(x);
        let line = match top {
            Top::Line => 0,
            Top::Box | Top::Tip => 1,
        };
        y + 1 + line + i64::from(head)
    }

    /// A row of boxes with what runs level between them.
    fn row(&mut self, row: usize) {
        let scene = self.scene;
        let grid = &scene.wires.grid;
        let lines = grid.down.bands[row].clone();
        let boxes: Vec<usize> = (0..scene.graph.nodes.len())
            .filter(|&node| scene.plan.cells[node].0 == row)
            .collect();
        let mut at = 0;
        for &node in &boxes {
            let (left, right) = self.span(node);
            let offset = to_i64(scene.sizes.offset(scene.plan, node));
            // Not right beside what ends above, either.
            for x in left.saturating_sub(1)..=right + 1 {
                at = at.max(self.top(x).0 + 1 - offset);
            }
            for (cell, x) in self.ports(node, lines.start) {
                if scene.wires.usage.side(cell, Dir::Up) != 0 {
                    let head = scene.wires.is_head(cell, Dir::Up);
                    at = at.max(self.arrive(x, head) - offset);
                }
            }
        }
        for (port, y) in lines.clone().enumerate() {
            let below = to_i64(port) + 1;
            for (_, (from, to)) in self.stretches(y) {
                let beside = (from.saturating_sub(1), to + 1);
                at = at.max(self.above_without_boxes(beside) + 1 - below);
            }
            for (_, span, _) in self.tags_in(y) {
                at = at.max(self.above(span) + 1 - below);
            }
        }
        self.geometry.row_y[row] = to_usize(at);
        for (port, y) in lines.clone().enumerate() {
            let here = at + to_i64(port) + 1;
            for ((from, to), span) in self.stretches(y) {
                self.put_level(y, from, to, here);
                self.take(span, here, Top::Line);
            }
            for (index, span, tall) in self.tags_in(y) {
                self.geometry.tags[index].1 = to_usize(here);
                self.take(span, here + to_i64(tall) - 1, Top::Line);
            }
        }
        for &node in &boxes {
            let bottom =
                at + to_i64(scene.sizes.offset(scene.plan, node) + scene.sizes.height(node)) - 1;
            self.take(self.span(node), bottom, Top::Box);
            for (cell, x) in self.ports(node, lines.end - 1) {
                if scene.wires.is_head(cell, Dir::Down) {
                    self.take((x, x), bottom + 1, Top::Tip);
                }
            }
        }
    }

    fn above_without_boxes(&self, (from, to): Span) -> i64 {
        (from..=to).map(|x| self.top(x).0).max().unwrap_or(-1)
    }

    /// The cells that a box takes sideways.
    fn span(&self, node: usize) -> Span {
        let col = self.scene.plan.cells[node].1;
        let left = self.geometry.col_x[col];
        (left, left + self.scene.sizes.col_width[col] - 1)
    }

    /// The places above or below a box where edges may come in: the grid's cell and x.
    fn ports(&self, node: usize, y: usize) -> Vec<(usize, usize)> {
        let grid = &self.scene.wires.grid;
        let col = self.scene.plan.cells[node].1;
        let wide = self.scene.sizes.col_width[col];
        let lines = grid.across.bands[col].clone();
        lines
            .clone()
            .map(|x| {
                let offset = port_offset(wide, x - lines.start);
                (grid.cell(x, y), self.geometry.col_x[col] + offset)
            })
            .collect()
    }
}
