//! What to practise now.

use super::Desk;
use crate::content::ActivityKind;
use crate::drill::usual_seconds;
use crate::memory::{build, Days, Filter, Pick, Towards, Wish};
use crate::plan::{Deed, Plan};
use crate::progress::{DrillState, Kind};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, PoisonError};

/// What the learner wants to practise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Practice {
    pub filter: Filter,
    pub minutes: Option<u32>,
    pub cram: bool,
    /// A placement over the seven steps, whatever is due.
    pub placement: bool,
    /// For tests and scripts; else by chance.
    pub seed: Option<u64>,
}

/// What every queue of one moment needs.
pub(super) struct Bearings {
    /// With drills left to do.
    pub(super) plan: Plan,
    /// Topics whose new drills may come.
    topics: BTreeSet<String>,
    /// Cases of today's plan.
    focus: BTreeSet<String>,
    /// Drills that were answered for the first time today.
    answered_first: usize,
    /// Seconds that this learner takes, by format.
    seconds: HashMap<String, u32>,
    /// How much each step needs practice.
    pub(super) need: BTreeMap<String, f64>,
    /// What answers gain for the interview, when there is a date.
    towards: Option<Arc<Towards>>,
    /// Minutes left of those that today has for drills, when there is a plan.
    minutes_left: Option<u32>,
}

impl Desk {
    /// Seconds that this learner takes for a format, as far as known.
    pub(super) fn seconds_by_format(&self) -> HashMap<String, u32> {
        let mut sums: HashMap<&str, (f64, f64)> = HashMap::new();
        for state in self.states().values().filter(|state| state.reps > 0) {
            let (sum, count) = sums.entry(state.format.as_str()).or_default();
            *sum += state.seconds_mean;
            *count += 1.0;
        }
        let enough = sums.into_iter().filter(|(_, (_, count))| *count >= 5.0);
        enough
            .map(|(format, (sum, count))| {
                // Reading the answer takes time too.
                (
                    format.to_owned(),
                    (sum / count + 20.0).clamp(15.0, 600.0) as u32,
                )
            })
            .collect()
    }

    /// What to practise now.
    pub fn queue(&self, practice: &Practice, now: DateTime<Utc>) -> Vec<Pick> {
        self.queue_from(&self.bearings(now), practice, now)
    }

    /// What every queue of this moment needs, whatever is wanted of it.
    pub(super) fn bearings(&self, now: DateTime<Utc>) -> Bearings {
        let plan = self.plan_or_start(now);
        let focus = self.plan_topics(&plan);
        let topics = self.topics_today(&focus);
        let seconds = self.seconds_by_format();
        let days = self.drill_days(&plan, now);
        let towards = days
            .as_ref()
            .and_then(|days| self.towards_of_day(days, &topics, &seconds, now));
        let minutes = match &towards {
            Some(own) => Some(own.minutes),
            None => self.minutes_without_date(now),
        };
        Bearings {
            minutes_left: minutes.map(|minutes| self.minutes_left(minutes, now)),
            towards,
            plan,
            topics,
            focus,
            answered_first: self.new_today(now),
            seconds,
            need: self.need(now),
        }
    }

    /// What is not remembered of each step that enough was answered in.
    fn need(&self, now: DateTime<Utc>) -> BTreeMap<String, f64> {
        let known = self.steps(now).into_iter();
        known
            .filter_map(|own| Some((own.step.id().to_owned(), 1.0 - own.recall? / 100.0)))
            .collect()
    }

    pub(super) fn queue_from(
        &self,
        bearings: &Bearings,
        practice: &Practice,
        now: DateTime<Utc>,
    ) -> Vec<Pick> {
        let today = self.date(now);
        let most_new = match (self.config.new_a_day, &bearings.towards) {
            (Some(most), _) => most,
            (None, None) => NEW_A_DAY,
            (None, Some(_)) => usize::MAX,
        };
        // Who asks for a topic or a format gets all of it.
        let whole = !practice.cram && practice.filter.is_empty();
        let towards = bearings.towards.as_deref().filter(|_| whole);
        let wish = Wish {
            now,
            today,
            filter: practice.filter.clone(),
            minutes: practice.minutes.or(bearings.minutes_left.filter(|_| whole)),
            topics: &bearings.topics,
            focus: &bearings.focus,
            missed: self.missed(),
            need: &bearings.need,
            cram: practice.cram,
            towards,
            most_new: if practice.cram {
                usize::MAX
            } else {
                most_new.saturating_sub(bearings.answered_first)
            },
            seed: practice.seed.unwrap_or_else(|| day_seed(today)),
        };
        let seconds = |format: &str| seconds_of(&bearings.seconds, format);
        let recall = |state: &DrillState| self.model().recall(state, now).unwrap_or(0.0);
        build(self.all_with_states(), &wish, &seconds, &recall)
    }

    /// Minutes for drills on each day up to the interview; none without a date to come.
    pub(super) fn drill_days(&self, plan: &Plan, now: DateTime<Utc>) -> Option<Days> {
        let settings = self.plan_settings()?;
        let today = self.date(now);
        let interview = settings.interview.filter(|date| *date > today)?;
        let by_date: BTreeMap<NaiveDate, u32> = plan
            .days
            .iter()
            .map(|day| {
                let drills = day.activities.iter();
                let drills = drills.filter(|own| own.kind == ActivityKind::Drill);
                (day.date, drills.map(|own| own.minutes).sum())
            })
            .collect();
        let dates = today.iter_days().take_while(|date| *date < interview);
        Some(Days {
            interview,
            today,
            minutes: dates
                .map(|date| f64::from(by_date.get(&date).copied().unwrap_or(0)))
                .collect(),
        })
    }

    /// What a plan towards no date gives to today: little on an easy day.
    fn minutes_without_date(&self, now: DateTime<Utc>) -> Option<f64> {
        let settings = self.plan_settings()?;
        let today = self.date(now);
        let minutes = settings.minutes_on(today);
        settings.interview.is_none().then_some(f64::from(minutes))
    }

    /// Worked out once a day, and again when the days change: single answers hardly move prices.
    fn towards_of_day(
        &self,
        days: &Days,
        topics: &BTreeSet<String>,
        seconds: &HashMap<String, u32>,
        now: DateTime<Utc>,
    ) -> Option<Arc<Towards>> {
        let mut kept = self.towards.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, own)) = kept.as_ref().filter(|(known, _)| known == days) {
            return Some(Arc::clone(own));
        }
        let own = Arc::new(self.towards(days, topics, seconds, now)?);
        *kept = Some((days.clone(), Arc::clone(&own)));
        Some(own)
    }

    fn towards(
        &self,
        days: &Days,
        topics: &BTreeSet<String>,
        seconds: &HashMap<String, u32>,
        now: DateTime<Utc>,
    ) -> Option<Towards> {
        let (mut new, mut known) = (Vec::new(), Vec::new());
        for (head, state) in self.all_with_states() {
            let seconds = seconds_of(seconds, &head.format);
            match state.filter(|state| state.reps > 0) {
                Some(state) if !state.suspended => known.push((state, seconds)),
                None if topics.contains(&head.topic) => new.push(seconds),
                _ => {}
            }
        }
        Towards::new(&self.model, &self.habits, days, &known, &new, now)
    }

    /// What is left of today's minutes for drills.
    fn minutes_left(&self, minutes: f64, now: DateTime<Utc>) -> u32 {
        let done = self.drilled(self.date(now)).into_iter();
        let seconds = done.map(|(_, deed)| match deed {
            Deed::Drilled { seconds } => f64::from(seconds),
            _ => 0.0,
        });
        (minutes - seconds.sum::<f64>() / 60.0).max(0.0) as u32
    }

    /// Topics whose new drills may come today: those of the plan's activities, and the drills that
    /// belong to no case; without a plan, the case that was tried or read last, else the first one.
    fn topics_today(&self, planned: &BTreeSet<String>) -> BTreeSet<String> {
        let mut topics = planned.clone();
        let mut last = "";
        // Drills come by id, so those of a topic follow each other.
        for head in self.library.drills() {
            if head.topic != last && self.library.case_head(&head.topic).is_none() {
                topics.insert(head.topic.clone());
            }
            last = &head.topic;
        }
        topics
    }

    /// Drills that were answered for the first time today.
    fn new_today(&self, now: DateTime<Utc>) -> usize {
        let today = self.date(now);
        let states = self.states().values();
        states
            .filter(|state| state.reps == 1)
            .filter(|state| state.last.is_some_and(|last| self.date(last) == today))
            .count()
    }

    /// Seconds of drilling on each day since `from`, as deeds of a plan.
    pub(super) fn drilled(&self, from: NaiveDate) -> Vec<(NaiveDate, Deed)> {
        let days = self.journal.days(from).unwrap_or_default();
        days.into_iter()
            .filter(|day| day.kind == Kind::Review)
            .map(|day| {
                // Answering, and reading what came out of it.
                let seconds = day.seconds as u32 + day.count * 20;
                (day.date, Deed::Drilled { seconds })
            })
            .collect()
    }
}

/// Seconds for an answer in a format: this learner's, as far as known.
pub(super) fn seconds_of(own: &HashMap<String, u32>, format: &str) -> u32 {
    let own = own.get(format).copied();
    own.unwrap_or_else(|| usual_seconds(format) + 20)
}

/// New drills a day where neither the learner nor an interview date says.
const NEW_A_DAY: usize = 12;

/// The same new drills all day.
fn day_seed(today: NaiveDate) -> u64 {
    use chrono::Datelike;
    u64::from(today.num_days_from_ce().unsigned_abs())
}
