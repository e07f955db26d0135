//! Boxes into cells: each band by ranks, folded to the columns that there are.

use super::blocks::{blocks, Block};
use super::improve::{self, Taste};
use super::{ranks, ties, Frame, Plan, Tie};
use crate::diagram::graph::{Direction, Graph};

/// A plan with at most `columns` columns whose flow goes right or down (then turned as asked).
pub(in crate::diagram) fn plan(
    graph: &Graph,
    flow: Direction,
    columns: usize,
    taste: Taste,
) -> Plan {
    let ties = ties(graph);
    let blocks = blocks(graph, &ties);
    let columns = columns.max(1);
    let mut cells = vec![(0, 0); graph.nodes.len()];
    let mut spans = Vec::with_capacity(blocks.len());
    let mut top = 0;
    for block in &blocks {
        let height = place_block(block, &ties, flow, columns, top, &mut cells);
        spans.push((top, top + height - 1));
        top += height;
    }
    improve::improve(&mut cells, &blocks, &spans, &ties, flow, columns, taste);
    let mut plan = Plan {
        flow,
        rows: top,
        cols: columns,
        cells,
        frames: Vec::new(),
    };
    plan.drop_empty();
    plan.frames = frames(graph, &blocks, &plan);
    plan.turn();
    plan
}

impl Plan {
    /// How much of the flow does not go straight to the next row or column, beside what closes
    /// cycles: one for what stays or goes far, two for what goes back.
    pub(in crate::diagram) fn drift(&self, graph: &Graph) -> usize {
        let step = |tie: &Tie| {
            let (from, to) = (self.cells[tie.from], self.cells[tie.to]);
            let (from, to) = match self.flow {
                Direction::Right => (from.1, to.1),
                Direction::Left => (to.1, from.1),
                Direction::Down => (from.0, to.0),
                Direction::Up => (to.0, from.0),
            };
            match to.checked_sub(from) {
                Some(1) => 0,
                Some(_) => 1,
                None => 2,
            }
        };
        let ties = ties(graph);
        ties.iter().filter(|tie| !tie.back).map(step).sum()
    }

    fn drop_empty(&mut self) {
        let used_rows: Vec<usize> = (0..self.rows)
            .filter(|&row| self.cells.iter().any(|cell| cell.0 == row))
            .collect();
        let used_cols: Vec<usize> = (0..self.cols)
            .filter(|&col| self.cells.iter().any(|cell| cell.1 == col))
            .collect();
        for cell in &mut self.cells {
            cell.0 = used_rows.partition_point(|&row| row < cell.0);
            cell.1 = used_cols.partition_point(|&col| col < cell.1);
        }
        self.rows = used_rows.len();
        self.cols = used_cols.len();
    }

    /// Mirrors the plan when the flow goes left or up.
    fn turn(&mut self) {
        let mirror =
            |range: (usize, usize), count: usize| (count - 1 - range.1, count - 1 - range.0);
        match self.flow {
            Direction::Left => {
                self.cells
                    .iter_mut()
                    .for_each(|cell| cell.1 = self.cols - 1 - cell.1);
                for frame in &mut self.frames {
                    frame.cols = mirror(frame.cols, self.cols);
                }
            }
            Direction::Up => {
                self.cells
                    .iter_mut()
                    .for_each(|cell| cell.0 = self.rows - 1 - cell.0);
                for frame in &mut self.frames {
                    frame.rows = mirror(frame.rows, self.rows);
                }
            }
            Direction::Right | Direction::Down => {}
        }
    }
}

/// Each group's frame: the rows of its bands, over the whole width.
fn frames(graph: &Graph, blocks: &[Block], plan: &Plan) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for block in blocks {
        for (depth, &group) in block.groups.iter().enumerate() {
            if frames.iter().any(|frame| frame.group == group) {
                continue;
            }
            let rows = || {
                (0..graph.nodes.len())
                    .filter(|&node| graph.holds(group, node))
                    .map(|node| plan.cells[node].0)
            };
            if let (Some(first), Some(last)) = (rows().min(), rows().max()) {
                frames.push(Frame {
                    group,
                    rows: (first, last),
                    cols: (0, plan.cols.saturating_sub(1)),
                    depth,
                });
            }
        }
    }
    frames
}

/// Puts one band's boxes into rows from `top` on; returns how many rows it took.
fn place_block(
    block: &Block,
    ties: &[Tie],
    flow: Direction,
    columns: usize,
    top: usize,
    cells: &mut [(usize, usize)],
) -> usize {
    let mut shelf_top = top;
    let mut shelf_height = 0;
    let mut next_col = 0;
    for part in parts(&block.nodes, ties) {
        let placed = if flow.is_vertical() {
            down(&part, ties, columns)
        } else {
            across(&part, ties, columns)
        };
        let height = 1 + placed.iter().map(|cell| cell.0).max().unwrap_or(0);
        let width = 1 + placed.iter().map(|cell| cell.1).max().unwrap_or(0);
        if next_col > 0 && next_col + width > columns {
            shelf_top += shelf_height;
            shelf_height = 0;
            next_col = 0;
        }
        for (&node, &(row, col)) in part.iter().zip(&placed) {
            cells[node] = (shelf_top + row, next_col + col);
        }
        next_col += width;
        shelf_height = shelf_height.max(height);
    }
    shelf_top + shelf_height - top
}

/// The connected parts, larger ones first, lone boxes last.
fn parts(nodes: &[usize], ties: &[Tie]) -> Vec<Vec<usize>> {
    let mut parts: Vec<Vec<usize>> = Vec::new();
    let mut left: Vec<usize> = nodes.to_vec();
    while !left.is_empty() {
        let mut part = vec![left.remove(0)];
        let mut at = 0;
        while let Some(&node) = part.get(at) {
            let joined = |other: &usize| {
                ties.iter().any(|tie| {
                    (tie.from, tie.to) == (node, *other) || (tie.to, tie.from) == (node, *other)
                })
            };
            let (found, rest): (Vec<_>, Vec<_>) = left.iter().copied().partition(joined);
            part.extend(found);
            left = rest;
            at += 1;
        }
        part.sort_unstable();
        parts.push(part);
    }
    parts.sort_by_key(|part| part.len() == 1);
    parts
}

/// Columns are ranks; more ranks than columns fold to further rows, like text.
fn across(part: &[usize], ties: &[Tie], columns: usize) -> Vec<(usize, usize)> {
    let ranks = ranks::ranks(part, ties);
    let rows = spread(part, ties, &ranks, None);
    let folds = ranks.iter().max().map_or(0, |rank| rank / columns);
    let mut cells = vec![(0, 0); part.len()];
    let mut top = 0;
    for fold in 0..=folds {
        let members: Vec<usize> = (0..part.len())
            .filter(|&index| ranks[index] / columns == fold)
            .collect();
        let mut used: Vec<i64> = members.iter().map(|&index| rows[index]).collect();
        used.sort_unstable();
        used.dedup();
        for index in members {
            let row = used.partition_point(|&row| row < rows[index]);
            cells[index] = (top + row, ranks[index] % columns);
        }
        top += used.len();
    }
    cells
}

/// Rows are ranks; a rank with more boxes than columns takes several rows.
fn down(part: &[usize], ties: &[Tie], columns: usize) -> Vec<(usize, usize)> {
    let ranks = ranks::ranks(part, ties);
    let mut split = Vec::with_capacity(part.len());
    let mut row_of_rank = Vec::new();
    let mut next = 0;
    for rank in 0..=ranks.iter().max().copied().unwrap_or(0) {
        row_of_rank.push(next);
        let count = ranks.iter().filter(|&&other| other == rank).count();
        next += count.div_ceil(columns).max(1);
    }
    let mut seen = vec![0; row_of_rank.len()];
    for &rank in &ranks {
        split.push(row_of_rank[rank] + seen[rank] / columns);
        seen[rank] += 1;
    }
    let cols = spread(part, ties, &split, Some(columns));
    let least = cols.iter().min().copied().unwrap_or(0);
    split
        .into_iter()
        .zip(cols)
        .map(|(row, col)| (row, usize::try_from(col - least).unwrap_or(0)))
        .collect()
}

/// A place across the flow for each node: near those it comes from, in their order, one place each.
fn spread(part: &[usize], ties: &[Tie], ranks: &[usize], room: Option<usize>) -> Vec<i64> {
    let index_of = |node: usize| part.iter().position(|&other| other == node);
    let mut place: Vec<Option<i64>> = vec![None; part.len()];
    for rank in 0..=ranks.iter().max().copied().unwrap_or(0) {
        let mut wishes: Vec<(i64, usize)> = (0..part.len())
            .filter(|&index| ranks[index] == rank)
            .map(|index| {
                let from: Vec<i64> = ties
                    .iter()
                    .filter(|tie| index_of(tie.to) == Some(index))
                    .filter_map(|tie| place[index_of(tie.from)?])
                    .collect();
                // In hundredths, so that an average keeps its order.
                let sum: i64 = from.iter().map(|place| place * 100).sum();
                let count = i64::try_from(from.len().max(1)).unwrap_or(1);
                (sum / count, index)
            })
            .collect();
        wishes.sort_unstable();
        for (place_of, (_, index)) in apart(&wishes, room).into_iter().zip(&wishes) {
            place[*index] = Some(place_of);
        }
    }
    let least = place.iter().flatten().min().copied().unwrap_or(0);
    place
        .into_iter()
        .map(|place| place.unwrap_or(least) - least)
        .collect()
}

/// Distinct whole places in the order of the wishes, as near to them as may be.
fn apart(wishes: &[(i64, usize)], room: Option<usize>) -> Vec<i64> {
    // Runs of neighbours that stand side by side: first place (in hundredths) and length.
    let mut runs: Vec<(i64, i64)> = Vec::new();
    for &(wish, _) in wishes {
        let mut run = (wish, 1);
        while let Some(&(before, length)) = runs.last() {
            if before + length * 100 <= run.0 {
                break;
            }
            runs.pop();
            let total = length + run.1;
            run = (
                (before * length + (run.0 - length * 100) * run.1) / total,
                total,
            );
        }
        runs.push(run);
    }
    let mut places: Vec<i64> = Vec::with_capacity(wishes.len());
    for (start, length) in runs {
        let start = (start + 49).div_euclid(100);
        let start = places.last().map_or(start, |last| start.max(last + 1));
        places.extend((0..length).map(|step| start + step));
    }
    if let Some(room) = room.and_then(|room| i64::try_from(room).ok()) {
        // Kept within -room/2 … so that the whole never grows wider than the room.
        let low = -(room / 2);
        let mut high = low + room - 1;
        for place in places.iter_mut().rev() {
            *place = (*place).min(high);
            high = *place - 1;
        }
        let mut least = low;
        for place in &mut places {
            *place = (*place).max(least);
            least = *place + 1;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::parse;

    fn cells(body: &str, flow: Direction, columns: usize) -> String {
        let graph = parse(&format!("flowchart LR\n{body}")).expect("parses");
        let plan = plan(&graph, flow, columns, improve::TASTES[0]);
        let mut rows = vec![vec!["."; plan.cols]; plan.rows];
        for (node, &(row, col)) in graph.nodes.iter().zip(&plan.cells) {
            assert_eq!(rows[row][col], ".", "two boxes in one cell");
            rows[row][col] = &node.id;
        }
        rows.iter().map(|row| row.join(" ") + "\n").collect()
    }

    #[test]
    fn a_chain_goes_along_and_folds_like_text() {
        insta::assert_snapshot!(cells("a-->b-->c-->d-->e", Direction::Right, 5), @"a b c d e");
        insta::assert_snapshot!(cells("a-->b-->c-->d-->e", Direction::Right, 3), @r"
        a b c
        d e .
        ");
        insta::assert_snapshot!(cells("a-->b-->c", Direction::Left, 3), @"c b a");
    }

    #[test]
    fn a_fan_spreads_around_its_source() {
        insta::assert_snapshot!(cells("a-->b & c & d-->e", Direction::Right, 5), @r"
        . b .
        a c e
        . d .
        ");
        insta::assert_snapshot!(cells("a-->b & c & d-->e", Direction::Down, 5), @r"
        . a .
        b c d
        . e .
        ");
    }
}
