//! Nothing from content or from the learner may move the cursor, change colours or hide.

use std::borrow::Cow;

/// Most combining marks kept on one character.
const MAX_MARKS: usize = 4;

/// Removes control characters (but keeps newlines and turns tabs into four spaces), bidirectional
/// overrides, invisible tag characters, and stacks of combining marks.
pub fn clean(text: &str) -> Cow<'_, str> {
    clean_with(text, true)
}

/// Like [`clean`], with newlines turned into spaces.
pub fn clean_line(text: &str) -> Cow<'_, str> {
    clean_with(text, false)
}

fn clean_with(text: &str, keep_newlines: bool) -> Cow<'_, str> {
    let plain = |c: char| (' '..='~').contains(&c) || (keep_newlines && c == '\n');
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars() {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        match c {
            '\n' if keep_newlines => out.push('\n'),
            '\n' => out.push(' '),
            '\t' => out.push_str("    "),
            _ if is_hidden(c) || marks > MAX_MARKS => {}
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_overrides_are_removed_and_words_stay() {
        assert_eq!(
            clean("a\u{1b}[2Jb\u{9b}c\u{202e}d\r\n\te"),
            "a[2Jbcd\n    e"
        );
        assert_eq!(clean_line("two\nlines"), "two lines");
        assert_eq!(clean("日本 naïve é"), "日本 naïve é");
        let stacked = format!("e{}", "\u{301}".repeat(200));
        assert_eq!(clean(&stacked).chars().count(), 1 + MAX_MARKS);
        assert!(matches!(clean("plain text"), Cow::Borrowed(_)));
    }
}
