//! From settings, a template and what was done to the days that are left.

mod fit;
mod show;

use super::course::Author;
use super::day::Day;
use super::edit::Edits;
use super::evidence::Evidence;
use super::pack::{clock, drill_minutes, Room, USUAL_CLOCK};
use super::settle::{settle, wanted};
use super::task::{Course, Task};
use super::Settings;
use crate::content::index::CaseHead;
use crate::content::{ActivityKind, Framework, Id, Plans, Rubric, Step, Template};
use chrono::{Days, NaiveDate};
use fit::fit;
use serde::Serialize;
use show::Shown;
use std::collections::{BTreeMap, BTreeSet};

/// Days that a plan without an interview date looks ahead.
const OPEN_DAYS: i64 = 14;
/// The clocks that a sprint may be scaled to.
const MIN_CLOCK: u32 = 10;
const MAX_CLOCK: u32 = 60;
/// Longest plan, in days.
const MOST_DAYS: i64 = 366;
/// Days of practice from which the last one is light.
const LIGHT_FROM: usize = 4;
/// Work shrinks to this share of what it deserves before any of it is left out.
const SHRINK: f64 = 0.6;
/// Of the work of a template the minutes have to hold this share.
const NEAR: f64 = 0.75;

/// The days from today on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    pub template: String,
    /// From today to the day before the interview; days off are there, with nothing to do.
    pub days: Vec<Day>,
    /// The focus cases that the days reach, by id.
    pub focus: Vec<String>,
    /// Ticked cases that the days do not reach, by id.
    pub not_reached: Vec<String>,
    /// Wanted cases that are not written yet, by id.
    pub missing: Vec<String>,
    /// The interview was before today.
    pub over: bool,
}

/// What plans are made of.
#[derive(Clone, Debug)]
pub struct Stock<'a> {
    pub plans: &'a Plans,
    pub framework: &'a Framework,
    pub rubric: &'a Rubric,
    /// The cases that can be practised, by id.
    pub cases: BTreeMap<&'a str, &'a CaseHead>,
}

impl<'a> Stock<'a> {
    pub fn new(
        plans: &'a Plans,
        framework: &'a Framework,
        rubric: &'a Rubric,
        cases: impl Iterator<Item = &'a CaseHead>,
    ) -> Self {
        Self {
            plans,
            framework,
            rubric,
            cases: cases.map(|head| (head.id.as_str(), head)).collect(),
        }
    }

    /// The cases to practise, those of the learner's areas first.
    fn focus(&self, settings: &'a Settings) -> Vec<&'a str> {
        let listed: Vec<&str> = if settings.focus.is_empty() {
            self.plans.focus.iter().map(Id::as_str).collect()
        } else {
            settings.focus.iter().map(Id::as_str).collect()
        };
        let mut seen = BTreeSet::new();
        let mut focus: Vec<&str> = listed
            .into_iter()
            .filter(|id| self.cases.contains_key(id) && seen.insert(*id))
            .collect();
        if focus.is_empty() {
            focus = self.cases.keys().copied().collect();
        }
        let near = |id: &&str| {
            let head = self.cases.get(*id);
            head.is_some_and(|head| settings.areas.iter().any(|area| is_of(head, area)))
        };
        focus.sort_by_key(|id| !near(id));
        focus
    }
}

/// Whether a case belongs to an area: its family, or a tag.
pub fn is_of(head: &CaseHead, area: &str) -> bool {
    head.family == area || head.tags.iter().any(|tag| tag == area)
}

/// The plan as of `today`.
pub fn make(settings: &Settings, stock: &Stock<'_>, evidence: &Evidence, today: NaiveDate) -> Plan {
    let over = settings.is_over(today);
    let focus = stock.focus(settings);
    let edits = Edits::new(&settings.edits);
    let rooms = rooms(settings, today);
    let practice: Vec<Room> = rooms
        .iter()
        .filter(|room| room.minutes > 0)
        .copied()
        .collect();
    let template = match settings.keep {
        true => None,
        false => choose(settings, stock.plans),
    };

    let clocks = &stock.framework.clocks;
    let long = practice
        .iter()
        .take(practice.len().saturating_sub(1))
        .any(|room| clock(clocks, room.minutes).is_some());
    let write = |minutes| {
        let author = Author::new(
            settings,
            settings
                .role
                .as_ref()
                .and_then(|id| stock.rubric.role(id.as_str())),
            &stock.cases,
            &focus,
            evidence,
            today,
            long,
        );
        let mut course = match settings.keep {
            true => author.keep(evidence, today),
            false => author.write(template, evidence, today, minutes),
        };
        course.drop_out(|id| edits.is_dropped(id));
        let done = settle(&course.tasks, evidence, settings.from, today);
        (course, done)
    };
    let room = capacity(&practice);
    let (mut course, mut done) = write(room);
    // What was done before makes room for more.
    let open = open_minutes(&course, &done);
    if open < room && !settings.keep {
        let all: u32 = course.tasks.iter().map(|task| task.minutes).sum();
        (course, done) = write(all + room - open);
    }
    let packed = fit(&mut course, &done, &practice, &edits, clocks);

    let shown = Shown {
        stock,
        course: &course,
        edits: &edits,
        evidence,
        today,
    };
    let mut filled = packed.days.iter();
    let days: Vec<Day> = rooms
        .iter()
        .map(|room| match room.minutes {
            0 => shown.day_off(room.date),
            _ => shown.day(room, filled.next()),
        })
        .collect();

    let left: BTreeSet<usize> = packed.left.iter().copied().collect();
    let reached = |id: &str| {
        let of = |task: &Task| task.case.as_deref() == Some(id) && course.is_must(task);
        let mut own = course
            .tasks
            .iter()
            .enumerate()
            .filter(|(_, task)| of(task))
            .peekable();
        own.peek().is_some() && own.all(|(at, _)| !left.contains(&at))
    };
    let used = |id: &str| {
        let mut all = days.iter().flat_map(|day| &day.activities);
        all.any(|activity| activity.case.as_deref() == Some(id)) || reached(id)
    };
    let ticked = settings.focus.iter().map(Id::as_str);
    Plan {
        template: match template {
            Some(template) => template.title.clone(),
            None if settings.keep => "Keeping it up".to_owned(),
            None => String::new(),
        },
        focus: focus
            .iter()
            .filter(|id| used(id))
            .map(|id| (*id).to_owned())
            .collect(),
        not_reached: ticked
            .filter(|id| stock.cases.contains_key(id) && !used(id))
            .map(str::to_owned)
            .collect(),
        missing: missing(settings, template, stock),
        days,
        over,
    }
}

/// The days from today on with their minutes: up to the day before the interview, or a fortnight.
/// On the day of the interview, the hour before it.
fn rooms(settings: &Settings, today: NaiveDate) -> Vec<Room> {
    let count = match settings.days_left(today) {
        Some(0) => 1,
        Some(days) => days.clamp(0, MOST_DAYS),
        None => OPEN_DAYS,
    };
    let mut rooms: Vec<Room> = (0..count as u64)
        .map(|day| today + Days::new(day))
        .map(|date| Room {
            date,
            minutes: settings.minutes_on(date),
            light: false,
        })
        .collect();
    let practice = whole(settings);
    let practice = practice.iter().filter(|room| room.minutes > 0).count();
    if settings.interview.is_some() && practice >= LIGHT_FROM {
        if let Some(last) = rooms.iter_mut().rev().find(|room| room.minutes > 0) {
            last.light = true;
        }
    }
    rooms
}

/// The days of the whole plan, those that are past included.
fn whole(settings: &Settings) -> Vec<Room> {
    let all = settings.days_left(settings.from).unwrap_or(OPEN_DAYS);
    let days = (0..all.clamp(1, MOST_DAYS) as u64).map(|day| settings.from + Days::new(day));
    days.map(|date| Room {
        date,
        minutes: settings.minutes_on(date),
        light: false,
    })
    .collect()
}

/// Minutes of days for work besides drills.
fn capacity(rooms: &[Room]) -> u32 {
    let free = |room: &Room| room.minutes - drill_minutes(room.minutes);
    rooms.iter().map(free).sum()
}

/// Minutes of what is not done.
fn open_minutes(course: &Course, done: &BTreeMap<String, NaiveDate>) -> u32 {
    let open = course
        .tasks
        .iter()
        .filter(|task| !done.contains_key(&task.id));
    open.map(|task| task.minutes).sum()
}

/// The template asked for, else the longest that the calendar holds and whose work the minutes of
/// all days come near to.
fn choose<'a>(settings: &Settings, plans: &'a Plans) -> Option<&'a Template> {
    let all = whole(settings);
    let near = f64::from(capacity(&all)) / NEAR;
    let fits = |template: &&Template| {
        let days = template.days.iter().flat_map(|day| &day.activities);
        let work = days.filter(|own| own.kind != ActivityKind::Drill);
        let work: u32 = work.map(|own| own.share).sum();
        template.days.len() <= all.len() && f64::from(work) <= near
    };
    let named = settings.template.as_ref();
    let named = named.and_then(|id| plans.templates.iter().find(|template| template.id == *id));
    let fitting = plans.templates.iter().filter(fits);
    let shortest = plans
        .templates
        .iter()
        .min_by_key(|template| template.days.len());
    named
        .or_else(|| fitting.max_by_key(|template| template.days.len()))
        .or(shortest)
}

fn missing(settings: &Settings, template: Option<&Template>, stock: &Stock<'_>) -> Vec<String> {
    let named = template.into_iter().flat_map(|template| &template.days);
    let named = named
        .flat_map(|day| &day.activities)
        .filter_map(|activity| activity.case.as_ref());
    let mut missing: Vec<String> = named
        .chain(&settings.focus)
        .map(Id::as_str)
        .filter(|id| !stock.cases.contains_key(id))
        .map(str::to_owned)
        .collect();
    missing.sort();
    missing.dedup();
    missing
}

/// The clock on which these steps, all when there are none, fit into the minutes with their small
/// debrief: the steps' budgets shrink or grow with it.
pub fn sprint_clock(framework: &Framework, steps: &[Step], minutes: u32) -> u32 {
    let usual: u32 = wanted(steps)
        .iter()
        .map(|step| framework.seconds(*step, USUAL_CLOCK))
        .sum();
    let practice = minutes * 60 * 9 / 10;
    (USUAL_CLOCK * practice / usual.max(1)).clamp(MIN_CLOCK, MAX_CLOCK)
}
