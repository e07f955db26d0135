//! The learner's day: it starts at four in the morning.

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, Utc};

/// Hour at which a new day starts.
const START_HOUR: i64 = 4;

/// The learner's date at a moment.
pub fn day_of(at: DateTime<Utc>, zone: FixedOffset) -> NaiveDate {
    (at.with_timezone(&zone) - Duration::hours(START_HOUR)).date_naive()
}

/// The moment at which a learner's day starts.
pub fn day_start(day: NaiveDate, zone: FixedOffset) -> DateTime<Utc> {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    let local =
        midnight + Duration::hours(START_HOUR) - Duration::seconds(zone.local_minus_utc().into());
    local.and_utc()
}

/// Whole learner's days from one moment to a later one; 0 when it is not later.
pub fn days_between(from: DateTime<Utc>, to: DateTime<Utc>, zone: FixedOffset) -> u32 {
    u32::try_from(number(to, zone) - number(from, zone)).unwrap_or(0)
}

/// Learner's days since that of 1 January 1970, as [`day_of`] counts them. The schedule asks for
/// these of every drill there is, and a date takes twenty times as long.
fn number(at: DateTime<Utc>, zone: FixedOffset) -> i64 {
    let local = at.timestamp() + i64::from(zone.local_minus_utc());
    (local - START_HOUR * 60 * 60).div_euclid(24 * 60 * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_owl_still_has_yesterday() {
        let zone = FixedOffset::east_opt(3600).unwrap();
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(
            day_of(at("2026-11-21T02:59:00Z"), zone).to_string(),
            "2026-11-20"
        );
        assert_eq!(
            day_of(at("2026-11-21T03:00:00Z"), zone).to_string(),
            "2026-11-21"
        );
        let day = day_of(at("2026-11-21T12:00:00Z"), zone);
        assert_eq!(day_start(day, zone), at("2026-11-21T03:00:00Z"));
        assert_eq!(
            days_between(at("2026-11-21T02:00:00Z"), at("2026-11-21T04:00:00Z"), zone),
            1
        );
        assert_eq!(
            days_between(at("2026-11-22T02:00:00Z"), at("2026-11-21T04:00:00Z"), zone),
            0
        );
    }

    #[test]
    fn a_clock_set_back_or_a_zone_changed_never_makes_days_negative() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let (winter, summer) = (
            FixedOffset::east_opt(3600).unwrap(),
            FixedOffset::east_opt(7200).unwrap(),
        );
        // The night in which clocks go forward: one day, whichever offset is asked.
        let (before, after) = (at("2026-03-28T20:00:00Z"), at("2026-03-29T20:00:00Z"));
        assert_eq!(days_between(before, after, winter), 1);
        assert_eq!(days_between(before, after, summer), 1);
        // A day starts at four by the clock on the wall, in either offset.
        for zone in [winter, summer] {
            let day = day_of(after, zone);
            let start = day_start(day, zone);
            assert_eq!(day_of(start, zone), day);
            assert_eq!(
                day_of(start - Duration::seconds(1), zone),
                day.pred_opt().unwrap()
            );
        }
        // A flight over the date line back in time.
        let tokyo = FixedOffset::east_opt(9 * 3600).unwrap();
        let hawaii = FixedOffset::west_opt(10 * 3600).unwrap();
        let landed = at("2026-11-21T21:00:00Z");
        assert!(day_of(landed, hawaii) < day_of(landed, tokyo));
        assert_eq!(days_between(landed, landed - Duration::days(3), hawaii), 0);
    }
}
