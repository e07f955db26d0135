//! What an answer was worth, and what was missing.

use serde::{Deserialize, Serialize};

/// The machine's view of one attempt.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Grade {
    /// 0 to 1.
    pub score: f64,
    /// Point by point.
    pub marks: Vec<Mark>,
    /// Named mistakes, most telling first.
    pub feedback: Vec<String>,
}

/// One point of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    pub point: String,
    /// 0 to 1.
    pub credit: f64,
    /// The learner's own words, or what was expected instead.
    pub note: String,
}

impl Grade {
    /// The mean credit of the marks, each counting the same.
    pub fn of(marks: Vec<Mark>, feedback: Vec<String>) -> Self {
        let count = marks.len().max(1) as f64;
        let score = marks.iter().map(|mark| mark.credit).sum::<f64>() / count;
        Self {
            score: score.clamp(0.0, 1.0),
            marks,
            feedback,
        }
    }
}
