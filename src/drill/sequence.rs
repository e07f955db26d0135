//! What must come before what, and how much of it an order keeps.

use super::{Audit, Choice, Kind, Mark, Reply};
use crate::content::Id;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What must come before what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Precedence {
    pub first: Id,
    pub then: Id,
    /// Shown when the learner has it the other way round.
    pub why: String,
}

/// One thing that must come before another, and why.
pub(super) struct Required<'a> {
    pub(super) first: &'a str,
    pub(super) then: &'a str,
    /// Shown to one who has it the other way round.
    pub(super) why: &'a str,
}

/// The items as they are put to the learner: not in the given order.
pub(super) fn mixed(key: &[Choice], chance: &mut ChaCha8Rng) -> Kind {
    let mut items = key.to_vec();
    // A shuffle that happens to be right would give the answer away.
    for _ in 0..8 {
        items.shuffle(chance);
        if items != key {
            break;
        }
    }
    Kind::Arrange { items }
}

/// A mark for each requirement.
pub(super) fn mark_sequence<'a>(
    required: impl IntoIterator<Item = Required<'a>>,
    text: impl Fn(&str) -> String,
    reply: Option<&Reply>,
    feedback: &mut Vec<String>,
) -> Vec<Mark> {
    let empty = Vec::new();
    let given = match reply {
        Some(Reply::Arranged(keys)) => keys,
        _ => &empty,
    };
    let place = |id: &str| given.iter().position(|key| key == id);
    required
        .into_iter()
        .map(|Required { first, then, why }| {
            let right = match (place(first), place(then)) {
                (Some(a), Some(b)) => a < b,
                _ => false,
            };
            if !right && !why.is_empty() {
                feedback.push(why.to_owned());
            }
            Mark {
                point: format!("{} → {}", text(first), text(then)),
                credit: f64::from(u8::from(right)),
                note: if right { String::new() } else { why.to_owned() },
            }
        })
        .collect()
}

/// Precedences name items, go round in no circle, and agree with the order in which the items stand.
pub(super) fn audit_precedences<'a>(
    at: &str,
    ids: &[&'a Id],
    before: &'a [Precedence],
    audit: &mut Audit<'a>,
) {
    let place = |id: &Id| ids.iter().position(|own| *own == id);
    let edges: Vec<(&Id, &Id)> = before
        .iter()
        .map(|rule| (&rule.first, &rule.then))
        .collect();
    for (index, rule) in before.iter().enumerate() {
        let names = || ids.iter().map(|id| id.as_str());
        audit.exists(format!("{at}.{index}.first"), &rule.first, names(), "item");
        audit.exists(format!("{at}.{index}.then"), &rule.then, names(), "item");
        let (Some(first), Some(then)) = (place(&rule.first), place(&rule.then)) else {
            continue;
        };
        if first < then {
            continue;
        }
        let own = format!("{at}.{index}");
        let (first, then) = (&rule.first, &rule.then);
        if reaches(&edges, then, first) {
            audit.fault(
                own,
                format!("`{first}` before `{then}` goes round in a circle"),
                "remove one of the precedences of the circle",
            );
        } else {
            audit.fault(
                own,
                format!("`items` has `{first}` after `{then}`, against this precedence"),
                "list the items in a right order",
            );
        }
    }
}

/// Whether `to` must come at or after `from`.
fn reaches<'a>(edges: &[(&'a Id, &'a Id)], from: &'a Id, to: &Id) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(here) = open.pop() {
        if here == to {
            return true;
        }
        for (_, then) in edges.iter().filter(|(first, _)| *first == here) {
            if seen.insert(then) {
                open.push(then);
            }
        }
    }
    false
}
