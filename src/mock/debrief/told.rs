//! The interviewer's questions with what was said to them, and what strong and great answers say.

use crate::content::Step;
use crate::mock::record::{Question, Record, Trigger};
use crate::mock::setting::Setting;
use serde::{Deserialize, Serialize};

/// A question of the interviewer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    pub step: Step,
    pub line: String,
    pub strong: String,
    pub great: String,
    /// The ladder that it is a rung of; empty for a turn.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ladder: String,
    /// What was said to it.
    #[serde(default)]
    pub answer: String,
    /// Whether that was good enough to go deeper; none where nothing says so.
    #[serde(default)]
    pub fair: Option<bool>,
}

/// Turns and rungs in the order in which they came.
pub(super) fn told(setting: &Setting, record: &Record) -> Vec<Told> {
    let questions = record.questions.iter();
    let all = questions.chain(&record.open);
    all.filter_map(|question| one(setting, question)).collect()
}

fn one(setting: &Setting, question: &Question) -> Option<Told> {
    let (step, line, strong, great, ladder) = match &question.why {
        Trigger::Curveball(id) => {
            let ball = setting.turn(id)?;
            (ball.step, &ball.line, &ball.strong, &ball.great, "")
        }
        Trigger::Rung(id, at) => {
            let (ladder, _) = setting.ladder(id)?;
            let rung = ladder.rungs.get(*at)?;
            let title = ladder.title.as_str();
            (ladder.step, &rung.ask, &rung.strong, &rung.great, title)
        }
        _ => return None,
    };
    Some(Told {
        step,
        line: line.trim().to_owned(),
        strong: strong.trim().to_owned(),
        great: great.trim().to_owned(),
        ladder: ladder.trim().to_owned(),
        answer: question.answer.clone(),
        fair: question.fair,
    })
}
