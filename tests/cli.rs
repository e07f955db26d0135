//! The command line as people and scripts use it: the real binary, a folder of its own for
//! progress, a clock that stands still.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use greenroom::content::Library;
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

const CASE: &str = "video-recommendation";

/// Four drills, one of each format that is answered in its own way.
const PACK: &str = r#"
estimate:
  - id: qps
    step: clarify
    level: mid
    tags: [scale]
    ask: A hundred million users, ten requests a day each. Mean requests a second?
    sum: 100e6 * 10 / 86400
    answer: 11574
    unit: QPS
    working: ["1e9 / 86,400 = 11,574"]
    because: It sizes the ranker.
    hints: [Seconds of a day?, "1e9 / 1e5"]
order:
  - id: steps
    step: frame
    level: mid
    ask: Bring the steps into order.
    items:
      - {id: clarify, text: first comes clarify}
      - {id: frame, text: second comes frame}
      - {id: data, text: third comes data}
    because: Each uses what the one before left.
    hints: [What is asked first?, Data comes last.]
match:
  - id: tools
    step: serve
    level: mid
    ask: Which tool does the job?
    pairs:
      - {left: keeps events, right: a log, why: It is durable.}
      - {left: runs jobs, right: a scheduler, why: It starts them.}
    distractors: [a spoon]
    because: Names follow jobs.
    hints: [Durable?, Timed?]
verdict:
  - id: linear
    step: model
    level: mid
    ask: Ten rows of data. Which model?
    options:
      - {id: mean, text: the mean, says: Ten rows carry no more.}
      - {id: net, text: a deep net, says: It learns the rows by heart.}
    answer: mean
    reasons:
      - point: Too few rows.
        match: {any: [{phrase: few rows}]}
    flips:
      - {id: more, text: a million rows come in, says: Then there is something to learn.}
      - {id: logo, text: the logo changes, says: Nothing follows from it.}
    flip: more
    model: The mean, because there are too few rows to fit more.
    because: Capacity follows data.
    hints: [How many rows?, Fewer than weights.]
"#;

/// A folder with everything that a learner has.
struct Home {
    dir: TempDir,
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{}\n{}", self.out, self.err);
        self
    }

    fn fails(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        assert!(self.err.starts_with("greenroom: ") || self.err.starts_with("error: "));
        self
    }

    fn says(self, text: &str) -> Self {
        assert!(self.out.contains(text), "no {text:?} in\n{}", self.out);
        self
    }

    fn complains(self, text: &str) -> Self {
        assert!(self.err.contains(text), "no {text:?} in\n{}", self.err);
        self
    }

    fn json(&self) -> Value {
        let value: Value = serde_json::from_str(&self.out).expect(&self.out);
        assert_eq!(value["schema_version"], 1);
        value
    }
}

impl Home {
    fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    /// With the four drills of the pack.
    fn with_pack() -> Self {
        let home = Self::new();
        home.file("pack/drills/practice.yaml", PACK);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
        for variable in ["GREENROOM_THEME", "GREENROOM_CONFIG", "NO_COLOR"] {
            command.env_remove(variable);
        }
        command
            .args(args)
            .current_dir(self.dir.path())
            .env("HOME", self.dir.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("GREENROOM_DATA_DIR", self.path("data"))
            .env("GREENROOM_CONTENT", self.path("pack"))
            .env("GREENROOM_NOW", "2026-11-21T12:00:00+01:00");
        if !self.path("pack").exists() {
            command.env_remove("GREENROOM_CONTENT");
        }
        command
    }

    fn feed(&self, args: &[&str], input: &str) -> Ran {
        let mut command = self.command(args);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A command that does not read its input may be gone already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let ran = Ran {
            code: output.status.code().unwrap(),
            out: text(output.stdout),
            err: text(output.stderr),
        };
        assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'));
        ran
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.feed(args, "")
    }
}

/// The right answer to each question of the pack that was printed, in order.
fn answers(printed: &str) -> Vec<(String, String)> {
    let questions = printed.split("\n[").skip(1);
    let answers = questions.map(|question| {
        let format = question.split("] ").nth(1).unwrap();
        let format = format.split(' ').next().unwrap().to_owned();
        let place = |text: &str| -> String {
            let line = question.lines().find(|line| line.ends_with(text));
            let line = line.unwrap_or_else(|| panic!("no {text} in {question}"));
            line.trim().split(')').next().unwrap().to_owned()
        };
        let answer = match format.as_str() {
            "estimate" => "11.6k QPS".to_owned(),
            "order" => ["clarify", "frame", "data"].map(place).join(" "),
            "match" => format!(
                "{}{} {}{}",
                place("keeps events"),
                place("a log"),
                place("runs jobs"),
                place("a scheduler")
            ),
            "verdict" => format!(
                "{} | there are too few rows | {}",
                place("the mean"),
                place("a million rows come in")
            ),
            other => panic!("{other}"),
        };
        (format, answer)
    });
    answers.collect()
}

/// Practises the pack with every answer right.
fn practise(home: &Home) -> Ran {
    let args = ["drill", "--case", "practice", "--seed", "7"];
    let shown = home.feed(&args, "/skip\n/skip\n/skip\n").ok();
    let script: String = answers(&shown.out)
        .iter()
        .map(|(_, answer)| format!("{answer}\n4\n"))
        .collect();
    home.feed(&args, &script).ok()
}

#[test]
fn without_a_command_and_a_terminal_it_prints_today() {
    let home = Home::new();
    let bare = home.run(&[]).ok().says("Sat 21 Nov").says("Start with:");
    assert_eq!(bare.out, home.run(&["today"]).ok().out);
    let today = home.run(&["today", "--json"]).ok().json();
    assert_eq!(today["date"], "2026-11-21");
    assert_eq!(today["steps"].as_array().unwrap().len(), 7);
}

#[test]
fn a_plan_is_made_shown_and_says_what_it_lacks() {
    let home = Home::new();
    // A pack in which one of the cases is a draft again.
    let case = "cases/delivery-time/case.yaml";
    let pack = home.path("pack");
    fs::create_dir_all(pack.join("cases/delivery-time")).unwrap();
    let text = fs::read_to_string(format!("{}/content/{case}", env!("CARGO_MANIFEST_DIR")));
    let text = text
        .unwrap()
        .replace("\nstatus: ready\n", "\nstatus: draft\n");
    fs::write(pack.join(case), text).unwrap();
    let pack = pack.to_str().unwrap();
    let args = [
        "--content",
        pack,
        "plan",
        "new",
        "--interview",
        "5d",
        "--minutes",
        "60",
        "--level",
        "staff",
        "--focus",
        "video-recommendation,delivery-time",
        "--template",
        "three-day",
    ];
    home.run(&args)
        .ok()
        .says("interview on Thu 26 Nov 2026")
        .says("60 min a day · staff")
        .says("Not written yet: delivery-time");
    let plan = home.run(&["--content", pack, "plan", "--json"]).ok().json();
    assert_eq!(plan["planned"], true);
    assert_eq!(plan["interview"], "2026-11-26");
    assert_eq!(plan["days"].as_array().unwrap().len(), 5);
    assert!(plan["missing"]
        .as_array()
        .unwrap()
        .contains(&"delivery-time".into()));
    home.run(&["today"]).ok().says("interview in 5 days");

    let before = home.run(&["plan", "--json"]).ok().out;
    for (args, what) in [
        (&["plan", "new", "--interview", "soon"][..], "is no date"),
        (&["plan", "new", "--interview", "2026-11-20"], "past"),
        (&["plan", "new", "--template", "one-week"], "three-day"),
        (
            &["plan", "new", "--focus", "video-recomendation"],
            "did you mean `video-recommendation`?",
        ),
        (&["plan", "new", "--focus", "tea-ceremony"], "no case"),
        (&["plan", "new", "--zone", "berlin"], "Europe/Berlin"),
        (&["plan", "new", "--week", "sun 0"], "no day of the week"),
        (&["plan", "new", "--area", "cooking"], "recommendation"),
        (&["plan", "new", "--role", "king"], "genai"),
        (&["plan", "new", "--off", "5 dec..1 dec"], "ends before"),
        (
            &["plan", "new", "--interview", "2d", "--week", "wed 60"],
            "no day before the interview has minutes",
        ),
        (&["plan", "new", "--minutes", "0"], "0 is not in"),
        (&["plan", "new", "--level", "king"], "senior"),
        (&["plan", "new", "--focus", "../x"], "is no case"),
    ] {
        home.run(args).fails(2).complains(what);
    }
    assert_eq!(home.run(&["plan", "--json"]).ok().out, before, "untouched");
}

#[test]
fn a_piped_drill_session_asks_grades_and_sums_up() {
    let home = Home::with_pack();
    let ran = practise(&home);
    let formats: Vec<String> = answers(&ran.out)
        .into_iter()
        .map(|(format, _)| format)
        .collect();
    assert_eq!(formats.len(), 4);
    for format in ["estimate", "order", "match", "verdict"] {
        assert!(formats.iter().any(|own| own == format), "{formats:?}");
    }
    assert_eq!(ran.out.matches("100 % · ").count(), 4, "{}", ran.out);
    let ran = ran
        .says("Model answer:")
        .says("Because: It sizes the ranker.")
        .says("stability")
        .says("next in")
        .says("Session: 4 answers, mean score 100 %.");
    // The same seed and input, the same words; in a folder of its own.
    assert_eq!(ran.out, practise(&Home::with_pack()).out);

    let csv = home.run(&["export", "csv"]).ok().says("at,date,drill,case");
    assert_eq!(csv.out.lines().count(), 5);
    let stats = home.run(&["stats", "--json"]).ok().json();
    assert_eq!(stats["reviews_today"], 4);
    home.run(&["stats"]).ok().says("Today: 4 answers");
    // All are learnt: nothing is due.
    home.run(&["drill", "--case", "practice", "--plain"])
        .ok()
        .says("Nothing to practise now");
}

#[test]
fn hints_unreadable_lines_and_taking_back_are_no_attempts() {
    let home = Home::with_pack();
    let args = ["drill", "--case", "practice", "--format", "estimate"];
    let ran = home
        .feed(&args, "/hint\n/hint\n/hint\nmany\n/dance\n3\n\n")
        .ok();
    let ran = ran
        .says("Hint: Seconds of a day?")
        .says("Hint: 1e9 / 1e5")
        .says("No more hints.")
        .says("Cannot read that: a number such as 35k")
        .says("There is no command /dance")
        .says("0 % · Again")
        .says("Too low")
        // What was wrong comes again at the end.
        .says("[again]")
        .says("To see again: practice/qps");
    assert_eq!(ran.out.matches("% · Again").count(), 1);

    // The last answer is taken back in another run, and given again.
    let undone = home.feed(
        &["drill", "--undo", "--json", "--case", "practice"],
        "11574\n1\n/end\n",
    );
    let undone = undone
        .ok()
        .complains("Took back the answer to practice/qps");
    let told = undone.json();
    assert_eq!(told["answered"], 1);
    assert_eq!(told["answers"][0]["score"], 1.0);
    assert_eq!(told["answers"][0]["confidence"], 1);
    let csv = home.run(&["export", "csv"]).ok();
    assert_eq!(csv.out.lines().count(), 2, "{}", csv.out);

    // Within a session, and put away.
    let ran = home.feed(
        &["drill", "--case", "practice", "--seed", "1"],
        "/undo\n/bury\n/suspend\n/skip\n/end\n",
    );
    ran.ok()
        .says("Took back")
        .says("Away until tomorrow.")
        .says("Suspended");
    let nothing = Home::with_pack();
    nothing
        .run(&["drill", "--undo"])
        .fails(1)
        .complains("nothing was answered");
}

#[test]
fn a_filter_that_names_nothing_is_a_slip() {
    let home = Home::with_pack();
    for (args, what) in [
        (
            &["drill", "--case", "practise"][..],
            "did you mean `practice`?",
        ),
        (&["drill", "--format", "ordr"], "did you mean order?"),
        (&["drill", "--step", "dance"], "clarify, frame"),
        (&["drill", "--minutes", "0"], "0 is not in"),
        (
            &["mock", "video-recomendation"],
            "did you mean `video-recommendation`?",
        ),
        (&["mock", CASE, "--clock", "0"], "0 is not in"),
        (&["mock", CASE, "--resume"], "no unfinished mock"),
        (&["read", "tea"], "no case `tea`"),
        (&["history", "show", "zzz"], "no finished mock"),
        (&["history", "show", "last"], "no mock was finished"),
        (&["notes", "remove", "zzz"], "no note"),
        (&["notes", "add", " "], "needs some text"),
        (&["notes", "add", "x", "--case", "tea"], "no case `tea`"),
        (&["grade", "tea", "--answer", "x.md"], "no case `tea`"),
        (&["dance"], "unrecognized subcommand"),
        (&["restore"], "required"),
        (&["completions", "clam"], "possible values"),
        (&["check", "nowhere"], "no such file"),
        (&["--theme", "pink", "today"], "possible values"),
    ] {
        home.run(args).fails(2).complains(what);
    }
    for (args, what) in [
        (
            &["grade", CASE, "--answer", "none.md"][..],
            "none.md: no such file",
        ),
        (&["diagram", "none.mmd"], "none.mmd: no such file"),
        (&["import", "none.jsonl"], "none.jsonl: no such file"),
        (&["restore", "none.db"], "none.db"),
        (&["restore", "--newest"], "no backup"),
        (
            &["export", "notes", "--out", "no/such/folder/x.md"],
            "no such file",
        ),
    ] {
        home.run(args).fails(3).complains(what);
    }
}

const SCRIPT: &str = "\
What is the latency budget?
We want people to come back next month.
/wait 330
/wait 200
/time
/next
/next
We rank videos in a funnel: retrieval, then ranking.
/draw user -> retrieval -> ranking
/draw
/nonsense
/next
/next
/back
/end
";

fn mock(home: &Home, json: bool) -> Ran {
    let mut args = vec![
        "mock", CASE, "--plain", "--clock", "45", "--level", "senior", "--seed", "3",
    ];
    args.extend(json.then_some("--json"));
    home.feed(&args, SCRIPT).ok()
}

/// What the interviewer may say for a nudge or an interjection in a step.
fn wordings(lines: &[String], title: &str) -> Vec<String> {
    let squeeze = |line: &String| line.replace("{step}", title);
    lines.iter().map(squeeze).collect()
}

#[test]
fn a_piped_mock_keeps_time_nudges_and_ends_with_its_debrief() {
    let home = Home::new();
    let ran = mock(&home, false)
        .says("Mock · Video recommendation · senior · 45:00 left")
        .says("== 1 Clarify requirements")
        .says("On the whiteboard.")
        .says("There is no command /nonsense")
        .says("36:10 left of 45:00")
        .says("Debrief · Video recommendation · senior")
        .says("/100 · ")
        .says("Not found in your words")
        .says("you wrote “")
        .says("Nothing is written about serving")
        .says("Facts: you uncovered 1 of")
        .says("far over");
    // The clock fires in order: the nudge at five minutes, the interjection half of it later.
    let library = Library::open(&[], None);
    let said: String = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = |lines: &[String]| {
        let all = wordings(lines, "Clarify requirements");
        all.iter().filter_map(|line| said.find(line.trim())).min()
    };
    let nudge = first(&library.interviewer().nudge).expect("a nudge");
    let interjection = first(&library.interviewer().interject).expect("an interjection");
    assert!(nudge < interjection);
    assert!(said.contains("Interviewer: "));

    // Same seed, same input, same words.
    assert_eq!(ran.out, mock(&Home::new(), false).out);

    // What was finished can be looked at, in full, and exported.
    let list = home.run(&["history", "--json"]).ok().json();
    let name = list["mocks"][0]["mock"].as_str().unwrap().to_owned();
    home.run(&["history"])
        .ok()
        .says(&name)
        .says("Video recommendation · 45 min");
    let short = home.run(&["history", "show", "last"]).ok();
    let long = home
        .run(&["history", "show", name.get(..4).unwrap(), "--why"])
        .ok();
    assert!(long.out.len() > short.out.len());
    let shown = home.run(&["history", "show", &name, "--json"]).ok().json();
    assert_eq!(shown["mock"], name.as_str());
    home.run(&["export", "mock", "last"])
        .ok()
        .says("# Mock: Video recommendation")
        .says("> user -> retrieval -> ranking")
        .says("## Transcript");
    home.run(&["export", "mock", "last", "--out", "mock.md"])
        .ok();
    assert!(fs::read_to_string(home.path("mock.md"))
        .unwrap()
        .contains("## Time"));
    // Missed items come back as drills.
    let missed = shown["missed"].as_array().unwrap();
    assert!(!missed.is_empty() && missed.len() <= 5);
}

#[test]
fn the_json_of_a_mock_is_stable() {
    let strip = |ran: Ran| {
        assert!(ran.err.contains("Interviewer: "));
        let mut value = ran.json();
        assert!(value
            .as_object_mut()
            .unwrap()
            .remove("mock")
            .unwrap()
            .is_string());
        value
    };
    let value = strip(mock(&Home::new(), true));
    assert_eq!(value, strip(mock(&Home::new(), true)));
    for key in [
        "case",
        "level",
        "total",
        "total_with_yours",
        "verdict",
        "borderline",
        "dimensions",
        "items",
        "flags",
        "time",
        "facts",
        "missed",
    ] {
        assert!(!value[key].is_null(), "{key}");
    }
    assert_eq!(value["dimensions"].as_array().unwrap().len(), 10);
    assert_eq!(value["verdict"], "no-hire");
    let item = &value["items"][0];
    for key in ["id", "step", "kind", "verdict", "evidence"] {
        assert!(!item[key].is_null(), "{key}");
    }
}

#[test]
fn a_mock_that_was_left_goes_on_where_it_was() {
    let home = Home::new();
    let args = ["mock", CASE, "--seed", "1", "--steps", "data,model"];
    home.feed(
        &args,
        "Split by time, train on the past and test on later days.\n/wait 60\n/leave\n",
    )
    .ok()
    .says("Sprint · Video recommendation")
    .says("Saved.");
    home.run(&["history"]).ok().says("Not finished:");
    home.feed(
        &["mock", "--resume", "--plain"],
        "/time\n/next\n/next\n/next\n/next\n",
    )
    .ok()
    .says("The clock stands")
    .says("data 1:00 of 10:00")
    .says("Sprint · Video recommendation")
    .says("you wrote “");
    let list = home.run(&["history", "--json"]).ok().json();
    assert_eq!(
        list["mocks"][0]["steps"],
        serde_json::json!(["data", "model"])
    );
    // An interview that runs out of time ends by itself.
    let over = home
        .feed(
            &["mock", CASE, "--clock", "35"],
            "/wait 9999\nnobody listens\n",
        )
        .ok();
    over.says("Debrief").says("never reached");
}

#[test]
fn breakdowns_are_read_in_full_by_step_and_as_json() {
    let home = Home::new();
    home.run(&["read"]).ok().says(CASE);
    let list = home.run(&["read", "--json"]).ok().json();
    assert!(list["cases"]
        .as_array()
        .unwrap()
        .iter()
        .any(|case| case["id"] == CASE));
    let all = home
        .run(&["read", CASE])
        .ok()
        .says("Serving")
        .says("Clarify");
    let one = home
        .run(&["read", CASE, "--step", "serve"])
        .ok()
        .says("Serving");
    assert!(one.out.len() < all.out.len() / 3);
    assert!(one.out.lines().all(|line| line.chars().count() <= 80));
    let json = home
        .run(&["read", CASE, "--step", "serve", "--json"])
        .ok()
        .json();
    assert_eq!(json["sections"][0]["step"], "serve");
    home.run(&["read", CASE, "--step", "tea"]).fails(2);
}

#[test]
fn search_finds_cases_drills_and_notes_and_says_when_nothing_fits() {
    let home = Home::with_pack();
    home.run(&["notes", "add", "zebra crossing"]).ok();
    home.run(&["search", "zebr"])
        .ok()
        .says("note")
        .says("zebra crossing");
    home.run(&["search", "hundred", "million", "requests"])
        .ok()
        .says("practice/qps");
    home.run(&["search", "position bias"]).ok().says(CASE);
    let found = home
        .run(&["search", "position bias", "--limit", "2", "--json"])
        .ok()
        .json();
    assert_eq!(found["found"].as_array().unwrap().len(), 2);
    let none = home.run(&["search", "qwertzuiop"]);
    assert_eq!((none.code, none.out.as_str()), (1, ""));
    let none = home.run(&["search", "--json", "qwertzuiop"]);
    assert_eq!(
        (none.code, none.json()["found"].as_array().unwrap().len()),
        (1, 0)
    );
    // Answers are not searched.
    assert_eq!(home.run(&["search", "sizes the ranker qps"]).code, 1);
}

#[test]
fn notes_are_kept_listed_exported_and_removed() {
    let home = Home::new();
    home.run(&["notes"]).ok().says("No notes yet");
    home.run(&["notes", "add", "mind", "the", "gap", "--case", CASE])
        .ok()
        .says("Noted: ");
    home.feed(&["notes", "add", "-"], "# two\nlines \u{1b}[31m\n")
        .ok();
    let list = home.run(&["notes", "--json"]).ok().json();
    let notes = list["notes"].as_array().unwrap();
    assert_eq!(notes.len(), 2);
    home.run(&["notes"]).ok().says("mind the gap").says(CASE);
    home.run(&["export", "notes"])
        .ok()
        .says("> mind the gap")
        .says("> # two");
    for note in notes {
        home.run(&["notes", "remove", note["note"].as_str().unwrap()])
            .ok();
    }
    home.run(&["notes"]).ok().says("No notes yet");
}

const ANSWER: &str = "\
loose words

## 1. Clarify requirements
The goal is retention at day 28. p99 of 200 ms. 100M users and 100M videos, 35k QPS at peak.

## Data
Split by time, train on the past and test on later days. é

## Costs
much
";

#[test]
fn a_wrong_answer_may_be_tried_once_more_line_by_line() {
    let home = Home::with_pack();
    let args = ["drill", "--case", "practice", "--format", "estimate"];
    // Wrong, fairly sure, unreadable, right: the first attempt sets the rating.
    let ran = home.feed(&args, "3\n3\nmany\n11.6k\n\n").ok();
    ran.says("Not quite. Once more (the first attempt counts)")
        .says("Hint: Seconds of a day?")
        .says("Cannot read that: a number such as 35k")
        .says("100 % · Again");
    // An empty line shows the answer.
    let home = Home::with_pack();
    home.feed(&args, "3\n3\n\n").ok().says("0 % · Again");
}

#[test]
fn one_step_is_graded_alone_and_another_language_is_named() {
    let home = Home::new();
    let text = "Weekly chargebacks: split by time, a gap of two months, never at random.";
    let step = ["grade", CASE, "--answer", "-", "--step", "data", "--json"];
    let sheet = home.feed(&step, text).ok().json();
    let items = sheet["items"].as_array().unwrap();
    assert!(items.len() > 3 && items.iter().all(|item| item["step"] == "data"));
    assert!(sheet["warnings"].as_array().unwrap().is_empty());
    let flags = sheet["flags"].as_array().unwrap();
    assert!(
        flags.iter().all(|flag| flag["kind"] != "empty-step"),
        "{flags:?}"
    );
    let text =
        "## Data\n\nWir teilen die Daten nach der Zeit und warten danach eine ganze Woche.\n";
    home.feed(&["grade", CASE, "--answer", "-"], text)
        .ok()
        .says("the grader hears only English");
}

#[test]
fn a_written_answer_is_graded_with_evidence_from_the_file() {
    let home = Home::new();
    home.file("answer.md", ANSWER);
    home.run(&["grade", CASE, "--answer", "answer.md", "--level", "senior"])
        .ok()
        .says("Video recommendation · senior")
        .says("/100 · no hire")
        .complains("2 words under no second-level heading")
        .complains("1 word under `## Costs`, which names no step");
    let ran = home
        .run(&["grade", CASE, "--answer", "answer.md", "--json"])
        .ok();
    let sheet = ran.json();
    assert_eq!(sheet["level"], "senior");
    assert_eq!(sheet["warnings"].as_array().unwrap().len(), 2);
    assert!(sheet["total"].as_f64().unwrap() > 0.0);
    let mut hits = 0;
    for item in sheet["items"].as_array().unwrap() {
        for evidence in item["evidence"].as_array().unwrap() {
            let at = |key: &str| evidence[key].as_u64().unwrap() as usize;
            assert_eq!(
                ANSWER.get(at("start")..at("end")),
                evidence["text"].as_str()
            );
            hits += 1;
        }
    }
    assert!(hits > 0);
    let piped = home
        .feed(&["grade", CASE, "--answer", "-", "--json"], ANSWER)
        .ok();
    assert_eq!(piped.out, ran.out);
    // Nothing written is worth nothing.
    let empty = home
        .feed(&["grade", CASE, "--answer", "-", "--json"], "")
        .ok();
    assert_eq!(empty.json()["total"], 0.0);
    fs::write(home.path("latin.md"), b"## Data\n\xe9").unwrap();
    home.run(&["grade", CASE, "--answer", "latin.md"])
        .fails(3)
        .complains("UTF-8");
}

#[test]
fn progress_goes_out_and_comes_back() {
    let home = Home::with_pack();
    practise(&home);
    home.run(&["notes", "add", "=cmd"]).ok();
    home.run(&["export", "json", "--out", "events.jsonl"]).ok();
    let events = fs::read_to_string(home.path("events.jsonl")).unwrap();
    assert_eq!(events.lines().count(), 5);

    let other = Home::with_pack();
    other.file("events.jsonl", &events);
    other
        .run(&["import", "events.jsonl"])
        .ok()
        .says("Imported: 5 new events, 0 known");
    other
        .feed(&["import", "-"], &events)
        .ok()
        .says("0 new events, 5 known");
    let stats = |home: &Home| home.run(&["stats", "--json"]).ok().json();
    assert_eq!(stats(&home), stats(&other));
    // A line that was cut is refused and named; the others are taken.
    let third = Home::with_pack();
    let cut = events.replacen("review", "revue", 1);
    third
        .feed(&["import", "-"], &cut)
        .fails(3)
        .complains("line ")
        .says("Imported: 4 new events");
    // A second import with the same name on a folder that is newer.
    home.run(&["backup", "copy.db"])
        .ok()
        .says("Backup: copy.db");
    home.run(&["notes", "add", "after the backup"]).ok();
    home.run(&["restore", "copy.db"])
        .ok()
        .says("Restored: copy.db");
    let notes = home.run(&["notes", "--json"]).ok().json();
    assert_eq!(notes["notes"].as_array().unwrap().len(), 1);
}

#[test]
fn a_damaged_file_is_named_with_the_way_back() {
    let home = Home::new();
    home.run(&["notes", "add", "precious"]).ok();
    home.run(&["backup"]).ok().says("Backup: ");
    fs::write(home.path("data/progress.db"), "not a database").unwrap();
    let failed = home.run(&["today"]).fails(3);
    assert_eq!(failed.err.lines().count(), 1, "{}", failed.err);
    failed
        .complains("is not a database")
        .complains("`greenroom restore --newest`")
        .complains("`greenroom restore --fresh`");
    // It lies aside now, and the answer stays the same until the learner decides.
    home.run(&["notes"]).fails(3).complains("restore --newest");
    home.run(&["restore", "--newest"]).ok().says("Restored: ");
    home.run(&["notes"]).ok().says("precious");
    home.run(&["restore", "--fresh"])
        .fails(2)
        .complains("is sound");

    fs::remove_file(home.path("data/progress.db")).unwrap();
    for log in ["data/progress.db-wal", "data/progress.db-shm"] {
        let _ = fs::remove_file(home.path(log));
    }
    home.run(&["stats"]).fails(3).complains("is missing");
    home.run(&["restore", "--fresh"])
        .ok()
        .says("Started afresh");
    home.run(&["notes"]).ok().says("No notes yet");
}

#[test]
fn flags_come_before_the_environment_before_the_file() {
    let home = Home::new();
    home.run(&["--data-dir", "elsewhere", "notes", "add", "there"])
        .ok();
    home.run(&["notes"]).ok().says("No notes yet");
    home.run(&["notes", "--data-dir", "elsewhere"])
        .ok()
        .says("there");
    home.run(&["paths", "--data-dir", "elsewhere", "--json"])
        .ok()
        .says("elsewhere");

    home.file("mine/drills/mine.yaml", PACK);
    home.file("good.yaml", "packs: [mine]\ntheme: dark\n");
    let args = ["drill", "--case", "mine", "--plain"];
    home.run(&args).fails(2);
    let with = [&args[..], &["--config", "good.yaml"]].concat();
    home.run(&with).ok().says("[1 of 4]");
    home.run(&[&args[..], &["--content", "mine"]].concat())
        .ok()
        .says("[1 of 4]");

    home.file("empty.yaml", "# nothing yet\n");
    home.run(&["today", "--config", "empty.yaml"]).ok();
    for (text, place) in [
        ("theme: dark\ncolour: red\n", "bad.yaml:2:"),
        ("theme: pink\n", "no theme `pink`"),
        ("retention: 2\n", "between 0.7 and 0.97"),
        ("packs: [\n", "bad.yaml:"),
    ] {
        home.file("bad.yaml", text);
        let failed = home.run(&["today", "--config", "bad.yaml"]).fails(2);
        assert_eq!(failed.err.lines().count(), 1, "{}", failed.err);
        failed.complains(place);
    }
    home.run(&["today", "--config", "none.yaml"])
        .fails(2)
        .complains("no such file");
    let mut wrong = home.command(&["today"]);
    let output = wrong.env("GREENROOM_THEME", "pink").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn pages_about_the_program_itself() {
    let home = Home::new();
    let page = home
        .run(&["skeleton"])
        .ok()
        .says("1 Clarify requirements")
        .says("7 Monitoring");
    assert!(page.out.lines().all(|line| line.chars().count() <= 80));
    assert!(page.out.lines().count() <= 60);
    home.run(&["paths"]).ok().says("progress.db");
    home.run(&["man"]).ok().says(".TH greenroom");
    for shell in ["bash", "zsh", "fish"] {
        home.run(&["completions", shell]).ok().says("greenroom");
    }
    home.run(&["--version"]).ok().says("greenroom ");
    home.run(&["--help"]).ok().says("Exit codes");
    home.feed(
        &["diagram", "-", "--width", "40"],
        "user -> gate -> model\n",
    )
    .ok()
    .says("user ──▸ gate ──▸ model");
    home.feed(&["diagram", "-"], "flowchart LR\na[[[\n")
        .fails(3)
        .complains("-:2:");
    home.file(
        "pack/drills/broken.yaml",
        "order:\n  - id: x\n    stp: data\n",
    );
    let found = home.run(&["check", "pack"]);
    assert_eq!(found.code, 1);
    found.says("broken.yaml:3:");
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let home = Home::new();
    let mut child = home
        .command(&["read", CASE])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn what_cannot_be_saved_is_said_and_is_a_failure() {
    let home = Home::new();
    home.file("data", "a file where the folder should be");
    assert!(Path::new(&home.path("data")).is_file());
    let failed = home
        .run(&["notes", "add", "lost?"])
        .fails(3)
        .complains("NOT SAVED (1)");
    // What could not be saved waits in a file, and is taken in where there is room.
    let (_, rest) = failed.err.split_once("`greenroom import ").unwrap();
    let (file, _) = rest.split_once('`').unwrap();
    let other = Home::new();
    other.run(&["import", file]).ok().says("1 new event");
    other.run(&["notes"]).ok().says("lost?");
    fs::remove_file(file).unwrap();
    home.run(&["today"]).ok();
}

#[test]
fn disputes_go_out_a_line_each() {
    let home = Home::new();
    home.run(&["export", "disputes"]).ok();
    mock(&home, false);
    let history = home.run(&["history", "--json"]).ok().json();
    let text = history.to_string();
    let at = text.find("\"mock\":\"").expect("a mock") + 8;
    let name: String = text
        .get(at..)
        .unwrap()
        .chars()
        .take_while(|c| *c != '"')
        .collect();
    let setup = greenroom::desk::Setup {
        paths: greenroom::desk::Paths {
            data: home.path("data"),
            ..Default::default()
        },
        ..Default::default()
    };
    let now = "2026-11-21T13:00:00Z".parse().unwrap();
    let mut desk = greenroom::desk::Desk::open(setup, now).unwrap();
    let (_, debrief) = desk.debrief(&name).unwrap();
    let item = debrief.sheet.items[0].clone();
    desk.dispute(&name, item.id.as_str(), "missed", "I said “it”\ntwice", now);
    drop(desk);

    let ran = home.run(&["export", "disputes"]).ok();
    assert_eq!(ran.out.lines().count(), 1);
    let line: Value = serde_json::from_str(ran.out.trim()).unwrap();
    assert_eq!(line["schema_version"], 1);
    assert_eq!(line["case"], CASE);
    assert_eq!(line["item"], item.id.as_str());
    assert_eq!(line["step"], item.step.id());
    assert!(!line["point"].as_str().unwrap().is_empty());
    assert_eq!(line["words"], "I said “it”\ntwice");
    assert_eq!(
        (&line["machine"], &line["yours"]),
        (&"missed".into(), &"hit".into())
    );
    assert_eq!(
        line["evidence"],
        serde_json::to_value(&item.evidence).unwrap()
    );
    assert_eq!(line["hash"].as_str().unwrap().len(), 16);
    assert_eq!(line["at"], "2026-11-21T13:00:00Z");
    home.run(&["export", "disputes", "own.jsonl"]).ok();
    assert_eq!(fs::read_to_string(home.path("own.jsonl")).unwrap(), ran.out);
    home.run(&["export", "disputes", "a", "--out", "b"])
        .fails(2);
}

#[test]
fn an_item_is_explained_part_by_part() {
    let home = Home::new();
    home.file("answer.md", ANSWER);
    let explain = |item: &str, json: bool| {
        let mut args = vec!["grade", CASE, "--answer", "answer.md", "--explain", item];
        args.extend(json.then_some("--json"));
        home.run(&args)
    };
    explain("choice-with-reason", false)
        .ok()
        .says("choice-with-reason · must · model")
        .says("The rule, held against model")
        .says("not found");
    let json = explain("choice-with-reason", true).ok().json();
    assert_eq!(json["id"], "choice-with-reason");
    assert!(json["looks"][0]["rule"]["parts"].is_array());
    explain("choice-with-reasn", false)
        .fails(2)
        .complains("did you mean `choice-with-reason`?");
}
