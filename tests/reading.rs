//! Reading and finding through the real binary: pages besides the breakdowns, search with errors, code
//! in pipes, keys in the reader.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod pty;

use pty::Pty;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

fn run(home: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_greenroom"))
        .args(arguments)
        .env("GREENROOM_DATA_DIR", home.path())
        .env("HOME", home.path())
        .env("XDG_CACHE_HOME", home.path())
        .env_remove("GREENROOM_CONTENT")
        .output()
        .unwrap()
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn what_is_no_case_is_a_page_like_any_other() {
    let home = TempDir::new().unwrap();
    let list = text(&run(&home, &["read"]));
    assert!(
        list.contains("toolbox ") && list.contains("reading "),
        "{list}"
    );
    let page = text(&run(&home, &["read", "toolbox"]));
    assert!(
        page.contains("Kafka") && page.contains("Not to be confused with"),
        "{page}"
    );
    assert!(page.lines().all(|line| line.chars().count() <= 80));
    let page = run(&home, &["read", "reading", "--json"]);
    let page = json(&page);
    assert_eq!(
        (&page["schema_version"], &page["page"]),
        (&1.into(), &"reading".into())
    );
    assert_eq!(page["case"], Value::Null);
    let titles: Vec<&str> = page["sections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|own| own["title"].as_str().unwrap())
        .collect();
    assert!(
        titles.contains(&"There is no secret PDF") && titles.contains(&"Books"),
        "{titles:?}"
    );
    let one = text(&run(&home, &["read", "toolbox", "--step", "serve"]));
    assert!(
        one.contains("Triton") && !one.contains("Airflow starts"),
        "{one}"
    );
    let seven = text(&run(&home, &["read", "framework"]));
    assert!(
        seven.contains("5 minutes of 45") && seven.contains("Hello Interview"),
        "{seven}"
    );
    assert!(seven.lines().all(|line| line.chars().count() <= 80));
    let serving = text(&run(&home, &["read", "framework", "--step", "serve"]));
    assert!(serving.len() < seven.len() / 4, "{serving}");
    let map = text(&run(&home, &["read", "transfer"]));
    assert!(
        map.contains("Two towers") && map.contains("Not here."),
        "{map}"
    );
    let unknown = run(&home, &["read", "tolbox"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn search_forgives_and_says_where_each_result_opens() {
    let home = TempDir::new().unwrap();
    let found = json(&run(&home, &["search", "kakfa", "--json"]));
    let first = &found["found"][0];
    assert_eq!(
        (&first["kind"], &first["title"]),
        (&"tool".into(), &"Kafka".into())
    );
    assert_eq!(first["target"]["open"], "page");
    assert_eq!(
        (&first["target"]["page"], &first["target"]["anchor"]),
        (&"toolbox".into(), &"kafka".into())
    );
    let found = json(&run(&home, &["search", "two-tower", "--json"]));
    let all = found["found"].as_array().unwrap();
    let heading = all.iter().find(|own| own["kind"] == "heading").unwrap();
    assert_eq!(heading["target"]["open"], "read");
    assert!(heading["target"]["anchor"].is_string(), "{heading}");
    for own in all {
        let snippet = own["snippet"].as_str().unwrap();
        for hit in own["hits"].as_array().unwrap() {
            let at = |end: usize| hit[end].as_u64().unwrap() as usize;
            assert!(snippet.get(at(0)..at(1)).is_some(), "{own}");
        }
    }
    let nothing = run(&home, &["search", "qwertzuiop"]);
    assert_eq!(nothing.status.code(), Some(1));
}

/// A pack with one case whose breakdown this is.
fn pack(home: &Path, breakdown: &str) -> String {
    let case = home.join("pack/cases/toaster");
    fs::create_dir_all(&case).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/pack/cases/toaster");
    fs::copy(root.join("case.yaml"), case.join("case.yaml")).unwrap();
    fs::write(case.join("breakdown.md"), breakdown).unwrap();
    home.join("pack").display().to_string()
}

const PAGE: &str = "# Toaster

## Clarify requirements

See [the model](#model-choice) and [a paper](https://example.org/paper).

```sql
SELECT user, item, count(*) FROM events WHERE at > now() - interval '10 minutes' GROUP BY user, item -- the end
```

```mermaid
flowchart LR
a[Bread] --> b[Heater]
b --> c[Toast]
```

| one | two |
|---|---|
| alpha | beta |

## Model choice

A heater is enough.
";

#[test]
fn code_is_whole_in_a_pipe_and_links_are_listed() {
    let home = TempDir::new().unwrap();
    let pack = pack(home.path(), PAGE);
    let page = text(&run(&home, &["--content", &pack, "read", "toaster"]));
    assert!(page.contains("GROUP BY user, item -- the end"), "{page}");
    assert!(
        page.contains("a paper [1]") && page.contains("[1] https://example.org/paper"),
        "{page}"
    );
    assert!(page.contains("Heater") && page.contains('▸'), "{page}");
}

#[test]
fn the_reader_scrolls_code_follows_links_and_lights_up_pictures() {
    for size in [(80, 24), (60, 18), (120, 40)] {
        let home = TempDir::new().unwrap();
        let pack = pack(home.path(), PAGE);
        let arguments = ["--content", pack.as_str(), "read", "toaster"];
        let mut pty = Pty::start_with(home.path(), &arguments, &[], size);
        pty.wait("Attempt it first");
        pty.press("\r");
        pty.wait("SELECT user");
        assert!(!pty.screen().contains("the end"), "{}", pty.screen());
        for _ in 0..12 {
            pty.press("l");
        }
        pty.wait("-- the end");
        for _ in 0..12 {
            pty.press("h");
        }
        pty.wait("SELECT user");
        // The picture, box by box, then as a list.
        pty.press("v");
        pty.wait("1 of 3  Bread → Heater");
        pty.press("\t");
        pty.wait("2 of 3  Bread → Heater · Heater → Toast");
        pty.press("t");
        pty.wait("The picture as a list");
        pty.press("t");
        pty.wait("2 of 3");
        pty.press("v");
        // Find, and the next place.
        pty.press("/");
        pty.press("heater\r");
        pty.wait("“heater” 1 of 2");
        pty.press("n");
        pty.wait("“heater” 2 of 2");
        pty.press("q");
        pty.press("g");
        pty.press("f");
        pty.wait("the model");
        pty.press("\r");
        pty.wait("Model choice");
        pty.press("q");
        pty.wait("Where you stand");
        pty.press("q");
        assert_eq!(pty.ended(), 0);
    }
}
