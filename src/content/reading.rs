//! `reading.yaml`: books, guides and papers worth reading, and what each is good for.

use super::Id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `reading.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadingList {
    pub readings: Vec<Reading>,
    /// What should be said about reading as such.
    #[serde(default)]
    pub notes: Vec<ReadingNote>,
}

/// One source. Only where it can be had lawfully.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    pub id: Id,
    pub title: String,
    /// Authors, or the organisation.
    pub authors: String,
    /// Of publication; for a page that goes on changing, of the last look.
    pub year: u16,
    pub kind: ReadingKind,
    /// What to read it for, and what not to expect of it.
    pub good_for: String,
    /// Publisher, journal or site.
    pub r#where: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How it was checked.
    pub checked: String,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ReadingKind {
    Book,
    Guide,
    Course,
    Paper,
    Repository,
}

impl ReadingKind {
    pub const ALL: [Self; 5] = [
        Self::Book,
        Self::Guide,
        Self::Course,
        Self::Paper,
        Self::Repository,
    ];

    /// The heading over all of its kind.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Book => "Books",
            Self::Guide => "Guides",
            Self::Course => "Courses",
            Self::Paper => "Papers",
            Self::Repository => "Repositories",
        }
    }
}

/// A short text of its own, such as why no secret PDF is needed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadingNote {
    pub id: Id,
    pub title: String,
    pub text: String,
}
