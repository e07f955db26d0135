//! The picture's geometry is checked part by part: this finds what eyes overlook.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::diagram::graph::{Direction, Edge, End, Form, Group, Node, Shape, Stroke, Tip};
use crate::diagram::paint::trail;
use crate::diagram::route::grid::Dir;
use crate::diagram::tags::Place;
use crate::diagram::{list, parse};

type Rect = [usize; 4];

fn meet(a: Rect, b: Rect) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

fn within(inner: Rect, outer: Rect) -> bool {
    inner[0] > outer[0] && inner[1] > outer[1] && inner[2] < outer[2] && inner[3] < outer[3]
}

impl Draft {
    fn node(&self, node: usize) -> Rect {
        let (row, col) = self.plan.cells[node];
        let left = self.geometry.col_x[col];
        let top = self.geometry.row_y[row] + self.sizes.offset(&self.plan, node);
        [
            left,
            top,
            left + self.sizes.col_width[col] - 1,
            top + self.sizes.height(node) - 1,
        ]
    }

    /// No box, tag or frame lies on another; frames hold their members and nothing else.
    fn check_rectangles(&self, graph: &Graph) {
        let nodes: Vec<Rect> = (0..graph.nodes.len()).map(|node| self.node(node)).collect();
        for (index, &a) in nodes.iter().enumerate() {
            for &b in &nodes[index + 1..] {
                assert!(!meet(a, b), "two boxes on one place: {a:?} {b:?}");
            }
        }
        for (index, frame) in self.plan.frames.iter().enumerate() {
            let border = self.geometry.frames[index];
            for (node, &rect) in nodes.iter().enumerate() {
                let inside = within(rect, border);
                assert_eq!(
                    inside,
                    graph.holds(frame.group, node),
                    "box {node} of {frame:?}"
                );
                assert!(inside || !meet(rect, border), "box {node} on {frame:?}");
            }
        }
    }

    /// Which sides of each cell of the canvas are joined, by which edges.
    fn lines(&self, graph: &Graph) -> BTreeMap<(usize, usize), BTreeMap<Dir, Vec<usize>>> {
        let mut lines: BTreeMap<_, BTreeMap<Dir, Vec<usize>>> = BTreeMap::new();
        for (edge, path) in self.wires.paths.iter().enumerate() {
            let Some(path) = path else { continue };
            for joint in trail::joints(&self.scene(graph), &self.geometry, path) {
                let sides = lines.entry((joint.x, joint.y)).or_default();
                let edges = sides.entry(joint.dir).or_default();
                if !edges.contains(&edge) {
                    edges.push(edge);
                }
            }
        }
        lines
    }

    /// No line in a box; where lines of unrelated edges meet they cross, and nothing else.
    fn check_lines(&self, graph: &Graph) {
        let lines = self.lines(graph);
        for (&(x, y), sides) in &lines {
            assert!(x < self.geometry.width && y < self.geometry.height);
            for node in 0..graph.nodes.len() {
                let rect = self.node(node);
                assert!(!meet([x, y, x, y], rect), "a line in box {node} at {x},{y}");
            }
            let of = |dirs: [Dir; 2]| -> Vec<usize> {
                dirs.iter()
                    .filter_map(|dir| sides.get(dir))
                    .flatten()
                    .copied()
                    .collect()
            };
            let (level, down) = (of([Dir::Left, Dir::Right]), of([Dir::Up, Dir::Down]));
            for &a in level.iter().chain(&down) {
                for &b in level.iter().chain(&down) {
                    let (one, other) = (&graph.edges[a], &graph.edges[b]);
                    let kin = one.from == other.from || one.to == other.to;
                    let crossing = sides.len() == 4
                        && (level.contains(&a) != level.contains(&b))
                        && (down.contains(&a) != down.contains(&b));
                    assert!(kin || crossing, "{one:?} and {other:?} at {x},{y}");
                }
            }
        }
    }

    /// Every path begins and ends right at its ends' borders and has no gap.
    fn check_ends(&self, graph: &Graph) {
        for (edge, path) in graph.edges.iter().zip(&self.wires.paths) {
            let Some(path) = path else { continue };
            let joints = trail::joints(&self.scene(graph), &self.geometry, path);
            for pair in joints.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                assert!(
                    a.x.abs_diff(b.x) + a.y.abs_diff(b.y) <= 1,
                    "a gap: {a:?} {b:?}"
                );
            }
            let (first, last) = (
                joints.first().expect("joints"),
                joints.last().expect("joints"),
            );
            for (end, joint) in [(edge.from, first), (edge.to, last)] {
                let (x, y) = match joint.dir {
                    Dir::Right => (joint.x + 1, joint.y),
                    Dir::Left => (joint.x - 1, joint.y),
                    Dir::Down => (joint.x, joint.y + 1),
                    Dir::Up => (joint.x, joint.y - 1),
                };
                let border = match end {
                    End::Node(node) => self.node(node),
                    End::Group(group) => {
                        let frame = self
                            .plan
                            .frames
                            .iter()
                            .position(|frame| frame.group == group);
                        self.geometry.frames[frame.expect("frame")]
                    }
                };
                assert!(meet([x, y, x, y], border), "{edge:?} ends at {x},{y}");
                let corner =
                    (x == border[0] || x == border[2]) && (y == border[1] || y == border[3]);
                assert!(!corner, "{edge:?} ends at a corner");
            }
        }
    }

    /// A label beside a line lies on nothing; one in a line has only that line around it.
    fn check_tags(&self, graph: &Graph) {
        let lines = self.lines(graph);
        let mut rects: Vec<Rect> = (0..graph.nodes.len()).map(|node| self.node(node)).collect();
        for (index, tag) in self.tags.tags.iter().enumerate() {
            let Place::Beside { .. } = tag.place else {
                continue;
            };
            let (x, y) = self.geometry.tags[index];
            let rect = [x, y, x + tag.width() - 1, y + tag.lines.len() - 1];
            assert!(rect[2] < self.geometry.width, "a label beyond the edge");
            for &(x, y) in lines.keys() {
                assert!(!meet([x, y, x, y], rect), "label {:?} on a line", tag.lines);
            }
            for &other in &rects {
                assert!(!meet(rect, other), "label {:?} on something", tag.lines);
            }
            rects.push(rect);
        }
    }
}

/// Each word of each label and title is in the picture.
fn check_words(graph: &Graph, lines: &[Line]) {
    let text: String = lines.iter().map(|line| line.text() + "\n").collect();
    let nodes = graph.nodes.iter().map(|node| node.label.clone());
    let edges = graph.edges.iter().filter_map(|edge| edge.label.clone());
    let groups = graph.groups.iter().map(|group| group.title.clone());
    for label in nodes.chain(edges).chain(groups) {
        for word in label.split_whitespace() {
            assert!(text.contains(word), "{word:?} is not in\n{text}");
        }
    }
}

fn check(graph: &Graph, width: usize) -> Vec<Line> {
    let lines = draw(graph, width);
    for line in &lines {
        assert!(
            line.width() <= width,
            "{} > {width}: {}",
            line.width(),
            line.text()
        );
    }
    check_words(graph, &lines);
    assert_eq!(lines, draw(graph, width), "not the same twice");
    if let Some(draft) = draft(graph, width) {
        draft.check_rectangles(graph);
        draft.check_lines(graph);
        draft.check_ends(graph);
        draft.check_tags(graph);
    }
    lines
}

fn any_graph() -> impl Strategy<Value = Graph> {
    let word = "[A-Z][a-z]{1,8}( [a-z]{2,9}){0,2}|日本語 [a-z]{2,4}";
    let shape = prop_oneof![
        Just(Shape::Rect),
        Just(Shape::Store),
        Just(Shape::Choice),
        Just(Shape::Round)
    ];
    let node = (word, shape, 0..5_usize);
    let label = proptest::option::of("[a-z]{2,6}( [a-z0-9]{1,7}){0,3}");
    let look = prop_oneof![4 => Just(Stroke::Solid), 1 => Just(Stroke::Dotted)];
    let tips = prop_oneof![
        6 => Just((Tip::None, Tip::Arrow)),
        1 => Just((Tip::Arrow, Tip::Arrow)),
        1 => Just((Tip::None, Tip::None))
    ];
    let edge = (0..100_usize, 0..100_usize, label, look, tips);
    let groups = proptest::collection::vec("[A-Z][a-z]{2,9}( [a-z]{2,8})?", 0..4);
    let direction = prop_oneof![
        Just(Direction::Right),
        Just(Direction::Left),
        Just(Direction::Down),
        Just(Direction::Up)
    ];
    (
        proptest::collection::vec(node, 1..15),
        proptest::collection::vec(edge, 0..20),
        groups,
        direction,
        any::<bool>(),
    )
        .prop_map(|(nodes, edges, titles, direction, nested)| {
            let count = nodes.len();
            let nodes: Vec<Node> = nodes
                .into_iter()
                .enumerate()
                .map(|(index, (label, shape, group))| Node {
                    id: index.to_string(),
                    label,
                    shape,
                    group: (group < titles.len()).then_some(group),
                })
                .collect();
            let groups = titles
                .into_iter()
                .enumerate()
                .map(|(index, title)| Group {
                    id: format!("g{index}"),
                    title,
                    parent: (nested && index == 1).then_some(0),
                })
                .collect();
            let mut graph = Graph {
                form: Form::Flowchart,
                direction,
                nodes,
                edges: Vec::new(),
                groups,
            };
            // As after parsing: no group is empty.
            for group in 0..graph.groups.len() {
                if graph.members(End::Group(group)).is_empty() {
                    graph.nodes.push(Node {
                        id: format!("n{group}"),
                        label: format!("Filler {group}"),
                        shape: Shape::Rect,
                        group: Some(group),
                    });
                }
            }
            let full = |group: usize| !graph.members(End::Group(group)).is_empty();
            let end = |pick: usize| {
                let group = pick % 10;
                if pick > 90 && group < graph.groups.len() && full(group) {
                    End::Group(group)
                } else {
                    End::Node(pick % count)
                }
            };
            let edges: Vec<Edge> = edges
                .into_iter()
                .map(|(from, to, label, stroke, (tail, head))| Edge {
                    from: end(from),
                    to: end(to),
                    label,
                    stroke,
                    tail,
                    head,
                })
                .collect();
            graph.edges = edges;
            graph
        })
}

/// Drawing is slow without optimisation: few graphs here, many when it is changed.
const CASES: u32 = 40;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn any_graph_is_drawn_whole(graph in any_graph(), width in prop_oneof![Just(40_usize), Just(60), Just(76), Just(100)]) {
        check(&graph, width);
        prop_assert!(list(&graph).len() >= graph.edges.len());
    }
}

fn text(source: &str, width: usize) -> String {
    let graph = crate::diagram::read(source).expect("parses");
    let lines = check(&graph, width);
    lines.iter().map(|line| line.text() + "\n").collect()
}

#[test]
fn nothing_is_drawn_of_nothing() {
    assert_eq!(draw(&Graph::default(), 60), Vec::new());
    assert_eq!(text("flowchart LR", 60), "");
}

#[test]
fn what_is_too_large_for_a_picture_is_drawn_plainly() {
    let chain: Vec<String> = (0..300).map(|n| format!("n{n}[Box {n}]")).collect();
    let drawn = text(&format!("flowchart LR\n{}", chain.join(" -->|next| ")), 60);
    assert!(drawn.contains("╰──▸ Box 299: next"));
    let hub = (0..100).map(|n| format!("hub -->|edge {n}| n{}\n", n % 20));
    let drawn = text(&format!("flowchart LR\n{}", hub.collect::<String>()), 60);
    assert!(drawn.contains("├──▸ n5: edge 5"), "{drawn}");
}

#[test]
fn plain_drawings_keep_groups_labels_and_long_words() {
    let graph = parse(
        "flowchart LR\nsubgraph g [Outer]\nsubgraph h [Inner]\na[a_word_that_is_longer_than_the_picture]\nend\nend\n\
         a <-.->|both ways of a long label| b[(Store)] --- c\na --> c\ng --> c",
    )
    .expect("parses");
    let lines = plain::draw(&graph, 40);
    assert!(lines.iter().all(|line| line.width() <= 40));
    let drawn: String = lines.iter().map(|line| line.text() + "\n").collect();
    insta::assert_snapshot!(drawn, @r"
    ╭═══════╮
    │ Store │
    ╰═══════╯
      ╰─── c
    ┌───┐
    │ c │
    └───┘
    ╌╌ Outer ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
      ╰──▸ c
    ╌╌ Outer › Inner ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
    ┌──────────────────────────────────────┐
    │ a_word_that_is_longer_than_the_pictu │
    │ re                                   │
    └──────────────────────────────────────┘
      ├◂─▸ Store: both ways of a long label
      ╰──▸ c
    ");
}

#[test]
fn titles_without_room_are_letters() {
    let body: String = (0..6)
        .map(|n| format!("n{n} --> m{n}\n"))
        .chain(std::iter::once(
            "subgraph g [A title that is rather long for it]\n".to_owned(),
        ))
        .chain((0..6).map(|n| format!("m{n}\n")))
        .collect();
    text(&format!("flowchart TD\n{body}end"), 40);
}

proptest! {
    #[test]
    fn no_text_is_too_strange_to_draw(
        text in r#"(a|b|c|日本|e\u{301}|"x y"|\[|\]|\(|\)|-->|->|\||:|&|\n|subgraph |end\n| ){0,30}"#,
        width in 0..90_usize,
    ) {
        for source in [text.clone(), format!("flowchart LR\n{text}")] {
            if let Ok(graph) = crate::diagram::read(&source) {
                let lines = draw(&graph, width);
                prop_assert!(width < 40 || lines.iter().all(|line| line.width() <= width));
            }
        }
    }
}
