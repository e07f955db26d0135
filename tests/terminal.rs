//! The terminal is given back, whatever happens.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

mod pty;

use pty::Pty;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use tempfile::tempdir;

const ESC: &str = "\x1b";
const CTRL_C: &str = "\x03";
const CTRL_Z: &str = "\x1a";

#[test]
fn quitting_gives_the_terminal_back() {
    let home = tempdir().unwrap();
    let mut pty = Pty::at_home(home.path());
    assert!(!pty.restored());
    pty.press("q");
    assert_eq!(pty.ended(), 0);
    assert!(pty.restored());
}

#[test]
fn ctrl_c_saves_and_leaves() {
    let home = tempdir().unwrap();
    let mut pty = Pty::at_home(home.path());
    pty.press("d");
    pty.wait("Your answer");
    pty.press(CTRL_C);
    assert_eq!(pty.ended(), 0);
    assert!(pty.restored());
}

#[test]
fn signals_end_it_with_the_terminal_restored() {
    for signal in ["TERM", "HUP", "INT"] {
        let home = tempdir().unwrap();
        let mut pty = Pty::at_home(home.path());
        pty.signal(signal);
        pty.ended();
        assert!(pty.restored(), "after SIG{signal}");
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_says_so() {
    let home = tempdir().unwrap();
    let variables = [("GREENROOM_TEST_PANIC", "1")];
    let mut pty = Pty::start_with(home.path(), &[], &variables, (80, 24));
    assert_eq!(pty.ended(), 101);
    assert!(pty.restored());
    assert!(pty.screen().contains("asked to panic"), "{}", pty.screen());
}

#[test]
fn ctrl_z_stops_it_and_fg_brings_the_screen_back() {
    let home = tempdir().unwrap();
    let mut pty = Pty::at_home(home.path());
    pty.press(CTRL_Z);
    pty.until("the process to stop", |pty| pty.state() == 'T');
    // The process may stand still before its last bytes are read here.
    pty.until("the terminal to be given back", Pty::restored);
    pty.signal("CONT");
    pty.wait("Where you stand");
    pty.press("q");
    assert_eq!(pty.ended(), 0);
    assert!(pty.restored());
}

#[test]
fn a_terminal_that_goes_away_ends_it() {
    let home = tempdir().unwrap();
    let mut pty = Pty::at_home(home.path());
    pty.hang_up();
    pty.ended();
}

#[test]
fn a_small_terminal_says_what_it_needs_and_a_larger_one_works_again() {
    let home = tempdir().unwrap();
    let mut pty = Pty::at_home(home.path());
    pty.resize(50, 12);
    pty.wait("needs 60 × 18");
    pty.resize(60, 18);
    pty.wait("Where you stand");
    pty.resize(120, 40);
    pty.wait("Next days");
}

#[test]
fn pasted_text_is_text_and_not_keys() {
    let home = tempdir().unwrap();
    let mut pty = Pty::at_home(home.path());
    pty.press("\x1bo");
    pty.wait("Note");
    pty.press("\x1b[200~quit? q :q\x1b[201~");
    pty.wait("quit? q :q");
}

#[test]
fn an_editor_gets_the_terminal_and_its_text_comes_back() {
    let home = tempdir().unwrap();
    let editor = home.path().join("editor.sh");
    fs::write(&editor, "#!/bin/sh\necho 'from the editor' > \"$1\"\n").unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let editor = editor.display().to_string();
    let variables = [("EDITOR", editor.as_str())];
    let mut pty = Pty::start_with(home.path(), &[], &variables, (80, 24));
    pty.wait("When is the interview?");
    pty.press(ESC);
    pty.wait("Where you stand");
    pty.press("\x1bo");
    pty.wait("Note");
    // F6
    pty.press("\x1b[17~");
    pty.wait("from the editor");
    pty.press(CTRL_C);
    assert_eq!(pty.ended(), 0);
    assert!(pty.restored());
}

#[test]
fn it_sleeps_when_nothing_happens() {
    let home = tempdir().unwrap();
    let pty = Pty::at_home(home.path());
    let before = pty.ticks();
    std::thread::sleep(std::time::Duration::from_secs(3));
    // A tick is 10 ms; a loop that spins would use about 300 of them.
    let used = pty.ticks() - before;
    assert!(used <= 10, "{used} ticks in three idle seconds");
}

#[test]
fn no_color_keeps_the_selection_visible_without_colours() {
    let home = tempdir().unwrap();
    let variables = [("NO_COLOR", "1")];
    let mut pty = Pty::start_with(home.path(), &[], &variables, (80, 24));
    pty.wait("When is the interview?");
    pty.press(ESC);
    pty.wait("▸");
}
