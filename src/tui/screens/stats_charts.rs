//! The charts of the statistics: a year, calibration, trends, time, cases.

use super::stats::{none, section};
use crate::desk::{Confidence, Stats, TimeUse, Trend};
use crate::text::{Line, Role};
use crate::tui::widgets::{columns, meter};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeMap;

/// Rows of the chart of sureness.
const ROWS: usize = 5;
/// Cells of a name.
const NAME: usize = 26;
/// Cells before the weeks of the calendar.
const MARGIN: usize = 6;
/// Minutes from which a day's mark is the next darker one.
const SHADES: [(f64, &str); 4] = [(60.0, "█"), (30.0, "▓"), (10.0, "▒"), (0.0, "░")];

/// A year, a column a week and a row a weekday; as many weeks as the width holds.
pub(super) fn year(stats: &Stats, width: usize) -> Vec<Line> {
    let weeks = width.saturating_sub(MARGIN + 1).min(53) as u64;
    let monday = stats.date - Days::new(stats.date.weekday().num_days_from_monday().into());
    let first = monday - Days::new(7 * weeks.saturating_sub(1));
    let minutes: BTreeMap<NaiveDate, f64> = stats
        .year
        .iter()
        .map(|day| (day.date, day.minutes))
        .collect();
    let note = format!(
        "{} day{} · {} in a row, at most {}; days off do not break it",
        stats.year.len(),
        if stats.year.len() == 1 { "" } else { "s" },
        stats.streak.now,
        stats.streak.longest
    );
    let mut lines = vec![Line::new(), section("A year", &note)];
    lines.push(Line::of(months(first, weeks), Role::Faint));
    for (row, name) in (0u64..7).zip(["Mon", "", "Wed", "", "Fri", "", "Sun"]) {
        let mut line = columns(&[("", 1, Role::Plain), (name, MARGIN - 3, Role::Faint)]);
        for week in 0..weeks {
            let date = first + Days::new(7 * week + row);
            let (mark, role) = match minutes.get(&date) {
                Some(minutes) => (shade(*minutes), Role::Good),
                None if date > stats.date => (" ", Role::Plain),
                None => ("·", Role::Faint),
            };
            line.push(mark, role);
        }
        lines.push(line);
    }
    lines.push(Line::of(
        "      ░ under 10 min  ▒ from 10  ▓ from 30  █ from 60",
        Role::Faint,
    ));
    lines
}

fn shade(minutes: f64) -> &'static str {
    let shade = SHADES.iter().find(|(from, _)| minutes >= *from);
    shade.map_or("░", |(_, mark)| mark)
}

/// The names of months over the weeks in which they begin.
fn months(first: NaiveDate, weeks: u64) -> String {
    let mut line = " ".repeat(MARGIN);
    for week in 0..weeks {
        let monday = first + Days::new(7 * week);
        let at = MARGIN + week as usize;
        if monday.day() <= 7 && line.len() <= at {
            line.push_str(&" ".repeat(at - line.len()));
            line.push_str(&monday.format("%b ").to_string());
        }
    }
    line.trim_end().to_owned()
}

/// How sure against how right: a bar for each degree of sureness, and a line where it claims to be.
pub(super) fn calibration(confidence: &[Confidence], enough: usize) -> Vec<Line> {
    let shown: Vec<&Confidence> = confidence
        .iter()
        .filter(|own| own.answers >= enough)
        .collect();
    if shown.len() < 2 {
        return Vec::new();
    }
    let level = |value: f64| (value / 100.0 * ROWS as f64).round() as usize;
    let mut lines = vec![Line::new()];
    for row in (1..=ROWS).rev() {
        let scale = format!("{:>5} ", row * 100 / ROWS);
        let mut line = Line::of(scale, Role::Faint);
        for own in &shown {
            let filled = level(own.score) >= row;
            let claim = level(own.claimed) == row;
            let (mark, role) = match (filled, claim) {
                (true, true) => (" ━━██━━ ", Role::Accent),
                (true, false) => ("   ██   ", Role::Accent),
                (false, true) => (" ━━━━━━ ", Role::Warn),
                (false, false) => ("        ", Role::Plain),
            };
            line.push(mark, role);
        }
        lines.push(line);
    }
    let mut names = Line::plain("      ");
    for own in &shown {
        let word = own.word().split(' ').next().unwrap_or_default();
        names.push(&format!("{word:^8}"), Role::Plain);
    }
    lines.push(names);
    lines.push(none("█ how right   ━ what the word claims"));
    lines
}

/// Scores of whole mocks by dimension, oldest first.
pub(super) fn trends(trends: &[Trend]) -> Vec<Line> {
    if trends.is_empty() {
        return Vec::new();
    }
    const BARS: [&str; 4] = ["▂", "▄", "▆", "█"];
    let title = section("Whole mocks by dimension", "1 to 4, oldest first");
    let mut lines = vec![Line::new(), title];
    for own in trends {
        let bars: String = own
            .scores
            .iter()
            .map(|score| {
                let at = score.and_then(|score| BARS.get(usize::from(score).checked_sub(1)?));
                at.copied().unwrap_or("·")
            })
            .collect();
        let known: Vec<u8> = own.scores.iter().flatten().copied().collect();
        let last = known.last().map_or("-".to_owned(), ToString::to_string);
        let change = match (known.first(), known.last()) {
            (Some(first), Some(last)) if known.len() > 1 && first != last => {
                format!("{:+}", i16::from(*last) - i16::from(*first))
            }
            _ => String::new(),
        };
        lines.push(columns(&[
            ("", 1, Role::Plain),
            (&own.title, NAME, Role::Plain),
            (&last, 2, Role::Strong),
            (&change, 3, Role::Faint),
            (&bars, 0, Role::Accent),
        ]));
    }
    lines
}

/// Time of each step against its budget.
pub(super) fn time(time: &[TimeUse]) -> Vec<Line> {
    let Some(first) = time.first() else {
        return Vec::new();
    };
    let note = format!("of the budget, over {} whole mocks", first.mocks);
    let mut lines = vec![Line::new(), section("Time by step", &note)];
    for own in time {
        let share = own.used / own.budget.max(1.0);
        let clock = |seconds: f64| {
            let seconds = seconds.max(0.0) as u64;
            format!("{}:{:02}", seconds / 60, seconds % 60)
        };
        let note = format!("{} of {}", clock(own.used), clock(own.budget));
        let hint = if share > 1.2 { "over" } else { "" };
        lines.push(columns(&[
            ("", 1, Role::Plain),
            (own.segment.id(), 14, Role::Plain),
            (&meter(share / 1.5, 15), 15, Role::Accent),
            (&note, 15, Role::Faint),
            (hint, 0, Role::Warn),
        ]));
    }
    lines
}

/// Every case that was begun.
pub(super) fn cases(stats: &Stats) -> Vec<Line> {
    let head = section("Case by case", "read · best mock · recall · due");
    let mut lines = vec![Line::new(), head];
    for own in &stats.cases {
        let number = |value: Option<f64>| value.map_or("-".to_owned(), |own| format!("{own:.0}"));
        let tried = if own.tried { "tried" } else { "" };
        lines.push(columns(&[
            ("", 1, Role::Plain),
            (&own.title, NAME, Role::Plain),
            (&format!("{}/7", own.read), 4, Role::Plain),
            (&number(own.best), 4, Role::Strong),
            (&number(own.recall), 4, Role::Plain),
            (&own.due.to_string(), 4, Role::Plain),
            (tried, 0, Role::Faint),
        ]));
    }
    if stats.cases.is_empty() {
        lines.push(none("No case was begun yet."));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_stands_over_the_week_in_which_it_begins() {
        let first = NaiveDate::from_ymd_opt(2026, 10, 26).unwrap();
        let line = months(first, 10);
        assert_eq!(line, "       Nov  Dec");
    }

    #[test]
    fn the_bar_stands_at_the_score_and_the_line_at_the_claim() {
        let own = |sure, score, claimed| Confidence {
            sure,
            answers: 9,
            score,
            claimed,
        };
        let chart = calibration(&[own(1, 60.0, 20.0), own(4, 20.0, 100.0)], 5);
        let rows: Vec<String> = chart.iter().map(Line::text).collect();
        assert!(rows[1].starts_with("  100         ") && rows[1].ends_with(" ━━━━━━ "));
        assert!(rows[3].starts_with("   60    ██   "));
        assert!(rows[5].starts_with("   20  ━━██━━    ██   "));
        // One degree of sureness is no curve.
        assert!(calibration(&[own(1, 60.0, 20.0)], 5).is_empty());
    }
}
