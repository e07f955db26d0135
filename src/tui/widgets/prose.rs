//! Markdown of questions and answers, as lines.

use super::draw::wrapped;
use crate::text::{Line, Role};

/// The lines of a short Markdown text.
pub(in crate::tui) fn markdown(source: &str, width: u16) -> Vec<Line> {
    wrapped(source, width, Role::Plain)
}
