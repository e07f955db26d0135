//! From settings, a template and what was done to the days that are left.

use super::course::Author;
use super::day::{Activity, Day};
use super::edit::Edits;
use super::evidence::Evidence;
use super::pack::{clock, drill_minutes, Filled, Packed, Packer, Room, USUAL_CLOCK};
use super::settle::{settle, wanted};
use super::task::{Course, Task};
use super::Settings;
use crate::content::index::CaseHead;
use crate::content::{ActivityKind, Framework, Id, Plans, Step, Template};
use chrono::{Days, NaiveDate};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};

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
    /// The cases that can be practised, by id.
    pub cases: BTreeMap<&'a str, &'a CaseHead>,
}

impl<'a> Stock<'a> {
    pub fn new(
        plans: &'a Plans,
        framework: &'a Framework,
        cases: impl Iterator<Item = &'a CaseHead>,
    ) -> Self {
        Self {
            plans,
            framework,
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
            stock.plans,
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
        course.tasks.retain(|task| !edits.is_dropped(&task.id));
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

/// Packs as much as the days hold: work shrinks first, then whole blocks go, the lightest first,
/// until every must that stays has a place and no mock is without its review.
fn fit(
    course: &mut Course,
    done: &BTreeMap<String, NaiveDate>,
    rooms: &[Room],
    edits: &Edits<'_>,
    clocks: &[u32],
) -> Packed {
    let capacity = f64::from(capacity(rooms));
    loop {
        let extra = |task: &&Task| course.block_of(task).is_some_and(|block| block.extra);
        let asked = course.tasks.iter().filter(|task| !extra(task));
        let asked = asked.filter(|task| !done.contains_key(&task.id));
        let asked: u32 = asked.map(|task| task.minutes).sum();
        let names: HashSet<&str> = course.tasks.iter().map(|task| task.id.as_str()).collect();
        let packer = Packer {
            course,
            names: &names,
            done,
            rooms,
            edits,
            clocks,
            scale: (capacity / f64::from(asked.max(1))).clamp(SHRINK, 1.0),
        };
        let packed = packer.pack();
        match too_much(course, &packed) {
            Some(block) => course.leave_out(block),
            None => return packed,
        }
    }
}

/// The block to leave out next, when something that has to be whole found no place.
fn too_much(course: &Course, packed: &Packed) -> Option<usize> {
    let left: BTreeSet<usize> = packed.left.iter().copied().collect();
    let placed = |block: usize| {
        let tasks = course.tasks.iter().enumerate();
        let mut own = tasks.filter(move |(_, task)| task.block == block);
        own.any(|(at, task)| task.kind == ActivityKind::Mock && !left.contains(&at))
    };
    let tasks = packed.left.iter().filter_map(|at| course.tasks.get(*at));
    let torn: BTreeSet<usize> = tasks.map(|task| task.block).collect();
    let block = |at: &usize| course.blocks.get(*at);
    let asked = |at: &usize| block(at).is_some_and(|own| own.must && !own.extra);
    if torn.iter().any(asked) {
        return course.lightest();
    }
    // What came on top goes by itself.
    let whole = |at: &&usize| block(at).is_some_and(|own| own.must) || placed(**at);
    torn.iter().rev().find(whole).copied()
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

/// Makes days that are shown of days that are packed.
struct Shown<'a> {
    stock: &'a Stock<'a>,
    course: &'a Course,
    edits: &'a Edits<'a>,
    evidence: &'a Evidence,
    today: NaiveDate,
}

impl Shown<'_> {
    fn day_off(&self, date: NaiveDate) -> Day {
        Day {
            date,
            title: "Day off".to_owned(),
            activities: Vec::new(),
            note: None,
        }
    }

    fn day(&self, room: &Room, filled: Option<&Filled>) -> Day {
        let placed = filled.map_or(&[][..], |filled| filled.placed.as_slice());
        let mut note = None;
        let mut title: Option<&str> = None;
        let mut activities = Vec::new();
        for own in placed {
            let Some(task) = self.course.tasks.get(own.task) else {
                continue;
            };
            // A day is called after its main work; a review only where there is nothing else.
            if title.is_none() || task.kind != ActivityKind::Review && activities.len() == 1 {
                title = Some(&task.title);
            }
            note = note.or_else(|| task.note.clone());
            activities.push(self.activity(task, own.minutes, own.clock, room.date));
        }
        let drills = filled.map_or(0, |filled| filled.drills);
        let id = format!("drill-{}", room.date);
        if drills > 0 && !self.edits.is_dropped(&id) {
            activities.push(self.drills(id, drills));
        }
        let done = if room.date == self.today {
            self.evidence.on(room.date)
        } else {
            &[]
        };
        for activity in &mut activities {
            activity.done = activity.is_done(done, self.evidence.drills_left);
        }
        Day {
            date: room.date,
            title: match title {
                Some(title) if !room.light => title.to_owned(),
                Some(_) => "Light day".to_owned(),
                None if activities.is_empty() => "Nothing planned".to_owned(),
                None => "Drills".to_owned(),
            },
            activities,
            note,
        }
    }

    fn drills(&self, id: String, minutes: u32) -> Activity {
        Activity {
            id,
            kind: ActivityKind::Drill,
            case: None,
            steps: Vec::new(),
            minutes,
            clock: None,
            title: self.title(ActivityKind::Drill, None, &[], None),
            must: false,
            pinned: false,
            done: false,
        }
    }

    fn activity(&self, task: &Task, minutes: u32, clock: Option<u32>, date: NaiveDate) -> Activity {
        let title = self.title(task.kind, task.case.as_deref(), &task.steps, clock);
        let clock = match task.kind {
            ActivityKind::Sprint => Some(sprint_clock(self.stock.framework, &task.steps, minutes)),
            _ => clock,
        };
        Activity {
            id: task.id.clone(),
            kind: task.kind,
            case: task.case.clone(),
            steps: task.steps.clone(),
            minutes,
            clock,
            title,
            must: self.course.is_must(task),
            pinned: self.edits.pin(&task.id) == Some(date),
            done: false,
        }
    }

    fn title(
        &self,
        kind: ActivityKind,
        case: Option<&str>,
        steps: &[Step],
        clock: Option<u32>,
    ) -> String {
        let case = case.and_then(|id| self.stock.cases.get(id));
        let case = case.map(|head| head.title.as_str());
        let shorts: Vec<&str> = steps
            .iter()
            .filter_map(|step| self.stock.framework.step(*step))
            .map(|guide| guide.short.as_str())
            .collect();
        match (kind, case, clock) {
            (ActivityKind::Mock, Some(case), Some(clock)) => format!("{case} · {clock} min"),
            (ActivityKind::Review, _, _) => "Debrief of your last mock".to_owned(),
            (ActivityKind::Drill, None, _) => "What is due, then new ones".to_owned(),
            (_, Some(case), _) if shorts.is_empty() => case.to_owned(),
            (_, Some(case), _) => format!("{case} · {}", shorts.join(", ").to_lowercase()),
            (_, None, _) => String::new(),
        }
    }
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
