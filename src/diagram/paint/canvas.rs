//! Cells that hold text, or lines that know which of their four sides are joined.

use unicode_segmentation::UnicodeSegmentation;

use crate::diagram::glyph;
use crate::diagram::graph::Stroke;
use crate::diagram::picture::{EdgeSet, Part, Row};
use crate::diagram::route::grid::Dir;
use crate::text::{width, Role};

#[derive(Clone, Debug, PartialEq, Eq)]
enum Cell {
    Blank,
    Lines(Lines),
    Text(String, Role, Part),
    /// The second half of a wide character.
    Half,
}

/// What runs on each side, and which edges run level and which down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Lines {
    sides: [Option<Stroke>; 4],
    level: u128,
    down: u128,
}

impl Lines {
    /// Nothing of what runs level also runs down.
    fn is_crossing(&self) -> bool {
        self.sides.iter().all(Option::is_some) && self.level & self.down == 0
    }
}

#[derive(Debug)]
pub(super) struct Canvas {
    wide: usize,
    cells: Vec<Cell>,
}

impl Canvas {
    pub(super) fn new(wide: usize, tall: usize) -> Self {
        Self {
            wide,
            cells: vec![Cell::Blank; wide * tall],
        }
    }

    fn at(&mut self, x: usize, y: usize) -> Option<&mut Cell> {
        if x >= self.wide {
            return None;
        }
        self.cells.get_mut(y * self.wide + x)
    }

    pub(super) fn text(&mut self, x: usize, y: usize, text: &str, role: Role, of: Part) {
        let mut x = x;
        for cluster in text.graphemes(true) {
            let wide = width(cluster);
            if wide == 0 {
                continue;
            }
            if let Some(cell) = self.at(x, y) {
                *cell = Cell::Text(cluster.to_owned(), role, of);
            }
            for half in 1..wide {
                if let Some(cell) = self.at(x + half, y) {
                    *cell = Cell::Half;
                }
            }
            x += wide;
        }
    }

    /// Puts a tip over a line; it belongs to all edges that end there.
    pub(super) fn tip(&mut self, x: usize, y: usize, glyph: &str, edge: usize) {
        let mut edges = EdgeSet::one(edge);
        match self.at(x, y) {
            Some(Cell::Lines(lines)) => edges.0 |= lines.level | lines.down,
            Some(Cell::Text(_, Role::Edge, Part::Edges(others))) => edges.0 |= others.0,
            _ => {}
        }
        self.text(x, y, glyph, Role::Edge, Part::Edges(edges));
    }

    /// Joins one side of a cell.
    pub(super) fn join(&mut self, x: usize, y: usize, dir: Dir, stroke: Stroke, edge: usize) {
        let Some(cell) = self.at(x, y) else { return };
        match cell {
            Cell::Lines(_) => {}
            Cell::Text(_, Role::Edge, Part::Edges(edges)) => {
                // The tip of an edge that this one joins.
                edges.0 |= EdgeSet::one(edge).0;
                return;
            }
            _ => *cell = Cell::Lines(Lines::default()),
        }
        if let Cell::Lines(lines) = cell {
            lines.sides[dir as usize] = Some(stroke);
            let set = if dir.is_level() {
                &mut lines.level
            } else {
                &mut lines.down
            };
            *set |= EdgeSet::one(edge).0;
        }
    }

    pub(super) fn rows(&self) -> Vec<Row> {
        self.cells.chunks(self.wide.max(1)).map(row).collect()
    }
}

fn row(cells: &[Cell]) -> Row {
    let mut out = Row::default();
    let used = cells.iter().rposition(|cell| *cell != Cell::Blank);
    for cell in cells.iter().take(used.map_or(0, |last| last + 1)) {
        match cell {
            Cell::Blank => out.push(" ", Role::Plain, Part::Nothing),
            Cell::Lines(lines) => {
                let glyph = glyph::line(lines.sides, lines.is_crossing());
                let of = Part::Edges(EdgeSet(lines.level | lines.down));
                out.push(glyph, Role::Edge, of);
            }
            Cell::Text(text, role, of) => out.push(text, *role, *of),
            Cell::Half => {}
        }
    }
    out
}
