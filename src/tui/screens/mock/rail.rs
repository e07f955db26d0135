//! The first two lines of a running mock: its clock, and the steps with their times.

use super::MockScreen;
use crate::text::{self, Line, Role};
use crate::tui::screen::Context;
use crate::tui::theme::Theme;
use crate::tui::widgets::{minutes, put};
use ratatui::layout::Rect;
use ratatui::Frame;

impl MockScreen {
    pub(super) fn draw_clock(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        theme: Theme,
        context: &Context<'_>,
    ) {
        let record = self.record();
        let framework = &self.session.setting().framework;
        let left = self.session.left().ceil();
        let total = (record.budget_total(framework) / 60.0).ceil();
        let (mark, role) = match left {
            left if left <= 60.0 => ("‼ ", Role::Bad),
            left if left <= (total * 6.0).min(300.0) => ("! ", Role::Warn),
            _ => ("", Role::Strong),
        };
        let clock = format!("{mark}{} left of {total:.0} ", minutes(left));
        let (saved, saved_role) = if context.desk.unsaved_line().is_some() || self.lost {
            ("NOT SAVED", Role::Bad)
        } else if self.unsaved {
            ("saving", Role::Faint)
        } else {
            ("saved", Role::Faint)
        };
        let used = record.used(record.current);
        let budget = record.budget(record.current, framework);
        let here = format!(
            " {} · {} of {}",
            self.title_of(record.current),
            minutes(used),
            minutes(budget)
        );
        let right = text::width(&clock) + text::width(saved) + 3;
        let room = usize::from(area.width).saturating_sub(right);
        let here = text::truncate(&here, room.saturating_sub(1));
        let gap = room.saturating_sub(text::width(&here));
        let line = Line::of(here, Role::Strong)
            .with(&" ".repeat(gap), Role::Plain)
            .with(saved, saved_role)
            .with(" · ", Role::Faint)
            .with(&clock, role);
        put(frame, area, 0, &line, theme);
    }

    /// The steps with their times: as much of them as fits on a line.
    pub(super) fn rail(&self, width: usize) -> Line {
        let lines = [Detail::All, Detail::Here, Detail::Tight, Detail::Marks]
            .map(|detail| self.rail_with(detail));
        let [.., last] = &lines;
        let fits = lines.iter().find(|line| line.width() <= width);
        fits.unwrap_or(last).clone()
    }

    fn rail_with(&self, detail: Detail) -> Line {
        let record = self.record();
        let framework = &self.session.setting().framework;
        let mut line = Line::plain(" ");
        for (at, segment) in record.segments.iter().enumerate() {
            let here = *segment == record.current;
            let began = record.began.contains_key(segment);
            let used = record.used(*segment);
            let budget = record.budget(*segment, framework);
            let share = used / budget.max(1.0);
            let (over, role) = match share {
                share if share >= 1.5 => ("‼", Role::Bad),
                share if share >= 1.0 => ("!", Role::Warn),
                _ if here => ("", Role::Accent),
                _ if began => ("", Role::Good),
                _ => ("", Role::Faint),
            };
            let mark = match (here, began) {
                (true, _) => "●",
                (false, true) => "✓",
                (false, false) => "",
            };
            if detail == Detail::Marks && !here {
                line.push(&format!("{}{mark}{over} ", at + 1), role);
                continue;
            }
            line.push(&format!("{} {}", at + 1, self.short(*segment)), role);
            if !mark.is_empty() {
                let gap = if detail == Detail::Tight { "" } else { " " };
                line.push(&format!("{gap}{mark}{over}"), role);
            }
            if here || began && detail == Detail::All {
                line.push(&format!(" {}/{}", minutes(used), whole(budget)), role);
            }
            let gap = if detail == Detail::Tight { " " } else { "  " };
            line.push(gap, Role::Plain);
        }
        line
    }
}

/// How much the step rail says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    All,
    Here,
    /// As above, closer together.
    Tight,
    Marks,
}

/// `10` for whole minutes, else `7:30`.
fn whole(seconds: f64) -> String {
    if seconds % 60.0 == 0.0 {
        format!("{:.0}", seconds / 60.0)
    } else {
        minutes(seconds)
    }
}
