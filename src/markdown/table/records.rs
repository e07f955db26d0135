//! A table as one record a row: `Head: cell`, a line each.

use super::Table;
use crate::markdown::flow::{Flow, Ink};
use crate::markdown::setter::Laid;
use crate::text::{Line, Role};

const HANG: usize = 2;

pub(super) fn lay(table: &Table, room: usize) -> Laid {
    let mut out = Laid::default();
    if table.rows.is_empty() {
        for head in table.head.iter().filter(|head| !head.is_empty()) {
            hang(head, room, &mut out);
        }
    }
    for row in &table.rows {
        let begun = out.lines.len();
        for (i, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            if begun > 0 && out.lines.len() == begun {
                out.lines.push(Line::new());
            }
            hang(&field(table.head.get(i), cell), room, &mut out);
        }
    }
    out
}

fn field(head: Option<&Flow>, cell: &Flow) -> Flow {
    let Some(head) = head.filter(|head| !head.is_empty()) else {
        return cell.clone();
    };
    let mut field = head.clone();
    field.tag(":", Ink::of(Role::Strong));
    field.space();
    field.append(cell);
    field
}

/// Lays a field with its further lines indented.
fn hang(field: &Flow, room: usize, out: &mut Laid) {
    let start = out.lines.len();
    let laid = field.lay(room.saturating_sub(HANG));
    for (i, line) in laid.lines.into_iter().enumerate() {
        if i == 0 {
            out.lines.push(line);
            continue;
        }
        let mut hung = Line::plain(" ".repeat(HANG));
        for span in &line.spans {
            hung.push(&span.text, span.role);
        }
        out.lines.push(hung);
    }
    for (link, line) in laid.links {
        out.links.push((link, start + line));
    }
}
