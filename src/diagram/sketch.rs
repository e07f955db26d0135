//! A plain chain of the whiteboard as running text: `user ──▸ kafka ──▸ store`.

use super::graph::{Edge, End, Form, Graph, Shape, Stroke, Tip};
use crate::text::{width, wrap, Line, Role};

/// The chains as rows of text; `None` when the sketch is more than simple chains.
pub(super) fn rows(graph: &Graph, limit: usize) -> Option<Vec<Line>> {
    let chains = chains(graph)?;
    Some(
        chains
            .iter()
            .flat_map(|chain| chain_rows(graph, chain, limit))
            .collect(),
    )
}

/// A chain: its nodes, each with the edge that leads to it.
type Chain<'a> = Vec<(usize, Option<&'a Edge>)>;

fn chains(graph: &Graph) -> Option<Vec<Chain<'_>>> {
    let plain = graph.form == Form::Sketch
        && graph.nodes.iter().all(|node| node.shape == Shape::Rect)
        && graph.edges.iter().all(|edge| edge.tail == Tip::None);
    if !plain {
        return None;
    }
    let mut next: Vec<Option<(usize, &Edge)>> = vec![None; graph.nodes.len()];
    let mut has_previous = vec![false; graph.nodes.len()];
    for edge in &graph.edges {
        let (End::Node(from), End::Node(to)) = (edge.from, edge.to) else {
            return None;
        };
        if next[from].is_some() || has_previous[to] {
            return None;
        }
        next[from] = Some((to, edge));
        has_previous[to] = true;
    }
    let mut chains = Vec::new();
    let mut drawn = 0;
    for start in (0..graph.nodes.len()).filter(|&node| !has_previous[node]) {
        let mut chain: Chain<'_> = vec![(start, None)];
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

fn chain_rows(graph: &Graph, chain: &Chain<'_>, limit: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line::new();
    for (node, edge) in chain {
        let mut piece = Line::new();
        if let Some(edge) = edge {
            arrow(&mut piece, edge);
        }
        let name = graph.name(End::Node(*node));
        if line.width() + piece.width() + width(&name) > limit && line.width() > 0 {
            lines.push(std::mem::take(&mut line));
            line.push(" ", Role::Plain);
        }
        if line.width() + piece.width() + width(&name) <= limit {
            line.spans.append(&mut piece.spans);
            line.push(&name, Role::Plain);
            continue;
        }
        // Not even a row of its own is enough: break the words.
        let text = format!("{}{name}", piece.text());
        lines.extend(wrap(text.trim(), limit).into_iter().map(Line::plain));
        line = Line::new();
    }
    if line.width() > 0 {
        lines.push(line);
    }
    lines
}

fn arrow(line: &mut Line, edge: &Edge) {
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
    line.push(" ", Role::Plain);
    line.push(&stroke.repeat(2), Role::Edge);
    if let Some(label) = &edge.label {
        line.push(&format!(" {} ", super::graph::one_line(label)), Role::Plain);
        line.push(stroke, Role::Edge);
    }
    line.push(head, Role::Edge);
    line.push(" ", Role::Plain);
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
