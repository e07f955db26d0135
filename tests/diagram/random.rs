//! Graphs that nobody would write: nothing is lost, nothing is too wide, every line leads home.

use super::flowcharts::look;
use super::trace;
use greenroom::diagram;
use proptest::prelude::*;
use std::fmt::Write as _;

/// Few graphs here, for drawing is slow without optimisation; `PROPTEST_CASES` sets more.
const CASES: u32 = 32;

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[A-Z][a-z]{1,8}( [a-z]{2,9}){0,3}",
        1 => "(日本|検索|用户){1,3} [a-z]{2,4}",
        1 => "[A-Z]e\u{301}[a-z]{1,6} [0-9]{1,3} %",
    ]
}

/// A node: its text, its brackets, the group that holds it.
fn node() -> impl Strategy<Value = (String, (&'static str, &'static str), usize)> {
    let brackets = prop_oneof![
        5 => Just(("[\"", "\"]")),
        1 => Just(("[(\"", "\")]")),
        1 => Just(("{\"", "\"}")),
        1 => Just(("([\"", "\"])")),
        1 => Just(("{{\"", "\"}}")),
    ];
    (word(), brackets, 0..6_usize)
}

fn link() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        10 => Just("-->"),
        2 => Just("-.->"),
        1 => Just("==>"),
        1 => Just("<-->"),
        1 => Just("---"),
        1 => Just("x--x"),
    ]
}

fn flowchart() -> impl Strategy<Value = String> {
    let size = prop_oneof![4 => 2..=14_usize, 2 => 15..=26_usize, 1 => 27..=40_usize];
    size.prop_flat_map(|size| {
        let edge = (
            0..size,
            0..size,
            link(),
            proptest::option::weighted(0.4, "[a-z]{2,6}( [a-z0-9]{1,7}){0,3}"),
        );
        (
            prop_oneof![Just("LR"), Just("RL"), Just("TD"), Just("BT")],
            proptest::collection::vec(node(), size),
            proptest::collection::vec(edge, 0..=size + size / 3),
            proptest::collection::vec("[A-Z][a-z]{2,9}( [a-z]{2,8})?", 0..4),
            any::<bool>(),
        )
    })
    .prop_map(|(direction, nodes, edges, titles, nested)| {
        let mut text = format!("flowchart {direction}\n");
        let members = |group: usize| {
            let own = nodes.iter().enumerate();
            own.filter(move |(_, node)| node.2 == group)
                .map(|(index, (label, (open, close), _))| {
                    format!("  n{index}{open}{label}{close}\n")
                })
                .collect::<String>()
        };
        for (group, title) in titles.iter().enumerate() {
            let _ = writeln!(text, "subgraph g{group} [{title}]\n{}", members(group));
            // The second group may lie in the first.
            if !(nested && group == 0 && titles.len() > 1) {
                text += "end\n";
            }
            if nested && group == 1 {
                text += "end\n";
            }
        }
        (titles.len()..6).for_each(|group| text += &members(group));
        for (from, to, link, label) in edges {
            let label = label.map_or_else(String::new, |label| format!("|{label}|"));
            let _ = writeln!(text, "n{from} {link}{label} n{to}");
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES)
    ))]

    #[test]
    fn any_graph_is_drawn_whole_and_every_edge_can_be_followed(
        text in flowchart(),
        width in prop_oneof![Just(60_usize), Just(80), Just(100)],
    ) {
        let graph = diagram::read(&text).unwrap();
        let picture = diagram::picture(&graph, width);
        let seen = look(&graph, &picture);
        prop_assert!(seen.lost.is_empty(), "{:?}\n{}", seen.lost, text);
        prop_assert!(seen.width <= width, "{} cells\n{text}", seen.width);
        prop_assert_eq!(&picture, &diagram::picture(&graph, width));
        if picture.is_drawn() {
            let fault = trace::check(&graph, &picture).err();
            let fault = fault.or_else(|| trace::trespass(&graph, &picture));
            let drawn: String = picture.rows().iter().map(|row| row.text() + "\n").collect();
            prop_assert!(fault.is_none(), "{}\n{text}\n{drawn}", fault.unwrap_or_default());
        }
    }
}
