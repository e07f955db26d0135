//! Notes: the list, and the editor that opens over any screen.

use crate::desk::Written;
use crate::text::{self, Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{columns, panel, put, put_lines, wrapped, Editor, Input, List};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::Frame;

/// All notes, the newest first.
pub(in crate::tui) struct Notes {
    all: Vec<Written>,
    /// Titles of the subjects, as long as `all`.
    subjects: Vec<String>,
    /// Places in `all` of those that the filter leaves.
    shown: Vec<usize>,
    list: List,
    filter: Input,
    filtering: bool,
    /// The note that is about to be deleted.
    deleting: Option<String>,
}

impl Notes {
    pub(in crate::tui) fn new(context: &Context<'_>) -> Self {
        let mut notes = Self {
            all: Vec::new(),
            subjects: Vec::new(),
            shown: Vec::new(),
            list: List::default(),
            filter: Input::default(),
            filtering: false,
            deleting: None,
        };
        notes.load(context);
        notes
    }

    /// The list with one note chosen.
    pub(in crate::tui) fn at(context: &Context<'_>, note: &str) -> Self {
        let mut notes = Self::new(context);
        let place = notes.all.iter().position(|own| own.note == note);
        notes.list.at = place.unwrap_or(0);
        notes
    }

    fn load(&mut self, context: &Context<'_>) {
        self.all = context.desk.notes();
        let title = |note: &Written| subject_title(context, &note.subject);
        self.subjects = self.all.iter().map(title).collect();
        self.apply_filter();
    }

    fn apply_filter(&mut self) {
        let wanted = self.filter.text().to_lowercase();
        let holds = |at: &usize| {
            let note = self.all.get(*at).map_or("", |note| &note.text);
            let subject = self.subjects.get(*at).map_or("", String::as_str);
            let text = format!("{subject} {note}").to_lowercase();
            wanted.split_whitespace().all(|word| text.contains(word))
        };
        self.shown = (0..self.all.len()).filter(holds).collect();
    }

    fn chosen(&self) -> Option<&Written> {
        self.all.get(*self.shown.get(self.list.at)?)
    }

    fn rows(&self, context: &Context<'_>) -> Vec<Line> {
        let zone = context.desk.model().zone();
        let row = |at: &usize| {
            let note = self.all.get(*at)?;
            let subject = self.subjects.get(*at)?;
            let date = note.at.with_timezone(&zone).format("%-d %b").to_string();
            let first = note.text.lines().find(|line| !line.trim().is_empty());
            Some(columns(&[
                (&date, 6, Role::Faint),
                (subject, 20, Role::Accent),
                (first.unwrap_or("").trim(), 0, Role::Plain),
            ]))
        };
        self.shown.iter().filter_map(row).collect()
    }

    fn draw_filter(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let line = Rect { height: 1, ..area };
        if self.filtering || !self.filter.is_empty() {
            self.filter.draw(frame, line, "/ ", self.filtering, theme);
        }
    }
}

impl Screen for Notes {
    fn place(&self) -> Place {
        match self.deleting {
            Some(_) => Place::Confirm,
            None => Place::Notes,
        }
    }

    fn title(&self) -> String {
        match (self.shown.len(), self.all.len()) {
            (shown, all) if shown == all => format!("Notes · {all}"),
            (shown, all) => format!("Notes · {shown} of {all}"),
        }
    }

    fn typing(&self) -> bool {
        self.filtering
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>) {
        let below = (area.height / 3).clamp(5, 14);
        let upper = Rect {
            height: area.height - below,
            ..area
        };
        let mut inner = panel(frame, upper, "Notes", true, theme);
        if self.filtering || !self.filter.is_empty() {
            self.draw_filter(frame, inner, theme);
            inner.y += 1;
            inner.height = inner.height.saturating_sub(1);
        }
        if self.shown.is_empty() {
            let text = if self.all.is_empty() {
                "No notes yet. F9 writes one from any screen, n one here."
            } else {
                "No note holds these words. Esc shows all of them again."
            };
            put_lines(
                frame,
                inner,
                &wrapped(text, inner.width, Role::Faint),
                theme,
            );
        }
        let rows = self.rows(context);
        self.list.draw(frame, inner, &rows, true, theme);
        let lower = Rect {
            y: upper.bottom(),
            height: below,
            ..area
        };
        if self.deleting.is_some() {
            let inner = panel(frame, lower, "Delete this note?", true, theme);
            let text = self.chosen().map_or("", |note| note.text.as_str());
            put_lines(
                frame,
                inner,
                &wrapped(text, inner.width, Role::Plain),
                theme,
            );
            let line = Line::of("y deletes it, n keeps it", Role::Warn);
            let last = inner.height.saturating_sub(1);
            let clear = Line::plain(" ".repeat(usize::from(inner.width)));
            put(frame, inner, last, &clear, theme);
            put(frame, inner, last, &line, theme);
        } else if let Some(note) = self.chosen() {
            let inner = panel(frame, lower, "", false, theme);
            let lines = wrapped(&note.text, inner.width, Role::Plain);
            put_lines(frame, inner, &lines, theme);
        } else {
            panel(frame, lower, "", false, theme);
        }
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        if let Some(note) = self.deleting.clone() {
            match command {
                Do::Yes => {
                    context.desk.remove_note(&note, context.now);
                    self.deleting = None;
                    self.load(context);
                    return Flow::Say("The note is deleted".to_owned());
                }
                Do::No | Do::Back => self.deleting = None,
                _ => {}
            }
            return Flow::Stay;
        }
        if self.list.act(command, self.shown.len()) {
            return Flow::Stay;
        }
        match command {
            Do::Open => match self.chosen().cloned() {
                Some(note) => {
                    self.filtering = false;
                    Flow::Push(Box::new(NoteEditor::of(note)))
                }
                None => Flow::Stay,
            },
            Do::New => Flow::Push(Box::new(NoteEditor::new(None))),
            Do::Delete => {
                self.deleting = self.chosen().map(|note| note.note.clone());
                Flow::Stay
            }
            Do::Find => {
                self.filtering = true;
                Flow::Stay
            }
            Do::Back if self.filtering || !self.filter.is_empty() => {
                self.filtering = false;
                self.filter.clear();
                self.apply_filter();
                Flow::Stay
            }
            Do::Back => Flow::Pop,
            _ => Flow::Stay,
        }
    }

    fn key(&mut self, key: KeyEvent, _: &mut Context<'_>) -> Flow {
        if !self.filtering {
            return Flow::Stay;
        }
        match key.code {
            KeyCode::Up => {
                self.list.act(Do::Up, self.shown.len());
            }
            KeyCode::Down => {
                self.list.act(Do::Down, self.shown.len());
            }
            _ => {
                if self.filter.key(key) {
                    self.list.at = 0;
                    self.apply_filter();
                }
            }
        }
        Flow::Stay
    }

    fn paste(&mut self, text: &str, _: &mut Context<'_>) {
        if self.filtering {
            self.filter.insert(text);
            self.apply_filter();
        }
    }

    fn resumed(&mut self, context: &mut Context<'_>) {
        self.load(context);
    }
}

/// The title of the case that a note is about; nothing for a note about nothing special.
fn subject_title(context: &Context<'_>, subject: &str) -> String {
    let head = context.desk.library.case_head(subject);
    head.map_or_else(|| subject.to_owned(), |head| head.title.clone())
}

/// Writing a note over another screen.
pub(in crate::tui) struct NoteEditor {
    /// The note that is changed; a new one without.
    note: Option<String>,
    subject: String,
    /// As it is on disk.
    saved: String,
    editor: Editor,
}

impl NoteEditor {
    pub(in crate::tui) fn new(subject: Option<String>) -> Self {
        Self {
            note: None,
            subject: subject.unwrap_or_default(),
            saved: String::new(),
            editor: Editor::new(""),
        }
    }

    /// Changes a note.
    fn of(note: Written) -> Self {
        Self {
            note: Some(note.note),
            subject: note.subject,
            editor: Editor::new(&note.text),
            saved: note.text,
        }
    }

    /// Writes the note when it was changed. One that was emptied stays as it was: deleting asks.
    fn save(&mut self, context: &mut Context<'_>) {
        let text = self.editor.text();
        let text = text.trim_end();
        if text.trim().is_empty() || text == self.saved.trim_end() {
            return;
        }
        context
            .desk
            .write_note(self.note.clone(), &self.subject, text, context.now);
        text.clone_into(&mut self.saved);
    }
}

impl Screen for NoteEditor {
    fn place(&self) -> Place {
        Place::NoteEditor
    }

    fn title(&self) -> String {
        match self.note {
            Some(_) => "Note".to_owned(),
            None => "New note".to_owned(),
        }
    }

    fn subject(&self) -> Option<String> {
        Some(self.subject.clone()).filter(|subject| !subject.is_empty())
    }

    fn typing(&self) -> bool {
        true
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>) {
        let about = subject_title(context, &self.subject);
        let title = if about.is_empty() {
            "Note".to_owned()
        } else {
            format!("Note on {}", text::clean_line(&about))
        };
        let inner = panel(frame, area, &title, true, theme);
        self.editor
            .draw(frame, inner, true, theme, "Write; Esc saves and closes.");
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        match command {
            Do::Back => {
                // Popping saves; what is under this may read it, so it is saved first.
                self.save(context);
                Flow::Pop
            }
            Do::Editor => Flow::Edit(self.editor.text()),
            _ => Flow::Stay,
        }
    }

    fn key(&mut self, key: KeyEvent, _: &mut Context<'_>) -> Flow {
        self.editor.key(key);
        Flow::Stay
    }

    fn paste(&mut self, text: &str, _: &mut Context<'_>) {
        self.editor.insert(text);
    }

    fn edited(&mut self, text: String, _: &mut Context<'_>) -> Flow {
        self.editor = Editor::new(text.trim_end());
        Flow::Stay
    }

    fn leave(&mut self, context: &mut Context<'_>) {
        self.save(context);
    }
}
