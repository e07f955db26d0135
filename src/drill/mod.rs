//! Drills: one file a format (question, answer, grade), and the practice session.
//!
//! To add a format: one file beside `order.rs` with the struct that its YAML fills and its
//! [`Format`], and one line in `formats.rs`. Faces need nothing new, as long as the question is
//! made of the [`Part`]s they know.

mod bank;
mod estimate;
mod format;
mod formats;
mod grade;
mod matching;
mod order;
mod quantity;
mod question;
mod reading;
mod recall;
mod session;
#[cfg(test)]
mod testing;
mod verdict;

pub use bank::Bank;
pub use estimate::Estimate;
pub use format::{Format, Head};
pub use formats::{usual_seconds, Drill, DrillFile, FORMATS};
pub use grade::{Grade, Mark};
pub use matching::Match;
pub use order::Order;
pub use quantity::{format_number, parse_quantity, Quantity};
pub use question::{Choice, Kind, Part, Question, Reply};
pub use reading::{read_line, read_part, Unreadable};
pub use recall::{Point, Recall};
pub use session::{Asked, Effect, Input, Options, Phase, Queued, Reveal, Session, Summary};
pub use verdict::Verdict;
