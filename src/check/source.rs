//! What every source must have: a year that can be one, and a web address that is one.

use super::faults::Faults;
use super::tree::Spot;

/// `spot` is the entry that has `year` and `url`.
pub(super) fn year(year: u16, spot: Spot<'_>, faults: &mut Faults) {
    if !(1900..=2100).contains(&year) {
        faults.fault(
            spot.get("year").mark,
            format!("{year} is no year of a source"),
            "give the year of publication, 1900 to 2100",
        );
    }
}

/// `spot` is the entry that has `url`.
pub(super) fn url(url: Option<&str>, spot: Spot<'_>, faults: &mut Faults) {
    if url.is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
        faults.fault(
            spot.get("url").mark,
            "this is not a web address",
            "begin it with https://, or leave `url` out",
        );
    }
}
