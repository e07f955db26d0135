//! A small lexicon and case, and short ways to use them, for the tests of this room.

use super::normal::tokens;
use super::stem::Stems;
use super::{Answer, CaseRules, Graded, Lexicon};
use crate::content::{self, Case, Id, Item, Kind, Level, Rubric, Rule, Step};
use std::collections::BTreeMap;

/// The words of a text as they are compared.
pub(super) fn words(text: &str) -> String {
    let tokens = tokens(text, 0, &Stems::new());
    let words: Vec<String> = tokens.into_iter().map(|token| token.word).collect();
    words.join(" ")
}

pub(super) fn rule(yaml: &str) -> Rule {
    serde_yaml::from_str(yaml).unwrap()
}

pub(super) fn lexicon() -> content::Lexicon {
    const CONCEPTS: [(&str, &str, &[&str]); 26] = [
        (
            "random-split",
            "split",
            &["random split", "split at random"],
        ),
        (
            "time-split",
            "split",
            &["time split", "split by time", "temporal split"],
        ),
        ("split", "", &["split"]),
        ("calibration", "", &["calibration", "calibrated"]),
        (
            "calibration-curve",
            "calibration",
            &["calibration curve", "reliability diagram"],
        ),
        ("auction", "", &["auction"]),
        ("accuracy", "", &["accuracy"]),
        ("pr-auc", "", &["PR-AUC", "average precision"]),
        ("recall-at-k", "", &["recall@k"]),
        ("ann", "", &["ANN", "approximate nearest neighbours"]),
        ("hnsw", "ann", &["HNSW"]),
        ("retrieval", "", &["retrieval", "candidate generation"]),
        ("ranking", "", &["ranking", "ranker"]),
        ("baseline", "", &["baseline"]),
        ("drift", "", &["drift"]),
        ("canary", "", &["canary"]),
        ("fallback", "", &["fallback", "fall back"]),
        ("latency", "", &["latency", "p99"]),
        ("leakage", "", &["leakage", "leak"]),
        ("gap", "", &["gap", "maturity window"]),
        ("position-bias", "", &["position bias", "examination bias"]),
        ("propensity", "", &["propensity", "IPS", "IPW"]),
        ("guardrail", "", &["guardrail"]),
        ("experiment", "", &["A/B test", "experiment"]),
        ("two-tower", "", &["two-tower", "dual encoder"]),
        ("log-loss", "", &["log loss", "cross entropy"]),
    ];
    let concepts = CONCEPTS
        .iter()
        .map(|(id, is_a, forms)| content::Concept {
            id: Id::from(*id),
            name: id.replace('-', " "),
            definition: String::new(),
            forms: forms.iter().map(|form| (*form).to_owned()).collect(),
            is_a: (!is_a.is_empty())
                .then(|| Id::from(*is_a))
                .into_iter()
                .collect(),
            confusable: Vec::new(),
        })
        .collect();
    content::Lexicon { concepts }
}

pub(super) fn item(id: &str, step: Step, kind: Kind, matches: &str) -> Item {
    let dimension = match step {
        Step::Clarify => "navigation",
        Step::Frame => "framing",
        Step::Data => "data",
        Step::Model => "modelling",
        Step::Evaluate => "evaluation",
        Step::Serve => "serving",
        Step::Monitor => "monitoring",
    };
    Item {
        id: Id::from(id),
        step,
        dimension: Id::from(dimension),
        kind,
        level: Level::Mid,
        point: format!("The point of {id}."),
        r#match: rule(matches),
        wrong: Vec::new(),
        probe: format!("What about {id}?"),
        explain: String::new(),
        examples: content::Examples::default(),
        drill: None,
    }
}

pub(super) fn case(rubric: Vec<Item>) -> Case {
    Case {
        id: Id::from("a-case"),
        title: String::new(),
        family: Id::from("ads"),
        tags: Vec::new(),
        status: content::Status::Ready,
        summary: String::new(),
        prompt: String::new(),
        requirements: content::Requirements::default(),
        facts: Vec::new(),
        rubric,
        ladders: Vec::new(),
        tradeoffs: Vec::new(),
        curveballs: Vec::new(),
        pitfalls: Vec::new(),
        leaky_features: Vec::new(),
        whiteboard: String::new(),
        numbers: Vec::new(),
        references: Vec::new(),
    }
}

/// The ten dimensions with the weights of the built-in pack.
pub(super) fn rubric() -> Rubric {
    serde_yaml::from_str(
        "
dimensions:
  - {id: navigation, title: t, short: s, steps: [clarify], weight: 10, anchors: []}
  - {id: framing, title: t, short: s, steps: [frame], weight: 10, anchors: []}
  - {id: data, title: t, short: s, steps: [data], weight: 14, anchors: []}
  - {id: features, title: t, short: s, steps: [data], weight: 10, anchors: []}
  - {id: modelling, title: t, short: s, steps: [model], weight: 16, anchors: []}
  - {id: evaluation, title: t, short: s, steps: [evaluate], weight: 14, anchors: []}
  - {id: serving, title: t, short: s, steps: [serve], weight: 10, anchors: []}
  - {id: monitoring, title: t, short: s, steps: [monitor], weight: 6, anchors: []}
  - {id: tradeoffs, title: t, short: s, weight: 6, anchors: []}
  - {id: structure, title: t, short: s, weight: 4, anchors: []}
verdicts:
  - {level: mid, hire: 40, floors: [{all: [data, evaluation], score: 2}]}
  - {level: senior, hire: 60, floors: [{all: [data], score: 2}, {all: [evaluation], score: 3}]}
  - {level: staff, hire: 75, floors: [{any: [data, modelling], score: 4}]}
borderline: 3
",
    )
    .unwrap()
}

pub(super) fn answer(steps: &[(Step, &str)]) -> Answer {
    let steps: BTreeMap<Step, String> = steps
        .iter()
        .map(|(step, text)| (*step, (*text).to_owned()))
        .collect();
    Answer {
        steps,
        elsewhere: String::new(),
    }
}

pub(super) fn grade(case: &Case, answer: &Answer) -> Graded {
    CaseRules::compile(case, &Lexicon::new(&lexicon()))
        .unwrap()
        .grade(answer)
}
