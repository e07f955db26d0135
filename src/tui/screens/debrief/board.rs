//! The whiteboard of a mock held against the reference.

use super::DebriefScreen;
use crate::diagram;
use crate::text::{Line, Role};
use crate::tui::screen::Context;
use crate::tui::widgets::{hanging, heading, wrapped};

impl DebriefScreen {
    /// The whiteboard held against the reference.
    pub(super) fn board(&self, context: &Context<'_>, lines: &mut Vec<Line>) {
        let typed = self.record.board.trim();
        let Some(case) = self.case.as_ref().filter(|_| !typed.is_empty()) else {
            return;
        };
        let width = self.width;
        lines.push(Line::new());
        lines.push(heading("Your whiteboard"));
        let own = match diagram::read(typed) {
            Ok(own) => own,
            Err(fault) => {
                let why = format!("It was not drawn: {fault}");
                lines.extend(wrapped(&why, width, Role::Warn));
                lines.extend(wrapped(typed, width, Role::Plain));
                return;
            }
        };
        lines.extend(diagram::draw(&own, usize::from(width)));
        let Ok(reference) = diagram::read(&case.whiteboard) else {
            return;
        };
        let lexicon = context.desk.lexicon();
        let found = diagram::compare(&reference, &own, &|one, other| lexicon.alike(one, other));
        let ways = |ways: &[(String, String)]| {
            let ways: Vec<String> = ways.iter().map(|(a, b)| format!("{a} to {b}")).collect();
            ways.join(", ")
        };
        let parts = [
            ("✓ there        ", Role::Good, found.present.join(", ")),
            ("✗ missing      ", Role::Bad, found.missing.join(", ")),
            ("✗ no way from  ", Role::Bad, ways(&found.missing_edges)),
            ("✗ should lead  ", Role::Bad, ways(&found.reversed)),
            ("! unconnected  ", Role::Warn, found.unconnected.join(", ")),
            ("+ yours alone  ", Role::Faint, found.extra.join(", ")),
        ];
        for (mark, role, text) in parts.iter().filter(|(_, _, text)| !text.is_empty()) {
            lines.extend(hanging(mark, *role, text, width, Role::Plain));
        }
        lines.push(Line::of("The reference:", Role::Faint));
        lines.extend(diagram::draw(&reference, usize::from(width)));
    }
}
