//! How large a picture will be, before anything is routed.

use super::size::Sizes;
use super::Plan;
use crate::diagram::graph::{one_line, End, Graph};
use crate::text::width;

/// Blanks, dashes and a tip around a label in a line.
const AROUND: usize = 6;

/// Width and height, roughly.
pub(in crate::diagram) fn extent(graph: &Graph, plan: &Plan, sizes: &Sizes) -> (usize, usize) {
    let mut across = vec![2; plan.cols + 1];
    let mut long = 0;
    let mut down = vec![0; plan.rows + 1];
    for edge in &graph.edges {
        let label = edge
            .label
            .as_deref()
            .map_or(0, |label| width(&one_line(label)));
        let cell = |end: End| graph.members(end).first().map(|&node| plan.cells[node]);
        let (Some(a), Some(b)) = (cell(edge.from), cell(edge.to)) else {
            continue;
        };
        let (rows, cols) = (a.0.abs_diff(b.0), a.1.abs_diff(b.1));
        // A line that passes a row of boxes.
        long += usize::from(rows > 1);
        let room = if label > 0 { label + AROUND } else { 4 };
        let (row, col) = (a.0.max(b.0), a.1.max(b.1));
        match (rows, cols) {
            (0, 1) => across[col] = across[col].max(room),
            // It turns in the gap and goes on in it.
            (_, 1) if !plan.flow.is_vertical() => across[col] = across[col].max(room + 2),
            (0, _) => down[row] = down[row].max(1),
            (_, 0) => down[row] = down[row].max(2),
            _ => down[row] = down[row].max(3),
        }
    }
    let frames = plan.frames.iter();
    let deepest = frames.clone().map(|frame| frame.depth + 1).max();
    let inner: usize = across
        .iter()
        .skip(1)
        .take(plan.cols.saturating_sub(1))
        .sum();
    let wide = sizes.col_width.iter().sum::<usize>() + inner + 4 * deepest.unwrap_or(0) + long;
    let tall = sizes.row_height.iter().sum::<usize>() + down.iter().sum::<usize>();
    (wide, tall + 2 * frames.count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::layout::size::Texts;
    use crate::diagram::{layout, parse, Direction};
    use std::rc::Rc;

    #[test]
    fn labels_widen_the_gaps() {
        let graph = parse("flowchart LR\na -->|ten chars.| b --> c").expect("parses");
        let plan = layout::plan(&graph, Direction::Right, 3, layout::TASTES[0]);
        let sizes = Sizes::new(&plan, &Rc::new(Texts::new(&graph, 20, 60)));
        assert_eq!(extent(&graph, &plan, &sizes), (3 * 7 + 16 + 4, 3));
    }
}
