//! All packs as one: what is taught, merged, each file parsed when it is first asked for.

use super::index::{CaseHead, DrillHead, DrillText, Index};
use super::pack::Pack;
use super::{
    file, Case, Fault, Framework, Id, Interviewer, Lexicon, Plans, ReadingList, Rubric, Toolbox,
    Transfer,
};
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The content of every pack. The built-in pack comes first; the last pack wins.
#[derive(Debug)]
pub struct Library {
    packs: Vec<Pack>,
    /// With the number of the pack that holds it.
    cases: BTreeMap<String, (usize, CaseHead)>,
    drills: BTreeMap<String, (usize, DrillHead)>,
    /// Cases that are drafts: few or none, so that telling of ten thousand drills whether they
    /// belong to one costs nothing.
    drafts: BTreeSet<String>,
    faults: Vec<Fault>,
    framework: OnceLock<Framework>,
    rubric: OnceLock<Rubric>,
    lexicon: OnceLock<Lexicon>,
    interviewer: OnceLock<Interviewer>,
    plans: OnceLock<Plans>,
    toolbox: OnceLock<Toolbox>,
    transfer: OnceLock<Transfer>,
    reading: OnceLock<ReadingList>,
    parsed: Mutex<BTreeMap<String, Arc<Case>>>,
}

impl Library {
    /// Opens the built-in pack and these folders on top of it. Never fails: what is broken is left
    /// out and named by [`Library::faults`].
    pub fn open(folders: &[PathBuf], cache: Option<&Path>) -> Self {
        let packs: Vec<Pack> = std::iter::once(Pack::BuiltIn)
            .chain(folders.iter().cloned().map(Pack::Folder))
            .collect();
        let mut library = Self {
            packs: Vec::new(),
            cases: BTreeMap::new(),
            drills: BTreeMap::new(),
            drafts: BTreeSet::new(),
            faults: Vec::new(),
            framework: OnceLock::new(),
            rubric: OnceLock::new(),
            lexicon: OnceLock::new(),
            interviewer: OnceLock::new(),
            plans: OnceLock::new(),
            toolbox: OnceLock::new(),
            transfer: OnceLock::new(),
            reading: OnceLock::new(),
            parsed: Mutex::new(BTreeMap::new()),
        };
        for (number, pack) in packs.iter().enumerate() {
            let (index, faults) = pack.index(cache);
            library.add(number, index);
            library.faults.extend(faults);
        }
        let drafts = library.cases().filter(|head| head.draft);
        library.drafts = drafts.map(|head| head.id.clone()).collect();
        library.packs = packs;
        library
    }

    fn add(&mut self, pack: usize, index: Index) {
        for case in index.cases {
            // A case folder replaces the whole case, its drills included.
            if self.cases.contains_key(&case.id) {
                self.drills.retain(|_, (_, drill)| drill.topic != case.id);
            }
            self.cases.insert(case.id.clone(), (pack, case));
        }
        for drill in index.drills {
            self.drills.insert(drill.id.clone(), (pack, drill));
        }
    }

    /// What could not be loaded.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// All cases, drafts included, by id.
    pub fn cases(&self) -> impl Iterator<Item = &CaseHead> {
        self.cases.values().map(|(_, head)| head)
    }

    /// The cases that can be practised.
    pub fn ready_cases(&self) -> impl Iterator<Item = &CaseHead> {
        self.cases().filter(|head| !head.draft)
    }

    pub fn case_head(&self, id: &str) -> Option<&CaseHead> {
        self.cases.get(id).map(|(_, head)| head)
    }

    /// All drills by id; those of draft cases are left out.
    pub fn drills(&self) -> impl Iterator<Item = &DrillHead> {
        self.drills
            .values()
            .map(|(_, head)| head)
            .filter(|head| !self.drafts.contains(&head.topic))
    }

    pub fn drill_head(&self, id: &str) -> Option<&DrillHead> {
        self.drills.get(id).map(|(_, head)| head)
    }

    /// What search reads of the drills; those of draft cases are left out.
    pub fn drill_texts(&self, cache: Option<&Path>) -> Vec<DrillText> {
        let shown: BTreeSet<&str> = self.drills().map(|head| head.id.as_str()).collect();
        let packs = self.packs.iter().enumerate();
        let texts = packs.flat_map(|(number, pack)| {
            let mut texts = pack.drill_texts(cache);
            texts.retain(|text| {
                let own = self.drills.get(&text.id);
                own.is_some_and(|(pack, _)| *pack == number) && shown.contains(text.id.as_str())
            });
            texts
        });
        texts.collect()
    }

    /// The drill file that holds a drill: how a user names it, and its text.
    ///
    /// # Errors
    /// When the file cannot be read any more.
    pub fn drill_file(&self, head: &DrillHead) -> Result<(String, Cow<'static, str>), Fault> {
        let pack = self
            .drills
            .get(&head.id)
            .and_then(|(pack, _)| self.packs.get(*pack));
        let Some(pack) = pack else {
            return Err(Fault::of_file(&head.file, "is not in any pack"));
        };
        Ok((pack.label(&head.file), pack.read(&head.file)?))
    }

    /// Whether the learner can edit the drill: it lives in a folder, not in the binary.
    pub fn drill_path(&self, head: &DrillHead) -> Option<PathBuf> {
        let (pack, _) = self.drills.get(&head.id)?;
        match self.packs.get(*pack)? {
            Pack::BuiltIn => None,
            Pack::Folder(root) => Some(
                head.file
                    .split('/')
                    .fold(root.clone(), |path, part| path.join(part)),
            ),
        }
    }

    /// A case, parsed on first use.
    ///
    /// # Errors
    /// The first fault of its file, or that there is no such case, with the nearest name.
    pub fn case(&self, id: &str) -> Result<Arc<Case>, Fault> {
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(case) = parsed.get(id) {
            return Ok(Arc::clone(case));
        }
        let pack = self.case_pack(id)?;
        let path = format!("cases/{id}/case.yaml");
        let case: Case = file::parse(&pack.read(&path)?, &pack.label(&path))?;
        let case = Arc::new(case);
        parsed.insert(id.to_owned(), Arc::clone(&case));
        Ok(case)
    }

    /// The Markdown of a case's breakdown.
    ///
    /// # Errors
    /// When there is no such case, or no breakdown in its folder.
    pub fn breakdown(&self, id: &str) -> Result<Cow<'static, str>, Fault> {
        self.case_pack(id)?
            .read(&format!("cases/{id}/breakdown.md"))
    }

    fn case_pack(&self, id: &str) -> Result<&Pack, Fault> {
        let pack = self
            .cases
            .get(id)
            .and_then(|(pack, _)| self.packs.get(*pack));
        pack.ok_or_else(|| {
            let fault = Fault::of_file(id, "there is no such case");
            let names = self.cases.keys().map(String::as_str);
            match nearest(id, names) {
                Some(name) => fault.fix(format!("did you mean {name}?")),
                None => fault.fix("`greenroom read` lists the cases"),
            }
        })
    }

    pub fn framework(&self) -> &Framework {
        self.framework.get_or_init(|| {
            self.shared("framework.yaml", |all: &mut Framework, next: Framework| {
                if !next.clocks.is_empty() {
                    all.clocks = next.clocks;
                    all.wrap_up = next.wrap_up;
                }
                merge(&mut all.steps, next.steps, |step| step.id);
                merge(&mut all.formulas, next.formulas, |formula| {
                    formula.name.clone()
                });
                merge(&mut all.elsewhere, next.elsewhere, |other| other.id.clone());
            })
        })
    }

    pub fn rubric(&self) -> &Rubric {
        self.rubric.get_or_init(|| {
            self.shared("rubric.yaml", |all: &mut Rubric, next: Rubric| {
                merge(&mut all.dimensions, next.dimensions, |dimension| {
                    dimension.id.clone()
                });
                merge(&mut all.verdicts, next.verdicts, |rule| rule.level);
                all.borderline = next.borderline;
                merge(&mut all.roles, next.roles, |role| role.id.clone());
                if !next.delivery.is_empty() {
                    all.delivery = next.delivery;
                }
            })
        })
    }

    pub fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| {
            self.shared("lexicon.yaml", |all: &mut Lexicon, next: Lexicon| {
                merge(&mut all.concepts, next.concepts, |concept| {
                    concept.id.clone()
                });
            })
        })
    }

    pub fn interviewer(&self) -> &Interviewer {
        self.interviewer.get_or_init(|| {
            self.shared(
                "interviewer.yaml",
                |all: &mut Interviewer, next: Interviewer| {
                    all.open.extend(next.open);
                    all.assume.extend(next.assume);
                    all.nudge.extend(next.nudge);
                    all.interject.extend(next.interject);
                    all.silence.extend(next.silence);
                    all.closing.extend(next.closing);
                    all.no_model.extend(next.no_model);
                    all.no_evaluation.extend(next.no_evaluation);
                    all.again.extend(next.again);
                    all.lead_in.extend(next.lead_in);
                    merge(&mut all.curveballs, next.curveballs, |curveball| {
                        curveball.id.clone()
                    });
                },
            )
        })
    }

    pub fn plans(&self) -> &Plans {
        self.plans.get_or_init(|| {
            self.shared("plans.yaml", |all: &mut Plans, next: Plans| {
                merge(&mut all.focus, next.focus, Id::clone);
                merge(&mut all.templates, next.templates, |template| {
                    template.id.clone()
                });
            })
        })
    }

    pub fn toolbox(&self) -> &Toolbox {
        self.toolbox.get_or_init(|| {
            self.shared("toolbox.yaml", |all: &mut Toolbox, next: Toolbox| {
                merge(&mut all.tools, next.tools, |tool| tool.id.clone());
            })
        })
    }

    pub fn transfer(&self) -> &Transfer {
        self.transfer.get_or_init(|| {
            self.shared("transfer.yaml", |all: &mut Transfer, next: Transfer| {
                merge(&mut all.techniques, next.techniques, |one| one.id.clone());
            })
        })
    }

    pub fn reading(&self) -> &ReadingList {
        self.reading.get_or_init(|| {
            self.shared(
                "reading.yaml",
                |all: &mut ReadingList, next: ReadingList| {
                    merge(&mut all.readings, next.readings, |one| one.id.clone());
                    merge(&mut all.notes, next.notes, |note| note.id.clone());
                },
            )
        })
    }

    /// One shared file over all packs. A pack whose file is broken is passed over here;
    /// `greenroom check` names the fault.
    fn shared<T: DeserializeOwned + Default>(&self, path: &str, join: impl Fn(&mut T, T)) -> T {
        let mut all = T::default();
        for pack in self.packs.iter().filter(|pack| pack.has(path)) {
            let parsed = pack
                .read(path)
                .and_then(|text| file::parse::<T>(&text, &pack.label(path)));
            if let Ok(next) = parsed {
                join(&mut all, next);
            }
        }
        all
    }
}

/// Replaces entries of the same key, appends the others.
fn merge<T, K: PartialEq>(all: &mut Vec<T>, next: Vec<T>, key: impl Fn(&T) -> K) {
    for entry in next {
        let own = key(&entry);
        match all.iter_mut().find(|old| key(old) == own) {
            Some(old) => *old = entry,
            None => all.push(entry),
        }
    }
}

/// The name that differs from `wanted` by the fewest edits, when that is at most a third of it.
pub fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|name| (edits(wanted, name), name))
        .min()
        .filter(|(edits, name)| *edits <= (name.chars().count() / 3).max(1))
        .map(|(_, name)| name)
}

/// Levenshtein distance.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(&b) {
            let up = *cell;
            let here = (corner + usize::from(x != *y)).min(left + 1).min(up + 1);
            corner = up;
            left = here;
            *cell = here;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_with_a_slip() {
        let names = ["eta", "fraud-detection", "video-recommendation"];
        let of = |wanted| nearest(wanted, names.into_iter());
        assert_eq!(of("fruad-detection"), Some("fraud-detection"));
        assert_eq!(of("video-recomendation"), Some("video-recommendation"));
        assert_eq!(of("search"), None);
        assert_eq!(edits("kitten", "sitting"), 3);
    }
}
