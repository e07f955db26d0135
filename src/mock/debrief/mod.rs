//! What came of a mock: scores with evidence, time by step, what was never asked, what comes back.

mod board;
mod clock;
mod copied;
mod gains;
mod missed;
mod told;

pub use board::{boards, BoardReport, Finding};
pub use clock::{overruns, Overrun, StepTime};
pub use copied::copied_share;
pub use gains::Gain;
pub use missed::MissedItem;
pub use told::Told;

use super::record::{Manner, Record, Segment};
use super::setting::Setting;
use crate::content::{Case, Framework, Kind, Rubric, Step};
use crate::grading::{
    score_steps, score_worth, Answer, Clocked, Graded, ItemScore, ItemVerdict, Sheet, Verdict,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a point counts that the candidate ticked for themselves.
const OWN_TICK: f64 = 0.75;

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
    /// The curveballs and rungs that came, with what strong and great answers say.
    pub told: Vec<Told>,
    pub pauses: u32,
    pub paused_seconds: u32,
    /// What comes back as drills.
    pub missed: Vec<MissedItem>,
    /// What would have raised the score most.
    #[serde(default)]
    pub gains: Vec<Gain>,
    /// Who heard the answer.
    #[serde(default)]
    pub manner: Manner,
    /// Share of the answer that stands word for word in the breakdown, 0 to 1.
    #[serde(default)]
    pub copied: f64,
    /// Of the case as it was graded by.
    #[serde(default)]
    pub hash: String,
    /// How the learner says they spoke, 1 to 4.
    #[serde(default)]
    pub delivery: Option<u8>,
    /// Each whiteboard beside its reference, as the content has it now.
    #[serde(skip)]
    pub boards: Vec<BoardReport>,
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

impl Debrief {
    /// Grades a finished interview. `rubric` has the weights of the mock's role; `practised` tells
    /// whether a drill of the case exists.
    pub fn of(
        setting: &Setting,
        record: &Record,
        rubric: &Rubric,
        practised: &dyn Fn(&str) -> bool,
    ) -> Self {
        let case = &setting.case;
        let graded = graded(setting, record, &BTreeMap::new());
        let score = |graded: &Graded| sheet(setting, record, rubric, graded);
        let sheet = score(&graded);
        Self {
            mock: record.mock.clone(),
            title: case.title.clone(),
            clock_minutes: record.clock_minutes,
            time: clock::times(record, &setting.framework),
            facts: facts(case, record),
            told: told::told(setting, record),
            pauses: record.pauses,
            paused_seconds: record.paused_seconds as u32,
            missed: missed::missed(case, record, &sheet, practised),
            gains: gains::gains(case, &graded, &sheet, &score),
            manner: record.options.manner,
            copied: 0.0,
            hash: case.hash(),
            delivery: None,
            boards: Vec::new(),
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
        let graded = graded(setting, record, marks);
        self.sheet = sheet(setting, record, rubric, &graded);
    }

    /// Items where the machine is unsure and the learner has not said yet.
    pub fn open_questions(&self) -> impl Iterator<Item = &ItemScore> {
        let items = self.sheet.items.iter();
        items.filter(|item| item.verdict == Verdict::Maybe && item.yours.is_none())
    }

    /// The learner's words of a step that made a point, in bytes of what they said there; red flags
    /// made none. In order, and none over another.
    pub fn marked(&self, step: Step) -> Vec<Range<usize>> {
        let made = |item: &&ItemScore| item.verdict == Verdict::Hit && item.kind != Kind::RedFlag;
        let items = self.sheet.items.iter().filter(made);
        let mut spans: Vec<Range<usize>> = items
            .flat_map(|item| &item.evidence)
            .filter(|words| words.step == Some(step))
            .map(|words| words.start..words.end)
            .collect();
        spans.sort_by_key(|span| (span.start, span.end));
        let mut merged: Vec<Range<usize>> = Vec::new();
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        merged
    }

    /// The whiteboard of a segment; of none, the one of a mock of before boards were kept by step.
    pub fn board(&self, segment: Option<Segment>) -> Option<&BoardReport> {
        self.boards.iter().find(|own| own.segment == segment)
    }

    /// Whether a board's reference is to be drawn with it: once, with the last that it was held against.
    pub fn shows_reference(&self, board: &BoardReport) -> bool {
        let mut boards = self.boards.iter().rev();
        let last = boards.find(|own| own.reference == board.reference);
        board.reference.is_some() && last.is_some_and(|last| last.segment == board.segment)
    }

    /// How a total came about that the program did not hear itself.
    pub fn heard_by(&self) -> Option<&'static str> {
        match self.manner {
            Manner::Typed => None,
            Manner::Aloud => Some("by your own ticks, which count three quarters"),
            Manner::Friend => Some("by the ticks of who asked"),
        }
    }
}

/// What was heard, or ticked.
fn graded(setting: &Setting, record: &Record, marks: &BTreeMap<String, bool>) -> Graded {
    if !record.options.manner.is_heard() {
        return ticked(&setting.case, record);
    }
    let mut graded = setting.rules.grade(&Answer {
        steps: record.said(),
        elsewhere: String::new(),
    });
    for (item, said) in marks {
        graded.set_yours(item, *said);
    }
    graded
}

/// Ticks as verdicts. A step in which time was spent was spoken about.
fn ticked(case: &Case, record: &Record) -> Graded {
    let items = case.rubric.iter().map(|item| ItemVerdict {
        id: item.id.clone(),
        verdict: if record.ticked.contains(item.id.as_str()) {
            Verdict::Hit
        } else {
            Verdict::Missed
        },
        wrong_step: false,
        evidence: Vec::new(),
        missing: Vec::new(),
        yours: None,
    });
    let spoken = |step: Step| usize::from(record.used(step.into()) > 0.0);
    Graded {
        items: items.collect(),
        words: Step::ALL
            .into_iter()
            .map(|step| (step, spoken(step)))
            .collect(),
        ..Graded::default()
    }
}

/// Scores what was practised: of a sprint only its own steps count.
fn sheet(setting: &Setting, record: &Record, rubric: &Rubric, graded: &Graded) -> Sheet {
    let (case, level) = (&setting.case, record.level);
    if record.is_sprint() {
        let steps: Vec<Step> = record.segments.iter().filter_map(|s| s.step()).collect();
        return score_steps(case, rubric, graded, &steps, level);
    }
    let clocked = clocked(record, &setting.framework);
    let worth = match record.options.manner {
        Manner::Aloud => OWN_TICK,
        Manner::Typed | Manner::Friend => 1.0,
    };
    score_worth(case, rubric, graded, Some(&clocked), level, worth)
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
