//! The plan as iCalendar (RFC 5545): one event a day, and one for the interview.
//!
//! A day's event has the same UID in every export and a SEQUENCE that only grows, so that a
//! calendar that takes the file in again replaces what it had. Days on which nothing is left are
//! cancelled, not forgotten.

use crate::plan::{Day, Plan, Settings};
use crate::text::clean_line;
use chrono::{DateTime, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use std::collections::BTreeSet;

/// Octets of a line without its end (RFC 5545, 3.1).
const LINE: usize = 75;
/// Sequence numbers count minutes from here.
const EPOCH: i64 = 1_577_836_800; // 2020-01-01T00:00:00Z

/// The calendar. `at` is the time of day at which practice begins, in the plan's time zone; without
/// it events last all day. `gone` are days of earlier versions of the plan.
pub fn calendar(
    plan: &Plan,
    settings: &Settings,
    at: Option<NaiveTime>,
    gone: &BTreeSet<NaiveDate>,
    now: DateTime<Utc>,
) -> String {
    let mut calendar = Calendar {
        text: String::new(),
        stamp: now.format("%Y%m%dT%H%M%SZ").to_string(),
        sequence: ((now.timestamp() - EPOCH) / 60).max(0),
        zone: settings.zone.as_ref().and_then(|zone| zone.parse().ok()),
    };
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//greenroom//plan//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ] {
        calendar.line(line);
    }
    let practice = |day: &&Day| !day.activities.is_empty();
    for day in plan.days.iter().filter(practice) {
        calendar.day(day, at);
    }
    let kept: BTreeSet<NaiveDate> = plan
        .days
        .iter()
        .filter(practice)
        .map(|day| day.date)
        .collect();
    for date in gone.difference(&kept) {
        calendar.cancelled(*date);
    }
    if let Some(date) = settings.interview {
        calendar.interview(date);
    }
    calendar.line("END:VCALENDAR");
    calendar.text
}

struct Calendar {
    text: String,
    stamp: String,
    sequence: i64,
    zone: Option<Tz>,
}

impl Calendar {
    /// A content line, folded, with the end that the standard wants.
    fn line(&mut self, line: &str) {
        let mut room = LINE;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.text.push_str("\r\n ");
                room = LINE - 1;
            }
            room -= c.len_utf8();
            self.text.push(c);
        }
        self.text.push_str("\r\n");
    }

    fn begin(&mut self, name: &str) {
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{name}@greenroom"));
        self.line(&format!("DTSTAMP:{}", self.stamp));
        self.line(&format!("SEQUENCE:{}", self.sequence));
    }

    fn day(&mut self, day: &Day, at: Option<NaiveTime>) {
        let minutes: u32 = day.activities.iter().map(|own| own.minutes).sum();
        self.begin(&day.date.to_string());
        match at {
            Some(at) => {
                let begin = day.date.and_time(at);
                let end = begin + Duration::minutes(minutes.into());
                self.line(&format!("DTSTART:{}", self.moment(begin)));
                self.line(&format!("DTEND:{}", self.moment(end)));
            }
            None => self.all_day(day.date),
        }
        self.line(&format!(
            "SUMMARY:{}",
            escape(&format!("greenroom: {}", day.title))
        ));
        let done = |done: bool| if done { "[x] " } else { "" };
        let what: Vec<String> = day
            .activities
            .iter()
            .map(|own| {
                let kind = own.kind.id();
                let line = format!(
                    "{}{kind} {} min: {}",
                    done(own.done),
                    own.minutes,
                    own.title
                );
                escape(&line)
            })
            .collect();
        self.line(&format!("DESCRIPTION:{}", what.join("\\n")));
        self.line("END:VEVENT");
    }

    fn cancelled(&mut self, date: NaiveDate) {
        self.begin(&date.to_string());
        self.all_day(date);
        self.line("SUMMARY:greenroom");
        self.line("STATUS:CANCELLED");
        self.line("END:VEVENT");
    }

    fn interview(&mut self, date: NaiveDate) {
        self.begin("interview");
        self.all_day(date);
        self.line("SUMMARY:Interview");
        self.line("END:VEVENT");
    }

    /// Practice does not block the day.
    fn all_day(&mut self, date: NaiveDate) {
        let end = date + Days::new(1);
        self.line(&format!("DTSTART;VALUE=DATE:{}", date.format("%Y%m%d")));
        self.line(&format!("DTEND;VALUE=DATE:{}", end.format("%Y%m%d")));
        self.line("TRANSP:TRANSPARENT");
    }

    /// In UTC where the zone is known; else at this time wherever the calendar is. An hour that
    /// daylight saving leaves out is taken as the one after it.
    fn moment(&self, local: NaiveDateTime) -> String {
        let Some(zone) = self.zone else {
            return local.format("%Y%m%dT%H%M%S").to_string();
        };
        let found = zone.from_local_datetime(&local).earliest();
        let later = || {
            zone.from_local_datetime(&(local + Duration::hours(1)))
                .earliest()
        };
        let moment = found.or_else(later);
        let utc = moment.map_or(local, |moment| moment.naive_utc());
        utc.format("%Y%m%dT%H%M%SZ").to_string()
    }
}

/// Text as a value (RFC 5545, 3.3.11).
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean_line(text).chars() {
        if matches!(c, '\\' | ';' | ',') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn calendar() -> Calendar {
        Calendar {
            text: String::new(),
            stamp: String::new(),
            sequence: 0,
            zone: "Europe/Berlin".parse().ok(),
        }
    }

    proptest! {
        #[test]
        fn lines_are_folded_between_characters_and_unfold_to_what_they_were(line in "[^\r\n]{0,300}") {
            let mut calendar = calendar();
            calendar.line(&line);
            let text = calendar.text;
            prop_assert!(text.ends_with("\r\n"));
            prop_assert!(text.trim_end_matches("\r\n").split("\r\n").all(|own| own.len() <= LINE));
            let unfolded = text.replace("\r\n ", "");
            prop_assert_eq!(unfolded.trim_end_matches("\r\n"), line.as_str());
        }
    }

    #[test]
    fn a_time_of_day_keeps_its_hour_over_daylight_saving() {
        let calendar = calendar();
        let at = |text: &str| calendar.moment(text.parse().unwrap());
        assert_eq!(at("2027-03-27T19:00:00"), "20270327T180000Z");
        assert_eq!(at("2027-03-28T19:00:00"), "20270328T170000Z");
        // There is no half past two on that night.
        assert_eq!(at("2027-03-28T02:30:00"), "20270328T013000Z");
    }
}
