//! A path of the routing grid as cells of the canvas.

use crate::diagram::route::grid::{Dir, Spot};
use crate::diagram::squeeze::{Geometry, Scene};

/// One side of a cell that a line joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::diagram) struct Joint {
    pub(in crate::diagram) x: usize,
    pub(in crate::diagram) y: usize,
    pub(in crate::diagram) dir: Dir,
}

/// All joints of a path, from right outside its source to right outside its target.
pub(in crate::diagram) fn joints(
    scene: &Scene<'_>,
    geometry: &Geometry,
    path: &[usize],
) -> Vec<Joint> {
    let grid = &scene.wires.grid;
    let mut joints = Vec::new();
    let mut from = 0;
    while from + 1 < path.len() {
        let dir = grid.dir(path[from], path[from + 1]);
        let mut to = from + 1;
        while to + 1 < path.len() && grid.dir(path[to], path[to + 1]) == dir {
            to += 1;
        }
        let start = point(scene, geometry, path[from], dir);
        let end = point(scene, geometry, path[to], dir.back());
        // At the border of its ends a line reaches across the whole cell.
        let whole = (from == 0, to + 1 == path.len());
        stretch(&mut joints, start, end, dir, whole);
        from = to;
    }
    joints
}

fn stretch(
    joints: &mut Vec<Joint>,
    start: (usize, usize),
    end: (usize, usize),
    dir: Dir,
    whole: (bool, bool),
) {
    let joint = |(x, y): (usize, usize), dir| Joint { x, y, dir };
    if whole.0 {
        joints.push(joint(start, dir.back()));
    }
    let mut at = start;
    let length = start.0.abs_diff(end.0) + start.1.abs_diff(end.1);
    for _ in 0..length {
        joints.push(joint(at, dir));
        match dir {
            Dir::Right => at.0 += 1,
            Dir::Left => at.0 = at.0.saturating_sub(1),
            Dir::Down => at.1 += 1,
            Dir::Up => at.1 = at.1.saturating_sub(1),
        }
        joints.push(joint(at, dir.back()));
    }
    if whole.1 {
        joints.push(joint(end, dir));
    }
}

/// The cell of the canvas for a cell of the grid; for the border of a box or a frame, the one right
/// outside, where `dir` leads.
pub(in crate::diagram) fn point(
    scene: &Scene<'_>,
    geometry: &Geometry,
    cell: usize,
    dir: Dir,
) -> (usize, usize) {
    let (x, y) = (geometry.xs[cell], geometry.ys[cell]);
    match scene.wires.grid.spots[cell] {
        Spot::Node(node) => {
            let (row, col) = scene.plan.cells[node];
            let left = geometry.col_x[col];
            let top = geometry.row_y[row] + scene.sizes.offset(scene.plan, node);
            match dir {
                Dir::Right => (left + scene.sizes.col_width[col], y),
                Dir::Left => (left.saturating_sub(1), y),
                Dir::Down => (x, top + scene.sizes.height(node)),
                Dir::Up => (x, top.saturating_sub(1)),
            }
        }
        Spot::Side(_) | Spot::Level(_) => match dir {
            Dir::Right => (x + 1, y),
            Dir::Left => (x.saturating_sub(1), y),
            Dir::Down => (x, y + 1),
            Dir::Up => (x, y.saturating_sub(1)),
        },
        Spot::Open | Spot::Corner => (x, y),
    }
}
