//! Lanes: groups and the boxes outside them become bands, stacked in the order of the flow.

use super::Tie;
use crate::diagram::graph::Graph;

/// Boxes that share one band and the same groups around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) nodes: Vec<usize>,
    /// The groups around it, the outermost first.
    pub(super) groups: Vec<usize>,
}

/// All boxes in bands, from the first to the last.
pub(super) fn blocks(graph: &Graph, ties: &[Tie]) -> Vec<Block> {
    let mut out = Vec::new();
    arrange(graph, ties, None, &mut Vec::new(), &mut out);
    out
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Node(usize),
    Group(usize),
}

fn arrange(
    graph: &Graph,
    ties: &[Tie],
    parent: Option<usize>,
    around: &mut Vec<usize>,
    out: &mut Vec<Block>,
) {
    let mut loose: Vec<usize> = Vec::new();
    for unit in in_order(graph, ties, parent) {
        match unit {
            Unit::Node(node) => loose.push(node),
            Unit::Group(group) => {
                flush(&mut loose, around, out);
                around.push(group);
                arrange(graph, ties, Some(group), around, out);
                around.pop();
            }
        }
    }
    flush(&mut loose, around, out);
}

fn flush(loose: &mut Vec<usize>, around: &[usize], out: &mut Vec<Block>) {
    if !loose.is_empty() {
        let mut nodes = std::mem::take(loose);
        nodes.sort_unstable();
        out.push(Block {
            nodes,
            groups: around.to_vec(),
        });
    }
}

/// The things right inside `parent`, what flows first before what flows later. Loose boxes are kept
/// together as long as the flow allows, so that they share a band.
fn in_order(graph: &Graph, ties: &[Tie], parent: Option<usize>) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut unit_of = vec![None; graph.nodes.len()];
    for (node, slot) in unit_of.iter_mut().enumerate() {
        let innermost = graph.nodes[node].group;
        let unit = if innermost == parent {
            Some(Unit::Node(node))
        } else {
            graph
                .around(innermost)
                .find(|&group| graph.groups[group].parent == parent)
                .filter(|_| parent.is_none_or(|parent| graph.holds(parent, node)))
                .map(Unit::Group)
        };
        let Some(unit) = unit else { continue };
        let known = units.iter().position(|&other| other == unit);
        *slot = Some(known.unwrap_or(units.len()));
        if known.is_none() {
            units.push(unit);
        }
    }
    let mut needs = vec![vec![0_usize; units.len()]; units.len()];
    for tie in ties.iter().filter(|tie| !tie.back) {
        if let (Some(from), Some(to)) = (unit_of[tie.from], unit_of[tie.to]) {
            if from != to {
                needs[to][from] += 1;
            }
        }
    }
    let mut left: Vec<usize> = (0..units.len()).collect();
    let mut order = Vec::with_capacity(units.len());
    let mut last_was_node = true;
    while !left.is_empty() {
        let waiting = |unit: usize| -> usize { left.iter().map(|&other| needs[unit][other]).sum() };
        let best = left
            .iter()
            .enumerate()
            .min_by_key(|(_, &unit)| {
                let is_node = matches!(units[unit], Unit::Node(_));
                (waiting(unit), is_node != last_was_node, unit)
            })
            .map(|(index, _)| index);
        let Some(index) = best else { break };
        let unit = units[left.remove(index)];
        last_was_node = matches!(unit, Unit::Node(_));
        order.push(unit);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::{layout, parse};

    #[test]
    fn bands_follow_the_flow_and_loose_boxes_stay_together() {
        let graph = parse(
            "flowchart LR\nsubgraph off [Off]\n log --> train\nend\nsubgraph on [On]\n rank\nend\n\
             client --> gate --> rank --> log\ngate --> cache\ntrain --> drift",
        )
        .expect("parses");
        let names: Vec<String> = blocks(&graph, &layout::ties(&graph))
            .iter()
            .map(|block| {
                let ids: Vec<&str> = block
                    .nodes
                    .iter()
                    .map(|&node| graph.nodes[node].id.as_str())
                    .collect();
                format!("{:?} {}", block.groups, ids.join(" "))
            })
            .collect();
        assert_eq!(
            names,
            [
                "[] client gate cache",
                "[1] rank",
                "[0] log train",
                "[] drift"
            ]
        );
    }
}
