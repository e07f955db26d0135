//! `greenroom plan` and `plan new`.

use super::exit::{Exit, Failure, Outcome};
use super::page::Page;
use super::shell::{page, Shell};
use super::{clock, out};
use crate::content::{nearest, Id, Level};
use crate::desk::Desk;
use crate::plan::{parse_date, Plan, Settings};
use chrono::NaiveDate;
use clap::Subcommand;
use serde::Serialize;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a plan; the old one is replaced, what you did stays
    New(New),
}

#[derive(Debug, clap::Args)]
struct New {
    /// Day of the interview: 2026-12-05, 14d, 2w, "5 dec", or none
    #[arg(long, value_name = "DATE")]
    interview: Option<String>,
    /// Minutes a day
    #[arg(long, value_name = "N", default_value_t = 45, value_parser = clap::value_parser!(u32).range(5..=600))]
    minutes: u32,
    /// mid, senior or staff
    #[arg(long, default_value_t = Level::Senior)]
    level: Level,
    /// Cases in the order you want them, separated by commas
    #[arg(long, value_name = "CASE,…", value_delimiter = ',')]
    focus: Vec<String>,
    /// A template by name, such as three-day; else the longest that fits
    #[arg(long, value_name = "NAME")]
    template: Option<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
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
    #[serde(flatten)]
    plan: &'a Plan,
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let mut desk = shell.desk()?;
    match &args.what {
        None => {
            show(&desk, args.json)?;
            Ok(Exit::Done)
        }
        Some(What::New(new)) => {
            let settings = settings(&desk, new)?;
            desk.set_plan(&settings, clock::now());
            show(&desk, new.json)?;
            shell.close(desk)
        }
    }
}

fn settings(desk: &Desk, new: &New) -> Outcome<Settings> {
    let today = desk.date(clock::now());
    let interview = match new.interview.as_deref().map(str::trim) {
        None | Some("none" | "") => None,
        Some(text) => Some(parse_date(text, today).map_err(Failure::usage)?),
    };
    let focus: Vec<Id> = new
        .focus
        .iter()
        .map(|id| id.trim())
        .filter(|id| !id.is_empty())
        .map(Id::from)
        .collect();
    if let Some(bad) = focus.iter().find(|id| !id.is_valid()) {
        return Err(Failure::usage(format!(
            "`{bad}` is no case: ids have lower-case letters, digits and hyphens"
        )));
    }
    let plans = desk.library.plans();
    if let Some(template) = &new.template {
        let names: Vec<&str> = plans.templates.iter().map(|own| own.id.as_str()).collect();
        if !names.contains(&template.as_str()) {
            let names = names.join(", ");
            return Err(Failure::usage(format!(
                "there is no template `{template}`: {names}"
            )));
        }
    }
    Ok(Settings {
        interview,
        minutes: new.minutes,
        level: new.level,
        focus,
        template: new.template.as_deref().map(Id::from),
        ..Settings::starting(today)
    })
}

fn show(desk: &Desk, json: bool) -> Outcome<()> {
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
            plan: &plan,
        })?;
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
        "{} min a day · {} · {}",
        settings.minutes,
        settings.level,
        settings.interview.map_or_else(
            || "no interview date yet".to_owned(),
            |date| format!("interview on {}", date.format("%a %-d %b %Y"))
        )
    ));
    for day in &plan.days {
        page.heading(&format!("{} · {}", day.date.format("%a %-d %b"), day.title));
        let rows: Vec<Vec<String>> = day
            .activities
            .iter()
            .map(|activity| {
                vec![
                    if activity.done { "[x]" } else { "[ ]" }.to_owned(),
                    activity.kind.id().to_owned(),
                    format!("{} min", activity.minutes),
                    activity.title.clone(),
                ]
            })
            .collect();
        page.table(2, &rows);
        if let Some(note) = &day.note {
            page.paragraph(2, note);
        }
    }
    if plan.days.is_empty() {
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
