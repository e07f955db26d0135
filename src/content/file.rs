//! Reading one content file without being harmed by it.

use super::Fault;
use serde::de::DeserializeOwned;
use std::fs;
use std::io::Read;
use std::path::Path;

/// Largest content file, in bytes.
pub const MAX_BYTES: u64 = 2 * 1024 * 1024;

/// The text of a regular file of at most [`MAX_BYTES`], without a byte-order mark.
///
/// # Errors
/// A [`Fault`] of the whole file when it is missing, a folder, a link, too large or unreadable;
/// at the offending line when it is not UTF-8.
pub fn read(path: &Path, label: &str) -> Result<String, Fault> {
    let fault = |message: String| Fault::of_file(label, message);
    let meta = fs::symlink_metadata(path).map_err(|error| fault(plain(&error)))?;
    if meta.is_symlink() {
        return Err(fault("is a link".into()).fix("put the file itself here"));
    }
    if !meta.is_file() {
        return Err(fault("is not a regular file".into()).fix("name a file, or the pack's folder"));
    }
    if meta.len() > MAX_BYTES {
        let mib = meta.len() / (1024 * 1024);
        return Err(fault(format!("is too large: {mib} MiB")).fix("split it; the limit is 2 MiB"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| fault(plain(&error)))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error
            .as_bytes()
            .iter()
            .take(error.utf8_error().valid_up_to());
        let line = 1 + good.filter(|byte| **byte == b'\n').count();
        fault("is not UTF-8 text".into())
            .at(line, 1)
            .fix("save it as UTF-8")
    })?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map_or_else(|| text.clone(), str::to_owned))
}

/// Parses YAML into a type of this room.
///
/// # Errors
/// The first [`Fault`], at its line and column.
pub fn parse<T: DeserializeOwned>(text: &str, label: &str) -> Result<T, Fault> {
    serde_yaml::from_str(text).map_err(|error| fault(&error, label))
}

/// The parser's error as a fault at its place.
pub(super) fn fault(error: &serde_yaml::Error, label: &str) -> Fault {
    let whole = error.to_string();
    let message = whole
        .rsplit_once(" at line ")
        .map_or(whole.as_str(), |(message, _)| message);
    let fault = Fault::of_file(label, message);
    match error.location() {
        Some(at) => fault.at(at.line(), at.column()),
        None => fault,
    }
}

/// The message of an IO error without its number.
pub(super) fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error")
        .next()
        .unwrap_or(&text)
        .to_lowercase()
}
