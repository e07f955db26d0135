//! What holds for every plan, whatever the date, the minutes and what was done.

#![allow(clippy::unwrap_used)]

use chrono::{Days, NaiveDate};
use greenroom::content::{ActivityKind, Id, Library, Step};
use greenroom::plan::{make, Activity, Deed, Evidence, Plan, Seen, Settings, Stock, Week};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::open(&[], None))
}

fn plan_with(settings: &Settings, evidence: &Evidence, today: NaiveDate) -> Plan {
    let library = library();
    let stock = Stock::new(
        library.plans(),
        library.framework(),
        library.rubric(),
        library.ready_cases(),
    );
    make(settings, &stock, evidence, today)
}

fn plan(settings: &Settings) -> Plan {
    plan_with(settings, &Evidence::default(), settings.from)
}

fn start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn settings(days: u64, minutes: u32) -> Settings {
    Settings {
        interview: Some(start() + Days::new(days)),
        minutes,
        ..Settings::starting(start())
    }
}

/// Any settings: an hour to a year, even or uneven weeks, days off, any cases and weak steps.
fn any_settings() -> impl Strategy<Value = Settings> {
    let week = proptest::option::of(proptest::array::uniform7(prop_oneof![
        2 => Just(0u32),
        5 => 5u32..=120,
        1 => 120u32..=600,
    ]));
    let cases: Vec<String> = library()
        .ready_cases()
        .map(|head| head.id.clone())
        .collect();
    let count = cases.len();
    (
        prop_oneof![3 => 1u64..40, 1 => 40u64..=366],
        prop_oneof![3 => 5u32..=120, 1 => 120u32..=600],
        week,
        proptest::collection::btree_set(0u64..60, 0..6),
        proptest::sample::subsequence(cases, 0..=count),
        proptest::collection::btree_map(proptest::sample::select(&Step::ALL[..]), 0.0..=1.0, 0..4),
    )
        .prop_filter_map(
            "no day has minutes",
            |(days, minutes, week, off, focus, known)| {
                let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
                let week: Option<Week> = match week {
                    None => None,
                    Some(week) => {
                        let parts: Vec<String> = names
                            .iter()
                            .zip(week)
                            .map(|(name, minutes)| format!("{name} {minutes}"))
                            .collect();
                        Some(parts.join(", ").parse().ok()?)
                    }
                };
                Some(Settings {
                    week,
                    off: off
                        .into_iter()
                        .map(|day| start() + Days::new(day))
                        .collect(),
                    focus: focus.into_iter().map(|id| Id::from(id.as_str())).collect(),
                    known,
                    ..settings(days, minutes)
                })
            },
        )
}

/// The deeds of somebody who does some of what the plan says, and other things.
fn any_history() -> impl Strategy<Value = (Settings, Vec<bool>, u64)> {
    (
        any_settings(),
        proptest::collection::vec(any::<bool>(), 1..40),
        0u64..40,
    )
}

fn deed_of(activity: &Activity) -> Vec<Deed> {
    let case = activity.case.clone().unwrap_or_default();
    let all = || {
        let steps = activity.steps.iter().copied();
        let steps: BTreeSet<Step> = steps.collect();
        if steps.is_empty() {
            Step::ALL.into()
        } else {
            steps
        }
    };
    match activity.kind {
        ActivityKind::Mock | ActivityKind::Sprint => vec![Deed::Mock { case, steps: all() }],
        ActivityKind::Read => all()
            .into_iter()
            .map(|step| Deed::Read {
                case: case.clone(),
                step: Some(step),
            })
            .collect(),
        ActivityKind::Review => vec![Deed::Debrief],
        ActivityKind::Drill => vec![Deed::Drilled {
            seconds: activity.minutes * 60,
        }],
    }
}

/// Lives `days` of the plan, doing what the coin says, and returns what was done.
fn live(settings: &Settings, coins: &[bool], days: u64) -> (Evidence, NaiveDate) {
    let mut evidence = Evidence::default();
    let mut coins = coins.iter().cycle();
    let mut today = settings.from;
    for _ in 0..days {
        let plan = plan_with(settings, &evidence, today);
        let Some(day) = plan.days.first() else { break };
        for activity in &day.activities {
            if *coins.next().unwrap_or(&true) {
                let done = evidence.deeds.entry(today).or_default();
                done.extend(deed_of(activity));
            }
        }
        today = today + Days::new(1);
    }
    (evidence, today)
}

fn minutes(activities: &[Activity]) -> u32 {
    activities.iter().map(|activity| activity.minutes).sum()
}

fn attempts(activity: &Activity) -> bool {
    matches!(activity.kind, ActivityKind::Mock | ActivityKind::Sprint)
}

/// Whatever was done before, these hold.
fn holds(settings: &Settings, evidence: &Evidence, today: NaiveDate) -> Result<(), TestCaseError> {
    let plan = plan_with(settings, evidence, today);
    prop_assert_eq!(
        &plan,
        &plan_with(settings, evidence, today),
        "deterministic"
    );
    let date = settings.interview.unwrap_or(today + Days::new(14));
    let mut attempted: BTreeSet<&str> = BTreeSet::new();
    for deed in evidence.deeds.values().flatten() {
        if let Deed::Mock { case, .. } = deed {
            attempted.insert(case);
        }
    }
    let mut mocks: Vec<(NaiveDate, &str)> = Vec::new();
    let mut ids = BTreeSet::new();
    for (at, day) in plan.days.iter().enumerate() {
        let budget = settings.minutes_on(day.date);
        let used = minutes(&day.activities);
        prop_assert!(used <= budget, "{}: {used} of {budget} minutes", day.date);
        prop_assert!(day.date < date || today == date, "{} is too late", day.date);
        let later = plan.days.get(at + 1..).unwrap_or_default();
        let waiting = later
            .iter()
            .flat_map(|day| &day.activities)
            .any(|own| own.must);
        if waiting {
            prop_assert!(
                f64::from(used) >= 0.85 * f64::from(budget),
                "{}: {used} of {budget} minutes, and musts remain: {day:?}",
                day.date
            );
        }
        for own in &day.activities {
            prop_assert!(ids.insert(own.id.as_str()), "{} twice", own.id);
            prop_assert!(own.minutes > 0);
            let case = own.case.as_deref().unwrap_or_default();
            match own.kind {
                ActivityKind::Read => {
                    prop_assert!(attempted.contains(case), "{} before an attempt", own.id);
                }
                ActivityKind::Mock => {
                    let clock = own.clock.unwrap_or_default();
                    prop_assert!(own.minutes >= clock + 10, "a debrief is counted");
                    let reviewed = later.iter().flat_map(|day| &day.activities).any(|own| {
                        own.kind == ActivityKind::Review && own.case.as_deref() == Some(case)
                    });
                    prop_assert!(reviewed, "{} has no review", own.id);
                    mocks.push((day.date, case));
                }
                ActivityKind::Review => {
                    let on = mocks
                        .iter()
                        .any(|(date, own)| *date == day.date && *own == case);
                    prop_assert!(!on, "{} on the mock's own day", own.id);
                }
                _ => {}
            }
            if attempts(own) {
                attempted.insert(case);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_plan_keeps_its_promises(settings in any_settings()) {
        holds(&settings, &Evidence::default(), settings.from)?;
    }

    #[test]
    fn every_case_that_it_names_is_attempted_and_gone_through_before_the_date(settings in any_settings()) {
        let plan = plan(&settings);
        let all: Vec<&Activity> = plan.days.iter().flat_map(|day| &day.activities).collect();
        for case in &plan.focus {
            let of = |own: &&&Activity| own.case.as_ref() == Some(case);
            prop_assert!(all.iter().filter(of).any(|own| attempts(own)), "{case} is not attempted");
            // What the placement showed to be known is not read.
            if settings.known.values().all(|score| *score < 0.8) {
                let follows = |own: &&Activity| {
                    matches!(own.kind, ActivityKind::Read | ActivityKind::Review)
                };
                let after = all.iter().filter(of).any(follows);
                prop_assert!(after, "nothing comes of {case}");
            }
        }
        for case in &settings.focus {
            let named = plan.focus.contains(&case.to_string());
            prop_assert_ne!(named, plan.not_reached.contains(&case.to_string()));
        }
    }

}

proptest! {
    // Each of these lives through weeks of plans.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn it_keeps_them_after_days_that_were_done_half((settings, coins, days) in any_history()) {
        let (evidence, today) = live(&settings, &coins, days);
        holds(&settings, &evidence, today)?;
    }
}

#[test]
fn the_last_day_is_light_and_without_a_mock() {
    for days in [4, 5, 7, 10, 14, 21, 30, 60] {
        let plan = plan(&settings(days, 60));
        assert_eq!(plan.days.len() as u64, days);
        let last = plan.days.last().unwrap();
        assert!(!last.activities.is_empty());
        assert!(
            !last.activities.iter().any(attempts),
            "{days} days: {last:?}"
        );
        assert!(minutes(&last.activities) <= 45, "{days} days: {last:?}");
    }
}

#[test]
fn three_days_are_recommendation_the_eta_of_a_ride_and_fraud() {
    let three = plan(&settings(3, 60));
    let attempted: Vec<&str> = three
        .days
        .iter()
        .filter_map(|day| day.activities.iter().find(|own| attempts(own)))
        .filter_map(|own| own.case.as_deref())
        .collect();
    let ready = |id: &str| library().ready_cases().any(|head| head.id == id);
    assert_eq!(attempted.first(), Some(&"video-recommendation"));
    assert_eq!(attempted.last(), Some(&"fraud-detection"));
    // While a case is a draft another one stands in, and the plan says so.
    assert_eq!(attempted.get(1) == Some(&"eta"), ready("eta"));
    assert_eq!(three.missing.contains(&"eta".to_owned()), !ready("eta"));
    let mocks = three.days.iter().flat_map(|day| &day.activities);
    let mock = mocks.filter(|own| own.kind == ActivityKind::Mock).count();
    assert_eq!(mock, 1);
    assert_eq!(three.days[2].activities[0].kind, ActivityKind::Review);
}

#[test]
fn an_hour_a_year_and_the_day_itself() {
    let hour = plan(&settings(1, 60));
    assert_eq!(hour.days.len(), 1);
    assert!(hour.days[0].activities.iter().any(attempts));
    let same_day = plan(&settings(0, 60));
    assert_eq!(same_day.days.len(), 1);
    let year = plan(&settings(365, 60));
    assert_eq!(year.days.len(), 365);
    assert!(year.days.iter().all(|day| !day.activities.is_empty()));
    // Every case there is, and none left over.
    assert_eq!(year.focus.len(), library().ready_cases().count());
}

#[test]
fn a_mock_waits_for_a_day_that_is_long_enough() {
    let week: Week = "mon-fri 20, sat 90, sun 0".parse().unwrap();
    let own = Settings {
        week: Some(week),
        ..settings(21, 45)
    };
    let plan = plan(&own);
    let mocks: Vec<NaiveDate> = plan
        .days
        .iter()
        .filter(|day| {
            day.activities
                .iter()
                .any(|own| own.kind == ActivityKind::Mock)
        })
        .map(|day| day.date)
        .collect();
    assert!(mocks.len() >= 2, "{mocks:?}");
    assert!(mocks.iter().all(|date| week.on(*date) == 90));
}

#[test]
fn where_no_day_is_long_enough_an_interview_comes_in_halves() {
    let plan = plan(&settings(14, 30));
    let all = || plan.days.iter().flat_map(|day| &day.activities);
    assert!(all().all(|own| own.kind != ActivityKind::Mock));
    let steps: BTreeSet<Step> = all()
        .filter(|own| attempts(own))
        .flat_map(|own| own.steps.clone())
        .collect();
    assert_eq!(steps.len(), Step::ALL.len());
}

#[test]
fn missed_days_cost_the_lighter_work_first() {
    let own = settings(14, 60);
    let first = plan(&own);
    let late = plan_with(&own, &Evidence::default(), start() + Days::new(10));
    assert_eq!(late.days.len(), 4);
    let musts = |plan: &Plan| -> usize {
        let all = plan.days.iter().flat_map(|day| &day.activities);
        all.filter(|own| own.must && attempts(own)).count()
    };
    let all = |plan: &Plan| -> usize {
        let all = plan.days.iter().flat_map(|day| &day.activities);
        all.filter(|own| attempts(own)).count()
    };
    assert!(musts(&first) < all(&first), "there is something lighter");
    assert_eq!(musts(&late), all(&late), "only musts are left: {late:#?}");
    assert!(late.focus.len() < first.focus.len() && !late.focus.is_empty());
}

#[test]
fn a_weak_step_gets_more_and_a_known_one_is_not_read() {
    let read = |plan: &Plan, step: Step| -> u32 {
        let all = plan.days.iter().flat_map(|day| &day.activities);
        let of = |own: &&Activity| attempts(own) && own.steps.contains(&step);
        all.filter(of)
            .map(|own| own.minutes / own.steps.len().max(1) as u32)
            .sum()
    };
    let own = settings(30, 60);
    let even = plan(&own);
    let need = BTreeMap::from([(Step::Evaluate, 1.0), (Step::Clarify, 0.0)]);
    let evidence = Evidence {
        need,
        ..Evidence::default()
    };
    let uneven = plan_with(&own, &evidence, start());
    assert!(read(&uneven, Step::Evaluate) > read(&even, Step::Evaluate));
    assert!(read(&uneven, Step::Clarify) <= read(&even, Step::Clarify));
    let known = Settings {
        known: BTreeMap::from([(Step::Clarify, 1.0)]),
        ..own
    };
    let all = plan(&known);
    let reads = all.days.iter().flat_map(|day| &day.activities);
    for own in reads.filter(|own| own.kind == ActivityKind::Read) {
        assert!(!own.steps.is_empty() && !own.steps.contains(&Step::Clarify));
    }
}

fn seen(case: &str, mastered: bool, weak: &[Step]) -> Evidence {
    Evidence {
        mocks: vec![Seen {
            mock: "m1".to_owned(),
            date: start() - Days::new(1),
            case: case.to_owned(),
            mastered,
            weak: weak.to_vec(),
        }],
        ..Evidence::default()
    }
}

#[test]
fn a_mock_that_went_badly_brings_its_steps_back_at_once() {
    let own = settings(14, 60);
    let evidence = seen(
        "fraud-detection",
        false,
        &[Step::Evaluate, Step::Serve, Step::Data],
    );
    let plan = plan_with(&own, &evidence, start());
    let first: Vec<(&str, &[Step])> = plan.days[0]
        .activities
        .iter()
        .take(2)
        .map(|own| (own.case.as_deref().unwrap(), own.steps.as_slice()))
        .collect();
    assert_eq!(
        first,
        [
            ("fraud-detection", &[Step::Evaluate][..]),
            ("fraud-detection", &[Step::Serve][..])
        ]
    );
    // Once done they are gone.
    let mut later = evidence;
    later.deeds.insert(
        start(),
        plan.days[0].activities.iter().flat_map(deed_of).collect(),
    );
    let next = plan_with(&own, &later, start() + Days::new(1));
    let all = next.days.iter().flat_map(|day| &day.activities);
    assert!(all.clone().count() > 0);
    assert!(all.into_iter().all(|own| !own.id.starts_with("again-")));
}

#[test]
fn a_mastered_case_gets_less() {
    let own = settings(14, 60);
    let case = "video-recommendation";
    let of = |plan: &Plan| -> u32 {
        let all = plan.days.iter().flat_map(|day| &day.activities);
        all.filter(|own| own.case.as_deref() == Some(case))
            .map(|own| own.minutes)
            .sum()
    };
    let even = plan(&own);
    let less = plan_with(&own, &seen(case, true, &[]), start());
    assert!(of(&less) * 2 < of(&even), "{} of {}", of(&less), of(&even));
}

#[test]
fn who_does_everything_is_never_without_work() {
    let own = settings(14, 60);
    let (evidence, today) = live(&own, &[true], 9);
    let plan = plan_with(&own, &evidence, today);
    assert_eq!(plan.days.len(), 5);
    let before_last = &plan.days[..4];
    assert!(before_last.iter().all(|day| day
        .activities
        .iter()
        .any(|own| own.kind != ActivityKind::Drill)));
}

#[test]
fn keeping_up_is_a_mock_a_week_and_drills() {
    let own = Settings {
        keep: true,
        interview: None,
        minutes: 60,
        ..Settings::starting(start())
    };
    for today in [0, 3, 7, 40] {
        let today = start() + Days::new(today);
        let plan = plan_with(&own, &Evidence::default(), today);
        assert_eq!(plan.days.len(), 14);
        let mocks = plan.days.iter().flat_map(|day| &day.activities);
        let mocks = mocks.filter(|own| own.kind == ActivityKind::Mock).count();
        assert!((1..=2).contains(&mocks), "{mocks} mocks");
        assert!(plan.days.iter().all(|day| !day.activities.is_empty()));
    }
}

#[test]
fn after_the_date_nothing_is_asked() {
    let own = settings(3, 60);
    let after = plan_with(&own, &Evidence::default(), start() + Days::new(4));
    assert!(after.over && after.days.is_empty());
}
