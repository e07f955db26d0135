//! Reading, places and notes.

use super::Desk;
use crate::progress::{Event, Filter, Kind, Note, NoteRemove, Read};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

/// A note with the time of its last change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Written {
    pub note: String,
    pub at: DateTime<Utc>,
    /// A case, or empty.
    pub subject: String,
    pub text: String,
}

impl Desk {
    /// A section of a breakdown was read for so many seconds.
    pub fn was_read(&mut self, case: &str, section: &str, seconds: f64, now: DateTime<Utc>) {
        let read = Read {
            case: case.to_owned(),
            section: section.to_owned(),
            seconds,
        };
        self.write(read, now);
    }

    /// A face's own small state, such as a reading position.
    pub fn place(&self, key: &str) -> Option<Value> {
        self.journal.place(key).ok().flatten()
    }

    pub fn set_place(&mut self, key: &str, value: &Value) {
        self.journal.set_place(key, value);
    }

    /// All notes, the newest first.
    pub fn notes(&self) -> Vec<Written> {
        let filter = Filter::of(Kind::Note).or(Kind::NoteRemove);
        let events = self.journal.events(&filter).unwrap_or_default();
        let mut notes: Vec<Written> = Vec::new();
        for stored in events {
            match stored.event {
                Event::Note(note) => {
                    notes.retain(|own| own.note != note.note);
                    notes.push(Written {
                        note: note.note,
                        at: stored.at,
                        subject: note.subject,
                        text: note.text,
                    });
                }
                Event::NoteRemove(gone) => notes.retain(|own| own.note != gone.note),
                _ => {}
            }
        }
        notes.reverse();
        notes
    }

    /// Writes a note: a new one, or a new text of `note`.
    pub fn write_note(
        &mut self,
        note: Option<String>,
        subject: &str,
        text: &str,
        now: DateTime<Utc>,
    ) {
        let note = Note {
            note: note.unwrap_or_else(|| self.new_id()),
            subject: subject.to_owned(),
            text: text.to_owned(),
        };
        self.write(note, now);
    }

    pub fn remove_note(&mut self, note: &str, now: DateTime<Utc>) {
        let note = note.to_owned();
        self.write(NoteRemove { note }, now);
    }
}
