//! All commands by name, then what search finds: type, Enter.

use super::search::screen_of;
use crate::desk::Found;
use crate::text::{Line, Role};
use crate::tui::command::{Command, Do, Place, COMMANDS};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{columns, panel, Input, List};
use crossterm::event::{KeyCode, KeyEvent};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::layout::Rect;
use ratatui::Frame;

/// Letters from which content is searched too, and most results of it.
const LETTERS: usize = 2;
const CONTENT: usize = 8;

/// A line of the palette.
enum Row {
    Command(&'static Command),
    Found(Found),
}

impl Row {
    fn line(&self) -> Line {
        match self {
            Self::Command(command) => columns(&[
                (command.keys.first().unwrap_or(&""), 12, Role::Accent),
                (command.help, 0, Role::Plain),
            ]),
            Self::Found(found) => columns(&[
                (found.kind.id(), 12, Role::Faint),
                (
                    &format!("{}  {}", found.title, found.snippet),
                    0,
                    Role::Plain,
                ),
            ]),
        }
    }
}

/// The palette over another screen.
pub(in crate::tui) struct Palette {
    place: Place,
    input: Input,
    list: List,
    found: Vec<Row>,
}

impl Palette {
    pub(in crate::tui) fn new(place: Place) -> Self {
        let mut palette = Self {
            place,
            input: Input::default(),
            list: List::default(),
            found: Vec::new(),
        };
        palette.found = palette.commands();
        palette
    }

    fn search(&mut self, context: &mut Context<'_>) {
        self.found = self.commands();
        let typed = self.input.text();
        // Where the learner answers, the palette gives no answers.
        let searches = COMMANDS
            .iter()
            .any(|command| command.id == Do::GoSearch && command.at.contains(&self.place));
        if searches && typed.trim().chars().count() >= LETTERS {
            let content = context.desk.search(&typed).into_iter().take(CONTENT);
            self.found.extend(content.map(Row::Found));
        }
        self.list.at = 0;
    }

    /// The commands of the place and of everywhere that fit what is typed, the best first.
    fn commands(&self) -> Vec<Row> {
        let usable = COMMANDS.iter().filter(|command| {
            let here = command.at.contains(&self.place) || command.at.contains(&Place::Everywhere);
            here && !matches!(
                command.id,
                Do::Palette | Do::Up | Do::Down | Do::Left | Do::Right
            )
        });
        let pattern = Pattern::parse(
            &self.input.text(),
            CaseMatching::Ignore,
            Normalization::Smart,
        );
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, &'static Command)> = usable
            .filter_map(|command| {
                let text = format!("{} {}", command.short, command.help);
                let score = pattern.score(Utf32Str::new(&text, &mut buffer), &mut matcher)?;
                Some((score, command))
            })
            .collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        let commands = scored.into_iter();
        commands.map(|(_, command)| Row::Command(command)).collect()
    }
}

impl Screen for Palette {
    fn place(&self) -> Place {
        Place::Search
    }

    fn title(&self) -> String {
        "Commands".to_owned()
    }

    fn typing(&self) -> bool {
        true
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, _: &Context<'_>) {
        let inner = panel(frame, area, "Commands", true, theme);
        self.input.draw(frame, inner, ": ", true, theme);
        let rows: Vec<Line> = self.found.iter().map(Row::line).collect();
        let below = Rect {
            y: inner.y + 2,
            height: inner.height.saturating_sub(2),
            ..inner
        };
        self.list.draw(frame, below, &rows, true, theme);
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        match command {
            Do::Open => match self.found.get(self.list.at) {
                Some(Row::Command(command)) => Flow::Command(command.id),
                Some(Row::Found(found)) => match screen_of(found, &self.input.text(), context) {
                    Ok(screen) => Flow::Replace(screen),
                    Err(fault) => Flow::Say(fault),
                },
                None => Flow::Stay,
            },
            Do::Back => Flow::Pop,
            _ => {
                self.list.act(command, self.found.len());
                Flow::Stay
            }
        }
    }

    fn key(&mut self, key: KeyEvent, context: &mut Context<'_>) -> Flow {
        match key.code {
            KeyCode::Up => {
                self.list.act(Do::Up, self.found.len());
            }
            KeyCode::Down => {
                self.list.act(Do::Down, self.found.len());
            }
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
}
