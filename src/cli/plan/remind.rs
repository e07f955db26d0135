//! `greenroom plan remind`: what a timer needs. It changes nothing by itself.

use super::super::exit::{Exit, Failure, Outcome};
use super::super::shell::Shell;
use super::super::{clock, out};
use crate::plan::Settings;
use chrono::{NaiveTime, Weekday};
use std::fmt::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Time of day: 19:00
    #[arg(long, value_name = "HH:MM", default_value = "19:00", value_parser = time)]
    at: NaiveTime,
    /// Only this one
    #[arg(long = "for", value_name = "NAME")]
    only: Option<Timer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Timer {
    Systemd,
    Cron,
}

/// A time of day as people write it.
pub(in crate::cli) fn time(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text, "%H:%M")
        .map_err(|_| "write a time of day such as 19:00".to_owned())
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let desk = shell.desk()?;
    let settings = desk.plan_settings();
    let settings = settings.unwrap_or_else(|| desk.default_settings(clock::now()));
    let program = std::env::current_exe().ok();
    let program = program.and_then(|path| path.to_str().map(str::to_owned));
    let program = program.unwrap_or_else(|| "greenroom".to_owned());
    let program = shlex::try_quote(&program)
        .map_err(|_| Failure::data("the path of this program cannot be quoted"))?;
    let mut text = String::new();
    if args.only != Some(Timer::Cron) {
        text.push_str(&systemd(&settings, args.at, &program));
    }
    if args.only.is_none() {
        text.push('\n');
    }
    if args.only != Some(Timer::Systemd) {
        text.push_str(&cron(&settings, args.at, &program));
    }
    out::pour(&text)?;
    Ok(Exit::Done)
}

/// The weekdays that have minutes, Monday first.
fn days(settings: &Settings) -> Vec<Weekday> {
    let week = settings.from.iter_days().take(7);
    let mut days: Vec<Weekday> = week
        .filter(|date| {
            let minutes = |date| settings.week.map_or(settings.minutes, |week| week.on(date));
            minutes(*date) > 0
        })
        .map(|date| chrono::Datelike::weekday(&date))
        .collect();
    days.sort_by_key(Weekday::num_days_from_monday);
    days
}

fn systemd(settings: &Settings, at: NaiveTime, program: &str) -> String {
    let days = days(settings);
    let names: Vec<String> = days.iter().map(ToString::to_string).collect();
    let days = match names.len() {
        7 => String::new(),
        _ => format!("{} ", names.join(",")),
    };
    let zone = settings.zone.as_ref();
    let zone = zone.map_or_else(String::new, |zone| format!(" {zone}"));
    // In a unit file `%` and `$` mean something, and the shell's own word is quoted once more.
    let program = program
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('%', "%%")
        .replace('$', "$$");
    let mut text = String::new();
    let _ = write!(
        text,
        "\
# systemd: put the two parts into the files that they name, then
#   systemctl --user daemon-reload
#   systemctl --user enable --now greenroom.timer

# ~/.config/systemd/user/greenroom.service
[Unit]
Description=What to practise today

[Service]
Type=oneshot
ExecStart=/bin/sh -c \"notify-send greenroom \\\"$$({program} today --short)\\\"\"

# ~/.config/systemd/user/greenroom.timer
[Unit]
Description=A reminder to practise

[Timer]
OnCalendar={days}*-*-* {}:00{zone}
Persistent=true

[Install]
WantedBy=timers.target
",
        at.format("%H:%M")
    );
    text
}

fn cron(settings: &Settings, at: NaiveTime, program: &str) -> String {
    use chrono::Timelike;
    let days = days(settings);
    let numbers: Vec<String> = days
        .iter()
        .map(|day| day.number_from_monday().to_string())
        .collect();
    let days = match numbers.len() {
        7 => "*".to_owned(),
        _ => numbers.join(","),
    };
    // A bare % is a new line to cron.
    let program = program.replace('%', "\\%");
    let mut text =
        "# cron: `crontab -e`, and these lines; what is printed comes as mail\n".to_owned();
    if let Some(zone) = &settings.zone {
        let _ = writeln!(text, "CRON_TZ={zone}");
    }
    let _ = writeln!(
        text,
        "{} {} * * {days} {program} today --short",
        at.minute(),
        at.hour()
    );
    text
}
