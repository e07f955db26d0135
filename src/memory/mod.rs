//! What the learner still knows: the forgetting curve, and what to practise now.

mod balance;
mod costs;
mod day;
mod fit;
mod flow;
mod forecast;
mod grid;
mod law;
mod layers;
mod market;
mod model;
mod prices;
mod queue;
mod rating;
mod towards;
mod worth;

pub use balance::balanced;
pub use day::{day_of, day_start, days_between};
pub use fit::{fit, Answer, Fit, Progress, ENOUGH_TO_FIT};
pub use forecast::{forecast, Forecast, Start};
pub use law::{Law, Trace, PARAMETERS};
pub use model::{Model, Outlook};
pub use queue::{build, Filter, Pick, Why, Wish};
pub use rating::Rating;
pub use towards::{Days, Towards};
pub use worth::{Habits, Known, Stand, Worth};
