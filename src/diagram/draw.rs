//! Several plans are tried and the plainest picture that fits is kept.

use super::graph::{Direction, End, Graph};
use super::layout::size::Sizes;
use super::layout::{self, estimate, Plan};
use super::route::Wires;
use super::squeeze::Scene;
use super::{paint, plain, route, sketch, tags};
use crate::text::{wrap, Line, Role};

#[cfg(test)]
mod tests;

/// Nothing is drawn in less.
const LEAST_WIDTH: usize = 20;
/// Larger graphs are drawn plainly.
const MOST_NODES: usize = 40;
const MOST_EDGES: usize = 60;
/// At these widths labels of boxes are wrapped.
const WISHES: [usize; 4] = [20, 14, 10, 7];
/// Boxes times plans that are routed: of a large graph only the most promising plans.
const EFFORT: usize = 100;
/// More columns than this fit no terminal.
const MOST_COLUMNS: usize = 9;

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

/// A finished picture, with what it was made of.
#[derive(Debug)]
struct Picture {
    lines: Vec<Line>,
    score: usize,
    #[cfg(test)]
    made_of: tests::Parts,
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
        for columns in 1..=graph.nodes.len().min(MOST_COLUMNS) {
            for taste in layout::TASTES {
                let plan = layout::plan(graph, flow, columns, taste);
                if !seen.contains(&plan) {
                    found.extend(in_sizes(graph, &plan, width));
                    seen.push(plan);
                }
            }
        }
    }
    found.sort_by_key(|candidate| candidate.guess);
    found
}

/// The two most promising sizes of one plan.
fn in_sizes(graph: &Graph, plan: &Plan, width: usize) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let drift = plan.drift(graph);
    for wish in WISHES {
        let sizes = Sizes::new(graph, plan, wish, width.saturating_sub(16));
        let known = found.iter().any(|other| other.sizes == sizes);
        if known || sizes.least_width(plan) > width {
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
            guess: ROW * tall + TURNED * turned + DRIFT * drift + 2 * over + THIN * thin,
        });
    }
    found.sort_by_key(|candidate| candidate.guess);
    found.truncate(2);
    found
}

/// How a picture is squeezed: as it should be, then as it must be when that is too wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Squeeze {
    Loose,
    Tight,
    /// Tight, and letters instead of titles.
    Letters,
}

impl Candidate {
    /// The picture and how bad it is; `None` when it does not fit or is no better than `best`.
    fn draw(&self, graph: &Graph, width: usize, best: usize) -> Option<Picture> {
        let mut wires = route::route(graph, &self.plan, &self.sizes);
        let titles = titles(graph);
        let alone = tags::without_place(&self.scene(graph, &wires, &titles, false));
        if alone != 0 {
            wires.part(graph, &self.plan, &self.sizes, alone);
        }
        let letters = letters(&titles, &self.plan);
        [Squeeze::Loose, Squeeze::Tight, Squeeze::Letters]
            .into_iter()
            .filter(|squeeze| *squeeze != Squeeze::Letters || !titles.is_empty())
            .find_map(|squeeze| {
                let shown = match squeeze {
                    Squeeze::Letters => &letters,
                    _ => &titles,
                };
                let scene = self.scene(graph, &wires, shown, squeeze != Squeeze::Loose);
                self.finish(&scene, squeeze, width, best)
            })
    }

    fn scene<'a>(
        &'a self,
        graph: &'a Graph,
        wires: &'a Wires,
        titles: &'a [String],
        tight: bool,
    ) -> Scene<'a> {
        Scene {
            graph,
            plan: &self.plan,
            sizes: &self.sizes,
            wires,
            titles,
            tight,
        }
    }

    fn finish(
        &self,
        scene: &Scene<'_>,
        squeeze: Squeeze,
        width: usize,
        best: usize,
    ) -> Option<Picture> {
        let graph = scene.graph;
        let base = CROSSING * scene.wires.crossings()
            + BEND * scene.wires.bends()
            + TURNED * usize::from(self.plan.flow != graph.direction)
            + DRIFT * self.plan.drift(graph)
            + THIN * self.sizes.thin()
            + TIGHT * usize::from(squeeze != Squeeze::Loose);
        let bare = scene.squeeze(&[]);
        if bare.width > width || ROW * bare.height + base >= best {
            return None;
        }
        let (tags, geometry) = tags::place(scene, width);
        if geometry.width > width {
            return None;
        }
        let mut lines = paint::paint(scene, &geometry, &tags.tags)?;
        let legend = legend(scene, &tags, width);
        let score = ROW * (lines.len() + legend.len())
            + LEGEND * legend.len()
            + LISTED * tags.listed.len()
            + base;
        lines.extend(legend);
        Some(Picture {
            lines,
            score,
            #[cfg(test)]
            made_of: tests::Parts {
                plan: self.plan.clone(),
                sizes: self.sizes.clone(),
                wires: scene.wires.clone(),
                tags: tags.tags,
                geometry,
            },
        })
    }
}

fn titles(graph: &Graph) -> Vec<String> {
    (0..graph.groups.len())
        .map(|group| graph.name(End::Group(group)))
        .collect()
}

/// `(A)`, `(B)` … from the top down, where a title is longer than that.
fn letters(titles: &[String], plan: &Plan) -> Vec<String> {
    let mut shown = titles.to_vec();
    for (index, group) in top_down(plan).into_iter().enumerate() {
        let letter = u8::try_from(index % 26).map_or('A', |index| char::from(b'A' + index));
        let letters = format!("({letter}{})", "'".repeat(index / 26));
        if crate::text::width(&shown[group]) > crate::text::width(&letters) {
            shown[group] = letters;
        }
    }
    shown
}

fn top_down(plan: &Plan) -> Vec<usize> {
    let mut frames: Vec<_> = plan.frames.iter().collect();
    frames.sort_by_key(|frame| (frame.rows.0, frame.depth, frame.group));
    frames.into_iter().map(|frame| frame.group).collect()
}

/// What makes a picture worse.
const ROW: usize = 10;
const CROSSING: usize = 28;
const BEND: usize = 5;
const TURNED: usize = 20;
const DRIFT: usize = 5;
const TIGHT: usize = 30;
const THIN: usize = 8;
const LEGEND: usize = 80;
const LISTED: usize = 100;

fn legend(scene: &Scene<'_>, tags: &tags::Tags, width: usize) -> Vec<Line> {
    let titles = titles(scene.graph);
    let titles = top_down(scene.plan)
        .into_iter()
        .map(|group| (&titles[group], &scene.titles[group]))
        .filter(|(title, shown)| title != shown)
        .map(|(title, shown)| format!("{shown} {title}"));
    let numbers = tags.legend.iter().cloned();
    let listed = tags.listed.iter();
    let listed = listed.map(|&edge| tags::listed(scene.graph, edge));
    titles
        .chain(numbers)
        .chain(listed)
        .flat_map(|text| wrap(&text, width))
        .map(|line| Line::of(line, Role::Plain))
        .collect()
}
