//! One part of a drill's answer on a keyboard: the same keys for the same kind of part, whatever
//! the format.

use super::draw::{hanging, put, put_lines, styled, wrapped};
use super::{Board, Editor, Input};
use crate::drill::{read_part, Choice, Kind, Part, Reply, Unreadable};
use crate::text::{self, Line, Role};
use crate::tui::command::Do;
use crate::tui::theme::Theme;
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::Frame;

/// Rows of a whiteboard.
const DRAWN: u16 = 14;

/// What is being entered.
#[derive(Debug)]
pub(in crate::tui) struct Field {
    part: Part,
    state: State,
}

#[derive(Debug)]
enum State {
    Text(Box<Editor>),
    Draw(Box<Board>),
    Number(Input),
    Pick {
        options: Vec<Choice>,
        at: usize,
    },
    Arrange {
        items: Vec<Choice>,
        at: usize,
    },
    Mark {
        lines: Vec<Choice>,
        /// Whether each is marked.
        marked: Vec<bool>,
        at: usize,
    },
    Pair {
        left: Vec<Choice>,
        right: Vec<Choice>,
        /// The right of each left.
        chosen: Vec<Option<usize>>,
        at: usize,
    },
}

impl Field {
    pub(in crate::tui) fn new(part: &Part) -> Self {
        let state = match &part.kind {
            Kind::Text { .. } => State::Text(Box::new(Editor::new(""))),
            Kind::Draw => State::Draw(Box::new(Board::titled(
                "Whiteboard · Enter on an empty line goes on",
            ))),
            Kind::Number { .. } => State::Number(Input::default()),
            Kind::Pick { options } => State::Pick {
                options: options.clone(),
                at: 0,
            },
            Kind::Arrange { items } => State::Arrange {
                items: items.clone(),
                at: 0,
            },
            Kind::Mark { lines, .. } => State::Mark {
                marked: vec![false; lines.len()],
                lines: lines.clone(),
                at: 0,
            },
            Kind::Pair { left, right } => State::Pair {
                chosen: vec![None; left.len()],
                left: left.clone(),
                right: right.clone(),
                at: 0,
            },
        };
        Self {
            part: part.clone(),
            state,
        }
    }

    /// Whether printable keys belong to it.
    pub(in crate::tui) fn typing(&self) -> bool {
        matches!(
            self.state,
            State::Text(_) | State::Draw(_) | State::Number(_) | State::Pair { .. }
        )
    }

    /// Whether a drawing is being made: look again soon.
    pub(in crate::tui) fn is_pending(&self) -> bool {
        matches!(&self.state, State::Draw(board) if board.is_pending())
    }

    /// Whether Enter begins a new line here: in a list, as long as the line has something on it.
    pub(in crate::tui) fn goes_on(&self) -> bool {
        match (&self.state, &self.part.kind) {
            (State::Text(editor), Kind::Text { lines, .. }) => {
                *lines && !editor.line().trim().is_empty()
            }
            (State::Draw(board), _) => !board.line().trim().is_empty(),
            _ => false,
        }
    }

    /// Takes a movement; true when it was one of the field's.
    pub(in crate::tui) fn act(&mut self, command: Do) -> bool {
        let step = |at: &mut usize, count: usize, command: Do| {
            *at = match command {
                Do::Up => at.saturating_sub(1),
                Do::Down => (*at + 1).min(count.saturating_sub(1)),
                _ => return false,
            };
            true
        };
        match &mut self.state {
            State::Pick { options, at } => step(at, options.len(), command),
            State::Arrange { items, at } => match command {
                Do::MoveUp if *at > 0 => {
                    items.swap(*at, *at - 1);
                    *at -= 1;
                    true
                }
                Do::MoveDown if *at + 1 < items.len() => {
                    items.swap(*at, *at + 1);
                    *at += 1;
                    true
                }
                _ => step(at, items.len(), command),
            },
            State::Mark { lines, marked, at } => match (command, marked.get_mut(*at)) {
                (Do::Toggle, Some(own)) => {
                    *own = !*own;
                    true
                }
                _ => step(at, lines.len(), command),
            },
            State::Pair { left, at, .. } => step(at, left.len(), command),
            State::Text(_) | State::Draw(_) | State::Number(_) => false,
        }
    }

    pub(in crate::tui) fn key(&mut self, key: KeyEvent) {
        match &mut self.state {
            State::Text(editor) => {
                editor.key(key);
            }
            State::Draw(board) => {
                board.key(key);
            }
            State::Number(input) => {
                input.key(key);
            }
            State::Pick { options, at } => {
                if let KeyCode::Char(digit @ '1'..='9') = key.code {
                    let number = digit as usize - '1' as usize;
                    if number < options.len() {
                        *at = number;
                    }
                }
            }
            State::Mark { lines, at, .. } => {
                if let KeyCode::Char(digit @ '1'..='9') = key.code {
                    *at = (digit as usize - '1' as usize).min(lines.len().saturating_sub(1));
                }
            }
            State::Arrange { .. } => {}
            State::Pair {
                right, chosen, at, ..
            } => pair_key(key, right.len(), chosen, at),
        }
    }

    pub(in crate::tui) fn paste(&mut self, text: &str) {
        match &mut self.state {
            State::Text(editor) => editor.insert(text),
            State::Draw(board) => board.insert(text),
            State::Number(input) => input.insert(text),
            _ => {}
        }
    }

    /// The reply, or what was expected.
    pub(in crate::tui) fn reply(&self) -> Result<Reply, Unreadable> {
        match &self.state {
            State::Text(editor) => read_part(&self.part, editor.text().trim()),
            State::Draw(board) => read_part(&self.part, board.text().trim()),
            State::Number(input) => read_part(&self.part, input.text().trim()),
            State::Pick { options, at } => match options.get(*at) {
                Some(option) => Ok(Reply::Picked(option.key.clone())),
                None => read_part(&self.part, ""),
            },
            State::Arrange { items, .. } => Ok(Reply::Arranged(
                items.iter().map(|item| item.key.clone()).collect(),
            )),
            State::Mark { marked, .. } => {
                let numbers: Vec<String> = (1..)
                    .zip(marked)
                    .filter(|(_, own)| **own)
                    .map(|(number, _): (usize, _)| number.to_string())
                    .collect();
                read_part(&self.part, &numbers.join(" "))
            }
            State::Pair {
                left,
                right,
                chosen,
                ..
            } => {
                let pairs = left.iter().zip(chosen);
                let pairs: Vec<(String, String)> = pairs
                    .filter_map(|(left, right_at)| {
                        Some((left.key.clone(), right.get((*right_at)?)?.key.clone()))
                    })
                    .collect();
                if pairs.is_empty() {
                    return read_part(&self.part, "");
                }
                Ok(Reply::Paired(pairs))
            }
        }
    }

    /// What was entered, for the reveal.
    pub(in crate::tui) fn lines(&self, width: u16) -> Vec<Line> {
        match &self.state {
            State::Text(editor) => wrapped(&editor.text(), width, Role::Plain),
            State::Draw(board) => wrapped(&board.text(), width, Role::Plain),
            State::Number(input) => vec![Line::plain(input.text())],
            State::Pick { options, at } => options
                .get(*at)
                .map_or_else(Vec::new, |option| wrapped(&option.text, width, Role::Plain)),
            State::Arrange { items, .. } => (1..)
                .zip(items)
                .flat_map(|(number, item): (usize, _)| {
                    hanging(
                        &format!("{number}. "),
                        Role::Faint,
                        &item.text,
                        width,
                        Role::Plain,
                    )
                })
                .collect(),
            State::Mark { lines, marked, .. } => (1..)
                .zip(lines)
                .zip(marked)
                .filter(|(_, own)| **own)
                .flat_map(|((number, line), _): ((usize, _), _)| {
                    let mark = format!("{number}. ");
                    hanging(&mark, Role::Faint, &line.text, width, Role::Plain)
                })
                .collect(),
            State::Pair {
                left,
                right,
                chosen,
                ..
            } => left
                .iter()
                .zip(chosen)
                .flat_map(|(own, at)| {
                    let other = at
                        .and_then(|at| right.get(at))
                        .map_or("—", |choice| choice.text.as_str());
                    hanging(
                        "",
                        Role::Faint,
                        &format!("{} → {other}", own.text),
                        width,
                        Role::Plain,
                    )
                })
                .collect(),
        }
    }

    /// The rows of what is chosen from and not typed.
    fn rows(&self, width: u16) -> Rows {
        let mut rows = Rows::default();
        match &self.state {
            State::Text(_) | State::Draw(_) | State::Number(_) => {}
            State::Pick { options, at } => rows.choices(options, *at, width, |own, number| {
                format!("{} {}", if own { "●" } else { "○" }, number + 1)
            }),
            State::Arrange { items, at } => rows.choices(items, *at, width, |own, number| {
                format!("{} {}", if own { "▸" } else { " " }, number + 1)
            }),
            State::Mark { lines, marked, at } => {
                rows.choices(lines, *at, width, |_, number| {
                    let on = marked.get(number).is_some_and(|on| *on);
                    format!("{} {}", if on { "[x]" } else { "[ ]" }, number + 1)
                });
                if let Kind::Mark { most, .. } = &self.part.kind {
                    let note = format!("space marks a line · at most {most}");
                    rows.below.push(Line::of(note, Role::Faint));
                }
            }
            State::Pair {
                left,
                right,
                chosen,
                at,
            } => {
                // With what was chosen for the line under the cursor: on a low screen the list of
                // rights is cut, and the arrow keys still show each of them.
                let mut left = left.clone();
                let chosen_here = chosen.get(*at).copied().flatten();
                if let (Some(own), Some(pick)) = (
                    left.get_mut(*at),
                    chosen_here.and_then(|pick| right.get(pick)),
                ) {
                    own.text = format!("{} → {}", own.text, pick.text);
                }
                rows.choices(&left, *at, width, |own, number| {
                    let letter = chosen.get(number).copied().flatten().map_or('·', letter_of);
                    format!("{} {letter} {}", if own { "▸" } else { " " }, number + 1)
                });
                rows.below.push(Line::new());
                for (number, choice) in right.iter().enumerate() {
                    let used = chosen.contains(&Some(number));
                    let role = if used { Role::Faint } else { Role::Plain };
                    let mark = format!("  {} ", letter_of(number));
                    let lines = hanging(&mark, Role::Faint, &choice.text, width, role);
                    rows.below.extend(lines);
                }
            }
        }
        rows
    }

    /// Rows that it would like to have.
    pub(in crate::tui) fn height(&self, width: u16) -> u16 {
        let label = u16::from(!self.part.label.is_empty());
        let rows = match &self.state {
            State::Text(_) => match self.part.kind {
                Kind::Text { rows, .. } => rows,
                _ => 3,
            },
            State::Draw(_) => DRAWN,
            State::Number(_) => 1,
            _ => self.rows(width).height(),
        };
        label + rows
    }

    pub(in crate::tui) fn draw(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        focus: bool,
        theme: Theme,
    ) {
        let mut area = area;
        if !self.part.label.is_empty() {
            let role = if focus { Role::Accent } else { Role::Faint };
            put(frame, area, 0, &Line::of(&self.part.label, role), theme);
            area = Rect {
                y: area.y + 1,
                height: area.height.saturating_sub(1),
                ..area
            };
        }
        match &mut self.state {
            State::Text(editor) => {
                let hint = match self.part.kind {
                    Kind::Text { lines: true, .. } => "one a line; Enter on an empty line goes on",
                    _ => "your answer",
                };
                editor.draw(frame, area, focus, theme, hint);
            }
            State::Draw(board) => board.draw(frame, area, focus, theme),
            State::Number(input) => {
                let unit = match &self.part.kind {
                    Kind::Number { unit } if !unit.is_empty() => format!("in {unit}"),
                    _ => String::new(),
                };
                let room = area.width.saturating_sub(text::width(&unit) as u16 + 1);
                input.draw(
                    frame,
                    Rect {
                        width: room,
                        ..area
                    },
                    "= ",
                    focus,
                    theme,
                );
                let right = Rect {
                    x: area.x + room,
                    width: area.width - room,
                    ..area
                };
                put(frame, right, 0, &Line::of(unit, Role::Faint), theme);
            }
            _ => self.rows(area.width).draw(frame, area, focus, theme),
        }
    }
}

fn pair_key(key: KeyEvent, rights: usize, chosen: &mut [Option<usize>], at: &mut usize) {
    let last = chosen.len().saturating_sub(1);
    let Some(own) = chosen.get_mut(*at) else {
        return;
    };
    match key.code {
        KeyCode::Up => *at = at.saturating_sub(1),
        KeyCode::Down => *at = (*at + 1).min(last),
        KeyCode::Right => *own = Some(own.map_or(0, |now| (now + 1) % rights.max(1))),
        KeyCode::Left => {
            *own = Some(own.map_or(rights.saturating_sub(1), |now| {
                (now + rights - 1) % rights.max(1)
            }));
        }
        KeyCode::Backspace | KeyCode::Delete => *own = None,
        KeyCode::Char(letter) if letter.is_ascii_alphabetic() => {
            let number = letter.to_ascii_lowercase() as usize - 'a' as usize;
            if number < rights {
                *own = Some(number);
                *at = (*at + 1).min(last);
            }
        }
        KeyCode::Char(digit @ '1'..='9') => *at = (digit as usize - '1' as usize).min(last),
        _ => {}
    }
}

/// The rows of a field; those of the choice under the cursor are marked and always in view.
#[derive(Default)]
struct Rows {
    lines: Vec<(Line, bool)>,
    /// What stays in view under them.
    below: Vec<Line>,
}

impl Rows {
    /// Numbered choices, each after a sign: by whether the cursor is on it, and by its number.
    fn choices(
        &mut self,
        choices: &[Choice],
        at: usize,
        width: u16,
        sign: impl Fn(bool, usize) -> String,
    ) {
        for (number, choice) in choices.iter().enumerate() {
            let own = number == at;
            let mark = format!("{} ", sign(own, number));
            let lines = hanging(&mark, Role::Faint, &choice.text, width, Role::Plain);
            self.lines.extend(lines.into_iter().map(|line| (line, own)));
        }
    }

    fn height(&self) -> u16 {
        (self.lines.len() + self.below.len()) as u16
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, focus: bool, theme: Theme) {
        // At least a third of the room is for what the cursor moves on.
        let below = (self.below.len() as u16).min(area.height * 2 / 3);
        let upper = area.height - below;
        let lower = Rect::new(
            area.x,
            area.y + upper.min(self.lines.len() as u16),
            area.width,
            below,
        );
        put_lines(frame, lower, &self.below, theme);
        let area = Rect {
            height: upper,
            ..area
        };
        let height = usize::from(area.height);
        let last = self.lines.iter().rposition(|(_, own)| *own).unwrap_or(0);
        // One row more, so that the learner sees that it goes on.
        let end = (last + 2).min(self.lines.len());
        let top = end.saturating_sub(height);
        for (row, (line, own)) in (0..area.height).zip(self.lines.iter().skip(top)) {
            let place = Rect::new(area.x, area.y + row, area.width, 1);
            frame.render_widget(styled(line, theme), place);
            if *own && focus {
                frame.buffer_mut().set_style(place, theme.selected());
            }
        }
    }
}

fn letter_of(number: usize) -> char {
    char::from(b'a' + (number % 26) as u8)
}
