//! What is taught: types of the content files, their ids, and loading.

mod case;
mod framework;
mod id;
mod lexicon;
mod plans;
mod rule;
mod step;

pub use case::{
    Case, Curveball, Examples, Fact, Figure, Item, Kind, Ladder, LeakyFeature, Reference,
    Requirements, Rung, Status, Tradeoff,
};
pub use framework::{Dimension, Floor, Framework, Rubric, StepGuide, VerdictRule, WrapUp};
pub use id::{Id, MAX_LEN};
pub use lexicon::{Concept, Lexicon};
pub use plans::{
    ActivityKind, GenericCurveball, Interviewer, Plans, Template, TemplateActivity, TemplateDay,
};
pub use rule::{Group, NumberRule, Rule, Within};
pub use step::{Level, Step};
