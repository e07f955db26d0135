//! Lines, panels and meters.

use crate::text::{self, Line, Role};
use crate::tui::theme::Theme;
use ratatui::layout::Rect;
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};
use ratatui::Frame;

/// A line in the theme's colours. Control characters do not get through.
pub(in crate::tui) fn styled(line: &Line, theme: Theme) -> TuiLine<'static> {
    let spans = line.spans.iter().map(|span| {
        let text = text::clean_line(&span.text).into_owned();
        TuiSpan::styled(text, theme.style(span.role))
    });
    TuiLine::from(spans.collect::<Vec<_>>())
}

/// One line at a row of an area; nothing when the row is outside.
pub(in crate::tui) fn put(frame: &mut Frame<'_>, area: Rect, row: u16, line: &Line, theme: Theme) {
    if row < area.height {
        let at = Rect::new(area.x, area.y + row, area.width, 1);
        frame.render_widget(styled(line, theme), at);
    }
}

/// As many lines as fit, from the top of an area.
pub(in crate::tui) fn put_lines(frame: &mut Frame<'_>, area: Rect, lines: &[Line], theme: Theme) {
    for (row, line) in (0..area.height).zip(lines) {
        put(frame, area, row, line, theme);
    }
}

/// A framed panel with a title; returns the room inside.
pub(in crate::tui) fn panel(
    frame: &mut Frame<'_>,
    area: Rect,
    title: &str,
    focus: bool,
    theme: Theme,
) -> Rect {
    let title = text::truncate(
        &text::clean_line(title),
        usize::from(area.width.saturating_sub(6)),
    );
    let mut block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.frame(focus));
    if !title.is_empty() {
        let role = if focus { Role::Accent } else { Role::Strong };
        block = block.title(TuiLine::from(TuiSpan::styled(
            format!(" {title} "),
            theme.style(role),
        )));
    }
    let inner = block.inner(area);
    frame.render_widget(Clear, area);
    frame.render_widget(block, area);
    inner.inner(ratatui::layout::Margin::new(1, 0))
}

/// `▰▰▰▱▱` for a share of 0 to 1, in `cells` cells.
pub(in crate::tui) fn meter(share: f64, cells: usize) -> String {
    let full = (share.clamp(0.0, 1.0) * cells as f64).round() as usize;
    format!(
        "{}{}",
        "▰".repeat(full),
        "▱".repeat(cells - full.min(cells))
    )
}

/// A bar for each value, the highest one full.
pub(in crate::tui) fn sparkline(values: &[f64]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = values.iter().copied().fold(0.0, f64::max);
    values
        .iter()
        .map(|value| {
            let share = if most > 0.0 { value / most } else { 0.0 };
            let at = (share * 7.0).round().clamp(0.0, 7.0) as usize;
            BARS.get(at).copied().unwrap_or('▁')
        })
        .collect()
}

/// Wrapped lines of one role.
pub(in crate::tui) fn wrapped(text: &str, width: u16, role: Role) -> Vec<Line> {
    text::wrap(&text::clean(text), usize::from(width.max(1)))
        .into_iter()
        .map(|line| Line::of(line, role))
        .collect()
}

/// Wrapped text after a mark, further lines under the text's start.
pub(in crate::tui) fn hanging(
    mark: &str,
    mark_role: Role,
    body: &str,
    width: u16,
    role: Role,
) -> Vec<Line> {
    let indent = text::width(mark);
    let room = usize::from(width).saturating_sub(indent).max(1);
    let rows = text::wrap(&text::clean(body), room);
    let lines = rows.into_iter().enumerate().map(|(at, row)| {
        let lead = if at == 0 {
            mark.to_owned()
        } else {
            " ".repeat(indent)
        };
        Line::of(lead, mark_role).with(&row, role)
    });
    lines.collect()
}

pub(in crate::tui) fn heading(text: &str) -> Line {
    Line::of(text, Role::Strong)
}

/// Text in columns of fixed widths, the last one open; cut where it is too long.
pub(in crate::tui) fn columns(cells: &[(&str, usize, Role)]) -> Line {
    let mut line = Line::new();
    for (text, width, role) in cells {
        let text = text::clean_line(text);
        let cut = if *width == 0 {
            text.into_owned()
        } else {
            text::truncate(&text, *width)
        };
        let pad = width.saturating_sub(text::width(&cut));
        line.push(&cut, *role);
        line.push(&" ".repeat(pad + usize::from(*width > 0)), Role::Plain);
    }
    line
}

/// Text that is centred both ways, for screens that are too small.
pub(in crate::tui) fn centred(frame: &mut Frame<'_>, area: Rect, text: &str) {
    let rows = text::wrap(text, usize::from(area.width.max(1)));
    let height = (rows.len() as u16).min(area.height);
    let top = area.y + (area.height - height) / 2;
    let at = Rect::new(area.x, top, area.width, height);
    frame.render_widget(Paragraph::new(rows.join("\n")).centered(), at);
}
