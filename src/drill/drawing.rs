//! A drawing that is held against a reference.

use super::point::words;
use super::{Mark, Reply};
use crate::diagram;
use crate::grading::Lexicon;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A whiteboard that is held against a reference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Drawing {
    /// The flowchart that earns full marks; boxes are known by any name that the lexicon gives them.
    pub reference: String,
}

impl Drawing {
    /// The share of boxes that are there, less half of the share of arrows that are not.
    pub(super) fn mark(
        &self,
        reply: Option<&Reply>,
        lexicon: &Lexicon,
        feedback: &mut Vec<String>,
    ) -> Vec<Mark> {
        let text = words(reply);
        let Ok(reference) = diagram::read(&self.reference) else {
            return Vec::new();
        };
        let own = match diagram::read(text) {
            Ok(own) => own,
            Err(fault) => {
                feedback.push(format!("Your flowchart could not be read: {fault}"));
                diagram::Graph::default()
            }
        };
        let found = diagram::compare(&reference, &own, &|one, other| lexicon.alike(one, other));
        let ways = |lead: &str, ways: &[(String, String)]| -> Option<String> {
            let ways: Vec<String> = ways.iter().map(|(a, b)| format!("{a} -> {b}")).collect();
            (!ways.is_empty()).then(|| format!("{lead}: {}", ways.join(", ")))
        };
        let list = |lead: &str, names: &[String]| -> Option<String> {
            (!names.is_empty()).then(|| format!("{lead}: {}", names.join(", ")))
        };
        let boxes = share(found.present.len(), reference.nodes.len());
        let unmet = found.missing_edges.len() + found.reversed.len();
        let edges = reference.edges.len();
        let arrows = boxes * share(edges.saturating_sub(unmet), edges);
        feedback.extend(list("Joined to nothing", &found.unconnected));
        feedback.extend(list("Yours alone", &found.extra));
        let notes = [
            ways("no way", &found.missing_edges),
            ways("the wrong way round", &found.reversed),
        ];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        vec![
            Mark {
                point: format!(
                    "Boxes: {} of {}",
                    found.present.len(),
                    reference.nodes.len()
                ),
                credit: boxes,
                note: list("missing", &found.missing).unwrap_or_default(),
            },
            Mark {
                point: "Arrows between them".to_owned(),
                credit: arrows,
                note: notes.join("; "),
            },
        ]
    }
}

/// So many of so many; all of nothing is all.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}
