//! `greenroom drill`: the session on the full screen, or line by line.

use super::exit::{Exit, Failure, Outcome};
use super::page::{count, markdown, Page};
use super::shell::{chance, page, Banner, Shell};
use super::{clock, input, out};
use crate::content::{nearest, Step};
use crate::desk::{Desk, Practice};
use crate::drill::{read_line, read_part, Asked, Input, Kind, Phase, Reveal, Session, FORMATS};
use crate::memory::Filter;
use crate::tui::Start;
use serde::Serialize;
use std::io::{self, BufRead};

const COMMANDS: &str = "/hint /skip /undo /bury /suspend /end";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only this case or topic
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
    /// Only this step of the framework
    #[arg(long)]
    step: Option<Step>,
    /// Only this format, such as estimate or order
    #[arg(long)]
    format: Option<String>,
    /// Only drills with this tag
    #[arg(long)]
    tag: Option<String>,
    /// As many as fit into these minutes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=600))]
    minutes: Option<u32>,
    /// The weakest first, although nothing is due
    #[arg(long)]
    cram: bool,
    /// Ten minutes over the seven steps, two short drills each; the next plan passes over what you
    /// know
    #[arg(long, conflicts_with_all = ["case", "step", "format", "tag", "minutes", "cram", "undo"])]
    placement: bool,
    /// The same session every time
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Take back the last answer of today, and begin with that drill
    #[arg(long)]
    undo: bool,
    /// Line by line: questions on standard output, an answer a line on standard input
    #[arg(long)]
    plain: bool,
    /// Line by line, with the summary as JSON; the talk goes to standard error
    #[arg(long)]
    json: bool,
}

/// What came of a session, as JSON.
#[derive(Serialize)]
struct Document {
    schema_version: u32,
    answered: usize,
    /// Mean of the first scores, 0 to 100.
    score: Option<f64>,
    seconds: f64,
    answers: Vec<Told>,
    missed: Vec<String>,
    now_right: Vec<String>,
}

/// One answer, as JSON.
#[derive(Clone, Serialize)]
struct Told {
    drill: String,
    format: String,
    step: String,
    /// 0 to 1.
    score: f64,
    rating: Option<&'static str>,
    confidence: u8,
    /// Days.
    stability: Option<f64>,
    interval: Option<u32>,
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let full_screen = !args.plain && !args.json && !args.undo && out::is_interactive();
    if full_screen {
        // The desk says what is wrong with a filter before the screen is taken.
        let practice = practice(&shell.desk()?, args)?;
        return shell.screen(Start::Drill(practice));
    }
    let mut desk = shell.desk()?;
    let practice = practice(&desk, args)?;
    let mut lines = Lines {
        talk: if args.json { out::murmur } else { aloud },
        told: Vec::new(),
        banner: Banner::default(),
    };
    let now = clock::now();
    let undone = if args.undo {
        let Some(queued) = desk.undo_last(now) else {
            out::complain("nothing was answered today, so there is nothing to take back");
            return Ok(Exit::No);
        };
        lines.say(&format!("Took back the answer to {}.\n", queued.head.id));
        Some(queued)
    } else {
        None
    };
    let (mut session, faults) = desk.start_drills(&practice, now);
    for fault in faults {
        out::complain(&format!("left out: {fault}"));
    }
    if let Some(queued) = undone {
        session.put_first(queued, now);
    }
    if session.asked().is_none() {
        lines.say("Nothing to practise now. `greenroom drill --cram` practises all the same.\n");
    }
    lines.session(&mut desk, &mut session, &mut io::stdin().lock())?;
    let summary = session.summary();
    if args.json {
        let mean = (summary.answered > 0).then(|| 100.0 * summary.score / summary.answered as f64);
        out::json(&Document {
            schema_version: 1,
            answered: summary.answered,
            score: mean.map(|mean| (mean * 10.0).round() / 10.0),
            seconds: summary.seconds,
            answers: lines.told,
            missed: summary.missed,
            now_right: summary.now_right,
        })?;
    } else if summary.answered > 0 {
        lines.summary(&session);
    }
    shell.close(desk)
}

fn practice(desk: &Desk, args: &Args) -> Outcome<Practice> {
    if let Some(format) = &args.format {
        if !FORMATS.contains(&format.as_str()) {
            let hint = nearest(format, FORMATS.iter().copied()).map_or_else(
                || FORMATS.join(", "),
                |name| format!("did you mean {name}?"),
            );
            return Err(Failure::usage(format!(
                "there is no format `{format}`: {hint}"
            )));
        }
    }
    if let Some(topic) = &args.case {
        let topics = || {
            let cases = desk.library.cases().map(|head| head.id.as_str());
            cases.chain(desk.library.drills().map(|head| head.topic.as_str()))
        };
        if !topics().any(|own| own == topic) {
            let line = match nearest(topic, topics()) {
                Some(name) => {
                    format!("there is no case or topic `{topic}`; did you mean `{name}`?")
                }
                None => {
                    format!("there is no case or topic `{topic}`; `greenroom read` lists the cases")
                }
            };
            return Err(Failure::usage(line));
        }
    }
    Ok(Practice {
        filter: Filter {
            topic: args.case.clone(),
            step: args.step.map(|step| step.to_string()),
            format: args.format.clone(),
            tag: args.tag.clone(),
        },
        minutes: args.minutes,
        cram: args.cram,
        placement: args.placement,
        seed: args.seed.or_else(|| Some(chance())),
    })
}

/// A session in lines.
struct Lines {
    talk: fn(&str),
    told: Vec<Told>,
    banner: Banner,
}

/// What a line is.
enum Said {
    Text(String),
    Command(Input),
    Help,
    Unknown(String),
    Over,
}

fn aloud(text: &str) {
    // What cannot be written any more is not read by anybody.
    let _ = out::say(text);
}

impl Lines {
    fn say(&self, text: &str) {
        (self.talk)(text);
    }

    fn session(
        &mut self,
        desk: &mut Desk,
        session: &mut Session,
        input: &mut dyn BufRead,
    ) -> Outcome<()> {
        let mut shown = None;
        while let Phase::Answer { .. } = session.phase() {
            let Some(asked) = session.asked() else { break };
            let place = (asked.queued.head.id.clone(), session.place(), asked.again);
            if shown.as_ref() != Some(&place) {
                self.say(question(desk, session, asked).text());
                shown = Some(place);
            }
            match read(input)? {
                Said::Over => break,
                Said::Help => self.say(&format!("Commands: {COMMANDS}\n")),
                Said::Unknown(word) => {
                    self.say(&format!(
                        "There is no command {word}. Commands: {COMMANDS}\n"
                    ));
                }
                Said::Command(command) => {
                    self.command(desk, session, command);
                    if !matches!(session.phase(), Phase::Answer { .. }) {
                        break;
                    }
                    if session.hints().is_empty() {
                        // Another drill, or the same one from its start.
                        shown = shown.filter(|(id, place, _)| {
                            session
                                .asked()
                                .is_some_and(|asked| asked.queued.head.id == *id)
                                && *place == session.place()
                        });
                    }
                }
                Said::Text(line) => self.answer(desk, session, &line, input)?,
            }
        }
        Ok(())
    }

    fn command(&mut self, desk: &mut Desk, session: &mut Session, command: Input) {
        let now = clock::now();
        let before = session.hints().len();
        let hint = command == Input::Hint;
        let word = match &command {
            Input::Bury => Some("Away until tomorrow."),
            Input::Suspend => Some("Suspended: it does not come back."),
            Input::Skip if session.left() > 0 => Some("Skipped."),
            _ => None,
        };
        if command == Input::Undo {
            if session.place().0 > 0 {
                self.told.pop();
                desk.practise(session, command, now);
                self.say("Taken back.\n");
            } else if let Some(queued) = desk.undo_last(now) {
                self.say(&format!("Took back the answer to {}.\n", queued.head.id));
                session.put_first(queued, now);
            } else {
                self.say("Nothing was answered today.\n");
            }
            return;
        }
        desk.practise(session, command, now);
        if hint {
            let hints = session.hints();
            match hints.get(before) {
                Some(text) => {
                    let mut page = page();
                    page.item("Hint: ", text);
                    self.say(page.text());
                }
                None => self.say("No more hints.\n"),
            }
        }
        if let Some(word) = word {
            self.say(&format!("{word}\n"));
        }
    }

    /// A second attempt with a hint; an empty line does without.
    fn once_more(
        &mut self,
        desk: &mut Desk,
        session: &mut Session,
        input: &mut dyn BufRead,
    ) -> Outcome<()> {
        let before = session.hints().len();
        desk.practise(session, Input::Retry, clock::now());
        let mut page = page();
        page.line(
            "Not quite. Once more (the first attempt counts), or an empty line for the answer.",
        );
        if let Some(hint) = session.hints().get(before) {
            page.item("Hint: ", hint);
        }
        self.say(page.text());
        loop {
            let Said::Text(line) = read(input)? else {
                return Ok(());
            };
            if line.trim().is_empty() {
                return Ok(());
            }
            let Some(asked) = session.asked() else {
                return Ok(());
            };
            match read_line(&asked.question, &line) {
                Ok(replies) => {
                    desk.practise(session, Input::Answer(replies), clock::now());
                    return Ok(());
                }
                Err(unreadable) => self.say(&format!("{}\n", capital(&unreadable.to_string()))),
            }
        }
    }

    fn answer(
        &mut self,
        desk: &mut Desk,
        session: &mut Session,
        line: &str,
        input: &mut dyn BufRead,
    ) -> Outcome<()> {
        let Some(asked) = session.asked() else {
            return Ok(());
        };
        let replies = match read_line(&asked.question, line) {
            Ok(replies) => replies,
            Err(unreadable) => {
                self.say(&format!("{}\n", capital(&unreadable.to_string())));
                return Ok(());
            }
        };
        desk.practise(session, Input::Answer(replies), clock::now());
        let mut end = false;
        if *session.phase() == Phase::Confidence {
            self.say("How sure are you? 1 guessing · 2 unsure · 3 fairly sure · 4 certain\n");
            let sure = loop {
                match read(input)? {
                    // A terminal would be asked again after its end of input.
                    Said::Over | Said::Command(Input::End) => {
                        end = true;
                        break 2;
                    }
                    Said::Text(line) if line.trim().is_empty() => break 2,
                    Said::Text(line) => match line.trim().parse() {
                        Ok(sure @ 1..=4) => break sure,
                        _ => self.say("A number from 1 to 4, please.\n"),
                    },
                    Said::Help | Said::Unknown(_) | Said::Command(_) => {
                        self.say("First a number from 1 to 4, please.\n");
                    }
                }
            };
            desk.practise(session, Input::Confidence(sure), clock::now());
            self.banner.look(desk);
        }
        if *session.phase() == Phase::Choice && !end {
            self.once_more(desk, session, input)?;
        }
        if matches!(
            session.phase(),
            Phase::Choice | Phase::Answer { second: true }
        ) {
            desk.practise(session, Input::ShowAnswer, clock::now());
        }
        if let (Phase::Reveal(reveal), Some(asked)) = (session.phase(), session.asked()) {
            let next = session.next(clock::now());
            self.say(revealed(reveal, asked, next.as_deref()).text());
            if !asked.again {
                self.told.push(told(reveal, asked));
            }
        }
        desk.practise(session, Input::Next, clock::now());
        if end {
            desk.practise(session, Input::End, clock::now());
        }
        Ok(())
    }

    fn summary(&self, session: &Session) {
        let summary = session.summary();
        let mut page = page();
        page.gap();
        let mean = 100.0 * summary.score / summary.answered.max(1) as f64;
        page.line(format!(
            "Session: {}, mean score {mean:.0} %.",
            count(summary.answered, "answer")
        ));
        if !summary.missed.is_empty() {
            page.item("To see again: ", &summary.missed.join(", "));
        }
        if !summary.now_right.is_empty() {
            page.item("Now right: ", &summary.now_right.join(", "));
        }
        self.say("\n");
        self.say(page.text());
    }
}

fn read(input: &mut dyn BufRead) -> Outcome<Said> {
    let Some(line) = input::next_line(input)? else {
        return Ok(Said::Over);
    };
    let word = line.trim();
    Ok(match word {
        "/hint" => Said::Command(Input::Hint),
        "/skip" => Said::Command(Input::Skip),
        "/undo" => Said::Command(Input::Undo),
        "/bury" => Said::Command(Input::Bury),
        "/suspend" => Said::Command(Input::Suspend),
        "/end" | "/quit" => Said::Command(Input::End),
        "/help" | "/?" => Said::Help,
        _ if word.starts_with('/') => Said::Unknown(word.to_owned()),
        _ => Said::Text(line),
    })
}

fn question(desk: &Desk, session: &Session, asked: &Asked) -> Page {
    let head = &asked.queued.head;
    let (done, total) = session.place();
    let title = desk
        .library
        .case_head(&head.topic)
        .map_or(head.topic.as_str(), |case| case.title.as_str());
    let at = if asked.again {
        "again".to_owned()
    } else {
        format!("{} of {}", done + 1, total.max(done + 1))
    };
    let mut page = page();
    let width = page.width();
    page.line("");
    page.line(format!("[{at}] {} · {} · {title}", head.format, head.step));
    if let Some(reason) = session.reason() {
        page.paragraph(0, reason);
    }
    page.line(markdown(asked.question.text.trim(), width));
    for part in &asked.question.parts {
        if !part.label.is_empty() {
            page.paragraph(0, &part.label);
        }
        match &part.kind {
            Kind::Pick { options }
            | Kind::Arrange { items: options }
            | Kind::Mark { lines: options, .. } => {
                for (number, option) in options.iter().enumerate() {
                    page.item(&format!("  {:>2}) ", number + 1), &option.text);
                }
            }
            Kind::Pair { left, right } => {
                for (number, choice) in left.iter().enumerate() {
                    page.item(&format!("  {:>2}) ", number + 1), &choice.text);
                }
                for (letter, choice) in ('a'..='z').zip(right) {
                    page.item(&format!("   {letter}) "), &choice.text);
                }
            }
            Kind::Text { .. } | Kind::Draw | Kind::Number { .. } => {}
        }
    }
    let forms: Vec<String> = asked
        .question
        .parts
        .iter()
        .filter_map(|part| read_part(part, "").err())
        .map(|form| form.expected)
        .collect();
    page.item("Answer: ", &forms.join(" | "));
    page
}

fn revealed(reveal: &Reveal, asked: &Asked, next: Option<&str>) -> Page {
    let mut page = page();
    let grade = reveal.second.as_ref().unwrap_or(&reveal.grade);
    let percent = 100.0 * grade.score;
    page.line("");
    match reveal.rating {
        Some(rating) => page.line(format!("{percent:.0} % · {}", rating.name())),
        None => page.line(format!("{percent:.0} %, this time it only teaches")),
    }
    for mark in &grade.marks {
        let sign = match mark.credit {
            credit if credit >= 0.995 => "  + ",
            credit if credit > 0.005 => "  ~ ",
            _ => "  - ",
        };
        let note = mark.note.trim();
        if note.is_empty() {
            page.item(sign, &mark.point);
        } else {
            page.item(
                sign,
                &format!("{} ({note})", mark.point.trim_end_matches('.')),
            );
        }
    }
    for line in &grade.feedback {
        page.paragraph(0, &capital(line));
    }
    let drill = &asked.queued.drill;
    let model = drill.model();
    page.line("Model answer:");
    let width = page.width();
    for line in markdown(model.trim(), width.saturating_sub(2)).lines() {
        page.line(format!("  {line}"));
    }
    let because = drill.head().because.trim();
    if !because.is_empty() {
        page.item("Because: ", because);
    }
    if !asked.queued.read.is_empty() {
        page.item("Read on: ", &asked.queued.read);
    }
    if let Some(outlook) = &reveal.outlook {
        let recall = outlook.recall.map_or_else(
            || "new to you".to_owned(),
            |recall| format!("recall was {:.0} %", 100.0 * recall),
        );
        let days = outlook.interval as usize;
        page.paragraph(
            0,
            &format!(
                "Memory: {recall}, stability {:.1} days, next in {}",
                outlook.stability,
                count(days, "day")
            ),
        );
    }
    if let Some(next) = next {
        page.item("Next: ", next);
    }
    page
}

fn told(reveal: &Reveal, asked: &Asked) -> Told {
    let head = &asked.queued.head;
    Told {
        drill: head.id.clone(),
        format: head.format.clone(),
        step: head.step.clone(),
        score: (reveal.grade.score * 10_000.0).round() / 10_000.0,
        rating: reveal.rating.map(crate::memory::Rating::name),
        confidence: reveal.confidence,
        stability: reveal
            .outlook
            .map(|outlook| (outlook.stability * 100.0).round() / 100.0),
        interval: reveal.outlook.map(|outlook| outlook.interval),
    }
}

/// The first letter as a capital.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
}
