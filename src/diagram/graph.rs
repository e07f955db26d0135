//! What a flowchart says, without how it looks.

/// A parsed flowchart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    pub form: Form,
    pub direction: Direction,
    pub nodes: Vec<Node>,
    pub edges: Vec<Edge>,
    pub groups: Vec<Group>,
}

/// How the text was written: a sketch's plain chain needs no boxes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    #[default]
    Flowchart,
    Sketch,
}

/// Where the flow goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    #[default]
    Right,
    Left,
    Down,
    Up,
}

impl Direction {
    pub fn is_vertical(self) -> bool {
        matches!(self, Self::Down | Self::Up)
    }
}

/// One box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub id: String,
    /// May hold newlines where the author broke the line.
    pub label: String,
    pub shape: Shape,
    /// The innermost group that holds it.
    pub group: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    #[default]
    Rect,
    /// `( )`, `([ ])`, `(( ))`
    Round,
    /// `[( )]`
    Store,
    /// `{ }`
    Choice,
    /// `{{ }}`
    Hexagon,
    /// `[/ /]`
    Slanted,
    /// `> ]`
    Flag,
}

/// What an edge starts or ends at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    Node(usize),
    Group(usize),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    pub from: End,
    pub to: End,
    pub label: Option<String>,
    pub stroke: Stroke,
    pub tail: Tip,
    pub head: Tip,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stroke {
    #[default]
    Solid,
    Dotted,
    Thick,
}

/// What is drawn at one end of an edge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tip {
    None,
    #[default]
    Arrow,
    Circle,
    Cross,
}

/// A titled frame around nodes (a Mermaid subgraph).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: String,
    pub title: String,
    pub parent: Option<usize>,
}

impl Graph {
    /// The groups around a group or node, from the innermost outwards.
    pub fn around(&self, innermost: Option<usize>) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(innermost, |&group| {
            self.groups.get(group).and_then(|group| group.parent)
        })
    }

    /// Whether the node lies in the group, at any depth.
    pub fn holds(&self, group: usize, node: usize) -> bool {
        let innermost = self.nodes.get(node).and_then(|node| node.group);
        self.around(innermost).any(|outer| outer == group)
    }

    /// The nodes that an end stands for: itself, or all that the group holds.
    pub fn members(&self, end: End) -> Vec<usize> {
        match end {
            End::Node(node) => vec![node],
            End::Group(group) => (0..self.nodes.len())
                .filter(|&node| self.holds(group, node))
                .collect(),
        }
    }

    /// The label of a node or the title of a group, on one line.
    pub fn name(&self, end: End) -> String {
        let text = match end {
            End::Node(node) => self.nodes.get(node).map(|node| node.label.as_str()),
            End::Group(group) => self.groups.get(group).map(|group| group.title.as_str()),
        };
        one_line(text.unwrap_or_default())
    }
}

/// The text with every run of blanks and newlines as one space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
