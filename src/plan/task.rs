//! The work that a plan has to fit in: tasks, in blocks that come or go as one.

use crate::content::{ActivityKind, Step};
use chrono::NaiveDate;

/// One piece of work that is not on a day yet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Task {
    /// Names it over all versions of the plan: kind, case, steps, and a number where that is not
    /// enough.
    pub(super) id: String,
    pub(super) kind: ActivityKind,
    pub(super) case: Option<String>,
    /// All when empty.
    pub(super) steps: Vec<Step>,
    /// What a day calls itself when this is its main work.
    pub(super) title: String,
    /// As many minutes as it deserves.
    pub(super) minutes: u32,
    /// It may only follow this one: a reading its attempt, a review its mock.
    pub(super) after: Option<String>,
    /// Which block it belongs to.
    pub(super) block: usize,
    /// For the light last day only.
    pub(super) last: bool,
    /// Not before this day.
    pub(super) earliest: Option<NaiveDate>,
    /// Said on its day.
    pub(super) note: Option<String>,
}

/// An attempt with what belongs to it: all of it is in the plan, or nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Block {
    /// Without these a case is not practised: its first attempt and its reading, or a step that a
    /// mock showed to be weak.
    pub(super) must: bool,
    /// It came on top of the template, because there was room.
    pub(super) extra: bool,
    /// What is lighter is left out first.
    pub(super) weight: f64,
}

/// Work in the order in which it should be done.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Course {
    pub(super) tasks: Vec<Task>,
    pub(super) blocks: Vec<Block>,
}

impl Course {
    pub(super) fn block_of(&self, task: &Task) -> Option<&Block> {
        self.blocks.get(task.block)
    }

    pub(super) fn is_must(&self, task: &Task) -> bool {
        self.block_of(task).is_some_and(|block| block.must)
    }

    /// Takes everything of a block out.
    pub(super) fn leave_out(&mut self, block: usize) {
        self.tasks.retain(|task| task.block != block);
    }

    /// The block to leave out first, of those that still have work: what came on top, then what is
    /// no must, then the lightest.
    pub(super) fn lightest(&self) -> Option<usize> {
        let rank = |task: &Task| {
            let block = self.block_of(task)?;
            Some((!block.extra, block.must, block.weight, task.block))
        };
        let ranks = self.tasks.iter().filter_map(rank);
        let lightest = ranks.min_by(|a, b| {
            let order = (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2));
            order.then(b.3.cmp(&a.3))
        });
        lightest.map(|(.., block)| block)
    }
}
