//! `toolbox.yaml`, `transfer.yaml` and `reading.yaml`.

use super::faults::Faults;
use super::names::Names;
use super::tree::Spot;
use super::{links, source};
use crate::content::{ReadingList, Toolbox, Transfer};

/// Tools that belong to a step, and are told apart from tools that exist.
pub(super) fn toolbox(file: &Toolbox, root: Spot<'_>, names: &Names, faults: &mut Faults) {
    let tools = root.get("tools");
    links::unique(
        file.tools.iter().map(|tool| &tool.id),
        tools,
        "tool",
        faults,
    );
    for (index, tool) in file.tools.iter().enumerate() {
        let spot = tools.at(index);
        if tool.steps.is_empty() {
            faults.fault(
                spot.get("steps").mark,
                format!("`{}` belongs to no step", tool.id),
                "name the steps in which it comes up, the main one first",
            );
        }
        let mut steps = tool.steps.clone();
        steps.sort();
        steps.dedup();
        if steps.len() != tool.steps.len() {
            faults.fault(spot.get("steps").mark, "a step is given twice", "keep one");
        }
        for (index, other) in tool.confused_with.iter().enumerate() {
            let spot = spot.get("confused_with").at(index).get("tool");
            if other.tool == tool.id {
                let message = format!("`{}` names itself", tool.id);
                faults.fault(spot.mark, message, "name another tool");
            } else {
                let all = names.tools.iter().map(String::as_str);
                links::exists(&other.tool, all, spot, "tool", faults);
            }
        }
        source::url(tool.url.as_deref(), spot, faults);
    }
}

/// Techniques of at least three cases: with fewer there is nothing to transfer.
const FEWEST_CASES: usize = 3;

/// Techniques that several cases share, each case named once.
pub(super) fn transfer(file: &Transfer, root: Spot<'_>, names: &Names, faults: &mut Faults) {
    let techniques = root.get("techniques");
    let ids = file.techniques.iter().map(|one| &one.id);
    links::unique(ids, techniques, "technique", faults);
    for (index, one) in file.techniques.iter().enumerate() {
        let spot = techniques.at(index).get("cases");
        let mut cases: Vec<&str> = one.cases.iter().map(|own| own.case.as_str()).collect();
        cases.sort_unstable();
        cases.dedup();
        if cases.len() < FEWEST_CASES {
            faults.fault(
                spot.mark,
                format!("`{}` is shared by {} cases", one.id, cases.len()),
                "name at least three different cases that need it, or leave it out",
            );
        }
        if cases.len() < one.cases.len() {
            faults.fault(spot.mark, "a case is given twice", "keep one");
        }
        for (index, own) in one.cases.iter().enumerate() {
            let all = names.cases.keys().map(String::as_str);
            links::exists(&own.case, all, spot.at(index).get("case"), "case", faults);
        }
    }
}

/// Sources with a year and, where there is one, an address.
pub(super) fn reading(file: &ReadingList, root: Spot<'_>, faults: &mut Faults) {
    let readings = root.get("readings");
    let ids = file.readings.iter().map(|one| &one.id);
    links::unique(ids, readings, "reading", faults);
    let notes = file.notes.iter().map(|note| &note.id);
    links::unique(notes, root.get("notes"), "note", faults);
    for (index, one) in file.readings.iter().enumerate() {
        let spot = readings.at(index);
        source::year(one.year, spot, faults);
        source::url(one.url.as_deref(), spot, faults);
    }
}
