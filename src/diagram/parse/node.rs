//! One node as it is written: an id, and perhaps a shape with its text.

use super::cursor::Cursor;
use super::label::tidy;
use crate::diagram::{Fault, Shape};

#[derive(Debug)]
pub(super) struct Mention {
    pub(super) id: String,
    pub(super) body: Option<(Shape, String)>,
    pub(super) at: usize,
}

impl Mention {
    pub(super) fn new(id: String, body: Option<(Shape, String)>, at: usize) -> Self {
        Self { id, body, at }
    }
}

/// Opening mark, the marks that may close it, the shape. Longer marks come first.
const SHAPES: [(&str, &[&str], Shape); 14] = [
    ("(((", &[")))"], Shape::Round),
    ("((", &["))"], Shape::Round),
    ("([", &["])"], Shape::Round),
    ("(-", &["-)"], Shape::Round),
    ("(", &[")"], Shape::Round),
    ("[(", &[")]"], Shape::Store),
    ("[[", &["]]"], Shape::Rect),
    ("[/", &["/]", "\\]"], Shape::Slanted),
    ("[\\", &["\\]", "/]"], Shape::Slanted),
    ("[|", &["|]"], Shape::Rect),
    ("[", &["]"], Shape::Rect),
    ("{{", &["}}"], Shape::Hexagon),
    ("{", &["}"], Shape::Choice),
    (">", &["]"], Shape::Flag),
];

/// Reads the node that stands here.
pub(super) fn mention(cursor: &mut Cursor) -> Result<Mention, Fault> {
    let at = cursor.at();
    let id = id(cursor);
    if id.is_empty() {
        let found = cursor.peek().filter(|c| *c != '\n');
        return Err(match found {
            Some('"') => cursor.fault("a node needs an id before its text: write `id[\"text\"]`"),
            Some(c) => cursor.fault(format!("a node is missing here, found `{c}`")),
            None => cursor.fault("a node is missing here, the text ends"),
        });
    }
    let mut body = body(cursor, true)?;
    loop {
        if cursor.eat(":::") {
            cursor.skip_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ','));
        } else if cursor.starts("@{") {
            body = attributes(cursor, &id)?.or(body);
        } else {
            break;
        }
    }
    Ok(Mention::new(id, body, at))
}

/// The characters of an id: all but blanks, brackets and what begins a link.
pub(super) fn id(cursor: &mut Cursor) -> String {
    let from = cursor.at();
    while let Some(c) = cursor.peek() {
        let next = cursor.ahead(1);
        let ends = match c {
            '-' => matches!(next, Some('-' | '.' | '>')),
            '=' => matches!(next, Some('=' | '>')),
            '~' => cursor.run('~') >= 3,
            ':' => cursor.starts(":::"),
            '@' => next == Some('{'),
            '%' => next == Some('%'),
            _ => {
                c.is_whitespace()
                    || matches!(
                        c,
                        '[' | ']' | '(' | ')' | '{' | '}' | '<' | '>' | '|' | '&' | ';' | '"'
                    )
            }
        };
        if ends {
            break;
        }
        cursor.skip(1);
    }
    cursor.text(from, cursor.at())
}

/// Reads `[text]` and its kin. Blanks before it are allowed, as people write them.
pub(super) fn body(cursor: &mut Cursor, flags: bool) -> Result<Option<(Shape, String)>, Fault> {
    let here = cursor.at();
    cursor.skip_blanks();
    let flag_allowed = flags && cursor.at() == here;
    for (open, closers, shape) in SHAPES {
        if !cursor.starts(open) || (shape == Shape::Flag && !flag_allowed) {
            continue;
        }
        let start = cursor.at();
        cursor.skip(open.chars().count());
        if let Some(text) = quoted(cursor, closers)? {
            return Ok(Some((shape, tidy(&text))));
        }
        if let Some((end, closer)) = closing(cursor, open, closers) {
            let text = cursor.text(cursor.at(), end);
            cursor.go_to(end + closer.chars().count());
            return Ok(Some((shape, tidy(text.trim().trim_matches('"')))));
        }
        cursor.go_to(start);
        if open.chars().count() == 1 {
            let closer = closers.first().copied().unwrap_or_default();
            return Err(cursor.fault(format!("this `{open}` is never closed by `{closer}`")));
        }
    }
    cursor.go_to(here);
    Ok(None)
}

/// The text in quotes, when the closing mark follows it.
fn quoted(cursor: &mut Cursor, closers: &[&str]) -> Result<Option<String>, Fault> {
    let start = cursor.at();
    cursor.skip_space();
    if cursor.peek() != Some('"') {
        cursor.go_to(start);
        return Ok(None);
    }
    let open = cursor.at();
    cursor.skip(1);
    let Some(quote) = cursor.find("\"", true) else {
        return Err(cursor.fault_at(open, "this quote is never closed"));
    };
    let text = cursor.text(cursor.at(), quote);
    cursor.go_to(quote + 1);
    cursor.skip_space();
    if closers.iter().any(|closer| cursor.eat(closer)) {
        return Ok(Some(text));
    }
    cursor.go_to(start);
    Ok(None)
}

/// Where the raw text ends: at a closing mark of this line, inner brackets skipped.
fn closing<'a>(cursor: &mut Cursor, open: &str, closers: &[&'a str]) -> Option<(usize, &'a str)> {
    let start = cursor.at();
    let single = open.chars().count() == 1;
    let (inner, outer) = match open {
        "[" | ">" => ('[', ']'),
        "(" => ('(', ')'),
        _ => ('{', '}'),
    };
    let mut depth = 0_usize;
    let mut found = None;
    while let Some(c) = cursor.peek().filter(|c| *c != '\n') {
        let closer = closers.iter().find(|closer| cursor.starts(closer));
        match closer {
            Some(_) if single && depth > 0 => depth -= 1,
            // `((a (b)))` closes at the last two of the three.
            Some(closer)
                if !single && cursor.ahead(closer.chars().count()) == closer.chars().last() => {}
            Some(closer) => {
                found = Some((cursor.at(), *closer));
                break;
            }
            None if single && c == inner && inner != outer => depth += 1,
            None => {}
        }
        cursor.skip(1);
    }
    cursor.go_to(start);
    found
}

/// Mermaid's newer `id@{ shape: cyl, label: "text" }`.
fn attributes(cursor: &mut Cursor, id: &str) -> Result<Option<(Shape, String)>, Fault> {
    let open = cursor.at();
    cursor.skip(2);
    let Some(end) = cursor.find("}", true) else {
        return Err(cursor.fault_at(open, "this `@{` is never closed by `}`"));
    };
    let text = cursor.text(cursor.at(), end);
    cursor.go_to(end + 1);
    let value = |key: &str| {
        let (_, after) = text.split_once(key)?;
        let after = after.trim_start().strip_prefix(':')?.trim_start();
        let value = match after.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => after.split([',', '\n']).next(),
        };
        value.map(|value| value.trim().to_owned())
    };
    let label = value("label");
    let shape = value("shape").map(|name| match name.as_str() {
        "cyl" | "database" | "db" | "cylinder" | "h-cyl" | "das" | "lin-cyl" | "disk" => {
            Shape::Store
        }
        "diam" | "diamond" | "decision" | "question" => Shape::Choice,
        "hex" | "hexagon" | "prepare" => Shape::Hexagon,
        "rounded" | "event" | "stadium" | "pill" | "terminal" | "circle" | "circ" | "dbl-circ" => {
            Shape::Round
        }
        "lean-r" | "lean-l" | "in-out" | "out-in" => Shape::Slanted,
        "odd" | "flag" => Shape::Flag,
        _ => Shape::Rect,
    });
    if label.is_none() && shape.is_none() {
        return Ok(None);
    }
    let label = label.map_or_else(|| id.to_owned(), |label| tidy(&label));
    Ok(Some((shape.unwrap_or_default(), label)))
}
