//! The words of a line: by the seed, and none twice while there are others.

use super::{Listener, Say, Trigger};
use crate::mock::record::Speaker;
use xxhash_rust::xxh3::xxh3_64_with_seed;

impl Listener<'_> {
    /// One of the lines, for a reason.
    pub(super) fn pick(&self, lines: &[String], why: Trigger, because: &str) -> Say {
        Say {
            text: self.wording(lines, &format!("{why:?}")),
            why,
            because: because.to_owned(),
        }
    }

    /// One of the lines by the seed, the next one where it was said before; `{step}` becomes the
    /// step's title.
    pub(super) fn wording(&self, lines: &[String], turn: &str) -> String {
        let title = self
            .record
            .current
            .step()
            .and_then(|step| self.setting.framework.step(step))
            .map_or("the wrap-up", |guide| guide.title.as_str());
        let count = lines.len().max(1);
        let first = xxh3_64_with_seed(turn.as_bytes(), self.record.seed) % count as u64;
        let filled = |at: usize| {
            let line = lines.get(at % count).map_or("", String::as_str);
            line.trim().replace("{step}", title)
        };
        let said = |line: &str| {
            let mut entries = self.record.transcript.iter();
            entries
                .any(|entry| entry.speaker == Speaker::Interviewer && entry.text.starts_with(line))
        };
        let order = (0..count).map(|step| filled(first as usize + step));
        let fresh = order.into_iter().find(|line| !said(line));
        fresh.unwrap_or_else(|| filled(first as usize))
    }
}
