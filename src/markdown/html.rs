//! HTML is not drawn: only the text between its tags remains.

use super::flow::{Flow, Ink};
use crate::text::{clean, Role};

/// Elements whose content is not text.
const SILENT: [&str; 2] = ["script", "style"];

/// Whether an inline tag breaks the line.
pub(super) fn is_break(tag: &str) -> bool {
    name(tag.trim_start_matches('<')).eq_ignore_ascii_case("br")
}

/// The text of an HTML block; its lines stay lines.
pub(super) fn text(html: &str) -> Flow {
    let mut flow = Flow::default();
    for line in clean(&strip(html)).lines() {
        flow.push(line.trim(), Ink::of(Role::Plain));
        if !flow.is_empty() {
            flow.hard_break();
        }
    }
    flow
}

fn strip(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let tag = name(after);
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
        } else if SILENT.iter().any(|silent| silent.eq_ignore_ascii_case(tag)) {
            rest = past_element(after, tag);
        } else if after.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            if is_break(after) {
                out.push('\n');
            }
            rest = past_tag(after);
        } else {
            out.push('<');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn name(tag: &str) -> &str {
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric());
    end.map_or(tag, |end| tag.get(..end).unwrap_or_default())
}

/// What follows the tag; a `>` in a quoted attribute does not end it.
fn past_tag(tag: &str) -> &str {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return tag.get(at + 1..).unwrap_or_default(),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    ""
}

/// What follows the end tag of a silent element.
fn past_element<'a>(html: &'a str, name: &str) -> &'a str {
    let mut rest = html;
    while let Some((_, after)) = rest.split_once("</") {
        if self::name(after).eq_ignore_ascii_case(name) {
            return past_tag(after);
        }
        rest = after;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_is_left() {
        assert_eq!(strip("<p class=\"a>b\">One <b>two</b></p>"), "One two");
        assert_eq!(strip("a <!-- not <b> this --> b"), "a  b");
        assert_eq!(strip("<style>p { color: red }</STYLE>x<script>1</p>"), "x");
        assert_eq!(strip("p < 0.05 <br/> and <3"), "p < 0.05 \n and <3");
        assert_eq!(strip("<unfinished attribute='x"), "");
        assert!(is_break("<br />") && is_break("<BR>") && !is_break("<brief>"));
    }
}
