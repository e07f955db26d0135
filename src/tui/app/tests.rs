//! What goes on beneath another screen.

use super::super::screens::screen_of;
use super::*;
use crate::content::Level;
use crate::desk::{NewMock, Setup};
use crate::mock::Manner;
use crate::progress::Lease;
use ratatui::backend::CrosstermBackend;
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::cell::Cell;

/// A process that is alive and not this one.
const OTHER: u32 = 1;

thread_local! {
    static SECOND: Cell<i64> = const { Cell::new(0) };
}

fn clock() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + SECOND.get(), 0).unwrap()
}

/// Nothing is drawn on it.
fn terminal() -> terminal::Screen {
    let viewport = Viewport::Fixed(Rect::new(0, 0, 80, 24));
    let backend = CrosstermBackend::new(io::stdout());
    Terminal::with_options(backend, TerminalOptions { viewport }).unwrap()
}

/// A mock that runs, and its name.
fn mock() -> (App, String) {
    mock_in(Manner::Typed)
}

fn mock_in(manner: Manner) -> (App, String) {
    SECOND.set(0);
    let mut desk = Desk::in_memory(Setup::default(), clock()).unwrap();
    let new = NewMock {
        case: "video-recommendation".to_owned(),
        clock_minutes: 45,
        level: Level::Senior,
        seed: Some(7),
        manner,
        ..NewMock::default()
    };
    let session = desk.begin_mock(&new, clock()).unwrap();
    let name = session.record().mock.clone();
    let screen = screen_of(session, clock());
    let mut app = App::new(desk, vec![screen], Theme::Mono, clock);
    pass(&mut app, 1);
    (app, name)
}

fn pass(app: &mut App, seconds: i64) {
    for _ in 0..seconds {
        SECOND.set(SECOND.get() + 1);
        app.wake(&mut terminal()).unwrap();
    }
}

/// What another terminal gets that asks for the mock.
fn asked_for(app: &mut App, mock: &str) -> Lease {
    let name = format!("mock/{mock}");
    app.desk.journal.lease(&name, OTHER, clock())
}

#[test]
fn no_other_terminal_takes_a_mock_that_help_palette_or_a_note_covers() {
    for cover in [Do::Help, Do::Palette, Do::Notes] {
        let (mut app, mock) = mock();
        app.command(cover, &mut terminal()).unwrap();
        assert_eq!(app.screens.len(), 2, "{cover:?}");
        pass(&mut app, 90);
        let lease = asked_for(&mut app, &mock);
        assert!(matches!(lease, Lease::Held { .. }), "{cover:?}: {lease:?}");
    }
}

#[test]
fn a_mock_that_was_lost_under_a_cover_stands_when_it_is_seen_again() {
    let (mut app, mock) = mock();
    app.command(Do::Help, &mut terminal()).unwrap();
    // Nothing ran for a minute, say in a debugger; another terminal took it up.
    SECOND.set(60);
    let lease = asked_for(&mut app, &mock);
    assert_eq!(lease, Lease::Yours);
    pass(&mut app, 5);
    app.command(Do::Back, &mut terminal()).unwrap();
    assert_eq!(app.screens[0].place(), Place::MockPaused);
}

#[test]
fn minutes_in_the_palette_are_spent_on_the_interview() {
    let (mut app, _) = mock();
    app.command(Do::Palette, &mut terminal()).unwrap();
    pass(&mut app, 120);
    app.follow(Flow::Command(Do::Thinking), &mut terminal())
        .unwrap();
    assert_eq!(app.screens[0].place(), Place::Mock);
}

#[test]
fn a_sleep_of_the_machine_is_asked_about_and_a_clock_set_back_stops_nothing() {
    let (mut app, mock) = mock();
    SECOND.set(SECOND.get() + 600);
    app.wake(&mut terminal()).unwrap();
    assert_eq!(app.screens[0].place(), Place::MockPaused);
    assert!(app
        .said
        .take()
        .is_some_and(|line| line.starts_with("10:00 passed")));
    app.command(Do::Pause, &mut terminal()).unwrap();
    pass(&mut app, 5);
    // By an hour.
    SECOND.set(SECOND.get() - 3600);
    pass(&mut app, 40);
    assert_eq!(app.screens[0].place(), Place::Mock);
    let kept = app.desk.open_mocks().remove(0);
    let elapsed = kept.elapsed();
    assert!((30.0..50.0).contains(&elapsed), "{elapsed}");
    let lease = asked_for(&mut app, &mock);
    assert!(matches!(lease, Lease::Held { .. }), "{lease:?}");
}

#[test]
fn ticks_are_not_put_over_a_mock_that_another_terminal_goes_on_with() {
    let (mut app, mock) = mock_in(Manner::Friend);
    SECOND.set(60);
    let lease = asked_for(&mut app, &mock);
    assert_eq!(lease, Lease::Yours);
    pass(&mut app, 20);
    app.command(Do::Toggle, &mut terminal()).unwrap();
    app.command(Do::GoHome, &mut terminal()).unwrap();
    app.save_all();
    assert!(app.desk.open_mocks().remove(0).elapsed() < 20.0);
}
