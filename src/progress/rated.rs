//! Answers as a schedule needs them. A learner has hundreds of thousands, and all of them are read
//! when a law of forgetting is fitted: so each is checked where it lies, and what it says in words is
//! passed over.

use super::write::{parts_of, COLUMNS};
use super::{Answered, Event, EventId, Filter, Journal, Kind, Store, StoreError};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use serde::Deserialize;
use std::collections::HashMap;

/// What an answer did to the schedule of its drill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rated {
    pub at: DateTime<Utc>,
    /// The one that counts, the learner's own before the machine's: 1 Again, 2 Hard, 3 Good, 4 Easy.
    pub rating: u8,
    /// 0 to 1.
    pub score: f64,
    pub seconds: f64,
    /// Asked although it was not due.
    pub cram: bool,
}

/// By drill, each in the order of replay.
pub type Ratings = HashMap<String, Vec<Rated>>;

impl Store {
    /// All answers that were not taken back. Damaged ones are left out.
    pub fn ratings(&self) -> Result<Ratings, StoreError> {
        let overruled = self.events(&Filter::of(Kind::Overrule))?;
        let overruled = overruled
            .into_iter()
            .filter_map(|stored| match stored.event {
                Event::Overrule(own) => Some((own.review, own.rating)),
                _ => None,
            });
        let overruled = ById::new(overruled);
        self.read(|conn| scan(conn, &overruled))
    }
}

impl Journal {
    /// See [`Store::ratings`].
    pub fn ratings(&self) -> Result<Ratings, StoreError> {
        if self.unsaved() == 0 {
            return self
                .store()
                .map_or_else(|| Ok(Ratings::new()), Store::ratings);
        }
        Ok(of(self.reviews()?))
    }
}

/// From what was read in full.
fn of(answers: Vec<Answered>) -> Ratings {
    let mut ratings = Ratings::new();
    for answered in answers {
        let rated = Rated {
            at: answered.at,
            rating: answered.rating(),
            score: answered.review.score,
            seconds: answered.review.seconds,
            cram: answered.review.cram,
        };
        let own = ratings.entry(answered.review.drill).or_default();
        own.push(rated);
    }
    ratings
}

/// Of a [`super::Review`] only this.
#[derive(Deserialize)]
struct Body {
    score: f64,
    rating: u8,
    #[serde(default)]
    seconds: f64,
    #[serde(default)]
    cram: bool,
}

fn scan(conn: &Connection, overruled: &ById<u8>) -> rusqlite::Result<Ratings> {
    let taken_back = taken_back(conn)?;
    // The plus keeps SQLite from an index: the table in its own order is read in half the time.
    let question = format!("SELECT {COLUMNS} FROM event WHERE +kind = ?1 ORDER BY device, seq");
    let mut statement = conn.prepare_cached(&question)?;
    let mut rows = statement.query([Kind::Review.as_str()])?;
    let mut ratings = Ratings::new();
    let mut paper = String::new();
    while let Some(row) = rows.next()? {
        let Some(parts) = parts_of(row, &mut paper)? else {
            continue;
        };
        let (Ok(body), Some(at)) = (
            serde_json::from_str::<Body>(parts.body),
            DateTime::from_timestamp_millis(parts.at),
        ) else {
            continue;
        };
        if taken_back.get(parts.device, parts.seq).is_some() {
            continue;
        }
        let own = overruled.get(parts.device, parts.seq);
        let rated = Rated {
            at,
            rating: own.copied().unwrap_or(body.rating),
            score: body.score,
            seconds: body.seconds,
            cram: body.cram,
        };
        match ratings.get_mut(parts.subject) {
            Some(known) => known.push(rated),
            None => drop(ratings.insert(parts.subject.to_owned(), vec![rated])),
        }
    }
    // Stable: at the same time the order is that of device and sequence, as everywhere.
    for own in ratings.values_mut() {
        own.sort_by_key(|rated| rated.at);
    }
    Ok(ratings)
}

fn taken_back(conn: &Connection) -> rusqlite::Result<ById<()>> {
    let mut statement = conn.prepare_cached("SELECT subject FROM event WHERE kind = 'retract'")?;
    let ids: Vec<String> = statement
        .query_map((), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let ids = ids.iter().filter_map(|id| id.parse().ok());
    Ok(ById::new(ids.map(|id| (id, ()))))
}

/// What was said of single events, found without making an [`EventId`] of a row.
struct ById<T>(HashMap<i64, Vec<(EventId, T)>>);

impl<T> ById<T> {
    /// Of two about the same event the later counts.
    fn new(said: impl Iterator<Item = (EventId, T)>) -> Self {
        let mut by_seq: HashMap<i64, Vec<(EventId, T)>> = HashMap::new();
        for (id, what) in said {
            by_seq.entry(id.seq).or_default().push((id, what));
        }
        Self(by_seq)
    }

    fn get(&self, device: &str, seq: i64) -> Option<&T> {
        let same = self.0.get(&seq)?.iter().rev();
        let mut own = same.filter(|(id, _)| id.device.as_str() == device);
        own.next().map(|(_, what)| what)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, date, overrule, review, store};
    use super::super::{NewEvent, Retract};
    use super::*;

    /// Six answers, out of order: one overruled twice, one taken back, one damaged.
    fn journal() -> Journal {
        let mut store = store();
        store.append(&review("a/b", 3)).unwrap();
        let second = store.append(&review("a/b", 1)).unwrap();
        let third = store.append(&review("c/d", 2)).unwrap();
        store.append(&review("c/d", 5)).unwrap();
        store.append(&review("c/d", 4)).unwrap();
        store.append(&review("c/d", 9)).unwrap();
        store.append(&overrule(&second, "a/b", 4, 6)).unwrap();
        store.append(&overrule(&second, "a/b", 3, 7)).unwrap();
        let gone = Retract { event: third };
        store.append(&NewEvent::new(at(8), date(8), gone)).unwrap();
        let flip = "UPDATE event SET body = replace(body, '12.5', '13.5') WHERE seq = 4";
        store.conn.execute(flip, ()).unwrap();
        Journal::new(store, 1)
    }

    #[test]
    fn what_is_read_in_short_is_what_is_read_in_full() {
        let journal = journal();
        let ratings = journal.ratings().unwrap();
        assert_eq!(ratings, of(journal.reviews().unwrap()));
        let short = |drill: &str| -> Vec<_> {
            let own = ratings[drill].iter();
            own.map(|rated| (rated.at, rated.rating)).collect()
        };
        assert_eq!(short("a/b"), [(at(1), 3), (at(3), 2)]);
        assert_eq!(short("c/d"), [(at(4), 2), (at(9), 2)]);
    }
}
