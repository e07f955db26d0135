//! The learner's plan: made, changed by hand, taken back, and read off what was done.

use super::Desk;
use crate::content::{Rubric, Step};
use crate::grading::Decision;
use crate::memory::Model;
use crate::plan::{make, offset_at, Deed, Edit, Evidence, Plan, Seen, Settings, Stock, Wanted};
use crate::progress::{Event, EventId, Filter, Kind, Setting};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Answers that say which steps are weak: the newest before today.
const LAST_ANSWERS: usize = 300;
/// Answers that today may add before the oldest of those are no longer read.
const TODAY_AT_MOST: usize = 500;
/// Answers in a step before they say anything about it.
const ENOUGH: usize = 5;
/// A dimension that scored no more than this was weak.
const WEAK: u8 = 2;
/// Whole mocks that say which steps are weak.
const LAST_MOCKS: usize = 2;

/// How an interview went, in the learner's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Well,
    SoSo,
    Badly,
}

impl Outcome {
    pub const ALL: [Self; 3] = [Self::Well, Self::SoSo, Self::Badly];

    pub fn id(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::SoSo => "so-so",
            Self::Badly => "badly",
        }
    }
}

impl Desk {
    /// The settings of the newest plan.
    pub fn plan_settings(&self) -> Option<Settings> {
        let plan = self
            .plan
            .get_or_init(|| self.last_plan().map(|(_, settings)| settings));
        plan.clone()
    }

    /// The newest plan that was not taken back.
    fn last_plan(&self) -> Option<(EventId, Settings)> {
        let events = self.journal.events(&Filter::of(Kind::Plan).last(1)).ok()?;
        let stored = events.into_iter().last()?;
        match stored.event {
            Event::Plan(plan) => Some((stored.id, serde_json::from_value(plan.body).ok()?)),
            _ => None,
        }
    }

    /// Makes a new plan; the old one stays in the events.
    pub fn set_plan(&mut self, settings: &Settings, now: DateTime<Utc>) {
        let body = serde_json::to_value(settings).unwrap_or_default();
        self.write(crate::progress::Plan { body }, now);
        self.plan = OnceLock::from(Some(settings.clone()));
        self.follow_zone(now);
    }

    /// Takes the last change of the plan back, or the plan itself where nothing was changed.
    ///
    /// # Errors
    /// One line when there is no plan.
    pub fn undo_plan(&mut self, now: DateTime<Utc>) -> Result<(), String> {
        let (id, _) = self.last_plan().ok_or("there is no plan to take back")?;
        let date = self.date(now);
        self.journal.retract(&id, None, now, date);
        self.changes += 1;
        self.plan = OnceLock::new();
        self.follow_zone(now);
        Ok(())
    }

    /// The learner's day follows the plan's time zone.
    pub(super) fn follow_zone(&mut self, now: DateTime<Utc>) {
        let zone = self.plan_settings().and_then(|settings| settings.zone);
        if let Some(offset) = zone.and_then(|zone| offset_at(&zone, now)) {
            let law = self.model.law().clone();
            self.model = Model::new(self.config.retention, offset).with_law(law);
        }
    }

    /// Changes the plan by hand.
    ///
    /// # Errors
    /// One line when there is no plan, or the change does not fit; the plan is as it was.
    pub fn change_plan(&mut self, edit: Edit, now: DateTime<Utc>) -> Result<(), String> {
        let mut settings = self
            .plan_settings()
            .ok_or("there is no plan to change; make one with `greenroom plan new`")?;
        let placed = match &edit {
            Edit::Pin { id, date } | Edit::Add { id, date, .. } => Some((id.clone(), *date)),
            Edit::Drop { .. } => None,
        };
        settings.edits.push(edit);
        if let Some((id, date)) = placed {
            let plan = self.plan_of(&settings, now, true);
            let day = plan.days.iter().find(|day| day.date == date);
            let Some(day) = day else {
                return Err(format!("{date} is not a day of the plan"));
            };
            if !day.activities.iter().any(|own| own.id == id) {
                let minutes = settings.minutes_on(date);
                return Err(match minutes {
                    0 => format!("{date} is a day off"),
                    _ => format!(
                        "it does not fit on {date}: the day has {minutes} minutes, or what it follows comes later"
                    ),
                });
            }
        }
        self.set_plan(&settings, now);
        Ok(())
    }

    /// Every day from today on that any version of the plan reached, the ones that were taken back
    /// included.
    pub fn planned_days(&self, now: DateTime<Utc>) -> BTreeSet<NaiveDate> {
        let all = Filter::of(Kind::Plan).with_retracted();
        let events = self.journal.events(&all).unwrap_or_default();
        let dates = events.into_iter().filter_map(|stored| match stored.event {
            Event::Plan(plan) => {
                let date = plan.body.get("interview")?.as_str()?;
                date.parse::<NaiveDate>().ok()
            }
            _ => None,
        });
        let today = self.date(now);
        let last = dates.max().unwrap_or(today);
        today.iter_days().take_while(|date| *date < last).collect()
    }

    /// Adds work to a day.
    ///
    /// # Errors
    /// One line when there is no such case, or it does not fit.
    pub fn add_to_plan(
        &mut self,
        wanted: Wanted,
        date: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<(), String> {
        if let Some(case) = &wanted.case {
            if self.library.case_head(case).is_none() {
                return Err(format!("there is no case `{case}`"));
            }
        }
        let edits = self.plan_settings().map_or(0, |own| own.edits.len());
        let case = wanted.case.as_deref().unwrap_or("all");
        let edit = Edit::Add {
            id: format!("added-{}-{case}-{}", wanted.kind.id(), edits + 1),
            date,
            kind: wanted.kind,
            case: wanted.case,
            steps: wanted.steps,
            minutes: wanted.minutes,
        };
        self.change_plan(edit, now)
    }

    /// Keeps what was said in the first run.
    pub fn first_run(&mut self, body: serde_json::Value, now: DateTime<Utc>) {
        self.write(crate::progress::FirstRun { body }, now);
    }

    /// Keeps how the interview of the plan went.
    ///
    /// # Errors
    /// One line when no interview was planned, or its day has not come.
    pub fn set_outcome(
        &mut self,
        outcome: Outcome,
        note: &str,
        now: DateTime<Utc>,
    ) -> Result<(), String> {
        let date = self.plan_settings().and_then(|settings| settings.interview);
        let date = date.ok_or("no interview was planned")?;
        if date > self.date(now) {
            return Err(format!("the interview is on {date}; tell me afterwards"));
        }
        let setting = Setting {
            key: outcome_key(date),
            value: json!({ "went": outcome, "note": note }),
        };
        self.write(setting, now);
        Ok(())
    }

    /// How the interview of that day went, as far as the learner said.
    pub fn outcome(&self, date: NaiveDate) -> Option<Outcome> {
        let value = self.journal.setting(&outcome_key(date)).ok().flatten()?;
        serde_json::from_value(value.get("went")?.clone()).ok()
    }

    /// The plan as of now; none before one was made.
    pub fn plan(&self, now: DateTime<Utc>, drills_left: bool) -> Option<Plan> {
        self.plan_settings()
            .map(|settings| self.plan_of(&settings, now, drills_left))
    }

    /// The plan as of now, with drills left to do; before one was made, what holds until then.
    pub(super) fn plan_or_start(&self, now: DateTime<Utc>) -> Plan {
        let settings = self.plan_settings();
        let settings = settings.unwrap_or_else(|| self.default_settings(now));
        self.plan_of(&settings, now, true)
    }

    /// What a plan with these settings looks like.
    pub fn plan_of(&self, settings: &Settings, now: DateTime<Utc>, drills_left: bool) -> Plan {
        let today = self.date(now);
        let evidence = Evidence {
            drills_left,
            ..self.evidence(settings, today)
        };
        make(settings, &self.stock(), &evidence, today)
    }

    fn stock(&self) -> Stock<'_> {
        let library = &self.library;
        Stock::new(
            library.plans(),
            library.framework(),
            library.rubric(),
            library.ready_cases(),
        )
    }

    /// The settings that hold until the learner makes a plan.
    pub fn default_settings(&self, now: DateTime<Utc>) -> Settings {
        Settings::starting(self.date(now))
    }

    /// What was known when the day began, and what was done today.
    fn evidence(&self, settings: &Settings, today: NaiveDate) -> Evidence {
        let (mocks, scores) = self.seen(settings, today);
        let mut need = self.missed_answers(today);
        for (step, (sum, count)) in scores {
            let own = sum / count;
            need.entry(step)
                .and_modify(|need| *need = (*need + own) / 2.0)
                .or_insert(own);
        }
        Evidence {
            deeds: self.deeds(settings.from),
            need,
            mocks,
            drills_left: true,
        }
    }

    /// How much each step needs practice, 0 to 1, as the plan sees it today.
    pub(super) fn need_by_step(&self, now: DateTime<Utc>) -> BTreeMap<Step, f64> {
        let settings = self
            .plan_settings()
            .unwrap_or_else(|| self.default_settings(now));
        self.evidence(&settings, self.date(now)).need
    }

    /// The case whose last mock or sprint is the longest ago.
    pub(super) fn tried_longest_ago(&self) -> Option<String> {
        let finished = self.finished().into_iter().enumerate();
        let last: BTreeMap<String, usize> = finished
            .map(|(at, (_, finished))| (finished.record.case, at))
            .collect();
        let oldest = last.into_iter().min_by_key(|(_, at)| *at);
        oldest.map(|(case, _)| case)
    }

    /// Share of the score that was missed in each step, over the newest answers before today.
    fn missed_answers(&self, today: NaiveDate) -> BTreeMap<Step, f64> {
        let last = Filter::of(Kind::Review).last(LAST_ANSWERS + TODAY_AT_MOST);
        let events = self.journal.events(&last).unwrap_or_default();
        let before = events
            .into_iter()
            .rev()
            .filter(|stored| stored.date < today);
        let mut sums: BTreeMap<Step, (f64, usize)> = BTreeMap::new();
        for stored in before.take(LAST_ANSWERS) {
            let Event::Review(review) = stored.event else {
                continue;
            };
            if let Ok(step) = review.step.parse() {
                let (sum, count) = sums.entry(step).or_default();
                *sum += 1.0 - review.score.clamp(0.0, 1.0);
                *count += 1;
            }
        }
        let enough = sums.into_iter().filter(|(_, (_, count))| *count >= ENOUGH);
        enough
            .map(|(step, (sum, count))| (step, sum / count as f64))
            .collect()
    }

    /// Whole mocks before today, and what the newest of them missed by step: sum and count.
    fn seen(
        &self,
        settings: &Settings,
        today: NaiveDate,
    ) -> (Vec<Seen>, BTreeMap<Step, (f64, f64)>) {
        let rubric = self.library.rubric();
        let mut mocks = Vec::new();
        let mut scores: Vec<BTreeMap<Step, u8>> = Vec::new();
        for (at, finished) in self.finished() {
            let (record, sheet) = (&finished.record, &finished.debrief.sheet);
            let date = self.date(at);
            let steps = record.segments.iter().filter_map(|segment| segment.step());
            if date >= today || steps.count() < Step::ALL.len() {
                continue;
            }
            let lowest = lowest(rubric, sheet);
            let mut weak: Vec<(u8, Step)> = lowest
                .iter()
                .filter(|(_, score)| **score <= WEAK)
                .map(|(step, score)| (*score, *step))
                .collect();
            weak.sort_unstable();
            mocks.push(Seen {
                mock: record.mock.clone(),
                date,
                case: record.case.clone(),
                mastered: sheet.verdict == Decision::Hire
                    && !sheet.borderline
                    && record.level >= settings.level,
                weak: weak.into_iter().map(|(_, step)| step).collect(),
            });
            scores.push(lowest);
        }
        let mut missed: BTreeMap<Step, (f64, f64)> = BTreeMap::new();
        for (step, score) in scores.into_iter().rev().take(LAST_MOCKS).flatten() {
            let (sum, count) = missed.entry(step).or_default();
            *sum += (4.0 - f64::from(score)) / 3.0;
            *count += 1.0;
        }
        (mocks, missed)
    }

    /// What was done since a date, by day.
    fn deeds(&self, from: NaiveDate) -> BTreeMap<NaiveDate, Vec<Deed>> {
        let mut deeds: BTreeMap<NaiveDate, Vec<Deed>> = BTreeMap::new();
        for (date, deed) in self.drilled(from) {
            deeds.entry(date).or_default().push(deed);
        }
        let filter = Filter::of(Kind::Read).or(Kind::MockEnd);
        let events = self.journal.events(&filter).unwrap_or_default();
        for stored in events.into_iter().filter(|stored| stored.date >= from) {
            let deed = match stored.event {
                Event::Read(read) if read.section == "debrief" => Deed::Debrief,
                Event::Read(read) => Deed::Read {
                    step: read.section.parse().ok(),
                    case: read.case,
                },
                Event::MockEnd(end) => match mock_deed(&end.body) {
                    Some(deed) => deed,
                    None => continue,
                },
                _ => continue,
            };
            deeds.entry(stored.date).or_default().push(deed);
        }
        deeds
    }
}

fn outcome_key(date: NaiveDate) -> String {
    format!("outcome/{date}")
}

/// The lowest score of each step's dimensions.
fn lowest(rubric: &Rubric, sheet: &crate::grading::Sheet) -> BTreeMap<Step, u8> {
    let mut lowest: BTreeMap<Step, u8> = BTreeMap::new();
    for own in &sheet.dimensions {
        let steps = rubric.dimension(own.id.as_str()).map(|own| &own.steps);
        for step in steps.into_iter().flatten() {
            if let Some(score) = own.score {
                let least = lowest.entry(*step).or_insert(score);
                *least = score.min(*least);
            }
        }
    }
    lowest
}

/// A finished mock's body, as far as a plan wants to know.
fn mock_deed(body: &serde_json::Value) -> Option<Deed> {
    let record = body.get("record")?;
    if body.get("dropped").is_some() {
        return None;
    }
    let case = record.get("case")?.as_str()?.to_owned();
    let segments = record.get("segments")?.as_array()?;
    let steps: BTreeSet<Step> = segments
        .iter()
        .filter_map(|segment| segment.as_str()?.parse().ok())
        .collect();
    Some(Deed::Mock { case, steps })
}
