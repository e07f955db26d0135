//! What the learner said about the interview.

use super::edit::Edit;
use super::week::Week;
use crate::content::{Id, Level, Step};
use chrono::{Datelike, Duration, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The settings of a plan, as kept in its event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Day of the interview; none when it is not known yet.
    pub interview: Option<NaiveDate>,
    /// Minutes on most days.
    pub minutes: u32,
    /// Minutes by weekday, where they differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub week: Option<Week>,
    /// Single days without practice.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub off: BTreeSet<NaiveDate>,
    /// Name of the time zone in the IANA database; the computer's when none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    pub level: Level,
    /// A role of `plans.yaml`: its steps get more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Id>,
    /// Families of cases that the companies work on; their cases come first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<String>,
    /// Cases that the learner ticked, in order; all when empty.
    #[serde(default)]
    pub focus: Vec<Id>,
    /// A template asked for by name.
    #[serde(default)]
    pub template: Option<Id>,
    /// What the placement showed: score by step, 0 to 1.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub known: BTreeMap<Step, f64>,
    /// Keeps up what is known: a mock a week and drills, towards no date.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub keep: bool,
    /// Changes by hand, in the order in which they were made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Edit>,
    /// The learner's date when the plan was made: its first day.
    pub from: NaiveDate,
}

impl Settings {
    /// What holds until the learner says more: 45 minutes a day for senior, no date.
    pub fn starting(from: NaiveDate) -> Self {
        Self {
            interview: None,
            minutes: 45,
            week: None,
            off: BTreeSet::new(),
            zone: None,
            level: Level::Senior,
            role: None,
            areas: Vec::new(),
            focus: Vec::new(),
            template: None,
            known: BTreeMap::new(),
            keep: false,
            edits: Vec::new(),
            from,
        }
    }

    /// Days of practice from `today` on, the interview's own day not counted; none without a date.
    pub fn days_left(&self, today: NaiveDate) -> Option<i64> {
        self.interview.map(|date| (date - today).num_days())
    }

    /// Minutes on a day; 0 on a day off.
    pub fn minutes_on(&self, date: NaiveDate) -> u32 {
        if self.off.contains(&date) {
            return 0;
        }
        self.week.map_or(self.minutes, |week| week.on(date))
    }

    /// "45 min a day", "mon-fri 30, sat 90 min".
    pub fn rhythm(&self) -> String {
        match self.week {
            Some(week) => format!("{week} min"),
            None => format!("{} min a day", self.minutes),
        }
    }

    /// The same learner without a date: what is known is kept up.
    #[must_use]
    pub fn keeping(self, minutes: u32, today: NaiveDate) -> Self {
        Self {
            interview: None,
            minutes,
            week: None,
            off: BTreeSet::new(),
            template: None,
            edits: Vec::new(),
            keep: true,
            from: today,
            ..self
        }
    }

    /// The interview was before this day.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.days_left(today).is_some_and(|days| days < 0)
    }
}

/// Reads an interview date: `2026-12-05`, `14d`, `2w`, `5 dec`, `dec 5`, `tomorrow`.
///
/// # Errors
/// One line with the forms that are read, or that the date is past.
pub fn parse_date(text: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let text = text.trim().to_lowercase();
    let date = relative(&text, today)
        .or_else(|| text.parse::<NaiveDate>().ok())
        .or_else(|| day_and_month(&text, today))
        .ok_or_else(|| format!("`{text}` is no date: write 2026-12-05, 14d, 2w, or 5 dec"))?;
    if date < today {
        return Err(format!("{date} is past; today is {today}"));
    }
    if date > today + Duration::days(366) {
        return Err(format!(
            "{date} is more than a year away; plan the last months first"
        ));
    }
    Ok(date)
}

fn relative(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let days = match text {
        "today" => 0,
        "tomorrow" => 1,
        _ => {
            let unit = text.chars().last()?;
            let count: i64 = text.strip_suffix(unit)?.trim().parse().ok()?;
            match unit {
                'd' => count,
                'w' => count.checked_mul(7)?,
                _ => return None,
            }
        }
    };
    today.checked_add_signed(Duration::try_days(days)?)
}

fn day_and_month(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let words: Vec<&str> = text
        .split([' ', '.', ','])
        .filter(|word| !word.is_empty())
        .collect();
    let (day, month) = match words.as_slice() {
        [a, b] => match a.parse::<u32>() {
            Ok(day) => (day, *b),
            Err(_) => (b.parse().ok()?, *a),
        },
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| month.starts_with(name))? as u32 + 1;
    let this_year = NaiveDate::from_ymd_opt(today.year(), month, day);
    let next_year = NaiveDate::from_ymd_opt(today.year() + 1, month, day);
    this_year.filter(|date| *date >= today).or(next_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_type_them() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let of = |text: &str| parse_date(text, today).map(|date| date.to_string());
        assert_eq!(of("14d").as_deref(), Ok("2026-12-05"));
        assert_eq!(of("2w").as_deref(), Ok("2026-12-05"));
        assert_eq!(of("5 dec").as_deref(), Ok("2026-12-05"));
        assert_eq!(of("Dec 5").as_deref(), Ok("2026-12-05"));
        assert_eq!(of("3 march").as_deref(), Ok("2027-03-03"));
        assert_eq!(of("2026-12-05").as_deref(), Ok("2026-12-05"));
        assert!(of("2026-11-20").unwrap_err().contains("past"));
        for bad in ["soon", "", "31 feb", "99999999999d", "d", "5 5", "é"] {
            assert!(of(bad).is_err(), "{bad}");
        }
    }
}
