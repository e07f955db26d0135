//! The desk as the faces use it, its progress in memory.

use super::*;
use crate::content::{ActivityKind, Level, Step};
use crate::drill::{Input, Phase, Reply, Session};
use crate::memory::{Filter as Wanted, Rating, Why};
use crate::mock;
use crate::progress::Kind;
use chrono::{Days, TimeDelta};

const CASE: &str = "video-recommendation";

fn now() -> DateTime<Utc> {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn desk() -> Desk {
    Desk::in_memory(Setup::default(), now()).unwrap()
}

/// What a new process would see: nothing but what the journal holds.
fn restarted(mut desk: Desk) -> Desk {
    desk.states = OnceLock::new();
    desk.follow_ups = OnceLock::new();
    desk.plan = OnceLock::new();
    desk.bank = Bank::default();
    desk
}

fn count(desk: &Desk, kind: Kind) -> usize {
    desk.journal.events(&Filter::of(kind)).unwrap().len()
}

fn of_case() -> Practice {
    Practice {
        filter: Wanted {
            topic: Some(CASE.into()),
            ..Wanted::default()
        },
        seed: Some(1),
        ..Practice::default()
    }
}

/// Answers the drill on the screen, with the key or with nothing, and goes on.
fn answer(desk: &mut Desk, session: &mut Session, right: bool, at: DateTime<Utc>) -> String {
    let asked = session.asked().unwrap();
    let id = asked.queued.head.id.clone();
    let replies = if right {
        asked.queued.drill.key()
    } else {
        vec![Reply::Text("no idea".into())]
    };
    for input in [
        Input::Answer(replies),
        Input::Confidence(3),
        Input::ShowAnswer,
    ] {
        desk.practise(session, input, at);
    }
    // The screen says the day on which it truly comes back.
    let Phase::Reveal(reveal) = session.phase() else {
        panic!("no answer is shown");
    };
    let days = reveal.outlook.unwrap().interval;
    let due = desk.date(desk.states()[&id].due.unwrap());
    assert_eq!(due, desk.date(at) + Days::new(days.into()));
    desk.practise(session, Input::Next, at);
    id
}

#[test]
fn an_answer_is_in_the_journal_before_the_reveal() {
    let mut desk = desk();
    let (mut session, faults) = desk.start_drills(&of_case(), now());
    assert!(faults.is_empty(), "{faults:?}");
    let asked = session.asked().unwrap();
    let (id, key) = (asked.queued.head.id.clone(), asked.queued.drill.key());
    let hash = asked.queued.drill.hash();
    desk.practise(&mut session, Input::Answer(key), now());
    assert_eq!(count(&desk, Kind::Review), 0);
    desk.practise(&mut session, Input::Confidence(2), now());
    assert!(matches!(session.phase(), Phase::Reveal(_)));
    let reviews = desk.reviews();
    assert_eq!(reviews.len(), 1);
    let review = &reviews[0].review;
    assert_eq!((&review.drill, &review.hash), (&id, &hash));
    assert_eq!((review.score, review.confidence), (1.0, Some(2)));
    assert_eq!(desk.unsaved_line(), None);
    let stored = desk.journal.drill_state(&id).unwrap().unwrap();
    assert_eq!((stored.reps, Some(&stored)), (1, desk.states().get(&id)));
    desk.practise(&mut session, Input::Overrule(Rating::Hard), now());
    assert_eq!(desk.reviews()[0].overruled, Some(2));
}

#[test]
fn the_last_answer_can_be_taken_back_after_a_restart() {
    let mut desk = desk();
    assert!(desk.undo_last(now()).is_none());
    let (mut session, _) = desk.start_drills(&of_case(), now());
    let first = answer(&mut desk, &mut session, true, now());
    let second = answer(&mut desk, &mut session, false, now());
    let mut desk = restarted(desk);
    let back = desk.undo_last(now()).unwrap();
    assert_eq!(back.head.id, second);
    assert_eq!((back.state.reps, back.state.last), (0, None));
    let left: Vec<String> = desk
        .reviews()
        .into_iter()
        .map(|own| own.review.drill)
        .collect();
    assert_eq!(left, [first.as_str()]);
    assert_eq!(desk.journal.drill_state(&first).unwrap().unwrap().reps, 1);
    // Yesterday is not undone.
    assert!(desk.undo_last(now() + TimeDelta::days(1)).is_none());
    assert_eq!(desk.undo_last(now()).unwrap().head.id, first);
    assert!(desk.undo_last(now()).is_none());
}

#[test]
fn an_undo_in_the_session_takes_the_event_back() {
    let mut desk = desk();
    let (mut session, _) = desk.start_drills(&of_case(), now());
    let id = answer(&mut desk, &mut session, true, now());
    desk.practise(&mut session, Input::Undo, now());
    assert!(desk.reviews().is_empty());
    assert_eq!(desk.states()[&id].reps, 0);
    let picks = desk.queue(&of_case(), now());
    assert!(picks
        .iter()
        .any(|pick| pick.drill == id && pick.why == Why::New));
}

#[test]
fn new_drills_are_limited_to_so_many_a_day() {
    let mut desk = desk();
    desk.config.new_a_day = Some(3);
    assert_eq!(desk.queue(&of_case(), now()).len(), 3);
    let (mut session, _) = desk.start_drills(&of_case(), now());
    answer(&mut desk, &mut session, true, now());
    answer(&mut desk, &mut session, true, now());
    let mut desk = restarted(desk);
    assert_eq!(desk.queue(&of_case(), now()).len(), 1);
    let tomorrow = now() + TimeDelta::days(1);
    let new = |why: &Why| *why == Why::New;
    let picks = desk.queue(&of_case(), tomorrow);
    assert_eq!(picks.iter().filter(|pick| new(&pick.why)).count(), 3);
    // Who crams decides for themselves.
    let cram = Practice {
        cram: true,
        ..of_case()
    };
    assert!(desk.queue(&cram, now()).len() > 12);
    desk.config.new_a_day = Some(0);
    assert!(desk.queue(&of_case(), now()).is_empty());
}

#[test]
fn ten_minutes_are_ten_minutes() {
    let desk = desk();
    let practice = Practice {
        minutes: Some(10),
        ..of_case()
    };
    let picks = desk.queue(&practice, now());
    let seconds: u32 = picks.iter().map(|pick| pick.seconds).sum();
    assert!(!picks.is_empty() && seconds <= 600, "{seconds}");
}

#[test]
fn a_suspended_drill_stays_away_and_a_buried_one_comes_tomorrow() {
    let mut desk = desk();
    desk.config.new_a_day = Some(1000);
    let (mut session, _) = desk.start_drills(&of_case(), now());
    let first = session.asked().unwrap().queued.head.id.clone();
    desk.practise(&mut session, Input::Suspend, now());
    let second = session.asked().unwrap().queued.head.id.clone();
    desk.practise(&mut session, Input::Bury, now());
    let desk = restarted(desk);
    let has = |id: &str, at| {
        desk.queue(&of_case(), at)
            .iter()
            .any(|pick| pick.drill == id)
    };
    assert!(!has(&first, now()) && !has(&second, now()));
    let tomorrow = now() + TimeDelta::days(1);
    assert!(!has(&first, tomorrow) && has(&second, tomorrow));
    assert_eq!(desk.stats(now()).suspended, 1);
}

#[test]
fn what_is_due_comes_back_on_its_day() {
    let mut desk = desk();
    let (mut session, _) = desk.start_drills(&of_case(), now());
    let id = answer(&mut desk, &mut session, true, now());
    let due = desk.states()[&id].due.unwrap();
    let why = |at| {
        let picks = desk.queue(&of_case(), at);
        picks
            .iter()
            .find(|pick| pick.drill == id)
            .map(|pick| pick.why)
    };
    assert_eq!(why(now()), None);
    assert_eq!(why(due), Some(Why::Due));
}

#[test]
fn without_a_date_nothing_comes_back_on_a_day_off_and_an_easy_day_is_short() {
    let mut desk = desk();
    let today = desk.date(now());
    // Saturday 21 November; most days of the week to come are off.
    let settings = Settings {
        week: Some("mon 20, thu 20, sat 60".parse().unwrap()),
        ..Settings::starting(today)
    };
    desk.set_plan(&settings, now());
    desk.config.new_a_day = Some(1000);
    let (mut session, _) = desk.start_drills(&of_case(), now());
    let ids: Vec<String> = (0..12)
        .map(|at| answer(&mut desk, &mut session, at % 3 > 0, now()))
        .collect();
    for id in &ids {
        let due = desk.date(desk.states()[id].due.unwrap());
        assert!(due > today && settings.minutes_on(due) > 0, "{due}");
    }
    let minutes = |days: u64| {
        let queue = desk.queue(&Practice::default(), now() + TimeDelta::days(days as i64));
        queue.iter().map(|pick| pick.seconds).sum::<u32>() / 60
    };
    // Monday, and the Saturday after.
    let (easy, usual) = (minutes(2), minutes(7));
    assert!((10..=20).contains(&easy), "{easy}");
    assert!(usual > easy && usual <= 60, "{usual}");
}

fn sprint(desk: &mut Desk, steps: Vec<Step>, at: DateTime<Utc>) -> mock::Session {
    let new = NewMock {
        case: CASE.into(),
        clock_minutes: 45,
        level: Level::Senior,
        steps,
        seed: Some(1),
        ..NewMock::default()
    };
    desk.begin_mock(&new, at).unwrap()
}

#[test]
fn the_plan_ticks_off_a_sprint_and_what_was_read() {
    let mut desk = desk();
    let today = desk.date(now());
    let settings = Settings {
        interview: Some(today + Days::new(3)),
        minutes: 60,
        ..Settings::starting(today)
    };
    desk.set_plan(&settings, now());
    let mut desk = restarted(desk);
    assert_eq!(desk.plan_settings(), Some(settings));
    assert_eq!(desk.date_line(now()), "Sat 21 Nov · interview in 3 days");
    // A plan is no practice yet.
    assert!(desk.stats(now()).days.iter().all(|day| !day));
    let find = |desk: &Desk, kind: ActivityKind| {
        let activities = desk.today(now()).activities.into_iter();
        let mut own = activities.filter(|own| own.activity.kind == kind);
        own.next().map(|own| own.activity)
    };
    let planned = find(&desk, ActivityKind::Sprint).unwrap();
    assert_eq!((planned.case.as_deref(), planned.done), (Some(CASE), false));
    // Half of the steps are not the sprint.
    let mut session = sprint(&mut desk, planned.steps[..1].to_vec(), now());
    session.apply(mock::Input::End, now());
    desk.finish_mock(&session, now());
    assert!(!find(&desk, ActivityKind::Sprint).unwrap().done);
    let mut session = sprint(&mut desk, planned.steps.clone(), now());
    session.apply(mock::Input::End, now());
    desk.finish_mock(&session, now());
    assert!(find(&desk, ActivityKind::Sprint).unwrap().done);

    let reading = find(&desk, ActivityKind::Read).unwrap();
    assert!(!reading.done);
    for step in &reading.steps {
        desk.was_read(CASE, step.id(), 120.0, now());
    }
    assert!(find(&desk, ActivityKind::Read).unwrap().done);
    let total: u32 = desk
        .today(now())
        .activities
        .iter()
        .map(|own| own.activity.minutes)
        .sum();
    assert!(total <= 60, "{total} minutes of 60");
}

#[test]
fn a_mock_is_kept_resumed_and_finished() {
    let mut desk = desk();
    let mut session = sprint(&mut desk, Vec::new(), now());
    assert!(desk.tried(CASE));
    assert_eq!(session.record().segments.len(), 8);
    session.apply(
        mock::Input::Edit("100M users".into()),
        now() + TimeDelta::seconds(30),
    );
    desk.save_mock(&session, now());
    let name = session.record().mock.clone();
    let before = session.record().clone();
    drop(session);

    let mut desk = restarted(desk);
    let later = now() + TimeDelta::hours(3);
    let open = desk.open_mocks();
    assert_eq!(open, std::slice::from_ref(&before));
    let mut session = desk
        .resume_mock(open.into_iter().next().unwrap(), later)
        .unwrap();
    assert!(session.paused());
    assert_eq!(session.record(), &before);
    session.apply(mock::Input::Resume, later);
    session.apply(mock::Input::End, later + TimeDelta::seconds(10));
    let debrief = desk.finish_mock(&session, later);
    assert!(desk.open_mocks().is_empty());

    let history = desk.history();
    assert_eq!(history.len(), 1);
    assert_eq!((&history[0].mock, history[0].seconds), (&name, 40));
    assert_eq!(history[0].steps.len(), 7);
    let (record, again) = desk.debrief(&name).unwrap();
    assert_eq!((record, &again), (session.record().clone(), &debrief));
    assert!(desk.debrief("none").is_none());
    // The learner's own say is kept beside the machine's.
    let item = debrief.sheet.items[0].id.to_string();
    desk.mark(&name, &item, true, later);
    desk.dispute(&name, &item, "missed", "I did", later);
    let (_, marked) = desk.debrief(&name).unwrap();
    assert_eq!(marked.sheet.item(&item).unwrap().yours, Some(true));
    assert_eq!(marked.sheet.total, debrief.sheet.total);
    assert!(desk.disputed(&name).contains(&item));
}

#[test]
fn a_mock_that_is_thrown_away_leaves_an_event_and_no_draft() {
    let mut desk = desk();
    let session = sprint(&mut desk, vec![Step::Data], now());
    desk.drop_mock(session.record(), now());
    assert!(desk.open_mocks().is_empty() && desk.history().is_empty());
    assert_eq!(count(&desk, Kind::MockEnd), 1);
}

#[test]
fn an_unknown_case_is_one_line() {
    let mut desk = desk();
    let new = NewMock {
        case: "none".into(),
        clock_minutes: 45,
        level: Level::Senior,
        steps: Vec::new(),
        seed: None,
        ..NewMock::default()
    };
    let line = desk.begin_mock(&new, now()).unwrap_err();
    assert_eq!(line.lines().count(), 1, "{line}");
    assert_eq!(count(&desk, Kind::MockBegin), 0);
}

#[test]
fn missed_items_come_back_in_the_queue() {
    let mut desk = desk();
    let mut session = sprint(&mut desk, Vec::new(), now());
    session.apply(mock::Input::End, now());
    let missed = desk.finish_mock(&session, now()).missed;
    assert_eq!(missed.len(), 5);
    for mut desk in [restarted(desk)] {
        let picks = desk.queue(&Practice::default(), now());
        let back: Vec<&str> = picks
            .iter()
            .filter(|pick| pick.why == Why::Missed)
            .map(|pick| pick.drill.as_str())
            .collect();
        assert_eq!(back.len(), 5);
        for own in &missed {
            assert!(back.contains(&own.drill.as_str()), "{}", own.drill);
            let drill = desk.drill(&own.drill).unwrap();
            assert_eq!(
                drill.grade(&drill.key(), desk.lexicon()).score,
                1.0,
                "{}",
                own.drill
            );
        }
        let (session, faults) = desk.start_drills(&Practice::default(), now());
        assert!(faults.is_empty());
        assert_eq!(session.place().1, picks.len());
    }
}

#[test]
fn notes_are_changed_and_removed() {
    let mut desk = desk();
    desk.write_note(None, CASE, "labels are late", now());
    desk.write_note(None, "", "second", now());
    let note = desk.notes()[1].note.clone();
    desk.write_note(Some(note.clone()), CASE, "labels are very late", now());
    assert_eq!(desk.notes()[0].text, "labels are very late");
    desk.remove_note(&note, now());
    let texts: Vec<String> = desk.notes().into_iter().map(|note| note.text).collect();
    assert_eq!(texts, ["second"]);
}

#[test]
fn no_step_has_a_number_before_there_are_ten_answers() {
    let mut desk = desk();
    desk.config.new_a_day = Some(1000);
    let practice = Practice {
        filter: Wanted {
            step: Some("serve".into()),
            ..Wanted::default()
        },
        seed: Some(1),
        ..Practice::default()
    };
    let (mut session, _) = desk.start_drills(&practice, now());
    let stand = |desk: &Desk| desk.steps(now())[Step::Serve.index()].clone();
    for count in 0..10 {
        assert_eq!((stand(&desk).answered, stand(&desk).recall), (count, None));
        answer(&mut desk, &mut session, true, now());
    }
    let recall = stand(&desk).recall.unwrap();
    assert!((0.0..=100.0).contains(&recall), "{recall}");
    let stats = desk.stats(now());
    assert_eq!(stats.reviews_today, 10);
    assert_eq!(stats.confidence[0].answers, 10);
}

#[test]
fn statistics_know_techniques_weeks_leeches_and_what_is_ahead() {
    let mut desk = desk();
    desk.config.new_a_day = Some(1000);
    assert!(desk.stats(now()).techniques.is_empty());
    // One drill is forgotten day after day, the others are known.
    let (mut session, _) = desk.start_drills(&of_case(), now());
    let first = answer(&mut desk, &mut session, true, now());
    for _ in 0..12 {
        answer(&mut desk, &mut session, true, now());
    }
    let mut at = now();
    for _ in 0..6 {
        at = desk.states()[&first].due.unwrap();
        let mut session = desk.start_one(&first, at).unwrap();
        answer(&mut desk, &mut session, false, at);
    }
    let stats = desk.stats(at);
    assert!(
        stats.leeches.iter().any(|own| own.drill == first),
        "{:?}",
        stats.leeches
    );
    let recalls: Vec<f64> = stats.techniques.iter().map(|own| own.recall).collect();
    assert!(!recalls.is_empty() && recalls.is_sorted(), "{recalls:?}");
    assert!(stats.techniques.iter().all(|own| own.drills >= 3));
    let answers: usize = stats.weeks.iter().map(|week| week.answers).sum();
    assert_eq!((stats.weeks.len(), answers), (12, 6));
    assert_eq!(stats.ahead.len(), 14);
    // All 13 are due some day; those beyond two weeks are not counted.
    let ahead: usize = stats.ahead.iter().sum();
    assert!((1..=13).contains(&ahead), "{:?}", stats.ahead);
}

#[test]
fn a_placement_goes_over_all_steps_in_ten_minutes_and_tells_what_is_known() {
    let mut desk = desk();
    assert!(desk.placed(now()).is_empty());
    let practice = Practice {
        placement: true,
        seed: Some(1),
        ..Practice::default()
    };
    let (mut session, faults) = desk.start_drills(&practice, now());
    assert!(faults.is_empty());
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    let mut seconds = 0;
    while let Some(own) = session.asked() {
        let head = &own.queued.head;
        *asked.entry(head.step.clone()).or_default() += 1;
        seconds += crate::drill::usual_seconds(&head.format);
        answer(&mut desk, &mut session, true, now());
    }
    assert_eq!(asked.len(), Step::ALL.len(), "{asked:?}");
    assert!(seconds <= 600, "{seconds}");
    let known = desk.placed(now());
    let twice = asked.values().filter(|count| **count > 1).count();
    assert!(twice > 0 && known.len() == twice, "{known:?} of {asked:?}");
    assert!(known.values().all(|score| *score > 0.9), "{known:?}");
    // The next plan knows it; after a month nobody does.
    let settings = desk.settings_of(&Wishes::default(), now()).unwrap();
    assert_eq!(settings.known, known);
    assert!(desk.placed(now() + TimeDelta::days(31)).is_empty());
}
