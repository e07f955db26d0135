//! What every drill format can do.

use super::{Grade, Question, Reply};
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

    /// Replies that earn full marks, for `greenroom check` and the tests.
    fn key(&self) -> Vec<Reply>;
}

/// The fields that every format's struct has, as a [`Head`].
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
                item: self.item.as_ref(),
            }
        }
    };
}
pub(super) use head;
