//! A document cut at its second-level headings.

use super::options;
use crate::text::clean_line;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use std::ops::Range;

/// What a second-level heading stands over, up to the next heading of the first or second level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    /// Bytes of the source from the heading on.
    pub range: Range<usize>,
    /// Bytes of the source below the heading.
    pub body: Range<usize>,
}

/// The sections in order. Text before the first one belongs to none; headings in code, quotes and
/// lists do not count.
pub fn sections(source: &str) -> Vec<Section> {
    let mut out: Vec<Section> = Vec::new();
    let mut open: Option<Section> = None;
    let mut nested = 0usize;
    let mut in_title = false;
    for (event, at) in Parser::new_ext(source, options()).into_offset_iter() {
        match event {
            Event::Start(tag) if is_container(&tag) => nested += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition) => {
                nested = nested.saturating_sub(1);
            }
            Event::Start(Tag::Heading { level, .. })
                if nested == 0 && level <= HeadingLevel::H2 =>
            {
                out.extend(open.take().map(|section| section.until(at.start)));
                in_title = level == HeadingLevel::H2;
                if in_title {
                    open = Some(Section {
                        title: String::new(),
                        range: at.start..source.len(),
                        body: at.end..source.len(),
                    });
                }
            }
            Event::End(TagEnd::Heading(_)) => in_title = false,
            Event::Text(text) | Event::Code(text) if in_title => {
                if let Some(section) = &mut open {
                    section.title.push_str(&clean_line(&text));
                }
            }
            _ => {}
        }
    }
    out.extend(open);
    out
}

/// The first section with this title, its heading included; small and capital letters are the
/// same.
pub fn section<'a>(source: &'a str, title: &str) -> Option<&'a str> {
    let wanted = title.trim().to_lowercase();
    let found = sections(source)
        .into_iter()
        .find(|section| section.title.trim().to_lowercase() == wanted)?;
    source.get(found.range)
}

impl Section {
    fn until(mut self, end: usize) -> Self {
        self.range.end = end;
        self.body.end = end;
        self
    }
}

fn is_container(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::BlockQuote(_) | Tag::Item | Tag::FootnoteDefinition(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str =
        "# Case\nintro\n\n## Clarify `it`\nbody one\n```\n## no\n```\n> ## nor this\n\n\
        Set\n---\n- ## nor\n\n### Sub\n# Appendix\n## clarify\r\nlast";

    #[test]
    fn a_document_is_cut_at_its_own_second_level_headings() {
        let of = |range| SOURCE.get(range).unwrap();
        let found: Vec<_> = sections(SOURCE)
            .into_iter()
            .map(|s| (s.title, of(s.range), of(s.body)))
            .collect();
        let one = "body one\n```\n## no\n```\n> ## nor this\n\n";
        let two = "- ## nor\n\n### Sub\n";
        assert_eq!(found[0].0, "Clarify it");
        assert_eq!(found[0].1, format!("## Clarify `it`\n{one}"));
        assert_eq!(found[0].2, one);
        assert_eq!(
            (found[1].0.as_str(), found[1].1, found[1].2),
            ("Set", format!("Set\n---\n{two}").as_str(), two)
        );
        assert_eq!(
            (found[2].0.as_str(), found[2].1, found[2].2),
            ("clarify", "## clarify\r\nlast", "last")
        );
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn a_section_is_found_by_its_title() {
        assert_eq!(section(SOURCE, " Clarify"), Some("## clarify\r\nlast"));
        assert_eq!(section(SOURCE, "Case"), None);
        assert_eq!(section("", "x"), None);
    }
}
