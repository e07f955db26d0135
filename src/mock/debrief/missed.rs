//! What comes back as drills: musts that were missed and rungs that were not answered fairly.

use crate::content::{Case, Id, Item, Kind, Ladder, Level, Rung};
use crate::drill::{Point, Recall};
use crate::grading::{Sheet, Verdict};
use crate::mock::record::{Manner, Record, Trigger};
use serde::{Deserialize, Serialize};

/// Most items of one mock that come back as drills …
const MOST: usize = 5;
/// … where the candidate ticked for themselves, which is weaker evidence …
const MOST_TICKED: usize = 3;
/// … and how many of them may be rungs of ladders.
const MOST_RUNGS: usize = 2;

/// A missed item that comes back: as the drill it is linked to, or as a follow-up made from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MissedItem {
    /// The rubric item, or the rung.
    pub item: String,
    /// Whole id of the drill.
    pub drill: String,
    /// The follow-up, frozen, when no drill of the case practises the item.
    pub follow_up: Option<Recall>,
}

/// What weighs most: missed musts, failed rungs, missed shoulds.
pub(super) fn missed(
    case: &Case,
    record: &Record,
    sheet: &Sheet,
    practised: &dyn Fn(&str) -> bool,
) -> Vec<MissedItem> {
    let of = |kind: Kind| {
        sheet
            .items
            .iter()
            .filter(|item| item.verdict == Verdict::Missed)
            .filter_map(|item| case.item(item.id.as_str()))
            .filter(move |item| item.kind == kind && item.level <= sheet.level)
            .map(|item| by_item(case, item, practised))
    };
    let rungs: Vec<MissedItem> = failed(case, record).collect();
    let most = match record.options.manner {
        Manner::Aloud => MOST_TICKED,
        Manner::Typed | Manner::Friend => MOST,
    };
    let musts = of(Kind::Must).take(most.saturating_sub(rungs.len()));
    let mut all: Vec<MissedItem> = musts.chain(rungs).chain(of(Kind::Should)).collect();
    all.truncate(most);
    all
}

fn by_item(case: &Case, item: &Item, practised: &dyn Fn(&str) -> bool) -> MissedItem {
    let linked = item.drill.as_ref();
    let linked = linked.map(|drill| format!("{}/{drill}", case.id));
    match linked.filter(|drill| practised(drill)) {
        Some(drill) => MissedItem {
            item: item.id.to_string(),
            drill,
            follow_up: None,
        },
        None => MissedItem {
            item: item.id.to_string(),
            drill: format!("{}/missed-{}", case.id, item.id),
            follow_up: Some(follow_up(item)),
        },
    }
}

/// A recall drill made from what an item already has.
fn follow_up(item: &Item) -> Recall {
    let example = item.examples.hit.first();
    Recall {
        read: None,
        id: format!("missed-{}", item.id).as_str().into(),
        step: item.step,
        level: item.level,
        tags: Vec::new(),
        ask: item.probe.clone(),
        points: vec![Point {
            point: item.point.clone(),
            r#match: item.r#match.clone(),
            wrong: item.wrong.clone(),
        }],
        model: example.unwrap_or(&item.point).clone(),
        because: item.explain.clone(),
        hints: Vec::new(),
        item: Some(item.id.clone()),
    }
}

/// Rungs whose answer was not fair, as recall drills.
fn failed<'a>(case: &'a Case, record: &'a Record) -> impl Iterator<Item = MissedItem> + 'a {
    let questions = record.questions.iter();
    let failed = questions.filter(|question| question.fair == Some(false));
    failed
        .filter_map(|question| {
            let Trigger::Rung(id, at) = &question.why else {
                return None;
            };
            let ladder = case.ladders.iter().find(|own| own.id == id.as_str())?;
            by_rung(case, ladder, ladder.rungs.get(*at)?, *at)
        })
        .take(MOST_RUNGS)
}

fn by_rung(case: &Case, ladder: &Ladder, rung: &Rung, at: usize) -> Option<MissedItem> {
    let name = format!("rung-{}-{}", ladder.id, at + 1);
    let id = Id::from(name.as_str());
    if !id.is_valid() {
        return None;
    }
    let recall = Recall {
        read: None,
        id,
        step: ladder.step,
        level: Level::Mid,
        tags: Vec::new(),
        ask: rung.ask.clone(),
        points: vec![Point {
            point: rung.strong.clone(),
            r#match: rung.r#match.clone()?,
            wrong: Vec::new(),
        }],
        model: rung.strong.clone(),
        because: rung.great.clone(),
        hints: Vec::new(),
        item: None,
    };
    Some(MissedItem {
        drill: format!("{}/{name}", case.id),
        item: name,
        follow_up: Some(recall),
    })
}
