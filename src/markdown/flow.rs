//! Running text: measured pieces that can be laid into lines of any width.

use super::setter::{Laid, Setter};
use super::words::{breaks_between, is_space, is_unspaced, parts};
use crate::text::{self, Role};
use std::ops::Range;

/// Most characters without a width that are kept in a row; honest text has fewer.
const MAX_MARKS: usize = 8;

/// How text is shown, and the link that it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ink {
    pub(super) role: Role,
    pub(super) link: Option<usize>,
}

impl Ink {
    pub(super) fn of(role: Role) -> Self {
        Self { role, link: None }
    }
}

/// What lies before a piece, from the weakest to the strongest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing: one word with the piece before.
    #[default]
    Glued,
    /// Nothing, but the line may break.
    Break,
    /// A line break of the source: a space, unless the script has none.
    Line,
    Space,
    Hard,
}

#[derive(Clone, Debug)]
struct Piece {
    range: Range<usize>,
    width: usize,
    ink: Ink,
    gap: Gap,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    text: String,
    pieces: Vec<Piece>,
    gap: Gap,
}

impl Flow {
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Adds clean text, which breaks at its spaces.
    pub(super) fn push(&mut self, text: &str, ink: Ink) {
        for (i, word) in text.split(is_space).enumerate() {
            if i > 0 {
                self.space();
            }
            let word = self.attach_marks(word);
            if self.gap == Gap::Space && !self.is_empty() && is_percent(word) {
                self.add(&format!(" {word}"), ink, Gap::Glued);
            } else if !word.is_empty() {
                parts(word, |part| self.place(part, ink));
            }
        }
    }

    /// Adds a mark such as ` [1]` that stays on the line of the word before.
    pub(super) fn tag(&mut self, text: &str, ink: Ink) {
        if self.gap == Gap::Glued && !self.is_empty() {
            self.add(text, ink, Gap::Glued);
        } else {
            self.place(text.trim_start_matches(' '), ink);
        }
    }

    pub(super) fn space(&mut self) {
        self.gap = self.gap.max(Gap::Space);
    }

    pub(super) fn soft_break(&mut self) {
        self.gap = self.gap.max(Gap::Line);
    }

    pub(super) fn hard_break(&mut self) {
        self.gap = Gap::Hard;
    }

    /// Adds the pieces of another text, on this line.
    pub(super) fn append(&mut self, other: &Self) {
        for piece in &other.pieces {
            self.gap = self.gap.max(piece.gap);
            self.place(other.slice(&piece.range), piece.ink);
        }
    }

    /// Width when nothing wraps.
    pub(super) fn natural_width(&self) -> usize {
        let mut widest = 0;
        let mut line = 0;
        for piece in &self.pieces {
            line = match piece.gap {
                Gap::Hard => 0,
                Gap::Space if line > 0 => line + 1,
                _ => line,
            } + piece.width;
            widest = widest.max(line);
        }
        widest
    }

    /// Width of the longest word.
    pub(super) fn longest_word(&self) -> usize {
        self.words().map(breadth).max().unwrap_or(0)
    }

    /// Breaks the text into lines of at most `width` cells; words stay whole unless one is longer
    /// than a line.
    pub(super) fn lay(&self, width: usize) -> Laid {
        let mut setter = Setter::new(width);
        for word in self.words() {
            if let Some(first) = word.first() {
                setter.word(first.gap, breadth(word), first.ink.role);
            }
            for piece in word {
                setter.piece(self.slice(&piece.range), piece.width, piece.ink);
            }
        }
        setter.finish()
    }

    fn words(&self) -> impl Iterator<Item = &[Piece]> {
        self.pieces.chunk_by(|_, next| next.gap == Gap::Glued)
    }

    fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Marks that combine with the character before belong to its piece, whatever their ink, so
    /// that a character is never cut in two.
    fn attach_marks<'a>(&mut self, word: &'a str) -> &'a str {
        if self.gap != Gap::Glued || word.as_bytes().first().is_none_or(u8::is_ascii) {
            return word;
        }
        let rest = word.trim_start_matches(is_mark);
        let Some(last) = self.pieces.last_mut().filter(|_| rest.len() < word.len()) else {
            return word;
        };
        let marks = self.text.chars().rev().take(MAX_MARKS);
        let kept = marks.take_while(|c| is_mark(*c)).count();
        self.text.extend(
            word.chars()
                .take_while(|c| is_mark(*c))
                .take(MAX_MARKS - kept),
        );
        last.range.end = self.text.len();
        last.width = text::width(self.text.get(last.range.clone()).unwrap_or_default());
        rest
    }

    fn place(&mut self, part: &str, ink: Ink) {
        let around = self.text.chars().next_back().zip(part.chars().next());
        let gap = match self.gap {
            _ if self.is_empty() => Gap::Space,
            Gap::Glued if around.is_some_and(|(l, r)| breaks_between(l, r)) => Gap::Break,
            Gap::Line if around.is_some_and(|(l, r)| is_unspaced(l) && is_unspaced(r)) => {
                Gap::Break
            }
            Gap::Line => Gap::Space,
            other => other,
        };
        self.add(part, ink, gap);
    }

    fn add(&mut self, part: &str, ink: Ink, gap: Gap) {
        self.gap = Gap::Glued;
        let start = self.text.len();
        self.text.push_str(part);
        self.pieces.push(Piece {
            range: start..self.text.len(),
            width: text::width(part),
            ink,
            gap,
        });
    }
}

fn is_mark(c: char) -> bool {
    !c.is_ascii() && text::width(c.encode_utf8(&mut [0; 4])) == 0
}

/// A per cent sign stays with its number though a space is between them.
fn is_percent(word: &str) -> bool {
    word.starts_with('%') && word.chars().all(|c| c.is_ascii_punctuation())
}

fn breadth(word: &[Piece]) -> usize {
    word.iter().map(|piece| piece.width).sum()
}
