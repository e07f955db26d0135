//! Drill files: unique ids, links, and answer keys that earn full marks.

use super::faults::Faults;
use super::links;
use super::names::Names;
use super::tree::Spot;
use super::{rules, sums};
use crate::content::{Id, Rule};
use crate::drill::{Drill, DrillFile, Estimate, Match, Order, Verdict};
use std::collections::{BTreeMap, BTreeSet};

const HINTS: usize = 2;
/// Slips nearer to each other than this cannot be told apart.
const SLIP: f64 = 0.05;

/// Checks one file. `topic` is the case or topic that its drills belong to.
pub(super) fn check(
    file: &DrillFile,
    root: Spot<'_>,
    topic: Option<&str>,
    names: &Names,
    faults: &mut Faults,
) {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut seen: BTreeMap<Id, usize> = BTreeMap::new();
    for drill in file.clone().into_drills() {
        let place = places.entry(drill.format()).or_default();
        let spot = root.get(drill.format()).at(*place);
        *place += 1;
        let head = drill.head();
        let mark = spot.get("id").mark;
        match seen.get(head.id) {
            Some(line) if *line > 0 => faults.fault(
                mark,
                format!(
                    "the drill id `{}` is given twice, first in line {line}",
                    head.id
                ),
                "rename one of them; ids are shared by all formats",
            ),
            _ => {
                seen.insert(head.id.clone(), mark.line);
            }
        }
        if head.hints.len() != HINTS {
            faults.fault(
                spot.key("hints"),
                format!("{} hints; a drill has exactly two", head.hints.len()),
                "a nudge, then a strong hint that is not the answer",
            );
        }
        let known = topic.filter(|topic| !names.is_dark(topic));
        if let (Some(item), Some(topic)) = (head.item, known) {
            match names.cases.get(topic) {
                Some(case) => {
                    let items = case.items.iter().map(String::as_str);
                    links::exists(item, items, spot.get("item"), "rubric item", faults);
                }
                None => faults.fault(
                    spot.key("item"),
                    format!("there is no case `{topic}` with a rubric"),
                    "leave `item` out, or move the drill to its case",
                ),
            }
        }
        one(&drill, spot, names, faults);
    }
}

fn one(drill: &Drill, spot: Spot<'_>, names: &Names, faults: &mut Faults) {
    let before = faults.faults.len();
    match drill {
        Drill::Recall(drill) => {
            points(&drill.points, spot, "points", names, faults);
        }
        Drill::Order(drill) => order(drill, spot, faults),
        Drill::Estimate(drill) => estimate(drill, spot, faults),
        Drill::Verdict(drill) => verdict(drill, spot, names, faults),
        Drill::Match(drill) => pairs(drill, spot, faults),
    }
    if faults.faults.len() > before {
        return;
    }
    let grade = drill.grade(&drill.key(), &names.lexicon);
    if grade.score > 1.0 - 1e-9 {
        return;
    }
    let mut named = false;
    if let Drill::Recall(recall) = drill {
        for (index, mark) in grade.marks.iter().enumerate().take(recall.points.len()) {
            if mark.credit < 1.0 {
                named = true;
                faults.fault(
                    spot.get("points").at(index).get("match").mark,
                    format!("the model answer misses this point: {}", mark.note),
                    "widen the rule, or say it in `model`",
                );
            }
        }
    }
    if !named {
        let missed = grade.marks.iter().find(|mark| mark.credit < 1.0);
        let why = missed.map_or_else(String::new, |mark| format!(": {}", mark.note));
        faults.fault(
            spot.get("id").mark,
            format!("the drill's own answer earns {:.2} of 1{why}", grade.score),
            "make the key, the rules and the model answer agree",
        );
    }
}

fn points(
    points: &[crate::drill::Point],
    spot: Spot<'_>,
    key: &str,
    names: &Names,
    faults: &mut Faults,
) {
    if points.is_empty() {
        faults.fault(
            spot.key(key),
            format!("`{key}` is empty, so nothing can be graded"),
            "write at least one",
        );
    }
    for (index, point) in points.iter().enumerate() {
        let spot = spot.get(key).at(index);
        rules::check(&point.r#match, spot.get("match"), names, faults);
        let wrong: &[Rule] = &point.wrong;
        for (index, wrong) in wrong.iter().enumerate() {
            rules::check(wrong, spot.get("wrong").at(index), names, faults);
        }
    }
}

fn estimate(drill: &Estimate, spot: Spot<'_>, faults: &mut Faults) {
    sums::check(&drill.sum, drill.answer, spot, "answer", faults);
    if drill.answer == 0.0 {
        faults.fault(
            spot.get("answer").mark,
            "an answer of 0 cannot be estimated within a factor",
            "ask for another quantity",
        );
        return;
    }
    if !(drill.within > 0.0 && drill.within < 1.0) {
        faults.fault(
            spot.get("within").mark,
            "`within` is a relative error between 0 and 1",
            "0.25 gives full marks from 25 % under to 25 % over",
        );
    }
    if drill.factor < 1.0 {
        faults.fault(
            spot.get("factor").mark,
            "`factor` must be at least 1",
            "2 gives half marks from half to twice the answer",
        );
    }
    for (index, slip) in drill.slips.iter().enumerate() {
        let own = spot.get("slips").at(index);
        sums::check(&slip.sum, slip.value, own, "value", faults);
        if (slip.value / drill.answer - 1.0).abs() <= drill.within {
            faults.fault(
                own.get("value").mark,
                format!(
                    "this slip earns full marks: it is within {} % of {}",
                    sums::show(drill.within * 100.0),
                    sums::show(drill.answer)
                ),
                "narrow `within`, or drop the slip",
            );
        }
        let others = drill.slips.iter().take(index);
        if let Some(other) = others
            .into_iter()
            .find(|other| sums::near(other.value, slip.value, SLIP))
        {
            faults.fault(
                own.get("value").mark,
                format!(
                    "this slip is within 5 % of another one, {}",
                    sums::show(other.value)
                ),
                "keep the likelier of the two",
            );
        }
    }
}

fn verdict(drill: &Verdict, spot: Spot<'_>, names: &Names, faults: &mut Faults) {
    let lists = [
        ("options", &drill.options, "answer", &drill.answer),
        ("flips", &drill.flips, "flip", &drill.flip),
    ];
    for (key, options, answer_key, answer) in lists {
        let ids = options.iter().map(|option| &option.id);
        links::unique(ids, spot.get(key), "option", faults);
        if options.len() < 2 {
            faults.fault(
                spot.key(key),
                format!("`{key}` leaves no choice"),
                "give two or more",
            );
        }
        let names = options.iter().map(|option| option.id.as_str());
        links::exists(answer, names, spot.get(answer_key), "option", faults);
    }
    points(&drill.reasons, spot, "reasons", names, faults);
}

fn order(drill: &Order, spot: Spot<'_>, faults: &mut Faults) {
    let ids = drill.items.iter().map(|item| &item.id);
    links::unique(ids, spot.get("items"), "item", faults);
    if drill.items.len() < 2 {
        faults.fault(
            spot.key("items"),
            "there is nothing to bring into order",
            "give two or more items",
        );
    }
    let place = |id: &Id| drill.items.iter().position(|item| item.id == *id);
    let edges: Vec<(&Id, &Id)> = drill.before.iter().map(|x| (&x.first, &x.then)).collect();
    for (index, rule) in drill.before.iter().enumerate() {
        let own = spot.get("before").at(index);
        let names = drill.items.iter().map(|item| item.id.as_str());
        links::exists(&rule.first, names.clone(), own.get("first"), "item", faults);
        links::exists(&rule.then, names, own.get("then"), "item", faults);
        let (Some(first), Some(then)) = (place(&rule.first), place(&rule.then)) else {
            continue;
        };
        if first < then {
            continue;
        }
        if reaches(&edges, &rule.then, &rule.first) {
            faults.fault(
                own.mark,
                format!(
                    "`{}` before `{}` goes round in a circle",
                    rule.first, rule.then
                ),
                "remove one of the precedences of the circle",
            );
        } else {
            faults.fault(
                own.mark,
                format!(
                    "`items` has `{}` after `{}`, against this precedence",
                    rule.first, rule.then
                ),
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

fn pairs(drill: &Match, spot: Spot<'_>, faults: &mut Faults) {
    if drill.pairs.len() < 2 {
        faults.fault(
            spot.key("pairs"),
            "there is nothing to tell apart",
            "give two or more pairs",
        );
    }
    let mut lefts: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, pair) in drill.pairs.iter().enumerate() {
        let mark = spot.get("pairs").at(index).get("left").mark;
        if let Some(line) = lefts.insert(pair.left.trim(), mark.line) {
            faults.fault(
                mark,
                format!("this left side is given twice, first in line {line}"),
                "a left side has one right side; merge or rename",
            );
        }
    }
    for (index, distractor) in drill.distractors.iter().enumerate() {
        let mut rights = drill.pairs.iter().map(|pair| pair.right.trim());
        if rights.any(|right| right == distractor.trim()) {
            faults.fault(
                spot.get("distractors").at(index).mark,
                "this distractor is the right side of a pair",
                "it must fit nothing",
            );
        }
    }
}
