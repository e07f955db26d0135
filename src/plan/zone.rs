//! Time zones by name.

use chrono::{DateTime, FixedOffset, Offset, TimeZone, Utc};
use chrono_tz::Tz;

/// The zone of this name in the IANA database, as it is written there.
///
/// # Errors
/// One line with names that come near.
pub fn parse_zone(text: &str) -> Result<String, String> {
    let wanted = text.trim();
    let mut known = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
    if let Some(name) = known.find(|name| name.eq_ignore_ascii_case(wanted)) {
        return Ok(name.to_owned());
    }
    // "berlin" is meant as "Europe/Berlin".
    let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let city = last(wanted).replace(' ', "_");
    let mut near = chrono_tz::TZ_VARIANTS
        .iter()
        .map(|zone| zone.name())
        .filter(|name| last(name) == city);
    match near.next() {
        Some(name) => Err(format!(
            "there is no time zone `{wanted}`; did you mean {name}?"
        )),
        None => Err(format!(
            "there is no time zone `{wanted}`: write a name such as Europe/Berlin or UTC"
        )),
    }
}

/// Its offset from UTC at a moment; none for a name that is not in the database.
pub fn offset_at(zone: &str, at: DateTime<Utc>) -> Option<FixedOffset> {
    let zone: Tz = zone.parse().ok()?;
    Some(zone.offset_from_utc_datetime(&at.naive_utc()).fix())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_nearly_named() {
        assert_eq!(parse_zone("europe/berlin").as_deref(), Ok("Europe/Berlin"));
        assert!(parse_zone("Berlin").unwrap_err().contains("Europe/Berlin"));
        assert!(parse_zone("new york")
            .unwrap_err()
            .contains("America/New_York"));
        assert!(parse_zone("Atlantis/Capital")
            .unwrap_err()
            .contains("no time zone"));
    }

    #[test]
    fn an_offset_follows_daylight_saving() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let hours = |at| offset_at("Europe/Berlin", at).unwrap().local_minus_utc() / 3600;
        assert_eq!(hours(at("2026-10-25T00:59:00Z")), 2);
        assert_eq!(hours(at("2026-10-25T01:00:00Z")), 1);
        assert!(offset_at("Mars/Olympus", at("2026-10-25T00:59:00Z")).is_none());
    }
}
