//! The talk of a mock, line by line, as every format shows it.

use crate::mock::{Record, Speaker};

/// A line of the transcript. The texts are as they were said: each format cleans them in its way.
pub(super) struct Spoken<'a> {
    /// Minutes and seconds on the interview's clock.
    pub(super) at: String,
    pub(super) who: &'static str,
    pub(super) text: &'a str,
    /// Why the interviewer said it; empty where the candidate speaks.
    pub(super) because: &'a str,
}

pub(super) fn talk(record: &Record) -> impl Iterator<Item = Spoken<'_>> {
    record.transcript.iter().map(|entry| Spoken {
        at: clock(entry.at),
        who: match entry.speaker {
            Speaker::Interviewer => "Interviewer",
            Speaker::You => "You",
        },
        text: entry.text.trim(),
        because: &entry.because,
    })
}

/// `4:51`.
pub(super) fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
