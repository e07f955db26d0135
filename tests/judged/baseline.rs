//! Graders without rules, that the rules must beat to be worth their upkeep. They see nothing but
//! an item's `point` and the text.

use super::figures::{macro_f1, Counts};
use super::pairs::{Pair, Part};
use greenroom::grading::Verdict;
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::{BTreeMap, BTreeSet};

/// Different content stems of the point that a text must have to count as "a keyword was said";
/// with one alone nearly every text on the topic would.
const KEYWORDS: usize = 2;

/// Words that carry no content. Sorted, for the search.
const EMPTY_WORDS: [&str; 75] = [
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "but", "by", "can", "do", "does", "each", "for", "from", "had", "has",
    "have", "how", "i", "if", "in", "into", "is", "it", "its", "may", "more", "must", "no", "not",
    "of", "on", "one", "only", "or", "other", "our", "out", "over", "own", "said", "says", "so",
    "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "to",
    "up", "use", "uses", "we", "what", "when", "which", "will", "with", "without", "you",
];

pub(crate) fn always_hit(pairs: &[Pair<'_>]) -> Vec<Verdict> {
    vec![Verdict::Hit; pairs.len()]
}

/// Overlap of the point of each pair with its text, in content stems.
pub(crate) struct Overlaps(Vec<Overlap>);

#[derive(Clone, Copy)]
struct Overlap {
    shared: usize,
    all: usize,
}

impl Overlap {
    fn share(self) -> f64 {
        self.shared as f64 / self.all.max(1) as f64
    }
}

impl Overlaps {
    pub(crate) fn of(pairs: &[Pair<'_>]) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        Self(
            pairs
                .iter()
                .map(|pair| {
                    let point = stems(&stemmer, &pair.item.point);
                    let text = stems(&stemmer, pair.text);
                    Overlap {
                        shared: point.intersection(&text).count(),
                        all: point.len(),
                    }
                })
                .collect(),
        )
    }

    /// Hit when two content stems of the point occur (or its only one).
    pub(crate) fn any_keyword(&self) -> Vec<Verdict> {
        let verdict = |overlap: &Overlap| hit(overlap.shared >= KEYWORDS.min(overlap.all.max(1)));
        self.0.iter().map(verdict).collect()
    }

    /// Hit when at least this share of the point's content stems occurs.
    pub(crate) fn threshold(&self, least: f64) -> Vec<Verdict> {
        let verdict = |overlap: &Overlap| hit(overlap.share() >= least);
        self.0.iter().map(verdict).collect()
    }

    /// The share, in steps of 0.05, with the best macro-F1 on dev; the lowest of equals.
    pub(crate) fn best_on_dev(&self, pairs: &[Pair<'_>]) -> f64 {
        let score = |least: f64| {
            let mut items: BTreeMap<_, Counts> = BTreeMap::new();
            for (pair, verdict) in pairs.iter().zip(self.threshold(least)) {
                if pair.is_in(Part::Dev) {
                    items.entry(pair.key()).or_default().add(pair.gold, verdict);
                }
            }
            macro_f1(items.values()).unwrap_or_default()
        };
        let mut best = (0.0, 0.5);
        for least in (1..=20).map(|step| f64::from(step) * 0.05) {
            let reached = score(least);
            if reached > best.0 {
                best = (reached, least);
            }
        }
        best.1
    }
}

fn hit(yes: bool) -> Verdict {
    if yes {
        Verdict::Hit
    } else {
        Verdict::Missed
    }
}

fn stems(stemmer: &Stemmer, text: &str) -> BTreeSet<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && EMPTY_WORDS.binary_search(word).is_err())
        .map(|word| stemmer.stem(word).into_owned())
        .collect()
}
