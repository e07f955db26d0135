//! Drills: one file a format (question, answer, grade), and the practice session.
//!
//! To add a format: one file beside `order.rs` with the struct that its YAML fills and its
//! [`Format`], and one line in `formats.rs`. Faces need nothing new, as long as the question is
//! made of the [`Part`]s they know.

mod alternative;
mod audit;
mod bank;
mod estimate;
mod format;
mod formats;
mod grade;
mod leak;
mod marked;
mod matching;
mod order;
mod point;
mod quantity;
mod question;
mod reading;
mod recall;
mod red_flag;
mod sequence;
mod session;
#[cfg(test)]
mod testing;
mod verdict;

pub use alternative::Alternative;
pub use audit::{Audit, Claim};
pub use bank::Bank;
pub use estimate::Estimate;
pub use format::{Format, Head};
pub use formats::{usual_seconds, Drill, DrillFile, FORMATS};
pub use grade::{Grade, Mark};
pub use leak::{FaultClass, Leak, PipelineLine};
pub use marked::MarkLine;
pub use matching::Match;
pub use order::Order;
pub use point::Point;
pub use quantity::{format_number, parse_quantity, Quantity};
pub use question::{Choice, Kind, Part, Question, Reply};
pub use reading::{read_line, read_part, Unreadable};
pub use recall::Recall;
pub use red_flag::RedFlag;
pub use session::{Asked, Effect, Input, Options, Phase, Queued, Reveal, Session, Summary};
pub use verdict::Verdict;
