//! The whole room at once: texts in, sheets out.

use super::fixtures::{answer, case, item, lexicon, rubric, rule};
use super::{score, Answer, CaseRules, Lexicon, Matcher, Sheet, Verdict};
use crate::content::{Case, Kind, Level, Step};
use proptest::prelude::*;

/// Two musts and some more in each of five steps.
fn whole_case() -> Case {
    use Kind::{Bonus, Must, RedFlag, Should};
    let mut rubric = vec![
        item(
            "latency",
            Step::Clarify,
            Must,
            "{all: [latency, {number: {value: 200, unit: ms}}]}",
        ),
        item("funnel", Step::Frame, Must, "{order: [retrieval, ranking]}"),
        item("split", Step::Data, Must, "{all: [time-split, gap]}"),
        item(
            "bias",
            Step::Data,
            Must,
            "{all: [position-bias, propensity], within: answer}",
        ),
        item(
            "leak",
            Step::Data,
            Should,
            "{all: [leakage, {phrase: log}]}",
        ),
        item("shuffled", Step::Data, RedFlag, "random-split"),
        item(
            "baseline",
            Step::Model,
            Must,
            "{all: [baseline, {any: [log-loss, calibration]}]}",
        ),
        item("towers", Step::Model, Must, "{all: [two-tower, ann]}"),
        item("bid", Step::Model, Bonus, "{all: [calibration, auction]}"),
        item(
            "metric",
            Step::Evaluate,
            Must,
            "{any: [pr-auc, recall-at-k]}",
        ),
        item(
            "test",
            Step::Evaluate,
            Must,
            "{all: [experiment, guardrail]}",
        ),
        item(
            "accuracy",
            Step::Evaluate,
            RedFlag,
            "{all: [accuracy], none: [pr-auc]}",
        ),
        item("rollout", Step::Serve, Must, "{all: [canary, fallback]}"),
        item(
            "drift",
            Step::Monitor,
            Must,
            "{all: [drift, {phrase: retrain}]}",
        ),
    ];
    for item in &mut rubric {
        if item.id == "split" {
            item.wrong = vec![rule("random-split")];
        }
    }
    case(rubric)
}

/// Short lines of somebody who knows.
const SENIOR: [(Step, &str); 7] = [
    (Step::Clarify, "p99 latency 200 ms?"),
    (Step::Frame, "retrieval 100M -> 500, then ranking"),
    (
        Step::Data,
        "- time split, gap 7d for labels\n- position bias: 1 % random slots, log propensity\n- no leakage: log features when served",
    ),
    (
        Step::Model,
        "- baseline: logistic regression, log loss\n- two-tower, dot product, HNSW index\n- calibrated, because the auction multiplies by the bid",
    ),
    (
        Step::Evaluate,
        "- recall@500 for the first stage, PR-AUC instead of accuracy for the second\n- A/B test by user, 2 weeks, guardrail on hides",
    ),
    (Step::Serve, "- shadow, canary 1 %\n- fallback to popular items when the canary or the store is down"),
    (Step::Monitor, "- feature drift over a threshold: retrain, compare, swap"),
];

/// Every term there is, many times, and nothing about any of them.
fn stuffed() -> Answer {
    let terms = "calibration, auction, time split, gap, position bias, propensity, leakage log, PR-AUC, recall@k, retrieval, ranking, baseline, log loss, two-tower, HNSW, A/B test, guardrail, canary, fallback, drift retrain, latency 200 ms, ";
    let text = terms.repeat(4);
    let steps: Vec<_> = Step::ALL
        .into_iter()
        .map(|step| (step, text.as_str()))
        .collect();
    answer(&steps)
}

fn sheet(answer: &Answer) -> Sheet {
    let case = whole_case();
    let rules = CaseRules::compile(&case, &Lexicon::new(&lexicon())).unwrap();
    score(&case, &rubric(), &rules.grade(answer), None, Level::Senior)
}

#[test]
fn a_terse_senior_answer_hits_everything() {
    let sheet = sheet(&answer(&SENIOR));
    for item in &sheet.items {
        let expected = if item.kind == Kind::RedFlag {
            Verdict::Missed
        } else {
            Verdict::Hit
        };
        assert_eq!(
            (item.verdict, item.wrong_step),
            (expected, false),
            "{item:#?}"
        );
    }
    assert_eq!(sheet.flags, []);
    assert!(sheet.total > 90.0, "{}", sheet.total);
}

#[test]
fn a_long_stuffed_answer_ranks_far_below_a_short_one() {
    let (senior, stuffed) = (sheet(&answer(&SENIOR)), sheet(&stuffed()));
    assert!(
        stuffed.total < senior.total / 2.0,
        "{} and {}",
        stuffed.total,
        senior.total
    );
    assert!(
        stuffed.flags.iter().any(|flag| flag.id == "stuffed"),
        "{:?}",
        stuffed.flags
    );
    let lines = sheet(&stuffed_in_lines());
    assert!(lines.total < senior.total / 2.0, "{}", lines.total);
}

/// The same terms, three in a line.
fn stuffed_in_lines() -> Answer {
    let text = stuffed().steps.remove(&Step::Data).unwrap_or_default();
    let terms: Vec<_> = text
        .split(", ")
        .filter(|term| !term.contains("200"))
        .collect();
    let lines: Vec<_> = terms.chunks(3).map(|three| three.join(", ")).collect();
    let text = lines.join("\n");
    let steps: Vec<_> = Step::ALL
        .into_iter()
        .map(|step| (step, text.as_str()))
        .collect();
    answer(&steps)
}

#[test]
fn an_empty_answer_is_nothing_with_two_flags() {
    let sheet = sheet(&Answer::default());
    assert_eq!(sheet.total, 0.0);
    let flags: Vec<_> = sheet.flags.iter().map(|flag| flag.id.as_str()).collect();
    assert_eq!(flags, ["no-serving", "no-monitoring"]);
    assert!(sheet
        .items
        .iter()
        .all(|item| item.verdict == Verdict::Missed));
}

#[test]
fn evidence_is_in_bytes_of_the_step_as_it_was_given() {
    let text = "Ärgerlich 日本 ✓ ｃａｌｉｂｒａｔｅｄ — for the auction…";
    let sheet = sheet(&answer(&[(Step::Model, text)]));
    let evidence = &sheet.item("bid").unwrap().evidence[0];
    assert_eq!(evidence.text, "ｃａｌｉｂｒａｔｅｄ — for the auction");
    assert_eq!(
        text.get(evidence.start..evidence.end),
        Some(evidence.text.as_str())
    );
}

/// Text that looks like an answer often enough to reach every branch.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "time split",
        "Time‑Split",
        "gap",
        " ",
        ", ",
        ". ",
        "\n- ",
        "not ",
        "no ",
        "instead of ",
        "calibrated",
        "auction",
        "recall@500",
        "recall@",
        "200 ms",
        "0.2 s",
        "1e9",
        "35k QPS",
        "10^",
        "don't ",
        "’",
        "%",
        "A/B test",
        "canary",
        "fallback",
        "drift",
        "retrain",
        "(",
        ")",
        "e.g. ",
        "…",
        "日本",
        "e\u{301}",
        "ﬁ",
        "½",
        "\u{200b}",
        "\r\n",
        "-> ",
        "random split",
        "position bias",
        "IPS",
        "two-tower",
        "HNSW",
        "skip ",
        "and ",
        "we ",
        "\u{0}",
        "5-",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat()),
        ".{0,200}",
        "\\PC{0,200}",
    ]
}

fn any_answer() -> impl Strategy<Value = Answer> {
    (prop::collection::vec(text(), 7), text()).prop_map(|(texts, elsewhere)| Answer {
        steps: Step::ALL.into_iter().zip(texts).collect(),
        elsewhere,
    })
}

proptest! {
    #[test]
    fn any_text_gives_a_sheet_in_range_with_evidence_that_is_there(answer in any_answer()) {
        let sheet = sheet(&answer);
        prop_assert!((0.0..=100.0).contains(&sheet.total));
        for evidence in sheet.items.iter().flat_map(|item| &item.evidence) {
            let text = match evidence.step {
                Some(step) => answer.steps.get(&step).map(String::as_str),
                None => Some(answer.elsewhere.as_str()),
            };
            let quoted = text.and_then(|text| text.get(evidence.start..evidence.end));
            prop_assert_eq!(quoted, Some(evidence.text.as_str()));
            prop_assert!(!evidence.text.is_empty());
        }
    }

    #[test]
    fn the_same_answer_gives_the_same_bytes(answer in any_answer()) {
        let once = serde_json::to_string(&sheet(&answer)).unwrap();
        let again = serde_json::to_string(&sheet(&answer)).unwrap();
        prop_assert_eq!(once, again);
    }

    #[test]
    fn spans_are_in_order_and_inside_the_text(text in text()) {
        let lexicon = Lexicon::new(&lexicon());
        for item in &whole_case().rubric {
            let found = Matcher::compile(&item.r#match, &lexicon).unwrap().test(&text);
            prop_assert!(!(found.hit && found.near));
            prop_assert!(found.hit == found.missing.is_empty() || found.missing.is_empty());
            let mut last = 0;
            for span in &found.spans {
                prop_assert!(last <= span.start && span.start < span.end);
                prop_assert!(text.get(span.clone()).is_some());
                last = span.end;
            }
        }
    }

    #[test]
    fn any_form_of_the_lexicon_is_found_in_any_dress(
        concept in any::<prop::sample::Index>(),
        form in any::<prop::sample::Index>(),
        upper in any::<bool>(),
    ) {
        let content = lexicon();
        let lexicon = Lexicon::new(&content);
        let concept = &content.concepts[concept.index(content.concepts.len())];
        let form = &concept.forms[form.index(concept.forms.len())];
        let form = if upper { form.to_uppercase() } else { form.replace('-', " ") };
        let matcher = Matcher::compile(&rule(concept.id.as_str()), &lexicon).unwrap();
        let text = format!("First, {form}: then the rest.");
        prop_assert!(matcher.test(&text).hit, "{}", text);
    }
}

#[test]
fn rules_can_ask_for_clause_nearness_direction_sequence_and_negation() {
    let words = Lexicon::new(&lexicon());
    let hits = |yaml: &str, text: &str| {
        Matcher::compile(&rule(yaml), &words)
            .unwrap()
            .test(text)
            .hit
    };
    let clause = "{all: [calibration, auction], within: clause}";
    assert!(hits(clause, "drift, calibration for the auction"));
    assert!(!hits(clause, "calibration, and the auction"));
    assert!(!hits(clause, "calibration because the auction needs it"));

    let near = "{near: {of: [calibration, auction, {phrase: bid}], words: 6}}";
    assert!(hits(near, "the bid in the auction needs calibration"));
    assert!(hits(near, "an auction with calibration of the bid"));
    assert!(!hits(
        near,
        "calibration is one thing and what the auction does with it is the bid"
    ));
    assert!(!hits(near, "calibration of the bid"));

    let up = "{change: {of: latency, to: up}}";
    assert!(hits(up, "latency goes up"));
    assert!(hits(up, "a higher p99"));
    assert!(!hits(up, "latency drops"));
    assert!(!hits(up, "latency does not increase"));
    assert!(hits(
        "{change: {of: latency, to: down}}",
        "this reduces latency"
    ));

    let before = "{before: [canary, guardrail]}";
    assert!(hits(before, "canary, then guardrail"));
    assert!(hits(before, "guardrail after the canary"));
    assert!(hits(before, "before any guardrail we run a canary"));
    assert!(!hits(before, "guardrail, then canary"));
    assert!(!hits(before, "canary after the guardrail"));

    let skipped = "{all: [calibration], said: negated}";
    assert!(hits(skipped, "we skip calibration"));
    assert!(hits(skipped, "calibration is not needed"));
    assert!(!hits(skipped, "calibration"));
    assert!(!hits(skipped, "we never skip calibration"));
    assert!(hits("{all: [calibration], said: either}", "no calibration"));
}
