//! The days up to the interview, and what to do on each.
//!
//! A plan is computed, never stored: from its settings, a template, and what was done since. A day
//! on which little was done rolls on; nothing ever asks about the past.

mod day;
mod schedule;
mod settings;

pub use day::{Activity, Day, Deed};
pub use schedule::{make, Plan};
pub use settings::{parse_date, Settings};
