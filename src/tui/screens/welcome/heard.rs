//! What the interviewer of the first run hears and answers.

use crate::content::{Case, Id, Kind, Level, Rule, Step};
use crate::grading::{Answer, Matcher, Verdict};
use crate::mock::Options;
use crate::tui::screen::Context;

/// The case of the two minutes.
const CASE: &str = "video-recommendation";
/// Hits that the small debrief shows: all of it fits a low screen.
const MOST_HITS: usize = 3;
const NO_FACT: &str = "Assume what you need, and say so.";

/// What the small debrief found.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Point and the learner's own words.
    pub(super) hits: Vec<(String, String)>,
    /// Item, point, explanation.
    pub(super) missed: Option<(String, String, String)>,
}

impl Heard {
    /// What a text says of the case, and the first must of a level that it misses.
    pub(super) fn listen(text: &str, level: Level, context: &Context<'_>) -> Self {
        let Ok(setting) = context.desk.setting(CASE, &Options::default()) else {
            return Self::default();
        };
        // Five sentences touch any step: each item is held against all of them.
        let steps = Step::ALL
            .into_iter()
            .map(|step| (step, text.to_owned()))
            .collect();
        let graded = setting.rules.grade(&Answer {
            steps,
            elsewhere: String::new(),
        });
        let case: &Case = &setting.case;
        let said = graded
            .items
            .iter()
            .filter(|item| item.verdict == Verdict::Hit);
        let hits = said
            .filter_map(|found| {
                let item = case
                    .item(found.id.as_str())
                    .filter(|item| item.kind != Kind::RedFlag)?;
                let words = found.evidence.first()?.text.clone();
                Some((item.point.clone(), words))
            })
            .take(MOST_HITS)
            .collect();
        let missed = |id: &Id| {
            graded
                .item(id.as_str())
                .is_some_and(|item| item.verdict == Verdict::Missed)
        };
        let has_drill = |id: &Id| drill_of(context, id.as_str()).is_some();
        let missed = case
            .rubric
            .iter()
            .filter(|item| item.kind == Kind::Must && item.level <= level)
            .find(|item| missed(&item.id) && has_drill(&item.id))
            .map(|item| {
                (
                    item.id.to_string(),
                    item.point.clone(),
                    item.explain.clone(),
                )
            });
        Self { hits, missed }
    }
}

/// The whole id of a drill that practises an item of the case.
pub(super) fn drill_of(context: &Context<'_>, item: &str) -> Option<String> {
    let mut drills = context.desk.library.drills();
    let found = drills.find(|head| head.topic == CASE && head.item.as_deref() == Some(item));
    found.map(|head| head.id.clone())
}

/// What the interviewer answers to a question.
pub(super) fn ask(context: &Context<'_>, question: &str) -> String {
    let Ok(setting) = context.desk.setting(CASE, &Options::default()) else {
        return NO_FACT.to_owned();
    };
    let fact = setting
        .facts
        .iter()
        .find(|(_, rule)| rule.test(question).hit)
        .and_then(|(id, _)| setting.case.facts.iter().find(|fact| fact.id == *id));
    match fact {
        Some(fact) => fact.answer.trim().to_owned(),
        None => setting
            .interviewer
            .assume
            .first()
            .cloned()
            .unwrap_or_else(|| NO_FACT.to_owned()),
    }
}

pub(super) fn curveball(context: &Context<'_>) -> Option<String> {
    let case = context.desk.library.case(CASE).ok()?;
    case.curveballs.first().map(|ball| ball.line.clone())
}

/// Whether a text names the box that the picture lacks.
pub(super) fn names_a_processor(text: &str, context: &Context<'_>) -> bool {
    let lexicon = context.desk.lexicon();
    let known = [
        "stream-processing",
        "stream-processor",
        "flink",
        "spark",
        "streaming-features",
    ];
    let rules = known.into_iter().map(|id| Rule::Concept(Id::from(id)));
    let by_concept = rules
        .filter_map(|rule| Matcher::compile(&rule, lexicon).ok())
        .any(|rule| rule.test(text).hit);
    let lower = text.to_lowercase();
    by_concept || (lower.contains("stream") && lower.contains("process"))
}
