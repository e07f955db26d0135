//! `greenroom plan new`: by flags, line by line, or on the form.

use super::super::exit::{Failure, Outcome};
use super::super::shell::Shell;
use super::super::{clock, input, out};
use crate::content::Level;
use crate::desk::{Desk, Wishes};
use crate::plan::Settings;
use crate::tui::Start;
use std::io;

#[derive(Debug, clap::Args)]
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
    week: Option<String>,
    /// Days off: dates, or first..last, separated by commas
    #[arg(long, value_name = "DATE,…")]
    off: Option<String>,
    /// mid, senior or staff; senior when not given
    #[arg(long)]
    level: Option<Level>,
    /// The job, such as infra: its steps get more
    #[arg(long)]
    role: Option<String>,
    /// What the companies work on, such as ads,search: these cases come first
    #[arg(long, value_name = "AREA,…")]
    area: Option<String>,
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
        let texts = [
            &self.interview,
            &self.zone,
            &self.week,
            &self.off,
            &self.role,
            &self.area,
            &self.template,
        ];
        texts.iter().all(|text| text.is_none())
            && self.minutes.is_none()
            && self.level.is_none()
            && self.focus.is_empty()
    }

    fn wishes(&self) -> Wishes {
        let text = |own: &Option<String>| own.clone().unwrap_or_default();
        let minutes = self.minutes.map(|minutes| minutes.to_string());
        Wishes {
            interview: text(&self.interview),
            minutes: self.week.clone().or(minutes).unwrap_or_default(),
            off: text(&self.off),
            zone: text(&self.zone),
            level: self.level.unwrap_or_default(),
            role: text(&self.role),
            areas: text(&self.area),
            focus: self.focus.clone(),
            template: text(&self.template),
        }
    }
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    if args.is_empty() && !args.json && !args.plain && out::is_interactive() {
        return shell.screen(Start::NewPlan);
    }
    let mut desk = shell.desk()?;
    let now = clock::now();
    let settings = if args.plain {
        ask(&desk, args.wishes())?
    } else {
        desk.settings_of(&args.wishes(), now)
            .map_err(Failure::usage)?
    };
    desk.set_plan(&settings, now);
    super::show(&desk, args.json, None)?;
    shell.close(desk)
}

/// Where an answer goes.
type Field = fn(&mut Wishes) -> &mut String;

/// Asks for what the flags do not say. An empty line takes what is usual; an answer that cannot be
/// read is asked for again.
fn ask(desk: &Desk, mut wishes: Wishes) -> Outcome<Settings> {
    let questions: [(&str, Field); 6] = [
        (
            "Interview: 2026-12-05, 14d, 2w, 5 dec; an empty line when there is no date yet",
            |own| &mut own.interview,
        ),
        ("Minutes: 45, or by weekday: mon-fri 30, sat 90", |own| {
            &mut own.minutes
        }),
        (
            "Days off: dates, or first..last, separated by commas",
            |own| &mut own.off,
        ),
        (
            "Time zone, such as Europe/Berlin; an empty line for the computer's",
            |own| &mut own.zone,
        ),
        (
            "Role, such as infra; an empty line for no special one",
            |own| &mut own.role,
        ),
        (
            "What the companies work on, such as recommendation, ads, search",
            |own| &mut own.areas,
        ),
    ];
    let now = clock::now();
    let mut lines = io::stdin().lock();
    for (question, field) in questions {
        if !field(&mut wishes).is_empty() {
            continue;
        }
        out::murmur(&format!("{question}\n"));
        while let Some(line) = input::next_line(&mut lines)? {
            line.trim().clone_into(field(&mut wishes));
            match desk.settings_of(&wishes, now) {
                Ok(_) => break,
                Err(fault) => {
                    field(&mut wishes).clear();
                    out::murmur(&format!("{fault}\n"));
                }
            }
        }
    }
    desk.settings_of(&wishes, now).map_err(Failure::usage)
}
