//! What comes after a debrief: the learner's rating of their delivery, and a grade by newer content.

use super::verdict_id;
use crate::desk::Desk;
use crate::mock::Debrief;
use crate::progress::{Event, Filter, Kind, MockGrade, MockRating};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

impl Desk {
    /// How the learner says they spoke; the newest rating counts.
    pub(super) fn delivery(&self, mock: &str) -> Option<u8> {
        let filter = Filter::of(Kind::MockRating).about(mock).last(1);
        let events = self.journal.events(&filter).unwrap_or_default();
        events.into_iter().find_map(|stored| match stored.event {
            Event::MockRating(rating) => Some(rating.delivery),
            _ => None,
        })
    }

    /// Keeps how the learner says they spoke, 1 to 4.
    pub fn rate_delivery(&mut self, mock: &str, delivery: u8, now: DateTime<Utc>) {
        let rating = MockRating {
            mock: mock.to_owned(),
            delivery: delivery.clamp(1, 4),
        };
        self.write(rating, now);
    }

    /// Grades an old mock by the content as it is now and keeps that beside the first score. None
    /// when there is no such mock.
    ///
    /// # Errors
    /// One line when its case cannot be loaded any more.
    pub fn regrade(
        &mut self,
        mock: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<(Debrief, Debrief)>, String> {
        let Some((record, before)) = self.debrief(mock) else {
            return Ok(None);
        };
        let setting = self.setting(&record.case, &record.options)?;
        let practised = |id: &str| self.library.drill_head(id).is_some();
        let rubric = self.library.rubric();
        let rubric = rubric.weighted(record.options.role.as_deref());
        let mut after = Debrief::of(&setting, &record, &rubric, &practised);
        let marks = self.marks(mock);
        if !marks.is_empty() {
            after.confirm(&setting, &record, &rubric, &marks);
        }
        after.copied = self.copied(&record);
        let grade = MockGrade {
            mock: mock.to_owned(),
            body: serde_json::to_value(&after).unwrap_or_default(),
            total: after.sheet.total,
            verdict: verdict_id(after.sheet.verdict).to_owned(),
            hash: after.hash.clone(),
        };
        self.write(grade, now);
        Ok(Some((before, after)))
    }

    /// Later grades of a mock, oldest first, each with its day.
    pub fn regrades(&self, mock: &str) -> Vec<(DateTime<Utc>, Debrief)> {
        let filter = Filter::of(Kind::MockGrade).about(mock);
        let events = self.journal.events(&filter).unwrap_or_default();
        events
            .into_iter()
            .filter_map(|stored| match stored.event {
                Event::MockGrade(grade) => {
                    Some((stored.at, serde_json::from_value(grade.body).ok()?))
                }
                _ => None,
            })
            .collect()
    }

    /// Newest totals of mocks that were graded again.
    pub(super) fn regraded(&self) -> BTreeMap<String, f64> {
        let events = self.journal.events(&Filter::of(Kind::MockGrade));
        let events = events.unwrap_or_default().into_iter();
        events
            .filter_map(|stored| match stored.event {
                Event::MockGrade(grade) => Some((grade.mock, grade.total)),
                _ => None,
            })
            .collect()
    }
}
