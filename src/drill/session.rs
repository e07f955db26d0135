//! A practice session: `apply(input, now)` moves it on and says what must be written down first.
//!
//! Attempt, then confidence, then the reveal. A first attempt that was not good may be tried once
//! more; only the first sets the rating. What was Again comes back at the end of the session, so
//! that it ends with something right that was wrong before.

use super::{Drill, Grade, Question, Reply};
use crate::content::index::DrillHead;
use crate::grading::Lexicon;
use crate::memory::{Model, Outlook, Rating, Why};
use crate::progress::DrillState;
use chrono::{DateTime, Utc};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::collections::VecDeque;

/// From this score on there is nothing to try again.
const GOOD_ENOUGH: f64 = 0.75;

/// Why a drill comes back at the end of a session.
const ONCE_MORE: &str = "Once more: it was wrong a moment ago";

/// A drill with all that a session needs of it.
#[derive(Clone, Debug)]
pub struct Queued {
    pub head: DrillHead,
    pub drill: Drill,
    /// Before the answer.
    pub state: DrillState,
    pub why: Why,
    /// Why now, in one line.
    pub reason: String,
    /// Where to read on; empty when nobody says.
    pub read: String,
    /// Drills of this format that were answered before the session.
    pub known: u32,
}

#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The session ends at the first reveal after this many minutes.
    pub minutes: Option<u32>,
    pub cram: bool,
    pub seed: u64,
}

/// What the learner does.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    Answer(Vec<Reply>),
    /// 1 guessing … 4 certain.
    Confidence(u8),
    Hint,
    /// Try once more before the answer is shown.
    Retry,
    /// Show the answer after a first attempt.
    ShowAnswer,
    /// The learner's own rating, at the reveal.
    Overrule(Rating),
    Next,
    /// Not now: it comes later in this session.
    Skip,
    Bury,
    Suspend,
    Undo,
    End,
}

/// What must be on disk before the next screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Review {
        drill: String,
        topic: String,
        format: String,
        step: String,
        hash: String,
        replies: Vec<Reply>,
        score: f64,
        rating: Rating,
        confidence: u8,
        seconds: f64,
        hints: u8,
        cram: bool,
        state: Box<DrillState>,
    },
    /// A second attempt, or one at the end of the session: it teaches, and does not schedule.
    Second {
        drill: String,
        replies: Vec<Reply>,
        score: f64,
    },
    /// Of the review that was written last.
    Overrule {
        rating: Rating,
        state: Box<DrillState>,
    },
    Bury {
        drill: String,
    },
    Suspend {
        drill: String,
    },
    /// Takes back the review that was written last.
    Undo {
        drill: String,
        state: Box<DrillState>,
    },
}

/// The question on the screen.
#[derive(Clone, Debug)]
pub struct Asked {
    pub queued: Queued,
    pub question: Question,
    /// Hints shown so far.
    pub hints: usize,
    pub since: DateTime<Utc>,
    /// It was Again earlier in this session.
    pub again: bool,
    /// The question shows how the sum begins.
    pub worked: bool,
    pub replies: Vec<Reply>,
    seconds: f64,
    confidence: u8,
    first: Option<Grade>,
}

/// Where the session stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// Waiting for an answer; `true` for the second attempt.
    Answer {
        second: bool,
    },
    /// How sure, before anything is shown.
    Confidence,
    /// The first attempt was not good: try again, or see the answer.
    Choice,
    Reveal(Box<Reveal>),
    Over,
}

/// What the reveal shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Reveal {
    pub grade: Grade,
    /// The grade of the second attempt.
    pub second: Option<Grade>,
    /// The machine's; none when nothing is scheduled.
    pub rating: Option<Rating>,
    /// The learner's, where it differs.
    pub overruled: Option<Rating>,
    pub outlook: Option<Outlook>,
    pub confidence: u8,
}

/// What came of a session.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    pub answered: usize,
    /// Sum of the first scores.
    pub score: f64,
    pub seconds: f64,
    /// Whole ids of drills that were Again.
    pub missed: Vec<String>,
    /// … and those of them that came right before the end.
    pub now_right: Vec<String>,
}

/// A finished first attempt, so that it can be taken back.
#[derive(Clone, Debug)]
struct Done {
    queued: Queued,
    score: f64,
    seconds: f64,
    again: bool,
}

/// The session's whole state.
#[derive(Debug)]
pub struct Session {
    waiting: VecDeque<Queued>,
    /// Drills that were Again, to be asked once more at the end.
    again: VecDeque<Queued>,
    asked: Option<Asked>,
    phase: Phase,
    done: Vec<Done>,
    now_right: Vec<String>,
    started: DateTime<Utc>,
    options: Options,
    total: usize,
    drawn: u64,
}

impl Session {
    pub fn new(queue: Vec<Queued>, options: Options, now: DateTime<Utc>) -> Self {
        let mut session = Self {
            total: queue.len(),
            waiting: queue.into(),
            again: VecDeque::new(),
            asked: None,
            phase: Phase::Over,
            done: Vec::new(),
            now_right: Vec::new(),
            started: now,
            options,
            drawn: 0,
        };
        session.ask_next(now);
        session
    }

    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    pub fn asked(&self) -> Option<&Asked> {
        self.asked.as_ref()
    }

    /// Answered so far, and all there are.
    pub fn place(&self) -> (usize, usize) {
        (self.done.len(), self.total)
    }

    /// Why the drill on the screen is asked now.
    pub fn reason(&self) -> Option<&str> {
        let asked = self.asked.as_ref()?;
        Some(if asked.again {
            ONCE_MORE
        } else {
            &asked.queued.reason
        })
    }

    /// What comes after the drill on the screen, as things stand, and why then.
    pub fn next(&self, now: DateTime<Utc>) -> Option<String> {
        let waiting = self.waiting.front().filter(|_| !self.out_of_time(now));
        let (queued, reason) = waiting
            .map(|queued| (queued, queued.reason.as_str()))
            .or_else(|| self.again.front().map(|queued| (queued, ONCE_MORE)))?;
        let head = &queued.head;
        Some(format!("{}, {}. {reason}", head.format, head.step))
    }

    fn out_of_time(&self, now: DateTime<Utc>) -> bool {
        let minutes = self.options.minutes.map(i64::from);
        minutes.is_some_and(|minutes| (now - self.started).num_seconds() >= minutes * 60)
            && !self.done.is_empty()
    }

    /// Drills still to come after the one on the screen.
    pub fn left(&self) -> usize {
        self.waiting.len() + self.again.len()
    }

    /// The hints shown so far, in order.
    pub fn hints(&self) -> Vec<&str> {
        self.asked.as_ref().map_or_else(Vec::new, |asked| {
            let hints = asked.queued.drill.head().hints.iter();
            hints.take(asked.hints).map(String::as_str).collect()
        })
    }

    pub fn summary(&self) -> Summary {
        let missed = self.done.iter().filter(|done| done.again);
        Summary {
            answered: self.done.len(),
            score: self.done.iter().map(|done| done.score).sum(),
            seconds: self.done.iter().map(|done| done.seconds).sum(),
            missed: missed.map(|done| done.queued.head.id.clone()).collect(),
            now_right: self.now_right.clone(),
        }
    }

    /// Takes one input. Inputs that make no sense now are ignored.
    pub fn apply(
        &mut self,
        input: Input,
        now: DateTime<Utc>,
        model: &Model,
        lexicon: &Lexicon,
    ) -> Vec<Effect> {
        match input {
            Input::End => {
                self.asked = None;
                self.phase = Phase::Over;
                Vec::new()
            }
            Input::Undo => self.undo(now),
            Input::Hint => {
                self.hint();
                Vec::new()
            }
            Input::Answer(replies) => self.answer(replies, now, model, lexicon),
            Input::Confidence(sure) => self.confidence(sure.clamp(1, 4), now, model, lexicon),
            Input::Retry => {
                if self.phase == Phase::Choice {
                    self.phase = Phase::Answer { second: true };
                    self.hint();
                }
                Vec::new()
            }
            Input::ShowAnswer => {
                if matches!(self.phase, Phase::Choice | Phase::Answer { second: true }) {
                    self.reveal(now, model);
                }
                Vec::new()
            }
            Input::Overrule(rating) => self.overrule(rating, now, model),
            Input::Next => {
                if matches!(self.phase, Phase::Reveal(_)) {
                    self.asked = None;
                    self.ask_next(now);
                }
                Vec::new()
            }
            Input::Skip => {
                self.skip(now);
                Vec::new()
            }
            Input::Bury => self.put_away(now, |drill| Effect::Bury { drill }),
            Input::Suspend => self.put_away(now, |drill| Effect::Suspend { drill }),
        }
    }

    fn ask_next(&mut self, now: DateTime<Utc>) {
        if self.out_of_time(now) {
            self.waiting.clear();
        }
        let next = self.waiting.pop_front().map(|queued| (queued, false));
        let next = next.or_else(|| self.again.pop_front().map(|queued| (queued, true)));
        match next {
            Some((queued, again)) => self.ask(queued, again, now),
            None => self.phase = Phase::Over,
        }
    }

    fn ask(&mut self, queued: Queued, again: bool, now: DateTime<Utc>) {
        self.drawn += 1;
        let mut chance = ChaCha8Rng::seed_from_u64(self.options.seed ^ (self.drawn << 32));
        let mut question = queued.drill.question(&mut chance);
        let shown = self.worked(&queued);
        let worked = !shown.is_empty();
        question.text.push_str(&shown);
        self.phase = Phase::Answer { second: false };
        self.asked = Some(Asked {
            queued,
            question,
            worked,
            hints: 0,
            since: now,
            again,
            replies: Vec::new(),
            seconds: 0.0,
            confidence: 0,
            first: None,
        });
    }

    /// How the sum of a new drill begins, while its format is new to the learner too: all but the
    /// last line at first sight, one line less with each drill of the format (fading worked
    /// examples, Renkl and Atkinson 2003).
    fn worked(&self, queued: &Queued) -> String {
        let same = |done: &&Done| done.queued.head.format == queued.head.format;
        let known = queued.known as usize + self.done.iter().filter(same).count();
        let lines = queued.drill.working();
        let count = lines.len().saturating_sub(1 + known);
        if queued.state.reps > 0 || count == 0 {
            return String::new();
        }
        let shown = lines.iter().take(count).map(|line| format!("- {line}\n"));
        let gaps = lines.len() - count;
        format!(
            "\n\n**Worked so far** ({gaps} {} to go)\n\n{}",
            if gaps == 1 { "line" } else { "lines" },
            shown.collect::<String>()
        )
    }

    fn hint(&mut self) {
        let waiting = matches!(self.phase, Phase::Answer { .. });
        if let Some(asked) = self.asked.as_mut().filter(|_| waiting) {
            let all = asked.queued.drill.head().hints.len();
            asked.hints = (asked.hints + 1).min(all);
        }
    }

    fn answer(
        &mut self,
        replies: Vec<Reply>,
        now: DateTime<Utc>,
        model: &Model,
        lexicon: &Lexicon,
    ) -> Vec<Effect> {
        let Phase::Answer { second } = self.phase else {
            return Vec::new();
        };
        let Some(asked) = self.asked.as_mut() else {
            return Vec::new();
        };
        asked.replies = replies;
        if !second && !asked.again {
            asked.seconds = (now - asked.since).num_milliseconds().max(0) as f64 / 1000.0;
            self.phase = Phase::Confidence;
            return Vec::new();
        }
        let grade = asked.queued.drill.grade(&asked.replies, lexicon);
        let effect = Effect::Second {
            drill: asked.queued.head.id.clone(),
            replies: asked.replies.clone(),
            score: grade.score,
        };
        if grade.score >= GOOD_ENOUGH && asked.again {
            self.now_right.push(asked.queued.head.id.clone());
        }
        self.phase = match asked.first.clone() {
            Some(first) => Phase::Reveal(Box::new(reveal(asked, first, Some(grade), now, model))),
            None => Phase::Reveal(Box::new(Reveal {
                grade,
                second: None,
                rating: None,
                overruled: None,
                outlook: None,
                confidence: 0,
            })),
        };
        vec![effect]
    }

    fn confidence(
        &mut self,
        sure: u8,
        now: DateTime<Utc>,
        model: &Model,
        lexicon: &Lexicon,
    ) -> Vec<Effect> {
        if self.phase != Phase::Confidence {
            return Vec::new();
        }
        let Some(asked) = self.asked.as_mut() else {
            return Vec::new();
        };
        let grade = asked.queued.drill.grade(&asked.replies, lexicon);
        let rating = rate(asked, &grade);
        asked.confidence = sure;
        asked.first = Some(grade.clone());
        let before = &asked.queued.state;
        let state = model.after(before, rating, grade.score, asked.seconds, now);
        let head = &asked.queued.head;
        let effect = Effect::Review {
            drill: head.id.clone(),
            topic: head.topic.clone(),
            format: head.format.clone(),
            step: head.step.clone(),
            hash: asked.queued.drill.hash(),
            replies: asked.replies.clone(),
            score: grade.score,
            rating,
            confidence: sure,
            seconds: asked.seconds,
            hints: asked.hints as u8,
            cram: self.options.cram,
            state: Box::new(state),
        };
        let again = rating == Rating::Again;
        if again {
            self.again.push_back(asked.queued.clone());
        }
        self.done.push(Done {
            queued: asked.queued.clone(),
            score: grade.score,
            seconds: asked.seconds,
            again,
        });
        if grade.score < GOOD_ENOUGH {
            self.phase = Phase::Choice;
        } else {
            self.reveal(now, model);
        }
        vec![effect]
    }

    /// Shows the answer to the first attempt.
    fn reveal(&mut self, now: DateTime<Utc>, model: &Model) {
        let first = self
            .asked
            .as_ref()
            .and_then(|asked| Some((asked, asked.first.clone()?)));
        if let Some((asked, first)) = first {
            self.phase = Phase::Reveal(Box::new(reveal(asked, first, None, now, model)));
        }
    }

    /// The drill whose answer is shown.
    pub fn revealed(&self) -> Option<&str> {
        let shown = matches!(self.phase, Phase::Reveal(_));
        let asked = self.asked.as_ref().filter(|_| shown)?;
        Some(&asked.queued.head.id)
    }

    /// The answer that is shown says so: the day may have been moved to a lighter one.
    pub fn comes_back_in(&mut self, days: u32) {
        if let Phase::Reveal(reveal) = &mut self.phase {
            if let Some(outlook) = &mut reveal.outlook {
                outlook.interval = days;
            }
        }
    }

    fn overrule(&mut self, rating: Rating, now: DateTime<Utc>, model: &Model) -> Vec<Effect> {
        let Some(asked) = self.asked.as_ref().filter(|asked| !asked.again) else {
            return Vec::new();
        };
        let Phase::Reveal(reveal) = &mut self.phase else {
            return Vec::new();
        };
        let before = &asked.queued.state;
        reveal.overruled = (reveal.rating != Some(rating)).then_some(rating);
        reveal.outlook = Some(model.outlook(Some(before), rating, now));
        let state = model.after(before, rating, reveal.grade.score, asked.seconds, now);
        let id = &asked.queued.head.id;
        self.again.retain(|queued| queued.head.id != *id);
        if rating == Rating::Again {
            self.again.push_back(asked.queued.clone());
        }
        if let Some(done) = self.done.last_mut() {
            done.again = rating == Rating::Again;
        }
        vec![Effect::Overrule {
            rating,
            state: Box::new(state),
        }]
    }

    fn skip(&mut self, now: DateTime<Utc>) {
        if self.phase != (Phase::Answer { second: false }) {
            return;
        }
        let Some(asked) = self.asked.take() else {
            return;
        };
        let skipped = asked.queued;
        if asked.again || self.waiting.is_empty() {
            self.total -= usize::from(!asked.again);
        } else {
            self.waiting.push_back(skipped);
        }
        self.ask_next(now);
    }

    /// Buries or suspends the drill on the screen; not between an attempt and its reveal.
    fn put_away(&mut self, now: DateTime<Utc>, effect: impl Fn(String) -> Effect) -> Vec<Effect> {
        let first = self.phase == (Phase::Answer { second: false });
        if !first && !matches!(self.phase, Phase::Reveal(_)) {
            return Vec::new();
        }
        let Some(asked) = self.asked.take() else {
            return Vec::new();
        };
        let id = asked.queued.head.id;
        self.again.retain(|queued| queued.head.id != id);
        if first && !asked.again {
            self.total -= 1;
        }
        self.ask_next(now);
        vec![effect(id)]
    }

    fn undo(&mut self, now: DateTime<Utc>) -> Vec<Effect> {
        let Some(done) = self.done.pop() else {
            return Vec::new();
        };
        let id = done.queued.head.id.clone();
        self.again.retain(|queued| queued.head.id != id);
        self.now_right.retain(|right| *right != id);
        // The drill on the screen goes back, unless it is the one that is taken back, or one that
        // came back at the end and has its second answer.
        let answered = matches!(self.phase, Phase::Reveal(_));
        let asked = self.asked.take();
        if let Some(asked) = asked
            .filter(|asked| asked.queued.head.id != id)
            .filter(|asked| !(asked.again && answered))
        {
            if asked.again {
                self.again.push_front(asked.queued);
            } else {
                self.waiting.push_front(asked.queued);
            }
        }
        let state = Box::new(done.queued.state.clone());
        self.ask(done.queued, false, now);
        vec![Effect::Undo { drill: id, state }]
    }

    /// Puts a drill first: after an undo of an earlier session's answer.
    pub fn put_first(&mut self, queued: Queued, now: DateTime<Utc>) {
        self.waiting.retain(|other| other.head.id != queued.head.id);
        if let Some(asked) = self
            .asked
            .take()
            .filter(|asked| asked.queued.head.id != queued.head.id)
        {
            self.waiting.push_front(asked.queued);
        }
        self.ask(queued, false, now);
        self.total = self.done.len() + self.waiting.len() + 1;
    }

    /// Replaces the drill on the screen after its file was edited; its history stays.
    pub fn replace(&mut self, drill: Drill, now: DateTime<Utc>) {
        if let Some(asked) = self.asked.take() {
            let queued = Queued {
                drill,
                ..asked.queued
            };
            self.ask(queued, asked.again, now);
        }
    }
}

fn reveal(
    asked: &Asked,
    first: Grade,
    second: Option<Grade>,
    now: DateTime<Utc>,
    model: &Model,
) -> Reveal {
    let rating = rate(asked, &first);
    Reveal {
        outlook: Some(model.outlook(Some(&asked.queued.state), rating, now)),
        grade: first,
        second,
        rating: Some(rating),
        overruled: None,
        confidence: asked.confidence,
    }
}

fn rate(asked: &Asked, grade: &Grade) -> Rating {
    let usual = f64::from(asked.queued.drill.seconds());
    let own = asked.queued.state.seconds_mean;
    let quick = asked.seconds <= if own > 0.0 { usual.min(own) } else { usual };
    // The hint that comes with a second attempt does not count: the first one sets the rating. A
    // sum that was begun for the learner is as good as a hint.
    Rating::of(grade.score, quick, asked.hints + usize::from(asked.worked))
}

#[cfg(test)]
mod tests;
