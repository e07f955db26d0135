//! Ways to choose what to review today. All of them believe FSRS-6 with its default parameters, where a
//! setting says so only until there is enough to fit.

use crate::run::SECONDS;
use greenroom::memory::{Habits, Known, Law, Stand, Trace, Worth, PARAMETERS};
use std::sync::LazyLock;

pub(crate) static LAW: LazyLock<Law> = LazyLock::new(Law::default);

/// A drill as a policy sees it.
#[derive(Clone, Copy)]
pub(crate) struct Card {
    /// What is believed of it, and the day of its last answer.
    pub(crate) known: Option<(Trace, u32)>,
    /// What a review of it takes.
    pub(crate) seconds: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Policy {
    /// Comes back when recall falls to this.
    Constant(f64),
    /// The same at 0.80, rising to 0.95 over the last 14 days.
    Ramp,
    /// The largest gain in recall at the date per second, as if nothing came after.
    Greedy,
    /// Ours.
    Worth,
}

/// One day of one learner.
pub(crate) struct Day<'a> {
    pub(crate) cards: &'a [Card],
    pub(crate) day: u32,
    /// Days until the interview.
    pub(crate) left: u32,
    pub(crate) seconds: f64,
    /// New drills a day at most, for those who ask for what is due first.
    pub(crate) most_new: usize,
    /// What a review must gain, for ours.
    pub(crate) least: f64,
    /// What is believed of the learner.
    pub(crate) law: &'a Law,
    pub(crate) habits: Habits,
}

impl Policy {
    pub(crate) const OTHERS: [Self; 5] = [
        Self::Constant(0.80),
        Self::Constant(0.90),
        Self::Constant(0.95),
        Self::Ramp,
        Self::Greedy,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Constant(0.80) => "constant 0.80",
            Self::Constant(0.90) => "constant 0.90",
            Self::Constant(_) => "constant 0.95",
            Self::Ramp => "ramp",
            Self::Greedy => "greedy",
            Self::Worth => "ours",
        }
    }

    /// Drills in the order in which they are to be asked. `before` is kept for this policy from
    /// day to day.
    pub(crate) fn choose(self, day: &Day<'_>, before: &mut Option<Worth>) -> Vec<usize> {
        match self {
            Self::Constant(retention) => due(day, retention),
            Self::Ramp => {
                let near = f64::from(14u32.saturating_sub(day.left)) / 14.0;
                due(day, 0.80 + 0.15 * near)
            }
            Self::Greedy => ranked(day, 0.0, |card| greedy(card, day)),
            Self::Worth => worth(day, before),
        }
    }
}

fn worth(day: &Day<'_>, before: &mut Option<Worth>) -> Vec<usize> {
    let cost = |card: &Card| card.seconds / SECONDS;
    let known = |card: &Card| {
        let (trace, last) = card.known?;
        Some(Known {
            trace,
            wait: day.day - last,
            cost: cost(card),
        })
    };
    let new = day.cards.iter().filter(|card| card.known.is_none());
    let stand = Stand {
        days: day.left,
        known: &day.cards.iter().filter_map(known).collect::<Vec<_>>(),
        new: &new.map(cost).collect::<Vec<_>>(),
        reviews: &vec![day.seconds / SECONDS; day.left as usize],
        least: day.least,
    };
    let now = Worth::new(day.law, &day.habits, &stand, before.as_ref());
    let order = ranked(day, day.least, |card| match known(card) {
        Some(known) => now.review(&known),
        None => now.first(cost(card)),
    });
    *before = Some(now);
    order
}

/// What is due, the longest overdue first, then new drills.
fn due(day: &Day<'_>, retention: f64) -> Vec<usize> {
    // The curve of FSRS-6, turned round.
    let decay = -f64::from(day.law.parameters()[PARAMETERS - 1]);
    let days = (retention.powf(1.0 / decay) - 1.0) / (0.9f64.powf(1.0 / decay) - 1.0);
    let mut due: Vec<(f64, usize)> = Vec::new();
    for (at, card) in day.cards.iter().enumerate() {
        if let Some((trace, last)) = card.known {
            let date = f64::from(last) + (trace.stability * days).round().max(1.0);
            if date <= f64::from(day.day) {
                due.push((date, at));
            }
        }
    }
    due.sort_by(|a, b| a.0.total_cmp(&b.0));
    let new = day.cards.iter().enumerate();
    let new = new
        .filter(|(_, card)| card.known.is_none())
        .map(|(at, _)| at);
    let due = due.into_iter().map(|(_, at)| at);
    due.chain(new.take(day.most_new)).collect()
}

/// What gains more than this, the most first.
fn ranked(day: &Day<'_>, least: f64, gain: impl Fn(&Card) -> f64) -> Vec<usize> {
    let all = day.cards.iter().enumerate();
    let mut ranked: Vec<(f64, usize)> = all
        .map(|(at, card)| (gain(card), at))
        .filter(|(gain, _)| *gain > least)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.into_iter().map(|(_, at)| at).collect()
}

fn greedy(card: &Card, day: &Day<'_>) -> f64 {
    let habits = Habits::default();
    let (before, wait, cost) = match card.known {
        Some((trace, last)) => (Some(trace), day.day - last, card.seconds),
        None => (None, 0, card.seconds * habits.first_cost),
    };
    let (shares, stay) = before.map_or((habits.first, 0.0), |trace| {
        let recall = LAW.recall(trace.stability, wait);
        let [hard, good, easy] = habits.known.map(|share| share * recall);
        let stay = LAW.recall(trace.stability, wait + day.left);
        ([1.0 - recall, hard, good, easy], stay)
    });
    let after = LAW.after(before, wait, 0.9).unwrap();
    let recalls = after
        .iter()
        .map(|(trace, _)| LAW.recall(trace.stability, day.left));
    let then: f64 = recalls
        .zip(shares)
        .map(|(recall, share)| share * recall)
        .sum();
    (then - stay) / cost
}
