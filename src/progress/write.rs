//! Events in: each with everything that follows from it, in one transaction.

use super::bodies::Retract;
use super::record::{Parts, Record};
use super::store::device;
use super::{days, state, DrillState, EventId, Kind, NewEvent, Store, StoreError};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{params, Connection, OptionalExtension, Row};

impl Store {
    /// Adds an event; it is on disk when this returns. A drill whose schedule follows from it is
    /// marked stale until its state is stored again: see [`Store::stale`].
    pub fn append(&mut self, new: &NewEvent) -> Result<EventId, StoreError> {
        self.write(|tx| insert(tx, None, new))
    }

    /// Adds an event together with the state of the drill after it: both or neither.
    pub fn record(&mut self, new: &NewEvent, after: &DrillState) -> Result<EventId, StoreError> {
        self.record_as(None, new, Some(after))
    }

    /// Takes an event back, and puts the drill's state right in the same transaction. Without a
    /// state the drill has none any more; if answers to it are left, it is stale.
    /// Taking the same event back twice does nothing more.
    pub fn retract(
        &mut self,
        event: &EventId,
        after: Option<&DrillState>,
        at: DateTime<Utc>,
        date: NaiveDate,
    ) -> Result<EventId, StoreError> {
        self.retract_as(None, event, after, at, date)
    }

    /// With an id that was given out before the event could be written. Writing it again does
    /// nothing.
    pub(super) fn record_as(
        &mut self,
        id: Option<&EventId>,
        new: &NewEvent,
        after: Option<&DrillState>,
    ) -> Result<EventId, StoreError> {
        self.write(|tx| {
            let id = insert(tx, id, new)?;
            if let Some(after) = after {
                state::put(tx, after)?;
            }
            Ok(id)
        })
    }

    pub(super) fn retract_as(
        &mut self,
        id: Option<&EventId>,
        event: &EventId,
        after: Option<&DrillState>,
        at: DateTime<Utc>,
        date: NaiveDate,
    ) -> Result<EventId, StoreError> {
        let body = Retract {
            event: event.clone(),
        };
        let new = NewEvent::new(at, date, body);
        self.write(|tx| {
            let id = insert(tx, id, &new)?;
            let drill = find(tx, event)?.and_then(|target| drill_of(&target));
            match (after, drill) {
                (Some(after), _) => state::put(tx, after)?,
                (None, Some(drill)) => {
                    state::remove(tx, &drill)?;
                    if has_history(tx, &drill)? {
                        state::mark_stale(tx, &drill)?;
                    }
                }
                (None, None) => {}
            }
            Ok(id)
        })
    }
}

fn insert(conn: &Connection, id: Option<&EventId>, new: &NewEvent) -> rusqlite::Result<EventId> {
    let id = match id {
        Some(id) => id.clone(),
        None => next_id(conn)?,
    };
    let record =
        Record::new(id, new).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))?;
    if put(conn, &record)? {
        follow(conn, &record)?;
    }
    Ok(record.id)
}

/// Safe with two processes, because the write lock is held.
fn next_id(conn: &Connection) -> rusqlite::Result<EventId> {
    let device = device(conn)?;
    let seq: Option<i64> = conn
        .prepare_cached("SELECT max(seq) FROM event WHERE device = ?1")?
        .query_row([device.as_str()], |row| row.get(0))?;
    Ok(EventId {
        device,
        seq: seq.unwrap_or(0) + 1,
    })
}

/// Says whether it is new.
pub(super) fn put(conn: &Connection, record: &Record) -> rusqlite::Result<bool> {
    let rows = conn
        .prepare_cached(
            "INSERT OR IGNORE INTO event (device, seq, at, date, kind, subject, body, crc)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            record.id.device.as_str(),
            record.id.seq,
            record.at,
            record.date,
            record.kind,
            record.subject,
            record.body,
            record.crc(),
        ])?;
    Ok(rows == 1)
}

/// What follows from a new event: the day's numbers, and which drill must be replayed. Gives the
/// same end in any order of arrival.
pub(super) fn follow(conn: &Connection, record: &Record) -> rusqlite::Result<Option<String>> {
    days::take_in(conn, record)?;
    let drill = match retracted_by(record) {
        Some(target) => find(conn, &target)?.and_then(|target| drill_of(&target)),
        None => drill_of(record),
    };
    if let Some(drill) = &drill {
        state::mark_stale(conn, drill)?;
    }
    Ok(drill)
}

/// The event that this one takes back.
pub(super) fn retracted_by(record: &Record) -> Option<EventId> {
    let is_retract = record.kind == Kind::Retract.as_str();
    is_retract.then(|| record.subject.parse().ok()).flatten()
}

fn drill_of(record: &Record) -> Option<String> {
    let moves = Kind::parse(&record.kind).is_some_and(Kind::moves_a_drill);
    moves.then(|| record.subject.clone())
}

/// Whether events are left from which the drill's state follows.
fn has_history(conn: &Connection, drill: &str) -> rusqlite::Result<bool> {
    for kind in Kind::ALL.iter().filter(|k| k.moves_a_drill()) {
        let found = conn
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM event e WHERE kind = ?1 AND subject = ?2
                 AND NOT EXISTS (SELECT 1 FROM event r
                    WHERE r.kind = 'retract' AND r.subject = e.device || '-' || e.seq))",
            )?
            .query_row(params![kind.as_str(), drill], |row| row.get(0))?;
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How many events take this one back.
pub(super) fn retractions(conn: &Connection, id: &EventId) -> rusqlite::Result<i64> {
    conn.prepare_cached("SELECT count(*) FROM event WHERE kind = 'retract' AND subject = ?1")?
        .query_row([id.to_string()], |row| row.get(0))
}

/// The columns that [`record_of`] reads, in its order.
pub(super) const COLUMNS: &str = "device, seq, at, date, kind, subject, body, crc";

/// A row as it is stored; `None` when a bit of it has flipped, which may also have made a text
/// that is not UTF-8.
pub(super) fn record_of(row: &Row<'_>) -> rusqlite::Result<Option<Record>> {
    let own = |parts: Parts<'_>| {
        Some(Record {
            id: EventId {
                device: super::DeviceId::parse(parts.device)?,
                seq: parts.seq,
            },
            at: parts.at,
            date: parts.date.to_owned(),
            kind: parts.kind.to_owned(),
            subject: parts.subject.to_owned(),
            body: parts.body.to_owned(),
        })
    };
    Ok(parts_of(row, &mut String::new())?.and_then(own))
}

/// As [`record_of`], without a copy. See [`Parts::crc`] for `paper`.
pub(super) fn parts_of<'a>(
    row: &'a Row<'_>,
    paper: &mut String,
) -> rusqlite::Result<Option<Parts<'a>>> {
    let text = |column| row.get_ref(column).map(|value| value.as_str().ok());
    let (Some(device), Some(date), Some(kind), Some(subject), Some(body)) =
        (text(0)?, text(3)?, text(4)?, text(5)?, text(6)?)
    else {
        return Ok(None);
    };
    let parts = Parts {
        device,
        seq: row.get(1)?,
        at: row.get(2)?,
        date,
        kind,
        subject,
        body,
    };
    let crc: i64 = row.get(7)?;
    Ok((i64::from(parts.crc(paper)) == crc).then_some(parts))
}

pub(super) fn find(conn: &Connection, id: &EventId) -> rusqlite::Result<Option<Record>> {
    conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM event WHERE device = ?1 AND seq = ?2"
    ))?
    .query_row(params![id.device.as_str(), id.seq], record_of)
    .optional()
    .map(Option::flatten)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, date, overrule, review, state, store};
    use super::super::{Filter, Note, Setting};
    use super::*;
    use serde_json::json;

    #[test]
    fn an_event_reads_back_as_it_was_written() {
        let mut store = store();
        let new = review("eta/why", 5);
        let id = store.append(&new).unwrap();
        assert_eq!(id.to_string(), "000000000abc-1");
        let back = store.events(&Filter::all()).unwrap();
        assert_eq!(back.len(), 1);
        assert_eq!(
            (&back[0].id, back[0].at, back[0].date),
            (&id, at(5), date(5))
        );
        assert_eq!(back[0].event, new.event);
        assert_eq!(store.append(&new).unwrap().seq, 2);
    }

    #[test]
    fn a_review_and_its_state_are_stored_together() {
        let mut store = store();
        store
            .record(&review("eta/why", 1), &state("eta/why", 1))
            .unwrap();
        assert_eq!(
            store.drill_state("eta/why").unwrap(),
            Some(state("eta/why", 1))
        );
        assert_eq!(store.drill_states().unwrap(), [state("eta/why", 1)]);
        assert!(store.stale().unwrap().is_empty());
    }

    #[test]
    fn an_answer_without_a_state_makes_its_drill_stale_until_it_is_replayed() {
        let mut store = store();
        let id = store.append(&review("eta/why", 1)).unwrap();
        store.append(&overrule(&id, "eta/why", 4, 2)).unwrap();
        assert_eq!(store.stale().unwrap(), ["eta/why"]);
        store.put_states(&[state("eta/why", 1)]).unwrap();
        assert!(store.stale().unwrap().is_empty());
    }

    #[test]
    fn undo_takes_the_answer_its_state_and_its_count_back() {
        let mut store = store();
        let first = store
            .record(&review("eta/why", 1), &state("eta/why", 1))
            .unwrap();
        let second = store
            .record(&review("eta/why", 2), &state("eta/why", 2))
            .unwrap();
        assert_eq!(store.days(date(0)).unwrap()[0].count, 2);

        store
            .retract(&second, Some(&state("eta/why", 1)), at(3), date(3))
            .unwrap();
        assert_eq!(store.reviews_of("eta/why").unwrap().len(), 1);
        assert_eq!(store.drill_state("eta/why").unwrap().unwrap().reps, 1);
        assert_eq!(store.days(date(0)).unwrap()[0].count, 1);
        assert!((store.days(date(0)).unwrap()[0].seconds - 12.5).abs() < 1e-9);

        store.retract(&first, None, at(4), date(4)).unwrap();
        // Undo pressed twice, or on two machines: counted once.
        store.retract(&first, None, at(4), date(4)).unwrap();
        assert_eq!(store.drill_state("eta/why").unwrap(), None);
        assert!(store.stale().unwrap().is_empty());
        assert!(store.days(date(0)).unwrap().is_empty());

        let all = store
            .events(&Filter::of(Kind::Review).with_retracted())
            .unwrap();
        assert_eq!(
            all.iter().map(|s| s.retracted).collect::<Vec<_>>(),
            [true, true]
        );
    }

    #[test]
    fn undo_without_the_older_state_leaves_the_drill_for_replay() {
        let mut store = store();
        store
            .record(&review("eta/why", 1), &state("eta/why", 1))
            .unwrap();
        let second = store
            .record(&review("eta/why", 2), &state("eta/why", 2))
            .unwrap();
        store.retract(&second, None, at(3), date(3)).unwrap();
        assert_eq!(store.drill_state("eta/why").unwrap(), None);
        assert_eq!(store.stale().unwrap(), ["eta/why"]);
    }

    #[test]
    fn a_clock_that_was_set_back_loses_nothing() {
        let mut store = store();
        for minute in [10, 5, 7] {
            store.append(&review("eta/why", minute)).unwrap();
        }
        let minutes: Vec<_> = store
            .reviews_of("eta/why")
            .unwrap()
            .iter()
            .map(|a| a.at)
            .collect();
        assert_eq!(minutes, [at(5), at(7), at(10)]);
    }

    #[test]
    fn the_newest_overruling_counts_and_dies_with_its_review() {
        let mut store = store();
        let id = store.append(&review("eta/why", 1)).unwrap();
        store.append(&overrule(&id, "eta/why", 4, 2)).unwrap();
        let last = store.append(&overrule(&id, "eta/why", 1, 3)).unwrap();
        assert_eq!(store.reviews_of("eta/why").unwrap()[0].rating(), 1);
        store.retract(&last, None, at(4), date(4)).unwrap();
        assert_eq!(store.reviews_of("eta/why").unwrap()[0].rating(), 4);
        store.retract(&id, None, at(5), date(5)).unwrap();
        assert!(store.reviews_of("eta/why").unwrap().is_empty());
    }

    #[test]
    fn the_newest_setting_and_note_count() {
        let mut store = store();
        let mut set = |minute, value| {
            let body = Setting {
                key: "minutes".into(),
                value,
            };
            store
                .append(&NewEvent::new(at(minute), date(minute), body))
                .unwrap()
        };
        set(1, json!(30));
        let newer = set(2, json!({"week": 45}));
        assert_eq!(store.setting("minutes").unwrap(), Some(json!({"week": 45})));
        store.retract(&newer, None, at(3), date(3)).unwrap();
        assert_eq!(store.settings().unwrap()["minutes"], json!(30));
        assert_eq!(store.setting("other").unwrap(), None);

        for (minute, text) in [(1, "first"), (2, "second")] {
            let body = Note {
                note: "n1".into(),
                subject: "eta".into(),
                text: text.into(),
            };
            store
                .append(&NewEvent::new(at(minute), date(minute), body))
                .unwrap();
        }
        assert_eq!(store.notes().unwrap()[0].text, "second");
        let gone = super::super::NoteRemove { note: "n1".into() };
        store.append(&NewEvent::new(at(3), date(3), gone)).unwrap();
        assert!(store.notes().unwrap().is_empty());
    }
}
