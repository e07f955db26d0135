//! What is wrong with a text before it is YAML or Markdown: characters that would move the cursor,
//! hide, or turn the line around.

use super::faults::Faults;
use super::tree::{Kind, Mark, Node};
use std::borrow::Cow;

/// Names forbidden characters, one a line, and gives the text with blanks in their stead, so that
/// the rest can be checked at the right columns.
pub(super) fn check<'a>(text: &'a str, faults: &mut Faults) -> Cow<'a, str> {
    if !text.chars().any(is_bad) {
        return Cow::Borrowed(text);
    }
    for (number, line) in text.split('\n').enumerate() {
        if let Some((column, c)) = line.chars().enumerate().find(|(_, c)| is_bad(*c)) {
            let mark = Mark {
                line: number + 1,
                column: column + 1,
            };
            name(c, mark, faults);
        }
    }
    Cow::Owned(text.replace(is_bad, " "))
}

/// Characters that were written as an escape, `"\e[2J"`.
pub(super) fn check_tree(node: &Node, faults: &mut Faults) {
    match &node.kind {
        Kind::Text(text) => {
            if let Some(c) = text.chars().find(|c| is_bad(*c)) {
                name(c, node.mark, faults);
            }
        }
        Kind::List(list) => {
            for item in list {
                check_tree(item, faults);
            }
        }
        Kind::Map(entries) => {
            for entry in entries {
                if let Some(c) = entry.key.chars().find(|c| is_bad(*c)) {
                    name(c, entry.mark, faults);
                }
                check_tree(&entry.value, faults);
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => {}
    }
}

pub(super) fn name(c: char, mark: Mark, faults: &mut Faults) {
    let message = format!("holds the control character U+{:04X}", u32::from(c));
    faults.fault(mark, message, "delete it");
}

pub(super) fn is_bad(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}
