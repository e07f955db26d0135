//! The event loop: one thread, draws when something changed, sleeps otherwise.

use super::command::{self, Do, Place};
use super::screen::{Context, Flow, Screen};
use super::screens::{Help, NoteEditor, Palette, Reader};
use super::signals::{self, Signals};
use super::terminal;
use super::theme::Theme;
use super::widgets::{centred, put, styled};
use crate::content::Page;
use crate::desk::Desk;
use crate::text::{self, Line, Role};
use chrono::{DateTime, Utc};
use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::Rect;
use ratatui::Frame;
use std::io;
use std::time::Duration;

/// Longest sleep: crossterm's poll does not wake for a signal.
const NAP: Duration = Duration::from_millis(500);
/// Smallest screen that shows everything that is needed.
const SMALLEST: (u16, u16) = (60, 18);

/// The running app: screens on top of each other, the lowest is home.
pub(super) struct App {
    desk: Desk,
    screens: Vec<Box<dyn Screen>>,
    theme: Theme,
    /// One line until the next key.
    said: Option<String>,
    dirty: bool,
    over: bool,
    clock: fn() -> DateTime<Utc>,
}

/// Something that needs the terminal for itself.
enum Loan {
    Text(String),
    File(std::path::PathBuf),
}

impl App {
    pub(super) fn new(
        desk: Desk,
        first: Vec<Box<dyn Screen>>,
        theme: Theme,
        clock: fn() -> DateTime<Utc>,
    ) -> Self {
        Self {
            desk,
            screens: first,
            theme,
            said: None,
            dirty: true,
            over: false,
            clock,
        }
    }

    /// Runs until the last screen is left or a signal ends it. Everything is saved when it returns.
    pub(super) fn run(mut self) -> io::Result<()> {
        let signals = signals::watch()?;
        let (mut screen, _guard) = terminal::take()?;
        let result = self.turn(&mut screen, &signals);
        self.save_all();
        result
    }

    fn turn(&mut self, screen: &mut terminal::Screen, signals: &Signals) -> io::Result<()> {
        while !self.over && !self.screens.is_empty() && !signals.end() {
            if signals.stop() {
                self.stop(screen)?;
            }
            if signals.woken() {
                *screen = terminal::enter()?;
                self.dirty = true;
            }
            if self.dirty {
                screen.draw(|frame| self.draw(frame))?;
                self.dirty = false;
            }
            if event::poll(self.patience())? {
                // Everything that waits is taken before the next draw.
                loop {
                    self.take(screen)?;
                    if self.over || !event::poll(Duration::ZERO)? {
                        break;
                    }
                }
            }
            self.wake(screen)?;
        }
        Ok(())
    }

    /// How long to sleep.
    fn patience(&self) -> Duration {
        let now = (self.clock)();
        let deadline = self.screens.last().and_then(|screen| screen.deadline(now));
        deadline
            .map_or(NAP, |at| (at - now).to_std().unwrap_or(Duration::ZERO))
            .min(NAP)
    }

    fn wake(&mut self, terminal: &mut terminal::Screen) -> io::Result<()> {
        let now = (self.clock)();
        let mut context = Context {
            desk: &mut self.desk,
            now,
        };
        if let Some((_, covered)) = self.screens.split_last_mut() {
            for screen in covered {
                screen.beneath(&mut context);
            }
        }
        let due = self.screens.last().and_then(|screen| screen.deadline(now));
        if due.is_some_and(|at| at <= now) {
            let flow = self.with_top(|screen, context| screen.tick(context));
            self.dirty = true;
            return self.follow(flow, terminal);
        }
        if self.desk.retry_unsaved(now) {
            self.dirty = true;
        }
        Ok(())
    }

    #[allow(clippy::disallowed_methods)] // the only reader
    fn take(&mut self, terminal: &mut terminal::Screen) -> io::Result<()> {
        match event::read()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => {
                self.dirty = true;
                self.said = None;
                self.press(line_feed_is_enter(key), terminal)
            }
            Event::Paste(text) => {
                self.dirty = true;
                let text = text.replace("\r\n", "\n").replace('\r', "\n");
                let text = text::clean(&text).into_owned();
                self.with_top(|screen, context| {
                    screen.paste(&text, context);
                    Flow::Stay
                });
                Ok(())
            }
            Event::Resize(_, _) => {
                self.dirty = true;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn press(&mut self, key: KeyEvent, terminal: &mut terminal::Screen) -> io::Result<()> {
        if key.code == KeyCode::Char('z') && key.modifiers.contains(KeyModifiers::CONTROL) {
            return self.stop(terminal);
        }
        let Some(top) = self.screens.last() else {
            return Ok(());
        };
        let (place, typing) = (top.place(), top.typing());
        match command::find(place, &key, typing) {
            Some(command) => self.command(command, terminal),
            None => {
                let flow = self.with_top(|screen, context| screen.key(key, context));
                self.follow(flow, terminal)
            }
        }
    }

    fn command(&mut self, command: Do, terminal: &mut terminal::Screen) -> io::Result<()> {
        let top = self.screens.last();
        let place = top.map_or(Place::Home, |screen| screen.place());
        let subject = top.and_then(|screen| screen.subject());
        let flow = match command {
            Do::Quit => Flow::Quit,
            Do::Help if place != Place::Help => Flow::Push(Box::new(Help::new(place))),
            Do::Palette => Flow::Push(Box::new(Palette::new(place))),
            Do::Notes if !matches!(place, Place::Notes | Place::Welcome) => {
                Flow::Push(Box::new(NoteEditor::new(subject)))
            }
            Do::GoHome => Flow::Home,
            Do::GoFramework => self.read(Page::Framework),
            Do::GoTransfer => self.read(Page::Transfer),
            Do::GoToolbox => self.read(Page::Toolbox),
            Do::GoReadingList => self.read(Page::Reading),
            _ => self.with_top(|screen, context| screen.act(command, context)),
        };
        self.follow(flow, terminal)
    }

    fn read(&mut self, page: Page) -> Flow {
        self.with_top(|_, context| Flow::Push(Box::new(Reader::new(context, page.id(), None))))
    }

    fn with_top(&mut self, act: impl FnOnce(&mut dyn Screen, &mut Context<'_>) -> Flow) -> Flow {
        let mut context = Context {
            desk: &mut self.desk,
            now: (self.clock)(),
        };
        match self.screens.last_mut() {
            Some(screen) => act(screen.as_mut(), &mut context),
            None => Flow::Quit,
        }
    }

    fn follow(&mut self, flow: Flow, terminal: &mut terminal::Screen) -> io::Result<()> {
        match flow {
            Flow::Stay => {}
            Flow::Push(screen) => {
                self.with_top(|screen, context| {
                    screen.covered(context);
                    Flow::Stay
                });
                self.screens.push(screen);
            }
            Flow::Replace(screen) => {
                self.pop();
                self.screens.push(screen);
            }
            Flow::Pop => {
                self.pop();
                self.resume();
            }
            Flow::Home => {
                while self.screens.len() > 1 {
                    self.pop();
                }
                self.resume();
            }
            Flow::Say(line) => self.said = Some(line),
            Flow::Edit(text) => return self.edit(Loan::Text(text), terminal),
            Flow::EditFile(path) => return self.edit(Loan::File(path), terminal),
            Flow::Quit => self.over = true,
            Flow::Command(command) => {
                self.pop();
                self.resume();
                return self.command(command, terminal);
            }
        }
        Ok(())
    }

    fn pop(&mut self) {
        let mut context = Context {
            desk: &mut self.desk,
            now: (self.clock)(),
        };
        if let Some(mut screen) = self.screens.pop() {
            screen.leave(&mut context);
        }
    }

    fn resume(&mut self) {
        let mut context = Context {
            desk: &mut self.desk,
            now: (self.clock)(),
        };
        if let Some(screen) = self.screens.last_mut() {
            screen.resumed(&mut context);
        }
    }

    fn save_all(&mut self) {
        while !self.screens.is_empty() {
            self.pop();
        }
        self.desk.retry_unsaved((self.clock)());
    }

    /// Ctrl-Z: the shell gets its terminal, and we come back with `fg`.
    fn stop(&mut self, terminal: &mut terminal::Screen) -> io::Result<()> {
        terminal::lend(terminal, signals::stop_here)?;
        self.dirty = true;
        Ok(())
    }

    fn edit(&mut self, loan: Loan, terminal: &mut terminal::Screen) -> io::Result<()> {
        let result = terminal::lend(terminal, || match loan {
            Loan::Text(text) => super::external::edit_text(&text),
            Loan::File(path) => super::external::edit_file(&path),
        })?;
        self.dirty = true;
        match result {
            Ok(text) => {
                let flow = self.with_top(|screen, context| screen.edited(text, context));
                self.follow(flow, terminal)
            }
            Err(fault) => {
                self.said = Some(fault);
                Ok(())
            }
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>) {
        #[cfg(debug_assertions)]
        panic_if_asked();
        let area = frame.area();
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            let text = format!(
                "greenroom needs {} × {}; this is {} × {}",
                SMALLEST.0, SMALLEST.1, area.width, area.height
            );
            centred(frame, area, &text);
            return;
        }
        let theme = self.theme;
        let now = (self.clock)();
        let unsaved = self.desk.unsaved_line();
        let Some(screen) = self.screens.last_mut() else {
            return;
        };
        let context = Context {
            desk: &mut self.desk,
            now,
        };
        let (place, typing) = (screen.place(), screen.typing());
        header(frame, area, &screen.title(), &context, theme);
        let banner = u16::from(unsaved.is_some());
        if let Some(line) = &unsaved {
            put(frame, area, 1, &Line::of(line, Role::Bad), theme);
        }
        let body = Rect::new(
            area.x,
            area.y + 1 + banner,
            area.width,
            area.height - 2 - banner,
        );
        screen.draw(frame, body, theme, &context);
        let bottom = Rect::new(area.x, area.bottom() - 1, area.width, 1);
        match &self.said {
            Some(said) => put(
                frame,
                bottom,
                0,
                &Line::of(format!(" {said}"), Role::Accent),
                theme,
            ),
            None => frame.render_widget(styled(&footer(place, typing, area.width), theme), bottom),
        }
    }
}

/// The tests see that the terminal is restored after a panic.
#[cfg(debug_assertions)]
#[allow(clippy::panic)] // that is what it is for
fn panic_if_asked() {
    if std::env::var_os("GREENROOM_TEST_PANIC").is_some() {
        panic!("asked to panic");
    }
}

fn header(frame: &mut Frame<'_>, area: Rect, title: &str, context: &Context<'_>, theme: Theme) {
    let right = context.desk.date_line(context.now);
    let room = usize::from(area.width).saturating_sub(text::width(&right) + 3);
    let left = text::truncate(&text::clean_line(title), room);
    let gap = usize::from(area.width).saturating_sub(text::width(&left) + text::width(&right) + 2);
    let line = Line::of(format!(" {left}"), Role::Accent)
        .with(&" ".repeat(gap), Role::Plain)
        .with(&right, Role::Faint);
    put(frame, area, 0, &line, theme);
}

/// A line feed comes as Ctrl-J: from a paste into a terminal without bracketed paste, and from a
/// pseudo-terminal that is closed. To the text area it would mean to delete the line.
fn line_feed_is_enter(key: KeyEvent) -> KeyEvent {
    match (key.code, key.modifiers) {
        (KeyCode::Char('j'), KeyModifiers::CONTROL) => {
            KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)
        }
        _ => key,
    }
}

/// The keys of the place, as many as fit; help and back always do.
fn footer(place: Place, typing: bool, width: u16) -> Line {
    let mut own = Vec::new();
    let mut fixed = Vec::new();
    for command in command::footer(place) {
        let Some(key) = command::shown_key(command, typing) else {
            continue;
        };
        if command.footer < 90 {
            own.push((key, command.short));
        } else if place != Place::Home || command.id != Do::Back {
            fixed.push((key, command.short));
        } else {
            fixed.push(("q", "quit"));
        }
    }
    let size = |(key, short): &(&str, &str)| text::width(key) + text::width(short) + 3;
    let mut left = usize::from(width).saturating_sub(1 + fixed.iter().map(size).sum::<usize>());
    let mut line = Line::plain(" ");
    let shown = own.into_iter().take_while(|entry| {
        let fits = size(entry) <= left;
        left = left.saturating_sub(size(entry));
        fits
    });
    let all: Vec<(&str, &str)> = shown.chain(fixed).collect();
    for (key, short) in all {
        line.push(key, Role::Accent);
        line.push(&format!(" {short}  "), Role::Faint);
    }
    line
}

#[cfg(test)]
mod tests;
