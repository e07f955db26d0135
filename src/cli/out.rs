//! The only place that writes to standard output and standard error. Text is cleaned here; a
//! closed pipe is no fault.

use crate::text::clean;
use std::io::{self, Write};

/// One piece of text to standard output.
pub(super) fn say(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out
        .write_all(clean(text).as_bytes())
        .and_then(|()| out.flush())
    {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// One line to standard error.
pub(super) fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "greenroom: {}", clean(line));
}
