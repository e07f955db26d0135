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

use crate::desk::Desk;
use app::App;
use chrono::{DateTime, Utc};
use screen::{Context, Screen};
use screens::{Home, Welcome};
use std::io;

/// Runs the app until it is left. `clock` gives the time.
///
/// # Errors
/// When the terminal cannot be used.
pub fn run(mut desk: Desk, theme: Theme, clock: fn() -> DateTime<Utc>) -> io::Result<()> {
    let first_run = !desk.has_history();
    let context = Context {
        now: clock(),
        desk: &mut desk,
    };
    let mut screens: Vec<Box<dyn Screen>> = vec![Box::new(Home::new(&context))];
    if first_run {
        screens.push(Box::new(Welcome::new(&context)));
    }
    App::new(desk, screens, theme, clock).run()
}
