//! Terms in a row are no answer: how many items one sentence can earn.

use super::reading::Reading;
use crate::content::Kind;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Items that so many words can earn: a dense bullet says three things in twelve.
const ROOM: usize = 3;
const SENTENCE: usize = 12;
/// Concepts for each other word from which a sentence is a list of terms.
const LINKED: usize = 4;
/// Concepts from which a list earns only one item.
const LIST: usize = 8;
/// Words from which an answer can be called stuffed.
const LONG: usize = 150;
/// Share of words that are no terms, under which it is. The tersest notes have about half.
const OWN: f64 = 0.25;

/// A text and a sentence in it.
pub(super) type Home = (usize, usize);

/// An item that hit, with the sentences that say it.
pub(super) struct Claim<'a> {
    pub(super) kind: Kind,
    pub(super) sentences: Vec<Home>,
    pub(super) refused: &'a mut bool,
}

/// Gives each item a sentence that still has room; musts first, then in the order of the case. Red
/// flags need none.
pub(super) fn share_out(mut claims: Vec<Claim<'_>>, room: impl Fn(Home) -> usize) {
    claims.retain(|claim| claim.kind != Kind::RedFlag && !claim.sentences.is_empty());
    claims.sort_by_key(|claim| claim.kind);
    let mut used: BTreeMap<Home, usize> = BTreeMap::new();
    for claim in claims {
        let free = claim
            .sentences
            .iter()
            .find(|home| used.get(home).copied().unwrap_or_default() < room(**home));
        match free {
            Some(home) => *used.entry(*home).or_default() += 1,
            None => *claim.refused = true,
        }
    }
}

/// How many items a sentence can earn.
pub(super) fn room(reading: &Reading, sentence: usize, stuffed: bool) -> usize {
    let concepts = listed(reading, sentence);
    if stuffed && concepts > 0 {
        0
    } else if concepts >= LIST {
        1
    } else {
        let words = reading
            .sentences()
            .get(sentence)
            .map_or(0, ExactSizeIterator::len);
        ROOM * words.div_ceil(SENTENCE).max(1)
    }
}

/// Whether an answer is long and hardly has a word besides the terms in it. What was only listed is
/// not in the readings any more, but it is in the texts.
pub(super) fn is_stuffed<'a>(texts: impl Iterator<Item = (&'a str, &'a Reading)>) -> bool {
    let (mut words, mut own) = (0, 0);
    for (text, reading) in texts {
        words += text.split_whitespace().count().max(reading.words());
        own += own_words(reading, 0..reading.words());
    }
    words >= LONG && share(own, words) < OWN
}

/// Words and numbers that belong to no form of the lexicon. "and" and "or" only make a list longer.
fn own_words(reading: &Reading, range: Range<usize>) -> usize {
    range
        .filter(|at| !reading.is_covered(*at))
        .filter_map(|at| reading.tokens().get(at))
        .filter(|token| !matches!(token.word.as_str(), "and" | "or" | "etc"))
        .count()
}

fn share(part: usize, whole: usize) -> f64 {
    let float = |n: usize| u32::try_from(n).map_or(f64::from(u32::MAX), f64::from);
    float(part) / float(whole).max(1.0)
}

/// Whether a sentence is nothing but terms.
pub(super) fn is_list(reading: &Reading, sentence: usize) -> bool {
    listed(reading, sentence) > LINKED
}

/// Different concepts of a sentence that is a list of terms, else 0.
fn listed(reading: &Reading, sentence: usize) -> usize {
    let Some(range) = reading.sentences().get(sentence) else {
        return 0;
    };
    let first = reading
        .found()
        .partition_point(|found| found.tokens.start < range.start);
    let said: Vec<_> = reading
        .found()
        .iter()
        .skip(first)
        .take_while(|found| found.tokens.start < range.end)
        .map(|found| &found.concepts)
        .collect();
    if own_words(reading, range.clone()) * LINKED < said.len() {
        said.into_iter().collect::<BTreeSet<_>>().len()
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{answer, case, grade, item};
    use super::super::Verdict;
    use super::*;
    use crate::content::Step;

    fn verdicts(text: &str, rules: &[(Kind, &str)]) -> Vec<Verdict> {
        let items = rules
            .iter()
            .enumerate()
            .map(|(n, (kind, rule))| item(&format!("i{n}"), Step::Data, *kind, rule))
            .collect();
        grade(&case(items), &answer(&[(Step::Data, text)]))
            .items
            .iter()
            .map(|item| item.verdict)
            .collect()
    }

    const FIVE: [(Kind, &str); 5] = [
        (Kind::Bonus, "calibration"),
        (Kind::Should, "auction"),
        (Kind::Must, "gap"),
        (Kind::Must, "drift"),
        (Kind::RedFlag, "random-split"),
    ];

    #[test]
    fn a_sentence_earns_three_items_musts_first() {
        use Verdict::{Hit, Maybe};
        let text = "Calibration in the auction, a gap, drift and a random split.";
        assert_eq!(verdicts(text, &FIVE), [Maybe, Hit, Hit, Hit, Hit]);
        let twice = format!("{text} Calibrated for the auction.");
        assert_eq!(verdicts(&twice, &FIVE), [Hit; 5]);
    }

    #[test]
    fn a_rule_about_the_answer_needs_room_in_one_of_its_sentences() {
        let rules = [
            (Kind::Must, "calibration"),
            (Kind::Must, "auction"),
            (Kind::Must, "gap"),
            (Kind::Should, "{all: [auction, drift], within: answer}"),
        ];
        let crowded = "Calibration in the auction with a gap and for drift.";
        assert_eq!(verdicts(crowded, &rules)[3], Verdict::Maybe);
        let apart = "Calibration in the auction with a gap. We watch drift.";
        assert_eq!(verdicts(apart, &rules)[3], Verdict::Hit);
    }

    #[test]
    fn a_bare_list_of_many_terms_earns_one() {
        let list = "calibration, auction, gap, drift, PR-AUC, HNSW, baseline, canary, guardrail";
        let hits = |verdicts: Vec<Verdict>| {
            verdicts
                .into_iter()
                .filter(|verdict| *verdict == Verdict::Hit)
                .count()
        };
        assert_eq!(hits(verdicts(list, &FIVE)), 1);
        let short = "calibration, auction, gap, drift";
        assert_eq!(hits(verdicts(short, &FIVE)), 3);
        let bullets = "- calibration for the auction\n- gap 7d\n- drift";
        assert_eq!(hits(verdicts(bullets, &FIVE)), 4);
    }
}
