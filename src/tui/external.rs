//! `$VISUAL` or `$EDITOR` on a text or a file.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The text as the learner left it.
///
/// # Errors
/// One line for the user when the editor cannot be started, fails, or leaves no text behind.
pub(super) fn edit_text(text: &str) -> Result<String, String> {
    let made = tempfile::Builder::new()
        .prefix("greenroom-")
        .suffix(".md")
        .tempfile();
    let file = made.map_err(|error| format!("cannot make a file for the editor: {error}"))?;
    fs::write(file.path(), text)
        .map_err(|error| format!("cannot write for the editor: {error}"))?;
    edit_file(file.path())
}

/// The file's text after the editor has closed it.
///
/// # Errors
/// As [`edit_text`].
pub(super) fn edit_file(path: &Path) -> Result<String, String> {
    let name = ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.trim().is_empty())
        .unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned());
    let words = shlex::split(&name).filter(|words| !words.is_empty());
    let words = words.ok_or_else(|| format!("cannot read $EDITOR: {name}"))?;
    let (program, arguments) = words.split_first().ok_or("no editor is set")?;
    let status = Command::new(program)
        .args(arguments)
        .arg(path)
        .status()
        .map_err(|error| format!("cannot start {program}: {error}"))?;
    if !status.success() {
        return Err(format!(
            "{program} ended with an error; nothing was taken over"
        ));
    }
    crate::content::read(path, "the edited text").map_err(|fault| fault.to_string())
}
