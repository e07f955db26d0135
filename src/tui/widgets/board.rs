//! The whiteboard: flowchart text, drawn while it is typed.

use super::draw::{panel, put, put_lines, wrapped};
use super::Editor;
use crate::diagram::{self, Fault};
use crate::text::{self, Line, Role};
use crate::tui::theme::Theme;
use crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;
use ratatui::Frame;
use std::sync::mpsc::{channel, Receiver, TryRecvError};

const HINT: &str = "user -> kafka -> \"feature store\" -> serving";
/// From this width on the drawing stands beside its text.
const WIDE: u16 = 106;
/// Cells of the numbers before the lines.
const GUTTER: u16 = 3;
/// Lines of what is wrong.
const FAULT_LINES: usize = 2;

/// A text with its drawing.
#[derive(Debug)]
pub(in crate::tui) struct Board {
    /// What stands over it while it is worked on.
    title: &'static str,
    editor: Editor,
    picture: Picture,
    /// First line of the drawing that is shown while it is worked on.
    top: usize,
}

impl Board {
    pub(in crate::tui) fn new(text: &str) -> Self {
        Self {
            title: "Whiteboard · F3 back to the notes",
            editor: Editor::new(text),
            picture: Picture::default(),
            top: 0,
        }
    }

    /// An empty one under a title of its own.
    pub(in crate::tui) fn titled(title: &'static str) -> Self {
        Self {
            title,
            ..Self::new("")
        }
    }

    /// The line under the cursor.
    pub(in crate::tui) fn line(&self) -> String {
        self.editor.line()
    }

    pub(in crate::tui) fn text(&self) -> String {
        self.editor.text()
    }

    pub(in crate::tui) fn is_empty(&self) -> bool {
        self.editor.is_empty()
    }

    pub(in crate::tui) fn insert(&mut self, more: &str) {
        self.editor.insert(more);
    }

    /// Takes a key; true when the text may have changed.
    pub(in crate::tui) fn key(&mut self, key: KeyEvent) -> bool {
        self.editor.key(key)
    }

    /// Whether a drawing is being made: look again soon.
    pub(in crate::tui) fn is_pending(&self) -> bool {
        self.picture.is_pending()
    }

    /// Moves the drawing where it is longer than its room.
    pub(in crate::tui) fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by);
    }

    /// Rows that the drawing takes in a panel of this width.
    pub(in crate::tui) fn drawn_rows(&mut self, width: u16) -> u16 {
        let text = self.editor.text();
        let lines = self.picture.lines(&text, width.saturating_sub(4));
        u16::try_from(lines.len()).unwrap_or(u16::MAX)
    }

    /// Rows that text and drawing take together in a panel of this width.
    pub(in crate::tui) fn rows(&mut self, width: u16) -> u16 {
        let drawn = self.drawn_rows(width);
        let width = width.saturating_sub(4);
        let faults = self.fault_lines(width).len() as u16;
        drawn
            .saturating_add(self.written_rows(width))
            .saturating_add(faults)
    }

    fn written_rows(&self, width: u16) -> u16 {
        let room = width.saturating_sub(GUTTER + 1).max(1);
        let lines = text::wrap(&self.editor.text(), usize::from(room));
        u16::try_from(lines.len()).unwrap_or(u16::MAX - 1) + 1
    }

    /// What is wrong with the text, in a line or two.
    fn fault_lines(&self, width: u16) -> Vec<Line> {
        let Some(fault) = self.picture.fault() else {
            return Vec::new();
        };
        let mut lines = wrapped(&fault.to_string(), width, Role::Bad);
        lines.truncate(FAULT_LINES);
        lines
    }

    pub(in crate::tui) fn draw(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        focus: bool,
        theme: Theme,
    ) {
        if focus {
            self.draw_open(frame, area, theme);
            return;
        }
        let inner = panel(frame, area, "Whiteboard", false, theme);
        let written = self.editor.text();
        if written.trim().is_empty() {
            let hint = text::wrap(&format!("F3: {HINT}"), usize::from(inner.width));
            let lines = hint.into_iter().map(|line| Line::of(line, Role::Faint));
            put_lines(frame, inner, &lines.collect::<Vec<_>>(), theme);
            return;
        }
        let lines = self.picture.lines(&written, inner.width);
        put_lines(frame, inner, lines, theme);
        last_line(frame, inner, lines.len(), "F3", theme);
    }

    /// With the text to work on: beside the drawing where there is room, else above it. What is
    /// wrong stands under the text, and its line is marked.
    fn draw_open(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let inner = panel(frame, area, self.title, true, theme);
        let text = self.editor.text();
        let left = inner.width * 2 / 5;
        let beside = inner.width >= WIDE;
        let room = if beside {
            inner.width - left - 2
        } else {
            inner.width
        };
        let lines = self.picture.lines(&text, room).to_vec();
        let faults = self.fault_lines(if beside { left } else { inner.width });
        let (writing, drawing) = if beside {
            let writing = Rect {
                width: left,
                ..inner
            };
            let drawing = Rect {
                x: inner.right() - room,
                width: room,
                ..inner
            };
            (writing, drawing)
        } else {
            let most = (inner.height / 2).max(2);
            let wanted = self.written_rows(inner.width).clamp(2, most) + faults.len() as u16;
            let upper = wanted.min(inner.height);
            let writing = Rect {
                height: upper,
                ..inner
            };
            let drawing = Rect {
                y: inner.y + upper,
                height: inner.height - upper,
                ..inner
            };
            (writing, drawing)
        };
        let height = usize::from(drawing.height);
        self.top = self.top.min(lines.len().saturating_sub(height));
        let shown = lines.get(self.top..).unwrap_or_default();
        put_lines(frame, drawing, shown, theme);
        last_line(frame, drawing, shown.len(), "pgdn", theme);
        let below = (faults.len() as u16).min(writing.height.saturating_sub(1));
        let writing = Rect {
            height: writing.height - below,
            ..writing
        };
        let faulty = self.picture.fault().map(|fault| fault.line);
        self.editor
            .draw_numbered(frame, writing, faulty, theme, HINT);
        let under = Rect {
            y: writing.bottom(),
            height: below,
            ..writing
        };
        put_lines(frame, under, &faults, theme);
    }
}

/// Says how much does not fit, over the last line that does.
fn last_line(frame: &mut Frame<'_>, area: Rect, count: usize, key: &str, theme: Theme) {
    let height = usize::from(area.height);
    if count <= height || height == 0 {
        return;
    }
    let last = Rect {
        y: area.bottom() - 1,
        height: 1,
        ..area
    };
    frame.render_widget(Clear, last);
    let more = format!("… {} more lines: {key}", count - height + 1);
    put(frame, last, 0, &Line::of(more, Role::Faint), theme);
}

/// What came of a text.
type Drawn = Result<Vec<Line>, Fault>;

/// The drawing of a whiteboard's text within a width, or why there is none.
fn board_lines(text: &str, width: u16) -> Drawn {
    let graph = diagram::read(text)?;
    Ok(diagram::draw(&graph, usize::from(width.max(1))))
}

/// Text of more bytes than this is drawn in the background: a large drawing takes longer than a
/// key may.
const SMALL: usize = 120;

/// A drawing that is only made again when its text or its width changes. While the text does not
/// read as a flowchart, the last drawing stays.
#[derive(Debug, Default)]
struct Picture {
    text: String,
    width: u16,
    lines: Vec<Line>,
    fault: Option<Fault>,
    job: Option<Job>,
}

/// A drawing that is being made.
#[derive(Debug)]
struct Job {
    text: String,
    width: u16,
    result: Receiver<Drawn>,
}

impl Job {
    /// None when no thread can be had.
    fn start(text: &str, width: u16) -> Option<Self> {
        let (sender, result) = channel();
        let own = text.to_owned();
        let drawing = std::thread::Builder::new().name("whiteboard".to_owned());
        let started = drawing.spawn(move || {
            // Nobody may be waiting any more.
            let _ = sender.send(board_lines(&own, width));
        });
        started.ok().map(|_| Self {
            text: text.to_owned(),
            width,
            result,
        })
    }
}

impl Picture {
    fn lines(&mut self, text: &str, width: u16) -> &[Line] {
        self.collect();
        let text = text::clean(text);
        if self.text == text && self.width == width {
            return &self.lines;
        }
        if text.trim().is_empty() {
            self.take(&text, width, Ok(Vec::new()));
        } else if self.job.is_none() {
            self.job = (text.len() > SMALL)
                .then(|| Job::start(&text, width))
                .flatten();
            if self.job.is_none() {
                self.take(&text, width, board_lines(&text, width));
            }
        }
        &self.lines
    }

    fn is_pending(&self) -> bool {
        self.job.is_some()
    }

    /// Takes a drawing over that was made in the background.
    fn collect(&mut self) {
        let Some(job) = self.job.take() else {
            return;
        };
        match job.result.try_recv() {
            Ok(drawn) => self.take(&job.text, job.width, drawn),
            Err(TryRecvError::Empty) => self.job = Some(job),
            Err(TryRecvError::Disconnected) => {
                let fault = Fault {
                    line: 1,
                    column: 1,
                    message: "this cannot be drawn".to_owned(),
                };
                self.take(&job.text, job.width, Err(fault));
            }
        }
    }

    fn take(&mut self, text: &str, width: u16, drawn: Drawn) {
        match drawn {
            Ok(lines) => {
                self.lines = lines;
                self.fault = None;
            }
            Err(fault) => {
                // A picture for another width would be cut.
                if self.width != width || self.lines.is_empty() {
                    self.lines = typed(text, width);
                }
                self.fault = Some(fault);
            }
        }
        self.text = text.to_owned();
        self.width = width;
    }

    /// Why the newest text is not drawn.
    fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }
}

/// The text as it stands, for what cannot be drawn.
fn typed(text: &str, width: u16) -> Vec<Line> {
    text::wrap(text, usize::from(width.max(1)))
        .into_iter()
        .map(Line::plain)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::backend::TestBackend;
    use ratatui::style::Modifier;
    use ratatui::Terminal;

    /// The screen, and the text of the cells that are reversed in its left gutter.
    fn screen(board: &mut Board, width: u16) -> (String, String) {
        let mut terminal = Terminal::new(TestBackend::new(width, 16)).unwrap();
        let draw = |frame: &mut Frame<'_>| {
            let area = frame.area();
            board.draw(frame, area, true, Theme::Mono);
        };
        terminal.draw(draw).unwrap();
        let buffer = terminal.backend().buffer().clone();
        let marked = |y: u16| (1..5).filter_map(move |x| Some((x, y)));
        let marked = (0..16).flat_map(marked).filter_map(|at| buffer.cell(at));
        let marked = marked.filter(|cell| cell.modifier.contains(Modifier::REVERSED));
        (
            terminal.backend().to_string(),
            marked.map(|cell| cell.symbol()).collect(),
        )
    }

    #[test]
    fn a_fault_stands_at_its_line_and_the_last_good_picture_stays() {
        for width in [80, 120] {
            let mut board = Board::new("user -> kafka");
            assert!(screen(&mut board, width).0.contains('▸'));
            board.insert("\nkafka -> \"sto");
            let (shown, marked) = screen(&mut board, width);
            assert!(shown.contains('▸'), "{shown}");
            assert!(shown.contains("line 2"), "{shown}");
            assert_eq!(marked.trim(), "2", "{shown}");
            board.insert("re\"");
            let (shown, marked) = screen(&mut board, width);
            assert!(
                shown.contains("│ store") || shown.contains("store"),
                "{shown}"
            );
            assert_eq!(marked.trim(), "", "{shown}");
        }
    }

    #[test]
    fn the_last_drawing_stays_while_the_text_is_half_typed() {
        let mut board = Picture::default();
        let drawn = board.lines("user -> kafka", 60).to_vec();
        assert!(drawn.iter().any(|line| line.text().contains('▸')));
        let broken = "flowchart LR\n a[user --> ";
        assert_eq!(board.lines(broken, 60), drawn);
        assert!(board.fault().is_some());
        assert_eq!(board.lines(broken, 50), typed(broken, 50));
        assert!(board.lines(" ", 50).is_empty());
    }

    #[test]
    fn a_large_drawing_is_made_in_the_background() {
        let mut board = Picture::default();
        let text = String::from("user -> gateway -> retrieval -> ranker\n")
            + &"stream -> \"feature store\" -> ranker\n".repeat(4);
        assert!(text.len() > SMALL);
        assert!(board.lines(&text, 60).is_empty());
        assert!(board.is_pending());
        for _ in 0..500 {
            if !board.lines(&text, 60).is_empty() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        assert!(!board.is_pending());
        let drawn: String = board.lines(&text, 60).iter().map(Line::text).collect();
        assert!(drawn.contains("gateway") && drawn.contains("ranker"));
    }
}
