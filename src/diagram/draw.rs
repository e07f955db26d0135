//! Several plans are tried and the plainest picture that fits is kept.

mod candidate;
mod cost;
mod finish;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod tests;

use self::candidate::candidates;
use self::finish::{Draft, Rough};
use super::graph::Graph;
use super::picture::Picture;
use super::{plain, sketch};
use crate::text::Line;

/// Nothing is drawn in less.
const LEAST_WIDTH: usize = 20;
/// Larger graphs are drawn plainly.
const MOST_NODES: usize = 40;
const MOST_EDGES: usize = 80;
/// Boxes times plans that are routed in one batch: of a large graph only the most promising plans.
const EFFORT: usize = 70;
/// Batches that are tried until one has a plan that fits.
const BATCHES: usize = 4;
/// Plans of a batch that are worked out, those with a legend under the picture not counted.
const DRAFTS: usize = 2;

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
    let some = (EFFORT / graph.nodes.len()).clamp(3, 12);
    let mut left = candidates(graph, width).into_iter();
    for _ in 0..BATCHES {
        let batch = left.by_ref().take(some);
        let mut roughs: Vec<Rough> = batch
            .filter_map(|candidate| Rough::new(candidate, graph, width))
            .collect();
        roughs.sort_by_key(|rough| rough.guess);
        let mut best: Option<Draft> = None;
        let mut drafts = 0;
        for rough in roughs {
            let so_far = best.as_ref().map_or(usize::MAX, |draft| draft.score);
            if rough.guess >= so_far || drafts >= DRAFTS {
                break;
            }
            if let Some(draft) = rough.draft(graph, width, so_far) {
                drafts += usize::from(draft.tags.legend.is_empty());
                best = Some(draft);
            }
        }
        if best.is_some() {
            return best;
        }
    }
    None
}
