//! The first run: about five minutes from nothing to a first small debrief and a plan. Enter goes
//! on with what is there, Esc leaves with what was said so far.

use super::DrillScreen;
use crate::content::{ActivityKind, Case, Id, Kind, Level, Step};
use crate::grading::{Answer, Verdict};
use crate::mock::Options;
use crate::plan::{parse_date, Plan, Settings};
use crate::text::{Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{hanging, heading, panel, put_lines, wrapped, Editor, Input, List};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;
use ratatui::Frame;
use serde_json::json;

/// The case of the two minutes.
const CASE: &str = "video-recommendation";
/// Topics that are ticked at the start: the ones most often asked for.
const TICKED: usize = 5;
/// Hits that the small debrief shows: all of it fits a low screen.
const MOST_HITS: usize = 3;
const MINUTES: [u32; 5] = [15, 30, 45, 60, 90];

/// Where the first run stands, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Date,
    Minutes,
    Level,
    Topics,
    Saved,
    Sentences,
    Question,
    Curveball,
    Debrief,
    Missing,
    Plan,
    Skeleton,
}

const STAGES: [Stage; 12] = [
    Stage::Date,
    Stage::Minutes,
    Stage::Level,
    Stage::Topics,
    Stage::Saved,
    Stage::Sentences,
    Stage::Question,
    Stage::Curveball,
    Stage::Debrief,
    Stage::Missing,
    Stage::Plan,
    Stage::Skeleton,
];

/// What the small debrief found.
#[derive(Debug, Default)]
struct Heard {
    /// Point and the learner's own words.
    hits: Vec<(String, String)>,
    /// Item, point, explanation.
    missed: Option<(String, String, String)>,
}

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
            level: Level::ALL.get(self.level.at).copied().unwrap_or_default(),
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
        let mut next = STAGES.into_iter().find(|stage| *stage > self.stage);
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
        let Ok(setting) = context.desk.setting(CASE, &Options::default()) else {
            return;
        };
        let text = format!(
            "{}\n{}\n{}",
            self.sentences.text(),
            self.question.text(),
            self.reply.text()
        );
        // Five sentences touch any step: each item is held against all of them.
        let steps = Step::ALL
            .into_iter()
            .map(|step| (step, text.clone()))
            .collect();
        let graded = setting.rules.grade(&Answer {
            steps,
            elsewhere: String::new(),
        });
        let case: &Case = &setting.case;
        let said = graded
            .items
            .iter()
            .filter(|item| item.verdict == Verdict::Hit);
        self.heard.hits = said
            .filter_map(|found| {
                let item = case
                    .item(found.id.as_str())
                    .filter(|item| item.kind != Kind::RedFlag)?;
                let words = found.evidence.first()?.text.clone();
                Some((item.point.clone(), words))
            })
            .take(MOST_HITS)
            .collect();
        let level = Level::ALL.get(self.level.at).copied().unwrap_or_default();
        let missed = |id: &Id| {
            graded
                .item(id.as_str())
                .is_some_and(|item| item.verdict == Verdict::Missed)
        };
        let has_drill = |id: &Id| drill_of(context, id.as_str()).is_some();
        self.heard.missed = case
            .rubric
            .iter()
            .filter(|item| item.kind == Kind::Must && item.level <= level)
            .find(|item| missed(&item.id) && has_drill(&item.id))
            .map(|item| {
                (
                    item.id.to_string(),
                    item.point.clone(),
                    item.explain.clone(),
                )
            });
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

    fn lines(&self, width: u16, context: &Context<'_>) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut say = |text: &str, role: Role| lines.extend(wrapped(text, width, role));
        match self.stage {
            Stage::Date => {
                say(
                    "Welcome. Five minutes, then you have a plan and your first feedback.",
                    Role::Strong,
                );
                say("", Role::Plain);
                say("When is the interview?", Role::Accent);
                say(
                    "14d, 2w, 5 dec or 2026-12-05; Enter when there is no date yet.",
                    Role::Faint,
                );
            }
            Stage::Minutes => say("How many minutes a day will you really have?", Role::Accent),
            Stage::Level => say(
                "Which level do you interview for? The same answer is judged by it.",
                Role::Accent,
            ),
            Stage::Topics => say(
                "Which systems? Space ticks. What is not written yet says so.",
                Role::Accent,
            ),
            Stage::Saved => {
                say("Where things are kept", Role::Accent);
                say("", Role::Plain);
                say(
                    &format!(
                        "Everything you do is saved in {}",
                        context.desk.paths.data.display()
                    ),
                    Role::Plain,
                );
                say(
                    "as you do it, with a backup a day. greenroom never uses the network.",
                    Role::Plain,
                );
            }
            Stage::Sentences => {
                say("In two minutes: design video recommendations for a home page. Your first five sentences?", Role::Accent);
                say(
                    "Bullets are fine. alt-n or F2 goes on; nothing typed goes on as well.",
                    Role::Faint,
                );
            }
            Stage::Question => {
                say("Ask the interviewer one question.", Role::Accent);
            }
            Stage::Curveball => {
                say("The interviewer:", Role::Faint);
                say(
                    self.curveball
                        .as_deref()
                        .unwrap_or("How would you know that it works?"),
                    Role::Accent,
                );
                say("One or two sentences; alt-n or F2 goes on.", Role::Faint);
            }
            Stage::Debrief => return self.debrief_lines(width),
            Stage::Missing => {
                say(
                    "A box is missing between two of these. Which one?",
                    Role::Accent,
                );
                say("", Role::Plain);
                say(
                    "user action ──▸ Kafka ──▸ [ ? ] ──▸ feature store ──▸ serving ──▸ prediction",
                    Role::Strong,
                );
            }
            Stage::Plan => return self.plan_lines(width, context),
            Stage::Skeleton => {
                say(
                    "One page with the seven steps and their blanks is made for printing:",
                    Role::Accent,
                );
                say("", Role::Plain);
                say("    greenroom skeleton > skeleton.txt", Role::Code);
                say("", Role::Plain);
                say(
                    "Put it beside the keyboard for the first mocks, and away before the third.",
                    Role::Plain,
                );
                say("Enter goes to the home screen. One line is highlighted there: Enter starts it.", Role::Plain);
            }
        }
        lines
    }

    fn debrief_lines(&self, width: u16) -> Vec<Line> {
        let mut lines = vec![heading("What an interviewer heard")];
        for (point, words) in &self.heard.hits {
            lines.extend(wrapped(&format!("✓ {point}"), width, Role::Good));
            lines.extend(wrapped(
                &format!("  you wrote “{words}”"),
                width,
                Role::Faint,
            ));
        }
        if self.heard.hits.is_empty() {
            lines.extend(wrapped(
                "No point of the rubric was found in your words. That is usual for a first try: five sentences of set-up score nothing until they commit to something.",
                width,
                Role::Plain,
            ));
        }
        if let Some((_, point, explain)) = &self.heard.missed {
            lines.push(Line::new());
            let point = format!("Not found in your words: {point}");
            lines.extend(hanging("✗ ", Role::Bad, &point, width, Role::Strong));
            lines.extend(hanging("  ", Role::Faint, explain, width, Role::Plain));
        }
        lines.push(Line::new());
        let fair = match self.fair {
            None => "Was that fair? y / n",
            Some(true) => "Noted: fair.",
            Some(false) => "Noted: not fair. d disputes single items in every debrief.",
        };
        lines.extend(wrapped(fair, width, Role::Accent));
        if self.heard.missed.is_some() && !self.drilled {
            lines.extend(wrapped(
                "Enter: one drill on what was missing.",
                width,
                Role::Faint,
            ));
        }
        lines
    }

    fn plan_lines(&self, width: u16, context: &Context<'_>) -> Vec<Line> {
        let plan = context
            .desk
            .plan_of(&self.settings(context), context.now, true);
        let mut lines = vec![heading(&format!("Your plan: {}", plan.template))];
        for day in plan.days.iter().take(6) {
            let date = day.date.format("%a %-d %b");
            lines.extend(wrapped(
                &format!("{date}  {}", day.title),
                width,
                Role::Plain,
            ));
        }
        if plan.days.len() > 6 {
            let more = format!("… and {} more days (p shows them)", plan.days.len() - 6);
            lines.push(Line::of(more, Role::Faint));
        }
        lines.push(Line::new());
        let title = |id: &String| {
            let own = self.cases.iter().find(|(case, ..)| case == id);
            own.map_or_else(|| id.clone(), |(_, title, ..)| title.clone())
        };
        let names = |ids: &[String]| ids.iter().map(title).collect::<Vec<_>>().join(", ");
        lines.extend(wrapped(
            &format!("Focus: {}", names(&plan.focus)),
            width,
            Role::Plain,
        ));
        if !plan.missing.is_empty() {
            let missing = format!(
                "Not written yet, so not in the plan: {}",
                names(&plan.missing)
            );
            lines.extend(wrapped(&missing, width, Role::Warn));
        }
        if !plan.not_reached.is_empty() {
            let text = format!("Not reached in these days: {}", names(&plan.not_reached));
            lines.extend(wrapped(&text, width, Role::Warn));
        }
        lines.extend(first_mock(&plan, width));
        lines
    }

    /// What is typed or chosen under the text.
    fn draw_input(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        match self.stage {
            Stage::Date => self.date.draw(frame, area, "> ", true, theme),
            Stage::Minutes => {
                let rows: Vec<Line> = MINUTES
                    .iter()
                    .map(|minutes| Line::plain(format!("{minutes} minutes")))
                    .collect();
                self.minutes.draw(frame, area, &rows, true, theme);
            }
            Stage::Level => {
                let rows = [
                    "mid: the right parts, some help allowed",
                    "senior: drives, justifies, names failure modes",
                    "staff: finds the core tension, quantifies, declines complexity",
                ];
                let rows: Vec<Line> = rows.into_iter().map(Line::plain).collect();
                self.level.draw(frame, area, &rows, true, theme);
            }
            Stage::Topics => {
                let rows: Vec<Line> = self
                    .cases
                    .iter()
                    .map(|(_, title, ready, ticked)| {
                        let tick = if *ticked { "[x] " } else { "[ ] " };
                        let line = Line::plain(tick).with(title, Role::Plain);
                        if *ready {
                            line
                        } else {
                            line.with("  not written yet", Role::Faint)
                        }
                    })
                    .collect();
                self.topics.draw(frame, area, &rows, true, theme);
            }
            Stage::Sentences => self
                .sentences
                .draw(frame, area, true, theme, "- the goal is …"),
            Stage::Question => {
                self.question
                    .draw(frame, area, "? ", self.answer.is_none(), theme);
                if let Some(answer) = &self.answer {
                    let below = Rect {
                        y: area.y + 2,
                        height: area.height.saturating_sub(2),
                        ..area
                    };
                    let mut lines = wrapped(answer, area.width, Role::Good);
                    lines.push(Line::of("Enter goes on.", Role::Faint));
                    put_lines(frame, below, &lines, theme);
                }
            }
            Stage::Curveball => self.reply.draw(frame, area, true, theme, "your answer"),
            Stage::Missing => {
                self.missing_box
                    .draw(frame, area, "> ", self.missing_right.is_none(), theme);
                if let Some(right) = self.missing_right {
                    let (verdict, role) = if right {
                        ("Right. ", Role::Good)
                    } else {
                        ("Not quite. ", Role::Warn)
                    };
                    let text = format!("{verdict}A stream processor (Flink, Spark streaming): Kafka only keeps and hands on the events; something has to turn them into windows and counts. There is no label and logging loop in this picture either, and no training path: two things to add in the room.");
                    let below = Rect {
                        y: area.y + 2,
                        height: area.height.saturating_sub(2),
                        ..area
                    };
                    put_lines(frame, below, &wrapped(&text, area.width, role), theme);
                }
            }
            Stage::Saved | Stage::Debrief | Stage::Plan | Stage::Skeleton => {}
        }
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

/// The whole id of a drill that practises an item of the case.
fn drill_of(context: &Context<'_>, item: &str) -> Option<String> {
    let mut drills = context.desk.library.drills();
    let found = drills.find(|head| head.topic == CASE && head.item.as_deref() == Some(item));
    found.map(|head| head.id.clone())
}

fn ask(context: &Context<'_>, question: &str) -> String {
    let Ok(setting) = context.desk.setting(CASE, &Options::default()) else {
        return "Assume what you need, and say so.".to_owned();
    };
    let fact = setting
        .facts
        .iter()
        .find(|(_, rule)| rule.test(question).hit)
        .and_then(|(id, _)| setting.case.facts.iter().find(|fact| fact.id == *id));
    match fact {
        Some(fact) => fact.answer.trim().to_owned(),
        None => setting
            .interviewer
            .assume
            .first()
            .cloned()
            .unwrap_or_else(|| "Assume what you need, and say so.".to_owned()),
    }
}

fn curveball(context: &Context<'_>) -> Option<String> {
    let case = context.desk.library.case(CASE).ok()?;
    case.curveballs.first().map(|ball| ball.line.clone())
}

fn names_a_processor(text: &str, context: &Context<'_>) -> bool {
    let lexicon = context.desk.lexicon();
    let known = [
        "stream-processing",
        "stream-processor",
        "flink",
        "spark",
        "streaming-features",
    ];
    let rules = known
        .into_iter()
        .map(|id| crate::content::Rule::Concept(Id::from(id)));
    let by_concept = rules
        .filter_map(|rule| crate::grading::Matcher::compile(&rule, lexicon).ok())
        .any(|rule| rule.test(text).hit);
    let lower = text.to_lowercase();
    by_concept || (lower.contains("stream") && lower.contains("process"))
}

fn first_mock(plan: &Plan, width: u16) -> Vec<Line> {
    let day = plan.days.iter().find(|day| {
        day.activities
            .iter()
            .any(|activity| activity.kind == ActivityKind::Mock)
    });
    match day {
        Some(day) => wrapped(
            &format!("First full mock: {}", day.date.format("%A %-d %b")),
            width,
            Role::Strong,
        ),
        None => Vec::new(),
    }
}

impl Screen for Welcome {
    fn place(&self) -> Place {
        Place::Welcome
    }

    fn title(&self) -> String {
        let at = STAGES
            .iter()
            .position(|stage| *stage == self.stage)
            .unwrap_or(0);
        format!("greenroom · first run · {} of {}", at + 1, STAGES.len())
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
