//! Widths in terminal cells, and plain wrapping.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Width in terminal cells.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Breaks text into lines of at most `limit` cells: at spaces where possible, inside a word that
/// is longer than a line. Newlines break; an empty text is one empty line.
pub fn wrap(text: &str, limit: usize) -> Vec<String> {
    let limit = limit.max(1);
    text.split('\n')
        .flat_map(|line| wrap_line(line, limit))
        .collect()
}

fn wrap_line(line: &str, limit: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in line.split_whitespace() {
        let gap = usize::from(!current.is_empty());
        if width(&current) + gap + width(word) <= limit {
            if gap == 1 {
                current.push(' ');
            }
            current.push_str(word);
            continue;
        }
        if !current.is_empty() {
            lines.push(std::mem::take(&mut current));
        }
        for cluster in word.graphemes(true) {
            if width(&current) + width(cluster) > limit && !current.is_empty() {
                lines.push(std::mem::take(&mut current));
            }
            current.push_str(cluster);
        }
    }
    lines.push(current);
    lines
}

/// The text within `limit` cells, ending in `…` when something was left out.
pub fn truncate(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let mut out = String::new();
    for cluster in text.graphemes(true) {
        if width(&out) + width(cluster) + 1 > limit {
            break;
        }
        out.push_str(cluster);
    }
    if limit > 0 {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_limit_and_no_word_is_lost(text in "[a-z 日本é]{0,80}", limit in 2usize..30) {
            let lines = wrap(&text, limit);
            prop_assert!(lines.iter().all(|line| width(line) <= limit));
            let squeeze = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(squeeze(&lines.concat()), squeeze(&text));
        }

        #[test]
        fn a_truncated_text_fits(text in ".{0,60}", limit in 0usize..40) {
            prop_assert!(width(&truncate(&text, limit)) <= limit);
        }
    }
}
