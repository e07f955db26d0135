//! A plain chain of the whiteboard as running text: `user ──▸ kafka ──▸ store`.

use super::graph::{Edge, End, Form, Graph, Shape, Stroke, Tip};
use super::picture::{EdgeSet, Part, Row};
use crate::text::{width, wrap, Role};

/// The chains as rows of text; `None` when the sketch is more than simple chains.
pub(super) fn rows(graph: &Graph, limit: usize) -> Option<Vec<Row>> {
    let chains = chains(graph)?;
    Some(
        chains
            .iter()
            .flat_map(|chain| chain_rows(graph, chain, limit))
            .collect(),
    )
}

/// A chain: its nodes, each with the number of the edge that leads to it.
type Chain = Vec<(usize, Option<usize>)>;

fn chains(graph: &Graph) -> Option<Vec<Chain>> {
    let plain = graph.form == Form::Sketch
        && graph.nodes.iter().all(|node| node.shape == Shape::Rect)
        && graph.edges.iter().all(|edge| edge.tail == Tip::None);
    if !plain {
        return None;
    }
    let mut next: Vec<Option<(usize, usize)>> = vec![None; graph.nodes.len()];
    let mut has_previous = vec![false; graph.nodes.len()];
    for (number, edge) in graph.edges.iter().enumerate() {
        let (End::Node(from), End::Node(to)) = (edge.from, edge.to) else {
            return None;
        };
        if next[from].is_some() || has_previous[to] {
            return None;
        }
        next[from] = Some((to, number));
        has_previous[to] = true;
    }
    let mut chains = Vec::new();
    let mut drawn = 0;
    for start in (0..graph.nodes.len()).filter(|&node| !has_previous[node]) {
        let mut chain: Chain = vec![(start, None)];
        let mut at = start;
        while let Some((to, edge)) = next[at] {
            chain.push((to, Some(edge)));
            at = to;
        }
        drawn += chain.len();
        chains.push(chain);
    }
    // What is left over goes round in circles.
    (drawn == graph.nodes.len()).then_some(chains)
}

fn chain_rows(graph: &Graph, chain: &Chain, limit: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut row = Row::default();
    for &(node, edge) in chain {
        let mut piece = Row::default();
        if let Some(edge) = edge {
            arrow(
                &mut piece,
                &graph.edges[edge],
                Part::Edges(EdgeSet::one(edge)),
            );
        }
        let name = graph.name(End::Node(node));
        if row.width() + piece.width() + width(&name) > limit && row.width() > 0 {
            rows.push(std::mem::take(&mut row));
            row.push(" ", Role::Plain, Part::Nothing);
        }
        if row.width() + piece.width() + width(&name) <= limit {
            row.append(piece);
            row.push(&name, Role::Plain, Part::Node(node));
            continue;
        }
        // Not even a row of its own is enough: break the words.
        let text = format!("{}{name}", piece.text());
        let broken = wrap(text.trim(), limit).into_iter();
        rows.extend(broken.map(|text| Row::of(&text, Role::Plain, Part::Node(node))));
        row = Row::default();
    }
    if row.width() > 0 {
        rows.push(row);
    }
    rows
}

fn arrow(row: &mut Row, edge: &Edge, of: Part) {
    let stroke = match edge.stroke {
        Stroke::Solid => "─",
        Stroke::Dotted => "┈",
        Stroke::Thick => "━",
    };
    let head = if edge.head == Tip::None {
        stroke
    } else {
        "▸"
    };
    row.push(" ", Role::Plain, Part::Nothing);
    row.push(&stroke.repeat(2), Role::Edge, of);
    if let Some(label) = &edge.label {
        let label = super::graph::one_line(label);
        row.push(&format!(" {label} "), Role::Plain, of);
        row.push(stroke, Role::Edge, of);
    }
    row.push(head, Role::Edge, of);
    row.push(" ", Role::Plain, Part::Nothing);
}

#[cfg(test)]
mod tests {
    use super::rows;
    use crate::diagram::parse_shorthand;

    fn draw(text: &str, limit: usize) -> Option<String> {
        let graph = parse_shorthand(text).expect("parses");
        let lines = rows(&graph, limit)?;
        assert!(lines.iter().all(|line| line.width() <= limit));
        Some(lines.iter().map(|line| line.text() + "\n").collect())
    }

    #[test]
    fn a_chain_is_one_row_and_wraps_when_it_must() {
        let text = "user -> kafka -> \"feature store\" -> serving";
        insta::assert_snapshot!(draw(text, 60).unwrap(), @"user ──▸ kafka ──▸ feature store ──▸ serving");
        insta::assert_snapshot!(draw(text, 40).unwrap(), @r"
        user ──▸ kafka ──▸ feature store
          ──▸ serving
        ");
    }

    #[test]
    fn labels_stand_in_the_arrow_and_several_chains_are_several_rows() {
        let text = "user -> kafka: clicks\nlogs -> lake\ncache";
        insta::assert_snapshot!(draw(text, 60).unwrap(), @r"
        user ── clicks ─▸ kafka
        logs ──▸ lake
        cache
        ");
    }

    #[test]
    fn a_fork_or_a_circle_is_no_chain() {
        assert_eq!(draw("a -> b\na -> c", 60), None);
        assert_eq!(draw("a -> b -> a", 60), None);
        assert_eq!(draw("a -> b\nc -> b", 60), None);
    }
}
