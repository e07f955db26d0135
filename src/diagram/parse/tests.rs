use super::{parse, parse_shorthand};
use crate::diagram::{list, read, Direction, End, Form, Graph, Shape, Stroke, Tip};
use proptest::prelude::*;

fn flow(body: &str) -> Graph {
    parse(&format!("flowchart LR\n{body}")).unwrap_or_else(|fault| panic!("{fault}\n{body}"))
}

fn labels(graph: &Graph) -> Vec<&str> {
    graph.nodes.iter().map(|node| node.label.as_str()).collect()
}

fn fault(source: &str) -> String {
    parse(source).expect_err("is refused").to_string()
}

#[test]
fn directions() {
    for (head, direction) in [
        ("flowchart LR", Direction::Right),
        ("graph RL;", Direction::Left),
        ("graph TD", Direction::Down),
        ("flowchart TB %% note", Direction::Down),
        ("flowchart-elk BT", Direction::Up),
        ("graph >", Direction::Right),
        ("graph", Direction::Down),
        (
            "---\ntitle: x\n---\n%%{init: {}}%%\n\n%% note\ngraph LR",
            Direction::Right,
        ),
    ] {
        assert_eq!(parse(head).expect(head).direction, direction, "{head}");
    }
}

#[test]
fn shapes() {
    let graph = flow(
        "a[Rect]; b(Round); c([Stadium]); d[(Store)]; e{{Hexagon}}; f{Choice}; g((Circle))\n\
         h[/Slanted/]; i>Flag]; j[[Sub]]; k(((Double))); l[\\Lean\\]; m@{ shape: cyl, label: \"New\" }",
    );
    let shapes: Vec<Shape> = graph.nodes.iter().map(|node| node.shape).collect();
    assert_eq!(
        shapes,
        [
            Shape::Rect,
            Shape::Round,
            Shape::Round,
            Shape::Store,
            Shape::Hexagon,
            Shape::Choice,
            Shape::Round,
            Shape::Slanted,
            Shape::Flag,
            Shape::Rect,
            Shape::Round,
            Shape::Slanted,
            Shape::Store
        ]
    );
    assert_eq!(labels(&graph)[9..], ["Sub", "Double", "Lean", "New"]);
}

#[test]
fn unknown_shapes_are_boxes() {
    let graph =
        flow("a@{ shape: bow-rect, label: \"Tape\" } --> b@{ shape: nobody-knows } --> c[|x|]");
    assert!(graph.nodes.iter().all(|node| node.shape == Shape::Rect));
    assert_eq!(labels(&graph), ["Tape", "b", "x"]);
}

#[test]
fn groups_take_titles_and_directions_in_every_way() {
    let graph = flow(
        "subgraph one [Data & AI]\n direction TB\n a\nend\nsubgraph two[\"<b>Two</b> (2)\"]\n b\nend\n\
         subgraph \"Three words here\"\n c\nend\nsubgraph four\n d; end; one -. observes .- two",
    );
    let titles: Vec<_> = graph
        .groups
        .iter()
        .map(|group| group.title.as_str())
        .collect();
    assert_eq!(titles, ["Data & AI", "Two (2)", "Three words here", "four"]);
    assert_eq!(labels(&graph), ["a", "b", "c", "d"]);
    let edge = &graph.edges[0];
    assert_eq!((edge.from, edge.to), (End::Group(0), End::Group(1)));
    assert_eq!((edge.stroke, edge.head), (Stroke::Dotted, Tip::None));
}

#[test]
fn labels_as_people_write_them() {
    let graph = flow(
        "a[\"Quoted (with) [brackets]\"] --> b[raw (with) parens]\n\
         c([\"two<br/>lines\"]) --> d[(\"x\\ny\")]\n e[/api/stars/*] --> f[a[0] b]\n\
         g((a (b))) --> h[\"say #quot;hi#quot; &amp; go\"]\n plain-id.2 --> 日本[日本語]\n i[\"\"]",
    );
    assert_eq!(
        labels(&graph),
        [
            "Quoted (with) [brackets]",
            "raw (with) parens",
            "two\nlines",
            "x\ny",
            "/api/stars/*",
            "a[0] b",
            "a (b)",
            "say \"hi\" & go",
            "plain-id.2",
            "日本語",
            "i"
        ]
    );
}

#[test]
fn links() {
    let graph = flow(
        "a-->b\na --- b\na -.-> b\na ==> b\na -- yes --> b\na -->|no| b\na <--> b\na ----> b\n\
         a -. maybe .-> b\na == must ==> b\na -- open --- b\na --x b\na o--o b\na -.- b\na --> |\"a | b\"| b\n\
         a ~~~ b\na e1@--> b\ne1@{ animate: true }\na -->\n b\na\n --> b",
    );
    let seen: Vec<_> = graph
        .edges
        .iter()
        .map(|edge| (edge.stroke, edge.tail, edge.head, edge.label.as_deref()))
        .collect();
    let solid = |label| (Stroke::Solid, Tip::None, Tip::Arrow, label);
    assert_eq!(
        seen,
        [
            solid(None),
            (Stroke::Solid, Tip::None, Tip::None, None),
            (Stroke::Dotted, Tip::None, Tip::Arrow, None),
            (Stroke::Thick, Tip::None, Tip::Arrow, None),
            solid(Some("yes")),
            solid(Some("no")),
            (Stroke::Solid, Tip::Arrow, Tip::Arrow, None),
            solid(None),
            (Stroke::Dotted, Tip::None, Tip::Arrow, Some("maybe")),
            (Stroke::Thick, Tip::None, Tip::Arrow, Some("must")),
            (Stroke::Solid, Tip::None, Tip::None, Some("open")),
            (Stroke::Solid, Tip::None, Tip::Cross, None),
            (Stroke::Solid, Tip::Circle, Tip::Circle, None),
            (Stroke::Dotted, Tip::None, Tip::None, None),
            solid(Some("a | b")),
            solid(None),
            solid(None),
            solid(None),
        ]
    );
    assert_eq!(graph.nodes.len(), 2);
}

#[test]
fn chains_and_ampersands() {
    let graph = flow("a & b --> c --> d & e");
    assert_eq!(list(&graph), ["a → c", "b → c", "c → d", "c → e"]);
}

#[test]
fn what_only_dresses_is_ignored() {
    let graph = flow(
        "classDef hot fill:#f9f,stroke:#333;\na:::hot --> b[B]:::cold --> c\nclass a,b hot\n\
         style a fill:#fff,stroke:#000\nlinkStyle 0 stroke:red\nclick a \"http://x\" \"a; b\"\n\
         accTitle: A title\n%% a comment --> x\na --> c %% trailing\nsubgraph s [S]\n direction TB\n b\nend",
    );
    assert_eq!(labels(&graph), ["a", "B", "c"]);
    assert_eq!(graph.edges.len(), 3);
    // A keyword may be an id all the same.
    assert_eq!(
        labels(&flow("style --> class\nend_node --> direction")).len(),
        4
    );
}

#[test]
fn groups_nest_and_the_first_mention_claims() {
    let graph = flow(
        "free\nsubgraph Outer path\n subgraph in1 [\"Inner one\"]\n  a --> b\n end\n c\nend\n\
         subgraph \"Second\"\n a --> d & free\nend\nsubgraph\n e\nend\n Second --> e",
    );
    let titles: Vec<_> = graph
        .groups
        .iter()
        .map(|group| group.title.as_str())
        .collect();
    assert_eq!(titles, ["Outer path", "Inner one", "Second", ""]);
    assert_eq!(graph.groups[1].parent, Some(0));
    let group_of = |label: &str| {
        let node = graph.nodes.iter().find(|node| node.label == label);
        node.expect(label).group
    };
    assert_eq!(group_of("a"), Some(1));
    assert_eq!(group_of("c"), Some(0));
    assert_eq!(group_of("free"), Some(2));
    assert_eq!(graph.edges.last().expect("edges").from, End::Group(2));
}

#[test]
fn an_edge_may_name_a_group_before_or_after_it_is_opened() {
    let graph = flow("client --> api\nsubgraph api [API]\n x --> y\nend\napi --> done\nsubgraph none [Later]\nend\ny --> none");
    assert_eq!(graph.edges[0].to, End::Group(0));
    assert_eq!(
        list(&graph),
        [
            "API: x, y",
            "client → API",
            "x → y",
            "API → done",
            "y → Later"
        ]
    );
}

#[test]
fn faults_name_their_place() {
    assert_eq!(
        fault(""),
        "line 1, column 1: the first line is missing: write `flowchart LR`"
    );
    assert!(fault("sequenceDiagram\na->>b").contains("only flowcharts are drawn"));
    assert!(fault("flowchart XY").contains("line 1, column 11: `XY` is not a direction"));
    assert!(fault("flowchart LR\n  a[open --> b")
        .starts_with("line 2, column 4: this `[` is never closed"));
    assert!(fault("flowchart LR\n\n a -> b").starts_with("line 3, column 4: this is not an arrow"));
    assert!(fault("flowchart LR\na --> ").starts_with("line 2, column 7: a node is missing"));
    assert!(fault("flowchart LR\na -- b").contains("this arrow has no end"));
    assert!(fault("flowchart LR\na -->|x b").contains("this label is never closed"));
    assert!(fault("flowchart LR\nend").contains("`end` without"));
    assert!(fault("flowchart LR\na\n subgraph x\nb")
        .starts_with("line 3, column 2: this subgraph has no `end`"));
    assert!(fault("flowchart LR\na b").contains("found `b`"));
    assert!(fault("flowchart LR\na[x][y]").contains("second text"));
    assert!(fault("flowchart LR\n\"a\" --> b").contains("needs an id"));
    assert!(fault("flowchart LR\na[\"x] --> b").contains("quote is never closed"));
}

#[test]
fn what_is_too_large_is_refused() {
    let long = format!("flowchart LR\n%% {}", "x".repeat(64 * 1024));
    assert!(fault(&long).contains("at most 64 KiB"));
    let many: String = (0..301).map(|n| format!("n{n}\n")).collect();
    assert!(
        fault(&format!("flowchart LR\n{many}")).contains("line 302, column 1: more than 300 nodes")
    );
    assert!(parse_shorthand(&many)
        .expect_err("refused")
        .message
        .contains("300 nodes"));
    let nonsense: String = (0..5000)
        .map(|n| format!("n{}-->n{}\n", n % 290, n % 283))
        .collect();
    assert!(fault(&format!("graph LR\n{nonsense}"))
        .contains("line 1002, column 5: more than 1000 arrows: split the diagram"));
    let all: Vec<String> = (0..40).map(|n| format!("n{n}")).collect();
    let web = format!("flowchart LR\n{0} --> {0}", all.join(" & "));
    assert!(fault(&web).contains("more than 1000 arrows"));
    let deep = format!("flowchart LR\n{}", "subgraph a\n".repeat(50));
    assert!(fault(&deep).contains("deep"));
}

#[test]
fn the_shorthand_reads_what_a_whiteboard_gets() {
    let graph = parse_shorthand(
        "user -> Kafka -> \"feature store\": events\nkafka -> joiner: clicks -> [(Lake)]\n\
         lonely\na & b <- R&D; x <-> 10:30 job -.-> http://y\n%% note",
    )
    .expect("parses");
    assert_eq!(graph.form, Form::Sketch);
    assert_eq!(
        list(&graph),
        [
            "user → Kafka",
            "Kafka → feature store (events)",
            "Kafka → joiner (clicks)",
            "joiner → Lake",
            "R&D → a",
            "R&D → b",
            "x ↔ 10:30 job",
            "10:30 job → http://y",
            "lonely",
        ]
    );
    let lake = graph.nodes.iter().find(|node| node.label == "Lake");
    assert_eq!(lake.expect("lake").shape, Shape::Store);
}

#[test]
fn the_shorthand_says_what_is_missing() {
    let fault = |text| parse_shorthand(text).expect_err("is refused").to_string();
    assert_eq!(fault("a ->"), "line 1, column 5: a name is missing here");
    assert_eq!(fault("a\n-> b"), "line 2, column 1: a name is missing here");
    assert!(fault("a -> \"b").contains("quote is never closed"));
    assert!(fault("a: note").contains("a label belongs to an arrow"));
}

#[test]
fn the_first_word_decides() {
    assert_eq!(read("graph TD\na-->b").expect("flow").form, Form::Flowchart);
    assert_eq!(
        read("%% x\nflowchart LR; a-->b").expect("flow").nodes.len(),
        2
    );
    assert_eq!(read("graph -> db").expect("sketch").form, Form::Sketch);
    assert_eq!(read("graph store -> db").expect("sketch").nodes.len(), 2);
    assert_eq!(read("").expect("empty").nodes.len(), 0);
    assert!(read("sequenceDiagram\n A->>B: hi").is_err());
}

proptest! {
    #[test]
    fn no_text_panics(text in "(?s).{0,200}") {
        let _ = read(&text);
        let _ = parse(&format!("flowchart LR\n{text}"));
    }

    #[test]
    fn no_soup_of_marks_panics(text in r#"([abx"\[\](){}|<>=\-.~&;:%@/ \n]|-->|subgraph |end|<br/>|&#1;){0,40}"#) {
        let _ = parse(&format!("graph TD\n{text}"));
        let _ = parse_shorthand(&text);
    }
}
