//! What to do today.

use super::drills::Bearings;
use super::{Desk, Practice, StepStand};
use crate::content::{ActivityKind, Step};
use crate::memory::Why;
use crate::plan::{make, Activity, Deed, Plan, Settings};
use crate::progress::{Event, Filter, Kind};
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that the home screen shows.
#[derive(Clone, Debug, Serialize)]
pub struct Today {
    pub schema_version: u32,
    pub date: NaiveDate,
    pub interview: Option<NaiveDate>,
    pub days_left: Option<i64>,
    /// Minutes a day.
    pub minutes: u32,
    pub title: String,
    pub note: Option<String>,
    pub activities: Vec<TodayActivity>,
    /// Title and summary of the next days.
    pub next: Vec<(NaiveDate, String)>,
    pub due: usize,
    pub new: usize,
    pub steps: Vec<StepStand>,
    /// How ready the learner is, with the range that holds eight of ten; none while it is too early
    /// to say.
    pub ready: Option<Ready>,
    /// Totals of whole mocks, oldest first.
    pub mocks: Vec<f64>,
    /// Days of this week, Monday first, on which something was done; none for days to come.
    pub week: Vec<Option<bool>>,
    /// There is a plan; else the activities are a suggestion.
    pub planned: bool,
    /// Cases of the plan that are not written yet.
    pub missing: Vec<String>,
}

/// Readiness, 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Ready {
    pub score: f64,
    pub low: f64,
    pub high: f64,
}

/// An activity with what it comes to today.
#[derive(Clone, Debug, Serialize)]
pub struct TodayActivity {
    #[serde(flatten)]
    pub activity: Activity,
    /// For a drill: "9 due, 3 new".
    pub detail: String,
}

impl Desk {
    /// The settings of the newest plan.
    pub fn plan_settings(&self) -> Option<Settings> {
        let plan = self.plan.get_or_init(|| {
            let events = self.journal.events(&Filter::of(Kind::Plan).last(1)).ok()?;
            events
                .into_iter()
                .last()
                .and_then(|stored| match stored.event {
                    Event::Plan(plan) => serde_json::from_value(plan.body).ok(),
                    _ => None,
                })
        });
        plan.clone()
    }

    /// Makes a new plan; the old one stays in the events.
    pub fn set_plan(&mut self, settings: &Settings, now: DateTime<Utc>) {
        let body = serde_json::to_value(settings).unwrap_or_default();
        self.write(crate::progress::Plan { body }, now);
        self.plan = std::sync::OnceLock::from(Some(settings.clone()));
    }

    /// Keeps what was said in the first run.
    pub fn first_run(&mut self, body: serde_json::Value, now: DateTime<Utc>) {
        self.write(crate::progress::FirstRun { body }, now);
    }

    /// The plan as of now; none before one was made.
    pub fn plan(&self, now: DateTime<Utc>, drills_left: bool) -> Option<Plan> {
        self.plan_settings()
            .map(|settings| self.plan_of(&settings, now, drills_left))
    }

    /// What a plan with these settings looks like.
    pub fn plan_of(&self, settings: &Settings, now: DateTime<Utc>, drills_left: bool) -> Plan {
        make(
            settings,
            self.library.plans(),
            self.library.framework(),
            self.library.ready_cases(),
            &self.deeds(settings.from),
            self.date(now),
            drills_left,
        )
    }

    /// The settings that hold until the learner makes a plan.
    pub fn default_settings(&self, now: DateTime<Utc>) -> Settings {
        Settings {
            interview: None,
            minutes: 45,
            level: crate::content::Level::Senior,
            focus: Vec::new(),
            template: None,
            from: self.date(now),
        }
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

    /// Cases of today's activities.
    pub(super) fn plan_topics(&self, now: DateTime<Utc>) -> BTreeSet<String> {
        let settings = self
            .plan_settings()
            .unwrap_or_else(|| self.default_settings(now));
        let plan = self.plan_of(&settings, now, true);
        let today = plan.days.first();
        let mut topics: BTreeSet<String> = today
            .into_iter()
            .flat_map(|day| &day.activities)
            .filter_map(|activity| activity.case.clone())
            .collect();
        if topics.is_empty() {
            // A day of drills only goes on with the cases that were begun.
            let begun: BTreeSet<&str> = self
                .states()
                .values()
                .filter_map(|state| state.case.as_deref())
                .collect();
            topics = begun.into_iter().map(str::to_owned).collect();
        }
        if topics.is_empty() {
            topics.extend(
                self.library
                    .ready_cases()
                    .next()
                    .map(|head| head.id.clone()),
            );
        }
        topics
    }

    /// What the home screen shows.
    pub fn today(&self, now: DateTime<Utc>) -> Today {
        let date = self.date(now);
        let bearings = self.bearings(now);
        let picks = self.queue_from(&bearings, &Practice::default(), now);
        let due = picks.iter().filter(|pick| pick.why == Why::Due).count();
        let new = picks.len() - due;
        let settings = self.plan_settings();
        let planned = settings.is_some();
        let settings = settings.unwrap_or_else(|| self.default_settings(now));
        let plan = self.plan_of(&settings, now, due > 0);
        let mut days = plan.days.into_iter();
        let first = days.next();
        let activities = first
            .as_ref()
            .map_or_else(Vec::new, |day| day.activities.clone());
        let history = self.history();
        let whole = history
            .iter()
            .filter(|mock| mock.steps.len() == Step::ALL.len());
        Today {
            schema_version: 1,
            date,
            interview: settings.interview,
            days_left: settings.days_left(date),
            minutes: settings.minutes,
            title: first
                .as_ref()
                .map_or_else(String::new, |day| day.title.clone()),
            note: first.and_then(|day| day.note),
            activities: activities
                .into_iter()
                .map(|activity| TodayActivity {
                    detail: match activity.kind {
                        ActivityKind::Drill => self.drill_line(&bearings, activity.minutes, now),
                        _ => String::new(),
                    },
                    activity,
                })
                .collect(),
            next: days
                .take(6)
                .map(|day| (day.date, summary(&day.activities)))
                .collect(),
            due,
            new,
            steps: self.steps(now),
            ready: self.ready(now),
            mocks: whole.map(|mock| mock.total).collect(),
            week: self.week(date),
            planned,
            missing: plan.missing,
        }
    }

    fn ready(&self, now: DateTime<Utc>) -> Option<Ready> {
        let own = self.readiness(now);
        Some(Ready {
            score: own.score?,
            low: own.low?,
            high: own.high?,
        })
    }

    /// "9 due, 3 new" for so many minutes.
    fn drill_line(&self, bearings: &Bearings, minutes: u32, now: DateTime<Utc>) -> String {
        let practice = Practice {
            minutes: Some(minutes),
            ..Practice::default()
        };
        let picks = self.queue_from(bearings, &practice, now);
        let due = picks.iter().filter(|pick| pick.why == Why::Due).count();
        let new = picks.len() - due;
        match (due, new) {
            (0, 0) => "nothing is due".to_owned(),
            (0, new) => format!("{new} new"),
            (due, 0) => format!("{due} due"),
            (due, new) => format!("{due} due, {new} new"),
        }
    }

    fn week(&self, date: NaiveDate) -> Vec<Option<bool>> {
        use chrono::Datelike;
        let monday = date - Days::new(date.weekday().num_days_from_monday().into());
        let days = self.journal.days(monday).unwrap_or_default();
        let done = |day: NaiveDate| {
            days.iter().any(|own| {
                own.date == day
                    && own.count > 0
                    && matches!(own.kind, Kind::Review | Kind::MockEnd | Kind::Read)
            })
        };
        (0..7)
            .map(|offset| {
                let day = monday + Days::new(offset);
                (day <= date).then(|| done(day))
            })
            .collect()
    }

    /// For the first line of every screen: "Sat 21 Nov · interview in 13 days".
    pub fn date_line(&self, now: DateTime<Utc>) -> String {
        let date = self.date(now);
        let day = date.format("%a %-d %b").to_string();
        let left = self
            .plan_settings()
            .and_then(|settings| settings.days_left(date));
        match left {
            None => day,
            Some(0) => format!("{day} · interview today"),
            Some(1) => format!("{day} · interview tomorrow"),
            Some(days) if days > 1 => format!("{day} · interview in {days} days"),
            Some(_) => day,
        }
    }
}

/// "drill 20 · read Search".
fn summary(activities: &[Activity]) -> String {
    let parts = activities.iter().map(|activity| {
        let name = activity.kind.id();
        match activity.kind {
            ActivityKind::Drill | ActivityKind::Review => format!("{name} {}", activity.minutes),
            _ => format!("{name} {}", activity.title),
        }
    });
    parts.collect::<Vec<_>>().join(" · ")
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
