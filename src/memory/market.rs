//! Prices that clear each day: asked of a day is what it has.

/// Reviews that are added to both sides, so that a day without any has a price too.
const SOME: f32 = 0.5;
/// A stretch is at least and at most this.
const STRETCH: [f32; 2] = [0.3, 10.0];
/// The stretch where prices and what is asked moved the same way, which tells nothing.
const BLIND: f32 = 3.0;
/// A price at most doubles or halves in a turn.
const LEAP: f32 = 2.0;

/// Moves prices turn by turn.
///
/// The pull on a price is what would clear its day alone, if drills left it only for others of
/// nearly the same worth (Sinkhorn 1967). All prices move along their pulls, stretched by how the
/// pulls answered to the turn before (Barzilai and Borwein 1988): where drills hardly give way, the
/// pulls alone would take hundreds of turns.
#[derive(Debug, Default)]
pub(super) struct Market {
    /// Prices of the turn before, and their pulls.
    before: Option<(Vec<f32>, Vec<f32>)>,
    turn: usize,
}

impl Market {
    /// `demand` and `budgets` by day, in reviews; prices stay in `range`.
    pub(super) fn turn(
        &mut self,
        prices: &mut [f32],
        demand: &[f32],
        budgets: &[f32],
        heat: f32,
        range: [f32; 2],
    ) {
        let [least, most] = range;
        let asked = prices.iter().zip(demand.iter().zip(budgets));
        let pulls: Vec<f32> = asked
            .map(|(price, (demand, budget))| {
                let over = ((demand + SOME) / (budget + SOME)).ln().clamp(-1.0, 1.0);
                (price + heat * over).clamp(least, most) - price
            })
            .collect();
        let stretch = self.stretch(prices, &pulls);
        self.turn += 1;
        self.before = Some((prices.to_vec(), pulls.clone()));
        for (price, pull) in prices.iter_mut().zip(pulls) {
            let moved = (*price + stretch * pull).clamp(*price / LEAP, *price * LEAP);
            *price = moved.clamp(least, most);
        }
    }

    fn stretch(&self, prices: &[f32], pulls: &[f32]) -> f32 {
        let Some((old_prices, old_pulls)) = &self.before else {
            return 1.0;
        };
        let moved = less(prices, old_prices);
        let answered = less(old_pulls, pulls);
        let both = dot(&moved, &answered);
        // The long and the short of the two steps in turn.
        let stretch = if self.turn.is_multiple_of(2) {
            dot(&moved, &moved) / both
        } else {
            both / dot(&answered, &answered)
        };
        let [least, most] = STRETCH;
        if stretch > 0.0 {
            stretch.clamp(least, most)
        } else {
            BLIND
        }
    }
}

/// How far demand is from the budgets, as a share of them; a day with time to spare is no fault
/// where its price is as low as prices get.
pub(super) fn off(prices: &[f32], demand: &[f32], budgets: &[f32], least: f32) -> f32 {
    let asked = prices.iter().zip(demand.iter().zip(budgets));
    let apart = asked.map(|(price, (demand, budget))| {
        if *price > least || demand > budget {
            (demand - budget).abs()
        } else {
            0.0
        }
    });
    apart.sum::<f32>() / budgets.iter().sum::<f32>().max(SOME)
}

fn less(a: &[f32], b: &[f32]) -> Vec<f32> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Demand that falls slowly with its own price and rises with that of the day beside it.
    fn asked(prices: &[f32]) -> Vec<f32> {
        let mean = prices.iter().sum::<f32>() / prices.len() as f32;
        prices
            .iter()
            .map(|price| 60.0 * (-(price - mean) / 0.02).exp() * (1.0 - 0.8 * mean))
            .collect()
    }

    #[test]
    fn prices_clear_the_days_although_demand_hardly_gives_way() {
        let budgets = [40.0, 30.0, 50.0];
        let mut prices = [0.1; 3];
        let mut market = Market::default();
        for _ in 0..40 {
            let demand = asked(&prices);
            market.turn(&mut prices, &demand, &budgets, 0.02, [0.001, 2.0]);
        }
        assert!(
            off(&prices, &asked(&prices), &budgets, 0.001) < 0.02,
            "{prices:?}"
        );
    }

    #[test]
    fn a_day_with_time_to_spare_costs_the_least_and_is_no_fault() {
        let mut prices = [0.1, 0.1];
        let mut market = Market::default();
        for _ in 0..40 {
            market.turn(&mut prices, &[1.0, 1.0], &[40.0, 40.0], 0.02, [0.001, 2.0]);
        }
        assert_eq!(prices, [0.001; 2]);
        assert_eq!(off(&prices, &[1.0, 1.0], &[40.0, 40.0], 0.001), 0.0);
    }
}
