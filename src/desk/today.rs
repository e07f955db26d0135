//! What to do today.

use super::queue::Bearings;
use super::{Desk, Practice, StepStand};
use crate::content::{ActivityKind, Step};
use crate::memory::Why;
use crate::plan::{Activity, Plan};
use crate::progress::Kind;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Serialize;
use std::collections::BTreeSet;

/// Everything that the home screen shows.
#[derive(Clone, Debug, Serialize)]
pub struct Today {
    pub schema_version: u32,
    pub date: NaiveDate,
    pub interview: Option<NaiveDate>,
    pub days_left: Option<i64>,
    /// Minutes there are today.
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
    /// The interview was before today.
    pub over: bool,
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
    /// Cases of a plan's first day.
    pub(super) fn plan_topics(&self, plan: &Plan) -> BTreeSet<String> {
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
        let plan = if due > 0 {
            bearings.plan.clone()
        } else {
            self.plan_of(&settings, now, false)
        };
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
            minutes: settings.minutes_on(date),
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
            over: plan.over,
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
