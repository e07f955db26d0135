//! The days up to the interview, and what to do on each.
//!
//! A plan is computed, never stored: from its settings, a template, and what was done since. A day
//! on which little was done rolls on; nothing ever asks about the past.

mod course;
mod day;
mod edit;
mod evidence;
mod pack;
mod schedule;
mod settings;
mod settle;
mod task;
mod week;
mod zone;

pub use day::{Activity, Day, Deed};
pub use edit::{Edit, Wanted};
pub use evidence::{Evidence, Seen};
pub use schedule::{is_of, make, sprint_clock, Plan, Stock};
pub use settings::{parse_date, Settings};
pub use week::{Week, MINUTES};
pub use zone::{offset_at, parse_zone};
