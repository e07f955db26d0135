//! Where the learner is on a page, so that another width or another day finds it again.

use super::sheet::Sheet;
use serde_json::{json, Value};

/// So many lines under a heading, of so many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) anchor: String,
    pub(super) offset: usize,
    of: usize,
}

impl Spot {
    pub(super) fn to_json(&self) -> Value {
        json!({ "anchor": self.anchor, "offset": self.offset, "of": self.of })
    }

    pub(super) fn from_json(value: &Value) -> Option<Self> {
        let number = |key: &str| {
            let number = value.get(key).and_then(Value::as_u64);
            number.map_or(0, |number| number.min(1 << 30) as usize)
        };
        Some(Self {
            anchor: value.get("anchor")?.as_str()?.to_owned(),
            offset: number("offset"),
            of: number("of"),
        })
    }
}

impl Sheet {
    pub(super) fn spot(&self) -> Spot {
        if let Some(spot) = &self.resting {
            return spot.clone();
        }
        let at = self.heading_at();
        let heading = at.and_then(|at| self.headings().get(at));
        match (at, heading) {
            (Some(at), Some(heading)) => Spot {
                anchor: heading.anchor.clone(),
                offset: self.page.top.saturating_sub(heading.line),
                of: self.length(at),
            },
            _ => Spot {
                offset: self.page.top,
                of: self.before_first(),
                ..Spot::default()
            },
        }
    }

    /// The line of a spot; in proportion when the section has another length now.
    pub(super) fn line_of(&self, spot: &Spot) -> usize {
        let found = self
            .headings()
            .iter()
            .position(|heading| heading.anchor == spot.anchor);
        let (start, length) = match found {
            Some(at) => (self.line_of_heading(at), self.length(at)),
            None if spot.anchor.is_empty() => (0, self.before_first()),
            None => return 0,
        };
        let offset = if spot.of == length || spot.of == 0 {
            spot.offset
        } else {
            spot.offset * length / spot.of
        };
        start + offset.min(length.saturating_sub(1))
    }

    fn line_of_heading(&self, at: usize) -> usize {
        self.headings().get(at).map_or(0, |heading| heading.line)
    }

    /// Lines before the first heading.
    fn before_first(&self) -> usize {
        self.line_of_heading(0)
    }

    /// Lines from a heading to the next one.
    fn length(&self, at: usize) -> usize {
        let end = self.headings().get(at + 1).map(|heading| heading.line);
        let end = end.unwrap_or(self.page.lines.len());
        end.saturating_sub(self.line_of_heading(at))
    }
}
