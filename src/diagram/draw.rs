//! Several plans are tried and the plainest picture that fits is kept.

mod candidate;
mod cost;
mod finish;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod tests;

use self::candidate::candidates;
use self::finish::Picture;
use super::graph::Graph;
use super::{plain, sketch};
use crate::text::Line;

/// Nothing is drawn in less.
const LEAST_WIDTH: usize = 20;
/// Larger graphs are drawn plainly.
const MOST_NODES: usize = 40;
const MOST_EDGES: usize = 60;
/// Boxes times plans that are routed: of a large graph only the most promising plans.
const EFFORT: usize = 100;

/// Draws the graph within `width` cells (at least 40 are needed for a picture).
pub fn draw(graph: &Graph, width: usize) -> Vec<Line> {
    if graph.nodes.is_empty() {
        return Vec::new();
    }
    if let Some(rows) = sketch::rows(graph, width.max(1)) {
        return rows;
    }
    picture(graph, width).map_or_else(|| plain::draw(graph, width), |picture| picture.lines)
}

/// The best picture that fits, if any does.
fn picture(graph: &Graph, width: usize) -> Option<Picture> {
    let too_much = graph.nodes.len() > MOST_NODES || graph.edges.len() > MOST_EDGES;
    if too_much || width < LEAST_WIDTH {
        return None;
    }
    let mut best: Option<Picture> = None;
    let enough = (EFFORT / graph.nodes.len().max(1)).clamp(3, 12);
    for (tried, candidate) in candidates(graph, width).into_iter().enumerate() {
        let so_far = best.as_ref().map_or(usize::MAX, |picture| picture.score);
        // A guess is seldom above the score: the rest can hardly be better.
        let most = if best.is_some() { enough } else { 4 * enough };
        if candidate.guess >= so_far || tried >= most {
            break;
        }
        if let Some(picture) = candidate.draw(graph, width, so_far) {
            if picture.score < so_far {
                best = Some(picture);
            }
        }
    }
    best
}
