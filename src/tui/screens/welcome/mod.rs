//! The first run: about five minutes from nothing to a first small debrief and a plan. Enter goes
//! on with what is there, Esc leaves with what was said so far.

mod heard;
mod pages;
mod stage;

use self::heard::{ask, curveball, drill_of, names_a_processor, Heard};
use self::stage::{Stage, STAGES};
use super::DrillScreen;
use crate::content::{Id, Level};
use crate::plan::{parse_date, Settings};
use crate::text::{Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{panel, put_lines, wrapped, Editor, Input, List};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::Frame;
use serde_json::json;

/// Topics that are ticked at the start: the ones most often asked for.
const TICKED: usize = 5;
const MINUTES: [u32; 5] = [15, 30, 45, 60, 90];

/// The first run.
pub(in crate::tui) struct Welcome {
    stage: Stage,
    date: Input,
    minutes: List,
    level: List,
    topics: List,
    /// Id, title, ready, ticked.
    cases: Vec<(String, String, bool, bool)>,
    sentences: Editor,
    question: Input,
    /// What the interviewer answered.
    answer: Option<String>,
    curveball: Option<String>,
    reply: Editor,
    heard: Heard,
    fair: Option<bool>,
    missing_box: Input,
    missing_right: Option<bool>,
    drilled: bool,
    complaint: Option<String>,
    done: bool,
}

impl Welcome {
    pub(in crate::tui) fn new(context: &Context<'_>) -> Self {
        let library = &context.desk.library;
        let focus = &library.plans().focus;
        let mut cases: Vec<(String, String, bool, bool)> = focus
            .iter()
            .enumerate()
            .map(|(at, id)| match library.case_head(id.as_str()) {
                Some(head) => (
                    head.id.clone(),
                    head.title.clone(),
                    !head.draft,
                    at < TICKED,
                ),
                None => (id.to_string(), name_of(id.as_str()), false, at < TICKED),
            })
            .collect();
        for head in library.ready_cases() {
            if !cases.iter().any(|(id, ..)| *id == head.id) {
                cases.push((head.id.clone(), head.title.clone(), true, false));
            }
        }
        let mut minutes = List::default();
        minutes.at = 2;
        let mut level = List::default();
        level.at = 1;
        Self {
            stage: Stage::Date,
            date: Input::default(),
            minutes,
            level,
            topics: List::default(),
            cases,
            sentences: Editor::new(""),
            question: Input::default(),
            answer: None,
            curveball: None,
            reply: Editor::new(""),
            heard: Heard::default(),
            fair: None,
            missing_box: Input::default(),
            missing_right: None,
            drilled: false,
            complaint: None,
            done: false,
        }
    }

    fn settings(&self, context: &Context<'_>) -> Settings {
        let today = context.desk.date(context.now);
        let focus = self.cases.iter().filter(|(.., ticked)| *ticked);
        Settings {
            interview: parse_date(&self.date.text(), today).ok(),
            minutes: MINUTES.get(self.minutes.at).copied().unwrap_or(45),
            level: self.level(),
            focus: focus.map(|(id, ..)| Id::from(id.as_str())).collect(),
            ..Settings::starting(today)
        }
    }

    /// Enter: takes what is there and goes on.
    fn next(&mut self, context: &mut Context<'_>) -> Flow {
        self.complaint = None;
        match self.stage {
            Stage::Date if !self.date.text().trim().is_empty() => {
                let today = context.desk.date(context.now);
                if let Err(fault) = parse_date(&self.date.text(), today) {
                    self.complaint = Some(fault);
                    return Flow::Stay;
                }
            }
            Stage::Question if self.answer.is_none() && !self.question.is_empty() => {
                self.answer = Some(ask(context, &self.question.text()));
                return Flow::Stay;
            }
            Stage::Curveball => self.listen(context),
            Stage::Debrief => {
                if let Some(flow) = self.drill(context) {
                    return flow;
                }
            }
            Stage::Missing if self.missing_right.is_none() && !self.missing_box.is_empty() => {
                self.missing_right = Some(names_a_processor(&self.missing_box.text(), context));
                return Flow::Stay;
            }
            Stage::Skeleton => return self.finish(context),
            _ => {}
        }
        let mut next = self.stage.next();
        if self.sentences.is_empty() && next == Some(Stage::Question) {
            // Without an answer there is nothing to listen to.
            next = Some(Stage::Missing);
        }
        if next == Some(Stage::Curveball) {
            self.curveball = curveball(context);
        }
        match next {
            Some(stage) => {
                self.stage = stage;
                Flow::Stay
            }
            None => self.finish(context),
        }
    }

    fn listen(&mut self, context: &Context<'_>) {
        let said = [
            self.sentences.text(),
            self.question.text(),
            self.reply.text(),
        ];
        self.heard = Heard::listen(&said.join("\n"), self.level(), context);
    }

    fn level(&self) -> Level {
        Level::ALL.get(self.level.at).copied().unwrap_or_default()
    }

    /// One drill on the miss, once.
    fn drill(&mut self, context: &mut Context<'_>) -> Option<Flow> {
        let (item, ..) = self.heard.missed.as_ref().filter(|_| !self.drilled)?;
        let drill = drill_of(context, item)?;
        self.drilled = true;
        let seed = context.desk.seed();
        let session = context.desk.start_with(&[drill], seed, context.now);
        session.asked()?;
        Some(Flow::Push(Box::new(DrillScreen::new(session))))
    }

    fn finish(&mut self, context: &mut Context<'_>) -> Flow {
        self.save(context);
        Flow::Home
    }

    /// Writes the plan and the event, once.
    fn save(&mut self, context: &mut Context<'_>) {
        if self.done {
            return;
        }
        self.done = true;
        let settings = self.settings(context);
        context.desk.set_plan(&settings, context.now);
        let body = json!({
            "stage": format!("{:?}", self.stage).to_lowercase(),
            "sentences": self.sentences.text(),
            "question": self.question.text(),
            "curveball": self.reply.text(),
            "hits": self.heard.hits.len(),
            "fair": self.fair,
        });
        context.desk.first_run(body, context.now);
    }
}

/// `fraud-detection` as "Fraud detection", `eta` as "ETA".
fn name_of(id: &str) -> String {
    if id.len() <= 3 {
        return id.to_uppercase();
    }
    let words = id.replace('-', " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        format!("{}{}", first.to_uppercase(), chars.as_str())
    })
}

impl Screen for Welcome {
    fn place(&self) -> Place {
        Place::Welcome
    }

    fn title(&self) -> String {
        format!(
            "greenroom · first run · {} of {}",
            self.stage.number(),
            STAGES.len()
        )
    }

    fn typing(&self) -> bool {
        match self.stage {
            Stage::Date | Stage::Sentences | Stage::Curveball => true,
            Stage::Question => self.answer.is_none(),
            Stage::Missing => self.missing_right.is_none(),
            _ => false,
        }
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, context: &Context<'_>) {
        let inner = panel(frame, area, "greenroom", true, theme);
        let mut lines = self.lines(inner.width, context);
        if let Some(complaint) = &self.complaint {
            lines.extend(wrapped(complaint, inner.width, Role::Bad));
        }
        lines.push(Line::new());
        put_lines(frame, inner, &lines, theme);
        let used = (lines.len() as u16).min(inner.height);
        let below = Rect {
            y: inner.y + used,
            height: inner.height - used,
            ..inner
        };
        self.draw_input(frame, below, theme);
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        match (self.stage, command) {
            (_, Do::Back) => {
                self.save(context);
                return Flow::Home;
            }
            (Stage::Sentences | Stage::Curveball, Do::NextStep) => return self.next(context),
            (Stage::Sentences | Stage::Curveball, Do::Submit) => {
                let editor = if self.stage == Stage::Sentences {
                    &mut self.sentences
                } else {
                    &mut self.reply
                };
                if editor.is_empty() {
                    return self.next(context);
                }
                editor.insert("\n");
            }
            (_, Do::Submit | Do::NextStep) => return self.next(context),
            (Stage::Topics, Do::Toggle | Do::PageDown) => {
                if let Some((.., ticked)) = self.cases.get_mut(self.topics.at) {
                    *ticked = !*ticked;
                }
            }
            (Stage::Debrief, Do::Yes) => self.fair = Some(true),
            (Stage::Debrief, Do::No) => self.fair = Some(false),
            (Stage::Minutes, _) => {
                self.minutes.act(command, MINUTES.len());
            }
            (Stage::Level, _) => {
                self.level.act(command, Level::ALL.len());
            }
            (Stage::Topics, _) => {
                self.topics.act(command, self.cases.len());
            }
            _ => {}
        }
        Flow::Stay
    }

    fn key(&mut self, key: KeyEvent, _: &mut Context<'_>) -> Flow {
        if !self.typing() || key.code == KeyCode::Esc {
            return Flow::Stay;
        }
        match self.stage {
            Stage::Date => {
                self.date.key(key);
            }
            Stage::Sentences => {
                self.sentences.key(key);
            }
            Stage::Question => {
                self.question.key(key);
            }
            Stage::Curveball => {
                self.reply.key(key);
            }
            Stage::Missing => {
                self.missing_box.key(key);
            }
            _ => {}
        }
        Flow::Stay
    }

    fn paste(&mut self, text: &str, _: &mut Context<'_>) {
        match self.stage {
            Stage::Sentences => self.sentences.insert(text),
            Stage::Curveball => self.reply.insert(text),
            Stage::Date => self.date.insert(text),
            Stage::Question => self.question.insert(text),
            Stage::Missing => self.missing_box.insert(text),
            _ => {}
        }
    }

    fn resumed(&mut self, context: &mut Context<'_>) {
        if self.stage == Stage::Debrief && self.drilled {
            self.next(context);
        }
    }

    fn leave(&mut self, context: &mut Context<'_>) {
        self.save(context);
    }
}
