//! What the learner still knows: the forgetting curve, and what to practise now.

mod day;
mod model;
mod queue;
mod rating;

pub use day::{day_of, day_start, days_between};
pub use model::{Model, Outlook};
pub use queue::{build, Filter, Pick, Why, Wish};
pub use rating::Rating;
