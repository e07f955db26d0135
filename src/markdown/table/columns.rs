//! How wide each column is.

use super::{grid, Table};
use crate::markdown::flow::Flow;

/// A column that needs more than it gets has at least this many cells.
const MIN_COLUMN: usize = 8;

#[derive(Clone, Copy, Default)]
struct Need {
    /// To keep words whole, and not to become a ribbon.
    least: usize,
    /// To wrap nothing.
    most: usize,
}

/// Widths that fit into the room together, or nothing if words would have to break or a column
/// would become too narrow.
pub(super) fn widths(table: &Table, room: usize) -> Option<Vec<usize>> {
    let needs = needs(table);
    let gaps = grid::SEPARATOR_WIDTH * needs.len().checked_sub(1)?;
    let room = room.checked_sub(gaps)?;
    let least: usize = needs.iter().map(|need| need.least).sum();
    let most: usize = needs.iter().map(|need| need.most).sum();
    if most <= room {
        return Some(needs.iter().map(|need| need.most).collect());
    }
    (least <= room).then(|| share(&needs, room - least))
}

fn needs(table: &Table) -> Vec<Need> {
    let mut needs = vec![Need::default(); table.alignments.len()];
    for row in table.cells() {
        for (need, cell) in needs.iter_mut().zip(row) {
            need.least = need.least.max(cell.longest_word());
            need.most = need.most.max(Flow::natural_width(cell));
        }
    }
    for need in &mut needs {
        need.most = need.most.max(1);
        need.least = need.least.max(MIN_COLUMN).min(need.most);
    }
    needs
}

/// Gives the spare cells one by one to the column that is filled worst, so that columns become
/// about equally high.
fn share(needs: &[Need], spare: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = needs.iter().map(|need| need.least).collect();
    for _ in 0..spare {
        let mut worst: Option<(usize, usize, usize)> = None;
        for (i, (width, need)) in widths.iter().zip(needs).enumerate() {
            // need / width is greater, without dividing
            let worse = worst.is_none_or(|(_, w, n)| need.most * w > n * width);
            if *width < need.most && worse {
                worst = Some((i, *width, need.most));
            }
        }
        let Some(width) = worst.and_then(|(i, ..)| widths.get_mut(i)) else {
            break;
        };
        *width += 1;
    }
    widths
}
