//! The timed mock interview: a clock, an interviewer who listens, and the debrief.

mod debrief;
mod interviewer;
mod line;
mod record;
mod session;
mod setting;

pub use debrief::{
    boards, copied_share, overruns, BoardReport, Debrief, FactReport, Finding, Gain, MissedItem,
    Overrun, StepTime, Told,
};
pub use interviewer::asks;
pub use line::{drawn, read_line, replay, wiped, Said, COMMANDS};
pub use record::{net_of, Entry, Manner, Options, Question, Record, Segment, Speaker, Trigger};
pub use session::{Input, Session};
pub use setting::Setting;
