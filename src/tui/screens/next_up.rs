//! What next? A proposal, and why.

use super::home::start;
use crate::desk::Proposal;
use crate::text::{Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{panel, put_lines, wrapped};
use ratatui::layout::Rect;
use ratatui::Frame;

/// A proposal to start or to leave.
pub(in crate::tui) struct NextUp {
    proposal: Proposal,
}

impl NextUp {
    pub(in crate::tui) fn new(proposal: Proposal) -> Self {
        Self { proposal }
    }
}

impl Screen for NextUp {
    fn place(&self) -> Place {
        Place::NextUp
    }

    fn title(&self) -> String {
        "What next?".to_owned()
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, _: &Context<'_>) {
        let own = &self.proposal.activity;
        let inner = panel(frame, area, "What next?", true, theme);
        let head = format!("{} · {} min", own.kind.id(), own.minutes);
        let mut lines = vec![Line::of(head, Role::Strong)];
        lines.extend(wrapped(&own.title, inner.width, Role::Heading(2)));
        lines.push(Line::new());
        lines.extend(wrapped(&self.proposal.why, inner.width, Role::Plain));
        put_lines(frame, inner, &lines, theme);
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        match command {
            // What is started takes the place of the proposal.
            Do::Open => match start(&self.proposal.activity, context) {
                Flow::Push(screen) => Flow::Replace(screen),
                other => other,
            },
            Do::Back => Flow::Pop,
            _ => Flow::Stay,
        }
    }
}
