//! Small things that the tests of this room share.

use super::{Drill, DrillFile, Grade};
use crate::content;
use crate::grading::Lexicon;
use proptest::prelude::*;
use std::sync::LazyLock;

/// A lexicon without concepts: the rules of these tests are phrases.
pub(super) static NO_WORDS: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::new(&content::Lexicon::default()));

/// The first drill of a `drills.yaml`.
pub(super) fn drill(yaml: &str) -> Drill {
    let file: DrillFile = content::parse(yaml, "drills.yaml").unwrap();
    file.into_drills().remove(0)
}

/// What the marks say, line by line.
pub(super) fn marks(grade: &Grade) -> String {
    let lines = grade.marks.iter();
    lines
        .map(|mark| [mark.point.as_str(), ": ", mark.note.as_str(), "\n"].concat())
        .collect()
}

/// Keys in any order and number, known and unknown.
pub(super) fn arrangements() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("(x|y|z|ranking|retrieval|search|NDCG|recall|.{0,4})", 0..8)
}
