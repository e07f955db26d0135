//! What a mock is begun with: the case, the minutes, the manner.

use super::Args;
use crate::cli::clock;
use crate::cli::exit::{Failure, Outcome};
use crate::content::ActivityKind;
use crate::desk::{Desk, NewMock, Surprise, OWN_QUESTION};
use crate::text::clean_line;

/// Which case a surprise is.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum Which {
    Unseen,
    Due,
    Weakest,
}

pub(super) fn new_mock(desk: &mut Desk, args: &Args) -> Outcome<NewMock> {
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
