//! Ids: valid ones are given by the schema; here they are unique, and what they point at exists.

use super::faults::{did_you_mean, Faults};
use super::tree::Spot;
use crate::content::Id;
use std::collections::BTreeMap;

/// Names ids that are given twice in a list. `spot` is the list, each entry having an `id`.
pub(super) fn unique<'a>(
    ids: impl Iterator<Item = &'a Id>,
    spot: Spot<'_>,
    what: &str,
    faults: &mut Faults,
) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, id) in ids.enumerate() {
        let mark = spot.at(index).get("id").mark;
        match seen.get(id.as_str()) {
            Some(line) if *line > 0 => faults.fault(
                mark,
                format!("the {what} id `{id}` is given twice, first in line {line}"),
                "rename one of them",
            ),
            _ => {
                seen.insert(id.as_str(), mark.line);
            }
        }
    }
}

/// Names a link to something that does not exist.
pub(super) fn exists<'a>(
    id: &Id,
    names: impl Iterator<Item = &'a str> + Clone,
    spot: Spot<'_>,
    what: &str,
    faults: &mut Faults,
) {
    // What is no id at all is named already.
    if !id.is_valid() || names.clone().any(|name| *id == name) {
        return;
    }
    let all: Vec<&str> = names.clone().take(13).collect();
    let otherwise = match all.len() {
        0 => format!("there is no {what} to name; leave it out"),
        1..=12 => format!("use one of: {}", all.join(", ")),
        _ => format!("name a {what} that exists, or leave it out"),
    };
    let fix = did_you_mean(id.as_str(), names, &otherwise);
    faults.fault(spot.mark, format!("unknown {what} `{id}`"), &fix);
}
