//! Collecting what is wrong with one file.

use super::tree::Mark;
use crate::content::Fault;

/// The faults and warnings of one file.
#[derive(Debug)]
pub(super) struct Faults {
    label: String,
    pub(super) faults: Vec<Fault>,
    pub(super) warnings: Vec<Fault>,
}

impl Faults {
    pub(super) fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            faults: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Something that must be mended. What has no place was put in for something that is already
    /// named as missing, so it is not named again.
    pub(super) fn fault(&mut self, mark: Mark, message: impl Into<String>, fix: &str) {
        if mark.line > 0 {
            let fault = self.make(mark, message.into(), fix);
            self.faults.push(fault);
        }
    }

    /// Something that is worth a look.
    pub(super) fn warn(&mut self, mark: Mark, message: impl Into<String>, fix: &str) {
        if mark.line > 0 {
            let fault = self.make(mark, message.into(), fix);
            self.warnings.push(fault);
        }
    }

    /// A fault of the whole file.
    pub(super) fn whole(&mut self, message: impl Into<String>, fix: &str) {
        self.faults
            .push(Fault::of_file(&self.label, message).fix(fix));
    }

    pub(super) fn warn_whole(&mut self, message: impl Into<String>, fix: &str) {
        self.warnings
            .push(Fault::of_file(&self.label, message).fix(fix));
    }

    fn make(&self, mark: Mark, message: String, fix: &str) -> Fault {
        Fault::of_file(&self.label, message)
            .at(mark.line, mark.column)
            .fix(fix)
    }
}

/// "did you mean …?" for a name that does not exist.
pub(super) fn did_you_mean<'a>(
    wanted: &str,
    names: impl Iterator<Item = &'a str>,
    otherwise: &str,
) -> String {
    match crate::content::nearest(wanted, names) {
        Some(name) => format!("did you mean `{name}`?"),
        None => otherwise.to_owned(),
    }
}
