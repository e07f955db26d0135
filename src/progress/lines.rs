//! Reading exported lines from anywhere, whatever is in them.

use super::record::Record;
use super::{Refusal, Refused};
use std::io::{self, BufRead, Read as _};

/// No event is longer; a mock with its debrief is far below.
const MAX_LINE: usize = 16 << 20;

/// Events taken in one transaction: so few that another process is not kept waiting.
const BATCH: usize = 2_000;

/// Reads lines of bounded length.
pub(super) struct Lines<'a> {
    input: &'a mut dyn BufRead,
    number: u64,
}

impl<'a> Lines<'a> {
    pub(super) fn new(input: &'a mut dyn BufRead) -> Self {
        Self { input, number: 0 }
    }

    /// The next good events; empty at the end of the input.
    pub(super) fn batch(&mut self, refused: &mut Vec<Refused>) -> io::Result<Vec<Record>> {
        let mut batch = Vec::new();
        while batch.len() < BATCH {
            let Some(line) = self.next()? else { break };
            match line.and_then(|text| parse(&text)) {
                Ok(Some(record)) => batch.push(record),
                Ok(None) => {}
                Err(why) => refused.push(Refused {
                    line: self.number,
                    why,
                }),
            }
        }
        Ok(batch)
    }

    fn next(&mut self) -> io::Result<Option<Result<Vec<u8>, Refusal>>> {
        let mut line = Vec::new();
        let limit = MAX_LINE as u64 + 1;
        let read = (&mut *self.input)
            .take(limit)
            .read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        self.number += 1;
        if line.len() <= MAX_LINE {
            return Ok(Some(Ok(line)));
        }
        // Skip the rest of it, a piece at a time.
        while line.last() != Some(&b'\n') {
            line.clear();
            if (&mut *self.input)
                .take(limit)
                .read_until(b'\n', &mut line)?
                == 0
            {
                break;
            }
        }
        Ok(Some(Err(Refusal::TooLong(MAX_LINE))))
    }
}

/// A blank line is nothing; the end of a line may be of another system.
fn parse(line: &[u8]) -> Result<Option<Record>, Refusal> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.is_empty() {
        return Ok(None);
    }
    let text = std::str::from_utf8(line).map_err(|_| Refusal::Checksum)?;
    Record::parse(text).map(Some)
}
