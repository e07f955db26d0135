//! The list of formats. A new one is one line here.

use super::{
    Audit, Brainstorm, Clarify, Cloze, Compute, Diagram, Drift, Estimate, FollowUp, Format, Frame,
    Grade, Head, Latency, Leak, LevelUp, Match, MetricPick, Order, Question, Recall, RedFlag,
    Reply, Skeleton, Threshold, Triage, Verdict,
};
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! formats {
    ($($field:ident: $format:ident),* $(,)?) => {
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
    recall: Recall,
    order: Order,
    estimate: Estimate,
    verdict: Verdict,
    r#match: Match,
    leak: Leak,
    red_flag: RedFlag,
    follow_up: FollowUp,
    frame: Frame,
    metric_pick: MetricPick,
    drift: Drift,
    triage: Triage,
    level_up: LevelUp,
    cloze: Cloze,
    brainstorm: Brainstorm,
    clarify: Clarify,
    compute: Compute,
    diagram: Diagram,
    latency: Latency,
    skeleton: Skeleton,
    threshold: Threshold,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Library;
    use crate::drill::{read_line, Bank, Kind};
    use proptest::prelude::*;
    use rand::SeedableRng;
    use std::collections::BTreeSet;
    use std::sync::LazyLock;

    static LIBRARY: LazyLock<(Vec<Drill>, Lexicon)> = LazyLock::new(|| {
        let library = Library::open(&[], None);
        let mut bank = Bank::default();
        let ids: Vec<String> = library.drills().map(|head| head.id.clone()).collect();
        let drills = ids
            .iter()
            .map(|id| bank.drill(&library, id).unwrap().clone())
            .collect();
        (drills, Lexicon::new(library.lexicon()))
    });

    #[test]
    fn every_built_in_drill_is_right_by_its_own_key() {
        let (drills, lexicon) = &*LIBRARY;
        assert!(drills.len() > 50);
        for drill in drills {
            let grade = drill.grade(&drill.key(), lexicon);
            assert_eq!(grade.score, 1.0, "{}: {grade:?}", drill.head().id);
            assert_eq!(drill.grade(&[], lexicon).score, 0.0, "{}", drill.head().id);
        }
    }

    #[test]
    fn every_format_that_has_drills_takes_a_line_of_text() {
        let (drills, _) = &*LIBRARY;
        let mut seen = BTreeSet::new();
        for drill in drills {
            let question = drill.question(&mut ChaCha8Rng::seed_from_u64(1));
            let line: Vec<String> = question
                .parts
                .iter()
                .map(|part| match &part.kind {
                    Kind::Text { .. } => "words".to_owned(),
                    Kind::Number { .. } | Kind::Pick { .. } => "1".to_owned(),
                    Kind::Arrange { items } => (1..=items.len())
                        .map(|number| format!("{number} "))
                        .collect(),
                    Kind::Mark { .. } => "1".to_owned(),
                    Kind::Pair { left, .. } => (1..=left.len())
                        .map(|number| format!("{number}a "))
                        .collect(),
                })
                .collect();
            let replies = read_line(&question, &line.join("|"));
            assert_eq!(
                replies.map(|replies| replies.len()),
                Ok(question.parts.len())
            );
            // The same chance, the same question.
            assert_eq!(question, drill.question(&mut ChaCha8Rng::seed_from_u64(1)));
            seen.insert(drill.format());
        }
        assert!(seen.iter().all(|format| FORMATS.contains(format)));
    }

    fn reply() -> impl Strategy<Value = Reply> {
        let text = ".{0,20}";
        prop_oneof![
            text.prop_map(Reply::Text),
            text.prop_map(Reply::Number),
            any::<f64>().prop_map(|number| Reply::Number(number.to_string())),
            text.prop_map(Reply::Picked),
            proptest::collection::vec(text, 0..4).prop_map(Reply::Arranged),
            proptest::collection::vec(text, 0..4).prop_map(Reply::Marked),
            proptest::collection::vec((text, text), 0..4).prop_map(Reply::Paired),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn any_replies_to_any_drill_are_graded_between_nought_and_one(
            at in any::<proptest::sample::Index>(),
            replies in proptest::collection::vec(reply(), 0..4),
        ) {
            let (drills, lexicon) = &*LIBRARY;
            let grade = at.get(drills).grade(&replies, lexicon);
            prop_assert!((0.0..=1.0).contains(&grade.score), "{:?}", grade);
            prop_assert!(grade.marks.iter().all(|mark| (0.0..=1.0).contains(&mark.credit)));
        }
    }
}
