//! `greenroom plan new`: by flags, line by line, or on the form.

use super::super::clock;
use super::super::exit::{Failure, Outcome};
use super::super::shell::Shell;
use super::super::{input, out};
use crate::content::{nearest, Id, Level};
use crate::desk::Desk;
use crate::plan::{is_of, parse_date, parse_zone, Settings, Week};
use crate::tui::Start;
use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;
use std::io;

#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Args {
    /// Day of the interview: 2026-12-05, 14d, 2w, "5 dec", or none
    #[arg(long, value_name = "DATE")]
    interview: Option<String>,
    /// Time zone in which your days begin, such as Europe/Berlin; else the computer's
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// Minutes a day; 45 when not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(5..=600))]
    minutes: Option<u32>,
    /// Minutes by weekday, such as "mon-fri 30, sat 90"; days that are not named are off
    #[arg(long, value_name = "WEEK", conflicts_with = "minutes")]
    week: Option<Week>,
    /// Days off: dates, or first..last, separated by commas
    #[arg(long, value_name = "DATE,…", value_delimiter = ',')]
    off: Vec<String>,
    /// mid, senior or staff; senior when not given
    #[arg(long)]
    level: Option<Level>,
    /// The job, such as ml-engineer: its steps get more
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// What the companies work on, such as ads,search: these cases come first
    #[arg(long, value_name = "AREA,…", value_delimiter = ',')]
    area: Vec<String>,
    /// Cases in the order you want them, separated by commas
    #[arg(long, value_name = "CASE,…", value_delimiter = ',')]
    focus: Vec<String>,
    /// A template by name, such as three-day; else the longest that fits
    #[arg(long, value_name = "NAME")]
    template: Option<String>,
    /// Ask line by line, on standard input
    #[arg(long)]
    plain: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl Args {
    /// Nothing is given that a plan could be made of.
    fn is_empty(&self) -> bool {
        self.interview.is_none()
            && self.zone.is_none()
            && self.minutes.is_none()
            && self.week.is_none()
            && self.off.is_empty()
            && self.level.is_none()
            && self.role.is_none()
            && self.area.is_empty()
            && self.focus.is_empty()
            && self.template.is_none()
    }
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    if args.is_empty() && !args.json && !args.plain && out::is_interactive() {
        return shell.screen(Start::NewPlan);
    }
    let mut desk = shell.desk()?;
    let settings = if args.plain {
        ask(&desk, args)?
    } else {
        settings(&desk, args)?
    };
    desk.set_plan(&settings, clock::now());
    super::show(&desk, args.json, None)?;
    shell.close(desk)
}

/// Asks for what the flags do not say. An empty line takes what is usual; an answer that cannot be
/// read is asked for again.
fn ask(desk: &Desk, args: &Args) -> Outcome<Settings> {
    let mut lines = io::stdin().lock();
    let mut args = args.clone();
    type Put = fn(&mut Args, &str) -> Result<(), String>;
    let questions: [(&str, bool, Put); 6] = [
        (
            "Interview: 2026-12-05, 14d, 2w, 5 dec; an empty line when there is no date yet",
            args.interview.is_some(),
            |args, line| {
                args.interview = Some(line.to_owned());
                Ok(())
            },
        ),
        (
            "Minutes: 45, or by weekday: mon-fri 30, sat 90",
            args.minutes.is_some() || args.week.is_some(),
            |args, line| match line.parse::<u32>() {
                Ok(minutes) if crate::plan::MINUTES.contains(&minutes) => {
                    args.minutes = Some(minutes);
                    Ok(())
                }
                Ok(_) => Err("minutes of a day are 5 to 600".to_owned()),
                Err(_) => line.parse().map(|week| args.week = Some(week)),
            },
        ),
        (
            "Days off: dates, or first..last, separated by commas",
            !args.off.is_empty(),
            |args, line| {
                args.off = split(line);
                Ok(())
            },
        ),
        (
            "Level: mid, senior, staff",
            args.level.is_some(),
            |args, line| line.parse().map(|level| args.level = Some(level)),
        ),
        (
            "Time zone, such as Europe/Berlin; an empty line for the computer's",
            args.zone.is_some(),
            |args, line| parse_zone(line).map(|zone| args.zone = Some(zone)),
        ),
        (
            "What the companies work on, such as recommendation, ads, search",
            !args.area.is_empty(),
            |args, line| {
                args.area = split(line);
                Ok(())
            },
        ),
    ];
    for (question, known, put) in questions {
        if known {
            continue;
        }
        out::murmur(&format!("{question}\n"));
        while let Some(line) = input::next_line(&mut lines)? {
            let line = line.trim();
            let before = args.clone();
            let read = match line {
                "" => Ok(()),
                _ => put(&mut args, line)
                    .and_then(|()| settings(desk, &args).map(|_| ()).map_err(|own| own.line)),
            };
            match read {
                Ok(()) => break,
                Err(fault) => {
                    args = before;
                    out::murmur(&format!("{fault}\n"));
                }
            }
        }
    }
    settings(desk, &args)
}

fn split(line: &str) -> Vec<String> {
    line.split(',').map(|part| part.trim().to_owned()).collect()
}

fn settings(desk: &Desk, new: &Args) -> Outcome<Settings> {
    let now = clock::now();
    let today = desk.date(now);
    let usage = |line: String| Failure::usage(line);
    let interview = match new.interview.as_deref().map(str::trim) {
        None | Some("none" | "") => None,
        Some(text) => Some(parse_date(text, today).map_err(usage)?),
    };
    let zone = new.zone.as_deref().map(parse_zone).transpose();
    let minutes = match (new.week, new.minutes) {
        (Some(week), _) => week.usual(),
        (None, minutes) => minutes.unwrap_or(45),
    };
    let settings = Settings {
        interview,
        minutes,
        week: new.week,
        off: off(&new.off, today)?,
        zone: zone.map_err(usage)?,
        level: new.level.unwrap_or_default(),
        role: role(desk, new.role.as_deref())?,
        areas: areas(desk, &new.area)?,
        focus: focus(desk, &new.focus)?,
        template: template(desk, new.template.as_deref())?,
        known: desk.placed(now),
        ..Settings::starting(today)
    };
    let last = interview.filter(|date| *date > today);
    let mut days = (0..)
        .map(|day| today + Days::new(day))
        .take_while(|date| last.is_some_and(|last| *date < last));
    if last.is_some() && !days.any(|date| settings.minutes_on(date) > 0) {
        return Err(Failure::usage(
            "no day before the interview has minutes: give some with --minutes or --week",
        ));
    }
    Ok(settings)
}

/// `2026-12-24`, `24 dec..26 dec`.
fn off(texts: &[String], today: NaiveDate) -> Outcome<BTreeSet<NaiveDate>> {
    let mut off = BTreeSet::new();
    for text in texts
        .iter()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
    {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let read = |text: &str| parse_date(text, today).map_err(Failure::usage);
        let (first, last) = (read(first)?, read(last)?);
        if last < first {
            return Err(Failure::usage(format!("`{text}` ends before it begins")));
        }
        off.extend(first.iter_days().take_while(|date| *date <= last));
    }
    Ok(off)
}

fn role(desk: &Desk, role: Option<&str>) -> Outcome<Option<Id>> {
    let Some(role) = role else { return Ok(None) };
    let roles = &desk.library.plans().roles;
    match roles.iter().find(|own| own.id == *role) {
        Some(own) => Ok(Some(own.id.clone())),
        None => {
            let names: Vec<&str> = roles.iter().map(|own| own.id.as_str()).collect();
            let names = names.join(", ");
            Err(Failure::usage(format!(
                "there is no role `{role}`: {names}"
            )))
        }
    }
}

fn areas(desk: &Desk, areas: &[String]) -> Outcome<Vec<String>> {
    let areas: Vec<String> = areas
        .iter()
        .map(|area| area.trim().to_lowercase().replace(' ', "-"))
        .filter(|area| !area.is_empty())
        .collect();
    for area in &areas {
        if !desk.library.cases().any(|head| is_of(head, area)) {
            let known: BTreeSet<&str> = desk
                .library
                .cases()
                .map(|head| head.family.as_str())
                .collect();
            let known: Vec<&str> = known.into_iter().collect();
            let known = known.join(", ");
            return Err(Failure::usage(format!(
                "no case belongs to the area `{area}`: {known}"
            )));
        }
    }
    Ok(areas)
}

/// Cases that exist, or that the plans wait for.
fn focus(desk: &Desk, cases: &[String]) -> Outcome<Vec<Id>> {
    let wanted = cases.iter().map(|id| id.trim()).filter(|id| !id.is_empty());
    let mut focus = Vec::new();
    for id in wanted.map(Id::from) {
        if !id.is_valid() {
            return Err(Failure::usage(format!(
                "`{id}` is no case: ids have lower-case letters, digits and hyphens"
            )));
        }
        let listed = &desk.library.plans().focus;
        if desk.library.case_head(id.as_str()).is_none() && !listed.contains(&id) {
            let names = desk.library.cases().map(|head| head.id.as_str());
            return Err(Failure::usage(match nearest(id.as_str(), names) {
                Some(name) => format!("there is no case `{id}`; did you mean `{name}`?"),
                None => format!("there is no case `{id}`; `greenroom read` lists them"),
            }));
        }
        focus.push(id);
    }
    Ok(focus)
}

fn template(desk: &Desk, name: Option<&str>) -> Outcome<Option<Id>> {
    let Some(name) = name else { return Ok(None) };
    let templates = &desk.library.plans().templates;
    match templates.iter().find(|own| own.id == *name) {
        Some(own) => Ok(Some(own.id.clone())),
        None => {
            let names: Vec<&str> = templates.iter().map(|own| own.id.as_str()).collect();
            let names = names.join(", ");
            Err(Failure::usage(format!(
                "there is no template `{name}`: {names}"
            )))
        }
    }
}
