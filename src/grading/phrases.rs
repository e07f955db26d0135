//! All phrases of some rules in one tree, so that a text is searched for all of them in one pass.

use super::normal::{Gap, Token};
use super::pattern::{readings, Pattern, Piece};
use super::table::Table;
use std::ops::Range;

/// A place in the list of phrases.
pub(super) type PhraseIndex = usize;

#[derive(Clone, Debug)]
pub(super) struct Phrases {
    nodes: Vec<Node>,
    list: Vec<Phrase>,
    /// By their words as written.
    known: Table<String, PhraseIndex>,
}

#[derive(Clone, Debug)]
struct Phrase {
    label: String,
    /// Whether one of its words is a "not" or "without".
    negates: bool,
    is_empty: bool,
}

#[derive(Clone, Debug, Default)]
struct Node {
    next: Table<String, usize>,
    /// Where the phrase itself has a comma, so that a text may have one too.
    after_comma: Table<String, usize>,
    ends: Vec<PhraseIndex>,
}

/// Where the phrases of a tree are said in a text, negated or not.
#[derive(Clone, Debug, Default)]
pub(super) struct Spoken {
    /// By phrase, then by place.
    places: Vec<Range<usize>>,
    /// Where the places of each phrase begin, and at last their end.
    starts: Vec<u32>,
}

impl Default for Phrases {
    fn default() -> Self {
        Self {
            nodes: vec![Node::default()],
            list: Vec::new(),
            known: Table::default(),
        }
    }
}

impl Phrases {
    pub(super) fn add(&mut self, text: &str, pattern: &Pattern) -> PhraseIndex {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let index = self.list.len();
        self.known.insert(text.to_owned(), index);
        self.list.push(Phrase {
            label: format!("“{text}”"),
            negates: pattern.negates(),
            is_empty: pattern.is_empty(),
        });
        for pieces in pattern.variants() {
            self.insert(pieces, index);
        }
        index
    }

    /// In quotation marks.
    pub(super) fn label(&self, phrase: PhraseIndex) -> &str {
        self.list.get(phrase).map_or("", |own| own.label.as_str())
    }

    pub(super) fn negates(&self, phrase: PhraseIndex) -> bool {
        self.list.get(phrase).is_some_and(|own| own.negates)
    }

    /// Whether it has no words that can be looked for.
    pub(super) fn is_empty(&self, phrase: PhraseIndex) -> bool {
        self.list.get(phrase).is_none_or(|own| own.is_empty)
    }

    fn insert(&mut self, pieces: &[Piece], phrase: PhraseIndex) {
        let mut node = 0;
        for (number, piece) in pieces.iter().enumerate() {
            let fresh = self.nodes.len();
            let Some(here) = self.nodes.get_mut(node) else {
                return;
            };
            let edges = if piece.clause && number > 0 {
                &mut here.after_comma
            } else {
                &mut here.next
            };
            node = *edges.entry(piece.stem.clone()).or_insert(fresh);
            if node == fresh {
                self.nodes.push(Node::default());
            }
        }
        if let Some(here) = self.nodes.get_mut(node).filter(|_| !pieces.is_empty()) {
            here.ends.push(phrase);
        }
    }

    /// Finds every phrase in every sentence; of several readings of one at one place, the longest.
    pub(super) fn find(&self, tokens: &[Token], sentences: &[Range<usize>]) -> Spoken {
        let mut places = Vec::new();
        for sentence in sentences {
            let tokens = tokens.get(..sentence.end).unwrap_or_default();
            for at in sentence.clone() {
                self.follow(0, tokens, at..at, &mut places);
            }
        }
        places.sort_unstable_by_key(|(phrase, place): &(PhraseIndex, Range<usize>)| {
            (*phrase, place.start, std::cmp::Reverse(place.end))
        });
        places.dedup_by_key(|(phrase, place)| (*phrase, place.start));
        let mut starts = vec![0u32; self.list.len() + 1];
        for (phrase, _) in &places {
            if let Some(count) = starts.get_mut(phrase + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Spoken {
            places: places.into_iter().map(|(_, place)| place).collect(),
            starts,
        }
    }

    fn follow(
        &self,
        node: usize,
        tokens: &[Token],
        taken: Range<usize>,
        out: &mut Vec<(PhraseIndex, Range<usize>)>,
    ) {
        let Some(here) = self.nodes.get(node) else {
            return;
        };
        out.extend(here.ends.iter().map(|phrase| (*phrase, taken.clone())));
        let Some(token) = tokens.get(taken.end) else {
            return;
        };
        let plain = taken.is_empty() || token.gap != Gap::Clause;
        for (stem, length) in readings(token) {
            let next = here.next.get(stem).filter(|_| plain);
            for next in next.into_iter().chain(here.after_comma.get(stem)) {
                self.follow(*next, tokens, taken.start..taken.end + length, out);
            }
        }
    }
}

impl Spoken {
    /// Where a phrase is said, in order.
    pub(super) fn places(&self, phrase: PhraseIndex) -> &[Range<usize>] {
        self.all(phrase..phrase + 1)
    }

    /// Whether any of some phrases is said that are numbered one after the other.
    pub(super) fn says_any(&self, phrases: &Range<PhraseIndex>) -> bool {
        !self.all(phrases.clone()).is_empty()
    }

    fn all(&self, phrases: Range<PhraseIndex>) -> &[Range<usize>] {
        let start = self.starts.get(phrases.start);
        let places = start.zip(self.starts.get(phrases.end));
        let places =
            places.and_then(|(start, end)| self.places.get(*start as usize..*end as usize));
        places.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::normal;
    use super::super::stem::Stems;
    use super::*;

    fn found(text: &str, phrases: &[&str]) -> Vec<Vec<Range<usize>>> {
        let stems = Stems::new();
        let mut tree = Phrases::default();
        let known: Vec<_> = phrases
            .iter()
            .map(|phrase| tree.add(phrase, &Pattern::new(phrase, &stems)))
            .collect();
        let tokens = normal::tokens(text, 0, &stems);
        let all = 0..tokens.len();
        let spoken = tree.find(&tokens, std::slice::from_ref(&all));
        known
            .into_iter()
            .map(|phrase| spoken.places(phrase).to_vec())
            .collect()
    }

    #[test]
    fn each_phrase_is_found_wherever_it_stands() {
        let places = found(
            "split by time, and split by time again",
            &[
                "split by time",
                "by time",
                "time again",
                "time, and",
                "split",
                "never",
            ],
        );
        assert_eq!(places[0], [0..3, 4..7]);
        assert_eq!(places[1], [1..3, 5..7]);
        assert_eq!(places[2], vec![6..8]);
        assert_eq!(places[3], vec![2..4]);
        assert_eq!(places[4], [0..1, 4..5]);
        assert!(places[5].is_empty());
    }

    #[test]
    fn a_comma_ends_a_phrase_unless_the_phrase_has_one() {
        assert!(found("position, bias", &["position bias"])[0].is_empty());
        assert_eq!(found("time split gap", &["time split, gap"])[0], vec![0..3]);
        assert_eq!(
            found("time split, gap", &["time split, gap"])[0],
            vec![0..3]
        );
        assert!(found("anything", &["", "—"]).iter().all(Vec::is_empty));
    }
}
