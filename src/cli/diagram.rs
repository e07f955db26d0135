//! `greenroom diagram`: draws the flowcharts of any file.

use super::exit::{Exit, Failure, Outcome};
use super::{input, out};
use crate::diagram::{self, Direction, End, Fault, Fence, Graph, Picture, Shape, Stroke, Tip};
use serde_json::{json, Value};
use std::fmt::Write as _;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A flowchart, a -> b lines, or Markdown with ```mermaid fences; - for standard input
    file: PathBuf,
    /// Cells of a line; else the terminal's width, or 80
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=1000))]
    width: Option<u16>,
    /// Draw with - | + > only
    #[arg(long)]
    ascii: bool,
    /// As a list of boxes and arrows instead of a drawing
    #[arg(long, conflicts_with = "ascii")]
    list: bool,
    /// Boxes, arrows, groups and the lines of the drawing
    #[arg(long)]
    json: bool,
}

/// A flowchart of the file, and the line where it begins.
struct Found {
    line: usize,
    graph: Graph,
}

pub(super) fn run(args: &Args) -> Outcome {
    let text = input::text(&args.file)?;
    let (found, faults) = read(args, &text)?;
    let file = args.file.display();
    for fault in &faults {
        let Fault {
            line,
            column,
            message,
        } = fault;
        out::complain(&format!("{file}:{line}:{column}: {message}"));
    }
    if args.json {
        let diagrams: Vec<Value> = found.iter().map(|found| args.document(found)).collect();
        out::json(&json!({"schema_version": 1, "diagrams": diagrams}))?;
    } else {
        let mut text = String::new();
        for (index, one) in found.iter().enumerate() {
            if found.len() > 1 {
                let blank = if index > 0 { "\n" } else { "" };
                let _ = writeln!(text, "{blank}{file}:{}", one.line);
            }
            for line in args.lines(&one.graph) {
                text.push_str(line.trim_end());
                text.push('\n');
            }
        }
        out::say(&text)?;
    }
    Ok(if faults.is_empty() {
        Exit::Done
    } else {
        Exit::Data
    })
}

/// Every flowchart that can be read, and what is wrong with the others.
fn read(args: &Args, text: &str) -> Outcome<(Vec<Found>, Vec<Fault>)> {
    let mut fences = diagram::fences(text);
    if fences.is_empty() {
        let ending = args.file.extension();
        if ending.is_some_and(|ending| ending == "md" || ending == "markdown") {
            let file = args.file.display();
            return Err(Failure::data(format!("{file}: no ```mermaid fence in it")));
        }
        fences.push(Fence {
            line: 1,
            indent: 0,
            text: text.to_owned(),
        });
    }
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for fence in fences {
        let line = fence.line;
        match diagram::read(&fence.text) {
            Ok(graph) => found.push(Found { line, graph }),
            Err(fault) => faults.push(Fault {
                line: fault.line + line - 1,
                column: fault.column + fence.indent,
                ..fault
            }),
        }
    }
    Ok((found, faults))
}

impl Args {
    fn picture(&self, graph: &Graph) -> Picture {
        let width = self.width.map_or_else(out::width, usize::from);
        let picture = diagram::picture(graph, width);
        if self.ascii {
            picture.ascii()
        } else {
            picture
        }
    }

    fn lines(&self, graph: &Graph) -> Vec<String> {
        if self.list {
            return diagram::list(graph);
        }
        let picture = self.picture(graph);
        picture.rows().iter().map(diagram::Row::text).collect()
    }

    fn document(&self, found: &Found) -> Value {
        let graph = &found.graph;
        let picture = self.picture(graph);
        let lines = picture.rows().iter().map(diagram::Row::text);
        let lines: Vec<String> = lines.map(|line| line.trim_end().to_owned()).collect();
        let group = |group: Option<usize>| group.and_then(|group| graph.groups.get(group));
        let id = |end: End| match end {
            End::Node(node) => json!({"node": graph.nodes.get(node).map(|node| &node.id)}),
            End::Group(of) => json!({"group": group(Some(of)).map(|group| &group.id)}),
        };
        let nodes = graph.nodes.iter().map(|node| {
            json!({
                "id": node.id,
                "label": node.label,
                "shape": shape(node.shape),
                "group": group(node.group).map(|group| &group.id),
            })
        });
        let edges = graph.edges.iter().map(|edge| {
            json!({
                "from": id(edge.from),
                "to": id(edge.to),
                "label": edge.label,
                "stroke": stroke(edge.stroke),
                "tail": tip(edge.tail),
                "head": tip(edge.head),
            })
        });
        let groups = graph.groups.iter().map(|one| {
            json!({
                "id": one.id,
                "title": one.title,
                "parent": group(one.parent).map(|group| &group.id),
            })
        });
        json!({
            "line": found.line,
            "direction": direction(graph.direction),
            "nodes": nodes.collect::<Vec<_>>(),
            "edges": edges.collect::<Vec<_>>(),
            "groups": groups.collect::<Vec<_>>(),
            "drawn": picture.is_drawn(),
            "lines": lines,
            "list": diagram::list(graph),
        })
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Right => "LR",
        Direction::Left => "RL",
        Direction::Down => "TD",
        Direction::Up => "BT",
    }
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Rect => "rect",
        Shape::Round => "round",
        Shape::Store => "store",
        Shape::Choice => "choice",
        Shape::Hexagon => "hexagon",
        Shape::Slanted => "slanted",
        Shape::Flag => "flag",
    }
}

fn stroke(stroke: Stroke) -> &'static str {
    match stroke {
        Stroke::Solid => "solid",
        Stroke::Dotted => "dotted",
        Stroke::Thick => "thick",
    }
}

fn tip(tip: Tip) -> Option<&'static str> {
    match tip {
        Tip::None => None,
        Tip::Arrow => Some("arrow"),
        Tip::Circle => Some("circle"),
        Tip::Cross => Some("cross"),
    }
}
