//! The reading list as a page.

use crate::content::{Reading, ReadingKind, ReadingList};
use std::fmt::Write as _;

/// Notes first, then the sources by kind.
pub(super) fn page(list: &ReadingList) -> String {
    let mut page = String::from("# Reading list\n");
    for note in &list.notes {
        let _ = write!(page, "\n## {}\n\n{}\n", note.title, note.text.trim());
    }
    for kind in ReadingKind::ALL {
        let mut own = list
            .readings
            .iter()
            .filter(|one| one.kind == kind)
            .peekable();
        if own.peek().is_some() {
            let _ = write!(page, "\n## {}\n", kind.plural());
        }
        for one in own {
            page.push_str(&source(one));
        }
    }
    page
}

fn source(one: &Reading) -> String {
    let mut text = format!(
        "\n### {}\n\n{}, {}. {}.",
        one.title, one.authors, one.year, one.r#where
    );
    if let Some(url) = &one.url {
        let _ = write!(text, " <{url}>");
    }
    let _ = write!(
        text,
        "\n\n{}\n\n*Checked: {}*\n",
        one.good_for.trim(),
        one.checked.trim()
    );
    text
}
