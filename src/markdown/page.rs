//! Lines under each other: what encloses a block indents its lines, and one blank line separates
//! blocks.

use crate::text::{width, Line, Role, Span};

/// Cells that text always keeps; deeper nesting no longer indents.
const MIN_ROOM: usize = 10;

/// What was written last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum After {
    /// Nothing yet in this container.
    #[default]
    Nothing,
    /// Text that the next line of a list may follow at once.
    Text,
    Block,
}

/// How a block keeps its distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spacing {
    /// Follows text at once.
    Tight,
    /// A blank line comes between.
    Full,
}

#[derive(Debug)]
struct Level {
    /// Stands before the first line, then `rest` does.
    first: Option<Span>,
    rest: Span,
    width: usize,
}

#[derive(Debug)]
pub(super) struct Page {
    width: usize,
    lines: Vec<Line>,
    levels: Vec<Level>,
    /// Levels inside those, for which there was no room.
    hidden: usize,
    indent: usize,
    after: After,
    /// A blank line is due, inside this many levels.
    blank: Option<usize>,
}

impl Page {
    pub(super) fn new(width: usize) -> Self {
        Self {
            width,
            lines: Vec::new(),
            levels: Vec::new(),
            hidden: 0,
            indent: 0,
            after: After::Nothing,
            blank: None,
        }
    }

    pub(super) fn into_lines(self) -> Vec<Line> {
        self.lines
    }

    /// Cells that a line of a block may use.
    pub(super) fn room(&self) -> usize {
        self.width - self.indent
    }

    /// Cells before a line of a block.
    pub(super) fn margin(&self) -> usize {
        self.indent
    }

    pub(super) fn depth(&self) -> usize {
        self.levels.len() + self.hidden
    }

    /// Begins a block: a blank line comes before its first line if there is something to keep
    /// away from.
    pub(super) fn open(&mut self, spacing: Spacing) {
        let wanted = match spacing {
            Spacing::Tight => self.after == After::Block,
            Spacing::Full => self.after != After::Nothing,
        };
        if wanted && !self.lines.is_empty() {
            let depth = self.depth();
            self.blank = Some(self.blank.map_or(depth, |due| due.min(depth)));
        }
    }

    pub(super) fn close(&mut self, after: After) {
        self.after = after;
    }

    /// Puts `first`, then `rest` before the lines that follow. Where no room is left for that it
    /// gives back what should have stood before the first line.
    pub(super) fn indent(&mut self, first: Option<Span>, rest: Span) -> Option<Span> {
        self.after = After::Nothing;
        let cells = width(&rest.text);
        if self.hidden > 0 || self.room() < MIN_ROOM + cells {
            self.hidden += 1;
            return first;
        }
        self.indent += cells;
        self.levels.push(Level {
            first,
            rest,
            width: cells,
        });
        None
    }

    /// Ends the innermost indent; a marker that still waits for a line gets an empty one.
    pub(super) fn outdent(&mut self) {
        if self.awaits_line() {
            self.write([Line::new()]);
        }
        if self.after == After::Nothing {
            self.after = After::Text;
        }
        if self.hidden > 0 {
            self.hidden -= 1;
        } else if let Some(level) = self.levels.pop() {
            self.indent -= level.width;
        }
        let depth = self.depth();
        self.blank = self.blank.map(|due| due.min(depth));
    }

    /// Changes the marker of the innermost indent, if it still waits for a line and has room.
    pub(super) fn mark(&mut self, edit: impl FnOnce(&Span) -> Span) -> bool {
        if !self.awaits_line() {
            return false;
        }
        let room = self.room();
        let Some(level) = self.levels.last_mut() else {
            return false;
        };
        let Some(marker) = level.first.as_ref().map(edit) else {
            return false;
        };
        let cells = width(&marker.text);
        if room + level.width < MIN_ROOM + cells {
            return false;
        }
        self.indent = self.indent - level.width + cells;
        *level = Level {
            first: Some(marker),
            rest: Span::new(" ".repeat(cells), Role::Plain),
            width: cells,
        };
        true
    }

    /// Writes lines of at most [`Page::room`] cells; says where the first one went.
    pub(super) fn write(&mut self, lines: impl IntoIterator<Item = Line>) -> usize {
        if let Some(depth) = self.blank.take() {
            let mut blank = Line::new();
            for level in self.levels.iter().take(depth) {
                blank.push(&level.rest.text, level.rest.role);
            }
            trim(&mut blank);
            self.lines.push(blank);
        }
        let start = self.lines.len();
        for line in lines {
            let line = self.indented(line);
            self.lines.push(line);
        }
        start
    }

    /// Whether the marker of the innermost indent is still to come.
    fn awaits_line(&self) -> bool {
        let level = self.levels.last().filter(|_| self.hidden == 0);
        level.is_some_and(|level| level.first.is_some())
    }

    fn indented(&mut self, line: Line) -> Line {
        if self.levels.is_empty() {
            return line;
        }
        let mut out = Line::new();
        for level in &mut self.levels {
            let span = level.first.take();
            let span = span.as_ref().unwrap_or(&level.rest);
            out.push(&span.text, span.role);
        }
        if line.spans.iter().all(|span| span.text.is_empty()) {
            trim(&mut out);
        }
        for span in line.spans {
            out.push(&span.text, span.role);
        }
        out
    }
}

fn trim(line: &mut Line) {
    while let Some(last) = line.spans.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            break;
        }
        line.spans.pop();
    }
}
