//! Whole answers to every ready case (`tests/data/answers/<case>/*.md`), written by people who saw the
//! prompt and what the interviewer tells, and never the rubric. Those in `tuned` were read when rules
//! were written; the others are held out, and nobody who writes rules opens them.

use super::{entries, folder, name};
use greenroom::content::{Level, Library, Step};
use greenroom::grading::{score, Answer, CaseRules, Decision, Lexicon, Sheet};
use greenroom::markdown;
use std::fs;
use std::path::Path;

/// One answer and what it is worth to somebody who hires seniors.
pub(crate) struct Whole {
    pub(crate) case: String,
    /// `strong` or `strong-2`, `spoken…` (the same, said aloud), `book-reader` or `weak`.
    pub(crate) profile: String,
    pub(crate) held_out: bool,
    pub(crate) sheet: Sheet,
}

impl Whole {
    pub(crate) fn hired(&self) -> bool {
        self.sheet.verdict == Decision::Hire
    }
}

/// All of them, by case and profile, the held-out ones first.
pub(crate) fn answers(library: &Library) -> Vec<Whole> {
    let lexicon = Lexicon::new(library.lexicon());
    let mut all = Vec::new();
    for head in library.ready_cases() {
        let case = library.case(&head.id).unwrap();
        let rules = CaseRules::compile(&case, &lexicon).unwrap();
        let own = folder("answers").join(&head.id);
        for (folder, held_out) in [(own.clone(), true), (own.join("tuned"), false)] {
            for path in entries(&folder).into_iter().filter(|path| path.is_file()) {
                let graded = rules.grade(&read(&path));
                all.push(Whole {
                    case: head.id.clone(),
                    profile: name(path.file_stem()),
                    held_out,
                    sheet: score(&case, library.rubric(), &graded, None, Level::Senior),
                });
            }
        }
    }
    all.sort_by_key(|own| (!own.held_out, own.case.clone(), own.profile.clone()));
    all
}

/// What is said aloud, and the same in notes.
const TWINS: [(&str, &str); 3] = [
    ("spoken", "strong"),
    ("spoken-2", "strong"),
    ("spoken-3", "strong-2"),
];

/// Totals of what is said aloud less those of the same in notes, a case each.
pub(crate) fn spoken_gaps(all: &[Whole], held_out: bool) -> Vec<f64> {
    let of = |profile: &'static str| {
        let own = all.iter().filter(move |own| own.held_out == held_out);
        own.filter(move |own| own.profile == profile)
    };
    let gaps = TWINS.into_iter().flat_map(|(spoken, notes)| {
        of(spoken).filter_map(move |own| {
            let written = of(notes).find(|other| other.case == own.case)?;
            Some(own.sheet.total - written.sheet.total)
        })
    });
    gaps.collect()
}

/// The answer in a file: a second-level heading for each step.
fn read(path: &Path) -> Answer {
    let text = fs::read_to_string(path).unwrap();
    let mut answer = Answer::default();
    for section in markdown::sections(&text) {
        let title = section.title.to_lowercase();
        let step = Step::ALL.into_iter().find(|step| step.id() == title);
        assert!(
            step.is_some(),
            "{}: `{title}` names no step",
            path.display()
        );
        let Some(step) = step else { continue };
        let body = text.get(section.body).unwrap_or_default();
        answer.steps.insert(step, body.to_owned());
    }
    answer
}
