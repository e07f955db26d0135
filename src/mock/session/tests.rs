use super::*;
use crate::content::{Kind, Level, Library, Step};
use crate::grading::{Decision, Lexicon, Verdict};
use crate::mock::Debrief;
use chrono::TimeDelta;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const CASE: &str = "video-recommendation";

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::open(&[], None));
static SETTING: LazyLock<Setting> = LazyLock::new(|| {
    Setting::new(
        LIBRARY.case(CASE).unwrap(),
        LIBRARY.framework().clone(),
        LIBRARY.interviewer().clone(),
        &Lexicon::new(LIBRARY.lexicon()),
    )
    .unwrap()
});

fn whole() -> Vec<Segment> {
    let steps = Step::ALL.into_iter().map(Segment::from);
    steps.chain([Segment::WrapUp]).collect()
}

fn record(segments: Vec<Segment>, level: Level) -> Record {
    Record::new("m".into(), CASE.into(), 45, level, 7, segments)
}

/// An interview with a clock of its own.
struct Run {
    session: Session,
    now: DateTime<Utc>,
}

impl Run {
    fn new() -> Self {
        Self::of(record(whole(), Level::Senior))
    }

    fn of(record: Record) -> Self {
        let now = "2026-11-21T12:00:00Z".parse().unwrap();
        Self {
            session: Session::begin(SETTING.clone(), record, now),
            now,
        }
    }

    fn give(&mut self, input: Input) {
        self.session.apply(input, self.now);
    }

    /// Ticks of one second.
    fn wait(&mut self, seconds: u32) {
        for _ in 0..seconds {
            self.jump(1000);
        }
    }

    /// … with a key pressed now and then, so that nobody is silent.
    fn think(&mut self, seconds: u32) {
        for second in 0..seconds {
            self.jump(1000);
            if second % 30 == 0 {
                self.give(Input::Thinking);
            }
        }
    }

    fn jump(&mut self, milliseconds: i64) {
        self.now += TimeDelta::milliseconds(milliseconds);
        self.give(Input::Tick);
    }

    fn record(&self) -> &Record {
        self.session.record()
    }

    /// The seconds at which the interviewer spoke for such a reason.
    fn times(&self, why: impl Fn(&Trigger) -> bool) -> Vec<u32> {
        let entries = self.record().transcript.iter();
        entries
            .filter(|entry| why(&entry.why))
            .map(|entry| entry.at)
            .collect()
    }

    fn budget(&self, segment: Segment) -> u32 {
        self.record()
            .budget(segment, &self.session.setting.framework) as u32
    }

    fn debrief(&self) -> Debrief {
        Debrief::of(
            &self.session.setting,
            self.record(),
            LIBRARY.rubric(),
            &|drill| LIBRARY.drill_head(drill).is_some(),
        )
    }
}

fn by_clock(why: &Trigger) -> bool {
    matches!(
        why,
        Trigger::Nudge(_)
            | Trigger::Interject(_)
            | Trigger::Curveball(_)
            | Trigger::Silence
            | Trigger::Closing
    )
}

/// What holds for every transcript: one line at a time, and no event twice.
fn check_manners(record: &Record) {
    let mut last: Option<u32> = None;
    let mut said = BTreeSet::new();
    for entry in &record.transcript {
        if entry.speaker == Speaker::You {
            continue;
        }
        if by_clock(&entry.why) {
            // The transcript has whole seconds.
            let breath = last.is_none_or(|last| entry.at + 1 >= last + BREATH as u32);
            assert!(breath, "too soon at {}: {:?}", entry.at, record.transcript);
        }
        last = Some(entry.at);
        assert!(!entry.text.trim().is_empty(), "{entry:?}");
        assert!(!entry.text.contains('{'), "{entry:?}");
        let often = matches!(
            entry.why,
            Trigger::Assume | Trigger::Fact(_) | Trigger::Silence
        );
        if !often {
            assert!(said.insert(&entry.why), "twice: {entry:?}");
        }
    }
}

#[test]
fn it_opens_with_the_prompt() {
    let run = Run::new();
    let line = run.session.line().unwrap();
    assert_eq!((line.at, &line.why), (0, &Trigger::Opening));
    assert!(line.text.starts_with(SETTING.case.prompt.trim()));
    assert_eq!(run.session.left(), 2700.0);
}

#[test]
fn a_step_is_nudged_at_its_minutes_and_interrupted_at_one_and_a_half() {
    let mut run = Run::new();
    let budget = run.budget(Segment::Clarify);
    run.think(budget - 1);
    assert!(run.times(by_clock).is_empty());
    run.think(2);
    let nudge = |why: &Trigger| *why == Trigger::Nudge(Segment::Clarify);
    assert_eq!(run.times(nudge), [budget]);
    run.think(budget);
    let interject = |why: &Trigger| *why == Trigger::Interject(Segment::Clarify);
    assert_eq!(run.times(interject), [budget * 3 / 2]);
    // Each comes once, however long it takes.
    run.think(600);
    assert_eq!(run.times(|why| nudge(why) || interject(why)).len(), 2);
}

#[test]
fn silence_is_broken_once_in_a_quiet_spell() {
    let mut run = Run::new();
    let silence = |why: &Trigger| *why == Trigger::Silence;
    run.wait(89);
    assert!(run.times(silence).is_empty());
    run.wait(60);
    assert_eq!(run.times(silence), [90]);
    run.give(Input::Edit("a word".into()));
    run.wait(89);
    assert_eq!(run.times(silence).len(), 1);
    run.wait(2);
    assert_eq!(run.times(silence).len(), 2);
}

#[test]
fn who_says_that_they_think_or_draw_is_left_in_peace() {
    let mut run = Run::new();
    run.wait(80);
    run.give(Input::Thinking);
    run.wait(80);
    run.give(Input::Draw("user -> api".into()));
    run.wait(80);
    assert!(run.times(|why| *why == Trigger::Silence).is_empty());
    assert_eq!(run.record().board, "user -> api");
}

/// As a mock of before boards were kept by step is on disk.
fn of_old(board: &str) -> Record {
    let mut old = serde_json::to_value(record(whole(), Level::Senior)).unwrap();
    let fields = old.as_object_mut().unwrap();
    fields.remove("boards");
    fields.insert("board".into(), board.into());
    fields.insert("current".into(), "data".into());
    serde_json::from_value(old).unwrap()
}

#[test]
fn a_mock_of_old_has_one_board_and_taken_up_again_it_is_of_the_step_that_was_open() {
    let old = of_old("user -> api");
    assert_eq!(old.drawings(), [(None, "user -> api")]);
    let mut session = Session::resume(SETTING.clone(), old, DateTime::default());
    session.apply(Input::GoTo(Segment::Serve), DateTime::default());
    session.apply(Input::Draw("user -> api -> db".into()), DateTime::default());
    let drawn = session.record().drawings();
    let data = (Some(Segment::Data), "user -> api");
    assert_eq!(drawn, [data, (Some(Segment::Serve), "user -> api -> db")]);
    assert_eq!(session.record().board_in(Segment::Frame), "");
}

#[test]
fn a_board_that_was_wiped_stays_wiped() {
    let mut run = Run::new();
    run.give(Input::Draw("user -> api".into()));
    run.give(Input::GoTo(Segment::Data));
    run.give(Input::Draw(String::new()));
    assert_eq!(run.record().board_in(Segment::Model), "");
    assert_eq!(run.record().drawings().len(), 1);
    // Drawn as it was before, it is the board of the step before again.
    run.give(Input::Draw("user -> api".into()));
    assert_eq!(run.record().boards.len(), 1);
}

#[test]
fn facts_are_told_when_asked_and_nothing_else_is_made_up() {
    let mut run = Run::new();
    run.give(Input::Line("How many users do we have?".into()));
    assert!(run.record().facts_told.contains("traffic"));
    assert!(run.session.line().unwrap().text.contains("hundred million"));
    run.give(Input::Line("Do cats like this?".into()));
    assert_eq!(run.session.line().unwrap().why, Trigger::Assume);
    // A line that does not ask is part of the answer.
    run.give(Input::Line("100M users a day".into()));
    run.give(Input::Line("30 requests each".into()));
    assert_eq!(
        run.record().answer(Segment::Clarify),
        "100M users a day\n30 requests each"
    );
    // Elsewhere a question mark is text, and asking has its own key.
    run.give(Input::GoTo(Segment::Data));
    run.give(Input::Line("Is the log complete?".into()));
    assert_eq!(run.record().answer(Segment::Data), "Is the log complete?");
    let lines = run.record().transcript.len();
    run.give(Input::Ask("How many users do we have?".into()));
    assert!(run.record().transcript.len() >= lines + 2);
    run.give(Input::Ask("  ".into()));
    // A question counts for the step in which it was asked.
    assert!(run.record().said()[&Step::Clarify].contains("How many users"));
}

#[test]
fn every_question_of_the_case_is_answered_by_its_fact() {
    for fact in &SETTING.case.facts {
        let mut run = Run::new();
        run.give(Input::Ask(fact.question.clone()));
        assert!(
            run.record().facts_told.contains(fact.id.as_str()),
            "{}",
            fact.id
        );
    }
}

#[test]
fn a_step_is_left_after_one_probe() {
    let mut run = Run::new();
    run.think(30);
    run.give(Input::Next);
    assert_eq!(run.record().current, Segment::Clarify);
    let line = run.session.line().unwrap().clone();
    let Trigger::Probe(item) = &line.why else {
        panic!("{line:?}");
    };
    let item = SETTING.case.item(item).unwrap();
    assert_eq!((item.step, item.kind), (Step::Clarify, Kind::Must));
    assert!(line.text.contains(item.probe.trim()));
    run.give(Input::Next);
    assert_eq!(run.record().current, Segment::Frame);
    // Back again, it is not probed again.
    run.give(Input::Back);
    run.give(Input::Next);
    assert_eq!(run.record().current, Segment::Frame);
}

#[test]
fn nothing_is_probed_that_was_said_or_when_the_minutes_are_over() {
    let mut run = Run::new();
    run.give(Input::Edit(good_answer()[&Step::Clarify].clone()));
    run.give(Input::Next);
    assert_eq!(run.record().current, Segment::Frame);
    let budget = run.budget(Segment::Frame);
    run.think(budget + 1);
    run.give(Input::Next);
    assert_eq!(run.record().current, Segment::Data);
}

#[test]
fn a_pause_stops_the_clock() {
    let mut run = Run::new();
    run.wait(10);
    run.give(Input::Pause);
    run.give(Input::Pause);
    run.wait(300);
    assert_eq!((run.record().elapsed(), run.record().pauses), (10.0, 1));
    assert_eq!(run.record().paused_seconds, 300.0);
    assert!(run.times(by_clock).is_empty());
    run.give(Input::Resume);
    run.wait(5);
    assert_eq!(run.record().elapsed(), 15.0);
}

#[test]
fn what_is_resumed_stands_until_it_is_told_to_go_on() {
    let mut run = Run::new();
    run.wait(100);
    let text = serde_json::to_string(run.record()).unwrap();
    let back: Record = serde_json::from_str(&text).unwrap();
    assert_eq!(back, *run.record());
    let later = run.now + TimeDelta::days(2);
    let mut session = Session::resume(SETTING.clone(), back, later);
    assert!(session.paused());
    session.apply(Input::Tick, later + TimeDelta::seconds(50));
    assert_eq!(session.record().elapsed(), 100.0);
    session.apply(Input::Resume, later + TimeDelta::seconds(50));
    session.apply(Input::Tick, later + TimeDelta::seconds(53));
    assert_eq!(session.record().elapsed(), 103.0);
}

#[test]
fn a_machine_that_slept_and_a_clock_put_back_are_not_counted() {
    let mut run = Run::new();
    run.wait(10);
    run.jump(8 * 3600 * 1000);
    assert_eq!(
        (run.record().elapsed(), run.session.slept()),
        (10.0, 28_800.0)
    );
    // Nobody knows whether the candidate was there: the clock stands until they say.
    assert!(run.session.paused());
    run.wait(5);
    assert_eq!(run.record().elapsed(), 10.0);
    run.give(Input::Resume);
    run.jump(-3600 * 1000);
    run.wait(5);
    assert_eq!(run.record().elapsed(), 15.0);
    assert_eq!((run.record().sleeps, run.record().pauses), (1, 0));
}

#[test]
fn minutes_of_a_sleep_count_when_the_candidate_says_so() {
    let mut run = Run::new();
    run.wait(10);
    run.jump(200 * 1000);
    run.give(Input::Count);
    assert_eq!(run.record().elapsed(), 210.0);
    assert!(!run.session.paused());
    // Only once, and never past the end.
    run.give(Input::Count);
    assert_eq!(run.record().elapsed(), 210.0);
    run.jump(3 * 3600 * 1000);
    run.give(Input::Count);
    assert_eq!((run.record().elapsed(), run.record().over), (2700.0, true));
}

#[test]
fn a_whole_interview_closes_and_ends_by_itself() {
    let mut run = Run::new();
    for segment in whole() {
        run.give(Input::GoTo(segment));
        // Who says nothing is not asked for more of it.
        let said = "the page is ranked by what people watched before, and it must be fast";
        run.give(Input::Edit(said.into()));
        let budget = run.budget(segment);
        run.think(budget);
    }
    run.think(60);
    assert!(run.record().over);
    assert_eq!(run.record().elapsed(), 2700.0);
    assert_eq!(run.times(|why| *why == Trigger::Closing), [2520]);
    assert_eq!(run.record().began.len(), 8);
    check_manners(run.record());
    let asked = run.times(|why| matches!(why, Trigger::Curveball(_) | Trigger::Rung(..)));
    assert!(!asked.is_empty());
    // What comes after the end changes nothing.
    let before = run.record().clone();
    run.give(Input::Edit("too late".into()));
    run.wait(10);
    assert_eq!(*run.record(), before);
    let debrief = run.debrief();
    let used: u32 = debrief.time.iter().map(|time| time.used).sum();
    assert_eq!(used, 2700);
    assert_eq!(debrief.told.len(), asked.len());
}

#[test]
fn an_interview_in_which_nobody_does_anything_ends_too() {
    let mut run = Run::new();
    run.wait(2800);
    assert!(run.record().over);
    check_manners(run.record());
    let silences = run.times(|why| *why == Trigger::Silence);
    assert_eq!(silences.len(), 1, "one quiet spell");
}

#[test]
fn the_last_step_ends_it_and_so_does_the_key() {
    let mut run = Run::new();
    run.give(Input::GoTo(Segment::WrapUp));
    run.give(Input::Next);
    assert!(run.record().over);
    let mut run = Run::new();
    run.give(Input::End);
    assert!(run.record().over);
}

#[test]
fn a_sprint_has_the_minutes_of_its_steps() {
    let mut run = Run::of(record(vec![Segment::Data], Level::Senior));
    let budget = run.budget(Segment::Data);
    assert_eq!(run.session.left(), f64::from(budget));
    run.give(Input::GoTo(Segment::Serve));
    assert_eq!(run.record().current, Segment::Data);
    run.think(budget + 5);
    assert!(run.record().over);
    let debrief = run.debrief();
    assert!(debrief
        .sheet
        .items
        .iter()
        .all(|item| item.step == Step::Data));
    assert!(debrief.facts.is_empty());
}

#[test]
fn the_same_inputs_make_the_same_record() {
    let go = || {
        let mut run = Run::new();
        run.think(100);
        run.give(Input::Line("What is the latency budget?".into()));
        run.give(Input::Next);
        run.give(Input::Next);
        run.give(Input::Edit("funnel: retrieval, ranking".into()));
        run.wait(400);
        serde_json::to_vec(run.record()).unwrap()
    };
    assert_eq!(go(), go());
}

#[test]
fn an_empty_answer_totals_nothing() {
    let mut run = Run::new();
    run.give(Input::End);
    let debrief = run.debrief();
    assert_eq!(debrief.sheet.total, 0.0);
    assert_eq!(debrief.sheet.verdict, Decision::NoHire);
    assert_eq!(debrief.missed.len(), 5);
    for missed in &debrief.missed {
        let item = SETTING.case.item(&missed.item).unwrap();
        assert_eq!(item.kind, Kind::Must);
        assert!(missed.drill.starts_with("video-recommendation/"));
        let exists = LIBRARY.drill_head(&missed.drill).is_some();
        assert_ne!(exists, missed.follow_up.is_some(), "{missed:?}");
    }
    assert!(debrief.facts.iter().all(|fact| !fact.asked));
    assert!(debrief.facts.is_sorted_by_key(|fact| !fact.key));
}

/// The first example of every must, line by line: what a senior engineer jots down.
fn good_answer() -> BTreeMap<Step, String> {
    let mut said: BTreeMap<Step, String> = BTreeMap::new();
    for item in SETTING
        .case
        .rubric
        .iter()
        .filter(|item| item.kind == Kind::Must)
    {
        let text = said.entry(item.step).or_default();
        text.push_str("- ");
        text.push_str(item.examples.hit[0].trim());
        text.push('\n');
    }
    said
}

#[test]
fn a_terse_senior_answer_is_a_hire() {
    let mut run = Run::new();
    for (step, text) in good_answer() {
        run.give(Input::GoTo(step.into()));
        run.give(Input::Edit(text));
        let budget = run.budget(step.into());
        run.think(budget);
    }
    run.give(Input::End);
    let debrief = run.debrief();
    let sheet = &debrief.sheet;
    let open: Vec<&str> = sheet
        .items
        .iter()
        .filter(|item| item.kind == Kind::Must && item.verdict != Verdict::Hit)
        .map(|item| item.id.as_str())
        .collect();
    assert_eq!(
        sheet.verdict,
        Decision::Hire,
        "{} {open:?} {:?} {:?}",
        sheet.total,
        sheet.flags,
        sheet.dimensions
    );
    assert!(open.is_empty(), "{open:?}");
    assert!(sheet.total >= 60.0, "{}", sheet.total);
    assert!(debrief.missed.len() <= 5);
}

#[test]
fn a_confirmed_maybe_counts_only_in_the_learners_own_total() {
    let mut run = Run::new();
    run.give(Input::End);
    let mut debrief = run.debrief();
    let before = debrief.sheet.total;
    let item = debrief.missed[0].item.clone();
    let marks = BTreeMap::from([(item, true)]);
    debrief.confirm(&SETTING, run.record(), LIBRARY.rubric(), &marks);
    assert_eq!(debrief.sheet.total, before);
}

fn input() -> impl Strategy<Value = Input> {
    let text = prop_oneof![
        Just("How many users?".to_owned()),
        Just("two-tower retrieval, 200 ms p99".to_owned()),
        ".{0,12}",
    ];
    let segment = proptest::sample::select(whole());
    prop_oneof![
        1 => text.clone().prop_map(Input::Edit),
        1 => text.clone().prop_map(Input::Line),
        1 => text.clone().prop_map(Input::Ask),
        1 => text.prop_map(Input::Draw),
        3 => Just(Input::Next),
        1 => Just(Input::Back),
        1 => segment.prop_map(Input::GoTo),
        1 => Just(Input::Pause),
        2 => Just(Input::Resume),
        1 => Just(Input::Thinking),
        9 => Just(Input::Tick),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_happens_the_clock_and_the_manners_hold(
        inputs in proptest::collection::vec((input(), -5i64..70), 0..90),
        sprint in any::<bool>(),
    ) {
        let segments = if sprint { vec![Segment::Data, Segment::Serve] } else { whole() };
        let mut run = Run::of(record(segments, Level::Staff));
        let budget = run.session.left();
        for (input, pause) in inputs {
            run.now += TimeDelta::seconds(pause);
            run.give(input);
            prop_assert!(run.record().elapsed() <= budget + 1.0, "{}", run.record().elapsed());
        }
        check_manners(run.record());
        let sheet = run.debrief().sheet;
        prop_assert!((0.0..=100.0).contains(&sheet.total));
        prop_assert!(sheet.total_with_yours >= sheet.total);
    }
}
