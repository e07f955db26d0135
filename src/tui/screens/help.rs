//! The keys of a place, from the command table.

use crate::text::{Line, Role};
use crate::tui::command::{Do, Place, COMMANDS};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{columns, heading, panel, Page};
use ratatui::layout::Rect;
use ratatui::Frame;

/// The help over another screen.
pub(in crate::tui) struct Help {
    page: Page,
}

impl Help {
    pub(in crate::tui) fn new(place: Place) -> Self {
        let mut lines = Vec::new();
        for part in [place, Place::Everywhere] {
            lines.push(heading(part.title()));
            let rows = COMMANDS.iter().filter(|command| command.at.contains(&part));
            for command in rows {
                let keys = command.keys.join("  ");
                lines.push(columns(&[
                    ("", 1, Role::Plain),
                    (&keys, 22, Role::Accent),
                    (command.help, 0, Role::Plain),
                ]));
            }
            lines.push(Line::new());
        }
        lines.push(heading("In an editor"));
        let editing = [
            ("ctrl-a ctrl-e", "start and end of the line"),
            (
                "ctrl-w ctrl-u ctrl-k",
                "delete word, to the start, to the end",
            ),
            ("alt-u alt-r", "undo, redo"),
        ];
        for (keys, what) in editing {
            lines.push(columns(&[
                ("", 1, Role::Plain),
                (keys, 22, Role::Accent),
                (what, 0, Role::Plain),
            ]));
        }
        Self {
            page: Page::new(lines),
        }
    }
}

impl Screen for Help {
    fn place(&self) -> Place {
        Place::Help
    }

    fn title(&self) -> String {
        "Help".to_owned()
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, _: &Context<'_>) {
        let inner = panel(frame, area, "Keys", true, theme);
        self.page.draw(frame, inner, theme);
    }

    fn act(&mut self, command: Do, _: &mut Context<'_>) -> Flow {
        if self.page.act(command) {
            return Flow::Stay;
        }
        match command {
            Do::Back | Do::Help => Flow::Pop,
            _ => Flow::Stay,
        }
    }
}
