//! The labelled answers: their files, who wrote them for what, and what can be wrong with them.

use super::{files, folder};
use greenroom::content::{self, Id, Library};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What the set must hold before its figures mean something.
pub(crate) const LEAST_PAIRS: usize = 1_500;
pub(crate) const LEAST_ITEMS: usize = 60;
/// Share of the items that no rule was tuned on.
pub(crate) const LEAST_UNSEEN: f64 = 0.15;

/// `<case>/<writer>.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sheaf {
    pub(crate) case: Id,
    pub(crate) writer: String,
    pub(crate) answers: Vec<Labelled>,
    /// Texts that say nothing of any item that the answers name.
    #[serde(default)]
    pub(crate) shared: Vec<Shared>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Labelled {
    pub(crate) item: Id,
    pub(crate) kind: Said,
    #[serde(default)]
    pub(crate) voice: Option<Voice>,
    pub(crate) text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shared {
    pub(crate) kind: Beside,
    pub(crate) text: String,
}

/// What a labelled answer says of its item.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Said {
    Good,
    Near,
    Wrong,
}

/// What a text is that says nothing of any item.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Beside {
    Stuffing,
    OffTopic,
    Empty,
}

/// The gold label of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gold {
    Good,
    Near,
    Wrong,
    Stuffing,
    OffTopic,
    Empty,
}

impl Gold {
    pub(crate) const ALL: [Self; 6] = [
        Self::Good,
        Self::Near,
        Self::Wrong,
        Self::Stuffing,
        Self::OffTopic,
        Self::Empty,
    ];

    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Near => "near",
            Self::Wrong => "wrong",
            Self::Stuffing => "stuffing",
            Self::OffTopic => "off-topic",
            Self::Empty => "empty",
        }
    }
}

impl From<Said> for Gold {
    fn from(said: Said) -> Self {
        match said {
            Said::Good => Self::Good,
            Said::Near => Self::Near,
            Said::Wrong => Self::Wrong,
        }
    }
}

impl From<Beside> for Gold {
    fn from(beside: Beside) -> Self {
        match beside {
            Beside::Stuffing => Self::Stuffing,
            Beside::OffTopic => Self::OffTopic,
            Beside::Empty => Self::Empty,
        }
    }
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Voice {
    Bullet,
    Spoken,
    NonNative,
    Shorthand,
}

impl Voice {
    pub(crate) const ALL: [Self; 4] =
        [Self::Bullet, Self::Spoken, Self::NonNative, Self::Shorthand];

    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Bullet => "bullet",
            Self::Spoken => "spoken",
            Self::NonNative => "non-native",
            Self::Shorthand => "shorthand",
        }
    }
}

/// `split.yaml`: rules are tuned on the files of the dev writers only, and never on unseen items.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Split {
    pub(crate) dev: BTreeSet<String>,
    pub(crate) test: BTreeSet<String>,
    #[serde(default)]
    pub(crate) unseen: BTreeMap<Id, BTreeSet<Id>>,
}

impl Split {
    pub(crate) fn is_unseen(&self, case: &Id, item: &Id) -> bool {
        self.unseen
            .get(case)
            .is_some_and(|items| items.contains(item))
    }
}

/// All labelled answers, and what is wrong with their files.
pub(crate) struct Answers {
    pub(crate) split: Split,
    pub(crate) sheaves: Vec<Sheaf>,
    pub(crate) faults: Vec<String>,
}

impl Answers {
    pub(crate) fn read() -> Self {
        let root = folder("labelled");
        let mut faults = Vec::new();
        let mut sheaves = Vec::new();
        for file in files(&root) {
            let label = file.label();
            let read = content::read(&file.path, &label)
                .and_then(|text| content::parse::<Sheaf>(&text, &label));
            match read {
                Ok(sheaf) => {
                    if sheaf.case != *file.case || sheaf.writer != file.stem {
                        faults.push(format!(
                            "{label}: case and writer are not those of the path"
                        ));
                    }
                    sheaves.push(sheaf);
                }
                Err(fault) => faults.push(fault.to_string()),
            }
        }
        let path = root.join("split.yaml");
        let split = if path.exists() || !sheaves.is_empty() {
            content::read(&path, "split.yaml")
                .and_then(|text| content::parse(&text, "split.yaml"))
                .unwrap_or_else(|fault| {
                    faults.push(fault.to_string());
                    Split::default()
                })
        } else {
            Split::default()
        };
        Self {
            split,
            sheaves,
            faults,
        }
    }

    /// What is wrong with single files or with the split, besides what reading found.
    pub(crate) fn check(&self, library: &Library) -> Vec<String> {
        let mut faults = self.faults.clone();
        for sheaf in &self.sheaves {
            self.check_items(sheaf, library, &mut faults);
        }
        self.check_texts(&mut faults);
        self.check_writers(&mut faults);
        self.check_unseen(library, &mut faults);
        faults
    }

    /// What the set lacks in size.
    pub(crate) fn lacks(&self, pairs: usize) -> Vec<String> {
        let named = self.named(|_| true);
        let unseen = named
            .iter()
            .filter(|(case, item)| self.split.is_unseen(case, item))
            .count();
        let mut lacks = Vec::new();
        if pairs < LEAST_PAIRS {
            lacks.push(format!("{pairs} pairs of {LEAST_PAIRS}"));
        }
        if named.len() < LEAST_ITEMS {
            lacks.push(format!("{} items of {LEAST_ITEMS}", named.len()));
        }
        if (unseen as f64) < LEAST_UNSEEN * named.len() as f64 || unseen == 0 {
            lacks.push(format!(
                "{unseen} unseen items of {} are too few",
                named.len()
            ));
        }
        lacks
    }

    /// The items that files of some writers name.
    fn named(&self, writers: impl Fn(&str) -> bool) -> BTreeSet<(&Id, &Id)> {
        self.sheaves
            .iter()
            .filter(|sheaf| writers(&sheaf.writer))
            .flat_map(|sheaf| {
                sheaf
                    .answers
                    .iter()
                    .map(|answer| (&sheaf.case, &answer.item))
            })
            .collect()
    }

    fn check_items(&self, sheaf: &Sheaf, library: &Library, faults: &mut Vec<String>) {
        let place = format!("{}/{}.yaml", sheaf.case, sheaf.writer);
        let case = match library.case(sheaf.case.as_str()) {
            Ok(case) => case,
            Err(fault) => return faults.push(format!("{place}: {fault}")),
        };
        for answer in &sheaf.answers {
            if case.item(answer.item.as_str()).is_none() {
                faults.push(format!("{place}: no item `{}`", answer.item));
            }
            if answer.text.trim().is_empty() {
                faults.push(format!("{place}: a text of `{}` is empty", answer.item));
            }
        }
        for shared in &sheaf.shared {
            if shared.text.trim().is_empty() && shared.kind != Beside::Empty {
                faults.push(format!("{place}: a shared text is empty but not called so"));
            }
        }
    }

    /// A text twice would be one observation counted as two. There are not many ways to say nothing.
    fn check_texts(&self, faults: &mut Vec<String>) {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for sheaf in &self.sheaves {
            let place = format!("{}/{}.yaml", sheaf.case, sheaf.writer);
            let texts = sheaf.answers.iter().map(|answer| &answer.text);
            let shared = sheaf.shared.iter();
            let shared = shared.filter(|shared| shared.kind != Beside::Empty);
            let texts = texts.chain(shared.map(|shared| &shared.text));
            for text in texts {
                let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if let Some(first) = seen.insert(plain.to_lowercase(), place.clone()) {
                    let start: String = plain.chars().take(60).collect();
                    faults.push(format!("{place}: the text `{start}` stands in {first} too"));
                }
            }
        }
    }

    fn check_writers(&self, faults: &mut Vec<String>) {
        for writer in self.split.dev.intersection(&self.split.test) {
            faults.push(format!("split.yaml: `{writer}` is in dev and in test"));
        }
        let known: BTreeSet<&String> = self.split.dev.union(&self.split.test).collect();
        let wrote: BTreeSet<&String> = self.sheaves.iter().map(|sheaf| &sheaf.writer).collect();
        for writer in wrote.difference(&known) {
            faults.push(format!("split.yaml: `{writer}` is in neither dev nor test"));
        }
        for writer in known.difference(&wrote) {
            faults.push(format!("split.yaml: `{writer}` wrote no file"));
        }
    }

    fn check_unseen(&self, library: &Library, faults: &mut Vec<String>) {
        let dev = self.named(|writer| self.split.dev.contains(writer));
        let test = self.named(|writer| self.split.test.contains(writer));
        for (case, items) in &self.split.unseen {
            let known = library.case(case.as_str()).ok();
            for item in items {
                let place = format!("split.yaml: unseen {case}/{item}");
                if known
                    .as_ref()
                    .and_then(|case| case.item(item.as_str()))
                    .is_none()
                {
                    faults.push(format!("{place}: no such item"));
                } else if dev.contains(&(case, item)) {
                    faults.push(format!("{place}: a dev file names it"));
                } else if !test.contains(&(case, item)) {
                    faults.push(format!("{place}: no test file names it"));
                }
            }
        }
    }
}

impl fmt::Display for Gold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}
