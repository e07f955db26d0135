use super::*;
use crate::content;
use crate::drill::DrillFile;
use chrono::{FixedOffset, TimeDelta};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::new(0.9, FixedOffset::east_opt(0).unwrap()));
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&content::Lexicon::default()));

fn at(seconds: i64) -> DateTime<Utc> {
    "2026-11-21T12:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::seconds(seconds)
}

/// Estimates whose answer is 100: 150 is half right, 9 is wrong.
fn queued(id: &str) -> Queued {
    let yaml = format!(
        "estimate: [{{id: {id}, step: serve, level: senior, ask: How many?, sum: 10 * 10, \
         answer: 100, unit: QPS, working: [ten times ten], because: It is., hints: [one, two]}}]"
    );
    let file: DrillFile = content::parse(&yaml, "drills.yaml").unwrap();
    let whole = format!("eta/{id}");
    Queued {
        head: DrillHead {
            id: whole.clone(),
            file: String::new(),
            topic: "eta".into(),
            format: "estimate".into(),
            step: "serve".into(),
            level: "senior".into(),
            tags: Vec::new(),
            item: None,
        },
        drill: file.into_drills().remove(0),
        state: DrillState {
            drill: whole,
            ..DrillState::default()
        },
        why: Why::New,
        reason: format!("Because of {id}"),
        read: String::new(),
        known: 0,
    }
}

fn say(text: &str) -> Input {
    Input::Answer(vec![Reply::Number(text.into())])
}

/// A session with a clock of its own: each input comes five seconds after the one before.
struct Run {
    session: Session,
    now: i64,
}

impl Run {
    fn of(ids: &[&str]) -> Self {
        Self::with(ids, None)
    }

    fn with(ids: &[&str], minutes: Option<u32>) -> Self {
        let options = Options {
            minutes,
            cram: false,
            seed: 1,
        };
        let queue = ids.iter().map(|id| queued(id)).collect();
        Self {
            session: Session::new(queue, options, at(0)),
            now: 0,
        }
    }

    fn give(&mut self, input: Input) -> Vec<Effect> {
        self.now += 5;
        self.session.apply(input, at(self.now), &MODEL, &LEXICON)
    }

    /// A whole first attempt, and on to the next drill.
    fn pass(&mut self, text: &str) {
        self.give(say(text));
        self.give(Input::Confidence(3));
        self.give(Input::ShowAnswer);
        self.give(Input::Next);
    }

    fn on_screen(&self) -> &str {
        self.session
            .asked()
            .map_or("", |asked| asked.queued.head.id.as_str())
    }

    fn reveal(&self) -> &Reveal {
        match self.session.phase() {
            Phase::Reveal(reveal) => reveal,
            other => panic!("not at the reveal but at {other:?}"),
        }
    }
}

fn rating_of(effects: &[Effect]) -> Rating {
    match effects {
        [Effect::Review { rating, .. }] => *rating,
        other => panic!("no single review: {other:?}"),
    }
}

#[test]
fn an_attempt_is_written_down_before_anything_is_revealed() {
    let mut run = Run::of(&["a"]);
    assert_eq!(*run.session.phase(), Phase::Answer { second: false });
    assert!(run.give(Input::ShowAnswer).is_empty());
    assert_eq!(*run.session.phase(), Phase::Answer { second: false });
    assert!(run.give(say("100")).is_empty());
    assert_eq!(*run.session.phase(), Phase::Confidence);
    for early in [Input::ShowAnswer, Input::Next, Input::Retry, Input::Hint] {
        assert!(run.give(early).is_empty());
        assert_eq!(*run.session.phase(), Phase::Confidence);
    }
    let effects = run.give(Input::Confidence(4));
    let [Effect::Review {
        drill,
        topic,
        score,
        rating,
        confidence,
        seconds,
        hints,
        state,
        ..
    }] = effects.as_slice()
    else {
        panic!("no single review: {effects:?}");
    };
    assert_eq!((drill.as_str(), topic.as_str()), ("eta/a", "eta"));
    assert_eq!((*score, *rating), (1.0, Rating::Easy));
    assert_eq!((*confidence, *hints), (4, 0));
    // Until the answer, not until the confidence.
    assert_eq!(*seconds, 10.0);
    assert_eq!((state.reps, state.last_rating), (1, Some(4)));
    let reveal = run.reveal();
    assert_eq!(reveal.rating, Some(Rating::Easy));
    assert!(reveal.outlook.unwrap().interval >= 1);
    run.give(Input::Next);
    assert_eq!(*run.session.phase(), Phase::Over);
    let summary = run.session.summary();
    assert_eq!((summary.answered, summary.score), (1, 1.0));
    assert!(summary.missed.is_empty());
}

#[test]
fn a_second_attempt_teaches_and_the_first_one_rates() {
    let mut run = Run::of(&["a"]);
    run.give(say("150"));
    assert_eq!(rating_of(&run.give(Input::Confidence(2))), Rating::Hard);
    assert_eq!(*run.session.phase(), Phase::Choice);
    assert!(run.give(Input::Retry).is_empty());
    assert_eq!(*run.session.phase(), Phase::Answer { second: true });
    assert_eq!(run.session.hints(), ["one"]);
    let effects = run.give(say("100"));
    assert!(
        matches!(effects.as_slice(), [Effect::Second { score, .. }] if *score == 1.0),
        "{effects:?}"
    );
    let reveal = run.reveal();
    assert_eq!(reveal.rating, Some(Rating::Hard));
    assert_eq!(reveal.grade.score, 0.5);
    assert_eq!(reveal.second.as_ref().unwrap().score, 1.0);
    assert_eq!(run.session.summary().score, 0.5);
    assert_eq!(run.session.summary().answered, 1);
}

#[test]
fn a_second_attempt_may_be_given_up() {
    let mut run = Run::of(&["a"]);
    run.give(say("150"));
    run.give(Input::Confidence(2));
    run.give(Input::Retry);
    assert!(run.give(Input::ShowAnswer).is_empty());
    assert_eq!(run.reveal().second, None);
}

#[test]
fn what_was_again_comes_back_at_the_end_and_is_now_right() {
    let mut run = Run::of(&["a", "b"]);
    run.pass("9");
    assert_eq!(run.on_screen(), "eta/b");
    run.pass("100");
    assert_eq!(run.on_screen(), "eta/a");
    assert!(run.session.asked().unwrap().again);
    assert_eq!(run.session.summary().missed, ["eta/a"]);
    // Nothing is scheduled by it, so no confidence is asked.
    let effects = run.give(say("100"));
    assert!(
        matches!(effects.as_slice(), [Effect::Second { drill, .. }] if drill == "eta/a"),
        "{effects:?}"
    );
    assert_eq!(run.reveal().rating, None);
    assert!(run.give(Input::Overrule(Rating::Good)).is_empty());
    run.give(Input::Next);
    assert_eq!(*run.session.phase(), Phase::Over);
    let summary = run.session.summary();
    assert_eq!(summary.now_right, ["eta/a"]);
    assert_eq!((summary.answered, summary.score), (2, 1.0));
}

#[test]
fn what_was_again_and_stays_wrong_is_not_now_right() {
    let mut run = Run::of(&["a"]);
    run.pass("9");
    run.give(say("9"));
    run.give(Input::Next);
    assert_eq!(*run.session.phase(), Phase::Over);
    assert!(run.session.summary().now_right.is_empty());
}

#[test]
fn undo_gives_the_drill_back_as_it_was() {
    let mut run = Run::of(&["a", "b"]);
    run.pass("9");
    assert_eq!((run.on_screen(), run.session.left()), ("eta/b", 1));
    let effects = run.give(Input::Undo);
    let [Effect::Undo { drill, state }] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert_eq!(drill, "eta/a");
    assert_eq!(**state, queued("a").state);
    assert_eq!(run.on_screen(), "eta/a");
    assert_eq!(*run.session.phase(), Phase::Answer { second: false });
    // b waits again, and a is no longer one to come back.
    assert_eq!((run.session.left(), run.session.place()), (1, (0, 2)));
    run.pass("100");
    run.pass("100");
    assert_eq!(*run.session.phase(), Phase::Over);
    assert_eq!(run.session.summary().answered, 2);
    assert!(run.session.summary().missed.is_empty());
}

#[test]
fn undo_at_the_reveal_and_after_the_end_takes_back_the_last_answer() {
    let mut run = Run::of(&["a"]);
    assert!(run.give(Input::Undo).is_empty());
    run.give(say("100"));
    run.give(Input::Confidence(3));
    assert_eq!(run.give(Input::Undo).len(), 1);
    assert_eq!((run.on_screen(), run.session.left()), ("eta/a", 0));
    run.pass("100");
    assert_eq!(*run.session.phase(), Phase::Over);
    assert_eq!(run.give(Input::Undo).len(), 1);
    assert_eq!(run.on_screen(), "eta/a");
}

#[test]
fn an_undo_while_a_missed_drill_is_shown_again_counts_it_once() {
    let mut run = Run::of(&["a", "b"]);
    run.pass("9");
    run.pass("100");
    run.give(say("100"));
    assert_eq!(run.session.summary().now_right, ["eta/a"]);
    run.give(Input::Undo);
    assert_eq!(run.on_screen(), "eta/b");
    run.pass("100");
    if run.on_screen() == "eta/a" {
        run.give(say("100"));
        run.give(Input::Next);
    }
    assert_eq!(*run.session.phase(), Phase::Over);
    assert_eq!(run.session.summary().now_right, ["eta/a"]);
}

#[test]
fn a_skipped_drill_comes_later() {
    let mut run = Run::of(&["a", "b"]);
    assert!(run.give(Input::Skip).is_empty());
    assert_eq!(run.on_screen(), "eta/b");
    run.pass("100");
    assert_eq!(run.on_screen(), "eta/a");
    // Nothing else waits: the session ends without it.
    run.give(Input::Skip);
    assert_eq!(*run.session.phase(), Phase::Over);
    assert_eq!(run.session.place(), (1, 1));
}

#[test]
fn an_attempt_cannot_be_skipped_or_put_away() {
    let mut run = Run::of(&["a", "b"]);
    run.give(say("9"));
    for input in [Input::Skip, Input::Bury, Input::Suspend] {
        assert!(run.give(input).is_empty());
        assert_eq!(*run.session.phase(), Phase::Confidence);
    }
    run.give(Input::Confidence(1));
    for input in [Input::Skip, Input::Bury, Input::Suspend] {
        assert!(run.give(input).is_empty());
        assert_eq!(*run.session.phase(), Phase::Choice);
    }
}

#[test]
fn bury_and_suspend_put_a_drill_away() {
    let mut run = Run::of(&["a", "b", "c"]);
    let effects = run.give(Input::Bury);
    assert_eq!(
        effects,
        [Effect::Bury {
            drill: "eta/a".into()
        }]
    );
    assert_eq!((run.on_screen(), run.session.place()), ("eta/b", (0, 2)));
    // At the reveal of a missed one: it does not come back at the end either.
    run.give(say("9"));
    run.give(Input::Confidence(1));
    run.give(Input::ShowAnswer);
    let effects = run.give(Input::Suspend);
    assert_eq!(
        effects,
        [Effect::Suspend {
            drill: "eta/b".into()
        }]
    );
    assert_eq!((run.on_screen(), run.session.left()), ("eta/c", 0));
    run.pass("100");
    assert_eq!(*run.session.phase(), Phase::Over);
}

#[test]
fn the_learner_may_overrule_and_again_brings_it_back() {
    let mut run = Run::of(&["a"]);
    run.give(say("100"));
    run.give(Input::Confidence(3));
    let machine = run.reveal().outlook.unwrap();
    let effects = run.give(Input::Overrule(Rating::Again));
    let [Effect::Overrule { rating, state }] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert_eq!((*rating, state.last_rating), (Rating::Again, Some(1)));
    assert_eq!(state.reps, 1);
    let reveal = run.reveal();
    assert_eq!(reveal.rating, Some(Rating::Easy));
    assert_eq!(reveal.overruled, Some(Rating::Again));
    assert!(reveal.outlook.unwrap().stability < machine.stability);
    assert_eq!(
        (run.session.left(), run.session.summary().missed.len()),
        (1, 1)
    );
    // Twice does not ask it twice; the machine's own rating is no disagreement.
    run.give(Input::Overrule(Rating::Again));
    assert_eq!(run.session.left(), 1);
    run.give(Input::Overrule(Rating::Easy));
    assert_eq!(run.reveal().overruled, None);
    assert_eq!(
        (run.session.left(), run.session.summary().missed.len()),
        (0, 0)
    );
}

#[test]
fn the_time_box_ends_the_session_at_a_reveal() {
    let mut run = Run::with(&["a", "b", "c"], Some(1));
    run.pass("100");
    run.now = 70;
    // The drill on the screen is still answered.
    assert_eq!(run.on_screen(), "eta/b");
    run.pass("100");
    assert_eq!(*run.session.phase(), Phase::Over);
    assert_eq!(run.session.summary().answered, 2);
}

#[test]
fn hints_come_one_at_a_time_and_lower_the_rating() {
    let mut run = Run::of(&["a"]);
    assert!(run.session.hints().is_empty());
    run.give(Input::Hint);
    assert_eq!(run.session.hints(), ["one"]);
    run.give(Input::Hint);
    run.give(Input::Hint);
    assert_eq!(run.session.hints(), ["one", "two"]);
    run.give(say("100"));
    assert_eq!(rating_of(&run.give(Input::Confidence(4))), Rating::Hard);
}

#[test]
fn an_empty_session_is_over_and_stays_so() {
    let mut run = Run::of(&[]);
    for input in [
        say("1"),
        Input::Confidence(9),
        Input::Hint,
        Input::Retry,
        Input::ShowAnswer,
        Input::Overrule(Rating::Easy),
        Input::Next,
        Input::Skip,
        Input::Bury,
        Input::Suspend,
        Input::Undo,
        Input::End,
    ] {
        assert!(run.give(input).is_empty());
        assert_eq!(*run.session.phase(), Phase::Over);
    }
}

#[test]
fn a_drill_of_an_earlier_session_can_be_put_first() {
    let mut run = Run::of(&["a", "b"]);
    run.session.put_first(queued("z"), at(1));
    assert_eq!((run.on_screen(), run.session.place()), ("eta/z", (0, 3)));
    run.session.put_first(queued("b"), at(2));
    assert_eq!((run.on_screen(), run.session.place()), ("eta/b", (0, 3)));
}

fn input() -> impl Strategy<Value = Input> {
    prop_oneof![
        6 => prop_oneof![Just("100"), Just("150"), Just("9"), Just("?")].prop_map(say),
        1 => Just(Input::Answer(Vec::new())),
        5 => any::<u8>().prop_map(Input::Confidence),
        1 => Just(Input::Hint),
        2 => Just(Input::Retry),
        3 => Just(Input::ShowAnswer),
        2 => (0usize..4).prop_map(|at| Input::Overrule(Rating::ALL[at])),
        5 => Just(Input::Next),
        1 => Just(Input::Skip),
        1 => Just(Input::Bury),
        1 => Just(Input::Suspend),
        2 => Just(Input::Undo),
        1 => Just(Input::End),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_is_pressed_the_account_is_right(
        inputs in proptest::collection::vec((input(), 0i64..90), 0..60),
        minutes in proptest::option::of(0u32..5),
    ) {
        let mut run = Run::with(&["a", "b", "c"], minutes);
        let (mut reviews, mut undone) = (0, 0);
        for (input, pause) in inputs {
            run.now += pause;
            let effects = run.give(input);
            for effect in &effects {
                match effect {
                    Effect::Review { score, .. } => {
                        prop_assert!((0.0..=1.0).contains(score));
                        reviews += 1;
                    }
                    Effect::Undo { .. } => undone += 1,
                    _ => {}
                }
            }
            let summary = run.session.summary();
            prop_assert_eq!(summary.answered, reviews - undone);
            let (done, total) = run.session.place();
            prop_assert!(done <= total, "{} of {}", done, total);
            prop_assert_eq!(run.session.asked().is_none(), *run.session.phase() == Phase::Over);
            let right: BTreeSet<&String> = summary.now_right.iter().collect();
            prop_assert_eq!(right.len(), summary.now_right.len(), "twice now right");
            if let Phase::Reveal(reveal) = run.session.phase() {
                // Nothing is revealed whose attempt is not written down.
                prop_assert!(reviews > undone || reveal.rating.is_none());
            }
        }
    }
}

#[test]
fn a_sum_is_begun_at_first_sight_and_less_so_later() {
    let three = |known: u32| {
        let mut own = queued("a");
        if let Drill::Estimate(drill) = &mut own.drill {
            drill.working = ["one", "two", "three"].map(str::to_owned).to_vec();
        }
        own.known = known;
        own
    };
    let asked = |queued: Queued| {
        let options = Options {
            minutes: None,
            cram: false,
            seed: 1,
        };
        let session = Session::new(vec![queued], options, at(0));
        let asked = session.asked().unwrap();
        (asked.question.text.clone(), asked.worked)
    };
    let (text, worked) = asked(three(0));
    assert!(
        worked && text.contains("1 line to go") && text.contains("- two"),
        "{text}"
    );
    let (text, worked) = asked(three(1));
    assert!(
        worked && text.contains("- one") && !text.contains("- two"),
        "{text}"
    );
    assert!(!asked(three(2)).1);
    let mut seen = three(0);
    seen.state.reps = 1;
    assert!(!asked(seen).1);
}

#[test]
fn what_comes_next_and_why_is_known_at_the_reveal() {
    let mut run = Run::with(&["a", "b"], Some(1));
    assert_eq!(run.session.reason(), Some("Because of a"));
    run.give(say("7"));
    run.give(Input::Confidence(3));
    run.give(Input::ShowAnswer);
    let next = |run: &Run, seconds| run.session.next(at(seconds));
    assert_eq!(
        next(&run, 20).as_deref(),
        Some("estimate, serve. Because of b")
    );
    // With the minutes used up only what was wrong comes once more.
    assert_eq!(
        next(&run, 70).as_deref(),
        Some("estimate, serve. Once more: it was wrong a moment ago")
    );
    run.now = 70;
    run.give(Input::Next);
    assert_eq!(run.on_screen(), "eta/a");
    assert_eq!(run.session.reason(), Some(ONCE_MORE));
    assert_eq!(run.session.next(at(80)), None);
}
