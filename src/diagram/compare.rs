//! A learner's diagram held against the reference.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Serialize;

use super::graph::{End, Graph, Tip};

/// What the own diagram has of the reference. All names are labels as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Boxes of the reference that the own diagram has.
    pub present: Vec<String>,
    /// Boxes of the reference that it lacks.
    pub missing: Vec<String>,
    /// Own boxes that the reference does not know.
    pub extra: Vec<String>,
    /// Own boxes that no arrow touches.
    pub unconnected: Vec<String>,
    /// Arrows of the reference between present boxes that the own diagram has no way for.
    pub missing_edges: Vec<(String, String)>,
    /// Arrows of the reference that the own diagram has only the other way round.
    pub reversed: Vec<(String, String)>,
}

/// Compares by label: equal words first, then what `same` holds for the same (it gets both labels in
/// lower case without punctuation: the reference's, the own one).
///
/// One own box may stand for several of the reference. A box that is missing is reported once: its
/// neighbours only have to be joined to each other. A way through boxes of the learner's own counts.
pub fn compare(reference: &Graph, own: &Graph, same: &dyn Fn(&str, &str) -> bool) -> Comparison {
    let matched = matches(reference, own, same);
    let label = |graph: &Graph, node: usize| graph.name(End::Node(node));
    let all = 0..reference.nodes.len();
    let taken: BTreeSet<usize> = matched.values().copied().collect();
    let Unmet { missing, reversed } = unmet(reference, own, &matched);
    let names = |ways: Vec<(usize, usize)>| {
        let names = ways.into_iter();
        names
            .map(|(from, to)| (label(reference, from), label(reference, to)))
            .collect()
    };
    Comparison {
        present: matched.keys().map(|&node| label(reference, node)).collect(),
        missing: all
            .filter(|node| !matched.contains_key(node))
            .map(|node| label(reference, node))
            .collect(),
        extra: (0..own.nodes.len())
            .filter(|node| !taken.contains(node))
            .map(|node| label(own, node))
            .collect(),
        unconnected: unconnected(own),
        missing_edges: names(missing),
        reversed: names(reversed),
    }
}

/// Lower case, no punctuation, single spaces.
fn normal(label: &str) -> String {
    let plain: String = label
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reference box → own box.
fn matches(
    reference: &Graph,
    own: &Graph,
    same: &dyn Fn(&str, &str) -> bool,
) -> BTreeMap<usize, usize> {
    let words = |graph: &Graph| -> Vec<String> {
        graph.nodes.iter().map(|node| normal(&node.label)).collect()
    };
    let (wanted, found) = (words(reference), words(own));
    let mut matched = BTreeMap::new();
    let mut taken = BTreeSet::new();
    // Equal words pair up one to one; only then may a box be used again.
    for (reuse, by_words) in [(false, true), (false, false), (true, true), (true, false)] {
        for (node, want) in wanted.iter().enumerate() {
            if matched.contains_key(&node) {
                continue;
            }
            let candidate = found.iter().enumerate().find(|(other, have)| {
                let free = reuse || !taken.contains(other);
                let fits = if by_words {
                    want == *have
                } else {
                    same(want, have)
                };
                free && fits
            });
            if let Some((other, _)) = candidate {
                matched.insert(node, other);
                taken.insert(other);
            }
        }
    }
    matched
}

fn unconnected(own: &Graph) -> Vec<String> {
    let mut touched = vec![false; own.nodes.len()];
    for edge in &own.edges {
        for node in own
            .members(edge.from)
            .into_iter()
            .chain(own.members(edge.to))
        {
            touched[node] |= edge.from != edge.to;
        }
    }
    (0..own.nodes.len())
        .filter(|&node| !touched[node])
        .map(|node| own.name(End::Node(node)))
        .collect()
}

/// Which nodes an arrow leads to, from each node. An end at a group stands for all it holds; a line
/// without a head leads both ways.
fn ways(graph: &Graph) -> Vec<BTreeSet<usize>> {
    let mut ways = vec![BTreeSet::new(); graph.nodes.len()];
    for edge in &graph.edges {
        let backwards = edge.tail != Tip::None || edge.head == Tip::None;
        for &from in &graph.members(edge.from) {
            for &to in &graph.members(edge.to) {
                ways[from].insert(to);
                if backwards {
                    ways[to].insert(from);
                }
            }
        }
    }
    ways
}

/// What is reached from `start`, going on only through nodes that `through` allows.
fn reached(
    ways: &[BTreeSet<usize>],
    start: usize,
    through: &dyn Fn(usize) -> bool,
) -> BTreeSet<usize> {
    let mut seen = BTreeSet::new();
    let mut open = VecDeque::from([start]);
    while let Some(node) = open.pop_front() {
        for &next in &ways[node] {
            if seen.insert(next) && through(next) {
                open.push_back(next);
            }
        }
    }
    seen
}

/// Ways of the reference between matched boxes that the own diagram does not have.
#[derive(Default)]
struct Unmet {
    missing: Vec<(usize, usize)>,
    /// It has the way back, which the reference does not.
    reversed: Vec<(usize, usize)>,
}

fn unmet(reference: &Graph, own: &Graph, matched: &BTreeMap<usize, usize>) -> Unmet {
    let wanted = drawn_ways(reference, matched);
    let have = ways(own);
    let taken: BTreeSet<usize> = matched.values().copied().collect();
    let goals = |from| reached(&wanted, from, &|node| !matched.contains_key(&node));
    let reach = |from| reached(&have, from, &|node| !taken.contains(&node));
    let mut unmet = Unmet::default();
    for (&from, &mine) in matched {
        let reachable = reach(mine);
        for to in goals(from) {
            let Some(&other) = matched.get(&to).filter(|_| to != from) else {
                continue;
            };
            if mine == other || reachable.contains(&other) {
                continue;
            }
            if reach(other).contains(&mine) && !goals(to).contains(&from) {
                unmet.reversed.push((from, to));
            } else {
                unmet.missing.push((from, to));
            }
        }
    }
    unmet
}

/// The ways that the reference asks for. An edge to a whole group asks for one way into it, so it
/// counts only for the first of its nodes that the learner has.
fn drawn_ways(graph: &Graph, matched: &BTreeMap<usize, usize>) -> Vec<BTreeSet<usize>> {
    let one = |end: End| {
        let members = graph.members(end);
        let has = members.iter().find(|node| matched.contains_key(node));
        has.or(members.first()).copied()
    };
    let mut ways = vec![BTreeSet::new(); graph.nodes.len()];
    for edge in &graph.edges {
        if let (Some(from), Some(to)) = (one(edge.from), one(edge.to)) {
            ways[from].insert(to);
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::{parse, parse_shorthand};

    fn sketch(text: &str) -> Graph {
        parse_shorthand(text).expect("parses")
    }

    fn never(_: &str, _: &str) -> bool {
        false
    }

    #[test]
    fn case_and_punctuation_do_not_matter() {
        let reference = parse("flowchart LR\na[Feature-store] --> b[Ranker]").expect("parses");
        let result = compare(&reference, &sketch("feature store -> RANKER"), &never);
        assert_eq!(result.present, ["Feature-store", "Ranker"]);
        assert_eq!(result.missing_edges, []);
        assert_eq!(result.missing.len() + result.extra.len(), 0);
    }

    #[test]
    fn missing_extra_and_unconnected_boxes_are_told_apart() {
        let result = compare(
            &sketch("user -> kafka -> store"),
            &sketch("user -> queue\nstore"),
            &never,
        );
        assert_eq!(result.present, ["user", "store"]);
        assert_eq!(result.missing, ["kafka"]);
        assert_eq!(result.extra, ["queue"]);
        assert_eq!(result.unconnected, ["store"]);
        assert_eq!(
            result.missing_edges,
            [("user".to_owned(), "store".to_owned())]
        );
    }

    #[test]
    fn synonyms_and_merged_boxes_count() {
        let same = |want: &str, have: &str| have.contains(want) || (want, have) == ("kafka", "log");
        let result = compare(
            &sketch("user -> kafka -> join -> store -> ranker"),
            &sketch("user -> log -> join and store -> ranker"),
            &same,
        );
        assert_eq!(result.present.len(), 5);
        assert_eq!(result.extra.len() + result.missing_edges.len(), 0);
        // The learner left the join out, and drew a step of their own.
        let result = compare(
            &sketch("kafka -> join -> store"),
            &sketch("kafka -> flink -> store"),
            &never,
        );
        assert_eq!(result.missing, ["join"]);
        assert_eq!(result.missing_edges.len(), 0);
    }

    #[test]
    fn a_way_through_another_box_of_the_reference_is_no_direct_arrow() {
        let result = compare(
            &sketch("a -> b -> c\na -> c"),
            &sketch("c -> a -> b\nb -> c"),
            &never,
        );
        assert_eq!(result.missing_edges, []);
        assert_eq!(result.reversed, [("a".to_owned(), "c".to_owned())]);
    }

    #[test]
    fn an_arrow_the_wrong_way_round_is_not_called_missing() {
        let pair = || vec![("a".to_owned(), "b".to_owned())];
        let result = compare(&sketch("a -> b"), &sketch("b -> a"), &never);
        assert_eq!((result.reversed, result.missing_edges), (pair(), vec![]));
        // By way of a box of the learner's own.
        let result = compare(&sketch("a -> b"), &sketch("b -> x -> a"), &never);
        assert_eq!((result.reversed, result.missing_edges), (pair(), vec![]));
        // The reference wants both ways; one of them is there.
        let result = compare(&sketch("a -> b\nb -> a"), &sketch("b -> a"), &never);
        assert_eq!((result.reversed, result.missing_edges), (vec![], pair()));
    }
}
