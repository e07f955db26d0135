//! Interviews replayed from their scripts, inside the process.

#![allow(dead_code)] // each test file uses the parts that it needs

use chrono::{DateTime, Utc};
use greenroom::content::{Level, Library, Step};
use greenroom::grading::Lexicon;
use greenroom::mock::{
    replay, Debrief, Entry, Record, Segment, Session, Setting, Speaker, Trigger,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

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

fn folder() -> PathBuf {
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

/// An interview from beginning to end.
pub(crate) struct Talk {
    pub(crate) record: Record,
    pub(crate) debrief: Debrief,
}

impl Talk {
    pub(crate) fn of(case: &str, name: &str) -> Self {
        let talk = Self::said(case, &script(case, name), SEED);
        if std::env::var_os("PRINT").is_some() {
            talk.print(name);
        }
        talk
    }

    pub(crate) fn said(case: &str, script: &str, seed: u64) -> Self {
        Self::at(case, script, seed, Level::Senior)
    }

    pub(crate) fn at(case: &str, script: &str, seed: u64, level: Level) -> Self {
        let steps = Step::ALL.into_iter().map(Segment::from);
        let segments = steps.chain([Segment::WrapUp]).collect();
        let record = Record::new("m".into(), case.into(), 45, level, seed, segments);
        let now: DateTime<Utc> = "2026-11-21T12:00:00Z".parse().unwrap();
        let setting = of_case(case);
        let mut session = Session::begin(setting.clone(), record, now);
        replay(&mut session, script, now);
        let record = session.record().clone();
        let practised = |drill: &str| LIBRARY.drill_head(drill).is_some();
        let debrief = Debrief::of(&setting, &record, LIBRARY.rubric(), &practised);
        Self { record, debrief }
    }

    /// What the interviewer said, the opening left out.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &Entry> {
        self.record.transcript.iter().filter(|entry| {
            entry.speaker == Speaker::Interviewer && entry.why != Trigger::Opening
        })
    }

    pub(crate) fn count(&self, kind: impl Fn(&Trigger) -> bool) -> usize {
        self.lines().filter(|entry| kind(&entry.why)).count()
    }

    fn print(&self, name: &str) {
        println!("\n#### {} {name}: {:.1}", self.record.case, self.debrief.sheet.total);
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
