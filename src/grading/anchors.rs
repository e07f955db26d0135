//! Where a part of a rule must begin, so that most windows need not be looked at: at one of the places
//! of whatever it needs that is said least often.

use super::live::{Live, LiveGroup};
use std::ops::Range;

/// Tokens at one of which a group must begin, in order; none when it may begin anywhere.
pub(super) struct Anchors(Option<Vec<usize>>);

impl Anchors {
    pub(super) fn of(group: &LiveGroup<'_>) -> Self {
        Self(in_group(group).map(|rarest| {
            let mut tokens = Vec::with_capacity(rarest.count);
            rarest.collect(&mut tokens);
            tokens.sort_unstable();
            tokens
        }))
    }

    pub(super) fn are_in(&self, window: &Range<usize>) -> bool {
        self.0.as_ref().is_none_or(|tokens| {
            let first = tokens.partition_point(|at| *at < window.start);
            tokens.get(first).is_some_and(|at| *at < window.end)
        })
    }
}

/// What is said least often of all that a part needs.
struct Rarest<'b> {
    count: usize,
    places: Places<'b>,
}

enum Places<'b> {
    Words(&'b [Range<usize>]),
    OneOf(Vec<Rarest<'b>>),
}

impl Rarest<'_> {
    fn collect(&self, out: &mut Vec<usize>) {
        match &self.places {
            Places::Words(places) => out.extend(places.iter().map(|place| place.start)),
            Places::OneOf(parts) => parts.iter().for_each(|part| part.collect(out)),
        }
    }
}

fn of<'b>(live: &'b Live<'_>) -> Option<Rarest<'b>> {
    match live {
        Live::Words { places, .. } => Some(words(places)),
        Live::Number(places) => Some(words(places)),
        Live::Near(parts, _) => rarest(parts),
        Live::Change(of, _) => self::of(of),
        Live::Before(pair) => rarest(pair.as_ref()),
        Live::Group(group) => in_group(group),
    }
}

fn words(places: &[Range<usize>]) -> Rarest<'_> {
    Rarest {
        count: places.len(),
        places: Places::Words(places),
    }
}

/// Of parts that are all needed. What may be said anywhere in the answer ties the others to no window.
fn rarest<'b>(parts: &'b [Live<'_>]) -> Option<Rarest<'b>> {
    let bound = parts.iter().filter(|part| !part.is_anywhere());
    bound.filter_map(of).min_by_key(|part| part.count)
}

fn in_group<'b>(group: &'b LiveGroup<'_>) -> Option<Rarest<'b>> {
    let needed = [rarest(&group.all), rarest(&group.order), one_of(&group.any)];
    let needed = needed.into_iter().flatten();
    needed.min_by_key(|part| part.count)
}

fn one_of<'b>(any: &'b [Live<'_>]) -> Option<Rarest<'b>> {
    let parts: Vec<_> = any.iter().map(of).collect::<Option<_>>()?;
    (!parts.is_empty()).then(|| Rarest {
        count: parts.iter().map(|part| part.count).sum(),
        places: Places::OneOf(parts),
    })
}
