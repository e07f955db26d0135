//! A recorder of the learner's own, started with an interview out loud and stopped with it.

use crate::cli::exit::{Failure, Outcome};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long it may take to close its file, each time it is asked.
const PATIENCE: Duration = Duration::from_secs(3);

/// A running recorder.
pub(super) struct Recorder {
    child: Child,
}

impl Recorder {
    /// Starts a command as a shell would split it, away from the terminal.
    pub(super) fn start(command: &str) -> Outcome<Self> {
        let words = shlex::split(command).unwrap_or_default();
        let Some((program, arguments)) = words.split_first() else {
            return Err(Failure::usage(format!(
                "--record: `{command}` is no command; write it as in a shell"
            )));
        };
        let child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let child =
            child.map_err(|error| Failure::data(format!("--record: {program}: {error}")))?;
        Ok(Self { child })
    }

    /// Interrupts it as Ctrl-C would, so that it closes its file. One that does not hear that, as
    /// when it was started where interrupts are ignored, is asked to end; a deaf one is ended.
    pub(super) fn stop(mut self) {
        let id = self.child.id().to_string();
        for signal in ["-INT", "-TERM"] {
            let asked = Command::new("kill").args([signal, &id]).status();
            if asked.is_ok() && self.ends() {
                return;
            }
        }
        // It has had its time; what cannot be ended is not ours any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn ends(&mut self) -> bool {
        let since = Instant::now();
        while since.elapsed() < PATIENCE {
            match self.child.try_wait() {
                Ok(None) => thread::sleep(Duration::from_millis(20)),
                _ => return true,
            }
        }
        false
    }
}
