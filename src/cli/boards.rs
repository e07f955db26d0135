//! The whiteboards of a mock as text: what was drawn, and what it has of its reference.

use super::page::Page;
use crate::diagram;
use crate::mock::{BoardReport, Debrief};
use crate::text::{clean_line, Line};

/// Each whiteboard with its step and what the comparison found; with `drawings` also both pictures.
pub(super) fn boards(page: &mut Page, debrief: &Debrief, drawings: bool) {
    for own in &debrief.boards {
        let step = own.segment.map(|segment| format!(" in {segment}"));
        let step = step.unwrap_or_default();
        page.heading(&match own.reference {
            Some(_) => format!("Your whiteboard{step}, held against {}", own.against()),
            None => format!("Your whiteboard{step}"),
        });
        if drawings {
            drawing(page, &own.text);
        }
        findings(page, own);
        if !drawings || !debrief.shows_reference(own) {
            continue;
        }
        if let Some(reference) = &own.reference {
            page.line(format!("  The reference, {}:", own.against()));
            drawing(page, reference);
        }
    }
}

fn findings(page: &mut Page, own: &BoardReport) {
    if let Some(fault) = &own.fault {
        page.item("  ", &format!("It was not drawn: {fault}"));
    }
    for (finding, names) in own.findings() {
        page.item(&format!("  {:<13}", finding.label()), &clean_line(&names));
    }
}

/// A flowchart as a picture; one that cannot be drawn as it was typed.
pub(super) fn drawing(page: &mut Page, flowchart: &str) {
    let lines: Vec<String> = match diagram::read(flowchart) {
        Ok(graph) => {
            let lines = diagram::draw(&graph, page.width().saturating_sub(2));
            lines.iter().map(Line::text).collect()
        }
        Err(_) => flowchart
            .lines()
            .map(|own| clean_line(own).into_owned())
            .collect(),
    };
    for line in lines {
        page.line(format!("  {line}"));
    }
}
