//! The law of forgetting fitted to this learner.

use super::Desk;
use crate::memory::{fit, Answer, Fit, Habits, Law, Progress, Rating, ENOUGH_TO_FIT, PARAMETERS};
use crate::progress::{DrillState, Rated, Setting};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// The setting under which a fit is kept.
const KEY: &str = "memory";
/// The setting that holds how many answers there were when a fit was last tried unasked.
const TRIED: &str = "memory-tried";
/// It is tried again when there are so many times as many.
const MORE: f64 = 1.25;

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
        let mut drills: Vec<(String, Vec<Answer>)> = self
            .ratings()
            .map(|(drill, ratings)| {
                let answers = ratings.into_iter().map(|(rated, rating)| {
                    let day = i64::from(self.date(rated.at).num_days_from_ce());
                    Answer { day, rating }
                });
                (drill, answers.collect())
            })
            .collect();
        // Sums of floating point depend on the order, and the same answers give the same fit.
        drills.sort_by(|a, b| a.0.cmp(&b.0));
        drills.into_iter().map(|(_, answers)| answers).collect()
    }

    /// The ratings of each drill that moved its schedule; what cannot be read is passed over, as
    /// elsewhere: the journal says so in its own line.
    fn ratings(&self) -> impl Iterator<Item = (String, Vec<(Rated, Rating)>)> {
        let all = self.journal.ratings().unwrap_or_default();
        let moved = |rated: Rated| {
            let rating = Rating::from_number(rated.rating).filter(|_| !rated.cram);
            Some((rated, rating?))
        };
        all.into_iter().filter_map(move |(drill, ratings)| {
            let ratings: Vec<_> = ratings.into_iter().filter_map(moved).collect();
            (!ratings.is_empty()).then_some((drill, ratings))
        })
    }

    /// Fits the usual law to the answers; nothing is kept yet.
    ///
    /// # Errors
    /// One line when there are too few answers.
    pub fn fit(answers: &[Vec<Answer>], progress: &Progress) -> Result<Fit, String> {
        fit(&Law::default(), answers, progress)
    }

    /// Fits the law unasked once there are enough answers, and again whenever there are a quarter
    /// more; it is kept only when it foretells the learner's newest answers better.
    pub(super) fn fit_when_due(&mut self, now: DateTime<Utc>) {
        let states = self.states().values();
        let answers: usize = states.map(|state| state.reps as usize).sum();
        let tried = self.journal.setting(TRIED).ok().flatten();
        let tried = tried.and_then(|own| own.as_u64()).unwrap_or(0) as usize;
        let tried = tried.max(self.fitted().map_or(0, |own| own.answers));
        if answers < ENOUGH_TO_FIT || (answers as f64) < MORE * tried as f64 {
            return;
        }
        let drills = self.answers();
        let Ok(fit) = Self::fit(&drills, &Progress::default()) else {
            return;
        };
        let answers: usize = drills.iter().map(Vec::len).sum();
        let tried = Setting {
            key: TRIED.to_owned(),
            value: answers.into(),
        };
        self.write(tried, now);
        if fit.is_better() {
            self.keep_fit(&fit, answers, now);
        }
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
        let replayed = |(drill, ratings): (String, Vec<(Rated, Rating)>)| {
            let known = self.states().get(&drill)?;
            let after = ratings
                .into_iter()
                .fold(unanswered(known), |before, (rated, rating)| {
                    self.model
                        .after(&before, rating, rated.score, rated.seconds, rated.at)
                });
            Some(DrillState {
                suspended: known.suspended,
                buried_until: known.buried_until,
                ..after
            })
        };
        let states: Vec<DrillState> = self.ratings().filter_map(replayed).collect();
        self.journal.put_states(&states);
        for state in states {
            self.set_state(state);
        }
    }
}

/// What stays of a drill when all its answers are forgotten.
fn unanswered(known: &DrillState) -> DrillState {
    DrillState {
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
    }
}
