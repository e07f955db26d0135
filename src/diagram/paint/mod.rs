//! A squeezed picture as cells.

mod canvas;
pub(super) mod trail;

use self::canvas::Canvas;
use super::glyph;
use super::graph::{Shape, Tip};
use super::picture::{EdgeSet, Part, Row};
use super::route::axis::Line as GridLine;
use super::route::grid::{Dir, Spot};
use super::squeeze::{Geometry, Scene};
use super::tags::{Place, Tag};
use crate::text::{width, Role};

/// Draws the scene.
pub(super) fn paint(scene: &Scene<'_>, geometry: &Geometry, tags: &[Tag]) -> Vec<Row> {
    let mut painter = Painter {
        scene,
        geometry,
        canvas: Canvas::new(geometry.width, geometry.height),
    };
    for frame in 0..scene.plan.frames.len() {
        painter.frame(frame);
    }
    for node in 0..scene.graph.nodes.len() {
        painter.node(node);
    }
    for edge in 0..scene.graph.edges.len() {
        painter.edge(edge);
    }
    for (index, tag) in tags.iter().enumerate() {
        painter.tag(index, tag);
    }
    for frame in 0..scene.plan.frames.len() {
        painter.title(frame);
    }
    painter.canvas.rows()
}

/// Where on the top of a frame its title begins: as far left as no edge crosses it.
pub(super) fn title_place(scene: &Scene<'_>, geometry: &Geometry, frame: usize) -> Option<usize> {
    let [left, _, right, _] = geometry.frames[frame];
    let wires = scene.wires;
    let (first, last) = wires.grid.across.borders[frame];
    let top = wires.grid.down.borders[frame].0;
    let wide = width(&scene.titles[scene.plan.frames[frame].group]) + 2;
    // What ends at the frame stops before it.
    let through = Dir::Up.bit() | Dir::Down.bit();
    let crossings: Vec<usize> = (first + 1..last)
        .map(|x| wires.grid.cell(x, top))
        .filter(|&cell| wires.usage.mask(cell) == through)
        .map(|cell| geometry.xs[cell])
        .collect();
    (left + 2..)
        .take_while(|start| start + wide < right)
        .find(|start| !crossings.iter().any(|x| (*start..start + wide).contains(x)))
}

struct Painter<'a> {
    scene: &'a Scene<'a>,
    geometry: &'a Geometry,
    canvas: Canvas,
}

impl Painter<'_> {
    fn frame(&mut self, frame: usize) {
        let [left, top, right, bottom] = self.geometry.frames[frame];
        let of = Part::Group(self.scene.plan.frames[frame].group);
        for x in left..=right {
            self.canvas.text(x, top, "╌", Role::Group, of);
            self.canvas.text(x, bottom, "╌", Role::Group, of);
        }
        for y in top..=bottom {
            self.canvas.text(left, y, "╎", Role::Group, of);
            self.canvas.text(right, y, "╎", Role::Group, of);
        }
        for (x, y, corner) in [
            (left, top, "╭"),
            (right, top, "╮"),
            (right, bottom, "╯"),
            (left, bottom, "╰"),
        ] {
            self.canvas.text(x, y, corner, Role::Group, of);
        }
    }

    fn title(&mut self, frame: usize) {
        let Some(start) = title_place(self.scene, self.geometry, frame) else {
            return;
        };
        let group = self.scene.plan.frames[frame].group;
        let top = self.geometry.frames[frame][1];
        let title = format!(" {} ", self.scene.titles[group]);
        self.canvas
            .text(start, top, &title, Role::Group, Part::Group(group));
    }

    fn node(&mut self, node: usize) {
        let scene = self.scene;
        let (row, col) = scene.plan.cells[node];
        let left = self.geometry.col_x[col];
        let wide = scene.sizes.col_width[col];
        let top = self.geometry.row_y[row] + scene.sizes.offset(scene.plan, node);
        let shape = scene.graph.nodes[node].shape;
        let role = if shape == Shape::Store {
            Role::Store
        } else {
            Role::Box
        };
        let of = Part::Node(node);
        let outline = glyph::outline(shape);
        let bar = outline.level.repeat(wide - 2);
        let [top_left, top_right, bottom_right, bottom_left] = outline.corners;
        self.canvas
            .text(left, top, &format!("{top_left}{bar}{top_right}"), role, of);
        let lines = scene.sizes.text(node);
        for (index, line) in lines.iter().enumerate() {
            let y = top + 1 + index;
            self.canvas.text(left, y, outline.left, role, of);
            self.canvas
                .text(left + wide - 1, y, outline.right, role, of);
            let spare = (wide - 2).saturating_sub(width(line));
            let start = left + 1 + spare / 2;
            self.canvas.text(start, y, line, Role::Plain, of);
            if index == 0 && shape == Shape::Choice {
                self.canvas.text(start, y, glyph::CHOICE, role, of);
            }
        }
        self.canvas.text(
            left,
            top + 1 + lines.len(),
            &format!("{bottom_left}{bar}{bottom_right}"),
            role,
            of,
        );
    }

    fn edge(&mut self, edge: usize) {
        let (scene, geometry) = (self.scene, self.geometry);
        let Some(path) = &scene.wires.paths[edge] else {
            return;
        };
        let this = &scene.graph.edges[edge];
        for joint in trail::joints(scene, geometry, path) {
            self.canvas
                .join(joint.x, joint.y, joint.dir, this.stroke, edge);
        }
        if let (Some(&last), Some(dir)) = (path.last(), scene.wires.arrives(path)) {
            self.tip(edge, last, dir.back(), this.head);
        }
        if let (Some(&first), Some(dir)) = (path.first(), scene.wires.leaves(path)) {
            self.tip(edge, first, dir, this.tail);
        }
    }

    /// The tip right outside a border, pointing at it.
    fn tip(&mut self, edge: usize, cell: usize, outward: Dir, tip: Tip) {
        if let Some(glyph) = glyph::tip(tip, outward.back()) {
            let (x, y) = trail::point(self.scene, self.geometry, cell, outward);
            self.canvas.tip(x, y, glyph, edge);
        }
    }

    fn tag(&mut self, index: usize, tag: &Tag) {
        let of = Part::Edges(EdgeSet::one(tag.edge));
        match tag.place {
            Place::Beside { .. } => {
                let (x, y) = self.geometry.tags[index];
                for (line, text) in tag.lines.iter().enumerate() {
                    self.canvas.text(x, y + line, text, Role::Plain, of);
                }
            }
            Place::Level { from, to } => self.level_tag(tag, from, to),
        }
    }

    /// A label in its line, in the middle of the stretch that it has.
    fn level_tag(&mut self, tag: &Tag, from: usize, to: usize) {
        let (left, right) = (self.edge_of(from, true), self.edge_of(to, false));
        let text = format!(" {} ", tag.lines.join(" "));
        let room = right.saturating_sub(left + 1);
        let spare = room.saturating_sub(width(&text));
        let head_right = self.tip_at(to, Dir::Left);
        let head_left = self.tip_at(from, Dir::Right);
        let of = Part::Edges(EdgeSet::one(tag.edge));
        let start =
            left + 1 + (spare + usize::from(head_left)).saturating_sub(usize::from(head_right)) / 2;
        self.canvas
            .text(start, self.geometry.ys[from], &text, Role::Plain, of);
    }

    fn tip_at(&self, cell: usize, outward: Dir) -> bool {
        let scene = self.scene;
        scene
            .graph
            .edges
            .iter()
            .zip(&scene.wires.paths)
            .any(|(edge, path)| {
                let Some(path) = path else { return false };
                let head = edge.head != Tip::None
                    && path.last() == Some(&cell)
                    && scene.wires.arrives(path) == Some(outward.back());
                let tail = edge.tail != Tip::None
                    && path.first() == Some(&cell)
                    && scene.wires.leaves(path) == Some(outward);
                head || tail
            })
    }

    /// Where the thing at this cell ends (or begins) on the canvas.
    fn edge_of(&self, cell: usize, ends: bool) -> usize {
        let grid = &self.scene.wires.grid;
        match (grid.spots[cell], grid.across.lines[grid.x(cell)]) {
            (Spot::Node(_), GridLine::Port { band, .. }) => {
                let left = self.geometry.col_x[band];
                if ends {
                    left + self.scene.sizes.col_width[band] - 1
                } else {
                    left
                }
            }
            _ => self.geometry.xs[cell],
        }
    }
}
