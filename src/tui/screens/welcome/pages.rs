//! What each stage of the first run shows.

use super::stage::Stage;
use super::{Welcome, MINUTES};
use crate::content::ActivityKind;
use crate::plan::Plan;
use crate::text::{Line, Role};
use crate::tui::screen::Context;
use crate::tui::theme::Theme;
use crate::tui::widgets::{hanging, heading, put_lines, wrapped};
use ratatui::layout::Rect;
use ratatui::Frame;

impl Welcome {
    pub(super) fn lines(&self, width: u16, context: &Context<'_>) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut say = |text: &str, role: Role| lines.extend(wrapped(text, width, role));
        match self.stage {
            Stage::Date => {
                say(
                    "Welcome. Five minutes, then you have a plan and your first feedback.",
                    Role::Strong,
                );
                say("", Role::Plain);
                say("When is the interview?", Role::Accent);
                say(
                    "14d, 2w, 5 dec or 2026-12-05; Enter when there is no date yet.",
                    Role::Faint,
                );
            }
            Stage::Minutes => say("How many minutes a day will you really have?", Role::Accent),
            Stage::Level => say(
                "Which level do you interview for? The same answer is judged by it.",
                Role::Accent,
            ),
            Stage::Topics => say(
                "Which systems? Space ticks. What is not written yet says so.",
                Role::Accent,
            ),
            Stage::Saved => {
                say("Where things are kept", Role::Accent);
                say("", Role::Plain);
                say(
                    &format!(
                        "Everything you do is saved in {}",
                        context.desk.paths.data.display()
                    ),
                    Role::Plain,
                );
                say(
                    "as you do it, with a backup a day. greenroom never uses the network.",
                    Role::Plain,
                );
            }
            Stage::Sentences => {
                say("In two minutes: design video recommendations for a home page. Your first five sentences?", Role::Accent);
                say(
                    "Bullets are fine. alt-n or F2 goes on; nothing typed goes on as well.",
                    Role::Faint,
                );
            }
            Stage::Question => {
                say("Ask the interviewer one question.", Role::Accent);
            }
            Stage::Curveball => {
                say("The interviewer:", Role::Faint);
                say(
                    self.curveball
                        .as_deref()
                        .unwrap_or("How would you know that it works?"),
                    Role::Accent,
                );
                say("One or two sentences; alt-n or F2 goes on.", Role::Faint);
            }
            Stage::Debrief => return self.debrief_lines(width),
            Stage::Missing => {
                say(
                    "A box is missing between two of these. Which one?",
                    Role::Accent,
                );
                say("", Role::Plain);
                say(
                    "user action ──▸ Kafka ──▸ [ ? ] ──▸ feature store ──▸ serving ──▸ prediction",
                    Role::Strong,
                );
            }
            Stage::Plan => return self.plan_lines(width, context),
            Stage::Skeleton => {
                say(
                    "One page with the seven steps and their blanks is made for printing:",
                    Role::Accent,
                );
                say("", Role::Plain);
                say("    greenroom skeleton > skeleton.txt", Role::Code);
                say("", Role::Plain);
                say(
                    "Put it beside the keyboard for the first mocks, and away before the third.",
                    Role::Plain,
                );
                say("Enter goes to the home screen. One line is highlighted there: Enter starts it.", Role::Plain);
            }
        }
        lines
    }

    fn debrief_lines(&self, width: u16) -> Vec<Line> {
        let mut lines = vec![heading("What an interviewer heard")];
        for (point, words) in &self.heard.hits {
            lines.extend(wrapped(&format!("✓ {point}"), width, Role::Good));
            lines.extend(wrapped(
                &format!("  you wrote “{words}”"),
                width,
                Role::Faint,
            ));
        }
        if self.heard.hits.is_empty() {
            lines.extend(wrapped(
                "No point of the rubric was found in your words. That is usual for a first try: five sentences of set-up score nothing until they commit to something.",
                width,
                Role::Plain,
            ));
        }
        if let Some((_, point, explain)) = &self.heard.missed {
            lines.push(Line::new());
            let point = format!("Not found in your words: {point}");
            lines.extend(hanging("✗ ", Role::Bad, &point, width, Role::Strong));
            lines.extend(hanging("  ", Role::Faint, explain, width, Role::Plain));
        }
        lines.push(Line::new());
        let fair = match self.fair {
            None => "Was that fair? y / n",
            Some(true) => "Noted: fair.",
            Some(false) => "Noted: not fair. d disputes single items in every debrief.",
        };
        lines.extend(wrapped(fair, width, Role::Accent));
        if self.heard.missed.is_some() && !self.drilled {
            lines.extend(wrapped(
                "Enter: one drill on what was missing.",
                width,
                Role::Faint,
            ));
        }
        lines
    }

    fn plan_lines(&self, width: u16, context: &Context<'_>) -> Vec<Line> {
        let plan = context
            .desk
            .plan_of(&self.settings(context), context.now, true);
        let mut lines = vec![heading(&format!("Your plan: {}", plan.template))];
        for day in plan.days.iter().take(6) {
            let date = day.date.format("%a %-d %b");
            lines.extend(wrapped(
                &format!("{date}  {}", day.title),
                width,
                Role::Plain,
            ));
        }
        if plan.days.len() > 6 {
            let more = format!("… and {} more days (p shows them)", plan.days.len() - 6);
            lines.push(Line::of(more, Role::Faint));
        }
        lines.push(Line::new());
        let title = |id: &String| {
            let own = self.cases.iter().find(|(case, ..)| case == id);
            own.map_or_else(|| id.clone(), |(_, title, ..)| title.clone())
        };
        let names = |ids: &[String]| ids.iter().map(title).collect::<Vec<_>>().join(", ");
        lines.extend(wrapped(
            &format!("Focus: {}", names(&plan.focus)),
            width,
            Role::Plain,
        ));
        if !plan.missing.is_empty() {
            let missing = format!(
                "Not written yet, so not in the plan: {}",
                names(&plan.missing)
            );
            lines.extend(wrapped(&missing, width, Role::Warn));
        }
        if !plan.not_reached.is_empty() {
            let text = format!("Not reached in these days: {}", names(&plan.not_reached));
            lines.extend(wrapped(&text, width, Role::Warn));
        }
        lines.extend(first_mock(&plan, width));
        lines
    }

    /// What is typed or chosen under the text.
    pub(super) fn draw_input(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        match self.stage {
            Stage::Date => self.date.draw(frame, area, "> ", true, theme),
            Stage::Minutes => {
                let rows: Vec<Line> = MINUTES
                    .iter()
                    .map(|minutes| Line::plain(format!("{minutes} minutes")))
                    .collect();
                self.minutes.draw(frame, area, &rows, true, theme);
            }
            Stage::Level => {
                let rows = [
                    "mid: the right parts, some help allowed",
                    "senior: drives, justifies, names failure modes",
                    "staff: finds the core tension, quantifies, declines complexity",
                ];
                let rows: Vec<Line> = rows.into_iter().map(Line::plain).collect();
                self.level.draw(frame, area, &rows, true, theme);
            }
            Stage::Topics => {
                let rows: Vec<Line> = self
                    .cases
                    .iter()
                    .map(|(_, title, ready, ticked)| {
                        let tick = if *ticked { "[x] " } else { "[ ] " };
                        let line = Line::plain(tick).with(title, Role::Plain);
                        if *ready {
                            line
                        } else {
                            line.with("  not written yet", Role::Faint)
                        }
                    })
                    .collect();
                self.topics.draw(frame, area, &rows, true, theme);
            }
            Stage::Sentences => self
                .sentences
                .draw(frame, area, true, theme, "- the goal is …"),
            Stage::Question => {
                self.question
                    .draw(frame, area, "? ", self.answer.is_none(), theme);
                if let Some(answer) = &self.answer {
                    let below = Rect {
                        y: area.y + 2,
                        height: area.height.saturating_sub(2),
                        ..area
                    };
                    let mut lines = wrapped(answer, area.width, Role::Good);
                    lines.push(Line::of("Enter goes on.", Role::Faint));
                    put_lines(frame, below, &lines, theme);
                }
            }
            Stage::Curveball => self.reply.draw(frame, area, true, theme, "your answer"),
            Stage::Missing => {
                self.missing_box
                    .draw(frame, area, "> ", self.missing_right.is_none(), theme);
                if let Some(right) = self.missing_right {
                    let (verdict, role) = if right {
                        ("Right. ", Role::Good)
                    } else {
                        ("Not quite. ", Role::Warn)
                    };
                    let text = format!("{verdict}A stream processor (Flink, Spark streaming): Kafka only keeps and hands on the events; something has to turn them into windows and counts. There is no label and logging loop in this picture either, and no training path: two things to add in the room.");
                    let below = Rect {
                        y: area.y + 2,
                        height: area.height.saturating_sub(2),
                        ..area
                    };
                    put_lines(frame, below, &wrapped(&text, area.width, role), theme);
                }
            }
            Stage::Saved | Stage::Debrief | Stage::Plan | Stage::Skeleton => {}
        }
    }
}

fn first_mock(plan: &Plan, width: u16) -> Vec<Line> {
    let day = plan.days.iter().find(|day| {
        day.activities
            .iter()
            .any(|activity| activity.kind == ActivityKind::Mock)
    });
    match day {
        Some(day) => wrapped(
            &format!("First full mock: {}", day.date.format("%A %-d %b")),
            width,
            Role::Strong,
        ),
        None => Vec::new(),
    }
}
