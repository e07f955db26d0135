//! Drill files: unique ids, links, and answer keys that earn full marks.

use super::faults::Faults;
use super::links;
use super::names::Names;
use super::tree::{Mark, Spot};
use super::{rules, sums, tells};
use crate::content::Id;
use crate::drill::{Claim, Drill, DrillFile};
use std::collections::BTreeMap;

const HINTS: usize = 2;

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
    let mut all = Vec::new();
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
        if let Some(read) = head.read {
            // "video-recommendation, data": a page of ours; everything else is a publication.
            let page = read.split(',').next().unwrap_or_default();
            let ours =
                page.contains('-') && page.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            if ours && !names.cases.contains_key(page) && !names.is_dark(page) {
                faults.fault(
                    spot.get("read").mark,
                    format!("there is no case `{page}` to read on in"),
                    "name a case that exists, or a publication with authors and year",
                );
            }
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
        all.push((drill, spot));
    }
    tells::check(&all, root, faults);
}

fn one(drill: &Drill, spot: Spot<'_>, names: &Names, faults: &mut Faults) {
    let before = faults.faults.len();
    for claim in &drill.audit().claims {
        hold(claim, spot, names, faults);
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

fn hold(claim: &Claim<'_>, spot: Spot<'_>, names: &Names, faults: &mut Faults) {
    match claim {
        Claim::Rule { at, rule } => {
            rules::check(rule, place(spot, at), names, faults);
        }
        Claim::Sum {
            at,
            key,
            sum,
            value,
        } => sums::check(sum, *value, place(spot, at), key, faults),
        Claim::Unique { at, ids, what } => {
            links::unique(ids.iter().copied(), place(spot, at), what, faults);
        }
        Claim::Exists {
            at,
            id,
            names,
            what,
        } => links::exists(id, names.iter().copied(), place(spot, at), what, faults),
        Claim::Fault { at, what, fix } => faults.fault(mark(spot, at), what, fix),
        Claim::Key { .. } => {}
    }
}

/// The value at `points.0.match`.
fn place<'a>(spot: Spot<'a>, at: &str) -> Spot<'a> {
    let keys = at.split('.').filter(|key| !key.is_empty());
    keys.fold(spot, |spot, key| match key.parse() {
        Ok(index) => spot.at(index),
        Err(_) => spot.get(key),
    })
}

/// Where to point: at a key of the drill itself, or at a value deeper down.
fn mark(spot: Spot<'_>, at: &str) -> Mark {
    match spot.get(at).is_list() {
        true => spot.key(at),
        false => place(spot, at).mark,
    }
}
