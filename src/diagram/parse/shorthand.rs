//! The whiteboard's own notation: `user -> kafka -> "feature store": events`.

use super::builder::Builder;
use super::cursor::Cursor;
use super::label::tidy;
use super::node::{self, Mention};
use crate::diagram::graph::{Direction, Edge, End, Form, Graph, Shape, Stroke, Tip};
use crate::diagram::{limits, Fault};

/// Reads a sketch: chains of names, a lone name, a label after a colon.
pub fn parse_shorthand(source: &str) -> Result<Graph, Fault> {
    limits::check_size(source)?;
    let mut cursor = Cursor::new(source);
    let mut builder = Builder::default();
    loop {
        cursor.skip_while(|c| c.is_whitespace() || c == ';' || c == '\u{feff}');
        if cursor.is_done() {
            break;
        }
        if cursor.starts("%%") {
            cursor.skip_line();
            continue;
        }
        statement(&mut cursor, &mut builder)?;
    }
    Ok(builder.finish(Form::Sketch, Direction::Right))
}

fn statement(cursor: &mut Cursor, builder: &mut Builder) -> Result<(), Fault> {
    let mut from = names(cursor, builder)?;
    loop {
        cursor.skip_blanks();
        let start = cursor.at();
        let Some(arrow) = arrow(cursor) else {
            return match cursor.peek() {
                Some(':') => Err(cursor.fault("a label belongs to an arrow: `a -> b: label`")),
                _ => Ok(()),
            };
        };
        let piped = piped(cursor)?;
        let to = names(cursor, builder)?;
        let label = label(cursor).or(piped).filter(|label| !label.is_empty());
        for &from in &from {
            for &to in &to {
                let edge = Edge {
                    from: End::Node(if arrow.reversed { to } else { from }),
                    to: End::Node(if arrow.reversed { from } else { to }),
                    label: label.clone(),
                    stroke: arrow.stroke,
                    tail: arrow.tail,
                    head: arrow.head,
                };
                builder
                    .edge(edge)
                    .map_err(|why| cursor.fault_at(start, why))?;
            }
        }
        from = to;
    }
}

struct Arrow {
    stroke: Stroke,
    tail: Tip,
    head: Tip,
    reversed: bool,
}

/// Arrows as people type them, longest first.
const ARROWS: [&str; 14] = [
    "<-->",
    "<->",
    "-.->",
    "--->",
    "-->",
    "->",
    "==>",
    "=>",
    "──▸",
    "→",
    "⇒",
    "<--",
    "<-",
    "---",
];

fn arrow(cursor: &mut Cursor) -> Option<Arrow> {
    let mark = ARROWS.into_iter().find(|mark| cursor.starts(mark))?;
    cursor.eat(mark);
    Some(Arrow {
        stroke: match mark {
            "-.->" => Stroke::Dotted,
            "==>" => Stroke::Thick,
            _ => Stroke::Solid,
        },
        tail: if matches!(mark, "<-->" | "<->") {
            Tip::Arrow
        } else {
            Tip::None
        },
        head: if mark == "---" { Tip::None } else { Tip::Arrow },
        reversed: matches!(mark, "<--" | "<-"),
    })
}

fn is_arrow(cursor: &Cursor) -> bool {
    ARROWS.iter().any(|mark| cursor.starts(mark))
}

/// One name, or several with `&` between blanks.
fn names(cursor: &mut Cursor, builder: &mut Builder) -> Result<Vec<usize>, Fault> {
    let mut found = Vec::new();
    loop {
        cursor.skip_blanks();
        let at = cursor.at();
        let (shape, name) = name(cursor)?;
        if name.is_empty() {
            return Err(cursor.fault_at(at, "a name is missing here"));
        }
        let mut key = name.to_lowercase();
        key = key.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = builder.knows(&key);
        let body = (!known || shape != Shape::Rect).then_some((shape, name));
        let mention = Mention::new(key, body, at);
        found.push(
            builder
                .node(&mention)
                .map_err(|why| cursor.fault_at(at, why))?,
        );
        cursor.skip_blanks();
        if !is_separator(cursor) {
            return Ok(found);
        }
        cursor.skip(1);
    }
}

fn is_separator(cursor: &Cursor) -> bool {
    cursor.peek() == Some('&') && cursor.ahead(1).is_none_or(char::is_whitespace)
}

/// A name in quotes, in brackets, or bare up to what cannot belong to it.
fn name(cursor: &mut Cursor) -> Result<(Shape, String), Fault> {
    let from = cursor.at();
    if cursor.peek() == Some('"') {
        cursor.skip(1);
        let Some(end) = cursor.find("\"", false) else {
            return Err(cursor.fault_at(from, "this quote is never closed"));
        };
        let text = cursor.text(from + 1, end);
        cursor.go_to(end + 1);
        return Ok((Shape::Rect, tidy(&text)));
    }
    if matches!(cursor.peek(), Some('[' | '(' | '{')) {
        let bracketed = node::body(cursor, false)?;
        cursor.skip_blanks();
        let ends = name_ends(cursor);
        if let Some(found) = bracketed.filter(|_| ends) {
            return Ok(found);
        }
        cursor.go_to(from);
    }
    while !name_ends(cursor) {
        cursor.skip(1);
    }
    Ok((Shape::Rect, tidy(&cursor.text(from, cursor.at()))))
}

fn name_ends(cursor: &Cursor) -> bool {
    let blank_before = cursor.at() > 0
        && cursor
            .text(cursor.at() - 1, cursor.at())
            .chars()
            .all(char::is_whitespace);
    match cursor.peek() {
        None | Some('\n' | ';') => true,
        Some('%') => cursor.ahead(1) == Some('%'),
        Some('&') => blank_before && is_separator(cursor),
        Some(':') => is_colon(cursor),
        Some(_) => is_arrow(cursor),
    }
}

/// A colon that begins a label: not the one of `http://` or `10:30`.
fn is_colon(cursor: &Cursor) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let before = cursor
        .at()
        .checked_sub(1)
        .and_then(|at| cursor.text(at, at + 1).chars().next());
    cursor.peek() == Some(':')
        && cursor.ahead(1) != Some('/')
        && !(digit(before) && digit(cursor.ahead(1)))
}

/// `: text` up to the next arrow or the end of the line.
fn label(cursor: &mut Cursor) -> Option<String> {
    cursor.skip_blanks();
    if !cursor.eat(":") {
        return None;
    }
    cursor.skip_blanks();
    let from = cursor.at();
    while !matches!(cursor.peek(), None | Some('\n' | ';')) && !is_arrow(cursor) {
        cursor.skip(1);
    }
    let text = cursor.text(from, cursor.at());
    Some(tidy(text.trim().trim_matches('"')))
}

/// `|text|` right after an arrow.
fn piped(cursor: &mut Cursor) -> Result<Option<String>, Fault> {
    cursor.skip_blanks();
    let from = cursor.at();
    if !cursor.eat("|") {
        return Ok(None);
    }
    let Some(end) = cursor.find("|", false) else {
        return Err(cursor.fault_at(from, "this label is never closed: write `|text|`"));
    };
    let text = cursor.text(from + 1, end);
    cursor.go_to(end + 1);
    Ok(Some(tidy(&text)))
}
