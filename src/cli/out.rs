//! The only place that writes to standard output and standard error. Text is cleaned here; a
//! closed pipe is no fault.

use crate::text::clean;
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

/// Width where there is no terminal.
const USUAL_WIDTH: u16 = 80;
/// Narrower than this nothing is legible; text is wrapped for it all the same.
const LEAST_WIDTH: u16 = 40;

/// One piece of text to standard output.
pub(super) fn say(text: &str) -> io::Result<()> {
    write(clean(text).as_bytes())
}

/// A file's content to standard output: byte by byte into a pipe, cleaned on a terminal.
pub(super) fn pour(text: &str) -> io::Result<()> {
    if io::stdout().is_terminal() {
        say(text)
    } else {
        write(text.as_bytes())
    }
}

/// One JSON document.
pub(super) fn json(value: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value).map_err(io::Error::other)?;
    write(format!("{}\n", escape(&text)).as_bytes())
}

/// One line to standard error.
pub(super) fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "greenroom: {}", clean(line));
}

/// Talk: text to standard error.
pub(super) fn murmur(text: &str) {
    let _ = io::stderr().lock().write_all(clean(text).as_bytes());
}

/// Both ends are terminals, so that a full screen makes sense.
pub(super) fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Cells of a line: the terminal's, else 80.
pub(super) fn width() -> usize {
    let terminal = io::stdout().is_terminal();
    let size = terminal
        .then(crossterm::terminal::size)
        .and_then(Result::ok);
    // A terminal that does not know its size says 0.
    let cells = size
        .map(|(columns, _)| columns)
        .filter(|columns| *columns > 0)
        .unwrap_or(USUAL_WIDTH)
        .max(LEAST_WIDTH);
    usize::from(cells)
}

fn write(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Characters that could steer a terminal stay in JSON, escaped: data is not changed.
fn escape(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut units = [0; 2];
    for c in json.chars() {
        let mut utf8 = [0; 4];
        let plain = c == '\n' || clean(c.encode_utf8(&mut utf8)) == *c.encode_utf8(&mut [0; 4]);
        if plain {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn json_keeps_hidden_characters_as_escapes() {
        let value = serde_json::json!({"a": "x\u{202e}y\u{e0001}é\n"});
        let text = escape(&value.to_string());
        assert!(text.is_ascii() || text.contains('é'));
        assert!(!text.contains('\u{202e}'));
        let back: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back, value);
    }
}
