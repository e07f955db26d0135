//! Recall on the interview day, by simulation of the learner's own state.

use super::{Habits, Known, Law, Rating, Stand, Trace, Worth};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Courses that are simulated for one budget.
const COURSES: usize = 100;
/// What a review must gain in recall on the interview day to be asked for.
const LEAST: f64 = 0.002;

/// A drill at the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Start {
    /// Trace and days since the last answer; none when it was never answered.
    pub known: Option<(Trace, u32)>,
    /// What an answer takes.
    pub seconds: f64,
}

/// Recall on the day over all drills, those never asked included: 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Forecast {
    pub middle: f64,
    /// Eight of ten courses end between these.
    pub low: f64,
    pub high: f64,
    /// Mean answers over all days.
    pub answers: f64,
}

/// Simulates the days up to the interview, with the schedule that the queue follows; `minutes` for
/// drills on each day, today first.
pub fn forecast(
    law: &Law,
    habits: &Habits,
    drills: &[Start],
    minutes: &[f64],
    seed: u64,
) -> Forecast {
    if drills.is_empty() {
        return Forecast::default();
    }
    let mean = drills.iter().map(|drill| drill.seconds).sum::<f64>() / drills.len() as f64;
    let course = Course {
        law,
        habits,
        drills,
        minutes,
        mean: mean.max(1.0),
    };
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    // The first course finds what answers are worth on each day; the others follow it, because
    // prices hardly depend on how single answers fall.
    let mut worths = Vec::new();
    course.run(&mut worths, &mut chance);
    let mut ends: Vec<f64> = Vec::with_capacity(COURSES);
    let mut answers = 0;
    for _ in 0..COURSES {
        let (end, count) = course.run(&mut worths, &mut chance);
        ends.push(end);
        answers += count;
    }
    ends.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = share * (COURSES - 1) as f64;
        ends.get(place.round() as usize).copied().unwrap_or(0.0)
    };
    Forecast {
        middle: at(0.5),
        low: at(0.1),
        high: at(0.9),
        answers: f64::from(answers) / COURSES as f64,
    }
}

struct Course<'a> {
    law: &'a Law,
    habits: &'a Habits,
    drills: &'a [Start],
    minutes: &'a [f64],
    /// Mean seconds of an answer.
    mean: f64,
}

impl Course<'_> {
    /// One course: the share of drills that is recalled on the day, and the answers given.
    fn run(&self, worths: &mut Vec<Worth>, chance: &mut ChaCha8Rng) -> (f64, u32) {
        // The last answer as a day, counted from today.
        let mut minds: Vec<Option<(Trace, i64)>> = self
            .drills
            .iter()
            .map(|drill| drill.known.map(|(trace, wait)| (trace, -i64::from(wait))))
            .collect();
        let mut answers = 0;
        for (day, minutes) in (0i64..).zip(self.minutes) {
            if worths.len() as i64 == day {
                let worth = self.worth(&minds, day, worths.last());
                worths.push(worth);
            }
            let Some(worth) = usize::try_from(day).ok().and_then(|day| worths.get(day)) else {
                break;
            };
            let mut left = minutes * 60.0;
            for at in self.order(worth, &minds, day) {
                let (Some(mind), Some(drill)) = (minds.get_mut(at), self.drills.get(at)) else {
                    continue;
                };
                let first = if mind.is_none() {
                    self.habits.first_cost
                } else {
                    1.0
                };
                if left < drill.seconds * first {
                    continue;
                }
                left -= drill.seconds * first;
                answers += 1;
                let wait = mind.map_or(0, |(_, last)| wait(day, last));
                let trace = mind.map(|(trace, _)| trace);
                let rating = self.answer(trace, wait, chance);
                *mind = self.law.step(trace, wait, rating).map(|trace| (trace, day));
            }
        }
        let end = self.minutes.len() as i64;
        let recalled = minds.iter().flatten().filter(|(trace, last)| {
            chance.random_bool(
                self.law
                    .recall(trace.stability, wait(end, *last))
                    .clamp(0.0, 1.0),
            )
        });
        let share = recalled.count() as f64 / self.drills.len() as f64;
        (share, answers)
    }

    fn worth(&self, minds: &[Option<(Trace, i64)>], day: i64, before: Option<&Worth>) -> Worth {
        let (mut known, mut new) = (Vec::new(), Vec::new());
        for (mind, drill) in minds.iter().zip(self.drills) {
            match mind {
                Some(mind) => known.push(self.known(*mind, drill, day)),
                None => new.push(drill.seconds / self.mean),
            }
        }
        let ahead = self.minutes.iter().skip(usize::try_from(day).unwrap_or(0));
        let reviews: Vec<f64> = ahead.map(|minutes| minutes * 60.0 / self.mean).collect();
        let stand = Stand {
            days: u32::try_from(reviews.len()).unwrap_or(1),
            known: &known,
            new: &new,
            reviews: &reviews,
            least: LEAST,
        };
        Worth::new(self.law, self.habits, &stand, before).for_all_waits()
    }

    fn known(&self, (trace, last): (Trace, i64), drill: &Start, day: i64) -> Known {
        Known {
            trace,
            wait: wait(day, last),
            cost: drill.seconds / self.mean,
        }
    }

    /// What gains anything on a day, the most first.
    fn order(&self, worth: &Worth, minds: &[Option<(Trace, i64)>], day: i64) -> Vec<usize> {
        let gain = |mind: &Option<(Trace, i64)>, drill: &Start| match mind {
            Some((_, last)) if *last == day => None,
            Some(mind) => Some(worth.review(&self.known(*mind, drill, day))),
            None => Some(worth.first(drill.seconds / self.mean)),
        };
        let all = minds.iter().zip(self.drills).enumerate();
        let mut order: Vec<(f64, usize)> = all
            .filter_map(|(at, (mind, drill))| Some((gain(mind, drill)?, at)))
            .filter(|(gain, _)| *gain > LEAST)
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        order.into_iter().map(|(_, at)| at).collect()
    }

    fn answer(&self, trace: Option<Trace>, wait: u32, chance: &mut ChaCha8Rng) -> Rating {
        let shares = trace.map_or(self.habits.first, |trace| {
            let recall = self.law.recall(trace.stability, wait);
            let [hard, good, easy] = self.habits.known.map(|share| share * recall);
            [1.0 - recall, hard, good, easy]
        });
        let mut point = chance.random_range(0.0..shares.iter().sum::<f64>().max(1e-9));
        for (rating, share) in Rating::ALL.into_iter().zip(shares) {
            point -= share;
            if point < 0.0 {
                return rating;
            }
        }
        Rating::Good
    }
}

/// Days from an answer to a later day.
fn wait(day: i64, last: i64) -> u32 {
    u32::try_from(day - last).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drills(count: usize) -> Vec<Start> {
        let drill = |at: usize| Start {
            known: (!at.is_multiple_of(3)).then_some((
                Trace {
                    stability: 1.0 + at as f64 / 4.0,
                    difficulty: 5.0,
                },
                1 + at as u32 % 9,
            )),
            seconds: 60.0,
        };
        (0..count).map(drill).collect()
    }

    fn after(minutes: f64) -> Forecast {
        let days = vec![minutes; 10];
        forecast(&Law::default(), &Habits::default(), &drills(90), &days, 7)
    }

    #[test]
    fn more_minutes_a_day_end_higher_and_the_range_holds_the_middle() {
        let (none, some, more) = (after(0.0), after(10.0), after(30.0));
        assert!(none.middle < some.middle && some.middle < more.middle);
        assert_eq!(none.answers, 0.0);
        for own in [none, some, more] {
            assert!(own.low <= own.middle && own.middle <= own.high && own.high <= 1.0);
            assert!(own.low < own.high);
        }
        assert!(some.answers <= 100.0, "ten minutes a day are ten answers");
    }

    #[test]
    fn the_same_seed_gives_the_same_forecast() {
        assert_eq!(after(12.0), after(12.0));
        assert_eq!(
            forecast(&Law::default(), &Habits::default(), &[], &[10.0], 1),
            Forecast::default()
        );
    }
}
