//! Grading held against labelled answers and mocks. The figures are printed by
//! `cargo bench --bench grading`; the floors stand in `judged/floors.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod judged;

use greenroom::content::{parse, Library};
use judged::answers::{Answers, Sheaf};
use judged::evaluation::Evaluation;
use judged::figures::{macro_f1, Counts};
use judged::floors::{ANSWERS, MOCKS};
use judged::mocks::{Mocks, Side, LEAST_MOCKS};
use judged::pairs::{Cases, Part};
use judged::rank::{kappa, within, Order, Rated};

#[test]
fn labelled_answers_are_sound_and_enough() {
    let library = Library::open(&[], None);
    let answers = Answers::read();
    let cases = Cases::of(&library, answers.sheaves.iter().map(|sheaf| &sheaf.case));
    let mut faults = answers.check(&library);
    faults.extend(answers.lacks(cases.pairs(&answers).len()));
    assert!(
        faults.is_empty(),
        "tests/data/labelled:\n{}",
        faults.join("\n")
    );
}

#[test]
fn labelled_mocks_are_sound_and_enough() {
    let library = Library::open(&[], None);
    let mocks = Mocks::read();
    let mut faults = mocks.check(&library);
    if mocks.mocks.len() < LEAST_MOCKS {
        faults.push(format!("{} mocks of {LEAST_MOCKS}", mocks.mocks.len()));
    }
    assert!(
        faults.is_empty(),
        "tests/data/mocks:\n{}",
        faults.join("\n")
    );
}

#[test]
fn grading_keeps_what_it_reached_on_answers() {
    let library = Library::open(&[], None);
    let answers = Answers::read();
    let cases = Cases::of(&library, answers.sheaves.iter().map(|sheaf| &sheaf.case));
    let pairs = cases.pairs(&answers);
    assert!(
        !pairs.is_empty(),
        "no labelled answers in tests/data/labelled"
    );
    let evaluation = Evaluation::of(&cases, &pairs);
    let mut fallen = Vec::new();
    for bar in &ANSWERS {
        for (part, floor) in [(Part::Test, bar.test), (Part::Unseen, bar.unseen)] {
            let value = bar.held.value(&evaluation, part);
            if !bar.holds(value, floor) {
                let (title, sign) = (bar.held.title(), bar.sign());
                fallen.push(format!("{}: {title} {value:?}, {sign} {floor}", part.id()));
            }
        }
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

#[test]
fn grading_keeps_what_it_reached_on_mocks() {
    let library = Library::open(&[], None);
    let mocks = Mocks::read();
    assert!(
        !mocks.mocks.is_empty(),
        "no labelled mocks in tests/data/mocks"
    );
    let cases = Cases::of(&library, mocks.mocks.iter().map(|mock| &mock.case));
    let agreement = mocks.score(&library, &cases);
    let mut fallen = Vec::new();
    for bar in &MOCKS {
        let value = agreement.value(bar.measure, Some(Side::Test));
        if value.is_none_or(|value| value < bar.floor) {
            fallen.push(format!(
                "{} {value:?}, ≥ {}",
                bar.measure.title(),
                bar.floor
            ));
        }
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

/// What would make the figures worthless is named.
#[test]
fn unsound_labels_are_named() {
    const SHEAF: &str = "
case: video-recommendation
writer: ana
answers:
  - {item: funnel, kind: good, voice: spoken, text: Two stages.}
  - {item: funnel, kind: near, text: two  stages.}
  - {item: funel, kind: wrong, text: One stage.}
shared:
  - {kind: empty, text: ''}
";
    for (from, to) in [
        ("good", "fine"),
        ("spoken", "sung"),
        ("kind: empty", "kind: near"),
        ("writer: ana", "writer: ana\nauthor: ana"),
    ] {
        let text = SHEAF.replace(from, to);
        assert!(parse::<Sheaf>(&text, "ana.yaml").is_err(), "{to}");
    }
    let library = Library::open(&[], None);
    let split =
        "{dev: [ana], test: [ana, ben], unseen: {video-recommendation: [funnel, x, two-tower]}}";
    let answers = Answers {
        split: parse(split, "split.yaml").unwrap(),
        sheaves: vec![parse(SHEAF, "ana.yaml").unwrap()],
        faults: Vec::new(),
    };
    let found = answers.check(&library).join("\n");
    for part in [
        "no item `funel`",
        "the text `two stages.` stands in video-recommendation/ana.yaml too",
        "`ana` is in dev and in test",
        "`ben` wrote no file",
        "recommendation/funnel: a dev file names it",
        "recommendation/x: no such item",
        "recommendation/two-tower: no test file names it",
    ] {
        assert!(found.contains(part), "{part} is not in:\n{found}");
    }
    assert_eq!(answers.lacks(12).len(), 2, "{:?}", answers.lacks(12));
}

/// The measures themselves, on figures worked out by hand.
#[test]
fn measures_agree_with_sums_by_hand() {
    let counts = |tp, fp, fn_| Counts { tp, fp, fn_ };
    let some = counts(3, 1, 2);
    assert_eq!(some.precision(), Some(0.75));
    assert_eq!(some.recall(), Some(0.6));
    assert!((some.f1().unwrap() - 2.0 / 3.0).abs() < 1e-12);
    assert_eq!(counts(0, 0, 0).f1(), None);
    // An item without a good answer takes no part in the mean.
    let items = [some, counts(0, 5, 0), counts(1, 0, 0)];
    assert!((macro_f1(items.iter()).unwrap() - 5.0 / 6.0).abs() < 1e-12);

    let rated = |pairs: &[(u8, u8)]| -> Vec<Rated> {
        let rated = |&(label, score)| Rated {
            label,
            score,
            fine: f64::from(score),
        };
        pairs.iter().map(rated).collect()
    };
    let four = rated(&[(1, 1), (2, 3), (3, 3), (4, 2)]);
    assert_eq!(within(&four, 0), Some(0.5));
    assert_eq!(within(&four, 1), Some(0.75));
    // 1 and 3, 1 and 4 are in order; 2 and 4 are not.
    let order = Order::of(&four);
    assert_eq!((order.right, order.level + order.wrong), (2, 1));
    assert_eq!(kappa(&rated(&[(1, 1), (4, 4)])), Some(1.0));
    assert_eq!(kappa(&rated(&[(1, 4), (4, 1)])), Some(-1.0));
    // Seen 0 + 1 + 0 + 4; by chance the mean over all labels and all scores.
    let expected = {
        let labels = [1.0, 2.0, 3.0, 4.0_f64];
        let scores = [1.0, 3.0, 3.0, 2.0_f64];
        let squares = labels
            .iter()
            .flat_map(|a| scores.iter().map(move |b| (a - b) * (a - b)));
        squares.sum::<f64>() / 4.0
    };
    assert!((kappa(&four).unwrap() - (1.0 - 5.0 / expected)).abs() < 1e-12);
}
