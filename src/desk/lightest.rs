//! On which day an answered drill comes back.

use super::Desk;
use crate::memory::{balanced, day_of, day_start};
use crate::progress::DrillState;
use chrono::{DateTime, Days, NaiveDate, Utc};
use std::collections::BTreeMap;

impl Desk {
    /// Lets a drill that was just answered come back on the lightest of the days that are as good;
    /// days off are passed over, and easy days get less.
    pub(super) fn on_lightest_day(&self, state: DrillState, now: DateTime<Utc>) -> DrillState {
        let zone = self.model.zone();
        let today = day_of(now, zone);
        let until = |due| u32::try_from((day_of(due, zone) - today).num_days()).ok();
        let Some(interval) = state.due.and_then(until).filter(|days| *days > 0) else {
            return state;
        };
        let settings = self.plan_settings();
        let minutes = |day: NaiveDate| {
            settings
                .as_ref()
                .map_or(1, |settings| settings.minutes_on(day))
        };
        let due = self.due_by_day(&state.drill);
        let count = |day: NaiveDate| due.get(&day).copied().unwrap_or(0);
        let days = balanced(interval, today, &minutes, &count);
        let day = today.checked_add_days(Days::new(days.into()));
        DrillState {
            due: day.map(|day| day_start(day, zone)).or(state.due),
            ..state
        }
    }

    /// How many other drills come back on each day.
    fn due_by_day(&self, but: &str) -> BTreeMap<NaiveDate, usize> {
        let zone = self.model.zone();
        let mut due = BTreeMap::new();
        let others = self.states().values();
        for state in others.filter(|own| !own.suspended && own.drill != but) {
            if let Some(at) = state.due {
                *due.entry(day_of(at, zone)).or_default() += 1;
            }
        }
        due
    }
}
