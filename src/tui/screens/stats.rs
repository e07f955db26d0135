//! Numbers: what was done, what is weak.

use super::{stats_charts, Search};
use crate::desk::{Stats, StepStand};
use crate::text::{self, Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{columns, heading, meter, sparkline, Page};
use chrono::{Datelike, Days, NaiveDate};
use ratatui::layout::Rect;
use ratatui::Frame;

/// Answers in a step before a number is shown for it.
const ENOUGH: usize = 10;
/// Answers with one sureness before they say something.
const ENOUGH_SURE: usize = 5;
/// Cells of a name before a meter.
const NAME: usize = 14;
/// Cells of a meter.
const METER: usize = 20;

/// Numbers over everything.
pub(in crate::tui) struct StatsScreen {
    stats: Stats,
    /// Titles of the steps.
    titles: Vec<String>,
    page: Page,
    width: u16,
}

impl StatsScreen {
    pub(in crate::tui) fn new(context: &Context<'_>) -> Self {
        let stats = context.desk.stats(context.now);
        let framework = context.desk.library.framework();
        let title = |own: &StepStand| {
            let guide = framework.step(own.step);
            guide.map_or_else(|| own.step.to_string(), |guide| guide.short.clone())
        };
        Self {
            titles: stats.steps.iter().map(title).collect(),
            stats,
            page: Page::default(),
            width: 0,
        }
    }

    fn lines(&self, width: usize) -> Vec<Line> {
        let stats = &self.stats;
        let mut lines = self.steps();
        lines.extend(self.days());
        lines.extend(stats_charts::year(stats, width));
        lines.extend(self.minutes());
        lines.extend(self.mocks(width));
        lines.extend(stats_charts::trends(&stats.trends));
        lines.extend(stats_charts::time(&stats.time));
        lines.extend(stats_charts::cases(stats));
        lines.extend(self.formats());
        lines.extend(self.confidence());
        lines.extend(stats_charts::calibration(&stats.confidence, ENOUGH_SURE));
        lines.extend(self.learning());
        lines
    }

    /// Techniques, weeks, what is ahead, and what keeps being forgotten.
    fn learning(&self) -> Vec<Line> {
        let stats = &self.stats;
        let mut lines = Vec::new();
        if !stats.techniques.is_empty() {
            lines.extend([Line::new(), section("Weakest techniques", "recall now")]);
            for own in stats.techniques.iter().take(5) {
                lines.push(bar(
                    &own.tag,
                    own.recall,
                    &format!("{} drills", own.drills),
                    "",
                ));
            }
        }
        let seen = stats
            .weeks
            .iter()
            .filter_map(|week| Some((week, week.score?)));
        let weeks: Vec<Line> = seen
            .map(|(week, score)| {
                let name = week.from.format("%-d %b").to_string();
                bar(&name, score, &format!("{} answers", week.answers), "")
            })
            .collect();
        if !weeks.is_empty() {
            let title = section("Week by week", "mean score of drills seen before");
            lines.extend([Line::new(), title]);
            lines.extend(weeks);
        }
        if stats.ahead.iter().any(|day| *day > 0) {
            let most = stats.ahead.iter().copied().max().unwrap_or(1).max(1);
            const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
            let chart: String = stats
                .ahead
                .iter()
                .filter_map(|day| BARS.get(day * 7 / most))
                .collect();
            let sum: usize = stats.ahead.iter().sum();
            lines.extend([
                Line::new(),
                section(
                    "Due on the next 14 days",
                    &format!(
                        "{sum} drills, {} min",
                        stats.ahead_minutes.iter().sum::<u32>()
                    ),
                ),
                Line::plain(format!(
                    "  {chart}  today {}, {} min",
                    stats.ahead.first().unwrap_or(&0),
                    stats.ahead_minutes.first().unwrap_or(&0)
                )),
            ]);
        }
        if !stats.leeches.is_empty() {
            let title = section("Forgotten again and again", "read first, or put them away");
            lines.extend([Line::new(), title]);
            for leech in stats.leeches.iter().take(5) {
                lines.push(Line::plain(format!(
                    "  {} ({} times)",
                    leech.drill, leech.lapses
                )));
            }
        }
        lines
    }

    fn steps(&self) -> Vec<Line> {
        let mut lines = vec![section("Recall now, step by step", "0 to 100")];
        let known = self.stats.steps.iter().filter_map(|own| own.recall);
        let lowest = known.fold(f64::INFINITY, f64::min);
        for (own, title) in self.stats.steps.iter().zip(&self.titles) {
            lines.push(match own.recall {
                Some(recall) => bar(
                    title,
                    recall,
                    &format!("{} of {} drills", own.answered, own.drills),
                    if recall <= lowest && recall < 70.0 {
                        "weakest"
                    } else {
                        ""
                    },
                ),
                None => missing(own, title),
            });
        }
        lines
    }

    fn days(&self) -> Vec<Line> {
        let stats = &self.stats;
        let done = stats.days.iter().filter(|day| **day).count();
        let first = stats
            .date
            .checked_sub_days(Days::new(29))
            .unwrap_or(stats.date);
        let mut marks = Line::plain("  ");
        let mut dates = Line::plain("  ");
        for (offset, day) in (0u64..).zip(&stats.days) {
            let date = first + Days::new(offset);
            if offset > 0 && date.weekday() == chrono::Weekday::Mon {
                marks.push(" ", Role::Plain);
            }
            let label = week_label(date, offset, text::width(&dates.text()), marks.width());
            dates.push(&label, Role::Faint);
            let (mark, role) = match (day, date == stats.date) {
                (true, _) => ("■", Role::Good),
                (false, true) => ("□", Role::Accent),
                (false, false) => ("·", Role::Faint),
            };
            marks.push(mark, role);
        }
        let today = match stats.reviews_today {
            0 => "none today".to_owned(),
            1 => "1 answer today".to_owned(),
            count => format!("{count} answers today"),
        };
        vec![
            Line::new(),
            section("The last 30 days", &format!("{done} with practice")),
            marks,
            dates,
            Line::of(
                format!(
                    "  {today} · {} due now · {} put away",
                    stats.due, stats.suspended
                ),
                Role::Plain,
            ),
        ]
    }

    fn minutes(&self) -> Vec<Line> {
        let all = self.stats.minutes.values().fold(0.0, |all, own| all + own);
        let total = format!("{:.0} in 30 days", all.ceil());
        let mut lines = vec![Line::new(), section("Minutes", &total)];
        let most = self.stats.minutes.values().copied().fold(0.0, f64::max);
        for (name, minutes) in &self.stats.minutes {
            let share = if most > 0.0 { minutes / most } else { 0.0 };
            lines.push(columns(&[
                ("", 1, Role::Plain),
                (name, NAME, Role::Plain),
                (&meter(share, METER), METER, Role::Accent),
                (&format!("{:>4.0}", minutes.ceil()), 0, Role::Strong),
            ]));
        }
        if self.stats.minutes.is_empty() {
            lines.push(none(
                "Nothing yet: drills, reading and mocks are counted here.",
            ));
        }
        lines
    }

    fn mocks(&self, width: usize) -> Vec<Line> {
        let mocks = &self.stats.mocks;
        let mut lines = vec![Line::new(), section("Whole mocks", "total of 100")];
        let (Some(first), Some(last)) = (mocks.first(), mocks.last()) else {
            lines.push(none("No whole mock yet: one is needed before readiness."));
            return lines;
        };
        let room = width.saturating_sub(6).max(10);
        let from = mocks.len().saturating_sub(room);
        let shown = mocks.get(from..).unwrap_or_default();
        lines.push(Line::plain("  ").with(&sparkline(shown), Role::Accent));
        let numbers = mocks
            .iter()
            .rev()
            .take(8)
            .rev()
            .map(|total| format!("{total:.0}"))
            .collect::<Vec<_>>()
            .join(" · ");
        let best = mocks.iter().copied().fold(0.0, f64::max);
        lines.push(Line::plain("  ").with(&numbers, Role::Strong));
        if mocks.len() > 1 {
            lines.push(Line::of(
                format!(
                    "  best {best:.0}, {:+.0} since the first",
                    last.round() - first.round()
                ),
                Role::Faint,
            ));
        }
        lines
    }

    fn formats(&self) -> Vec<Line> {
        let mut lines = vec![
            Line::new(),
            section("Last answers, by format", "mean score"),
        ];
        let mut formats: Vec<_> = self.stats.formats.iter().collect();
        formats.sort_by(|(_, (_, a)), (_, (_, b))| a.total_cmp(b));
        for (format, (count, score)) in formats {
            let answers = if *count == 1 { "drill" } else { "drills" };
            lines.push(bar(format, *score, &format!("{count} {answers}"), ""));
        }
        if self.stats.formats.is_empty() {
            lines.push(none("No drill was answered yet: d on the home screen."));
        }
        lines
    }

    fn confidence(&self) -> Vec<Line> {
        let mut lines = vec![Line::new(), section("How sure, how right", "mean score")];
        for own in &self.stats.confidence {
            let name = own.word();
            let count = format!("{} answers", own.answers);
            lines.push(if own.answers >= ENOUGH_SURE {
                let hint = match own.sure {
                    4 if own.score < 80.0 => "too sure",
                    3 if own.score < 60.0 => "too sure",
                    1 if own.score > 75.0 => "you know more than you think",
                    _ => "",
                };
                bar(name, own.score, &count, hint)
            } else {
                columns(&[
                    ("", 1, Role::Plain),
                    (name, NAME, Role::Plain),
                    (
                        &format!("{} of {ENOUGH_SURE} answers", own.answers),
                        0,
                        Role::Faint,
                    ),
                ])
            });
        }
        if self.stats.confidence.is_empty() {
            lines.push(none("Shown once drills were answered."));
        }
        lines
    }
}

pub(super) fn section(title: &str, note: &str) -> Line {
    let mut line = Line::plain(" ");
    line.spans.extend(heading(title).spans);
    line.with(&format!("  {note}"), Role::Faint)
}

pub(super) fn none(text: &str) -> Line {
    Line::of(format!("  {text}"), Role::Faint)
}

fn bar(name: &str, value: f64, note: &str, hint: &str) -> Line {
    columns(&[
        ("", 1, Role::Plain),
        (name, NAME, Role::Plain),
        (&meter(value / 100.0, METER), METER, Role::Accent),
        (&format!("{value:>3.0}"), 3, Role::Strong),
        (note, if hint.is_empty() { 0 } else { 16 }, Role::Faint),
        (hint, 0, Role::Warn),
    ])
}

/// A step that has too few answers for a number.
fn missing(own: &StepStand, title: &str) -> Line {
    let left = ENOUGH.saturating_sub(own.answers);
    let plural = if own.answers == 1 { "" } else { "s" };
    let text = format!("{} answer{plural}; {left} more for a number", own.answers);
    columns(&[
        ("", 1, Role::Plain),
        (title, NAME, Role::Plain),
        (&text, 0, Role::Faint),
    ])
}

/// The date under a Monday and under the first day, padded to its column; nothing where it would
/// touch the one before.
fn week_label(date: NaiveDate, offset: u64, used: usize, column: usize) -> String {
    let is_start = offset == 0 || date.weekday() == chrono::Weekday::Mon;
    if !is_start || (used > 2 && used >= column) {
        return String::new();
    }
    let gap = " ".repeat(column.saturating_sub(used));
    format!("{gap}{}", date.format("%-d %b"))
}

impl Screen for StatsScreen {
    fn place(&self) -> Place {
        Place::Stats
    }

    fn title(&self) -> String {
        "Statistics".to_owned()
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, _: &Context<'_>) {
        if self.width != area.width {
            self.width = area.width;
            self.page.lines = self.lines(usize::from(area.width));
        }
        self.page.draw(frame, area, theme);
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        if self.page.act(command) {
            return Flow::Stay;
        }
        match command {
            Do::Back => Flow::Pop,
            Do::GoSearch => Flow::Push(Box::new(Search::new(context))),
            _ => Flow::Stay,
        }
    }

    fn resumed(&mut self, context: &mut Context<'_>) {
        let top = self.page.top;
        *self = Self::new(context);
        self.page.top = top;
    }
}
