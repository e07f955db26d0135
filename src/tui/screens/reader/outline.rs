//! The contents: the headings of a page, as a list beside it or over it.

use super::sheet::Sheet;
use crate::content::Step;
use crate::markdown::Heading;
use crate::text::{self, Line, Role};
use crate::tui::theme::Theme;
use crate::tui::widgets::{panel, List};
use ratatui::layout::Rect;
use ratatui::Frame;

/// Headings in the outline, at most this deep.
const DEEPEST: u8 = 3;

/// Steps by the titles of their sections.
pub(super) struct Steps(Vec<(String, Step)>);

impl Steps {
    pub(super) fn new<'a>(titles: impl Iterator<Item = (&'a str, Step)>) -> Self {
        Self(titles.map(|(title, step)| (plain(title), step)).collect())
    }

    /// The step of a second-level heading.
    pub(super) fn of(&self, heading: &Heading) -> Option<Step> {
        let title = plain(&heading.title);
        let named = self.0.iter().find(|(own, _)| *own == title);
        named.filter(|_| heading.level == 2).map(|(_, step)| *step)
    }

    /// The step of the section that is read.
    pub(super) fn at(&self, sheet: &Sheet) -> Option<Step> {
        let at = sheet.heading_at()?;
        let above = sheet.headings().get(..=at)?.iter().rev();
        let section = above.into_iter().find(|heading| heading.level <= 2)?;
        self.of(section)
    }

    /// The anchor of a step's section.
    pub(super) fn anchor(&self, sheet: &Sheet, step: Step) -> Option<String> {
        let mut headings = sheet.headings().iter();
        let heading = headings.find(|heading| self.of(heading) == Some(step));
        heading.map(|heading| heading.anchor.clone())
    }
}

/// A title without marks, blanks and capitals, so that the same title is the same.
fn plain(title: &str) -> String {
    title
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The list of headings.
#[derive(Default)]
pub(super) struct Outline {
    pub(super) list: List,
}

impl Outline {
    /// Puts the choice on what is read now.
    pub(super) fn follow(&mut self, sheet: &Sheet) {
        let here = sheet.heading_at().unwrap_or(0);
        let rows = rows(sheet);
        self.list.at = rows.iter().rposition(|at| *at <= here).unwrap_or(0);
    }

    pub(super) fn count(sheet: &Sheet) -> usize {
        rows(sheet).len()
    }

    /// The line of the chosen heading.
    pub(super) fn chosen(&self, sheet: &Sheet) -> Option<usize> {
        let at = *rows(sheet).get(self.list.at)?;
        sheet.headings().get(at).map(|heading| heading.line)
    }

    /// Over the page, to choose from, or beside it, to follow the reading.
    pub(super) fn draw(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        (sheet, steps): (&Sheet, &Steps),
        focus: bool,
        theme: Theme,
    ) {
        let inner = panel(frame, area, "Contents", focus, theme);
        if !focus {
            self.follow(sheet);
        }
        let width = usize::from(inner.width);
        let here = (!focus).then_some(self.list.at);
        let lines: Vec<Line> = (0..)
            .zip(rows(sheet))
            .filter_map(|(row, at)| {
                let line = row_of(sheet.headings().get(at)?, steps, width);
                let read = here == Some(row);
                Some(if read {
                    Line::of(line.text(), Role::Accent)
                } else {
                    line
                })
            })
            .collect();
        self.list.draw(frame, inner, &lines, focus, theme);
    }
}

/// Numbers of the headings that are shown.
fn rows(sheet: &Sheet) -> Vec<usize> {
    let all = sheet.headings().iter().enumerate();
    all.filter(|(_, heading)| heading.level <= DEEPEST)
        .map(|(at, _)| at)
        .collect()
}

fn row_of(heading: &Heading, steps: &Steps, width: usize) -> Line {
    let (lead, role) = match (heading.level, steps.of(heading)) {
        (1, _) => (String::new(), Role::Heading(1)),
        (2, Some(step)) => (format!("{} ", step.index() + 1), Role::Strong),
        (2, None) => ("  ".to_owned(), Role::Strong),
        _ => ("    ".to_owned(), Role::Plain),
    };
    let room = width.saturating_sub(2 + text::width(&lead));
    let title = text::truncate(&heading.title, room);
    Line::of(lead, Role::Accent).with(&title, role)
}

/// The line of the next heading of the outline, or of the one before.
pub(super) fn beside(sheet: &Sheet, back: bool) -> usize {
    let top = sheet.page.top;
    let shown = sheet
        .headings()
        .iter()
        .filter(|heading| heading.level <= DEEPEST);
    let mut lines = shown.map(|heading| heading.line);
    if back {
        lines.rfind(|line| *line < top).unwrap_or(0)
    } else {
        lines.find(|line| *line > top).unwrap_or(top)
    }
}
