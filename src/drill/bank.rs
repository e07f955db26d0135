//! Drills by their ids, each file of drills parsed once.

use super::{Drill, DrillFile};
use crate::content::{self, Fault, Library};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// Loads drills from a library and keeps the ones of the files it has opened.
#[derive(Debug, Default)]
pub struct Bank {
    drills: BTreeMap<String, Drill>,
    opened: BTreeMap<String, Option<Fault>>,
}

impl Bank {
    /// A drill by its whole id, `<case or topic>/<id>`.
    ///
    /// # Errors
    /// When there is no such drill, or its file is broken.
    pub fn drill(&mut self, library: &Library, id: &str) -> Result<&Drill, Fault> {
        let head = library
            .drill_head(id)
            .ok_or_else(|| Fault::of_file(id, "there is no such drill"))?;
        if !self.drills.contains_key(id) {
            let (label, text) = library.drill_file(head)?;
            if let Some(Some(fault)) = self.opened.get(&label) {
                return Err(fault.clone());
            }
            match content::parse::<DrillFile>(&text, &label) {
                Ok(file) => {
                    self.opened.insert(label, None);
                    for drill in file.into_drills() {
                        let whole = format!("{}/{}", head.topic, drill.head().id);
                        self.drills.insert(whole, drill);
                    }
                }
                Err(fault) => {
                    self.opened.insert(label, Some(fault.clone()));
                    return Err(fault);
                }
            }
        }
        self.drills
            .get(id)
            .ok_or_else(|| Fault::of_file(id, "there is no such drill"))
    }

    /// Forgets what was loaded, so that an edited file is read again.
    pub fn clear(&mut self) {
        self.drills.clear();
        self.opened.clear();
    }
}

impl Drill {
    /// A hash of what the drill says, kept with each review: editing a drill keeps its history,
    /// and the history knows what was asked.
    pub fn hash(&self) -> String {
        let text = serde_json::to_string(self).unwrap_or_default();
        format!("{:016x}", xxh3_64(text.as_bytes()))
    }
}
