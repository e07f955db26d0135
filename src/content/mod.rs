//! What is taught: types of the content files, their ids, and loading.

mod arithmetic;
mod case;
mod fault;
mod file;
mod framework;
mod id;
pub mod index;
mod lexicon;
mod library;
mod pack;
mod page;
mod plans;
mod reading;
mod rule;
mod step;
mod toolbox;
mod transfer;

pub use arithmetic::evaluate;
pub use case::{
    Case, Curveball, Examples, Fact, Figure, Item, Kind, Ladder, LeakyFeature, Reference,
    Requirements, Rung, Status, Tradeoff,
};
pub use fault::Fault;
pub use file::{parse, read, MAX_BYTES};
pub use framework::{
    Dimension, Elsewhere, Floor, Formula, Framework, Role, Rubric, StepGuide, VerdictRule, WrapUp,
};
pub use id::{Id, MAX_LEN};
pub use lexicon::{Concept, Lexicon};
pub use library::{nearest, Library};
pub use pack::Pack;
pub use page::Page;
pub use plans::{
    ActivityKind, GenericCurveball, Interviewer, Plans, Template, TemplateActivity, TemplateDay,
};
pub use reading::{Reading, ReadingKind, ReadingList, ReadingNote};
pub use rule::{Change, Direction, Group, Near, NumberRule, Phrase, Rule, Said, Within};
pub use step::{Level, Step};
pub use toolbox::{Confused, Tool, Toolbox};
pub use transfer::{Technique, Transfer, Transferred};
