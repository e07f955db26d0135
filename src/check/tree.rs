//! YAML as a tree whose nodes know their place, built from parser events so that nothing deeper,
//! larger or more often repeated than a content file needs is ever built.

use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::{Number, Value};
use std::collections::BTreeMap;

/// Deepest nesting.
const MAX_DEPTH: usize = 48;
/// Most nodes that aliases may stand for, all together.
const MAX_REPEATED: usize = 50_000;

/// A place in a file, both from 1; line 0 is no place at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Mark {
    fn of(span: &Span) -> Self {
        Self::of_marker(&span.start)
    }

    fn of_marker(marker: &saphyr_parser::Marker) -> Self {
        Self {
            line: marker.line().max(1),
            column: marker.col() + 1,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) mark: Mark,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) mark: Mark,
    pub(super) value: Node,
}

/// Something that is wrong with the YAML itself.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    pub(super) mark: Mark,
    pub(super) message: String,
    pub(super) fix: &'static str,
}

impl Node {
    pub(super) fn new(mark: Mark, kind: Kind) -> Self {
        Self { mark, kind }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        match &self.kind {
            Kind::Map(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    pub(super) fn list(&self) -> &[Self] {
        match &self.kind {
            Kind::List(list) => list,
            _ => &[],
        }
    }

    /// How many nodes there are, itself included.
    fn size(&self) -> usize {
        match &self.kind {
            Kind::List(list) => 1 + list.iter().map(Self::size).sum::<usize>(),
            Kind::Map(entries) => {
                let below = entries.iter().map(|entry| 1 + entry.value.size());
                1 + below.sum::<usize>()
            }
            _ => 1,
        }
    }

    fn depth(&self) -> usize {
        let deepest = match &self.kind {
            Kind::List(list) => list.iter().map(Self::depth).max(),
            Kind::Map(entries) => entries.iter().map(|entry| entry.value.depth()).max(),
            _ => None,
        };
        1 + deepest.unwrap_or(0)
    }

    /// The same without places.
    pub(super) fn plain(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(yes) => Value::Bool(*yes),
            Kind::Number(number) => Value::Number(number.clone()),
            Kind::Text(text) => Value::String(text.clone()),
            Kind::List(list) => list.iter().map(Self::plain).collect(),
            Kind::Map(entries) => {
                let pairs = entries.iter();
                Value::Object(
                    pairs
                        .map(|entry| (entry.key.clone(), entry.value.plain()))
                        .collect(),
                )
            }
        }
    }

    /// What it is, in a word, for messages.
    pub(super) fn what(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "nothing",
            Kind::Bool(_) => "true or false",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
        }
    }
}

/// A node of a tree, or the nearest place to where it would be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot<'a> {
    node: Option<&'a Node>,
    pub(super) mark: Mark,
}

impl<'a> Spot<'a> {
    pub(super) fn new(node: &'a Node) -> Self {
        Self {
            node: Some(node),
            mark: node.mark,
        }
    }

    /// The value of a key; the map itself when it has no such key.
    pub(super) fn get(self, key: &str) -> Self {
        match self.node.and_then(|node| node.get(key)) {
            Some(entry) => Self::new(&entry.value),
            None => Self { node: None, ..self },
        }
    }

    pub(super) fn is_list(self) -> bool {
        self.node
            .is_some_and(|node| matches!(node.kind, Kind::List(_)))
    }

    /// The key itself, not its value.
    pub(super) fn key(self, key: &str) -> Mark {
        self.node
            .and_then(|node| node.get(key))
            .map_or(self.mark, |entry| entry.mark)
    }

    pub(super) fn at(self, index: usize) -> Self {
        match self.node.and_then(|node| node.list().get(index)) {
            Some(node) => Self::new(node),
            None => Self { node: None, ..self },
        }
    }
}

/// Reads one document. What can be read is returned, whatever else is wrong.
pub(super) fn read(text: &str) -> (Option<Node>, Vec<Trouble>) {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => {
                if builder.take(event, &span).is_none() {
                    return (None, builder.troubles);
                }
            }
            Err(error) => {
                let mark = Mark::of_marker(error.marker());
                // The scanner looks ahead inside brackets and has a limit of its own.
                if error.info().contains("recursion limit") {
                    builder.too_deep(mark);
                    return (None, builder.troubles);
                }
                builder.trouble(
                    mark,
                    format!("is not YAML: {}", error.info()),
                    "look at the indentation, the quotes and the brackets here and above",
                );
                return (None, builder.troubles);
            }
        }
    }
    (builder.root, builder.troubles)
}

#[derive(Default)]
struct Builder {
    root: Option<Node>,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Node>,
    repeated: usize,
    documents: usize,
    troubles: Vec<Trouble>,
}

struct Open {
    mark: Mark,
    anchor: usize,
    inside: Inside,
}

enum Inside {
    List(Vec<Node>),
    /// With the key that waits for its value.
    Map(Vec<Entry>, Option<(String, Mark)>),
}

impl Builder {
    fn trouble(&mut self, mark: Mark, message: impl Into<String>, fix: &'static str) {
        self.troubles.push(Trouble {
            mark,
            message: message.into(),
            fix,
        });
    }

    /// `None` when it is no use to go on.
    fn take(&mut self, event: Event<'_>, span: &Span) -> Option<()> {
        let mark = Mark::of(span);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.trouble(mark, "a second document begins", "one file, one document");
                    return None;
                }
            }
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned();
                let Some(mut node) = node else {
                    self.trouble(
                        mark,
                        "an alias to something that is not complete yet",
                        "write it out",
                    );
                    return None;
                };
                self.repeated += node.size();
                if self.repeated > MAX_REPEATED || self.open.len() + node.depth() > MAX_DEPTH {
                    self.trouble(mark, "aliases stand for too much", "write it out");
                    return None;
                }
                node.mark = mark;
                self.put(node, 0)?;
            }
            Event::Scalar(text, style, anchor, tag) => {
                if tag.is_some() {
                    self.tag(mark);
                }
                let plain = style == ScalarStyle::Plain;
                let kind = if plain {
                    resolve(&text)
                } else {
                    Kind::Text(text.into_owned())
                };
                self.put(Node::new(mark, kind), anchor)?;
            }
            Event::SequenceStart(anchor, tag) => {
                if tag.is_some() {
                    self.tag(mark);
                }
                self.enter(mark, anchor, Inside::List(Vec::new()))?;
            }
            Event::MappingStart(anchor, tag) => {
                if tag.is_some() {
                    self.tag(mark);
                }
                self.enter(mark, anchor, Inside::Map(Vec::new(), None))?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let open = self.open.pop()?;
                let kind = match open.inside {
                    Inside::List(list) => Kind::List(list),
                    Inside::Map(entries, _) => Kind::Map(entries),
                };
                self.put(Node::new(open.mark, kind), open.anchor)?;
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Some(())
    }

    fn too_deep(&mut self, mark: Mark) {
        let message = format!("is nested deeper than {MAX_DEPTH} levels");
        self.trouble(mark, message, "flatten it");
    }

    fn tag(&mut self, mark: Mark) {
        self.trouble(mark, "tags are not used in content", "leave the `!…` out");
    }

    fn enter(&mut self, mark: Mark, anchor: usize, inside: Inside) -> Option<()> {
        if self.open.len() >= MAX_DEPTH {
            self.too_deep(mark);
            return None;
        }
        self.open.push(Open {
            mark,
            anchor,
            inside,
        });
        Some(())
    }

    fn put(&mut self, node: Node, anchor: usize) -> Option<()> {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let mut twice = None;
        match self.open.last_mut().map(|open| &mut open.inside) {
            None => self.root = Some(node),
            Some(Inside::List(list)) => list.push(node),
            Some(Inside::Map(entries, waiting)) => match waiting.take() {
                Some((key, mark)) => {
                    let first = entries.iter().find(|entry| entry.key == key);
                    match first {
                        Some(first) => twice = Some((mark, key, first.mark.line)),
                        None => entries.push(Entry {
                            key,
                            mark,
                            value: node,
                        }),
                    }
                }
                None => match key_of(&node) {
                    Some(key) => *waiting = Some((key, node.mark)),
                    None => {
                        self.trouble(node.mark, "a key must be a word", "write `key: value`");
                        return None;
                    }
                },
            },
        }
        if let Some((mark, key, line)) = twice {
            let message = format!("`{key}` is given twice, first in line {line}");
            self.trouble(mark, message, "keep one of them");
        }
        Some(())
    }
}

fn key_of(node: &Node) -> Option<String> {
    match &node.kind {
        Kind::Text(text) => Some(text.clone()),
        Kind::Bool(yes) => Some(yes.to_string()),
        Kind::Number(number) => Some(number.to_string()),
        Kind::Null | Kind::List(_) | Kind::Map(_) => None,
    }
}

/// What a scalar without quotes means, as the loader reads it.
fn resolve(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" => return Kind::Bool(true),
        "false" | "False" | "FALSE" => return Kind::Bool(false),
        _ => {}
    }
    number(text).map_or_else(|| Kind::Text(text.to_owned()), Kind::Number)
}

fn number(text: &str) -> Option<Number> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(rest) = digits.strip_prefix(prefix) {
            let value = u64::from_str_radix(rest, radix).ok()?;
            return (!text.starts_with('-')).then(|| Number::from(value));
        }
    }
    // 007 is a name, not a number.
    let leading = digits.len() > 1 && digits.starts_with('0');
    if leading && digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    if let Ok(value) = unsigned.parse::<u64>() {
        return Some(Number::from(value));
    }
    if let Ok(value) = unsigned.parse::<i64>() {
        return Some(Number::from(value));
    }
    let wordless = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-');
    if !unsigned.chars().all(wordless) {
        return None;
    }
    unsigned.parse::<f64>().ok().and_then(Number::from_f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_know_their_places() {
        let (root, troubles) = read("a: 1\nb:\n  - x\n  - {c: ü, d: [y]}\n");
        assert!(troubles.is_empty());
        let root = root.unwrap();
        let spot = Spot::new(&root).get("b").at(1).get("d").at(0);
        assert_eq!(
            spot.mark,
            Mark {
                line: 4,
                column: 16
            }
        );
        let key = Spot::new(&root).get("b").at(1).key("d");
        assert_eq!(
            key,
            Mark {
                line: 4,
                column: 12
            }
        );
    }

    #[test]
    fn scalars_are_read_as_the_loader_reads_them() {
        for text in [
            "1",
            "-3",
            "1e9",
            "1.5",
            "0x10",
            "007",
            "1.2.3",
            "35k",
            "~",
            "true",
            "yes",
            "+4",
            ".5",
            "2024-01-01",
            "-",
            "1_000",
            "''",
            "\"5\"",
            "-.5",
            "0",
            "0.0",
            "e5",
            "1e400",
        ] {
            let (root, _) = read(&format!("v: {text}\n"));
            let own = root.map(|root| root.plain());
            let theirs: Result<Value, _> = serde_yaml::from_str(&format!("v: {text}\n"));
            assert_eq!(own, theirs.ok(), "{text}");
        }
    }

    #[test]
    fn bombs_and_depth_are_refused() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let before = format!("*a{}, ", level - 1).repeat(10);
            bomb = format!("{bomb}a{level}: &a{level} [{before}]\n");
        }
        let (root, troubles) = read(&bomb);
        assert!(root.is_none());
        assert!(troubles[0].message.contains("aliases"), "{troubles:?}");
        let (_, troubles) = read(&"[".repeat(100_000));
        assert!(troubles[0].message.contains("deeper"), "{troubles:?}");
        let (_, troubles) = read(&"- ".repeat(100_000));
        assert!(!troubles.is_empty());
    }

    #[test]
    fn a_key_given_twice_is_named_with_the_first() {
        let (root, troubles) = read("id: a\ntitle: b\nid: c\n");
        assert!(root.is_some());
        assert_eq!(troubles.len(), 1);
        assert_eq!(troubles[0].mark, Mark { line: 3, column: 1 });
        assert_eq!(troubles[0].message, "`id` is given twice, first in line 1");
    }
}
