//! The flowchart subset of Mermaid that people really write.

pub(super) mod builder;
mod cursor;
mod label;
mod link;
mod node;
mod shorthand;

#[cfg(test)]
mod tests;

use builder::Builder;
use cursor::Cursor;

use super::graph::{Direction, Edge, End, Form, Graph};
use super::{limits, Fault};

pub use shorthand::parse_shorthand;

/// Reads a Mermaid flowchart.
pub fn parse(source: &str) -> Result<Graph, Fault> {
    limits::check_size(source)?;
    let mut cursor = Cursor::new(source);
    skip_front(&mut cursor);
    let direction = header(&mut cursor)?;
    let mut builder = Builder::default();
    let mut last_open = cursor.at();
    loop {
        cursor.skip_while(|c| c.is_whitespace() || c == ';');
        if cursor.is_done() {
            break;
        }
        let start = cursor.at();
        match Statement::at(&cursor) {
            Statement::Comment => skip_comment(&mut cursor),
            Statement::Ignored => skip_statement(&mut cursor),
            Statement::Open => {
                last_open = start;
                let (id, title) = subgraph(&mut cursor)?;
                builder
                    .open(id, title)
                    .map_err(|why| cursor.fault_at(start, why))?;
            }
            Statement::Close => {
                cursor.skip(3);
                if !builder.close() {
                    return Err(cursor.fault_at(start, "`end` without a `subgraph`"));
                }
            }
            Statement::Chain => chain(&mut cursor, &mut builder)?,
        }
        finish_statement(&mut cursor)?;
    }
    if builder.has_open() {
        return Err(cursor.fault_at(last_open, "this subgraph has no `end`"));
    }
    Ok(builder.finish(Form::Flowchart, direction))
}

/// Whether the source says that it is a diagram of Mermaid (of any kind), not a sketch.
pub(super) fn is_mermaid(source: &str) -> bool {
    const OTHERS: [&str; 12] = [
        "sequenceDiagram",
        "classDiagram",
        "stateDiagram",
        "erDiagram",
        "gantt",
        "pie",
        "journey",
        "gitGraph",
        "mindmap",
        "timeline",
        "quadrantChart",
        "C4Context",
    ];
    let mut cursor = Cursor::new(source);
    skip_front(&mut cursor);
    let word = cursor.word();
    cursor.skip(word.chars().count());
    cursor.skip_blanks();
    let ends = cursor.peek().is_none_or(|c| matches!(c, '\n' | ';' | '%'));
    if OTHERS.contains(&word.as_str()) {
        return ends;
    }
    matches!(word.as_str(), "flowchart" | "graph")
        && (ends || cursor.starts("-elk") || way(&cursor.word()).is_some() || cursor.starts(">"))
}

/// Skips blank lines, comments and a front matter before the first word.
fn skip_front(cursor: &mut Cursor) {
    cursor.skip_while(|c| c.is_whitespace() || c == '\u{feff}');
    if cursor.starts("---") {
        let start = cursor.at();
        cursor.skip_line();
        match cursor.find("\n---", true) {
            Some(end) => cursor.go_to(end + 4),
            None => cursor.go_to(start),
        }
        cursor.skip_space();
    }
    while cursor.starts("%%") {
        skip_comment(cursor);
        cursor.skip_space();
    }
}

fn header(cursor: &mut Cursor) -> Result<Direction, Fault> {
    let word = cursor.word();
    if !matches!(word.as_str(), "flowchart" | "graph") {
        return Err(cursor.fault(if word.is_empty() {
            "the first line is missing: write `flowchart LR`".to_owned()
        } else {
            format!("only flowcharts are drawn: begin with `flowchart LR`, not `{word}`")
        }));
    }
    cursor.skip(word.chars().count());
    cursor.eat("-elk");
    cursor.skip_blanks();
    let name = cursor.word();
    let symbol = cursor.peek().and_then(|c| match c {
        '>' => Some(Direction::Right),
        '<' => Some(Direction::Left),
        '^' => Some(Direction::Up),
        _ => None,
    });
    if let Some(direction) = symbol {
        cursor.skip(1);
        return Ok(direction);
    }
    if name.is_empty() {
        return match cursor.peek() {
            None | Some('\n' | ';' | '%') => Ok(Direction::Down),
            Some(_) => Err(cursor.fault("a direction is missing: LR, RL, TD, TB or BT")),
        };
    }
    let Some(direction) = way(&name) else {
        return Err(cursor.fault(format!("`{name}` is not a direction: LR, RL, TD, TB or BT")));
    };
    cursor.skip(name.chars().count());
    finish_statement(cursor)?;
    Ok(direction)
}

fn way(name: &str) -> Option<Direction> {
    match name {
        "LR" => Some(Direction::Right),
        "RL" => Some(Direction::Left),
        "TD" | "TB" | "v" => Some(Direction::Down),
        "BT" => Some(Direction::Up),
        _ => None,
    }
}

enum Statement {
    Comment,
    Ignored,
    Open,
    Close,
    Chain,
}

impl Statement {
    /// What kind of statement stands here; a keyword that is used as a node's id is a chain.
    fn at(cursor: &Cursor) -> Self {
        if cursor.starts("%%") {
            return Self::Comment;
        }
        let word = cursor.word();
        let after = |n: usize| cursor.ahead(word.chars().count() + n);
        let alone = after(0).is_none_or(|c| c.is_whitespace() || c == ';');
        let argument = after(0).is_some_and(|c| c == ' ' || c == '\t')
            && after(1).is_some_and(|c| !matches!(c, '-' | '=' | '&' | '<' | '~' | '\n'));
        match word.as_str() {
            "subgraph" if alone => Self::Open,
            "end" if alone || after(0) == Some('%') => Self::Close,
            "direction" | "classDef" | "class" | "style" | "linkStyle" | "click" if argument => {
                Self::Ignored
            }
            "accTitle" | "accDescr" if matches!(after(0), Some(':' | ' ')) => Self::Ignored,
            _ => Self::Chain,
        }
    }
}

fn skip_comment(cursor: &mut Cursor) {
    if cursor.starts("%%{") {
        if let Some(end) = cursor.find("}%%", true) {
            cursor.go_to(end + 3);
            return;
        }
    }
    cursor.skip_line();
}

/// Skips to the end of a statement; a semicolon in quotes does not end it.
fn skip_statement(cursor: &mut Cursor) {
    if cursor.word() == "accDescr" {
        if let (Some(open), Some(end)) = (cursor.find("{", false), cursor.find("}", true)) {
            if open < end {
                cursor.go_to(end + 1);
                return;
            }
        }
    }
    let mut quoted = false;
    while let Some(c) = cursor.peek() {
        if c == '\n' || (c == ';' && !quoted) {
            return;
        }
        quoted ^= c == '"';
        cursor.skip(1);
    }
}

/// What may follow a statement on its line.
fn finish_statement(cursor: &mut Cursor) -> Result<(), Fault> {
    cursor.skip_blanks();
    match cursor.peek() {
        None | Some('\n' | ';') => Ok(()),
        Some('%') if cursor.ahead(1) == Some('%') => {
            cursor.skip_line();
            Ok(())
        }
        Some(_) if cursor.word() == "end" => Ok(()),
        Some('[' | '(' | '{') => Err(cursor.fault("a second text for one node")),
        Some(c) => Err(cursor.fault(format!(
            "an arrow or the end of the line should stand here, found `{c}`"
        ))),
    }
}

/// `subgraph id [title]`, `subgraph "title"`, `subgraph some words`.
fn subgraph(cursor: &mut Cursor) -> Result<(String, String), Fault> {
    cursor.skip("subgraph".len());
    cursor.skip_blanks();
    let from = cursor.at();
    if cursor.peek() == Some('"') {
        cursor.skip(1);
        let Some(end) = cursor.find("\"", true) else {
            return Err(cursor.fault_at(from, "this quote is never closed"));
        };
        let title = label::tidy(&cursor.text(from + 1, end));
        cursor.go_to(end + 1);
        return Ok((title.clone(), title));
    }
    let id = node::id(cursor);
    if let Some((_, title)) = node::body(cursor, false)? {
        let title = if title.is_empty() { id.clone() } else { title };
        return Ok((id, title));
    }
    // No brackets: the whole rest of the line is the title, and the id.
    cursor.skip_while(|c| !matches!(c, '\n' | ';'));
    let words = cursor.text(from, cursor.at());
    let words = words.split("%%").next().unwrap_or_default().trim();
    Ok((words.to_owned(), label::tidy(words)))
}

/// `a & b --> c -- text --> d`.
fn chain(cursor: &mut Cursor, builder: &mut Builder) -> Result<(), Fault> {
    if edge_attributes(cursor) {
        return Ok(());
    }
    let mut from = nodes(cursor, builder)?;
    loop {
        let here = cursor.at();
        cursor.skip_space();
        let crossed = cursor.text(here, cursor.at()).contains('\n');
        edge_id(cursor);
        let start = cursor.at();
        if crossed && !link::is_link(cursor) {
            cursor.go_to(here);
            return Ok(());
        }
        let Some(link) = link::link(cursor)? else {
            cursor.go_to(here);
            return Ok(());
        };
        cursor.skip_space();
        let to = nodes(cursor, builder)?;
        if !link.hidden {
            for &from in &from {
                for &to in &to {
                    let edge = Edge {
                        from: End::Node(from),
                        to: End::Node(to),
                        label: link.label.clone(),
                        stroke: link.stroke,
                        tail: link.tail,
                        head: link.head,
                    };
                    builder
                        .edge(edge)
                        .map_err(|why| cursor.fault_at(start, why))?;
                }
            }
        }
        from = to;
    }
}

fn nodes(cursor: &mut Cursor, builder: &mut Builder) -> Result<Vec<usize>, Fault> {
    let mut found = Vec::new();
    loop {
        let mention = node::mention(cursor)?;
        let at = mention.at;
        let node = builder
            .node(&mention)
            .map_err(|why| cursor.fault_at(at, why))?;
        found.push(node);
        let here = cursor.at();
        cursor.skip_blanks();
        if !cursor.eat("&") {
            cursor.go_to(here);
            return Ok(found);
        }
        cursor.skip_space();
    }
}

/// Skips the id of an edge: `e1@-->`.
fn edge_id(cursor: &mut Cursor) {
    let here = cursor.at();
    let word = cursor.word();
    cursor.skip(word.chars().count());
    if word.is_empty() || !cursor.eat("@") || !link::is_link(cursor) {
        cursor.go_to(here);
    }
}

/// Skips `e1@{ animate: true }`, which describes an edge.
fn edge_attributes(cursor: &mut Cursor) -> bool {
    let here = cursor.at();
    cursor.skip(cursor.word().chars().count());
    if cursor.starts("@{") {
        if let Some(end) = cursor.find("}", true) {
            let text = cursor.text(cursor.at(), end);
            if ["animate", "animation", "curve"]
                .iter()
                .any(|key| text.contains(key))
            {
                cursor.go_to(end + 1);
                return true;
            }
        }
    }
    cursor.go_to(here);
    false
}
