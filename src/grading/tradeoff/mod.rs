//! Decisions that are argued for: an option, the one it beat, a reason and the constraint that
//! decides. Three of the four in at most two sentences make a verdict; all four and the condition
//! that would turn it make the verdict of a staff engineer.

mod words;

use super::cap;
use super::lexicon::{ConceptIndex, Found};
use super::normal::{Gap, Token};
use super::number::quantity;
use super::verdict::Evidence;
use super::Reading;
use crate::content::Step;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Words between a choosing verb, or a comparison, and the option it is about.
const REACH: usize = 6;
/// Slots that make a verdict.
const ENOUGH: usize = 3;
/// From here on a bare number is a constraint: a scale and no small count.
const SCALE: f64 = 1e3;

/// A decision found in an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tradeoff {
    #[serde(flatten)]
    pub evidence: Evidence,
    /// All four parts, and what would turn it.
    pub staff: bool,
}

/// What a decision is about: the options on its two sides. Said again it is the same decision.
type Key = (BTreeSet<ConceptIndex>, BTreeSet<ConceptIndex>);

struct Spotted {
    sentences: Range<usize>,
    key: Key,
    slots: usize,
    staff: bool,
}

/// What the learner fixed in the first step.
pub(super) fn said_in(reading: &Reading) -> BTreeSet<ConceptIndex> {
    let found = reading.found().iter();
    found.flat_map(|form| &form.concepts).copied().collect()
}

/// The decisions of an answer, each once, in order.
pub(super) fn tradeoffs<'a>(
    places: impl Iterator<Item = (Option<Step>, &'a str, &'a Reading)>,
    clarified: &BTreeSet<ConceptIndex>,
) -> Vec<Tradeoff> {
    let mut out: Vec<Tradeoff> = Vec::new();
    let mut known: BTreeMap<Key, usize> = BTreeMap::new();
    let nothing = BTreeSet::new();
    for (step, text, reading) in places {
        // What was fixed in the first step is no reason for anything in the same breath.
        let fixed = match step {
            Some(Step::Clarify) => &nothing,
            _ => clarified,
        };
        for spotted in in_reading(reading, fixed) {
            let Some(evidence) = quote(step, text, reading, &spotted.sentences) else {
                continue;
            };
            let found = Tradeoff {
                evidence,
                staff: spotted.staff,
            };
            let at = *known.entry(spotted.key).or_insert(out.len());
            match out.get_mut(at) {
                Some(known) if found.staff && !known.staff => *known = found,
                Some(_) => {}
                None => out.push(found),
            }
        }
    }
    out
}

fn in_reading(reading: &Reading, fixed: &BTreeSet<ConceptIndex>) -> Vec<Spotted> {
    let mut out = Vec::new();
    let last = reading.sentences().len();
    let single = |at: usize| spot(reading, at..at + 1, fixed);
    let mut at = 0;
    let mut alone = single(at);
    while at < last {
        let next = single(at + 1);
        // The next sentence may complete this one, unless it is a decision of its own.
        let free = at + 1 < last && next.is_none();
        let both = free
            .then(|| spot(reading, at..at + 2, fixed))
            .flatten()
            .filter(|both| {
                alone
                    .as_ref()
                    .is_none_or(|one| (both.slots, both.staff) > (one.slots, one.staff))
            });
        match both.or(alone) {
            Some(spotted) if spotted.sentences.end > at + 1 => {
                at = spotted.sentences.end;
                alone = single(at);
                out.push(spotted);
            }
            own => {
                at += 1;
                alone = next;
                out.extend(own);
            }
        }
    }
    out
}

fn spot(
    reading: &Reading,
    sentences: Range<usize>,
    fixed: &BTreeSet<ConceptIndex>,
) -> Option<Spotted> {
    if sentences.clone().any(|n| cap::is_list(reading, n)) {
        return None;
    }
    let ranges = reading.sentences();
    let start = ranges.get(sentences.start)?.start;
    let end = ranges.get(sentences.end.checked_sub(1)?)?.end;
    let scene = Scene {
        reading,
        start,
        end,
    };
    if !scene.any(|at| scene.is_verb(at) || scene.connective(at)) {
        return None;
    }
    let other = scene.alternative();
    let choice = scene.choice(other.as_ref());
    let taken: Vec<Range<usize>> = [&other, &choice]
        .into_iter()
        .flatten()
        .map(|found| found.tokens.clone())
        .collect();
    let free = |at: usize| !taken.iter().any(|tokens| tokens.contains(&at));
    let constraint = scene.constraint(fixed, &free);
    let reason = (start..end).any(|at| {
        let elsewhere = constraint.as_ref().is_none_or(|span| !span.contains(&at));
        scene.connective(at) || (elsewhere && free(at) && scene.benefit(at))
    });
    let slots = usize::from(other.is_some())
        + usize::from(choice.is_some())
        + usize::from(constraint.is_some())
        + usize::from(reason);
    let concepts = |found: &Option<Found>| -> BTreeSet<ConceptIndex> {
        let all = found.iter().flat_map(|found| &found.concepts);
        all.copied().collect()
    };
    (slots >= ENOUGH).then(|| Spotted {
        key: (concepts(&choice), concepts(&other)),
        slots,
        staff: slots == 4 && scene.condition(),
        sentences,
    })
}

/// One sentence or two.
struct Scene<'a> {
    reading: &'a Reading,
    start: usize,
    end: usize,
}

impl Scene<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        (self.start..self.end)
            .contains(&at)
            .then(|| self.reading.tokens().get(at))
            .flatten()
    }

    fn word(&self, at: usize) -> &str {
        self.token(at).map_or("", |token| token.word.as_str())
    }

    fn any(&self, test: impl Fn(usize) -> bool) -> bool {
        (self.start..self.end).any(test)
    }

    fn concepts(&self) -> impl Iterator<Item = &Found> {
        let found = self.reading.found();
        let first = found.partition_point(|form| form.tokens.start < self.start);
        let inside = |form: &&Found| form.tokens.start < self.end;
        found.iter().skip(first).take_while(inside)
    }

    fn same_sentence(&self, a: usize, b: usize) -> bool {
        self.reading.sentence_of(a) == self.reading.sentence_of(b)
    }

    /// The option that lost: the first concept after a word that compares.
    fn alternative(&self) -> Option<Found> {
        (self.start..self.end).find_map(|at| {
            let after = self.comparison(at)?;
            self.concepts()
                .find(|form| {
                    (after..after + REACH).contains(&form.tokens.start)
                        && self.same_sentence(at, form.tokens.start)
                })
                .cloned()
        })
    }

    /// Where a comparison that begins here ends. "over" followed by a number or a time compares
    /// nothing.
    fn comparison(&self, at: usize) -> Option<usize> {
        match (self.word(at), self.word(at + 1)) {
            ("instead", "of") | ("rather" | "other", "than") | ("compared", "to" | "with") => {
                Some(at + 2)
            }
            ("vs" | "versus" | "beats" | "unlike", _) => Some(at + 1),
            ("over", _) => {
                let period = (at + 1..at + 4).any(|next| {
                    let number = self.token(next).is_some_and(|token| token.number.is_some());
                    number || matches!(self.word(next), "time" | "last" | "all" | "night")
                });
                (!period && self.near(at + 1, 3)).then_some(at + 1)
            }
            ("not", _) => {
                let but = (at + 1..at + 1 + REACH).any(|next| self.word(next) == "but");
                let after_and = matches!(at.checked_sub(1).map(|i| self.word(i)), Some("and"));
                (but || after_and).then_some(at + 1)
            }
            _ => None,
        }
    }

    /// Whether a concept begins among these tokens.
    fn near(&self, from: usize, words: usize) -> bool {
        self.concepts()
            .any(|form| (from..from + words).contains(&form.tokens.start))
    }

    /// The option that was chosen: after a verb that chooses, or before a word that compares.
    fn choice(&self, other: Option<&Found>) -> Option<Found> {
        let apart = |form: &&Found| other.is_none_or(|other| form.tokens != other.tokens);
        let said = |form: &&Found| !self.reading.is_negated(&form.tokens, &[]);
        let by_verb = (self.start..self.end).find_map(|at| {
            if !self.chooses(at) {
                return None;
            }
            self.concepts().filter(apart).filter(said).find(|form| {
                (at + 1..at + 1 + REACH).contains(&form.tokens.start)
                    && self.same_sentence(at, form.tokens.start)
            })
        });
        let before = || {
            (self.start..self.end).find_map(|at| {
                self.comparison(at)?;
                let near = |form: &&Found| {
                    form.tokens.end <= at
                        && at - form.tokens.end < REACH
                        && self.same_sentence(at, form.tokens.start)
                };
                self.concepts()
                    .filter(apart)
                    .filter(said)
                    .filter(near)
                    .last()
            })
        };
        by_verb.or_else(before).cloned()
    }

    fn chooses(&self, at: usize) -> bool {
        let stem = self.token(at).map_or("", |token| token.stem.as_str());
        let word = self.word(at);
        words::chooses(word) || matches!(stem, "choos" | "prefer" | "select" | "adopt" | "deploi")
    }

    /// A word that makes a sentence of a list.
    fn is_verb(&self, at: usize) -> bool {
        self.chooses(at) || words::is_verb(self.word(at))
    }

    /// A word that gives a reason. "since" before a time gives none.
    fn connective(&self, at: usize) -> bool {
        match (self.word(at), self.word(at + 1)) {
            ("since", _) => self.token(at + 1).is_some_and(|next| next.number.is_none()),
            ("because" | "so" | "therefore" | "thus" | "hence" | "given", _) => true,
            ("due", "to") | ("in", "order") => true,
            ("to", "meet" | "stay" | "keep" | "fit" | "save" | "avoid" | "reach") => true,
            _ => false,
        }
    }

    /// A word for what an option gives or takes.
    fn benefit(&self, at: usize) -> bool {
        words::benefit(self.word(at)) || (self.word(at) == "gives" && self.word(at + 1) == "up")
    }

    /// A measured number, or something fixed in the first step.
    fn constraint(
        &self,
        fixed: &BTreeSet<ConceptIndex>,
        free: &impl Fn(usize) -> bool,
    ) -> Option<Range<usize>> {
        let number = (self.start..self.end)
            .filter(|at| free(*at))
            .find_map(|at| self.measured(at));
        number.or_else(|| {
            self.concepts()
                .filter(|form| form.tokens.clone().all(free))
                .find(|form| form.concepts.iter().any(|concept| fixed.contains(concept)))
                .map(|form| form.tokens.clone())
        })
    }

    fn measured(&self, at: usize) -> Option<Range<usize>> {
        let tokens = self.reading.tokens().get(..self.end)?;
        let found = quantity(tokens, at)?;
        let last = self.word(found.end.checked_sub(1)?);
        let next = self.token(found.end).filter(|next| next.gap != Gap::Clause);
        let after = next.map_or("", |next| next.word.as_str());
        let unit = words::is_unit;
        let year = (1900.0..2100.0).contains(&found.value) && !unit(after);
        let scale = found.value >= SCALE && !year;
        (unit(last) || unit(after) || scale).then_some(at..found.end)
    }

    /// What would turn the decision; it may stand in the sentence after it.
    fn condition(&self) -> bool {
        let tokens = self.reading.tokens();
        let next = self.reading.sentence_of(self.end);
        let end = self
            .reading
            .sentences()
            .get(next)
            .map_or(self.end, |r| r.end);
        let words: Vec<&str> = tokens
            .get(self.start..end)
            .unwrap_or_default()
            .iter()
            .map(|token| token.word.as_str())
            .collect();
        let turns = |word: &&str| {
            let contracted = word.ends_with("'d");
            let verbs = ["then", "would", "switch", "flip", "flips", "move", "change"];
            contracted || verbs.contains(word)
        };
        let depends = words
            .iter()
            .any(|word| matches!(*word, "if" | "once" | "should"));
        words.contains(&"unless") || (depends && words.iter().any(turns))
    }
}

fn quote(
    step: Option<Step>,
    text: &str,
    reading: &Reading,
    sentences: &Range<usize>,
) -> Option<Evidence> {
    let first = reading.sentences().get(sentences.start)?;
    let last = reading.sentences().get(sentences.end.checked_sub(1)?)?;
    let bytes = reading.bytes(&(first.start..last.end));
    Some(Evidence {
        step,
        start: bytes.start,
        end: bytes.end,
        text: text.get(bytes)?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{answer, case, grade};
    use super::*;

    fn found(text: &str) -> Vec<(String, bool)> {
        let clarify = "The p99 budget is 200 ms?";
        let said = answer(&[(Step::Clarify, clarify), (Step::Model, text)]);
        let graded = grade(&case(Vec::new()), &said);
        graded
            .tradeoffs
            .into_iter()
            .map(|own| (own.evidence.text, own.staff))
            .collect()
    }

    fn staffs(text: &str) -> Vec<bool> {
        found(text).into_iter().map(|(_, staff)| staff).collect()
    }

    #[test]
    fn three_of_four_slots_are_a_verdict() {
        for text in [
            "We use HNSW instead of a ranker because it answers in 10 ms.",
            "HNSW over the two-tower: faster.  It is 5 ms.",
            "I'd pick calibration rather than log loss because the bid needs it.",
            "Rather than accuracy we report PR-AUC, so that 2 % positives count.",
            "We chose a baseline, cheaper to run and within the latency we have.",
            "Two-tower vs HNSW: the two-tower wins, it costs less memory.",
            "Not accuracy but PR-AUC because only 2 % are positive.",
            "We use HNSW. The reason is latency: brute force costs 900 ms.",
        ] {
            assert_eq!(staffs(text), [false], "{text}");
        }
    }

    #[test]
    fn four_and_what_would_turn_it_are_a_staff_verdict() {
        for text in [
            "HNSW over a two-tower because p99 is 200 ms; if the corpus were 10k I would switch to the baseline.",
            "We use HNSW instead of retrieval by rules because of 200 ms. Unless memory runs out, it stays.",
        ] {
            assert_eq!(staffs(text), [true], "{text}");
        }
        let bare = "We use HNSW instead of a ranker because it is simple. If not, I would switch.";
        assert_eq!(staffs(bare), [false]);
    }

    #[test]
    fn lists_and_bare_claims_are_none() {
        for text in [
            "HNSW, two-tower, calibration, latency, 200 ms, cheaper, faster",
            "HNSW over two-tower, latency, 200 ms",
            "HNSW vs two-tower: pros and cons.",
            "We use HNSW.",
            "The p99 latency is 200 ms because users leave.",
            "Drift over 7 days is a problem because of 10 % noise.",
            "It depends on the data.",
            "",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn each_decision_counts_once_with_its_words() {
        let text = "Ü. We use HNSW instead of a ranker because it answers in 10 ms. ";
        let three = found(&text.repeat(3));
        assert_eq!(three.len(), 1);
        assert!(three[0].0.starts_with("We use HNSW"), "{three:?}");
        let more = format!("{text} We use PR-AUC instead of accuracy because 2 % are positive.");
        assert_eq!(found(&more).len(), 2);
    }
}
