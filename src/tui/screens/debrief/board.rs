//! The whiteboard of a mock held against the reference.

use super::DebriefScreen;
use crate::content::{Concept, Lexicon};
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
        let lexicon = context.desk.library.lexicon();
        let found = diagram::compare(&reference, &own, &|one, other| alike(lexicon, one, other));
        let edges = found.missing_edges.iter();
        let edges: Vec<String> = edges.map(|(from, to)| format!("{from} to {to}")).collect();
        let parts = [
            ("✓ there        ", Role::Good, found.present.join(", ")),
            ("✗ missing      ", Role::Bad, found.missing.join(", ")),
            ("✗ no way from  ", Role::Bad, edges.join(", ")),
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

/// Whether two labels of boxes mean the same: one has the words of the other, or both are names of
/// one concept.
fn alike(lexicon: &Lexicon, one: &str, other: &str) -> bool {
    let within = |small: &str, large: &str| format!(" {large} ").contains(&format!(" {small} "));
    if within(one, other) || within(other, one) {
        return true;
    }
    let names = |concept: &Concept, label: &str| {
        let mut forms = concept.forms.iter().chain([&concept.name]);
        forms.any(|form| form.to_lowercase().replace('-', " ") == label)
    };
    let mut concepts = lexicon.concepts.iter();
    concepts.any(|concept| names(concept, one) && names(concept, other))
}
