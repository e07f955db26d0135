//! Drills: one file a format (question, answer, grade), and the practice session.
//!
//! To add a format: one file beside `order.rs` with the struct that its YAML fills and its
//! [`Format`], its `mod` below, and one line in `formats.rs`. Faces need nothing new, as long as the
//! question is made of the [`Part`]s they know.

mod alternative;
mod audit;
mod bank;
mod brainstorm;
mod clarify;
mod cloze;
mod compute;
mod diagram;
mod drawing;
mod drift;
mod estimate;
mod figure;
mod follow_up;
mod format;
mod formats;
mod frame;
mod grade;
mod latency;
#[cfg(test)]
mod laws;
mod leak;
mod level_up;
mod marked;
mod matching;
mod metric_pick;
mod order;
mod point;
mod quantity;
mod question;
mod reading;
mod reason;
mod recall;
mod red_flag;
mod sequence;
mod session;
mod skeleton;
#[cfg(test)]
mod testing;
mod threshold;
mod triage;
mod verdict;

pub use alternative::Alternative;
pub use audit::{Audit, Claim};
pub use bank::Bank;
pub use figure::{Figure, Variant};
pub use format::{Format, Head};
pub use formats::{usual_seconds, Drill, DrillFile, FORMATS};
pub use grade::{Grade, Mark};
pub use marked::MarkLine;
pub use point::Point;
pub use quantity::{format_number, parse_quantity, same_dimension, Quantity};
pub use question::{Choice, Kind, Part, Question, Reply};
pub use reading::{read_line, read_part, Unreadable};
pub use reason::{reason, Known};
pub use recall::Recall;
pub use session::{Asked, Effect, Input, Options, Phase, Queued, Reveal, Session, Summary};
