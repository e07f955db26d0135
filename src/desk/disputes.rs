//! Verdicts that the learner disagrees with. They are kept beside the machine's, and go out as the
//! cases from which the grader learns words that it did not know.

use super::Desk;
use crate::grading::Evidence;
use crate::progress::{Dispute, Event, Filter, Kind};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::BTreeSet;

/// A dispute with all that is needed to judge it. What can no longer be found is null: the mock may
/// have been made on another machine, the case may be gone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DisputeLine {
    pub schema_version: u32,
    pub at: DateTime<Utc>,
    pub case: Option<String>,
    pub mock: Option<String>,
    pub drill: Option<String>,
    pub item: String,
    pub point: Option<String>,
    pub step: Option<String>,
    /// The learner's words of that step.
    pub words: String,
    /// What the machine said.
    pub machine: String,
    pub evidence: Vec<Evidence>,
    /// What the learner says it is.
    pub yours: String,
    /// Of the item's content when it was disputed; empty for disputes older than the field.
    pub hash: String,
}

impl Desk {
    /// The learner disagrees with the machine about an item; both are kept.
    pub fn dispute(
        &mut self,
        mock: &str,
        item: &str,
        machine: &str,
        text: &str,
        now: DateTime<Utc>,
    ) {
        let yours = if machine == "hit" { "missed" } else { "hit" };
        let case = self.debrief(mock).map(|(record, _)| record.case);
        let case = case.and_then(|case| self.library.case(&case).ok());
        let hash = case.and_then(|case| Some(case.item(item)?.hash()));
        let dispute = Dispute {
            mock: Some(mock.to_owned()),
            drill: None,
            item: item.to_owned(),
            machine: machine.to_owned(),
            yours: yours.to_owned(),
            text: text.to_owned(),
            hash: hash.unwrap_or_default(),
        };
        self.write(dispute, now);
    }

    /// Items of a mock whose verdict the learner disputed.
    pub fn disputed(&self, mock: &str) -> BTreeSet<String> {
        let filter = Filter::of(Kind::Dispute).about(mock);
        let events = self.journal.events(&filter).unwrap_or_default();
        events
            .into_iter()
            .filter_map(|stored| match stored.event {
                Event::Dispute(dispute) => Some(dispute.item),
                _ => None,
            })
            .collect()
    }

    /// Every dispute, oldest first.
    pub fn disputes(&self) -> Vec<DisputeLine> {
        let events = self.journal.events(&Filter::of(Kind::Dispute));
        events
            .unwrap_or_default()
            .into_iter()
            .filter_map(|stored| match stored.event {
                Event::Dispute(dispute) => Some(self.dispute_line(stored.at, dispute)),
                _ => None,
            })
            .collect()
    }

    fn dispute_line(&self, at: DateTime<Utc>, dispute: Dispute) -> DisputeLine {
        let debrief = dispute.mock.as_deref().and_then(|mock| self.debrief(mock));
        let name = debrief.as_ref().map(|(record, _)| record.case.clone());
        let case = name
            .as_deref()
            .and_then(|name| self.library.case(name).ok());
        let scored = debrief
            .as_ref()
            .and_then(|(_, debrief)| debrief.sheet.item(&dispute.item));
        let own = case.as_ref().and_then(|case| case.item(&dispute.item));
        let step = scored.map(|item| item.step);
        DisputeLine {
            schema_version: 1,
            at,
            point: own.map(|item| item.point.trim().to_owned()),
            step: step
                .or_else(|| own.map(|item| item.step))
                .map(|step| step.id().to_owned()),
            evidence: scored.map(|item| item.evidence.clone()).unwrap_or_default(),
            case: name,
            mock: dispute.mock,
            drill: dispute.drill,
            item: dispute.item,
            words: dispute.text,
            machine: dispute.machine,
            yours: dispute.yours,
            hash: dispute.hash,
        }
    }
}
