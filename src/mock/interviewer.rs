//! Which line comes now. Chance only picks the wording; what is lacking picks the line.

use super::record::{Record, Segment, Trigger};
use crate::content::{Case, Framework, Id, Interviewer, Kind, Level, Step};
use crate::grading::{Answer, CaseRules, ItemVerdict, Matcher, Verdict};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Seconds without a key after which the interviewer speaks.
const SILENCE: f64 = 90.0;
/// Seconds before the end at which the last line comes.
const CLOSING: f64 = 180.0;
/// Share of a step's minutes at which it is nudged, and interrupted.
const NUDGE: f64 = 1.0;
const INTERJECT: f64 = 1.5;

/// The one who listens.
pub(super) struct Listener<'a> {
    pub(super) case: &'a Case,
    pub(super) framework: &'a Framework,
    pub(super) lines: &'a Interviewer,
    pub(super) rules: &'a CaseRules,
    /// When a line asks for a fact, by the fact's id.
    pub(super) facts: &'a [(Id, Matcher)],
}

/// Something to say.
pub(super) struct Say {
    pub(super) text: String,
    pub(super) why: Trigger,
}

impl Listener<'_> {
    /// A line that the clock calls for, if any.
    pub(super) fn by_clock(&self, record: &Record, quiet: f64) -> Option<Say> {
        let segment = record.current;
        let used = record.used(segment);
        let budget = record.budget(segment, self.framework);
        let left = record.budget_total(self.framework) - record.elapsed();
        let fresh = |why: &Trigger| !record.fired.contains(why);

        if left <= CLOSING && !record.is_sprint() && fresh(&Trigger::Closing) {
            return Some(self.pick(record, &self.lines.closing, Trigger::Closing));
        }
        let interject = Trigger::Interject(segment);
        if segment.step().is_some() && used >= INTERJECT * budget && fresh(&interject) {
            return Some(self.pick(record, &self.lines.interject, interject));
        }
        let nudge = Trigger::Nudge(segment);
        if segment.step().is_some() && used >= NUDGE * budget && fresh(&nudge) {
            return Some(self.pick(record, &self.lines.nudge, nudge));
        }
        if let Some(say) = self.curveball(record, used / budget.max(1.0)) {
            return Some(say);
        }
        if quiet >= SILENCE && fresh(&Trigger::Silence) {
            return Some(self.pick(record, &self.lines.silence, Trigger::Silence));
        }
        None
    }

    /// The case's own turns, one a step, when their share of the step's minutes has passed and
    /// their condition holds.
    fn curveball(&self, record: &Record, share: f64) -> Option<Say> {
        let step = record.current.step()?;
        let had_one = record.transcript.iter().any(|entry| {
            entry.segment == record.current && matches!(entry.why, Trigger::Curveball(_))
        });
        if had_one || share >= NUDGE {
            return None;
        }
        let waiting = self.case.curveballs.iter().filter(|ball| {
            ball.step == step
                && ball.level <= record.level
                && share >= ball.after
                && !record
                    .fired
                    .contains(&Trigger::Curveball(ball.id.to_string()))
        });
        let mut waiting = waiting.peekable();
        waiting.peek()?;
        let verdicts = self.hear(record);
        let hit = |id: &str| {
            verdicts
                .iter()
                .any(|item| item.id == *id && item.verdict == Verdict::Hit)
        };
        waiting
            .find(|ball| {
                ball.when_hit.as_ref().is_none_or(|id| hit(id.as_str()))
                    && ball.when_missed.as_ref().is_none_or(|id| !hit(id.as_str()))
            })
            .map(|ball| Say {
                text: ball.line.clone(),
                why: Trigger::Curveball(ball.id.to_string()),
            })
    }

    /// What to ask before a step is left: the first must of the step that was not heard.
    pub(super) fn probe(&self, record: &Record) -> Option<Say> {
        let step = record.current.step()?;
        // Only what was said here counts, and one probe a step is enough.
        let probed = record
            .transcript
            .iter()
            .any(|entry| entry.segment == record.current && matches!(entry.why, Trigger::Probe(_)));
        if probed || record.used(record.current) >= record.budget(record.current, self.framework) {
            return None;
        }
        let verdicts = self.hear(record);
        let missing = |id: &str| {
            verdicts
                .iter()
                .any(|item| item.id == *id && item.verdict == Verdict::Missed)
        };
        let item = self.case.rubric.iter().find(|item| {
            item.step == step
                && item.kind == Kind::Must
                && item.level <= record.level.max(Level::Mid)
                && missing(item.id.as_str())
        })?;
        let lead = self.wording(record, &self.lines.lead_in, item.id.as_str());
        Some(Say {
            text: format!("{lead} {}", item.probe).trim().to_owned(),
            why: Trigger::Probe(item.id.to_string()),
        })
    }

    /// Answers to a line that asks: facts that match, else "assume".
    pub(super) fn answer(&self, record: &Record, question: &str) -> Vec<Say> {
        let asked = |id: &Id| {
            self.facts
                .iter()
                .any(|(own, rule)| own == id && rule.test(question).hit)
        };
        let told: Vec<Say> = self
            .case
            .facts
            .iter()
            .filter(|fact| asked(&fact.id))
            .map(|fact| Say {
                text: fact.answer.trim().to_owned(),
                why: Trigger::Fact(fact.id.to_string()),
            })
            .collect();
        if told.is_empty() {
            return vec![self.pick(record, &self.lines.assume, Trigger::Assume)];
        }
        told
    }

    pub(super) fn opening(&self, record: &Record) -> Say {
        let lead = self.wording(record, &self.lines.open, "open");
        Say {
            text: format!("{} {lead}", self.case.prompt.trim())
                .trim()
                .to_owned(),
            why: Trigger::Opening,
        }
    }

    fn hear(&self, record: &Record) -> Vec<ItemVerdict> {
        let graded = self.rules.grade(&Answer {
            steps: record.said(),
            elsewhere: String::new(),
        });
        graded.items
    }

    fn pick(&self, record: &Record, lines: &[String], why: Trigger) -> Say {
        let turn = format!("{why:?}{}", record.transcript.len());
        Say {
            text: self.wording(record, lines, &turn),
            why,
        }
    }

    /// One of the lines, by the seed; `{step}` becomes the step's title.
    fn wording(&self, record: &Record, lines: &[String], turn: &str) -> String {
        let count = lines.len().max(1) as u64;
        let at = xxh3_64_with_seed(turn.as_bytes(), record.seed) % count;
        let title = record
            .current
            .step()
            .and_then(|step: Step| self.framework.step(step))
            .map_or("the wrap-up", |guide| guide.title.as_str());
        let line = lines.get(at as usize).map_or("", String::as_str);
        line.trim().replace("{step}", title)
    }
}

/// Whether a typed line asks something.
pub(super) fn asks(line: &str) -> bool {
    line.trim_end().ends_with('?')
}

/// The segment after this one.
pub(super) fn after(record: &Record) -> Option<Segment> {
    let at = record
        .segments
        .iter()
        .position(|segment| *segment == record.current)?;
    record.segments.get(at + 1).copied()
}

/// The segment before this one.
pub(super) fn before(record: &Record) -> Option<Segment> {
    let at = record
        .segments
        .iter()
        .position(|segment| *segment == record.current)?;
    record.segments.get(at.checked_sub(1)?).copied()
}
