//! What came of a mock: scores with evidence, time by step, what was never asked, what comes back.

mod copied;

pub use copied::copied_share;

use super::record::{Record, Segment, Trigger};
use super::setting::Setting;
use crate::content::{Case, Framework, Item, Kind, Rubric, Step};
use crate::drill::{Point, Recall};
use crate::grading::{score, score_steps, Answer, Clocked, Sheet, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most items of one mock that come back as drills.
const MOST_MISSED: usize = 5;

/// The debrief, as stored and as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Debrief {
    pub mock: String,
    pub title: String,
    pub clock_minutes: u32,
    pub sheet: Sheet,
    pub time: Vec<StepTime>,
    /// Key facts first.
    pub facts: Vec<FactReport>,
    /// The curveballs that came, with what strong and great answers say.
    pub told: Vec<Told>,
    pub pauses: u32,
    pub paused_seconds: u32,
    /// What comes back as drills.
    pub missed: Vec<MissedItem>,
}

/// Seconds of one step against its budget.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepTime {
    pub segment: Segment,
    pub used: u32,
    pub budget: u32,
    /// Second at which it began; none when it was never reached.
    pub began: Option<u32>,
}

/// A fact of the case, and whether the candidate uncovered it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactReport {
    pub id: String,
    /// A question that would have uncovered it.
    pub question: String,
    pub answer: String,
    pub key: bool,
    pub asked: bool,
}

/// A turn of the interviewer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    pub step: Step,
    pub line: String,
    pub strong: String,
    pub great: String,
}

/// A missed item that comes back: as the drill it is linked to, or as a follow-up made from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MissedItem {
    pub item: String,
    /// Whole id of the drill.
    pub drill: String,
    /// The follow-up, frozen, when no drill of the case practises the item.
    pub follow_up: Option<Recall>,
}

impl Debrief {
    /// Grades a finished interview. `practised` tells whether a drill of the case exists.
    pub fn of(
        setting: &Setting,
        record: &Record,
        rubric: &Rubric,
        practised: &dyn Fn(&str) -> bool,
    ) -> Self {
        let case = &setting.case;
        let sheet = sheet(setting, record, rubric, &BTreeMap::new());
        Self {
            mock: record.mock.clone(),
            title: case.title.clone(),
            clock_minutes: record.clock_minutes,
            time: times(record, &setting.framework),
            facts: facts(case, record),
            told: told(setting, record),
            pauses: record.pauses,
            paused_seconds: record.paused_seconds as u32,
            missed: missed(case, &sheet, practised),
            sheet,
        }
    }

    /// Puts the learner's own answer to a maybe into the sheet and scores again.
    pub fn confirm(
        &mut self,
        setting: &Setting,
        record: &Record,
        rubric: &Rubric,
        marks: &BTreeMap<String, bool>,
    ) {
        self.sheet = sheet(setting, record, rubric, marks);
    }

    /// Items where the machine is unsure and the learner has not said yet.
    pub fn open_questions(&self) -> impl Iterator<Item = &crate::grading::ItemScore> {
        let items = self.sheet.items.iter();
        items.filter(|item| item.verdict == Verdict::Maybe && item.yours.is_none())
    }
}

/// Grades and scores what was practised: of a sprint only its own steps count.
fn sheet(
    setting: &Setting,
    record: &Record,
    rubric: &Rubric,
    marks: &BTreeMap<String, bool>,
) -> Sheet {
    let answer = Answer {
        steps: record.said(),
        elsewhere: String::new(),
    };
    let mut graded = setting.rules.grade(&answer);
    for (item, said) in marks {
        graded.set_yours(item, *said);
    }
    if !record.is_sprint() {
        let clocked = clocked(record, &setting.framework);
        return score(&setting.case, rubric, &graded, Some(&clocked), record.level);
    }
    let steps: Vec<Step> = record.segments.iter().filter_map(|s| s.step()).collect();
    score_steps(&setting.case, rubric, &graded, &steps, record.level)
}

fn clocked(record: &Record, framework: &Framework) -> Clocked {
    let mut clocked = Clocked::default();
    for segment in &record.segments {
        if let Some(step) = segment.step() {
            clocked.used.insert(step, record.used(*segment) as u32);
            clocked
                .budget
                .insert(step, record.budget(*segment, framework) as u32);
        }
    }
    clocked
}

fn times(record: &Record, framework: &Framework) -> Vec<StepTime> {
    let segments = record.segments.iter();
    segments
        .map(|segment| StepTime {
            segment: *segment,
            used: record.used(*segment).round() as u32,
            budget: record.budget(*segment, framework) as u32,
            began: record.began.get(segment).copied(),
        })
        .collect()
}

fn facts(case: &Case, record: &Record) -> Vec<FactReport> {
    if !record.segments.contains(&Segment::Clarify) {
        return Vec::new();
    }
    let mut facts: Vec<FactReport> = case
        .facts
        .iter()
        .map(|fact| FactReport {
            id: fact.id.to_string(),
            question: fact.question.clone(),
            answer: fact.answer.clone(),
            key: fact.key,
            asked: record.facts_told.contains(fact.id.as_str()),
        })
        .collect();
    facts.sort_by_key(|fact| !fact.key);
    facts
}

fn told(setting: &Setting, record: &Record) -> Vec<Told> {
    let entries = record.transcript.iter();
    entries
        .filter_map(|entry| match &entry.why {
            Trigger::Curveball(id) => setting.turn(id),
            _ => None,
        })
        .map(|ball| Told {
            step: ball.step,
            line: ball.line.clone(),
            strong: ball.strong.clone(),
            great: ball.great.clone(),
        })
        .collect()
}

/// The missed items that weigh most: musts before shoulds.
fn missed(case: &Case, sheet: &Sheet, practised: &dyn Fn(&str) -> bool) -> Vec<MissedItem> {
    let mut items: Vec<&Item> = sheet
        .items
        .iter()
        .filter(|item| item.verdict == Verdict::Missed)
        .filter_map(|item| case.item(item.id.as_str()))
        .filter(|item| matches!(item.kind, Kind::Must | Kind::Should) && item.level <= sheet.level)
        .collect();
    items.sort_by_key(|item| item.kind);
    items.truncate(MOST_MISSED);
    let back = items.into_iter().map(|item| {
        let linked = item
            .drill
            .as_ref()
            .map(|drill| format!("{}/{drill}", case.id));
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
    });
    back.collect()
}

/// A recall drill made from what an item already has.
fn follow_up(item: &Item) -> Recall {
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
        model: item
            .examples
            .hit
            .first()
            .cloned()
            .unwrap_or_else(|| item.point.clone()),
        because: item.explain.clone(),
        hints: Vec::new(),
        item: Some(item.id.clone()),
    }
}
