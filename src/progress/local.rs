//! What belongs to this machine and is not history: drafts, and where the learner was.

use super::{Store, StoreError};
use chrono::{DateTime, Utc};
use rusqlite::{params, OptionalExtension};
use serde_json::Value;

/// Something that is being written and must not get lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub name: String,
    /// When it was last saved.
    pub at: DateTime<Utc>,
    pub body: String,
}

impl Store {
    /// Keeps the text under this name, in the place of what was there.
    pub fn save_draft(
        &mut self,
        name: &str,
        body: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.prepare_cached("INSERT OR REPLACE INTO draft (name, at, body) VALUES (?1, ?2, ?3)")?
                .execute(params![name, at.timestamp_millis(), body])?;
            Ok(())
        })
    }

    /// The draft of this name.
    pub fn load_draft(&self, name: &str) -> Result<Option<Draft>, StoreError> {
        Ok(self.drafts()?.into_iter().find(|d| d.name == name))
    }

    /// All drafts, the newest first.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached("SELECT name, at, body FROM draft ORDER BY at DESC, name")?
                .query_map((), |row| {
                    Ok(Draft {
                        name: row.get(0)?,
                        at: DateTime::from_timestamp_millis(row.get(1)?).unwrap_or_default(),
                        body: row.get(2)?,
                    })
                })?
                .collect()
        })
    }

    /// Throws a draft away, when what it was for is stored.
    pub fn delete_draft(&mut self, name: &str) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.prepare_cached("DELETE FROM draft WHERE name = ?1")?
                .execute([name])?;
            Ok(())
        })
    }

    /// What was last put in this place: a reading position, a choice of a screen.
    pub fn place(&self, key: &str) -> Result<Option<Value>, StoreError> {
        let text: Option<String> = self.read(|conn| {
            conn.prepare_cached("SELECT value FROM place WHERE key = ?1")?
                .query_row([key], |row| row.get(0))
                .optional()
        })?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Puts a value in a place; null empties it.
    pub fn set_place(&mut self, key: &str, value: &Value) -> Result<(), StoreError> {
        self.write(|tx| {
            if value.is_null() {
                tx.prepare_cached("DELETE FROM place WHERE key = ?1")?
                    .execute([key])?;
            } else {
                tx.prepare_cached("INSERT OR REPLACE INTO place (key, value) VALUES (?1, ?2)")?
                    .execute(params![key, value.to_string()])?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{at, store};
    use serde_json::{json, Value};

    #[test]
    fn drafts_and_places_keep_the_last_of_each_name() {
        let mut store = store();
        store.save_draft("mock-1", "half", at(1)).unwrap();
        store.save_draft("mock-1", "half a word", at(2)).unwrap();
        store.save_draft("note", "", at(3)).unwrap();
        assert_eq!(
            store.load_draft("mock-1").unwrap().unwrap().body,
            "half a word"
        );
        assert_eq!(store.drafts().unwrap()[0].name, "note");
        store.delete_draft("mock-1").unwrap();
        assert_eq!(store.load_draft("mock-1").unwrap(), None);

        store.set_place("reader/eta", &json!({"line": 40})).unwrap();
        assert_eq!(
            store.place("reader/eta").unwrap(),
            Some(json!({"line": 40}))
        );
        store.set_place("reader/eta", &Value::Null).unwrap();
        assert_eq!(store.place("reader/eta").unwrap(), None);
    }
}
