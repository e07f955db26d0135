//! A candidate routed, squeezed, labelled and painted.

use super::candidate::Candidate;
use super::cost;
#[cfg(test)]
use super::tests;
use crate::diagram::graph::{End, Graph};
use crate::diagram::layout::Plan;
use crate::diagram::route::{self, Wires};
use crate::diagram::squeeze::Scene;
use crate::diagram::{paint, tags};
use crate::text::{wrap, Line, Role};

/// A finished picture, with what it was made of.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) lines: Vec<Line>,
    pub(super) score: usize,
    #[cfg(test)]
    pub(super) made_of: tests::Parts,
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
    pub(super) fn draw(&self, graph: &Graph, width: usize, best: usize) -> Option<Picture> {
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
        let base = cost::CROSSING * scene.wires.crossings()
            + cost::BEND * scene.wires.bends()
            + cost::TURNED * usize::from(self.plan.flow != graph.direction)
            + cost::DRIFT * self.plan.drift(graph)
            + cost::THIN * self.sizes.thin()
            + cost::TIGHT * usize::from(squeeze != Squeeze::Loose);
        let bare = scene.squeeze(&[]);
        if bare.width > width || cost::ROW * bare.height + base >= best {
            return None;
        }
        let (tags, geometry) = tags::place(scene, width);
        if geometry.width > width {
            return None;
        }
        let mut lines = paint::paint(scene, &geometry, &tags.tags)?;
        let legend = legend(scene, &tags, width);
        let score = cost::ROW * (lines.len() + legend.len())
            + cost::LEGEND * legend.len()
            + cost::LISTED * tags.listed.len()
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
