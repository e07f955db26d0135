//! Plans worth a try, the most promising first.

use super::cost;
use crate::diagram::graph::{Direction, Graph};
use crate::diagram::layout::size::{self, Sizes, Texts};
use crate::diagram::layout::{self, estimate, Plan};
use std::rc::Rc;

/// At these widths labels of boxes are wrapped.
const WISHES: [usize; 4] = [20, 14, 10, 7];
/// More columns than this fit no terminal.
const MOST_COLUMNS: usize = 9;

/// When so many numbers of columns fit, fewer columns would only be taller.
const ENOUGH: usize = 4;

/// A plan with its sizes.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) plan: Plan,
    pub(super) sizes: Sizes,
    /// What it will cost, seen from afar.
    pub(super) guess: usize,
}

/// Plans in both directions, for every number of columns and several widths of text.
pub(super) fn candidates(graph: &Graph, width: usize) -> Vec<Candidate> {
    let turned = if graph.direction.is_vertical() {
        Direction::Right
    } else {
        Direction::Down
    };
    let limit = width.saturating_sub(16);
    let mut texts: Vec<Rc<Texts>> = Vec::new();
    for wish in WISHES {
        let text = Texts::new(graph, wish, limit);
        if texts.iter().all(|known| **known != text) {
            texts.push(Rc::new(text));
        }
    }
    let mut found: Vec<Candidate> = Vec::new();
    for flow in [graph.direction, turned] {
        let mut seen: Vec<Plan> = Vec::new();
        let mut fitting = 0;
        for columns in (1..=most_columns(graph, width)).rev() {
            let before = found.len();
            for taste in layout::TASTES {
                let plan = layout::plan(graph, flow, columns, taste);
                if !seen.contains(&plan) {
                    found.extend(in_sizes(graph, &plan, &texts, width));
                    seen.push(plan);
                }
            }
            fitting += usize::from(found.len() > before);
            if fitting >= ENOUGH {
                break;
            }
        }
    }
    found.sort_by_key(|candidate| candidate.guess);
    found
}

/// More columns than this cannot fit, however narrow the boxes are.
fn most_columns(graph: &Graph, width: usize) -> usize {
    let mut least: Vec<usize> = graph.nodes.iter().map(size::least).collect();
    least.sort_unstable();
    let mut room = width;
    let fits = |least: &&usize| {
        let fits = **least <= room;
        room = room.saturating_sub(**least + size::GAP);
        fits
    };
    least.iter().take_while(fits).count().clamp(1, MOST_COLUMNS)
}

/// The two most promising sizes of one plan.
fn in_sizes(graph: &Graph, plan: &Plan, texts: &[Rc<Texts>], width: usize) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let drift = plan.drift(graph);
    for text in texts {
        let sizes = Sizes::new(plan, text);
        if sizes.least_width(plan) > width {
            continue;
        }
        let (wide, tall) = estimate::extent(graph, plan, &sizes);
        let thin = sizes.thin();
        let turned = usize::from(plan.flow != graph.direction);
        // Labels that do not fit will be numbers, or take rows.
        let over = wide.saturating_sub(width).min(20);
        found.push(Candidate {
            plan: plan.clone(),
            sizes,
            guess: cost::ROW * tall
                + cost::TURNED * turned
                + cost::DRIFT * drift
                + 2 * over
                + cost::THIN * thin,
        });
    }
    found.sort_by_key(|candidate| candidate.guess);
    found.truncate(2);
    found
}
