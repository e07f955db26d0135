//! What is asked before a step is left: a must that was not heard.

use super::{Listener, Say, Trigger};
use crate::content::{Id, Item, Kind, Level, Step};
use crate::grading::Verdict;
use std::cmp::Reverse;
use std::collections::BTreeMap;

impl Listener<'_> {
    /// A must of the step that was not heard, from the dimension that lacks most. One probe a step
    /// is enough, and none comes when its minutes are over or a question still waits.
    pub(in crate::mock) fn probe(&self) -> Option<Say> {
        let step = self.record.current.step()?;
        let probed = self.record.transcript.iter().any(|entry| {
            entry.segment == self.record.current && matches!(entry.why, Trigger::Probe(_))
        });
        let heard = self.record.options.manner.is_heard();
        let waits = self.record.open.is_some() || self.is_urged(step);
        if probed || !heard || waits || self.share() >= super::NUDGE {
            return None;
        }
        let level = self.record.level.max(Level::Mid);
        let musts = || {
            self.setting.case.rubric.iter().filter(move |item| {
                item.step == step && item.kind == Kind::Must && item.level <= level
            })
        };
        let mut lack: BTreeMap<&Id, (usize, usize)> = BTreeMap::new();
        for item in musts() {
            let (missing, of) = lack.entry(&item.dimension).or_default();
            *of += 1;
            *missing += usize::from(self.verdict(item.id.as_str()) == Some(Verdict::Missed));
        }
        // Shares as whole numbers, so that a tie is one; the first of the case's order wins it.
        let need = |item: &Item| {
            let (missing, of) = lack.get(&item.dimension).copied().unwrap_or_default();
            missing * 1000 / of.max(1)
        };
        let asked = self.asked();
        let missed = musts().filter(|item| {
            self.verdict(item.id.as_str()) == Some(Verdict::Missed) && !asked.contains(&item.id)
        });
        let mut missed: Vec<&Item> = missed.collect();
        missed.sort_by_key(|item| Reverse(need(item)));
        let item = missed.into_iter().find(|item| {
            let mut points = self.setting.points_made(step, &item.probe);
            // To be asked for a point is to hear of it.
            points.retain(|id| *id != item.id);
            !self.gives_away(&points)
        })?;
        let (missing, of) = lack.get(&item.dimension).copied().unwrap_or_default();
        let lead = self.wording(&self.setting.interviewer.lead_in, item.id.as_str());
        Some(Say {
            text: format!("{lead} {}", item.probe.trim()).trim().to_owned(),
            why: Trigger::Probe(item.id.to_string()),
            because: format!(
                "{step} was left and `{}` had not been heard; of the musts of {} {missing} of {of} were open",
                item.id, item.dimension
            ),
        })
    }

    /// Whether the interviewer has asked to leave this step behind: who does is not held back.
    fn is_urged(&self, step: Step) -> bool {
        let fired = |why| self.record.fired.contains(&why);
        fired(Trigger::Closing) || step < Step::Evaluate && fired(Trigger::NoEvaluation)
    }
}
