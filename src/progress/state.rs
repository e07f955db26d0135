//! Where each drill stands in the learner's memory: a cache that replay can make again.

use super::{Store, StoreError};
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::types::Type;
use rusqlite::{params, Connection, OptionalExtension, Row};

/// The state of one drill, as the caller worked it out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DrillState {
    pub drill: String,
    pub case: Option<String>,
    pub format: String,
    pub step: String,
    pub stability: f64,
    pub difficulty: f64,
    /// The last review; nothing when it was never asked.
    pub last: Option<DateTime<Utc>>,
    pub due: Option<DateTime<Utc>>,
    pub reps: u32,
    pub lapses: u32,
    pub seconds_mean: f64,
    pub last_rating: Option<u8>,
    pub last_score: Option<f64>,
    pub suspended: bool,
    pub buried_until: Option<NaiveDate>,
}

impl Store {
    /// All drills that have a state, by name.
    pub fn drill_states(&self) -> Result<Vec<DrillState>, StoreError> {
        self.read(|conn| {
            let mut statement = conn.prepare_cached(
                "SELECT drill, case_id, format, step, stability, difficulty, last, due, reps, lapses,
                 seconds_mean, last_rating, last_score, suspended, buried_until
                 FROM drill_state ORDER BY drill",
            )?;
            let rows = statement.query_map((), state_of)?;
            rows.collect()
        })
    }

    /// The state of one drill.
    pub fn drill_state(&self, drill: &str) -> Result<Option<DrillState>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached(
                "SELECT drill, case_id, format, step, stability, difficulty, last, due, reps, lapses,
                 seconds_mean, last_rating, last_score, suspended, buried_until
                 FROM drill_state WHERE drill = ?1",
            )?
            .query_row([drill], state_of)
            .optional()
        })
    }

    /// Stores states that were worked out anew; their drills are no longer stale.
    pub fn put_states(&mut self, states: &[DrillState]) -> Result<(), StoreError> {
        self.write(|tx| states.iter().try_for_each(|state| put(tx, state)))
    }

    /// Drops the states of these drills, which turned out to have no history; they are no longer
    /// stale.
    pub fn drop_states(&mut self, drills: &[String]) -> Result<(), StoreError> {
        self.write(|tx| drills.iter().try_for_each(|drill| remove(tx, drill)))
    }

    /// Drops all states, before all are replayed.
    pub fn clear_states(&mut self) -> Result<(), StoreError> {
        self.write(|tx| tx.execute_batch("DELETE FROM drill_state; DELETE FROM stale;"))
    }

    /// Drills whose state no longer fits their events, because events came from another machine or
    /// were added without a state. Replay each, then [`Store::put_states`] or
    /// [`Store::drop_states`].
    pub fn stale(&self) -> Result<Vec<String>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached("SELECT drill FROM stale ORDER BY drill")?
                .query_map((), |row| row.get(0))?
                .collect()
        })
    }
}

pub(super) fn put(conn: &Connection, state: &DrillState) -> rusqlite::Result<()> {
    // A number that is none would be stored as NULL, which the table refuses.
    let real = super::finite;
    conn.prepare_cached(
        "INSERT OR REPLACE INTO drill_state (drill, case_id, format, step, stability, difficulty,
         last, due, reps, lapses, seconds_mean, last_rating, last_score, suspended, buried_until)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        state.drill,
        state.case,
        state.format,
        state.step,
        real(state.stability),
        real(state.difficulty),
        state.last.map(|at| at.timestamp_millis()),
        state.due.map(|at| at.timestamp_millis()),
        state.reps,
        state.lapses,
        real(state.seconds_mean),
        state.last_rating,
        state.last_score.map(real),
        state.suspended,
        state.buried_until.map(|date| date.to_string()),
    ])?;
    settle(conn, &state.drill)
}

pub(super) fn remove(conn: &Connection, drill: &str) -> rusqlite::Result<()> {
    conn.prepare_cached("DELETE FROM drill_state WHERE drill = ?1")?
        .execute([drill])?;
    settle(conn, drill)
}

fn settle(conn: &Connection, drill: &str) -> rusqlite::Result<()> {
    conn.prepare_cached("DELETE FROM stale WHERE drill = ?1")?
        .execute([drill])?;
    Ok(())
}

pub(super) fn mark_stale(conn: &Connection, drill: &str) -> rusqlite::Result<()> {
    conn.prepare_cached("INSERT OR IGNORE INTO stale (drill) VALUES (?1)")?
        .execute([drill])?;
    Ok(())
}

fn state_of(row: &Row<'_>) -> rusqlite::Result<DrillState> {
    Ok(DrillState {
        drill: row.get(0)?,
        case: row.get(1)?,
        format: row.get(2)?,
        step: row.get(3)?,
        stability: row.get(4)?,
        difficulty: row.get(5)?,
        last: time(row, 6)?,
        due: time(row, 7)?,
        reps: row.get(8)?,
        lapses: row.get(9)?,
        seconds_mean: row.get(10)?,
        last_rating: row.get(11)?,
        last_score: row.get(12)?,
        suspended: row.get(13)?,
        buried_until: date(row, 14)?,
    })
}

fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<DateTime<Utc>>> {
    let ms: Option<i64> = row.get(column)?;
    ms.map(|ms| {
        DateTime::from_timestamp_millis(ms)
            .ok_or(rusqlite::Error::IntegralValueOutOfRange(column, ms))
    })
    .transpose()
}

fn date(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<NaiveDate>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| {
        text.parse().map_err(|e: chrono::ParseError| {
            rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(e))
        })
    })
    .transpose()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{state, store};
    use super::*;

    #[test]
    fn a_state_reads_back_whole_and_a_number_that_is_none_is_nought() {
        let mut store = store();
        let odd = DrillState {
            drill: "a/odd".into(),
            stability: f64::NAN,
            buried_until: NaiveDate::from_ymd_opt(2026, 12, 5),
            suspended: true,
            ..DrillState::default()
        };
        store.put_states(&[state("a/b", 3), odd.clone()]).unwrap();
        let back = store.drill_states().unwrap();
        assert_eq!(back[0], state("a/b", 3));
        assert_eq!(
            back[1],
            DrillState {
                stability: 0.0,
                ..odd
            }
        );
        store
            .drop_states(&["a/odd".into(), "a/none".into()])
            .unwrap();
        assert_eq!(store.drill_states().unwrap().len(), 1);
        store.clear_states().unwrap();
        assert!(store.drill_states().unwrap().is_empty());
    }
}
