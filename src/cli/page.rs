//! Text for people: wrapped, aligned, without escapes.

use crate::text::{clean_line, width, wrap};
use crate::{diagram, markdown};

/// A text that grows line by line.
#[derive(Clone, Debug)]
pub(super) struct Page {
    text: String,
    width: usize,
}

impl Page {
    /// An empty text for lines of `width` cells.
    pub(super) fn new(width: usize) -> Self {
        Self {
            text: String::new(),
            width,
        }
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// A line as it is.
    pub(super) fn line(&mut self, line: impl AsRef<str>) {
        self.text.push_str(line.as_ref().trim_end());
        self.text.push('\n');
    }

    /// One empty line, never two, never at the start.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A heading after a gap.
    pub(super) fn heading(&mut self, title: &str) {
        self.gap();
        self.line(title);
    }

    /// Paragraphs, wrapped and indented.
    pub(super) fn paragraph(&mut self, indent: usize, text: &str) {
        self.hang("", indent, text);
    }

    /// A marker at the left, the text wrapped beside it.
    pub(super) fn item(&mut self, marker: &str, text: &str) {
        self.hang(marker, width(marker), text);
    }

    /// Left and right text on one line; two lines when they do not fit.
    pub(super) fn ends(&mut self, left: &str, right: &str) {
        let used = width(left) + width(right);
        if used + 2 <= self.width {
            let gap = " ".repeat(self.width - used);
            self.line(format!("{left}{gap}{right}"));
        } else {
            self.line(left);
            self.line(right);
        }
    }

    /// The first line starts with `marker`, the others with `indent` spaces.
    pub(super) fn hang(&mut self, marker: &str, indent: usize, text: &str) {
        let first = pad(marker, indent.max(width(marker)));
        let room = self.width.saturating_sub(indent).max(20);
        let rest = " ".repeat(indent);
        for (at, line) in wrap(text.trim(), room).iter().enumerate() {
            let lead = if at == 0 { &first } else { &rest };
            self.line(format!("{lead}{line}"));
        }
    }

    /// Rows of cells in columns as wide as their widest cell; the last one is wrapped.
    pub(super) fn table(&mut self, indent: usize, rows: &[Vec<String>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let cells = rows.iter().filter_map(|row| row.get(column));
                cells.map(|cell| width(cell)).max().unwrap_or(0)
            })
            .collect();
        for row in rows {
            let mut lead = " ".repeat(indent);
            let last = row.len().saturating_sub(1);
            for (cell, cells) in row.iter().zip(&widths).take(last) {
                lead.push_str(&pad(&clean_line(cell), *cells));
                lead.push_str("  ");
            }
            let text = row.last().map_or("", String::as_str);
            let at = width(&lead);
            if at + 20 > self.width && width(&lead) + width(text) > self.width {
                self.line(lead);
                self.paragraph(indent + 4, &clean_line(text));
            } else {
                self.hang(&lead, at, &clean_line(text));
            }
        }
    }
}

/// Filled up with spaces to so many cells.
pub(super) fn pad(text: &str, cells: usize) -> String {
    let gap = cells.saturating_sub(width(text));
    format!("{text}{}", " ".repeat(gap))
}

/// "1 mock", "2 mocks".
pub(super) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// `4:51`.
pub(super) fn clock(seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A bar of ten: `#######...`.
pub(super) fn bar(share: f64) -> String {
    let full = (share.clamp(0.0, 1.0) * 10.0).round() as usize;
    format!("{}{}", "#".repeat(full), ".".repeat(10 - full))
}

/// Markdown as text of so many cells, its flowcharts drawn.
pub(super) fn markdown(text: &str, cells: usize) -> String {
    let fence = |language: &str, text: &str, width: usize| match language {
        "mermaid" => Some(diagram::draw(&diagram::read(text).ok()?, width)),
        _ => None,
    };
    markdown::render(text, cells, &fence).plain(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_line_up_and_wrap_in_the_last_column() {
        let mut page = Page::new(40);
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        page.table(
            2,
            &[
                row(&["a", "one two three four five six seven eight nine"]),
                row(&["日本", "x"]),
            ],
        );
        let lines: Vec<&str> = page.text().lines().collect();
        assert_eq!(lines[0], "  a     one two three four five six");
        assert_eq!(lines[1], "        seven eight nine");
        assert_eq!(lines[2], "  日本  x");
    }

    #[test]
    fn gaps_are_single() {
        let mut page = Page::new(40);
        page.gap();
        page.line("a");
        page.gap();
        page.gap();
        page.heading("b");
        assert_eq!(page.text(), "a\n\nb\n");
        assert_eq!(clock(291.4), "4:51");
        assert_eq!(bar(0.52), "#####.....");
    }
}
