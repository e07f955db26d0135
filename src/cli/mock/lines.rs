//! An interview in lines: what is said, and what a typed line does.

use super::sheet;
use crate::cli::page::clock as minutes;
use crate::cli::shell::{page, Banner};
use crate::cli::{clock, out};
use crate::diagram;
use crate::mock::{
    drawn, read_line, wiped, Input, Manner, Said, Segment, Session, Speaker, COMMANDS,
};
use crate::text::clean_line;
use chrono::{DateTime, Duration, Utc};
use std::io::{self, IsTerminal};

const EMPTY: &str = "The whiteboard is empty. Write /draw a -> b\n";

/// An interview in lines.
pub(super) struct Interview {
    pub(super) session: Session,
    talk: fn(&str),
    /// Lines of the transcript that were printed.
    printed: usize,
    segment: Option<Segment>,
    /// Time as the interview has it.
    pub(super) now: DateTime<Utc>,
    /// The clock on the wall moves it; else only `/wait`.
    pub(super) real: bool,
    /// Seconds of sleep that were said.
    slept: f64,
    pub(super) banner: Banner,
}

/// Where the talk goes: to standard error where the debrief is JSON.
pub(super) fn voice(json: bool) -> fn(&str) {
    if json {
        out::murmur
    } else {
        aloud
    }
}

fn aloud(text: &str) {
    // What cannot be written any more is not read by anybody.
    let _ = out::say(text);
}

impl Interview {
    pub(super) fn new(session: Session, json: bool) -> Self {
        Self {
            printed: 0,
            segment: None,
            now: clock::now(),
            real: io::stdin().is_terminal(),
            banner: Banner::default(),
            talk: voice(json),
            slept: session.slept(),
            session,
        }
    }

    pub(super) fn into_session(self) -> Session {
        self.session
    }

    pub(super) fn say(&self, text: &str) {
        (self.talk)(text);
    }

    pub(super) fn open(&mut self) {
        let record = self.session.record();
        let mut page = page();
        let kind = if record.is_sprint() { "Sprint" } else { "Mock" };
        page.line(format!(
            "{kind} · {} · {} · {} left",
            self.session.setting().case.title,
            record.level,
            minutes(self.session.left())
        ));
        page.paragraph(
            0,
            &format!("A line goes into the answer of the step. In clarify, a question is answered. Commands: {COMMANDS}"),
        );
        let record = self.session.record();
        match record.options.manner {
            Manner::Typed => {}
            Manner::Aloud => page.paragraph(
                0,
                "Speak; write nothing. When it ends you tick what you said: /said ITEM.",
            ),
            Manner::Friend => page.line(sheet::text(self.session.setting(), record)),
        }
        self.say(page.text());
        if self.session.paused() {
            self.say("The clock stands; it goes on with your next line.\n");
            // What was said before is not said again, but for the last line.
            let lines = record.transcript.len();
            self.printed = lines;
            if let Some(entry) = self.session.line() {
                self.say(&spoken(&entry.text));
            }
        }
        self.catch_up();
    }

    /// Prints what the interviewer has said since the last time, and a new segment's heading.
    pub(super) fn catch_up(&mut self) {
        let record = self.session.record();
        let mut text = String::new();
        for entry in record.transcript.iter().skip(self.printed) {
            if entry.speaker == Speaker::Interviewer {
                text.push_str(&spoken(&entry.text));
            }
        }
        self.printed = record.transcript.len();
        if self.segment != Some(record.current) && !record.over {
            self.segment = Some(record.current);
            text.push_str(&self.heading(record.current));
        }
        self.say(&text);
    }

    fn heading(&self, segment: Segment) -> String {
        let framework = &self.session.setting().framework;
        let title = segment.title(framework);
        let budget = self.session.record().budget(segment, framework);
        let number = segment
            .step()
            .map_or_else(String::new, |step| format!("{} ", step.index() + 1));
        format!(
            "\n== {number}{title} · {} min ==\n",
            (budget / 60.0).round()
        )
    }

    pub(super) fn apply(&mut self, input: Input) {
        self.session.apply(input, self.now);
    }

    /// One line; says whether the interview is left to be taken up later.
    pub(super) fn line(&mut self, line: &str) -> bool {
        let said = read_line(line);
        let counts = said == Said::Do(Input::Count);
        let goes_on = matches!(said, Said::Do(_) | Said::On(_) | Said::Wipe);
        if self.session.paused() && goes_on && !counts {
            self.apply(Input::Resume);
        }
        match said {
            Said::Do(Input::Said(name, said)) => {
                let setting = self.session.setting();
                match sheet::item(setting, self.session.record(), &name) {
                    Some(item) => self.apply(Input::Said(item, said)),
                    None => self.say(&format!("There is no item {name}.\n")),
                }
            }
            Said::Do(Input::Draw(more)) => self.draw(drawn(&self.session, &more)),
            Said::Wipe => self.draw(wiped(&self.session)),
            Said::Do(input) => self.apply(input),
            Said::On(segment) if self.session.record().current == segment => {}
            Said::On(_) => self.apply(Input::Next),
            Said::Wait(seconds) => self.wait(seconds),
            Said::Pause if self.session.paused() => {
                self.apply(Input::Resume);
                self.say("The clock runs again.\n");
            }
            Said::Pause => {
                self.apply(Input::Pause);
                self.say("The clock stands. /pause again, or any line, goes on.\n");
            }
            Said::Time => {
                self.apply(Input::Tick);
                self.say(&self.time());
            }
            Said::Board => {
                let record = self.session.record();
                match record.board_in(record.current) {
                    "" => self.say(EMPTY),
                    board => self.say(&format!("{board}\n")),
                }
            }
            Said::Leave => return true,
            Said::Complain(text) => self.say(&format!("{text}\n")),
        }
        self.catch_up();
        self.tell_of_sleep();
        false
    }

    /// Puts it on the whiteboard, and says when it is no flowchart yet.
    fn draw(&mut self, board: String) {
        let said = match diagram::read(&board) {
            _ if board.is_empty() => EMPTY.to_owned(),
            Ok(_) => "On the whiteboard.\n".to_owned(),
            Err(fault) => format!(
                "On the whiteboard, but it cannot be drawn: {fault}. /wipe takes its last line off.\n"
            ),
        };
        self.apply(Input::Draw(board));
        self.say(&said);
    }

    /// A second has passed in which nothing was typed.
    pub(super) fn tick(&mut self) {
        self.apply(Input::Tick);
        self.catch_up();
        self.tell_of_sleep();
    }

    /// Whether the time of a sleep counts is for the candidate to say.
    fn tell_of_sleep(&mut self) {
        let slept = self.session.slept() - self.slept;
        if slept > 0.0 {
            self.slept = self.session.slept();
            self.say(&format!(
                "{} passed while nothing ran here, and the clock stands. Your next line goes on \
                 without them; /count counts them.\n",
                minutes(slept)
            ));
        }
    }

    /// Second by second, so that every deadline fires in its turn.
    fn wait(&mut self, seconds: u32) {
        if self.real {
            self.say("/wait is for scripts; here the clock on the wall runs.\n");
            return;
        }
        for _ in 0..seconds {
            if self.session.record().over {
                break;
            }
            self.now += Duration::seconds(1);
            self.apply(Input::Tick);
            if self.session.record().transcript.len() > self.printed {
                self.catch_up();
            }
        }
    }

    fn time(&self) -> String {
        let record = self.session.record();
        let framework = &self.session.setting().framework;
        let current = record.current;
        format!(
            "{} left of {} · {current} {} of {}{}\n",
            minutes(self.session.left()),
            minutes(record.budget_total(framework)),
            minutes(record.used(current)),
            minutes(record.budget(current, framework)),
            if self.session.paused() {
                " · paused"
            } else {
                ""
            }
        )
    }
}

fn spoken(text: &str) -> String {
    let mut page = page();
    page.paragraph(0, &format!("Interviewer: {}", clean_line(text)));
    page.into_text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Level;
    use crate::desk::{Desk, NewMock, Setup};
    use std::cell::RefCell;

    thread_local! {
        static TALK: RefCell<String> = const { RefCell::new(String::new()) };
    }

    fn begun() -> (Interview, Desk) {
        TALK.take();
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let mut desk = Desk::in_memory(Setup::default(), now).unwrap();
        let new = NewMock {
            case: "video-recommendation".to_owned(),
            clock_minutes: 45,
            level: Level::Senior,
            seed: Some(7),
            ..NewMock::default()
        };
        let session = desk.begin_mock(&new, now).unwrap();
        let own = Interview {
            now,
            real: true,
            talk: |text| TALK.with_borrow_mut(|talk| talk.push_str(text)),
            ..Interview::new(session, false)
        };
        (own, desk)
    }

    #[test]
    fn nothing_is_put_over_what_another_terminal_goes_on_with() {
        let (mut own, mut desk) = begun();
        own.line("here");
        assert!(own.keep(&mut desk).is_ok());
        own.now += Duration::seconds(600);
        let name = format!("mock/{}", own.session.record().mock);
        // A process that is alive and not this one.
        desk.journal.lease(&name, 1, own.now);
        own.line("here too");
        assert!(own.keep(&mut desk).is_err());
        let kept = desk.open_mocks().remove(0);
        assert!(kept.said().values().all(|text| text == "here"));
    }

    #[test]
    fn a_sleep_is_said_and_the_candidate_says_whether_it_counts() {
        for (line, counted) in [("/count", 600.0), ("a thought", 0.0)] {
            let (mut own, _) = begun();
            own.now += Duration::seconds(600);
            own.tick();
            own.tick();
            assert_eq!(TALK.take().matches("10:00 passed").count(), 1);
            own.line(line);
            assert_eq!(own.session.record().elapsed(), counted, "{line}");
            assert!(!own.session.paused());
        }
        // A line may come before the second does.
        let (mut own, _) = begun();
        own.now += Duration::seconds(600);
        own.line("a thought");
        assert!(TALK.take().contains("10:00 passed"));
        assert!(own
            .session
            .record()
            .said()
            .values()
            .any(|text| text == "a thought"));
    }
}
