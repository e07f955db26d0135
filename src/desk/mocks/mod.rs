//! Mocks: begin, keep every second, resume, debrief.

mod again;
mod surprise;

pub use surprise::Surprise;

use super::Desk;
use crate::content::{Id, Level, Step};
use crate::diagram;
use crate::grading::{Decision, Sheet};
use crate::mock::{
    boards, copied_share, net_of, BoardReport, Debrief, Manner, Options, Record, Segment, Session,
    Setting,
};
use crate::progress::{Event, Filter, Kind, Lease, MockBegin, MockEnd, MockMark};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

/// What a mock is started with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewMock {
    pub case: String,
    pub clock_minutes: u32,
    /// The minutes are those of a slot, of which the design gets what is left.
    pub slot: bool,
    pub level: Level,
    /// All steps when empty.
    pub steps: Vec<Step>,
    /// For tests and scripts; else by chance.
    pub seed: Option<u64>,
    pub manner: Manner,
    /// Whose weights count; the rubric's when none.
    pub role: Option<String>,
    /// The learner's own question; the case is then [`OWN_QUESTION`].
    pub prompt: Option<String>,
}

/// The case by which a question of the learner's own is run: what holds for any system.
pub const OWN_QUESTION: &str = "own-question";

/// One line of the history.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MockBrief {
    pub mock: String,
    pub at: DateTime<Utc>,
    pub case: String,
    pub title: String,
    pub level: Level,
    pub clock: u32,
    /// Steps that were practised; all seven for a whole interview.
    pub steps: Vec<String>,
    pub total: f64,
    pub verdict: Decision,
    pub borderline: bool,
    pub seconds: u32,
    /// Who heard the answer: the program, the learner afterwards, or a friend.
    pub manner: Manner,
    /// Scores by dimension, 1 to 4.
    pub dimensions: BTreeMap<Id, u8>,
    /// The total by the newest content, where it was graded again.
    pub regraded: Option<f64>,
}

/// What a finished mock's event holds.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Finished {
    pub(super) record: Record,
    pub(super) debrief: Debrief,
}

impl Desk {
    /// Starts a mock.
    ///
    /// # Errors
    /// One line when the case cannot be loaded.
    pub fn begin_mock(&mut self, new: &NewMock, now: DateTime<Utc>) -> Result<Session, String> {
        let options = Options {
            slot: new.slot.then_some(new.clock_minutes),
            role: new.role.clone(),
            manner: new.manner,
            prompt: new.prompt.clone(),
        };
        let setting = self.setting(&new.case, &options)?;
        let clock_minutes = if new.slot {
            net_of(new.clock_minutes)
        } else {
            new.clock_minutes
        };
        let seed = new.seed.unwrap_or_else(|| self.seed());
        let whole = new.steps.is_empty() || new.steps.len() == Step::ALL.len();
        let mut segments: Vec<Segment> = if whole {
            Step::ALL.into_iter().map(Segment::from).collect()
        } else {
            new.steps.iter().copied().map(Segment::from).collect()
        };
        segments.sort_unstable();
        segments.dedup();
        let steps = segments
            .iter()
            .map(|segment| segment.id().to_owned())
            .collect();
        if whole {
            segments.push(Segment::WrapUp);
        }
        let mock = self.new_id();
        let begin = MockBegin {
            mock: mock.clone(),
            case: new.case.clone(),
            clock_minutes,
            level: new.level.to_string(),
            seed,
            steps,
        };
        self.write(begin, now);
        let case = new.case.clone();
        let mut record = Record::new(mock, case, clock_minutes, new.level, seed, segments);
        record.options = options;
        let session = Session::begin(setting, record, now);
        self.save_mock(&session, now);
        self.hold_mock(&session, now);
        Ok(session)
    }

    /// What a mock of this case and these options is about.
    pub(crate) fn setting(&self, case: &str, options: &Options) -> Result<Setting, String> {
        let loaded = self.library.case(case).map_err(|fault| fault.to_string())?;
        let framework = self.library.framework().clone();
        let interviewer = self.library.interviewer().clone();
        let setting = Setting::new(loaded, framework, interviewer, self.lexicon())?;
        Ok(match &options.prompt {
            Some(prompt) => setting.asking(prompt),
            None => setting,
        })
    }

    /// Puts the interview as it is on disk.
    pub fn save_mock(&mut self, session: &Session, now: DateTime<Utc>) {
        self.changes += 1;
        if let Ok(body) = serde_json::to_string(session.record()) {
            self.journal
                .save_draft(&draft(&session.record().mock), &body, now);
        }
    }

    /// Keeps other instances away from this mock; call it every few seconds. False when another
    /// one has it.
    pub fn hold_mock(&mut self, session: &Session, now: DateTime<Utc>) -> bool {
        let name = draft(&session.record().mock);
        match self.journal.lease(&name, std::process::id(), now) {
            Lease::Yours => true,
            Lease::Held { pid, .. } if is_gone(pid) => {
                // It was killed: no need to wait until its lease ends.
                self.journal.release(&name, pid);
                self.journal.lease(&name, std::process::id(), now) == Lease::Yours
            }
            Lease::Held { .. } => false,
        }
    }

    /// Lets other instances take the mock up.
    pub fn release_mock(&mut self, session: &Session) {
        let name = draft(&session.record().mock);
        self.journal.release(&name, std::process::id());
    }

    /// Mocks that were not finished, the newest first.
    pub fn open_mocks(&self) -> Vec<Record> {
        let mut drafts = self.journal.drafts().unwrap_or_default();
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.at));
        drafts
            .into_iter()
            .filter(|draft| draft.name.starts_with("mock/"))
            .filter_map(|draft| serde_json::from_str(&draft.body).ok())
            .collect()
    }

    /// Takes up an unfinished mock, its clock paused.
    ///
    /// # Errors
    /// One line when the case is gone, or another greenroom runs this mock.
    pub fn resume_mock(&mut self, record: Record, now: DateTime<Utc>) -> Result<Session, String> {
        let setting = self.setting(&record.case, &record.options)?;
        let session = Session::resume(setting, record, now);
        if !self.hold_mock(&session, now) {
            return Err(
                "another greenroom runs this mock; end it there, or wait half a minute".into(),
            );
        }
        Ok(session)
    }

    /// Ends a mock: grades it, writes it down, and gives the debrief.
    pub fn finish_mock(&mut self, session: &Session, now: DateTime<Utc>) -> Debrief {
        let practised = |id: &str| self.library.drill_head(id).is_some();
        let record = session.record();
        let rubric = self.library.rubric();
        let rubric = rubric.weighted(record.options.role.as_deref());
        let mut debrief = Debrief::of(session.setting(), record, &rubric, &practised);
        debrief.copied = self.copied(record);
        let finished = Finished {
            record: record.clone(),
            debrief: debrief.clone(),
        };
        let verdict = verdict_id(debrief.sheet.verdict);
        let end = MockEnd {
            mock: record.mock.clone(),
            body: serde_json::to_value(&finished).unwrap_or_default(),
            total: Some(debrief.sheet.total),
            verdict: verdict.to_owned(),
            missed: serde_json::to_value(&debrief.missed).unwrap_or_default(),
            seconds: record.elapsed(),
        };
        self.write(end, now);
        self.journal.delete_draft(&draft(&record.mock));
        self.release_mock(session);
        self.follow_ups = std::sync::OnceLock::new();
        self.missed = std::sync::OnceLock::new();
        debrief.boards = self.boards(record);
        debrief
    }

    /// What was drawn, held against the flowcharts of the case as they are now.
    fn boards(&self, record: &Record) -> Vec<BoardReport> {
        // What was drawn is shown also when its case is gone.
        let case = self.library.case(&record.case).ok();
        let whole = case.as_ref().map_or("", |case| case.whiteboard.as_str());
        let page = self.library.breakdown(&record.case);
        let page = page.unwrap_or_default();
        let of_step = |step| {
            let section = self.section(&page, step).unwrap_or_default();
            let charts = diagram::fences(section).into_iter();
            charts.map(|chart| chart.text).collect()
        };
        let lexicon = self.lexicon();
        let alike = |one: &str, other: &str| lexicon.alike(one, other);
        boards(record, whole, &of_step, &alike)
    }

    fn copied(&self, record: &Record) -> f64 {
        let page = self.library.breakdown(&record.case);
        page.map_or(0.0, |page| copied_share(record, &page))
    }

    /// Throws an unfinished mock away; what was typed stays in an event.
    pub fn drop_mock(&mut self, record: &Record, now: DateTime<Utc>) {
        let end = MockEnd {
            mock: record.mock.clone(),
            body: json!({ "dropped": true, "record": record }),
            total: None,
            verdict: "dropped".to_owned(),
            missed: serde_json::Value::Null,
            seconds: record.elapsed(),
        };
        self.write(end, now);
        self.journal.delete_draft(&draft(&record.mock));
    }

    pub(super) fn finished(&self) -> Vec<(DateTime<Utc>, Finished)> {
        let ends = self
            .journal
            .events(&Filter::of(Kind::MockEnd))
            .unwrap_or_default();
        ends.into_iter()
            .filter_map(|stored| match stored.event {
                Event::MockEnd(end) => Some((stored.at, serde_json::from_value(end.body).ok()?)),
                _ => None,
            })
            .collect()
    }

    /// The sheets of all finished mocks with their times, oldest first.
    pub(super) fn sheets(&self) -> Vec<(DateTime<Utc>, Sheet)> {
        let finished = self.finished().into_iter();
        finished
            .map(|(at, finished)| (at, finished.debrief.sheet))
            .collect()
    }

    /// All finished mocks, oldest first.
    pub fn history(&self) -> Vec<MockBrief> {
        let again = self.regraded();
        let finished = self.finished().into_iter();
        finished
            .map(|(at, finished)| {
                let mut brief = brief(at, &finished);
                brief.regraded = again.get(&brief.mock).copied();
                brief
            })
            .collect()
    }

    /// A finished mock by its name, the learner's own say included. The end of the name is enough
    /// where it is plain.
    pub fn debrief(&self, mock: &str) -> Option<(Record, Debrief)> {
        let all = self.finished();
        let found = all
            .into_iter()
            .rev()
            .find(|(_, finished)| finished.record.mock == mock);
        let (
            _,
            Finished {
                record,
                mut debrief,
            },
        ) = found?;
        let marks = self.marks(mock);
        if !marks.is_empty() {
            if let Ok(setting) = self.setting(&record.case, &record.options) {
                let rubric = self.library.rubric();
                let rubric = rubric.weighted(record.options.role.as_deref());
                debrief.confirm(&setting, &record, &rubric, &marks);
            }
        }
        debrief.delivery = self.delivery(mock);
        debrief.boards = self.boards(&record);
        Some((record, debrief))
    }

    fn marks(&self, mock: &str) -> BTreeMap<String, bool> {
        let filter = Filter::of(Kind::MockMark).about(mock);
        let events = self.journal.events(&filter).unwrap_or_default();
        events
            .into_iter()
            .filter_map(|stored| match stored.event {
                Event::MockMark(mark) => Some((mark.item, mark.said)),
                _ => None,
            })
            .collect()
    }

    /// The learner's answer to "did you say this?".
    pub fn mark(&mut self, mock: &str, item: &str, said: bool, now: DateTime<Utc>) {
        let mark = MockMark {
            mock: mock.to_owned(),
            item: item.to_owned(),
            said,
        };
        self.write(mark, now);
    }

    /// Whether the learner has attempted this case in a mock or a sprint.
    pub fn tried(&self, case: &str) -> bool {
        let begun = self
            .journal
            .events(&Filter::of(Kind::MockBegin))
            .unwrap_or_default();
        begun.iter().any(|stored| match &stored.event {
            Event::MockBegin(begin) => begin.case == case,
            _ => false,
        })
    }
}

/// Whether a process of this machine has ended; false where that cannot be told.
fn is_gone(pid: u32) -> bool {
    let processes = std::path::Path::new("/proc");
    processes.join("self").exists() && !processes.join(pid.to_string()).exists()
}

fn verdict_id(verdict: Decision) -> &'static str {
    match verdict {
        Decision::Hire => "hire",
        Decision::NoHire => "no-hire",
    }
}

fn draft(mock: &str) -> String {
    format!("mock/{mock}")
}

fn brief(at: DateTime<Utc>, finished: &Finished) -> MockBrief {
    let Finished { record, debrief } = finished;
    let steps = record.segments.iter().filter_map(|segment| segment.step());
    let scores = debrief.sheet.dimensions.iter();
    let scores = scores.filter_map(|own| Some((own.id.clone(), own.score?)));
    MockBrief {
        mock: record.mock.clone(),
        at,
        case: record.case.clone(),
        title: debrief.title.clone(),
        level: record.level,
        clock: record.clock_minutes,
        steps: steps.map(|step| step.to_string()).collect(),
        total: debrief.sheet.total,
        verdict: debrief.sheet.verdict,
        borderline: debrief.sheet.borderline,
        seconds: record.elapsed() as u32,
        manner: debrief.manner,
        dimensions: scores.collect(),
        regraded: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Setup;
    use crate::mock::Input;

    #[test]
    fn of_a_sprint_only_its_own_steps_count() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let mut desk = Desk::in_memory(Setup::default(), now).unwrap();
        let new = NewMock {
            case: "video-recommendation".to_owned(),
            clock_minutes: 45,
            level: Level::Senior,
            steps: vec![Step::Data],
            seed: Some(1),
            ..NewMock::default()
        };
        let mut session = desk.begin_mock(&new, now).unwrap();
        let case = session.setting().case.clone();
        let data = case.rubric.iter().filter(|item| item.step == Step::Data);
        let said: Vec<String> = data
            .filter(|item| item.kind != crate::content::Kind::RedFlag)
            .filter_map(|item| Some(format!("- {}", item.examples.hit.first()?)))
            .collect();
        session.apply(Input::Edit(said.join("\n")), now);
        session.apply(Input::End, now);
        let debrief = desk.finish_mock(&session, now);
        let sheet = &debrief.sheet;
        assert!(sheet.items.iter().all(|item| item.step == Step::Data));
        assert!(sheet.flags.iter().all(|flag| flag.step == Some(Step::Data)));
        assert!(sheet
            .dimension("serving")
            .is_some_and(|own| own.score.is_none()));
        assert!(sheet.total > 50.0, "{}", sheet.total);
        // Answering a question leaves the other steps out as well.
        if let Some(item) = debrief.open_questions().next() {
            desk.mark(&debrief.mock, item.id.as_str(), true, now);
        }
        let (_, again) = desk.debrief(&debrief.mock).unwrap();
        assert_eq!(again.sheet.items.len(), sheet.items.len());
        assert!(again.sheet.total_with_yours >= sheet.total);
    }
}
