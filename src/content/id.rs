//! Names of things in content: short, safe as file names, never reused.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt;

/// Longest id, in bytes.
pub const MAX_LEN: usize = 64;

/// A name of a case, concept, rubric item, drill …: lower-case letters, digits and hyphens.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Id(#[schemars(regex(pattern = r"^[a-z0-9-]{1,64}$"))] String);

impl Id {
    /// Takes any text; [`Id::is_valid`] says whether it may be used. Loading never fails on a bad
    /// id, so that `greenroom check` can name all of them at once.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_valid(&self) -> bool {
        (1..=MAX_LEN).contains(&self.0.len())
            && self
                .0
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_safe_as_a_file_name() {
        for good in ["eta", "ad-click-prediction", "p99", &"a".repeat(64)] {
            assert!(Id::from(good).is_valid(), "{good}");
        }
        for bad in ["", "ETA", "a b", "../x", "a.b", "ä", &"a".repeat(65)] {
            assert!(!Id::from(bad).is_valid(), "{bad}");
        }
    }
}
