//! `greenroom mock`: the interview on the full screen, or line by line.

use super::exit::{Failure, Outcome};
use super::mock_sheet;
use super::page::clock as minutes;
use super::recorder::Recorder;
use super::shell::{known_case, page, Banner, Shell};
use super::{clock, debrief, input, out};
use crate::content::{ActivityKind, Level, Step};
use crate::desk::{Desk, NewMock, Surprise, OWN_QUESTION};
use crate::export;
use crate::mock::{
    drawn, read_line, Input, Manner, Record, Said, Segment, Session, Speaker, COMMANDS,
};
use crate::text::clean_line;
use crate::tui::Start;
use chrono::{DateTime, Duration, Utc};
use std::io::{self, BufReader, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::Arc;
use std::thread;

/// Which case a surprise is.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Which {
    Unseen,
    Due,
    Weakest,
}

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The case; else the one of today's plan
    case: Option<String>,
    /// Minutes: 35, 45, 60 or your own
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=240))]
    clock: Option<u32>,
    /// The minutes are those of the slot; the design gets what such a slot leaves (35 of 45)
    #[arg(long)]
    slot: bool,
    /// mid, senior or staff; else your plan's
    #[arg(long)]
    level: Option<Level>,
    /// Weights of a role: applied, infra or genai
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// Any case by chance: one never tried, with most drills due, or the weakest
    #[arg(long, value_name = "WHICH", num_args = 0..=1, default_missing_value = "unseen", conflicts_with = "case")]
    surprise: Option<Which>,
    /// A question of your own, such as "Design …"; graded by what holds for any system
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["case", "surprise"])]
    prompt: Option<String>,
    /// Speak instead of typing; afterwards you tick what you said
    #[arg(long)]
    out_loud: bool,
    /// You ask a friend: facts, ladders and turns to read out, a rubric to tick
    #[arg(long, conflicts_with = "out_loud")]
    interviewer: bool,
    /// A command of yours that records while you speak; it is interrupted at the end
    #[arg(long, value_name = "COMMAND", requires = "out_loud")]
    record: Option<String>,
    /// A sprint over these steps only, separated by commas
    #[arg(long, value_name = "STEP,…", value_delimiter = ',')]
    steps: Vec<Step>,
    /// The same interviewer's wording every time
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Take up the newest mock that was not finished
    #[arg(long, conflicts_with_all = ["clock", "level", "steps", "seed", "prompt", "surprise"])]
    resume: bool,
    /// Line by line; a script moves the clock with /wait
    #[arg(long)]
    plain: bool,
    /// Line by line, with the debrief as JSON; the talk goes to standard error
    #[arg(long)]
    json: bool,
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let full_screen = !args.plain && !args.json && out::is_interactive();
    let mut desk = shell.desk()?;
    if let Some(case) = &args.case {
        known_case(&desk, case)?;
    }
    if args.resume {
        let record = unfinished(&desk, args.case.as_deref())?;
        if full_screen {
            drop(desk);
            return shell.screen(Start::Resume(record.mock));
        }
        let session = desk.resume_mock(record, clock::now());
        let session = session.map_err(Failure::data)?;
        return interview(shell, desk, session, args.json);
    }
    let asks = args.seed.is_none() && args.level.is_none() && !args.is_special();
    if full_screen && asks {
        drop(desk);
        return shell.screen(Start::Mock {
            case: args.case.clone(),
            steps: args.steps.clone(),
            clock: args.clock,
        });
    }
    let new = new_mock(&mut desk, args)?;
    let recorder = args.record.as_deref().map(Recorder::start).transpose()?;
    let result = if full_screen {
        drop(desk);
        shell.screen(Start::Running(new))
    } else {
        let session = desk.begin_mock(&new, clock::now()).map_err(Failure::data)?;
        interview(shell, desk, session, args.json)
    };
    if let Some(recorder) = recorder {
        recorder.stop();
    }
    result
}

impl Args {
    /// Whether something was asked for that the screen before a mock does not ask.
    fn is_special(&self) -> bool {
        self.slot
            || self.role.is_some()
            || self.surprise.is_some()
            || self.prompt.is_some()
            || self.out_loud
            || self.interviewer
    }

    fn manner(&self) -> Manner {
        match (self.out_loud, self.interviewer) {
            (true, _) => Manner::Aloud,
            (_, true) => Manner::Friend,
            _ => Manner::Typed,
        }
    }
}

fn unfinished(desk: &Desk, case: Option<&str>) -> Outcome<Record> {
    let mut open = desk.open_mocks().into_iter();
    open.find(|record| case.is_none_or(|case| record.case == case))
        .ok_or_else(|| Failure::usage("there is no unfinished mock to take up"))
}

fn new_mock(desk: &mut Desk, args: &Args) -> Outcome<NewMock> {
    let now = clock::now();
    if let Some(role) = &args.role {
        known_role(desk, role)?;
    }
    let prompt = args.prompt.as_deref().map(clean_line);
    if prompt.as_ref().is_some_and(|text| text.trim().is_empty()) {
        return Err(Failure::usage(
            "what shall be designed? --prompt \"Design …\"",
        ));
    }
    let settings = desk
        .plan_settings()
        .unwrap_or_else(|| desk.default_settings(now));
    Ok(NewMock {
        case: chosen_case(desk, args)?,
        clock_minutes: args.clock.unwrap_or(45),
        slot: args.slot,
        level: args.level.unwrap_or(settings.level),
        steps: args.steps.clone(),
        seed: args.seed,
        manner: args.manner(),
        role: args.role.clone(),
        prompt: prompt.map(|text| text.trim().to_owned()),
    })
}

fn known_role(desk: &Desk, role: &str) -> Outcome<()> {
    let rubric = desk.library.rubric();
    if rubric.role(role).is_some() {
        return Ok(());
    }
    let roles: Vec<&str> = rubric.roles.iter().map(|own| own.id.as_str()).collect();
    Err(Failure::usage(format!(
        "there is no role `{role}`: {}",
        roles.join(", ")
    )))
}

/// The one that was named, a surprise, the general one for a question of one's own, or today's.
fn chosen_case(desk: &mut Desk, args: &Args) -> Outcome<String> {
    let surprise = args.surprise.map(|which| match which {
        Which::Unseen => Surprise::Unseen,
        Which::Due => Surprise::Due,
        Which::Weakest => Surprise::Weakest,
    });
    let found = match (&args.case, &args.prompt, surprise) {
        (Some(case), ..) => Some(case.clone()),
        (_, Some(_), _) => Some(OWN_QUESTION.to_owned()),
        (_, _, Some(which)) => desk.surprise(which, clock::now()),
        _ => planned_case(desk),
    };
    found.ok_or_else(|| {
        Failure::usage("name a case, such as `greenroom mock CASE`; `greenroom read` lists them")
    })
}

/// The case of today's mock or sprint that is not done yet.
fn planned_case(desk: &Desk) -> Option<String> {
    let today = desk.today(clock::now());
    let activities = today.activities.into_iter().map(|own| own.activity);
    let mut mocks = activities.filter(|activity| {
        !activity.done && matches!(activity.kind, ActivityKind::Mock | ActivityKind::Sprint)
    });
    mocks.next()?.case
}

/// An interview in lines.
struct Interview {
    session: Session,
    talk: fn(&str),
    /// Lines of the transcript that were printed.
    printed: usize,
    segment: Option<Segment>,
    /// Time as the interview has it.
    now: DateTime<Utc>,
    /// The clock on the wall moves it; else only `/wait`.
    real: bool,
    banner: Banner,
}

fn aloud(text: &str) {
    // What cannot be written any more is not read by anybody.
    let _ = out::say(text);
}

fn interview(shell: &Shell, mut desk: Desk, session: Session, json: bool) -> Outcome {
    let stdin = io::stdin();
    let mut own = Interview {
        printed: 0,
        segment: None,
        now: clock::now(),
        real: stdin.is_terminal(),
        banner: Banner::default(),
        talk: if json { out::murmur } else { aloud },
        session,
    };
    own.open();
    let left = if own.real {
        own.by_the_wall(&mut desk)?
    } else {
        own.by_script(&mut desk)?
    };
    let session = own.session;
    if left {
        desk.save_mock(&session, clock::now());
        desk.release_mock(&session);
        (own.talk)("Saved. Go on with `greenroom mock --resume`.\n");
        return shell.close(desk);
    }
    let result = desk.finish_mock(&session, clock::now());
    let record = session.record();
    if json {
        out::json(&export::document(record, &result))?;
    } else {
        let text = debrief::text(&desk, record, &result, false);
        out::say(&format!("\n{}", text.text()))?;
    }
    out::murmur(&format!(
        "The debrief is kept: greenroom history show {} --why\n",
        record.mock
    ));
    shell.close(desk)
}

impl Interview {
    fn say(&self, text: &str) {
        (self.talk)(text);
    }

    fn open(&mut self) {
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
            Manner::Friend => page.line(mock_sheet::text(self.session.setting(), record)),
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
    fn catch_up(&mut self) {
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

    fn apply(&mut self, input: Input) {
        self.session.apply(input, self.now);
    }

    /// One line; says whether the interview is left to be taken up later.
    fn line(&mut self, line: &str) -> bool {
        let said = read_line(line);
        if self.session.paused() && matches!(said, Said::Do(_) | Said::On(_)) {
            self.apply(Input::Resume);
        }
        match said {
            Said::Do(Input::Said(name, said)) => {
                let setting = self.session.setting();
                match mock_sheet::item(setting, self.session.record(), &name) {
                    Some(item) => self.apply(Input::Said(item, said)),
                    None => self.say(&format!("There is no item {name}.\n")),
                }
            }
            Said::Do(input) => {
                let board = matches!(input, Input::Draw(_));
                let input = match input {
                    Input::Draw(more) => Input::Draw(drawn(&self.session, &more)),
                    other => other,
                };
                self.apply(input);
                if board {
                    self.say("On the whiteboard.\n");
                }
            }
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
                let board = record.board_in(record.current);
                let text = if board.is_empty() {
                    "The whiteboard is empty. Write /draw a -> b\n".to_owned()
                } else {
                    format!("{board}\n")
                };
                self.say(&text);
            }
            Said::Leave => return true,
            Said::Complain(text) => self.say(&format!("{text}\n")),
        }
        self.catch_up();
        false
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

    fn save(&mut self, desk: &mut Desk) {
        desk.save_mock(&self.session, clock::now());
        self.banner.look(desk);
    }

    /// Reads to the end of input; the clock moves only by `/wait`.
    fn by_script(&mut self, desk: &mut Desk) -> Outcome<bool> {
        let mut stdin = io::stdin().lock();
        while !self.session.record().over {
            let Some(line) = input::next_line(&mut stdin)? else {
                break;
            };
            if self.line(&line) {
                return Ok(true);
            }
            self.save(desk);
        }
        self.apply(Input::End);
        self.checklist(|| input::next_line(&mut stdin))?;
        Ok(false)
    }

    /// After an interview out loud: which items were said, one a line or several.
    fn checklist(&mut self, mut next: impl FnMut() -> io::Result<Option<String>>) -> Outcome<()> {
        let record = self.session.record();
        if record.options.manner != Manner::Aloud {
            return Ok(());
        }
        self.say(&mock_sheet::checklist(self.session.setting(), record));
        while let Some(line) = next()? {
            if line.trim() == "/end" {
                break;
            }
            self.tick(&line);
        }
        Ok(())
    }

    /// Ticks the items that a line names, by id or number.
    fn tick(&mut self, line: &str) {
        let line = line.trim().trim_start_matches("/said").trim();
        for word in line.split([' ', ',']).filter(|word| !word.is_empty()) {
            let record = self.session.record();
            match mock_sheet::item(self.session.setting(), record, word) {
                Some(item) => self.apply(Input::Said(item, true)),
                None => self.say(&format!("There is no item {word}.\n")),
            }
        }
    }

    /// Reads lines while the clock on the wall runs.
    fn by_the_wall(&mut self, desk: &mut Desk) -> Outcome<bool> {
        let lines = lines();
        let interrupted = interruption();
        let mut ticks = 0;
        while !self.session.record().over {
            let line = match lines.recv_timeout(std::time::Duration::from_secs(1)) {
                Ok(line) => Some(line),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => {
                    self.now = clock::running();
                    self.apply(Input::End);
                    break;
                }
            };
            self.now = clock::running();
            match line {
                Some(line) => {
                    if self.line(&line) {
                        return Ok(true);
                    }
                    self.save(desk);
                }
                None if interrupted.load(Ordering::SeqCst) => return Ok(true),
                None => {
                    self.apply(Input::Tick);
                    self.catch_up();
                }
            }
            ticks += 1;
            if ticks % 5 == 0 {
                desk.hold_mock(&self.session, clock::now());
                self.save(desk);
            }
        }
        if self.session.left() <= 0.0 {
            self.say("\nTime is up.\n");
        }
        self.checklist(|| Ok(lines.recv().ok()))?;
        Ok(false)
    }
}

/// Set by Ctrl-C, a closed terminal or a polite kill: the interview is left, not lost.
fn interruption() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    for signal in signal_hook::consts::TERM_SIGNALS
        .iter()
        .chain(&[signal_hook::consts::SIGHUP])
    {
        // Without it the signal ends the process; a second of the interview is lost then.
        let _ = signal_hook::flag::register(*signal, Arc::clone(&flag));
    }
    flag
}

/// Lines as they are typed.
fn lines() -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut stdin = BufReader::new(io::stdin());
        while let Ok(Some(line)) = input::next_line(&mut stdin) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

fn spoken(text: &str) -> String {
    let mut page = page();
    page.paragraph(0, &format!("Interviewer: {}", clean_line(text)));
    page.into_text()
}
