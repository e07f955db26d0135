//! Which backups stay: the last seven days, and one for each of four weeks before.

use chrono::{Datelike, NaiveDateTime};

const DAILIES: usize = 7;
const WEEKLIES: usize = 4;

/// `20261121T101500Z`: sorts by time and is a file name everywhere.
const STAMP: &str = "%Y%m%dT%H%M%SZ";

/// The name of a backup, taken apart. Sorts by time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    pub(super) at: NaiveDateTime,
    pub(super) purpose: Purpose,
    tail: String,
}

/// Why a backup was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Purpose {
    Daily,
    /// Before the format was changed; never deleted.
    BeforeMigration,
    /// What a restored backup replaced: kept, but not offered, the learner left it on purpose.
    Replaced,
}

pub(super) fn file_name(at: NaiveDateTime, tail: &str) -> String {
    format!("progress-{}{tail}.db", at.format(STAMP))
}

impl Name {
    /// Other files in the folder are none of our business.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let inner = name.strip_prefix("progress-")?.strip_suffix(".db")?;
        let (stamp, tail) = inner.split_at_checked(16)?;
        let purpose = match tail {
            "" => Purpose::Daily,
            "-replaced" => Purpose::Replaced,
            _ if tail.starts_with("-v") => Purpose::BeforeMigration,
            _ => return None,
        };
        Some(Self {
            at: NaiveDateTime::parse_from_str(stamp, STAMP).ok()?,
            purpose,
            tail: tail.to_owned(),
        })
    }

    pub(super) fn file_name(&self) -> String {
        file_name(self.at, &self.tail)
    }
}

/// The dailies that may go, of all names sorted newest first.
pub(super) fn expired(names: &[Name]) -> Vec<Name> {
    let mut weeks = Vec::new();
    names
        .iter()
        .filter(|n| n.purpose == Purpose::Daily)
        .skip(DAILIES)
        .filter(|n| {
            let week = n.at.date().iso_week();
            let is_new = !weeks.contains(&(week.year(), week.week()));
            if is_new {
                weeks.push((week.year(), week.week()));
            }
            !(is_new && weeks.len() <= WEEKLIES)
        })
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDate, TimeDelta};

    #[test]
    fn a_name_reads_back_and_other_files_are_left_alone() {
        for name in [
            "progress-20261121T101500Z.db",
            "progress-20261121T101500Z-v1.db",
            "progress-20261121T101500Z-replaced.db",
        ] {
            assert_eq!(Name::parse(name).unwrap().file_name(), name);
        }
        for other in [
            "progress.db",
            "progress-.db",
            "progress-20261121T101500Z.db-wal",
            "progress-20261321T101500Z.db",
            "progress-20261121T101500Z-mine.db",
            "progress-ääääääääääääääää.db",
        ] {
            assert_eq!(Name::parse(other), None, "{other}");
        }
    }

    #[test]
    fn after_a_hundred_days_seven_days_and_four_weeks_are_left() {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let mut kept: Vec<Name> = Vec::new();
        for day in 0..100 {
            let at = (first + TimeDelta::days(day)).and_hms_opt(9, 0, 0).unwrap();
            kept.insert(0, Name::parse(&file_name(at, "")).unwrap());
            let gone = expired(&kept);
            kept.retain(|n| !gone.contains(n));
        }
        assert_eq!(kept.len(), DAILIES + WEEKLIES);
        let age = |n: &Name| (kept[0].at - n.at).num_days();
        assert_eq!(
            kept.iter().take(7).map(age).collect::<Vec<_>>(),
            [0, 1, 2, 3, 4, 5, 6]
        );
        assert!((25..=34).contains(&age(kept.last().unwrap())));
    }

    #[test]
    fn a_backup_from_before_a_migration_stays() {
        let at = NaiveDate::from_ymd_opt(2020, 1, 1)
            .unwrap()
            .and_hms_opt(0, 0, 0)
            .unwrap();
        let names = vec![Name::parse(&file_name(at, "-v1")).unwrap(); 20];
        assert!(expired(&names).is_empty());
    }
}
