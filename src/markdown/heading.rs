//! Headings: their text alone; the two upper levels are underlined, so that a document without
//! colours has its parts too.

use super::doc::Heading;
use super::flow::Flow;
use super::setter::Laid;
use crate::text::{Line, Role};
use pulldown_cmark::HeadingLevel;
use std::collections::HashMap;

pub(super) fn level(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

pub(super) fn lay(flow: &Flow, level: u8, room: usize) -> Laid {
    let mut laid = flow.lay(room);
    let underline = match level {
        1 => "═",
        2 => "─",
        _ => return laid,
    };
    let width = laid.lines.iter().map(Line::width).max().unwrap_or(0);
    laid.lines
        .push(Line::of(underline.repeat(width), Role::Faint));
    laid
}

/// The headings so far, with anchors that are unique.
#[derive(Debug, Default)]
pub(super) struct Headings {
    list: Vec<Heading>,
    /// Anchors in use, and the last number that was put behind each.
    anchors: HashMap<String, usize>,
}

impl Headings {
    /// Adds a heading; says its anchor.
    pub(super) fn add(&mut self, level: u8, title: String, line: usize) -> String {
        let anchor = self.anchor(&title);
        self.list.push(Heading {
            level,
            title,
            anchor: anchor.clone(),
            line,
        });
        anchor
    }

    pub(super) fn into_list(self) -> Vec<Heading> {
        self.list
    }

    fn anchor(&mut self, title: &str) -> String {
        let plain = anchor(title);
        let mut anchor = plain.clone();
        while self.anchors.contains_key(&anchor) {
            let number = self.anchors.entry(plain.clone()).or_default();
            *number += 1;
            anchor = format!("{plain}-{number}");
        }
        self.anchors.insert(anchor.clone(), 0);
        anchor
    }
}

/// The anchor of a heading's title, as code hosts make it: small letters, digits, hyphens and
/// underscores; a space is a hyphen. The second heading of that title gets `-1` behind it.
pub fn anchor(title: &str) -> String {
    let anchor: String = title
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            _ => c.is_alphanumeric().then_some(c),
        })
        .collect();
    if anchor.is_empty() {
        "section".to_owned()
    } else {
        anchor
    }
}
