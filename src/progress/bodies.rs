//! What each kind of event says. Fields are only ever added, with a default, so that old events
//! stay readable; unknown fields of a newer program are ignored.

use super::EventId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

/// One answered drill: the first attempt, as it was graded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Review {
    pub drill: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    pub format: String,
    pub step: String,
    /// Of the drill's content when it was asked, so that an edit can be told.
    #[serde(default)]
    pub hash: String,
    /// What the learner answered, in the shape of the drill's format.
    #[serde(default)]
    pub reply: Value,
    #[serde(serialize_with = "finite")]
    pub score: f64,
    /// The machine's: 1 Again, 2 Hard, 3 Good, 4 Easy. The learner's own comes as [`Overrule`].
    pub rating: u8,
    /// How sure the learner said to be before the answer was shown: 1 to 4.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u8>,
    #[serde(default, serialize_with = "finite")]
    pub seconds: f64,
    #[serde(default)]
    pub hints: u8,
    /// Asked although it was not due.
    #[serde(default)]
    pub cram: bool,
    /// The day that was chosen among those that are as good for the drill to come back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comes_back: Option<NaiveDate>,
}

/// The learner sets another rating than the machine; both are kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overrule {
    pub review: EventId,
    pub drill: String,
    pub rating: u8,
    /// As in [`Review`]; this one counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comes_back: Option<NaiveDate>,
}

/// The second attempt at a drill, which teaches and sets no rating.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Second {
    pub review: EventId,
    pub drill: String,
    #[serde(default)]
    pub reply: Value,
    #[serde(serialize_with = "finite")]
    pub score: f64,
    #[serde(default, serialize_with = "finite")]
    pub seconds: f64,
}

/// Takes an earlier event back. It cannot itself be taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Retract {
    pub event: EventId,
}

/// The drill is not asked until it is resumed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suspend {
    pub drill: String,
}

/// Ends a [`Suspend`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resume {
    pub drill: String,
}

/// The drill is not asked before this day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bury {
    pub drill: String,
    pub until: NaiveDate,
}

/// A mock interview begins.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MockBegin {
    pub mock: String,
    pub case: String,
    pub clock_minutes: u32,
    pub level: String,
    pub seed: u64,
    /// The steps that are asked, in order; a sprint asks only some.
    #[serde(default)]
    pub steps: Vec<String>,
}

/// A mock interview ended, with all that is needed to show it again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MockEnd {
    pub mock: String,
    /// Transcript and debrief.
    #[serde(default)]
    pub body: Value,
    /// 0 to 100; nothing when it was left before it could be scored.
    #[serde(
        default,
        serialize_with = "finite_or_none",
        skip_serializing_if = "Option::is_none"
    )]
    pub total: Option<f64>,
    #[serde(default)]
    pub verdict: String,
    /// The confirmed misses that come back as drills.
    #[serde(default)]
    pub missed: Value,
    /// On the mock's own clock, pauses left out.
    #[serde(default, serialize_with = "finite")]
    pub seconds: f64,
}

/// The learner's answer to "did you say this?".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MockMark {
    pub mock: String,
    pub item: String,
    pub said: bool,
}

/// An old mock was graded again with newer content; the verdicts as first given stay.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MockGrade {
    pub mock: String,
    /// The debrief.
    #[serde(default)]
    pub body: Value,
    /// 0 to 100.
    #[serde(default, serialize_with = "finite")]
    pub total: f64,
    #[serde(default)]
    pub verdict: String,
    /// Of the case as it was then.
    #[serde(default)]
    pub hash: String,
}

/// How well the learner says they spoke in a mock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MockRating {
    pub mock: String,
    /// 1 to 4; the newest counts.
    pub delivery: u8,
}

/// The learner disagrees with a verdict, of a mock or of a drill.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dispute {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mock: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drill: Option<String>,
    pub item: String,
    /// What the machine said.
    pub machine: String,
    /// What the learner says it is.
    pub yours: String,
    /// The words it is about, or the reason.
    #[serde(default)]
    pub text: String,
    /// Of the item's content when it was disputed, so that an edit can be told.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hash: String,
}

/// A section of a breakdown was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Read {
    pub case: String,
    pub section: String,
    #[serde(default, serialize_with = "finite")]
    pub seconds: f64,
}

/// The plan was made or changed; the newest counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub body: Value,
}

/// A note, written or written again under the same id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Note {
    pub note: String,
    /// What it is about: a case, a drill, a mock.
    pub subject: String,
    pub text: String,
}

/// A note was thrown away.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NoteRemove {
    pub note: String,
}

/// A choice of the learner that goes along to other machines; the newest counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    pub key: String,
    pub value: Value,
}

/// The first run was gone through.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FirstRun {
    #[serde(default)]
    pub body: Value,
}

/// JSON has no NaN: it would be written as null and the event could not be read again.
fn finite<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(super::finite(*value))
}

fn finite_or_none<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    value.filter(|v| v.is_finite()).serialize(serializer)
}
