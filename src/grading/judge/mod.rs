//! Holding a case's rules against an answer: an item's own step first, then the other texts, with the
//! learner's own words as evidence.

use super::cap::{self, Claim};
use super::copied::{self, Copied};
use super::eval::{Eval, Finding};
use super::live::Heard;
use super::phrases::Spoken;
use super::slips::Watch;
use super::verdict::{Answer, Evidence, Graded, ItemVerdict, Verdict};
use super::{backing, language, listed, tradeoff};
use super::{Lexicon, Matcher, Reading};
use crate::content::{Case, Id, Item, Kind, Step};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

/// A concept that a rubric item uses and the lexicon does not have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnknownConcept {
    pub item: Id,
    pub concept: Id,
}

impl fmt::Display for UnknownConcept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` asks for `{}`, which the lexicon does not have",
            self.item, self.concept
        )
    }
}

/// The rules of a case, compiled.
#[derive(Clone, Debug)]
pub struct CaseRules {
    lexicon: Lexicon,
    pub(super) items: Vec<ItemRules>,
    copied: Copied,
    watch: Watch,
}

#[derive(Clone, Debug)]
pub(super) struct ItemRules {
    pub(super) id: Id,
    pub(super) step: Step,
    kind: Kind,
    pub(super) matcher: Matcher,
    pub(super) wrong: Vec<Matcher>,
}

/// A text of the answer, read.
pub(super) struct Place<'a> {
    pub(super) step: Option<Step>,
    pub(super) text: &'a str,
    /// Without what was only listed or copied from the case.
    pub(super) reading: Reading,
    /// Where it says the phrases of the case's rules.
    pub(super) spoken: Spoken,
}

impl CaseRules {
    pub fn compile(case: &Case, lexicon: &Lexicon) -> Result<Self, Vec<UnknownConcept>> {
        let mut unknown = Vec::new();
        let mut items = Vec::new();
        let rules = case.rubric.iter().flat_map(Item::rules);
        let mut compiled = Matcher::compile_all(rules, lexicon).into_iter();
        for item in &case.rubric {
            match ItemRules::new(item, &mut compiled) {
                Ok(rules) => items.push(rules),
                Err(concepts) => unknown.extend(concepts.into_iter().map(|concept| {
                    let item = item.id.clone();
                    UnknownConcept { item, concept }
                })),
            }
        }
        if unknown.is_empty() {
            Ok(Self {
                lexicon: lexicon.clone(),
                items,
                copied: Copied::of(case, lexicon),
                watch: Watch::new(case, lexicon),
            })
        } else {
            Err(unknown)
        }
    }

    /// The verdict on every item, in the order of the case.
    pub fn grade(&self, answer: &Answer) -> Graded {
        let places = self.read(answer);
        let stuffed = cap::is_stuffed(places.iter().map(|place| (place.text, &place.reading)));
        let mut judged: Vec<Judged> = self.items.iter().map(|item| item.judge(&places)).collect();
        let claims = judged
            .iter_mut()
            .zip(&self.items)
            .filter(|(judged, _)| judged.verdict == Verdict::Hit)
            .map(|(judged, item)| {
                let sentences = judged
                    .homes
                    .iter()
                    .map(|home| (judged.place, *home))
                    .collect();
                let refused = &mut judged.refused;
                Claim {
                    kind: item.kind,
                    sentences,
                    refused,
                }
            })
            .collect();
        cap::share_out(claims, |(place, sentence)| {
            places
                .get(place)
                .map_or(0, |place| cap::room(&place.reading, sentence, stuffed))
        });
        let items = judged
            .into_iter()
            .zip(&self.items)
            .map(|(judged, item)| judged.verdict(item, &places))
            .collect();
        let words = places
            .iter()
            .filter_map(|place| Some((place.step?, place.reading.words())))
            .collect();
        let backing = places
            .iter()
            .filter_map(|place| Some((place.step?, backing::count(&place.reading))))
            .collect();
        let tradeoffs = if stuffed {
            Vec::new()
        } else {
            let clarified = places
                .first()
                .map(|place| tradeoff::said_in(&place.reading));
            let texts = places
                .iter()
                .map(|place| (place.step, place.text, &place.reading));
            tradeoff::tradeoffs(texts, &clarified.unwrap_or_default())
        };
        Graded {
            items,
            words,
            backing,
            stuffed,
            other_language: language::is_other(
                places.iter().map(|place| (place.text, &place.reading)),
                &self.lexicon,
            ),
            tradeoffs,
            slips: self.watch.slips(&places),
        }
    }

    /// The seven steps in order, then the text of no step.
    pub(super) fn read<'a>(&self, answer: &'a Answer) -> Vec<Place<'a>> {
        let text = |step: Step| answer.steps.get(&step).map_or("", String::as_str);
        Step::ALL
            .into_iter()
            .map(|step| (Some(step), text(step)))
            .chain([(None, answer.elsewhere.as_str())])
            .map(|(step, text)| {
                let reading = self.read_own(text);
                let spoken = self.spoken(&reading);
                Place {
                    step,
                    text,
                    reading,
                    spoken,
                }
            })
            .collect()
    }

    /// The rules of a case are compiled together, so the phrases of one are those of all.
    fn spoken(&self, reading: &Reading) -> Spoken {
        self.items.first().map_or_else(Spoken::default, |item| {
            let phrases = &item.matcher.phrases;
            phrases.find(reading.tokens(), reading.sentences())
        })
    }

    /// A text without what it only lists and what it copies from the case.
    fn read_own(&self, text: &str) -> Reading {
        let text = copied::blank(text, &listed::names_in_a_row(text));
        let reading = self.lexicon.read(&text);
        let copied = self.copied.find(reading.tokens());
        if copied.is_empty() {
            reading
        } else {
            self.lexicon.read(&copied::blank(&text, &copied))
        }
    }
}

/// What was found of an item, before the sentences are shared out.
struct Judged {
    verdict: Verdict,
    /// Which of the texts.
    place: usize,
    spans: Vec<Range<usize>>,
    homes: Vec<usize>,
    missing: Vec<String>,
    refused: bool,
}

/// Words between two statements from which one says nothing about the other.
const APART: usize = 25;

impl<'a> Place<'a> {
    /// Whether a sentence stands near something that was found.
    fn is_near(&self, sentence: usize, found: &Finding) -> bool {
        let sentences = self.reading.sentences();
        let near = |other: &usize| match (sentences.get(sentence), sentences.get(*other)) {
            (Some(a), Some(b)) => {
                let between = a.start.max(b.start).saturating_sub(a.end.min(b.end));
                between < APART
            }
            _ => true,
        };
        found.homes.iter().any(near)
    }

    pub(super) fn eval<'b>(&'b self, matcher: &'b Matcher) -> Eval<'b> {
        let heard = Heard {
            reading: &self.reading,
            spoken: &self.spoken,
        };
        Eval::new(matcher, heard)
    }
}

impl ItemRules {
    /// `compiled` goes on with the rules of this item.
    fn new(
        item: &Item,
        compiled: &mut impl Iterator<Item = Result<Matcher, Vec<Id>>>,
    ) -> Result<Self, Vec<Id>> {
        let mut unknown = Vec::new();
        let mut rules = Vec::new();
        for rule in compiled.take(item.rules().count()) {
            match rule {
                Ok(matcher) => rules.push(matcher),
                Err(ids) => unknown.extend(ids),
            }
        }
        let mut rules = rules.into_iter();
        match rules.next() {
            Some(matcher) if unknown.is_empty() => Ok(Self {
                id: item.id.clone(),
                step: item.step,
                kind: item.kind,
                matcher,
                wrong: rules.collect(),
            }),
            _ => {
                unknown.sort();
                unknown.dedup();
                Err(unknown)
            }
        }
    }

    fn judge(&self, places: &[Place<'_>]) -> Judged {
        match self.kind {
            Kind::RedFlag => self.judge_flag(places),
            Kind::Must | Kind::Should | Kind::Bonus => self.judge_point(places),
        }
    }

    /// The item's own step first, then the others.
    fn judge_point(&self, places: &[Place<'_>]) -> Judged {
        let own = self.step.index();
        let Some(place) = places.get(own) else {
            return Judged::new(Verdict::Missed, own, Finding::default());
        };
        let eval = place.eval(&self.matcher);
        let found = eval.hit();
        if let Some(wrong) = self.contradiction(place, found.as_ref()) {
            return Judged::new(Verdict::Conflict, own, wrong);
        }
        if let Some(found) = found {
            return Judged::new(Verdict::Hit, own, found);
        }
        if let Some(judged) = self.judge_elsewhere(places) {
            return judged;
        }
        if let Some(denied) = eval.denial() {
            return Judged::new(Verdict::Conflict, own, denied);
        }
        let found = eval.near();
        if found.near {
            return Judged::new(Verdict::Maybe, own, found);
        }
        let homeless = places.iter().position(|place| place.step.is_none());
        if let Some((place, at)) = homeless.and_then(|at| Some((places.get(at)?, at))) {
            let near = place.eval(&self.matcher).near();
            if near.near {
                return Judged::new(Verdict::Maybe, at, near);
            }
        }
        let mut judged = Judged::new(Verdict::Missed, own, found);
        judged.spans.clear();
        judged
    }

    /// A red flag is taken back by what is said in any step, and never contradicted by what was never
    /// claimed. One whose rule forbids something only counts in its own step, because what is
    /// forbidden may stand there.
    fn judge_flag(&self, places: &[Place<'_>]) -> Judged {
        let own = self.step.index();
        let others = (0..places.len()).filter(|at| *at != own && !self.matcher.forbids);
        let found = std::iter::once(own).chain(others).find_map(|at| {
            let found = places.get(at)?.eval(&self.matcher).hit()?;
            Some((at, found))
        });
        let Some((at, found)) = found else {
            return Judged::new(Verdict::Missed, own, Finding::default());
        };
        let mut wrongs = places
            .iter()
            .enumerate()
            .filter_map(|(at, place)| Some((at, self.wrongs(place).next()?)));
        match wrongs.next() {
            Some((at, wrong)) => Judged::new(Verdict::Conflict, at, wrong),
            None => Judged::new(Verdict::Hit, at, found),
        }
    }

    /// What was said in another step.
    fn judge_elsewhere(&self, places: &[Place<'_>]) -> Option<Judged> {
        for (at, place) in places.iter().enumerate() {
            if place.step == Some(self.step) {
                continue;
            }
            if let Some(found) = place.eval(&self.matcher).hit() {
                let wrong = self.contradiction(place, Some(&found));
                return Some(match wrong {
                    Some(wrong) => Judged::new(Verdict::Conflict, at, wrong),
                    None => Judged::new(Verdict::Hit, at, found),
                });
            }
        }
        None
    }

    /// What is wrong near everything that says the item. Who says it plainly, and far away something
    /// that resembles a mistake, has said it.
    fn contradiction(&self, place: &Place<'_>, found: Option<&Finding>) -> Option<Finding> {
        let is_near = |wrong: &Finding| {
            found.is_none_or(|found| found.homes.iter().all(|home| place.is_near(*home, wrong)))
        };
        self.wrongs(place).find(is_near)
    }

    fn wrongs<'b>(&'b self, place: &'b Place<'_>) -> impl Iterator<Item = Finding> + 'b {
        self.wrong
            .iter()
            .filter_map(|wrong| place.eval(wrong).hit())
    }
}

impl Judged {
    fn new(verdict: Verdict, place: usize, finding: Finding) -> Self {
        Self {
            verdict,
            place,
            spans: finding.spans,
            homes: finding.homes,
            missing: finding.missing,
            refused: false,
        }
    }

    fn verdict(self, item: &ItemRules, places: &[Place<'_>]) -> ItemVerdict {
        let place = places.get(self.place);
        let evidence = place.map_or_else(Vec::new, |place| quote(place, &self.spans));
        let (verdict, missing) = if self.refused {
            let why = "a sentence of its own: this one makes too many points at once";
            (Verdict::Maybe, vec![why.to_owned()])
        } else if matches!(self.verdict, Verdict::Hit | Verdict::Conflict) {
            (self.verdict, Vec::new())
        } else {
            (self.verdict, self.missing)
        };
        ItemVerdict {
            id: item.id.clone(),
            verdict,
            wrong_step: self.verdict == Verdict::Hit
                && place.is_some_and(|place| place.step != Some(item.step)),
            evidence,
            missing,
            yours: None,
        }
    }
}

/// One quotation for each sentence, from the first word that counts to the last.
pub(super) fn quote(place: &Place<'_>, spans: &[Range<usize>]) -> Vec<Evidence> {
    let mut by_sentence: BTreeMap<usize, Range<usize>> = BTreeMap::new();
    for span in spans {
        let quotation = by_sentence
            .entry(place.reading.sentence_of(span.start))
            .or_insert_with(|| span.clone());
        quotation.start = quotation.start.min(span.start);
        quotation.end = quotation.end.max(span.end);
    }
    by_sentence
        .values()
        .map(|tokens| {
            let bytes = place.reading.bytes(tokens);
            Evidence {
                step: place.step,
                start: bytes.start,
                end: bytes.end,
                text: place.text.get(bytes).unwrap_or_default().to_owned(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
