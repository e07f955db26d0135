//! One file a screen.

mod cases;
mod debrief;
mod drill;
mod help;
mod history;
mod home;
mod mock;
mod mock_setup;
mod next_up;
mod notes;
mod palette;
mod plan;
mod plan_form;
mod reader;
mod search;
mod stats;
mod stats_charts;
mod welcome;

pub(super) use cases::Cases;
pub(super) use debrief::DebriefScreen;
pub(super) use drill::DrillScreen;
pub(super) use help::Help;
pub(super) use history::History;
pub(super) use home::Home;
pub(super) use mock::screen_of;
pub(super) use mock_setup::MockSetup;
pub(super) use next_up::NextUp;
pub(super) use notes::{NoteEditor, Notes};
pub(super) use palette::Palette;
pub(super) use plan::PlanScreen;
pub(super) use plan_form::PlanForm;
pub(super) use reader::Reader;
pub(super) use search::Search;
pub(super) use stats::StatsScreen;
pub(super) use welcome::Welcome;
