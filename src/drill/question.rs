//! What a drill asks and what a learner can answer: a few kinds of parts that every face can show.

use serde::{Deserialize, Serialize};

/// A question as it is put to the learner, already shuffled.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Markdown.
    pub text: String,
    /// Answered in this order.
    pub parts: Vec<Part>,
}

/// One thing to answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// "Why?", "Which change flips it?"; empty when the question says it.
    pub label: String,
    pub kind: Kind,
}

impl Part {
    pub fn new(label: &str, kind: Kind) -> Self {
        Self {
            label: label.to_owned(),
            kind,
        }
    }
}

/// How a part is answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Free text of about so many lines; `lines` when it is a list of one thing a line.
    Text { rows: u16, lines: bool },
    /// A flowchart, written as text; faces draw it while it is typed.
    Draw,
    /// A number, with the unit that is meant when none is given.
    Number { unit: String },
    /// One of these.
    Pick { options: Vec<Choice> },
    /// All of these, in order.
    Arrange { items: Vec<Choice> },
    /// Some of these lines, at most so many.
    Mark { lines: Vec<Choice>, most: usize },
    /// For each left one right; rights may be left over.
    Pair {
        left: Vec<Choice>,
        right: Vec<Choice>,
    },
}

/// Something to choose or move; the key is what a reply names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub key: String,
    pub text: String,
}

impl Choice {
    pub fn new(key: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            text: text.into(),
        }
    }
}

/// The answer to one part. Keys, not places, so that a shuffle does not matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    Text(String),
    /// As typed; it was readable as a number.
    Number(String),
    Picked(String),
    Arranged(Vec<String>),
    Marked(Vec<String>),
    /// Left key, right key.
    Paired(Vec<(String, String)>),
}
