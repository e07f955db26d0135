//! `cargo +nightly fuzz run grade`: any text in every step; quotes must be cut from it.
#![no_main]

use greenroom::content::{Library, Step};
use greenroom::grading::{Answer, CaseRules, Lexicon};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static RULES: LazyLock<CaseRules> = LazyLock::new(|| {
    let library = Library::open(&[], None);
    let case = library.case("video-recommendation").unwrap();
    CaseRules::compile(&case, &Lexicon::new(library.lexicon())).unwrap()
});

fuzz_target!(|text: &str| {
    let answer = Answer {
        steps: Step::ALL.map(|step| (step, text.to_owned())).into(),
        elsewhere: text.to_owned(),
    };
    for item in RULES.grade(&answer).items {
        for evidence in item.evidence {
            let quoted = text.get(evidence.start..evidence.end);
            assert_eq!(quoted, Some(evidence.text.as_str()));
        }
    }
});
