//! An event as text: the line that is exported, and whose checksum shows a flipped bit.

use super::device::MAX_SEQ;
use super::{DeviceId, Event, EventId, Kind, NewEvent, Stored};
use chrono::{DateTime, NaiveDate};
use serde::de::IgnoredAny;
use serde::Deserialize;
use serde_json::Value;

/// An event with its body as stored, so that kinds of a newer program pass through unharmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) id: EventId,
    /// Unix time in milliseconds.
    pub(super) at: i64,
    pub(super) date: String,
    pub(super) kind: String,
    pub(super) subject: String,
    pub(super) body: String,
}

/// Why a line is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It does not begin with a checksum.
    #[error("no checksum at its start")]
    NoChecksum,
    /// The checksum does not fit: cut off, or changed.
    #[error("its checksum does not fit: it is cut off or was changed")]
    Checksum,
    /// The checksum fits and the text is none of this program's.
    #[error("not an event: {0}")]
    NotAnEvent(String),
    /// Longer than any event.
    #[error("longer than {0} bytes")]
    TooLong(usize),
}

impl Record {
    pub(super) fn new(id: EventId, new: &NewEvent) -> serde_json::Result<Self> {
        Ok(Self {
            id,
            at: new.at.timestamp_millis(),
            date: new.date.to_string(),
            kind: new.event.kind().as_str().to_owned(),
            subject: new.event.subject(),
            body: new.event.to_json()?,
        })
    }

    pub(super) fn parts(&self) -> Parts<'_> {
        Parts {
            device: self.id.device.as_str(),
            seq: self.id.seq,
            at: self.at,
            date: &self.date,
            kind: &self.kind,
            subject: &self.subject,
            body: &self.body,
        }
    }

    /// See [`Parts::spell`].
    pub(super) fn json(&self) -> String {
        let mut json = String::with_capacity(self.body.len() + 160);
        self.parts().spell(&mut json);
        json
    }

    pub(super) fn crc(&self) -> u32 {
        self.parts().crc(&mut String::new())
    }

    /// Checksum, space, JSON; without the newline.
    pub(super) fn line(&self) -> String {
        let json = self.json();
        format!("{:08x} {json}", crc32fast::hash(json.as_bytes()))
    }

    pub(super) fn parse(line: &str) -> Result<Self, Refusal> {
        let (crc, json) = line.split_once(' ').ok_or(Refusal::NoChecksum)?;
        if crc.len() != 8 {
            return Err(Refusal::NoChecksum);
        }
        let crc = u32::from_str_radix(crc, 16).map_err(|_| Refusal::NoChecksum)?;
        if crc32fast::hash(json.as_bytes()) != crc {
            return Err(Refusal::Checksum);
        }
        let other = |why: &str| Refusal::NotAnEvent(why.to_owned());
        let header: Header =
            serde_json::from_str(json).map_err(|e| Refusal::NotAnEvent(e.to_string()))?;
        let device = DeviceId::parse(&header.device).ok_or_else(|| other("bad device id"))?;
        if !(1..=MAX_SEQ).contains(&header.seq) {
            return Err(other("bad sequence number"));
        }
        if DateTime::from_timestamp_millis(header.at).is_none() {
            return Err(other("bad time"));
        }
        if header.date.parse::<NaiveDate>().is_err() {
            return Err(other("bad date"));
        }
        // Inside a JSON string the quotes would be escaped, so the first match is the key.
        let body = json
            .split_once(r#","body":"#)
            .and_then(|(_, rest)| rest.strip_suffix('}'))
            .ok_or_else(|| other("no body at its end"))?;
        let record = Self {
            id: EventId {
                device,
                seq: header.seq,
            },
            at: header.at,
            date: header.date,
            kind: header.kind,
            subject: header.subject,
            body: body.to_owned(),
        };
        // One event has one spelling, else the same event could come back as another.
        if record.json() == json {
            Ok(record)
        } else {
            Err(other("not spelt as this program spells it"))
        }
    }

    /// What is compared when two machines used the same id.
    pub(super) fn content(&self) -> (i64, &str, &str, &str, &str) {
        (self.at, &self.date, &self.kind, &self.subject, &self.body)
    }

    /// Of the content alone, whatever the id.
    pub(super) fn content_crc(&self) -> u32 {
        let mut crc = crc32fast::Hasher::new();
        crc.update(&self.at.to_le_bytes());
        for part in [&self.date, &self.kind, &self.subject, &self.body] {
            crc.update(part.as_bytes());
            crc.update(&[0xff]);
        }
        crc.finalize()
    }

    /// The typed event; nothing when only a newer program can read it.
    pub(super) fn stored(self, retracted: bool) -> Option<Stored> {
        let kind = Kind::parse(&self.kind)?;
        Some(Stored {
            at: DateTime::from_timestamp_millis(self.at)?,
            date: self.date.parse().ok()?,
            event: Event::from_json(kind, &self.body).ok()?,
            id: self.id,
            retracted,
        })
    }
}

/// An event as stored, not yet copied out of where it lies.
pub(super) struct Parts<'a> {
    pub(super) device: &'a str,
    pub(super) seq: i64,
    /// Unix time in milliseconds.
    pub(super) at: i64,
    pub(super) date: &'a str,
    pub(super) kind: &'a str,
    pub(super) subject: &'a str,
    pub(super) body: &'a str,
}

impl Parts<'_> {
    /// The one spelling of this event. The body goes in as stored: parsing and printing it again
    /// could change the last digit of a number, and with it the checksum.
    fn spell(&self, json: &mut String) {
        json.push_str("{\"device\":");
        quote(self.device, json);
        json.push_str(",\"seq\":");
        number(self.seq, json);
        json.push_str(",\"at\":");
        number(self.at, json);
        json.push_str(",\"date\":");
        quote(self.date, json);
        json.push_str(",\"kind\":");
        quote(self.kind, json);
        json.push_str(",\"subject\":");
        quote(self.subject, json);
        json.push_str(",\"body\":");
        json.push_str(self.body);
        json.push('}');
    }

    /// `paper` is written over: who has many checksums to make gives the same one each time.
    pub(super) fn crc(&self, paper: &mut String) -> u32 {
        paper.clear();
        self.spell(paper);
        crc32fast::hash(paper.as_bytes())
    }
}

fn number(value: i64, json: &mut String) {
    use std::fmt::Write;
    // Writing into a string cannot fail.
    let _ = write!(json, "{value}");
}

/// A JSON string. Printing one cannot fail, unlike `serde_json::to_string`.
fn quote(text: &str, json: &mut String) {
    let plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        json.push('"');
        json.push_str(text);
        json.push('"');
    } else {
        json.push_str(&Value::from(text).to_string());
    }
}

/// All but the body, whose text must stay as it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    device: String,
    seq: i64,
    at: i64,
    date: String,
    kind: String,
    subject: String,
    #[serde(rename = "body")]
    _body: IgnoredAny,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(subject: &str, body: &str) -> Record {
        Record {
            id: "abc-7".parse().unwrap(),
            at: 1_700_000_000_123,
            date: "2026-11-21".into(),
            kind: "review".into(),
            subject: subject.into(),
            body: body.into(),
        }
    }

    #[test]
    fn a_line_reads_back_and_keeps_every_digit() {
        for (subject, body) in [
            ("eta/why", r#"{"score":0.30000000000000004}"#),
            (r#"x","body":"#, r#"{"body":{"body":1}}"#),
            ("line\nbreak \u{1b} ü", "null"),
            ("", r#"{"n":123456789012345678901234567890}"#),
        ] {
            let record = record(subject, body);
            assert!(!record.line().contains('\n'));
            assert_eq!(Record::parse(&record.line()).as_ref(), Ok(&record));
        }
    }

    #[test]
    fn what_is_no_event_is_refused_with_its_reason() {
        let line = |json: &str| format!("{:08x} {json}", crc32fast::hash(json.as_bytes()));
        let good = record("s", "{}");
        let cut: String = good.line().chars().take(40).collect();
        assert_eq!(Record::parse(&cut), Err(Refusal::Checksum));
        assert_eq!(Record::parse("{}"), Err(Refusal::NoChecksum));
        assert_eq!(Record::parse("+000000a {}"), Err(Refusal::Checksum));
        for json in [
            "{}".to_owned(),
            good.json().replace("\"seq\":7", "\"seq\":0"),
            good.json().replace("\"seq\":7", "\"seq\": 7"),
            good.json()
                .replace("\"seq\":7", "\"seq\":9223372036854775807"),
            good.json().replace("\"abc\"", "\"../x\""),
            good.json().replace("2026-11-21", "2026-13-21"),
            good.json().replace("1700000000123", "9223372036854775807"),
            good.json().replace("{}", "{"),
        ] {
            assert!(
                matches!(Record::parse(&line(&json)), Err(Refusal::NotAnEvent(_))),
                "{json}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_flipped_bit_is_seen(at in 0usize..1000, bit in 0u8..7) {
            let line = record("eta/why", r#"{"drill":"eta/why"}"#).line();
            let mut bytes = line.clone().into_bytes();
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
            if let Ok(text) = std::str::from_utf8(&bytes) {
                // A checksum in capitals is the same number.
                if !text.eq_ignore_ascii_case(&line) || at > 8 {
                    prop_assert!(Record::parse(text).is_err());
                }
            }
        }

        #[test]
        fn no_input_makes_the_reader_panic(text in "\\PC*") {
            let _ = Record::parse(&text);
        }
    }
}
