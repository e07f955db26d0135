//! The only reader of the wall clock. `GREENROOM_NOW` stops it, so that a script has the same
//! output on every day.

use super::exit::{Failure, Outcome};
use chrono::{DateTime, FixedOffset, Local, Offset, Utc};
use std::sync::OnceLock;
use std::time::Instant;

const VARIABLE: &str = "GREENROOM_NOW";

/// The moment in the environment, and when this process first looked at it.
static STOPPED: OnceLock<Option<(DateTime<FixedOffset>, Instant)>> = OnceLock::new();

fn stopped() -> Option<(DateTime<FixedOffset>, Instant)> {
    *STOPPED.get_or_init(|| {
        let text = std::env::var(VARIABLE).ok()?;
        Some((text.trim().parse().ok()?, Instant::now()))
    })
}

/// Complains about a moment that cannot be read.
pub(super) fn check() -> Outcome<()> {
    match std::env::var(VARIABLE) {
        Ok(text) if !text.is_empty() && stopped().is_none() => Err(Failure::usage(format!(
            "{VARIABLE}={text} is no moment: write 2026-11-21T12:00:00+01:00"
        ))),
        _ => Ok(()),
    }
}

/// Now; stands still where the environment says so.
pub(super) fn now() -> DateTime<Utc> {
    stopped().map_or_else(Utc::now, |(moment, _)| moment.to_utc())
}

/// Now, going on from the moment in the environment: for a screen that is looked at.
pub(super) fn running() -> DateTime<Utc> {
    stopped().map_or_else(Utc::now, |(moment, since)| {
        let passed = chrono::Duration::from_std(since.elapsed()).unwrap_or_default();
        moment.to_utc() + passed
    })
}

/// The learner's time zone.
pub(super) fn zone() -> FixedOffset {
    stopped().map_or_else(
        || Local::now().offset().fix(),
        |(moment, _)| *moment.offset(),
    )
}
