//! Text as it may reach a terminal: clean, measured in cells, in styled lines.

mod clean;
mod line;
mod wrap;

pub use clean::{clean, clean_line};
pub use line::{Line, Role, Span};
pub use wrap::{truncate, width, wrap};
