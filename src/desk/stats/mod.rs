//! What was done and where the learner stands.

mod mocks;
mod year;

pub use mocks::{TimeUse, Trend};
pub use year::{Streak, YearDay};

use super::{CaseStand, Desk};
use crate::content::Step;
use crate::drill::usual_seconds;
use crate::progress::{DrillState, Event, Filter, Kind};
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Answers in a step before a number is shown for it.
pub(super) const ENOUGH: usize = 10;

/// How one step stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepStand {
    pub step: Step,
    /// Drills of the step that were answered.
    pub answered: usize,
    /// Answers to them, each time counted.
    pub answers: usize,
    /// Drills of the step there are.
    pub drills: usize,
    /// Mean of recall now times last score, 0 to 100; none before there are enough answers.
    pub recall: Option<f64>,
}

/// Numbers over everything.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stats {
    pub schema_version: u32,
    pub date: NaiveDate,
    pub steps: Vec<StepStand>,
    /// Answers by format: count, mean score from 0 to 100.
    pub formats: BTreeMap<String, (usize, f64)>,
    /// Minutes by kind of activity over the last 30 days.
    pub minutes: BTreeMap<String, f64>,
    /// Days of the last 30 on which something was done, oldest first.
    pub days: Vec<bool>,
    pub reviews_today: u32,
    pub due: usize,
    pub suspended: usize,
    /// Totals of whole mocks, oldest first.
    pub mocks: Vec<f64>,
    /// How sure the learner was and how right, over the last answers.
    pub confidence: Vec<Confidence>,
    /// Techniques by what is remembered of them, weakest first.
    pub techniques: Vec<Technique>,
    /// The last twelve weeks, oldest first: answers to drills that were seen before.
    pub weeks: Vec<Week>,
    /// Drills that keep being forgotten.
    pub leeches: Vec<Leech>,
    /// Drills that come due on each of the next 14 days, today first with what is overdue.
    pub ahead: Vec<usize>,
    /// Minutes that these take this learner.
    pub ahead_minutes: Vec<u32>,
    /// The days of the last year on which something was done.
    pub year: Vec<YearDay>,
    pub streak: Streak,
    /// What is remembered of each format, as for steps.
    pub formats_now: BTreeMap<String, f64>,
    /// Whole mocks by dimension.
    pub trends: Vec<Trend>,
    /// Time in whole mocks against its budget.
    pub time: Vec<TimeUse>,
    /// Every case that was begun.
    pub cases: Vec<CaseStand>,
}

/// A technique, as drills name it in their tags.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Technique {
    pub tag: String,
    /// Drills of it that were answered.
    pub drills: usize,
    /// Mean of recall now times last score, 0 to 100.
    pub recall: f64,
}

/// Answers of one week.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Week {
    /// Its Monday.
    pub from: NaiveDate,
    pub answers: usize,
    /// Mean score, 0 to 100; none without answers.
    pub score: Option<f64>,
}

/// A drill that was forgotten again and again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leech {
    pub drill: String,
    pub lapses: u32,
}

/// Answers that were given with one degree of sureness.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Confidence {
    /// 1 guessing, 2 unsure, 3 fairly sure, 4 certain.
    pub sure: u8,
    pub answers: usize,
    /// Mean, 0 to 100.
    pub score: f64,
    /// What these words claim, 0 to 100: who scores it is well calibrated. An assumption.
    pub claimed: f64,
}

impl Confidence {
    pub fn word(&self) -> &'static str {
        match self.sure {
            1 => "guessing",
            2 => "unsure",
            3 => "fairly sure",
            _ => "certain",
        }
    }
}

/// What each degree of sureness claims, 0 to 100.
const CLAIMS: [f64; 4] = [25.0, 50.0, 75.0, 95.0];

/// Drills of a technique before a number is shown for it.
const ENOUGH_OF_TECHNIQUE: usize = 3;
/// Times a drill was forgotten before it is a leech.
const LEECH: u32 = 4;
const WEEKS: u64 = 12;
const AHEAD: u64 = 14;
/// Answers that the comparison of sureness and score looks back on.
const LAST_ANSWERS: usize = 500;

impl Desk {
    /// How each step stands.
    pub fn steps(&self, now: DateTime<Utc>) -> Vec<StepStand> {
        let mut drills: BTreeMap<&str, usize> = BTreeMap::new();
        for head in self.library.drills() {
            *drills.entry(head.step.as_str()).or_default() += 1;
        }
        let mut sums: BTreeMap<&str, (usize, usize, f64)> = BTreeMap::new();
        for state in self.states().values().filter(|state| state.reps > 0) {
            let recall = self.model().recall(state, now).unwrap_or(0.0);
            let (count, answers, sum) = sums.entry(state.step.as_str()).or_default();
            *count += 1;
            *answers += state.reps as usize;
            *sum += recall * state.last_score.unwrap_or(0.0);
        }
        Step::ALL
            .into_iter()
            .map(|step| {
                let (answered, answers, sum) = sums.get(step.id()).copied().unwrap_or_default();
                StepStand {
                    step,
                    answered,
                    answers,
                    drills: drills.get(step.id()).copied().unwrap_or(0),
                    recall: (answers >= ENOUGH).then(|| 100.0 * sum / answered as f64),
                }
            })
            .collect()
    }

    pub fn stats(&self, now: DateTime<Utc>) -> Stats {
        let today = self.date(now);
        let from = today - Days::new(29);
        let days = self.journal.days(from).unwrap_or_default();
        let mut minutes: BTreeMap<String, f64> = BTreeMap::new();
        for day in days.iter().filter(|day| day.seconds > 0.0) {
            let name = match day.kind {
                Kind::Review | Kind::Second => "drill",
                Kind::Read => "read",
                Kind::MockEnd => "mock",
                _ => continue,
            };
            *minutes.entry(name.to_owned()).or_default() += day.seconds / 60.0;
        }
        let practice = |kind: Kind| matches!(kind, Kind::Review | Kind::Read | Kind::MockEnd);
        let active = |date: NaiveDate| {
            days.iter()
                .any(|day| day.date == date && day.count > 0 && practice(day.kind))
        };
        let mut formats: BTreeMap<String, (usize, f64)> = BTreeMap::new();
        let mut formats_now: BTreeMap<String, f64> = BTreeMap::new();
        for state in self.states().values().filter(|state| state.reps > 0) {
            let (count, sum) = formats.entry(state.format.clone()).or_default();
            *count += 1;
            *sum += 100.0 * state.last_score.unwrap_or(0.0);
            *formats_now.entry(state.format.clone()).or_default() += self.expected(state, now);
        }
        for (format, (count, sum)) in &mut formats {
            *sum /= *count as f64;
            if let Some(recall) = formats_now.get_mut(format) {
                *recall /= *count as f64;
            }
        }
        let history = self.history();
        let whole = history
            .iter()
            .filter(|mock| mock.steps.len() == Step::ALL.len());
        let reviews = days
            .iter()
            .filter(|day| day.date == today && day.kind == Kind::Review);
        let due = self.states().values().filter(|state| {
            state.reps > 0 && !state.suspended && state.due.is_some_and(|due| due <= now)
        });
        let (ahead, ahead_minutes) = self.ahead(today);
        let year = self.year(today);
        let (trends, time) = self.mock_trends();
        let begun = |own: &CaseStand| own.tried || own.read > 0 || own.answered > 0;
        Stats {
            schema_version: 1,
            date: today,
            steps: self.steps(now),
            formats,
            minutes,
            days: (0..30).map(|back| active(from + Days::new(back))).collect(),
            reviews_today: reviews.map(|day| day.count).sum(),
            due: due.count(),
            suspended: self
                .states()
                .values()
                .filter(|state| state.suspended)
                .count(),
            mocks: whole.map(|mock| mock.total).collect(),
            confidence: self.confidence(),
            techniques: self.techniques(now),
            weeks: self.weeks(today),
            leeches: self.leeches(),
            ahead,
            ahead_minutes,
            streak: self.streak(&year, now),
            year,
            formats_now,
            trends,
            time,
            cases: self.cases(now).into_iter().filter(begun).collect(),
        }
    }

    fn techniques(&self, now: DateTime<Utc>) -> Vec<Technique> {
        let mut sums: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
        for head in self.library.drills() {
            let Some(state) = self.states().get(&head.id).filter(|state| state.reps > 0) else {
                continue;
            };
            let recall = self.model().recall(state, now).unwrap_or(0.0);
            for tag in &head.tags {
                let (count, sum) = sums.entry(tag).or_default();
                *count += 1;
                *sum += 100.0 * recall * state.last_score.unwrap_or(0.0);
            }
        }
        let mut known: Vec<Technique> = sums
            .into_iter()
            .filter(|(_, (drills, _))| *drills >= ENOUGH_OF_TECHNIQUE)
            .map(|(tag, (drills, sum))| Technique {
                tag: tag.to_owned(),
                drills,
                recall: sum / drills as f64,
            })
            .collect();
        known.sort_by(|a, b| a.recall.total_cmp(&b.recall).then(a.tag.cmp(&b.tag)));
        known
    }

    fn weeks(&self, today: NaiveDate) -> Vec<Week> {
        let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
        let first = monday - Days::new(7 * (WEEKS - 1));
        let mut sums = vec![(0usize, 0.0); WEEKS as usize];
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for stored in self
            .journal
            .events(&Filter::of(Kind::Review))
            .unwrap_or_default()
        {
            let Event::Review(review) = stored.event else {
                continue;
            };
            // The first answer to a drill says nothing about memory.
            if seen.insert(review.drill) {
                continue;
            }
            let days = (self.date(stored.at) - first).num_days();
            let week = usize::try_from(days / 7).ok().filter(|_| days >= 0);
            if let Some((count, sum)) = week.and_then(|week| sums.get_mut(week)) {
                *count += 1;
                *sum += 100.0 * review.score;
            }
        }
        (0..WEEKS)
            .zip(sums)
            .map(|(number, (answers, sum))| Week {
                from: first + Days::new(7 * number),
                answers,
                score: (answers > 0).then(|| sum / answers as f64),
            })
            .collect()
    }

    fn leeches(&self) -> Vec<Leech> {
        let states = self.states().values();
        let mut leeches: Vec<Leech> = states
            .filter(|state| state.lapses >= LEECH && !state.suspended)
            .map(|state| Leech {
                drill: state.drill.clone(),
                lapses: state.lapses,
            })
            .collect();
        leeches.sort_by(|a, b| b.lapses.cmp(&a.lapses).then(a.drill.cmp(&b.drill)));
        leeches
    }

    /// Drills that come due by day, and the minutes that they take.
    fn ahead(&self, today: NaiveDate) -> (Vec<usize>, Vec<u32>) {
        let seconds = self.seconds_by_format();
        let mut ahead = vec![0; AHEAD as usize];
        let mut times = vec![0; AHEAD as usize];
        let states = self.states().values();
        let coming = states.filter(|state| state.reps > 0 && !state.suspended);
        for (state, due) in coming.filter_map(|state| Some((state, state.due?))) {
            let days = (self.date(due) - today).num_days().max(0);
            let Ok(day) = usize::try_from(days) else {
                continue;
            };
            if let (Some(count), Some(time)) = (ahead.get_mut(day), times.get_mut(day)) {
                *count += 1;
                let own = seconds.get(&state.format).copied();
                *time += own.unwrap_or_else(|| usual_seconds(&state.format) + 20);
            }
        }
        (
            ahead,
            times.into_iter().map(|own: u32| own.div_ceil(60)).collect(),
        )
    }

    /// Recall now times last score, 0 to 100.
    pub(super) fn expected(&self, state: &DrillState, now: DateTime<Utc>) -> f64 {
        let recall = self.model().recall(state, now).unwrap_or(0.0);
        100.0 * recall * state.last_score.unwrap_or(0.0)
    }

    fn confidence(&self) -> Vec<Confidence> {
        let last = Filter::of(Kind::Review).last(LAST_ANSWERS);
        let mut sums: BTreeMap<u8, (usize, f64)> = BTreeMap::new();
        for stored in self.journal.events(&last).unwrap_or_default() {
            let Event::Review(review) = stored.event else {
                continue;
            };
            if let Some(sure @ 1..=4) = review.confidence {
                let (count, sum) = sums.entry(sure).or_default();
                *count += 1;
                *sum += 100.0 * review.score;
            }
        }
        sums.into_iter()
            .map(|(sure, (answers, sum))| Confidence {
                sure,
                answers,
                score: sum / answers as f64,
                claimed: CLAIMS
                    .get(usize::from(sure.saturating_sub(1)))
                    .copied()
                    .unwrap_or_default(),
            })
            .collect()
    }
}
