//! What comes on top of a template: steps that a mock showed to be weak, more cases, rehearsals, and
//! the course of somebody who keeps up what is known.

use super::{Author, HALVES, READ_ALL, SPRINT, UNKNOWN};
use crate::content::{ActivityKind, Step};
use crate::plan::evidence::Evidence;
use crate::plan::task::{Course, Task};
use chrono::{Days, NaiveDate};

/// Minutes of a mock of 45 minutes with its debrief, and of its review.
const MOCK: u32 = 55;
const REVIEW: u32 = 15;
/// Minutes of reading half of the steps.
const READ_HALF: u32 = 17;
/// Minutes of a sprint on one step that a mock showed to be weak.
const AGAIN: u32 = 12;
/// No course is longer, whatever the days: a year of ten hours a day has enough of them.
const MOST_TASKS: usize = 1000;

impl Author<'_> {
    /// The course of somebody who keeps up what is known: one mock and one sprint a week, this week
    /// and the next. Cases take turns.
    pub(in crate::plan) fn keep(mut self, evidence: &Evidence, today: NaiveDate) -> Course {
        self.again(evidence, today);
        let passed = (today - self.settings.from).num_days().max(0) as u64 / 7;
        self.seen = self.focus.iter().map(|case| (*case).to_owned()).collect();
        let turn = passed as usize % self.seen.len().max(1);
        self.seen.rotate_left(turn);
        for week in passed..passed + 2 {
            let from = self.course.tasks.len();
            self.rehearse();
            self.weakest();
            let earliest = self.settings.from + Days::new(7 * week);
            for task in self.course.tasks.iter_mut().skip(from) {
                task.earliest = Some(earliest);
            }
        }
        self.by_hand();
        self.course
    }

    /// Steps that a mock showed to be weak come back as sprints, before anything else.
    pub(super) fn again(&mut self, evidence: &Evidence, today: NaiveDate) {
        for seen in evidence.bad(today) {
            if !self.cases.contains_key(seen.case.as_str()) {
                continue;
            }
            for step in seen.weak.iter().take(2) {
                let block = self.block(true, 5.0);
                self.course.tasks.push(Task {
                    id: format!("again-{}-{step}", seen.mock),
                    kind: ActivityKind::Sprint,
                    case: Some(seen.case.clone()),
                    steps: vec![*step],
                    title: "A step that the mock showed to be weak".to_owned(),
                    minutes: AGAIN,
                    after: None,
                    block,
                    last: false,
                    earliest: Some(seen.date + Days::new(1)),
                    note: None,
                });
            }
        }
    }

    /// More of the same kind until the minutes are used: cases that are new, each attempted before
    /// it is read, and in between earlier ones as mocks. `before` is what was written already.
    pub(super) fn more(&mut self, minutes: u32, before: u32) {
        if self.focus.is_empty() {
            return;
        }
        let fresh =
            |case: &&&str| !self.attempted.contains_key(**case) && !self.mastered.contains(**case);
        let fresh: Vec<&str> = self.focus.iter().filter(fresh).copied().collect();
        let mut written = before;
        let mut fresh = fresh.into_iter().enumerate();
        let mut turn = 0;
        while written < minutes && self.course.tasks.len() < MOST_TASKS {
            match turn % 3 {
                2 => self.rehearse(),
                _ => match fresh.next() {
                    Some((at, case)) if at % 2 == 0 => self.by_halves(case),
                    Some((_, case)) => {
                        self.mock(case, MOCK, "A new case against the clock");
                        self.review(REVIEW, "What the mock showed");
                        self.read(case, &[], READ_ALL, "What the mock showed", false);
                    }
                    None => self.weakest(),
                },
            }
            turn += 1;
            let all = self.minutes();
            if all == written && turn > 3 {
                return;
            }
            written = all;
        }
    }

    fn by_halves(&mut self, case: &str) {
        let titles = ["A new case, first half", "A new case, second half"];
        for (half, title) in HALVES.into_iter().zip(titles) {
            self.sprint(case, half, SPRINT, title);
            self.read(case, half, READ_HALF, title, false);
        }
    }

    /// The case that was attempted the longest ago, in full.
    fn rehearse(&mut self) {
        if let Some(case) = self.longest_ago() {
            self.mock(&case, MOCK, "An earlier case, in full");
            self.review(REVIEW, "Then and now");
        }
    }

    /// The three steps that need it most, on the case that was attempted the longest ago.
    fn weakest(&mut self) {
        let mut steps = Step::ALL;
        let need = |step: &Step| self.need.get(step).copied().unwrap_or(UNKNOWN);
        steps.sort_by(|a, b| need(b).total_cmp(&need(a)));
        let mut steps: Vec<Step> = steps.into_iter().take(3).collect();
        steps.sort_unstable();
        if let Some(case) = self.longest_ago() {
            let title = "The steps that need it most";
            self.sprint(&case, &steps, SPRINT, title);
            self.read(&case, &steps, READ_HALF, title, false);
        }
    }

    /// What is mastered is passed over; of nothing but mastered cases there is no more to do.
    fn longest_ago(&self) -> Option<String> {
        let open = |case: &&String| !self.mastered.contains(case.as_str());
        let next = self.seen.iter().find(open).cloned();
        let first = self
            .focus
            .iter()
            .find(|case| !self.mastered.contains(**case));
        next.or_else(|| first.map(|case| (*case).to_owned()))
    }
}
