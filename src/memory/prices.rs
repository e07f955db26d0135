//! What a review costs on each day up to the interview, when all drills ask for the same minutes.
//!
//! Seen from one drill, the days are a small decision problem: on each day review it, at that day's
//! price, or leave it; in the end recall on the day is the reward. It is solved backwards from the
//! interview, and all drills are then sent forwards through it. Where they ask for more than a day
//! has, that day becomes dearer (Lagrangian relaxation of a restless bandit, after Whittle 1988).

use super::costs::{Costs, Quarters};
use super::flow::{soften, times, Flow};
use super::grid::{trace_at, Grid, Leads, Place, CELLS};
use super::law::Law;
use super::layers::{Choice, Layers};
use super::market::{off, Market};
use super::worth::{Habits, Known, Stand};
use std::sync::Arc;

/// In recall on the interview day, for one review.
const LEAST_PRICE: f32 = 0.0002;
const MOST_PRICE: f32 = 2.0;
const FIRST_PRICE: f32 = 0.2;
/// Turns in which the prices find their level at most, and when they start from those of the day
/// before.
const TURNS: usize = 32;
const TURNS_AGAIN: usize = 8;
/// How freely drills choose among days of nearly the same worth, in shares of the mean price: at
/// first, and from this turn on.
const HEAT: [f32; 2] = [1.0, 0.05];
const COOL: usize = 8;
/// Prices that are no further off than this are good enough.
const NEAR: f32 = 0.05;
/// Of more drills every second, third … stands for the others when prices are found.
const MOST_COUNTED: usize = 500;
/// Flows of fewer drills are not followed.
const TRICKLE: f32 = 1e-3;

/// Drills of one sort: so many days since the last answer, in one cell; how many of each quarter.
struct Group {
    wait: usize,
    cell: usize,
    drills: Quarters,
}

/// Days, their prices, and the worth of a drill on each.
#[derive(Debug)]
pub(super) struct Prices {
    grid: Arc<Grid>,
    layers: Layers,
    costs: Costs,
    /// In reviews of the same drill.
    first_cost: f32,
    /// By wait, then cell: recall on the interview day when nothing more is done.
    alone: Vec<f32>,
    /// By layer, for one mean review.
    prices: Vec<f32>,
    /// By layer, by cell: the worth of a drill just answered.
    values: Vec<Vec<Quarters>>,
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
        let layers = Layers::new(stand.days);
        let recall = |days: u32| {
            (0..CELLS).map(move |cell| law.recall(trace_at(cell).stability, days) as f32)
        };
        let alone = grid
            .waits()
            .iter()
            .flat_map(|wait| recall(wait + stand.days.max(1)))
            .collect();
        let price = |day: &u32| {
            let known = before.and_then(|own| own.prices.get(own.layers.nearest(*day)));
            known.copied().unwrap_or(FIRST_PRICE)
        };
        let days = layers.days();
        let stay: Vec<Vec<f32>> = days.iter().map(|day| recall(*day).collect()).collect();
        let mut own = Self {
            prices: days.iter().map(price).collect(),
            values: Vec::new(),
            costs: Costs::of(sample(stand)),
            first_cost: habits.first_cost as f32,
            alone,
            grid,
            layers,
        };
        own.settle(stand, &stay, before.is_some());
        own
    }

    /// Moves the prices until each day is asked for what it has.
    fn settle(&mut self, stand: &Stand<'_>, stay: &[Vec<f32>], again: bool) {
        let least = (stand.least as f32).clamp(LEAST_PRICE, MOST_PRICE);
        let budgets = self.layers.sums(stand.reviews);
        let groups = self.groups(stand.known);
        let new = self.never_asked(stand.new);
        let days = self.layers.days().iter();
        let next: Vec<Vec<Choice>> = days
            .map(|day| self.layers.later(&self.grid, *day, 0))
            .collect();
        let turns = if again { TURNS_AGAIN } else { TURNS };
        let mut market = Market::default();
        let mut nearest = (f32::INFINITY, self.prices.clone());
        for turn in 0..turns {
            let cool = if again { COOL } else { turn.min(COOL) };
            let heat = self.heat(cool, least);
            let shares = self.backwards(&next, stay, heat);
            let demand = self.forwards(&next, &shares, &groups, &new, heat);
            let off = off(&self.prices, &demand, &budgets, least);
            if cool == COOL && off < nearest.0 {
                nearest = (off, self.prices.clone());
                if off < NEAR {
                    break;
                }
            }
            let range = [least, MOST_PRICE];
            market.turn(&mut self.prices, &demand, &budgets, heat, range);
        }
        self.prices = nearest.1;
        self.backwards(&next, stay, self.heat(COOL, least));
    }

    /// From the first to the last on a logarithmic scale.
    fn heat(&self, cool: usize, least: f32) -> f32 {
        let [from, to] = HEAT;
        let share = from * (to / from).powf(cool as f32 / COOL as f32);
        let mean = self.prices.iter().sum::<f32>() / self.prices.len() as f32;
        (share * mean).max(0.1 * least)
    }

    /// The worth of a drill on each layer from the last to today, and the shares in which it
    /// chooses: first to stay as it is, then by its choices.
    fn backwards(
        &mut self,
        next: &[Vec<Choice>],
        stay: &[Vec<f32>],
        heat: f32,
    ) -> Vec<Vec<Quarters>> {
        self.values.clear();
        let mut all = Vec::with_capacity(next.len());
        for (choices, stay) in next.iter().zip(stay) {
            let mut values = Vec::with_capacity(CELLS);
            let mut shares = Vec::with_capacity(CELLS * (choices.len() + 1));
            for (cell, stay) in stay.iter().enumerate() {
                let from = shares.len();
                shares.push([*stay; 4]);
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
    fn net(&self, choice: Choice, cell: usize) -> Quarters {
        let leads = self.grid.leads(choice.wait, cell);
        self.less_price(choice.layer, leads, 1.0)
    }

    /// The same for a drill that was never asked.
    fn net_of_first(&self, layer: usize) -> Quarters {
        self.less_price(layer, &self.grid.first, self.first_cost)
    }

    fn less_price(&self, layer: usize, leads: &Leads, reviews: f32) -> Quarters {
        let values = self.values.get(layer).map(Vec::as_slice);
        let mut worth = leads.expect(values.unwrap_or_default());
        let price = self.price(layer) * reviews;
        for (worth, cost) in worth.iter_mut().zip(self.costs.0) {
            *worth -= price * cost;
        }
        worth
    }

    fn price(&self, layer: usize) -> f32 {
        self.prices.get(layer).copied().unwrap_or(MOST_PRICE)
    }

    /// Mean reviews that all drills ask of each layer.
    fn forwards(
        &self,
        next: &[Vec<Choice>],
        shares: &[Vec<Quarters>],
        groups: &[Group],
        new: &Quarters,
        heat: f32,
    ) -> Vec<f32> {
        let mut flow = Flow::new(self.costs, self.prices.len());
        let leads = |choice: &Choice, cell| self.grid.leads(choice.wait, cell);
        let mut own = Vec::new();
        for group in groups {
            let choices = self.layers.starting_today(&self.grid, group.wait);
            own.clear();
            own.push([self.alone(group.wait, group.cell); 4]);
            own.extend(choices.iter().map(|choice| self.net(*choice, group.cell)));
            soften(&mut own, heat);
            for (choice, share) in choices.iter().zip(own.iter().skip(1)) {
                let drills = times(&group.drills, share);
                flow.add(choice.layer, leads(choice, group.cell), &drills, 1.0);
            }
        }
        let choices = self.layers.starting_today(&self.grid, 0);
        own.clear();
        own.push([0.0; 4]);
        own.extend(choices.iter().map(|own| self.net_of_first(own.layer)));
        soften(&mut own, heat);
        for (choice, share) in choices.iter().zip(own.iter().skip(1)) {
            let (drills, first) = (times(new, share), &self.grid.first);
            flow.add(choice.layer, first, &drills, self.first_cost);
        }
        for (layer, (choices, shares)) in next.iter().zip(shares).enumerate().rev() {
            let shares = shares.chunks_exact(choices.len() + 1);
            for ((cell, drills), shares) in flow.leave(layer).iter().enumerate().zip(shares) {
                for (choice, share) in choices.iter().zip(shares.iter().skip(1)) {
                    let drills = times(drills, share);
                    if drills.iter().sum::<f32>() > TRICKLE {
                        flow.add(choice.layer, leads(choice, cell), &drills, 1.0);
                    }
                }
            }
        }
        flow.demand
    }

    fn alone(&self, wait: usize, cell: usize) -> f32 {
        self.alone.get(wait * CELLS + cell).copied().unwrap_or(0.0)
    }

    fn groups(&self, known: &[Known]) -> Vec<Group> {
        let mut counts = vec![[0.0f32; 4]; self.alone.len()];
        let every = thin(known.len());
        for own in known.iter().step_by(every) {
            let cell = Place::of(own.trace, 1.0).nearest();
            let count = counts.get_mut(self.grid.nearest_wait(own.wait) * CELLS + cell);
            let quarter = self.costs.quarter(own.cost as f32);
            if let Some(count) = count.and_then(|own| own.get_mut(quarter)) {
                *count += every as f32;
            }
        }
        let some = counts
            .into_iter()
            .enumerate()
            .filter(|(_, drills)| *drills != [0.0; 4]);
        some.map(|(at, drills)| Group {
            wait: at / CELLS,
            cell: at % CELLS,
            drills,
        })
        .collect()
    }

    /// How many drills of each quarter were never answered.
    fn never_asked(&self, costs: &[f64]) -> Quarters {
        let mut new = [0.0; 4];
        let every = thin(costs.len());
        for cost in costs.iter().step_by(every) {
            if let Some(count) = new.get_mut(self.costs.quarter(*cost as f32)) {
                *count += every as f32;
            }
        }
        new
    }

    pub(super) fn grid(&self) -> &Grid {
        &self.grid
    }

    pub(super) fn costs(&self) -> &Costs {
        &self.costs
    }

    /// Recall on the interview day that a review now gains over the best that can be done later,
    /// for each unit of its cost.
    pub(super) fn gain(&self, wait: usize, cell: usize) -> Quarters {
        let choices = self.layers.starting_today(&self.grid, wait);
        let nets = choices.iter().map(|choice| self.net(*choice, cell));
        self.over_later([self.alone(wait, cell); 4], nets, 1.0)
    }

    /// The same for a first answer.
    pub(super) fn gain_of_first(&self) -> Quarters {
        let choices = self.layers.starting_today(&self.grid, 0);
        let nets = choices.iter().map(|own| self.net_of_first(own.layer));
        self.over_later([0.0; 4], nets, self.first_cost)
    }

    /// The first of the nets is that of today.
    fn over_later(
        &self,
        mut later: Quarters,
        mut nets: impl Iterator<Item = Quarters>,
        reviews: f32,
    ) -> Quarters {
        let mut now = nets.next().unwrap_or(later);
        for net in nets {
            for (later, net) in later.iter_mut().zip(net) {
                *later = later.max(net);
            }
        }
        let price = self.prices.last().copied().unwrap_or(MOST_PRICE);
        for ((now, later), cost) in now.iter_mut().zip(later).zip(self.costs.0) {
            *now = price + (*now - later) / (cost * reviews);
        }
        now
    }
}

/// Of more drills every so many stand for the others.
fn thin(drills: usize) -> usize {
    drills.div_ceil(MOST_COUNTED).max(1)
}

/// What reviews of the drills cost.
fn sample(stand: &Stand<'_>) -> Vec<f32> {
    let known = stand.known.iter().step_by(thin(stand.known.len()));
    let new = stand.new.iter().step_by(thin(stand.new.len()));
    let costs = known.map(|own| own.cost).chain(new.copied());
    costs.map(|cost| cost as f32).collect()
}
