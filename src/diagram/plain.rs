//! The plainer drawing for what cannot be routed: one column of boxes, each with its edges below.

use super::graph::{one_line, Edge, End, Graph, Shape, Tip};
use crate::text::{width, wrap, Line, Role};

/// Draws any graph at any width.
pub(super) fn draw(graph: &Graph, limit: usize) -> Vec<Line> {
    let limit = limit.max(12);
    let mut lines = Vec::new();
    let mut shown = vec![false; graph.nodes.len()];
    section(graph, None, limit, &mut shown, &mut lines);
    for group in (0..graph.groups.len()).filter(|&group| graph.groups[group].parent.is_none()) {
        below(graph, group, limit, &mut shown, &mut lines);
    }
    lines
}

/// A group with the groups inside it.
fn below(graph: &Graph, group: usize, limit: usize, shown: &mut [bool], lines: &mut Vec<Line>) {
    let names: Vec<String> = graph
        .around(Some(group))
        .map(|group| graph.name(End::Group(group)))
        .collect();
    let title: Vec<String> = names.into_iter().rev().collect();
    for line in wrap(&title.join(" › "), limit - 6) {
        let dashes = limit.saturating_sub(width(&line) + 4).min(30);
        lines.push(Line::of(
            format!("╌╌ {line} {}", "╌".repeat(dashes)),
            Role::Group,
        ));
    }
    edges(graph, End::Group(group), limit, lines);
    section(graph, Some(group), limit, shown, lines);
    for inner in (0..graph.groups.len()).filter(|&inner| graph.groups[inner].parent == Some(group))
    {
        below(graph, inner, limit, shown, lines);
    }
}

fn section(
    graph: &Graph,
    group: Option<usize>,
    limit: usize,
    shown: &mut [bool],
    lines: &mut Vec<Line>,
) {
    for (node, shown) in shown.iter_mut().enumerate() {
        if graph.nodes[node].group == group && !*shown {
            *shown = true;
            boxed(graph, node, limit, lines);
            edges(graph, End::Node(node), limit, lines);
        }
    }
}

fn boxed(graph: &Graph, node: usize, limit: usize, lines: &mut Vec<Line>) {
    let this = &graph.nodes[node];
    let text = wrap(&this.label, limit - 4);
    let wide = text
        .iter()
        .map(|line| width(line))
        .max()
        .unwrap_or(0)
        .max(1);
    let (role, bar) = match this.shape {
        Shape::Store => (Role::Store, "═"),
        _ => (Role::Box, "─"),
    };
    let corners = match this.shape {
        Shape::Store | Shape::Round => ["╭", "╮", "╰", "╯"],
        _ => ["┌", "┐", "└", "┘"],
    };
    let bar = bar.repeat(wide + 2);
    lines.push(Line::of(format!("{}{bar}{}", corners[0], corners[1]), role));
    for line in text {
        let pad = " ".repeat(wide - width(&line));
        lines.push(
            Line::of("│", role)
                .with(&format!(" {line}{pad} "), Role::Plain)
                .with("│", role),
        );
    }
    lines.push(Line::of(format!("{}{bar}{}", corners[2], corners[3]), role));
}

/// What leaves this end: `├─ label ─▸ target`.
fn edges(graph: &Graph, from: End, limit: usize, lines: &mut Vec<Line>) {
    let outgoing: Vec<&Edge> = graph
        .edges
        .iter()
        .filter(|edge| edge.from == from)
        .collect();
    for (index, edge) in outgoing.iter().enumerate() {
        let last = index + 1 == outgoing.len();
        let mark = if last { "╰" } else { "├" };
        let head = if edge.head == Tip::None {
            "──"
        } else {
            "─▸"
        };
        let tail = if edge.tail == Tip::None { "─" } else { "◂" };
        let text = match &edge.label {
            Some(label) => format!("{}: {}", graph.name(edge.to), one_line(label)),
            None => graph.name(edge.to),
        };
        for (row, part) in wrap(&text, limit - 7).into_iter().enumerate() {
            let lead = match (row, last) {
                (0, _) => format!("  {mark}{tail}{head} "),
                (_, false) => "  │     ".to_owned(),
                (_, true) => "        ".to_owned(),
            };
            lines.push(Line::of(lead, Role::Edge).with(&part, Role::Plain));
        }
    }
}
