//! The table of contents of a pack: what lists and queues need, without parsing a case.
//!
//! `build.rs` includes this file to index the built-in pack, so it uses nothing of the crate.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Cases and drills of one pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    pub cases: Vec<CaseHead>,
    pub drills: Vec<DrillHead>,
}

/// What a list of cases shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseHead {
    pub id: String,
    pub title: String,
    pub family: String,
    pub summary: String,
    pub tags: Vec<String>,
    /// Hidden from plan and mock.
    pub draft: bool,
}

/// What the queue needs of a drill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrillHead {
    /// `<case or topic>/<id>`.
    pub id: String,
    /// The file inside the pack, with `/` between folders.
    pub file: String,
    /// The case or topic.
    pub topic: String,
    pub format: String,
    pub step: String,
    pub level: String,
    pub tags: Vec<String>,
    /// The rubric item of the case that it practises.
    pub item: Option<String>,
}

/// What search reads of a drill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrillText {
    /// `<case or topic>/<id>`.
    pub id: String,
    /// Markdown: what is asked.
    pub ask: String,
    /// Markdown: what is shown only after an answer.
    pub answer: String,
}

#[derive(Deserialize)]
struct CaseFields {
    id: String,
    title: String,
    family: String,
    summary: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    status: Option<String>,
}

#[derive(Deserialize)]
struct DrillFields {
    id: String,
    step: String,
    level: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    item: Option<String>,
}

#[derive(Deserialize)]
struct TextFields {
    id: String,
    ask: String,
    because: String,
    #[serde(default)]
    model: Option<Model>,
}

/// Most formats have a model answer in prose; in others it is a number or made of parts.
#[derive(Deserialize)]
#[serde(untagged)]
enum Model {
    Prose(String),
    Other(serde::de::IgnoredAny),
}

/// What a path inside a pack holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// `cases/<id>/case.yaml`
    Case(&'a str),
    /// `cases/<id>/drills.yaml` or `drills/<topic>.yaml`
    Drills(&'a str),
    /// `cases/<id>/breakdown.md`
    Breakdown(&'a str),
    /// `framework.yaml`, `lexicon.yaml` …
    Shared(&'a str),
    Other,
}

impl<'a> Place<'a> {
    /// Reads a path with `/` between folders.
    pub fn of(path: &'a str) -> Self {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["cases", id, "case.yaml"] => Self::Case(id),
            ["cases", id, "drills.yaml"] => Self::Drills(id),
            ["cases", id, "breakdown.md"] => Self::Breakdown(id),
            ["drills", file] => file.strip_suffix(".yaml").map_or(Self::Other, Self::Drills),
            [file] => file.strip_suffix(".yaml").map_or(Self::Other, Self::Shared),
            _ => Self::Other,
        }
    }
}

/// The texts of the drills in one file; none in a file of another kind.
pub fn drill_texts(path: &str, text: &str) -> Result<Vec<DrillText>, serde_yaml::Error> {
    let Place::Drills(topic) = Place::of(path) else {
        return Ok(Vec::new());
    };
    let lists: BTreeMap<String, Vec<TextFields>> = serde_yaml::from_str(text)?;
    let drills = lists.into_values().flatten().map(|drill| {
        let model = match drill.model {
            Some(Model::Prose(prose)) => prose,
            Some(Model::Other(_)) | None => String::new(),
        };
        DrillText {
            id: format!("{topic}/{}", drill.id),
            ask: drill.ask,
            answer: format!("{model}\n\n{}", drill.because),
        }
    });
    Ok(drills.collect())
}

impl Index {
    /// Adds one file. The error is the parser's own line.
    pub fn add(&mut self, path: &str, text: &str) -> Result<(), serde_yaml::Error> {
        match Place::of(path) {
            Place::Case(_) => {
                let case: CaseFields = serde_yaml::from_str(text)?;
                self.cases.push(CaseHead {
                    id: case.id,
                    title: case.title,
                    family: case.family,
                    summary: case.summary,
                    tags: case.tags,
                    draft: case.status.as_deref() == Some("draft"),
                });
            }
            Place::Drills(topic) => {
                let lists: BTreeMap<String, Vec<DrillFields>> = serde_yaml::from_str(text)?;
                for (format, list) in lists {
                    self.drills.extend(list.into_iter().map(|drill| DrillHead {
                        id: format!("{topic}/{}", drill.id),
                        file: path.to_owned(),
                        topic: topic.to_owned(),
                        format: format.clone(),
                        step: drill.step,
                        level: drill.level,
                        tags: drill.tags,
                        item: drill.item,
                    }));
                }
            }
            Place::Breakdown(_) | Place::Shared(_) | Place::Other => {}
        }
        Ok(())
    }
}
