//! Markdown as styled lines for the reader and for pipes.
//!
//! The parser's events run through `walk`; each construct has its own file and gives laid lines;
//! `page` puts them under each other with the indents and bars of what encloses them.

mod clip;
mod code;
mod doc;
mod flow;
mod footnote;
mod heading;
mod html;
mod inline;
mod link;
mod list;
mod outline;
mod page;
mod passage;
mod quote;
mod section;
mod setter;
mod table;
mod walk;
mod words;

#[cfg(test)]
mod tests;

pub use code::Block;
pub use doc::{Doc, Heading, Link};
pub use heading::anchor;
pub use passage::{passages, Passage};
pub use section::{section, sections, Section};

use crate::text::Line;
use pulldown_cmark::Options;

/// Draws a fenced block itself (a diagram, say), or leaves it to be shown as code. It gets the
/// language, the clean text and the width that is left.
pub type Fence<'a> = dyn Fn(&str, &str, usize) -> Option<Vec<Line>> + 'a;

/// Widths outside are treated as the nearest of these.
const WIDTHS: std::ops::RangeInclusive<usize> = 20..=1000;

/// Lays out a document; no line is wider than `width`, which is at least 20.
pub fn render(source: &str, width: usize, fence: &Fence<'_>) -> Doc {
    walk::walk(source, clamp(width), fence)
}

/// The same layout as plain text, the targets of its links at the end.
pub fn plain(source: &str, width: usize) -> String {
    render(source, width, &|_, _, _| None).plain(width)
}

fn clamp(width: usize) -> usize {
    width.clamp(*WIDTHS.start(), *WIDTHS.end())
}

/// What a code host shows, and nothing that would swallow prose (math between dollar signs,
/// metadata between rules).
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}
