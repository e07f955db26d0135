//! What leaves the program: the debrief's JSON, transcripts and notes as Markdown, events, reviews
//! as CSV, the plan as a calendar, pages to print. Only text is made here; a face decides where it goes.

mod calendar;
mod csv;
mod document;
mod html;
mod mock;
mod notes;
mod plan;
mod print;
mod sheet;
mod skeleton;
mod talk;

pub use calendar::calendar;
pub use csv::reviews;
pub use document::{document, Document};
pub use html::page;
pub use mock::transcript;
pub use notes::notes;
pub use plan::plan;
pub use print::Format;
pub use sheet::{sheet, Miss};
pub use skeleton::skeleton;

/// Text of the learner as a Markdown quotation: it cannot end the section that it stands in.
fn quoted(text: &str) -> String {
    let clean = crate::text::clean(text.trim());
    let lines = clean.lines().map(|line| {
        let line = line.trim_end();
        match line {
            "" => ">".to_owned(),
            _ => format!("> {line}"),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_quotation_holds_every_line() {
        assert_eq!(super::quoted("a\n\n## b\u{1b}[2J\n"), "> a\n>\n> ## b[2J");
    }
}
