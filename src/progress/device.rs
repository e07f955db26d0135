//! Who wrote an event, and which one it is: the names under which two machines merge.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Longest device id, in bytes.
const MAX_LEN: usize = 64;

/// Largest sequence number: a JSON reader that keeps numbers as doubles still reads it exactly.
pub(super) const MAX_SEQ: i64 = 1 << 53;

/// One copy of the progress database that writes events of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(String);

impl DeviceId {
    /// Twelve hexadecimal digits of a random number: short on screen, and enough for one person's
    /// machines.
    pub fn from_chance(chance: u64) -> Self {
        Self(format!("{:012x}", chance & 0xffff_ffff_ffff))
    }

    /// Takes 1 to 64 lower-case letters and digits, so that the id can be a file name and
    /// `device-seq` has one reading.
    pub fn parse(text: &str) -> Option<Self> {
        let good = (1..=MAX_LEN).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        good.then(|| Self(text.to_owned()))
    }

    /// A second id that belongs to this one, told apart by `tail`.
    pub(super) fn branch(&self, mark: char, tail: u32) -> Self {
        let keep = self.0.len().min(MAX_LEN - 9);
        let stem: String = self.0.chars().take(keep).collect();
        Self(format!("{stem}{mark}{tail:08x}"))
    }

    /// The id as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The unique name of an event, shown as `device-seq`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId {
    pub device: DeviceId,
    /// Counts up from 1 on each device, without gaps.
    pub seq: i64,
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.device, self.seq)
    }
}

/// The text is not the name of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an event id: it looks like 9f3a2c4d5e6f-12")]
pub struct BadEventId;

impl FromStr for EventId {
    type Err = BadEventId;

    fn from_str(text: &str) -> Result<Self, BadEventId> {
        let (device, seq) = text.split_once('-').ok_or(BadEventId)?;
        let device = DeviceId::parse(device).ok_or(BadEventId)?;
        // `parse` would also take "+1" and "01", which are other names for the same event.
        let canonical = seq.bytes().all(|b| b.is_ascii_digit()) && !seq.starts_with('0');
        let seq: i64 = seq.parse().map_err(|_| BadEventId)?;
        if canonical && (1..=MAX_SEQ).contains(&seq) {
            Ok(Self { device, seq })
        } else {
            Err(BadEventId)
        }
    }
}

impl Serialize for EventId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EventId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_id_reads_back_and_has_one_spelling() {
        let id = EventId {
            device: DeviceId::from_chance(u64::MAX),
            seq: 12,
        };
        assert_eq!(id.to_string(), "ffffffffffff-12");
        assert_eq!(id.to_string().parse(), Ok(id));
        for bad in [
            "",
            "-",
            "a-",
            "-1",
            "a-0",
            "a-01",
            "a-+1",
            "A-1",
            "a-1-1",
            "a-9999999999999999999",
        ] {
            assert_eq!(bad.parse::<EventId>(), Err(BadEventId), "{bad}");
        }
    }

    #[test]
    fn a_branch_is_a_valid_id_of_its_own() {
        let long = DeviceId::parse(&"f".repeat(MAX_LEN)).unwrap();
        for id in [DeviceId::from_chance(7), long] {
            let branch = id.branch('x', 0xab);
            assert_ne!(branch, id);
            assert_eq!(DeviceId::parse(branch.as_str()), Some(branch));
        }
    }
}
