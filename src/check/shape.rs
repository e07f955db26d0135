//! Which fields a file has: a marked tree held against the JSON Schema of its type. Every fault is
//! named, and the tree is repaired on the way, so that what is right in a file is checked too.

use super::faults::Faults;
use super::tree::{Entry, Kind, Mark, Node};
use crate::content::{nearest, Id};
use crate::text::truncate;
use serde_json::{Map, Value};

/// Holds a tree against a schema. Afterwards the tree fits the schema: unknown fields are gone,
/// missing ones are there without a place, and list entries of a wrong kind are left out.
pub(super) fn fit(root: &mut Node, schema: &Value, faults: &mut Faults) {
    let mut fitter = Fitter {
        definitions: schema.get("$defs"),
        faults,
    };
    if !fitter.fit(root, schema, "the file") {
        *root = fitter.placeholder(schema);
    }
}

struct Fitter<'a> {
    definitions: Option<&'a Value>,
    faults: &'a mut Faults,
}

impl<'a> Fitter<'a> {
    /// `false` when the node is of the wrong kind and must go.
    fn fit(&mut self, node: &mut Node, schema: &'a Value, name: &str) -> bool {
        if let Some(alternatives) = alternatives(schema) {
            if let Some(words) = self.words(schema) {
                return self.word(node, &words, schema, name);
            }
            let fitting = alternatives
                .iter()
                .find(|alternative| self.accepts(alternative, node));
            return match fitting {
                Some(alternative) => self.fit(node, alternative, name),
                None => {
                    let wanted: Vec<_> = alternatives
                        .iter()
                        .map(|other| self.wanted(other))
                        .collect();
                    self.mistyped(node, name, &wanted.join(" or "));
                    false
                }
            };
        }
        if let Some(words) = self.words(schema) {
            return self.word(node, &words, schema, name);
        }
        if let Some(definition) = self.resolve(schema) {
            return self.fit(node, definition, name);
        }
        if !self.accepts(schema, node) {
            let wanted = self.wanted(schema);
            self.mistyped(node, name, &wanted);
            // A number where text is wanted only lacks its quotes.
            if let (Kind::Number(number), true) = (&node.kind, wanted == "text") {
                node.kind = Kind::Text(number.to_string());
                return true;
            }
            return false;
        }
        match &mut node.kind {
            Kind::Map(entries) => self.map(node.mark, entries, schema, name),
            Kind::List(list) => {
                if let Some(items) = schema.get("items") {
                    list.retain_mut(|item| self.fit(item, items, &format!("an entry of {name}")));
                }
            }
            Kind::Text(text) if schema.get("pattern").is_some() => {
                if !Id::from(text.as_str()).is_valid() && node.mark.line > 0 {
                    let shown = truncate(text, 40);
                    self.faults.fault(
                        node.mark,
                        format!("`{shown}` is not an id"),
                        "use 1 to 64 lower-case letters, digits and hyphens",
                    );
                }
            }
            Kind::Number(number) => {
                let value = number.as_f64().unwrap_or(0.0);
                let low = schema.get("minimum").and_then(Value::as_f64);
                let high = schema.get("maximum").and_then(Value::as_f64);
                let range = match (low, high) {
                    (Some(low), _) if value < low => format!("at least {low}"),
                    (_, Some(high)) if value > high => format!("at most {high}"),
                    _ => return true,
                };
                let message = format!("{name} must be {range}");
                self.faults.fault(node.mark, message, "correct the number");
                return false;
            }
            Kind::Null | Kind::Bool(_) | Kind::Text(_) => {}
        }
        true
    }

    fn map(&mut self, at: Mark, entries: &mut Vec<Entry>, schema: &'a Value, name: &str) {
        let Some(fields) = schema.get("properties").and_then(Value::as_object) else {
            return;
        };
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .map(|list| list.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        self.unknown(entries, fields);
        for entry in entries.iter_mut() {
            let Some(field) = fields.get(&entry.key) else {
                continue;
            };
            let label = format!("`{}`", entry.key);
            let needed = required.contains(&entry.key.as_str());
            if !self.fit(&mut entry.value, field, &label) {
                entry.value = self.placeholder(field);
            } else if let (Kind::Text(text), true) = (&entry.value.kind, needed) {
                if text.trim().is_empty() && entry.value.mark.line > 0 {
                    let message = format!("{label} is empty");
                    self.faults
                        .fault(entry.value.mark, message, &format!("write {label}"));
                }
            }
        }
        // A field that may be left out and whose value was wrong is left out.
        entries.retain(|entry| entry.value.mark.line > 0 || required.contains(&entry.key.as_str()));
        for key in required {
            if entries.iter().any(|entry| entry.key == key) {
                continue;
            }
            let field = fields.get(key).unwrap_or(&Value::Null);
            let about = field.get("description").and_then(Value::as_str);
            let fix = match about.and_then(|text| text.lines().next()) {
                Some(about) => format!("add `{key}:` ({})", about.trim_end_matches('.')),
                None => format!("add `{key}:`"),
            };
            let message = if name == "the file" {
                format!("`{key}` is missing")
            } else {
                format!("`{key}` is missing in {name}")
            };
            self.faults.fault(at, message, &fix);
            entries.push(Entry {
                key: key.to_owned(),
                mark: Mark::default(),
                value: self.placeholder(field),
            });
        }
    }

    /// Names unknown fields, and gives those that are misspelt their right names.
    fn unknown(&mut self, entries: &mut Vec<Entry>, fields: &Map<String, Value>) {
        let present: Vec<String> = entries.iter().map(|entry| entry.key.clone()).collect();
        let mut free: Vec<&str> = fields
            .keys()
            .map(String::as_str)
            .filter(|field| !present.iter().any(|key| key == field))
            .collect();
        entries.retain_mut(|entry| {
            if fields.contains_key(&entry.key) {
                return true;
            }
            let meant = nearest(&entry.key, free.iter().copied()).map(str::to_owned);
            let fix = match &meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("leave it out, or use one of: {}", some(fields.keys())),
            };
            let message = format!("unknown field `{}`", truncate(&entry.key, 40));
            self.faults.fault(entry.mark, message, &fix);
            match meant {
                Some(meant) => {
                    free.retain(|field| *field != meant);
                    entry.key = meant;
                    true
                }
                None => false,
            }
        });
    }

    /// One of a few words.
    fn word(&mut self, node: &mut Node, words: &[&str], schema: &Value, name: &str) -> bool {
        let text = match &node.kind {
            Kind::Text(text) => text.clone(),
            Kind::Null if self.takes_null(schema) => return true,
            _ => {
                self.mistyped(node, name, "a word");
                return false;
            }
        };
        if words.contains(&text.as_str()) {
            return true;
        }
        let meant = nearest(&text, words.iter().copied());
        let fix = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("use one of: {}", words.join(", ")),
        };
        let kind = type_name(schema).unwrap_or_else(|| name.trim_matches('`').to_owned());
        let message = format!("unknown {kind} `{}`", truncate(&text, 40));
        self.faults.fault(node.mark, message, &fix);
        match meant {
            Some(meant) => {
                node.kind = Kind::Text(meant.to_owned());
                true
            }
            None => false,
        }
    }

    fn mistyped(&mut self, node: &Node, name: &str, wanted: &str) {
        if node.mark.line == 0 {
            return;
        }
        let message = match node.kind {
            Kind::Null => format!("{name} has no value; {wanted} is expected"),
            _ => format!("{name} must be {wanted}, not {}", node.what()),
        };
        let fix = match (&node.kind, wanted) {
            (Kind::Number(_) | Kind::Bool(_), "text") => "put it in quotes".to_owned(),
            (Kind::Text(_) | Kind::Number(_) | Kind::Map(_), "a list") => {
                "write each entry in its own line after `- `".to_owned()
            }
            (Kind::Map(_), "text") => {
                "put it in quotes: a colon followed by a space makes a map".to_owned()
            }
            _ => format!("give {wanted}"),
        };
        self.faults.fault(node.mark, message, &fix);
    }

    fn resolve(&self, schema: &Value) -> Option<&'a Value> {
        let name = schema.get("$ref")?.as_str()?.strip_prefix("#/$defs/")?;
        self.definitions?.get(name)
    }

    /// The words of an enumeration, also one that may be left empty.
    fn words(&self, schema: &'a Value) -> Option<Vec<&'a str>> {
        if let Some(definition) = self.resolve(schema) {
            return self.words(definition);
        }
        if let Some(word) = schema.get("const") {
            return word.as_str().map(|word| vec![word]);
        }
        if let Some(list) = schema.get("enum").and_then(Value::as_array) {
            return list.iter().map(Value::as_str).collect();
        }
        let mut words = Vec::new();
        for alternative in alternatives(schema)? {
            if !is_null(alternative) {
                words.extend(self.words(alternative)?);
            }
        }
        Some(words)
    }

    fn takes_null(&self, schema: &Value) -> bool {
        alternatives(schema).is_some_and(|list| list.iter().any(is_null))
    }

    fn accepts(&self, schema: &'a Value, node: &Node) -> bool {
        if let Some(definition) = self.resolve(schema) {
            return self.accepts(definition, node);
        }
        if let Some(list) = alternatives(schema) {
            return list.iter().any(|other| self.accepts(other, node));
        }
        types(schema).any(|name| match (&node.kind, name) {
            (Kind::Null, "null")
            | (Kind::Bool(_), "boolean")
            | (Kind::Number(_), "number")
            | (Kind::Text(_), "string")
            | (Kind::List(_), "array")
            | (Kind::Map(_), "object") => true,
            (Kind::Number(number), "integer") => !number.is_f64(),
            _ => false,
        })
    }

    /// What a schema asks for, in words.
    fn wanted(&self, schema: &'a Value) -> String {
        if let Some(definition) = self.resolve(schema) {
            return self.wanted(definition);
        }
        if let Some(list) = alternatives(schema) {
            let parts: Vec<_> = list
                .iter()
                .filter(|other| !is_null(other))
                .map(|other| self.wanted(other))
                .collect();
            return parts.join(" or ");
        }
        let names = types(schema).filter(|name| *name != "null");
        let words: Vec<_> = names
            .map(|name| match name {
                "string" => "text",
                "integer" => "a whole number",
                "number" => "a number",
                "boolean" => "true or false",
                "array" => "a list",
                "object" => "a map",
                other => other,
            })
            .collect();
        words.join(" or ")
    }

    /// A value that fits, without a place.
    fn placeholder(&self, schema: &'a Value) -> Node {
        Node::new(Mark::default(), self.placeholder_kind(schema, 0))
    }

    fn placeholder_kind(&self, schema: &'a Value, depth: usize) -> Kind {
        if depth > 16 {
            return Kind::Null;
        }
        if let Some(definition) = self.resolve(schema) {
            return self.placeholder_kind(definition, depth + 1);
        }
        if let Some(words) = self.words(schema) {
            return Kind::Text(words.first().copied().unwrap_or_default().to_owned());
        }
        if let Some(list) = alternatives(schema) {
            return match list.first() {
                Some(first) if !list.iter().any(is_null) => self.placeholder_kind(first, depth + 1),
                _ => Kind::Null,
            };
        }
        let name = types(schema).last().unwrap_or("null");
        match name {
            "string" => Kind::Text(String::new()),
            "integer" | "number" => Kind::Number(1.into()),
            "boolean" => Kind::Bool(false),
            "array" => Kind::List(Vec::new()),
            "object" => {
                let required = schema.get("required").and_then(Value::as_array);
                let fields = schema.get("properties");
                let keys = required.into_iter().flatten().filter_map(Value::as_str);
                let entries = keys.map(|key| {
                    let field = fields.and_then(|fields| fields.get(key));
                    let kind =
                        field.map_or(Kind::Null, |field| self.placeholder_kind(field, depth + 1));
                    Entry {
                        key: key.to_owned(),
                        mark: Mark::default(),
                        value: Node::new(Mark::default(), kind),
                    }
                });
                Kind::Map(entries.collect())
            }
            _ => Kind::Null,
        }
    }
}

fn alternatives(schema: &Value) -> Option<&Vec<Value>> {
    ["anyOf", "oneOf"]
        .iter()
        .find_map(|key| schema.get(key))
        .and_then(Value::as_array)
}

fn types(schema: &Value) -> impl Iterator<Item = &str> {
    let (one, many) = match schema.get("type") {
        Some(Value::String(name)) => (Some(name.as_str()), None),
        Some(Value::Array(names)) => (None, Some(names)),
        _ => (None, None),
    };
    let many = many.into_iter().flatten().filter_map(Value::as_str);
    one.into_iter().chain(many)
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("null")
}

/// `Step` → `step`.
fn type_name(schema: &Value) -> Option<String> {
    let own = |schema: &Value| {
        let name = schema.get("$ref")?.as_str()?.rsplit('/').next()?;
        Some(name.to_lowercase())
    };
    own(schema).or_else(|| alternatives(schema)?.iter().find_map(own))
}

fn some<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let names: Vec<&str> = names.map(String::as_str).collect();
    names.join(", ")
}
