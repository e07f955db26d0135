//! A page to read: a breakdown, the toolbox, the reading list. Reading, finding, jumping; the place
//! is kept.
//!
//! ```text
//! act       what the keys do, mode by mode
//! draw      the page on the screen, and what lies over it
//! sheet     the page as it is laid out, and the places found on it
//! spot      where the learner is, for another width or another day
//! outline   the contents beside the page or over it
//! links     the links as a list
//! figure    one picture, box by box
//! first     before a case is read for the first time
//! clock     how long each section was read
//! ```

mod act;
mod clock;
mod draw;
mod figure;
mod first;
mod links;
mod outline;
mod sheet;
mod spot;

use self::clock::Clock;
use self::draw::{centred, WIDE};
use self::figure::Figure;
use self::links::Links;
use self::outline::{Outline, Steps};
use self::sheet::Sheet;
use self::spot::Spot;
use crate::content::Step;
use crate::tui::command::{Do, Place};
use crate::tui::screen::{Context, Flow, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::Input;
use chrono::{DateTime, Utc};
use crossterm::event::KeyEvent;
use ratatui::layout::Rect;
use ratatui::Frame;

/// Width of the outline.
const OUTLINE: u16 = 34;

/// What the keys are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// Attempt first, or read on.
    First,
    Read,
    /// The phrase is being typed.
    Find,
    Contents,
    Links,
    Picture,
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

/// A page to read.
pub(in crate::tui) struct Reader {
    page: String,
    title: String,
    /// What the interviewer says first; only a case has that.
    prompt: Option<String>,
    steps: Steps,
    mode: Mode,
    sheet: Sheet,
    goal: Option<Goal>,
    input: Input,
    outline: Outline,
    links: Links,
    figure: Option<Figure>,
    clock: Clock,
    /// The place as it was last kept.
    kept: Option<Spot>,
    /// The first line of the screen was drawn before the page was laid out, so it is drawn again.
    stale: bool,
}

impl Reader {
    /// Opens a case, the toolbox or the reading list.
    pub(in crate::tui) fn new(context: &Context<'_>, page: &str, step: Option<Step>) -> Self {
        let desk = &context.desk;
        let library = &desk.library;
        let is_case = library.case_head(page).is_some();
        let prompt = is_case.then(|| library.case(page).map(|case| case.prompt.clone()));
        let spot = desk.place(&place_key(page));
        let declined = desk.place(&declined_key(page)).is_some();
        let untouched = is_case && spot.is_none() && !declined && !desk.tried(page);
        let goal = match (step, spot.as_ref().and_then(Spot::from_json)) {
            (Some(step), _) => Goal::Step(step),
            (None, Some(spot)) => Goal::Spot(spot),
            (None, None) => Goal::Top,
        };
        let guides = library.framework().steps.iter();
        let text = desk.page(page);
        Self {
            page: page.to_owned(),
            title: desk.page_title(page),
            prompt: prompt.map(Result::unwrap_or_default),
            steps: Steps::new(guides.map(|guide| (guide.title.as_str(), guide.id))),
            mode: if untouched { Mode::First } else { Mode::Read },
            sheet: Sheet::new(
                text.map(std::borrow::Cow::into_owned)
                    .map_err(|fault| fault.to_string()),
            ),
            goal: Some(goal),
            input: Input::default(),
            outline: Outline::default(),
            links: Links::default(),
            figure: None,
            clock: Clock::new(context.now),
            kept: None,
            stale: false,
        }
    }

    /// Opens at a heading, at the first place under it that holds the phrase.
    pub(in crate::tui) fn go_to(&mut self, anchor: &str, phrase: &str) {
        self.goal = Some(Goal::Heading(anchor.to_owned(), phrase.to_owned()));
    }

    fn reach_goal(&mut self) {
        match self.goal.take() {
            None | Some(Goal::Top) => {}
            Some(Goal::Spot(spot)) => self.sheet.page.top = self.sheet.line_of(&spot),
            Some(Goal::Step(step)) => self.go_to_step(step),
            Some(Goal::Heading(anchor, phrase)) => {
                self.sheet.go_to(&anchor);
                let from = self.sheet.page.top;
                self.sheet.find(&phrase, from);
                if self.sheet.matches.count() == 0 {
                    // The words stand apart: look for the first one that is there.
                    for word in phrase.split_whitespace() {
                        if self.sheet.matches.count() == 0 {
                            self.sheet.find(word, from);
                        }
                    }
                }
            }
        }
    }

    /// The section of the framework that is read.
    fn step_at(&self) -> Option<Step> {
        self.steps.at(&self.sheet)
    }

    fn count_time(&mut self, context: &Context<'_>) {
        let reading = self.mode != Mode::First && self.sheet.laid > 0;
        let step = reading.then(|| self.step_at()).flatten();
        self.clock.count(step, context.now);
    }

    fn tell_read(&mut self, context: &mut Context<'_>, still: Option<Step>) {
        let read = self.clock.take_read(still);
        if self.prompt.is_none() {
            return;
        }
        for (step, seconds) in read {
            let now = context.now;
            context.desk.was_read(&self.page, step.id(), seconds, now);
        }
    }

    fn keep_place(&mut self, context: &mut Context<'_>) {
        if self.mode == Mode::First || self.sheet.laid == 0 || !self.sheet.is_readable() {
            return;
        }
        let spot = self.sheet.spot();
        if self.kept.as_ref() != Some(&spot) {
            let key = place_key(&self.page);
            context.desk.set_place(&key, &spot.to_json());
            self.kept = Some(spot);
        }
    }
}

fn place_key(page: &str) -> String {
    format!("reader/{page}")
}

fn declined_key(page: &str) -> String {
    format!("reader/{page}/declined")
}

impl Screen for Reader {
    fn place(&self) -> Place {
        match self.mode {
            Mode::First => Place::ReaderFirst,
            Mode::Read => Place::Reader,
            Mode::Find => Place::ReaderFind,
            Mode::Contents => Place::Contents,
            Mode::Links => Place::ReaderLinks,
            Mode::Picture => Place::Picture,
        }
    }

    fn title(&self) -> String {
        if self.mode == Mode::First || self.sheet.laid == 0 {
            return self.title.clone();
        }
        let sheet = &self.sheet;
        let place = format!("{} · {} %", self.title, sheet.page.percent());
        if sheet.matches.count() > 0 {
            let (number, count) = (sheet.matches.number(), sheet.matches.count());
            return format!("{place} · “{}” {number} of {count}", sheet.phrase.trim());
        }
        let heading = sheet.heading_at().and_then(|at| sheet.headings().get(at));
        match heading {
            Some(heading) if heading.level > 1 => format!("{place} · {}", heading.title),
            _ => place,
        }
    }

    fn subject(&self) -> Option<String> {
        self.prompt.is_some().then(|| self.page.clone())
    }

    fn typing(&self) -> bool {
        self.mode == Mode::Find
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, theme: Theme, _: &Context<'_>) {
        if self.mode == Mode::First {
            let prompt = self.prompt.as_deref().unwrap_or_default();
            first::draw(frame, centred(area), &self.title, prompt, theme);
            return;
        }
        if area.width < WIDE {
            self.draw_page(frame, area, theme);
        } else {
            let room = area.width - OUTLINE;
            self.draw_page(
                frame,
                Rect {
                    width: room,
                    ..area
                },
                theme,
            );
            let side = Rect {
                x: area.x + room,
                width: OUTLINE,
                ..area
            };
            let focus = self.mode == Mode::Contents;
            let sheet = (&self.sheet, &self.steps);
            self.outline.draw(frame, side, sheet, focus, theme);
        }
        self.draw_over(frame, area, theme);
    }

    fn act(&mut self, command: Do, context: &mut Context<'_>) -> Flow {
        self.count_time(context);
        self.sheet.resting = None;
        let flow = match self.mode {
            Mode::First => return self.act_first(command, context),
            Mode::Read => self.act_read(command, context),
            Mode::Find => self.act_find(command, context),
            Mode::Contents => self.act_contents(command),
            Mode::Links => self.act_links(command, context),
            Mode::Picture => self.act_picture(command),
        };
        self.tell_read(context, self.step_at());
        // A place is worth a write when another section is reached; the rest waits for the end.
        let anchor = self.kept.as_ref().map(|spot| &spot.anchor);
        if anchor != Some(&self.sheet.spot().anchor) {
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
        self.clock.restart(context.now);
        if self.mode == Mode::First && context.desk.tried(&self.page) {
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
        let spot = reader.sheet.spot();
        assert!(spot.offset > 0 || !spot.anchor.is_empty());

        for width in [60, 80] {
            draw(&mut reader, &mut desk, now, width);
            assert_eq!(reader.sheet.spot().anchor, spot.anchor, "{width}");
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
