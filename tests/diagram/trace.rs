//! Follows lines as an eye does: by what each character joins, not by what the program knows.

use greenroom::diagram::{Cell, End, Graph, Part, Picture, Tip};
use greenroom::text::{width, Role};
use std::collections::{BTreeMap, BTreeSet};

/// Right, down, left, up.
type Dir = usize;

fn back(dir: Dir) -> Dir {
    (dir + 2) % 4
}

/// Which sides of a cell a character of a line joins.
fn arms(glyph: &str) -> Option<[bool; 4]> {
    Some(match glyph {
        "─" | "┈" | "━" => [true, false, true, false],
        "│" | "┊" | "┃" => [false, true, false, true],
        "╭" | "┏" => [true, true, false, false],
        "╮" | "┓" => [false, true, true, false],
        "╰" | "┗" => [true, false, false, true],
        "╯" | "┛" => [false, false, true, true],
        "├" | "┣" => [true, true, false, true],
        "┤" | "┫" => [false, true, true, true],
        "┬" | "┳" => [true, true, true, false],
        "┴" | "┻" => [true, false, true, true],
        "┼" | "╋" | "┿" | "╂" | "●" => [true; 4],
        _ => return None,
    })
}

fn is_crossing(glyph: &str) -> bool {
    matches!(glyph, "┼" | "╋" | "┿" | "╂")
}

/// Whether this tip may be entered in this direction.
fn is_tip(glyph: &str, dir: Dir) -> bool {
    match glyph {
        "○" | "×" => true,
        _ => ["▸", "▾", "◂", "▴"][dir] == glyph,
    }
}

/// The cells of a picture by their place.
pub(crate) struct Sheet<'a> {
    cells: BTreeMap<(i64, i64), &'a Cell>,
}

/// What a line that was followed comes to.
#[derive(Debug, Default)]
pub(crate) struct Reached {
    pub(crate) tips: BTreeSet<End>,
    /// Where a line ends without a tip.
    pub(crate) ends: BTreeSet<End>,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(picture: &'a Picture) -> Self {
        let mut cells = BTreeMap::new();
        for (y, row) in picture.rows().iter().enumerate() {
            let mut x = 0;
            for cell in &row.cells {
                let wide = width(&cell.text);
                for half in x..x + wide {
                    cells.insert((half as i64, y as i64), cell);
                }
                x += wide;
            }
        }
        Self { cells }
    }

    /// The box or frame whose border, text or title is here.
    fn end(&self, at: (i64, i64)) -> Option<End> {
        let cell = self.cells.get(&at)?;
        match cell.of {
            Part::Node(node) => Some(End::Node(node)),
            Part::Group(group) if cell.role == Role::Group => Some(End::Group(group)),
            _ => None,
        }
    }

    /// Everything that the lines which leave an end come to. Lines that have a tip at this end are
    /// followed only if they are wanted: most of them come from elsewhere.
    pub(crate) fn follow(&self, from: End, tips: bool) -> Reached {
        let mut waiting = Vec::new();
        for &at in self.cells.keys() {
            if self.end(at) != Some(from) {
                continue;
            }
            for dir in 0..4 {
                let next = step(at, dir);
                let Some(cell) = self.line(next) else {
                    continue;
                };
                let starts = match arms(&cell.text) {
                    Some(arms) => arms[back(dir)],
                    None => tips && is_tip(&cell.text, back(dir)),
                };
                if starts {
                    waiting.push((next, dir));
                }
            }
        }
        let mut reached = Reached::default();
        let mut seen = BTreeSet::new();
        while let Some((at, dir)) = waiting.pop() {
            if !seen.insert((at, dir)) {
                continue;
            }
            for out in self.ways(at, dir) {
                let next = step(at, out);
                let Some(cell) = self.line(next) else {
                    reached.ends.extend(self.end(next));
                    continue;
                };
                match arms(&cell.text) {
                    Some(arms) if arms[back(out)] => waiting.push((next, out)),
                    Some(_) => {}
                    None if cell.role == Role::Plain => waiting.push((next, out)),
                    None if is_tip(&cell.text, out) => {
                        reached.tips.extend(self.end(step(next, out)));
                    }
                    None => {}
                }
            }
        }
        reached
    }

    /// A cell of a line, its tip or a label in it.
    fn line(&self, at: (i64, i64)) -> Option<&&'a Cell> {
        let cell = self.cells.get(&at)?;
        matches!(cell.of, Part::Edges(_)).then_some(cell)
    }

    /// Where a line that comes into a cell goes on.
    fn ways(&self, at: (i64, i64), dir: Dir) -> Vec<Dir> {
        let Some(cell) = self.line(at) else {
            return Vec::new();
        };
        match arms(&cell.text) {
            Some(_) if is_crossing(&cell.text) => vec![dir],
            Some(arms) => (0..4)
                .filter(|&out| arms[out] && out != back(dir))
                .collect(),
            // A label stands in a level line; a tail's tip leads straight on.
            None if cell.role == Role::Plain && dir % 2 == 1 => Vec::new(),
            None => vec![dir],
        }
    }
}

fn step((x, y): (i64, i64), dir: Dir) -> (i64, i64) {
    match dir {
        0 => (x + 1, y),
        1 => (x, y + 1),
        2 => (x - 1, y),
        _ => (x, y - 1),
    }
}

/// Every edge leads from its source to its target, and no line leads anywhere else.
pub(crate) fn check(graph: &Graph, picture: &Picture) -> Result<(), String> {
    let sheet = Sheet::new(picture);
    let sources: BTreeSet<End> = graph
        .edges
        .iter()
        .flat_map(|edge| [edge.from, edge.to])
        .collect();
    for from in sources {
        let two_tips = |tail: Tip, here: End| tail != Tip::None && here == from;
        let tips = graph
            .edges
            .iter()
            .any(|edge| two_tips(edge.tail, edge.from));
        let reached = sheet.follow(from, tips);
        let mut allowed = BTreeSet::new();
        for edge in &graph.edges {
            if edge.from == from {
                allowed.insert(edge.to);
                let found = match edge.head {
                    Tip::None => reached.ends.contains(&edge.to),
                    _ => reached.tips.contains(&edge.to),
                };
                if !found {
                    return Err(format!(
                        "{} cannot be followed",
                        name(graph, edge.from, edge.to)
                    ));
                }
            }
            // Seen from its other end, a line with a tip only at its tail leads there.
            if edge.to == from && edge.head == Tip::None {
                allowed.insert(edge.from);
            }
        }
        let reached = sheet.follow(from, false);
        if let Some(wrong) = reached.tips.iter().find(|tip| !allowed.contains(tip)) {
            return Err(format!("{} can be followed", name(graph, from, *wrong)));
        }
    }
    Ok(())
}

fn name(graph: &Graph, from: End, to: End) -> String {
    format!("{} → {}", graph.name(from), graph.name(to))
}

/// No line runs inside a frame that holds neither of its ends.
pub(crate) fn trespass(graph: &Graph, picture: &Picture) -> Option<String> {
    let sheet = Sheet::new(picture);
    for group in 0..graph.groups.len() {
        let border: Vec<(i64, i64)> = sheet
            .cells
            .keys()
            .copied()
            .filter(|&at| sheet.end(at) == Some(End::Group(group)))
            .collect();
        let (Some(left), Some(right)) = (
            border.iter().map(|at| at.0).min(),
            border.iter().map(|at| at.0).max(),
        ) else {
            continue;
        };
        let (top, bottom) = (
            border.iter().map(|at| at.1).min()?,
            border.iter().map(|at| at.1).max()?,
        );
        let own = |end: End| match end {
            End::Group(other) => graph.around(Some(other)).any(|around| around == group),
            End::Node(node) => graph.holds(group, node),
        };
        for (index, edge) in graph.edges.iter().enumerate() {
            if own(edge.from) || own(edge.to) {
                continue;
            }
            let inside = sheet.cells.iter().any(|(at, cell)| {
                let inside = at.0 >= left && at.0 <= right && at.1 >= top && at.1 <= bottom;
                inside && matches!(cell.of, Part::Edges(edges) if edges.contains(index))
            });
            if inside {
                let title = graph.name(End::Group(group));
                return Some(format!(
                    "{} runs through {title}",
                    name(graph, edge.from, edge.to)
                ));
            }
        }
    }
    None
}
