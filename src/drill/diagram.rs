//! A block diagram to complete, to repair or to draw: fill its blanks, find the edge that is wrong and
//! say what to do about it, name what is missing, draw what should be there. What is asked counts in
//! equal parts.

use super::alternative::{mark_choice, shuffled, Alternative};
use super::drawing::Drawing;
use super::format::{drill, head};
use super::point::{mark_all, words};
use super::{Audit, Choice, Format, Grade, Kind, Mark, Part, Point, Question, Reply};
use crate::content::Id;
use crate::diagram;
use crate::grading::Lexicon;
use rand_chacha::ChaCha8Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

drill! {
    Diagram {
        /// A flowchart; `____` in a label is a blank.
        pub picture: String,
        /// What fills each blank, in order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub blanks: Vec<Blank>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub repair: Option<Repair>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub missing: Option<Missing>,
        /// The picture is to be drawn anew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub draw: Option<Drawing>,
    }
}

/// A gap in the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Blank {
    /// Which one: "between the log and the store".
    pub label: String,
    pub fill: Point,
    /// What to write there; it must satisfy the point.
    pub model: String,
}

/// An edge that must not be as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repair {
    /// `from -> to`, by the labels of the picture.
    pub edge: String,
    /// What is wrong with it.
    pub says: String,
    pub fixes: Vec<Alternative>,
    pub fix: Id,
}

/// What the picture lacks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    pub points: Vec<Point>,
    /// A model answer; it must hit every point.
    pub model: String,
}

impl Diagram {
    /// The edges of the picture as `from -> to`.
    fn edges(&self) -> Vec<String> {
        let Ok(graph) = diagram::read(&self.picture) else {
            return Vec::new();
        };
        let edges = graph.edges.iter();
        edges
            .map(|edge| format!("{} -> {}", graph.name(edge.from), graph.name(edge.to)))
            .collect()
    }
}

fn mark_edge(repair: &Repair, reply: Option<&Reply>, feedback: &mut Vec<String>) -> Mark {
    let picked = match reply {
        Some(Reply::Picked(picked)) => picked.as_str(),
        _ => "",
    };
    let right = picked == repair.edge;
    if !right && !picked.is_empty() {
        feedback.push(format!("{picked} can stay. {}", repair.says));
    }
    Mark {
        point: format!("The wrong edge: {}", repair.edge),
        credit: f64::from(u8::from(right)),
        note: repair.says.clone(),
    }
}

impl Format for Diagram {
    const NAME: &'static str = "diagram";
    const SECONDS: u32 = 100;

    head!();

    fn question(&self, chance: &mut ChaCha8Rng) -> Question {
        let mut parts: Vec<Part> = self
            .blanks
            .iter()
            .map(|blank| {
                Part::new(
                    &blank.label,
                    Kind::Text {
                        rows: 1,
                        lines: false,
                    },
                )
            })
            .collect();
        if let Some(repair) = &self.repair {
            let edges = self.edges();
            let options = edges.iter().map(|edge| Choice::new(edge, edge)).collect();
            parts.push(Part::new("Which edge is wrong?", Kind::Pick { options }));
            let fixes = shuffled(&repair.fixes, chance);
            parts.push(Part::new("What to do about it?", fixes));
        }
        if self.missing.is_some() {
            parts.push(Part::new(
                "What is missing?",
                Kind::Text {
                    rows: 3,
                    lines: false,
                },
            ));
        }
        if self.draw.is_some() {
            parts.push(Part::new("Draw it.", Kind::Draw));
        }
        Question {
            text: format!(
                "{}\n\n```mermaid\n{}\n```\n",
                self.ask.trim_end(),
                self.picture.trim()
            ),
            parts,
        }
    }

    fn grade(&self, replies: &[Reply], lexicon: &Lexicon) -> Grade {
        let mut replies = replies.iter();
        let (mut marks, mut scores, mut feedback) = (Vec::new(), Vec::new(), Vec::new());
        for blank in &self.blanks {
            let mark = blank.fill.mark(words(replies.next()), lexicon);
            scores.push(mark.credit);
            marks.push(Mark {
                point: format!("{}: {}", blank.label, mark.point),
                ..mark
            });
        }
        if let Some(repair) = &self.repair {
            let edge = mark_edge(repair, replies.next(), &mut feedback);
            let reply = replies.next();
            let fix = mark_choice("Repair", &repair.fixes, &repair.fix, reply, &mut feedback);
            scores.extend([edge.credit, fix.credit]);
            marks.extend([edge, fix]);
        }
        if let Some(missing) = &self.missing {
            let text = words(replies.next());
            let grade = mark_all(&missing.points, text, lexicon);
            scores.push(grade.score);
            marks.extend(grade.marks);
        }
        if let Some(draw) = &self.draw {
            let drawn = draw.mark(replies.next(), lexicon, &mut feedback);
            scores.extend(drawn.iter().map(|mark| mark.credit));
            marks.extend(drawn);
        }
        let sum: f64 = scores.iter().sum();
        Grade {
            score: (sum / scores.len().max(1) as f64).clamp(0.0, 1.0),
            marks,
            feedback,
        }
    }

    fn model(&self) -> String {
        let blanks = self.blanks.iter();
        let mut out: String = blanks
            .map(|blank| {
                format!(
                    "- {}: **{}**. {}\n",
                    blank.label, blank.model, blank.fill.point
                )
            })
            .collect();
        if let Some(repair) = &self.repair {
            let fix = repair.fixes.iter().find(|own| own.id == repair.fix);
            let fix = fix.map_or_else(String::new, |own| format!("{} {}", own.text, own.says));
            let _ = writeln!(out, "- **{}**: {} {fix}", repair.edge, repair.says);
        }
        if let Some(missing) = &self.missing {
            let _ = writeln!(out, "- Missing: {}", missing.model);
        }
        if let Some(draw) = &self.draw {
            let _ = write!(out, "\n```mermaid\n{}\n```\n", draw.reference.trim());
        }
        out
    }

    fn key(&self) -> Vec<Reply> {
        let blanks = self.blanks.iter();
        let mut key: Vec<Reply> = blanks
            .map(|blank| Reply::Text(blank.model.clone()))
            .collect();
        if let Some(repair) = &self.repair {
            key.push(Reply::Picked(repair.edge.clone()));
            key.push(Reply::Picked(repair.fix.to_string()));
        }
        if let Some(missing) = &self.missing {
            key.push(Reply::Text(missing.model.clone()));
        }
        if let Some(draw) = &self.draw {
            key.push(Reply::Text(draw.reference.clone()));
        }
        key
    }

    fn audit<'a>(&'a self, audit: &mut Audit<'a>) {
        if let Err(fault) = diagram::read(&self.picture) {
            let what = format!("this picture cannot be read: {fault}");
            audit.fault("picture", what, "write a flowchart, or a -> b");
        }
        let gaps = self.picture.matches("____").count();
        if gaps != self.blanks.len() {
            let what = format!(
                "{gaps} blanks in the picture and {} in the list",
                self.blanks.len()
            );
            audit.fault("blanks", what, "one entry for each ____");
        }
        if let Some(Err(fault)) = self
            .draw
            .as_ref()
            .map(|draw| diagram::read(&draw.reference))
        {
            let what = format!("this reference cannot be read: {fault}");
            audit.fault("draw.reference", what, "write a flowchart, or a -> b");
        }
        let is_asked = self.repair.is_some() || self.missing.is_some() || self.draw.is_some();
        if self.blanks.is_empty() && !is_asked {
            audit.fault(
                "picture",
                "nothing is asked",
                "give blanks, repair, missing or draw",
            );
        }
        for (index, blank) in self.blanks.iter().enumerate() {
            audit.rule(format!("blanks.{index}.fill.match"), &blank.fill.r#match);
        }
        if let Some(repair) = &self.repair {
            let edges = self.edges();
            if !edges.contains(&repair.edge) {
                let what = format!("the picture has no edge `{}`", repair.edge);
                audit.fault(
                    "repair.edge",
                    what,
                    format!("use one of: {}", edges.join(", ")),
                );
            }
            audit.choice("repair.fixes", &repair.fixes, "repair.fix", &repair.fix);
        }
        if let Some(missing) = &self.missing {
            audit.points("missing.points", &missing.points);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::testing::{drill, NO_WORDS};
    use proptest::prelude::*;
    use rand::SeedableRng;

    const YAML: &str = "diagram: [{id: a, step: serve, level: senior, ask: Complete it., \
        picture: 'User Action -> ____ -> Feature Store -> Serving', \
        blanks: [{label: Before the store, fill: {point: A log, match: {phrase: [log, kafka]}}, model: Kafka}], \
        repair: {edge: Feature Store -> Serving, says: Nothing is logged., fixes: [{id: log, text: Log it., says: Good.}, {id: no, text: Drop it., says: Then nothing is served.}], fix: log}, \
        missing: {points: [{point: Training, match: {phrase: train}}, {point: Registry, match: {phrase: registry}}], model: Training and a registry.}, \
        because: So., hints: [one, two]}]";

    fn grade(blank: &str, edge: &str, fix: &str, missing: &str) -> Grade {
        let replies = [
            Reply::Text(blank.to_owned()),
            Reply::Picked(edge.to_owned()),
            Reply::Picked(fix.to_owned()),
            Reply::Text(missing.to_owned()),
        ];
        drill(YAML).grade(&replies, &NO_WORDS)
    }

    #[test]
    fn what_is_asked_counts_in_equal_parts() {
        let edge = "Feature Store -> Serving";
        assert_eq!(
            grade("a log", edge, "log", "training, a registry").score,
            1.0
        );
        assert_eq!(grade("a log", edge, "log", "training").score, 0.875);
        let wrong = grade("?", "User Action -> ____", "no", "");
        assert_eq!(wrong.score, 0.0);
        assert_eq!(wrong.feedback.len(), 2);
        assert_eq!(drill(YAML).grade(&[], &NO_WORDS).score, 0.0);
    }

    #[test]
    fn the_edges_of_the_picture_are_the_choice() {
        let question = drill(YAML).question(&mut ChaCha8Rng::seed_from_u64(1));
        assert!(question.text.contains("```mermaid"));
        let Kind::Pick { options } = &question.parts[1].kind else {
            panic!("{:?}", question.parts);
        };
        assert_eq!(options[0].text, "User Action -> ____");
        assert_eq!(options.len(), 3);
    }

    #[test]
    fn a_drawing_is_held_against_the_reference() {
        let drill = drill(
            "diagram: [{id: a, step: serve, level: senior, ask: Draw it., picture: a -> b, \
             draw: {reference: 'user -> log -> store; log -> training'}, because: So., hints: [one, two]}]",
        );
        let grade = |text: &str| drill.grade(&[Reply::Text(text.to_owned())], &NO_WORDS);
        assert_eq!(
            grade("user -> log; log -> store; log -> training").score,
            1.0
        );
        let bad = grade("user -> log; store -> log; cache");
        // Three of four boxes, and of the ways between them one is missing its box, one is reversed.
        assert!((0.4..0.8).contains(&bad.score), "{bad:?}");
        assert!(bad.marks[0].note.contains("missing: training"), "{bad:?}");
        assert!(
            bad.marks[1].note.contains("wrong way round: log -> store"),
            "{bad:?}"
        );
        assert!(
            bad.feedback.iter().any(|line| line.contains("cache")),
            "{bad:?}"
        );
        let broken = grade("user -> \"log");
        assert_eq!(broken.score, 0.0);
        assert!(
            broken.feedback[0].contains("could not be read: line 1"),
            "{broken:?}"
        );
        assert_eq!(drill.grade(&[], &NO_WORDS).score, 0.0);
        assert_eq!(drill.grade(&drill.key(), &NO_WORDS).score, 1.0);
    }

    proptest! {
        #[test]
        fn grades_stay_between_nought_and_one(a in "(kafka|.{0,9})", b in ".{0,9}", c in "(log|no)", d in "(train|.{0,9})") {
            prop_assert!((0.0..=1.0).contains(&grade(&a, &b, &c, &d).score));
        }
    }
}
