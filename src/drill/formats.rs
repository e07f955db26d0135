//! The list of formats. A new one is one line here: its list in `drills.yaml`, its file, its struct.

use super::{Audit, Format, Grade, Head, Question, Reply};
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! formats {
    ($($field:ident: $file:ident::$format:ident),* $(,)?) => {
        $(use super::$file::$format;)*

        /// The names of all formats, as in `drills.yaml`.
        pub const FORMATS: &[&str] = &[$($format::NAME),*];

        /// `drills.yaml`: a map from format to its list.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct DrillFile {
            $(#[serde(default, skip_serializing_if = "Vec::is_empty")]
            pub $field: Vec<$format>,)*
        }

        impl DrillFile {
            /// All drills of the file, format by format.
            pub fn into_drills(self) -> Vec<Drill> {
                let mut all = Vec::new();
                $(all.extend(self.$field.into_iter().map(|drill| Drill::$format(Box::new(drill))));)*
                all
            }
        }

        /// One drill of any format.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum Drill {
            $($format(Box<$format>),)*
        }

        impl Drill {
            pub fn format(&self) -> &'static str {
                match self { $(Self::$format(_) => $format::NAME,)* }
            }

            /// Seconds that an answer usually takes.
            pub fn seconds(&self) -> u32 {
                match self { $(Self::$format(_) => $format::SECONDS,)* }
            }

            pub fn head(&self) -> Head<'_> {
                match self { $(Self::$format(drill) => drill.head(),)* }
            }

            pub fn question(&self, chance: &mut ChaCha8Rng) -> Question {
                match self { $(Self::$format(drill) => drill.question(chance),)* }
            }

            pub fn grade(&self, replies: &[Reply], lexicon: &Lexicon) -> Grade {
                match self { $(Self::$format(drill) => drill.grade(replies, lexicon),)* }
            }

            pub fn model(&self) -> String {
                match self { $(Self::$format(drill) => drill.model(),)* }
            }

            pub fn key(&self) -> Vec<Reply> {
                match self { $(Self::$format(drill) => drill.key(),)* }
            }

            pub fn working(&self) -> &[String] {
                match self { $(Self::$format(drill) => drill.working(),)* }
            }

            pub fn audit(&self) -> Audit<'_> {
                let mut audit = Audit::default();
                match self { $(Self::$format(drill) => drill.audit(&mut audit),)* }
                audit
            }
        }

        /// Seconds that an answer in this format usually takes, by its name.
        pub fn usual_seconds(format: &str) -> u32 {
            match format { $($format::NAME => $format::SECONDS,)* _ => 60 }
        }
    };
}

formats! {
    recall: recall::Recall,
    order: order::Order,
    estimate: estimate::Estimate,
    verdict: verdict::Verdict,
    r#match: matching::Match,
    leak: leak::Leak,
    red_flag: red_flag::RedFlag,
    follow_up: follow_up::FollowUp,
    frame: frame::Frame,
    metric_pick: metric_pick::MetricPick,
    drift: drift::Drift,
    triage: triage::Triage,
    level_up: level_up::LevelUp,
    cloze: cloze::Cloze,
    brainstorm: brainstorm::Brainstorm,
    clarify: clarify::Clarify,
    compute: compute::Compute,
    diagram: diagram::Diagram,
    latency: latency::Latency,
    skeleton: skeleton::Skeleton,
    threshold: threshold::Threshold,
}
