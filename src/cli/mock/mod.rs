//! `greenroom mock`: the interview on the full screen, or line by line.

mod lines;
mod new;
mod pace;
mod recorder;
mod sheet;

use super::exit::{Failure, Outcome};
use super::shell::{known_case, Shell};
use super::{clock, debrief, out};
use crate::content::{Level, Step};
use crate::desk::Desk;
use crate::export;
use crate::mock::{Manner, Record, Session};
use crate::tui::Start;
use lines::{voice, Interview};
use new::{new_mock, Which};
use recorder::Recorder;

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

fn interview(shell: &Shell, mut desk: Desk, session: Session, json: bool) -> Outcome {
    let mut own = Interview::new(session, json);
    let left = own.go_on(&mut desk)?;
    let session = own.into_session();
    if left {
        desk.save_mock(&session, clock::now());
        desk.release_mock(&session);
        voice(json)("Saved. Go on with `greenroom mock --resume`.\n");
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
