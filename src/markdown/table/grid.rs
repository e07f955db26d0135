//! A table as columns.

use super::Table;
use crate::markdown::flow::Flow;
use crate::markdown::setter::Laid;
use crate::text::{Line, Role};
use pulldown_cmark::Alignment;

/// Between two columns, and a space on either side of it.
const SEPARATOR: &str = "│";
pub(super) const SEPARATOR_WIDTH: usize = 3;

pub(super) fn lay(table: &Table, widths: &[usize]) -> Laid {
    let mut out = Laid::default();
    if table.has_head() {
        row(table, &table.head, widths, &mut out);
        if !table.rows.is_empty() {
            out.lines.push(rule(widths, "═", "═╪═"));
        }
    }
    let wraps = table.rows.iter().any(|row| {
        let mut cells = row.iter().zip(widths);
        cells.any(|(cell, width)| cell.lay(*width).lines.len() > 1)
    });
    for (i, cells) in table.rows.iter().enumerate() {
        if wraps && i > 0 {
            out.lines.push(rule(widths, "─", "─┼─"));
        }
        row(table, cells, widths, &mut out);
    }
    out
}

fn row(table: &Table, cells: &[Flow], widths: &[usize], out: &mut Laid) {
    let start = out.lines.len();
    let laid: Vec<Laid> = cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| cell.lay(*width))
        .collect();
    let height = laid.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    for at in 0..height {
        let mut line = Line::new();
        let mut owed = 0;
        for (i, width) in widths.iter().enumerate() {
            if i > 0 {
                line.push(&" ".repeat(owed + 1), Role::Plain);
                line.push(SEPARATOR, Role::Faint);
                owed = 1;
            }
            let alignment = table.alignments.get(i).unwrap_or(&Alignment::None);
            let cell = laid.get(i).and_then(|cell| cell.lines.get(at));
            owed = put(&mut line, owed, cell, *width, *alignment);
        }
        out.lines.push(line);
    }
    for (link, line) in laid.iter().flat_map(|cell| &cell.links) {
        out.links.push((*link, start + line));
    }
}

/// Adds a line of a cell after the spaces that are owed; says how many are owed then. Nothing is
/// owed at the end of a line.
fn put(
    line: &mut Line,
    owed: usize,
    cell: Option<&Line>,
    width: usize,
    alignment: Alignment,
) -> usize {
    let Some(cell) = cell.filter(|cell| !cell.spans.is_empty()) else {
        return owed + width;
    };
    let spare = width.saturating_sub(cell.width());
    let before = match alignment {
        Alignment::None | Alignment::Left => 0,
        Alignment::Center => spare / 2,
        Alignment::Right => spare,
    };
    line.push(&" ".repeat(owed + before), Role::Plain);
    for span in &cell.spans {
        line.push(&span.text, span.role);
    }
    spare - before
}

fn rule(widths: &[usize], dash: &str, cross: &str) -> Line {
    let columns: Vec<String> = widths.iter().map(|width| dash.repeat(*width)).collect();
    Line::of(columns.join(cross), Role::Faint)
}
