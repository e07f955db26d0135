//! What the learner still knows: the forgetting curve, and what to practise now.

mod day;
mod grid;
mod law;
mod model;
mod prices;
mod queue;
mod rating;
mod worth;

pub use day::{day_of, day_start, days_between};
pub use law::{Law, Trace, PARAMETERS};
pub use model::{Model, Outlook};
pub use queue::{build, Filter, Pick, Why, Wish};
pub use rating::Rating;
pub use worth::{Habits, Stand, Worth};
