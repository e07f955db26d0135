//! Questions out: events by kind, subject and time.

use super::bodies::{Note, Review};
use super::record::Record;
use super::write::{record_of, COLUMNS};
use super::{Event, EventId, Kind, Store, StoreError, Stored};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::types::Value as Sql;
use rusqlite::{params_from_iter, Connection};
use serde_json::Value;
use std::collections::BTreeMap;

/// Which events are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// All kinds when empty.
    pub kinds: Vec<Kind>,
    pub subject: Option<String>,
    pub since: Option<DateTime<Utc>>,
    /// Only the newest so many.
    pub limit: Option<usize>,
    /// Also those that were taken back.
    pub retracted: bool,
}

impl Filter {
    /// Events of every kind.
    pub fn all() -> Self {
        Self::default()
    }

    /// Events of this kind.
    pub fn of(kind: Kind) -> Self {
        Self {
            kinds: vec![kind],
            ..Self::default()
        }
    }

    /// And of this kind too.
    #[must_use]
    pub fn or(mut self, kind: Kind) -> Self {
        self.kinds.push(kind);
        self
    }

    /// Only about this drill, mock, case …: see [`Event::subject`].
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// Only at this time or later.
    #[must_use]
    pub fn since(mut self, at: DateTime<Utc>) -> Self {
        self.since = Some(at);
        self
    }

    /// Only the newest `count`.
    #[must_use]
    pub fn last(mut self, count: usize) -> Self {
        self.limit = Some(count);
        self
    }

    /// Also those that were taken back.
    #[must_use]
    pub fn with_retracted(mut self) -> Self {
        self.retracted = true;
        self
    }

    /// The kinds that are meant, each once.
    fn kinds(&self) -> Vec<Kind> {
        let mut kinds = match self.kinds.as_slice() {
            [] => Kind::ALL.to_vec(),
            some => some.to_vec(),
        };
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// Whether an event passes, the limit aside.
    pub(super) fn matches(&self, event: &Event, at: DateTime<Utc>) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&event.kind()))
            && self.subject.as_ref().is_none_or(|s| *s == event.subject())
            && self.since.is_none_or(|since| at >= since)
    }

    /// Keeps the newest of a list in order.
    pub(super) fn cut(&self, events: &mut Vec<Stored>) {
        let limit = self.limit.unwrap_or(usize::MAX);
        events.drain(..events.len().saturating_sub(limit));
    }
}

/// A review with the learner's say in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    pub id: EventId,
    pub at: DateTime<Utc>,
    pub date: NaiveDate,
    pub review: Review,
    /// The learner's own rating, if there is one.
    pub overruled: Option<u8>,
}

impl Answered {
    /// The rating that counts: 1 Again, 2 Hard, 3 Good, 4 Easy.
    pub fn rating(&self) -> u8 {
        self.overruled.unwrap_or(self.review.rating)
    }
}

impl Store {
    /// Events in the order of replay: time, device, sequence. Damaged events and those that only a
    /// newer program can read are left out; [`Store::verify`] names them.
    pub fn events(&self, filter: &Filter) -> Result<Vec<Stored>, StoreError> {
        let kinds = filter.kinds();
        self.read(|conn| {
            let mut events = Vec::new();
            for kind in &kinds {
                let start = events.len();
                scan(conn, *kind, filter, |event| events.push(event))?;
                if filter.limit.is_some() {
                    // With a limit the newest come first.
                    events.get_mut(start..).unwrap_or_default().reverse();
                }
            }
            if kinds.len() > 1 {
                events.sort_by(|a, b| a.order().cmp(&b.order()));
                filter.cut(&mut events);
            }
            Ok(events)
        })
    }

    /// All answers to a drill in the order of replay, with the learner's own ratings.
    pub fn reviews_of(&self, drill: &str) -> Result<Vec<Answered>, StoreError> {
        let filter = Filter::of(Kind::Review).or(Kind::Overrule).about(drill);
        Ok(answered(self.events(&filter)?))
    }

    /// The value that a setting has now.
    pub fn setting(&self, key: &str) -> Result<Option<Value>, StoreError> {
        let filter = Filter::of(Kind::Setting).about(key).last(1);
        Ok(settings(self.events(&filter)?).remove(key))
    }

    /// All settings as they are now.
    pub fn settings(&self) -> Result<BTreeMap<String, Value>, StoreError> {
        Ok(settings(self.events(&Filter::of(Kind::Setting))?))
    }

    /// The notes that were not thrown away, in the order of their ids.
    pub fn notes(&self) -> Result<Vec<Note>, StoreError> {
        let filter = Filter::of(Kind::Note).or(Kind::NoteRemove);
        Ok(notes(self.events(&filter)?))
    }
}

/// Puts the newest overruling to each review.
pub(super) fn answered(events: Vec<Stored>) -> Vec<Answered> {
    let mut overruled = BTreeMap::new();
    let mut answers = Vec::new();
    for Stored {
        id,
        at,
        date,
        event,
        ..
    } in events
    {
        match event {
            Event::Overrule(body) => {
                overruled.insert(body.review, (body.rating, body.comes_back));
            }
            Event::Review(review) => answers.push(Answered {
                id,
                at,
                date,
                review,
                overruled: None,
            }),
            _ => {}
        }
    }
    for answer in &mut answers {
        if let Some((rating, comes_back)) = overruled.remove(&answer.id) {
            answer.overruled = Some(rating);
            answer.review.comes_back = comes_back;
        }
    }
    answers
}

pub(super) fn settings(events: Vec<Stored>) -> BTreeMap<String, Value> {
    events
        .into_iter()
        .filter_map(|stored| match stored.event {
            Event::Setting(body) => Some((body.key, body.value)),
            _ => None,
        })
        .collect()
}

pub(super) fn notes(events: Vec<Stored>) -> Vec<Note> {
    let mut notes = BTreeMap::new();
    for stored in events {
        match stored.event {
            Event::Note(note) => {
                notes.insert(note.note.clone(), note);
            }
            Event::NoteRemove(body) => {
                notes.remove(&body.note);
            }
            _ => {}
        }
    }
    notes.into_values().collect()
}

/// The question for one kind. One kind at a time, because then an index gives the order.
fn query(filter: &Filter) -> String {
    let subject = filter.subject.as_ref().map_or("", |_| " AND subject = ?2");
    let since = filter.since.map_or("", |_| " AND at >= ?3");
    let taken_back = "EXISTS (SELECT 1 FROM event r
        WHERE r.kind = 'retract' AND r.subject = e.device || '-' || e.seq)";
    let (column, only) = if filter.retracted {
        (taken_back, String::new())
    } else {
        ("0", format!(" AND NOT {taken_back}"))
    };
    let order = if filter.limit.is_some() {
        "at DESC, device DESC, seq DESC"
    } else {
        "at, device, seq"
    };
    format!(
        "SELECT {COLUMNS}, {column} FROM event e
         WHERE kind = ?1{subject}{since}{only} ORDER BY {order}"
    )
}

fn scan(
    conn: &Connection,
    kind: Kind,
    filter: &Filter,
    mut take: impl FnMut(Stored),
) -> rusqlite::Result<()> {
    let values = [
        Sql::from(kind.as_str().to_owned()),
        filter.subject.clone().map_or(Sql::Null, Sql::from),
        filter
            .since
            .map_or(Sql::Null, |at| Sql::from(at.timestamp_millis())),
    ];
    let mut statement = conn.prepare_cached(&query(filter))?;
    let used = statement.parameter_count();
    let mut rows = statement.query(params_from_iter(values.iter().take(used)))?;
    let mut left = filter.limit.unwrap_or(usize::MAX);
    while left > 0 {
        let Some(row) = rows.next()? else { break };
        let retracted = row.get(8)?;
        let event = record_of(row)?.and_then(|record: Record| record.stored(retracted));
        if let Some(event) = event {
            take(event);
            left -= 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, date, review, store};
    use super::super::{NewEvent, Suspend};
    use super::*;

    #[test]
    fn a_limit_keeps_the_newest_in_order_over_all_kinds() {
        let mut store = store();
        for minute in [3, 1, 2] {
            store.append(&review("a/b", minute)).unwrap();
        }
        let body = Suspend {
            drill: "a/b".into(),
        };
        store.append(&NewEvent::new(at(4), date(4), body)).unwrap();
        let times = |filter: &Filter| -> Vec<_> {
            store.events(filter).unwrap().iter().map(|s| s.at).collect()
        };
        assert_eq!(times(&Filter::of(Kind::Review).last(2)), [at(2), at(3)]);
        assert_eq!(times(&Filter::all().last(2)), [at(3), at(4)]);
        assert_eq!(times(&Filter::all().since(at(2))), [at(2), at(3), at(4)]);
        assert!(times(&Filter::all().about("a/c")).is_empty());
        assert!(times(&Filter::all().last(0)).is_empty());
    }

    #[test]
    fn a_flipped_bit_is_left_out_and_named() {
        let mut store = store();
        store.append(&review("a/b", 1)).unwrap();
        let good = store.append(&review("a/b", 2)).unwrap();
        store
            .conn
            .execute(
                "UPDATE event SET body = replace(body, '0.5', '0.7') WHERE seq = 1",
                (),
            )
            .unwrap();
        assert_eq!(store.reviews_of("a/b").unwrap().len(), 1);
        let found = store.verify().unwrap();
        assert_eq!((found.events, found.damaged.len()), (2, 1));
        assert_eq!(found.damaged[0].seq, 1);
        assert!(!found.is_sound());

        // A bit that makes the text no text.
        store
            .conn
            .execute(
                "UPDATE event SET body = CAST(x'7b80' AS TEXT) WHERE seq = 1",
                (),
            )
            .unwrap();
        assert_eq!(store.events(&Filter::all()).unwrap()[0].id, good);
        assert_eq!(store.verify().unwrap().damaged.len(), 1);
    }

    #[test]
    fn every_question_is_answered_from_an_index_and_in_its_order() {
        let store = store();
        let filters = [
            Filter::of(Kind::Review).about("a/b"),
            Filter::of(Kind::Review).about("a/b").last(3),
            Filter::of(Kind::Review).since(at(1)),
            Filter::of(Kind::MockEnd).last(20),
            Filter::of(Kind::Review).last(20).with_retracted(),
        ];
        for filter in filters {
            let sql = format!("EXPLAIN QUERY PLAN {}", query(&filter));
            let mut statement = store.conn.prepare(&sql).unwrap();
            let unbound = vec![Sql::Null; statement.parameter_count()];
            let plan: Vec<String> = statement
                .query_map(params_from_iter(unbound), |row| row.get(3))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            let plan = plan.join("; ");
            assert!(plan.starts_with("SEARCH e USING INDEX event_"), "{plan}");
            assert!(
                !plan.contains("TEMP B-TREE") && !plan.contains("SCAN"),
                "{plan}"
            );
        }
    }
}
