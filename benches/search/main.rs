//! Search over all built-in content: `cargo bench --bench search`.
//!
//! How long the index and each key take, and whether what is meant comes first: headings, tools and
//! sources are typed whole, cut short, or with a typing error, and their ranks are counted. Then how
//! long keys take in the reader on a page of 10,000 lines.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../../tests/pty/mod.rs"]
mod pty;

use chrono::{DateTime, Utc};
use greenroom::desk::{Desk, Found, Setup, Target};
use greenroom::markdown;
use pty::Pty;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// Typed letter by letter, as a learner does.
const TYPED: [&str; 12] = [
    "calibration",
    "position bias",
    "two tower",
    "feature store",
    "how do you split by time",
    "chargeback",
    "a",
    "delayed labels",
    "cold start of a new video",
    "precision at k",
    "clibration eror",
    "logQ correction",
];
/// Milliseconds that the index and one key may take.
const INDEX_MS: f64 = 100.0;
const KEY_MS: f64 = 5.0;
/// Milliseconds from a key to the changed screen in the reader, and lines of its page.
const READER_MS: f64 = 16.0;
const LINES: usize = 10_000;

fn main() {
    // `cargo test --all-targets` runs this too.
    if std::env::args().any(|argument| argument == "--bench") {
        measure();
    }
}

fn desk() -> Desk {
    Desk::in_memory(Setup::default(), DateTime::<Utc>::UNIX_EPOCH).unwrap()
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

fn row(what: &str, mut runs: Vec<f64>, budget: f64) {
    runs.sort_by(f64::total_cmp);
    let at = |share: f64| runs[((runs.len() - 1) as f64 * share) as usize];
    println!(
        "{what:<12} {:>6} runs   median {:>8.3} ms   p99 {:>8.3}   worst {:>8.3}   budget {budget} ms",
        runs.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

fn measure() {
    let index = (0..9).map(|_| {
        let mut desk = desk();
        let begun = Instant::now();
        desk.search("a");
        ms(begun)
    });
    row("first search", index.collect(), INDEX_MS);
    let mut desk = desk();
    desk.search("a");
    let mut keys = Vec::new();
    for query in TYPED {
        let mut typed = String::new();
        for letter in query.chars() {
            typed.push(letter);
            let begun = Instant::now();
            desk.search(&typed);
            keys.push(ms(begun));
        }
    }
    row("one key", keys, KEY_MS);
    ranks(&mut desk);
    reading();
}

/// How a name is typed.
type Way = fn(&str) -> String;

/// How often what is called so comes first, and how often among the first five.
fn ranks(desk: &mut Desk) {
    let names = names(desk);
    let ways: [(&str, Way); 3] = [
        ("whole", str::to_owned),
        ("cut short", cut),
        ("misspelt", misspelt),
    ];
    for (way, change) in ways {
        let (mut first, mut five) = (0, 0);
        for name in &names {
            let found = desk.search(&change(name));
            let shown = |own: &Found| match &own.target {
                Target::Read { heading, .. } => heading.clone().unwrap_or_default(),
                _ => own.title.clone(),
            };
            let rank = found.iter().position(|own| shown(own) == *name);
            first += usize::from(rank == Some(0));
            five += usize::from(rank.is_some_and(|rank| rank < 5));
        }
        let share = |count: usize| 100.0 * count as f64 / names.len() as f64;
        println!(
            "{} names {way:<10} first {:>5.1} %   among the first five {:>5.1} %",
            names.len(),
            share(first),
            share(five)
        );
    }
}

/// Headings of the breakdowns, tools, sources.
fn names(desk: &Desk) -> BTreeSet<String> {
    let library = &desk.library;
    let breakdowns = library
        .ready_cases()
        .filter_map(|head| library.breakdown(&head.id).ok());
    let headings = breakdowns.flat_map(|text| {
        let headings = markdown::passages(&text).into_iter();
        let headings = headings.filter(|own| own.level.is_some_and(|level| level > 1));
        headings.map(|own| own.text).collect::<Vec<_>>()
    });
    let tools = library.toolbox().tools.iter().map(|tool| tool.name.clone());
    let readings = library
        .reading()
        .readings
        .iter()
        .map(|one| one.title.clone());
    headings.chain(tools).chain(readings).collect()
}

/// Every word cut to three of five letters.
fn cut(name: &str) -> String {
    let words = name.split_whitespace().map(|word| {
        let letters = word.chars().count();
        word.chars()
            .take((letters * 3).div_ceil(5).max(3))
            .collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The middle letters of the longest word in the wrong order.
fn misspelt(name: &str) -> String {
    let mut words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
    if let Some(longest) = words.iter_mut().max_by_key(|word| word.chars().count()) {
        let mut letters: Vec<char> = longest.chars().collect();
        let middle = letters.len() / 2;
        if letters.len() > 4 {
            letters.swap(middle, middle - 1);
        }
        *longest = letters.into_iter().collect();
    }
    words.join(" ")
}

/// From a key to the changed screen, in a breakdown of 10,000 lines.
fn reading() {
    let home = tempfile::tempdir().unwrap();
    let pack = home.path().join("pack/cases/toaster");
    fs::create_dir_all(&pack).unwrap();
    fs::create_dir_all(home.path().join("data")).unwrap();
    fs::write(home.path().join("config.yaml"), "").unwrap();
    let case =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pack/cases/toaster/case.yaml");
    fs::copy(case, pack.join("case.yaml")).unwrap();
    fs::write(pack.join("breakdown.md"), long()).unwrap();
    let folder = home.path().join("pack").display().to_string();
    let arguments = ["--content", folder.as_str(), "read", "toaster"];
    let mut pty = Pty::start_with(home.path(), &arguments, &[], (120, 40));
    pty.wait("Attempt it first");
    row("open", vec![press(&mut pty, "\r")], READER_MS);
    for (what, key) in [("a line", "j"), ("a page", " "), ("a section", "n")] {
        let runs = (0..40).map(|_| press(&mut pty, key)).collect();
        row(what, runs, READER_MS);
    }
    let ends = (0..20).map(|at| press(&mut pty, if at % 2 == 0 { "G" } else { "g" }));
    row("end, top", ends.collect(), READER_MS);
    press(&mut pty, "/");
    for letter in ["s", "t", "o", "r", "e"] {
        press(&mut pty, letter);
    }
    row("find", vec![press(&mut pty, "\r")], READER_MS);
    let runs = (0..40).map(|_| press(&mut pty, "n")).collect();
    row("next found", runs, READER_MS);
}

/// Sections with prose, lists, a table and code.
fn long() -> String {
    let mut text = String::from("# Toaster\n");
    let mut section = 0;
    while text.lines().count() < LINES {
        section += 1;
        write!(
            text,
            "\n## Section {section}\n\nEvents go to the log, from the log to the feature store, and \
             from there to the ranker, which answers in time number {section}.\n\n- one **strong** \
             item\n  - one inside it, with `code` and a [link](https://example.org/{section})\n- two\n\n\
             | part | does |\n|---|---|\n| log | keeps |\n| store | serves |\n\n```python\n\
             rank(candidates, features=store.get(user, items), model=models[{section}], timeout=30)\n\
             ```\n"
        )
        .unwrap();
    }
    text
}

fn press(pty: &mut Pty, key: &str) -> f64 {
    // What the last key changed has to come to rest first.
    thread::sleep(Duration::from_millis(30));
    let before = pty.screen();
    let begun = Instant::now();
    pty.press(key);
    while pty.screen() == before && begun.elapsed().as_secs() < 20 {
        thread::sleep(Duration::from_micros(200));
    }
    ms(begun)
}
