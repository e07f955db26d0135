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
    let mut best: Option<(usize, Vec<Span>)> = None;
    for (part, span) in all {
        if let Some(slot) = last.get_mut(part) {
            *slot = Some(span);
        }
        let Some(held) = last.iter().copied().collect::<Option<Vec<&Span>>>() else {
            continue;
        };
        let first = held.iter().map(|span| span.tokens.start).min();
        let length = span.tokens.start - first.unwrap_or(span.tokens.start);
        if length <= words && best.as_ref().is_none_or(|(least, _)| length < *least) {
            best = Some((length, held.into_iter().cloned().collect()));
        }
    }
    best.map(|(_, spans)| spans)
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
    for a in first {
        for b in then {
            let (early, late) = if a.tokens.end <= b.tokens.start {
                (a, b)
            } else if b.tokens.end <= a.tokens.start {
                (b, a)
            } else {
                continue;
            };
            let told_first = a.tokens.start < b.tokens.start;
            if told_first != turned(&early.tokens, &late.tokens, tokens) {
                return Some(vec![a.clone(), b.clone()]);
            }
        }
    }
    None
}

/// Whether what is told first happens last.
fn turned(early: &Range<usize>, late: &Range<usize>, tokens: &[Token]) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let after =
        (early.end..late.start).any(|at| matches!(word(at), "after" | "once" | "following"));
    let before = (early.start.saturating_sub(BEFORE_REACH)..early.start)
        .any(|at| matches!(word(at), "before" | "prior"));
    after || before
}
