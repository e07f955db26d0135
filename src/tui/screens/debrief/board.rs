//! The whiteboards of a mock, each held against its reference.

use super::DebriefScreen;
use crate::diagram;
use crate::mock::{BoardReport, Finding};
use crate::text::{Line, Role};
use crate::tui::screen::Context;
use crate::tui::widgets::{hanging, heading, wrapped};

impl DebriefScreen {
    pub(super) fn boards(&self, context: &Context<'_>, lines: &mut Vec<Line>) {
        let framework = context.desk.library.framework();
        for own in &self.debrief.boards {
            let step = own.segment.map(|segment| segment.title(framework));
            let step = step.map_or_else(String::new, |title| format!(" · {title}"));
            lines.push(Line::new());
            lines.push(heading(&format!("Your whiteboard{step}")));
            self.board(own, lines);
        }
    }

    fn board(&self, own: &BoardReport, lines: &mut Vec<Line>) {
        let width = self.width;
        lines.extend(picture(&own.text, width));
        if let Some(fault) = &own.fault {
            let why = format!("It was not drawn: {fault}");
            lines.extend(wrapped(&why, width, Role::Warn));
        }
        for (finding, names) in own.findings() {
            let (mark, role) = match finding {
                Finding::There => ("✓", Role::Good),
                Finding::Missing | Finding::NoWay | Finding::Turned => ("✗", Role::Bad),
                Finding::Unconnected => ("!", Role::Warn),
                Finding::Yours => ("+", Role::Faint),
            };
            let mark = format!("{mark} {:<13}", finding.label());
            lines.extend(hanging(&mark, role, &names, width, Role::Plain));
        }
        if let Some(reference) = &own.reference {
            let drawn = self.debrief.shows_reference(own);
            let end = if drawn { ":" } else { ", below" };
            let against = format!("Held against {}{end}", own.against());
            lines.push(Line::of(against, Role::Faint));
            if drawn {
                lines.extend(picture(reference, width));
            }
        }
    }
}

/// A flowchart as a picture; one that cannot be drawn as it was typed.
pub(super) fn picture(flowchart: &str, width: u16) -> Vec<Line> {
    match diagram::read(flowchart) {
        Ok(graph) => diagram::draw(&graph, usize::from(width)),
        Err(_) => wrapped(flowchart, width, Role::Plain),
    }
}
