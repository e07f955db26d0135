//! From settings, a template and what was done to the days that are left.

use super::day::{Activity, Day, Deed};
use super::Settings;
use crate::content::index::CaseHead;
use crate::content::{
    ActivityKind, Framework, Id, Plans, Step, Template, TemplateActivity, TemplateDay,
};
use chrono::{Days, NaiveDate};
use serde::Serialize;
use std::collections::BTreeMap;

/// Days that a plan without an interview date looks ahead.
const OPEN_DAYS: i64 = 14;
/// Minutes of a mock's debrief.
const DEBRIEF: u32 = 10;
/// A real interview, in minutes.
const USUAL_CLOCK: u32 = 45;
/// The clocks that a sprint may be scaled to.
const MIN_CLOCK: u32 = 10;
const MAX_CLOCK: u32 = 60;
/// Longest plan, in days.
const MOST_DAYS: i64 = 366;

/// The days from today on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    pub template: String,
    /// From today to the day before the interview.
    pub days: Vec<Day>,
    /// The focus cases that the days reach, by id.
    pub focus: Vec<String>,
    /// Ticked cases that the days do not reach, by id.
    pub not_reached: Vec<String>,
    /// Wanted cases that are not written yet, by id.
    pub missing: Vec<String>,
}

/// What is known when a plan is made.
struct Maker<'a> {
    settings: &'a Settings,
    framework: &'a Framework,
    /// Title by id of the cases that can be practised.
    cases: BTreeMap<&'a str, &'a str>,
    /// The focus cases, in order.
    focus: Vec<&'a str>,
}

/// The plan as of `today`. `deeds` holds what was done by date since the plan was made;
/// `drills_left` says whether anything is still to drill today.
pub fn make<'a>(
    settings: &'a Settings,
    plans: &'a Plans,
    framework: &'a Framework,
    cases: impl Iterator<Item = &'a CaseHead>,
    deeds: &BTreeMap<NaiveDate, Vec<Deed>>,
    today: NaiveDate,
    drills_left: bool,
) -> Plan {
    let cases: BTreeMap<&str, &str> = cases
        .map(|head| (head.id.as_str(), head.title.as_str()))
        .collect();
    let wanted: Vec<&Id> = if settings.focus.is_empty() {
        plans.focus.iter().collect()
    } else {
        settings.focus.iter().collect()
    };
    let mut focus: Vec<&str> = wanted
        .iter()
        .map(|id| id.as_str())
        .filter(|id| cases.contains_key(id))
        .collect();
    if focus.is_empty() {
        focus = cases.keys().copied().collect();
    }
    let maker = Maker {
        settings,
        framework,
        cases,
        focus,
    };
    let total = settings
        .days_left(settings.from)
        .unwrap_or(OPEN_DAYS)
        .clamp(1, MOST_DAYS);
    let template = choose(settings, plans, total);
    let all = template.map_or_else(Vec::new, |template| stretch(template, total as usize));

    // What was not done rolls on: the next template day starts when this one was mostly done.
    let mut next = 0;
    let mut date = settings.from;
    let nothing = Vec::new();
    while date < today {
        let done_here = deeds.get(&date).unwrap_or(&nothing);
        if let Some(day) = all.get(next) {
            let day = maker.day(day, date, done_here, true);
            next += usize::from(mostly_done(&day));
        }
        date = date + Days::new(1);
    }

    let left = settings
        .days_left(today)
        .unwrap_or(OPEN_DAYS)
        .clamp(0, MOST_DAYS) as usize;
    let rest = all.get(next.min(all.len())..).unwrap_or_default();
    let chosen = fit(rest, left);
    let days: Vec<Day> = (0u64..)
        .zip(chosen)
        .map(|(offset, day)| {
            let date = today + Days::new(offset);
            let done = deeds.get(&date).unwrap_or(&nothing);
            maker.day(day, date, done, drills_left)
        })
        .collect();

    let used = |id: &str| {
        days.iter()
            .flat_map(|day| &day.activities)
            .any(|activity| activity.case.as_deref() == Some(id))
    };
    let reached: Vec<String> = maker
        .focus
        .iter()
        .filter(|id| used(id))
        .map(|id| (*id).to_owned())
        .collect();
    let ticked = settings.focus.iter().map(Id::as_str);
    let not_reached = ticked
        .filter(|id| maker.cases.contains_key(id) && !used(id))
        .map(str::to_owned)
        .collect();
    Plan {
        template: template.map_or_else(String::new, |template| template.title.clone()),
        missing: missing(settings, template, &maker),
        days,
        focus: reached,
        not_reached,
    }
}

/// The template asked for, else the longest that the days can hold.
fn choose<'a>(settings: &Settings, plans: &'a Plans, days: i64) -> Option<&'a Template> {
    let named = settings.template.as_ref();
    let named = named.and_then(|id| plans.templates.iter().find(|template| template.id == *id));
    let fitting = plans
        .templates
        .iter()
        .filter(|template| template.days.len() as i64 <= days);
    named
        .or_else(|| fitting.max_by_key(|template| template.days.len()))
        .or_else(|| {
            plans
                .templates
                .iter()
                .min_by_key(|template| template.days.len())
        })
}

/// The template over `total` days: cut to its first days when there are fewer, with its middle
/// repeated when there are more; the last, light day stays last.
fn stretch(template: &Template, total: usize) -> Vec<&TemplateDay> {
    let Some((last, first)) = template.days.split_last() else {
        return Vec::new();
    };
    if total <= template.days.len() {
        return template.days.iter().take(total).collect();
    }
    let mut days: Vec<&TemplateDay> = first.iter().cycle().take(total - 1).collect();
    if first.is_empty() {
        days.clear();
    }
    days.push(last);
    days
}

/// As many of the days as are left; the last one is kept.
fn fit<'a>(rest: &[&'a TemplateDay], left: usize) -> Vec<&'a TemplateDay> {
    match rest.split_last() {
        Some((last, first)) if rest.len() > left && left > 0 => {
            first.iter().take(left - 1).chain([last]).copied().collect()
        }
        _ => rest.iter().take(left).copied().collect(),
    }
}

/// At least half of the day's minutes.
fn mostly_done(day: &Day) -> bool {
    let all: u32 = day.activities.iter().map(|activity| activity.minutes).sum();
    let done: u32 = day
        .activities
        .iter()
        .filter(|activity| activity.done)
        .map(|activity| activity.minutes)
        .sum();
    all > 0 && done * 2 >= all
}

fn missing(settings: &Settings, template: Option<&Template>, maker: &Maker<'_>) -> Vec<String> {
    let named = template.into_iter().flat_map(|template| &template.days);
    let named = named
        .flat_map(|day| &day.activities)
        .filter_map(|activity| activity.case.as_ref());
    let mut missing: Vec<String> = Vec::new();
    for id in settings.focus.iter().chain(named) {
        if !maker.cases.contains_key(id.as_str()) && !missing.contains(&id.to_string()) {
            missing.push(id.to_string());
        }
    }
    missing
}

impl Maker<'_> {
    fn day(
        &self,
        template: &TemplateDay,
        date: NaiveDate,
        deeds: &[Deed],
        drills_left: bool,
    ) -> Day {
        let budget = self.settings.minutes;
        let shares: u32 = template
            .activities
            .iter()
            .map(|activity| activity.share)
            .sum();
        let mut spent = 0;
        let mut note = None;
        let mut activities = Vec::new();
        let count = template.activities.len();
        for (at, wanted) in template.activities.iter().enumerate() {
            let left = budget.saturating_sub(spent);
            // The last one takes what rounding left over.
            let minutes = if at + 1 == count {
                left
            } else {
                self.minutes(wanted, shares).min(left)
            };
            let Some(mut activity) = self.activity(wanted, minutes, &mut note) else {
                continue;
            };
            if activity.minutes == 0 {
                continue;
            }
            activity.done = activity.is_done(deeds, drills_left);
            spent += activity.minutes;
            activities.push(activity);
        }
        Day {
            date,
            title: template.title.clone(),
            activities,
            note,
        }
    }

    /// The activity's share of the budget, in whole minutes.
    fn minutes(&self, wanted: &TemplateActivity, shares: u32) -> u32 {
        let budget = self.settings.minutes;
        let share = (wanted.share * budget + shares / 2) / shares.max(1);
        if wanted.kind == ActivityKind::Mock {
            // A mock has a length of its own, as far as the day reaches.
            return self.clock(budget).map_or(share, |clock| clock + DEBRIEF);
        }
        share.max(1)
    }

    /// The longest clock that fits into the minutes with its debrief.
    fn clock(&self, minutes: u32) -> Option<u32> {
        let clocks = self.framework.clocks.iter().copied();
        // A real interview is 45 minutes; a longer one has to be asked for.
        clocks
            .filter(|clock| clock + DEBRIEF <= minutes && *clock <= 45)
            .max()
    }

    fn activity(
        &self,
        wanted: &TemplateActivity,
        minutes: u32,
        note: &mut Option<String>,
    ) -> Option<Activity> {
        let case = self.case(wanted, note);
        let needs_case = matches!(
            wanted.kind,
            ActivityKind::Read | ActivityKind::Mock | ActivityKind::Sprint
        );
        if needs_case && case.is_none() {
            return None;
        }
        let mut kind = wanted.kind;
        let mut steps = wanted.steps.clone();
        let mut clock = None;
        if kind == ActivityKind::Mock {
            clock = self.clock(minutes);
            if clock.is_none() {
                // The day is too short for a whole interview.
                kind = ActivityKind::Sprint;
                steps = self.steps_within(minutes);
            }
        }
        let title = self.title(kind, case, &steps, clock);
        if kind == ActivityKind::Sprint {
            clock = Some(self.sprint_clock(&steps, minutes));
        }
        Some(Activity {
            kind,
            case: case.map(str::to_owned),
            steps,
            minutes,
            clock,
            title,
            done: false,
        })
    }

    /// The clock on which these steps fit into the minutes, their small debrief included: the
    /// steps' budgets shrink or grow with it.
    fn sprint_clock(&self, steps: &[Step], minutes: u32) -> u32 {
        let all = if steps.is_empty() {
            &Step::ALL[..]
        } else {
            steps
        };
        let usual: u32 = all
            .iter()
            .map(|step| self.framework.seconds(*step, USUAL_CLOCK))
            .sum();
        let practice = minutes * 60 * 9 / 10;
        (USUAL_CLOCK * practice / usual.max(1)).clamp(MIN_CLOCK, MAX_CLOCK)
    }

    /// The steps in the middle of the interview that fit into the minutes.
    fn steps_within(&self, minutes: u32) -> Vec<Step> {
        let mut left = minutes * 60;
        let order = [Step::Data, Step::Model, Step::Evaluate, Step::Serve];
        let mut steps: Vec<Step> = Vec::new();
        for step in order {
            let cost = self.framework.seconds(step, USUAL_CLOCK);
            if cost > left && !steps.is_empty() {
                break;
            }
            left = left.saturating_sub(cost);
            steps.push(step);
        }
        steps
    }

    fn case<'b>(
        &'b self,
        wanted: &'b TemplateActivity,
        note: &mut Option<String>,
    ) -> Option<&'b str> {
        let named = wanted.case.as_ref().map(Id::as_str);
        let slot = wanted.slot.map(|slot| slot.max(1) - 1);
        let stand_in = |at: usize| self.focus.get(at % self.focus.len().max(1)).copied();
        match (named, slot) {
            (Some(id), _) if self.cases.contains_key(id) => Some(id),
            (Some(id), _) => {
                let other = stand_in(0)?;
                let title = self.cases.get(other).copied().unwrap_or(other);
                let wanted = id.replace('-', " ");
                *note = Some(format!(
                    "The case {wanted} is not written yet: {title} stands in"
                ));
                Some(other)
            }
            (None, Some(at)) => stand_in(at),
            (None, None) => None,
        }
    }

    fn title(
        &self,
        kind: ActivityKind,
        case: Option<&str>,
        steps: &[Step],
        clock: Option<u32>,
    ) -> String {
        let case = case.and_then(|id| self.cases.get(id)).copied();
        let shorts: Vec<&str> = steps
            .iter()
            .filter_map(|step| self.framework.step(*step))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Level, Library};
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn settings(days: u64, minutes: u32) -> Settings {
        Settings {
            interview: Some(date("2026-11-21") + Days::new(days)),
            minutes,
            level: Level::Senior,
            focus: Vec::new(),
            template: None,
            from: date("2026-11-21"),
        }
    }

    fn plan(settings: &Settings, deeds: &BTreeMap<NaiveDate, Vec<Deed>>, today: &str) -> Plan {
        let library = Library::open(&[], None);
        make(
            settings,
            library.plans(),
            library.framework(),
            library.ready_cases(),
            deeds,
            date(today),
            true,
        )
    }

    proptest! {
        #[test]
        fn a_day_never_asks_for_more_than_its_minutes(days in 0u64..400, minutes in 1u32..300, later in 0u64..40) {
            let settings = settings(days, minutes);
            let today = settings.from + Days::new(later);
            let plan = plan(&settings, &BTreeMap::new(), &today.to_string());
            prop_assert!(plan.days.len() as u64 <= days.saturating_sub(later));
            for day in plan.days {
                prop_assert!(day.activities.iter().map(|activity| activity.minutes).sum::<u32>() <= minutes);
                prop_assert!(!day.activities.is_empty());
            }
        }
    }

    #[test]
    fn a_missed_day_rolls_on_and_the_light_day_stays_last() {
        let settings = settings(7, 60);
        let first = plan(&settings, &BTreeMap::new(), "2026-11-21");
        assert_eq!(first.days.len(), 7);
        let later = plan(&settings, &BTreeMap::new(), "2026-11-23");
        assert_eq!(later.days.len(), 5);
        assert_eq!(later.days[0].title, first.days[0].title);
        assert_eq!(later.days[4].title, first.days[6].title);
    }

    #[test]
    fn a_day_that_was_done_is_not_asked_again() {
        let settings = settings(7, 60);
        let steps = [Step::Clarify, Step::Frame, Step::Data];
        let case = "video-recommendation".to_owned();
        let mut done: Vec<Deed> = steps
            .iter()
            .map(|step| Deed::Read {
                case: case.clone(),
                step: Some(*step),
            })
            .collect();
        done.push(Deed::Mock {
            case,
            steps: steps.into(),
        });
        let deeds = BTreeMap::from([(settings.from, done)]);
        let today = plan(&settings, &deeds, "2026-11-21");
        let ticks: Vec<bool> = today.days[0]
            .activities
            .iter()
            .map(|activity| activity.done)
            .collect();
        assert_eq!(ticks, [true, true, false]);
        let tomorrow = plan(&settings, &deeds, "2026-11-22");
        assert_eq!(tomorrow.days[0].title, today.days[1].title);
    }

    #[test]
    fn the_three_day_plan_names_what_is_not_written() {
        let library = Library::open(&[], None);
        let settings = settings(3, 60);
        let plan = plan(&settings, &BTreeMap::new(), "2026-11-21");
        assert_eq!(plan.days.len(), 3);
        for id in ["eta", "fraud-detection"] {
            let written = library.ready_cases().any(|head| head.id == id);
            assert_eq!(plan.missing.contains(&id.to_owned()), !written);
        }
    }
}
