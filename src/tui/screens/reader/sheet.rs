//! The page as it is laid out: its lines, what is where on it, and how far it is scrolled.

use super::spot::Spot;
use crate::markdown::{self, Doc, Heading};
use crate::text::{Line, Role};
use crate::tui::widgets::{draw_fence, wrapped, Matches, Page};

/// A document on the screen.
pub(super) struct Sheet {
    /// The Markdown, or why there is none.
    source: Result<String, String>,
    pub(super) doc: Doc,
    pub(super) page: Page,
    /// Columns for which it is laid out; 0 before the first draw.
    pub(super) laid: usize,
    /// Cells by which code that is cut is moved to the left.
    shift: usize,
    /// The place before the size changed, until the next key: many small changes lose nothing.
    pub(super) resting: Option<Spot>,
    /// What is searched for; empty for nothing.
    pub(super) phrase: String,
    pub(super) matches: Matches,
}

impl Sheet {
    pub(super) fn new(source: Result<String, String>) -> Self {
        Self {
            source,
            doc: Doc::default(),
            page: Page::default(),
            laid: 0,
            shift: 0,
            resting: None,
            phrase: String::new(),
            matches: Matches::default(),
        }
    }

    /// Whether there is anything to read.
    pub(super) fn is_readable(&self) -> bool {
        self.source.is_ok()
    }

    /// Lays the document out for a width; false when it was already.
    pub(super) fn lay_out(&mut self, width: usize) -> bool {
        if self.laid == width {
            return false;
        }
        let spot = (self.laid > 0).then(|| self.spot());
        let spot = self.resting.take().or(spot);
        self.laid = width;
        match &self.source {
            Ok(source) => {
                self.doc = markdown::render(source, width, &draw_fence);
                self.page.lines = self.doc.lines.clone();
                let targets = targets(&self.doc, width);
                self.page.lines.extend(targets);
            }
            Err(fault) => self.page.lines = wrapped(fault, width as u16, Role::Bad),
        }
        self.put_shift();
        self.matches = Matches::of(&self.page.lines, &self.phrase);
        self.matches.seek(self.page.top);
        if let Some(spot) = spot {
            self.page.top = self.line_of(&spot);
            self.resting = Some(spot);
        }
        true
    }

    pub(super) fn headings(&self) -> &[Heading] {
        &self.doc.headings
    }

    /// The number of the heading that the first line of the screen stands under.
    pub(super) fn heading_at(&self) -> Option<usize> {
        let reached = self.page.top + 1;
        let above = self
            .headings()
            .partition_point(|heading| heading.line <= reached);
        above.checked_sub(1)
    }

    /// Scrolls to a heading; false when there is none of this anchor.
    pub(super) fn go_to(&mut self, anchor: &str) -> bool {
        let heading = self.headings().iter().find(|own| own.anchor == anchor);
        let line = heading.map(|heading| heading.line);
        if let Some(line) = line {
            self.page.top = line;
        }
        line.is_some()
    }

    /// Looks for a phrase from a line on, and shows the first place.
    pub(super) fn find(&mut self, phrase: &str, from: usize) {
        self.matches = Matches::of(&self.page.lines, phrase);
        self.matches.seek(from);
        self.phrase.clear();
        if self.matches.count() > 0 {
            self.phrase.push_str(phrase);
        }
        self.show_match();
    }

    pub(super) fn forget_matches(&mut self) {
        self.phrase.clear();
        self.matches = Matches::default();
    }

    /// To the next place found, or the one before.
    pub(super) fn turn_match(&mut self, back: bool) {
        self.matches.turn(back);
        self.show_match();
    }

    /// Scrolls so that the place found is in the upper half.
    fn show_match(&mut self) {
        if let Some(line) = self.matches.line() {
            self.bring_into_view(line);
        }
    }

    /// Moves code that is cut; false when none is.
    pub(super) fn shift_code(&mut self, by: isize) -> bool {
        let most = self.doc.blocks.iter().map(markdown::Block::hidden).max();
        let most = most.unwrap_or(0);
        self.shift = self.shift.saturating_add_signed(by).min(most);
        self.put_shift();
        most > 0
    }

    /// Shows other lines in the place of a block.
    pub(super) fn put_block(&mut self, number: usize, lines: &[Line]) {
        let Some(block) = self.doc.blocks.get(number) else {
            return;
        };
        for (at, line) in block.lines.clone().zip(lines) {
            let framed = self.doc.framed(block, at, line);
            if let Some(own) = self.page.lines.get_mut(at) {
                *own = framed;
            }
        }
    }

    /// Shows a block as it was.
    pub(super) fn restore_block(&mut self, number: usize) {
        let lines = self.doc.blocks.get(number).map(|block| block.lines.clone());
        for at in lines.into_iter().flatten() {
            if let (Some(own), Some(line)) = (self.page.lines.get_mut(at), self.doc.lines.get(at)) {
                own.clone_from(line);
            }
        }
    }

    /// Scrolls so that a line is on the screen, with some lines around it.
    pub(super) fn bring_into_view(&mut self, line: usize) {
        let height = self.page.height();
        let rows = self.page.top + 1..self.page.top + height.saturating_sub(4);
        if !rows.contains(&line) {
            self.page.top = line.saturating_sub(height / 3);
        }
    }

    fn put_shift(&mut self) {
        for (at, line) in self.doc.shifted(self.shift) {
            if let Some(own) = self.page.lines.get_mut(at) {
                *own = line;
            }
        }
    }
}

/// The targets of the links, as the text numbers them.
fn targets(doc: &Doc, width: usize) -> Vec<Line> {
    let targets = doc.targets(width);
    if targets.is_empty() {
        return Vec::new();
    }
    let head = [
        Line::new(),
        Line::of("Links", Role::Heading(3)),
        Line::new(),
    ];
    let lines = targets
        .iter()
        .map(|(lead, part)| Line::of(lead, Role::Faint).with(part, Role::Link));
    head.into_iter().chain(lines).collect()
}
