//! Sets words into lines of a width.

use super::flow::{Gap, Ink};
use crate::text::{self, Line, Role};
use unicode_segmentation::UnicodeSegmentation;

/// Most code points of one joined character on a line.
const MAX_JOINED: usize = 256;

/// Laid lines, and the line on which each link is mentioned.
#[derive(Clone, Debug, Default)]
pub(super) struct Laid {
    pub(super) lines: Vec<Line>,
    /// Link, line.
    pub(super) links: Vec<(usize, usize)>,
}

#[derive(Default)]
pub(super) struct Setter {
    limit: usize,
    line: Line,
    used: usize,
    out: Laid,
}

impl Setter {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit: limit.max(1),
            ..Self::default()
        }
    }

    /// Begins a word of this width; its pieces follow.
    pub(super) fn word(&mut self, gap: Gap, width: usize, role: Role) {
        let space = usize::from(gap == Gap::Space && self.used > 0);
        if gap == Gap::Hard {
            self.end_line();
        } else if self.used + space + width > self.limit {
            if self.used > 0 {
                self.end_line();
            }
        } else if space == 1 {
            self.space(role);
        }
    }

    pub(super) fn piece(&mut self, text: &str, width: usize, ink: Ink) {
        if self.used + width <= self.limit {
            self.put(text, width, ink.role);
        } else if width <= self.limit {
            self.end_line();
            self.put(text, width, ink.role);
        } else {
            self.broken(text, ink.role);
        }
        if let Some(link) = ink.link {
            self.out.links.push((link, self.out.lines.len()));
        }
    }

    pub(super) fn finish(mut self) -> Laid {
        self.end_line();
        self.out
    }

    /// A word that is longer than a line breaks between characters.
    fn broken(&mut self, text: &str, role: Role) {
        for cluster in text.graphemes(true) {
            let width = text::width(cluster);
            if self.used + width > self.limit && self.used > 0 {
                self.end_line();
            }
            if width <= self.limit {
                self.put(cluster, width, role);
            } else {
                self.broken_cluster(cluster, role);
            }
        }
    }

    /// A few scripts join any number of characters into one; it must break somewhere.
    fn broken_cluster(&mut self, cluster: &str, role: Role) {
        let mut part = String::new();
        let mut points = 0;
        for c in cluster.chars() {
            part.push(c);
            points += 1;
            if points > 1 && (points > MAX_JOINED || text::width(&part) > self.limit) {
                part.pop();
                self.put(&part, text::width(&part), role);
                self.end_line();
                part.clear();
                part.push(c);
                points = 1;
            }
        }
        self.put(&part, text::width(&part), role);
    }

    fn put(&mut self, text: &str, width: usize, role: Role) {
        let text = if self.used == 0 {
            text.trim_start_matches(' ')
        } else {
            text
        };
        self.line.push(text, role);
        self.used += width;
    }

    /// A space between two words of one role has that role, so that a link looks whole.
    fn space(&mut self, next: Role) {
        let last = self.line.spans.last().map(|span| span.role);
        let role = last.filter(|role| *role == next).unwrap_or_default();
        self.line.push(" ", role);
        self.used += 1;
    }

    fn end_line(&mut self) {
        self.out.lines.push(std::mem::take(&mut self.line));
        self.used = 0;
    }
}
