//! A text, read once: its tokens, sentences, concepts and negations.

use super::lexicon::{ConceptIndex, Found, Lexicon};
use super::negation::{begins_clause, is_trouble, Negation};
use super::normal::{self, Gap, Token};
use super::number::{quantity, Quantity};
use super::sentence::sentences;
use super::statement::{begins, goes_on};
use super::table::Table;
use std::collections::BTreeSet;
use std::ops::Range;

/// A text as rules see it. It only fits rules compiled against the lexicon that read it.
#[derive(Clone, Debug)]
pub struct Reading {
    tokens: Vec<Token>,
    /// Ranges of tokens.
    sentences: Vec<Range<usize>>,
    /// Whether each of them begins a line.
    lines: Vec<bool>,
    /// Ranges of tokens; each lies within a sentence.
    clauses: Vec<Range<usize>>,
    found: Vec<Found>,
    /// Where each concept is said, by itself or by a narrower one.
    said: Table<ConceptIndex, Vec<Range<usize>>>,
    /// Whether each token belongs to a form.
    covered: Vec<bool>,
    negation: Negation,
    /// Its numbers, by the token at which they begin.
    quantities: Vec<(usize, Quantity)>,
}

/// The part of a text in which something is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Window {
    Answer,
    /// By its number.
    Sentence(usize),
    /// The first of some sentences, and how many.
    Passage(usize, usize),
    /// By its number among all clauses of the text.
    Clause(usize),
}

impl Reading {
    pub(super) fn new(text: &str, lexicon: &Lexicon) -> Self {
        let mut tokens = Vec::new();
        let mut ranges = Vec::new();
        let mut lines = Vec::new();
        let mut end = 0;
        let mut found = Vec::new();
        for bytes in sentences(text) {
            let from = tokens.len();
            let piece = text.get(bytes.clone()).unwrap_or_default();
            tokens.extend(lexicon.spelled(normal::tokens(piece, bytes.start, lexicon.stems())));
            lexicon.mend(tokens.get_mut(from..).unwrap_or_default());
            if tokens.len() > from {
                let between = text.get(end..bytes.start).unwrap_or_default();
                lines.push(between.contains('\n'));
                end = bytes.end;
                for sentence in breaths(&tokens, from..tokens.len()) {
                    lexicon.find(&tokens, &sentence, &mut found);
                    ranges.push(sentence);
                }
                lines.resize(ranges.len(), false);
            }
        }
        let mut said: Table<_, Vec<Range<usize>>> = Table::default();
        let mut covered = vec![false; tokens.len()];
        let mut form_ends = vec![None; tokens.len()];
        for form in &found {
            for concept in form.concepts.iter().flat_map(|c| lexicon.is_a(*c)) {
                let places = said.entry(*concept).or_default();
                if places.last() != Some(&form.tokens) {
                    places.push(form.tokens.clone());
                }
            }
            mark(&mut covered, &form.tokens, true);
            if form.tokens.len() > 1 {
                mark(&mut form_ends, &form.tokens, Some(form.tokens.end));
            }
        }
        let form_end = |at: usize| form_ends.get(at).copied().flatten();
        let negation = Negation::read(&tokens, &ranges, form_end);
        let clauses = clauses(&tokens, &ranges);
        let quantities = (0..tokens.len())
            .filter_map(|at| Some((at, quantity(&tokens, at)?)))
            .collect();
        Self {
            quantities,
            tokens,
            sentences: ranges,
            lines,
            clauses,
            found,
            said,
            covered,
            negation,
        }
    }

    /// How many words and numbers it has.
    pub fn words(&self) -> usize {
        self.tokens.len()
    }

    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Share of the concepts of an expected answer that are said here, 0 to 1; 0 when it has fewer
    /// than two, since one shared word tells nothing.
    pub fn share_of(&self, expected: &Self) -> f64 {
        let concepts: BTreeSet<ConceptIndex> = expected
            .found
            .iter()
            .flat_map(|form| form.concepts.iter().copied())
            .collect();
        if concepts.len() < 2 {
            return 0.0;
        }
        let said = concepts.iter().filter(|own| self.said.contains_key(own));
        said.count() as f64 / concepts.len() as f64
    }

    /// Whether a concept is said, and not only to deny it.
    pub(super) fn affirms(&self, concept: ConceptIndex) -> bool {
        let mut places = self.concept(concept).iter();
        places.any(|place| !self.is_negated(place, &[]))
    }

    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    pub(super) fn found(&self) -> &[Found] {
        &self.found
    }

    pub(super) fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    /// Whether a token belongs to a form of the lexicon.
    pub(super) fn is_covered(&self, token: usize) -> bool {
        self.covered.get(token).copied().unwrap_or_default()
    }

    /// The number of the sentence that holds a token.
    pub(super) fn sentence_of(&self, token: usize) -> usize {
        self.sentences
            .partition_point(|sentence| sentence.end <= token)
    }

    /// The tokens of a window.
    pub(super) fn range(&self, window: Window) -> Range<usize> {
        match window {
            Window::Answer => 0..self.tokens.len(),
            Window::Sentence(number) => self.sentences.get(number).cloned().unwrap_or(0..0),
            Window::Passage(first, count) => {
                let sentence = |number: usize| self.sentences.get(number).cloned().unwrap_or(0..0);
                sentence(first).start..sentence(first + count - 1).end
            }
            Window::Clause(number) => self.clauses.get(number).cloned().unwrap_or(0..0),
        }
    }

    /// The sentences of a window.
    pub(super) fn sentences_in(&self, window: Window) -> impl Iterator<Item = Window> {
        let range = self.range(window);
        let first = self.sentences.partition_point(|s| s.end <= range.start);
        let end = self.sentences.partition_point(|s| s.start < range.end);
        (first..end.max(first)).map(Window::Sentence)
    }

    /// Each sentence, then short ones with those that follow them.
    pub(super) fn passages(&self) -> impl Iterator<Item = Window> + '_ {
        let singles = (0..self.sentences.len()).map(Window::Sentence);
        let joined = (2..=PASSAGE).flat_map(move |count| {
            self.sentences
                .windows(count)
                .enumerate()
                .filter(move |(first, run)| {
                    let words: usize = run.iter().map(ExactSizeIterator::len).sum();
                    words <= self.most_words(*first, count)
                })
                .map(move |(first, _)| Window::Passage(first, count))
        });
        singles.chain(joined)
    }

    /// How long a passage may be that begins with a sentence and has so many.
    fn most_words(&self, first: usize, count: usize) -> usize {
        let later = self.lines.get(first + 1..first + count);
        if later.unwrap_or_default().contains(&true) {
            PASSAGE_OF_LINES
        } else {
            PASSAGE_WORDS
        }
    }

    /// The clauses of a window.
    pub(super) fn clauses_in(&self, window: Window) -> impl Iterator<Item = Window> {
        let range = self.range(window);
        let first = self.clauses.partition_point(|c| c.end <= range.start);
        let end = self.clauses.partition_point(|c| c.start < range.end);
        (first..end.max(first)).map(Window::Clause)
    }

    /// Bytes of the original text that some tokens cover.
    pub(super) fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        let start = self.tokens.get(tokens.start).map_or(0, |token| token.start);
        let end = tokens
            .end
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last))
            .map_or(start, |token| token.end);
        start..end
    }

    /// Where a concept is said, negated or not, in order.
    pub(super) fn concept(&self, concept: ConceptIndex) -> &[Range<usize>] {
        self.said.get(&concept).map_or(&[], Vec::as_slice)
    }

    /// Its numbers, with the token at which each begins.
    pub(super) fn quantities(&self) -> &[(usize, Quantity)] {
        &self.quantities
    }

    pub(super) fn is_negated(&self, place: &Range<usize>, waived: &[usize]) -> bool {
        let trouble = || {
            let tokens = self.tokens.get(place.clone()).unwrap_or_default();
            tokens.iter().any(|token| is_trouble(&token.stem))
        };
        self.negation.negates(place.start, trouble, waived)
    }
}

/// Sentences of a passage, and the words that they have together at most.
const PASSAGE: usize = 3;
const PASSAGE_WORDS: usize = 60;
/// The same where it goes over the end of a line: long entries of a list are each about something else.
const PASSAGE_OF_LINES: usize = 40;

/// Words from which a sentence is too long to be one, as speech is that nobody punctuated.
const BREATHLESS: usize = 40;
/// Words that a part of such a sentence has at least, and at most: any two that follow each other
/// make a passage, so what is said across a cut is still said together.
const BREATH: Range<usize> = 12..PASSAGE_WORDS / 2;

/// A sentence, or the parts of one that has no end: they begin where a speaker takes up a new
/// statement, or at the last joint where none begins for too long.
fn breaths(tokens: &[Token], sentence: Range<usize>) -> Vec<Range<usize>> {
    if sentence.len() <= BREATHLESS {
        return vec![sentence];
    }
    let mut out = Vec::new();
    let mut start = sentence.start;
    let mut next = None;
    for at in sentence.clone() {
        let enough = at - start >= BREATH.start && sentence.end - at >= BREATH.start / 2;
        let cut = if enough && begins(tokens, &sentence, at) {
            Some(at)
        } else if at - start >= BREATHLESS {
            Some(next.unwrap_or(at))
        } else {
            // A list of terms has no joint.
            next.filter(|_| at - start >= BREATH.end)
        };
        if let Some(cut) = cut {
            out.push(start..cut);
            start = cut;
            next = None;
        } else if enough && goes_on(tokens, at) {
            next = Some(at);
        }
    }
    out.push(start..sentence.end);
    out
}

/// Cuts sentences where punctuation or a word such as "but" begins a new clause.
fn clauses(tokens: &[Token], sentences: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for sentence in sentences {
        let mut start = sentence.start;
        for at in sentence.clone().skip(1) {
            let cuts = tokens
                .get(at)
                .is_some_and(|token| token.gap == Gap::Clause || begins_clause(&token.word));
            if cuts && at > start {
                out.push(start..at);
                start = at;
            }
        }
        out.push(start..sentence.end);
    }
    out
}

fn mark<T: Copy>(tokens: &mut [T], range: &Range<usize>, with: T) {
    for marked in tokens.get_mut(range.clone()).into_iter().flatten() {
        *marked = with;
    }
}
