//! A real pseudo-terminal with a real terminal emulator behind it: keys in, screen out.
//!
//! Nothing here sleeps to be in step with the program: [`Pty::wait`] looks until the screen shows
//! what is expected, and fails with the screen when it does not come.

#![allow(dead_code)] // each test file uses the parts that it needs

use portable_pty::{native_pty_system, Child, CommandBuilder, MasterPty, PtySize};
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long something may take before a test gives up; generous, for busy machines.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running greenroom.
pub(crate) struct Pty {
    pub(crate) child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    parser: Arc<Mutex<vt100::Parser>>,
    reader: Option<JoinHandle<()>>,
    hung_up: Arc<AtomicBool>,
}

impl Pty {
    /// Starts the program with an 80×24 terminal and this folder as its whole world.
    pub(crate) fn start(home: &Path, arguments: &[&str]) -> Self {
        Self::start_with(home, arguments, &[], (80, 24))
    }

    pub(crate) fn start_with(
        home: &Path,
        arguments: &[&str],
        variables: &[(&str, &str)],
        (columns, rows): (u16, u16),
    ) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_greenroom"));
        command.args(arguments);
        command.env_clear();
        for (name, value) in [
            ("TERM", "xterm-256color"),
            ("LC_ALL", "C.UTF-8"),
            ("TZ", "UTC"),
            ("RUST_BACKTRACE", "0"),
            ("PATH", "/usr/bin:/bin"),
        ] {
            command.env(name, value);
        }
        command.env("HOME", home);
        command.env("GREENROOM_DATA_DIR", home.join("data"));
        command.env("XDG_CONFIG_HOME", home.join("config"));
        for (name, value) in variables {
            command.env(name, value);
        }
        command.cwd(home);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let parser = Arc::new(Mutex::new(vt100::Parser::new(
            cells(rows),
            cells(columns),
            0,
        )));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let seen = Arc::clone(&parser);
        let hung_up = Arc::new(AtomicBool::new(false));
        let end = Arc::clone(&hung_up);
        let reader = thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || end.load(Ordering::SeqCst) {
                    break;
                }
                seen.lock().unwrap().process(&buffer[..count]);
            }
        });
        Self {
            child,
            writer: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            parser,
            reader: Some(reader),
            hung_up,
        }
    }

    /// A terminal whose first run is over: the home screen is on top.
    pub(crate) fn at_home(home: &Path) -> Self {
        let mut pty = Self::start(home, &[]);
        pty.wait("When is the interview?");
        pty.press("\x1b");
        pty.wait("Where you stand");
        pty
    }

    /// A terminal in a mock that has just begun.
    pub(crate) fn in_mock(home: &Path) -> Self {
        let mut pty = Self::at_home(home);
        pty.press("m");
        pty.wait("Mock interview");
        pty.press("\r");
        pty.wait("left of 45");
        pty
    }

    pub(crate) fn press(&mut self, keys: &str) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    pub(crate) fn screen(&self) -> String {
        self.parser.lock().unwrap().screen().contents()
    }

    /// Looks until the screen shows the text.
    #[track_caller]
    pub(crate) fn wait(&mut self, text: &str) {
        self.until(&format!("the text {text:?}"), |pty| {
            pty.screen().contains(text)
        });
    }

    #[track_caller]
    pub(crate) fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !holds(self) {
            assert!(
                start.elapsed() < PATIENCE,
                "waited in vain for {what}; the screen is:\n{}",
                self.screen()
            );
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Whether the terminal is as a shell would want it back.
    pub(crate) fn restored(&self) -> bool {
        let parser = self.parser.lock().unwrap();
        let screen = parser.screen();
        !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.master
            .as_ref()
            .unwrap()
            .resize(size(columns, rows))
            .unwrap();
        self.parser
            .lock()
            .unwrap()
            .screen_mut()
            .set_size(cells(rows), cells(columns));
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    pub(crate) fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args([&format!("-{name}"), &self.id().to_string()])
            .status();
        assert!(status.unwrap().success());
    }

    /// The terminal window is closed.
    pub(crate) fn hang_up(&mut self) {
        self.hung_up.store(true, Ordering::SeqCst);
        // Whatever is drawn or echoed next makes the reader let go of its end too.
        self.resize(81, 25);
        self.press("\0");
        self.reader.take().unwrap().join().unwrap();
        self.writer = None;
        self.master = None;
    }

    /// Waits for the end and gives the exit code.
    #[track_caller]
    pub(crate) fn ended(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // The reader may still have to take the last bytes.
                thread::sleep(Duration::from_millis(50));
                return status.exit_code();
            }
            assert!(
                start.elapsed() < PATIENCE,
                "it does not end; the screen is:\n{}",
                self.screen()
            );
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// `T` when the process is stopped, as the kernel says.
    pub(crate) fn state(&self) -> char {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.id())).unwrap_or_default();
        let after = stat.rsplit(") ").next().unwrap_or_default();
        after.chars().next().unwrap_or('?')
    }

    /// Processor time used so far, in clock ticks.
    pub(crate) fn ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.id())).unwrap_or_default();
        let fields: Vec<&str> = stat
            .rsplit(") ")
            .next()
            .unwrap_or_default()
            .split(' ')
            .collect();
        let number = |at: usize| {
            fields
                .get(at)
                .and_then(|field| field.parse::<u64>().ok())
                .unwrap_or(0)
        };
        number(11) + number(12)
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}
