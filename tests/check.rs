//! `greenroom check`: every fault is found, at its place, and nothing harms it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used
)]

use greenroom::check::{self, Report};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const CASE: &str = "cases/toaster/case.yaml";
const DRILLS: &str = "cases/toaster/drills.yaml";
const BREAKDOWN: &str = "cases/toaster/breakdown.md";
const KITCHEN: &str = "drills/kitchen.yaml";

fn good(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pack");
    fs::read_to_string(root.join(path)).unwrap()
}

/// A pack in a folder of its own, as good as new.
fn pack() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in [CASE, DRILLS, BREAKDOWN, KITCHEN] {
        put(folder.path(), path, good(path));
    }
    folder
}

fn put(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let full = root.join(path);
    fs::create_dir_all(full.parent().unwrap()).unwrap();
    fs::write(full, text).unwrap();
}

fn run(root: &Path) -> Report {
    check::pack(&[root.to_path_buf()], &[])
}

/// `path:line:column: message` for each fault, paths inside the pack.
fn faults(report: &Report, root: &Path) -> Vec<String> {
    let all = report.faults.iter();
    all.map(|fault| {
        let path = Path::new(&fault.file);
        let path = path.strip_prefix(root).unwrap_or(path).display();
        format!("{path}:{}:{}: {}", fault.line, fault.column, fault.message)
    })
    .collect()
}

/// Line and column of a text in another.
fn place(text: &str, needle: &str) -> (usize, usize) {
    let at = text
        .find(needle)
        .unwrap_or_else(|| panic!("no `{needle}` in the changed file"));
    let before = &text[..at];
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    (before.matches('\n').count() + 1, column)
}

/// One change, and the faults that it must bring: where (the first place of a text in the changed
/// file) and words of the message.
struct Row {
    file: &'static str,
    from: &'static str,
    to: &'static str,
    faults: &'static [(&'static str, &'static str)],
}

const fn row(
    file: &'static str,
    from: &'static str,
    to: &'static str,
    faults: &'static [(&'static str, &'static str)],
) -> Row {
    Row {
        file,
        from,
        to,
        faults,
    }
}

const TABLE: &[Row] = &[
    // fields
    row(CASE, "family:", "familly:", &[("familly:", "unknown field `familly`")]),
    row(CASE, "title: Toaster\n", "", &[("id: toaster", "`title` is missing")]),
    row(CASE, "    key: true", "    key: maybe", &[("maybe", "`key` must be true or false")]),
    row(CASE, "title: Toaster\n", "title: ''\n", &[("''", "`title` is empty")]),
    row(CASE, "title: Toaster\n", "title: 12\n", &[("12", "`title` must be text")]),
    row(CASE, "pitfalls: [Burning it.]", "pitfalls: Burning it.", &[("Burning", "must be a list")]),
    row(CASE, "year: 1999", "year: 1999.5", &[("1999.5", "whole number")]),
    row(CASE, "year: 1999", "year: -3", &[("-3", "at least 0")]),
    row(CASE, "    authors: A. Smith\n", "", &[("id: smith", "`authors` is missing")]),
    row(CASE, "step: evaluate", "step: evalute", &[("evalute", "unknown step `evalute`")]),
    row(CASE, "kind: must", "kind: shall", &[("shall", "unknown kind `shall`")]),
    row(CASE, "[rare]", "[Rare one]", &[("Rare", "is not an id")]),
    row(CASE, "title: Toaster\n", "title: Toaster\ntitle: Oven\n", &[("title: Oven", "given twice")]),
    row(DRILLS, "match:\n  - id: tools", "mach:\n  - id: tools", &[("mach", "unknown field `mach`")]),
    // two in one file, of two kinds
    row(
        CASE,
        "family: kitchen\ntags: [rare]",
        "familly: kitchen\ntags: rare",
        &[("familly", "unknown field"), ("rare", "must be a list")],
    ),
    row(
        CASE,
        "value: 1460, unit: slices}",
        "value: 1360, unit: slices, note: x}",
        &[("1360", "the sum gives 1460"), ("note", "unknown field `note`")],
    ),
    // ids and links
    row(CASE, "id: toaster", "id: toster", &[("toster", "is in the folder `toaster`")]),
    row(CASE, "dimension: evaluation", "dimension: evalation", &[("evalation", "unknown dimension")]),
    row(CASE, "drill: slices", "drill: slice", &[("slice\n", "unknown drill `slice`")]),
    row(
        CASE,
        "all: [calibration,",
        "all: [the calibration,",
        &[("the calibration", "is not an id")],
    ),
    row(CASE, "all: [calibration,", "all: [calibraton,", &[("calibraton", "unknown concept")]),
    row(CASE, "when_missed: report", "when_missed: reprt", &[("reprt", "unknown rubric item")]),
    row(
        CASE,
        "references:\n",
        "references:\n  - {id: smith-1999, title: T, authors: A, year: 2000, venue: V, shows: S, checked: C}\n",
        &[("smith-1999\n", "given twice")],
    ),
    row(DRILLS, "item: report-calibration", "item: report", &[("report\n", "unknown rubric item")]),
    row(DRILLS, "- id: breakfast", "- id: why-calibrate", &[("why-calibrate\n    step: model", "given twice")]),
    row(KITCHEN, "    level: mid\n", "    level: mid\n    item: x\n", &[("item", "no case `kitchen`")]),
    // rules
    row(CASE, "asked: {phrase: how many slices}", "asked: {}", &[("{}", "empty rule")]),
    row(
        CASE,
        "asked: {phrase: how many slices}",
        "asked: {none: [{phrase: x}]}",
        &[("none", "asks for nothing")],
    ),
    row(
        CASE,
        "asked: {phrase: how many slices}",
        "asked: {any: [{phrase: how many slices}, {phrase: '…'}]}",
        &[("'…'", "no words")],
    ),
    row(
        CASE,
        "asked: {phrase: how many slices}",
        "asked: {all: [{phrase: slices}], none: [{phrase: slices}]}",
        &[("{phrase: slices}]}", "needs and forbids")],
    ),
    row(CASE, "question: How many slices", "question: How much bread", &[("How much", "does not recognise")]),
    row(CASE, "- We report the calibration of", "- We report", &[("We report", "misses this example")]),
    row(
        CASE,
        "- We report accuracy.",
        "- Calibrated probability.",
        &[("Calibrated", "takes this for a hit")],
    ),
    row(CASE, "match: {phrase: tray}", "match: {phrase: plate}", &[("{phrase: plate}", "own strong answer")]),
    // figures and references
    row(CASE, "sum: 4 * 365,", "sum: 4 * x,", &[("4 * x", "cannot compute")]),
    row(CASE, "year: 1999", "year: 199", &[("199\n", "no year")]),
    row(CASE, "url: https", "url: xhttps", &[("xhttps", "not a web address")]),
    row(CASE, "after: 0.5", "after: 5", &[("5\n    when", "share of the step")]),
    row(DRILLS, "answer: 1460", "answer: 1400", &[("1400", "the sum gives 1460")]),
    row(DRILLS, "value: 48,", "value: 49,", &[("49", "the sum gives 48")]),
    row(
        DRILLS,
        "{sum: 4 * 12, value: 48,",
        "{sum: 4 * 85, value: 340,",
        &[("336", "within 5 %")],
    ),
    row(
        DRILLS,
        "{sum: 4 * 12, value: 48,",
        "{sum: 4 * 364, value: 1456,",
        &[("1456", "earns full marks")],
    ),
    // drills
    row(DRILLS, "model: Because the probability", "model: Because it", &[("{phrase: prob", "misses this point")]),
    row(DRILLS, "answer: white", "answer: whte", &[("whte", "unknown option `whte`")]),
    row(DRILLS, "flip: gone", "flip: went", &[("went", "unknown option `went`")]),
    row(DRILLS, "White, because it is available.", "White.", &[("white-or-rye", "earns 0.75")]),
    row(DRILLS, "hints: [Who uses it?, ", "hints: [", &[("hints", "1 hints")]),
    row(DRILLS, "{first: toast, then: eat", "{first: tost, then: eat", &[("tost", "unknown item")]),
    row(
        DRILLS,
        "{first: toast, then: eat",
        "{first: eat, then: toast",
        &[("{first: eat", "against this precedence")],
    ),
    row(
        DRILLS,
        "{first: toast, then: eat",
        "{first: toast, then: slice",
        &[("{first: toast", "round in a circle")],
    ),
    row(DRILLS, "left: tray", "left: knife", &[("knife, right: crumbs", "given twice")]),
    row(DRILLS, "distractors: [tea]", "distractors: [butter]", &[("butter]", "right side of a pair")]),
    // breakdown
    row(BREAKDOWN, "#smith-1999", "#smyth-1999", &[("[Smith]", "leads nowhere")]),
    row(BREAKDOWN, "(case.yaml)", "(cases.yaml)", &[("[at the", "leads to no file")]),
    row(BREAKDOWN, "## Model\n", "## Modal\n", &[("## Modal", "no step"), ("", "`Model` is missing")]),
    row(
        BREAKDOWN,
        "## Model\n\n## Evaluation\n",
        "## Evaluation\n\n## Model\n",
        &[("## Model", "out of order")],
    ),
    row(
        CASE,
        "whiteboard: bread -> toaster -> plate",
        "whiteboard: 'bread -> \"toaster'",
        &[("'bread -> \"toaster'", "this whiteboard cannot be read")],
    ),
    row(BREAKDOWN, "  bread --> toaster", "  bread --> [", &[("[\n", "cannot be read")]),
    row(BREAKDOWN, "How many slices?", "How &#27;[2J many?", &[("&#27;", "U+001B")]),
    // characters
    row(CASE, "On Toast", "On \u{1b}[2JToast", &[("\u{1b}", "U+001B")]),
    row(CASE, "On Toast", "On \u{202e}Toast", &[("\u{202e}", "U+202E")]),
    row(CASE, "On Toast", "\"On \\e[2JToast\"", &[("\"On", "U+001B")]),
    // YAML itself
    row(CASE, "tags: [rare]", "tags: [rare", &[("", "is not YAML")]),
    row(CASE, "tags: [rare]", "tags: !!set [rare]", &[("", "tags are not used")]),
    row(KITCHEN, "match:\n", "match:\n---\n", &[("", "second document")]),
];

#[test]
fn the_good_pack_is_good() {
    let folder = pack();
    let report = run(folder.path());
    assert_eq!(faults(&report, folder.path()), Vec::<String>::new());
    assert_eq!(report.files, 4);
    // A draft is told what it lacks, and no more.
    assert!(report.warnings.iter().any(|w| w.message.contains("musts")));
}

#[test]
fn every_fault_is_found_at_its_place() {
    let folder = pack();
    let root = folder.path();
    let mut wrong = Vec::new();
    for row in TABLE {
        let before = good(row.file);
        let after = before.replacen(row.from, row.to, 1);
        assert_ne!(before, after, "`{}` is not in {}", row.from, row.file);
        put(root, row.file, &after);
        let found = faults(&run(root), root);
        for (needle, message) in row.faults {
            let start = if needle.is_empty() {
                format!("{}:", row.file)
            } else {
                let (line, column) = place(&after, needle);
                format!("{}:{line}:{column}: ", row.file)
            };
            let hit = |fault: &String| fault.starts_with(&start) && fault.contains(message);
            if !found.iter().any(hit) {
                wrong.push(format!("`{}`: no {start} {message} in {found:#?}", row.to));
            }
        }
        if found.len() > row.faults.len() {
            wrong.push(format!("`{}`: too many: {found:#?}", row.to));
        }
        put(root, row.file, before);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Changes to one of the built-in shared files.
fn shared(file: &str, from: &str, to: &str) -> (Vec<String>, String) {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let before = fs::read_to_string(content.join(file)).unwrap();
    let after = before.replacen(from, to, 1);
    assert_ne!(before, after, "`{from}` is not in {file}");
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), file, &after);
    (faults(&run(folder.path()), folder.path()), after)
}

#[test]
fn shared_files_are_checked_too() {
    for (file, from, to, needle, message) in [
        (
            "framework.yaml",
            "clocks: [35, 45, 60]",
            "clocks: [35, 46, 60]",
            "46",
            "add up to 45, not 46",
        ),
        (
            "framework.yaml",
            "minutes: [4, 5, 7]",
            "minutes: [4, 5]",
            "[4, 5]",
            "2 minutes for 3 clocks",
        ),
        (
            "rubric.yaml",
            "weight: 10",
            "weight: 11",
            "dimensions:",
            "add up to 101",
        ),
        (
            "lexicon.yaml",
            "forms: [business goal,",
            "forms: [kpis,",
            "kpis, top",
            "is claimed by `business-goal`",
        ),
        (
            "lexicon.yaml",
            "confusable: [business-metric,",
            "confusable: [busness-metric,",
            "busness",
            "unknown concept",
        ),
        (
            "lexicon.yaml",
            "id: business-metric\n",
            "id: business-metric\n    is_a: [revenue]\n",
            "revenue]",
            "round in a circle",
        ),
        (
            "plans.yaml",
            "- video-recommendation",
            "- video-recomendation",
            "video-recomendation",
            "unknown case",
        ),
        (
            "plans.yaml",
            "share: 22",
            "share: 0",
            "0 }",
            "gets no minutes",
        ),
        (
            "toolbox.yaml",
            "id: flink",
            "id: kafka",
            "kafka\n    name: Flink",
            "given twice",
        ),
        (
            "toolbox.yaml",
            "tool: flink",
            "tool: flik",
            "flik",
            "unknown tool `flik`",
        ),
        (
            "toolbox.yaml",
            "tool: flink",
            "tool: kafka",
            "kafka\n        diff",
            "names itself",
        ),
        (
            "toolbox.yaml",
            "[data, serve,",
            "[data, data,",
            "[data, data",
            "given twice",
        ),
        (
            "toolbox.yaml",
            "steps: [serve]",
            "steps: []",
            "[]",
            "belongs to no step",
        ),
        (
            "toolbox.yaml",
            "url: https",
            "url: xhttps",
            "xhttps",
            "not a web address",
        ),
        (
            "transfer.yaml",
            "case: rag-assistant",
            "case: rag-asistant",
            "rag-asistant",
            "unknown case `rag-asistant`",
        ),
        (
            "transfer.yaml",
            "case: search-ranking",
            "case: video-recommendation",
            "- case: video-recommendation",
            "given twice",
        ),
        (
            "reading.yaml",
            "year: 2022",
            "year: 202",
            "202\n",
            "no year of a source",
        ),
        (
            "reading.yaml",
            "id: aminian-xu",
            "id: applied-ml",
            "applied-ml\n    title: applied",
            "given twice",
        ),
        ("reading.yaml", "kind: book", "kind: bok", "bok", "bok"),
        (
            "interviewer.yaml",
            "assume:\n",
            "assume:\n  - On to {stepp}.\n",
            "On to",
            "only placeholder",
        ),
    ] {
        let (found, after) = shared(file, from, to);
        let start = match needle {
            "" => format!("{file}:"),
            needle => {
                let (line, column) = place(&after, needle);
                format!("{file}:{line}:{column}: ")
            }
        };
        let hit = |fault: &String| fault.starts_with(&start) && fault.contains(message);
        assert!(
            found.iter().any(hit),
            "{to}: no {start}{message} in {found:#?}"
        );
    }
}

#[test]
fn hostile_files_are_named_and_harm_nothing() {
    let folder = pack();
    let root = folder.path();
    let named = |file: &str, message: &str| {
        let found = faults(&run(root), root);
        let hit = |fault: &String| fault.starts_with(file) && fault.contains(message);
        assert!(found.iter().any(hit), "no {file} {message} in {found:#?}");
    };
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        bomb = format!("{bomb}a{level}: &a{level} [{before}]\n");
    }
    let hostile: Vec<(Vec<u8>, &str)> = vec![
        (b"".to_vec(), "is empty"),
        (b"# nothing\n".to_vec(), "is empty"),
        (b"\xff\xfe\x00match".to_vec(), "is not UTF-8"),
        (b"\x00\x00\x00\x00".to_vec(), "U+0000"),
        (b"just words".to_vec(), "must be a map"),
        (b"- a\n- b\n".to_vec(), "must be a map"),
        (b"%!PS-Adobe\n@\t`".to_vec(), ""),
        (bomb.into_bytes(), "aliases"),
        ("[".repeat(1_000_000).into_bytes(), "nested deeper"),
        ("{a: ".repeat(200_000).into_bytes(), "nested deeper"),
        ("- ".repeat(200_000).into_bytes(), ""),
        (b"a: *nowhere\n".to_vec(), "is not YAML"),
        (b"a: &a [*a]\n".to_vec(), ""),
        (b"? [a]\n: b\n".to_vec(), "a key must be a word"),
    ];
    for (bytes, message) in hostile {
        put(root, DRILLS, bytes);
        named(DRILLS, message);
    }
    let path = root.join(DRILLS);
    // 200 MB without its blocks.
    fs::File::create(&path)
        .unwrap()
        .set_len(200_000_000)
        .unwrap();
    named(DRILLS, "too large");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    named(DRILLS, "not a regular file");
    fs::remove_dir(&path).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/nowhere/at/all", &path).unwrap();
        named(DRILLS, "is a link");
        fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
        named(DRILLS, "is a link");
        fs::remove_file(&path).unwrap();
    }
    fs::remove_file(root.join(CASE)).unwrap();
    named("cases/toaster", "without case.yaml");
}

#[test]
fn one_file_is_checked_with_its_pack_around_it() {
    let folder = pack();
    let root = folder.path();
    put(root, KITCHEN, "match: 1\n");
    let one = |path: PathBuf| check::pack(&[path], &[]);
    let report = one(root.join(DRILLS));
    assert_eq!(
        (report.faults.len(), report.files),
        (0, 1),
        "{:?}",
        report.faults
    );
    let report = one(root.join("cases/toaster"));
    assert_eq!(
        (report.faults.len(), report.files),
        (0, 3),
        "{:?}",
        report.faults
    );
    assert_eq!(one(root.join(KITCHEN)).faults.len(), 1);
    let lost = one(root.join("nothing.yaml"));
    assert_eq!(lost.faults.len(), 1);
    assert!(
        lost.to_text().contains("nothing.yaml: "),
        "{}",
        lost.to_text()
    );
    // Somewhere else, told by its keys.
    let loose = tempfile::tempdir().unwrap();
    put(
        loose.path(),
        "mine.yaml",
        good(KITCHEN).replace("hints: [", "hints: [Third?, "),
    );
    let report = one(loose.path().join("mine.yaml"));
    assert_eq!(report.faults.len(), 1, "{:?}", report.faults);
    assert!(report.faults[0].message.contains("3 hints"));
}

#[test]
fn a_case_that_replaces_a_built_in_one_is_said() {
    let folder = pack();
    let case = good(CASE).replace("id: toaster", "id: video-recommendation");
    put(
        folder.path(),
        "cases/video-recommendation/case.yaml",
        case.replace("drill: slices\n", ""),
    );
    let report = run(folder.path());
    let hit = report
        .warnings
        .iter()
        .any(|w| w.message.contains("replaces the whole built-in case"));
    assert!(hit, "{:?}", report.warnings);
}

#[test]
fn the_report_shows_place_line_and_fix() {
    let folder = pack();
    put(
        folder.path(),
        KITCHEN,
        good(KITCHEN).replace("    level: mid", "    levl: mid"),
    );
    let report = run(folder.path());
    let text = report.to_text();
    let file = folder.path().join(KITCHEN).display().to_string();
    let wanted = format!(
        "{file}:4:5: unknown field `levl`\n 4 |     levl: mid\n   |     ^\n  fix: did you mean `level`?\n"
    );
    assert!(text.contains(&wanted), "{text}");
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!(json["schema_version"], 1);
    assert_eq!(json["ok"], false);
    assert_eq!(json["files"], 4);
    let first = &json["faults"][0];
    assert_eq!(first["severity"], "fault");
    assert_eq!(
        (first["line"].as_u64(), first["column"].as_u64()),
        (Some(4), Some(5))
    );
    assert_eq!(first["fix"], "did you mean `level`?");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever is done to a file, the run ends with a report.
    #[test]
    fn mutated_files_never_panic(
        file in 0usize..3,
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..12, "[ -~\n\t\u{0}\u{1b}é“]{0,6}"), 1..6),
    ) {
        let path = [CASE, DRILLS, BREAKDOWN][file];
        let mut text: Vec<char> = good(path).chars().collect();
        for (at, gone, new) in cuts {
            let at = at.index(text.len().max(1)).min(text.len());
            let end = (at + gone).min(text.len());
            text.splice(at..end, new.chars());
        }
        let folder = pack();
        put(folder.path(), path, text.iter().collect::<String>());
        let report = run(folder.path());
        prop_assert!(report.to_text().ends_with('\n'));
        prop_assert!(serde_json::from_str::<serde_json::Value>(&report.to_json()).is_ok());
    }
}

/// A ready case teaches what it asks for, in the section of the item's own step.
#[test]
fn a_must_that_its_section_does_not_say_is_named() {
    let folder = pack();
    let case = good(CASE).replace("status: draft", "status: ready");
    put(folder.path(), CASE, &case);
    let missing = |breakdown: &str| -> Vec<String> {
        put(folder.path(), BREAKDOWN, breakdown);
        let all = faults(&run(folder.path()), folder.path());
        all.into_iter()
            .filter(|fault| fault.contains("of breakdown.md"))
            .collect()
    };
    let said = "We report the calibration of the probability.";
    let own = format!("## Evaluation\n\n{said}\n");
    assert!(missing(&good(BREAKDOWN).replace("## Evaluation\n", &own)).is_empty());
    let other = format!("## Model\n\n{said}\n");
    for breakdown in [
        good(BREAKDOWN),
        good(BREAKDOWN).replace("## Model\n", &other),
    ] {
        let named = missing(&breakdown);
        assert_eq!(named.len(), 1, "{named:?}");
        assert!(named[0].starts_with(CASE), "{named:?}");
        assert!(named[0].contains("does not say it"), "{named:?}");
    }
    let against = format!("{own}\nCalibration does not matter.\n");
    let named = missing(&good(BREAKDOWN).replace("## Evaluation\n", &against));
    assert!(named[0].contains("contradicts it"), "{named:?}");
}
