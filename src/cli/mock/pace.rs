//! How an interview in lines goes on: by a script whose clock only `/wait` moves, or by the clock on
//! the wall; and the checklist after one out loud.

use super::lines::Interview;
use super::sheet;
use crate::cli::exit::{Failure, Outcome};
use crate::cli::{clock, input};
use crate::desk::Desk;
use crate::mock::{Input, Manner};
use std::io::{self, BufReader, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::Arc;
use std::thread;

impl Interview {
    /// From its first line to its end; true when it is left to be taken up later.
    pub(super) fn go_on(&mut self, desk: &mut Desk) -> Outcome<bool> {
        self.open();
        if self.real {
            self.by_the_wall(desk)
        } else {
            self.by_script(desk)
        }
    }

    fn save(&mut self, desk: &mut Desk) {
        desk.save_mock(&self.session, clock::now());
        self.banner.look(desk);
    }

    /// Reads to the end of input; the clock moves only by `/wait`.
    fn by_script(&mut self, desk: &mut Desk) -> Outcome<bool> {
        let mut stdin = io::stdin().lock();
        while !self.session.record().over {
            let Some(line) = input::next_line(&mut stdin)? else {
                break;
            };
            if self.line(&line) {
                return Ok(true);
            }
            self.save(desk);
        }
        self.apply(Input::End);
        self.checklist(|| input::next_line(&mut stdin))?;
        Ok(false)
    }

    /// After an interview out loud: which items were said, one a line or several.
    fn checklist(&mut self, mut next: impl FnMut() -> io::Result<Option<String>>) -> Outcome<()> {
        let record = self.session.record();
        if record.options.manner != Manner::Aloud {
            return Ok(());
        }
        self.say(&sheet::checklist(self.session.setting(), record));
        while let Some(line) = next()? {
            if line.trim() == "/end" {
                break;
            }
            self.tick_items(&line);
        }
        Ok(())
    }

    /// Ticks the items that a line names, by id or number.
    fn tick_items(&mut self, line: &str) {
        let line = line.trim().trim_start_matches("/said").trim();
        for word in line.split([' ', ',']).filter(|word| !word.is_empty()) {
            let record = self.session.record();
            match sheet::item(self.session.setting(), record, word) {
                Some(item) => self.apply(Input::Said(item, true)),
                None => self.say(&format!("There is no item {word}.\n")),
            }
        }
    }

    /// Keeps other terminals away, and what was said on disk.
    ///
    /// # Errors
    /// When another terminal has the mock, say after a sleep: nothing of here is put over it.
    pub(super) fn keep(&mut self, desk: &mut Desk) -> Outcome<()> {
        if !desk.hold_mock(&self.session, self.now) {
            let line = "another greenroom has taken this mock up; it goes on there";
            return Err(Failure::data(line));
        }
        self.save(desk);
        Ok(())
    }

    /// Reads lines while the clock on the wall runs.
    fn by_the_wall(&mut self, desk: &mut Desk) -> Outcome<bool> {
        let lines = lines();
        let interrupted = interruption();
        let mut ticks = 0;
        while !self.session.record().over {
            let line = match lines.recv_timeout(std::time::Duration::from_secs(1)) {
                Ok(line) => Some(line),
                Err(RecvTimeoutError::Timeout) => None,
                // A terminal that is gone is no end of input.
                Err(RecvTimeoutError::Disconnected) if !io::stdin().is_terminal() => {
                    return Ok(true);
                }
                Err(RecvTimeoutError::Disconnected) => {
                    self.now = clock::running();
                    self.apply(Input::End);
                    break;
                }
            };
            self.now = clock::running();
            match line {
                Some(line) => {
                    let left = self.line(&line);
                    self.keep(desk)?;
                    if left {
                        return Ok(true);
                    }
                }
                None if interrupted.load(Ordering::SeqCst) => {
                    self.keep(desk)?;
                    return Ok(true);
                }
                None => self.tick(),
            }
            ticks += 1;
            if ticks % 5 == 0 {
                self.keep(desk)?;
            }
        }
        if self.session.left() <= 0.0 {
            self.say("\nTime is up.\n");
        }
        self.checklist(|| Ok(lines.recv().ok()))?;
        Ok(false)
    }
}

/// Set by Ctrl-C, a closed terminal or a polite kill: the interview is left, not lost.
fn interruption() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    for signal in signal_hook::consts::TERM_SIGNALS
        .iter()
        .chain(&[signal_hook::consts::SIGHUP])
    {
        // Without it the signal ends the process; a second of the interview is lost then.
        let _ = signal_hook::flag::register(*signal, Arc::clone(&flag));
    }
    flag
}

/// Lines as they are typed.
fn lines() -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut stdin = BufReader::new(io::stdin());
        while let Ok(Some(line)) = input::next_line(&mut stdin) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}
