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

    /// What the framework calls it.
    pub fn title(self, framework: &Framework) -> &str {
        match self.step() {
            Some(step) => {
                let guide = framework.step(step);
                guide.map_or(step.id(), |guide| guide.title.as_str())
            }
            None if framework.wrap_up.title.is_empty() => "Wrap-up",
            None => &framework.wrap_up.title,
        }
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

/// Words from which a line that says back the interviewer's is no coincidence.
const ECHO: usize = 4;

/// Words only, in small letters.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
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
    /// A follow-up: the ladder, and which of its rungs, from 0.
    Rung(String, usize),
    /// Half of the time is gone and no model was named.
    NoModel,
    /// Most of the time is gone and evaluation was not begun.
    NoEvaluation,
    Silence,
    Closing,
}

impl Trigger {
    /// A question that waits for an answer about the design.
    pub fn is_question(&self) -> bool {
        matches!(self, Self::Probe(_) | Self::Curveball(_) | Self::Rung(..))
    }
}

/// How the candidate answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Manner {
    /// In writing; the program hears it.
    #[default]
    Typed,
    /// Out loud; afterwards the candidate ticks what they said.
    Aloud,
    /// To a friend, who asks and ticks.
    Friend,
}

impl Manner {
    /// Whether the program itself hears the answer.
    pub fn is_heard(self) -> bool {
        self == Self::Typed
    }
}

/// What a mock is like besides case, clock, level and steps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Minutes of the whole slot, when the clock is what such a slot leaves for the design.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<u32>,
    /// Whose weights the dimensions have; those of the rubric when none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    pub manner: Manner,
    /// The learner's own question, in place of the case's prompt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
}

/// Minutes that a slot leaves for the design once both have introduced themselves and the candidate
/// has asked their questions: 35 of 45, as candidates report of such rounds.
pub fn net_of(slot: u32) -> u32 {
    (slot * 35 / 45).max(1)
}

/// A question of the interviewer, and what was said to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    pub why: Trigger,
    /// Seconds on the interview's clock at which it was asked.
    pub at: u32,
    pub segment: Segment,
    /// The text of the segment when it was asked; dropped once it is answered.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// What was written since, in that segment.
    #[serde(default)]
    pub answer: String,
    /// Whether the answer was good enough to go deeper; none where nothing says so.
    #[serde(default)]
    pub fair: Option<bool>,
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
    /// What the interviewer went by, for one who asks why the line came.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
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
    /// The whiteboard as it was last drawn: all that a mock has of before `boards`.
    pub board: String,
    /// The whiteboard of each segment that drew on it; the others have that of the one before.
    #[serde(default)]
    pub boards: BTreeMap<Segment, String>,
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
    #[serde(default)]
    pub options: Options,
    /// The question that waits for an answer; never more than one.
    #[serde(default)]
    pub open: Option<Question>,
    /// The questions that were dealt with, in order.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Rubric items that somebody ticked, where the program does not hear.
    #[serde(default)]
    pub ticked: BTreeSet<String>,
    /// Times that the machine slept, and its seconds in all; they are not counted.
    #[serde(default)]
    pub sleeps: u32,
    #[serde(default)]
    pub slept_seconds: f64,
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
            boards: BTreeMap::new(),
            used: BTreeMap::new(),
            began: BTreeMap::from([(current, 0)]),
            transcript: Vec::new(),
            facts_told: BTreeSet::new(),
            fired: BTreeSet::new(),
            pauses: 0,
            paused_seconds: 0.0,
            over: false,
            options: Options::default(),
            open: None,
            questions: Vec::new(),
            ticked: BTreeSet::new(),
            sleeps: 0,
            slept_seconds: 0.0,
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

    /// The whiteboard as a segment has it: its own, or what stood there before.
    pub fn board_in(&self, segment: Segment) -> &str {
        let drawn = self.boards.range(..=segment).next_back();
        drawn.map_or("", |(_, board)| board)
    }

    /// Draws on the whiteboard of the segment that is open. One that is as the segment before left
    /// it is not kept twice.
    pub(super) fn draw(&mut self, board: String) {
        let before = self.boards.range(..self.current).next_back();
        if before.map_or("", |(_, own)| own.as_str()) == board {
            self.boards.remove(&self.current);
        } else {
            self.boards.insert(self.current, board.clone());
        }
        self.board = board;
    }

    /// What was drawn, each with its segment; none is known of a mock of before they were kept.
    pub fn drawings(&self) -> Vec<(Option<Segment>, &str)> {
        let kept = self.boards.iter();
        let kept = kept.map(|(segment, board)| (Some(*segment), board.as_str()));
        let whole = self
            .boards
            .is_empty()
            .then_some((None, self.board.as_str()));
        let all = kept.chain(whole);
        all.filter(|(_, board)| !board.trim().is_empty()).collect()
    }

    /// Some steps only.
    pub fn is_sprint(&self) -> bool {
        self.segments.len() < Step::ALL.len()
    }

    /// The segment after the current one.
    pub fn after(&self) -> Option<Segment> {
        self.segments.get(self.place()? + 1).copied()
    }

    /// The segment before the current one.
    pub fn before(&self) -> Option<Segment> {
        let at = self.place()?.checked_sub(1)?;
        self.segments.get(at).copied()
    }

    fn place(&self) -> Option<usize> {
        self.segments.iter().position(|own| *own == self.current)
    }

    /// What was asked and typed in a segment. A line that only says back what the interviewer said
    /// is not the candidate's.
    pub fn said_in(&self, segment: Segment) -> String {
        let heard: Vec<String> = self
            .transcript
            .iter()
            .filter(|entry| entry.speaker == Speaker::Interviewer)
            .map(|entry| plain(&entry.text))
            .collect();
        let own = |line: &&str| {
            let line = plain(line);
            line.split(' ').count() < ECHO || !heard.iter().any(|text| text.contains(&line))
        };
        let asked = self
            .transcript
            .iter()
            .filter(|entry| entry.segment == segment && entry.speaker == Speaker::You)
            .map(|entry| entry.text.as_str());
        let lines = asked.chain(self.answer(segment).lines());
        lines.filter(own).collect::<Vec<_>>().join("\n")
    }

    /// What was asked in clarify and typed in the segments, by step, for grading.
    pub fn said(&self) -> BTreeMap<Step, String> {
        let segments = Step::ALL.into_iter().map(|step| (step, step.into()));
        segments
            .map(|(step, segment)| (step, self.said_in(segment)))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }
}
