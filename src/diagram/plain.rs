//! The plainer drawing for what cannot be routed: one column of boxes, each with its edges below.

use super::graph::{one_line, Edge, End, Graph, Shape, Tip};
use super::picture::{EdgeSet, Part, Row};
use crate::text::{width, wrap, Role};

/// Draws any graph at any width.
pub(super) fn draw(graph: &Graph, limit: usize) -> Vec<Row> {
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
fn below(graph: &Graph, group: usize, limit: usize, shown: &mut [bool], lines: &mut Vec<Row>) {
    let names: Vec<String> = graph
        .around(Some(group))
        .map(|group| graph.name(End::Group(group)))
        .collect();
    let title: Vec<String> = names.into_iter().rev().collect();
    for line in wrap(&title.join(" › "), limit - 6) {
        let dashes = limit.saturating_sub(width(&line) + 4).min(30);
        lines.push(Row::of(
            &format!("╌╌ {line} {}", "╌".repeat(dashes)),
            Role::Group,
            Part::Group(group),
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
    lines: &mut Vec<Row>,
) {
    for (node, shown) in shown.iter_mut().enumerate() {
        if graph.nodes[node].group == group && !*shown {
            *shown = true;
            boxed(graph, node, limit, lines);
            edges(graph, End::Node(node), limit, lines);
        }
    }
}

fn boxed(graph: &Graph, node: usize, limit: usize, lines: &mut Vec<Row>) {
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
    let of = Part::Node(node);
    let edge = |left: &str, right: &str| Row::of(&format!("{left}{bar}{right}"), role, of);
    lines.push(edge(corners[0], corners[1]));
    for line in text {
        let pad = " ".repeat(wide - width(&line));
        lines.push(
            Row::of("│", role, of)
                .with(&format!(" {line}{pad} "), Role::Plain, of)
                .with("│", role, of),
        );
    }
    lines.push(edge(corners[2], corners[3]));
}

/// What leaves this end: `├─ label ─▸ target`.
fn edges(graph: &Graph, from: End, limit: usize, lines: &mut Vec<Row>) {
    let all = graph.edges.iter().enumerate();
    let outgoing: Vec<(usize, &Edge)> = all.filter(|(_, edge)| edge.from == from).collect();
    for (index, (number, edge)) in outgoing.iter().enumerate() {
        let of = Part::Edges(EdgeSet::one(*number));
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
            lines.push(Row::of(&lead, Role::Edge, of).with(&part, Role::Plain, of));
        }
    }
}
