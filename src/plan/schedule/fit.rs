//! Fits a course into the days: smaller first, then less.

use super::{capacity, SHRINK};
use crate::content::ActivityKind;
use crate::plan::edit::Edits;
use crate::plan::pack::{Packed, Packer, Room};
use crate::plan::task::{Course, Task};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Packs as much as the days hold: work shrinks first, then whole blocks go, the lightest first,
/// until every must that stays has a place and no mock is without its review.
pub(super) fn fit(
    course: &mut Course,
    done: &BTreeMap<String, NaiveDate>,
    rooms: &[Room],
    edits: &Edits<'_>,
    clocks: &[u32],
) -> Packed {
    let capacity = f64::from(capacity(rooms));
    loop {
        let extra = |task: &&Task| course.block_of(task).is_some_and(|block| block.extra);
        let asked = course.tasks.iter().filter(|task| !extra(task));
        let asked = asked.filter(|task| !done.contains_key(&task.id));
        let asked: u32 = asked.map(|task| task.minutes).sum();
        let packer = Packer {
            course,
            done,
            rooms,
            edits,
            clocks,
            scale: (capacity / f64::from(asked.max(1))).clamp(SHRINK, 1.0),
        };
        let packed = packer.pack();
        match too_much(course, &packed) {
            Some(block) => course.leave_out(block),
            None => return packed,
        }
    }
}

/// The block to leave out next, when something that has to be whole found no place.
fn too_much(course: &Course, packed: &Packed) -> Option<usize> {
    let left: BTreeSet<usize> = packed.left.iter().copied().collect();
    let placed = |block: usize| {
        let tasks = course.tasks.iter().enumerate();
        let mut own = tasks.filter(move |(_, task)| task.block == block);
        own.any(|(at, task)| task.kind == ActivityKind::Mock && !left.contains(&at))
    };
    let tasks = packed.left.iter().filter_map(|at| course.tasks.get(*at));
    let torn: BTreeSet<usize> = tasks.map(|task| task.block).collect();
    let block = |at: &usize| course.blocks.get(*at);
    let asked = |at: &usize| block(at).is_some_and(|own| own.must && !own.extra);
    if torn.iter().any(asked) {
        return course.lightest();
    }
    // What came on top goes by itself.
    let whole = |at: &&usize| block(at).is_some_and(|own| own.must) || placed(**at);
    torn.iter().rev().find(whole).copied()
}
