//! What a drill shows of itself to `greenroom check`: its rules, its sums, its links, and what is
//! wrong with it besides. Places are written as in `points.0.match`.

use super::{Alternative, Point};
use crate::content::{Id, Rule};

/// What a drill holds, each with its place.
#[derive(Debug, Default)]
pub struct Audit<'a> {
    pub claims: Vec<Claim<'a>>,
}

/// Something that can be held to be right or wrong.
#[derive(Debug)]
pub enum Claim<'a> {
    Rule {
        at: String,
        rule: &'a Rule,
    },
    /// `sum` beside `key` gives the value of `key`.
    Sum {
        at: String,
        key: &'a str,
        sum: &'a str,
        value: f64,
    },
    /// The ids of a list are given once each.
    Unique {
        at: String,
        ids: Vec<&'a Id>,
        what: &'a str,
    },
    /// An id is one of these names.
    Exists {
        at: String,
        id: &'a Id,
        names: Vec<&'a str>,
        what: &'a str,
    },
    /// The answer among options: none may be right by its wording alone.
    Key {
        options: Vec<&'a str>,
        right: &'a str,
    },
    Fault {
        at: String,
        what: String,
        fix: String,
    },
}

impl<'a> Audit<'a> {
    pub(super) fn rule(&mut self, at: impl Into<String>, rule: &'a Rule) {
        let at = at.into();
        self.claims.push(Claim::Rule { at, rule });
    }

    /// Points of free text: there is one at least, and their rules are sound.
    pub(super) fn points(&mut self, at: &str, points: &'a [Point]) {
        if points.is_empty() {
            let what = format!("`{at}` is empty, so nothing can be graded");
            self.fault(at, what, "write at least one");
        }
        for (index, point) in points.iter().enumerate() {
            self.rule(format!("{at}.{index}.match"), &point.r#match);
            for (number, wrong) in point.wrong.iter().enumerate() {
                self.rule(format!("{at}.{index}.wrong.{number}"), wrong);
            }
        }
    }

    pub(super) fn sum(&mut self, at: impl Into<String>, key: &'a str, sum: &'a str, value: f64) {
        let at = at.into();
        self.claims.push(Claim::Sum {
            at,
            key,
            sum,
            value,
        });
    }

    pub(super) fn unique(
        &mut self,
        at: impl Into<String>,
        ids: impl Iterator<Item = &'a Id>,
        what: &'a str,
    ) {
        self.claims.push(Claim::Unique {
            at: at.into(),
            ids: ids.collect(),
            what,
        });
    }

    pub(super) fn exists(
        &mut self,
        at: impl Into<String>,
        id: &'a Id,
        names: impl Iterator<Item = &'a str>,
        what: &'a str,
    ) {
        self.claims.push(Claim::Exists {
            at: at.into(),
            id,
            names: names.collect(),
            what,
        });
    }

    /// A choice: two options or more, the answer one of them.
    pub(super) fn choice(
        &mut self,
        at: &str,
        options: &'a [Alternative],
        answer_at: &str,
        answer: &'a Id,
    ) {
        self.unique(at, options.iter().map(|option| &option.id), "option");
        if options.len() < 2 {
            self.fault(at, format!("`{at}` leaves no choice"), "give two or more");
        }
        let names = options.iter().map(|option| option.id.as_str());
        self.exists(answer_at, answer, names, "option");
        if let Some(right) = options.iter().find(|option| option.id == *answer) {
            self.claims.push(Claim::Key {
                options: options.iter().map(|option| option.text.as_str()).collect(),
                right: &right.text,
            });
        }
    }

    pub(super) fn fault(
        &mut self,
        at: impl Into<String>,
        what: impl Into<String>,
        fix: impl Into<String>,
    ) {
        self.claims.push(Claim::Fault {
            at: at.into(),
            what: what.into(),
            fix: fix.into(),
        });
    }
}
