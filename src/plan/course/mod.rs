//! Writes the course of a plan: what its template says, what mocks showed, and as much more as the
//! days can hold.

mod more;

use super::evidence::Evidence;
use super::task::{Block, Course, Task};
use super::{Edit, Settings};
use crate::content::index::CaseHead;
use crate::content::{ActivityKind, Id, Role, Step, Template, TemplateActivity, TemplateDay};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Minutes of reading a whole breakdown.
const READ_ALL: u32 = 20;
/// Minutes of a sprint over half of the steps.
const SPRINT: u32 = 20;
/// Need of a step of which nothing is known.
const UNKNOWN: f64 = 0.5;
/// What a role adds to the need of its steps.
const ROLE: f64 = 0.15;
/// Score of the placement from which a step is known.
const KNOWN: f64 = 0.8;
/// The first three steps, and the others: each about half of an interview.
const HALVES: [&[Step]; 2] = [
    &[Step::Clarify, Step::Frame, Step::Data],
    &[Step::Model, Step::Evaluate, Step::Serve, Step::Monitor],
];

/// What is known while a course is written.
#[derive(Debug)]
pub(super) struct Author<'a> {
    settings: &'a Settings,
    /// Those that can be practised, by id.
    cases: &'a BTreeMap<&'a str, &'a CaseHead>,
    /// The cases to practise, in order.
    focus: &'a [&'a str],
    mastered: BTreeSet<&'a str>,
    need: BTreeMap<Step, f64>,
    /// Some day holds a whole mock, and a later one its review.
    mocks_fit: bool,
    /// Cases that the template names, in its order.
    named: Vec<String>,
    /// How often each name was given.
    names: BTreeMap<String, usize>,
    /// Steps of each case that are attempted so far.
    attempted: BTreeMap<String, BTreeSet<Step>>,
    /// Attempted cases, the longest ago first.
    seen: VecDeque<String>,
    /// What is written now comes on top of the template.
    extra: bool,
    course: Course,
}

impl<'a> Author<'a> {
    pub(super) fn new(
        settings: &'a Settings,
        role: Option<&Role>,
        cases: &'a BTreeMap<&'a str, &'a CaseHead>,
        focus: &'a [&'a str],
        evidence: &'a Evidence,
        today: NaiveDate,
        mocks_fit: bool,
    ) -> Self {
        Self {
            need: need(settings, role, evidence),
            mastered: evidence.mastered(today),
            settings,
            cases,
            focus,
            mocks_fit,
            named: Vec::new(),
            names: BTreeMap::new(),
            attempted: BTreeMap::new(),
            seen: VecDeque::new(),
            extra: false,
            course: Course::default(),
        }
    }

    /// The course for so many minutes of work besides drills.
    pub(super) fn write(
        mut self,
        template: Option<&Template>,
        evidence: &Evidence,
        today: NaiveDate,
        minutes: u32,
    ) -> Course {
        self.again(evidence, today);
        let days = template.map_or(&[][..], |template| template.days.as_slice());
        for id in days.iter().flat_map(|day| &day.activities) {
            if let Some(id) = id.case.as_ref().map(Id::as_str) {
                if !self.named.iter().any(|own| own == id) {
                    self.named.push(id.to_owned());
                }
            }
        }
        let (last, first) = match days.split_last() {
            Some((last, first)) if !first.is_empty() => (Some(last), first),
            _ => (None, days),
        };
        for day in first {
            self.day(day, false);
        }
        // The last day's work is kept for the last day: more goes in before it.
        let before = self.minutes();
        let tail: u32 = last.map_or(0, |day| work(day).map(|own| own.share).sum());
        self.extra = true;
        self.more(minutes.saturating_sub(tail), before);
        self.extra = false;
        if let Some(day) = last {
            self.day(day, true);
        }
        self.by_hand();
        self.course
    }

    /// What the learner added.
    fn by_hand(&mut self) {
        let mut added = Vec::new();
        for edit in super::edit::Edits::new(&self.settings.edits).added() {
            if let Edit::Add {
                id,
                kind,
                case,
                steps,
                minutes,
                ..
            } = edit
            {
                let block = self.block(false, 4.0);
                added.push(Task {
                    id: id.clone(),
                    kind: *kind,
                    case: case.clone(),
                    steps: steps.clone(),
                    title: "Added by you".to_owned(),
                    minutes: *minutes,
                    after: None,
                    block,
                    last: false,
                    earliest: None,
                    note: None,
                });
            }
        }
        self.course.tasks.splice(0..0, added);
    }

    /// Opens a block; tasks name it by its number.
    fn block(&mut self, must: bool, weight: f64) -> usize {
        self.course.blocks.push(Block {
            must,
            extra: self.extra,
            weight,
        });
        self.course.blocks.len() - 1
    }

    fn minutes(&self) -> u32 {
        self.course.tasks.iter().map(|task| task.minutes).sum()
    }

    /// One day of a template.
    fn day(&mut self, day: &TemplateDay, last: bool) {
        for wanted in work(day) {
            let (case, note) = match self.case(wanted) {
                Some(found) => found,
                None if wanted.kind == ActivityKind::Review => (String::new(), None),
                None => continue,
            };
            let from = self.course.tasks.len();
            match wanted.kind {
                ActivityKind::Sprint => {
                    self.sprint(&case, &wanted.steps, wanted.share, &day.title);
                }
                ActivityKind::Mock => self.mock(&case, wanted.share, &day.title),
                ActivityKind::Read => {
                    self.read(&case, &wanted.steps, wanted.share, &day.title, last);
                }
                ActivityKind::Review => self.review(wanted.share, &day.title),
                ActivityKind::Drill => {}
            }
            for task in self.course.tasks.iter_mut().skip(from) {
                task.note.clone_from(&note);
            }
        }
    }

    /// The case of an activity, and what to say when it is another than the template names.
    fn case(&self, wanted: &TemplateActivity) -> Option<(String, Option<String>)> {
        let id = wanted.case.as_ref().map(Id::as_str);
        let named = id.and_then(|id| self.named.iter().position(|own| own == id));
        // Who says which cases or areas are wanted gets those, whatever the template names.
        let chosen = !self.settings.focus.is_empty() || !self.settings.areas.is_empty();
        let slot = match (wanted.slot, named) {
            (None, Some(at)) if chosen => Some(at + 1),
            (slot, _) => slot,
        };
        let id = match (slot, id) {
            (Some(slot), _) => {
                let at = (slot.max(1) - 1) % self.focus.len().max(1);
                return self.focus.get(at).map(|case| ((*case).to_owned(), None));
            }
            (None, Some(id)) => id,
            (None, None) => return None,
        };
        if self.cases.contains_key(id) {
            return Some((id.to_owned(), None));
        }
        // A case of its own stands in, so that no other is practised twice.
        let fresh = |case: &&&str| {
            !self.attempted.contains_key(**case) && !self.named.iter().any(|own| own == **case)
        };
        let other = self.focus.iter().find(fresh).or(self.focus.first())?;
        let title = self.cases.get(other).map_or(*other, |head| &head.title);
        let wanted = id.replace('-', " ");
        let note = format!("The case {wanted} is not written yet: {title} stands in");
        Some(((*other).to_owned(), Some(note)))
    }

    fn sprint(&mut self, case: &str, steps: &[Step], minutes: u32, title: &str) {
        if self.mastered.contains(case) {
            return;
        }
        let block = self.attempt(case, steps, 2.0);
        self.push(
            block,
            Practice {
                kind: ActivityKind::Sprint,
                case,
                steps,
                minutes,
                title,
            },
            None,
        );
    }

    fn mock(&mut self, case: &str, minutes: u32, title: &str) {
        if self.mastered.contains(case) && self.attempted.contains_key(case) {
            return;
        }
        let block = self.attempt(case, &[], 3.0);
        if self.mocks_fit {
            self.push(
                block,
                Practice {
                    kind: ActivityKind::Mock,
                    case,
                    steps: &[],
                    minutes,
                    title,
                },
                None,
            );
        } else {
            // No day is long enough: the interview comes in two halves.
            for steps in HALVES {
                self.push(
                    block,
                    Practice {
                        kind: ActivityKind::Sprint,
                        case,
                        steps,
                        minutes: SPRINT,
                        title,
                    },
                    None,
                );
            }
        }
    }

    fn read(&mut self, case: &str, steps: &[Step], minutes: u32, title: &str, last: bool) {
        let known = |step: &Step| {
            let score = self.settings.known.get(step);
            score.is_some_and(|score| *score >= KNOWN)
        };
        let wanted = if steps.is_empty() { &Step::ALL } else { steps };
        let left: Vec<Step> = wanted.iter().copied().filter(|step| !known(step)).collect();
        if left.is_empty() {
            return;
        }
        let share = minutes * left.len() as u32 / wanted.len().max(1) as u32;
        let of_case = |task: &&Task| {
            task.case.as_deref() == Some(case)
                && matches!(task.kind, ActivityKind::Mock | ActivityKind::Sprint)
        };
        let attempts = || self.course.tasks.iter().rev().filter(of_case);
        let covers = |task: &&Task| {
            task.steps.is_empty() || left.iter().any(|step| task.steps.contains(step))
        };
        // Never before an attempt: nothing to read where none is asked for.
        let Some(attempt) = attempts().find(covers).or_else(|| attempts().next()) else {
            return;
        };
        let (after, own) = (attempt.id.clone(), attempt.block);
        let reads = |task: &Task| task.kind == ActivityKind::Read && task.block == own;
        let again = self.course.tasks.iter().any(reads);
        // Of the light last day: a second look, unless the attempt is of the same day.
        let last = last && attempt.title != title;
        let block = if again || last {
            self.block(false, 1.0)
        } else {
            own
        };
        let all = left.len() == Step::ALL.len();
        let steps = if all { &[][..] } else { &left };
        let at = self.push(
            block,
            Practice {
                kind: ActivityKind::Read,
                case,
                steps,
                minutes: share,
                title,
            },
            Some(after),
        );
        if let Some(task) = self.course.tasks.get_mut(at) {
            task.last = last;
        }
    }

    /// A review of the last mock that has none yet; of an interview in halves, its reading.
    fn review(&mut self, minutes: u32, title: &str) {
        let tasks = &self.course.tasks;
        let kind = if self.mocks_fit {
            ActivityKind::Mock
        } else {
            ActivityKind::Sprint
        };
        let followed = |task: &Task| {
            let own = tasks.iter().filter(|own| own.block == task.block);
            own.into_iter()
                .any(|own| matches!(own.kind, ActivityKind::Review | ActivityKind::Read))
        };
        let reviewed = |task: &Task| {
            let mut own = tasks
                .iter()
                .filter(|own| own.after.as_ref() == Some(&task.id));
            own.any(|own| own.kind == ActivityKind::Review)
        };
        let done = |task: &Task| match kind {
            ActivityKind::Mock => reviewed(task),
            _ => followed(task),
        };
        let open = tasks
            .iter()
            .rev()
            .find(|task| task.kind == kind && !done(task));
        let Some(open) = open else { return };
        let (block, id) = (open.block, open.id.clone());
        let case = open.case.clone().unwrap_or_default();
        if self.mocks_fit {
            self.push(
                block,
                Practice {
                    kind: ActivityKind::Review,
                    case: &case,
                    steps: &[],
                    minutes,
                    title,
                },
                Some(id),
            );
        } else {
            self.read(&case, &[], READ_ALL, title, false);
        }
    }

    /// A block for an attempt: a must when steps of the case are attempted for the first time.
    fn attempt(&mut self, case: &str, steps: &[Step], weight: f64) -> usize {
        let wanted = if steps.is_empty() { &Step::ALL } else { steps };
        let seen = self.attempted.entry(case.to_owned()).or_default();
        let fresh = wanted.iter().any(|step| !seen.contains(step));
        seen.extend(wanted);
        self.seen.retain(|own| own != case);
        self.seen.push_back(case.to_owned());
        let mastered = self.mastered.contains(case);
        let place = self.focus.iter().position(|own| *own == case);
        let late = place.unwrap_or(self.focus.len()) as f64 / 20.0;
        let weight = weight * (0.7 + 0.6 * self.need_of(wanted)) - late;
        if mastered {
            self.block(false, 0.3 * weight)
        } else {
            self.block(fresh, weight)
        }
    }

    /// Puts a task at the end and says where it stands.
    fn push(&mut self, block: usize, practice: Practice<'_>, after: Option<String>) -> usize {
        let Practice {
            kind,
            case,
            steps,
            minutes,
            title,
        } = practice;
        let mut id = format!("{}-{case}", kind.id());
        if !steps.is_empty() {
            let steps: Vec<&str> = steps.iter().map(|step| step.id()).collect();
            id = format!("{id}-{}", steps.join("+"));
        }
        let count = self.names.entry(id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            id = format!("{id}-{count}");
        }
        let minutes = match kind {
            // Weak steps get more.
            ActivityKind::Sprint | ActivityKind::Read => {
                let wanted = if steps.is_empty() { &Step::ALL } else { steps };
                (f64::from(minutes) * (0.85 + 0.3 * self.need_of(wanted))).round() as u32
            }
            _ => minutes,
        };
        self.course.tasks.push(Task {
            id,
            kind,
            case: Some(case.to_owned()),
            steps: steps.to_vec(),
            title: title.to_owned(),
            minutes,
            after,
            block,
            last: false,
            earliest: None,
            note: None,
        });
        self.course.tasks.len() - 1
    }

    fn need_of(&self, steps: &[Step]) -> f64 {
        let need = steps
            .iter()
            .map(|step| self.need.get(step).unwrap_or(&UNKNOWN));
        need.sum::<f64>() / steps.len().max(1) as f64
    }
}

/// What a task asks for.
#[derive(Clone, Copy)]
struct Practice<'a> {
    kind: ActivityKind,
    case: &'a str,
    /// All of them where none is named.
    steps: &'a [Step],
    minutes: u32,
    title: &'a str,
}

/// What a day asks for besides drills.
fn work(day: &TemplateDay) -> impl Iterator<Item = &TemplateActivity> {
    let activities = day.activities.iter();
    activities.filter(|own| own.kind != ActivityKind::Drill)
}

/// How much each step needs practice: what answers and mocks showed, else the placement; the steps
/// of the learner's role a little more.
fn need(settings: &Settings, role: Option<&Role>, evidence: &Evidence) -> BTreeMap<Step, f64> {
    let of = |step: Step| {
        let placed = settings.known.get(&step).map(|score| 1.0 - score);
        let known = evidence.need.get(&step).copied().or(placed);
        let deeper = role.is_some_and(|role| role.steps.contains(&step));
        let need = known.unwrap_or(UNKNOWN) + if deeper { ROLE } else { 0.0 };
        (step, need.clamp(0.0, 1.0))
    };
    Step::ALL.into_iter().map(of).collect()
}
