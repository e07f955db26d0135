//! Changes to a plan by hand, and how to go on after the date.

use super::super::clock;
use super::super::exit::{Failure, Outcome};
use super::super::shell::{known_case, Shell};
use crate::content::{ActivityKind, Step};
use crate::desk::{Desk, Outcome as Went};
use crate::plan::{parse_date, Activity, Edit, Plan, Wanted};
use chrono::{NaiveDate, Weekday};

#[derive(Debug, clap::Args)]
pub(super) struct PinArgs {
    /// The activity: its day and number, such as tue:2 or 2026-11-24:2, or its id
    what: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct MoveArgs {
    /// The activity: its day and number, such as tue:2 or 2026-11-24:2, or its id
    what: String,
    /// To this day: 2026-11-26, 5d, "26 nov", thu
    to: String,
}

#[derive(Debug, clap::Args)]
pub(super) struct AddArgs {
    /// read, mock, sprint or drill
    kind: Kind,
    /// The case
    case: Option<String>,
    /// On this day; today when not given
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Minutes; a mock takes its clock and ten for the debrief
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(5..=600))]
    minutes: u32,
    /// Only these steps, separated by commas
    #[arg(long, value_name = "STEP,…", value_delimiter = ',')]
    steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    Read,
    Mock,
    Sprint,
    Drill,
}

#[derive(Debug, clap::Args)]
pub(super) struct WentArgs {
    /// well, so-so or badly
    how: How,
    /// In your words
    #[arg(long, default_value = "")]
    note: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum How {
    Well,
    SoSo,
    Badly,
}

#[derive(Debug, clap::Args)]
pub(super) struct KeepArgs {
    /// Minutes a day
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(5..=600))]
    minutes: u32,
}

pub(super) fn move_to(desk: &mut Desk, args: &MoveArgs) -> Outcome<()> {
    let (own, _) = find(desk, &args.what)?;
    let date = date(&args.to, desk.date(clock::now()))?;
    change(desk, Edit::Pin { id: own.id, date })
}

pub(super) fn pin(desk: &mut Desk, args: &PinArgs) -> Outcome<()> {
    let (own, date) = find(desk, &args.what)?;
    change(desk, Edit::Pin { id: own.id, date })
}

pub(super) fn drop_out(desk: &mut Desk, args: &PinArgs) -> Outcome<()> {
    let (own, _) = find(desk, &args.what)?;
    change(desk, Edit::Drop { id: own.id })
}

pub(super) fn add(desk: &mut Desk, args: &AddArgs) -> Outcome<()> {
    let today = desk.date(clock::now());
    let kind = match args.kind {
        Kind::Read => ActivityKind::Read,
        Kind::Mock => ActivityKind::Mock,
        Kind::Sprint => ActivityKind::Sprint,
        Kind::Drill => ActivityKind::Drill,
    };
    match (&args.case, kind) {
        (Some(case), _) => known_case(desk, case)?,
        (None, ActivityKind::Drill) => {}
        (None, _) => {
            let line = format!("which case? greenroom plan add {} CASE", kind.id());
            return Err(Failure::usage(line));
        }
    }
    let date = match &args.on {
        Some(text) => date(text, today)?,
        None => today,
    };
    let wanted = Wanted {
        kind,
        case: args.case.clone(),
        steps: args.steps.clone(),
        minutes: args.minutes,
    };
    desk.add_to_plan(wanted, date, clock::now())
        .map_err(Failure::no)
}

pub(super) fn went(shell: &Shell, mut desk: Desk, args: &WentArgs) -> Outcome {
    let went = match args.how {
        How::Well => Went::Well,
        How::SoSo => Went::SoSo,
        How::Badly => Went::Badly,
    };
    desk.set_outcome(went, &args.note, clock::now())
        .map_err(Failure::no)?;
    super::show(&desk, false, None)?;
    shell.close(desk)
}

pub(super) fn keep(desk: &mut Desk, args: &KeepArgs) {
    let now = clock::now();
    let old = desk.plan_settings();
    let old = old.unwrap_or_else(|| desk.default_settings(now));
    desk.set_plan(&old.keeping(args.minutes, desk.date(now)), now);
}

fn change(desk: &mut Desk, edit: Edit) -> Outcome<()> {
    desk.change_plan(edit, clock::now()).map_err(Failure::no)
}

/// The activity of these words, and its day.
fn find(desk: &Desk, what: &str) -> Outcome<(Activity, NaiveDate)> {
    let now = clock::now();
    let plan = desk.plan(now, true);
    let plan = plan.ok_or_else(|| {
        Failure::no("there is no plan to change; make one with `greenroom plan new`")
    })?;
    if let Some((day, number)) = what.rsplit_once(':') {
        if let Ok(number) = number.parse::<usize>() {
            let date = date(day, desk.date(now))?;
            return on(&plan, date, number);
        }
    }
    let mut all = plan.days.iter().flat_map(|day| {
        let own = day.activities.iter();
        own.map(|activity| (activity.clone(), day.date))
    });
    all.find(|(own, _)| own.id == what).ok_or_else(|| {
        Failure::usage(format!(
            "the plan has no activity `{what}`: write its day and number, such as tue:2"
        ))
    })
}

fn on(plan: &Plan, date: NaiveDate, number: usize) -> Outcome<(Activity, NaiveDate)> {
    let day = plan.days.iter().find(|day| day.date == date);
    let own = day.and_then(|day| day.activities.get(number.checked_sub(1)?));
    match (day, own) {
        (_, Some(own)) => Ok((own.clone(), date)),
        (Some(day), None) => Err(Failure::usage(format!(
            "{date} has {} activities",
            day.activities.len()
        ))),
        (None, None) => Err(Failure::usage(format!("{date} is not a day of the plan"))),
    }
}

/// A date, or the next day of that name, today included.
fn date(text: &str, today: NaiveDate) -> Outcome<NaiveDate> {
    if let Ok(day) = text.trim().parse::<Weekday>() {
        let next = today.iter_days().take(7).find(|date| {
            use chrono::Datelike;
            date.weekday() == day
        });
        return Ok(next.unwrap_or(today));
    }
    parse_date(text, today).map_err(Failure::usage)
}
