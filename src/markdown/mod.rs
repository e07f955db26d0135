//! Markdown: documents cut into sections.

mod section;

pub use section::{section, sections, Section};

use pulldown_cmark::Options;

/// What a code host shows, and nothing that would swallow prose (math between dollar signs,
/// metadata between rules).
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}
