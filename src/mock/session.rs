//! The running interview: `apply(input, now)` moves the clock, keeps what was typed, and lets the
//! interviewer speak. A 45-minute mock is a loop over inputs; nothing here reads a clock.

use super::interviewer::{after, asks, before, Listener, Say};
use super::record::{Entry, Record, Segment, Speaker, Trigger};
use crate::content::{Case, Framework, Id, Interviewer};
use crate::grading::{CaseRules, Lexicon, Matcher};
use chrono::{DateTime, Utc};
use std::sync::Arc;

/// A jump of the clock that no tick explains, in seconds: the machine slept. It is not counted.
const SLEPT: f64 = 60.0;
/// Seconds that an interviewer's line stays alone before the next one may come.
const BREATH: f64 = 20.0;

/// What a mock is about; the same for its whole length.
#[derive(Clone, Debug)]
pub struct Setting {
    pub case: Arc<Case>,
    pub framework: Arc<Framework>,
    pub interviewer: Arc<Interviewer>,
    pub rules: Arc<CaseRules>,
    /// When a line asks for a fact, by the fact's id.
    pub facts: Arc<Vec<(Id, Matcher)>>,
}

impl Setting {
    /// Compiles the rules of a case.
    ///
    /// # Errors
    /// One line that names the concepts which the lexicon does not have.
    pub fn new(
        case: Arc<Case>,
        framework: Framework,
        interviewer: Interviewer,
        lexicon: &Lexicon,
    ) -> Result<Self, String> {
        let rules = CaseRules::compile(&case, lexicon).map_err(|unknown| {
            let names: Vec<String> = unknown
                .iter()
                .map(|unknown| format!("{} (in {})", unknown.concept, unknown.item))
                .collect();
            format!(
                "the rubric of {} uses unknown concepts: {}",
                case.id,
                names.join(", ")
            )
        })?;
        // A fact whose rule does not compile is never told; `greenroom check` names it.
        let facts = case
            .facts
            .iter()
            .filter_map(|fact| {
                Some((
                    fact.id.clone(),
                    Matcher::compile(&fact.asked, lexicon).ok()?,
                ))
            })
            .collect();
        Ok(Self {
            case,
            framework: Arc::new(framework),
            interviewer: Arc::new(interviewer),
            rules: Arc::new(rules),
            facts: Arc::new(facts),
        })
    }
}

/// What the candidate does, or time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The whole text of the current segment.
    Edit(String),
    /// A line added to the current segment; in clarify, a question is answered.
    Line(String),
    /// A question, in any segment.
    Ask(String),
    /// The whole whiteboard.
    Draw(String),
    Next,
    Back,
    GoTo(Segment),
    Pause,
    Resume,
    /// "I am thinking": the silence is not broken.
    Thinking,
    Tick,
    End,
}

/// The interview with its clock.
#[derive(Debug)]
pub struct Session {
    setting: Setting,
    record: Record,
    /// When the clock was last moved.
    last: DateTime<Utc>,
    paused: bool,
    /// Seconds since the last key.
    quiet: f64,
    /// Seconds since the interviewer's last line.
    since_line: f64,
    /// Seconds that were not counted because the machine slept.
    slept: f64,
}

impl Session {
    /// Starts the interview; the prompt is the first line of the transcript.
    pub fn begin(setting: Setting, record: Record, now: DateTime<Utc>) -> Self {
        let mut session = Self::resume(setting, record, now);
        session.paused = false;
        let opening = session.listener().opening(&session.record);
        session.say(opening);
        session
    }

    /// Takes up an interview where it was; its clock stands until [`Input::Resume`].
    pub fn resume(setting: Setting, record: Record, now: DateTime<Utc>) -> Self {
        Self {
            setting,
            record,
            last: now,
            paused: true,
            quiet: 0.0,
            since_line: BREATH,
            slept: 0.0,
        }
    }

    pub fn record(&self) -> &Record {
        &self.record
    }

    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    pub fn paused(&self) -> bool {
        self.paused
    }

    /// Seconds that were not counted because the machine slept.
    pub fn slept(&self) -> f64 {
        self.slept
    }

    /// Seconds left on the clock; never under 0.
    pub fn left(&self) -> f64 {
        (self.record.budget_total(&self.setting.framework) - self.record.elapsed()).max(0.0)
    }

    /// Share of the current segment's minutes that is used.
    pub fn share(&self) -> f64 {
        let budget = self
            .record
            .budget(self.record.current, &self.setting.framework);
        self.record.used(self.record.current) / budget.max(1.0)
    }

    /// The interviewer's last line.
    pub fn line(&self) -> Option<&Entry> {
        let lines = self.record.transcript.iter().rev();
        lines
            .into_iter()
            .find(|entry| entry.speaker == Speaker::Interviewer)
    }

    /// Takes one input at a moment.
    pub fn apply(&mut self, input: Input, now: DateTime<Utc>) {
        self.move_clock(now);
        if self.record.over {
            return;
        }
        if !matches!(input, Input::Tick | Input::Pause | Input::Resume) {
            self.quiet = 0.0;
            self.record.fired.remove(&Trigger::Silence);
        }
        match input {
            Input::Edit(text) => {
                self.record.answers.insert(self.record.current, text);
            }
            Input::Line(line) => self.line_typed(&line),
            Input::Ask(question) => self.ask(&question),
            Input::Draw(board) => self.record.board = board,
            Input::Next => self.next(),
            Input::Back => {
                if let Some(segment) = before(&self.record) {
                    self.enter(segment);
                }
            }
            Input::GoTo(segment) => {
                if self.record.segments.contains(&segment) {
                    self.enter(segment);
                }
            }
            Input::Pause => {
                if !self.paused {
                    self.paused = true;
                    self.record.pauses += 1;
                }
            }
            Input::Resume => self.paused = false,
            Input::Thinking | Input::Tick => {}
            Input::End => self.record.over = true,
        }
        if !self.paused && !self.record.over {
            self.listen();
        }
    }

    fn listener(&self) -> Listener<'_> {
        Listener {
            case: &self.setting.case,
            framework: &self.setting.framework,
            lines: &self.setting.interviewer,
            rules: &self.setting.rules,
            facts: &self.setting.facts,
        }
    }

    fn move_clock(&mut self, now: DateTime<Utc>) {
        let passed = (now - self.last).num_milliseconds().max(0) as f64 / 1000.0;
        self.last = now;
        if self.record.over {
            return;
        }
        if self.paused {
            self.record.paused_seconds += passed;
            return;
        }
        if passed > SLEPT {
            self.slept += passed;
            self.record.paused_seconds += passed;
            return;
        }
        // The interview ends on the second, however late the tick that says so.
        let counted = passed.min(self.left());
        *self.record.used.entry(self.record.current).or_default() += counted;
        self.quiet += passed;
        self.since_line += passed;
        if self.left() <= 0.0 {
            self.record.over = true;
        }
    }

    fn listen(&mut self) {
        // Never more than one line at a time.
        if self.since_line < BREATH {
            return;
        }
        if let Some(say) = self.listener().by_clock(&self.record, self.quiet) {
            self.say(say);
        }
    }

    fn say(&mut self, say: Say) {
        self.record.fired.insert(say.why.clone());
        if let Trigger::Fact(id) = &say.why {
            self.record.facts_told.insert(id.clone());
        }
        self.since_line = 0.0;
        self.note(Speaker::Interviewer, say.text, say.why);
    }

    fn note(&mut self, speaker: Speaker, text: String, why: Trigger) {
        self.record.transcript.push(Entry {
            at: self.record.elapsed() as u32,
            segment: self.record.current,
            speaker,
            text,
            why,
        });
    }

    fn line_typed(&mut self, line: &str) {
        if self.record.current == Segment::Clarify && asks(line) {
            self.ask(line);
            return;
        }
        let answer = self.record.answers.entry(self.record.current).or_default();
        if !answer.is_empty() {
            answer.push('\n');
        }
        answer.push_str(line);
    }

    fn ask(&mut self, question: &str) {
        let question = question.trim();
        if question.is_empty() {
            return;
        }
        self.note(Speaker::You, question.to_owned(), Trigger::Question);
        let replies = self.listener().answer(&self.record, question);
        for say in replies {
            self.say(say);
        }
    }

    /// Leaves the segment; where a must was not heard, a first `Next` brings the probe instead.
    fn next(&mut self) {
        if let Some(probe) = self.listener().probe(&self.record) {
            self.say(probe);
            return;
        }
        match after(&self.record) {
            Some(segment) => self.enter(segment),
            None => self.record.over = true,
        }
    }

    fn enter(&mut self, segment: Segment) {
        self.record.current = segment;
        let at = self.record.elapsed() as u32;
        self.record.began.entry(segment).or_insert(at);
    }
}

#[cfg(test)]
mod tests;
