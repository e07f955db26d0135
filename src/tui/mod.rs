//! The terminal app: event loop, theme, keys, one file a screen.

mod app;
mod command;
mod external;
mod screen;
mod screens;
mod signals;
mod terminal;
mod theme;
mod widgets;

pub use theme::Theme;

use crate::content::Step;
use crate::desk::{Desk, NewMock, Practice};
use app::App;
use chrono::{DateTime, Utc};
use screen::{Context, Screen};
use screens::{
    screen_of, DebriefScreen, DrillScreen, Home, MockSetup, PlanForm, Reader, StatsScreen, Welcome,
};
use std::io;

/// Where the app starts.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Start {
    /// The home screen; the welcome on a first run.
    #[default]
    Home,
    /// The form of a new plan.
    NewPlan,
    /// Statistics.
    Stats,
    /// A drill session.
    Drill(Practice),
    /// Before a mock: what is not given is asked.
    Mock {
        case: Option<String>,
        steps: Vec<Step>,
        clock: Option<u32>,
    },
    /// A mock that has begun, new or taken up again.
    Running(NewMock),
    /// The mock of this name, taken up where it was.
    Resume(String),
    /// A case's breakdown.
    Read { case: String, step: Option<Step> },
    /// The debrief of the mock of this name.
    Debrief(String),
}

/// Runs the app until it is left. `clock` gives the time.
///
/// # Errors
/// When the terminal cannot be used.
pub fn run(desk: Desk, theme: Theme, clock: fn() -> DateTime<Utc>) -> io::Result<()> {
    run_at(desk, theme, clock, Start::Home)
}

/// Runs the app from a place of its own; leaving that place leads home.
///
/// # Errors
/// When the terminal cannot be used, or the mock that is asked for cannot begin.
pub fn run_at(
    mut desk: Desk,
    theme: Theme,
    clock: fn() -> DateTime<Utc>,
    start: Start,
) -> io::Result<()> {
    let first_run = start == Start::Home && !desk.has_history();
    let mut context = Context {
        now: clock(),
        desk: &mut desk,
    };
    let mut screens: Vec<Box<dyn Screen>> = vec![Box::new(Home::new(&context))];
    if first_run {
        screens.push(Box::new(Welcome::new(&context)));
    }
    screens.extend(opened(start, &mut context)?);
    App::new(desk, screens, theme, clock).run()
}

/// The screen of a start; none for home.
fn opened(start: Start, context: &mut Context<'_>) -> io::Result<Option<Box<dyn Screen>>> {
    let now = context.now;
    let begin = |session: Result<_, String>| -> io::Result<Option<Box<dyn Screen>>> {
        match session {
            Ok(session) => Ok(Some(screen_of(session, now))),
            Err(line) => Err(io::Error::other(line)),
        }
    };
    Ok(match start {
        Start::Home => None,
        Start::Stats => Some(Box::new(StatsScreen::new(context))),
        Start::NewPlan => Some(Box::new(PlanForm::new(context))),
        Start::Drill(practice) => {
            let (session, _) = context.desk.start_drills(&practice, now);
            Some(Box::new(DrillScreen::new(session)))
        }
        Start::Mock { case, steps, clock } => {
            Some(Box::new(MockSetup::new(context, case, steps, clock)))
        }
        Start::Running(new) => return begin(context.desk.begin_mock(&new, now)),
        Start::Resume(name) => {
            let mut open = context.desk.open_mocks().into_iter();
            return match open.find(|record| record.mock == name) {
                Some(record) => begin(context.desk.resume_mock(record, now)),
                None => Err(io::Error::other(format!(
                    "there is no unfinished mock {name}"
                ))),
            };
        }
        Start::Read { case, step } => Some(Box::new(Reader::new(context, &case, step))),
        Start::Debrief(name) => match context.desk.debrief(&name) {
            Some((record, debrief)) => Some(Box::new(DebriefScreen::new(record, debrief))),
            None => return Err(io::Error::other(format!("there is no mock {name}"))),
        },
    })
}
