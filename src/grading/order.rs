//! Where things stand to each other: close by, going up or down, one before the other.

use super::eval::Span;
use super::normal::Token;
use crate::content::Direction;
use std::ops::Range;

/// Words between something and the one that says which way it goes.
const CHANGE_REACH: usize = 5;
/// Words between "before" and what it stands in front of.
const BEFORE_REACH: usize = 3;

/// The shortest stretch that holds one span of every part, if it is at most `words` long from the
/// beginning of the first to the beginning of the last.
pub(super) fn close(parts: &[Vec<Span>], words: usize) -> Option<Vec<Span>> {
    let mut all: Vec<(usize, &Span)> = parts
        .iter()
        .enumerate()
        .flat_map(|(part, spans)| spans.iter().map(move |span| (part, span)))
        .collect();
    all.sort_by_key(|(part, span)| (span.tokens.start, span.tokens.end, *part));
    let mut last: Vec<Option<&Span>> = vec![None; parts.len()];
    let mut best: Option<(usize, Vec<&Span>)> = None;
    for (part, span) in all {
        if let Some(slot) = last.get_mut(part) {
            *slot = Some(span);
        }
        if last.iter().any(Option::is_none) {
            continue;
        }
        let held = last.iter().flatten();
        let first = held.clone().map(|span| span.tokens.start).min();
        let length = span.tokens.start - first.unwrap_or(span.tokens.start);
        if length <= words && best.as_ref().is_none_or(|(least, _)| length < *least) {
            best = Some((length, held.copied().collect()));
        }
    }
    best.map(|(_, spans)| spans.into_iter().cloned().collect())
}

/// The first span that goes the given way, with the word that says so. The nearest such word
/// decides; one that is negated says nothing.
pub(super) fn changing(
    spans: Vec<Span>,
    to: Direction,
    tokens: &[Token],
    window: &Range<usize>,
    negated: impl Fn(usize) -> bool,
) -> Option<Vec<Span>> {
    spans.into_iter().find_map(|span| {
        let from = span.tokens.start.saturating_sub(CHANGE_REACH);
        let reach = from.max(window.start)..(span.tokens.end + CHANGE_REACH).min(window.end);
        let word = reach
            .filter_map(|at| Some((at, direction(&tokens.get(at)?.stem)?)))
            .filter(|(at, _)| !negated(*at))
            .min_by_key(|(at, _)| distance(&span.tokens, *at))?;
        let told = Span {
            tokens: word.0..word.0 + 1,
            concept: false,
        };
        (word.1 == to).then(|| vec![span, told])
    })
}

fn distance(span: &Range<usize>, at: usize) -> usize {
    if at < span.start {
        span.start - at
    } else {
        (at + 1).saturating_sub(span.end)
    }
}

fn direction(stem: &str) -> Option<Direction> {
    match stem {
        "increas" | "rais" | "grow" | "growth" | "grew" | "rise" | "rose" | "higher" | "high"
        | "more" | "up" | "larger" | "bigger" | "gain" | "boost" | "improv" | "longer"
        | "inflat" | "too" | "over" | "overestim" | "overpredict" => Some(Direction::Up),
        "decreas" | "reduc" | "lower" | "low" | "drop" | "fall" | "fell" | "less" | "fewer"
        | "down" | "smaller" | "shrink" | "cut" | "declin" | "shorter" | "wors" | "worsen"
        | "deflat" | "under" | "underestim" | "underpredict" => Some(Direction::Down),
        _ => None,
    }
}

/// Two spans of which the first happens before the second. What is told first happens first,
/// unless a word says otherwise: "B after A", "before B we A".
pub(super) fn sequence(first: &[Span], then: &[Span], tokens: &[Token]) -> Option<Vec<Span>> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let turning = |at: &usize| matches!(word(*at), "after" | "once" | "following");
    let all = || first.iter().chain(then);
    let start = all().map(|span| span.tokens.start).min()?;
    let end = all().map(|span| span.tokens.end).max()?;
    let turns: Vec<usize> = (start..end).filter(turning).collect();
    let turned = |early: &Span, late: &Span| {
        let next = turns.partition_point(|at| *at < early.tokens.end);
        turns.get(next).is_some_and(|at| *at < late.tokens.start)
    };
    let fronted = |span: &&Span| {
        let start = span.tokens.start;
        let mut before = start.saturating_sub(BEFORE_REACH)..start;
        before.any(|at| matches!(word(at), "before" | "prior"))
    };
    let mut by_start: Vec<&Span> = then.iter().collect();
    by_start.sort_by_key(|span| span.tokens.start);
    // Of all that end before something, the one that ends first leaves most room for a word between.
    let earliest = then.iter().min_by_key(|span| span.tokens.end);
    let earliest_fronted = then
        .iter()
        .filter(fronted)
        .min_by_key(|span| span.tokens.end);
    first.iter().find_map(|a| {
        let before = |b: &&Span| b.tokens.end <= a.tokens.start;
        let by_word = || earliest.filter(before).filter(|b| turned(b, a));
        let told_later = earliest_fronted.filter(before).or_else(by_word);
        let told_first = || {
            let next = by_start.partition_point(|b| b.tokens.start < a.tokens.end);
            let next = by_start.get(next).copied();
            next.filter(|b| !fronted(&a) && !turned(a, b))
        };
        let b = told_later.or_else(told_first)?;
        Some(vec![a.clone(), b.clone()])
    })
}
