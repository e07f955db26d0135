//! Interviews replayed from their scripts, inside the process.

#![allow(dead_code)] // each test file uses the parts that it needs

use chrono::{DateTime, TimeDelta, Utc};
use greenroom::content::{Level, Library, Step};
use greenroom::grading::Lexicon;
use greenroom::mock::{
    read_line, replay, Debrief, Entry, Input, Record, Said, Segment, Session, Setting, Speaker,
    Trigger,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};

/// The seed of all scripts.
pub(crate) const SEED: u64 = 7;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::open(&[], None));
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(LIBRARY.lexicon()));
static SETTINGS: LazyLock<Mutex<BTreeMap<String, Setting>>> = LazyLock::new(Mutex::default);

pub(crate) fn library() -> &'static Library {
    &LIBRARY
}

/// What a mock of the case is about, compiled once.
pub(crate) fn of_case(case: &str) -> Setting {
    let mut settings = SETTINGS.lock().unwrap();
    let made = settings.entry(case.to_owned()).or_insert_with(|| {
        Setting::new(
            LIBRARY.case(case).unwrap(),
            LIBRARY.framework().clone(),
            LIBRARY.interviewer().clone(),
            &LEXICON,
        )
        .unwrap()
    });
    made.clone()
}

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/interviews")
}

/// The file of a script: the case's own, else the one of any case.
pub(crate) fn path(case: &str, name: &str) -> PathBuf {
    let own = folder().join(case).join(format!("{name}.txt"));
    if own.exists() {
        own
    } else {
        folder().join("any").join(format!("{name}.txt"))
    }
}

pub(crate) fn script(case: &str, name: &str) -> String {
    let path = path(case, name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The scripts of all candidates, with their cases.
pub(crate) fn all() -> Vec<(&'static str, &'static str)> {
    const EVERYWHERE: [&str; 5] = [
        "silent",
        "list-reader",
        "book-reader",
        "ideal-senior",
        "ideal-staff",
    ];
    const VIDEO: [&str; 5] = [
        "rambling",
        "twenty-questions",
        "step-skipper",
        "broken-english",
        "changes-mind",
    ];
    let ready = LIBRARY.ready_cases().map(|head| head.id.as_str());
    let every = ready.flat_map(|case| EVERYWHERE.map(|name| (case, name)));
    every
        .chain(VIDEO.map(|name| ("video-recommendation", name)))
        .collect()
}

/// An empty record of a whole interview.
pub(crate) fn record(case: &str, level: Level, seed: u64) -> Record {
    let steps = Step::ALL.into_iter().map(Segment::from);
    let segments = steps.chain([Segment::WrapUp]).collect();
    Record::new("m".into(), case.into(), 45, level, seed, segments)
}

fn noon() -> DateTime<Utc> {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

/// Replays a script and looks at every line of the interviewer with the record as it was before it.
pub(crate) fn each_line(case: &str, name: &str, mut look: impl FnMut(&Record, &Entry)) {
    let mut session = Session::begin(of_case(case), record(case, Level::Senior, SEED), noon());
    let mut now = noon();
    let mut step = |session: &mut Session, input: Input, now: DateTime<Utc>| {
        let before = session.record().clone();
        session.apply(input, now);
        let new = session
            .record()
            .transcript
            .iter()
            .skip(before.transcript.len());
        for entry in new.filter(|entry| entry.speaker == Speaker::Interviewer) {
            look(&before, entry);
        }
    };
    for line in script(case, name).lines() {
        match read_line(line) {
            Said::Do(input) => step(&mut session, input, now),
            Said::On(segment) if session.record().current == segment => {}
            Said::On(_) => step(&mut session, Input::Next, now),
            Said::Wait(seconds) => {
                for _ in 0..seconds {
                    now += TimeDelta::seconds(1);
                    step(&mut session, Input::Tick, now);
                }
            }
            _ => {}
        }
    }
}

/// What strong and great answers to a question of the interviewer say, with its step.
pub(crate) fn answers(setting: &Setting, why: &Trigger) -> Option<(Step, String)> {
    match why {
        Trigger::Rung(id, at) => {
            let mut ladders = setting.case.ladders.iter();
            let ladder = ladders.find(|ladder| ladder.id == id.as_str())?;
            let rung = ladder.rungs.get(*at)?;
            Some((ladder.step, format!("{}\n{}", rung.strong, rung.great)))
        }
        Trigger::Curveball(id) => {
            let mut own = setting.case.curveballs.iter();
            if let Some(ball) = own.find(|ball| ball.id == id.as_str()) {
                return Some((ball.step, format!("{}\n{}", ball.strong, ball.great)));
            }
            let mut general = LIBRARY.interviewer().curveballs.iter();
            let ball = general.find(|ball| ball.id == id.as_str())?;
            Some((ball.step, format!("{}\n{}", ball.strong, ball.great)))
        }
        _ => None,
    }
}

/// An interview from beginning to end.
pub(crate) struct Talk {
    pub(crate) record: Record,
    pub(crate) debrief: Debrief,
}

impl Talk {
    /// Replayed once for all tests.
    pub(crate) fn of(case: &str, name: &str) -> Arc<Self> {
        static MADE: LazyLock<Mutex<BTreeMap<String, Arc<Talk>>>> = LazyLock::new(Mutex::default);
        let key = format!("{case}/{name}");
        if let Some(made) = MADE.lock().unwrap().get(&key) {
            return Arc::clone(made);
        }
        let talk = Arc::new(Self::said(case, &script(case, name), SEED));
        if std::env::var_os("PRINT").is_some() {
            talk.print(name);
        }
        MADE.lock().unwrap().insert(key, Arc::clone(&talk));
        talk
    }

    pub(crate) fn said(case: &str, script: &str, seed: u64) -> Self {
        Self::at(case, script, seed, Level::Senior)
    }

    pub(crate) fn at(case: &str, script: &str, seed: u64, level: Level) -> Self {
        let setting = of_case(case);
        let record = record(case, level, seed);
        let mut session = Session::begin(setting.clone(), record, noon());
        replay(&mut session, script, noon());
        let record = session.record().clone();
        let practised = |drill: &str| LIBRARY.drill_head(drill).is_some();
        let debrief = Debrief::of(&setting, &record, LIBRARY.rubric(), &practised);
        Self { record, debrief }
    }

    /// What the interviewer said, the opening left out.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &Entry> {
        self.record
            .transcript
            .iter()
            .filter(|entry| entry.speaker == Speaker::Interviewer && entry.why != Trigger::Opening)
    }

    pub(crate) fn count(&self, kind: impl Fn(&Trigger) -> bool) -> usize {
        self.lines().filter(|entry| kind(&entry.why)).count()
    }

    fn print(&self, name: &str) {
        println!(
            "\n#### {} {name}: {:.1}",
            self.record.case, self.debrief.sheet.total
        );
        for entry in &self.record.transcript {
            let at = entry.at;
            println!(
                "{:>2}:{:02} {:9} {:?} {}\n      [{}]",
                at / 60,
                at % 60,
                entry.segment.to_string(),
                entry.speaker,
                entry.text.replace('\n', " "),
                entry.because
            );
        }
    }
}
