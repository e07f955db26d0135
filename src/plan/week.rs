//! Minutes on each day of the week.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Fewest and most minutes of a day on which there are any.
pub const MINUTES: std::ops::RangeInclusive<u32> = 5..=600;

/// The days as they are written, Monday first.
const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Minutes from Monday to Sunday; 0 on a day off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Week([u32; 7]);

impl Week {
    pub fn on(&self, date: NaiveDate) -> u32 {
        let at = date.weekday().num_days_from_monday() as usize;
        self.0.get(at).copied().unwrap_or(0)
    }

    /// The minutes that most days have; of two, the more.
    pub fn usual(&self) -> u32 {
        let count = |minutes: u32| self.0.iter().filter(|own| **own == minutes).count();
        let given = self.0.iter().copied().filter(|minutes| *minutes > 0);
        given
            .max_by_key(|minutes| (count(*minutes), *minutes))
            .unwrap_or(0)
    }
}

impl FromStr for Week {
    type Err = String;

    /// `mon-fri 30, sat 90`: days that are not named are off.
    ///
    /// # Errors
    /// One line with what cannot be read, or that no day has minutes.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut week = [0; 7];
        for part in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let fault = || {
                format!("`{part}` gives no minutes to a weekday: write mon-fri 30, sat 90, sun off")
            };
            let (days, minutes) = part.rsplit_once([' ', '=', ':']).ok_or_else(fault)?;
            let minutes: u32 = match minutes.trim() {
                "off" => 0,
                minutes => minutes.parse().map_err(|_| fault())?,
            };
            if minutes != 0 && !MINUTES.contains(&minutes) {
                return Err(format!(
                    "`{part}`: minutes of a day are {} to {}, or 0 on a day off",
                    MINUTES.start(),
                    MINUTES.end()
                ));
            }
            for day in days_of(days.trim()).ok_or_else(fault)? {
                if let Some(own) = week.get_mut(day) {
                    *own = minutes;
                }
            }
        }
        if week.iter().all(|minutes| *minutes == 0) {
            return Err("no day of the week has minutes: write mon-fri 30, sat 90".to_owned());
        }
        Ok(Self(week))
    }
}

/// Numbers of the days from Monday on: `mon`, `mon-fri`, `sat-mon`, `daily`.
fn days_of(text: &str) -> Option<Vec<usize>> {
    let day = |name: &str| {
        let day: Weekday = name.trim().parse().ok()?;
        Some(day.num_days_from_monday() as usize)
    };
    if matches!(text, "daily" | "every day") {
        return Some((0..7).collect());
    }
    match text.split_once('-') {
        Some((first, last)) => {
            let (first, last) = (day(first)?, day(last)?);
            let count = (last + 7 - first) % 7;
            Some((0..=count).map(|step| (first + step) % 7).collect())
        }
        None => Some(vec![day(text)?]),
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<(usize, usize, u32)> = Vec::new();
        for (at, minutes) in self.0.into_iter().enumerate() {
            match parts.last_mut() {
                Some((_, last, own)) if *own == minutes => *last = at,
                _ => parts.push((at, at, minutes)),
            }
        }
        let name = |at: usize| NAMES.get(at).copied().unwrap_or_default();
        let parts = parts.into_iter().filter(|(_, _, minutes)| *minutes > 0);
        let parts = parts.map(|(first, last, minutes)| {
            if first == last {
                format!("{} {minutes}", name(first))
            } else {
                format!("{}-{} {minutes}", name(first), name(last))
            }
        });
        f.pad(&parts.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn weeks_as_people_write_them() {
        let week: Week = "mon-fri 30, sat=90".parse().unwrap();
        assert_eq!(week.on(date("2026-11-23")), 30);
        assert_eq!(week.on(date("2026-11-28")), 90);
        assert_eq!(week.on(date("2026-11-29")), 0);
        assert_eq!(week.usual(), 30);
        assert_eq!(week.to_string().parse(), Ok(week));
        let over: Week = "Sat-Mon 60".parse().unwrap();
        assert_eq!(over.to_string(), "mon 60, sat-sun 60");
        let later: Week = "daily 45, sunday off".parse().unwrap();
        assert_eq!(later.to_string(), "mon-sat 45");
    }

    #[test]
    fn what_is_no_week_says_so() {
        for bad in [
            "",
            "sun 0",
            "mon",
            "mon x",
            "noday 5",
            "mon 3",
            "mon 601",
            "mon-fry 30",
            "é 5",
        ] {
            assert!(bad.parse::<Week>().is_err(), "{bad}");
        }
    }
}
