//! One picture of a page: box by box, the arrows of the chosen one lit; or as a list.

use super::sheet::Sheet;
use crate::diagram::{self, End, Graph, Picture};
use crate::markdown::Block;
use crate::text::{clean_line, Line, Role};
use crate::tui::command::Do;
use crate::tui::theme::Theme;
use crate::tui::widgets::{panel, wrapped, Page};
use ratatui::layout::Rect;
use ratatui::Frame;

/// The picture that is looked at.
pub(super) struct Figure {
    /// Its number among the blocks of the document.
    pub(super) block: usize,
    graph: Graph,
    picture: Picture,
    /// The boxes in reading order, and which of them is chosen.
    order: Vec<usize>,
    at: usize,
    /// As a list, how far it is scrolled.
    list: Option<Page>,
}

impl Figure {
    /// The first picture that reaches below a line.
    pub(super) fn below(sheet: &Sheet, line: usize) -> Option<Self> {
        let blocks = sheet.doc.blocks.iter().enumerate();
        let mut pictures = blocks.filter(|(_, block)| block.drawn && block.lines.end > line);
        pictures.find_map(|(number, block)| Self::of(number, block))
    }

    fn of(number: usize, block: &Block) -> Option<Self> {
        let graph = diagram::read(&block.text).ok()?;
        let picture = diagram::picture(&graph, block.room);
        Some(Self {
            block: number,
            order: picture.order(),
            graph,
            picture,
            at: 0,
            list: None,
        })
    }

    /// The same picture and box on a page that is laid out anew.
    pub(super) fn again(&self, sheet: &Sheet) -> Option<Self> {
        let mut own = Self::of(self.block, sheet.doc.blocks.get(self.block)?)?;
        let node = self.node();
        own.at = own
            .order
            .iter()
            .position(|other| Some(*other) == node)
            .unwrap_or(0);
        Some(own)
    }

    fn node(&self) -> Option<usize> {
        self.order.get(self.at).copied()
    }

    pub(super) fn is_listed(&self) -> bool {
        self.list.is_some()
    }

    pub(super) fn toggle_list(&mut self) {
        self.list = match self.list {
            Some(_) => None,
            None => Some(Page::default()),
        };
    }

    /// Scrolls the list, or chooses another box.
    pub(super) fn act(&mut self, command: Do) {
        let last = self.order.len().saturating_sub(1);
        match (command, &mut self.list) {
            (_, Some(list)) => {
                list.act(command);
            }
            (Do::Down | Do::NextField, None) => self.at = (self.at + 1).min(last),
            (Do::Up | Do::PreviousField, None) => self.at = self.at.saturating_sub(1),
            (Do::Top, None) => self.at = 0,
            (Do::Bottom, None) => self.at = last,
            _ => {}
        }
    }

    /// What the chosen box is joined to, in one line.
    pub(super) fn spoken(&self) -> String {
        let Some(node) = self.node() else {
            return "This picture has no boxes".to_owned();
        };
        let name = self.graph.name(End::Node(node));
        let arrows = diagram::around(&self.graph, node);
        let text = match arrows.is_empty() {
            true => format!("{name}: nothing leads to it or from it"),
            false => arrows.join(" · "),
        };
        format!(
            "{} of {}  {}",
            self.at + 1,
            self.order.len(),
            clean_line(&text)
        )
    }

    /// Puts the lit picture on the page, and the chosen box on the screen.
    pub(super) fn show(&self, sheet: &mut Sheet) {
        let Some(node) = self.node() else {
            return;
        };
        sheet.put_block(self.block, &self.picture.lit(&self.graph, node));
        let Some(block) = sheet.doc.blocks.get(self.block) else {
            return;
        };
        let row = self.picture.place(node).map_or(0, |(row, _)| row);
        let line = block.lines.start + row;
        sheet.bring_into_view(line);
    }

    pub(super) fn draw_list(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let Some(list) = &mut self.list else {
            return;
        };
        let inner = panel(frame, area, "The picture as a list", true, theme);
        let lines = diagram::list(&self.graph);
        let lines = lines.iter().flat_map(|line| hung(line, inner.width));
        list.lines = lines.collect();
        list.draw(frame, inner, theme);
    }
}

/// Wrapped, further lines indented.
fn hung(text: &str, width: u16) -> Vec<Line> {
    let rows = wrapped(text, width.saturating_sub(2), Role::Plain).into_iter();
    let rows = rows.enumerate().map(|(at, row)| {
        let lead = if at == 0 { "" } else { "  " };
        Line::plain(lead).with(&row.text(), Role::Plain)
    });
    rows.collect()
}
