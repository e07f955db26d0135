//! A write that waits.

use super::super::record::Record;
use super::super::{Draft, DrillState, EventId, NewEvent, Retract, Store, StoreError};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use std::borrow::Cow;

/// Everything needed to write it later, as often as it takes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Write {
    Event {
        id: EventId,
        new: NewEvent,
        after: Option<DrillState>,
    },
    Retract {
        id: EventId,
        event: EventId,
        after: Option<DrillState>,
        at: DateTime<Utc>,
        date: NaiveDate,
    },
    States(Vec<DrillState>),
    DropStates(Vec<String>),
    Draft(Draft),
    NoDraft(String),
    Place(String, Value),
}

impl Write {
    pub(super) fn apply(&self, store: &mut Store) -> Result<(), StoreError> {
        match self {
            Self::Event { id, new, after } => {
                store.record_as(Some(id), new, after.as_ref()).map(|_| ())
            }
            Self::Retract {
                id,
                event,
                after,
                at,
                date,
            } => store
                .retract_as(Some(id), event, after.as_ref(), *at, *date)
                .map(|_| ()),
            Self::States(states) => store.put_states(states),
            Self::DropStates(drills) => store.drop_states(drills),
            Self::Draft(draft) => store.save_draft(&draft.name, &draft.body, draft.at),
            Self::NoDraft(name) => store.delete_draft(name),
            Self::Place(key, value) => store.set_place(key, value),
        }
    }

    /// The event that it adds, if it adds one.
    pub(super) fn event(&self) -> Option<(&EventId, Cow<'_, NewEvent>)> {
        match self {
            Self::Event { id, new, .. } => Some((id, Cow::Borrowed(new))),
            Self::Retract {
                id,
                event,
                at,
                date,
                ..
            } => {
                let event = event.clone();
                let new = NewEvent::new(*at, *date, Retract { event });
                Some((id, Cow::Owned(new)))
            }
            _ => None,
        }
    }

    /// Whether the earlier write need not be made any more.
    pub(super) fn replaces(&self, earlier: &Self) -> bool {
        match (self.draft_name(), earlier.draft_name()) {
            (Some(a), Some(b)) => a == b,
            _ => matches!((self, earlier), (Self::Place(a, _), Self::Place(b, _)) if a == b),
        }
    }

    pub(super) fn draft_name(&self) -> Option<&str> {
        match self {
            Self::Draft(draft) => Some(&draft.name),
            Self::NoDraft(name) => Some(name),
            _ => None,
        }
    }

    /// The event as an exported line; nothing for what is no event.
    pub(super) fn line(&self) -> Option<String> {
        let (id, new) = self.event()?;
        Record::new(id.clone(), &new).ok().map(|r| r.line())
    }
}
