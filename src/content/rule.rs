//! A rule: what a text must say for a rubric item, a fact or a reason to count as said.

use super::Id;
use schemars::JsonSchema;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// A plain string is a lexicon concept; a map is a [`Group`].
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    Concept(Id),
    Group(Box<Group>),
}

/// Every key that is present must hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// All of these hold, in one window.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Rule>,
    /// At least one of these holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<Rule>,
    /// None of these holds in the window.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub none: Vec<Rule>,
    /// These are said in this order, in one window.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<Rule>,
    /// Literal words, compared by their stems, next to each other; of a list any one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phrase: Option<Phrase>,
    /// A number near this value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<NumberRule>,
    /// These are said close to each other, in any order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<Near>,
    /// Something goes up or down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// The first of these two happens before the second, however it is put: "A, then B", "B after
    /// A", "before B we A".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Rule>,
    /// The window in which the parts must meet; `passage` when not given at the top of a rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Within>,
    /// Whether the words of this group count where they are negated; `affirmed` when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Said>,
}

impl Group {
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
            && self.any.is_empty()
            && self.none.is_empty()
            && self.order.is_empty()
            && self.phrase.is_none()
            && self.number.is_none()
            && self.near.is_none()
            && self.change.is_none()
            && self.before.is_empty()
    }

    /// All rules directly inside, of whatever list.
    pub fn parts(&self) -> impl Iterator<Item = &Rule> {
        let near = self.near.iter().flat_map(|near| &near.of);
        let change = self.change.iter().map(|change| &change.of);
        self.all
            .iter()
            .chain(&self.any)
            .chain(&self.none)
            .chain(&self.order)
            .chain(&self.before)
            .chain(near)
            .chain(change)
    }
}

/// Words as they are said, or some ways to say the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Phrase {
    One(String),
    AnyOf(Vec<String>),
}

impl Phrase {
    /// Each way to say it.
    pub fn ways(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::AnyOf(ways) => ways,
        }
    }
}

/// Rules that are said within some words of each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Near {
    pub of: Vec<Rule>,
    /// From the beginning of the first to the beginning of the last.
    pub words: usize,
}

/// Something that goes up or down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub of: Rule,
    pub to: Direction,
}

/// Which way something goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    Up,
    Down,
}

/// Which of the words that are there count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// Those that nothing negates.
    #[default]
    Affirmed,
    /// Those after a "not", "without", "instead of" …
    Negated,
    /// All of them.
    Either,
}

/// The window of text that a group looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// Between two commas, semicolons, dashes or words such as "but", "so" and "because".
    Clause,
    Sentence,
    /// One sentence, or up to three that follow each other and are short: notes in bullets.
    Passage,
    Answer,
}

/// A number that a text must hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberRule {
    pub value: f64,
    /// Relative: 0.25 accepts from 25 % under to 25 % over.
    #[serde(default = "NumberRule::default_tolerance")]
    pub tolerance: f64,
    /// `ms`, `%`, `QPS` …; any unit when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

impl NumberRule {
    fn default_tolerance() -> f64 {
        0.25
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Concept(id) => id.serialize(serializer),
            Self::Group(group) => group.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RuleVisitor)
    }
}

/// By hand instead of an untagged enum, which would lose the place of a fault.
struct RuleVisitor;

impl<'de> Visitor<'de> for RuleVisitor {
    type Value = Rule;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a concept id, or a map of all, any, none, order, before, near, change, phrase, number, within, said")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Rule, E> {
        Ok(Rule::Concept(Id::from(text)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Rule, A::Error> {
        Group::deserialize(de::value::MapAccessDeserializer::new(map))
            .map(|group| Rule::Group(Box::new(group)))
    }
}

impl JsonSchema for Rule {
    fn schema_name() -> Cow<'static, str> {
        "Rule".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let concept = generator.subschema_for::<Id>();
        let group = generator.subschema_for::<Group>();
        schemars::json_schema!({
            "description": "A lexicon concept, or a map whose every key must hold.",
            "anyOf": [concept, group]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_is_a_concept_and_a_map_is_a_group() {
        let rule: Rule = serde_yaml::from_str(
            "{all: [calibration, {any: [auction, {phrase: bid times}]}], within: answer}",
        )
        .unwrap();
        let Rule::Group(group) = rule else {
            panic!("not a group")
        };
        assert_eq!(group.all.len(), 2);
        assert_eq!(group.all[0], Rule::Concept("calibration".into()));
        assert_eq!(group.within, Some(Within::Answer));
    }

    #[test]
    fn an_unknown_key_deep_in_a_rule_is_found_at_its_line() {
        let fault =
            serde_yaml::from_str::<Rule>("all:\n  - calibration\n  - anny: [x]\n").unwrap_err();
        assert_eq!(fault.location().map(|at| at.line()), Some(3));
    }
}
