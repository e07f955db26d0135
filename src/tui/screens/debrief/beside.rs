//! The learner's answer beside the breakdown, step by step; words that made a point are marked.

use super::board::picture;
use super::DebriefScreen;
use crate::content::Step;
use crate::diagram;
use crate::markdown;
use crate::text::{self, Line, Role};
use crate::tui::screen::Context;
use crate::tui::widgets::{heading, wrapped};
use std::ops::Range;

/// From this width on the two stand beside each other.
const BESIDE: u16 = 96;

impl DebriefScreen {
    pub(super) fn beside(&self, context: &Context<'_>) -> Vec<Line> {
        let library = &context.desk.library;
        let Ok(page) = library.breakdown(&self.record.case) else {
            return wrapped("This case has no breakdown.", self.width, Role::Plain);
        };
        let width = usize::from(self.width);
        let mut lines = Vec::new();
        let all = self.record.said();
        let steps = self.record.segments.iter().filter_map(|own| own.step());
        for step in steps {
            let said = all.get(&step).map_or("", String::as_str);
            let guide = library.framework().step(step);
            let title = guide.map_or(step.id(), |guide| guide.title.as_str());
            let section = context.desk.section(&page, step).unwrap_or_default();
            let spans = self.debrief.marked(step);
            lines.push(heading(title));
            if self.width < BESIDE {
                lines.push(Line::of("you", Role::Faint));
                lines.extend(marked(said, &spans, width));
                lines.extend(self.drawn_in(step, self.width));
                lines.push(Line::of("the breakdown", Role::Faint));
                lines.extend(drawn(section, width));
            } else {
                let left = width / 2 - 2;
                let mut own = marked(said, &spans, left);
                own.extend(self.drawn_in(step, left as u16));
                let theirs = drawn(section, width - left - 3);
                lines.extend(side_by_side(&own, &theirs, left));
            }
            lines.push(Line::new());
        }
        lines
    }

    /// What was drawn in a step.
    fn drawn_in(&self, step: Step, width: u16) -> Vec<Line> {
        let Some(board) = self.record.boards.get(&step.into()) else {
            return Vec::new();
        };
        let mut lines = vec![Line::of("on the whiteboard", Role::Faint)];
        lines.extend(picture(board, width));
        lines
    }
}

fn side_by_side(own: &[Line], theirs: &[Line], left: usize) -> Vec<Line> {
    let rows = own.len().max(theirs.len());
    let row = |at: usize| {
        let mut line = own.get(at).cloned().unwrap_or_default();
        let gap = left.saturating_sub(line.width());
        line.push(&" ".repeat(gap), Role::Plain);
        line.push(" │ ", Role::Faint);
        if let Some(other) = theirs.get(at) {
            line.spans.extend(other.spans.iter().cloned());
        }
        line
    };
    (0..rows).map(row).collect()
}

fn drawn(section: &str, width: usize) -> Vec<Line> {
    let fence = |language: &str, text: &str, width: usize| match language {
        "mermaid" => Some(diagram::draw(&diagram::read(text).ok()?, width)),
        _ => None,
    };
    markdown::render(section, width, &fence).lines
}

/// A text in lines of so many cells; the words that touch a span are marked.
fn marked(said: &str, spans: &[Range<usize>], width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in said.split('\n') {
        let mut line = Line::new();
        let mut at = start;
        for word in paragraph.split(' ') {
            let clean = text::clean_line(word);
            let hit = spans
                .iter()
                .any(|span| span.start < at + word.len() && at < span.end);
            let role = if hit { Role::Good } else { Role::Plain };
            if line.width() > 0 && line.width() + 1 + text::width(&clean) > width {
                lines.push(std::mem::take(&mut line));
            }
            if line.width() > 0 {
                line.push(" ", role);
            }
            line.push(&text::truncate(&clean, width), role);
            at += word.len() + 1;
        }
        lines.push(line);
        start += paragraph.len() + 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_touch_a_span_are_marked_and_lines_fit() {
        let said = "split by time\nand a gap of seven days";
        let lines = marked(said, &[Range { start: 9, end: 17 }], 12);
        let good: Vec<String> = lines
            .iter()
            .flat_map(|line| &line.spans)
            .filter(|span| span.role == Role::Good)
            .map(|span| span.text.trim().to_owned())
            .collect();
        assert_eq!(good, ["time", "and"]);
        assert!(lines.iter().all(|line| line.width() <= 12));
        let all: Vec<String> = lines.iter().map(Line::text).collect();
        assert_eq!(all.join(" "), said.replace('\n', " "));
    }
}
