//! Verdicts on whole answers, item by item.

use super::super::fixtures::{answer, case, grade, item, lexicon, rule};
use super::*;

fn time_split() -> Item {
    let mut item = item("split", Step::Data, Kind::Must, "{all: [time-split, gap]}");
    item.wrong = vec![rule("random-split")];
    item
}

fn one(item: Item, steps: &[(Step, &str)]) -> ItemVerdict {
    grade(&case(vec![item]), &answer(steps)).items.remove(0)
}

#[test]
fn own_step_hits_and_another_step_hits_as_wrong_step() {
    let found = one(time_split(), &[(Step::Data, "Logs. Time split, gap 7d.")]);
    assert_eq!((found.verdict, found.wrong_step), (Verdict::Hit, false));
    assert_eq!(found.evidence.len(), 1);
    assert_eq!(found.evidence[0].text, "Time split, gap");
    assert_eq!(found.evidence[0].step, Some(Step::Data));
    let found = one(time_split(), &[(Step::Model, "time split with a gap")]);
    assert_eq!((found.verdict, found.wrong_step), (Verdict::Hit, true));
    assert_eq!(found.evidence[0].step, Some(Step::Model));
}

#[test]
fn text_of_no_step_earns_as_much_as_another_step() {
    let mut said = answer(&[]);
    said.elsewhere = "time split with a gap".to_owned();
    let found = grade(&case(vec![time_split()]), &said).items.remove(0);
    assert_eq!((found.verdict, found.wrong_step), (Verdict::Hit, true));
    assert_eq!(found.evidence[0].step, None);
    said.elsewhere = "time split".to_owned();
    let found = grade(&case(vec![time_split()]), &said).items.remove(0);
    assert_eq!(found.verdict, Verdict::Maybe);
}

#[test]
fn half_of_it_is_a_maybe_and_nothing_is_missed() {
    let found = one(time_split(), &[(Step::Data, "we split by time")]);
    assert_eq!(found.verdict, Verdict::Maybe);
    assert_eq!(found.missing, ["gap"]);
    assert_eq!(found.evidence[0].text, "split by time");
    let found = one(time_split(), &[(Step::Data, "we have logs")]);
    assert_eq!(found.verdict, Verdict::Missed);
    assert_eq!(found.missing, ["time split", "gap"]);
    assert!(found.evidence.is_empty());
}

#[test]
fn what_contradicts_the_item_is_a_conflict() {
    let text = "Time split with a gap for one test, random split for the other.";
    let found = one(time_split(), &[(Step::Data, text)]);
    assert_eq!(found.verdict, Verdict::Conflict);
    assert_eq!(found.evidence[0].text, "random split");
    let found = one(
        time_split(),
        &[(Step::Data, "time split, gap, no random split")],
    );
    assert_eq!(found.verdict, Verdict::Hit);
}

#[test]
fn what_resembles_a_mistake_far_from_a_plain_statement_is_none() {
    let far =
        "We log what was shown, join it to what was known then, and keep it for a year. ".repeat(2);
    let text = format!("Time split with a gap. {far}A random split of the users for the canary.");
    let found = one(time_split(), &[(Step::Data, &text)]);
    assert_eq!(found.verdict, Verdict::Hit);
    // Said again beside it, there is a statement that nothing speaks against.
    let again = format!("Time split with a gap, no, a random split. {far}Time split with a gap.");
    let found = one(time_split(), &[(Step::Data, &again)]);
    assert_eq!(found.verdict, Verdict::Hit);
    let near = "Time split with a gap. A random split of the users for the canary.";
    let found = one(time_split(), &[(Step::Data, near)]);
    assert_eq!(found.verdict, Verdict::Conflict);
}

#[test]
fn a_red_flag_is_taken_back_from_anywhere() {
    let far =
        "We log what was shown, join it to what was known then, and keep it for a year. ".repeat(2);
    let mut flag = item("flag", Step::Data, Kind::RedFlag, "random-split");
    flag.wrong = vec![rule("time-split")];
    let text = format!("A random split of the users for the canary. {far}Time split.");
    let found = one(flag.clone(), &[(Step::Data, &text)]);
    assert_eq!(found.verdict, Verdict::Conflict);
    let said = (Step::Data, "a random split");
    let steps = [said, (Step::Evaluate, "no, a time split")];
    assert_eq!(one(flag.clone(), &steps).verdict, Verdict::Conflict);
    assert_eq!(one(flag, &[said]).verdict, Verdict::Hit);
}

#[test]
fn long_entries_of_a_list_are_not_put_together() {
    let both = |text: &str| {
        let together = item(
            "i",
            Step::Data,
            Kind::Must,
            "{all: [calibration, canary], within: passage}",
        );
        one(together, &[(Step::Data, text)]).verdict
    };
    let (first, second) = (
        "calibration by slice and by week on what was really shown to them, with a table of bins and counts",
        "a canary of one per cent of the users for a day before the rest, watched by whoever made the change",
    );
    assert_eq!(both(&format!("{first}. {second}.")), Verdict::Hit);
    assert_eq!(both(&format!("- {first}\n- {second}")), Verdict::Maybe);
    assert_eq!(
        both("- calibration by slice\n- canary of one per cent"),
        Verdict::Hit
    );
}

#[test]
fn what_is_wrong_in_its_own_step_needs_no_match() {
    let wrong = (Step::Data, "We split at random.");
    let found = one(time_split(), &[wrong]);
    assert_eq!(found.verdict, Verdict::Conflict);
    assert_eq!(found.evidence[0].text, "split at random");
    assert!(found.missing.is_empty());
    // Said right in another step, it stands against it all the same.
    let found = one(
        time_split(),
        &[wrong, (Step::Model, "time split with a gap")],
    );
    assert_eq!(found.verdict, Verdict::Conflict);
    assert_eq!(found.evidence[0].step, Some(Step::Data));
    let found = one(time_split(), &[(Step::Model, "a random split")]);
    assert_eq!(found.verdict, Verdict::Missed);
}

#[test]
fn a_red_flag_is_never_a_maybe_and_stays_in_its_step_when_it_can_be_taken_back() {
    let plain = item("flag", Step::Data, Kind::RedFlag, "random-split");
    assert_eq!(
        one(plain.clone(), &[(Step::Model, "a random split")]).verdict,
        Verdict::Hit
    );
    assert_eq!(
        one(plain, &[(Step::Data, "no random split")]).verdict,
        Verdict::Missed
    );
    let taken_back = "{all: [random-split], none: [time-split], within: answer}";
    let flag = item("flag", Step::Data, Kind::RedFlag, taken_back);
    let model = (Step::Model, "a random split for tuning");
    assert_eq!(one(flag.clone(), &[model]).verdict, Verdict::Missed);
    assert_eq!(
        one(flag, &[(Step::Data, "a random split")]).verdict,
        Verdict::Hit
    );
    let pair = item(
        "flag",
        Step::Data,
        Kind::RedFlag,
        "{all: [random-split, gap]}",
    );
    assert_eq!(
        one(pair, &[(Step::Data, "a random split")]).verdict,
        Verdict::Missed
    );
}

#[test]
fn unknown_concepts_are_named_with_their_items() {
    let mut second = time_split();
    second.wrong = vec![rule("yeti")];
    let case = case(vec![item("a", Step::Data, Kind::Must, "troll"), second]);
    let unknown = CaseRules::compile(&case, &Lexicon::new(&lexicon())).unwrap_err();
    let named: Vec<_> = unknown.iter().map(ToString::to_string).collect();
    assert_eq!(
        named,
        [
            "`a` asks for `troll`, which the lexicon does not have",
            "`split` asks for `yeti`, which the lexicon does not have"
        ]
    );
}

#[test]
fn the_learner_may_answer_and_the_machine_keeps_its_verdict() {
    let mut graded = grade(
        &case(vec![time_split()]),
        &answer(&[(Step::Data, "time split")]),
    );
    graded.set_yours("split", true);
    graded.set_yours("nothing", true);
    let item = graded.item("split").unwrap();
    assert_eq!((item.verdict, item.yours), (Verdict::Maybe, Some(true)));
}
