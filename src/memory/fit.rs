//! The parameters of the law that fit one learner's answers best.

use super::{Habits, Law, Rating, Trace, PARAMETERS};
use fsrs::{
    compute_parameters, CombinedProgressState, ComputeParametersInput, FSRSItem, FSRSReview,
};
use std::sync::{Arc, Mutex, PoisonError};

/// Answers below which nothing is fitted.
pub const ENOUGH_TO_FIT: usize = 400;
/// Share of the answers, the newest ones, that judge the fit and do not take part in it.
const HELD_OUT: f64 = 0.2;

/// One answer to a drill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// The learner's day, counted from any day.
    pub day: i64,
    pub rating: Rating,
}

/// What came of a fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    pub parameters: [f32; PARAMETERS],
    pub habits: Habits,
    /// Answers that judged it, and how badly the law before and the fitted one foretold them: mean
    /// log loss in nats, less is better.
    pub judged: usize,
    pub before: f64,
    pub after: f64,
}

/// How far a fit is.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Mutex<CombinedProgressState>>);

impl Fit {
    /// Whether it foretells the learner's own answers better than the law before.
    pub fn is_better(&self) -> bool {
        self.after < self.before
    }
}

impl Progress {
    /// From 0 to 1.
    pub fn share(&self) -> f64 {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match state.total() {
            _ if state.finished() => 1.0,
            0 => 0.0,
            total => state.current() as f64 / total as f64,
        }
    }
}

/// Fits a law to the answers of each drill, oldest first, and judges it on the newest fifth.
///
/// # Errors
/// One line when there are too few answers.
pub fn fit(law: &Law, drills: &[Vec<Answer>], progress: &Progress) -> Result<Fit, String> {
    let count: usize = drills.iter().map(Vec::len).sum();
    if count < ENOUGH_TO_FIT {
        return Err(format!(
            "there are {count} answers; a fit takes {ENOUGH_TO_FIT}"
        ));
    }
    let mut days: Vec<i64> = drills.iter().flatten().map(|answer| answer.day).collect();
    days.sort_unstable();
    let at = (count as f64 * (1.0 - HELD_OUT)) as usize;
    let until = days.get(at).copied().unwrap_or(i64::MAX);
    let (train_set, card_ids) = items(drills, until);
    let input = ComputeParametersInput {
        train_set,
        card_ids: Some(card_ids),
        progress: Some(progress.0.clone()),
        ..ComputeParametersInput::default()
    };
    let fitted = compute_parameters(input).map_err(|error| format!("no fit: {error}"))?;
    let parameters = <[f32; PARAMETERS]>::try_from(fitted)
        .map_err(|other| format!("no fit: {} parameters came back", other.len()))?;
    let own = Law::new(parameters).ok_or("no fit: a parameter is no number")?;
    let (judged, before) = loss(law, drills, until);
    let (_, after) = loss(&own, drills, until);
    Ok(Fit {
        parameters,
        habits: habits(drills),
        judged,
        before,
        after,
    })
}

/// The history up to each answer before a day, as the crate wants it: in the order of time.
fn items(drills: &[Vec<Answer>], until: i64) -> (Vec<FSRSItem>, Vec<i64>) {
    let mut all: Vec<(i64, i64, FSRSItem)> = Vec::new();
    for (card, answers) in (0i64..).zip(drills) {
        let mut reviews = Vec::new();
        let mut before: Option<i64> = None;
        for answer in answers.iter().take_while(|answer| answer.day < until) {
            let days = before.map_or(0, |before| answer.day - before);
            let days = u32::try_from(days).unwrap_or(0);
            reviews.push(FSRSReview {
                rating: u32::from(answer.rating.number()),
                delta_t: days,
            });
            // An answer on the same day says nothing of forgetting, and the crate takes no history
            // in which all are.
            if days > 0 {
                let reviews = reviews.clone();
                all.push((answer.day, card, FSRSItem { reviews }));
            }
            before = Some(answer.day);
        }
    }
    all.sort_by_key(|(day, card, _)| (*day, *card));
    all.into_iter().map(|(_, card, item)| (item, card)).unzip()
}

/// How many answers from a day on were foretold, and the mean log loss.
fn loss(law: &Law, drills: &[Vec<Answer>], from: i64) -> (usize, f64) {
    let (mut count, mut sum) = (0, 0.0);
    for answers in drills {
        let mut before: Option<(Trace, i64)> = None;
        for answer in answers {
            let days = before.map_or(0, |(_, day)| answer.day - day);
            let days = u32::try_from(days).unwrap_or(0);
            let trace = before.map(|(trace, _)| trace);
            if let Some(trace) = trace.filter(|_| answer.day >= from && days > 0) {
                let recall = law.recall(trace.stability, days).clamp(1e-6, 1.0 - 1e-6);
                let known = answer.rating != Rating::Again;
                sum -= if known { recall } else { 1.0 - recall }.ln();
                count += 1;
            }
            before = law
                .step(trace, days, answer.rating)
                .map(|trace| (trace, answer.day));
        }
    }
    (
        count,
        sum / f64::from(u32::try_from(count.max(1)).unwrap_or(1)),
    )
}

/// How the answers fell, with the usual shares weighing as much as a hundred answers.
fn habits(drills: &[Vec<Answer>]) -> Habits {
    const USUAL: f64 = 100.0;
    let usual = Habits::default();
    let mut first = usual.first.map(|share| share * USUAL);
    let mut known = usual.known.map(|share| share * USUAL);
    for answers in drills {
        for (at, answer) in answers.iter().enumerate() {
            let rating = usize::from(answer.rating.number()) - 1;
            let slot = match rating.checked_sub(1) {
                _ if at == 0 => first.get_mut(rating),
                Some(rating) => known.get_mut(rating),
                None => None,
            };
            if let Some(slot) = slot {
                *slot += 1.0;
            }
        }
    }
    let (firsts, knowns): (f64, f64) = (first.iter().sum(), known.iter().sum());
    Habits {
        first: first.map(|count| count / firsts),
        known: known.map(|count| count / knowns),
        ..usual
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    /// Answers of a learner who forgets by another law.
    fn learner(law: &Law, drills: usize, chance: &mut ChaCha8Rng) -> Vec<Vec<Answer>> {
        (0..drills)
            .map(|number| {
                let mut day = number as i64 / 5;
                let mut trace = law.step(None, 0, Rating::Good).unwrap();
                let mut answers = vec![Answer {
                    day,
                    rating: Rating::Good,
                }];
                for _ in 0..6 {
                    let wait = chance.random_range(3..40);
                    let known = chance.random_bool(law.recall(trace.stability, wait));
                    let rating = if known { Rating::Good } else { Rating::Again };
                    trace = law.step(Some(trace), wait, rating).unwrap();
                    day += i64::from(wait);
                    answers.push(Answer { day, rating });
                }
                answers
            })
            .collect()
    }

    #[test]
    fn a_learner_who_forgets_faster_is_foretold_better_after_a_fit() {
        let mut parameters = *Law::default().parameters();
        for (at, value) in parameters.iter_mut().enumerate() {
            *value *= if at < 4 { 0.3 } else { 1.0 };
        }
        parameters[20] = 0.5;
        let truth = Law::new(parameters).unwrap();
        let mut chance = ChaCha8Rng::seed_from_u64(1);
        let drills = learner(&truth, 400, &mut chance);
        let progress = Progress::default();
        let fit = fit(&Law::default(), &drills, &progress).unwrap();
        assert!(fit.is_better() && fit.judged > 300, "{fit:?}");
        assert!((progress.share() - 1.0).abs() < 1e-9);
        assert!((fit.habits.first.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn no_answers_break_a_fit_off(
            logs in proptest::collection::vec(
                proptest::collection::vec((0i64..4, 1u8..5), 8..14), 50..60,
            ),
            back in 0i64..3,
        ) {
            let drills: Vec<Vec<Answer>> = logs
                .into_iter()
                .map(|log| {
                    let mut day = 0;
                    let answers = log.into_iter().map(|(days, rating)| {
                        // Often on the same day, and now and then the clock was set back.
                        day += days - i64::from(days == back);
                        let rating = Rating::from_number(rating).unwrap();
                        Answer { day, rating }
                    });
                    answers.collect()
                })
                .collect();
            if let Ok(fit) = fit(&Law::default(), &drills, &Progress::default()) {
                prop_assert!(Law::new(fit.parameters).is_some());
                prop_assert!(fit.before.is_finite() && fit.after.is_finite());
            }
        }
    }

    #[test]
    fn answers_of_a_single_day_teach_nothing_and_break_nothing() {
        let day = 3;
        let answer = |rating| Answer { day, rating };
        let drill = vec![
            answer(Rating::Good),
            answer(Rating::Again),
            answer(Rating::Hard),
        ];
        let fit = fit(&Law::default(), &vec![drill; 200], &Progress::default());
        assert!(fit.is_err() || !fit.unwrap().is_better());
    }

    #[test]
    fn few_answers_are_not_fitted() {
        let mut chance = ChaCha8Rng::seed_from_u64(1);
        let drills = learner(&Law::default(), 57, &mut chance);
        let error = fit(&Law::default(), &drills, &Progress::default()).unwrap_err();
        assert_eq!(error, "there are 399 answers; a fit takes 400");
    }
}
