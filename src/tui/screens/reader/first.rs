//! Before a case is read for the first time: attempt it first, or read on.

use crate::content::{Framework, Step};
use crate::text::{Line, Role};
use crate::tui::theme::Theme;
use crate::tui::widgets::{panel, put_lines, wrapped};
use ratatui::layout::Rect;
use ratatui::Frame;

/// The steps of the attempt that is offered, and its minutes.
pub(super) const SPRINT: [Step; 2] = [Step::Data, Step::Model];
const SPRINT_MINUTES: u32 = 12;

/// A clock in minutes on which the sprint's steps take its minutes.
pub(super) fn sprint_clock(framework: &Framework) -> u32 {
    let known = framework.clocks.first().copied().unwrap_or(35);
    let seconds = SPRINT.iter().map(|step| framework.seconds(*step, known));
    let usual: u32 = seconds.sum();
    (SPRINT_MINUTES * 60 * known / usual.max(1)).max(1)
}

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, title: &str, prompt: &str, theme: Theme) {
    let inner = panel(frame, area, title, true, theme);
    let mut lines = vec![Line::new()];
    lines.extend(wrapped(prompt, inner.width, Role::Strong));
    lines.push(Line::new());
    lines.extend(wrapped(
        "You have not tried this case. A short attempt before reading, also a bad one, makes \
         what you read stick. Attempt it first:",
        inner.width,
        Role::Plain,
    ));
    lines.push(Line::new());
    for (key, what) in [
        ("m", "starts a mock"),
        ("s", "a 12-minute sprint of data and model"),
        ("enter", "reads on"),
    ] {
        lines.push(Line::of(format!("{key:>7}  "), Role::Accent).with(what, Role::Plain));
    }
    put_lines(frame, inner, &lines, theme);
}
