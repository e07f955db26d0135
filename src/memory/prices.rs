//! What a review costs on each day up to the interview, when all drills ask for the same minutes.
//!
//! Seen from one drill, the days are a small decision problem: on each day review it, at that day's
//! price, or leave it; in the end recall on the day is the reward. It is solved backwards from the
//! interview, and all drills are then sent forwards through it. Where they ask for more than a day
//! has, that day becomes dearer (Lagrangian relaxation of a restless bandit, after Whittle 1988).

use super::grid::{days_to, nearest, trace_at, Grid, Leads, Place, CELLS};
use super::law::{Law, Trace};
use super::worth::{Habits, Stand};
use std::sync::Arc;

/// A new drill comes so many days before the interview at the latest, so that it comes back once
/// after a night.
const LAST_NEW: u32 = 1;
/// In recall on the interview day, for one review.
const LEAST_PRICE: f32 = 0.0002;
const MOST_PRICE: f32 = 2.0;
const FIRST_PRICE: f32 = 0.05;
/// Turns in which the prices find their level, and when they start from those of the day before.
const TURNS: usize = 24;
const TURNS_AGAIN: usize = 8;
/// From the first turn to the last: how freely drills choose among days of nearly the same worth,
/// in shares of the mean price, and how far a price moves.
const HEAT: [f32; 2] = [1.0, 0.04];
const STEP: [f32; 2] = [0.5, 0.1];
/// Shares below this are nought, in exponents.
const FAINT: f32 = -14.0;
/// Of more drills every second, third … stands for the others when prices are found.
const MOST_COUNTED: usize = 1500;
/// Flows of fewer drills are not followed.
const TRICKLE: f32 = 1e-4;
/// A choice of the next day must wait so much longer than the one before it.
const APART: f64 = 1.05;
/// The last days before the interview are always to choose from.
const LAST_DAYS: usize = 3;

/// Where the next answer may be, and after what wait: both as places in their lists.
#[derive(Clone, Copy, Debug)]
struct Choice {
    layer: usize,
    wait: usize,
}

/// Drills of one sort: so many days since the last answer, in one cell.
struct Group {
    wait: usize,
    cell: usize,
    drills: f32,
}

/// Days, their prices, and the worth of a drill on each.
#[derive(Debug)]
pub(super) struct Prices {
    grid: Arc<Grid>,
    /// Days before the interview, the last one first and today last. One stands for all days from
    /// the one before it on.
    layers: Vec<u32>,
    /// In reviews.
    first_cost: f32,
    /// By wait, then cell: recall on the interview day when nothing more is done.
    alone: Vec<f32>,
    /// By layer, for one review.
    prices: Vec<f32>,
    /// By layer, by cell: the worth of a drill just answered.
    values: Vec<Vec<f32>>,
}

impl Prices {
    /// `before` are those of an earlier day: prices change little from day to day.
    pub(super) fn new(
        law: &Law,
        habits: &Habits,
        stand: &Stand<'_>,
        before: Option<&Self>,
    ) -> Self {
        let grid = before.map_or_else(|| Arc::new(Grid::new(law, habits)), |own| own.grid.clone());
        let today = stand.days.max(1);
        let layers = days_to(today);
        let recall = |days: u32| {
            (0..CELLS).map(move |cell| law.recall(trace_at(cell).stability, days) as f32)
        };
        let alone = grid
            .waits()
            .iter()
            .flat_map(|wait| recall(wait + today))
            .collect();
        let price = |day: &u32| {
            let known = before.and_then(|own| own.prices.get(nearest(&own.layers, *day)));
            known.copied().unwrap_or(FIRST_PRICE)
        };
        let mut own = Self {
            prices: layers.iter().map(price).collect(),
            values: Vec::new(),
            first_cost: habits.first_cost as f32,
            alone,
            grid,
            layers,
        };
        let stay: Vec<Vec<f32>> = own
            .layers
            .iter()
            .map(|day| recall(*day).collect())
            .collect();
        own.settle(stand, &stay, before.is_some());
        own
    }

    /// Moves the prices until each day is asked for what it has.
    fn settle(&mut self, stand: &Stand<'_>, stay: &[Vec<f32>], again: bool) {
        let least = (stand.least as f32).clamp(LEAST_PRICE, MOST_PRICE);
        let budgets = self.budgets(stand.reviews);
        let groups = self.groups(stand.known);
        let next: Vec<Vec<Choice>> = self.layers.iter().map(|day| self.later(*day, 0)).collect();
        let turns = if again { TURNS_AGAIN } else { TURNS };
        let mut sums = vec![0.0f32; self.prices.len()];
        for turn in 0..turns {
            // The last fifth of the turns is at rest; the mean of the second half counts.
            let share = (turn as f32 / (turns as f32 * 0.8)).min(1.0);
            let share = if again { 1.0 } else { share };
            let heat = self.heat(between(HEAT, share), least);
            let shares = self.backwards(&next, stay, heat);
            let demand = self.forwards(&next, &shares, &groups, stand.new as f32, heat);
            let step = between(STEP, share);
            let asked = demand.iter().zip(&budgets);
            for ((price, sum), (demand, budget)) in self.prices.iter_mut().zip(&mut sums).zip(asked)
            {
                let over = ((demand + 0.5) / (budget + 0.5)).ln().clamp(-1.0, 1.0);
                *price = (*price * (over * step).exp()).clamp(least, MOST_PRICE);
                if 2 * turn >= turns {
                    *sum += price.ln();
                }
            }
        }
        let counted = (turns - turns.div_ceil(2)) as f32;
        for (price, sum) in self.prices.iter_mut().zip(sums) {
            *price = (sum / counted).exp();
        }
        self.backwards(&next, stay, self.heat(HEAT[1], least));
    }

    fn heat(&self, share: f32, least: f32) -> f32 {
        let mean = self.prices.iter().sum::<f32>() / self.prices.len() as f32;
        (share * mean).max(0.1 * least)
    }

    /// The worth of a drill on each layer from the last to today, and the shares in which it
    /// chooses: first to stay as it is, then by its choices.
    fn backwards(&mut self, next: &[Vec<Choice>], stay: &[Vec<f32>], heat: f32) -> Vec<Vec<f32>> {
        self.values.clear();
        let mut all = Vec::with_capacity(next.len());
        for (choices, stay) in next.iter().zip(stay) {
            let mut values = Vec::with_capacity(CELLS);
            let mut shares = Vec::with_capacity(CELLS * (choices.len() + 1));
            for (cell, stay) in stay.iter().enumerate() {
                let from = shares.len();
                shares.push(*stay);
                shares.extend(choices.iter().map(|choice| self.net(*choice, cell)));
                let own = shares.get_mut(from..).unwrap_or_default();
                values.push(soften(own, heat));
            }
            self.values.push(values);
            all.push(shares);
        }
        all
    }

    /// What a drill in this cell is worth after its next answer, less the price of that.
    fn net(&self, choice: Choice, cell: usize) -> f32 {
        let leads = self.grid.leads(choice.wait, cell);
        let worth = self
            .values
            .get(choice.layer)
            .map_or(0.0, |values| leads.expect(values));
        worth - self.price(choice.layer)
    }

    fn price(&self, layer: usize) -> f32 {
        self.prices.get(layer).copied().unwrap_or(MOST_PRICE)
    }

    /// The same for a drill that was never asked, before the price.
    fn worth_of_first(&self, layer: usize) -> f32 {
        self.values
            .get(layer)
            .map_or(0.0, |values| self.grid.first.expect(values))
    }

    /// Reviews that all drills ask of each layer.
    fn forwards(
        &self,
        next: &[Vec<Choice>],
        shares: &[Vec<f32>],
        groups: &[Group],
        new: f32,
        heat: f32,
    ) -> Vec<f32> {
        let mut demand = vec![0.0; self.layers.len()];
        let mut there = vec![vec![0.0f32; CELLS]; self.layers.len()];
        let mut flow = |demand: &mut [f32], layer: usize, lead: &Leads, drills: f32, cost: f32| {
            if let (Some(demand), Some(there)) = (demand.get_mut(layer), there.get_mut(layer)) {
                *demand += drills * cost;
                lead.spread(drills, there);
            }
        };
        let leads = |choice: &Choice, cell| self.grid.leads(choice.wait, cell);
        let mut own = Vec::new();
        for group in groups {
            let choices = self.choices_today(group.wait);
            own.clear();
            own.push(self.alone(group.wait, group.cell));
            own.extend(choices.iter().map(|choice| self.net(*choice, group.cell)));
            soften(&mut own, heat);
            for (choice, share) in choices.iter().zip(own.iter().skip(1)) {
                let drills = group.drills * share;
                flow(
                    &mut demand,
                    choice.layer,
                    leads(choice, group.cell),
                    drills,
                    1.0,
                );
            }
        }
        let choices = self.first_layers();
        own.clear();
        own.push(0.0);
        own.extend(
            choices
                .iter()
                .map(|layer| self.worth_of_first(*layer) - self.price(*layer) * self.first_cost),
        );
        soften(&mut own, heat);
        for (layer, share) in choices.iter().zip(own.iter().skip(1)) {
            flow(
                &mut demand,
                *layer,
                &self.grid.first,
                new * share,
                self.first_cost,
            );
        }
        for (layer, (choices, shares)) in next.iter().zip(shares).enumerate().rev() {
            let here = there.get_mut(layer).map(std::mem::take).unwrap_or_default();
            let shares = shares.chunks_exact(choices.len() + 1);
            for ((cell, drills), shares) in here.iter().enumerate().zip(shares) {
                for (choice, share) in choices.iter().zip(shares.iter().skip(1)) {
                    let drills = drills * share;
                    if drills > TRICKLE {
                        let there = there.get_mut(choice.layer).map(Vec::as_mut_slice);
                        leads(choice, cell).spread(drills, there.unwrap_or_default());
                        if let Some(demand) = demand.get_mut(choice.layer) {
                            *demand += drills;
                        }
                    }
                }
            }
        }
        demand
    }

    /// Choices after a day that is `day` before the interview, `wait` days after the last answer.
    fn later(&self, day: u32, wait: u32) -> Vec<Choice> {
        let mut choices = Vec::new();
        let mut least = 0.0;
        for (layer, own) in self.layers.iter().enumerate().rev() {
            let Some(days) = day.checked_sub(*own).filter(|days| *days > 0) else {
                continue;
            };
            if f64::from(days) >= least || layer < LAST_DAYS {
                let wait = self.grid.nearest_wait(wait + days);
                choices.push(Choice { layer, wait });
                least = f64::from(days) * APART;
            }
        }
        choices
    }

    /// Choices of a drill that was last answered this place in the list of waits ago: today, then
    /// later.
    fn choices_today(&self, wait: usize) -> Vec<Choice> {
        let today = self.layers.last().copied().unwrap_or(1);
        let days = self.grid.waits().get(wait).copied().unwrap_or(1);
        let layer = self.layers.len() - 1;
        let mut choices = vec![Choice { layer, wait }];
        choices.extend(self.later(today, days));
        choices
    }

    /// Layers on which a drill may be asked for the first time; today first, if it may be today.
    fn first_layers(&self) -> Vec<usize> {
        let choices = self.choices_today(0).into_iter().map(|choice| choice.layer);
        let early = |layer: &usize| self.layers.get(*layer).is_some_and(|day| *day >= LAST_NEW);
        choices.filter(early).collect()
    }

    fn alone(&self, wait: usize, cell: usize) -> f32 {
        self.alone.get(wait * CELLS + cell).copied().unwrap_or(0.0)
    }

    fn groups(&self, known: &[(Trace, u32)]) -> Vec<Group> {
        let mut counts = vec![0.0f32; self.alone.len()];
        let every = known.len().div_ceil(MOST_COUNTED).max(1);
        for (trace, wait) in known.iter().step_by(every) {
            let cell = Place::of(*trace, 1.0).nearest();
            if let Some(count) = counts.get_mut(self.grid.nearest_wait(*wait) * CELLS + cell) {
                *count += every as f32;
            }
        }
        let some = counts
            .into_iter()
            .enumerate()
            .filter(|(_, drills)| *drills > 0.0);
        some.map(|(at, drills)| Group {
            wait: at / CELLS,
            cell: at % CELLS,
            drills,
        })
        .collect()
    }

    /// Reviews that fit into the days of each layer.
    fn budgets(&self, reviews: &[f64]) -> Vec<f32> {
        let today = self.layers.last().copied().unwrap_or(1);
        let mut before = 0;
        let mut budgets = Vec::with_capacity(self.layers.len());
        for layer in &self.layers {
            let days = if *layer == today {
                today..=today
            } else {
                before + 1..=*layer
            };
            before = *layer;
            let fits = days.filter_map(|day| reviews.get((today - day) as usize));
            budgets.push(fits.sum::<f64>() as f32);
        }
        budgets
    }

    pub(super) fn grid(&self) -> &Grid {
        &self.grid
    }

    /// Recall on the interview day that a review now gains over the best that can be done later,
    /// at each of these costs of the review.
    pub(super) fn gain<const N: usize>(
        &self,
        wait: usize,
        cell: usize,
        costs: [f32; N],
    ) -> [f32; N] {
        let choices = self.choices_today(wait);
        let mut later = [self.alone(wait, cell); N];
        for choice in choices.iter().skip(1) {
            let price = self.price(choice.layer);
            raise(&mut later, self.net(*choice, cell) + price, price, costs);
        }
        let now = choices
            .first()
            .map_or(0.0, |now| self.net(*now, cell) + self.price(now.layer));
        later.map(|later| now - later)
    }

    /// The same for a first answer; none when it is too late for one.
    pub(super) fn gain_of_first<const N: usize>(&self, costs: [f32; N]) -> Option<[f32; N]> {
        let layers = self.first_layers();
        let now = layers
            .first()
            .filter(|layer| **layer + 1 == self.layers.len())?;
        let mut later = [0.0; N];
        for layer in layers.iter().skip(1) {
            raise(
                &mut later,
                self.worth_of_first(*layer),
                self.price(*layer),
                costs,
            );
        }
        Some(later.map(|later| self.worth_of_first(*now) - later))
    }
}

fn raise<const N: usize>(best: &mut [f32; N], worth: f32, price: f32, costs: [f32; N]) {
    for (best, cost) in best.iter_mut().zip(costs) {
        *best = best.max(worth - price * cost);
    }
}

/// Between the two ends on a logarithmic scale.
fn between([from, to]: [f32; 2], share: f32) -> f32 {
    from * (to / from).powf(share)
}

/// Turns worths into shares that prefer the best, and gives the mean worth under them.
fn soften(worths: &mut [f32], heat: f32) -> f32 {
    let best = worths.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let (mut sum, mut mean) = (0.0, 0.0);
    for own in worths.iter_mut() {
        let worth = *own;
        let exponent = (worth - best) / heat;
        *own = if exponent > FAINT {
            exponent.exp()
        } else {
            0.0
        };
        sum += *own;
        mean += *own * worth;
    }
    for own in worths.iter_mut() {
        *own /= sum;
    }
    mean / sum
}
