//! A breakdown: reading, finding, jumping; the place is kept.

use super::MockSetup;
use crate::content::Step;
use crate::markdown::{self, Heading};
use crate::text::{self, Line, Role};
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{draw_fence, panel, put, put_lines, wrapped, Input, List, Matches, Page};
use chrono::{DateTime, Utc};
use crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use ratatui::Frame;
use serde_json::json;
use std::collections::BTreeMap;

/// Widest column of text.
const TEXT: u16 = 88;
/// Width from which the outline stands beside the text.
const WIDE: u16 = 110;
/// Width of the outline.
const OUTLINE: u16 = 34;
/// Headings in the outline, at most this deep.
const DEEPEST: u8 = 3;
/// Seconds without a key that still count as reading.
const PATIENCE: f64 = 120.0;
/// Seconds from which a section counts as read.
const READ: f64 = 20.0;
/// The steps of the attempt that is offered first, and its minutes.
const SPRINT: [Step; 2] = [Step::Data, Step::Model];
const SPRINT_MINUTES: u32 = 12;

/// What the keys are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Attempt first, or read on.
    First,
    Read,
    /// The phrase is being typed.
    Find,
    Contents,
}

/// Where the learner is: so many lines under a heading, of so many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Spot {
    anchor: String,
    offset: usize,
    of: usize,
}

/// Where to go as soon as the page is laid out.
#[derive(Clone, Debug, Default)]
enum Goal {
    #[default]
    Top,
    Spot(Spot),
    Step(Step),
    /// A heading by its anchor, and a phrase to find from there.
    Heading(String, String),
}

/// A breakdown.
pub(in crate::tui) struct Reader {
    case: String,
    title: String,
    prompt: String,
    /// The Markdown, or why there is none.
    source: Result<String, String>,
    /// Steps by the titles of their sections.
    steps: Vec<(String, Step)>,
    mode: Mode,
    page: Page,
    headings: Vec<Heading>,
    /// Columns for which the page is laid out; 0 before the first draw.
    laid: usize,
    height: usize,
    goal: Option<Goal>,
    input: Input,
    /// What is searched for; empty for nothing.
    phrase: String,
    matches: Matches,
    contents: List,
    /// Seconds spent in each section since it was last written down.
    seconds: BTreeMap<Step, f64>,
    last_key: DateTime<Utc>,
    /// The place before the size changed, until the next key: many small changes lose nothing.
    resting: Option<Spot>,
    /// The place as it was last kept.
    kept: Option<Spot>,
    /// The first line of the screen was drawn before the page was laid out, so it is drawn again.
    stale: bool,
}

impl Reader {
    pub(in crate::tui) fn new(context: &Context<'_>, case: &str, step: Option<Step>) -> Self {
        let library = &context.desk.library;
        let loaded = library.case(case);
        let spot = context.desk.place(&place_key(case));
        let declined = context.desk.place(&declined_key(case)).is_some();
        let is_case = library.case_head(case).is_some();
        let untouched = is_case && spot.is_none() && !declined && !context.desk.tried(case);
        let goal = match (step, spot.as_ref().and_then(spot_of)) {
            (Some(step), _) => Goal::Step(step),
            (None, Some(spot)) => Goal::Spot(spot),
            (None, None) => Goal::Top,
        };
        let steps = library.framework().steps.iter();
        Self {
            case: case.to_owned(),
            title: context.desk.page_title(case),
            prompt: loaded.map_or_else(|_| String::new(), |case| case.prompt.clone()),
            source: context
                .desk
                .page(case)
                .map(std::borrow::Cow::into_owned)
                .map_err(|fault| fault.to_string()),
            steps: steps.map(|guide| (plain(&guide.title), guide.id)).collect(),
            mode: if untouched { Mode::First } else { Mode::Read },
            page: Page::default(),
            headings: Vec::new(),
            laid: 0,
            height: 1,
            goal: Some(goal),
            input: Input::default(),
            phrase: String::new(),
            matches: Matches::default(),
            contents: List::default(),
            seconds: BTreeMap::new(),
            last_key: context.now,
            resting: None,
            kept: None,
            stale: false,
        }
    }

    /// Opens at a heading, at the first place under it that holds the phrase.
    pub(in crate::tui) fn go_to(&mut self, anchor: &str, phrase: &str) {
        self.goal = Some(Goal::Heading(anchor.to_owned(), phrase.to_owned()));
    }

    fn lay_out(&mut self, width: usize) {
        if self.laid == width {
            return;
        }
        let spot = (self.laid > 0).then(|| self.spot());
        let spot = self.resting.take().or(spot);
        self.laid = width;
        self.stale = true;
        let lines = match &self.source {
            Ok(source) => {
                let doc = markdown::render(source, width, &draw_fence);
                let mut lines = doc.lines;
                lines.extend(links(&doc.links, width));
                self.headings = doc.headings;
                lines
            }
            Err(fault) => wrapped(fault, width as u16, Role::Bad),
        };
        self.page.lines = lines;
        self.matches = Matches::of(&self.page.lines, &self.phrase);
        self.matches.seek(self.page.top);
        if let Some(spot) = spot {
            self.page.top = self.line_of(&spot);
            self.resting = Some(spot);
        }
    }

    fn reach_goal(&mut self) {
        match self.goal.take() {
            None | Some(Goal::Top) => {}
            Some(Goal::Spot(spot)) => self.page.top = self.line_of(&spot),
            Some(Goal::Step(step)) => self.go_to_step(step),
            Some(Goal::Heading(anchor, phrase)) => {
                let heading = self.headings.iter().find(|own| own.anchor == anchor);
                let line = heading.map_or(0, |heading| heading.line);
                self.page.top = line;
                self.find(&phrase, line);
                if self.matches.count() == 0 {
                    // The words stand apart: look for the first one that is there.
                    let words: Vec<&str> = phrase.split_whitespace().collect();
                    let there = words.into_iter().find(|word| {
                        let matches = Matches::of(&self.page.lines, word);
                        matches.count() > 0
                    });
                    self.find(there.unwrap_or_default(), line);
                }
            }
        }
    }

    fn find(&mut self, phrase: &str, from: usize) {
        self.matches = Matches::of(&self.page.lines, phrase);
        self.matches.seek(from);
        self.phrase = if self.matches.count() > 0 {
            phrase.to_owned()
        } else {
            String::new()
        };
        self.show_match();
    }

    /// Scrolls so that the place found is in the upper half.
    fn show_match(&mut self) {
        if let Some(line) = self.matches.line() {
            let rows = self.page.top + 1..self.page.top + self.height.saturating_sub(2);
            if !rows.contains(&line) {
                self.page.top = line.saturating_sub(self.height / 3);
            }
        }
    }

    /// The number of the heading that the first line of the screen stands under.
    fn heading_at(&self) -> Option<usize> {
        let reached = self.page.top + 1;
        self.headings
            .iter()
            .rposition(|heading| heading.line <= reached)
    }

    /// The section of the framework that is read.
    fn step_at(&self) -> Option<Step> {
        let at = self.heading_at()?;
        let above = self.headings.get(..=at)?.iter().rev();
        let section = above.into_iter().find(|heading| heading.level <= 2)?;
        self.step_of(section)
    }

    fn step_of(&self, heading: &Heading) -> Option<Step> {
        let title = plain(&heading.title);
        let named = self.steps.iter().find(|(own, _)| *own == title);
        named.filter(|_| heading.level == 2).map(|(_, step)| *step)
    }

    fn spot(&self) -> Spot {
        if let Some(spot) = &self.resting {
            return spot.clone();
        }
        let Some(at) = self.heading_at() else {
            return Spot {
                offset: self.page.top,
                of: self.headings.first().map_or(0, |heading| heading.line),
                ..Spot::default()
            };
        };
        let Some(heading) = self.headings.get(at) else {
            return Spot::default();
        };
        Spot {
            anchor: heading.anchor.clone(),
            offset: self.page.top.saturating_sub(heading.line),
            of: self.length(at),
        }
    }

    /// Lines from a heading to the next one.
    fn length(&self, at: usize) -> usize {
        let start = self.headings.get(at).map_or(0, |heading| heading.line);
        let end = self.headings.get(at + 1).map(|heading| heading.line);
        end.unwrap_or(self.page.lines.len()).saturating_sub(start)
    }

    /// The line of a spot; in proportion when the section has another length now.
    fn line_of(&self, spot: &Spot) -> usize {
        let found = self
            .headings
            .iter()
            .position(|heading| heading.anchor == spot.anchor);
        let (start, length) = match found {
            Some(at) => (
                self.headings.get(at).map_or(0, |heading| heading.line),
                self.length(at),
            ),
            None if spot.anchor.is_empty() => {
                (0, self.headings.first().map_or(0, |heading| heading.line))
            }
            None => return 0,
        };
        let offset = if spot.of == length || spot.of == 0 {
            spot.offset
        } else {
            spot.offset * length / spot.of
        };
        start + offset.min(length.saturating_sub(1))
    }

    fn go_to_step(&mut self, step: Step) {
        let heading = self
            .headings
            .iter()
            .find(|heading| self.step_of(heading) == Some(step));
        if let Some(heading) = heading {
            self.page.top = heading.line;
        }
    }

    fn turn(&mut self, back: bool) {
        if self.matches.count() > 0 {
            self.matches.turn(back);
            self.show_match();
            return;
        }
        let top = self.page.top;
        let mut lines = self
            .headings
            .iter()
            .filter(|heading| heading.level <= DEEPEST)
            .map(|heading| heading.line);
        let target = if back {
            lines.rfind(|line| *line < top)
        } else {
            lines.find(|line| *line > top)
        };
        self.page.top = target.unwrap_or(if back { 0 } else { top });
    }

    /// Numbers of the headings that the table of contents shows.
    fn outlined(&self) -> Vec<usize> {
        let shown = |heading: &Heading| heading.level <= DEEPEST;
        let all = self.headings.iter().enumerate();
        all.filter(|(_, heading)| shown(heading))
            .map(|(at, _)| at)
            .collect()
    }

    /// The row of the table of contents that is read now.
    fn outline_at(&self) -> usize {
        let here = self.heading_at().unwrap_or(0);
        let outlined = self.outlined();
        outlined.iter().rposition(|at| *at <= here).unwrap_or(0)
    }

    fn outline_rows(&self, width: usize) -> Vec<Line> {
        let row = |at: usize| {
            let heading = self.headings.get(at)?;
            let step = self.step_of(heading);
            let (lead, role) = match (heading.level, step) {
                (1, _) => (String::new(), Role::Heading(1)),
                (2, Some(step)) => (format!("{} ", step.index() + 1), Role::Strong),
                (2, None) => ("  ".to_owned(), Role::Strong),
                _ => ("    ".to_owned(), Role::Plain),
            };
            let room = width.saturating_sub(2 + text::width(&lead));
            let title = text::truncate(&heading.title, room);
            Some(Line::of(lead, Role::Accent).with(&title, role))
        };
        self.outlined().into_iter().filter_map(row).collect()
    }

    /// Adds the time since the last key to the section that was on the screen, and writes down
    /// the sections that were left.
    fn count_time(&mut self, context: &mut Context<'_>) {
        let gone = (context.now - self.last_key).num_milliseconds() as f64 / 1000.0;
        self.last_key = context.now;
        if self.mode != Mode::First && self.laid > 0 {
            if let Some(step) = self.step_at() {
                *self.seconds.entry(step).or_default() += gone.clamp(0.0, PATIENCE);
            }
        }
    }

    /// Writes down the sections that were read; the one that is still read only when it is left.
    fn tell_read(&mut self, context: &mut Context<'_>, still: Option<Step>) {
        let told: Vec<(Step, f64)> = self
            .seconds
            .iter()
            .filter(|(step, seconds)| Some(**step) != still && **seconds >= READ)
            .map(|(step, seconds)| (*step, *seconds))
            .collect();
        for (step, seconds) in told {
            self.seconds.remove(&step);
            let now = context.now;
            context.desk.was_read(&self.case, step.id(), seconds, now);
        }
    }

    fn keep_place(&mut self, context: &mut Context<'_>) {
        if self.mode == Mode::First || self.laid == 0 || self.source.is_err() {
            return;
        }
        let spot = self.spot();
        if self.kept.as_ref() != Some(&spot) {
            let value = json!({ "anchor": spot.anchor, "offset": spot.offset, "of": spot.of });
            context.desk.set_place(&place_key(&self.case), &value);
            self.kept = Some(spot);
        }
    }

    fn mock(&self, context: &Context<'_>, steps: &[Step], clock: Option<u32>) -> Flow {
        Flow::Push(Box::new(MockSetup::new(
            context,
            Some(self.case.clone()),
            steps.to_vec(),
            clock,
        )))
    }

    /// A clock on which the sprint's steps take its minutes.
    fn sprint(&self, context: &Context<'_>) -> Flow {
        let framework = context.desk.library.framework();
        let known = framework.clocks.first().copied().unwrap_or(35);
        let usual: u32 = SPRINT
            .iter()
            .map(|step| framework.seconds(*step, known))
            .sum();
        let clock = SPRINT_MINUTES * 60 * known / usual.max(1);
        self.mock(context, &SPRINT, Some(clock.max(1)))
    }

    fn act_first(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        match command {
            Do::Open => {
                let declined = json!(true);
                context.desk.set_place(&declined_key(&self.case), &declined);
                self.mode = Mode::Read;
                self.last_key = context.now;
                Flow::Stay
            }
            Do::GoMock => self.mock(context, &[], None),
            Do::Sprint => self.sprint(context),
            Do::Back => Flow::Pop,
            _ => Flow::Stay,
        }
    }

    fn act_contents(&mut self, command: Do) -> Flow {
        let outlined = self.outlined();
        if self.contents.act(command, outlined.len()) {
            return Flow::Stay;
        }
        match command {
            Do::Open => {
                let heading = outlined
                    .get(self.contents.at)
                    .and_then(|at| self.headings.get(*at));
                if let Some(heading) = heading {
                    self.page.top = heading.line;
                }
                self.mode = Mode::Read;
            }
            Do::Pick(number) => {
                self.pick(number);
                self.mode = Mode::Read;
            }
            Do::Contents | Do::Back => self.mode = Mode::Read,
            _ => {}
        }
        Flow::Stay
    }

    fn pick(&mut self, number: u8) {
        let step = usize::from(number)
            .checked_sub(1)
            .and_then(|at| Step::ALL.get(at));
        if let Some(step) = step {
            self.go_to_step(*step);
        }
    }

    fn act_find(&mut self, command: Do) -> Flow {
        match command {
            Do::Submit => {
                self.mode = Mode::Read;
                let phrase = self.input.text();
                self.find(&phrase, self.page.top);
                if self.matches.count() == 0 && !phrase.trim().is_empty() {
                    return Flow::Say(format!("“{}” is not on this page", phrase.trim()));
                }
            }
            Do::Back => self.mode = Mode::Read,
            _ => {
                self.page.act(command);
            }
        }
        Flow::Stay
    }

    fn act_read(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        if self.page.act(command) {
            return Flow::Stay;
        }
        match command {
            Do::NextSection => self.turn(false),
            Do::PreviousSection => self.turn(true),
            Do::Pick(number) => self.pick(number),
            Do::Contents => {
                self.contents.at = self.outline_at();
                self.mode = Mode::Contents;
            }
            Do::Find => {
                self.input = Input::default();
                self.mode = Mode::Find;
            }
            Do::GoMock => return self.mock(context, &[], None),
            Do::Back if self.matches.count() > 0 => {
                self.phrase.clear();
                self.matches = Matches::default();
            }
            Do::Back => return Flow::Pop,
            _ => {}
        }
        Flow::Stay
    }

    fn draw_first(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let width = area.width.saturating_sub(4).min(TEXT);
        let place = Rect {
            x: area.x + (area.width - width) / 2,
            width,
            ..area
        };
        let inner = panel(frame, place, &self.title, true, theme);
        let mut lines = vec![Line::new()];
        lines.extend(wrapped(&self.prompt, inner.width, Role::Strong));
        lines.push(Line::new());
        lines.extend(wrapped(
            "You have not tried this case. A short attempt before reading, also a bad one, makes \
             what you read stick. Attempt it first:",
            inner.width,
            Role::Plain,
        ));
        lines.push(Line::new());
        for (key, what) in [
            ("m", "starts a mock"),
            ("s", "a 12-minute sprint of data and model"),
            ("enter", "reads on"),
        ] {
            lines.push(Line::of(format!("{key:>7}  "), Role::Accent).with(what, Role::Plain));
        }
        put_lines(frame, inner, &lines, theme);
    }

    fn draw_outline(&mut self, frame: &mut Frame<'_>, area: Rect, focus: bool, theme: Theme) {
        let inner = panel(frame, area, "Contents", focus, theme);
        let rows = self.outline_rows(usize::from(inner.width));
        if focus {
            self.contents.draw(frame, inner, &rows, true, theme);
            return;
        }
        // Beside the text it follows the reading.
        let here = self.outline_at();
        self.contents.at = here;
        let rows: Vec<Line> = rows
            .into_iter()
            .enumerate()
            .map(|(at, row)| {
                if at == here {
                    Line::of(row.text(), Role::Accent)
                } else {
                    row
                }
            })
            .collect();
        self.contents.draw(frame, inner, &rows, false, theme);
    }
}

/// The targets of the links, as the text numbers them.
fn links(links: &[markdown::Link], width: usize) -> Vec<Line> {
    if links.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![
        Line::new(),
        Line::of("Links", Role::Heading(3)),
        Line::new(),
    ];
    for (number, link) in (1..).zip(links) {
        let lead = format!("[{number}] ");
        let hang = " ".repeat(text::width(&lead));
        let room = width.saturating_sub(text::width(&lead)).max(1);
        for (row, part) in text::wrap(&text::clean_line(&link.target), room)
            .iter()
            .enumerate()
        {
            let lead = if row == 0 { &lead } else { &hang };
            lines.push(Line::of(lead, Role::Faint).with(part, Role::Link));
        }
    }
    lines
}

fn place_key(case: &str) -> String {
    format!("reader/{case}")
}

fn declined_key(case: &str) -> String {
    format!("reader/{case}/declined")
}

fn spot_of(value: &serde_json::Value) -> Option<Spot> {
    let number = |key: &str| {
        let number = value.get(key).and_then(serde_json::Value::as_u64);
        number.map_or(0, |number| number.min(1 << 30) as usize)
    };
    Some(Spot {
        anchor: value.get("anchor")?.as_str()?.to_owned(),
        offset: number("offset"),
        of: number("of"),
    })
}

/// A title without marks, blanks and capitals, so that the same title is the same.
fn plain(title: &str) -> String {
    title
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

impl Screen for Reader {
    fn place(&self) -> Place {
        match self.mode {
            Mode::First => Place::ReaderFirst,
            Mode::Read => Place::Reader,
            Mode::Find => Place::ReaderFind,
            Mode::Contents => Place::Contents,
        }
    }

    fn title(&self) -> String {
        if self.mode == Mode::First || self.laid == 0 {
            return self.title.clone();
        }
        let percent = self.page.percent();
        if self.matches.count() > 0 {
            return format!(
                "{} · {percent} % · “{}” {} of {}",
                self.title,
                self.phrase.trim(),
                self.matches.number(),
                self.matches.count()
            );
        }
        let heading = self.heading_at().and_then(|at| self.headings.get(at));
        match heading {
            Some(heading) if heading.level > 1 => {
                format!("{} · {percent} % · {}", self.title, heading.title)
            }
            _ => format!("{} · {percent} %", self.title),
        }
    }

    fn subject(&self) -> Option<String> {
        Some(self.case.clone())
    }

    fn typing(&self) -> bool {
        self.mode == Mode::Find
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, _: &Context<'_>) {
        if self.mode == Mode::First {
            self.draw_first(frame, area, theme);
            return;
        }
        let wide = area.width >= WIDE;
        let room = if wide {
            area.width - OUTLINE
        } else {
            area.width
        };
        let width = room.saturating_sub(4).min(TEXT);
        let finding = u16::from(self.mode == Mode::Find);
        let column = Rect {
            x: area.x + (room - width) / 2,
            width,
            height: area.height - finding,
            ..area
        };
        self.height = usize::from(column.height);
        self.lay_out(usize::from(width));
        self.reach_goal();
        self.page.draw(frame, column, theme);
        self.matches.mark(frame, column, self.page.top, theme);
        if self.mode == Mode::Find {
            let line = Rect {
                y: column.bottom(),
                height: 1,
                ..column
            };
            self.input.draw(frame, line, "find: ", true, theme);
        }
        let focus = self.mode == Mode::Contents;
        if wide {
            let side = Rect {
                x: area.right() - OUTLINE,
                width: OUTLINE,
                ..area
            };
            self.draw_outline(frame, side, focus, theme);
        } else if focus {
            let width = area.width.saturating_sub(8).min(60);
            let over = Rect {
                x: area.x + (area.width - width) / 2,
                y: area.y + 1,
                width,
                height: area.height.saturating_sub(2),
            };
            self.draw_outline(frame, over, true, theme);
        }
        if self.page.lines.is_empty() {
            let line = Line::of("This breakdown is empty.", Role::Faint);
            put(frame, column, 0, &line, theme);
        }
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        self.count_time(context);
        self.resting = None;
        let flow = match self.mode {
            Mode::First => return self.act_first(command, context),
            Mode::Read => self.act_read(command, context),
            Mode::Find => self.act_find(command),
            Mode::Contents => self.act_contents(command),
        };
        self.tell_read(context, self.step_at());
        // A place is worth a write when another section is reached; the rest waits for the end.
        let anchor = self.kept.as_ref().map(|spot| &spot.anchor);
        if anchor != Some(&self.spot().anchor) {
            self.keep_place(context);
        }
        flow
    }

    fn key(&mut self, key: KeyEvent, context: &mut Context<'_>) -> Flow {
        if self.mode == Mode::Find {
            self.count_time(context);
            self.input.key(key);
        }
        Flow::Stay
    }

    fn paste(&mut self, text: &str, _: &mut Context<'_>) {
        if self.mode == Mode::Find {
            self.input.insert(text);
        }
    }

    fn deadline(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.stale.then_some(now)
    }

    fn tick(&mut self, _: &mut Context<'_>) -> Flow {
        self.stale = false;
        Flow::Stay
    }

    fn leave(&mut self, context: &mut Context<'_>) {
        self.count_time(context);
        self.tell_read(context, None);
        self.keep_place(context);
    }

    fn resumed(&mut self, context: &mut Context<'_>) {
        self.last_key = context.now;
        if self.mode == Mode::First && context.desk.tried(&self.case) {
            self.mode = Mode::Read;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Desk, Setup};
    use ratatui::backend::TestBackend;
    use ratatui::Terminal;

    const CASE: &str = "video-recommendation";

    fn draw(reader: &mut Reader, desk: &mut Desk, now: DateTime<Utc>, width: u16) -> String {
        let mut terminal = Terminal::new(TestBackend::new(width, 24)).unwrap();
        let context = Context { desk, now };
        let draw = |frame: &mut Frame<'_>| {
            let area = frame.area();
            reader.draw(frame, area, Theme::Mono, &context);
        };
        terminal.draw(draw).unwrap();
        terminal.backend().to_string()
    }

    #[test]
    fn an_attempt_is_offered_first_and_the_place_is_kept() {
        let mut desk = Desk::in_memory(Setup::default(), DateTime::UNIX_EPOCH).unwrap();
        let mut now = DateTime::UNIX_EPOCH;
        let context = Context {
            desk: &mut desk,
            now,
        };
        let mut reader = Reader::new(&context, CASE, None);
        assert!(draw(&mut reader, &mut desk, now, 80).contains("Attempt it first"));
        let mut act = |reader: &mut Reader, desk: &mut Desk, command, seconds| {
            now += chrono::Duration::seconds(seconds);
            reader.act(command, &mut Context { desk, now });
            draw(reader, desk, now, 80)
        };
        act(&mut reader, &mut desk, Do::Open, 1);
        act(&mut reader, &mut desk, Do::Pick(3), 1);
        act(&mut reader, &mut desk, Do::NextSection, 30);
        let page = act(&mut reader, &mut desk, Do::Down, 1);
        let spot = reader.spot();
        assert!(spot.offset > 0 || !spot.anchor.is_empty());

        for width in [60, 80] {
            draw(&mut reader, &mut desk, now, width);
            assert_eq!(reader.spot().anchor, spot.anchor, "{width}");
        }
        reader.leave(&mut Context {
            desk: &mut desk,
            now,
        });
        let context = Context {
            desk: &mut desk,
            now,
        };
        let mut again = Reader::new(&context, CASE, None);
        assert_eq!(draw(&mut again, &mut desk, now, 80), page);
        let read = crate::progress::Filter::of(crate::progress::Kind::Read);
        assert_eq!(desk.journal.events(&read).unwrap().len(), 1);
    }
}
