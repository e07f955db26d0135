//! The days of a year: what was done, and how many in a row.

use crate::desk::Desk;
use crate::plan::Settings;
use crate::progress::Kind;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Serialize;
use std::collections::BTreeMap;

/// Days that the calendar goes back: 53 weeks, so that every weekday of a year is there.
const YEAR: u64 = 371;

/// One day on which something was done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct YearDay {
    pub date: NaiveDate,
    /// Answers, sections read, mocks and sprints.
    pub count: u32,
    pub minutes: f64,
}

/// Days of practice in a row. Days off neither count nor break it, and today never breaks it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Streak {
    pub now: u32,
    pub longest: u32,
}

impl Desk {
    /// The days of the last year on which something was done, oldest first.
    pub(super) fn year(&self, today: NaiveDate) -> Vec<YearDay> {
        let from = today - Days::new(YEAR - 1);
        let mut days: BTreeMap<NaiveDate, (u32, f64)> = BTreeMap::new();
        for day in self.journal.days(from).unwrap_or_default() {
            if !matches!(
                day.kind,
                Kind::Review | Kind::Second | Kind::Read | Kind::MockEnd
            ) {
                continue;
            }
            let (count, minutes) = days.entry(day.date).or_default();
            // A second attempt is part of its answer.
            *count += if day.kind == Kind::Second {
                0
            } else {
                day.count
            };
            *minutes += day.seconds / 60.0;
        }
        let practised = days.into_iter().filter(|(_, (count, _))| *count > 0);
        practised
            .map(|(date, (count, minutes))| YearDay {
                date,
                count,
                minutes: (minutes * 10.0).round() / 10.0,
            })
            .collect()
    }

    /// Days in a row over the last year.
    pub(super) fn streak(&self, year: &[YearDay], now: DateTime<Utc>) -> Streak {
        let today = self.date(now);
        let settings = self.plan_settings();
        let settings = settings.unwrap_or_else(|| self.default_settings(now));
        streak(year, &settings, today)
    }
}

fn streak(year: &[YearDay], settings: &Settings, today: NaiveDate) -> Streak {
    let Some(first) = year.first() else {
        return Streak::default();
    };
    let mut done = year.iter().map(|day| day.date).peekable();
    let mut streak = Streak::default();
    for date in first.date.iter_days().take_while(|date| *date <= today) {
        if done.next_if_eq(&date).is_some() {
            streak.now += 1;
            streak.longest = streak.longest.max(streak.now);
        } else if date != today && settings.minutes_on(date) > 0 {
            streak.now = 0;
        }
    }
    streak
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    fn of(days: &[u32], today: u32, week: Option<&str>) -> Streak {
        let year: Vec<YearDay> = days
            .iter()
            .map(|day| YearDay {
                date: date(*day),
                count: 1,
                minutes: 5.0,
            })
            .collect();
        let settings = Settings {
            week: week.map(|week| week.parse().unwrap()),
            off: [date(12)].into(),
            ..Settings::starting(date(1))
        };
        streak(&year, &settings, date(today))
    }

    #[test]
    fn today_and_days_off_break_no_streak() {
        // The 12th is a day off; nothing was done yet on the 14th.
        assert_eq!(of(&[10, 11, 13], 14, None), Streak { now: 3, longest: 3 });
        assert_eq!(of(&[10, 11, 13], 15, None), Streak { now: 0, longest: 3 });
        // The 14th and 15th are a weekend.
        let workdays = Some("mon-fri 30");
        assert_eq!(of(&[11, 13, 16], 17, workdays).now, 3);
        // Practice on a day off counts.
        assert_eq!(of(&[13, 14, 16], 17, workdays).now, 3);
        assert_eq!(of(&[], 17, None), Streak::default());
    }
}
