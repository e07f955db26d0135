//! Mocks through the real binary: every manner of having one, what comes of it, and that nothing of
//! it is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod pty;

use chrono::Utc;
use greenroom::mock::Record;
use greenroom::progress::Store;
use pty::Pty;
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::{tempdir, TempDir};

const VIDEO: &str = "video-recommendation";

/// A learner's whole world.
struct Home {
    dir: TempDir,
}

impl Home {
    fn new() -> Self {
        Self {
            dir: tempdir().unwrap(),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
        command
            .args(arguments)
            .env("GREENROOM_DATA_DIR", self.dir.path().join("data"))
            .env("XDG_CONFIG_HOME", self.dir.path().join("config"))
            .env("GREENROOM_NOW", "2026-11-21T12:00:00Z")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = self.command(arguments).spawn().unwrap();
        // A program that reads no more is no fault of the test.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// Standard output of a run that succeeds.
    #[track_caller]
    fn says(&self, arguments: &[&str], input: &str) -> String {
        let out = self.run(arguments, input);
        let told = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success(), "{arguments:?}: {told}");
        String::from_utf8(out.stdout).unwrap()
    }

    #[track_caller]
    fn json(&self, arguments: &[&str], input: &str) -> Value {
        serde_json::from_str(&self.says(arguments, input)).unwrap()
    }

    fn drafts(&self) -> Vec<Record> {
        let store = Store::open(&self.dir.path().join("data"), Utc::now(), 1);
        let drafts = store.unwrap().store.drafts().unwrap();
        let bodies = drafts.into_iter().map(|draft| draft.body);
        bodies
            .map(|body| serde_json::from_str(&body).unwrap())
            .collect()
    }
}

fn script(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/interviews");
    let own: PathBuf = root.join(VIDEO).join(format!("{name}.txt"));
    let any = root.join("any").join(format!("{name}.txt"));
    fs::read_to_string(own)
        .or_else(|_| fs::read_to_string(any))
        .unwrap()
}

#[test]
fn a_whole_mock_from_a_script_is_the_same_to_the_byte() {
    let go = || {
        let arguments = ["mock", VIDEO, "--plain", "--seed", "7"];
        Home::new().says(&arguments, &script("changes-mind"))
    };
    let text = go();
    assert_eq!(text, go());
    for part in [
        "What would have raised the score most",
        "Deeper in data",
        "not yet a fair answer",
        "Comes back as drills",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_transcript_tells_why_each_line_came() {
    let home = Home::new();
    home.says(
        &["mock", VIDEO, "--plain", "--seed", "7"],
        &script("rambling"),
    );
    let text = home.says(&["history", "show", "last", "--why"], "");
    assert!(text.contains("why: clarify had used its minutes"), "{text}");
    assert!(text.contains("no model had been named"), "{text}");
    // Where the overrun came from.
    assert!(text.contains("came out of"), "{text}");
}

#[test]
fn history_shows_trend_comparison_and_a_later_grade() {
    let home = Home::new();
    for name in ["book-reader", "ideal-senior"] {
        home.says(&["mock", VIDEO, "--plain", "--seed", "7"], &script(name));
    }
    let all = home.json(&["history", "--json"], "");
    let names: Vec<&str> = all["mocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|mock| mock["mock"].as_str().unwrap())
        .collect();
    let [one, other] = names.as_slice() else {
        panic!("{names:?}")
    };
    assert!(all["mocks"][0]["dimensions"]["modelling"].is_number());
    let trend = home.says(&["history", "trend"], "");
    assert!(
        trend.contains("Modelling") && trend.contains("up"),
        "{trend}"
    );
    let both = home.json(&["history", "compare", one, other, "--json"], "");
    assert_eq!(both["schema_version"], 1);
    let gained = both["gained"].as_array().unwrap();
    assert!(gained.iter().any(|item| item == "time-split"), "{gained:?}");
    let again = home.json(&["history", "regrade", one, "--json"], "");
    assert_eq!(again["before"]["total"], again["after"]["total"]);
    // Both scores are kept, and the mock is still one.
    let all = home.json(&["history", "--json"], "");
    assert_eq!(all["mocks"].as_array().unwrap().len(), 2);
    assert_eq!(all["mocks"][0]["regraded"], all["mocks"][0]["total"]);
    let shown = home.says(&["history", "show", one, "--plain"], "");
    assert!(shown.contains("Graded again on 2026-11-21"), "{shown}");
}

#[test]
fn newer_content_gives_another_score_and_the_first_one_stays() {
    let home = Home::new();
    home.says(
        &["mock", VIDEO, "--plain", "--seed", "7"],
        &script("ideal-senior"),
    );
    let pack = tempdir().unwrap();
    let folder = pack.path().join("cases").join(VIDEO);
    fs::create_dir_all(&folder).unwrap();
    let own = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("content/cases")
        .join(VIDEO);
    for file in ["breakdown.md", "drills.yaml"] {
        fs::copy(own.join(file), folder.join(file)).unwrap();
    }
    // An item of the rubric is now called a should.
    let case = fs::read_to_string(own.join("case.yaml")).unwrap();
    let at = case.find("- id: time-split").unwrap();
    let (head, tail) = case.split_at(at);
    let changed = format!("{head}{}", tail.replacen("kind: must", "kind: bonus", 1));
    fs::write(folder.join("case.yaml"), changed).unwrap();
    let content = pack.path().to_str().unwrap();
    let again = home.json(
        &["history", "regrade", "last", "--json", "--content", content],
        "",
    );
    assert_ne!(again["before"]["hash"], again["after"]["hash"]);
    let first = home.json(&["history", "show", "last", "--json"], "");
    assert_eq!(first["total"], again["before"]["total"]);
}

#[test]
fn delivery_is_rated_on_four_anchors() {
    let home = Home::new();
    home.says(
        &["mock", VIDEO, "--plain", "--seed", "7"],
        &script("silent"),
    );
    let anchors = home.says(&["history", "rate", "last"], "");
    assert_eq!(
        anchors
            .lines()
            .filter(|line| !line.starts_with(' '))
            .count(),
        4,
        "{anchors}"
    );
    home.says(&["history", "rate", "last", "2"], "");
    home.says(&["history", "rate", "last", "3"], "");
    let shown = home.json(&["history", "show", "last", "--json"], "");
    assert_eq!(shown["delivery"], 3);
    assert_eq!(
        home.run(&["history", "rate", "last", "5"], "")
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn a_mock_leaves_as_one_html_page_that_needs_nothing_else() {
    let home = Home::new();
    home.says(
        &["mock", VIDEO, "--plain", "--seed", "7"],
        &script("ideal-senior"),
    );
    let path = home.dir.path().join("mock.html");
    home.says(
        &["export", "mock", "last", "-o", path.to_str().unwrap()],
        "",
    );
    let page = fs::read_to_string(path).unwrap();
    for part in [
        "<!DOCTYPE html>",
        "Your whiteboard",
        "The reference: the whole design",
        "<mark>",
        "ANN index",
    ] {
        assert!(page.contains(part), "{part}");
    }
    for part in ["src=", "href=", "http", "<script", "@import"] {
        assert!(!page.contains(part), "{part}");
    }
}

#[test]
fn each_step_keeps_its_whiteboard_wherever_the_mock_is_shown() {
    let home = Home::new();
    let script = "/go data\n/draw logs -> \"label join\" -> \"feature store\"\n/go model\n/draw\n\
                  /go serve\n/draw app -> \"user tower\" -> \"ann index\" -> ranker -> app\n";
    let said = home.says(&["mock", VIDEO, "--plain", "--seed", "7"], script);
    // The model step begins with the board of the data step.
    assert!(said.contains("\nlogs -> \"label join\""), "{said}");
    assert!(said.contains("Your whiteboard in data, held against a flowchart of this step"));

    let shown = home.json(&["history", "show", "last", "--json"], "");
    let boards = shown["boards"].as_array().unwrap();
    let [data, serve] = boards.as_slice() else {
        panic!("{boards:?}")
    };
    assert_eq!(
        (&data["segment"], &data["whole"]),
        (&"data".into(), &false.into())
    );
    assert_eq!(
        (&serve["segment"], &serve["whole"]),
        (&"serve".into(), &true.into())
    );
    let there = serve["present"].as_array().unwrap();
    assert!(there.iter().any(|name| name == "ANN index"), "{there:?}");
    let missing = serve["missing"].as_array().unwrap();
    assert!(missing.iter().any(|name| name == "Kafka"), "{missing:?}");
    assert!(serve["text"].as_str().unwrap().starts_with("logs -> "));

    let why = home.says(&["history", "show", "last", "--why"], "");
    assert!(why.contains("Your whiteboard in serve"), "{why}");
    assert!(why.contains("│ Merge and filter │"), "{why}");
    let beside = home.says(&["history", "show", "last", "--beside"], "");
    assert_eq!(beside.matches("On the whiteboard:").count(), 2);

    let page = home.says(&["export", "mock", "last"], "");
    let (_, data) = page.split_once("### Data and features").unwrap();
    assert!(
        data.trim_start().starts_with("On the whiteboard:"),
        "{page}"
    );
    let page = home.says(&["export", "mock", "last", "--html"], "");
    assert_eq!(page.matches("<h4>Your whiteboard</h4>").count(), 2);
    assert!(page.contains("The reference: the whole design"));
}

#[test]
fn a_line_that_cannot_be_drawn_is_said_and_taken_off_again() {
    let home = Home::new();
    let script = "/draw a -> b\n/draw b -> \"c\n/wipe\n/draw\n/wipe\n/wipe\n";
    let said = home.says(&["mock", VIDEO, "--plain", "--seed", "7"], script);
    let (_, said) = said.split_once("min ==\n").unwrap();
    let lines: Vec<&str> = said.lines().take(6).collect();
    let empty = "The whiteboard is empty. Write /draw a -> b";
    assert_eq!(lines[0], "On the whiteboard.");
    assert!(lines[1].contains("line 2, column 6: this quote is never closed"));
    assert_eq!(lines[2..], ["On the whiteboard.", "a -> b", empty, empty]);
}

#[test]
fn a_question_of_ones_own_runs_by_what_holds_for_any_system() {
    let home = Home::new();
    let question = "Design a spam filter for comments";
    let arguments = ["mock", "--prompt", question, "--plain", "--seed", "1"];
    let text = home.says(
        &arguments,
        "What is the business goal?\n100k users a day\n/wait 60\n/next\n",
    );
    assert!(
        text.contains("Interviewer: Design a spam filter for comments."),
        "{text}"
    );
    assert!(text.contains("less certain than a written case"), "{text}");
    assert!(text.contains("judged on over a"), "{text}");
    let shown = home.json(&["history", "show", "last", "--json"], "");
    assert_eq!(shown["options"]["prompt"], question);
    let out = home.run(&["mock", "--prompt", "  ", "--plain"], "");
    assert_eq!(out.status.code(), Some(2));
}

#[test]
fn a_friend_asks_reads_out_and_ticks() {
    let home = Home::new();
    let arguments = ["mock", VIDEO, "--interviewer", "--plain", "--seed", "1"];
    let text = home.says(
        &arguments,
        "/said 1\n/said funnel\n/said 9999\n/wait 100\n/next\n",
    );
    for part in [
        "You know, and tell when asked:",
        "deep 1",
        "[ ]   1 must",
        "There is no item 9999",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let shown = home.json(&["history", "show", "last", "--json"], "");
    let hits: Vec<&str> = shown["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["verdict"] == "hit")
        .map(|item| item["id"].as_str().unwrap())
        .collect();
    assert_eq!(hits, ["business-goal", "funnel"]);
    assert_eq!(shown["options"]["manner"], "friend");
}

#[test]
fn out_loud_is_ticked_afterwards_counts_less_and_is_recorded() {
    let home = Home::new();
    let track = home.dir.path().join("track");
    let record = format!("sh -c 'trap \"echo closed >> {0}; exit\" INT TERM; echo open > {0}; while :; do sleep 0.1; done'", track.display());
    let arguments = [
        "mock",
        VIDEO,
        "--out-loud",
        "--plain",
        "--seed",
        "1",
        "--record",
        &record,
    ];
    let ticks = "/wait 200\n/next\n/wait 200\n/end\n1 2 3\nfunnel\n/end\n";
    let text = home.says(&arguments, ticks);
    assert!(text.contains("What did you say?"), "{text}");
    assert!(text.contains("three quarters"), "{text}");
    assert_eq!(fs::read_to_string(track).unwrap(), "open\nclosed\n");
    let aloud = home.json(&["history", "show", "last", "--json"], "");
    let friend = ["mock", VIDEO, "--interviewer", "--plain", "--seed", "1"];
    home.says(
        &friend,
        "/said 1\n/said 2\n/said 3\n/said funnel\n/wait 200\n/next\n/wait 200\n",
    );
    let other = home.json(&["history", "show", "last", "--json"], "");
    assert!(aloud["total"].as_f64() <= other["total"].as_f64());
    assert!(aloud["missed"].as_array().unwrap().len() <= 3);
    // Nothing that was typed is needed, so silence is no fault and nothing is probed.
    assert!(!text.contains("Where are you at the moment?"), "{text}");
}

#[test]
fn a_slot_leaves_less_for_the_design_and_a_role_has_its_own_weights() {
    let home = Home::new();
    let arguments = [
        "mock", VIDEO, "--plain", "--slot", "--role", "infra", "--seed", "1",
    ];
    let text = home.says(&arguments, "/end\n");
    assert!(text.contains("35:00 left"), "{text}");
    let shown = home.json(&["history", "show", "last", "--json"], "");
    let weight = |id: &str| {
        let all = shown["dimensions"].as_array().unwrap();
        all.iter().find(|own| own["id"] == id).unwrap()["weight"]
            .as_f64()
            .unwrap()
    };
    assert_eq!((weight("serving"), weight("features")), (18.0, 6.0));
    let out = home.run(&["mock", VIDEO, "--role", "captain", "--plain"], "");
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("applied, infra, genai"));
}

#[test]
fn a_surprise_is_one_that_was_not_tried() {
    let home = Home::new();
    let mut seen = Vec::new();
    for _ in 0..3 {
        home.says(
            &["mock", "--surprise", "--plain", "--steps", "monitor"],
            "/end\n",
        );
        let shown = home.json(&["history", "show", "last", "--json"], "");
        seen.push(shown["case"].as_str().unwrap().to_owned());
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 3, "{seen:?}");
}

#[test]
fn what_was_said_survives_a_kill_between_two_lines() {
    let home = Home::new();
    let mut child = home
        .command(&["mock", VIDEO, "--plain", "--seed", "1"])
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut told = std::io::BufReader::new(child.stdout.take().unwrap());
    writeln!(stdin, "100M users a day\n/wait 60\n/draw a -> b").unwrap();
    // What is acknowledged is on disk when the next line is taken.
    writeln!(stdin, "/time\n/time").unwrap();
    let mut line = String::new();
    let mut times = 0;
    while times < 2 && std::io::BufRead::read_line(&mut told, &mut line).unwrap() > 0 {
        times += usize::from(line.contains(" left of "));
        line.clear();
    }
    assert_eq!(times, 2);
    child.kill().unwrap();
    child.wait().unwrap();
    let drafts = home.drafts();
    let record = drafts.first().unwrap();
    assert!(record
        .said()
        .values()
        .any(|text| text.contains("100M users")));
    assert_eq!(record.board, "a -> b");
    // The lease of one that was killed keeps nobody away.
    let text = home.says(&["mock", "--resume", "--plain"], "/time\n/end\n");
    assert!(text.contains("44:00 left of 45:00"), "{text}");
}

#[test]
fn a_closed_terminal_keeps_the_mock() {
    let home = tempdir().unwrap();
    let mut pty = Pty::in_mock(home.path());
    pty.press("kept words");
    // What is older than the autosave, a second at most.
    pty.until("the draft on disk", |pty| pty.screen().contains(" saved ·"));
    pty.wait("kept words");
    pty.until("the words on disk", |pty| pty.screen().contains(" saved ·"));
    pty.hang_up();
    pty.ended();
    let store = Store::open(&home.path().join("data"), Utc::now(), 1)
        .unwrap()
        .store;
    let drafts = store.drafts().unwrap();
    let kept = drafts.iter().any(|draft| draft.body.contains("kept words"));
    assert!(kept, "{drafts:#?}\n{}", pty.screen());
}

/// What a terminal without bracketed paste sends, and a pseudo-terminal that is closed.
#[test]
fn a_line_feed_begins_a_line_and_takes_nothing_away() {
    let home = tempdir().unwrap();
    let mut pty = Pty::in_mock(home.path());
    pty.press("first words\nsecond words");
    pty.wait("second words");
    let screen = pty.screen();
    let lines: Vec<&str> = screen.lines().collect();
    let first = lines.iter().position(|line| line.contains("first words"));
    let second = lines.iter().position(|line| line.contains("second words"));
    assert_eq!(first.map(|at| at + 1), second, "{screen}");
}

#[test]
fn a_closed_terminal_keeps_a_mock_in_lines_too() {
    let home = Home::new();
    let arguments = ["mock", VIDEO, "--plain", "--seed", "1"];
    let mut pty = Pty::start(home.dir.path(), &arguments);
    pty.wait("Clarify requirements");
    pty.press("kept words\r/time\r");
    pty.wait(" left of 45:00");
    pty.hang_up();
    pty.ended();
    let record = home.drafts().pop().expect("a mock that is not over");
    assert!(!record.over);
    assert!(record.said().values().any(|text| text == "kept words"));
}

#[test]
fn a_mock_that_a_friend_asks_is_taken_up_as_one() {
    let home = Home::new();
    let arguments = ["mock", VIDEO, "--interviewer", "--plain", "--seed", "1"];
    home.says(&arguments, "/said 1\n/leave\n");
    let mut pty = Pty::start(home.dir.path(), &[]);
    pty.wait("Where you stand");
    pty.press("\r");
    pty.wait("You ask");
}

#[test]
fn two_terminals_do_not_run_one_mock_twice() {
    let home = tempdir().unwrap();
    let _pty = Pty::in_mock(home.path());
    let out = Command::new(env!("CARGO_BIN_EXE_greenroom"))
        .args(["mock", "--resume", "--plain"])
        .env("GREENROOM_DATA_DIR", home.path().join("data"))
        .env("XDG_CONFIG_HOME", home.path().join("config"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(3));
    let told = String::from_utf8_lossy(&out.stderr);
    assert!(told.contains("another greenroom runs this mock"), "{told}");
}

/// At a limit on the size of files, as on a full disk, the interview goes on to its debrief.
#[test]
fn on_a_full_disk_the_mock_goes_on_and_says_so() {
    let home = Home::new();
    home.says(&["mock", VIDEO, "--plain", "--steps", "frame"], "/end\n");
    let inner = home.command(&["mock", VIDEO, "--plain", "--seed", "7"]);
    let mut limited = Command::new("sh");
    limited
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 40 || exit 99; exec \"$@\"",
            "sh",
        ])
        .arg(inner.get_program())
        .args(inner.get_args())
        .envs(
            inner
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = limited.spawn().unwrap();
    let _ = child
        .stdin
        .take()
        .unwrap()
        .write_all(script("ideal-senior").as_bytes());
    let out = child.wait_with_output().unwrap();
    if out.status.code() == Some(99) {
        return;
    }
    let said = String::from_utf8_lossy(&out.stdout);
    let told = String::from_utf8_lossy(&out.stderr);
    assert!(
        said.contains("Debrief · Video recommendation"),
        "{said}\n{told}"
    );
    assert!(told.contains("NOT SAVED"), "{told}");
    // What was there before is there still.
    let all = home.json(&["history", "--json"], "");
    assert!(!all["mocks"].as_array().unwrap().is_empty());
}
