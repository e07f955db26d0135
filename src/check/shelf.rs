//! `toolbox.yaml` and `reading.yaml`.

use super::faults::Faults;
use super::names::Names;
use super::tree::Spot;
use super::{links, source};
use crate::content::{ReadingList, Toolbox};

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
