//! On which day a drill comes back: the lightest of those that are as good.

use chrono::{Days, NaiveDate};

/// Longer intervals may move by more: this share of the part of the interval between these days
/// (the fuzz of FSRS, Ye 2022).
const RANGES: [(f64, f64, f64); 3] = [(2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, f64::MAX, 0.05)];
/// Intervals below this keep their day.
const SHORTEST: f64 = 2.5;
/// A drill waits for no more than so many days off in a row.
const MOST_OFF: u32 = 14;

/// The days, from `interval` on both sides, on which a drill may as well come back.
fn range(interval: u32) -> (u32, u32) {
    let days = f64::from(interval);
    if days < SHORTEST {
        return (interval, interval);
    }
    let parts = RANGES.map(|(from, to, share)| share * (days.min(to) - from).max(0.0));
    let apart = 1.0 + parts.iter().sum::<f64>();
    let low = (days - apart).round().max(2.0);
    (low as u32, (days + apart).round() as u32)
}

/// Days until a drill comes back that is to come in about `interval` days: within the range that
/// leaves recall nearly as it is, the day on which least is due for its minutes; of equals the
/// nearest to the interval, then the earlier. Days without minutes are passed over; if that leaves
/// none, the first later day that has some, or the interval itself when the next two weeks have
/// none.
///
/// `minutes` says what a day has, 0 on a day off; `due` how many drills it has already.
pub fn balanced(
    interval: u32,
    today: NaiveDate,
    minutes: &dyn Fn(NaiveDate) -> u32,
    due: &dyn Fn(NaiveDate) -> usize,
) -> u32 {
    let day = |days: u32| today.checked_add_days(Days::new(days.into()));
    let open = |days: &u32| day(*days).is_some_and(|day| minutes(day) > 0);
    let (low, high) = range(interval);
    let load = |days: u32| {
        day(days).map_or(f64::MAX, |day| {
            due(day) as f64 / f64::from(minutes(day).max(1))
        })
    };
    let lightest = (low..=high).filter(open).min_by(|a, b| {
        let far = |days: &u32| days.abs_diff(interval);
        load(*a)
            .total_cmp(&load(*b))
            .then(far(a).cmp(&far(b)))
            .then(a.cmp(b))
    });
    let after = || (high + 1..=high + MOST_OFF).find(|days| open(days));
    lightest.or_else(after).unwrap_or(interval)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Datelike, Weekday};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn today() -> NaiveDate {
        "2026-11-21".parse().unwrap()
    }

    proptest! {
        #[test]
        fn a_drill_moves_a_little_and_never_onto_a_day_off(
            interval in 1u32..400,
            week in proptest::collection::vec(0u32..90, 7),
            loads in proptest::collection::vec(0usize..50, 500),
        ) {
            let minutes = |day: NaiveDate| week[day.weekday().num_days_from_monday() as usize];
            let due = |day: NaiveDate| loads[(day - today()).num_days() as usize];
            let days = balanced(interval, today(), &minutes, &due);
            let at = today() + Days::new(days.into());
            prop_assert!(days >= 1);
            if week.iter().any(|own| *own > 0) {
                prop_assert!(minutes(at) > 0);
                let (low, high) = range(interval);
                // Six days off in a row at most.
                prop_assert!((low..=high + 6).contains(&days));
                if days <= high {
                    let load = |day: NaiveDate| due(day) as f64 / f64::from(minutes(day));
                    let better = (low..=high)
                        .map(|days| today() + Days::new(days.into()))
                        .filter(|day| minutes(*day) > 0)
                        .any(|day| load(day) < load(at));
                    prop_assert!(!better);
                }
            } else {
                prop_assert_eq!(days, interval);
            }
        }

        #[test]
        fn the_range_is_narrow_and_holds_the_interval(interval in 1u32..400) {
            let (low, high) = range(interval);
            prop_assert!(low <= interval && interval <= high);
            prop_assert!(f64::from(high - low) <= 4.0 + 0.3 * f64::from(interval));
            prop_assert!(interval > 2 || low == high);
        }
    }

    #[test]
    fn a_hundred_drills_of_one_day_come_back_spread_and_fewer_on_an_easy_day() {
        let minutes = |day: NaiveDate| {
            if day.weekday() == Weekday::Sun {
                10
            } else {
                40
            }
        };
        let mut due: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for _ in 0..100 {
            let count = |day: NaiveDate| due.get(&day).copied().unwrap_or(0);
            let days = balanced(30, today(), &minutes, &count);
            *due.entry(today() + Days::new(days.into())).or_default() += 1;
        }
        let most = due.values().max().copied().unwrap();
        assert!(due.len() >= 7 && most <= 20, "{due:?}");
        for (day, count) in &due {
            if day.weekday() == Weekday::Sun {
                assert!(*count <= most / 2, "{due:?}");
            }
        }
    }
}
