//! A report as text for people and as JSON for programs.

use super::Report;
use crate::content::Fault;
use crate::text::{clean_line, truncate};
use serde::Serialize;
use std::fmt::Write as _;

/// The shape of the JSON below.
const SCHEMA_VERSION: u32 = 1;
/// Widest source line that is shown.
const WIDTH: usize = 96;

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    ok: bool,
    files: usize,
    faults: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    severity: &'static str,
    message: &'a str,
    fix: Option<&'a str>,
}

fn entry<'a>(fault: &'a Fault, severity: &'static str) -> Entry<'a> {
    Entry {
        file: &fault.file,
        line: fault.line,
        column: fault.column,
        severity,
        message: &fault.message,
        fix: fault.fix.as_deref(),
    }
}

impl Report {
    /// One JSON document; `severity` is `fault` or `warning`.
    pub fn to_json(&self) -> String {
        let faults = self.faults.iter().map(|fault| entry(fault, "fault"));
        let warnings = self.warnings.iter().map(|fault| entry(fault, "warning"));
        let document = Document {
            schema_version: SCHEMA_VERSION,
            ok: self.is_ok(),
            files: self.files,
            faults: faults.chain(warnings).collect(),
        };
        let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
        text.push('\n');
        text
    }

    /// `file:line:column: what is wrong`, the source line with a caret, and the fix; then a count.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for fault in &self.faults {
            self.one(fault, "", &mut out);
        }
        for warning in &self.warnings {
            self.one(warning, "warning: ", &mut out);
        }
        let _ = writeln!(
            out,
            "{}, {} in {}",
            counted(self.faults.len(), "fault"),
            counted(self.warnings.len(), "warning"),
            counted(self.files, "file")
        );
        out
    }

    fn one(&self, fault: &Fault, prefix: &str, out: &mut String) {
        let file = clean_line(&fault.file);
        let message = clean_line(&fault.message);
        let _ = if fault.line > 0 {
            let (line, column) = (fault.line, fault.column);
            writeln!(out, "{file}:{line}:{column}: {prefix}{message}")
        } else {
            writeln!(out, "{file}: {prefix}{message}")
        };
        let key = (fault.file.clone(), fault.line);
        if let Some(source) = self.lines.get(&key) {
            let number = fault.line.to_string();
            let blank = " ".repeat(number.len());
            let (source, caret) = excerpt(source, fault.column);
            let _ = writeln!(out, " {number} | {source}");
            let _ = writeln!(out, " {blank} | {caret}");
        }
        if let Some(fix) = &fault.fix {
            let _ = writeln!(out, "  fix: {}", clean_line(fix));
        }
        out.push('\n');
    }
}

/// The part of a line around a column, and a line with a caret below it.
fn excerpt(line: &str, column: usize) -> (String, String) {
    let place = column.saturating_sub(1);
    let cut = if place > WIDTH * 2 / 3 {
        place - WIDTH / 2
    } else {
        0
    };
    let before: String = line.chars().skip(cut).take(place - cut).collect();
    let after: String = line.chars().skip(place).take(WIDTH).collect();
    let lead = if cut > 0 { "…" } else { "" };
    let before = format!("{lead}{}", clean_line(&before));
    let caret = unicode_width::UnicodeWidthStr::width(before.as_str());
    let shown = format!("{before}{}", clean_line(&after));
    (
        truncate(shown.trim_end(), WIDTH + 1),
        format!("{}^", " ".repeat(caret)),
    )
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
