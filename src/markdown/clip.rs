//! Lines that are cut rather than wrapped.

use crate::text::{width, Line};
use unicode_segmentation::UnicodeSegmentation;

/// The line within `limit` cells, ending in `…` when something was cut off.
pub(super) fn clip(line: Line, limit: usize) -> Line {
    if line.width() <= limit {
        return line;
    }
    let mut out = Line::new();
    let mut used = 0;
    for span in &line.spans {
        for cluster in span.text.graphemes(true) {
            used += width(cluster);
            if used >= limit {
                out.push("…", span.role);
                return out;
            }
            out.push(cluster, span.role);
        }
    }
    out
}

/// The first `cells` of a line.
pub(super) fn first(line: &Line, cells: usize) -> Line {
    let mut out = Line::new();
    let mut used = 0;
    for span in &line.spans {
        for cluster in span.text.graphemes(true) {
            used += width(cluster);
            if used > cells {
                return out;
            }
            out.push(cluster, span.role);
        }
    }
    out
}

/// The line without its first `cells`, beginning with `…` when something was cut off. A wide
/// character that is cut in two is left out, a blank in its place.
pub(super) fn past(line: Line, cells: usize) -> Line {
    if cells == 0 {
        return line;
    }
    let mut out = Line::new();
    let mut at = 0;
    for span in &line.spans {
        for cluster in span.text.graphemes(true) {
            let end = at + width(cluster);
            if at > cells {
                out.push(cluster, span.role);
            } else if end > cells {
                // The sign takes the first cell that is left.
                out.push("…", span.role);
                out.push(&" ".repeat(end - cells - 1), span.role);
            }
            at = end;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Role;

    #[test]
    fn a_cut_line_keeps_its_roles_and_says_that_it_was_cut() {
        let line = || {
            Line::of("abc", Role::Box)
                .with("日本", Role::Edge)
                .with("z", Role::Plain)
        };
        assert_eq!(clip(line(), 8), line());
        let cut = Line::of("abc", Role::Box).with("日…", Role::Edge);
        assert_eq!(clip(line(), 7), cut);
        assert_eq!(clip(line(), 6), cut);
        assert_eq!(clip(line(), 5).text(), "abc…");
        assert_eq!(clip(line(), 1).text(), "…");
    }

    #[test]
    fn a_line_moves_to_the_left_cell_by_cell() {
        let line = || Line::of("abc日本z", Role::Code);
        let texts: Vec<String> = (0..9).map(|cells| past(line(), cells).text()).collect();
        assert_eq!(
            texts,
            [
                "abc日本z",
                "…c日本z",
                "…日本z",
                "… 本z",
                "…本z",
                "… z",
                "…z",
                "…",
                ""
            ]
        );
        assert!((1..8).all(|cells| past(line(), cells).width() == 8 - cells));
    }
}
