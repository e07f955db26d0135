//! Block diagrams: flowchart text → graph → layout → box drawing.
//!
//! ```text
//! parse/    text → Graph            the Mermaid subset, and the whiteboard's shorthand
//! layout/   Graph → Plan            which row and column each box takes, which frames surround it
//! route/    Plan → Wires            the path of every edge on a coarse grid of lines
//! tags      Wires → Tags            where the label of each edge stands
//! squeeze/  Wires, Tags → Geometry  the smallest coordinates that keep everything apart
//! paint/    Geometry → Picture      cells that know what they show and what it belongs to
//! draw/     tries several plans and keeps the best picture; plain is the fallback
//! ```

mod compare;
mod draw;
mod fault;
mod fences;
mod glyph;
mod graph;
mod layout;
mod limits;
mod list;
mod paint;
mod parse;
mod picture;
mod plain;
mod route;
mod sketch;
mod squeeze;
mod tags;

pub use compare::{compare, Comparison};
pub use draw::{draw, picture};
pub use fault::Fault;
pub use fences::{fences, Fence};
pub use graph::{Direction, Edge, End, Form, Graph, Group, Node, Shape, Stroke, Tip};
pub use list::{around, list};
pub use parse::{parse, parse_shorthand};
pub use picture::{Cell, EdgeSet, Part, Picture, Row};

/// Reads a flowchart, or the shorthand when the first word does not say `flowchart` or `graph`.
pub fn read(source: &str) -> Result<Graph, Fault> {
    if parse::is_mermaid(source) {
        parse(source)
    } else {
        parse_shorthand(source)
    }
}
