//! Holding a case's rules against an answer: an item's own step first, then the other texts, with the
//! learner's own words as evidence.

use super::cap::{self, Claim};
use super::copied::{self, Copied};
use super::eval::{Eval, Finding};
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

    fn eval<'b>(&'b self, matcher: &'b Matcher) -> Eval<'b> {
        Eval::new(matcher, &self.reading, &self.spoken)
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
        let found = place.eval(&self.matcher).examine();
        if let Some(wrong) = self.contradiction(place, &found) {
            return Judged::new(Verdict::Conflict, own, wrong);
        }
        if found.hit {
            return Judged::new(Verdict::Hit, own, found);
        }
        if let Some(judged) = self.judge_elsewhere(places) {
            return judged;
        }
        if let Some(denied) = place.eval(&self.matcher).denial() {
            return Judged::new(Verdict::Conflict, own, denied);
        }
        if found.near {
            return Judged::new(Verdict::Maybe, own, found);
        }
        let homeless = places.iter().position(|place| place.step.is_none());
        if let Some((place, at)) = homeless.and_then(|at| Some((places.get(at)?, at))) {
            let near = place.eval(&self.matcher).examine();
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
                let wrong = self.contradiction(place, &found);
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
    fn contradiction(&self, place: &Place<'_>, found: &Finding) -> Option<Finding> {
        let is_near = |wrong: &Finding| found.homes.iter().all(|home| place.is_near(*home, wrong));
        self.wrongs(place)
            .find(|wrong| !found.hit || is_near(wrong))
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
mod tests {
    use super::super::fixtures::{answer, case, grade, item, lexicon, rule};
    use super::*;

    fn time_split() -> Item {
        let mut item = item("split", Step::Data, Kind::Must, "{all: [time-split, gap]}");
        item.wrong = vec![rule("random-split")];
        item
    }

    fn one(item: Item, steps: &[(Step, &str)]) -> ItemVerdict {
        grade(&case(vec![item]), &answer(steps)).items.remove(0)
    }

    #[test]
    fn own_step_hits_and_another_step_hits_as_wrong_step() {
        let found = one(time_split(), &[(Step::Data, "Logs. Time split, gap 7d.")]);
        assert_eq!((found.verdict, found.wrong_step), (Verdict::Hit, false));
        assert_eq!(found.evidence.len(), 1);
        assert_eq!(found.evidence[0].text, "Time split, gap");
        assert_eq!(found.evidence[0].step, Some(Step::Data));
        let found = one(time_split(), &[(Step::Model, "time split with a gap")]);
        assert_eq!((found.verdict, found.wrong_step), (Verdict::Hit, true));
        assert_eq!(found.evidence[0].step, Some(Step::Model));
    }

    #[test]
    fn text_of_no_step_earns_as_much_as_another_step() {
        let mut said = answer(&[]);
        said.elsewhere = "time split with a gap".to_owned();
        let found = grade(&case(vec![time_split()]), &said).items.remove(0);
        assert_eq!((found.verdict, found.wrong_step), (Verdict::Hit, true));
        assert_eq!(found.evidence[0].step, None);
        said.elsewhere = "time split".to_owned();
        let found = grade(&case(vec![time_split()]), &said).items.remove(0);
        assert_eq!(found.verdict, Verdict::Maybe);
    }

    #[test]
    fn half_of_it_is_a_maybe_and_nothing_is_missed() {
        let found = one(time_split(), &[(Step::Data, "we split by time")]);
        assert_eq!(found.verdict, Verdict::Maybe);
        assert_eq!(found.missing, ["gap"]);
        assert_eq!(found.evidence[0].text, "split by time");
        let found = one(time_split(), &[(Step::Data, "we have logs")]);
        assert_eq!(found.verdict, Verdict::Missed);
        assert_eq!(found.missing, ["time split", "gap"]);
        assert!(found.evidence.is_empty());
    }

    #[test]
    fn what_contradicts_the_item_is_a_conflict() {
        let text = "Time split with a gap for one test, random split for the other.";
        let found = one(time_split(), &[(Step::Data, text)]);
        assert_eq!(found.verdict, Verdict::Conflict);
        assert_eq!(found.evidence[0].text, "random split");
        let found = one(
            time_split(),
            &[(Step::Data, "time split, gap, no random split")],
        );
        assert_eq!(found.verdict, Verdict::Hit);
    }

    #[test]
    fn what_resembles_a_mistake_far_from_a_plain_statement_is_none() {
        let far = "We log what was shown, join it to what was known then, and keep it for a year. "
            .repeat(2);
        let text =
            format!("Time split with a gap. {far}A random split of the users for the canary.");
        let found = one(time_split(), &[(Step::Data, &text)]);
        assert_eq!(found.verdict, Verdict::Hit);
        // Said again beside it, there is a statement that nothing speaks against.
        let again =
            format!("Time split with a gap, no, a random split. {far}Time split with a gap.");
        let found = one(time_split(), &[(Step::Data, &again)]);
        assert_eq!(found.verdict, Verdict::Hit);
        let near = "Time split with a gap. A random split of the users for the canary.";
        let found = one(time_split(), &[(Step::Data, near)]);
        assert_eq!(found.verdict, Verdict::Conflict);
    }

    #[test]
    fn a_red_flag_is_taken_back_from_anywhere() {
        let far = "We log what was shown, join it to what was known then, and keep it for a year. "
            .repeat(2);
        let mut flag = item("flag", Step::Data, Kind::RedFlag, "random-split");
        flag.wrong = vec![rule("time-split")];
        let text = format!("A random split of the users for the canary. {far}Time split.");
        let found = one(flag.clone(), &[(Step::Data, &text)]);
        assert_eq!(found.verdict, Verdict::Conflict);
        let said = (Step::Data, "a random split");
        let steps = [said, (Step::Evaluate, "no, a time split")];
        assert_eq!(one(flag.clone(), &steps).verdict, Verdict::Conflict);
        assert_eq!(one(flag, &[said]).verdict, Verdict::Hit);
    }

    #[test]
    fn long_entries_of_a_list_are_not_put_together() {
        let both = |text: &str| {
            let together = item(
                "i",
                Step::Data,
                Kind::Must,
                "{all: [calibration, canary], within: passage}",
            );
            one(together, &[(Step::Data, text)]).verdict
        };
        let (first, second) = (
            "calibration by slice and by week on what was really shown to them, with a table of bins and counts",
            "a canary of one per cent of the users for a day before the rest, watched by whoever made the change",
        );
        assert_eq!(both(&format!("{first}. {second}.")), Verdict::Hit);
        assert_eq!(both(&format!("- {first}\n- {second}")), Verdict::Maybe);
        assert_eq!(
            both("- calibration by slice\n- canary of one per cent"),
            Verdict::Hit
        );
    }

    #[test]
    fn what_is_wrong_in_its_own_step_needs_no_match() {
        let wrong = (Step::Data, "We split at random.");
        let found = one(time_split(), &[wrong]);
        assert_eq!(found.verdict, Verdict::Conflict);
        assert_eq!(found.evidence[0].text, "split at random");
        assert!(found.missing.is_empty());
        // Said right in another step, it stands against it all the same.
        let found = one(
            time_split(),
            &[wrong, (Step::Model, "time split with a gap")],
        );
        assert_eq!(found.verdict, Verdict::Conflict);
        assert_eq!(found.evidence[0].step, Some(Step::Data));
        let found = one(time_split(), &[(Step::Model, "a random split")]);
        assert_eq!(found.verdict, Verdict::Missed);
    }

    #[test]
    fn a_red_flag_is_never_a_maybe_and_stays_in_its_step_when_it_can_be_taken_back() {
        let plain = item("flag", Step::Data, Kind::RedFlag, "random-split");
        assert_eq!(
            one(plain.clone(), &[(Step::Model, "a random split")]).verdict,
            Verdict::Hit
        );
        assert_eq!(
            one(plain, &[(Step::Data, "no random split")]).verdict,
            Verdict::Missed
        );
        let taken_back = "{all: [random-split], none: [time-split], within: answer}";
        let flag = item("flag", Step::Data, Kind::RedFlag, taken_back);
        let model = (Step::Model, "a random split for tuning");
        assert_eq!(one(flag.clone(), &[model]).verdict, Verdict::Missed);
        assert_eq!(
            one(flag, &[(Step::Data, "a random split")]).verdict,
            Verdict::Hit
        );
        let pair = item(
            "flag",
            Step::Data,
            Kind::RedFlag,
            "{all: [random-split, gap]}",
        );
        assert_eq!(
            one(pair, &[(Step::Data, "a random split")]).verdict,
            Verdict::Missed
        );
    }

    #[test]
    fn unknown_concepts_are_named_with_their_items() {
        let mut second = time_split();
        second.wrong = vec![rule("yeti")];
        let case = case(vec![item("a", Step::Data, Kind::Must, "troll"), second]);
        let unknown = CaseRules::compile(&case, &Lexicon::new(&lexicon())).unwrap_err();
        let named: Vec<_> = unknown.iter().map(ToString::to_string).collect();
        assert_eq!(
            named,
            [
                "`a` asks for `troll`, which the lexicon does not have",
                "`split` asks for `yeti`, which the lexicon does not have"
            ]
        );
    }

    #[test]
    fn the_learner_may_answer_and_the_machine_keeps_its_verdict() {
        let mut graded = grade(
            &case(vec![time_split()]),
            &answer(&[(Step::Data, "time split")]),
        );
        graded.set_yours("split", true);
        graded.set_yours("nothing", true);
        let item = graded.item("split").unwrap();
        assert_eq!((item.verdict, item.yours), (Verdict::Maybe, Some(true)));
    }
}
