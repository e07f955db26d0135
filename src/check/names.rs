//! What links can point at: everything of all packs.

use super::diagrams::Drawn;
use crate::content::{self, Framework, Rubric};
use crate::grading::Lexicon;
use std::collections::{BTreeMap, BTreeSet};

/// Names over all packs, the last one winning.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) concepts: BTreeSet<String>,
    pub(super) lexicon: Lexicon,
    pub(super) content_lexicon: content::Lexicon,
    pub(super) framework: Framework,
    pub(super) rubric: Rubric,
    pub(super) cases: BTreeMap<String, CaseNames>,
    /// `<case or topic>/<id>`.
    pub(super) drills: BTreeSet<String>,
    /// Ids of the toolbox.
    pub(super) tools: BTreeSet<String>,
    pub(super) focus: Vec<String>,
    /// Cases and topics with a file that cannot be read: what it holds is not known.
    pub(super) dark: BTreeSet<String>,
    pub(super) drawn: Drawn,
}

/// What can be named of a case.
#[derive(Clone, Debug, Default)]
pub(super) struct CaseNames {
    pub(super) items: Vec<String>,
    pub(super) references: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) numbers: Vec<content::Figure>,
}

impl CaseNames {
    pub(super) fn of(case: &content::Case) -> Self {
        Self {
            items: case.rubric.iter().map(|item| item.id.to_string()).collect(),
            references: case
                .references
                .iter()
                .map(|reference| reference.id.to_string())
                .collect(),
            tags: case.tags.iter().map(ToString::to_string).collect(),
            numbers: case.numbers.clone(),
        }
    }
}

impl Names {
    /// Whether a link into this case or topic cannot be followed.
    pub(super) fn is_dark(&self, topic: &str) -> bool {
        self.dark.contains(topic)
    }

    /// Drills of one case or topic, by their short ids.
    pub(super) fn drills_of<'a>(&'a self, topic: &'a str) -> impl Iterator<Item = &'a str> + Clone {
        self.drills
            .iter()
            .filter_map(move |id| id.strip_prefix(topic)?.strip_prefix('/'))
    }
}
