//! What every drill format can do.

use super::{Audit, Grade, Question, Reply};
use crate::content::{Id, Level, Step};
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;

/// What drills of all formats have.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    pub id: &'a Id,
    pub step: Step,
    pub level: Level,
    pub tags: &'a [Id],
    pub hints: &'a [String],
    pub because: &'a str,
    pub read: Option<&'a str>,
    pub item: Option<&'a Id>,
}

/// One drill format: question, answer, grade.
pub trait Format {
    /// The key of its list in `drills.yaml`.
    const NAME: &'static str;
    /// Seconds that an answer usually takes: what is quicker is quick.
    const SECONDS: u32;

    fn head(&self) -> Head<'_>;

    /// The question, its parts shuffled by `chance`.
    fn question(&self, chance: &mut ChaCha8Rng) -> Question;

    /// The grade of one reply a part; what is missing counts as wrong. Same input, same grade.
    fn grade(&self, replies: &[Reply], lexicon: &Lexicon) -> Grade;

    /// Markdown: what a right answer is.
    fn model(&self) -> String;

    /// The lines of the sum, where there is one: a beginner sees the first of them.
    fn working(&self) -> &[String] {
        &[]
    }

    /// Replies that earn full marks, for `greenroom check` and the tests.
    fn key(&self) -> Vec<Reply>;

    /// What `greenroom check` holds it to, besides its shape and its key.
    fn audit<'a>(&'a self, audit: &mut Audit<'a>);
}

/// The struct of a format: its own fields between those that every drill has.
macro_rules! drill {
    ($(#[$meta:meta])* $name:ident { $($own:tt)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            pub id: $crate::content::Id,
            pub step: $crate::content::Step,
            pub level: $crate::content::Level,
            /// Techniques.
            #[serde(default)]
            pub tags: Vec<$crate::content::Id>,
            /// Markdown: the situation with its numbers, and what to do.
            pub ask: String,
            $($own)*
            /// Why it matters, in one or two sentences.
            pub because: String,
            /// Two: a nudge, then a strong hint; never the answer.
            pub hints: Vec<String>,
            /// Where to read on: a section of a breakdown, a paper, a book chapter.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub read: Option<String>,
            /// The rubric item it practises.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub item: Option<$crate::content::Id>,
        }
    };
}
pub(super) use drill;

/// The fields that every drill has, as a [`Head`].
macro_rules! head {
    () => {
        fn head(&self) -> $crate::drill::Head<'_> {
            $crate::drill::Head {
                id: &self.id,
                step: self.step,
                level: self.level,
                tags: &self.tags,
                hints: &self.hints,
                because: &self.because,
                read: self.read.as_deref(),
                item: self.item.as_ref(),
            }
        }
    };
}
pub(super) use head;
