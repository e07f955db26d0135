//! The timed mock interview: a clock, an interviewer who listens, and the debrief.

mod debrief;
mod interviewer;
mod record;
mod session;

pub use debrief::{Debrief, FactReport, MissedItem, StepTime, Told};
pub use record::{Entry, Record, Segment, Speaker, Trigger};
pub use session::{Input, Session, Setting};
