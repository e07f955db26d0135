//! Red flags that hold for every case: what no interviewer lets pass, whatever the system. A case
//! that has a red flag of its own about the same thing knows better and decides alone.

use super::judge::{quote, Place};
use super::lexicon::ConceptIndex;
use super::normal::Token;
use super::reading::Window;
use super::stem::Stems;
use super::verdict::Evidence;
use super::{normal, Lexicon, Reading};
use crate::content::{Case, Id, Item, Kind, Rule, Step};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;

/// Names of models; naming one opens the model step.
const MODELS: [&str; 20] = [
    "two-tower",
    "gbdt",
    "logistic-regression",
    "linear-regression",
    "random-forest",
    "decision-tree",
    "transformer",
    "matrix-factorisation",
    "collaborative-filtering",
    "cross-encoder",
    "factorisation-machine",
    "wide-and-deep",
    "dlrm",
    "dcn",
    "mmoe",
    "cnn",
    "rnn",
    "graph-neural-network",
    "large-language-model",
    "hnsw",
];
impl Lexicon {
    /// Whether a text names a model as its own.
    pub fn names_a_model(&self, reading: &Reading) -> bool {
        let mut known = MODELS.iter().filter_map(|id| self.index(&Id::from(*id)));
        known.any(|concept| reading.affirms(concept))
    }
}

/// What counts as a simple first version.
const BASELINES: [&str; 2] = ["baseline", "heuristic"];
const RETRIEVALS: [&str; 5] = [
    "retrieval",
    "candidate-generation",
    "candidate-sources",
    "two-stage-funnel",
    "ann",
];
/// Words from a "first" to the model that comes first.
const FIRST_REACH: usize = 5;
/// Words of a sentence that speaks about a mistake and does not make it.
const EXCUSES: [&str; 29] = [
    "misleading",
    "useless",
    "meaningless",
    "wrong",
    "bad",
    "poor",
    "trap",
    "hides",
    "inflates",
    "optimistic",
    "leak",
    "leaks",
    "leakage",
    "leaky",
    "would",
    "exclude",
    "excluded",
    "drop",
    "dropped",
    "never",
    "label",
    "labels",
    "target",
    "avoid",
    "experiment",
    "treatment",
    "arms",
    "not",
    "unusable",
];
/// Small words that a feature may be named with or without.
const SMALL: [&str; 16] = [
    "the", "a", "an", "of", "on", "in", "for", "from", "this", "that", "to", "by", "at", "s", "is",
    "its",
];

/// Which of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlipKind {
    ModelFirst,
    AccuracyOnImbalanced,
    RandomSplit,
    LeakyFeature,
    NoBaseline,
    NoCalibration,
    NoRetrieval,
}

/// A general red flag, with the words that raise it; none where something is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    pub kind: SlipKind,
    pub evidence: Vec<Evidence>,
}

impl SlipKind {
    pub fn id(self) -> &'static str {
        match self {
            Self::ModelFirst => "model-first",
            Self::AccuracyOnImbalanced => "accuracy-on-imbalanced",
            Self::RandomSplit => "random-split",
            Self::LeakyFeature => "leaky-feature",
            Self::NoBaseline => "no-baseline",
            Self::NoCalibration => "no-calibration",
            Self::NoRetrieval => "no-retrieval",
        }
    }

    pub(super) fn step(self) -> Step {
        match self {
            Self::ModelFirst => Step::Clarify,
            Self::RandomSplit | Self::LeakyFeature => Step::Data,
            Self::NoBaseline | Self::NoRetrieval => Step::Model,
            Self::AccuracyOnImbalanced | Self::NoCalibration => Step::Evaluate,
        }
    }

    /// The dimension that loses a point.
    pub(super) fn dimension(self) -> &'static str {
        match self {
            Self::ModelFirst => "navigation",
            Self::RandomSplit => "data",
            Self::LeakyFeature => "features",
            Self::NoBaseline | Self::NoRetrieval => "modelling",
            Self::AccuracyOnImbalanced | Self::NoCalibration => "evaluation",
        }
    }

    pub(super) fn point(self) -> &'static str {
        match self {
            Self::ModelFirst => "A model is named before any question or number.",
            Self::AccuracyOnImbalanced => "Accuracy is a metric, though one class is rare.",
            Self::RandomSplit => "A random split, and no split by time.",
            Self::LeakyFeature => "A feature that is not known when the prediction is made.",
            Self::NoBaseline => "Models are named and no baseline to beat.",
            Self::NoCalibration => {
                "The probability is used as a number, and nothing keeps it calibrated."
            }
            Self::NoRetrieval => {
                "One model for the whole catalogue: nothing narrows it down first."
            }
        }
    }
}

/// What to look for, for one case.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    models: Vec<ConceptIndex>,
    accuracy: Vec<ConceptIndex>,
    random: Vec<ConceptIndex>,
    by_time: Vec<ConceptIndex>,
    baseline: Vec<ConceptIndex>,
    calibration: Vec<ConceptIndex>,
    retrieval: Vec<ConceptIndex>,
    /// Stems of each leaky feature, without the small words.
    leaky: Vec<Vec<String>>,
}

impl Watch {
    pub(super) fn new(case: &Case, lexicon: &Lexicon) -> Self {
        let known = |ids: &[&str]| -> Vec<ConceptIndex> {
            ids.iter()
                .filter_map(|id| lexicon.index(&Id::from(*id)))
                .collect()
        };
        // No concept, nothing to look for.
        let when = |wanted: bool, ids: &[&str]| {
            if wanted {
                known(ids)
            } else {
                Vec::new()
            }
        };
        let flags = || {
            let rubric = case.rubric.iter();
            rubric.filter(|item| item.kind == Kind::RedFlag)
        };
        let own = |id: &str| flags().any(|item| mentions(&item.r#match, id));
        let accuracy = case.has_tag("imbalanced") && !own("accuracy-metric") && !own("accuracy");
        // A case whose rubric asks for it decides by its own items.
        let asks = |item: &Item| mentions(&item.r#match, "calibration");
        let calibrated = case.has_tag("needs-calibration") && !case.rubric.iter().any(asks);
        let stems = Stems::new();
        let leaky = case
            .leaky_features
            .iter()
            .map(|leaky| {
                let tokens = normal::tokens(&leaky.feature, 0, &stems);
                let large = tokens.iter().filter(|token| is_large(token));
                large.map(|token| token.stem.clone()).collect::<Vec<_>>()
            })
            .filter(|stems| stems.len() > 1)
            .collect();
        Self {
            models: known(&MODELS),
            accuracy: when(accuracy, &["accuracy-metric", "accuracy"]),
            random: when(!own("random-split"), &["random-split"]),
            by_time: known(&["time-split"]),
            baseline: known(&BASELINES),
            calibration: when(calibrated, &["calibration"]),
            retrieval: when(case.has_tag("funnel"), &RETRIEVALS),
            leaky,
        }
    }

    /// The slips of an answer. A step without words slips in nothing: it may not have been asked for.
    pub(super) fn slips(&self, places: &[Place<'_>]) -> Vec<Slip> {
        let at = |step: Step| places.get(step.index());
        let written = |step: Step| at(step).is_some_and(|place| !place.reading.is_empty());
        let said = |concepts: &[ConceptIndex]| {
            let mut all = places.iter();
            all.any(|place| !plain(&place.reading, concepts).is_empty())
        };
        let lacks = |concepts: &[ConceptIndex]| !concepts.is_empty() && !said(concepts);
        let mut out = Vec::new();
        let mut add = |kind: SlipKind, evidence: Vec<Evidence>| out.push(Slip { kind, evidence });
        if let Some(evidence) = at(Step::Clarify).and_then(|place| self.model_first(place)) {
            add(SlipKind::ModelFirst, evidence);
        }
        if let Some(place) = at(Step::Evaluate) {
            let spans = meant(&place.reading, &self.accuracy);
            if !spans.is_empty() {
                add(SlipKind::AccuracyOnImbalanced, quote(place, &spans));
            }
        }
        if let Some(place) = at(Step::Data).filter(|_| !said(&self.by_time)) {
            let spans = meant(&place.reading, &self.random);
            if !spans.is_empty() {
                add(SlipKind::RandomSplit, quote(place, &spans));
            }
        }
        if let Some(place) = at(Step::Data) {
            let spans = self.leaky(&place.reading);
            if !spans.is_empty() {
                add(SlipKind::LeakyFeature, quote(place, &spans));
            }
        }
        let modelled = written(Step::Model);
        // Any model may be the simple one that is said to come first.
        let first = || at(Step::Model).is_some_and(|place| self.begins_simple(&place.reading));
        if modelled && said(&self.models) && lacks(&self.baseline) && !first() {
            add(SlipKind::NoBaseline, Vec::new());
        }
        if modelled && written(Step::Evaluate) && lacks(&self.calibration) {
            add(SlipKind::NoCalibration, Vec::new());
        }
        let whole = written(Step::Frame) || written(Step::Serve);
        if modelled && whole && lacks(&self.retrieval) {
            add(SlipKind::NoRetrieval, Vec::new());
        }
        out
    }

    /// Whether a text says which version comes first: "start with X", "first X", "X to compare with".
    fn begins_simple(&self, reading: &Reading) -> bool {
        let word = |at: usize| reading.tokens().get(at).map_or("", |t| t.word.as_str());
        let models = plain(reading, &self.models);
        let models: BTreeSet<usize> = models.into_iter().map(|span| span.start).collect();
        let model_near = |at: usize| models.range(at..at + FIRST_REACH).next().is_some();
        (0..reading.words()).any(|at| match word(at) {
            "start" | "starting" | "begin" | "starts" => word(at + 1) == "with",
            "first" | "firstly" | "initially" => {
                matches!(word(at + 1), "version" | "model") || model_near(at)
            }
            "simple" | "simplest" | "v0" => true,
            _ => false,
        })
    }

    /// A model in the first step, with no question and no number before it.
    fn model_first(&self, place: &Place<'_>) -> Option<Vec<Evidence>> {
        let spans = plain(&place.reading, &self.models);
        let first = spans.into_iter().min_by_key(|span| span.start)?;
        let before = place.reading.tokens().get(..first.start)?;
        let byte = place.reading.bytes(&first).start;
        let asks = place
            .text
            .get(..byte)
            .is_some_and(|text| text.contains('?'))
            || before.iter().any(|token| {
                let word = token.word.as_str();
                token.number.is_some()
                    || matches!(word, "how" | "what" | "which" | "who" | "ask" | "assume")
            });
        // The question may end after it: "is a transformer affordable?" asks.
        let sentence = place.reading.sentence_of(first.start);
        let end = place.reading.sentences().get(sentence).map(|r| r.end);
        let end = end.map_or(byte, |end| place.reading.bytes(&(first.start..end)).end);
        let rest = place.text.get(end..).unwrap_or_default();
        (!asks && !rest.trim_start().starts_with('?')).then(|| quote(place, &[first]))
    }

    fn leaky(&self, reading: &Reading) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        for (number, sentence) in reading.sentences().iter().enumerate() {
            let tokens = reading.tokens();
            let large: Vec<usize> = sentence
                .clone()
                .filter(|at| tokens.get(*at).is_some_and(is_large))
                .collect();
            for feature in &self.leaky {
                let same = |window: &&[usize]| {
                    let stems = window.iter().filter_map(|at| tokens.get(*at));
                    stems.map(|token| &token.stem).eq(feature)
                };
                let found = large.windows(feature.len()).find(same);
                let span = found.and_then(|at| Some(*at.first()?..*at.last()? + 1));
                out.extend(
                    span.filter(|span| !reading.is_negated(span, &[]) && !excused(reading, number)),
                );
            }
        }
        out
    }
}

fn is_large(token: &Token) -> bool {
    !SMALL.contains(&token.word.as_str())
}

/// Where any of these is said and not negated.
fn plain(reading: &Reading, concepts: &[ConceptIndex]) -> Vec<Range<usize>> {
    concepts
        .iter()
        .flat_map(|concept| reading.concept(*concept))
        .filter(|span| !reading.is_negated(span, &[]))
        .cloned()
        .collect()
}

/// Where any of these is said in a sentence that means it.
fn meant(reading: &Reading, concepts: &[ConceptIndex]) -> Vec<Range<usize>> {
    let mut spans = plain(reading, concepts);
    spans.retain(|span| !excused(reading, reading.sentence_of(span.start)));
    spans
}

fn excused(reading: &Reading, sentence: usize) -> bool {
    reading
        .range(Window::Sentence(sentence))
        .filter_map(|at| reading.tokens().get(at))
        .any(|token| EXCUSES.contains(&token.word.as_str()))
}

/// "start with", "first version", "simple".
/// Whether a rule asks for a concept, or for its absence.
fn mentions(rule: &Rule, id: &str) -> bool {
    match rule {
        Rule::Concept(own) => own == id,
        Rule::Group(group) => group.parts().any(|part| mentions(part, id)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{answer, case, grade, item};
    use super::*;
    use crate::content::LeakyFeature;

    fn slips(case: &Case, steps: &[(Step, &str)]) -> Vec<&'static str> {
        let graded = grade(case, &answer(steps));
        graded.slips.iter().map(|slip| slip.kind.id()).collect()
    }

    fn tagged(tags: &[&str]) -> Case {
        let mut case = case(Vec::new());
        case.tags = tags.iter().map(|tag| Id::from(*tag)).collect();
        case
    }

    #[test]
    fn a_model_before_any_question_or_number() {
        let first = |text| slips(&tagged(&[]), &[(Step::Clarify, text)]) == ["model-first"];
        assert!(first("I'd train a two-tower model. How many users?"));
        assert!(!first("How many users? Then a two-tower."));
        assert!(!first("100M users, so a two-tower."));
        assert!(!first("No two-tower yet."));
        assert!(!first("Is a two-tower affordable?"));
        assert!(!first("We ask first."));
    }

    #[test]
    fn accuracy_where_one_class_is_rare() {
        let with = |case: &Case, text| slips(case, &[(Step::Evaluate, text)]);
        let rare = tagged(&["imbalanced"]);
        assert_eq!(
            with(&rare, "We report accuracy."),
            ["accuracy-on-imbalanced"]
        );
        assert!(with(&tagged(&[]), "We report accuracy.").is_empty());
        assert!(with(&rare, "PR-AUC instead of accuracy.").is_empty());
        assert!(with(&rare, "Accuracy is misleading here.").is_empty());
        let mut own = rare.clone();
        own.rubric = vec![item(
            "x",
            Step::Evaluate,
            Kind::RedFlag,
            "{all: [accuracy]}",
        )];
        assert!(with(&own, "We report accuracy.").is_empty());
    }

    #[test]
    fn a_random_split_without_one_by_time() {
        let with = |text| slips(&tagged(&[]), &[(Step::Data, text)]);
        assert_eq!(with("We do a random split."), ["random-split"]);
        assert!(with("No random split.").is_empty());
        assert!(with("A random split would leak.").is_empty());
        assert!(with("A random split of users, inside a time split.").is_empty());
    }

    #[test]
    fn a_leaky_feature_of_the_case() {
        let mut case = tagged(&[]);
        case.leaky_features = vec![LeakyFeature {
            feature: "seconds watched of this impression".to_owned(),
            why: String::new(),
        }];
        let with = |text| slips(&case, &[(Step::Data, text)]);
        assert_eq!(
            with("Features: age, seconds watched of the impression"),
            ["leaky-feature"]
        );
        assert!(with("No seconds watched of this impression as input.").is_empty());
        assert!(with("Label: seconds watched of this impression.").is_empty());
        assert!(with("Seconds since the last impression.").is_empty());
    }

    #[test]
    fn what_is_missing() {
        let model = (Step::Model, "A two-tower model with log loss.");
        assert_eq!(slips(&tagged(&[]), &[model]), ["no-baseline"]);
        let simple = (Step::Model, "Baseline, then a two-tower model.");
        assert!(slips(&tagged(&[]), &[simple]).is_empty());
        for simple in [
            "Start with a two-tower.",
            "First I do a two-tower for compare.",
        ] {
            assert!(
                slips(&tagged(&[]), &[(Step::Model, simple)]).is_empty(),
                "{simple}"
            );
        }
        let tags = tagged(&["needs-calibration", "funnel"]);
        assert!(slips(&tags, &[simple]).is_empty());
        let more = [
            simple,
            (Step::Frame, "Rank them."),
            (Step::Evaluate, "PR-AUC."),
        ];
        assert_eq!(slips(&tags, &more), ["no-calibration", "no-retrieval"]);
        let negated = [
            simple,
            (Step::Frame, "No retrieval."),
            (Step::Evaluate, "PR-AUC without calibration."),
        ];
        assert_eq!(slips(&tags, &negated), ["no-calibration", "no-retrieval"]);
        let whole = [
            simple,
            (Step::Frame, "HNSW, then rank."),
            (Step::Evaluate, "PR-AUC and a reliability diagram."),
        ];
        assert!(slips(&tags, &whole).is_empty());
    }
}
