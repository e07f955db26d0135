//! Places in a page of lines that hold a phrase, also over the end of a line.

use crate::text::{self, Line};
use crate::tui::theme::Theme;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::Frame;

/// A piece of a line, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    line: usize,
    from: usize,
    to: usize,
}

/// The places found, and which one is looked at.
#[derive(Clone, Debug, Default)]
pub(in crate::tui) struct Matches {
    /// Each place may reach over several lines.
    found: Vec<Vec<Piece>>,
    at: usize,
}

/// A character of the page with its place in cells.
struct Placed {
    folded: char,
    line: usize,
    from: usize,
    to: usize,
}

impl Matches {
    /// Every place that holds the phrase; capitals, line ends and repeated blanks do not matter.
    pub(in crate::tui) fn of(lines: &[Line], phrase: &str) -> Self {
        let wanted: Vec<char> = phrase
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
            .map(fold)
            .collect();
        let page = flatten(lines);
        let mut found = Vec::new();
        let mut at = 0;
        while !wanted.is_empty() && at + wanted.len() <= page.len() {
            let window = page.get(at..at + wanted.len()).unwrap_or_default();
            if window
                .iter()
                .map(|placed| placed.folded)
                .eq(wanted.iter().copied())
            {
                found.push(pieces(window));
                at += wanted.len();
            } else {
                at += 1;
            }
        }
        Self { found, at: 0 }
    }

    pub(in crate::tui) fn count(&self) -> usize {
        self.found.len()
    }

    /// Counted from 1.
    pub(in crate::tui) fn number(&self) -> usize {
        (self.at + 1).min(self.found.len())
    }

    /// The line of the place that is looked at.
    pub(in crate::tui) fn line(&self) -> Option<usize> {
        Some(self.found.get(self.at)?.first()?.line)
    }

    /// To the first place at or after a line, else the first of all.
    pub(in crate::tui) fn seek(&mut self, line: usize) {
        let after = self
            .found
            .iter()
            .position(|place| place.first().is_some_and(|piece| piece.line >= line));
        self.at = after.unwrap_or(0);
    }

    /// On or back by one, round the ends.
    pub(in crate::tui) fn turn(&mut self, back: bool) {
        let count = self.found.len().max(1);
        self.at = (self.at + if back { count - 1 } else { 1 }) % count;
    }

    /// Marks the places on a page whose line `top` is the first row of the area; the one that is
    /// looked at is underlined too.
    pub(in crate::tui) fn mark(&self, frame: &mut Frame<'_>, area: Rect, top: usize, theme: Theme) {
        let bottom = top + usize::from(area.height);
        for (number, place) in self.found.iter().enumerate() {
            for piece in place {
                if piece.line < top || piece.line >= bottom {
                    continue;
                }
                let place = Rect {
                    x: area.x.saturating_add(piece.from as u16),
                    y: area.y + (piece.line - top) as u16,
                    width: (piece.to - piece.from) as u16,
                    height: 1,
                };
                let mut style = theme.found();
                if number == self.at {
                    style = style.add_modifier(Modifier::UNDERLINED);
                }
                frame
                    .buffer_mut()
                    .set_style(place.intersection(area), style);
            }
        }
    }
}

fn fold(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// The page as one row of characters, blanks and line ends as single spaces.
fn flatten(lines: &[Line]) -> Vec<Placed> {
    let mut page: Vec<Placed> = Vec::new();
    let mut buffer = [0u8; 4];
    for (line, text) in lines.iter().map(Line::text).enumerate() {
        let mut column = 0;
        let text = text::clean_line(&text);
        for c in text.chars().chain(['\n']) {
            let width = match c {
                '\n' => 0,
                _ => text::width(c.encode_utf8(&mut buffer)),
            };
            let folded = if c.is_whitespace() { ' ' } else { fold(c) };
            let twice = folded == ' ' && page.last().is_none_or(|last| last.folded == ' ');
            if !twice {
                page.push(Placed {
                    folded,
                    line,
                    from: column,
                    to: column + width,
                });
            }
            column += width;
        }
    }
    page
}

/// Characters that follow each other, as one piece a line.
fn pieces(window: &[Placed]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for placed in window {
        match pieces.last_mut() {
            Some(last) if last.line == placed.line => last.to = placed.to,
            _ => pieces.push(Piece {
                line: placed.line,
                from: placed.from,
                to: placed.to,
            }),
        }
    }
    pieces.retain(|piece| piece.to > piece.from);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[&str]) -> Vec<Line> {
        lines.iter().map(|line| Line::plain(*line)).collect()
    }

    #[test]
    fn a_phrase_is_found_over_a_line_end() {
        let lines = page(&["It needs a Feature", "  store. 日本 feature store"]);
        let mut matches = Matches::of(&lines, "feature  STORE");
        assert_eq!(matches.count(), 2);
        let of = |line, from, to| Piece { line, from, to };
        assert_eq!(
            matches.found,
            [vec![of(0, 11, 18), of(1, 2, 7)], vec![of(1, 14, 27)]]
        );
        matches.seek(1);
        assert_eq!((matches.number(), matches.line()), (2, Some(1)));
        matches.turn(false);
        assert_eq!(matches.number(), 1);
        matches.turn(true);
        assert_eq!(matches.number(), 2);
        assert_eq!(Matches::of(&lines, " ").count(), 0);
        assert_eq!(Matches::of(&lines, "é").line(), None);
    }
}
