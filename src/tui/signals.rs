//! Signals: end with everything saved, stop and come back.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;

/// What the outside asked for since the last look.
#[derive(Clone, Debug, Default)]
pub(super) struct Signals {
    end: Arc<AtomicBool>,
    stop: Arc<AtomicBool>,
    wake: Arc<AtomicBool>,
}

impl Signals {
    /// Whether the program shall save and end.
    pub(super) fn end(&self) -> bool {
        self.end.load(Ordering::SeqCst)
    }

    /// Whether the program shall stop, as after Ctrl-Z.
    pub(super) fn stop(&self) -> bool {
        self.stop.swap(false, Ordering::SeqCst)
    }

    /// Whether the program was stopped and goes on.
    pub(super) fn woken(&self) -> bool {
        self.wake.swap(false, Ordering::SeqCst)
    }
}

#[cfg(unix)]
mod unix {
    use super::super::terminal;
    use super::Signals;
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    use std::io;
    use std::sync::atomic::Ordering;
    use std::sync::Arc;
    use std::thread;
    use std::time::Duration;

    /// How long the event loop has to save and end by itself.
    const PATIENCE: Duration = Duration::from_millis(900);

    /// Starts to watch. When the terminal is gone, crossterm's poll never returns (its issue 793),
    /// so a thread of its own ends the program when the loop does not.
    pub(in crate::tui) fn watch() -> io::Result<Signals> {
        let signals = Signals::default();
        signal_hook::flag::register(SIGTSTP, Arc::clone(&signals.stop))?;
        signal_hook::flag::register(SIGCONT, Arc::clone(&signals.wake))?;
        let mut ends = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM])?;
        let end = Arc::clone(&signals.end);
        thread::Builder::new()
            .name("signals".into())
            .spawn(move || {
                if let Some(signal) = ends.forever().next() {
                    end.store(true, Ordering::SeqCst);
                    thread::sleep(PATIENCE);
                    terminal::leave();
                    leave_process(128 + signal);
                }
            })?;
        Ok(signals)
    }

    #[allow(clippy::disallowed_methods)] // the loop hangs in a terminal that is gone
    fn leave_process(code: i32) -> ! {
        std::process::exit(code)
    }

    /// Stops this process as the shell expects after Ctrl-Z; returns when it goes on.
    pub(in crate::tui) fn stop_here() {
        let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
    }
}

#[cfg(unix)]
pub(super) use unix::{stop_here, watch};

#[cfg(not(unix))]
pub(super) fn watch() -> std::io::Result<Signals> {
    Ok(Signals::default())
}

#[cfg(not(unix))]
pub(super) fn stop_here() {}
