//! From free text to scores: what a learner wrote, held against the rubric of a case.
//!
//! A text is read once ([`Lexicon::read`]): folded, cut into sentences and tokens that remember
//! their bytes, its concepts found and its negations marked. Rules ([`Matcher`]) are then held
//! against the reading; [`CaseRules`] does so for a whole case and quotes the learner's words;
//! [`score`] turns the verdicts into ten dimensions, a total and a decision. Same input, same
//! bytes: there is no clock, no file and no chance in here.

mod anchors;
mod backing;
mod cap;
mod copied;
mod eval;
mod explain;
mod flags;
mod floors;
mod fold;
mod judge;
mod label;
mod language;
mod lexicon;
mod listed;
mod live;
mod near;
mod negation;
mod normal;
mod number;
mod order;
mod pattern;
mod phrases;
mod reading;
mod refused;
mod rule;
mod score;
mod sentence;
mod sheet;
mod shorthand;
mod slips;
mod spelled;
mod spoken;
mod statement;
mod stem;
mod structure;
mod table;
mod tradeoff;
mod typo;
mod verdict;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod tests;

pub use backing::Bare;
pub use explain::{Explained, Look, Part};
pub use flags::{Flag, FlagKind};
pub use floors::held_back;
pub use judge::{CaseRules, UnknownConcept};
pub use lexicon::Lexicon;
pub use reading::Reading;
pub use rule::{Match, Matcher};
pub use score::{score, score_steps, score_worth};
pub use sheet::{Decision, DimensionScore, ItemScore, Sheet, SCHEMA_VERSION};
pub use slips::{Slip, SlipKind};
pub use structure::Clocked;
pub use tradeoff::Tradeoff;
pub use verdict::{Answer, Evidence, Graded, ItemVerdict, Verdict};
