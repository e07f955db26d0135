//! What is said not to be so. A negator reaches forward, to the end of its clause.

use super::normal::{Gap, Token};
use super::number::unit_after;
use super::refused::refused;
use super::spoken;
use super::statement::{is_contracted, is_subject, taken_up};
use std::ops::Range;

/// Tokens that a negator reaches past itself.
pub(super) const REACH: usize = 6;

/// A negating word or pair of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Negator {
    /// The token at which it begins.
    pub(super) at: usize,
    /// "avoid leakage", "no skew", "without drift" name the trouble in order to deal with it.
    pub(super) soft: bool,
}

/// For each token, the negators that reach a form which begins there.
#[derive(Clone, Debug, Default)]
pub(super) struct Negation {
    before: Vec<Vec<Negator>>,
}

impl Negation {
    /// `form_end` says where the longer form ends that a token lies inside: the "no" of "no show
    /// rate" negates nothing after it.
    pub(super) fn read(
        tokens: &[Token],
        sentences: &[Range<usize>],
        form_end: impl Fn(usize) -> Option<usize>,
    ) -> Self {
        let mut before = vec![Vec::new(); tokens.len()];
        for sentence in sentences {
            refused(tokens, sentence, &mut before);
            let mut open = Open::default();
            for at in sentence.clone() {
                open.pass(tokens, sentence, at);
                open.take_up(tokens, at, &mut before);
                if let Some(slot) = before.get_mut(at) {
                    slot.extend(open.reaching(at));
                }
                open.take(tokens, sentence, at, form_end(at));
            }
        }
        Self { before }
    }

    /// Whether a form that begins at a token is negated. Two negators make none. `waived` are
    /// tokens that the rule asks for itself: for "not shown is not a negative" they negate nothing.
    pub(super) fn negates(&self, at: usize, trouble: impl Fn() -> bool, waived: &[usize]) -> bool {
        let Some(negators) = self.before.get(at) else {
            return false;
        };
        let counts = |negator: &&Negator| {
            let dealt_with = negator.soft && trouble();
            !dealt_with && waived.binary_search(&negator.at).is_err()
        };
        negators.iter().filter(counts).count() % 2 == 1
    }
}

/// A negator and the tokens that it reaches.
struct Reach {
    negator: Negator,
    tokens: Range<usize>,
    /// "instead of", "without": ends where the sentence takes up its verb.
    preposition: bool,
    /// "no", "none", "not every": what is denied may be the subject of what follows.
    noun: bool,
}

/// Negators whose clause has not ended yet.
#[derive(Default)]
struct Open {
    negators: Vec<Reach>,
    /// "I do not think we need …": the next subject does not end the negation.
    thinking: bool,
}

impl Open {
    /// Ends what a token ends.
    fn pass(&mut self, tokens: &[Token], sentence: &Range<usize>, at: usize) {
        self.negators.retain(|reach| at < reach.tokens.end);
        let Some(token) = tokens.get(at) else { return };
        let word = token.word.as_str();
        let next = tokens.get(at + 1).filter(|_| sentence.contains(&(at + 1)));
        let next = next.map_or("", |token| token.word.as_str());
        let speaks = is_subject(word) || word == "you" || is_contracted(token);
        if token.gap == Gap::Clause || ends_clause(word) {
            self.negators.clear();
            self.thinking = false;
        } else if (speaks || turns(word, next)) && !self.thinking {
            self.negators.clear();
        } else if matches!(
            token.stem.as_str(),
            "use" | "report" | "choos" | "pick" | "prefer"
        ) {
            // "instead of accuracy use …", but not "rather than use …".
            self.negators
                .retain(|reach| !reach.preposition || reach.tokens.start >= at);
        } else if matches!(
            token.stem.as_str(),
            "think"
                | "believ"
                | "expect"
                | "suggest"
                | "recommend"
                | "say"
                | "mean"
                | "sure"
                | "guarante"
                | "ensur"
                | "impli"
                | "assum"
                | "know"
        ) {
            self.thinking = !self.negators.is_empty();
        }
    }

    /// Ends what a verb with a subject of its own ends, which nobody hears before the verb.
    fn take_up(&mut self, tokens: &[Token], at: usize, before: &mut [Vec<Negator>]) {
        if self.thinking {
            return;
        }
        self.negators.retain(|reach| {
            let Some(subject) = taken_up(tokens, reach.tokens.start, at, reach.noun) else {
                return true;
            };
            for slot in before.get_mut(subject..at).into_iter().flatten() {
                slot.retain(|negator| *negator != reach.negator);
            }
            false
        });
    }

    fn reaching(&self, at: usize) -> Vec<Negator> {
        self.negators
            .iter()
            .filter(|reach| reach.tokens.contains(&at))
            .map(|reach| reach.negator)
            .collect()
    }

    /// Takes up the negator that begins at a token, if one does.
    fn take(
        &mut self,
        tokens: &[Token],
        sentence: &Range<usize>,
        at: usize,
        form_end: Option<usize>,
    ) {
        let word = |i: usize| {
            tokens
                .get(i)
                .filter(|_| sentence.contains(&i))
                .map_or("", |token| token.word.as_str())
        };
        let before = at.checked_sub(1).map_or("", word);
        let next = word(at + 1);
        let (length, soft, preposition) = match word(at) {
            "not" if matches!(next, "only" | "just" | "merely" | "simply") => return,
            "not" if matches!(before, "why" | "if" | "or" | "whether") => return,
            "no" if matches!(next, "doubt" | "matter") || takes_back(tokens, sentence, at) => {
                return
            }
            "not" | "no" | "never" if states_a_limit(tokens, sentence, at) => return,
            "not" | "no" if is_comparison(next) && word(at + 2) == "than" => return,
            "without" if next == "doubt" || (next == "a" && word(at + 2) == "doubt") => return,
            "not" | "never" | "neither" | "none" => (1, false, false),
            "no" | "avoid" | "avoids" | "avoided" | "avoiding" => (1, true, false),
            "without" => (1, true, true),
            "instead" if next == "of" => (2, false, true),
            "rather" if next == "than" => (2, false, true),
            "skip" | "skipping" | "skipped" | "drop" | "dropping" | "dropped"
                if !is_noun_before(before) && !takes_no_object(next) =>
            {
                (1, false, false)
            }
            "ignore" | "ignores" | "ignored" | "ignoring" | "omit" | "omits" | "omitting"
            | "forgo" | "refuse" | "refuses" | "disable" | "disabling"
                if !is_noun_before(before) && !takes_no_object(next) =>
            {
                (1, false, false)
            }
            "leave" | "leaving" | "left" if next == "out" => (2, false, false),
            "nor" => {
                self.negators.clear();
                (1, false, false)
            }
            _ => return,
        };
        let after = at + length;
        // A form that ends with its negator, as "is not" does, says nothing of what is negated.
        let end = form_end
            .filter(|end| *end > after)
            .map_or(after + REACH, |end| end.min(after + REACH));
        self.negators.push(Reach {
            negator: Negator { at, soft },
            tokens: after..end,
            preposition,
            noun: match word(at) {
                "no" | "none" | "neither" | "nor" => true,
                own => own == "not" && matches!(next, "all" | "every" | "each" | "any" | "one"),
            },
        });
    }
}

/// Whether a word can negate, on its own or as the beginning of a pair.
pub(super) fn is_negator(word: &str) -> bool {
    matches!(
        word,
        "not"
            | "no"
            | "never"
            | "without"
            | "neither"
            | "nor"
            | "none"
            | "instead"
            | "rather"
            | "avoid"
            | "avoids"
            | "avoided"
            | "avoiding"
            | "skip"
            | "skipping"
            | "skipped"
            | "drop"
            | "dropping"
            | "dropped"
    )
}

pub(super) fn ends_clause(word: &str) -> bool {
    word == "and" || begins_clause(word)
}

/// Whether a word opens a clause of its own.
pub(super) fn begins_clause(word: &str) -> bool {
    matches!(
        word,
        "but"
            | "although"
            | "though"
            | "however"
            | "because"
            | "since"
            | "so"
            | "then"
            | "while"
            | "whereas"
            | "yet"
            | "therefore"
            | "unless"
            | "until"
    )
}

/// Words with which a speaker turns to the next thing.
fn turns(word: &str, next: &str) -> bool {
    match word {
        "okay" | "ok" | "otherwise" | "also" => true,
        "instead" => next != "of",
        "rather" => next != "than",
        "let" => matches!(next, "us" | "me"),
        _ => false,
    }
}

/// "no the precision", "no by card", "daily no hourly", "7 no 14": a "no" that denies a thing stands
/// right before it, so this one takes back what was said.
fn takes_back(tokens: &[Token], sentence: &Range<usize>, at: usize) -> bool {
    let Some(next) = tokens.get(at + 1).filter(|_| sentence.contains(&(at + 1))) else {
        return false;
    };
    let before = at.checked_sub(1).filter(|i| sentence.contains(i));
    let adverbs = before.and_then(|i| tokens.get(i));
    let adverbs = adverbs.is_some_and(|token| token.word.ends_with("ly"));
    let amount = before.is_some_and(|i| {
        unit_after(tokens, i).is_some() || tokens.get(i).is_some_and(spoken::is_number)
    });
    if (adverbs && next.word.ends_with("ly")) || (amount && spoken::is_number(next)) {
        return true;
    }
    matches!(
        next.word.as_str(),
        "the"
            | "a"
            | "an"
            | "by"
            | "in"
            | "on"
            | "at"
            | "for"
            | "with"
            | "from"
            | "to"
            | "it"
            | "that"
            | "this"
            | "we"
            | "i"
            | "you"
            | "they"
            | "so"
            | "wait"
            | "sorry"
            | "actually"
    )
}

/// "no slice falls by more than 2 %" says by how much it may, and denies nothing.
fn states_a_limit(tokens: &[Token], sentence: &Range<usize>, at: usize) -> bool {
    let within = at + 1..sentence.end.min(at + 1 + REACH);
    let ahead = tokens.get(within).unwrap_or_default();
    let clause = ahead.iter().position(|token| token.gap == Gap::Clause);
    let ahead = ahead
        .get(..clause.unwrap_or(ahead.len()))
        .unwrap_or_default();
    let than = ahead
        .windows(2)
        .position(|pair| matches!(pair, [a, b] if is_comparison(&a.word) && b.word == "than"));
    let number = than.and_then(|than| tokens.get(at + 1 + than + 2));
    number.is_some_and(spoken::is_number)
}

fn is_comparison(word: &str) -> bool {
    matches!(
        word,
        "more" | "less" | "fewer" | "later" | "longer" | "earlier" | "worse" | "sooner"
    )
}

/// "a drop in recall" is a noun.
fn is_noun_before(word: &str) -> bool {
    matches!(
        word,
        "a" | "the" | "any" | "this" | "that" | "each" | "per" | "big" | "sudden" | "large"
    )
}

/// "drop below", "skip connection", "dropped at serving": what follows is not what is dropped.
fn takes_no_object(word: &str) -> bool {
    matches!(
        word,
        "" | "is"
            | "are"
            | "was"
            | "in"
            | "of"
            | "by"
            | "below"
            | "to"
            | "off"
            | "under"
            | "from"
            | "at"
            | "when"
            | "if"
            | "after"
            | "out"
            | "on"
            | "connection"
            | "connections"
            | "gram"
            | "list"
            | "rate"
    )
}

/// Things that are named in order to be avoided.
pub(super) fn is_trouble(stem: &str) -> bool {
    matches!(
        stem,
        "leak"
            | "leakag"
            | "skew"
            | "bias"
            | "drift"
            | "overfit"
            | "nois"
            | "noisi"
            | "stale"
            | "outag"
            | "downtim"
            | "duplic"
            | "collis"
            | "collaps"
            | "clickbait"
            | "interfer"
            | "imbal"
            | "contamin"
            | "halluc"
            | "hallucin"
            | "starvat"
            | "thunder"
            | "stamped"
            | "cannib"
            | "cannibalis"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grading::normal::tokens;
    use crate::grading::stem::Stems;

    /// Whether `word` is negated in `text`, which is one sentence.
    fn negated(text: &str, word: &str) -> bool {
        let tokens = tokens(text, 0, &Stems::new());
        let whole = 0..tokens.len();
        let negation = Negation::read(&tokens, std::slice::from_ref(&whole), |_| None);
        let at = tokens.iter().position(|token| token.word == word).unwrap();
        negation.negates(at, || is_trouble(&tokens[at].stem), &[])
    }

    #[test]
    fn negators_reach_to_the_end_of_their_clause() {
        for text in [
            "avoid a random split",
            "we do not want to use a simple random split",
            "don't split at random",
            "we won’t do random splits",
            "never a random one",
            "without any random split",
            "time split rather than a random split",
            "rather than use a random split",
            "skip the random split",
            "no random or stratified split",
            "neither random nor stratified",
            "I don't think we need a random split",
        ] {
            assert!(negated(text, "random"), "{text}");
        }
        assert!(negated("neither random nor stratified", "stratified"));
        for text in [
            "random split",
            "we do not shuffle, random split",
            "no time split but a random split",
            "no shuffling and a random split",
            "not shuffled because random",
            "no cache (random split)",
            "not only a random split",
            "not just random",
            "why not a random split",
            "no doubt random",
            "no later than random",
            "a drop in random recall",
            "metrics must not drop below random",
            "no budget for a much larger team of people means random",
        ] {
            assert!(
                text.starts_with("metrics") || !negated(text, "random"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_new_statement_ends_a_negation_without_a_comma() {
        for text in [
            "the ones the old system never showed are random",
            "we never shuffle the random part is later",
            "we have no labels it is random",
            "no labels yet that's random",
            "we do not shuffle let us take random ones",
            "not shown is random",
            "skipping the gap is random",
        ] {
            assert!(!negated(text, "random"), "{text}");
        }
        for text in [
            "no split is random",
            "none of the splits are random",
            "no split of the data is random",
            "it does not mean the split is random",
            "we do not say whether the split is random",
            "never use a split that is random",
            "we do not think it's random",
            "we do not want to use a random split",
        ] {
            assert!(negated(text, "random"), "{text}");
        }
    }

    #[test]
    fn a_no_that_takes_back_and_a_limit_deny_nothing() {
        for text in [
            "the ROC curve no the random one",
            "by user no by random groups",
            "daily no randomly random",
            "one hour no 30 random minutes",
            "within 7 no 14 random days",
            "an hour no sorry random",
            "no random slice falls by more than one point",
            "never over random by more than 2 %",
        ] {
            assert!(!negated(text, "random"), "{text}");
        }
        assert!(negated("no random slice is more than a toy", "random"));
    }

    #[test]
    fn instead_of_ends_where_the_replacement_begins() {
        for text in [
            "instead of accuracy we report recall",
            "instead of accuracy, recall",
            "instead of accuracy report recall",
            "rather than accuracy use recall",
        ] {
            assert!(negated(text, "accuracy"), "{text}");
            assert!(!negated(text, "recall"), "{text}");
        }
    }

    #[test]
    fn what_is_called_unnecessary_is_negated_though_it_stands_first() {
        for text in [
            "a random split is not good enough",
            "random splits are not really needed",
            "a random split would be wrong",
            "we ignore the random part",
            "leave out the random part",
        ] {
            assert!(negated(text, "random"), "{text}");
        }
        for text in [
            "a random split is good",
            "a random split is not only good",
            "random, and recall is not needed",
            "a random split is never unnecessary",
            "the random ones are wrong removals",
            "what should drop is random",
        ] {
            assert!(!negated(text, "random"), "{text}");
        }
    }

    #[test]
    fn two_negators_make_none() {
        assert!(!negated("never skip calibration", "calibration"));
        assert!(!negated("not without calibration", "calibration"));
        assert!(!negated("we cannot avoid calibration", "calibration"));
    }

    #[test]
    fn trouble_that_is_avoided_is_named() {
        assert!(!negated("split by time to avoid leakage", "leakage"));
        assert!(!negated("logging at serving means no skew", "skew"));
        assert!(negated("we do not correct the bias", "bias"));
    }

    #[test]
    fn a_negator_inside_a_longer_form_or_asked_for_does_not_count() {
        let tokens = tokens("no show rate", 0, &Stems::new());
        let whole = 0..3;
        let whole = std::slice::from_ref(&whole);
        let inside = Negation::read(&tokens, whole, |_| Some(2));
        assert!(!inside.negates(2, || false, &[]));
        assert!(inside.negates(1, || false, &[]));
        let last = Negation::read(&tokens, whole, |at| (at == 0).then_some(1));
        assert!(last.negates(2, || false, &[]));
        let free = Negation::read(&tokens, whole, |_| None);
        assert!(free.negates(2, || false, &[]));
        assert!(!free.negates(2, || false, &[0]));
    }
}
