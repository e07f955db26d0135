//! What gives a drill's answer away, or makes two drills one: the key among its options by its mere
//! length, and questions that are asked twice.

use super::faults::Faults;
use super::tree::Spot;
use crate::drill::{Claim, Drill};
use std::collections::{BTreeMap, BTreeSet};

/// Share of a file's choices in which the longest option may be the key. By chance it is a third to a
/// half.
const LONGEST: f64 = 0.4;
/// Choices from which a share means something.
const LEAST: usize = 8;
/// Share of words from which two questions are the same.
const SAME: f64 = 0.8;

/// The drills of one file, each with its place.
pub(super) fn check(drills: &[(Drill, Spot<'_>)], root: Spot<'_>, faults: &mut Faults) {
    longest(drills, root, faults);
    clones(drills, faults);
}

fn longest(drills: &[(Drill, Spot<'_>)], root: Spot<'_>, faults: &mut Faults) {
    let (mut choices, mut told) = (0, Vec::new());
    for (drill, _) in drills {
        for claim in drill.audit().claims {
            let Claim::Key { options, right } = claim else {
                continue;
            };
            choices += 1;
            let others = options.iter().filter(|option| **option != right);
            let length = |text: &str| text.chars().count();
            // By a word or more: what the eye takes in.
            if others
                .map(|other| length(other))
                .max()
                .is_some_and(|most| length(right) > most + 4)
            {
                told.push(drill.head().id.to_string());
            }
        }
    }
    if choices >= LEAST && told.len() as f64 > LONGEST * choices as f64 {
        let longest = told.len();
        told.dedup();
        let some: Vec<&str> = told.iter().take(5).map(String::as_str).collect();
        faults.fault(
            root.mark,
            format!(
                "in {longest} of {choices} choices the longest option is the key, so length gives it away"
            ),
            &format!(
                "shorten keys or lengthen the others, for example in {}",
                some.join(", ")
            ),
        );
    }
}

fn clones(drills: &[(Drill, Spot<'_>)], faults: &mut Faults) {
    let all: Vec<&Drill> = drills.iter().map(|(drill, _)| drill).collect();
    for (first, again) in twins(&all) {
        let (Some((drill, _)), Some((_, spot))) = (drills.get(first), drills.get(again)) else {
            continue;
        };
        faults.fault(
            spot.get("id").mark,
            format!(
                "this drill is `{}` over again: same key, nearly the same words",
                drill.head().id
            ),
            "drop one, or ask something else",
        );
    }
}

/// Drills that ask again what an earlier one asks: the places of both.
fn twins(drills: &[&Drill]) -> Vec<(usize, usize)> {
    let mut by_key: BTreeMap<String, Vec<(usize, BTreeSet<String>)>> = BTreeMap::new();
    let mut found = Vec::new();
    for (at, drill) in drills.iter().enumerate() {
        let words = words(drill);
        let known = by_key.entry(format!("{:?}", drill.key())).or_default();
        let twin = known
            .iter()
            .find(|(_, other)| overlap(&words, other) > SAME);
        found.extend(twin.map(|(first, _)| (*first, at)));
        known.push((at, words));
    }
    found
}

fn words(drill: &Drill) -> BTreeSet<String> {
    let text = serde_json::to_value(drill).unwrap_or_default();
    let ask = text
        .get("ask")
        .and_then(|ask| ask.as_str())
        .unwrap_or_default();
    let words = ask
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase);
    words.filter(|word| !word.is_empty()).collect()
}

/// Words in both, of all the words of either.
fn overlap(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let both = a.intersection(b).count() as f64;
    both / (a.union(b).count().max(1)) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Library;
    use crate::drill::Bank;

    #[test]
    fn no_two_built_in_drills_are_one_in_whatever_file_they_stand() {
        let library = Library::open(&[], None);
        let mut bank = Bank::default();
        let ids: Vec<String> = library.drills().map(|head| head.id.clone()).collect();
        let drills: Vec<Drill> = ids
            .iter()
            .map(|id| bank.drill(&library, id).unwrap().clone())
            .collect();
        let all: Vec<&Drill> = drills.iter().collect();
        assert_eq!(twins(&all), Vec::new());
        let twice: Vec<&Drill> = all.iter().chain(all.first()).copied().collect();
        assert_eq!(twins(&twice), [(0, all.len())]);
    }
}
