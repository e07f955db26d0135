//! The upper part of a debrief, and the list of its items.

use super::{DebriefScreen, Row, LOW};
use crate::content::Step;
use crate::grading::{held_back, Decision};
use crate::text::{self, Line, Role};
use crate::tui::screen::Context;
use crate::tui::theme::Theme;
use crate::tui::widgets::{columns, meter, panel, put_lines, wrapped};
use ratatui::layout::Rect;
use ratatui::Frame;

impl DebriefScreen {
    /// Total, verdict and the ten scores; on a low screen the scores are numbers.
    pub(super) fn head(&self, width: usize, low: bool, context: &Context<'_>) -> Vec<Line> {
        let sheet = &self.debrief.sheet;
        let (word, role) = match sheet.verdict {
            Decision::Hire => ("hire", Role::Good),
            Decision::NoHire => ("no hire", Role::Bad),
        };
        let mut line = Line::of(format!(" {:.0}/100", sheet.total), Role::Strong)
            .with(" · ", Role::Faint)
            .with(word, role);
        if sheet.borderline {
            line.push(" (borderline)", Role::Warn);
        }
        line.push(&format!(" at {}", sheet.level), Role::Plain);
        if sheet.total_with_yours.round() > sheet.total.round() {
            line.push(
                &format!(
                    " · {:.0} with what you say you said",
                    sheet.total_with_yours
                ),
                Role::Plain,
            );
        }
        let steps = self.record.segments.iter().filter_map(|own| own.step());
        let clock = if self.record.is_sprint() {
            let steps: Vec<&str> = steps.map(Step::id).collect();
            format!(" · sprint: {}", steps.join(", "))
        } else {
            format!(" · {} min", self.debrief.clock_minutes)
        };
        if line.width() + text::width(&clock) <= width {
            line.push(&clock, Role::Faint);
        }
        let rubric = context.desk.library.rubric();
        let mut lines = vec![line];
        if let Some(floors) = held_back(rubric, sheet).filter(|_| !low) {
            let text = format!(" {floors}");
            lines.push(Line::of(text::truncate(&text, width), Role::Bad));
        }
        let mut cells: Vec<Line> = Vec::new();
        for own in &sheet.dimensions {
            let dimension = rubric.dimension(own.id.as_str());
            let short = dimension.map_or(own.id.as_str(), |dimension| &dimension.short);
            let role = match own.score {
                None => Role::Faint,
                Some(0 | 1) => Role::Bad,
                Some(2) => Role::Warn,
                Some(_) => Role::Good,
            };
            cells.push(match (own.score, low) {
                (Some(score), true) => {
                    Line::of(format!("{short} "), Role::Plain).with(&format!("{score}/4  "), role)
                }
                (Some(score), false) => columns(&[
                    (short, 10, Role::Plain),
                    (&meter(f64::from(score) / 4.0, 4), 4, role),
                ]),
                (None, true) => Line::of(format!("{short} –  "), role),
                (None, false) => columns(&[(short, 10, Role::Plain), ("none", 4, role)]),
            });
        }
        if low {
            lines.push(Line::plain(" "));
            for cell in cells {
                let full = |last: &Line| last.width() + cell.width() > width + 2;
                if lines.last().is_some_and(full) {
                    lines.push(Line::plain(" "));
                }
                if let Some(last) = lines.last_mut() {
                    last.spans.extend(cell.spans);
                }
            }
            return lines;
        }
        let cell = 17;
        let each = (width.saturating_sub(1) / cell).clamp(1, cells.len().max(1));
        let rows = cells.len().div_ceil(each);
        let each = cells.len().div_ceil(rows.max(1)).max(1);
        for row in cells.chunks(each) {
            let mut line = Line::plain(" ");
            for own in row {
                let pad = cell.saturating_sub(own.width());
                line.spans.extend(own.spans.iter().cloned());
                line.push(&" ".repeat(pad), Role::Plain);
            }
            lines.push(line);
        }
        lines
    }

    pub(super) fn draw_items(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let width = area.width.saturating_sub(4);
        let chosen = self.rows.get(self.list.at).copied();
        let mut about = Vec::new();
        if let Some(item) = self.chosen() {
            let point = self.point(item);
            if area.height < LOW {
                let point = text::truncate(point, usize::from(width));
                about.push(Line::of(point, Role::Strong));
            } else {
                about.extend(wrapped(point, width, Role::Strong));
            }
            for (text, role) in self.found(item) {
                about.extend(wrapped(&text, width, role));
            }
        } else if let Some(Row::Flag(at)) = chosen {
            let flag = self.debrief.sheet.flags.get(at);
            about.extend(
                flag.map_or_else(Vec::new, |flag| wrapped(&flag.point, width, Role::Plain)),
            );
        }
        let most = (area.height / 2).saturating_sub(1).min(9);
        let below = (about.len() as u16 + 2)
            .clamp(3, most.max(3))
            .min(area.height);
        let upper = Rect {
            height: area.height - below,
            ..area
        };
        let room = usize::from(upper.width.saturating_sub(2));
        let lines: Vec<Line> = self.rows.iter().map(|row| self.line(row, room)).collect();
        self.list.draw(frame, upper, &lines, true, theme);
        let lower = Rect {
            y: area.y + upper.height,
            height: below,
            ..area
        };
        let inner = panel(frame, lower, "", false, theme);
        put_lines(frame, inner, &about, theme);
    }
}
