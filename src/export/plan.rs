//! The plan as a page to print.

use super::print::{Format, Piece, Print, Section};
use crate::plan::{Day, Plan, Settings};

/// The plan: a line a day, with a box for each activity.
pub fn plan(plan: &Plan, settings: &Settings, format: Format) -> String {
    let interview = settings.interview.map_or_else(
        || "no interview date yet".to_owned(),
        |date| format!("interview on {}", date.format("%a %-d %b %Y")),
    );
    let row = |day: &Day| {
        let work: Vec<String> = day
            .activities
            .iter()
            .map(|own| {
                let mark = if own.done { "[x]" } else { "[ ]" };
                format!("{mark} {} {}m: {}", own.kind.id(), own.minutes, own.title)
            })
            .collect();
        let work = match work.as_slice() {
            [] => day.title.clone(),
            work => work.join("; "),
        };
        Piece::Row(day.date.format("%a %-d %b").to_string(), work)
    };
    Print {
        title: format!("Plan: {}", plan.template.to_lowercase()),
        lead: vec![Piece::Words(format!(
            "{} · {} · {interview}",
            settings.rhythm(),
            settings.level
        ))],
        sections: vec![Section {
            title: "The days".to_owned(),
            aside: String::new(),
            pieces: plan.days.iter().map(row).collect(),
        }],
    }
    .render(format)
}
