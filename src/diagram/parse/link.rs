//! Arrows: `-->`, `---`, `-.->`, `==>`, `<-->`, longer ones, and those with text.

use super::cursor::Cursor;
use super::label::tidy;
use crate::diagram::{Fault, Stroke, Tip};

#[derive(Debug)]
pub(super) struct Link {
    pub(super) label: Option<String>,
    pub(super) stroke: Stroke,
    pub(super) tail: Tip,
    pub(super) head: Tip,
    /// `~~~`: an edge that only pushes nodes apart and is not drawn.
    pub(super) hidden: bool,
}

/// Reads the link that stands here, if one does.
pub(super) fn link(cursor: &mut Cursor) -> Result<Option<Link>, Fault> {
    let start = cursor.at();
    if cursor.run('~') >= 3 {
        cursor.skip(cursor.run('~'));
        return Ok(Some(Link {
            label: None,
            stroke: Stroke::Solid,
            tail: Tip::None,
            head: Tip::None,
            hidden: true,
        }));
    }
    let tail = match (cursor.peek(), stroke(cursor, 1)) {
        (Some('<'), Some(_)) => Tip::Arrow,
        (Some('x'), Some(_)) => Tip::Cross,
        (Some('o'), Some(_)) => Tip::Circle,
        _ => Tip::None,
    };
    cursor.skip(usize::from(tail != Tip::None));
    let Some(stroke) = stroke(cursor, 0) else {
        if cursor.starts("->") || cursor.starts("<-") || cursor.starts("=>") {
            return Err(cursor.fault("this is not an arrow of a flowchart: write `-->`"));
        }
        return Ok(None);
    };
    let (head, label) = match line(cursor, stroke) {
        Some(head) => (head, None),
        None => with_text(cursor, stroke, start)?,
    };
    let piped = piped_label(cursor)?;
    Ok(Some(Link {
        label: piped.or(label).filter(|label| !label.is_empty()),
        stroke,
        tail,
        head,
        hidden: false,
    }))
}

/// Whether a link stands here (one with a letter as its tail does not count).
pub(super) fn is_link(cursor: &Cursor) -> bool {
    cursor.run('~') >= 3
        || stroke(cursor, 0).is_some()
        || (cursor.peek() == Some('<') && stroke(cursor, 1).is_some())
        || cursor.starts("->")
}

fn stroke(cursor: &Cursor, offset: usize) -> Option<Stroke> {
    match (cursor.ahead(offset), cursor.ahead(offset + 1)) {
        (Some('-'), Some('-')) => Some(Stroke::Solid),
        (Some('-'), Some('.')) => Some(Stroke::Dotted),
        (Some('='), Some('=')) => Some(Stroke::Thick),
        _ => None,
    }
}

/// Reads a whole line with its head, or the opening half of one with text (then `None`).
fn line(cursor: &mut Cursor, stroke: Stroke) -> Option<Tip> {
    let length = match stroke {
        Stroke::Solid => cursor.run('-'),
        Stroke::Thick => cursor.run('='),
        Stroke::Dotted => {
            cursor.skip(1);
            let dots = cursor.run('.');
            cursor.skip(dots);
            if cursor.peek() != Some('-') {
                return None;
            }
            cursor.skip(1);
            return Some(head(cursor).unwrap_or(Tip::None));
        }
    };
    cursor.skip(length);
    match head(cursor) {
        Some(head) => Some(head),
        None if length >= 3 => Some(Tip::None),
        None => None,
    }
}

/// `o` and `x` are tips only when a name cannot begin with them.
fn head(cursor: &mut Cursor) -> Option<Tip> {
    let ends = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c == '|');
    let tip = match cursor.peek()? {
        '>' => Tip::Arrow,
        'x' if ends(cursor.ahead(1)) => Tip::Cross,
        'o' if ends(cursor.ahead(1)) => Tip::Circle,
        _ => return None,
    };
    cursor.skip(1);
    Some(tip)
}

/// The text and the closing half of `-- text -->`.
fn with_text(
    cursor: &mut Cursor,
    stroke: Stroke,
    start: usize,
) -> Result<(Tip, Option<String>), Fault> {
    let unclosed = |cursor: &Cursor| {
        cursor.fault_at(
            start,
            "this arrow has no end: write `-->`, or `-- text -->`",
        )
    };
    cursor.skip_blanks();
    let from = cursor.at();
    if cursor.peek() == Some('"') {
        cursor.skip(1);
        let Some(quote) = cursor.find("\"", true) else {
            return Err(cursor.fault_at(from, "this quote is never closed"));
        };
        cursor.go_to(quote + 1);
    }
    let closing = match stroke {
        Stroke::Solid => "--",
        Stroke::Dotted => ".-",
        Stroke::Thick => "==",
    };
    let Some(mut end) = cursor.find(closing, false) else {
        return Err(unclosed(cursor));
    };
    cursor.go_to(end);
    if stroke == Stroke::Dotted {
        while end > from && cursor.text(end - 1, end) == "." {
            end -= 1;
        }
        cursor.skip(2);
    } else {
        cursor.skip(cursor.run(closing.chars().next().unwrap_or('-')));
    }
    let text = cursor.text(from, end);
    let tip = head(cursor).unwrap_or(Tip::None);
    Ok((tip, Some(tidy(text.trim().trim_matches('"')))))
}

/// `|text|` after a line.
fn piped_label(cursor: &mut Cursor) -> Result<Option<String>, Fault> {
    let here = cursor.at();
    cursor.skip_blanks();
    if cursor.peek() != Some('|') {
        cursor.go_to(here);
        return Ok(None);
    }
    let open = cursor.at();
    cursor.skip(1);
    cursor.skip_blanks();
    let from = cursor.at();
    if cursor.peek() == Some('"') {
        cursor.skip(1);
        if let Some(quote) = cursor.find("\"", true) {
            cursor.go_to(quote + 1);
        }
    }
    let Some(end) = cursor.find("|", false) else {
        return Err(cursor.fault_at(open, "this label is never closed: write `|text|`"));
    };
    let text = cursor.text(from, end);
    cursor.go_to(end + 1);
    Ok(Some(tidy(text.trim().trim_matches('"'))))
}
