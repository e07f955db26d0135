//! The running interview: `apply(input, now)` moves the clock, keeps what was typed, and lets the
//! interviewer speak. A 45-minute mock is a loop over inputs; nothing here reads a clock.

use super::interviewer::{asks, Hearing, Listener, Say};
use super::record::{Entry, Question, Record, Segment, Speaker, Trigger};
use super::setting::Setting;
use chrono::{DateTime, Utc};

/// A jump of the clock that no tick explains, in seconds: the machine slept. It is not counted.
const SLEPT: f64 = 60.0;
/// Seconds that an interviewer's line stays alone before the next one may come.
const BREATH: f64 = 20.0;
/// Seconds after which a question that got no answer waits no longer.
const PATIENCE: u32 = 120;
/// Words that are an answer, once the keys have rested for so many seconds.
const ANSWER: usize = 4;
const REST: f64 = 8.0;

/// What the candidate does, or time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The whole text of the current segment.
    Edit(String),
    /// A line added to the current segment; in clarify, a question is answered.
    Line(String),
    /// A question, in any segment.
    Ask(String),
    /// The whole whiteboard, as the current segment has it from now on.
    Draw(String),
    Next,
    Back,
    GoTo(Segment),
    Pause,
    Resume,
    /// "I am thinking": the silence is not broken.
    Thinking,
    /// The time that passed while the machine slept was spent on the interview after all.
    Count,
    /// A rubric item was said, or was not after all: for who ticks instead of being heard.
    Said(String, bool),
    Tick,
    End,
}

/// The interview with its clock.
#[derive(Clone, Debug)]
pub struct Session {
    setting: Setting,
    record: Record,
    /// When the clock was last moved.
    last: DateTime<Utc>,
    paused: bool,
    /// Seconds since the last key.
    quiet: f64,
    /// Seconds since the interviewer's last line.
    since_line: f64,
    /// Seconds that were not counted because the machine slept.
    slept: f64,
    /// Those of the last sleep, which the candidate may still count.
    last_sleep: f64,
    hearing: Hearing,
}

impl Session {
    /// Starts the interview; the prompt is the first line of the transcript.
    pub fn begin(setting: Setting, record: Record, now: DateTime<Utc>) -> Self {
        let mut session = Self::resume(setting, record, now);
        session.paused = false;
        let opening = session.listener().opening();
        session.say(opening);
        session
    }

    /// Takes up an interview where it was; its clock stands until [`Input::Resume`].
    pub fn resume(setting: Setting, mut record: Record, now: DateTime<Utc>) -> Self {
        // Of before boards were kept by step: it stands where the interview was left.
        if record.boards.is_empty() && !record.board.is_empty() {
            record.draw(record.board.clone());
        }
        Self {
            setting,
            record,
            last: now,
            paused: true,
            quiet: 0.0,
            since_line: BREATH,
            slept: 0.0,
            last_sleep: 0.0,
            hearing: Hearing::default(),
        }
    }

    pub fn record(&self) -> &Record {
        &self.record
    }

    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    pub fn paused(&self) -> bool {
        self.paused
    }

    /// Seconds that were not counted because the machine slept.
    pub fn slept(&self) -> f64 {
        self.slept
    }

    /// Seconds left on the clock; never under 0.
    pub fn left(&self) -> f64 {
        (self.record.budget_total(&self.setting.framework) - self.record.elapsed()).max(0.0)
    }

    /// Seconds of the last sleep of the machine, until the candidate says what to do with them.
    pub fn last_sleep(&self) -> f64 {
        self.last_sleep
    }

    /// Share of the current segment's minutes that is used.
    pub fn share(&self) -> f64 {
        let budget = self
            .record
            .budget(self.record.current, &self.setting.framework);
        self.record.used(self.record.current) / budget.max(1.0)
    }

    /// The interviewer's last line.
    pub fn line(&self) -> Option<&Entry> {
        let lines = self.record.transcript.iter().rev();
        lines
            .into_iter()
            .find(|entry| entry.speaker == Speaker::Interviewer)
    }

    /// Takes one input at a moment.
    pub fn apply(&mut self, input: Input, now: DateTime<Utc>) {
        self.move_clock(now);
        if let Input::Said(item, said) = input {
            // Also afterwards: who spoke ticks when it is over.
            self.tick(item, said);
            return;
        }
        if self.record.over {
            return;
        }
        if !matches!(input, Input::Tick | Input::Pause | Input::Resume) {
            self.quiet = 0.0;
            self.record.fired.remove(&Trigger::Silence);
        }
        match input {
            Input::Edit(text) => {
                self.record.answers.insert(self.record.current, text);
                self.hearing = Hearing::default();
            }
            Input::Line(line) => self.line_typed(&line),
            Input::Ask(question) => self.ask(&question),
            Input::Draw(board) => self.record.draw(board),
            Input::Next => self.next(),
            Input::Back => {
                if let Some(segment) = self.record.before() {
                    self.enter(segment);
                }
            }
            Input::GoTo(segment) => {
                if self.record.segments.contains(&segment) {
                    self.enter(segment);
                }
            }
            Input::Pause => {
                if !self.paused {
                    self.paused = true;
                    self.record.pauses += 1;
                }
            }
            Input::Resume => {
                self.paused = false;
                self.last_sleep = 0.0;
            }
            Input::Thinking | Input::Tick | Input::Said(..) => {}
            Input::Count => self.count_sleep(),
            Input::End => self.record.over = true,
        }
        self.settle();
        if !self.paused && !self.record.over {
            self.listen();
        }
    }

    fn listener(&self) -> Listener<'_> {
        Listener {
            setting: &self.setting,
            record: &self.record,
            hearing: &self.hearing,
        }
    }

    fn move_clock(&mut self, now: DateTime<Utc>) {
        let passed = (now - self.last).num_milliseconds().max(0) as f64 / 1000.0;
        self.last = now;
        if self.record.over {
            return;
        }
        if self.paused {
            self.record.paused_seconds += passed;
            return;
        }
        if passed > SLEPT {
            self.slept += passed;
            self.last_sleep = passed;
            self.record.sleeps += 1;
            self.record.slept_seconds += passed;
            // Nobody knows whether the candidate was there: they say so by going on.
            self.paused = true;
            return;
        }
        // The interview ends on the second, however late the tick that says so.
        let counted = passed.min(self.left());
        *self.record.used.entry(self.record.current).or_default() += counted;
        self.quiet += passed;
        self.since_line += passed;
        if self.left() <= 0.0 {
            self.record.over = true;
        }
    }

    fn tick(&mut self, item: String, said: bool) {
        if said {
            self.record.ticked.insert(item);
        } else {
            self.record.ticked.remove(&item);
        }
    }

    fn count_sleep(&mut self) {
        let seconds = std::mem::take(&mut self.last_sleep);
        let counted = seconds.min(self.left());
        *self.record.used.entry(self.record.current).or_default() += counted;
        self.record.slept_seconds = (self.record.slept_seconds - seconds).max(0.0);
        self.paused = false;
        self.record.over |= self.left() <= 0.0;
    }

    fn listen(&mut self) {
        // Never more than one line at a time.
        if self.since_line < BREATH {
            return;
        }
        if let Some(say) = self.listener().by_clock(self.quiet) {
            self.say(say);
        }
    }

    fn say(&mut self, say: Say) {
        self.record.fired.insert(say.why.clone());
        if let Trigger::Fact(id) = &say.why {
            self.record.facts_told.insert(id.clone());
        }
        self.since_line = 0.0;
        if say.why.is_question() {
            self.record.open = Some(Question {
                why: say.why.clone(),
                at: self.record.elapsed() as u32,
                segment: self.record.current,
                before: self.record.said_in(self.record.current),
                answer: String::new(),
                fair: None,
            });
        }
        self.note(Speaker::Interviewer, say.text, say.why, say.because);
    }

    fn note(&mut self, speaker: Speaker, text: String, why: Trigger, because: String) {
        self.record.transcript.push(Entry {
            at: self.record.elapsed() as u32,
            segment: self.record.current,
            speaker,
            text,
            why,
            because,
        });
    }

    /// The question that waits is answered once enough was written and the keys rest, or its step
    /// was left; it is given up after a while.
    fn settle(&mut self) {
        let Some(open) = &self.record.open else {
            return;
        };
        let answer = since(&open.before, &self.record.said_in(open.segment));
        let waited = (self.record.elapsed() as u32).saturating_sub(open.at);
        let answered = answer.split_whitespace().count() >= ANSWER && self.quiet >= REST;
        let left = self.record.current != open.segment || self.record.over;
        if !answered && !left && waited < PATIENCE {
            return;
        }
        let fair = self.listener().is_fair(&open.why, &answer);
        if let Some(mut question) = self.record.open.take() {
            question.before = String::new();
            question.answer = answer;
            question.fair = fair;
            self.record.questions.push(question);
        }
    }

    fn line_typed(&mut self, line: &str) {
        if self.record.current == Segment::Clarify && asks(line) {
            self.ask(line);
            return;
        }
        let answer = self.record.answers.entry(self.record.current).or_default();
        if !answer.is_empty() {
            answer.push('\n');
        }
        answer.push_str(line);
        self.hearing = Hearing::default();
    }

    fn ask(&mut self, question: &str) {
        let question = question.trim();
        if question.is_empty() {
            return;
        }
        self.note(
            Speaker::You,
            question.to_owned(),
            Trigger::Question,
            String::new(),
        );
        self.hearing = Hearing::default();
        let replies = self.listener().answer(question);
        for say in replies {
            self.say(say);
        }
    }

    /// Leaves the segment; where a must was not heard, a first `Next` brings the probe instead.
    fn next(&mut self) {
        if let Some(probe) = self.listener().probe() {
            self.say(probe);
            return;
        }
        match self.record.after() {
            Some(segment) => self.enter(segment),
            None => self.record.over = true,
        }
    }

    fn enter(&mut self, segment: Segment) {
        self.record.current = segment;
        let at = self.record.elapsed() as u32;
        self.record.began.entry(segment).or_insert(at);
    }
}

/// What a text has that it did not have before, whole lines where it was changed in its midst.
fn since(before: &str, now: &str) -> String {
    if let Some(rest) = now.strip_prefix(before) {
        return rest.trim().to_owned();
    }
    let old: Vec<&str> = before.lines().collect();
    let lines = now.lines().filter(|line| !old.contains(line));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
