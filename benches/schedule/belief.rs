//! What a policy believes of the learner: the usual law, and where it may fit, what fits from when the
//! program would fit.

use crate::policy::{Card, LAW};
use greenroom::memory::{fit, Answer, Fit, Habits, Law, Progress, Rating, Trace, ENOUGH_TO_FIT};

/// As in the program: again when there are so many times as many answers.
const MORE: f64 = 1.25;

pub(crate) struct Belief {
    pub(crate) law: Law,
    pub(crate) habits: Habits,
    answers: Vec<Vec<Answer>>,
    /// Answers at which the next fit is due; none where nothing is fitted.
    due: Option<f64>,
}

impl Belief {
    pub(crate) fn new(drills: usize, fits: bool) -> Self {
        Self {
            law: LAW.clone(),
            habits: Habits::default(),
            answers: vec![Vec::new(); drills],
            due: fits.then_some(ENOUGH_TO_FIT as f64),
        }
    }

    /// Takes an answer, and gives what is now believed of the drill.
    pub(crate) fn answered(
        &mut self,
        at: usize,
        card: &Card,
        day: u32,
        rating: Rating,
    ) -> Option<(Trace, u32)> {
        if let Some(own) = self.answers.get_mut(at) {
            let day = i64::from(day);
            own.push(Answer { day, rating });
        }
        self.step(card.known, day, rating)
    }

    fn step(&self, known: Option<(Trace, u32)>, day: u32, rating: Rating) -> Option<(Trace, u32)> {
        let wait = known.map_or(0, |(_, last)| day - last);
        let trace = self.law.step(known.map(|(trace, _)| trace), wait, rating);
        trace.map(|trace| (trace, day))
    }

    /// Fits at the start of a day when it is due; true when what is believed has changed.
    pub(crate) fn fit(&mut self, cards: &mut [Card]) -> bool {
        let count = self.answers.iter().map(Vec::len).sum::<usize>() as f64;
        if self.due.is_none_or(|due| count < due) {
            return false;
        }
        self.due = Some(count * MORE);
        let fitted = fit(&LAW, &self.answers, &Progress::default());
        let Some(fitted) = fitted.ok().filter(Fit::is_better) else {
            return false;
        };
        self.law = Law::new(fitted.parameters).unwrap();
        self.habits = Habits {
            first_cost: Habits::default().first_cost,
            ..fitted.habits
        };
        for (card, answers) in cards.iter_mut().zip(&self.answers) {
            let replay =
                |known, answer: &Answer| self.step(known, answer.day as u32, answer.rating);
            card.known = answers.iter().fold(None, replay);
        }
        true
    }
}
