use super::super::fixtures::{answer, case, item, rubric};
use super::super::floors::held_back;
use super::*;
use crate::content::{Id, Step};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn found(id: &Id, verdict: Verdict) -> ItemVerdict {
    ItemVerdict {
        id: id.clone(),
        verdict,
        wrong_step: false,
        evidence: Vec::new(),
        missing: Vec::new(),
        yours: None,
    }
}

fn said_in(step: Step) -> Vec<crate::grading::Evidence> {
    vec![crate::grading::Evidence {
        step: Some(step),
        start: 0,
        end: 1,
        text: "a".to_owned(),
    }]
}

/// Data items of these kinds, with a verdict each; all seven steps have words.
fn marked(kinds: &[(Kind, Verdict)]) -> (Case, Graded) {
    let rubric: Vec<_> = kinds
        .iter()
        .enumerate()
        .map(|(n, (kind, _))| item(&format!("i{n}"), Step::Data, *kind, "calibration"))
        .collect();
    let graded = Graded {
        items: rubric
            .iter()
            .zip(kinds)
            .map(|(item, (_, verdict))| found(&item.id, *verdict))
            .collect(),
        words: Step::ALL.into_iter().map(|step| (step, 20)).collect(),
        ..Graded::default()
    };
    (case(rubric), graded)
}

fn data(kinds: &[(Kind, Verdict)]) -> Option<u8> {
    let (case, graded) = marked(kinds);
    let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
    sheet.dimension("data").unwrap().score
}

use Kind::{Bonus, Must, RedFlag, Should};
use Verdict::{Conflict, Hit, Maybe, Missed};

#[test]
fn the_share_of_the_musts_makes_the_base() {
    let of = |hits: usize, of: usize| {
        let kinds: Vec<_> = (0..of)
            .map(|n| (Must, if n < hits { Hit } else { Missed }))
            .chain([(Should, Missed)])
            .collect();
        data(&kinds)
    };
    assert_eq!(
        [of(0, 5), of(1, 7), of(1, 5), of(2, 5), of(3, 5)],
        [Some(1), Some(1), Some(2), Some(2), Some(3)]
    );
    assert_eq!([of(1, 4), of(2, 4), of(5, 5)], [Some(2), Some(3), Some(3)]);
    assert_eq!(data(&[(Should, Hit), (Bonus, Hit)]), None);
    assert_eq!(data(&[(Must, Maybe), (Must, Conflict)]), Some(1));
}

#[test]
fn what_is_named_without_a_figure_or_a_reason_counts_half() {
    let (case, mut graded) = marked(&[(Must, Hit), (Must, Hit), (Must, Missed), (Should, Hit)]);
    let mut with = |backing: usize| {
        graded.backing.insert(Step::Data, backing);
        graded
            .items
            .iter_mut()
            .for_each(|own| own.evidence = said_in(Step::Data));
        let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
        let own = sheet.dimension("data").unwrap();
        assert_eq!(own.musts, Some(0.667));
        (own.backed.unwrap(), own.score.unwrap())
    };
    assert_eq!(
        [with(0), with(2), with(4)],
        [(0.333, 2), (0.5, 3), (0.667, 4)]
    );
}

#[test]
fn a_point_is_backed_where_it_was_said() {
    let (case, mut graded) = marked(&[(Must, Hit)]);
    graded.backing = [(Step::Data, 0), (Step::Model, 6)].into();
    graded.items[0].evidence = said_in(Step::Model);
    let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
    assert_eq!(sheet.dimension("data").unwrap().backed, Some(1.0));
}

#[test]
fn a_four_needs_shoulds_and_bonus_items() {
    let musts = [(Must, Hit); 4];
    let with = |more: &[(Kind, Verdict)]| data(&[&musts[..], more].concat());
    let missed = [(Should, Missed), (Bonus, Missed), (Bonus, Missed)];
    assert_eq!(with(&missed), Some(3));
    assert_eq!(with(&[&missed[..], &[(Should, Hit)]].concat()), Some(4));
    assert_eq!(with(&[&missed[..], &[(Bonus, Hit)]].concat()), Some(4));
    let five = [&missed[..], &[(Should, Missed), (Bonus, Hit)]].concat();
    assert_eq!(with(&five), Some(3));
    assert_eq!(with(&[(Should, Hit)]), Some(4));
    assert_eq!(with(&[]), Some(4));
    assert_eq!(
        data(&[(Must, Hit), (Must, Hit), (Must, Hit), (Must, Missed)]),
        Some(3)
    );
}

#[test]
fn red_flags_take_a_point_each_down_to_one() {
    let musts = [(Must, Hit); 4];
    let with = |more: &[(Kind, Verdict)]| data(&[&musts[..], more].concat());
    assert_eq!(with(&[(RedFlag, Hit)]), Some(3));
    assert_eq!(with(&[(RedFlag, Hit), (RedFlag, Hit)]), Some(2));
    assert_eq!(with(&[(RedFlag, Hit); 6]), Some(1));
    assert_eq!(with(&[(RedFlag, Missed), (RedFlag, Conflict)]), Some(4));
}

#[test]
fn a_must_above_the_target_level_is_a_bonus() {
    let (mut case, graded) = marked(&[
        (Must, Hit),
        (Must, Missed),
        (Should, Missed),
        (Should, Missed),
        (Should, Hit),
    ]);
    case.rubric[1].level = Level::Staff;
    let at = |level| {
        let sheet = score(&case, &rubric(), &graded, None, level);
        sheet.dimension("data").unwrap().score
    };
    // As a bonus it is one of four that go beyond the musts, and one of those hit.
    assert_eq!(at(Level::Senior), Some(4));
    assert_eq!(at(Level::Staff), Some(3));
    let (mut case, graded) = marked(&[(Must, Hit), (Must, Hit)]);
    case.rubric[1].level = Level::Staff;
    let sheet = score(&case, &rubric(), &graded, None, Level::Mid);
    assert_eq!(sheet.dimension("data").unwrap().score, Some(4));
}

#[test]
fn three_argued_decisions_make_a_three_and_a_condition_a_four() {
    let (mut case, mut graded) = marked(&[(Must, Missed), (Must, Missed)]);
    for item in &mut case.rubric {
        item.dimension = Id::from("tradeoffs");
    }
    let argued = |staff| crate::grading::Tradeoff {
        evidence: crate::grading::Evidence {
            step: Some(Step::Model),
            start: 0,
            end: 1,
            text: "a".to_owned(),
        },
        staff,
    };
    let scored = |case: &Case, graded: &Graded| {
        let sheet = score(case, &rubric(), graded, None, Level::Senior);
        assert_eq!(sheet.tradeoffs, graded.tradeoffs);
        sheet.dimension("tradeoffs").unwrap().score
    };
    graded.tradeoffs = vec![argued(true), argued(false)];
    assert_eq!(scored(&case, &graded), Some(1));
    graded.tradeoffs = vec![argued(false); 3];
    assert_eq!(scored(&case, &graded), Some(3));
    graded.tradeoffs.push(argued(true));
    assert_eq!(scored(&case, &graded), Some(4));
    // The items may say more, and without items there is nothing to score.
    graded.tradeoffs.truncate(3);
    graded.items.iter_mut().for_each(|item| item.verdict = Hit);
    assert_eq!(scored(&case, &graded), Some(4));
    case.rubric.clear();
    assert_eq!(scored(&case, &graded), None);
}

#[test]
fn a_sheet_that_was_stored_before_still_loads() {
    let (case, graded) = marked(&[(Must, Hit)]);
    let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
    let mut json = serde_json::to_value(&sheet).unwrap();
    assert_eq!(json["tradeoffs"], serde_json::json!([]));
    json.as_object_mut().unwrap().remove("tradeoffs");
    assert_eq!(serde_json::from_value::<Sheet>(json).unwrap(), sheet);
}

#[test]
fn the_wrong_step_earns_half_and_a_confirmed_maybe_three_quarters_of_yours() {
    let (case, mut graded) = marked(&[(Must, Hit), (Must, Maybe), (Must, Missed), (Must, Missed)]);
    graded.items[0].wrong_step = true;
    let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
    assert_eq!((sheet.total, sheet.total_with_yours), (0.0, 0.0));
    assert_eq!(sheet.items[0].credit, 0.5);
    graded.items[1].yours = Some(true);
    let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
    assert_eq!((sheet.total, sheet.total_with_yours), (0.0, 33.3));
    graded.items[1].yours = Some(false);
    let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
    assert_eq!(sheet.total_with_yours, 0.0);
}

#[test]
fn what_a_pile_of_terms_says_counts_half() {
    let (case, mut graded) = marked(&[(Must, Hit), (Must, Hit), (Must, Missed), (Must, Missed)]);
    let musts = |graded: &Graded| {
        let sheet = score(&case, &rubric(), graded, None, Level::Senior);
        (
            sheet.items[0].credit,
            sheet.dimension("data").unwrap().musts,
        )
    };
    assert_eq!(musts(&graded), (1.0, Some(0.5)));
    graded.stuffed = true;
    assert_eq!(musts(&graded), (0.5, Some(0.25)));
}

#[test]
fn weights_of_unscored_dimensions_are_shared_out() {
    let (mut case, mut graded) = marked(&[(Must, Hit)]);
    case.rubric
        .push(item("model", Step::Model, Must, "calibration"));
    graded.items.push(found(&Id::from("model"), Missed));
    let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
    let weight = |id: &str| sheet.dimension(id).unwrap().weight;
    assert_eq!((weight("data"), weight("modelling")), (46.67, 53.33));
    assert_eq!(weight("serving"), 0.0);
    assert_eq!(sheet.dimension("structure").unwrap().score, None);
    assert_eq!(sheet.total, 46.7);
    let clocked = Clocked {
        used: Step::ALL.into_iter().map(|step| (step, 300)).collect(),
        budget: Step::ALL.into_iter().map(|step| (step, 300)).collect(),
    };
    let sheet = score(&case, &rubric(), &graded, Some(&clocked), Level::Senior);
    assert_eq!(sheet.dimension("structure").unwrap().score, Some(4));
    assert_eq!(sheet.total, 52.9);
}

/// No hire in spite of the points says why.
#[test]
fn a_floor_that_is_not_reached_is_named() {
    let (case, graded) = marked(&[(Must, Hit), (Must, Missed)]);
    let mut sheet = score(&case, &rubric(), &graded, None, Level::Senior);
    for own in &mut sheet.dimensions {
        own.score = Some(4);
    }
    assert_eq!(held_back(&rubric(), &sheet), None);
    for own in &mut sheet.dimensions {
        own.score = Some(1);
    }
    let said = held_back(&rubric(), &sheet).unwrap();
    assert!(said.contains("(stands at 1)"), "{said}");
}

#[test]
fn the_verdict_needs_the_points_and_the_floors() {
    let at = |total: f64, data: u8, evaluation: u8| {
        let scored = |id: &str, score| DimensionScore {
            id: Id::from(id),
            score: Some(score),
            musts: None,
            backed: None,
            beyond: None,
            weight: 50.0,
        };
        let dimensions = [scored("data", data), scored("evaluation", evaluation)];
        decide(&rubric(), Level::Senior, total, &dimensions)
    };
    assert_eq!(at(70.0, 3, 3), (Decision::Hire, false));
    assert_eq!(at(62.9, 3, 3), (Decision::Hire, true));
    assert_eq!(at(57.0, 3, 3), (Decision::NoHire, true));
    assert_eq!(at(56.9, 3, 3), (Decision::NoHire, false));
    assert_eq!(at(90.0, 3, 2), (Decision::NoHire, false));
    assert_eq!(at(60.0, 1, 3), (Decision::NoHire, false));
    let only_data = [DimensionScore {
        id: Id::from("data"),
        score: Some(2),
        musts: None,
        backed: None,
        beyond: None,
        weight: 100.0,
    }];
    assert_eq!(
        decide(&rubric(), Level::Senior, 80.0, &only_data).0,
        Decision::Hire
    );
    assert_eq!(
        decide(&rubric(), Level::Staff, 80.0, &only_data).0,
        Decision::NoHire
    );
    assert_eq!(decide(&rubric(), Level::Staff, 80.0, &[]).0, Decision::Hire);
}

#[test]
fn an_empty_answer_totals_nothing_even_on_a_clock() {
    let (case, _) = marked(&[(Must, Hit), (Should, Hit)]);
    let graded = super::super::fixtures::grade(&case, &answer(&[]));
    let clocked = Clocked {
        used: Step::ALL.into_iter().map(|step| (step, 300)).collect(),
        budget: Step::ALL.into_iter().map(|step| (step, 300)).collect(),
    };
    for clock in [None, Some(&clocked)] {
        let sheet = score(&case, &rubric(), &graded, clock, Level::Senior);
        assert_eq!((sheet.total, sheet.total_with_yours), (0.0, 0.0));
        assert_eq!(sheet.verdict, Decision::NoHire);
    }
}

#[test]
fn the_json_has_the_promised_shape() {
    let (case, graded) = marked(&[(Must, Hit)]);
    let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
    let json = serde_json::to_value(&sheet).unwrap();
    assert_eq!(json["schema_version"], 1);
    assert_eq!(json["total"], 100.0);
    assert_eq!(json["verdict"], "hire");
    assert_eq!(json["level"], "senior");
    assert_eq!(json["dimensions"][2]["id"], "data");
    assert_eq!(json["items"][0]["verdict"], "hit");
    assert_eq!(json["items"][0]["kind"], "must");
    assert_eq!(json["items"][0]["yours"], serde_json::Value::Null);
    assert_eq!(json["flags"], serde_json::json!([]));
    assert_eq!(serde_json::from_value::<Sheet>(json).unwrap(), sheet);
}

fn any_kind() -> impl Strategy<Value = (Kind, Verdict)> {
    (0..4usize, 0..4usize).prop_map(|(kind, verdict)| {
        (
            [Must, Should, Bonus, RedFlag][kind],
            [Hit, Maybe, Missed, Conflict][verdict],
        )
    })
}

proptest! {
    #[test]
    fn scores_stay_in_their_ranges(
        kinds in prop::collection::vec(any_kind(), 0..20),
        words in prop::collection::btree_map(0..7usize, 0..50usize, 0..7),
    ) {
        let (case, mut graded) = marked(&kinds);
        graded.words = words
            .into_iter()
            .map(|(step, words)| (Step::ALL[step], words))
            .collect::<BTreeMap<_, _>>();
        for level in Level::ALL {
            let sheet = score(&case, &rubric(), &graded, None, level);
            prop_assert!((0.0..=100.0).contains(&sheet.total));
            prop_assert!((sheet.total..=100.0).contains(&sheet.total_with_yours));
            for dimension in &sheet.dimensions {
                prop_assert!(dimension.score.is_none_or(|score| (1..=4).contains(&score)));
            }
        }
    }

    #[test]
    fn one_more_hit_never_lowers_a_score_unless_it_is_a_flag(
        kinds in prop::collection::vec(any_kind(), 1..20),
        at in any::<prop::sample::Index>(),
    ) {
        let (case, graded) = marked(&kinds);
        let at = at.index(kinds.len());
        prop_assume!(kinds[at].0 != RedFlag);
        let mut better = graded.clone();
        better.items[at].verdict = Hit;
        let before = score(&case, &rubric(), &graded, None, Level::Senior);
        let after = score(&case, &rubric(), &better, None, Level::Senior);
        for (before, after) in before.dimensions.iter().zip(&after.dimensions) {
            prop_assert!(before.score <= after.score);
        }
        prop_assert!(before.total <= after.total);
    }
}
