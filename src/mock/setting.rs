//! What a mock is about: the case with its rules compiled, and what the interviewer may turn to.

use super::record::Trigger;
use crate::content::{Case, Curveball, Framework, Id, Interviewer, Kind, Ladder, Rule, Step};
use crate::grading::{Answer, CaseRules, Lexicon, Matcher, Reading, Verdict};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// Share of a step's minutes after which a turn that fits any case may come.
const GENERIC_AFTER: f64 = 0.5;

/// What a mock is about; the same for its whole length.
#[derive(Clone, Debug)]
pub struct Setting {
    pub case: Arc<Case>,
    pub framework: Arc<Framework>,
    pub interviewer: Arc<Interviewer>,
    pub rules: Arc<CaseRules>,
    /// When a line asks for a fact, by the fact's id.
    pub facts: Arc<Vec<(Id, Matcher)>>,
    /// The case's own turns, then those that fit any case.
    pub(super) turns: Arc<Vec<Turn>>,
    /// One for each ladder of the case.
    pub(super) ladders: Arc<Vec<Climb>>,
    pub(super) lexicon: Lexicon,
}

/// A turn with what an answer to it is held against.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) ball: Curveball,
    pub(super) when_said: Option<Matcher>,
    pub(super) unless: Option<Matcher>,
    pub(super) line: Points,
    pub(super) strong: Reading,
    /// Of a strong and a great answer together.
    pub(super) answer: Points,
}

/// A ladder with what its first question takes for granted.
#[derive(Debug)]
pub(super) struct Climb {
    pub(super) when_said: Option<Matcher>,
    pub(super) holds: Vec<Hold>,
}

/// A rung, as an answer to it is judged.
#[derive(Debug)]
pub(super) struct Hold {
    pub(super) fair: Option<Matcher>,
    pub(super) line: Points,
    pub(super) strong: Reading,
    /// Of a strong and a great answer together.
    pub(super) answer: Points,
}

/// The rubric items that a text makes when it is said in its step; red flags are none.
#[derive(Debug)]
pub(super) struct Points {
    step: Step,
    text: String,
    found: OnceLock<Vec<Id>>,
}

impl Points {
    fn new(step: Step, text: String) -> Self {
        Self {
            step,
            text,
            found: OnceLock::new(),
        }
    }

    /// Found when first asked for.
    pub(super) fn of(&self, setting: &Setting) -> &[Id] {
        self.found
            .get_or_init(|| setting.points_made(self.step, &self.text))
    }
}

impl Setting {
    /// Compiles the rules of a case.
    ///
    /// # Errors
    /// One line that names the concepts which the lexicon does not have.
    pub fn new(
        case: Arc<Case>,
        framework: Framework,
        interviewer: Interviewer,
        lexicon: &Lexicon,
    ) -> Result<Self, String> {
        let rules = CaseRules::compile(&case, lexicon).map_err(|unknown| {
            let names: Vec<String> = unknown
                .iter()
                .map(|unknown| format!("{} (in {})", unknown.concept, unknown.item))
                .collect();
            format!(
                "the rubric of {} uses unknown concepts: {}",
                case.id,
                names.join(", ")
            )
        })?;
        // What does not compile is never told or asked for; `greenroom check` names it.
        let compile = |rule: &Rule| Matcher::compile(rule, lexicon).ok();
        let facts = case
            .facts
            .iter()
            .filter_map(|fact| Some((fact.id.clone(), compile(&fact.asked)?)))
            .collect();
        let turns = turns(&case, &interviewer)
            .map(|ball| Turn {
                when_said: ball.when_said.as_ref().and_then(compile),
                unless: ball.unless.as_ref().and_then(compile),
                line: Points::new(ball.step, ball.line.clone()),
                strong: lexicon.read(&ball.strong),
                answer: Points::new(ball.step, format!("{}\n{}", ball.strong, ball.great)),
                ball,
            })
            .collect();
        let ladders = case
            .ladders
            .iter()
            .map(|ladder| {
                let rungs = ladder.rungs.iter();
                let holds = rungs
                    .map(|rung| Hold {
                        fair: rung.r#match.as_ref().and_then(compile),
                        line: Points::new(ladder.step, rung.ask.clone()),
                        strong: lexicon.read(&rung.strong),
                        answer: Points::new(
                            ladder.step,
                            format!("{}\n{}", rung.strong, rung.great),
                        ),
                    })
                    .collect();
                Climb {
                    when_said: ladder.when_said.as_ref().and_then(compile),
                    holds,
                }
            })
            .collect();
        Ok(Self {
            case,
            framework: Arc::new(framework),
            interviewer: Arc::new(interviewer),
            rules: Arc::new(rules),
            facts: Arc::new(facts),
            turns: Arc::new(turns),
            ladders: Arc::new(ladders),
            lexicon: lexicon.clone(),
        })
    }

    /// The same with a question of the learner's own in place of the prompt.
    #[must_use]
    pub fn asking(mut self, prompt: &str) -> Self {
        let prompt = prompt.trim();
        let ends = prompt.ends_with(['.', '?', '!']);
        let prompt = format!("{prompt}{}", if ends { "" } else { "." });
        Arc::make_mut(&mut self.case).prompt = prompt;
        self
    }

    /// The rubric items that a text makes, said in this step.
    pub(super) fn points_made(&self, step: Step, text: &str) -> Vec<Id> {
        let graded = self.rules.grade(&Answer {
            steps: BTreeMap::from([(step, text.to_owned())]),
            elsewhere: String::new(),
        });
        let made = graded.items.into_iter();
        made.filter(|item| item.verdict == Verdict::Hit)
            .map(|item| item.id)
            .filter(|id| {
                let own = self.case.item(id.as_str());
                own.is_some_and(|own| own.kind != Kind::RedFlag)
            })
            .collect()
    }

    /// The rubric items that an answer to a question of the interviewer makes.
    pub(super) fn points(&self, why: &Trigger) -> Vec<Id> {
        match why {
            Trigger::Probe(item) => vec![Id::from(item.as_str())],
            Trigger::Curveball(id) => {
                let mut turns = self.turns.iter();
                let turn = turns.find(|turn| turn.ball.id == id.as_str());
                turn.map_or_else(Vec::new, |turn| turn.answer.of(self).to_vec())
            }
            Trigger::Rung(id, at) => {
                let hold = self.ladder(id).and_then(|(_, holds)| holds.get(*at));
                hold.map_or_else(Vec::new, |hold| hold.answer.of(self).to_vec())
            }
            _ => Vec::new(),
        }
    }

    /// A ladder by its id, with what its answers are held against.
    pub(super) fn ladder(&self, id: &str) -> Option<(&Ladder, &[Hold])> {
        let mut all = self.case.ladders.iter().zip(self.ladders.iter());
        let (ladder, climb) = all.find(|(ladder, _)| ladder.id == id)?;
        Some((ladder, &climb.holds))
    }

    /// A turn by its id.
    pub(super) fn turn(&self, id: &str) -> Option<&Curveball> {
        let mut turns = self.turns.iter().map(|turn| &turn.ball);
        turns.find(|ball| ball.id == *id)
    }
}

/// The case's own turns, then the general ones whose tag the case has. One that the case has
/// under the same id is the case's.
fn turns<'a>(case: &'a Case, interviewer: &'a Interviewer) -> impl Iterator<Item = Curveball> + 'a {
    let general = interviewer.curveballs.iter().filter(|own| {
        own.tag
            .as_ref()
            .is_none_or(|tag| case.has_tag(tag.as_str()))
            && !case.curveballs.iter().any(|ball| ball.id == own.id)
    });
    case.curveballs
        .iter()
        .cloned()
        .chain(general.map(|own| Curveball {
            id: own.id.clone(),
            step: own.step,
            after: GENERIC_AFTER,
            when_hit: None,
            when_missed: None,
            when_said: own.when_said.clone(),
            unless: own.unless.clone(),
            level: own.level,
            line: own.line.clone(),
            strong: own.strong.clone(),
            great: own.great.clone(),
        }))
}
