//! One learner, one policy, from the first day to the interview.

use crate::learner::{Kind, Learner, Mind};
use crate::policy::{Card, Day, Policy, LAW};
use greenroom::memory::Habits;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What is asked of everybody alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Setting {
    pub(crate) kind: Kind,
    pub(crate) drills: usize,
    pub(crate) days: u32,
    /// A day.
    pub(crate) minutes: f64,
    /// New drills a day at most, for those who ask for what is due first.
    pub(crate) most_new: usize,
    /// What a review must gain, for ours.
    pub(crate) least: f64,
}

/// How it ended.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct End {
    /// Mean probability of recall on the day over all drills, 0 to 1; nought for those never seen.
    pub(crate) recall: f64,
    pub(crate) answers: f64,
    pub(crate) minutes: f64,
    /// Largest share of a day's minutes that was used.
    pub(crate) fullest: f64,
    /// The same on the last seven days, as a share of all minutes used.
    pub(crate) last_week: f64,
}

/// What a review must gain in recall on the day.
const LEAST: f64 = 0.001;
/// Mean seconds of a review; a single drill takes from a half to one and a half of them.
pub(crate) const SECONDS: f64 = 45.0;

impl Setting {
    /// New drills are spread over the first six tenths of the days, at least ten a day.
    pub(crate) fn new(kind: Kind, drills: usize, days: u32, minutes: f64) -> Self {
        let spread = drills as f64 / (0.6 * f64::from(days));
        Self {
            kind,
            drills,
            days,
            minutes,
            most_new: (spread.ceil() as usize).max(10),
            least: LEAST,
        }
    }
}

pub(crate) fn run(setting: &Setting, policy: Policy, seed: u64) -> End {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let learner = Learner::new(setting.kind, &mut chance);
    let mut cards: Vec<Card> = (0..setting.drills)
        .map(|_| Card {
            known: None,
            seconds: SECONDS * chance.random_range(0.5..1.5),
        })
        .collect();
    let mut minds: Vec<Option<Mind>> = vec![None; cards.len()];
    let mut before = None;
    let mut end = End::default();
    let seconds = setting.minutes * 60.0;
    for day in 0..setting.days {
        let today = Day {
            cards: &cards,
            day,
            left: setting.days - day,
            seconds,
            most_new: setting.most_new,
            least: setting.least,
        };
        let left = today.left;
        let mut used = 0.0;
        for at in policy.choose(&today, &mut before) {
            let card = &mut cards[at];
            let first = Habits::default().first_cost;
            let cost = card.seconds * if card.known.is_some() { 1.0 } else { first };
            if used + cost > seconds {
                continue;
            }
            used += cost;
            let rating = learner.answer(&mut minds[at], day, &mut chance);
            let wait = card.known.map_or(0, |(_, last)| day - last);
            let trace = LAW.step(card.known.map(|(trace, _)| trace), wait, rating);
            card.known = trace.map(|trace| (trace, day));
            end.answers += 1.0;
        }
        end.minutes += used / 60.0;
        end.fullest = end.fullest.max(used / seconds);
        if left <= 7 {
            end.last_week += used / 60.0;
        }
    }
    end.last_week /= end.minutes.max(1.0);
    let known = minds.iter().flatten();
    let sum: f64 = known.map(|mind| learner.recall(mind, setting.days)).sum();
    end.recall = sum / setting.drills as f64;
    end
}
