//! The stable JSON of a debrief.

use crate::content::{Id, Level};
use crate::grading::{Decision, DimensionScore, Flag, ItemScore, Tradeoff};
use crate::mock::{
    BoardReport, Debrief, FactReport, Gain, MissedItem, Options, Record, StepTime, Told,
};
use serde::Serialize;

/// A debrief as other programs read it. Fields are only ever added.
#[derive(Clone, Debug, Serialize)]
pub struct Document<'a> {
    pub schema_version: u32,
    pub mock: &'a str,
    pub case: &'a str,
    pub level: Level,
    pub clock: u32,
    pub seed: u64,
    /// 0 to 100, by the machine alone.
    pub total: f64,
    pub total_with_yours: f64,
    pub verdict: Decision,
    pub borderline: bool,
    pub dimensions: &'a [DimensionScore],
    pub items: &'a [ItemScore],
    pub flags: &'a [Flag],
    /// Decisions that are argued for.
    pub tradeoffs: &'a [Tradeoff],
    pub time: &'a [StepTime],
    pub facts: &'a [FactReport],
    pub missed: Vec<Missed<'a>>,
    /// What would have raised the score most.
    pub gains: &'a [Gain],
    /// The interviewer's questions, and what was said to them.
    pub told: &'a [Told],
    pub options: &'a Options,
    /// Share of the answer that stands word for word in the breakdown, 0 to 1.
    pub copied: f64,
    pub delivery: Option<u8>,
    /// The whiteboards that were drawn, each with its step and what it has of its reference.
    pub boards: &'a [BoardReport],
}

/// What comes back as a drill.
#[derive(Clone, Debug, Serialize)]
pub struct Missed<'a> {
    pub item: &'a str,
    pub drill: &'a str,
    /// Made from the item, because no drill of the case practises it.
    pub follow_up: bool,
    /// The step it belongs to.
    pub step: Option<Id>,
}

/// The document of a finished mock.
pub fn document<'a>(record: &'a Record, debrief: &'a Debrief) -> Document<'a> {
    let sheet = &debrief.sheet;
    let missed = |missed: &'a MissedItem| Missed {
        item: &missed.item,
        drill: &missed.drill,
        follow_up: missed.follow_up.is_some(),
        step: sheet
            .item(&missed.item)
            .map(|item| Id::from(item.step.id())),
    };
    Document {
        schema_version: 1,
        mock: &record.mock,
        case: &record.case,
        level: record.level,
        clock: record.clock_minutes,
        seed: record.seed,
        total: sheet.total,
        total_with_yours: sheet.total_with_yours,
        verdict: sheet.verdict,
        borderline: sheet.borderline,
        dimensions: &sheet.dimensions,
        items: &sheet.items,
        flags: &sheet.flags,
        tradeoffs: &sheet.tradeoffs,
        time: &debrief.time,
        facts: &debrief.facts,
        missed: debrief.missed.iter().map(missed).collect(),
        gains: &debrief.gains,
        told: &debrief.told,
        options: &record.options,
        copied: debrief.copied,
        delivery: debrief.delivery,
        boards: &debrief.boards,
    }
}
