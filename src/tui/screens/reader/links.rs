//! The links of a page as a list: one leads to a heading, to another page, or shows its target.

use super::sheet::Sheet;
use crate::markdown::Link;
use crate::text::{self, Line, Role};
use crate::tui::theme::Theme;
use crate::tui::widgets::{panel, List};
use ratatui::layout::Rect;
use ratatui::Frame;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A heading of this page.
    Here(String),
    /// A page, at a heading when one is named.
    Page(String, Option<String>),
    /// Out of the program: the line that mentions it.
    Out(usize),
}

#[derive(Default)]
pub(super) struct Links {
    pub(super) list: List,
}

impl Links {
    /// Puts the choice on the first link that is on the screen or below.
    pub(super) fn follow(&mut self, sheet: &Sheet) {
        let mut links = sheet.doc.links.iter();
        let here = links.position(|link| link.line >= sheet.page.top);
        self.list.at = here.unwrap_or(0);
    }

    pub(super) fn chosen(&self, sheet: &Sheet) -> Option<Way> {
        sheet.doc.links.get(self.list.at).map(way)
    }

    pub(super) fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, sheet: &Sheet, theme: Theme) {
        let inner = panel(frame, area, "Links", true, theme);
        let width = usize::from(inner.width).saturating_sub(2);
        let rows: Vec<Line> = sheet
            .doc
            .links
            .iter()
            .map(|link| row(link, width))
            .collect();
        self.list.draw(frame, inner, &rows, true, theme);
    }
}

fn way(link: &Link) -> Way {
    if let Some(anchor) = link.target.strip_prefix('#') {
        return Way::Here(anchor.to_owned());
    }
    // As between the breakdowns of two cases: ../eta/breakdown.md#serving
    let (path, anchor) = match link.target.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (link.target.as_str(), None),
    };
    let page = path
        .strip_prefix("../")
        .and_then(|rest| rest.strip_suffix("/breakdown.md"));
    match page {
        Some(page) => Way::Page(page.to_owned(), anchor),
        None => Way::Out(link.line),
    }
}

fn row(link: &Link, width: usize) -> Line {
    let lead = link.number.map_or_else(
        || "    ".to_owned(),
        |number| format!("{:<4}", format!("[{number}]")),
    );
    let room = width.saturating_sub(text::width(&lead));
    let name = text::truncate(&link.text, room);
    let left = room.saturating_sub(text::width(&name) + 2);
    let line = Line::of(lead, Role::Faint).with(&name, Role::Plain);
    if link.number.is_none() || left < 8 {
        return line;
    }
    let target = text::truncate(&text::clean_line(&link.target), left);
    line.with("  ", Role::Plain).with(&target, Role::Link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_here_to_another_page_or_out() {
        let of = |target: &str| {
            way(&Link {
                text: "x".to_owned(),
                target: target.to_owned(),
                number: None,
                line: 7,
            })
        };
        assert_eq!(of("#kafka"), Way::Here("kafka".to_owned()));
        let page = |anchor: Option<&str>| Way::Page("eta".to_owned(), anchor.map(str::to_owned));
        assert_eq!(of("../eta/breakdown.md"), page(None));
        assert_eq!(of("../eta/breakdown.md#data"), page(Some("data")));
        assert_eq!(of("https://example.org/#a"), Way::Out(7));
    }
}
