//! Lines and files from outside, without being harmed by them.

use super::exit::{Failure, Outcome};
use crate::content::MAX_BYTES;
use crate::text::clean_line;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::Path;

/// Longest line that is taken, in bytes; the rest of it is dropped.
const LONGEST: u64 = 256 * 1024;

/// The next line, clean and without its end; none at the end of input.
pub(super) fn next_line(input: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = Read::take(&mut *input, LONGEST).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    if bytes.last() != Some(&b'\n') && read as u64 == LONGEST {
        skip_line(input)?;
    }
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_end_matches(['\n', '\r']);
    Ok(Some(clean_line(text).into_owned()))
}

fn skip_line(input: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let waiting = input.fill_buf()?;
        if waiting.is_empty() {
            return Ok(());
        }
        let end = waiting.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(waiting.len(), |at| at + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

/// The whole text of a file, or of standard input for `-`.
pub(super) fn text(path: &Path) -> Outcome<String> {
    let label = path.display();
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin()
            .lock()
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::data(format!("{label}: {}", plain(&error))))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Failure::data(format!("{label} is longer than 2 MiB")));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::data(format!("{label} is not UTF-8 text; save it as UTF-8")))?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map_or_else(|| text.clone(), str::to_owned))
}

/// The message of an IO error without its number.
pub(super) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error")
        .next()
        .unwrap_or(&text)
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_clean_and_a_monster_is_cut() {
        let mut text = b"one\r\ntw\x1bo\xff\n".to_vec();
        text.extend(vec![b'x'; 600 * 1024]);
        text.extend(b"\nlast");
        let mut input = text.as_slice();
        assert_eq!(next_line(&mut input).unwrap().as_deref(), Some("one"));
        assert_eq!(
            next_line(&mut input).unwrap().as_deref(),
            Some("two\u{fffd}")
        );
        let long = next_line(&mut input).unwrap().unwrap();
        assert_eq!(long.len() as u64, LONGEST);
        assert_eq!(next_line(&mut input).unwrap().as_deref(), Some("last"));
        assert_eq!(next_line(&mut input).unwrap(), None);
    }
}
