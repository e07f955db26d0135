//! Sideways: everything falls to the left.

use std::collections::BTreeMap;

use super::{to_i64, to_usize, Geometry, Scene};
use crate::diagram::route::axis::Line;
use crate::diagram::route::grid::{port_offset, Dir, Spot};
use crate::diagram::tags::{Place, Tag};
use crate::text::width;

/// What stands last in a row of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Nothing,
    Box,
    Line,
    Border,
    Tag,
}

struct Row {
    kind: Kind,
    /// The rightmost cell that is taken.
    at: i64,
    /// The grid's cell of what stands there.
    cell: usize,
}

struct Fall<'a> {
    scene: &'a Scene<'a>,
    rows: Vec<Row>,
    /// Cells that the tag in a row's line takes, by the cell where that stretch ends.
    level: BTreeMap<usize, i64>,
    /// Tags beside a line: their number, their cells, whether they stand left of it.
    beside: BTreeMap<usize, (usize, i64, bool)>,
    geometry: Geometry,
}

pub(super) fn across(scene: &Scene<'_>, tags: &[Tag]) -> Geometry {
    let grid = &scene.wires.grid;
    let mut level = BTreeMap::new();
    let mut beside = BTreeMap::new();
    for (index, tag) in tags.iter().enumerate() {
        let wide = to_i64(tag.width());
        match tag.place {
            Place::Level { to, .. } => {
                level.insert(to, wide);
            }
            Place::Beside { cell, left } => {
                beside.insert(cell, (index, wide, left));
            }
        }
    }
    let row = || Row {
        kind: Kind::Nothing,
        at: -1,
        cell: 0,
    };
    let mut fall = Fall {
        scene,
        rows: (0..grid.down.len()).map(|_| row()).collect(),
        level,
        beside,
        geometry: Geometry {
            col_x: vec![0; scene.plan.cols],
            xs: vec![0; grid.spots.len()],
            ys: vec![0; grid.spots.len()],
            frames: vec![[0; 4]; scene.plan.frames.len()],
            tags: vec![(0, 0); tags.len()],
            ..Geometry::default()
        },
    };
    for x in 0..grid.across.len() {
        match grid.across.lines[x] {
            Line::Track => fall.runs(x),
            Line::Border => {
                fall.border(x);
                fall.runs(x);
            }
            Line::Port { band, port: 0 } => fall.column(band),
            Line::Port { .. } => {}
        }
    }
    let widest = fall.rows.iter().map(|row| row.at + 1).max().unwrap_or(0);
    fall.geometry.width = to_usize(widest);
    fall.geometry
}

impl Fall<'_> {
    /// Each stretch on a line between columns falls for itself.
    fn runs(&mut self, x: usize) {
        for &(from, to) in &self.scene.wires.runs_down[x] {
            let at = (from..=to)
                .map(|y| self.least(x, y, Kind::Line))
                .max()
                .unwrap_or(0);
            for y in from..=to {
                self.put_line(x, y, at);
            }
        }
    }

    fn border(&mut self, x: usize) {
        let grid = &self.scene.wires.grid;
        let is_border =
            |y: &usize| matches!(grid.spots[grid.cell(x, *y)], Spot::Side(_) | Spot::Corner);
        let ys: Vec<usize> = (0..grid.down.len()).filter(is_border).collect();
        let mut at = ys
            .iter()
            .map(|&y| self.least(x, y, Kind::Border))
            .max()
            .unwrap_or(0);
        for (index, frame) in self.scene.plan.frames.iter().enumerate() {
            if grid.across.borders[index].1 == x {
                let title = width(&self.scene.titles[frame.group]);
                at = at.max(self.room_for_title(index, title + 2, at));
            }
        }
        for y in ys {
            let cell = grid.cell(x, y);
            self.geometry.xs[cell] = to_usize(at);
            self.rows[y] = Row {
                kind: Kind::Border,
                at,
                cell,
            };
        }
        for (index, borders) in grid.across.borders.iter().enumerate() {
            if borders.0 == x {
                self.geometry.frames[index][0] = to_usize(at);
            }
            if borders.1 == x {
                self.geometry.frames[index][2] = to_usize(at);
            }
        }
    }

    /// Where a frame may end so that its title stands between the edges that cross its top.
    fn room_for_title(&self, frame: usize, wide: usize, at: i64) -> i64 {
        let grid = &self.scene.wires.grid;
        let (first, last) = grid.across.borders[frame];
        let top = grid.down.borders[frame].0;
        // The title keeps a cell from the corner.
        let mut from = self.geometry.frames[frame][0] + 1;
        let mut crossings: Vec<usize> = (first + 1..last)
            .map(|x| grid.cell(x, top))
            .filter(|&cell| self.scene.wires.usage.runs_down(cell))
            .map(|cell| self.geometry.xs[cell])
            .collect();
        crossings.sort_unstable();
        for crossing in crossings {
            if crossing > from + wide {
                return at;
            }
            from = crossing;
        }
        to_i64(from + wide + 2)
    }

    /// A column's boxes, and what runs down through it, keep their distances.
    fn column(&mut self, band: usize) {
        let scene = self.scene;
        let grid = &scene.wires.grid;
        let lines = grid.across.bands[band].clone();
        let wide = scene.sizes.col_width[band];
        let offset = |x: usize| to_i64(port_offset(wide, x - lines.start));
        let is_box = |y: usize| matches!(grid.spots[grid.cell(lines.start, y)], Spot::Node(_));
        let mut at = 0;
        for y in (0..grid.down.len()).filter(|&y| is_box(y)) {
            at = at.max(self.least(lines.start, y, Kind::Box));
        }
        for x in lines.clone() {
            for &(from, to) in &self.scene.wires.runs_down[x] {
                for y in (from..=to).filter(|&y| !is_box(y)) {
                    at = at.max(self.least(x, y, Kind::Line) - offset(x));
                }
            }
        }
        self.geometry.col_x[band] = to_usize(at);
        for y in (0..grid.down.len()).filter(|&y| is_box(y)) {
            self.rows[y] = Row {
                kind: Kind::Box,
                at: at + to_i64(wide) - 1,
                cell: grid.cell(lines.end - 1, y),
            };
        }
        for x in lines.clone() {
            for &(from, to) in &self.scene.wires.runs_down[x] {
                for y in from..=to {
                    if is_box(y) {
                        self.geometry.xs[grid.cell(x, y)] = to_usize(at + offset(x));
                    } else {
                        self.put_line(x, y, at + offset(x));
                    }
                }
            }
        }
    }

    fn put_line(&mut self, x: usize, y: usize, at: i64) {
        let cell = self.scene.wires.grid.cell(x, y);
        self.geometry.xs[cell] = to_usize(at);
        self.rows[y] = Row {
            kind: Kind::Line,
            at,
            cell,
        };
        if let Some(&(index, wide, left)) = self.beside.get(&cell) {
            let start = if left { at - 1 - wide } else { at + 2 };
            self.geometry.tags[index].0 = to_usize(start);
            if !left {
                self.rows[y] = Row {
                    kind: Kind::Tag,
                    at: at + 1 + wide,
                    cell,
                };
            }
        }
    }

    /// The leftmost place for something on line `x`, as row `y` sees it.
    fn least(&self, x: usize, y: usize, kind: Kind) -> i64 {
        let wires = self.scene.wires;
        let cell = wires.grid.cell(x, y);
        let row = &self.rows[y];
        let joined = wires.usage.side(cell, Dir::Left) != 0;
        let apart = if joined {
            self.along(row, cell, kind)
        } else {
            match (row.kind, kind) {
                (Kind::Nothing, _) => 1,
                (Kind::Box, Kind::Box) | (Kind::Tag, _) => 3,
                _ => 2,
            }
        };
        match self.beside.get(&cell) {
            Some(&(_, wide, true)) if row.kind == Kind::Nothing => row.at + 2 + wide,
            // Nearer to its own line than to what stands before it.
            Some(&(_, wide, true)) => (row.at + 5 + wide).max(row.at + apart),
            _ => row.at + apart,
        }
    }

    /// The distance of two things with an edge between them.
    fn along(&self, row: &Row, cell: usize, kind: Kind) -> i64 {
        let head = |cell: usize, dir: Dir| i64::from(self.scene.wires.is_head(cell, dir));
        let tips = head(cell, Dir::Left) + head(row.cell, Dir::Right);
        if let Some(&wide) = self.level.get(&cell) {
            return wide + 5 + tips;
        }
        let loose = i64::from(!self.scene.tight);
        match (row.kind, kind) {
            (Kind::Box, Kind::Box) => 2 + loose + tips.max(1),
            (Kind::Line, Kind::Box) => 1 + loose + tips,
            _ => 2 + tips,
        }
    }
}
