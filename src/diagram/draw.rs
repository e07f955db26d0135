//! Several plans are tried and the plainest picture that fits is kept.

mod candidate;
mod cost;
mod finish;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod tests;

use self::candidate::candidates;
use self::finish::Draft;
use super::graph::Graph;
use super::picture::Picture;
use super::{plain, sketch};
use crate::text::Line;

/// Nothing is drawn in less.
const LEAST_WIDTH: usize = 20;
/// Larger graphs are drawn plainly.
const MOST_NODES: usize = 40;
const MOST_EDGES: usize = 80;
/// Boxes times plans that are routed: of a large graph only the most promising plans.
const EFFORT: usize = 100;

/// Draws the graph within `width` cells (at least 20 are needed for a drawing).
pub fn draw(graph: &Graph, width: usize) -> Vec<Line> {
    picture(graph, width).lines()
}

/// The same, as cells that know what they belong to.
pub fn picture(graph: &Graph, width: usize) -> Picture {
    let chains = sketch::rows(graph, width.max(1));
    let drawing = chains.or_else(|| Some(draft(graph, width)?.rows(graph, width)));
    Picture {
        drawn: drawing.is_some(),
        rows: drawing.unwrap_or_else(|| plain::draw(graph, width)),
    }
}

/// The best drawing that fits, if any does.
fn draft(graph: &Graph, width: usize) -> Option<Draft> {
    let too_much = graph.nodes.len() > MOST_NODES || graph.edges.len() > MOST_EDGES;
    if too_much || width < LEAST_WIDTH || graph.nodes.is_empty() {
        return None;
    }
    let mut best: Option<Draft> = None;
    let enough = (EFFORT / graph.nodes.len()).clamp(3, 12);
    for (tried, candidate) in candidates(graph, width).into_iter().enumerate() {
        let so_far = best.as_ref().map_or(usize::MAX, |draft| draft.score);
        // A guess is seldom above the score: the rest can hardly be better.
        let most = if best.is_some() { enough } else { 4 * enough };
        if candidate.guess >= so_far || tried >= most {
            break;
        }
        if std::env::var("DBG").is_ok() {
            eprintln!(
                "try {tried} guess {} best {so_far} cols {} rows {}",
                candidate.guess, candidate.plan.cols, candidate.plan.rows
            );
        }
        if let Some(draft) = candidate.draft(graph, width, so_far) {
            if draft.score < so_far {
                best = Some(draft);
            }
        }
    }
    best
}
