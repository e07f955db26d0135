//! Rules: every concept exists, and some text can satisfy them.

use super::faults::{did_you_mean, Faults};
use super::names::Names;
use super::tree::Spot;
use crate::content::{Group, Rule};
use crate::grading::Matcher;

/// Names what is wrong with a rule; the rule itself, compiled, when all its concepts exist.
pub(super) fn check(
    rule: &Rule,
    spot: Spot<'_>,
    names: &Names,
    faults: &mut Faults,
) -> Option<Matcher> {
    let before = faults.faults.len();
    walk(rule, spot, true, names, faults);
    let matcher = Matcher::compile(rule, &names.lexicon).ok()?;
    if matcher.is_impossible() && faults.faults.len() == before {
        faults.fault(
            spot.mark,
            "this rule can never match",
            "one of the parts that it needs asks for nothing; mend or remove it",
        );
    }
    Some(matcher)
}

fn walk(rule: &Rule, spot: Spot<'_>, top: bool, names: &Names, faults: &mut Faults) {
    let group = match rule {
        Rule::Concept(id) => {
            // What is no id at all is named already.
            if id.is_valid() && !names.concepts.contains(id.as_str()) {
                let all = names.concepts.iter().map(String::as_str);
                let fix = did_you_mean(
                    id.as_str(),
                    all,
                    "add it to lexicon.yaml, or write literal words as {phrase: …}",
                );
                faults.fault(spot.mark, format!("unknown concept `{id}`"), &fix);
            }
            return;
        }
        Rule::Group(group) => group,
    };
    group_itself(group, spot, top, faults);
    let lists = [
        ("all", &group.all),
        ("any", &group.any),
        ("none", &group.none),
        ("order", &group.order),
        ("before", &group.before),
    ];
    for (key, list) in lists {
        for (index, part) in list.iter().enumerate() {
            walk(part, spot.get(key).at(index), false, names, faults);
        }
    }
    nested(group, spot, names, faults);
}

fn nested(group: &Group, spot: Spot<'_>, names: &Names, faults: &mut Faults) {
    if let Some(near) = &group.near {
        let spot = spot.get("near");
        for (index, part) in near.of.iter().enumerate() {
            walk(part, spot.get("of").at(index), false, names, faults);
        }
        if near.of.len() < 2 {
            faults.fault(
                spot.mark,
                "`near` needs two rules or more",
                "write {of: [one, other], words: 6}",
            );
        }
    }
    if let Some(change) = &group.change {
        walk(
            &change.of,
            spot.get("change").get("of"),
            false,
            names,
            faults,
        );
    }
    if group.before.len() == 1 {
        faults.fault(
            spot.get("before").mark,
            "`before` needs two rules",
            "write [what happens first, what happens then]",
        );
    }
}

fn group_itself(group: &Group, spot: Spot<'_>, top: bool, faults: &mut Faults) {
    if group.is_empty() {
        faults.fault(
            spot.mark,
            "an empty rule can never match",
            "give it one of: all, any, none, order, phrase, number",
        );
        return;
    }
    let asks = !group.all.is_empty()
        || !group.any.is_empty()
        || !group.order.is_empty()
        || group.phrase.is_some()
        || group.number.is_some()
        || group.near.is_some()
        || group.change.is_some()
        || !group.before.is_empty();
    if top && !asks {
        faults.fault(
            spot.key("none"),
            "a rule of `none` alone asks for nothing that must be said",
            "add what must be said under `all` or `any`",
        );
    }
    if let Some(phrase) = &group.phrase {
        let wordless = |way: &String| !way.chars().any(char::is_alphanumeric);
        if phrase.ways().is_empty() || phrase.ways().iter().any(wordless) {
            faults.fault(
                spot.get("phrase").mark,
                "this phrase has no words, so it can never match",
                "write the words, or remove it",
            );
        }
    }
    if let Some(number) = &group.number {
        let tolerance = spot.get("number").get("tolerance").mark;
        if number.tolerance < 0.0 {
            faults.fault(
                tolerance,
                "a tolerance below 0 can never match",
                "0.25 accepts from 25 % under to 25 % over",
            );
        }
    }
    for (index, forbidden) in group.none.iter().enumerate() {
        let needed = group.all.iter().chain(&group.order);
        let only = group.any.first().filter(|_| group.any.len() == 1);
        if needed.chain(only).any(|part| part == forbidden) {
            faults.fault(
                spot.get("none").at(index).mark,
                "this rule can never match: it needs and forbids the same",
                "remove one of the two",
            );
        }
    }
}
