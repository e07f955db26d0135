//! How large each box is: its label in lines, its column's width, its row's height.

use super::Plan;
use crate::diagram::graph::{Graph, Node, Shape};
use crate::text::{width, wrap};
use std::rc::Rc;

/// Blanks and borders beside a label.
const SIDES: usize = 4;
/// A box narrower than this has no room for arrows above and below.
const LEAST: usize = 7;

/// The shortest arrow between two columns, with a blank on each side.
pub(in crate::diagram) const GAP: usize = 4;

/// The least width of a box: its longest word is never broken for it.
pub(in crate::diagram) fn least(node: &Node) -> usize {
    let words = node.label.split_whitespace().map(width);
    (words.max().unwrap_or(0) + SIDES).max(LEAST)
}

/// The label of each node in lines, wrapped at one width; shared by all plans.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::diagram) struct Texts {
    lines: Vec<Vec<String>>,
    widest: Vec<usize>,
}

impl Texts {
    /// Labels wrapped at `wish` cells; words longer than that stay whole up to `limit`.
    pub(in crate::diagram) fn new(graph: &Graph, wish: usize, limit: usize) -> Self {
        let nodes = graph.nodes.iter();
        let lines: Vec<Vec<String>> = nodes.map(|node| lines(node, wish, limit)).collect();
        let widest = |lines: &Vec<String>| lines.iter().map(|line| width(line)).max().unwrap_or(0);
        Self {
            widest: lines.iter().map(widest).collect(),
            lines,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::diagram) struct Sizes {
    texts: Rc<Texts>,
    pub(in crate::diagram) col_width: Vec<usize>,
    pub(in crate::diagram) row_height: Vec<usize>,
}

impl Sizes {
    pub(in crate::diagram) fn new(plan: &Plan, texts: &Rc<Texts>) -> Self {
        let mut col_width = vec![LEAST; plan.cols];
        let mut row_height = vec![3; plan.rows];
        let sizes = texts.lines.iter().zip(&texts.widest);
        for ((lines, widest), &(row, col)) in sizes.zip(&plan.cells) {
            col_width[col] = col_width[col].max(widest + SIDES);
            row_height[row] = row_height[row].max(lines.len() + 2);
        }
        Self {
            texts: Rc::clone(texts),
            col_width,
            row_height,
        }
    }

    /// The lines of a node's label.
    pub(in crate::diagram) fn text(&self, node: usize) -> &[String] {
        &self.texts.lines[node]
    }

    /// The least width of a picture with these columns: arrows between them, frames around them.
    pub(in crate::diagram) fn least_width(&self, plan: &Plan) -> usize {
        let deepest = plan.frames.iter().map(|frame| frame.depth + 1).max();
        let boxes: usize = self.col_width.iter().sum();
        boxes + GAP * self.col_width.len().saturating_sub(1) + 4 * deepest.unwrap_or(0)
    }

    /// Lines of labels beyond the second of each.
    pub(in crate::diagram) fn thin(&self) -> usize {
        self.texts
            .lines
            .iter()
            .map(|lines| lines.len().saturating_sub(2))
            .sum()
    }

    /// How tall the node's box is.
    pub(in crate::diagram) fn height(&self, node: usize) -> usize {
        self.text(node).len() + 2
    }

    /// How far below its row's top the box begins.
    pub(in crate::diagram) fn offset(&self, plan: &Plan, node: usize) -> usize {
        (self.row_height[plan.cells[node].0] - self.height(node)) / 2
    }
}

/// Stands for a blank that is no place to break (of the private use area, so that no label has it).
const GLUE: char = '\u{e000}';

/// The label's lines: as many as `wish` asks for, then as narrow as that many lines can be.
fn lines(node: &Node, wish: usize, limit: usize) -> Vec<String> {
    let label = match node.shape {
        // The mark stays with the first word.
        Shape::Choice => format!("◇{GLUE}{}", node.label),
        _ => node.label.clone(),
    };
    let longest = label.split_whitespace().map(width).max().unwrap_or(0);
    let most = wish.max(longest).min(limit).max(1);
    let mut best = wrap(&label, most);
    for narrower in (longest.min(most)..most).rev() {
        let lines = wrap(&label, narrower);
        if lines.len() > best.len() {
            break;
        }
        best = lines;
    }
    for line in &mut best {
        *line = line.replace(GLUE, " ");
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_balanced_and_words_stay_whole() {
        let node = |label: &str| Node {
            id: String::new(),
            label: label.to_owned(),
            shape: Shape::Rect,
            group: None,
        };
        assert_eq!(
            lines(&node("online feature store"), 15, 50),
            ["online", "feature store"]
        );
        assert_eq!(
            lines(&node("a CandidateGenerator"), 8, 50),
            ["a", "CandidateGenerator"]
        );
        assert_eq!(lines(&node("one\ntwo three"), 20, 50), ["one", "two three"]);
        assert_eq!(lines(&node(""), 20, 50), [""]);
    }
}
