//! How well and how fast answers are graded: `cargo bench --bench grading`.
//!
//! `-- --misses dev` prints, instead of the figures, every dev pair that the rules grade wrongly.
//! For test it prints numbers only: whoever reads those texts would tune to them.
//! `--case ID` looks at one case, and `--content FOLDER` takes the content from there, so that a rule
//! can be changed and measured again without a build.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::string_slice)]

#[path = "../../tests/judged/mod.rs"]
mod judged;
mod misses;
mod quality;
mod speed;
mod table;

use greenroom::content::Library;
use judged::answers::Answers;
use judged::evaluation::Evaluation;
use judged::mocks::Mocks;
use judged::pairs::Cases;
use judged::whole;
use std::path::PathBuf;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // `cargo test --all-targets` runs this too.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).map(String::as_str)
    };
    let folders: Vec<PathBuf> = value("--content").map(PathBuf::from).into_iter().collect();
    let library = Library::open(&folders, None);
    for fault in library.faults() {
        println!("fault: {fault}");
    }
    let mut answers = Answers::read();
    let mut mocks = Mocks::read();
    if let Some(case) = value("--case") {
        answers.sheaves.retain(|sheaf| sheaf.case.as_str() == case);
        mocks.mocks.retain(|mock| mock.case.as_str() == case);
    }
    let ids = answers.sheaves.iter().map(|sheaf| &sheaf.case);
    let cases = Cases::of(
        &library,
        ids.chain(mocks.mocks.iter().map(|mock| &mock.case)),
    );
    let pairs = cases.pairs(&answers);
    for fault in answers.check(&library).iter().chain(&mocks.check(&library)) {
        println!("fault: {fault}");
    }
    if arguments.iter().any(|argument| argument == "--misses") {
        let verdicts = cases.judge(&pairs);
        misses::print(value("--misses"), &pairs, &verdicts);
        return;
    }
    if pairs.is_empty() {
        println!("No labelled answers in tests/data/labelled.\n");
    } else {
        quality::answers(&Evaluation::of(&cases, &pairs));
    }
    if mocks.mocks.is_empty() {
        println!("No labelled mocks in tests/data/mocks.\n");
    } else {
        quality::mocks(&mocks.score(&library, &cases));
    }
    if value("--case").is_none() {
        quality::whole(&whole::answers(&library));
        speed::print(&library);
    }
}
