//! Holding a compiled rule against a text that was read.

use super::negation::is_negator;
use super::reading::{Reading, Window};
use super::rule::{Group, Matcher, Node};
use crate::content::Within;
use std::ops::Range;

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
    /// Tokens of negators that the rule itself asks for.
    waived: Vec<usize>,
}

pub(super) fn examine(matcher: &Matcher, reading: &Reading) -> Finding {
    if reading.is_empty() {
        return Finding {
            missing: super::near::near(&Eval::new(matcher, reading)).missing,
            ..Finding::default()
        };
    }
    let eval = Eval::new(matcher, reading);
    if let Some(spans) = eval.holds(&matcher.root, Window::Answer) {
        let spans: Vec<_> = spans.into_iter().map(|span| span.tokens).collect();
        return Finding {
            hit: true,
            homes: eval.homes(&spans),
            spans,
            ..Finding::default()
        };
    }
    super::near::near(&eval)
}

impl<'a> Eval<'a> {
    pub(super) fn new(matcher: &'a Matcher, reading: &'a Reading) -> Self {
        let mut waived: Vec<usize> = matcher
            .negating
            .iter()
            .flat_map(|pattern| reading.pattern(pattern, Window::Answer))
            .flatten()
            .filter(|at| {
                reading
                    .tokens()
                    .get(*at)
                    .is_some_and(|t| is_negator(&t.word))
            })
            .collect();
        waived.sort_unstable();
        waived.dedup();
        Self {
            matcher,
            reading,
            waived,
        }
    }

    /// What satisfies a node in a window, if anything does.
    pub(super) fn holds(&self, node: &Node, window: Window) -> Option<Vec<Span>> {
        match node {
            Node::Concept(_) | Node::Phrase(..) | Node::Number(..) => {
                let first = self.places(node, window).into_iter().next()?;
                Some(vec![first])
            }
            Node::Group(group) => match (group.within, window) {
                (Some(Within::Answer), _) => self.body(group, Window::Answer),
                (Some(Within::Sentence), Window::Answer) => (0..self.reading.sentences().len())
                    .find_map(|number| self.body(group, Window::Sentence(number))),
                _ => self.body(group, window),
            },
        }
    }

    fn body(&self, group: &Group, window: Window) -> Option<Vec<Span>> {
        if group.is_empty() {
            return None;
        }
        let mut spans = self.together(group, window)?;
        if !group.order.is_empty() {
            spans.extend(self.in_order(&group.order, window)?);
        }
        (!self.says_any(&group.none, window)).then_some(spans)
    }

    /// What satisfies the lists that ask for something in no order.
    fn together(&self, group: &Group, window: Window) -> Option<Vec<Span>> {
        let mut spans = Vec::new();
        for part in &group.all {
            spans.extend(self.holds(part, window)?);
        }
        if !group.any.is_empty() {
            let found = group.any.iter().find_map(|part| self.holds(part, window))?;
            spans.extend(found);
        }
        Some(spans)
    }

    pub(super) fn says_any(&self, nodes: &[Node], window: Window) -> bool {
        nodes.iter().any(|node| self.holds(node, window).is_some())
    }

    /// Each of these after the end of the one before. Taking the earliest end each time finds an
    /// order wherever there is one.
    fn in_order(&self, nodes: &[Node], window: Window) -> Option<Vec<Span>> {
        let mut after = 0;
        let mut spans = Vec::with_capacity(nodes.len());
        for node in nodes {
            let next = self
                .places(node, window)
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
    fn places(&self, node: &Node, window: Window) -> Vec<Span> {
        let span = |concept: bool| move |tokens: Range<usize>| Span { tokens, concept };
        match node {
            Node::Concept(concept) => self
                .reading
                .concept(*concept, window, &self.waived)
                .map(span(true))
                .collect(),
            Node::Phrase(pattern, _) => self
                .reading
                .pattern(pattern, window)
                .filter(|place| !self.reading.is_negated(place, &self.waived))
                .map(span(false))
                .collect(),
            Node::Number(wanted, _) => self
                .reading
                .range(window)
                .filter_map(|at| Some(at..wanted.at(self.reading.tokens(), at)?))
                .map(span(false))
                .collect(),
            Node::Group(group) if group.is_choice() && group.none.is_empty() => group
                .any
                .iter()
                .flat_map(|part| self.places(part, window))
                .collect(),
            Node::Group(_) => {
                let spans = self.holds(node, window).unwrap_or_default();
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

    fn homes(&self, spans: &[Range<usize>]) -> Vec<usize> {
        let mut homes: Vec<usize> = match &self.matcher.root {
            Node::Group(group) if group.within == Some(Within::Sentence) => {
                (0..self.reading.sentences().len())
                    .filter(|number| self.body(group, Window::Sentence(*number)).is_some())
                    .collect()
            }
            node @ (Node::Concept(_) | Node::Phrase(..) | Node::Number(..)) => self
                .places(node, Window::Answer)
                .iter()
                .map(|span| self.reading.sentence_of(span.tokens.start))
                .collect(),
            Node::Group(_) => spans
                .iter()
                .map(|span| self.reading.sentence_of(span.start))
                .collect(),
        };
        homes.sort_unstable();
        homes.dedup();
        homes
    }
}
