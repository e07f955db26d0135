//! Nothing is lost: the draft on disk, the lease against a second terminal, the next second.

use super::{MockScreen, HOLD_EVERY, SAVE_EVERY};
use crate::mock::Input as Say;
use crate::tui::screen::{Context, Flow};
use chrono::{DateTime, Duration, Utc};

impl MockScreen {
    pub(super) fn save(&mut self, context: &mut Context<'_>) {
        self.flush(context.now);
        if !self.done && self.keep_hold(context) {
            context.desk.save_mock(&self.session, context.now);
            self.unsaved = false;
        }
        self.saved = Some(context.now);
    }

    pub(super) fn save_when_due(&mut self, context: &mut Context<'_>) {
        let due = |saved: DateTime<Utc>| context.now - saved >= SAVE_EVERY || saved > context.now;
        if self.unsaved && self.saved.is_none_or(due) {
            self.save(context);
        }
    }

    /// Keeps other instances away and the clock on disk; says it once when one has the mock.
    pub(super) fn hold_when_due(&mut self, context: &mut Context<'_>) -> Option<Flow> {
        let due = self.is_hold_due(context.now);
        if !self.keep_hold(context) {
            if self.session.paused() {
                return None;
            }
            self.feed(Say::Pause, context.now);
            return Some(Flow::Say(
                "Another greenroom has taken this mock up; it goes on there".to_owned(),
            ));
        }
        if due {
            self.save(context);
        }
        None
    }

    /// When the shown second changes.
    pub(super) fn next_second(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        if self.unsaved && (self.session.paused() || self.over()) {
            return now + SAVE_EVERY;
        }
        if self.session.paused() || self.over() {
            return now + HOLD_EVERY;
        }
        let rest = self.session.left().fract() * 1000.0;
        now + Duration::milliseconds((rest as i64 + 5).clamp(50, 1000))
    }

    /// Renews the lease when it is due; false once another instance has the mock.
    pub(super) fn keep_hold(&mut self, context: &mut Context<'_>) -> bool {
        if !self.lost && self.is_hold_due(context.now) {
            self.held = Some(context.now);
            self.lost = !context.desk.hold_mock(&self.session, context.now);
        }
        !self.lost
    }

    fn is_hold_due(&self, now: DateTime<Utc>) -> bool {
        let due = |held: DateTime<Utc>| now - held >= HOLD_EVERY || held > now;
        self.held.is_none_or(due)
    }
}
