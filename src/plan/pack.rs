//! Puts a course on days: in its order, never more than a day's minutes.

use super::edit::Edits;
use super::task::{Course, Task};
use crate::content::ActivityKind;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashSet};

/// Minutes of a mock's debrief.
pub(super) const DEBRIEF: u32 = 10;
/// A real interview, in minutes; a longer one has to be asked for.
pub(super) const USUAL_CLOCK: u32 = 45;
/// One in so many minutes is for drills.
const DRILLS: u32 = 4;
/// Fewest minutes of drills on a day that has room for other work.
const FEW_DRILLS: u32 = 5;
/// Fewest minutes of any piece of work.
const LEAST: u32 = 5;
/// Work may shrink to this share of what it deserves, and grow to that one.
const SHRINK: f64 = 0.6;
const GROW: f64 = 1.25;
/// Minutes of a day for each mock in it.
const MINUTES_A_MOCK: u32 = 180;
/// Most minutes of drills while nothing else has to wait for them.
const MANY_DRILLS: u32 = 60;
/// Tasks that may be looked at past one that has to wait.
const LOOK_AHEAD: usize = 12;

/// A day with its minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    pub(super) date: NaiveDate,
    pub(super) minutes: u32,
    /// Only what is light: reviews, drills, a little reading.
    pub(super) light: bool,
}

/// A task on its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// Its number in the course.
    pub(super) task: usize,
    pub(super) minutes: u32,
    /// A mock's.
    pub(super) clock: Option<u32>,
}

/// One packed day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filled {
    pub(super) placed: Vec<Placed>,
    pub(super) drills: u32,
}

/// Everything on days, and what found no place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Packed {
    pub(super) days: Vec<Filled>,
    pub(super) left: Vec<usize>,
}

/// The longest clock that fits into the minutes with its debrief.
pub(super) fn clock(clocks: &[u32], minutes: u32) -> Option<u32> {
    let fits = |clock: &u32| clock + DEBRIEF <= minutes && *clock <= USUAL_CLOCK;
    clocks.iter().copied().filter(fits).max()
}

/// Minutes of a day that are kept for drills.
pub(super) fn drill_minutes(minutes: u32) -> u32 {
    if minutes < FEW_DRILLS + LEAST {
        return minutes;
    }
    ((minutes + DRILLS / 2) / DRILLS).max(FEW_DRILLS)
}

/// What packing needs to know.
pub(super) struct Packer<'a> {
    pub(super) course: &'a Course,
    /// Names of all its tasks.
    pub(super) names: &'a HashSet<&'a str>,
    /// What was done before, by name.
    pub(super) done: &'a BTreeMap<String, NaiveDate>,
    pub(super) rooms: &'a [Room],
    pub(super) edits: &'a Edits<'a>,
    pub(super) clocks: &'a [u32],
    /// What the work is scaled to, 0.6 to 1.
    pub(super) scale: f64,
}

/// A day while it is filled.
struct Filling<'a> {
    room: Room,
    /// A later day can take what comes back tomorrow.
    more_days: bool,
    used: u32,
    mocks: u32,
    placed: Vec<Placed>,
    /// Days of everything that has one, by name.
    on: &'a mut BTreeMap<String, NaiveDate>,
}

/// Whether a task goes on a day.
enum Fit {
    Yes(Placed),
    /// Another day: what follows may be looked at.
    Waits,
    /// The day is full.
    Full,
}

impl Packer<'_> {
    pub(super) fn pack(&self) -> Packed {
        let mut on = self.done.clone();
        let pending = 0..self.course.tasks.len();
        let mut pending: Vec<usize> = pending
            .filter(|at| {
                self.task(*at)
                    .is_some_and(|task| !self.done.contains_key(&task.id))
            })
            .collect();
        let mut days = Vec::with_capacity(self.rooms.len());
        for (at, room) in self.rooms.iter().enumerate() {
            let later = self.rooms.get(at + 1..).unwrap_or_default();
            let mut day = Filling {
                room: *room,
                more_days: later.iter().any(|room| room.minutes > LEAST),
                used: 0,
                mocks: 0,
                placed: Vec::new(),
                on: &mut on,
            };
            self.pinned(&mut day, &mut pending);
            self.reviews(&mut day, &mut pending);
            self.urgent_mock(&mut day, later, &mut pending);
            self.in_order(&mut day, &mut pending);
            let waiting = pending
                .iter()
                .any(|at| self.task(*at).is_some_and(|task| self.course.is_must(task)));
            let drills = self.finish(&mut day, waiting);
            days.push(Filled {
                placed: day.placed,
                drills,
            });
        }
        Packed {
            days,
            left: pending,
        }
    }

    fn task(&self, at: usize) -> Option<&Task> {
        self.course.tasks.get(at)
    }

    /// What the learner put on this day comes first.
    fn pinned(&self, day: &mut Filling<'_>, pending: &mut Vec<usize>) {
        let date = day.room.date;
        if self.edits.any() {
            self.take(day, pending, |task| self.edits.pin(&task.id) == Some(date));
        }
    }

    /// A day opens with the reviews of earlier mocks.
    fn reviews(&self, day: &mut Filling<'_>, pending: &mut Vec<usize>) {
        self.take(day, pending, |task| {
            task.kind == ActivityKind::Review && self.edits.pin(&task.id).is_none()
        });
    }

    /// Places every task that is chosen and fits.
    fn take(
        &self,
        day: &mut Filling<'_>,
        pending: &mut Vec<usize>,
        chosen: impl Fn(&Task) -> bool,
    ) {
        let wanted: Vec<usize> = pending
            .iter()
            .copied()
            .filter(|at| self.task(*at).is_some_and(&chosen))
            .collect();
        for at in wanted {
            if let (Some(task), true) = (self.task(at), day.used < day.room.minutes) {
                if let Fit::Yes(placed) = self.fit(at, task, day) {
                    day.put(task, placed);
                    pending.retain(|own| *own != at);
                }
            }
        }
    }

    /// Where few days are long enough for a mock, a mock comes before what fits on any day.
    fn urgent_mock(&self, day: &mut Filling<'_>, later: &[Room], pending: &mut Vec<usize>) {
        if day.room.light || clock(self.clocks, day.room.minutes).is_none() {
            return;
        }
        let mock = |at: &&usize| {
            self.task(**at).is_some_and(|task| {
                task.kind == ActivityKind::Mock && self.edits.pin(&task.id).is_none()
            })
        };
        let must = |at: &&usize| {
            self.task(**at)
                .is_some_and(|task| self.course.is_must(task))
        };
        let wanted = pending.iter().filter(mock).filter(must).count();
        let open = later
            .iter()
            .take(later.len().saturating_sub(1))
            .filter(|room| !room.light && clock(self.clocks, room.minutes).is_some())
            .count();
        let first = pending.iter().find(mock).copied();
        if let (true, Some(at)) = (wanted > open, first) {
            if let Some(task) = self.task(at) {
                if let Fit::Yes(placed) = self.fit(at, task, day) {
                    day.put(task, placed);
                    pending.retain(|own| *own != at);
                }
            }
        }
    }

    fn in_order(&self, day: &mut Filling<'_>, pending: &mut Vec<usize>) {
        let mut next = 0;
        let mut waited = 0;
        while let Some(at) = pending.get(next).copied() {
            let Some(task) = self.task(at) else { break };
            // What has a day of its own waits for it, as long as that day comes.
            let pin = self.edits.pin(&task.id);
            let elsewhere = pin.is_some_and(|pin| pin > day.room.date);
            let fit = if elsewhere {
                Fit::Waits
            } else {
                self.fit(at, task, day)
            };
            match fit {
                Fit::Yes(placed) => {
                    day.put(task, placed);
                    pending.remove(next);
                }
                Fit::Waits if waited < LOOK_AHEAD => {
                    waited += 1;
                    next += 1;
                }
                Fit::Waits | Fit::Full => break,
            }
        }
    }

    fn fit(&self, at: usize, task: &Task, day: &Filling<'_>) -> Fit {
        let date = day.room.date;
        if task.earliest.is_some_and(|earliest| earliest > date) {
            return Fit::Waits;
        }
        let pinned = self.edits.pin(&task.id) == Some(date);
        let before = match &task.after {
            None => None,
            // The task that it follows may have been taken out by hand.
            Some(id) if !self.names.contains(id.as_str()) => None,
            Some(id) => match day.on.get(id) {
                Some(on) => Some(*on),
                None => return Fit::Waits,
            },
        };
        if task.last && day.more_days && !pinned {
            return Fit::Waits;
        }
        let light = matches!(task.kind, ActivityKind::Review | ActivityKind::Read);
        if day.room.light && !light && !pinned {
            return Fit::Waits;
        }
        let free = day.room.minutes - day.used;
        match task.kind {
            ActivityKind::Mock => {
                let most = 1 + day.room.minutes / MINUTES_A_MOCK;
                // A mock without a day for its review is better as practice of the next plan.
                if !pinned && (!day.more_days || day.mocks >= most) {
                    return Fit::Waits;
                }
                match clock(self.clocks, free) {
                    Some(clock) => Fit::Yes(Placed {
                        task: at,
                        minutes: clock + DEBRIEF,
                        clock: Some(clock),
                    }),
                    None => Fit::Waits,
                }
            }
            ActivityKind::Review if before.is_some_and(|before| before >= date) => Fit::Waits,
            _ => {
                let drills = drill_minutes(day.room.minutes);
                let free = if pinned {
                    free
                } else {
                    free.saturating_sub(drills)
                };
                let wanted = f64::from(task.minutes);
                let scaled = (wanted * self.scale).round().max(f64::from(LEAST)) as u32;
                let least = (wanted * SHRINK).round().max(f64::from(LEAST)) as u32;
                let enough = free >= least || (day.used == 0 && free >= LEAST);
                if !enough {
                    return Fit::Full;
                }
                Fit::Yes(Placed {
                    task: at,
                    minutes: scaled.min(free),
                    clock: None,
                })
            }
        }
    }

    /// Lets the day's work grow a little and gives the rest to drills; returns their minutes.
    fn finish(&self, day: &mut Filling<'_>, waiting: bool) -> u32 {
        let minutes = day.room.minutes;
        // A light day is a short one.
        let most = if day.room.light && !waiting {
            minutes.min((minutes * 3 / 4).max(LEAST))
        } else {
            minutes
        };
        let mut free = most.saturating_sub(day.used + drill_minutes(minutes));
        for placed in &mut day.placed {
            let Some(task) = self.task(placed.task) else {
                continue;
            };
            if matches!(task.kind, ActivityKind::Sprint | ActivityKind::Read) {
                let bound = (f64::from(task.minutes) * GROW).round() as u32;
                let more = bound.saturating_sub(placed.minutes).min(free);
                placed.minutes += more;
                day.used += more;
                free -= more;
            }
        }
        let rest = most.saturating_sub(day.used);
        let cap = if waiting {
            rest
        } else {
            MANY_DRILLS.max(minutes / 2)
        };
        if rest < FEW_DRILLS && !day.placed.is_empty() {
            let open = day.placed.iter_mut().find(|placed| placed.clock.is_none());
            if let Some(placed) = open {
                placed.minutes += rest;
                return 0;
            }
        }
        rest.min(cap)
    }
}

impl Filling<'_> {
    fn put(&mut self, task: &Task, placed: Placed) {
        self.used += placed.minutes;
        self.mocks += u32::from(task.kind == ActivityKind::Mock);
        self.on.insert(task.id.clone(), self.room.date);
        self.placed.push(placed);
    }
}
