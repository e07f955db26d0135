//! `cases/<id>/case.yaml`: one system to design, and what a strong answer says.

use super::{Id, Level, Rule, Step};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// `case.yaml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub id: Id,
    pub title: String,
    /// recommendation, eta, fraud, ads, search …
    pub family: Id,
    #[serde(default)]
    pub tags: Vec<Id>,
    /// `draft` hides the case from plan and mock.
    #[serde(default)]
    pub status: Status,
    /// One line for lists.
    pub summary: String,
    /// What the interviewer says first, one or two sentences.
    pub prompt: String,
    /// What the system must do, and how well.
    pub requirements: Requirements,
    pub facts: Vec<Fact>,
    pub rubric: Vec<Item>,
    pub ladders: Vec<Ladder>,
    pub tradeoffs: Vec<Tradeoff>,
    pub curveballs: Vec<Curveball>,
    pub pitfalls: Vec<String>,
    /// Features that are not known when the prediction is made.
    #[serde(default)]
    pub leaky_features: Vec<LeakyFeature>,
    /// Flowchart of the whole design. A whiteboard is held against it, or against a flowchart in the
    /// breakdown's section of its step where it is more like that one.
    pub whiteboard: String,
    /// Every figure of the case that follows from others, with its sum.
    #[serde(default)]
    pub numbers: Vec<Figure>,
    pub references: Vec<Reference>,
}

/// Whether a case is ready to be practised.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    #[default]
    Ready,
    Draft,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requirements {
    pub functional: Vec<String>,
    pub non_functional: Vec<String>,
}

/// Something the interviewer knows, and tells when asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub id: Id,
    /// A question that uncovers it, for the debrief.
    pub question: String,
    /// When a line counts as asking for it.
    pub asked: Rule,
    pub answer: String,
    /// A strong candidate uncovers it.
    #[serde(default)]
    pub key: bool,
}

/// One thing that a strong answer says, or a red flag.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub id: Id,
    pub step: Step,
    pub dimension: Id,
    pub kind: Kind,
    /// From which level it is expected.
    pub level: Level,
    pub point: String,
    pub r#match: Rule,
    /// What contradicts it: said in the item's own step, the verdict is a conflict, also when the point
    /// itself was not made. A red flag must have matched too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<Rule>,
    /// What the interviewer asks when it was not said; never the answer.
    pub probe: String,
    /// Two or three sentences that teach the point to one who missed it.
    pub explain: String,
    /// Checked by `greenroom check`.
    pub examples: Examples,
    /// The drill of this case that practises it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drill: Option<Id>,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Must,
    Should,
    Bonus,
    RedFlag,
}

impl Kind {
    pub fn id(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::Bonus => "bonus",
            Self::RedFlag => "red-flag",
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.id())
    }
}

/// Answers that must be read as said, and as not said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    pub hit: Vec<String>,
    pub miss: Vec<String>,
}

/// Follow-up questions, three deep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    pub id: Id,
    pub step: Step,
    pub title: String,
    /// Only when the answer says this: what the first question takes for granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when_said: Option<Rule>,
    pub rungs: Vec<Rung>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rung {
    pub ask: String,
    pub strong: String,
    pub great: String,
    /// When an answer is fair enough to go down a rung.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#match: Option<Rule>,
}

/// Option A or option B, and what decides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tradeoff {
    pub id: Id,
    pub step: Step,
    pub a: String,
    pub b: String,
    /// Which one here, and because of which constraint.
    pub decide: String,
    /// The changed constraint that flips it.
    pub flip: String,
}

/// A turn in the interview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Curveball {
    pub id: Id,
    /// Comes while this step is open.
    pub step: Step,
    /// Share of the step's own minutes that must have passed, 0 to 1.
    #[serde(default = "Curveball::default_after")]
    pub after: f64,
    /// Only when this rubric item was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when_hit: Option<Id>,
    /// Only when this rubric item was not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when_missed: Option<Id>,
    /// Only when the answer says this: what it turns on was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when_said: Option<Rule>,
    /// Not when the answer says this: it is answered already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<Rule>,
    /// Only from this level on.
    #[serde(default = "Curveball::default_level")]
    pub level: Level,
    pub line: String,
    /// What a 3 says.
    pub strong: String,
    /// What a 4 says.
    pub great: String,
}

impl Curveball {
    fn default_after() -> f64 {
        0.5
    }

    fn default_level() -> Level {
        Level::Mid
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeakyFeature {
    pub feature: String,
    pub why: String,
}

/// A figure with the sum it comes from: `100e6 * 10 / 86400`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    pub id: Id,
    pub what: String,
    /// Numbers, + − * / ^, brackets, ln, exp, sqrt, log2, log10.
    pub sum: String,
    pub value: f64,
    pub unit: String,
}

/// A source, looked up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    pub id: Id,
    pub title: String,
    /// Authors, or the organisation.
    pub authors: String,
    pub year: u16,
    /// Conference, journal or site.
    pub venue: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What it shows that this case uses.
    pub shows: String,
    /// How the reference was checked.
    pub checked: String,
}

impl Item {
    /// What makes the point, then what contradicts it.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        std::iter::once(&self.r#match).chain(&self.wrong)
    }

    /// A hash of what the item says and asks for: a dispute of it knows what was disputed.
    pub fn hash(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        format!("{:016x}", xxh3_64(text.as_bytes()))
    }
}

impl Case {
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.rubric.iter().find(|item| item.id == *id)
    }

    /// A hash of all of it: a mock knows by which content it was graded.
    pub fn hash(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        format!("{:016x}", xxh3_64(text.as_bytes()))
    }

    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|own| own == tag)
    }
}
