//! The mock's screen, without a terminal.

use super::*;
use crate::content::{Level, Step};
use crate::desk::{Desk, NewMock, Setup};
use crate::mock::Speaker;
use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::backend::TestBackend;
use ratatui::Terminal;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn begin(desk: &mut Desk, steps: Vec<Step>) -> MockScreen {
    let new = NewMock {
        case: "video-recommendation".to_owned(),
        clock_minutes: 45,
        level: Level::Senior,
        steps,
        seed: Some(7),
        ..NewMock::default()
    };
    MockScreen::new(desk.begin_mock(&new, start()).unwrap())
}

fn at(desk: &mut Desk, seconds: i64) -> Context<'_> {
    Context {
        desk,
        now: start() + Duration::seconds(seconds),
    }
}

fn write(screen: &mut MockScreen, desk: &mut Desk, seconds: i64, text: &str) {
    for c in text.chars() {
        let code = if c == '\n' {
            KeyCode::Enter
        } else {
            KeyCode::Char(c)
        };
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        screen.key(key, &mut at(desk, seconds));
    }
}

fn shown(screen: &mut MockScreen, desk: &mut Desk, seconds: i64, size: (u16, u16)) -> String {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    let context = at(desk, seconds);
    let draw = |frame: &mut Frame<'_>| screen.draw(frame, frame.area(), Theme::Mono, &context);
    terminal.draw(draw).unwrap();
    let buffer = terminal.backend().buffer().clone();
    let rows = buffer.content().chunks(usize::from(size.0));
    rows.map(|row| {
        row.iter()
            .map(ratatui::buffer::Cell::symbol)
            .collect::<String>()
            + "\n"
    })
    .collect()
}

#[test]
fn what_was_typed_in_the_last_second_counts_and_keys_after_it_do_nothing() {
    let mut desk = Desk::in_memory(Setup::default(), start()).unwrap();
    let mut screen = begin(&mut desk, vec![Step::Monitor]);
    shown(&mut screen, &mut desk, 0, (80, 22));
    for second in 1..180 {
        screen.tick(&mut at(&mut desk, second));
    }
    write(&mut screen, &mut desk, 179, "last words");
    screen.tick(&mut at(&mut desk, 180));
    assert!(screen.over());
    assert_eq!(screen.record().answer(Segment::Monitor), "last words");
    write(&mut screen, &mut desk, 181, "more");
    assert_eq!(screen.notes.text(), "last words");
    // Enter was meant for the text at first.
    let flow = screen.act(Do::Submit, &mut at(&mut desk, 181));
    assert!(matches!(flow, Flow::Stay));
    let flow = screen.act(Do::Submit, &mut at(&mut desk, 182));
    assert!(matches!(flow, Flow::Replace(_)));
    screen.leave(&mut at(&mut desk, 182));
    assert!(desk.open_mocks().is_empty());
    assert_eq!(desk.history().len(), 1);
}

#[test]
fn minutes_in_the_own_editor_count_and_its_text_is_kept() {
    let mut desk = Desk::in_memory(Setup::default(), start()).unwrap();
    let mut screen = begin(&mut desk, vec![Step::Monitor]);
    shown(&mut screen, &mut desk, 0, (80, 22));
    let flow = screen.act(Do::Editor, &mut at(&mut desk, 1));
    assert!(matches!(flow, Flow::Edit(_)));
    screen.edited("written elsewhere\n".to_owned(), &mut at(&mut desk, 100));
    assert_eq!(screen.record().elapsed().round(), 100.0);
    screen.edited("written too late\n".to_owned(), &mut at(&mut desk, 1000));
    assert!(screen.over());
    assert_eq!(screen.record().answer(Segment::Monitor), "written too late");
    assert_eq!(
        desk.open_mocks()[0].answer(Segment::Monitor),
        "written too late"
    );
}

#[test]
fn a_draft_is_never_more_than_a_second_behind_the_keys() {
    let mut desk = Desk::in_memory(Setup::default(), start()).unwrap();
    let mut screen = begin(&mut desk, Vec::new());
    // Without a single tick.
    for second in 0..5 {
        write(&mut screen, &mut desk, second, "x");
    }
    let kept = desk.open_mocks();
    assert_eq!(kept[0].answer(Segment::Clarify), "xxxxx");
}

#[test]
fn a_line_that_asks_is_asked_once_in_clarify_only() {
    let mut desk = Desk::in_memory(Setup::default(), start()).unwrap();
    let mut screen = begin(&mut desk, Vec::new());
    write(&mut screen, &mut desk, 1, "- How many users a day?\n");
    let asked = |screen: &MockScreen| {
        let lines = screen.record().transcript.iter();
        lines.filter(|entry| entry.speaker == Speaker::You).count()
    };
    assert_eq!(asked(&screen), 1);
    let text = shown(&mut screen, &mut desk, 1, (80, 22));
    assert!(text.contains("You: How many users a day?"), "{text}");
    write(&mut screen, &mut desk, 2, "How many users a day?\n");
    assert_eq!(asked(&screen), 1);
    screen.act(Do::Pick(2), &mut at(&mut desk, 3));
    write(&mut screen, &mut desk, 4, "Ranking or not?\n");
    assert_eq!(asked(&screen), 1);
}

#[test]
fn paused_text_is_covered_and_every_size_draws() {
    let mut desk = Desk::in_memory(Setup::default(), start()).unwrap();
    let mut screen = begin(&mut desk, Vec::new());
    write(&mut screen, &mut desk, 1, "日本 secret notes");
    screen.act(Do::Whiteboard, &mut at(&mut desk, 1));
    write(&mut screen, &mut desk, 1, "user -> 日本 -> serving");
    for size in [
        (80, 22),
        (60, 16),
        (120, 38),
        (61, 17),
        (109, 21),
        (200, 60),
    ] {
        let text = shown(&mut screen, &mut desk, 2, size);
        assert!(text.contains("serving"), "{size:?}\n{text}");
        assert!(text.contains("left of 45"), "{size:?}\n{text}");
    }
    screen.act(Do::Pause, &mut at(&mut desk, 2));
    let text = shown(&mut screen, &mut desk, 2, (80, 22));
    assert!(
        text.contains("Paused") && !text.contains("secret"),
        "{text}"
    );
    write(&mut screen, &mut desk, 3, "lost?");
    screen.act(Do::Pause, &mut at(&mut desk, 500));
    assert_eq!(screen.record().elapsed().round(), 2.0);
    assert_eq!(
        screen.record().board_in(Segment::Clarify),
        "user -> 日本 -> serving"
    );
}

#[test]
fn a_key_after_a_sleep_is_not_put_over_what_another_terminal_goes_on_with() {
    let mut desk = Desk::in_memory(Setup::default(), start()).unwrap();
    let mut screen = begin(&mut desk, Vec::new());
    write(&mut screen, &mut desk, 1, "here");
    screen.tick(&mut at(&mut desk, 2));
    let name = format!("mock/{}", screen.record().mock);
    // A process that is alive and not this one.
    desk.journal
        .lease(&name, 1, start() + Duration::seconds(50));
    write(&mut screen, &mut desk, 50, " too");
    let kept = desk.open_mocks().remove(0);
    assert_eq!(kept.answer(Segment::Clarify), "here");
    let flow = screen.tick(&mut at(&mut desk, 51));
    assert!(matches!(flow, Flow::Say(line) if line.contains("Another greenroom")));
    assert_eq!(screen.place(), Place::MockPaused);
}

#[test]
fn each_step_has_its_whiteboard_and_begins_with_that_of_the_step_before() {
    let mut desk = Desk::in_memory(Setup::default(), start()).unwrap();
    let mut screen = begin(&mut desk, Vec::new());
    screen.act(Do::Pick(3), &mut at(&mut desk, 1));
    screen.act(Do::Whiteboard, &mut at(&mut desk, 1));
    write(&mut screen, &mut desk, 1, "logs -> features");
    screen.act(Do::Pick(4), &mut at(&mut desk, 2));
    let text = shown(&mut screen, &mut desk, 2, (80, 22));
    assert!(text.contains("logs ──▸ features"), "{text}");
    assert!(text.contains("Whiteboard · Model"), "{text}");
    // Looked at and not drawn on: there is no second board.
    screen.act(Do::Whiteboard, &mut at(&mut desk, 3));
    write(&mut screen, &mut desk, 3, " ");
    let back = KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE);
    screen.key(back, &mut at(&mut desk, 3));
    screen.act(Do::Pick(5), &mut at(&mut desk, 4));
    assert_eq!(screen.record().boards.len(), 1);
    screen.act(Do::Whiteboard, &mut at(&mut desk, 5));
    write(&mut screen, &mut desk, 5, "\nfeatures -> ranker");
    screen.act(Do::Pick(3), &mut at(&mut desk, 6));
    let text = shown(&mut screen, &mut desk, 6, (80, 22));
    assert!(!text.contains("ranker"), "{text}");
    let kept = &desk.open_mocks()[0];
    assert_eq!(kept.board_in(Segment::Model), "logs -> features");
    let drawn = "logs -> features\nfeatures -> ranker";
    assert_eq!(kept.board_in(Segment::WrapUp), drawn);
    assert_eq!(kept.drawings().len(), 2);
}
