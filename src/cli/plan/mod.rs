//! `greenroom plan`: the days up to the interview, and everything that changes them.

mod change;
mod new;
mod remind;

use super::exit::{Exit, Failure, Outcome};
use super::page::Page;
use super::shell::{page, Shell};
use super::{clock, out};
use crate::content::{nearest, Level};
use crate::desk::Desk;
use crate::export as leave;
use crate::plan::{Plan, Settings};
use chrono::NaiveDate;
use clap::Subcommand;
use serde::Serialize;

pub(super) use remind::time;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    /// As JSON
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// To print: text, md or html
    #[arg(long, value_name = "FORMAT")]
    format: Option<leave::Format>,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a plan; without flags it asks. The old one is replaced, what you did stays
    New(new::Args),
    /// Put an activity on another day, and keep it there
    Move(change::MoveArgs),
    /// Keep an activity on its day
    Pin(change::PinArgs),
    /// Take an activity out
    Drop(change::PinArgs),
    /// Put one more activity on a day
    Add(change::AddArgs),
    /// Take the last change back, or the plan itself
    Undo,
    /// Tell how the interview went
    Went(change::WentArgs),
    /// Go on after the interview: a mock a week and a few drills, no date
    Keep(change::KeepArgs),
    /// Print what a systemd timer or cron needs to remind you
    Remind(remind::Args),
}

/// The JSON of a plan.
#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    /// There is a plan; else this is a suggestion.
    planned: bool,
    date: NaiveDate,
    interview: Option<NaiveDate>,
    days_left: Option<i64>,
    minutes: u32,
    level: Level,
    settings: &'a Settings,
    #[serde(flatten)]
    plan: &'a Plan,
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let what = match &args.what {
        None => {
            show(&shell.desk()?, args.json, args.format)?;
            return Ok(Exit::Done);
        }
        Some(What::Remind(args)) => return remind::run(shell, args),
        Some(What::New(args)) => return new::run(shell, args),
        Some(what) => what,
    };
    let mut desk = shell.desk()?;
    let now = clock::now();
    match what {
        What::Move(args) => change::move_to(&mut desk, args)?,
        What::Pin(args) => change::pin(&mut desk, args)?,
        What::Drop(args) => change::drop_out(&mut desk, args)?,
        What::Add(args) => change::add(&mut desk, args)?,
        What::Undo => desk.undo_plan(now).map_err(Failure::no)?,
        What::Went(args) => return change::went(shell, desk, args),
        What::Keep(args) => change::keep(&mut desk, args),
        What::New(_) | What::Remind(_) => {}
    }
    show(&desk, false, None)?;
    shell.close(desk)
}

fn show(desk: &Desk, json: bool, format: Option<leave::Format>) -> Outcome<()> {
    let now = clock::now();
    let own = desk.plan_settings();
    let planned = own.is_some();
    let settings = own.unwrap_or_else(|| desk.default_settings(now));
    let drills_left = desk.today(now).due > 0;
    let plan = desk.plan_of(&settings, now, drills_left);
    let date = desk.date(now);
    if json {
        out::json(&Document {
            schema_version: 1,
            planned,
            date,
            interview: settings.interview,
            days_left: settings.days_left(date),
            minutes: settings.minutes,
            level: settings.level,
            settings: &settings,
            plan: &plan,
        })?;
    } else if let Some(format) = format {
        out::pour(&leave::plan(&plan, &settings, format))?;
    } else {
        out::say(text(desk, &settings, &plan, planned).text())?;
    }
    Ok(())
}

fn text(desk: &Desk, settings: &Settings, plan: &Plan, planned: bool) -> Page {
    let now = clock::now();
    let mut page = page();
    let name = if planned { "Plan" } else { "Suggested plan" };
    page.ends(&format!("{name} · {}", plan.template), &desk.date_line(now));
    page.line(format!(
        "{} · {} · {}",
        settings.rhythm(),
        settings.level,
        settings.interview.map_or_else(
            || "no interview date yet".to_owned(),
            |date| format!("interview on {}", date.format("%a %-d %b %Y"))
        )
    ));
    for day in &plan.days {
        page.heading(&format!("{} · {}", day.date.format("%a %-d %b"), day.title));
        let rows: Vec<Vec<String>> = (1..)
            .zip(&day.activities)
            .map(|(number, activity): (usize, _)| {
                let pin = if activity.pinned { " (pinned)" } else { "" };
                vec![
                    if activity.done { "[x]" } else { "[ ]" }.to_owned(),
                    number.to_string(),
                    activity.kind.id().to_owned(),
                    format!("{} min", activity.minutes),
                    format!("{}{pin}", activity.title),
                ]
            })
            .collect();
        page.table(2, &rows);
        if let Some(note) = &day.note {
            page.paragraph(2, note);
        }
    }
    if plan.over {
        over(&mut page, desk, settings);
    } else if plan.days.is_empty() {
        page.gap();
        page.line("No days are left before the interview. Read your last debrief, and sleep.");
    }
    page.gap();
    if !plan.focus.is_empty() {
        page.paragraph(0, &format!("Focus: {}", plan.focus.join(", ")));
    }
    if !plan.not_reached.is_empty() {
        let names = plan.not_reached.join(", ");
        page.paragraph(0, &format!("The days do not reach: {names}"));
    }
    for id in &plan.missing {
        let known = desk.library.ready_cases().map(|head| head.id.as_str());
        let line = match nearest(id, known) {
            Some(name) => format!("Not written: {id} (did you mean {name}?)"),
            None => format!("Not written yet: {id}"),
        };
        page.paragraph(0, &line);
    }
    if !planned {
        page.line("Make it yours:");
        page.line("  greenroom plan new --interview 14d --minutes 45 --level senior");
    }
    page
}

/// After the date: how it went, and how to go on.
fn over(page: &mut Page, desk: &Desk, settings: &Settings) {
    page.gap();
    let went = settings.interview.and_then(|date| desk.outcome(date));
    match went {
        None => {
            page.line("The interview is behind you. How did it go?");
            page.line("  greenroom plan went well | so-so | badly");
        }
        Some(went) => page.line(format!("The interview went {}.", went.id())),
    }
    page.line("Go on without a date, or towards the next one:");
    page.line("  greenroom plan keep");
    page.line("  greenroom plan new --interview 14d");
}
