//! One learner, one policy, from the first day to the interview.

use crate::belief::Belief;
use crate::learner::{Kind, Learner, Mind};
use crate::policy::{Card, Day, Policy};
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
    /// Whether the law is fitted to the answers, as the program does.
    pub(crate) fits: bool,
}

/// How it ended.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct End {
    /// Mean probability of recall on the day over all drills, 0 to 1; nought for those never seen.
    pub(crate) recall: f64,
    /// Share of the drills that was recalled on the day, each by a draw.
    pub(crate) recalled: f64,
    pub(crate) answers: f64,
    pub(crate) minutes: f64,
    /// Largest share of a day's minutes that was used.
    pub(crate) fullest: f64,
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
            fits: false,
        }
    }
}

/// What a review of each drill takes.
pub(crate) fn seconds(drills: usize, seed: u64) -> impl Iterator<Item = f64> {
    let mut chance = ChaCha8Rng::seed_from_u64(!seed);
    (0..drills).map(move |_| SECONDS * chance.random_range(0.5..1.5))
}

pub(crate) fn run(setting: &Setting, policy: Policy, seed: u64) -> End {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let learner = Learner::new(setting.kind, &mut chance);
    let mut cards: Vec<Card> = seconds(setting.drills, seed)
        .map(|seconds| Card {
            known: None,
            seconds,
        })
        .collect();
    let mut minds: Vec<Option<Mind>> = vec![None; cards.len()];
    let mut before = None;
    let mut belief = Belief::new(cards.len(), setting.fits);
    let mut end = End::default();
    let seconds = setting.minutes * 60.0;
    for day in 0..setting.days {
        if belief.fit(&mut cards) {
            before = None;
        }
        let today = Day {
            cards: &cards,
            day,
            left: setting.days - day,
            seconds,
            most_new: setting.most_new,
            least: setting.least,
            law: &belief.law,
            habits: belief.habits,
        };
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
            card.known = belief.answered(at, card, day, rating);
            end.answers += 1.0;
        }
        end.minutes += used / 60.0;
        end.fullest = end.fullest.max(used / seconds);
    }
    for mind in minds.iter().flatten() {
        let recall = learner.recall(mind, setting.days);
        end.recall += recall / setting.drills as f64;
        if chance.random_bool(recall.clamp(0.0, 1.0)) {
            end.recalled += 1.0 / setting.drills as f64;
        }
    }
    end
}
