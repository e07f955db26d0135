//! Markdown of questions and answers, as lines.

use crate::text::Line;
use crate::{diagram, markdown};

/// The lines of a short Markdown text; flowcharts are drawn.
pub(in crate::tui) fn markdown(source: &str, width: u16) -> Vec<Line> {
    let doc = markdown::render(source, usize::from(width), &draw_fence);
    doc.lines
}

/// Draws a flowchart fence; any other fence is code.
pub(in crate::tui) fn draw_fence(language: &str, text: &str, width: usize) -> Option<Vec<Line>> {
    if language != "mermaid" {
        return None;
    }
    let graph = diagram::read(text).ok()?;
    Some(diagram::draw(&graph, width))
}
