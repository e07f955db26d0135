//! Days as they are shown, of days as they are packed.

use super::{sprint_clock, Stock};
use crate::content::{ActivityKind, Step};
use crate::plan::day::{Activity, Day};
use crate::plan::edit::Edits;
use crate::plan::evidence::Evidence;
use crate::plan::pack::{Filled, Room};
use crate::plan::task::{Course, Task};
use chrono::NaiveDate;

/// Makes days that are shown of days that are packed.
pub(super) struct Shown<'a> {
    pub(super) stock: &'a Stock<'a>,
    pub(super) course: &'a Course,
    pub(super) edits: &'a Edits<'a>,
    pub(super) evidence: &'a Evidence,
    pub(super) today: NaiveDate,
}

impl Shown<'_> {
    pub(super) fn day_off(&self, date: NaiveDate) -> Day {
        Day {
            date,
            title: "Day off".to_owned(),
            activities: Vec::new(),
            note: None,
        }
    }

    pub(super) fn day(&self, room: &Room, filled: Option<&Filled>) -> Day {
        let placed = filled.map_or(&[][..], |filled| filled.placed.as_slice());
        let mut note = None;
        let mut title: Option<&str> = None;
        let mut activities = Vec::new();
        for own in placed {
            let Some(task) = self.course.tasks.get(own.task) else {
                continue;
            };
            // A day is called after its main work.
            if title.is_none() && task.kind != ActivityKind::Review {
                title = Some(&task.title);
            }
            note = note.or_else(|| task.note.clone());
            activities.push(self.activity(task, own.minutes, own.clock, room.date));
        }
        let drills = filled.map_or(0, |filled| filled.drills);
        let id = format!("drill-{}", room.date);
        if drills > 0 && !self.edits.is_dropped(&id) {
            activities.push(self.drills(id, drills));
        }
        let done = if room.date == self.today {
            self.evidence.on(room.date)
        } else {
            &[]
        };
        for activity in &mut activities {
            activity.done = activity.is_done(done, self.evidence.drills_left);
        }
        Day {
            date: room.date,
            title: match title {
                Some(title) if !room.light => title.to_owned(),
                Some(_) => "Light day".to_owned(),
                None if !placed.is_empty() => "What the mock showed".to_owned(),
                None if activities.is_empty() => "Nothing planned".to_owned(),
                None => "Drills".to_owned(),
            },
            activities,
            note,
        }
    }

    fn drills(&self, id: String, minutes: u32) -> Activity {
        Activity {
            id,
            kind: ActivityKind::Drill,
            case: None,
            steps: Vec::new(),
            minutes,
            clock: None,
            title: self.title(ActivityKind::Drill, None, &[], None),
            must: false,
            pinned: false,
            done: false,
        }
    }

    fn activity(&self, task: &Task, minutes: u32, clock: Option<u32>, date: NaiveDate) -> Activity {
        let title = self.title(task.kind, task.case.as_deref(), &task.steps, clock);
        let clock = match task.kind {
            ActivityKind::Sprint => Some(sprint_clock(self.stock.framework, &task.steps, minutes)),
            _ => clock,
        };
        Activity {
            id: task.id.clone(),
            kind: task.kind,
            case: task.case.clone(),
            steps: task.steps.clone(),
            minutes,
            clock,
            title,
            must: self.course.is_must(task),
            pinned: self.edits.pin(&task.id) == Some(date),
            done: false,
        }
    }

    fn title(
        &self,
        kind: ActivityKind,
        case: Option<&str>,
        steps: &[Step],
        clock: Option<u32>,
    ) -> String {
        let case = case.and_then(|id| self.stock.cases.get(id));
        let case = case.map(|head| head.title.as_str());
        let shorts: Vec<&str> = steps
            .iter()
            .filter_map(|step| self.stock.framework.step(*step))
            .map(|guide| guide.short.as_str())
            .collect();
        match (kind, case, clock) {
            (ActivityKind::Mock, Some(case), Some(clock)) => format!("{case} · {clock} min"),
            (ActivityKind::Review, _, _) => "Debrief of your last mock".to_owned(),
            (ActivityKind::Drill, None, _) => "What is due, then new ones".to_owned(),
            (_, Some(case), _) if shorts.is_empty() => case.to_owned(),
            (_, Some(case), _) => format!("{case} · {}", shorts.join(", ").to_lowercase()),
            (_, None, _) => String::new(),
        }
    }
}
