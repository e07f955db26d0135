//! Notes as Markdown.

use super::quoted;
use crate::desk::Written;
use crate::text::clean_line;
use std::fmt::Write;

/// All notes, those of a case together, in the order given.
pub fn notes(all: &[Written]) -> String {
    let mut text = "# Notes\n".to_owned();
    let mut subjects: Vec<&str> = Vec::new();
    for note in all {
        if !subjects.contains(&note.subject.as_str()) {
            subjects.push(&note.subject);
        }
    }
    for subject in subjects {
        let title = if subject.is_empty() {
            "General"
        } else {
            subject
        };
        let _ = write!(text, "\n## {}\n", clean_line(title));
        for note in all.iter().filter(|note| note.subject == subject) {
            let _ = write!(
                text,
                "\n{} ({})\n\n{}\n",
                note.at.format("%Y-%m-%d %H:%M UTC"),
                note.note,
                quoted(&note.text)
            );
        }
    }
    text
}
