//! What holds for every format, tried on every built-in drill.

use super::latency::Latency;
use super::{Bank, Drill, Format, Kind, Part, Reply};
use crate::content::Library;
use crate::grading::Lexicon;
use proptest::prelude::*;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
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
fn the_key_earns_all_and_nothing_earns_nothing() {
    let (drills, lexicon) = &*LIBRARY;
    let formats: BTreeSet<&str> = drills.iter().map(Drill::format).collect();
    assert_eq!(formats.len(), super::FORMATS.len());
    for drill in drills {
        let id = drill.head().id;
        assert_eq!(drill.grade(&drill.key(), lexicon).score, 1.0, "{id}");
        assert_eq!(drill.grade(&[], lexicon).score, 0.0, "{id}");
        let question = drill.question(&mut ChaCha8Rng::seed_from_u64(1));
        let blank: Vec<Reply> = question.parts.iter().map(blank).collect();
        assert_eq!(drill.grade(&blank, lexicon).score, 0.0, "{id}");
    }
}

#[test]
fn the_same_chance_gives_the_same_question_with_a_part_for_each_reply() {
    let (drills, _) = &*LIBRARY;
    for drill in drills {
        let question = drill.question(&mut ChaCha8Rng::seed_from_u64(1));
        assert_eq!(question, drill.question(&mut ChaCha8Rng::seed_from_u64(1)));
        assert_eq!(question.parts.len(), drill.key().len());
    }
}

/// What can be given without saying anything.
fn blank(part: &Part) -> Reply {
    match &part.kind {
        Kind::Text { .. } | Kind::Draw => Reply::Text(String::new()),
        Kind::Number { .. } => Reply::Number(String::new()),
        Kind::Pick { .. } => Reply::Picked(String::new()),
        Kind::Arrange { .. } => Reply::Arranged(Vec::new()),
        Kind::Mark { .. } => Reply::Marked(Vec::new()),
        Kind::Pair { .. } => Reply::Paired(Vec::new()),
    }
}

/// What somebody could answer who guesses, or knows a part of it.
fn guess(part: &Part, key: &Reply, chance: &mut ChaCha8Rng) -> Reply {
    let keys = |choices: &[super::Choice]| -> Vec<String> {
        choices.iter().map(|choice| choice.key.clone()).collect()
    };
    let known = match key {
        Reply::Text(text) | Reply::Number(text) => text.as_str(),
        _ => "",
    };
    match &part.kind {
        Kind::Text { .. } | Kind::Draw => {
            let lines = known.lines().filter(|_| chance.random_bool(0.5));
            Reply::Text(lines.collect::<Vec<_>>().join("\n"))
        }
        Kind::Number { .. } => {
            let times = [0.1, 0.5, 0.97, 1.3, 3.0][chance.random_range(0..5)];
            let number = super::parse_quantity(known).map_or(1.0, |known| known.value);
            Reply::Number((number * times).to_string())
        }
        Kind::Pick { options } => {
            Reply::Picked(keys(options).swap_remove(chance.random_range(0..options.len())))
        }
        Kind::Arrange { items } => {
            let mut items = keys(items);
            items.shuffle(chance);
            Reply::Arranged(items)
        }
        Kind::Mark { lines, most } => {
            let mut lines = keys(lines);
            lines.shuffle(chance);
            lines.truncate(chance.random_range(0..=*most));
            Reply::Marked(lines)
        }
        Kind::Pair { left, right } => {
            let right = keys(right);
            let pairs = keys(left).into_iter().map(|left| {
                let at = chance.random_range(0..right.len());
                (left, right[at].clone())
            });
            Reply::Paired(pairs.collect())
        }
    }
}

/// The same answer said in another order, where order means nothing.
fn turned(reply: &Reply) -> Reply {
    match reply {
        Reply::Marked(lines) => Reply::Marked(lines.iter().rev().cloned().collect()),
        Reply::Paired(pairs) => Reply::Paired(pairs.iter().rev().cloned().collect()),
        other => other.clone(),
    }
}

/// A drill, and a guess at it.
fn guessed(at: &prop::sample::Index, seed: u64) -> (&'static Drill, Vec<Reply>) {
    let drill = at.get(&LIBRARY.0);
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let question = drill.question(&mut chance);
    let keys = drill.key();
    let parts = question.parts.iter().zip(&keys);
    let guess = parts.map(|(part, key)| guess(part, key, &mut chance));
    (drill, guess.collect())
}

fn anything() -> impl Strategy<Value = Reply> {
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
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_replies_are_graded_between_nought_and_one(
        at in any::<prop::sample::Index>(),
        replies in proptest::collection::vec(anything(), 0..4),
    ) {
        let grade = at.get(&LIBRARY.0).grade(&replies, &LIBRARY.1);
        prop_assert!((0.0..=1.0).contains(&grade.score), "{grade:?}");
        prop_assert!(grade.marks.iter().all(|mark| (0.0..=1.0).contains(&mark.credit)));
    }

    #[test]
    fn a_guess_is_graded_between_nought_and_one(
        at in any::<prop::sample::Index>(),
        seed in any::<u64>(),
    ) {
        let (drill, guess) = guessed(&at, seed);
        let grade = drill.grade(&guess, &LIBRARY.1);
        prop_assert!((0.0..=1.0).contains(&grade.score), "{}: {grade:?}", drill.head().id);
    }

    /// The shares of a budget hang together, so that setting one of them right can break it.
    #[test]
    fn a_part_put_right_never_costs(
        at in any::<prop::sample::Index>(),
        seed in any::<u64>(),
    ) {
        let (drill, mut replies) = guessed(&at, seed);
        prop_assume!(drill.format() != Latency::NAME);
        let mut score = drill.grade(&replies, &LIBRARY.1).score;
        for (at, key) in drill.key().into_iter().enumerate() {
            replies[at] = key;
            let better = drill.grade(&replies, &LIBRARY.1).score;
            prop_assert!(
                better >= score - 1e-9,
                "{}: part {at} took it from {score} to {better}", drill.head().id
            );
            score = better;
        }
    }

    #[test]
    fn order_counts_only_where_it_is_asked_for(
        at in any::<prop::sample::Index>(),
        seed in any::<u64>(),
    ) {
        let (drill, replies) = guessed(&at, seed);
        let turned: Vec<Reply> = replies.iter().map(turned).collect();
        let (one, other) = (drill.grade(&replies, &LIBRARY.1), drill.grade(&turned, &LIBRARY.1));
        prop_assert!((one.score - other.score).abs() < 1e-9, "{}", drill.head().id);
    }
}
