//! Holding a compiled rule against a text that was read.

use super::negation::is_negator;
use super::order;
use super::phrases::Spoken;
use super::reading::{Reading, Window};
use super::rule::{Group, Matcher, Node};
use crate::content::{Said, Within};
use std::cell::OnceCell;
use std::ops::Range;

/// Sentences that are looked for of all that say the same: a point needs one that has room for it.
const HOMES: usize = 8;

/// What a rule finds, in tokens.
#[derive(Clone, Debug, Default)]
pub(super) struct Finding {
    pub(super) hit: bool,
    pub(super) near: bool,
    pub(super) spans: Vec<Range<usize>>,
    /// Sentences that say it: any one of them for a rule about sentences, all that it rests on for a
    /// rule about the answer.
    pub(super) homes: Vec<usize>,
    pub(super) missing: Vec<String>,
}

impl Finding {
    /// The spans as bytes of the text, in order, merged where they overlap.
    pub(super) fn bytes(&self, reading: &Reading) -> Vec<Range<usize>> {
        let mut bytes: Vec<Range<usize>> =
            self.spans.iter().map(|span| reading.bytes(span)).collect();
        bytes.sort_by_key(|range| (range.start, range.end));
        let mut out: Vec<Range<usize>> = Vec::with_capacity(bytes.len());
        for range in bytes {
            match out.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => out.push(range),
            }
        }
        out
    }
}

/// Tokens that satisfy a part of a rule.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub(super) tokens: Range<usize>,
    /// Found by a concept and not by literal words alone.
    pub(super) concept: bool,
}

/// A text under one rule.
pub(super) struct Eval<'a> {
    pub(super) matcher: &'a Matcher,
    pub(super) reading: &'a Reading,
    pub(super) spoken: &'a Spoken,
    /// Tokens of negators that the rule itself asks for.
    waived: OnceCell<Vec<usize>>,
}

/// Where to look, and whether negated words count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope {
    pub(super) window: Window,
    pub(super) said: Said,
}

impl Scope {
    /// What is affirmed in a window.
    pub(super) fn affirmed(window: Window) -> Self {
        let said = Said::Affirmed;
        Self { window, said }
    }
}

impl<'a> Eval<'a> {
    /// `spoken` is where the reading says the phrases of the matcher.
    pub(super) fn new(matcher: &'a Matcher, reading: &'a Reading, spoken: &'a Spoken) -> Self {
        Self {
            matcher,
            reading,
            spoken,
            waived: OnceCell::new(),
        }
    }

    /// Most rules fail before anything is asked about negation.
    fn waived(&self) -> &[usize] {
        self.waived.get_or_init(|| {
            let all = 0..self.reading.words();
            let negator = |at: &usize| {
                let token = self.reading.tokens().get(*at);
                token.is_some_and(|token| is_negator(&token.word))
            };
            let phrases = self.matcher.negating.iter();
            let mut waived: Vec<usize> = phrases
                .flat_map(|phrase| self.spoken.places(*phrase, &all))
                .flatten()
                .filter(negator)
                .collect();
            waived.sort_unstable();
            waived.dedup();
            waived
        })
    }

    /// What the text says of it, and what is missing where it does not say all.
    pub(super) fn examine(&self) -> Finding {
        if self.reading.is_empty() {
            return Finding {
                missing: super::near::near(self).missing,
                ..Finding::default()
            };
        }
        self.hit().unwrap_or_else(|| super::near::near(self))
    }

    /// Where the text says it.
    pub(super) fn hit(&self) -> Option<Finding> {
        self.said(Said::Affirmed)
    }

    /// Where the text says that something is not so, or will not be done, of which the rule asks
    /// that it is: the rule holds once the negations are taken away.
    pub(super) fn denial(&self) -> Option<Finding> {
        let found = self.said(Said::Either)?;
        let denied = |span: &Range<usize>| self.reading.is_negated(span, self.waived());
        found.spans.iter().any(denied).then_some(found)
    }

    fn said(&self, said: Said) -> Option<Finding> {
        if self.reading.is_empty() || !self.may_hold(&self.matcher.root) {
            return None;
        }
        let scope = Scope {
            window: Window::Answer,
            said,
        };
        let spans = self.holds(&self.matcher.root, scope)?;
        let spans: Vec<_> = spans.into_iter().map(|span| span.tokens).collect();
        Some(Finding {
            hit: true,
            homes: self.homes(&spans, said),
            spans,
            ..Finding::default()
        })
    }

    /// Whether all words that a node needs are somewhere in the text. Most rules fail here, before
    /// any window is looked at.
    fn may_hold(&self, node: &Node) -> bool {
        match node {
            Node::Concept(concept) => {
                let mut places = self.reading.concept(*concept, Window::Answer);
                places.next().is_some()
            }
            Node::Phrase(words) => self.spoken.says(words.index),
            Node::Number(..) => true,
            Node::Near(parts, _) => parts.iter().all(|part| self.may_hold(part)),
            Node::Change(of, _) => self.may_hold(of),
            Node::Before(pair) => pair.iter().all(|part| self.may_hold(part)),
            Node::Group(group) => {
                let mut needed = group.all.iter().chain(&group.order);
                needed.all(|part| self.may_hold(part))
                    && (group.any.is_empty() || group.any.iter().any(|part| self.may_hold(part)))
            }
        }
    }

    /// What satisfies a node in a window, if anything does.
    pub(super) fn holds(&self, node: &Node, scope: Scope) -> Option<Vec<Span>> {
        let places = |node| self.places(node, scope);
        match node {
            // Most ways to say something are nowhere in the text.
            Node::Phrase(words) if !self.spoken.says(words.index) => None,
            Node::Concept(_) | Node::Phrase(..) | Node::Number(..) => {
                Some(vec![self.said_in(node, scope).next()?])
            }
            Node::Group(group) => self.group(group, scope),
            Node::Near(..) if !self.may_hold(node) => None,
            Node::Near(parts, words) => {
                let found = parts.iter().map(|part| Some(places(part)));
                let found = found.map(|places| places.filter(|places| !places.is_empty()));
                order::close(&found.collect::<Option<Vec<_>>>()?, *words)
            }
            Node::Change(of, to) => {
                let window = self.reading.range(scope.window);
                let tokens = self.reading.tokens();
                let negated = |at: usize| self.reading.is_negated(&(at..at + 1), self.waived());
                order::changing(places(of), *to, tokens, &window, negated)
            }
            Node::Before(pair) => {
                let [first, then] = pair.as_ref();
                let tokens = self.reading.tokens();
                order::sequence(&places(first), &places(then), tokens)
            }
        }
    }

    fn group(&self, group: &Group, scope: Scope) -> Option<Vec<Span>> {
        let Scope { window, said } = scope;
        let said = group.said.unwrap_or(said);
        let body = |window| self.body(group, Scope { window, said });
        match (group.within, window) {
            (Some(Within::Answer), _) => body(Window::Answer),
            (Some(Within::Sentence), Window::Answer) => {
                let mut near = self.near_anchors(group);
                let windows = self.reading.sentences_in(window);
                windows.filter(|own| near(*own)).find_map(body)
            }
            (Some(Within::Passage), Window::Answer) => {
                let mut near = self.near_anchors(group);
                let windows = self.reading.passages();
                windows.filter(|own| near(*own)).find_map(body)
            }
            (Some(Within::Sentence), Window::Passage(..)) => {
                self.reading.sentences_in(window).find_map(body)
            }
            (Some(Within::Clause), Window::Answer | Window::Passage(..) | Window::Sentence(_)) => {
                self.reading.clauses_in(window).find_map(body)
            }
            _ => body(window),
        }
    }

    /// Whether a window can hold a group at all: one of the places of the part that is said least
    /// often must lie in it.
    fn near_anchors(&self, group: &Group) -> impl FnMut(Window) -> bool + '_ {
        let anchors = self.anchors_of(group);
        move |window| {
            anchors.as_ref().is_none_or(|anchors| {
                let range = self.reading.range(window);
                let first = anchors.partition_point(|at| *at < range.start);
                anchors.get(first).is_some_and(|at| *at < range.end)
            })
        }
    }

    fn anchors_of(&self, group: &Group) -> Option<Vec<usize>> {
        let needed = group.all.iter().chain(&group.order);
        let each = needed.filter_map(|part| self.anchors(part));
        let choice = self.anchors_of_any(&group.any);
        each.chain(choice).min_by_key(Vec::len)
    }

    fn anchors_of_any(&self, any: &[Node]) -> Option<Vec<usize>> {
        if any.is_empty() {
            return None;
        }
        let each: Option<Vec<Vec<usize>>> = any.iter().map(|part| self.anchors(part)).collect();
        let mut all = each?.concat();
        all.sort_unstable();
        Some(all)
    }

    /// Tokens at one of which a node must begin, in order; none when it may be anywhere.
    fn anchors(&self, node: &Node) -> Option<Vec<usize>> {
        let rarest = |parts: &[Node]| {
            let each = parts.iter().filter_map(|part| self.anchors(part));
            each.min_by_key(Vec::len)
        };
        match node {
            Node::Concept(concept) => {
                let places = self.reading.concept(*concept, Window::Answer);
                Some(places.map(|place| place.start).collect())
            }
            Node::Phrase(words) => {
                let places = self.spoken.places(words.index, &(0..self.reading.words()));
                Some(places.map(|place| place.start).collect())
            }
            Node::Number(..) => {
                let all = self.reading.quantities(Window::Answer);
                Some(all.map(|(at, _)| *at).collect())
            }
            Node::Near(parts, _) => rarest(parts),
            Node::Change(of, _) => self.anchors(of),
            Node::Before(pair) => rarest(pair.as_ref()),
            Node::Group(group) => self.anchors_of(group),
        }
    }

    fn body(&self, group: &Group, scope: Scope) -> Option<Vec<Span>> {
        if group.is_empty() {
            return None;
        }
        let mut spans = self.together(group, scope)?;
        if !group.order.is_empty() {
            spans.extend(self.in_order(&group.order, scope)?);
        }
        (!self.says_any(&group.none, scope)).then_some(spans)
    }

    /// What satisfies the lists that ask for something in no order.
    fn together(&self, group: &Group, scope: Scope) -> Option<Vec<Span>> {
        let mut spans = Vec::new();
        for part in &group.all {
            spans.extend(self.holds(part, scope)?);
        }
        if !group.any.is_empty() {
            let found = group.any.iter().find_map(|part| self.holds(part, scope))?;
            spans.extend(found);
        }
        Some(spans)
    }

    pub(super) fn says_any(&self, nodes: &[Node], scope: Scope) -> bool {
        nodes.iter().any(|node| self.holds(node, scope).is_some())
    }

    /// Each of these after the end of the one before. Taking the earliest end each time finds an
    /// order wherever there is one.
    fn in_order(&self, nodes: &[Node], scope: Scope) -> Option<Vec<Span>> {
        let mut after = 0;
        let mut spans = Vec::with_capacity(nodes.len());
        for node in nodes {
            let next = self
                .places(node, scope)
                .into_iter()
                .filter(|span| span.tokens.start >= after)
                .min_by_key(|span| span.tokens.end)?;
            after = next.tokens.end;
            spans.push(next);
        }
        Some(spans)
    }

    /// All the places where a node is said in a window; for a group of several parts, the stretch
    /// from the first of them to the last.
    fn places(&self, node: &Node, scope: Scope) -> Vec<Span> {
        match node {
            Node::Concept(_) | Node::Phrase(..) | Node::Number(..) => {
                self.said_in(node, scope).collect()
            }
            Node::Group(group) if group.only_offers() => {
                let said = group.said.unwrap_or(scope.said);
                let scope = Scope { said, ..scope };
                let parts = group.any.iter();
                parts.flat_map(|part| self.places(part, scope)).collect()
            }
            Node::Group(_) | Node::Near(..) | Node::Change(..) | Node::Before(_) => {
                let spans = self.holds(node, scope).unwrap_or_default();
                let start = spans.iter().map(|span| span.tokens.start).min();
                let end = spans.iter().map(|span| span.tokens.end).max();
                let concept = spans.iter().any(|span| span.concept);
                start
                    .zip(end)
                    .map(|(start, end)| Span {
                        tokens: start..end,
                        concept,
                    })
                    .into_iter()
                    .collect()
            }
        }
    }

    /// Where words or a number are said in a window, one after the other; nothing for a group.
    fn said_in<'b>(&'b self, node: &'b Node, scope: Scope) -> impl Iterator<Item = Span> + 'b {
        let Scope { window, said } = scope;
        let counts = move |place: &Range<usize>| match said {
            Said::Either => true,
            Said::Affirmed => !self.reading.is_negated(place, self.waived()),
            Said::Negated => self.reading.is_negated(place, self.waived()),
        };
        let concept = match node {
            Node::Concept(concept) => Some(self.reading.concept(*concept, window)),
            _ => None,
        };
        let phrase = match node {
            Node::Phrase(words) if self.spoken.says(words.index) => {
                let range = self.reading.range(window);
                Some(self.spoken.places(words.index, &range))
            }
            _ => None,
        };
        // A number is what it is, negated or not.
        let number = match node {
            Node::Number(wanted, _) => {
                let tokens = self.reading.tokens();
                let all = self.reading.quantities(window);
                let wanted = all.filter(move |(_, found)| wanted.is(tokens, found));
                Some(wanted.map(|(at, found)| *at..found.end))
            }
            _ => None,
        };
        let span = |concept| move |tokens| Span { tokens, concept };
        let concept = concept.into_iter().flatten().filter(counts).map(span(true));
        let phrase = phrase.into_iter().flatten().filter(counts).map(span(false));
        let number = number.into_iter().flatten().map(span(false));
        concept.chain(phrase).chain(number)
    }

    fn homes(&self, spans: &[Range<usize>], said: Said) -> Vec<usize> {
        let mut homes: Vec<usize> = match &self.matcher.root {
            Node::Group(group)
                if matches!(group.within, Some(Within::Sentence | Within::Passage)) =>
            {
                let mut near = self.near_anchors(group);
                let windows = self.reading.sentences_in(Window::Answer);
                let holding = windows.filter(|own| near(*own)).filter(|window| {
                    let window = *window;
                    self.group(group, Scope { window, said }).is_some()
                });
                let ranges = holding.take(HOMES).map(|window| self.reading.range(window));
                ranges
                    .map(|range| self.reading.sentence_of(range.start))
                    .collect()
            }
            node @ (Node::Concept(_) | Node::Phrase(..) | Node::Number(..)) => self
                .places(
                    node,
                    Scope {
                        window: Window::Answer,
                        said,
                    },
                )
                .iter()
                .map(|span| self.reading.sentence_of(span.tokens.start))
                .collect(),
            _ => spans
                .iter()
                .map(|span| self.reading.sentence_of(span.start))
                .collect(),
        };
        if homes.is_empty() {
            homes.extend(
                spans
                    .iter()
                    .map(|span| self.reading.sentence_of(span.start)),
            );
        }
        homes.sort_unstable();
        homes.dedup();
        homes
    }
}
