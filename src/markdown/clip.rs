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
}
