//! The transfer map as a page.

use crate::content::{Framework, Technique, Transfer};
use std::fmt::Write as _;

/// A section for each technique. `title` gives the title of a case.
pub(super) fn page(
    transfer: &Transfer,
    framework: &Framework,
    title: &dyn Fn(&str) -> String,
) -> String {
    let mut page = String::from(
        "# Transfer map\n\nThirty cases are a dozen techniques in other clothes. Learn each where it \
         is at home; then ask of every new question which of them it needs, and what is different \
         this time.\n",
    );
    for one in &transfer.techniques {
        page.push_str(&technique(one, framework, title));
    }
    page
}

fn technique(one: &Technique, framework: &Framework, title: &dyn Fn(&str) -> String) -> String {
    let mut text = format!("\n## {}\n\n{}\n\n", one.name, one.same.trim());
    for own in &one.cases {
        let step = framework
            .step(own.step)
            .map_or(own.step.id(), |guide| &guide.short);
        let _ = writeln!(
            text,
            "- **{}**, {}: {}",
            title(own.case.as_str()),
            step.to_lowercase(),
            own.differs.trim()
        );
    }
    let _ = write!(text, "\n**Not here.** {}\n", one.not_here.trim());
    text
}
