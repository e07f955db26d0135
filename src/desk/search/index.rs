//! Words to the entries that hold them, and the score of an entry.

use super::entry::Entry;
use super::{fold, typo};
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Where in an entry a word stands; the better place counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Context,
    Text,
    Name,
}

impl Place {
    fn weight(self) -> f64 {
        match self {
            Self::Context => 0.5,
            Self::Text => 1.0,
            Self::Name => 4.0,
        }
    }
}

/// How well a known word fits a typed one.
const WHOLE: f64 = 1.0;
const STEM: f64 = 0.8;
/// The beginning of a longer word: so much at least, more the more of it is typed.
const BEGINNING: f64 = 0.5;
const TYPO: f64 = 0.4;
/// Added when all words stand next to each other as typed.
const PHRASE: f64 = 1.5;
/// A text of so many bytes weighs half of what a very short one does.
const LONG: f64 = 800.0;

/// Entries and their words.
#[derive(Debug, Default)]
pub(super) struct Index {
    entries: Vec<Entry>,
    /// The words of each entry's name and text, folded, with a blank before each.
    folded: Vec<String>,
    /// Sorted; `places` and `stems` go with it.
    words: Vec<String>,
    places: Vec<Vec<(usize, Place)>>,
    stems: BTreeMap<String, Vec<usize>>,
}

/// What is meant by each word of a query.
#[derive(Debug)]
pub(super) struct Meant {
    /// Known words, and how well each fits.
    words: Vec<Vec<(usize, f64)>>,
}

/// What an entry has gained so far.
#[derive(Clone, Copy, Debug, Default)]
struct Total {
    score: f64,
    /// So many words of the query, from the first on, are there.
    words: usize,
    /// At least one of them outside the context.
    own: bool,
}

/// An entry that holds every word of a query.
#[derive(Debug)]
pub(super) struct Scored<'a> {
    pub(super) entry: &'a Entry,
    pub(super) score: f64,
}

/// The words of the entries so far, and where each stands.
#[derive(Debug, Default)]
struct Known {
    words: HashMap<String, Vec<(usize, Place)>>,
}

impl Known {
    /// Adds folded words of an entry. Entries come in order, and so do the places of one, the best
    /// last: a word that the entry has already is the last one noted.
    fn add(&mut self, entry: usize, folded: &str, place: Place) {
        for word in folded.split_ascii_whitespace() {
            let Some(places) = self.words.get_mut(word) else {
                self.words.insert(word.to_owned(), vec![(entry, place)]);
                continue;
            };
            match places.last_mut().filter(|(last, _)| *last == entry) {
                Some((_, kept)) => *kept = place,
                None => places.push((entry, place)),
            }
        }
    }

    fn sorted(self) -> Vec<(String, Vec<(usize, Place)>)> {
        let mut words: Vec<_> = self.words.into_iter().collect();
        words.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        words
    }
}

impl Index {
    pub(super) fn of(entries: Vec<Entry>) -> Self {
        let mut known = Known::default();
        let mut folded = Vec::with_capacity(entries.len());
        for (number, entry) in entries.iter().enumerate() {
            let mut own = fold::folded(&entry.text);
            let name = fold::folded(&entry.name);
            known.add(number, &fold::folded(&entry.context), Place::Context);
            known.add(number, &own, Place::Text);
            known.add(number, &name, Place::Name);
            own.push_str(&name);
            folded.push(own);
        }
        let stemmer = Stemmer::create(Algorithm::English);
        let mut index = Self {
            entries,
            folded,
            ..Self::default()
        };
        for (word, places) in known.sorted() {
            let stem = stemmer.stem(&word).into_owned();
            index.stems.entry(stem).or_default().push(index.words.len());
            index.words.push(word);
            index.places.push(places);
        }
        index
    }

    /// The known words that each typed one may mean: itself, words that begin so, words of the
    /// same stem; where neither this index nor the other one has any, words that are a typing
    /// error away.
    pub(super) fn meant(&self, typed: &[String], other: &Self) -> Meant {
        let stemmer = Stemmer::create(Algorithm::English);
        let words = typed.iter().map(|word| {
            let found = self.known(word, &stemmer);
            if found.is_empty() && other.known(word, &stemmer).is_empty() {
                let near = typo::meant(&self.words, word);
                near.into_iter().map(|at| (at, TYPO)).collect()
            } else {
                found
            }
        });
        Meant {
            words: words.collect(),
        }
    }

    fn known(&self, typed: &str, stemmer: &Stemmer) -> Vec<(usize, f64)> {
        let start = self.words.partition_point(|word| word.as_str() < typed);
        let beginning = self.words.iter().enumerate().skip(start);
        let beginning = beginning.take_while(|(_, word)| word.starts_with(typed));
        let mut found: Vec<(usize, f64)> = beginning
            .map(|(at, word)| {
                let share = typed.len() as f64 / word.len() as f64;
                let fit = BEGINNING + (STEM - BEGINNING) * share;
                (at, if word == typed { WHOLE } else { fit })
            })
            .collect();
        let same = self.stems.get(stemmer.stem(typed).as_ref());
        for at in same.into_iter().flatten() {
            if !found.iter().any(|(own, _)| own == at) {
                found.push((*at, STEM));
            }
        }
        found
    }

    /// Entries that hold every word, at least one of them in their own text or name.
    pub(super) fn find(&self, meant: &Meant, typed: &[String]) -> Vec<Scored<'_>> {
        let mut totals = vec![Total::default(); self.entries.len()];
        for (number, words) in meant.words.iter().enumerate() {
            let best = self.best(words);
            let holding = best.iter().filter(|(gain, _)| *gain > 0.0).count();
            // A word that few entries have says more.
            let rare = (1.0 + self.entries.len() as f64 / holding.max(1) as f64).ln();
            for (total, (gain, place)) in totals.iter_mut().zip(best) {
                if gain > 0.0 && total.words == number {
                    total.score += gain * rare;
                    total.words += 1;
                    total.own |= place > Place::Context;
                }
            }
        }
        let all = meant.words.len();
        let phrase = format!(" {}", typed.join(" "));
        let entries = self.entries.iter().zip(&self.folded);
        totals
            .into_iter()
            .zip(entries)
            .filter(|(total, _)| total.words == all && total.own)
            .map(|(total, (entry, folded))| {
                let short = LONG / (LONG + folded.len() as f64);
                let next = all > 1 && folded.contains(&phrase);
                let score = total.score * short * if next { PHRASE } else { 1.0 };
                Scored { entry, score }
            })
            .collect()
    }

    /// For each entry the best gain that one of these words brings, and where it stands.
    fn best(&self, words: &[(usize, f64)]) -> Vec<(f64, Place)> {
        let mut best = vec![(0.0, Place::Context); self.entries.len()];
        for (word, fit) in words {
            for (entry, place) in self.places.get(*word).into_iter().flatten() {
                let gain = fit * place.weight();
                if let Some(kept) = best.get_mut(*entry).filter(|kept| gain > kept.0) {
                    *kept = (gain, *place);
                }
            }
        }
        best
    }

    /// The folded words that a typed word stands for, to mark them.
    pub(super) fn marks(&self, meant: &Meant) -> BTreeSet<String> {
        let words = meant.words.iter().flatten();
        words
            .filter_map(|(at, _)| self.words.get(*at).cloned())
            .collect()
    }
}
