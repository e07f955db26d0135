//! What one should know of a score, what would have raised it, and the interviewer's questions.

use super::DebriefScreen;
use crate::content::Id;
use crate::mock::Segment;
use crate::text::{clean_line, Line, Role};
use crate::tui::screen::Context;
use crate::tui::widgets::{hanging, heading, wrapped};

/// Share of an answer from which it is said to be the breakdown's.
const COPIED: f64 = 0.2;

impl DebriefScreen {
    /// What one should know before one believes the score, and how it was said.
    pub(super) fn notes(&self, context: &Context<'_>, lines: &mut Vec<Line>) {
        let width = self.width;
        let options = &self.record.options;
        let rubric = context.desk.library.rubric();
        let mut note = |text: String| lines.extend(wrapped(&text, width, Role::Warn));
        if let Some(prompt) = &options.prompt {
            note(format!("Your question: {prompt}"));
            note("Graded by what holds for any system: less certain than a written case.".into());
        }
        if let Some(heard) = self.debrief.heard_by() {
            note(format!("Scored {heard}."));
        }
        if self.debrief.copied >= COPIED {
            note(format!(
                "{:.0} % of these words stand in the breakdown in the same order: the score is \
                 one for reading, not for answering.",
                self.debrief.copied * 100.0
            ));
        }
        if let Some(role) = options.role.as_deref().and_then(|id| rubric.role(id)) {
            note(format!("Weights: {}", role.title));
        }
        for (at, again) in context.desk.regrades(&self.record.mock) {
            note(format!(
                "Graded again on {} with newer content: {:.0} (first {:.0})",
                context.desk.date(at),
                again.sheet.total,
                self.debrief.sheet.total
            ));
        }
        lines.push(heading("How did you say it? Press 1, 2, 3 or 4"));
        for (at, anchor) in rubric.delivery.iter().enumerate() {
            let chosen = self.debrief.delivery.map(usize::from) == Some(at + 1);
            let mark = format!("{} {} ", if chosen { "●" } else { "○" }, at + 1);
            lines.extend(hanging(&mark, Role::Accent, anchor, width, Role::Plain));
        }
        lines.push(Line::new());
    }

    pub(super) fn gains(&self, context: &Context<'_>, lines: &mut Vec<Line>) {
        if self.debrief.gains.is_empty() {
            return;
        }
        let width = self.width;
        let rubric = context.desk.library.rubric();
        lines.push(heading("What would have raised the score most"));
        for gain in &self.debrief.gains {
            let dimension = rubric.dimension(gain.dimension.as_str());
            let title = dimension.map_or(gain.dimension.as_str(), |own| own.title.as_str());
            let mark = format!("+{:<3.0} ", gain.points);
            lines.extend(hanging(&mark, Role::Good, title, width, Role::Strong));
            for id in &gain.say {
                let mark = "     say    ";
                lines.extend(hanging(
                    mark,
                    Role::Faint,
                    &self.point_of(id),
                    width,
                    Role::Plain,
                ));
            }
            if let Some(id) = &gain.avoid {
                let flag = self.debrief.sheet.flags.iter().find(|flag| flag.id == *id);
                let text = flag.map_or_else(|| self.point_of(id), |flag| flag.point.clone());
                lines.extend(hanging(
                    "     avoid  ",
                    Role::Faint,
                    &text,
                    width,
                    Role::Plain,
                ));
            }
            if let Some(bare) = gain.back {
                let step = Segment::from(bare.step).title(context.desk.library.framework());
                let text = format!("{step}: {bare}");
                lines.extend(hanging(
                    "     back   ",
                    Role::Faint,
                    &text,
                    width,
                    Role::Plain,
                ));
            }
        }
        lines.push(Line::new());
    }

    fn point_of(&self, id: &Id) -> String {
        let own = self.case.as_ref().and_then(|case| case.item(id.as_str()));
        own.map_or_else(|| id.to_string(), |own| own.point.trim().to_owned())
    }

    pub(super) fn tradeoffs(&self, lines: &mut Vec<Line>) {
        let found = &self.debrief.sheet.tradeoffs;
        if found.is_empty() {
            return;
        }
        lines.push(Line::new());
        let title = format!("Decisions that you argued for ({})", found.len());
        lines.push(heading(&title));
        for own in found {
            let text = clean_line(own.evidence.text.trim()).into_owned();
            let mark = if own.staff { "++ " } else { "+  " };
            lines.extend(hanging(mark, Role::Good, &text, self.width, Role::Quote));
        }
        if found.iter().any(|own| own.staff) {
            lines.push(Line::of("++ says what would turn it", Role::Faint));
        }
    }

    /// The interviewer's questions, with what was said next and what strong and great answers say.
    pub(super) fn told(&self, lines: &mut Vec<Line>) {
        if self.debrief.told.is_empty() {
            return;
        }
        let width = self.width;
        lines.push(Line::new());
        lines.push(heading("The interviewer's questions"));
        for told in &self.debrief.told {
            let mark = match told.ladder.as_str() {
                "" => format!("in {}  ", told.step),
                _ => format!("deeper in {}  ", told.step),
            };
            lines.extend(hanging(&mark, Role::Faint, &told.line, width, Role::Strong));
            let answer = clean_line(told.answer.trim()).into_owned();
            let (answer, role) = match (answer.is_empty(), told.fair) {
                (true, _) => ("nothing".to_owned(), Role::Warn),
                (false, Some(false)) => (format!("{answer} (not yet a fair answer)"), Role::Warn),
                (false, _) => (answer, Role::Quote),
            };
            for (mark, text, role) in [
                ("  you     ", answer.as_str(), role),
                ("  strong  ", told.strong.as_str(), Role::Plain),
                ("  great   ", told.great.as_str(), Role::Plain),
            ] {
                lines.extend(hanging(mark, Role::Faint, text, width, role));
            }
        }
    }
}
