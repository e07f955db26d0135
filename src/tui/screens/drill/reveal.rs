//! The answer: score, marks, model answer, why it matters, and what comes next.

use crate::drill::{Reveal, Session};
use crate::text::{Line, Role};
use crate::tui::widgets::{hanging, heading, markdown, meter, wrapped, Field};

pub(super) fn lines(
    session: &Session,
    reveal: &Reveal,
    fields: &[Field],
    next: Option<&str>,
    width: u16,
) -> Vec<Line> {
    let Some(asked) = session.asked() else {
        return Vec::new();
    };
    let drill = &asked.queued.drill;
    let mut lines = vec![score_line(reveal)];
    lines.extend(outlook_line(reveal));
    if let Some(second) = &reveal.second {
        lines.push(Line::of(
            format!("Second attempt: {:.0} of 100", second.score * 100.0),
            Role::Faint,
        ));
    }
    lines.push(Line::new());
    let marks = reveal.second.as_ref().unwrap_or(&reveal.grade);
    for mark in &marks.marks {
        let (sign, role) = match mark.credit {
            c if c >= 0.99 => ("✓ ", Role::Good),
            c if c > 0.0 => ("~ ", Role::Warn),
            _ => ("✗ ", Role::Bad),
        };
        lines.extend(hanging(sign, role, &mark.point, width, Role::Plain));
        if !mark.note.is_empty() {
            lines.extend(hanging("  ", role, &mark.note, width, Role::Faint));
        }
    }
    for line in &marks.feedback {
        lines.extend(hanging("→ ", Role::Warn, line, width, Role::Warn));
    }
    lines.push(Line::new());
    lines.push(heading("Model answer"));
    lines.extend(markdown(&drill.model(), width));
    lines.push(Line::new());
    lines.push(heading("Because"));
    lines.extend(wrapped(drill.head().because, width, Role::Plain));
    let read = &asked.queued.read;
    if !read.is_empty() {
        lines.extend(wrapped(&format!("Read on: {read}"), width, Role::Faint));
    }
    lines.push(Line::new());
    lines.push(heading("You wrote"));
    for field in fields {
        lines.extend(field.lines(width));
    }
    if let Some(next) = next {
        lines.push(Line::new());
        lines.push(heading("Next"));
        lines.extend(wrapped(next, width, Role::Plain));
    }
    lines
}

fn score_line(reveal: &Reveal) -> Line {
    let score = reveal.grade.score;
    let role = match score {
        s if s >= 0.95 => Role::Good,
        s if s >= 0.5 => Role::Warn,
        _ => Role::Bad,
    };
    let mut line = Line::of(
        format!("{:.0} of 100  {}  ", score * 100.0, meter(score, 10)),
        role,
    );
    if let Some(rating) = reveal.rating {
        line.push(rating.name(), Role::Strong);
    }
    if let Some(own) = reveal.overruled {
        line.push(&format!(" · you say {}", own.name()), Role::Accent);
    }
    line
}

fn outlook_line(reveal: &Reveal) -> Option<Line> {
    let outlook = reveal.outlook?;
    let days = match outlook.interval {
        1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    };
    let recall = outlook.recall.map_or_else(String::new, |recall| {
        format!(" · recall before this was {:.0} %", recall * 100.0)
    });
    let text = format!(
        "Comes back {days} · stability {:.1} days{recall}",
        outlook.stability
    );
    Some(Line::of(text, Role::Faint))
}
