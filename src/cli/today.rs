//! `greenroom today`: what to do, what comes next, where the learner stands.

use super::exit::{Exit, Outcome};
use super::page::{bar, Page};
use super::shell::{page, Shell};
use super::{clock, out};
use crate::content::ActivityKind;
use crate::desk::{Desk, Proposal, Today, TodayActivity};
use crate::plan::Activity;
use serde::Serialize;

#[derive(Debug, Default, clap::Args)]
pub(super) struct Args {
    /// As JSON
    #[arg(long)]
    json: bool,
    /// One line, for a shell prompt or a status bar
    #[arg(long, conflicts_with_all = ["json", "next"])]
    short: bool,
    /// Only what to do next, and why
    #[arg(long)]
    next: bool,
}

pub(super) fn run(shell: &Shell, args: &Args) -> Outcome {
    let desk = shell.desk()?;
    if args.next {
        return next(&desk, args.json);
    }
    let today = desk.today(clock::now());
    if args.json {
        out::json(&today)?;
    } else if args.short {
        out::say(&format!("{}\n", short(&today)))?;
    } else {
        out::say(text(&desk, &today).text())?;
    }
    Ok(Exit::Done)
}

/// What to do next, and why.
fn next(desk: &Desk, json: bool) -> Outcome {
    let Some(proposal) = desk.what_next(clock::now()) else {
        out::complain("there is no case to propose");
        return Ok(Exit::No);
    };
    let start = command(&proposal.activity);
    if json {
        out::json(&Next {
            schema_version: 1,
            command: &start,
            proposal: &proposal,
        })?;
    } else {
        let mut page = page();
        let own = &proposal.activity;
        page.line(format!(
            "{} · {} · {} min",
            own.kind.id(),
            own.title,
            own.minutes
        ));
        page.paragraph(0, &proposal.why);
        page.line(format!("  {start}"));
        out::say(page.text())?;
    }
    Ok(Exit::Done)
}

/// The JSON of a proposal.
#[derive(Serialize)]
struct Next<'a> {
    schema_version: u32,
    command: &'a str,
    #[serde(flatten)]
    proposal: &'a Proposal,
}

/// "sprint Ad click prediction · data 19m, then 2 more · 13 days".
fn short(today: &Today) -> String {
    let open: Vec<&TodayActivity> = today
        .activities
        .iter()
        .filter(|own| !own.activity.done)
        .collect();
    let what = match open.as_slice() {
        [] if today.activities.is_empty() => "nothing planned".to_owned(),
        [] => "done for today".to_owned(),
        [first, rest @ ..] => {
            let own = &first.activity;
            let title = if first.detail.is_empty() {
                &own.title
            } else {
                &first.detail
            };
            let more = match rest.len() {
                0 => String::new(),
                more => format!(", then {more} more"),
            };
            format!("{} {title} {}m{more}", own.kind.id(), own.minutes)
        }
    };
    match today.days_left {
        Some(0) => format!("{what} · interview today"),
        Some(1) => format!("{what} · interview tomorrow"),
        Some(days) if days > 1 => format!("{what} · {days} days"),
        _ => what,
    }
}

fn text(desk: &Desk, today: &Today) -> Page {
    let mut page = page();
    page.ends("greenroom", &desk.date_line(clock::now()));
    page.gap();
    let what = if today.planned { "Today" } else { "Suggested" };
    page.line(format!("{what} · {} min · {}", today.minutes, today.title));
    let rows: Vec<Vec<String>> = today.activities.iter().map(row).collect();
    page.table(2, &rows);
    if today.over {
        page.line("  The interview is behind you: `greenroom plan went well | so-so | badly`,");
        page.line("  then `greenroom plan keep`, or `greenroom plan new` towards the next one.");
    } else if rows.is_empty() {
        page.line("  Nothing is planned for today.");
    }
    if let Some(note) = &today.note {
        page.paragraph(2, note);
    }
    if let Some(next) = today.activities.iter().find(|own| !own.activity.done) {
        page.gap();
        page.line(format!("Start with: {}", command(&next.activity)));
    }
    if !today.next.is_empty() {
        page.heading("Next days");
        let rows: Vec<Vec<String>> = today
            .next
            .iter()
            .map(|(date, title)| vec![date.format("%a %-d %b").to_string(), title.clone()])
            .collect();
        page.table(2, &rows);
    }
    page.heading("Where you stand");
    let rows: Vec<Vec<String>> = today
        .steps
        .iter()
        .map(|step| {
            let stand = match step.recall {
                Some(recall) => format!("{} {recall:>3.0}", bar(recall / 100.0)),
                None => format!(
                    "{} of {} drills answered",
                    step.answered.min(step.drills),
                    step.drills
                ),
            };
            vec![step.step.to_string(), stand]
        })
        .collect();
    page.table(2, &rows);
    if !today.mocks.is_empty() {
        let totals: Vec<String> = today
            .mocks
            .iter()
            .map(|total| format!("{total:.0}"))
            .collect();
        page.line(format!("  mocks: {}", totals.join(" · ")));
    }
    if !today.missing.is_empty() {
        page.gap();
        page.paragraph(0, &format!("Not written yet: {}", today.missing.join(", ")));
    }
    if !today.planned {
        page.gap();
        page.line("No plan yet. Make one:");
        page.line("  greenroom plan new --interview 14d --minutes 45 --level senior");
    }
    page
}

fn row(own: &TodayActivity) -> Vec<String> {
    let activity = &own.activity;
    let mark = if activity.done { "[x]" } else { "[ ]" };
    let what = match (own.detail.as_str(), activity.title.as_str()) {
        ("", title) => title.to_owned(),
        (detail, "") => detail.to_owned(),
        (detail, title) if title == detail => title.to_owned(),
        (detail, title) => format!("{title}: {detail}"),
    };
    vec![
        mark.to_owned(),
        activity.kind.id().to_owned(),
        format!("{} min", activity.minutes),
        what,
    ]
}

/// The command that does an activity.
fn command(activity: &Activity) -> String {
    let case = activity.case.as_deref().unwrap_or_default();
    let steps: Vec<&str> = activity.steps.iter().map(|step| step.id()).collect();
    match activity.kind {
        ActivityKind::Drill => format!("greenroom drill --minutes {}", activity.minutes),
        ActivityKind::Review => "greenroom history show last".to_owned(),
        ActivityKind::Read => match steps.first() {
            Some(step) => format!("greenroom read {case} --step {step}"),
            None => format!("greenroom read {case}"),
        },
        ActivityKind::Mock => match activity.clock {
            Some(clock) => format!("greenroom mock {case} --clock {clock}"),
            None => format!("greenroom mock {case}"),
        },
        ActivityKind::Sprint => {
            let clock = activity
                .clock
                .map_or_else(String::new, |clock| format!(" --clock {clock}"));
            format!("greenroom mock {case} --steps {}{clock}", steps.join(","))
        }
    }
}
