//! `greenroom diagram` as people and scripts use it: the real binary.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Stdio};
use tempfile::TempDir;

struct Run {
    code: i32,
    out: String,
    err: String,
}

/// Runs `greenroom diagram` with these arguments and this text on standard input.
fn diagram(args: &[&str], input: &str) -> Run {
    let home = TempDir::new().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_greenroom"))
        .arg("diagram")
        .args(args)
        .env("HOME", home.path())
        .env("GREENROOM_DATA_DIR", home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let done = child.wait_with_output().unwrap();
    Run {
        code: done.status.code().unwrap(),
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
    }
}

const FLOW: &str = "flowchart LR\n a[(Store)] -->|top 20| b{Good?} -.-> c ==> d --x a";

#[test]
fn a_flowchart_is_drawn_within_the_width() {
    for width in ["60", "80", "100"] {
        let run = diagram(&["-", "--width", width], FLOW);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        assert!(run.out.contains("│ Store │─ top 20 ─▸│ ◇ Good? │┈"));
        let limit = width.parse().unwrap();
        assert!(run.out.lines().all(|line| line.chars().count() <= limit));
    }
}

#[test]
fn ascii_is_ascii_but_for_the_labels() {
    let run = diagram(&["-", "--width", "80", "--ascii"], FLOW);
    assert!(run.out.is_ascii(), "{}", run.out);
    assert!(run.out.contains("| Store |- top 20 ->| ? Good? |~"));
    let run = diagram(&["-", "--ascii"], "flowchart LR\n a[Größe] --> b");
    assert!(run.out.contains("| Größe |-->|"), "{}", run.out);
}

#[test]
fn a_list_says_every_arrow() {
    let run = diagram(&["-", "--list"], FLOW);
    assert_eq!(
        run.out,
        "Store → Good? (top 20)\nGood? → c\nc → d\nd → Store\n"
    );
}

#[test]
fn all_fences_of_a_file_are_drawn_and_faults_name_their_line() {
    let text = "# One\n```mermaid\ngraph LR\n a --> b\n```\n- two\n  ```mermaid\n  graph LR\n    x[y --> z\n  \
                ```\n```mermaid\nsequenceDiagram\n```\n```mermaid\nflowchart TD\n last\n```\n";
    let run = diagram(&["-", "--width", "60"], text);
    assert_eq!(run.code, 3);
    assert!(
        run.out.contains("-:3\n") && run.out.contains("-:15\n"),
        "{}",
        run.out
    );
    assert!(run.out.contains("│  a  │") && run.out.contains("│ last"));
    assert!(
        run.err.contains("-:9:6: this `[` is never closed by `]`"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("-:12:1: only flowcharts are drawn"),
        "{}",
        run.err
    );
}

#[test]
fn markdown_without_a_fence_says_so() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("plain.md");
    std::fs::write(&file, "# Nothing here\n").unwrap();
    let run = diagram(&[file.to_str().unwrap()], "");
    assert_eq!(run.code, 3);
    assert!(
        run.err.contains("plain.md: no ```mermaid fence in it"),
        "{}",
        run.err
    );
}

#[test]
fn json_has_the_graph_and_the_lines() {
    let text = "flowchart LR\nsubgraph g [Group]\n a[One]\nend\n g --> b -. no .-> a";
    let run = diagram(&["-", "--json", "--width", "60"], text);
    let found: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(found["schema_version"], 1);
    let one = &found["diagrams"][0];
    assert_eq!(one["direction"], "LR");
    assert_eq!(one["nodes"][0]["label"], "One");
    assert_eq!(one["nodes"][0]["group"], "g");
    assert_eq!(one["edges"][0]["from"]["group"], "g");
    assert_eq!(one["edges"][1]["stroke"], "dotted");
    assert_eq!(one["edges"][1]["label"], "no");
    assert_eq!(one["groups"][0]["title"], "Group");
    assert_eq!(one["drawn"], true);
    assert!(one["lines"].as_array().unwrap().len() > 4);
    assert_eq!(one["list"][1], "Group → b");
}

#[test]
fn nonsense_ends_with_a_clear_message() {
    let edges: String = (0..5000)
        .map(|n| format!("n{}-->n{}\n", n * 7 % 290, n * 13 % 283))
        .collect();
    let run = diagram(&["-"], &format!("flowchart LR\n{edges}"));
    assert_eq!(run.code, 3);
    assert!(
        run.err.contains("more than 1000 arrows: split the diagram"),
        "{}",
        run.err
    );
    assert_eq!(run.out, "");
}
