//! What came of a session.

use crate::drill::Session;
use crate::text::{Line, Role};
use crate::tui::widgets::{hanging, heading, meter};

pub(super) fn lines(session: &Session, width: u16) -> Vec<Line> {
    let summary = session.summary();
    if summary.answered == 0 {
        return vec![Line::plain("Nothing was answered; nothing changed.")];
    }
    let mean = summary.score / summary.answered as f64;
    let plural = if summary.answered == 1 {
        "drill"
    } else {
        "drills"
    };
    let mut lines = vec![
        Line::of(
            format!(
                "{} {plural}, {:.0} of 100 on the first attempt",
                summary.answered,
                mean * 100.0
            ),
            Role::Strong,
        ),
        Line::of(meter(mean, 20), Role::Accent),
        Line::of(
            format!("{} of answering", minutes(summary.seconds)),
            Role::Faint,
        ),
        Line::new(),
    ];
    if !summary.now_right.is_empty() {
        lines.push(heading("Right now, and wrong before"));
        for id in &summary.now_right {
            lines.extend(hanging("✓ ", Role::Good, id, width, Role::Plain));
        }
        lines.push(Line::new());
    }
    let still: Vec<&String> = summary
        .missed
        .iter()
        .filter(|id| !summary.now_right.contains(id))
        .collect();
    if !still.is_empty() {
        lines.push(heading("These come back tomorrow"));
        for id in still {
            lines.extend(hanging("· ", Role::Faint, id, width, Role::Plain));
        }
    }
    lines
}

fn minutes(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
