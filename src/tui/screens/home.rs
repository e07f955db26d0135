//! Today: what to do now, where you stand, the next days.

use super::{
    screen_of, Cases, DebriefScreen, DrillScreen, History, MockSetup, NextUp, PlanScreen, Reader,
    Search, StatsScreen,
};
use crate::content::ActivityKind;
use crate::desk::{Practice, Today, TodayActivity};
use crate::memory::Filter;
use crate::plan::Activity;
use crate::text::{self, Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{columns, meter, panel, put, put_lines, sparkline, wrapped, List};
use chrono::{DateTime, Utc};
use ratatui::layout::Rect;
use ratatui::Frame;

/// Answers in a step before a number is shown for it.
const ENOUGH: usize = 10;
/// Seconds after which something may have come due.
const STALE: i64 = 60;

/// The home screen.
pub(in crate::tui) struct Home {
    today: Today,
    list: List,
    /// A mock that was not finished, by its title.
    open_mock: Option<String>,
    /// Of the desk, and the time, when this was made.
    made: (u64, DateTime<Utc>),
    /// What was said when content and progress were opened.
    notices: Vec<String>,
}

impl Home {
    pub(in crate::tui) fn new(context: &Context<'_>) -> Self {
        let today = context.desk.today(context.now);
        let first = today.activities.iter().position(|own| !own.activity.done);
        let mut list = List::default();
        list.at = first.unwrap_or(0);
        Self {
            list,
            open_mock: open_mock(context),
            notices: context.desk.notices.clone(),
            made: (context.desk.changes(), context.now),
            today,
        }
    }

    /// Looks again when something was written, or a while has passed.
    fn refresh(&mut self, context: &Context<'_>) {
        let (changes, at) = self.made;
        if changes != context.desk.changes() || (context.now - at).num_seconds().abs() >= STALE {
            *self = Self::new(context);
        }
    }

    /// Rows of the list: an unfinished mock first.
    fn count(&self) -> usize {
        self.today.activities.len() + usize::from(self.open_mock.is_some())
    }

    fn chosen(&self) -> Option<&TodayActivity> {
        let at = self
            .list
            .at
            .checked_sub(usize::from(self.open_mock.is_some()))?;
        self.today.activities.get(at)
    }

    fn start(&self, context: &mut Context<'_>) -> Flow {
        if self.open_mock.is_some() && self.list.at == 0 {
            return resume(context);
        }
        let Some(chosen) = self.chosen() else {
            return drill(context, &Practice::default());
        };
        start(&chosen.activity, context)
    }

    fn rows(&self, width: usize) -> Vec<Line> {
        let mut rows = Vec::new();
        if let Some(title) = &self.open_mock {
            rows.push(columns(&[
                ("!", 2, Role::Warn),
                ("resume", 7, Role::Strong),
                (
                    &format!("Mock · {title} · its clock is paused"),
                    0,
                    Role::Plain,
                ),
            ]));
        }
        for own in &self.today.activities {
            let activity = &own.activity;
            let (mark, role) = if activity.done {
                ("✓", Role::Good)
            } else {
                ("·", Role::Plain)
            };
            let minutes = format!("{}m", activity.minutes);
            let title = if own.detail.is_empty() {
                &activity.title
            } else {
                &own.detail
            };
            let room = width.saturating_sub(2 + 2 + 1 + 7 + 1 + 5);
            rows.push(columns(&[
                (mark, 1, role),
                (activity.kind.id(), 7, Role::Strong),
                (title, room, Role::Plain),
                (&format!("{minutes:>4}"), 0, Role::Faint),
            ]));
        }
        rows
    }

    fn draw_today(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let title = if self.today.planned {
            format!("Today · {} min", self.today.minutes)
        } else {
            "Today · a suggestion; p makes a plan".to_owned()
        };
        let inner = panel(frame, area, &title, true, theme);
        let mut top = 0;
        if inner.height > self.count() as u16 + 1 {
            put(
                frame,
                inner,
                0,
                &Line::of(&self.today.title, Role::Emphasis),
                theme,
            );
            top = 1;
        }
        let rows = self.rows(usize::from(inner.width));
        let list = Rect {
            y: inner.y + top,
            height: inner.height.saturating_sub(top).min(rows.len() as u16),
            ..inner
        };
        self.list.draw(frame, list, &rows, true, theme);
        let below = top + list.height;
        let note = self.notices.first().or(self.today.note.as_ref());
        let title = self
            .chosen()
            .map(|own| own.activity.title.as_str())
            .unwrap_or_default();
        let below = if text::width(title) > usize::from(inner.width).saturating_sub(20) {
            // Too long for its row.
            let lines = wrapped(title, inner.width.saturating_sub(2), Role::Faint);
            let area = Rect {
                x: inner.x + 2,
                y: inner.y + below,
                width: inner.width.saturating_sub(2),
                height: inner.height.saturating_sub(below),
            };
            put_lines(frame, area, &lines, theme);
            below + lines.len() as u16
        } else {
            below
        };
        if let Some(note) = note {
            let area = Rect {
                y: inner.y + below,
                height: inner.height.saturating_sub(below),
                ..inner
            };
            put_lines(frame, area, &wrapped(note, area.width, Role::Warn), theme);
        } else if rows.is_empty() {
            let area = Rect {
                y: inner.y + below,
                height: inner.height.saturating_sub(below),
                ..inner
            };
            let text = if self.today.over {
                "The interview is behind you. How did it go? Press p"
            } else {
                "Nothing is planned. d drills, m mocks, r reads."
            };
            put_lines(frame, area, &wrapped(text, area.width, Role::Plain), theme);
        }
    }

    fn draw_next(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let inner = panel(frame, area, "Next days", false, theme);
        for (row, (date, summary)) in (0..inner.height).zip(&self.today.next) {
            let line = columns(&[
                (&date.format("%a").to_string(), 4, Role::Strong),
                (
                    &text::truncate(summary, usize::from(inner.width).saturating_sub(6)),
                    0,
                    Role::Plain,
                ),
            ]);
            put(frame, inner, row, &line, theme);
        }
        if self.today.next.is_empty() {
            put(
                frame,
                inner,
                0,
                &Line::of("Nothing after today.", Role::Faint),
                theme,
            );
        }
    }

    fn draw_ready(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let inner = panel(frame, area, "Where you stand", false, theme);
        let shown = |step: &&crate::desk::StepStand| step.recall.is_some();
        let weakest = self.today.steps.iter().filter(shown).min_by(|a, b| {
            a.recall
                .partial_cmp(&b.recall)
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        let mut lines = Vec::new();
        for step in &self.today.steps {
            let name = step.step.id();
            let line = match step.recall {
                Some(recall) => {
                    let weak = weakest.is_some_and(|weak| weak.step == step.step) && recall < 70.0;
                    columns(&[
                        (name, 9, Role::Plain),
                        (&meter(recall / 100.0, 10), 10, Role::Accent),
                        (&format!("{recall:>3.0}"), 4, Role::Strong),
                        (if weak { "weak" } else { "" }, 0, Role::Warn),
                    ])
                }
                None => columns(&[
                    (name, 9, Role::Plain),
                    (&missing_answers(step.answers, inner.width), 0, Role::Faint),
                ]),
            };
            lines.push(line);
        }
        if let Some(ready) = self.today.ready {
            lines.push(columns(&[
                ("ready", 9, Role::Plain),
                (&meter(ready.score / 100.0, 10), 10, Role::Accent),
                (&format!("{:>3.0}", ready.score), 4, Role::Strong),
                (
                    &format!("{:.0}–{:.0}", ready.low, ready.high),
                    0,
                    Role::Faint,
                ),
            ]));
        }
        lines.push(self.mock_line());
        lines.push(self.week_line());
        put_lines(frame, inner, &lines, theme);
    }

    fn mock_line(&self) -> Line {
        if self.today.mocks.is_empty() {
            return columns(&[("mocks", 9, Role::Plain), ("none yet", 0, Role::Faint)]);
        }
        let last = self.today.mocks.iter().rev().take(4).rev();
        let totals: Vec<String> = last.map(|total| format!("{total:.0}")).collect();
        columns(&[
            ("mocks", 9, Role::Plain),
            (&totals.join(" · "), 0, Role::Strong),
            (
                &format!(" {}", sparkline(&self.today.mocks)),
                0,
                Role::Accent,
            ),
        ])
    }

    fn week_line(&self) -> Line {
        let marks: String = self
            .today
            .week
            .iter()
            .map(|day| match day {
                Some(true) => '■',
                Some(false) => '□',
                None => '·',
            })
            .collect();
        columns(&[("week", 9, Role::Plain), (&marks, 0, Role::Good)])
    }
}

/// Starts an activity.
pub(super) fn start(activity: &Activity, context: &mut Context<'_>) -> Flow {
    let case = activity.case.clone();
    let first_step = activity.steps.first().copied();
    match (activity.kind, case) {
        (ActivityKind::Drill, topic) => drill(
            context,
            &Practice {
                minutes: Some(activity.minutes),
                filter: Filter {
                    topic,
                    ..Filter::default()
                },
                ..Practice::default()
            },
        ),
        (ActivityKind::Read, Some(case)) => {
            Flow::Push(Box::new(Reader::new(context, &case, first_step)))
        }
        (ActivityKind::Mock | ActivityKind::Sprint, case) => Flow::Push(Box::new(MockSetup::new(
            context,
            case,
            activity.steps.clone(),
            activity.clock,
        ))),
        (ActivityKind::Review, _) => last_debrief(context),
        (ActivityKind::Read, None) => Flow::Push(Box::new(Cases::new(context))),
    }
}

/// What is missing before a step gets a number.
fn missing_answers(answers: usize, width: u16) -> String {
    if width < 26 {
        format!("{answers}/{ENOUGH} answers")
    } else {
        format!("{answers} of {ENOUGH} answers")
    }
}

/// The title of the newest mock that was not finished.
fn open_mock(context: &Context<'_>) -> Option<String> {
    let record = context.desk.open_mocks().into_iter().next()?;
    let head = context.desk.library.case_head(&record.case);
    Some(head.map_or(record.case.clone(), |head| head.title.clone()))
}

fn resume(context: &mut Context<'_>) -> Flow {
    let Some(record) = context.desk.open_mocks().into_iter().next() else {
        return Flow::Stay;
    };
    match context.desk.resume_mock(record, context.now) {
        Ok(session) => Flow::Push(screen_of(session, context.now)),
        Err(line) => Flow::Say(line),
    }
}

fn drill(context: &mut Context<'_>, practice: &Practice) -> Flow {
    let (session, faults) = context.desk.start_drills(practice, context.now);
    if session.asked().is_none() {
        return Flow::Say(match faults.first() {
            Some(fault) => fault.to_string(),
            None => {
                "Nothing is due, and today's new drills are done. :cram drills the weakest anyway"
                    .to_owned()
            }
        });
    }
    Flow::Push(Box::new(DrillScreen::new(session)))
}

fn last_debrief(context: &mut Context<'_>) -> Flow {
    let last = context.desk.history().pop();
    match last.and_then(|brief| context.desk.debrief(&brief.mock)) {
        Some((record, debrief)) => Flow::Push(Box::new(DebriefScreen::new(record, debrief))),
        None => Flow::Say("There is no mock to look back on yet: m starts one".to_owned()),
    }
}

impl Screen for Home {
    fn place(&self) -> Place {
        Place::Home
    }

    fn title(&self) -> String {
        "greenroom".to_owned()
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, _: &Context<'_>) {
        let right = if area.width >= 76 { 34 } else { 28 };
        let left = area.width - right;
        let rows = self.count() as u16
            + 5
            + u16::from(self.today.note.is_some() || !self.notices.is_empty()) * 2;
        let upper = rows
            .clamp(7, area.height.saturating_sub(4).max(7))
            .min(area.height);
        self.draw_today(frame, Rect::new(area.x, area.y, left, upper), theme);
        self.draw_next(
            frame,
            Rect::new(area.x, area.y + upper, left, area.height - upper),
            theme,
        );
        let stand = area.height.min(11 + u16::from(self.today.ready.is_some()));
        self.draw_ready(frame, Rect::new(area.x + left, area.y, right, stand), theme);
        if area.height > stand + 3 {
            let rest = Rect::new(area.x + left, area.y + stand, right, area.height - stand);
            let inner = panel(frame, rest, "Due", false, theme);
            let lines = [
                columns(&[
                    ("due now", 10, Role::Plain),
                    (&self.today.due.to_string(), 0, Role::Strong),
                ]),
                columns(&[
                    ("new", 10, Role::Plain),
                    (&self.today.new.to_string(), 0, Role::Strong),
                ]),
            ];
            put_lines(frame, inner, &lines, theme);
        }
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        if self.list.act(command, self.count()) {
            return Flow::Stay;
        }
        match command {
            Do::Open => self.start(context),
            Do::GoDrill => drill(context, &Practice::default()),
            Do::Cram => drill(
                context,
                &Practice {
                    cram: true,
                    minutes: Some(20),
                    ..Practice::default()
                },
            ),
            Do::TenMinutes => drill(
                context,
                &Practice {
                    minutes: Some(10),
                    ..Practice::default()
                },
            ),
            Do::WhatNext => match context.desk.what_next(context.now) {
                Some(proposal) => Flow::Push(Box::new(NextUp::new(proposal))),
                None => Flow::Say("There is no case to propose".to_owned()),
            },
            Do::GoMock => Flow::Push(Box::new(MockSetup::new(context, None, Vec::new(), None))),
            Do::GoRead => Flow::Push(Box::new(Cases::new(context))),
            Do::GoPlan => Flow::Push(Box::new(PlanScreen::new(context))),
            Do::GoStats => Flow::Push(Box::new(StatsScreen::new(context))),
            Do::GoHistory => Flow::Push(Box::new(History::new(context))),
            Do::GoSearch => Flow::Push(Box::new(Search::new(context))),
            Do::GoNotes => Flow::Push(Box::new(super::Notes::new(context))),
            Do::Back => Flow::Quit,
            _ => Flow::Stay,
        }
    }

    fn resumed(&mut self, context: &mut Context<'_>) {
        self.refresh(context);
    }
}
