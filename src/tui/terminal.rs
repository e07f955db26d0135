//! Taking the terminal and giving it back, whatever happens.

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    disable_raw_mode, enable_raw_mode, EnterAlternateScreen, LeaveAlternateScreen,
};
use crossterm::{execute, style};
use ratatui::backend::CrosstermBackend;
use ratatui::Terminal;
use std::io::{self, Stdout};
use std::sync::atomic::{AtomicBool, Ordering};

pub(super) type Screen = Terminal<CrosstermBackend<Stdout>>;

/// Whether the terminal is ours; leaving twice, from two threads even, does nothing.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Gives the terminal back when dropped.
#[derive(Debug)]
pub(super) struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

/// Raw mode, alternate screen, bracketed paste; and a panic hook that undoes them first.
pub(super) fn take() -> io::Result<(Screen, Guard)> {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        leave();
        before(info);
    }));
    Ok((enter()?, Guard))
}

/// A fresh [`Screen`]: its buffers are empty, so that the next draw paints everything, and nothing
/// is asked of the terminal.
pub(super) fn enter() -> io::Result<Screen> {
    // crossterm drops bold and reverse under NO_COLOR, which hides the selection; the theme
    // without colours honours the wish instead.
    style::force_color_output(true);
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    Terminal::new(CrosstermBackend::new(io::stdout()))
}

/// Undoes [`enter`]. A terminal that is gone is no reason to fail.
pub(super) fn leave() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = execute!(
            io::stdout(),
            DisableBracketedPaste,
            LeaveAlternateScreen,
            Show
        );
        let _ = disable_raw_mode();
    }
}

/// Lends the terminal to something else: an editor, or the shell after Ctrl-Z.
pub(super) fn lend<T>(screen: &mut Screen, use_it: impl FnOnce() -> T) -> io::Result<T> {
    leave();
    let result = use_it();
    *screen = enter()?;
    Ok(result)
}
