//! What the learner still knows: the forgetting curve, and what to practise now.

mod day;
mod fit;
mod forecast;
mod grid;
mod law;
mod model;
mod prices;
mod queue;
mod rating;
mod towards;
mod worth;

pub use day::{day_of, day_start, days_between};
pub use fit::{fit, Answer, Fit, Progress, ENOUGH_TO_FIT};
pub use forecast::{forecast, Forecast, Start};
pub use law::{Law, Trace, PARAMETERS};
pub use model::{Model, Outlook};
pub use queue::{build, Filter, Pick, Why, Wish};
pub use rating::Rating;
pub use towards::{Days, Towards};
pub use worth::{Habits, Stand, Worth};
