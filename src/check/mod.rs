//! `greenroom check`: every fault of a content pack in one run, with its place and its fix.
//!
//! ```text
//! files      paths → files of packs
//! text       characters that do not belong into content
//! tree       YAML → nodes that know their places, within limits
//! shape      nodes against the JSON Schema of their type, all faults; repairs what it can
//! case, drills, lexicon, shared, shelf, breakdown
//!            what the types cannot say: links, rules, sums, answer keys, sections
//! render     the report as text and JSON
//! ```
//!
//! A file is read in two passes, because links need the names of all files.

mod breakdown;
mod case;
mod cited;
mod depth;
mod diagrams;
mod drills;
mod faults;
mod files;
mod lexicon;
mod lines;
mod links;
mod names;
mod render;
mod rules;
pub mod schemas;
mod shape;
mod shared;
mod shelf;
mod source;
mod sums;
mod taught;
mod tells;
mod text;
mod tree;

use crate::content::{
    self, Case, Fault, Framework, Interviewer, Lexicon, Library, Plans, ReadingList, Rubric,
    Toolbox, Transfer,
};
use crate::drill::{Drill, DrillFile, FORMATS};
use crate::grading;
use faults::Faults;
use files::{File, Files, What};
use names::{CaseNames, Names};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use tree::{Mark, Node, Spot};

/// What a run found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What must be mended, by file, line and column.
    pub faults: Vec<Fault>,
    /// What is worth a look.
    pub warnings: Vec<Fault>,
    /// How many files were checked.
    pub files: usize,
    /// The source lines that faults are in.
    lines: BTreeMap<(String, usize), String>,
}

impl Report {
    pub fn is_ok(&self) -> bool {
        self.faults.is_empty()
    }
}

/// A file after the first pass.
struct Opened {
    file: File,
    text: String,
    tree: Option<Node>,
    content: Content,
    faults: Faults,
}

/// What a file holds, as far as it can be read.
enum Content {
    Case(Box<Case>),
    Drills(Box<DrillFile>),
    Lexicon(Lexicon),
    Framework(Framework),
    Rubric(Rubric),
    Interviewer(Interviewer),
    Plans(Plans),
    Toolbox(Toolbox),
    Transfer(Transfer),
    Reading(ReadingList),
    Breakdown,
    Nothing,
}

/// Checks pack folders, case folders and single files; the built-in pack and `packs` on top of it
/// when no path is given. Links may point at anything in those or in what is checked.
pub fn pack(paths: &[PathBuf], packs: &[PathBuf]) -> Report {
    let mut found = Files::default();
    if paths.is_empty() {
        found.add_built_in();
    }
    for path in if paths.is_empty() { packs } else { paths } {
        found.add(path);
    }
    let Files {
        files,
        listings,
        faults,
        warnings,
        ..
    } = found;
    let schemas = schemas::all();
    let mut opened = in_parallel(files, |file| open(&file, &schemas));
    let mut library_packs = Vec::new();
    if !paths.is_empty() {
        library_packs.extend(packs.iter().cloned());
    }
    let library = Library::open(&library_packs, None);
    let names = names(&library, &opened);
    replaced(&mut opened, &library);
    let breakdowns: BTreeMap<(usize, String), String> = opened
        .iter()
        .filter(|one| matches!(one.content, Content::Breakdown))
        .filter_map(|one| {
            let id = one.file.topic.clone()?;
            Some(((one.file.pack, id), one.text.clone()))
        })
        .collect();
    let formats = formats(&opened);
    let closed = in_parallel(opened, |mut opened| {
        if opened.file.reported {
            let empty = BTreeSet::new();
            let listing = listings.get(&opened.file.pack).unwrap_or(&empty);
            semantics(&mut opened, &names, listing, &breakdowns, &formats);
        }
        opened
    });
    report(closed, faults, warnings)
}

/// The format of each drill, by pack and topic.
fn formats(opened: &[Opened]) -> BTreeMap<(usize, String), Vec<&'static str>> {
    let files = opened.iter().filter_map(|one| match &one.content {
        Content::Drills(own) => Some((one, own)),
        _ => None,
    });
    files
        .filter_map(|(one, own)| {
            let drills = DrillFile::clone(own).into_drills();
            let formats = drills.iter().map(Drill::format).collect();
            Some(((one.file.pack, one.file.topic.clone()?), formats))
        })
        .collect()
}

/// Does `work` on every item, on all processors, and keeps the order.
fn in_parallel<T: Send, U: Send>(items: Vec<T>, work: impl Fn(T) -> U + Sync) -> Vec<U> {
    let count = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let count = count.min(items.len() / 4).max(1);
    if count == 1 {
        return items.into_iter().map(work).collect();
    }
    let mut shares: Vec<Vec<(usize, T)>> = (0..count).map(|_| Vec::new()).collect();
    for (index, item) in items.into_iter().enumerate() {
        if let Some(share) = shares.get_mut(index % count) {
            share.push((index, item));
        }
    }
    let work = &work;
    let mut done: Vec<(usize, U)> = std::thread::scope(|scope| {
        let handles: Vec<_> = shares
            .into_iter()
            .map(|share| {
                scope.spawn(move || -> Vec<(usize, U)> {
                    share
                        .into_iter()
                        .map(|(index, item)| (index, work(item)))
                        .collect()
                })
            })
            .collect();
        handles
            .into_iter()
            .flat_map(|handle| match handle.join() {
                Ok(done) => done,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, item)| item).collect()
}

/// The first pass: text, tree, shape, type.
fn open(file: &File, schemas: &BTreeMap<&'static str, Value>) -> Opened {
    let mut faults = Faults::new(&file.label);
    let opened = |text, tree, content, faults| Opened {
        file: file.clone(),
        text,
        tree,
        content,
        faults,
    };
    let raw = match file.read() {
        Ok(raw) => raw,
        Err(fault) => {
            faults.faults.push(fault);
            return opened(String::new(), None, Content::Nothing, faults);
        }
    };
    let text = text::check(&raw, &mut faults).into_owned();
    if text.trim().is_empty() {
        faults.whole("is empty", "write its content, or remove the file");
        return opened(text, None, Content::Nothing, faults);
    }
    if file.what == What::Breakdown {
        return opened(text, None, Content::Breakdown, faults);
    }
    let (tree, troubles) = tree::read(&text);
    for trouble in troubles {
        faults.fault(trouble.mark, trouble.message, trouble.fix);
    }
    let Some(mut tree) = tree else {
        if faults.faults.is_empty() {
            faults.whole("is empty", "write its content, or remove the file");
        }
        return opened(text, None, Content::Nothing, faults);
    };
    text::check_tree(&tree, &mut faults);
    let what = match file.what {
        What::Unknown => guess(&tree),
        known => known,
    };
    let name = match what {
        What::Framework => "framework",
        What::Rubric => "rubric",
        What::Lexicon => "lexicon",
        What::Interviewer => "interviewer",
        What::Plans => "plans",
        What::Toolbox => "toolbox",
        What::Transfer => "transfer",
        What::Reading => "reading",
        What::Case => "case",
        What::Drills => "drills",
        What::Breakdown | What::Unknown => {
            faults.whole(
                "is no content file",
                "a pack has cases/<id>/case.yaml, drills.yaml and breakdown.md, and shared files",
            );
            return opened(text, None, Content::Nothing, faults);
        }
    };
    if let Some(schema) = schemas.get(name) {
        shape::fit(&mut tree, schema, &mut faults);
    }
    let content = match what {
        What::Framework => typed(&tree, &text, &mut faults).map(Content::Framework),
        What::Rubric => typed(&tree, &text, &mut faults).map(Content::Rubric),
        What::Lexicon => typed(&tree, &text, &mut faults).map(Content::Lexicon),
        What::Interviewer => typed(&tree, &text, &mut faults).map(Content::Interviewer),
        What::Plans => typed(&tree, &text, &mut faults).map(Content::Plans),
        What::Toolbox => typed(&tree, &text, &mut faults).map(Content::Toolbox),
        What::Transfer => typed(&tree, &text, &mut faults).map(Content::Transfer),
        What::Reading => typed(&tree, &text, &mut faults).map(Content::Reading),
        What::Case => typed(&tree, &text, &mut faults)
            .map(Box::new)
            .map(Content::Case),
        What::Drills => typed(&tree, &text, &mut faults).map(Content::Drills),
        What::Breakdown | What::Unknown => None,
    };
    opened(
        text,
        Some(tree),
        content.unwrap_or(Content::Nothing),
        faults,
    )
}

/// The type of a file that is in no pack, by its keys.
fn guess(tree: &Node) -> What {
    let has = |key: &str| tree.get(key).is_some();
    if has("concepts") {
        What::Lexicon
    } else if has("dimensions") {
        What::Rubric
    } else if has("clocks") || has("steps") {
        What::Framework
    } else if has("templates") || has("focus") {
        What::Plans
    } else if has("nudge") || has("silence") {
        What::Interviewer
    } else if has("tools") {
        What::Toolbox
    } else if has("techniques") {
        What::Transfer
    } else if has("readings") {
        What::Reading
    } else if has("prompt") || has("rubric") {
        What::Case
    } else if FORMATS.iter().any(|format| has(format)) {
        What::Drills
    } else {
        What::Unknown
    }
}

/// The tree as its type. When nothing was wrong so far, the loader must agree.
fn typed<T: DeserializeOwned>(tree: &Node, text: &str, faults: &mut Faults) -> Option<T> {
    if faults.faults.is_empty() {
        if let Err(fault) = content::parse::<T>(text, "") {
            let mark = Mark {
                line: fault.line.max(1),
                column: fault.column.max(1),
            };
            faults.fault(mark, fault.message, "correct the value");
            return None;
        }
    }
    match serde_json::from_value(tree.plain()) {
        Ok(value) => Some(value),
        Err(error) => {
            if faults.faults.is_empty() {
                faults.whole(error.to_string(), "correct the value");
            }
            None
        }
    }
}

/// What exists in the library, and what the files at hand put on top of it.
fn names(library: &Library, opened: &[Opened]) -> Names {
    let mut lexicon = library.lexicon().clone();
    let mut framework = library.framework().clone();
    let mut rubric = library.rubric().clone();
    let mut focus: Vec<String> = library
        .plans()
        .focus
        .iter()
        .map(ToString::to_string)
        .collect();
    let mut cases: BTreeMap<String, CaseNames> = BTreeMap::new();
    for head in library.cases() {
        let names = CaseNames {
            tags: head.tags.clone(),
            ..CaseNames::default()
        };
        cases.insert(head.id.clone(), names);
    }
    let mut tools: BTreeSet<String> = library
        .toolbox()
        .tools
        .iter()
        .map(|tool| tool.id.to_string())
        .collect();
    let mut drills: BTreeSet<String> = library.drills().map(|head| head.id.clone()).collect();
    let mut written = BTreeSet::new();
    let mut dark = BTreeSet::new();
    for one in opened {
        match &one.content {
            Content::Nothing => dark.extend(one.file.topic.clone()),
            Content::Case(case) => {
                let id = one
                    .file
                    .topic
                    .clone()
                    .unwrap_or_else(|| case.id.to_string());
                drills.retain(|drill| drill.split('/').next() != Some(id.as_str()));
                written.insert(id.clone());
                cases.insert(id, CaseNames::of(case));
            }
            Content::Lexicon(file) => merge(&mut lexicon.concepts, &file.concepts, |x| &x.id),
            Content::Framework(file) => {
                if !file.clocks.is_empty() {
                    framework.clocks.clone_from(&file.clocks);
                    framework.wrap_up = file.wrap_up.clone();
                }
                merge(&mut framework.steps, &file.steps, |x| &x.id);
            }
            Content::Rubric(file) => {
                merge(&mut rubric.dimensions, &file.dimensions, |x| &x.id);
                merge(&mut rubric.verdicts, &file.verdicts, |x| &x.level);
            }
            Content::Plans(file) => {
                for id in &file.focus {
                    if !focus.iter().any(|own| *id == own.as_str()) {
                        focus.push(id.to_string());
                    }
                }
            }
            Content::Toolbox(file) => {
                tools.extend(file.tools.iter().map(|tool| tool.id.to_string()));
            }
            _ => {}
        }
    }
    for one in opened {
        let Some(topic) = &one.file.topic else {
            continue;
        };
        if let Content::Drills(file) = &one.content {
            for drill in file.clone().into_drills() {
                drills.insert(format!("{topic}/{}", drill.head().id));
            }
        }
        // Drills for a case of another pack.
        if cases.contains_key(topic) && !written.contains(topic) {
            if let Ok(case) = library.case(topic) {
                cases.insert(topic.clone(), CaseNames::of(&case));
                written.insert(topic.clone());
            }
        }
    }
    Names {
        concepts: lexicon.concepts.iter().map(|x| x.id.to_string()).collect(),
        lexicon: grading::Lexicon::new(&lexicon),
        content_lexicon: lexicon,
        framework,
        rubric,
        cases,
        drills,
        tools,
        focus,
        dark,
        drawn: diagrams::Drawn::default(),
    }
}

/// As the library does it: entries of the same key are replaced, the others appended.
fn merge<T: Clone, K: PartialEq>(all: &mut Vec<T>, next: &[T], key: impl Fn(&T) -> &K) {
    let mut fresh = Vec::new();
    for entry in next {
        match all.iter_mut().find(|old| key(old) == key(entry)) {
            Some(old) => *old = entry.clone(),
            None => fresh.push(entry.clone()),
        }
    }
    all.append(&mut fresh);
}

/// Says which cases replace others.
fn replaced(opened: &mut [Opened], library: &Library) {
    let mut before: BTreeMap<String, String> = BTreeMap::new();
    for one in opened.iter_mut() {
        let (Content::Case(_), Some(id)) = (&one.content, &one.file.topic) else {
            continue;
        };
        if let Some(first) = before.insert(id.clone(), one.file.label.clone()) {
            one.faults.warn_whole(
                format!("replaces the whole case `{id}` of {first}"),
                "give it another id if both should be there",
            );
            continue;
        }
        let label = format!("content/{}", one.file.path);
        if one.file.label == label && !std::path::Path::new(&label).exists() {
            continue;
        }
        let theirs = library.case_head(id).and_then(|_| {
            let pack = content::Pack::BuiltIn;
            pack.has(&one.file.path).then(|| pack.read(&one.file.path))
        });
        if let Some(Ok(text)) = theirs {
            if text != one.text {
                one.faults.warn_whole(
                    format!("replaces the whole built-in case `{id}`"),
                    "give it another id if both should be there",
                );
            }
        }
    }
}

/// The second pass: what the types cannot say.
fn semantics(
    opened: &mut Opened,
    names: &Names,
    listing: &BTreeSet<String>,
    breakdowns: &BTreeMap<(usize, String), String>,
    formats: &BTreeMap<(usize, String), Vec<&'static str>>,
) {
    let Opened {
        file,
        text,
        tree,
        content,
        faults,
    } = opened;
    let topic = file.topic.as_deref();
    if let Content::Breakdown = content {
        let has = |path: &str| listing.contains(path);
        breakdown::check(text, &file.path, topic, names, &has, faults);
        return;
    }
    let Some(root) = tree.as_ref().map(Spot::new) else {
        return;
    };
    match content {
        Content::Case(own) => {
            case::check(own, root, topic, names, faults);
            let place = topic.map(|id| (file.pack, id.to_owned()));
            let taught = place.as_ref().and_then(|place| breakdowns.get(place));
            if let Some(text) = taught.filter(|_| own.status == content::Status::Ready) {
                taught::check(own, text, root, names, faults);
                let own_formats = place.as_ref().and_then(|place| formats.get(place));
                let drills = own_formats.map_or(&[][..], Vec::as_slice);
                depth::check(own, text, drills, file.is_built_in(), root, faults);
            }
            let breakdown = topic.map(|id| format!("cases/{id}/breakdown.md"));
            if breakdown.is_some_and(|path| !listing.contains(&path)) {
                let mark = root.get("id").mark;
                let message = "there is no breakdown.md beside this case";
                let fix = "write it, or set `status: draft`";
                if own.status == content::Status::Draft {
                    faults.warn(mark, message, fix);
                } else {
                    faults.fault(mark, message, fix);
                }
            }
        }
        Content::Drills(own) => drills::check(own, root, topic, names, faults),
        Content::Lexicon(own) => lexicon::check(own, root, names, faults),
        Content::Framework(own) => shared::framework(own, root, names, faults),
        Content::Rubric(own) => shared::rubric(own, root, names, faults),
        Content::Interviewer(own) => shared::interviewer(own, root, names, faults),
        Content::Plans(own) => shared::plans(own, root, names, faults),
        Content::Toolbox(own) => shelf::toolbox(own, root, names, faults),
        Content::Transfer(own) => shelf::transfer(own, root, names, faults),
        Content::Reading(own) => shelf::reading(own, root, faults),
        Content::Breakdown | Content::Nothing => {}
    }
}

fn report(opened: Vec<Opened>, faults: Vec<Fault>, warnings: Vec<Fault>) -> Report {
    let mut report = Report {
        faults,
        warnings,
        ..Report::default()
    };
    for one in opened {
        if !one.file.reported {
            continue;
        }
        report.files += 1;
        let lines: Vec<&str> = one.text.lines().collect();
        for fault in one.faults.faults.iter().chain(&one.faults.warnings) {
            let line = fault.line.checked_sub(1).and_then(|at| lines.get(at));
            if let Some(line) = line {
                let key = (fault.file.clone(), fault.line);
                report.lines.insert(key, (*line).to_owned());
            }
        }
        report.faults.extend(one.faults.faults);
        report.warnings.extend(one.faults.warnings);
    }
    for list in [&mut report.faults, &mut report.warnings] {
        list.sort();
        list.dedup();
    }
    report
}
