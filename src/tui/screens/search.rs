//! Search in everything, as you type.

use super::{DrillScreen, Notes, Reader};
use crate::desk::{Found, Target};
use crate::text::{self, Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{columns, panel, put_lines, styled, wrapped, Input};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::Frame;

/// Rows of one result.
const ROWS: usize = 2;
/// Cells before a snippet.
const INDENT: usize = 12;

/// Search in everything.
pub(in crate::tui) struct Search {
    input: Input,
    found: Vec<Found>,
    at: usize,
    top: usize,
    /// Results that fit on the screen.
    fit: usize,
}

impl Search {
    /// With the words that were typed elsewhere.
    pub(in crate::tui) fn with(context: &mut Context<'_>, words: &str) -> Self {
        let mut search = Self::new(context);
        search.input.insert(words);
        search.search(context);
        search
    }

    pub(in crate::tui) fn new(_: &Context<'_>) -> Self {
        Self {
            input: Input::default(),
            found: Vec::new(),
            at: 0,
            top: 0,
            fit: 1,
        }
    }

    fn search(&mut self, context: &mut Context<'_>) {
        self.found = context.desk.search(&self.input.text());
        self.at = 0;
        self.top = 0;
    }

    fn shift(&mut self, by: isize) {
        let last = self.found.len().saturating_sub(1);
        self.at = self.at.saturating_add_signed(by).min(last);
    }

    fn draw_results(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        self.fit = (usize::from(area.height) / ROWS).max(1);
        if self.at < self.top {
            self.top = self.at;
        }
        if self.at >= self.top + self.fit {
            self.top = self.at + 1 - self.fit;
        }
        let shown = self.found.iter().enumerate().skip(self.top).take(self.fit);
        for (row, (at, found)) in (0u16..).step_by(ROWS).zip(shown) {
            let place = Rect {
                y: area.y + row,
                height: 1,
                ..area
            };
            let mark = if at == self.at { "▸" } else { " " };
            let head = columns(&[
                (mark, 1, Role::Accent),
                (found.kind.id(), INDENT - 3, Role::Faint),
                (&found.title, 0, Role::Strong),
            ]);
            frame.render_widget(styled(&head, theme), place);
            if at == self.at {
                frame.buffer_mut().set_style(place, theme.selected());
            }
            if row + 1 < area.height {
                let place = Rect {
                    x: place.x + INDENT as u16,
                    y: place.y + 1,
                    width: place.width.saturating_sub(INDENT as u16),
                    height: 1,
                };
                draw_snippet(frame, place, found, theme);
            }
        }
    }
}

/// The screen that a result leads to, at the place with these words; or why there is none.
pub(super) fn screen_of(
    found: &Found,
    words: &str,
    context: &mut Context<'_>,
) -> Result<Box<dyn Screen>, String> {
    let (page, step, anchor) = match &found.target {
        Target::Read {
            case, step, anchor, ..
        } => (case, *step, anchor.as_deref()),
        Target::Page { page, anchor } => (page, None, Some(anchor.as_str())),
        Target::Drill { drill } => {
            let session = context.desk.start_one(drill, context.now);
            let session = session.map_err(|fault| fault.to_string())?;
            return Ok(Box::new(DrillScreen::new(session)));
        }
        Target::Note { note } => return Ok(Box::new(Notes::at(context, note))),
    };
    let mut reader = Reader::new(context, page, step);
    if let Some(anchor) = anchor {
        reader.go_to(anchor, words);
    }
    Ok(Box::new(reader))
}

/// One line of the text around the hit, the hits marked.
fn draw_snippet(frame: &mut Frame<'_>, area: Rect, found: &Found, theme: Theme) {
    let shown = text::truncate(&found.snippet, usize::from(area.width));
    frame.render_widget(styled(&Line::plain(shown.clone()), theme), area);
    for (from, to) in &found.hits {
        let (Some(before), Some(hit)) = (shown.get(..*from), shown.get(*from..*to)) else {
            continue;
        };
        let x = area.x + text::width(before) as u16;
        let width = text::width(hit) as u16;
        let place = Rect::new(x, area.y, width, 1).intersection(area);
        frame.buffer_mut().set_style(place, theme.found());
    }
}

impl Screen for Search {
    fn place(&self) -> Place {
        Place::Search
    }

    fn title(&self) -> String {
        match self.found.len() {
            0 => "Search".to_owned(),
            count => format!("Search · {} of {count}", self.at + 1),
        }
    }

    fn typing(&self) -> bool {
        true
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, _: &Context<'_>) {
        let inner = panel(frame, area, "Search in everything", true, theme);
        self.input.draw(frame, inner, "/ ", true, theme);
        let below = Rect {
            y: inner.y + 2,
            height: inner.height.saturating_sub(2),
            ..inner
        };
        if self.found.is_empty() {
            let text = if self.input.text().trim().is_empty() {
                "Cases, breakdowns, drills, tools, the reading list and your notes; answers of drills \
                 once you have given yours, and the interviewer's facts of a case once you have \
                 tried it. Words may be cut short or misspelt: calib and clibration find \
                 calibration."
            } else {
                "Nothing holds all of these words."
            };
            put_lines(
                frame,
                below,
                &wrapped(text, below.width, Role::Faint),
                theme,
            );
            return;
        }
        self.draw_results(frame, below, theme);
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        match command {
            Do::Open => {
                let Some(found) = self.found.get(self.at) else {
                    return Flow::Stay;
                };
                return match screen_of(found, &self.input.text(), context) {
                    Ok(screen) => Flow::Push(screen),
                    Err(fault) => Flow::Say(fault),
                };
            }
            Do::PageUp => self.shift(-(self.fit as isize)),
            Do::PageDown => self.shift(self.fit as isize),
            Do::Up => self.shift(-1),
            Do::Down => self.shift(1),
            Do::Back => return Flow::Pop,
            _ => {}
        }
        Flow::Stay
    }

    fn key(&mut self, key: KeyEvent, context: &mut Context<'_>) -> Flow {
        match key.code {
            KeyCode::Up => self.shift(-1),
            KeyCode::Down => self.shift(1),
            _ => {
                if self.input.key(key) {
                    self.search(context);
                }
            }
        }
        Flow::Stay
    }

    fn paste(&mut self, text: &str, context: &mut Context<'_>) {
        self.input.insert(text);
        self.search(context);
    }

    fn resumed(&mut self, context: &mut Context<'_>) {
        let at = self.at;
        self.search(context);
        self.at = at.min(self.found.len().saturating_sub(1));
    }
}
