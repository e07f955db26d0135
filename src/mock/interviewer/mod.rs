//! Which line comes now. Chance only picks the wording; what is lacking picks the line.

mod clarify;
mod deep;
mod probe;
mod wording;

pub use clarify::asks;

use super::record::{Manner, Record, Segment, Trigger};
use super::setting::Setting;
use crate::content::Step;
use crate::grading::{Answer, ItemVerdict, Reading, Verdict};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// Seconds without a key after which the interviewer speaks.
const SILENCE: f64 = 90.0;
/// Seconds before the end at which the last line comes.
const CLOSING: f64 = 180.0;
/// Share of a step's minutes at which it is nudged, and interrupted.
const NUDGE: f64 = 1.0;
const INTERJECT: f64 = 1.5;
/// Share of the whole time by which a model should have been named.
const HALF_TIME: f64 = 0.5;
/// Share of the whole time by which evaluation should have begun.
const LATE: f64 = 0.7;

/// What the answer was found to say so far; made when it is first asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Hearing {
    items: OnceCell<Vec<ItemVerdict>>,
    steps: OnceCell<BTreeMap<Step, Reading>>,
}

/// The one who listens.
pub(super) struct Listener<'a> {
    pub(super) setting: &'a Setting,
    pub(super) record: &'a Record,
    pub(super) hearing: &'a Hearing,
}

/// Something to say, and what it goes by.
pub(super) struct Say {
    pub(super) text: String,
    pub(super) why: Trigger,
    pub(super) because: String,
}

impl Listener<'_> {
    /// A line that the moment calls for, if any. `quiet`: seconds since the last key.
    pub(super) fn by_clock(&self, quiet: f64) -> Option<Say> {
        if self.record.options.manner == Manner::Friend {
            return None;
        }
        self.closing()
            .or_else(|| self.over_time())
            .or_else(|| self.behind())
            .or_else(|| self.question())
            .or_else(|| self.silence(quiet))
    }

    fn is_fresh(&self, why: &Trigger) -> bool {
        !self.record.fired.contains(why)
    }

    fn closing(&self) -> Option<Say> {
        let framework = &self.setting.framework;
        let left = self.record.budget_total(framework) - self.record.elapsed();
        let due = left <= CLOSING && !self.record.is_sprint() && self.is_fresh(&Trigger::Closing);
        due.then(|| {
            let lines = &self.setting.interviewer.closing;
            self.pick(lines, Trigger::Closing, "three minutes were left")
        })
    }

    /// The step has used its minutes, or one and a half times as many.
    fn over_time(&self) -> Option<Say> {
        let segment = self.record.current;
        segment.step()?;
        let share = self.share();
        let lines = &self.setting.interviewer;
        let interject = Trigger::Interject(segment);
        if share >= INTERJECT && self.is_fresh(&interject) {
            let because = format!("{segment} had used one and a half times its minutes");
            return Some(self.pick(&lines.interject, interject, &because));
        }
        let nudge = Trigger::Nudge(segment);
        if share >= NUDGE && self.is_fresh(&nudge) {
            let because = format!("{segment} had used its minutes");
            return Some(self.pick(&lines.nudge, nudge, &because));
        }
        None
    }

    /// Half of the time without a model, most of it without evaluation.
    fn behind(&self) -> Option<Say> {
        if self.record.is_sprint() || !self.record.options.manner.is_heard() {
            return None;
        }
        let lines = &self.setting.interviewer;
        let share = self.record.elapsed() / self.record.budget_total(&self.setting.framework);
        if share >= LATE && self.is_fresh(&Trigger::NoEvaluation) && !self.begun(Step::Evaluate) {
            let because = "70 % of the time was gone and evaluation had not begun";
            return Some(self.pick(&lines.no_evaluation, Trigger::NoEvaluation, because));
        }
        if share >= HALF_TIME
            && self.is_fresh(&Trigger::NoModel)
            && self.record.answer(Segment::Model).trim().is_empty()
            && !self.names_a_model()
        {
            let because = "half of the time was gone and no model had been named";
            return Some(self.pick(&lines.no_model, Trigger::NoModel, because));
        }
        None
    }

    fn silence(&self, quiet: f64) -> Option<Say> {
        let typed = self.record.options.manner.is_heard();
        let lines = &self.setting.interviewer.silence;
        let entries = self.record.transcript.iter();
        let before = entries.filter(|entry| entry.why == Trigger::Silence);
        // Who was spoken to in every way there is wants to be left alone.
        let left = before.count() < lines.len();
        let due = typed && left && quiet >= SILENCE && self.is_fresh(&Trigger::Silence);
        due.then(|| self.pick(lines, Trigger::Silence, "no key for 90 seconds"))
    }

    pub(super) fn opening(&self) -> Say {
        let lead = self.wording(&self.setting.interviewer.open, "open");
        Say {
            text: format!("{} {lead}", self.setting.case.prompt.trim())
                .trim()
                .to_owned(),
            why: Trigger::Opening,
            because: "it opens the interview".to_owned(),
        }
    }

    /// Share of the current segment's minutes that is used.
    fn share(&self) -> f64 {
        let budget = self
            .record
            .budget(self.record.current, &self.setting.framework);
        self.record.used(self.record.current) / budget.max(1.0)
    }

    fn begun(&self, step: Step) -> bool {
        self.record.began.contains_key(&Segment::from(step))
            || !self.record.answer(step.into()).trim().is_empty()
    }

    fn names_a_model(&self) -> bool {
        let readings = self.readings().values();
        readings
            .into_iter()
            .any(|reading| self.setting.lexicon.names_a_model(reading))
    }

    /// The verdicts on what was said so far.
    fn items(&self) -> &[ItemVerdict] {
        self.hearing.items.get_or_init(|| {
            let answer = Answer {
                steps: self.record.said(),
                elsewhere: String::new(),
            };
            self.setting.rules.grade(&answer).items
        })
    }

    fn verdict(&self, item: &str) -> Option<Verdict> {
        if !self.record.options.manner.is_heard() {
            return None;
        }
        let mut items = self.items().iter();
        items.find(|own| own.id == *item).map(|own| own.verdict)
    }

    /// What was said in each step.
    fn readings(&self) -> &BTreeMap<Step, Reading> {
        self.hearing.steps.get_or_init(|| {
            let said = self.record.said().into_iter();
            said.map(|(step, text)| (step, self.setting.lexicon.read(&text)))
                .collect()
        })
    }

    /// How much of an expected answer was said already, 0 to 1, in whatever step.
    fn covered(&self, expected: &Reading) -> f64 {
        let readings = self.readings().values();
        readings
            .map(|reading| reading.share_of(expected))
            .fold(0.0, f64::max)
    }
}
