//! A drill session: question, answer, how sure, reveal.

mod reveal;
mod summary;

use super::Reader;
use crate::content::Step;
use crate::drill::{Input, Phase, Session};
use crate::memory::Rating;
use crate::text::{self, Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{markdown, panel, put, put_lines, wrapped, Field, Page};
use chrono::{DateTime, Duration, Utc};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::Frame;

/// How soon a drawing is looked at again that is made in the background.
const PEEK: Duration = Duration::milliseconds(40);
/// Rows that a key moves a long question.
const QUESTION_PAGE: usize = 4;

/// The session on the screen.
pub(in crate::tui) struct DrillScreen {
    session: Session,
    fields: Vec<Field>,
    at: usize,
    /// First row shown of a question that is longer than its panel.
    question_top: usize,
    /// What could not be read in the answer.
    complaint: Option<String>,
    /// The reveal or the summary, made when the phase changes.
    page: Page,
    page_width: u16,
}

impl DrillScreen {
    pub(in crate::tui) fn new(session: Session) -> Self {
        let mut screen = Self {
            session,
            fields: Vec::new(),
            at: 0,
            question_top: 0,
            complaint: None,
            page: Page::default(),
            page_width: 0,
        };
        screen.new_fields();
        screen
    }

    fn new_fields(&mut self) {
        self.at = 0;
        self.question_top = 0;
        self.complaint = None;
        self.fields = self.session.asked().map_or_else(Vec::new, |asked| {
            asked.question.parts.iter().map(Field::new).collect()
        });
    }

    /// Gives an input to the session and follows the change of phase.
    fn give(&mut self, input: Input, context: &mut Context<'_>) {
        let asked = |session: &Session| {
            session
                .asked()
                .map(|asked| (asked.queued.head.id.clone(), asked.since))
        };
        let before = asked(&self.session);
        context.desk.practise(&mut self.session, input, context.now);
        if asked(&self.session) != before {
            self.new_fields();
        }
        self.page_width = 0;
        self.page.top = 0;
    }

    fn submit(&mut self, context: &mut Context<'_>) {
        if self.at + 1 < self.fields.len() {
            // To the next part; what is there is read when all are given.
            if let Some(Err(fault)) = self.fields.get(self.at).map(Field::reply) {
                self.complaint = Some(fault.to_string());
                return;
            }
            self.complaint = None;
            self.at += 1;
            return;
        }
        let replies: Result<Vec<_>, _> = self.fields.iter().map(Field::reply).collect();
        match replies {
            Ok(replies) => self.give(Input::Answer(replies), context),
            Err(fault) => self.complaint = Some(fault.to_string()),
        }
    }

    fn undo(&mut self, context: &mut Context<'_>) -> Flow {
        if self.session.place().0 > 0 {
            self.give(Input::Undo, context);
            return Flow::Say("The last answer is taken back".to_owned());
        }
        match context.desk.undo_last(context.now) {
            Some(queued) => {
                self.session.put_first(queued, context.now);
                self.new_fields();
                Flow::Say("The last answer of today is taken back".to_owned())
            }
            None => Flow::Say("Nothing was answered today".to_owned()),
        }
    }

    fn edit(&self, context: &Context<'_>) -> Flow {
        let path = self
            .session
            .asked()
            .and_then(|asked| context.desk.library.drill_path(&asked.queued.head));
        match path {
            Some(path) => Flow::EditFile(path),
            None => Flow::Say(
                "This drill is part of the program; drills of your own packs can be edited"
                    .to_owned(),
            ),
        }
    }

    fn breakdown(&self, context: &Context<'_>) -> Flow {
        let Some(asked) = self.session.asked() else {
            return Flow::Stay;
        };
        let topic = &asked.queued.head.topic;
        match context.desk.library.case_head(topic) {
            Some(_) => {
                let step: Option<Step> = asked.queued.head.step.parse().ok();
                Flow::Push(Box::new(Reader::new(context, topic, step)))
            }
            None => Flow::Say("This drill belongs to no single case".to_owned()),
        }
    }

    fn draw_question(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let Some(asked) = self.session.asked() else {
            return;
        };
        let inner_width = area.width.saturating_sub(4);
        let question = markdown(&asked.question.text, inner_width);
        let hints = self.session.hints();
        let mut extra: Vec<Line> = Vec::new();
        for (number, hint) in (1..).zip(&hints) {
            extra.extend(wrapped(
                &format!("Hint {number}: {hint}"),
                inner_width,
                Role::Warn,
            ));
        }
        if let Some(complaint) = &self.complaint {
            extra.extend(wrapped(complaint, inner_width, Role::Bad));
        }
        extra.extend(self.below(inner_width));
        let heights = self
            .fields
            .iter()
            .map(|field| field.height(inner_width) + 1);
        let all: u16 = heights.clone().sum();
        let fixed = extra.len() as u16;
        let room = area.height.saturating_sub(4 + fixed);
        // When not everything fits, only the part with the focus is shown, and the question keeps
        // two fifths of the screen.
        let answer = if all + question.len() as u16 <= room {
            all + 1
        } else {
            let focused = heights.clone().nth(self.at).unwrap_or(3);
            let least = (question.len() as u16).min(room * 2 / 5);
            (focused + 1).min(room.saturating_sub(least)).max(3)
        };
        let top = (question.len() as u16 + 2)
            .min(area.height.saturating_sub(answer + 1 + fixed))
            .max(3);
        let title = self.session.reason().unwrap_or_default();
        let upper = panel(
            frame,
            Rect {
                height: top,
                ..area
            },
            title,
            false,
            theme,
        );
        let rows = usize::from(upper.height);
        self.question_top = self.question_top.min(question.len().saturating_sub(rows));
        put_lines(
            frame,
            upper,
            question.get(self.question_top..).unwrap_or_default(),
            theme,
        );
        if self.question_top + rows < question.len() {
            let more = format!(
                "{} more rows: PgDn ",
                question.len() - self.question_top - rows
            );
            let end = Rect {
                x: upper.right().saturating_sub(text::width(&more) as u16),
                y: upper.bottom(),
                width: text::width(&more) as u16,
                height: 1,
            };
            put(
                frame,
                end.intersection(area),
                0,
                &Line::of(more, Role::Warn),
                theme,
            );
        }
        let below = Rect {
            y: area.y + top,
            height: area.height.saturating_sub(top + fixed),
            ..area
        };
        let parts = self.fields.len();
        let title = if parts > 1 {
            format!("Your answer, part {} of {parts}", self.at + 1)
        } else {
            "Your answer".to_owned()
        };
        let inner = panel(frame, below, &title, true, theme);
        self.draw_fields(frame, inner, theme);
        let last = Rect {
            x: area.x + 2,
            y: area.bottom().saturating_sub(fixed),
            width: inner_width,
            height: fixed.min(area.height),
        };
        put_lines(frame, last, &extra, theme);
    }

    fn draw_fields(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let answering = matches!(self.session.phase(), Phase::Answer { .. });
        let mut y = area.y;
        let count = self.fields.len();
        let heights: Vec<u16> = self
            .fields
            .iter()
            .map(|field| field.height(area.width))
            .collect();
        let all: u16 = heights.iter().sum::<u16>() + count.saturating_sub(1) as u16;
        // When not all parts fit, only the one with the focus is shown.
        let only = (all > area.height).then_some(self.at);
        for (number, (field, height)) in self.fields.iter_mut().zip(heights).enumerate() {
            if only.is_some_and(|only| only != number) {
                continue;
            }
            let left = area.bottom().saturating_sub(y);
            let height = if only.is_some() {
                left
            } else {
                height.min(left)
            };
            let place = Rect { y, height, ..area };
            field.draw(frame, place, answering && number == self.at, theme);
            y = (y + height + 1).min(area.bottom());
        }
    }

    /// What stands under the answer in this phase.
    fn below(&self, width: u16) -> Vec<Line> {
        match self.session.phase() {
            Phase::Confidence => wrapped(
                "How sure are you?  1 guessing  2 unsure  3 fairly sure  4 certain",
                width,
                Role::Accent,
            ),
            Phase::Choice => wrapped(
                "Not quite. r tries again with a hint (the first attempt counts); Enter shows the answer.",
                width,
                Role::Warn,
            ),
            _ => Vec::new(),
        }
    }

    fn draw_page(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        title: &str,
        theme: Theme,
        now: DateTime<Utc>,
    ) {
        let inner = panel(frame, area, title, true, theme);
        if self.page_width != inner.width {
            self.page_width = inner.width;
            let lines = match self.session.phase() {
                Phase::Reveal(reveal) => {
                    let next = self.session.next(now);
                    let next = next.as_deref();
                    reveal::lines(&self.session, reveal, &self.fields, next, inner.width)
                }
                _ => summary::lines(&self.session, inner.width),
            };
            let top = self.page.top;
            self.page = Page::new(lines);
            self.page.top = top;
        }
        self.page.draw(frame, inner, theme);
    }
}

impl Screen for DrillScreen {
    fn place(&self) -> Place {
        match self.session.phase() {
            Phase::Answer { .. } => Place::DrillAnswer,
            Phase::Confidence => Place::DrillSure,
            Phase::Choice => Place::DrillChoice,
            Phase::Reveal(_) => Place::DrillReveal,
            Phase::Over => Place::DrillOver,
        }
    }

    fn title(&self) -> String {
        let (done, total) = self.session.place();
        match self.session.asked() {
            Some(asked) => {
                let head = &asked.queued.head;
                let number = (done
                    + usize::from(matches!(
                        self.session.phase(),
                        Phase::Answer { second: false } | Phase::Confidence
                    )))
                .min(total.max(1));
                format!(
                    "Drill {number} of {total} · {} · {} · {}",
                    head.format, head.step, head.topic
                )
            }
            None => "Drill · done".to_owned(),
        }
    }

    fn subject(&self) -> Option<String> {
        self.session
            .asked()
            .map(|asked| asked.queued.head.topic.clone())
    }

    fn deadline(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let pending = self.fields.iter().any(Field::is_pending);
        pending.then(|| now + PEEK)
    }

    fn typing(&self) -> bool {
        matches!(self.session.phase(), Phase::Answer { .. })
            && self.fields.get(self.at).is_some_and(Field::typing)
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>) {
        match self.session.phase() {
            Phase::Reveal(_) => {
                let Some(asked) = self.session.asked() else {
                    return;
                };
                // The question stays in sight: one line of it, the rest is below.
                let question = text::clean_line(&asked.question.text).into_owned();
                let line = text::truncate(&question, usize::from(area.width.saturating_sub(2)));
                put(
                    frame,
                    area,
                    0,
                    &Line::of(format!(" {line}"), Role::Faint),
                    theme,
                );
                let below = Rect {
                    y: area.y + 1,
                    height: area.height - 1,
                    ..area
                };
                self.draw_page(frame, below, "The answer", theme, context.now);
            }
            Phase::Over => self.draw_page(frame, area, "Session", theme, context.now),
            _ => self.draw_question(frame, area, theme),
        }
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        match (self.place(), command) {
            (_, Do::Undo) => return self.undo(context),
            (_, Do::Edit) => return self.edit(context),
            (_, Do::Breakdown) => return self.breakdown(context),
            (Place::DrillAnswer, Do::Submit) => {
                let field = self.fields.get_mut(self.at);
                match field.filter(|field| field.goes_on()) {
                    Some(field) => field.key(KeyEvent::from(KeyCode::Enter)),
                    None => self.submit(context),
                }
            }
            (Place::DrillAnswer, Do::Hint) => {
                let before = self.session.hints().len();
                self.give(Input::Hint, context);
                if self.session.hints().len() == before {
                    return Flow::Say("There are no more hints".to_owned());
                }
            }
            (Place::DrillAnswer, Do::PageDown) => self.question_top += QUESTION_PAGE,
            (Place::DrillAnswer, Do::PageUp) => {
                self.question_top = self.question_top.saturating_sub(QUESTION_PAGE);
            }
            (Place::DrillAnswer, Do::Skip) => self.give(Input::Skip, context),
            (Place::DrillAnswer, Do::NextField) => {
                self.at = (self.at + 1).min(self.fields.len().saturating_sub(1));
            }
            (Place::DrillAnswer, Do::PreviousField) => self.at = self.at.saturating_sub(1),
            (Place::DrillAnswer | Place::DrillReveal, Do::Bury) => {
                self.give(Input::Bury, context);
                return Flow::Say("Buried: it comes back tomorrow".to_owned());
            }
            (Place::DrillAnswer | Place::DrillReveal, Do::Suspend) => {
                self.give(Input::Suspend, context);
                return Flow::Say("Suspended: it does not come back until resumed".to_owned());
            }
            (Place::DrillSure, Do::Pick(sure)) => self.give(Input::Confidence(sure), context),
            (Place::DrillChoice, Do::Retry) => self.give(Input::Retry, context),
            (Place::DrillChoice, Do::Submit) => self.give(Input::ShowAnswer, context),
            (Place::DrillReveal, Do::Submit) => self.give(Input::Next, context),
            (Place::DrillReveal, Do::Pick(number)) => {
                if let Some(rating) = Rating::from_number(number) {
                    self.give(Input::Overrule(rating), context);
                }
            }
            (Place::DrillOver, Do::Submit | Do::Back) => return Flow::Pop,
            (_, Do::Back) => {
                self.give(Input::End, context);
                if self.session.place().0 == 0 {
                    return Flow::Pop;
                }
            }
            (Place::DrillReveal | Place::DrillOver, _) => {
                self.page.act(command);
            }
            (Place::DrillAnswer, _) => {
                if let Some(field) = self.fields.get_mut(self.at) {
                    field.act(command);
                }
            }
            _ => {}
        }
        Flow::Stay
    }

    fn key(&mut self, key: KeyEvent, _: &mut Context<'_>) -> Flow {
        self.complaint = None;
        let answering = matches!(self.session.phase(), Phase::Answer { .. });
        if let Some(field) = self.fields.get_mut(self.at).filter(|_| answering) {
            field.key(key);
        }
        Flow::Stay
    }

    fn paste(&mut self, text: &str, _: &mut Context<'_>) {
        if let Some(field) = self.fields.get_mut(self.at) {
            field.paste(text);
        }
    }

    fn edited(&mut self, _: String, context: &mut Context<'_>) -> Flow {
        let Some(asked) = self.session.asked() else {
            return Flow::Stay;
        };
        let id = asked.queued.head.id.clone();
        match context.desk.reload_drill(&id) {
            Ok(drill) => {
                self.session.replace(drill, context.now);
                self.new_fields();
                Flow::Say("The drill was read again; its history stays".to_owned())
            }
            Err(fault) => Flow::Say(fault.to_string()),
        }
    }
}
