//! A document as plain passages, for search: headings, paragraphs, items, rows of tables.

use super::heading::{self, Headings};
use super::{html, options};
use crate::text::clean_line;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// A piece of text that belongs together, without its marks. Code blocks are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// 1 to 6 for a heading, nothing for other text.
    pub level: Option<u8>,
    pub text: String,
    /// Of the heading that it is or stands under; empty before the first one.
    pub anchor: String,
}

/// The passages in order.
pub fn passages(source: &str) -> Vec<Passage> {
    let mut reading = Reading::default();
    let mut in_code = false;
    for event in Parser::new_ext(source, options()) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                reading.end();
                in_code = true;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => in_code = false,
            Event::Text(text) | Event::Code(text) if !in_code => {
                reading.text.push_str(&clean_line(&text));
            }
            Event::SoftBreak | Event::HardBreak => reading.text.push(' '),
            Event::InlineHtml(tag) if html::is_break(&tag) => reading.text.push(' '),
            Event::End(TagEnd::TableCell) => reading.text.push_str(CELL),
            Event::End(TagEnd::Heading(level)) => reading.heading(heading::level(level)),
            Event::Start(tag) if is_block(&tag) => reading.end(),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow) => {
                reading.end();
            }
            _ => {}
        }
    }
    reading.end();
    reading.passages
}

/// Between the cells of a row.
const CELL: &str = " · ";

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::List(_)
            | Tag::Item
            | Tag::BlockQuote(_)
            | Tag::Table(_)
            | Tag::FootnoteDefinition(_)
    )
}

#[derive(Default)]
struct Reading {
    passages: Vec<Passage>,
    headings: Headings,
    anchor: String,
    text: String,
}

impl Reading {
    fn end(&mut self) {
        self.put(None);
    }

    fn heading(&mut self, level: u8) {
        let title = spaced(&self.text);
        if !title.is_empty() {
            self.anchor = self.headings.add(level, title, 0);
        }
        self.put(Some(level));
    }

    fn put(&mut self, level: Option<u8>) {
        let text = spaced(&self.text);
        self.text.clear();
        let text = text.strip_suffix(CELL.trim_end()).unwrap_or(&text);
        let text = text.trim();
        if text.chars().any(char::is_alphanumeric) {
            self.passages.push(Passage {
                level,
                text: text.to_owned(),
                anchor: self.anchor.clone(),
            });
        }
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Library;
    use crate::markdown::render;

    #[test]
    fn items_rows_and_paragraphs_are_passages_without_marks() {
        let source =
            "intro *one*\n\n# A `b`\n- **Two** [towers](#x)\n  - in\n\n| h | i |\n|--|--|\n\
                      | c | d |\n\n```mermaid\na --> b\n```\n> quote<br>two\n\n## A b\n---\n";
        let found: Vec<_> = passages(source)
            .into_iter()
            .map(|own| (own.level, own.text, own.anchor))
            .collect();
        let of = |level, text: &str, anchor: &str| (level, text.to_owned(), anchor.to_owned());
        assert_eq!(
            found,
            [
                of(None, "intro one", ""),
                of(Some(1), "A b", "a-b"),
                of(None, "Two towers", "a-b"),
                of(None, "in", "a-b"),
                of(None, "h · i", "a-b"),
                of(None, "c · d", "a-b"),
                of(None, "quote two", "a-b"),
                of(Some(2), "A b", "a-b-1"),
            ]
        );
    }

    /// What search opens exists on the page.
    #[test]
    fn anchors_are_those_of_the_page() {
        let library = Library::open(&[], None);
        let cases = library
            .ready_cases()
            .filter_map(|head| library.breakdown(&head.id).ok());
        let mut count = 0;
        for source in cases {
            let headings = render(&source, 80, &|_, _, _| None).headings;
            let anchors: Vec<String> = headings.into_iter().map(|own| own.anchor).collect();
            let found = passages(&source)
                .into_iter()
                .filter(|own| own.level.is_some());
            let found: Vec<String> = found.map(|own| own.anchor).collect();
            assert_eq!(found, anchors);
            count += found.len();
        }
        assert!(count > 0);
    }
}
