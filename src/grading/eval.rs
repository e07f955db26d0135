//! Holding a compiled rule against a text that was read.

use super::live::{beginning_in, Heard, Live, LiveGroup};
use super::negation::is_negator;
use super::order;
use super::reading::{Reading, Window};
use super::rule::{Matcher, Node};
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
    pub(super) heard: Heard<'a>,
    /// What of the rule can hold in the text.
    root: OnceCell<Option<Live<'a>>>,
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
    pub(super) fn new(matcher: &'a Matcher, heard: Heard<'a>) -> Self {
        Self {
            matcher,
            heard,
            root: OnceCell::new(),
            waived: OnceCell::new(),
        }
    }

    fn root(&self) -> Option<&Live<'a>> {
        let live = || self.heard.live(&self.matcher.root);
        self.root.get_or_init(live).as_ref()
    }

    /// Most rules fail before anything is asked about negation.
    fn waived(&self) -> &[usize] {
        self.waived.get_or_init(|| {
            let tokens = self.heard.reading.tokens();
            let negator = |at: &usize| {
                let token = tokens.get(*at);
                token.is_some_and(|token| is_negator(&token.word))
            };
            let phrases = self.matcher.negating.iter();
            let mut waived: Vec<usize> = phrases
                .flat_map(|phrase| self.heard.spoken.places(*phrase))
                .cloned()
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
        self.hit().unwrap_or_else(|| self.near())
    }

    /// How far a text is from a rule that it does not satisfy.
    pub(super) fn near(&self) -> Finding {
        let near = super::near::near(self);
        if self.heard.reading.is_empty() {
            return Finding {
                missing: near.missing,
                ..Finding::default()
            };
        }
        near
    }

    /// Where the text says it.
    pub(super) fn hit(&self) -> Option<Finding> {
        self.said(Said::Affirmed)
    }

    /// Where the text says that something is not so, or will not be done, of which the rule asks
    /// that it is: the rule holds once the negations are taken away.
    pub(super) fn denial(&self) -> Option<Finding> {
        let found = self.said(Said::Either)?;
        let denied = |span: &Range<usize>| self.is_negated(span);
        found.spans.iter().any(denied).then_some(found)
    }

    fn said(&self, said: Said) -> Option<Finding> {
        if self.heard.reading.is_empty() {
            return None;
        }
        let root = self.root()?;
        let window = Window::Answer;
        let spans = self.find(root, Scope { window, said })?;
        Some(Finding {
            hit: true,
            spans: spans.iter().map(|span| span.tokens.clone()).collect(),
            homes: self.homes(root, spans, said),
            ..Finding::default()
        })
    }

    /// What satisfies a node in a window, if anything does.
    pub(super) fn holds(&self, node: &Node, scope: Scope) -> Option<Vec<Span>> {
        self.heard
            .live(node)
            .and_then(|live| self.find(&live, scope))
    }

    /// The same for a node that was cut down to what can hold.
    pub(super) fn find(&self, live: &Live<'_>, scope: Scope) -> Option<Vec<Span>> {
        let mut spans = Vec::new();
        self.add(live, scope, &mut spans).then_some(spans)
    }

    pub(super) fn says_any(&self, nodes: &[Live<'_>], scope: Scope) -> bool {
        nodes
            .iter()
            .any(|node| self.add(node, scope, &mut Vec::new()))
    }

    /// Whether a node holds. Adds what satisfies it; nothing when it does not hold.
    fn add(&self, live: &Live<'_>, scope: Scope, out: &mut Vec<Span>) -> bool {
        let places = |live| {
            let mut places = Vec::new();
            self.places(live, scope, &mut places);
            places
        };
        let found = match live {
            Live::Words { .. } | Live::Number(_) => {
                let first = self.said_in(live, scope).next();
                let holds = first.is_some();
                out.extend(first);
                return holds;
            }
            Live::Group(group) => return self.group(group, scope, out),
            Live::Near(parts, words) => {
                let mut each = Vec::with_capacity(parts.len());
                for part in parts {
                    let found = places(part);
                    if found.is_empty() {
                        return false;
                    }
                    each.push(found);
                }
                order::close(&each, *words)
            }
            Live::Change(of, to) => {
                let window = self.heard.reading.range(scope.window);
                let tokens = self.heard.reading.tokens();
                let negated = |at: usize| self.is_negated(&(at..at + 1));
                order::changing(places(of), *to, tokens, &window, negated)
            }
            Live::Before(pair) => {
                let [first, then] = pair.as_ref();
                let tokens = self.heard.reading.tokens();
                order::sequence(&places(first), &places(then), tokens)
            }
        };
        let holds = found.is_some();
        out.extend(found.into_iter().flatten());
        holds
    }

    fn group(&self, group: &LiveGroup<'_>, scope: Scope, out: &mut Vec<Span>) -> bool {
        let Scope { window, said } = scope;
        let said = group.whole.said.unwrap_or(said);
        let reading = self.heard.reading;
        let mut body = |window| self.body(group, Scope { window, said }, out);
        match (group.whole.within, window) {
            (Some(Within::Answer), _) => body(Window::Answer),
            (Some(Within::Sentence), Window::Answer) => reading.sentences_in(window).any(body),
            (Some(Within::Passage), Window::Answer) => reading.passages().any(body),
            (Some(Within::Sentence), Window::Passage(..)) => reading.sentences_in(window).any(body),
            (Some(Within::Clause), Window::Answer | Window::Passage(..) | Window::Sentence(_)) => {
                reading.clauses_in(window).any(body)
            }
            _ => body(window),
        }
    }

    /// Whether a group has any business in a window. To look for a list of phrases is as quick.
    fn may_begin_in(&self, group: &LiveGroup<'_>, window: Window) -> bool {
        let is_list = !group.whole.phrases.is_empty();
        is_list || group.may_begin_in(&self.heard.reading.range(window))
    }

    fn body(&self, group: &LiveGroup<'_>, scope: Scope, out: &mut Vec<Span>) -> bool {
        let before = out.len();
        let holds = !group.whole.is_empty()
            && self.may_begin_in(group, scope.window)
            && self.together(group, scope, out)
            && self.in_order(&group.order, scope, out)
            && !self.says_any(&group.none, scope);
        if !holds {
            out.truncate(before);
        }
        holds
    }

    /// What satisfies the lists that ask for something in no order.
    fn together(&self, group: &LiveGroup<'_>, scope: Scope, out: &mut Vec<Span>) -> bool {
        let all = group.all.iter().all(|part| self.add(part, scope, out));
        let mut any = group.any.iter();
        all && (group.whole.any.is_empty() || any.any(|part| self.add(part, scope, out)))
    }

    /// Each of these after the end of the one before. Taking the earliest end each time finds an
    /// order wherever there is one.
    fn in_order(&self, nodes: &[Live<'_>], scope: Scope, out: &mut Vec<Span>) -> bool {
        let mut after = 0;
        let mut places = Vec::new();
        nodes.iter().all(|node| {
            places.clear();
            self.places(node, scope, &mut places);
            let later = places.drain(..).filter(|span| span.tokens.start >= after);
            let next = later.min_by_key(|span| span.tokens.end);
            after = next.as_ref().map_or(after, |next| next.tokens.end);
            let follows = next.is_some();
            out.extend(next);
            follows
        })
    }

    /// All the places where a node is said in a window; for a group of several parts, the stretch
    /// from the first of them to the last.
    fn places(&self, live: &Live<'_>, scope: Scope, out: &mut Vec<Span>) {
        match live {
            Live::Words { .. } | Live::Number(_) => out.extend(self.said_in(live, scope)),
            Live::Group(group) if group.whole.only_offers() => {
                let said = group.whole.said.unwrap_or(scope.said);
                for part in &group.any {
                    self.places(part, Scope { said, ..scope }, out);
                }
            }
            Live::Group(_) | Live::Near(..) | Live::Change(..) | Live::Before(_) => {
                let spans = self.find(live, scope).unwrap_or_default();
                let start = spans.iter().map(|span| span.tokens.start).min();
                let end = spans.iter().map(|span| span.tokens.end).max();
                let concept = spans.iter().any(|span| span.concept);
                out.extend(start.zip(end).map(|(start, end)| Span {
                    tokens: start..end,
                    concept,
                }));
            }
        }
    }

    /// Where words or a number are said in a window, one after the other; nothing for a group.
    fn said_in<'b>(
        &'b self,
        live: &'b Live<'_>,
        scope: Scope,
    ) -> impl Iterator<Item = Span> + use<'a, 'b> {
        // A number is what it is, negated or not.
        let (places, concept, said) = match live {
            Live::Words { places, concept } => (*places, *concept, scope.said),
            Live::Number(places) => (places.as_slice(), false, Said::Either),
            _ => (&[][..], false, Said::Either),
        };
        let counts = move |place: &&Range<usize>| match said {
            Said::Either => true,
            Said::Affirmed => !self.is_negated(place),
            Said::Negated => self.is_negated(place),
        };
        let window = self.heard.reading.range(scope.window);
        let inside = beginning_in(places, &window).iter().filter(counts);
        inside.map(move |tokens| Span {
            tokens: tokens.clone(),
            concept,
        })
    }

    fn is_negated(&self, place: &Range<usize>) -> bool {
        self.heard.reading.is_negated(place, self.waived())
    }

    fn homes(&self, root: &Live<'_>, spans: Vec<Span>, said: Said) -> Vec<usize> {
        let reading = self.heard.reading;
        let window = Window::Answer;
        let sentences = |spans: Vec<Span>| {
            let starts = spans.into_iter().map(|span| span.tokens.start);
            starts.map(|start| reading.sentence_of(start)).collect()
        };
        let mut homes: Vec<usize> = match root {
            Live::Group(group)
                if matches!(group.whole.within, Some(Within::Sentence | Within::Passage)) =>
            {
                let holding = reading.sentences_in(window).filter_map(|own| {
                    let scope = Scope { window: own, said };
                    let holds = self.group(group, scope, &mut Vec::new());
                    holds.then(|| reading.sentence_of(reading.range(own).start))
                });
                holding.take(HOMES).collect()
            }
            Live::Words { .. } | Live::Number(_) => {
                sentences(self.said_in(root, Scope { window, said }).collect())
            }
            _ => Vec::new(),
        };
        if homes.is_empty() {
            homes = sentences(spans);
        }
        homes.sort_unstable();
        homes.dedup();
        homes
    }
}
