//! Several plans are tried and the plainest picture that fits is kept.

use super::graph::{Direction, Graph};
use super::layout::size::Sizes;
use super::layout::{self, Plan};
use super::route::Wires;
use super::squeeze::Scene;
use super::{paint, plain, route, sketch, tags};
use crate::text::{wrap, Line, Role};

/// Larger graphs are drawn plainly.
const MOST_NODES: usize = 48;
/// At these widths labels of boxes are wrapped.
const WISHES: [usize; 4] = [20, 14, 10, 7];
/// Plans that are routed: the most promising ones.
const TRIES: usize = 6;

/// Draws the graph within `width` cells (at least 40 are needed for a picture).
pub fn draw(graph: &Graph, width: usize) -> Vec<Line> {
    if graph.nodes.is_empty() {
        return Vec::new();
    }
    if let Some(rows) = sketch::rows(graph, width.max(1)) {
        return rows;
    }
    let too_much = graph.nodes.len() > MOST_NODES || graph.edges.len() > route::usage::MOST_EDGES;
    if too_much || width < 20 {
        return plain::draw(graph, width);
    }
    let mut best: Option<(usize, Vec<Line>)> = None;
    for candidate in candidates(graph, width) {
        if let Some((score, lines)) = candidate.draw(graph, width) {
            if best.as_ref().is_none_or(|(other, _)| score < *other) {
                best = Some((score, lines));
            }
        }
    }
    best.map_or_else(|| plain::draw(graph, width), |(_, lines)| lines)
}

struct Candidate {
    plan: Plan,
    sizes: Sizes,
    guess: usize,
}

/// Plans in both directions, for every number of columns and several widths of text.
fn candidates(graph: &Graph, width: usize) -> Vec<Candidate> {
    let turned = if graph.direction.is_vertical() {
        Direction::Right
    } else {
        Direction::Down
    };
    let mut found: Vec<Candidate> = Vec::new();
    for flow in [graph.direction, turned] {
        let mut seen: Vec<Plan> = Vec::new();
        for columns in 1..=graph.nodes.len().min(9) {
            let plan = layout::plan(graph, flow, columns);
            if seen.contains(&plan) {
                continue;
            }
            seen.push(plan.clone());
            let mut fitting = 0;
            let mut last: Option<Sizes> = None;
            for wish in WISHES {
                let sizes = Sizes::new(graph, &plan, wish, width.saturating_sub(16));
                if sizes.least_width(&plan) > width || last.as_ref() == Some(&sizes) {
                    continue;
                }
                last = Some(sizes.clone());
                let rows: usize = sizes.row_height.iter().map(|height| height + 2).sum();
                let turn = if flow == graph.direction { 0 } else { 6 };
                found.push(Candidate {
                    plan: plan.clone(),
                    sizes,
                    guess: rows + turn + 3 * fitting,
                });
                fitting += 1;
                if fitting == 2 {
                    break;
                }
            }
        }
    }
    found.sort_by_key(|candidate| candidate.guess);
    found.truncate(TRIES);
    found
}

impl Candidate {
    fn scene<'a>(&'a self, graph: &'a Graph, wires: &'a Wires, tight: bool) -> Scene<'a> {
        Scene {
            graph,
            plan: &self.plan,
            sizes: &self.sizes,
            wires,
            tight,
        }
    }

    /// The picture and how bad it is; `None` when it does not fit.
    fn draw(&self, graph: &Graph, width: usize) -> Option<(usize, Vec<Line>)> {
        let mut wires = route::route(graph, &self.plan, &self.sizes);
        let alone = tags::without_place(&self.scene(graph, &wires, false));
        if alone != 0 {
            wires.part(graph, &self.plan, &self.sizes, alone);
        }
        [false, true].into_iter().find_map(|tight| {
            let scene = self.scene(graph, &wires, tight);
            let (tags, geometry) = tags::place(&scene, width);
            if geometry.width > width {
                return None;
            }
            let mut lines = paint::paint(&scene, &geometry, &tags.tags)?;
            let legend = legend(graph, &tags, width);
            let turned = usize::from(self.plan.flow != graph.direction);
            let score = 10 * lines.len()
                + 60 * legend.len()
                + 100 * tags.listed.len()
                + 22 * wires.crossings()
                + 4 * wires.bends()
                + 50 * turned
                + 30 * usize::from(tight);
            lines.extend(legend);
            Some((score, lines))
        })
    }
}

fn legend(graph: &Graph, tags: &tags::Tags, width: usize) -> Vec<Line> {
    let listed = tags.listed.iter().map(|&edge| tags::listed(graph, edge));
    tags.legend
        .iter()
        .cloned()
        .chain(listed)
        .flat_map(|text| wrap(&text, width))
        .map(|line| Line::of(line, Role::Plain))
        .collect()
}
