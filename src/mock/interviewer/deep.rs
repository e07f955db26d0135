//! Questions while a step is open: the turns of the case, and one ladder of follow-ups that goes
//! down a rung only after a fair answer.

use super::{Listener, Say, Trigger, NUDGE};
use crate::content::{Curveball, Id, Level, Step};
use crate::grading::{Matcher, Reading, Verdict};
use crate::mock::setting::{Hold, Points, Turn};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Share of a step's minutes after which its ladder may begin.
const DEEPER: f64 = 0.3;
/// Words of a step before anybody can ask for more of it.
const SOMETHING: usize = 12;
/// Share of the strong answer from which a question is answered already.
const ANSWERED: f64 = 0.5;
/// … and from which an answer is fair, where the rung has no rule.
const FAIR: f64 = 0.34;

impl Listener<'_> {
    /// A question on the step that is open. None while another one waits, nor when its minutes
    /// are over.
    pub(super) fn question(&self) -> Option<Say> {
        let step = self.record.current.step()?;
        let closed = self.record.fired.contains(&Trigger::Closing);
        if closed || self.record.open.is_some() || self.share() >= NUDGE {
            return None;
        }
        self.next_rung(step)
            .or_else(|| self.turn(step))
            .or_else(|| self.first_rung(step))
    }

    fn had(&self, kind: impl Fn(&Trigger) -> bool) -> bool {
        let mut entries = self.record.transcript.iter();
        entries.any(|entry| entry.segment == self.record.current && kind(&entry.why))
    }

    /// One turn a step: of those whose time has come and whose condition holds, the one of whose
    /// strong answer least was said; the case's own before general ones.
    fn turn(&self, step: Step) -> Option<Say> {
        // A turn turns on something that was said.
        if self.had(|why| matches!(why, Trigger::Curveball(_))) || !self.has_something(step) {
            return None;
        }
        let share = self.share();
        let own = self.setting.case.curveballs.len();
        let waiting = self.setting.turns.iter().enumerate().filter(|(_, turn)| {
            let ball = &turn.ball;
            ball.step == step
                && ball.level <= self.record.level
                && share >= ball.after
                && self.is_fresh(&Trigger::Curveball(ball.id.to_string()))
        });
        let lacking = waiting
            .filter(|(_, turn)| self.holds(turn))
            .map(|(at, turn)| (at, turn, self.said_of(&turn.answer, &turn.strong)))
            .filter(|(_, turn, said)| *said < ANSWERED && !self.was_asked(&turn.answer))
            .filter(|(_, turn, _)| !self.gives_away(turn.line.of(self.setting)));
        let (_, turn, said) = lacking.min_by_key(|(at, turn, said)| {
            // At the staff level its own questions come first.
            let staff = self.record.level == Level::Staff && turn.ball.level == Level::Staff;
            (!staff, *at >= own, (said * 100.0) as u32, *at)
        })?;
        let because = format!(
            "{:.0} % of the minutes of {step} were used{}; of what a strong answer says {:.0} % had been said",
            share * 100.0,
            condition(&turn.ball),
            said * 100.0
        );
        Some(Say {
            text: turn.ball.line.trim().to_owned(),
            why: Trigger::Curveball(turn.ball.id.to_string()),
            because,
        })
    }

    /// How much of an expected answer was said already, 0 to 1: of its points where it makes any,
    /// else of its concepts.
    fn said_of(&self, answer: &Points, strong: &Reading) -> f64 {
        if !self.record.options.manner.is_heard() {
            return 0.0;
        }
        let points = answer.of(self.setting);
        if points.is_empty() {
            return self.covered(strong);
        }
        let hit = |id: &&Id| self.verdict(id.as_str()) == Some(Verdict::Hit);
        points.iter().filter(hit).count() as f64 / points.len() as f64
    }

    /// Whether earlier questions asked for half of the points of this answer or more.
    fn was_asked(&self, answer: &Points) -> bool {
        let points = answer.of(self.setting);
        let asked = self.asked();
        let before = points.iter().filter(|id| asked.contains(*id)).count();
        before > 0 && before * 2 >= points.len()
    }

    /// Whether a line that makes these points tells one that was neither said nor asked for.
    pub(super) fn gives_away(&self, points: &[Id]) -> bool {
        let new = |id: &&Id| self.verdict(id.as_str()) != Some(Verdict::Hit);
        let mut new = points.iter().filter(new).peekable();
        let heard = self.record.options.manner.is_heard();
        heard && new.peek().is_some() && {
            let asked = self.asked();
            new.any(|id| !asked.contains(id))
        }
    }

    /// The rubric items that the interviewer's questions so far ask for.
    pub(super) fn asked(&self) -> BTreeSet<Id> {
        let fired = self.record.fired.iter();
        fired.flat_map(|why| self.setting.points(why)).collect()
    }

    /// Whether what the turn hangs on was said, and what it wants missing was not.
    fn holds(&self, turn: &Turn) -> bool {
        let hit = |id: &str| self.verdict(id) == Some(Verdict::Hit);
        let ball = &turn.ball;
        let chosen = turn.when_said.as_ref();
        let chosen = chosen.is_none_or(|rule| self.was_said(rule));
        let answered = turn.unless.as_ref();
        let answered = answered.is_some_and(|rule| self.was_said(rule));
        chosen
            && !answered
            && ball.when_hit.as_ref().is_none_or(|id| hit(id.as_str()))
            && ball.when_missed.as_ref().is_none_or(|id| !hit(id.as_str()))
    }

    /// Whether any step of the answer says this.
    fn was_said(&self, rule: &Matcher) -> bool {
        let mut readings = self.readings().values();
        readings.any(|reading| rule.find(reading).hit)
    }

    /// The rung below the one that was answered fairly.
    fn next_rung(&self, step: Step) -> Option<Say> {
        let last = self.record.questions.last()?;
        let Trigger::Rung(id, at) = &last.why else {
            return None;
        };
        if last.segment != self.record.current || last.fair != Some(true) {
            return None;
        }
        let (ladder, holds) = self.setting.ladder(id)?;
        // What was answered on the way up is not asked.
        let below = holds.iter().enumerate().skip(at + 1);
        let (next, hold) = below.into_iter().find(|(_, hold)| !self.is_said(hold))?;
        if self.gives_away(hold.line.of(self.setting)) {
            return None;
        }
        let why = Trigger::Rung(id.clone(), next);
        let rung = ladder.rungs.get(next).filter(|_| self.is_fresh(&why))?;
        Some(Say {
            text: rung.ask.trim().to_owned(),
            why,
            because: format!(
                "one rung further down “{}” in {step}: the answer before was fair",
                ladder.title.trim()
            ),
        })
    }

    /// The ladder of the step of which most rungs are open, once there is something to go into.
    fn first_rung(&self, step: Step) -> Option<Say> {
        if self.share() < DEEPER || self.had(|why| matches!(why, Trigger::Rung(..))) {
            return None;
        }
        if !self.has_something(step) {
            return None;
        }
        let ladders = self.setting.case.ladders.iter();
        let open = ladders
            .zip(self.setting.ladders.iter())
            .map(|(ladder, climb)| (ladder, climb.when_said.as_ref(), &climb.holds))
            .filter(|(ladder, when_said, holds)| {
                let first = holds.first();
                ladder.step == step
                    && when_said.is_none_or(|rule| self.was_said(rule))
                    && first.is_some_and(|hold| {
                        !self.is_said(hold)
                            && !self.was_asked(&hold.answer)
                            && !self.gives_away(hold.line.of(self.setting))
                    })
            });
        let (ladder, _, holds) = open.min_by_key(|(_, _, holds)| {
            Reverse(holds.iter().filter(|hold| !self.is_said(hold)).count())
        })?;
        let lacking = holds.iter().filter(|hold| !self.is_said(hold)).count();
        let rung = ladder.rungs.first()?;
        Some(Say {
            text: rung.ask.trim().to_owned(),
            why: Trigger::Rung(ladder.id.to_string(), 0),
            because: format!(
                "the deep dive of {step}: of “{}” {lacking} of {} rungs had not been answered",
                ladder.title.trim(),
                holds.len()
            ),
        })
    }

    /// Whether enough was said in the step to ask for more of it.
    fn has_something(&self, step: Step) -> bool {
        let words = || self.record.answer(step.into()).split_whitespace().count();
        !self.record.options.manner.is_heard() || words() >= SOMETHING
    }

    /// Whether what a rung asks for was said before it was asked.
    fn is_said(&self, hold: &Hold) -> bool {
        if !self.record.options.manner.is_heard() {
            return false;
        }
        let mut readings = self.readings().values();
        match &hold.fair {
            Some(rule) => readings.any(|reading| rule.find(reading).hit),
            None => self.said_of(&hold.answer, &hold.strong) >= ANSWERED,
        }
    }

    /// Whether an answer to a rung is good enough to go deeper; none for other questions.
    pub(in crate::mock) fn is_fair(&self, why: &Trigger, answer: &str) -> Option<bool> {
        let Trigger::Rung(id, at) = why else {
            return None;
        };
        if !self.record.options.manner.is_heard() {
            return None;
        }
        let (_, holds) = self.setting.ladder(id)?;
        let hold = holds.get(*at)?;
        Some(match &hold.fair {
            Some(rule) => rule.test(answer).hit,
            None => self.setting.lexicon.read(answer).share_of(&hold.strong) >= FAIR,
        })
    }
}

fn condition(ball: &Curveball) -> String {
    let said = ball.when_hit.as_ref();
    let said = said.map(|item| format!(", `{item}` had been said"));
    let missed = ball.when_missed.as_ref();
    let missed = missed.map(|item| format!(", `{item}` had not been said"));
    let chosen = ball.when_said.as_ref();
    let chosen = chosen.map(|_| ", the answer chose what it turns on".to_owned());
    [said, missed, chosen].into_iter().flatten().collect()
}
