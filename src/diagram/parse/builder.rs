//! Collects nodes, edges and groups under the limits, and settles what an id means.

use std::collections::BTreeMap;

use super::node::Mention;
use crate::diagram::graph::{Direction, Edge, End, Form, Graph, Group, Node, Shape};
use crate::diagram::limits;

#[derive(Debug, Default)]
pub(super) struct Builder {
    nodes: Vec<Draft>,
    edges: Vec<Edge>,
    groups: Vec<Group>,
    by_id: BTreeMap<String, usize>,
    open: Vec<usize>,
}

#[derive(Debug)]
struct Draft {
    node: Node,
    described: bool,
}

/// What is too much, in words.
type Refusal = String;

impl Builder {
    /// The node of this id; the first mention inside a group claims it.
    pub(super) fn node(&mut self, mention: &Mention) -> Result<usize, Refusal> {
        let index = match self.by_id.get(&mention.id) {
            Some(&index) => index,
            None => self.add(&mention.id)?,
        };
        if let Some(draft) = self.nodes.get_mut(index) {
            if draft.node.group.is_none() {
                draft.node.group = self.open.last().copied();
            }
            if let Some((shape, label)) = &mention.body {
                draft.described = true;
                draft.node.shape = *shape;
                if !label.is_empty() {
                    draft.node.label.clone_from(label);
                }
            }
        }
        Ok(index)
    }

    pub(super) fn knows(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    fn add(&mut self, id: &str) -> Result<usize, Refusal> {
        if self.nodes.len() >= limits::NODES {
            return Err(format!(
                "more than {} nodes: split the diagram",
                limits::NODES
            ));
        }
        let index = self.nodes.len();
        self.by_id.insert(id.to_owned(), index);
        self.nodes.push(Draft {
            node: Node {
                id: id.to_owned(),
                label: crate::text::clean_line(id).into_owned(),
                shape: Shape::Rect,
                group: None,
            },
            described: false,
        });
        Ok(index)
    }

    pub(super) fn edge(&mut self, edge: Edge) -> Result<(), Refusal> {
        if self.edges.len() >= limits::EDGES {
            return Err(format!(
                "more than {} arrows: split the diagram",
                limits::EDGES
            ));
        }
        self.edges.push(edge);
        Ok(())
    }

    pub(super) fn open(&mut self, id: String, title: String) -> Result<(), Refusal> {
        if self.groups.len() >= limits::GROUPS {
            return Err(format!("more than {} subgraphs", limits::GROUPS));
        }
        if self.open.len() >= limits::DEPTH {
            return Err(format!("subgraphs more than {} deep", limits::DEPTH));
        }
        self.groups.push(Group {
            id,
            title,
            parent: self.open.last().copied(),
        });
        self.open.push(self.groups.len() - 1);
        Ok(())
    }

    /// Closes the innermost group; false when none is open.
    pub(super) fn close(&mut self) -> bool {
        self.open.pop().is_some()
    }

    pub(super) fn has_open(&self) -> bool {
        !self.open.is_empty()
    }

    pub(super) fn finish(self, form: Form, direction: Direction) -> Graph {
        let mut groups = self.groups;
        let mut nodes: Vec<Node> = Vec::with_capacity(self.nodes.len());
        let mut ends: Vec<End> = Vec::with_capacity(self.nodes.len());
        // An id that was only mentioned, and that a subgraph carries, means the subgraph.
        for draft in self.nodes {
            let group = groups
                .iter()
                .position(|group| !draft.described && group.id == draft.node.id);
            ends.push(match group {
                Some(group) => End::Group(group),
                None => {
                    nodes.push(draft.node);
                    End::Node(nodes.len() - 1)
                }
            });
        }
        let settle = |end: End| match end {
            End::Node(node) => ends.get(node).copied().unwrap_or(end),
            End::Group(_) => end,
        };
        let mut edges = self.edges;
        for edge in &mut edges {
            edge.from = settle(edge.from);
            edge.to = settle(edge.to);
        }
        let mut graph = Graph {
            form,
            direction,
            nodes,
            edges,
            groups: std::mem::take(&mut groups),
        };
        fill_empty_groups(&mut graph);
        graph
    }
}

/// A group that holds nothing is drawn as a box, so that its title and its edges are seen.
fn fill_empty_groups(graph: &mut Graph) {
    let empty: Vec<usize> = (0..graph.groups.len())
        .filter(|&group| graph.members(End::Group(group)).is_empty())
        .collect();
    if empty.is_empty() {
        return;
    }
    let mut boxes = BTreeMap::new();
    for &group in &empty {
        let Some(old) = graph.groups.get(group) else {
            continue;
        };
        let parent = graph
            .around(old.parent)
            .find(|outer| !empty.contains(outer));
        boxes.insert(group, graph.nodes.len());
        graph.nodes.push(Node {
            id: old.id.clone(),
            label: old.title.clone(),
            shape: Shape::Rect,
            group: parent,
        });
    }
    let kept: Vec<usize> = (0..graph.groups.len())
        .filter(|group| !empty.contains(group))
        .collect();
    let place = |group: usize| kept.iter().position(|&old| old == group);
    for node in &mut graph.nodes {
        node.group = node.group.and_then(place);
    }
    for edge in &mut graph.edges {
        for end in [&mut edge.from, &mut edge.to] {
            if let End::Group(group) = *end {
                *end = match boxes.get(&group) {
                    Some(&node) => End::Node(node),
                    None => place(group).map_or(*end, End::Group),
                };
            }
        }
    }
    let old = std::mem::take(&mut graph.groups);
    graph.groups = old
        .into_iter()
        .enumerate()
        .filter(|(index, _)| !empty.contains(index))
        .map(|(_, mut group)| {
            group.parent = group.parent.and_then(place);
            group
        })
        .collect();
}
