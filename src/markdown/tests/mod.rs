//! The room as a whole; what one file does alone is tested beside it.

mod layout;
mod properties;
mod roles;

use super::{render, Doc};
use crate::text::Role;

fn page(source: &str, width: usize) -> Doc {
    render(source, width, &|_, _, _| None)
}

/// The layout for a wide and for a narrow terminal.
fn both(source: &str) -> String {
    let text = |width| {
        let lines = page(source, width).lines;
        lines
            .iter()
            .map(|line| line.text() + "\n")
            .collect::<String>()
    };
    format!("{}\n{}\n{}", text(60), "~".repeat(34), text(34))
}

/// The spans that are not plain.
fn spans(source: &str) -> Vec<(String, Role)> {
    let lines = page(source, 60).lines;
    let spans = lines.into_iter().flat_map(|line| line.spans);
    spans
        .filter(|span| span.role != Role::Plain)
        .map(|span| (span.text, span.role))
        .collect()
}
