//! A finished picture: cells that know what they show and what that belongs to.

use super::graph::{End, Graph};
use crate::text::{width, Line, Role};
use unicode_segmentation::UnicodeSegmentation;

/// What one or two cells of the terminal show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// One cluster of characters; its width is that of the cell.
    pub text: String,
    pub role: Role,
    pub of: Part,
}

/// What a cell belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    Nothing,
    Node(usize),
    Group(usize),
    /// Several where lines run together or cross.
    Edges(EdgeSet),
}

/// Some of the edges of one graph. No graph with more than 128 edges is drawn with lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EdgeSet(pub(super) u128);

impl EdgeSet {
    pub(super) fn one(edge: usize) -> Self {
        Self(
            u32::try_from(edge)
                .ok()
                .and_then(|edge| 1_u128.checked_shl(edge))
                .unwrap_or(0),
        )
    }

    pub fn contains(self, edge: usize) -> bool {
        self.0 & Self::one(edge).0 != 0
    }
}

/// A line of cells from left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub cells: Vec<Cell>,
}

impl Row {
    pub(super) fn of(text: &str, role: Role, of: Part) -> Self {
        Self::default().with(text, role, of)
    }

    #[must_use]
    pub(super) fn with(mut self, text: &str, role: Role, of: Part) -> Self {
        self.push(text, role, of);
        self
    }

    /// Adds text. What takes no cell of its own is dropped.
    pub(super) fn push(&mut self, text: &str, role: Role, of: Part) {
        let clusters = text.graphemes(true).filter(|cluster| width(cluster) > 0);
        self.cells.extend(clusters.map(|cluster| Cell {
            text: cluster.to_owned(),
            role,
            of,
        }));
    }

    pub(super) fn append(&mut self, other: Self) {
        self.cells.extend(other.cells);
    }

    /// Width in cells of the terminal.
    pub fn width(&self) -> usize {
        self.cells.iter().map(|cell| width(&cell.text)).sum()
    }

    pub fn text(&self) -> String {
        self.cells.iter().map(|cell| cell.text.as_str()).collect()
    }

    fn line(&self, role: impl Fn(&Cell) -> Role) -> Line {
        let mut line = Line::new();
        for cell in &self.cells {
            line.push(&cell.text, role(cell));
        }
        line
    }
}

/// A flowchart as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    pub(super) rows: Vec<Row>,
    pub(super) drawn: bool,
}

impl Picture {
    /// Whether it is a drawing; else it is a list of boxes, each with what leaves it.
    pub fn is_drawn(&self) -> bool {
        self.drawn
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub fn lines(&self) -> Vec<Line> {
        self.rows
            .iter()
            .map(|row| row.line(|cell| cell.role))
            .collect()
    }

    /// The same lines with one box and its edges in [`Role::Accent`], the boxes that they lead to as
    /// they are, and all else faint.
    pub fn lit(&self, graph: &Graph, node: usize) -> Vec<Line> {
        let mut edges = EdgeSet::default();
        let mut near = vec![false; graph.nodes.len()];
        for (index, edge) in graph.edges.iter().enumerate() {
            for (here, there) in [(edge.from, edge.to), (edge.to, edge.from)] {
                if here != End::Node(node) {
                    continue;
                }
                edges.0 |= EdgeSet::one(index).0;
                for other in graph.members(there) {
                    near[other] = true;
                }
            }
        }
        let role = |cell: &Cell| match cell.of {
            Part::Node(other) if other == node => Role::Accent,
            Part::Edges(set) if set.0 & edges.0 != 0 => Role::Accent,
            Part::Node(other) if near.get(other) == Some(&true) => cell.role,
            _ => Role::Faint,
        };
        self.rows.iter().map(|row| row.line(role)).collect()
    }

    /// The boxes from top to bottom and left to right.
    pub fn order(&self) -> Vec<usize> {
        let mut order = Vec::new();
        for cell in self.rows.iter().flat_map(|row| &row.cells) {
            if let Part::Node(node) = cell.of {
                if !order.contains(&node) {
                    order.push(node);
                }
            }
        }
        order
    }

    /// Line and column (both from zero, the column in cells) where a box begins.
    pub fn place(&self, node: usize) -> Option<(usize, usize)> {
        self.rows.iter().enumerate().find_map(|(y, row)| {
            let at = row
                .cells
                .iter()
                .position(|cell| cell.of == Part::Node(node))?;
            let before = row.cells.iter().take(at);
            Some((y, before.map(|cell| width(&cell.text)).sum()))
        })
    }

    /// The same picture from characters that every terminal and every mail has. Text stays as it is.
    #[must_use]
    pub fn ascii(mut self) -> Self {
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            if cell.role != Role::Plain {
                if let Some(plain) = super::glyph::ascii(&cell.text, cell.role) {
                    plain.clone_into(&mut cell.text);
                }
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use crate::diagram::{around, draw, parse, picture};
    use crate::text::{Line, Role};

    /// What is in one role, a line of text each.
    fn in_role(lines: &[Line], role: Role) -> Vec<String> {
        lines
            .iter()
            .map(|line| {
                let spans = line.spans.iter().filter(|span| span.role == role);
                spans.map(|span| span.text.as_str()).collect::<String>()
            })
            .filter(|text| !text.trim().is_empty())
            .collect()
    }

    #[test]
    fn a_box_lights_up_with_its_edges() {
        let graph = parse("flowchart LR\na -->|go| b\nb -.-> c\nc ==> d").expect("parses");
        let picture = picture(&graph, 60);
        assert_eq!(picture.lines(), draw(&graph, 60));
        assert_eq!(
            in_role(&picture.lit(&graph, 0), Role::Accent),
            ["┌─────┐", "│a│─ go ─▸", "└─────┘"]
        );
        assert_eq!(
            in_role(&picture.lit(&graph, 2), Role::Accent),
            ["┌─────┐", "┈┈▸│c│━━▸", "└─────┘"]
        );
        // The boxes that it leads to keep their role.
        assert_eq!(in_role(&picture.lit(&graph, 0), Role::Box)[0], "┌─────┐");
        assert_eq!(around(&graph, 1), ["a → b (go)", "b → c"]);
    }

    #[test]
    fn boxes_are_in_reading_order_and_have_a_place() {
        let graph = parse("flowchart LR\nb[日本] --> c & d\na --> b").expect("parses");
        let picture = picture(&graph, 60);
        let order = picture.order();
        let labels: Vec<&str> = order
            .iter()
            .map(|&n| graph.nodes[n].label.as_str())
            .collect();
        assert_eq!(labels, ["c", "a", "日本", "d"]);
        let (row, column) = picture.place(order[2]).expect("is there");
        let line = &picture.rows()[row];
        assert_eq!(line.cells[column].text, "┌");
        assert_eq!(picture.place(99), None);
        let list = crate::diagram::picture(&graph, 12);
        assert!(!list.is_drawn() && list.order().len() == 4);
    }

    #[test]
    fn ascii_changes_lines_and_leaves_text() {
        let graph = parse("flowchart LR\na[\"─ x ▸\"] --> b{Wait}").expect("parses");
        let plain = picture(&graph, 60).ascii();
        let text: Vec<String> = plain.rows().iter().map(super::Row::text).collect();
        assert_eq!(
            text,
            [
                "+-------+   /--------\\",
                "| ─ x ▸ |-->| ? Wait |",
                "+-------+   \\--------/",
            ]
        );
    }
}
