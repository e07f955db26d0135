//! How ready the learner is, what would move it most, and where it leads to by the interview.

use super::stats::ENOUGH;
use super::{Desk, StepStand};
use crate::content::{Dimension, Step};
use crate::memory::{forecast, Forecast, Start};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Days after which a mock counts half.
const HALF_LIFE: f64 = 14.0;
/// What a mock at a level below the target counts, for each level.
const LOWER_LEVEL: f64 = 0.6;
/// Points between two mocks of one learner on one dimension, as a standard deviation. An assumption.
const MOCK_SPREAD: f64 = 15.0;
/// Share of what is missing that one mock with its debrief is taken to win. An assumption.
const MOCK_WINS: f64 = 0.12;
/// What drills bring a step to, of 100.
const DRILLED: f64 = 92.0;
/// Standard deviations on either side that hold eight of ten.
const EIGHTY: f64 = 1.2816;
/// Drills that a forecast follows at most; of more every second, third … is taken.
const MOST_FOLLOWED: usize = 400;

/// How ready the learner is, 0 to 100.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Readiness {
    pub schema_version: u32,
    pub date: NaiveDate,
    pub interview: Option<NaiveDate>,
    /// Expected score if the interview were today; none while something is missing.
    pub score: Option<f64>,
    /// Eight of ten would be between these.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// What is needed before there is a score.
    pub missing: Vec<String>,
    pub steps: Vec<StepStand>,
    pub dimensions: Vec<DimensionStand>,
    /// What would raise the score most, the most first.
    pub moves: Vec<Move>,
}

/// How one dimension stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DimensionStand {
    pub id: String,
    pub title: String,
    /// Points of the 100 that it is worth.
    pub weight: f64,
    /// Mean of the mocks, 0 to 100, newer ones and those at the target level weighing more.
    pub mocks: Option<f64>,
    /// The steps that feed it; empty for those that are seen over all steps.
    pub steps: Vec<Step>,
    /// Recall of these steps, 0 to 100.
    pub recall: Option<f64>,
}

/// Something to do, and what it is taken to bring.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Move {
    pub what: String,
    pub points: f64,
}

/// Recall on the interview day for several daily budgets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outlook {
    pub schema_version: u32,
    pub date: NaiveDate,
    pub interview: NaiveDate,
    pub days: usize,
    pub seed: u64,
    /// Drills that are followed: those that were answered, and the new ones of the plan's cases.
    pub drills: usize,
    pub budgets: Vec<Budget>,
    pub readiness: Readiness,
}

/// Where so many minutes of drills a day lead to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Budget {
    pub minutes: u32,
    /// Recall on the day over all drills that are followed, 0 to 100.
    pub recall: f64,
    /// Eight of ten courses end between these.
    pub low: f64,
    pub high: f64,
    pub answers: f64,
}

impl Desk {
    /// How ready the learner is today.
    pub fn readiness(&self, now: DateTime<Utc>) -> Readiness {
        let date = self.date(now);
        let steps = self.steps(now);
        let mocks = self.mock_scores(now);
        let dimensions: Vec<DimensionStand> = self
            .library
            .rubric()
            .dimensions
            .iter()
            .map(|own| stand(own, &steps, &mocks))
            .collect();
        let mut missing: Vec<String> = steps
            .iter()
            .filter(|own| own.recall.is_none())
            .map(|own| format!("{}: {} of {ENOUGH} answers", own.step, own.answers))
            .collect();
        if mocks.is_empty() {
            missing.push("one mock".to_owned());
        }
        let score = score(&dimensions).filter(|_| missing.is_empty());
        let half = EIGHTY * self.spread(&dimensions, &mocks, now);
        Readiness {
            schema_version: 1,
            date,
            interview: self.plan_settings().and_then(|own| own.interview),
            score,
            low: score.map(|score| (score - half).max(0.0)),
            high: score.map(|score| (score + half).min(100.0)),
            missing,
            moves: moves(&dimensions, &steps),
            steps,
            dimensions,
        }
    }

    /// Scores of all mocks by dimension, each from 0 to 100 with its weight.
    fn mock_scores(&self, now: DateTime<Utc>) -> BTreeMap<String, Vec<(f64, f64)>> {
        let target = self
            .plan_settings()
            .map_or(crate::content::Level::Senior, |own| own.level);
        let mut scores: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
        for (at, sheet) in self.sheets() {
            let age = (now - at).num_hours().max(0) as f64 / 24.0;
            let below = (target as i32 - sheet.level as i32).max(0);
            let weight = 0.5f64.powf(age / HALF_LIFE) * LOWER_LEVEL.powi(below);
            for own in &sheet.dimensions {
                if let Some(score) = own.score {
                    let score = (f64::from(score) - 1.0) / 3.0 * 100.0;
                    let all = scores.entry(own.id.to_string()).or_default();
                    all.push((score, weight));
                }
            }
        }
        scores
    }

    /// Standard deviation of the score: what mocks vary by, and what is known of recall.
    fn spread(
        &self,
        dimensions: &[DimensionStand],
        mocks: &BTreeMap<String, Vec<(f64, f64)>>,
        now: DateTime<Utc>,
    ) -> f64 {
        let total: f64 = dimensions.iter().map(|own| own.weight).sum();
        let by_mocks = dimensions.iter().filter_map(|own| {
            let weights = mocks.get(&own.id)?.iter().map(|(_, weight)| weight);
            // As many mocks as would weigh as much if each were of today.
            let many: f64 = weights.sum::<f64>().max(0.25);
            Some((own.weight / total * share_of_mocks(own) * MOCK_SPREAD).powi(2) / many)
        });
        let states = self.states().values().filter(|state| state.reps > 0);
        let recalls = states.filter_map(|state| self.model().recall(state, now));
        let (count, sum) = recalls.fold((0.0, 0.0), |(count, sum), recall| {
            (count + 1.0, sum + recall * (1.0 - recall))
        });
        let by_recall = if count > 0.0 {
            2500.0 * sum / (count * count)
        } else {
            0.0
        };
        // Dimensions of one mock rise and fall together.
        let together: f64 = by_mocks.map(f64::sqrt).sum();
        (together * together + by_recall).sqrt()
    }

    /// Recall on the interview day for each of these minutes of drills a day.
    ///
    /// # Errors
    /// One line when there is no interview to come, or nothing to follow.
    pub fn outlook(
        &self,
        minutes: &[u32],
        seed: u64,
        now: DateTime<Utc>,
    ) -> Result<Outlook, String> {
        let plan = self.plan_or_start(now);
        let days = self.drill_days(&plan, now).ok_or(
            "there is no interview to come: `greenroom plan new --interview 14d` sets one",
        )?;
        let drills = self.followed(now);
        if drills.is_empty() {
            return Err("there are no drills to follow yet".to_owned());
        }
        // A day without drills in the plan stays one.
        let practised: Vec<bool> = days.minutes.iter().map(|own| *own > 0.0).collect();
        let any = practised.contains(&true);
        let budgets = minutes.iter().map(|minutes| {
            let daily: Vec<f64> = practised
                .iter()
                .map(|own| {
                    if *own || !any {
                        f64::from(*minutes)
                    } else {
                        0.0
                    }
                })
                .collect();
            let Forecast {
                middle,
                low,
                high,
                answers,
            } = forecast(self.model().law(), &self.habits, &drills, &daily, seed);
            Budget {
                minutes: *minutes,
                recall: 100.0 * middle,
                low: 100.0 * low,
                high: 100.0 * high,
                answers,
            }
        });
        Ok(Outlook {
            schema_version: 1,
            date: days.today,
            interview: days.interview,
            days: days.minutes.len(),
            seed,
            drills: drills.len(),
            budgets: budgets.collect(),
            readiness: self.readiness(now),
        })
    }

    /// Drills that were answered, and the new ones of the plan's cases.
    fn followed(&self, now: DateTime<Utc>) -> Vec<Start> {
        let settings = self.plan_settings();
        let plan = settings.map(|settings| self.plan_of(&settings, now, true));
        let cases: BTreeSet<String> = plan.map_or_else(BTreeSet::new, |plan| {
            let activities = plan.days.into_iter().flat_map(|day| day.activities);
            activities.filter_map(|own| own.case).collect()
        });
        let seconds = self.seconds_by_format();
        let states = self.states();
        let all: Vec<Start> = self
            .library
            .drills()
            .filter_map(|head| {
                let state = states.get(&head.id);
                if state.is_some_and(|state| state.suspended) {
                    return None;
                }
                let known = state.and_then(|state| self.model().trace(state, now));
                let wanted = known.is_some() || cases.contains(&head.topic);
                wanted.then(|| Start {
                    known,
                    seconds: f64::from(super::queue::seconds_of(&seconds, &head.format)),
                })
            })
            .collect();
        let every = all.len().div_ceil(MOST_FOLLOWED).max(1);
        all.into_iter().step_by(every).collect()
    }
}

fn stand(
    own: &Dimension,
    steps: &[StepStand],
    mocks: &BTreeMap<String, Vec<(f64, f64)>>,
) -> DimensionStand {
    let feeds = |step: &&StepStand| own.steps.contains(&step.step);
    let recalls: Vec<f64> = steps
        .iter()
        .filter(feeds)
        .filter_map(|own| own.recall)
        .collect();
    let scores = mocks
        .get(own.id.as_str())
        .map(Vec::as_slice)
        .unwrap_or_default();
    let weights: f64 = scores.iter().map(|(_, weight)| weight).sum();
    let sum: f64 = scores.iter().map(|(score, weight)| score * weight).sum();
    DimensionStand {
        id: own.id.to_string(),
        title: own.title.clone(),
        weight: f64::from(own.weight),
        steps: own.steps.clone(),
        mocks: (weights > 0.0).then(|| sum / weights),
        recall: (!recalls.is_empty()).then(|| recalls.iter().sum::<f64>() / recalls.len() as f64),
    }
}

/// Where both are known, mocks and recall count half each.
fn share_of_mocks(own: &DimensionStand) -> f64 {
    match (own.mocks, own.recall) {
        (Some(_), Some(_)) => 0.5,
        (Some(_), None) => 1.0,
        _ => 0.0,
    }
}

/// The mean over the dimensions of which something is known, by weight.
fn score(dimensions: &[DimensionStand]) -> Option<f64> {
    let known = dimensions.iter().filter_map(|own| {
        let mocks = share_of_mocks(own);
        let value = match (own.mocks, own.recall) {
            (None, None) => return None,
            (by_mocks, recall) => {
                mocks * by_mocks.unwrap_or(0.0) + (1.0 - mocks) * recall.unwrap_or(0.0)
            }
        };
        Some((own.weight, value))
    });
    let (weights, sum) = known.fold((0.0, 0.0), |(weights, sum), (weight, value)| {
        (weights + weight, sum + weight * value)
    });
    (weights > 0.0).then(|| sum / weights)
}

/// What two more mocks on a dimension, or drills of a step, are taken to bring.
fn moves(dimensions: &[DimensionStand], steps: &[StepStand]) -> Vec<Move> {
    let before = score(dimensions).unwrap_or(0.0);
    let with = |change: &dyn Fn(&mut DimensionStand)| {
        let mut changed = dimensions.to_vec();
        changed.iter_mut().for_each(change);
        score(&changed).unwrap_or(0.0) - before
    };
    let mut moves = Vec::new();
    for own in dimensions.iter().filter(|own| own.mocks.is_some()) {
        let points = with(&|other| {
            if other.id == own.id {
                let left = (1.0 - MOCK_WINS).powi(2);
                other.mocks = other.mocks.map(|score| 100.0 - (100.0 - score) * left);
            }
        });
        moves.push(Move {
            what: format!("two mocks on {}", own.title.to_lowercase()),
            points,
        });
    }
    for step in steps {
        let lift = step
            .recall
            .map_or(0.0, |recall| (DRILLED - recall).max(0.0));
        let points = with(&|other| {
            if other.steps.contains(&step.step) {
                let share = 1.0 / other.steps.len() as f64;
                other.recall = other.recall.map(|recall| recall + lift * share);
            }
        });
        moves.push(Move {
            what: format!("drills of {} until they stick", step.step),
            points,
        });
    }
    moves.retain(|own| own.points >= 0.5);
    moves.sort_by(|a, b| b.points.total_cmp(&a.points).then(a.what.cmp(&b.what)));
    moves.truncate(3);
    moves
}
