//! Flowcharts as people write them, and what became of each in a picture.

use greenroom::diagram::{self, Graph, Part, Picture};
use greenroom::text::{width, Role};
use std::fs;
use std::path::{Path, PathBuf};

/// One flowchart of tests/data/flowcharts, or of the cases in content.
#[derive(Debug)]
pub(crate) struct Flowchart {
    pub(crate) name: String,
    pub(crate) graph: Graph,
}

impl Flowchart {
    /// All of them, in the order of their names.
    pub(crate) fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut all = Vec::new();
        for path in files(&root.join("tests/data/flowcharts"), "mmd") {
            all.push(Self::read(&path, 0, &fs::read_to_string(&path).unwrap()));
        }
        for path in files(&root.join("content/cases"), "md") {
            let text = fs::read_to_string(&path).unwrap();
            for (number, fence) in text.split("```mermaid\n").skip(1).enumerate() {
                let source = fence.split("```").next().unwrap_or_default();
                all.push(Self::read(&path, number + 1, source));
            }
        }
        all
    }

    fn read(path: &Path, number: usize, source: &str) -> Self {
        let file = path.file_stem().unwrap().to_string_lossy();
        let folder = path.parent().unwrap().file_name().unwrap();
        let name = match number {
            0 => file.into_owned(),
            _ => format!("{} {number}", folder.to_string_lossy()),
        };
        let graph = diagram::read(source).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        Self { name, graph }
    }
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Some of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) of: usize,
    pub(crate) all: usize,
}

impl Share {
    pub(crate) fn count(&mut self, good: bool) {
        self.of += usize::from(good);
        self.all += 1;
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.of += other.of;
        self.all += other.all;
    }

    /// 100 of nothing.
    pub(crate) fn percent(self) -> f64 {
        if self.all == 0 {
            return 100.0;
        }
        100.0 * self.of as f64 / self.all as f64
    }
}

/// What became of one flowchart at one width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// A drawing, not a list.
    pub(crate) drawn: bool,
    /// The texts that are nowhere to be found.
    pub(crate) lost: Vec<String>,
    /// The widest line, in cells.
    pub(crate) width: usize,
    /// Labels of boxes that stand in their boxes; labels of edges that stand on or beside their lines.
    pub(crate) in_boxes: Share,
    pub(crate) on_lines: Share,
}

impl Seen {
    pub(crate) fn is_good(&self, limit: usize) -> bool {
        self.drawn && self.lost.is_empty() && self.width <= limit
    }
}

/// Looks for every text of a graph in its picture.
pub(crate) fn look(graph: &Graph, picture: &Picture) -> Seen {
    let mut seen = Seen {
        drawn: picture.is_drawn(),
        width: picture
            .rows()
            .iter()
            .map(diagram::Row::width)
            .max()
            .unwrap_or(0),
        ..Seen::default()
    };
    for (index, node) in graph.nodes.iter().enumerate() {
        let shown = shown(picture, |part| part == Part::Node(index));
        seen.in_boxes
            .count(seen.drawn && shown == bare(&node.label));
        seen.note(&shown, &node.label);
    }
    for (index, edge) in graph.edges.iter().enumerate() {
        let Some(label) = &edge.label else { continue };
        let own = |part| matches!(part, Part::Edges(edges) if edges.contains(index));
        let shown = shown(picture, own);
        seen.on_lines.count(seen.drawn && shown == bare(label));
        seen.note(&shown, label);
    }
    for (index, group) in graph.groups.iter().enumerate() {
        let shown: String = cells(picture, |part| part == Part::Group(index)).collect();
        seen.note(&bare(&shown), &group.title);
    }
    seen
}

impl Seen {
    fn note(&mut self, shown: &str, label: &str) {
        if !shown.contains(&bare(label)) {
            self.lost.push(label.to_owned());
        }
    }
}

/// The plain text of some cells, without blanks.
fn shown(picture: &Picture, own: impl Fn(Part) -> bool) -> String {
    let rows = picture.rows().iter();
    let cells = rows.flat_map(|row| &row.cells);
    let plain = cells.filter(|cell| cell.role == Role::Plain && own(cell.of));
    bare(&plain.map(|cell| cell.text.as_str()).collect::<String>())
}

fn cells<'a>(
    picture: &'a Picture,
    own: impl Fn(Part) -> bool + 'a,
) -> impl Iterator<Item = &'a str> + 'a {
    let rows = picture.rows().iter();
    let cells = rows.flat_map(|row| &row.cells);
    let own = cells.filter(move |cell| own(cell.of));
    own.map(|cell| cell.text.as_str())
        .filter(|text| !"╌╎╭╮╰╯".contains(text))
}

/// Without blanks and what takes no room.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && width(c.encode_utf8(&mut [0; 4])) > 0)
        .collect()
}
