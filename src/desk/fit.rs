//! The law of forgetting fitted to this learner.

use super::Desk;
use crate::memory::{fit, Answer, Fit, Habits, Law, Progress, Rating, PARAMETERS};
use crate::progress::{DrillState, Setting};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The setting under which a fit is kept.
const KEY: &str = "memory";

/// A fit as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fitted {
    pub date: NaiveDate,
    /// Answers there were.
    pub answers: usize,
    /// Answers that judged it, and the mean log loss with the usual law and with this one.
    pub judged: usize,
    pub before: f64,
    pub after: f64,
    pub parameters: Vec<f32>,
    first: [f64; 4],
    known: [f64; 3],
}

impl Desk {
    /// The fit that is in use; none while the usual law is.
    pub fn fitted(&self) -> Option<Fitted> {
        let value = self.journal.setting(KEY).ok()??;
        serde_json::from_value(value).ok()
    }

    /// Takes up the fit that was kept.
    pub(super) fn take_up_fit(&mut self) {
        let Some(fitted) = self.fitted() else { return };
        let parameters = <[f32; PARAMETERS]>::try_from(fitted.parameters);
        if let Some(law) = parameters.ok().and_then(Law::new) {
            self.model = self.model.clone().with_law(law);
            self.habits = Habits {
                first: fitted.first,
                known: fitted.known,
                ..Habits::default()
            };
        }
    }

    /// Answers to each drill that moved its schedule, oldest first.
    pub fn answers(&self) -> Vec<Vec<Answer>> {
        let mut drills: BTreeMap<String, Vec<Answer>> = BTreeMap::new();
        for answered in self.reviews() {
            let Some(rating) = Rating::from_number(answered.rating()) else {
                continue;
            };
            if !answered.review.cram {
                let day = i64::from(chrono::Datelike::num_days_from_ce(&self.date(answered.at)));
                let own = drills.entry(answered.review.drill).or_default();
                own.push(Answer { day, rating });
            }
        }
        drills.into_values().collect()
    }

    /// Fits the usual law to the answers; nothing is kept yet.
    ///
    /// # Errors
    /// One line when there are too few answers.
    pub fn fit(answers: &[Vec<Answer>], progress: &Progress) -> Result<Fit, String> {
        fit(&Law::default(), answers, progress)
    }

    /// Keeps a fit, and works out anew where each drill stands.
    pub fn keep_fit(&mut self, fit: &Fit, answers: usize, now: DateTime<Utc>) {
        let fitted = Fitted {
            date: self.date(now),
            answers,
            judged: fit.judged,
            before: fit.before,
            after: fit.after,
            parameters: fit.parameters.to_vec(),
            first: fit.habits.first,
            known: fit.habits.known,
        };
        let value = serde_json::to_value(fitted).unwrap_or_default();
        let key = KEY.to_owned();
        self.write(Setting { key, value }, now);
        self.take_up_fit();
        self.towards = std::sync::Mutex::new(None);
        self.replay_all();
    }

    /// Works out the state of every drill from its answers.
    fn replay_all(&mut self) {
        let mut states: BTreeMap<String, DrillState> = BTreeMap::new();
        for answered in self.reviews() {
            let review = &answered.review;
            let Some(known) = self.states().get(&review.drill) else {
                continue;
            };
            if review.cram {
                continue;
            }
            let before = states.remove(&review.drill).unwrap_or_else(|| DrillState {
                stability: 0.0,
                difficulty: 0.0,
                last: None,
                due: None,
                reps: 0,
                lapses: 0,
                seconds_mean: 0.0,
                last_rating: None,
                last_score: None,
                ..known.clone()
            });
            let rating = Rating::from_number(answered.rating()).unwrap_or(Rating::Again);
            let after =
                self.model
                    .after(&before, rating, review.score, review.seconds, answered.at);
            states.insert(
                review.drill.clone(),
                DrillState {
                    suspended: before.suspended,
                    buried_until: before.buried_until,
                    ..after
                },
            );
        }
        let states: Vec<DrillState> = states.into_values().collect();
        self.journal.put_states(&states);
        for state in states {
            self.set_state(state);
        }
    }
}
