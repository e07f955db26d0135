//! Cells that hold text, or lines that know which of their four sides are joined.

use unicode_segmentation::UnicodeSegmentation;

use super::glyph;
use crate::diagram::graph::Stroke;
use crate::diagram::route::grid::Dir;
use crate::text::{width, Line, Role};

#[derive(Clone, Debug, PartialEq, Eq)]
enum Cell {
    Blank,
    /// What runs on each side.
    Lines([Option<Stroke>; 4]),
    Text(String, Role),
    /// The second half of a wide character.
    Half,
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

    pub(super) fn text(&mut self, x: usize, y: usize, text: &str, role: Role) {
        let mut x = x;
        for cluster in text.graphemes(true) {
            let wide = width(cluster);
            if wide == 0 {
                continue;
            }
            if let Some(cell) = self.at(x, y) {
                *cell = Cell::Text(cluster.to_owned(), role);
            }
            for half in 1..wide {
                if let Some(cell) = self.at(x + half, y) {
                    *cell = Cell::Half;
                }
            }
            x += wide;
        }
    }

    /// Joins one side of a cell.
    pub(super) fn join(&mut self, x: usize, y: usize, dir: Dir, stroke: Stroke) {
        let Some(cell) = self.at(x, y) else { return };
        if !matches!(cell, Cell::Lines(_)) {
            *cell = Cell::Lines([None; 4]);
        }
        if let Cell::Lines(sides) = cell {
            sides[dir as usize] = Some(stroke);
        }
    }

    /// Whether nothing but blanks or a given text is in these cells.
    pub(super) fn has_line(&self, x: usize, y: usize) -> bool {
        matches!(self.cells.get(y * self.wide + x), Some(Cell::Lines(_)))
    }

    pub(super) fn lines(&self) -> Vec<Line> {
        self.cells.chunks(self.wide.max(1)).map(line).collect()
    }
}

fn line(cells: &[Cell]) -> Line {
    let mut out = Line::new();
    let used = cells.iter().rposition(|cell| *cell != Cell::Blank);
    for cell in cells.iter().take(used.map_or(0, |last| last + 1)) {
        match cell {
            Cell::Blank => out.push(" ", Role::Plain),
            Cell::Lines(sides) => out.push(glyph::line(*sides), Role::Edge),
            Cell::Text(text, role) => out.push(text, *role),
            Cell::Half => {}
        }
    }
    out
}
