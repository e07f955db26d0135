//! A candidate routed, squeezed and labelled; the best one is painted.

use super::candidate::Candidate;
use super::cost;
use crate::diagram::graph::{End, Graph};
use crate::diagram::layout::size::Sizes;
use crate::diagram::layout::Plan;
use crate::diagram::list;
use crate::diagram::paint;
use crate::diagram::picture::{EdgeSet, Part, Row};
use crate::diagram::route::{self, Wires};
use crate::diagram::squeeze::{Geometry, Scene};
use crate::diagram::tags::{self, Tags};
use crate::text::{wrap, Role};

/// A plan with everything in its place, not painted yet.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) plan: Plan,
    pub(super) sizes: Sizes,
    pub(super) wires: Wires,
    /// What stands on the frame of each group.
    pub(super) titles: Vec<String>,
    pub(super) tags: Tags,
    pub(super) geometry: Geometry,
    tight: bool,
    /// How bad it is.
    pub(super) score: usize,
}

/// How a picture is squeezed: as it should be, then as it must be when that is too wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Squeeze {
    Loose,
    Tight,
    /// Tight, and letters instead of titles.
    Letters,
}

/// A candidate whose edges are routed one after the other, without a second look.
#[derive(Debug)]
pub(super) struct Rough {
    plan: Plan,
    sizes: Sizes,
    wires: Wires,
    /// What it will cost, nearly.
    pub(super) guess: usize,
}

impl Rough {
    /// `None` when it does not fit, even without labels of edges.
    pub(super) fn new(candidate: Candidate, graph: &Graph, width: usize) -> Option<Self> {
        let Candidate { plan, sizes, .. } = candidate;
        let wires = route::route(graph, &plan, &sizes);
        let mut rough = Self {
            plan,
            sizes,
            wires,
            guess: 0,
        };
        rough.guess = rough.squeezed(graph, |scene, squeeze| {
            let bare = scene.squeeze(&[]);
            (bare.width <= width).then(|| cost::ROW * bare.height + rough.base(scene, squeeze))
        })?;
        Some(rough)
    }

    /// Everything in its place; `None` when it does not fit or is no better than `best`.
    pub(super) fn draft(mut self, graph: &Graph, width: usize, best: usize) -> Option<Draft> {
        self.wires.refine(graph, &self.plan, &self.sizes);
        let alone = tags::without_place(&self.scene(graph, &[], false));
        if alone != 0 {
            self.wires.part(graph, &self.plan, &self.sizes, alone);
        }
        self.squeezed(graph, |scene, squeeze| {
            self.finish(scene, squeeze, width, best)
        })
    }

    /// The first squeeze that gives something.
    fn squeezed<T>(
        &self,
        graph: &Graph,
        tried: impl Fn(&Scene<'_>, Squeeze) -> Option<T>,
    ) -> Option<T> {
        let titles = titles(graph);
        let letters = letters(&titles, &self.plan);
        [Squeeze::Loose, Squeeze::Tight, Squeeze::Letters]
            .into_iter()
            .filter(|squeeze| *squeeze != Squeeze::Letters || !titles.is_empty())
            .find_map(|squeeze| {
                let shown = match squeeze {
                    Squeeze::Letters => &letters,
                    _ => &titles,
                };
                let scene = self.scene(graph, shown, squeeze != Squeeze::Loose);
                tried(&scene, squeeze)
            })
    }

    fn scene<'a>(&'a self, graph: &'a Graph, titles: &'a [String], tight: bool) -> Scene<'a> {
        Scene {
            graph,
            plan: &self.plan,
            sizes: &self.sizes,
            wires: &self.wires,
            titles,
            tight,
        }
    }

    /// What a picture costs beside its rows.
    fn base(&self, scene: &Scene<'_>, squeeze: Squeeze) -> usize {
        cost::CROSSING * scene.wires.crossings()
            + cost::BEND * scene.wires.bends()
            + cost::TURNED * usize::from(self.plan.flow != scene.graph.direction)
            + cost::DRIFT * self.plan.drift(scene.graph)
            + cost::THIN * self.sizes.thin()
            + cost::TIGHT * usize::from(squeeze != Squeeze::Loose)
    }

    fn finish(
        &self,
        scene: &Scene<'_>,
        squeeze: Squeeze,
        width: usize,
        best: usize,
    ) -> Option<Draft> {
        let base = self.base(scene, squeeze);
        let bare = scene.squeeze(&[]);
        if bare.width > width || cost::ROW * bare.height + base >= best {
            return None;
        }
        let (tags, geometry) = tags::place(scene, width);
        if geometry.width > width {
            return None;
        }
        let frames = 0..self.plan.frames.len();
        let untitled = |frame| paint::title_place(scene, &geometry, frame).is_none();
        if frames.into_iter().any(untitled) {
            return None;
        }
        let legend = legend(scene, &tags, width).len();
        let score = cost::ROW * (geometry.height + legend)
            + cost::LEGEND * legend
            + cost::LISTED * tags.listed.len()
            + base;
        Some(Draft {
            plan: self.plan.clone(),
            sizes: self.sizes.clone(),
            wires: scene.wires.clone(),
            titles: scene.titles.to_vec(),
            tags,
            geometry,
            tight: scene.tight,
            score,
        })
    }
}

impl Draft {
    pub(super) fn scene<'a>(&'a self, graph: &'a Graph) -> Scene<'a> {
        Scene {
            graph,
            plan: &self.plan,
            sizes: &self.sizes,
            wires: &self.wires,
            titles: &self.titles,
            tight: self.tight,
        }
    }

    /// The drawing, with the legend under it.
    pub(super) fn rows(&self, graph: &Graph, width: usize) -> Vec<Row> {
        let scene = self.scene(graph);
        let mut rows = paint::paint(&scene, &self.geometry, &self.tags.tags);
        rows.extend(legend(&scene, &self.tags, width));
        rows
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

/// What letters and numbers in the drawing stand for, and what is not in it.
fn legend(scene: &Scene<'_>, tags: &Tags, width: usize) -> Vec<Row> {
    let titles = titles(scene.graph);
    let letters = top_down(scene.plan)
        .into_iter()
        .map(|group| (group, &titles[group], &scene.titles[group]))
        .filter(|(_, title, shown)| title != shown)
        .map(|(group, title, shown)| (Part::Group(group), format!("{shown} {title}")));
    let of = |edge| Part::Edges(EdgeSet::one(edge));
    let numbers = tags.legend.iter();
    let numbers = numbers.map(|(edge, text)| (of(*edge), text.clone()));
    let listed = tags.listed.iter();
    let listed = listed.map(|&edge| (of(edge), list::edge(scene.graph, edge)));
    letters
        .chain(numbers)
        .chain(listed)
        .flat_map(|(of, text)| {
            let lines = wrap(&text, width).into_iter();
            lines.map(move |line| Row::of(&line, Role::Plain, of))
        })
        .collect()
}
