//! Everything that happened in a mock: what is autosaved, resumed and debriefed.

use crate::content::{Framework, Level, Step};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A part of the interview: one of the seven steps, or the ungraded wrap-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Segment {
    Clarify,
    Frame,
    Data,
    Model,
    Evaluate,
    Serve,
    Monitor,
    WrapUp,
}

impl Segment {
    pub fn step(self) -> Option<Step> {
        Step::ALL.get(self as usize).copied()
    }

    pub fn id(self) -> &'static str {
        self.step().map_or("wrap-up", Step::id)
    }
}

impl From<Step> for Segment {
    fn from(step: Step) -> Self {
        match step {
            Step::Clarify => Self::Clarify,
            Step::Frame => Self::Frame,
            Step::Data => Self::Data,
            Step::Model => Self::Model,
            Step::Evaluate => Self::Evaluate,
            Step::Serve => Self::Serve,
            Step::Monitor => Self::Monitor,
        }
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// Who says a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speaker {
    Interviewer,
    You,
}

/// Why a line came.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    Opening,
    Question,
    /// A fact was asked for.
    Fact(String),
    /// No fact answers the question.
    Assume,
    /// The step has used its minutes.
    Nudge(Segment),
    /// The step has used one and a half times its minutes.
    Interject(Segment),
    /// A must was not heard when the step was left.
    Probe(String),
    Curveball(String),
    Silence,
    Closing,
}

/// One line of the transcript.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Seconds on the interview's clock.
    pub at: u32,
    pub segment: Segment,
    pub speaker: Speaker,
    pub text: String,
    pub why: Trigger,
}

/// The whole interview so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub mock: String,
    pub case: String,
    pub clock_minutes: u32,
    pub level: Level,
    pub seed: u64,
    /// What is practised, in order; a sprint has fewer than all.
    pub segments: Vec<Segment>,
    pub current: Segment,
    /// The text of each segment, as typed.
    pub answers: BTreeMap<Segment, String>,
    /// Whiteboard text.
    pub board: String,
    /// Seconds spent in each segment.
    pub used: BTreeMap<Segment, f64>,
    /// Second at which each segment was first entered.
    pub began: BTreeMap<Segment, u32>,
    pub transcript: Vec<Entry>,
    pub facts_told: BTreeSet<String>,
    /// Lines that have come, so that none comes twice.
    pub fired: BTreeSet<Trigger>,
    pub pauses: u32,
    pub paused_seconds: f64,
    pub over: bool,
}

impl Record {
    pub fn new(
        mock: String,
        case: String,
        clock_minutes: u32,
        level: Level,
        seed: u64,
        segments: Vec<Segment>,
    ) -> Self {
        let current = segments.first().copied().unwrap_or(Segment::Clarify);
        Self {
            mock,
            case,
            clock_minutes,
            level,
            seed,
            segments,
            current,
            answers: BTreeMap::new(),
            board: String::new(),
            used: BTreeMap::new(),
            began: BTreeMap::from([(current, 0)]),
            transcript: Vec::new(),
            facts_told: BTreeSet::new(),
            fired: BTreeSet::new(),
            pauses: 0,
            paused_seconds: 0.0,
            over: false,
        }
    }

    /// Seconds on the interview's clock.
    pub fn elapsed(&self) -> f64 {
        self.used.values().sum()
    }

    /// Seconds that the whole interview has.
    pub fn budget_total(&self, framework: &Framework) -> f64 {
        if self.is_sprint() {
            return self
                .segments
                .iter()
                .map(|segment| self.budget(*segment, framework))
                .sum();
        }
        f64::from(self.clock_minutes) * 60.0
    }

    /// Seconds of a segment.
    pub fn budget(&self, segment: Segment, framework: &Framework) -> f64 {
        let seconds = match segment.step() {
            Some(step) => framework.seconds(step, self.clock_minutes),
            None => framework.wrap_up_seconds(self.clock_minutes),
        };
        f64::from(seconds)
    }

    pub fn used(&self, segment: Segment) -> f64 {
        self.used.get(&segment).copied().unwrap_or(0.0)
    }

    pub fn answer(&self, segment: Segment) -> &str {
        self.answers.get(&segment).map_or("", String::as_str)
    }

    /// Some steps only.
    pub fn is_sprint(&self) -> bool {
        self.segments.len() < Step::ALL.len()
    }

    /// What was asked in clarify and typed in the segments, by step, for grading.
    pub fn said(&self) -> BTreeMap<Step, String> {
        let mut said: BTreeMap<Step, String> = BTreeMap::new();
        let questions = self
            .transcript
            .iter()
            .filter(|entry| entry.speaker == Speaker::You)
            .filter_map(|entry| Some((entry.segment.step()?, entry.text.as_str())));
        let answers = self
            .answers
            .iter()
            .filter_map(|(segment, text)| Some((segment.step()?, text.as_str())));
        for (step, text) in questions.chain(answers) {
            let all = said.entry(step).or_default();
            if !all.is_empty() {
                all.push('\n');
            }
            all.push_str(text);
        }
        said
    }
}
