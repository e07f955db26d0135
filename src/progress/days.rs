//! How much was done on each day, so that the home screen never reads a million reviews.

use super::record::Record;
use super::write::{find, record_of, retracted_by, retractions, COLUMNS};
use super::{Event, Kind, Store, StoreError};
use chrono::NaiveDate;
use rusqlite::{params, Connection};

/// What was done of one kind on one of the learner's days; what was taken back is not in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    pub date: NaiveDate,
    pub kind: Kind,
    pub count: u32,
    pub seconds: f64,
}

impl Store {
    /// The days from `from` on, oldest first; on one day in the order of [`Kind::ALL`].
    pub fn days(&self, from: NaiveDate) -> Result<Vec<Day>, StoreError> {
        self.read(|conn| {
            let mut statement = conn.prepare_cached(
                "SELECT date, kind, count, ms FROM day WHERE date >= ?1 ORDER BY date",
            )?;
            let mut rows = statement.query([from.to_string()])?;
            let mut days = Vec::new();
            while let Some(row) = rows.next()? {
                let date: String = row.get(0)?;
                let kind: String = row.get(1)?;
                let (Ok(date), Some(kind)) = (date.parse(), Kind::parse(&kind)) else {
                    continue;
                };
                let ms: i64 = row.get(3)?;
                days.push(Day {
                    date,
                    kind,
                    count: u32::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
                    seconds: ms as f64 / 1000.0,
                });
            }
            days.sort_by_key(|day| (day.date, day.kind));
            Ok(days)
        })
    }

    /// Makes the days again from the events.
    pub fn rebuild_days(&mut self) -> Result<(), StoreError> {
        self.write(|tx| rebuild(tx))
    }
}

/// Counts a new event, or takes off what it takes back. An event may come after its retraction,
/// from another machine, and two machines may retract the same.
pub(super) fn take_in(conn: &Connection, record: &Record) -> rusqlite::Result<()> {
    let Some(target) = retracted_by(record) else {
        return match retractions(conn, &record.id)? {
            0 => add(conn, record, 1),
            _ => Ok(()),
        };
    };
    if retractions(conn, &target)? == 1 {
        if let Some(target) = find(conn, &target)? {
            add(conn, &target, -1)?;
        }
    }
    Ok(())
}

fn add(conn: &Connection, record: &Record, sign: i64) -> rusqlite::Result<()> {
    let Some(kind) = Kind::parse(&record.kind).filter(|k| k.is_counted()) else {
        return Ok(());
    };
    // Whole milliseconds: a sum of fractions would depend on the order of arrival.
    let ms = Event::from_json(kind, &record.body).map_or(0, |event| milliseconds(&event));
    conn.prepare_cached(
        "INSERT INTO day (date, kind, count, ms) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (date, kind) DO UPDATE SET count = count + ?3, ms = ms + ?4",
    )?
    .execute(params![record.date, record.kind, sign, sign * ms])?;
    if sign < 0 {
        conn.prepare_cached("DELETE FROM day WHERE date = ?1 AND kind = ?2 AND count <= 0")?
            .execute(params![record.date, record.kind])?;
    }
    Ok(())
}

pub(super) fn milliseconds(event: &Event) -> i64 {
    (event.seconds() * 1000.0).round() as i64
}

pub(super) fn rebuild(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute("DELETE FROM day", ())?;
    let mut statement = conn.prepare(&format!(
        "SELECT {COLUMNS} FROM event e WHERE kind <> 'retract'
         AND NOT EXISTS (SELECT 1 FROM event r
            WHERE r.kind = 'retract' AND r.subject = e.device || '-' || e.seq)"
    ))?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        if let Some(record) = record_of(row)? {
            add(conn, &record, 1)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, date, review, store};
    use super::super::{MockEnd, NewEvent, Overrule, Read};
    use super::*;
    use chrono::Days;

    #[test]
    fn days_are_counted_by_kind_and_can_be_made_again() {
        let mut store = store();
        let first = store.append(&review("a/b", 1)).unwrap();
        store.append(&review("a/c", 2)).unwrap();
        let read = Read {
            case: "eta".into(),
            section: "data".into(),
            seconds: 60.0,
        };
        // After midnight it may still be the learner's day before.
        let eve = date(0) - Days::new(1);
        store.append(&NewEvent::new(at(3), eve, read)).unwrap();
        let mock = MockEnd {
            mock: "m1".into(),
            seconds: 2700.25,
            ..MockEnd::default()
        };
        store.append(&NewEvent::new(at(4), date(4), mock)).unwrap();
        let own = Overrule {
            review: first.clone(),
            drill: "a/b".into(),
            rating: 1,
            comes_back: None,
        };
        store.append(&NewEvent::new(at(5), date(5), own)).unwrap();
        store.retract(&first, None, at(6), date(6)).unwrap();

        let days = store.days(eve).unwrap();
        let brief: Vec<_> = days
            .iter()
            .map(|d| (d.date, d.kind, d.count, d.seconds))
            .collect();
        assert_eq!(
            brief,
            [
                (eve, Kind::Read, 1, 60.0),
                (date(0), Kind::Review, 1, 12.5),
                (date(0), Kind::Overrule, 1, 0.0),
                (date(0), Kind::MockEnd, 1, 2700.25),
            ]
        );
        assert_eq!(store.days(date(0)).unwrap().len(), 3);
        store.conn.execute("UPDATE day SET count = 99", ()).unwrap();
        store.rebuild_days().unwrap();
        assert_eq!(store.days(eve).unwrap(), days);
    }
}
