//! A diagram as lines of text, for ears and for pipes.

use super::graph::{End, Graph, Tip};

/// One line for each group, edge and lone box: `Kafka → joiner (label)`.
pub fn list(graph: &Graph) -> Vec<String> {
    let groups = (0..graph.groups.len()).map(|group| contents(graph, group));
    let edges = (0..graph.edges.len()).map(|number| edge(graph, number));
    let lone = (0..graph.nodes.len())
        .filter(|&node| graph.nodes[node].group.is_none())
        .filter(|&node| {
            !graph
                .edges
                .iter()
                .any(|edge| edge.from == End::Node(node) || edge.to == End::Node(node))
        })
        .map(|node| graph.name(End::Node(node)));
    groups.chain(edges).chain(lone).collect()
}

/// Only the edges that begin or end at one box.
pub fn around(graph: &Graph, node: usize) -> Vec<String> {
    let here = End::Node(node);
    let all = graph.edges.iter().enumerate();
    all.filter(|(_, edge)| edge.from == here || edge.to == here)
        .map(|(number, _)| edge(graph, number))
        .collect()
}

/// `Online path: gateway, ranker`.
fn contents(graph: &Graph, group: usize) -> String {
    let nodes = (0..graph.nodes.len())
        .filter(|&node| graph.nodes[node].group == Some(group))
        .map(End::Node);
    let inner = (0..graph.groups.len())
        .filter(|&inner| graph.groups[inner].parent == Some(group))
        .map(End::Group);
    let names: Vec<String> = nodes.chain(inner).map(|end| graph.name(end)).collect();
    format!("{}: {}", graph.name(End::Group(group)), names.join(", "))
}

/// `Kafka → joiner (label)`.
pub(super) fn edge(graph: &Graph, number: usize) -> String {
    let edge = &graph.edges[number];
    let arrow = match (edge.tail, edge.head) {
        (Tip::None, Tip::None) => "—",
        (Tip::None, _) => "→",
        (_, Tip::None) => "←",
        _ => "↔",
    };
    let (from, to) = (graph.name(edge.from), graph.name(edge.to));
    match &edge.label {
        Some(label) => format!("{from} {arrow} {to} ({})", super::graph::one_line(label)),
        None => format!("{from} {arrow} {to}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::diagram::{list, parse, parse_shorthand};

    #[test]
    fn edges_groups_and_lone_boxes_are_said() {
        let graph = parse(
            "flowchart LR\nsubgraph on [Online path]\n a[API<br/>gateway] -->|top 20| b\nend\n\
             c --- a\n d <--> b\n cache[(Cache)]",
        )
        .expect("parses");
        assert_eq!(
            list(&graph),
            [
                "Online path: API gateway, b",
                "API gateway → b (top 20)",
                "c — API gateway",
                "d ↔ b",
                "Cache",
            ]
        );
        let sketch = parse_shorthand("Kafka -> joiner: label").expect("parses");
        assert_eq!(list(&sketch), ["Kafka → joiner (label)"]);
    }
}
