//! A learner with a plan, through the real binary: changed by hand, taken back, printed, in the
//! calendar, and after the date.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Stdio};
use tempfile::TempDir;

struct Home {
    dir: TempDir,
    /// What the clock says.
    now: String,
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Home {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("config.yaml"), "").unwrap();
        Self {
            dir,
            now: "2026-11-21T12:00:00+01:00".to_owned(),
        }
    }

    fn on(&mut self, day: &str) -> &mut Self {
        self.now = format!("{day}T12:00:00+01:00");
        self
    }

    fn feed(&self, args: &[&str], text: &str) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_greenroom"))
            .args(args)
            .env_clear()
            .env("HOME", self.dir.path())
            .env("GREENROOM_DATA_DIR", self.dir.path().join("data"))
            .env("GREENROOM_CONFIG", self.dir.path().join("config.yaml"))
            .env("GREENROOM_NOW", &self.now)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(text.as_bytes()).unwrap();
        drop(input);
        let output = child.wait_with_output().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.feed(args, "")
    }

    fn json(&self, args: &[&str]) -> Value {
        let ran = self.run(args).ok();
        serde_json::from_str(&ran.out).unwrap()
    }

    /// Day and number of the activity with this id.
    fn place(&self, id: &str) -> Option<(String, usize)> {
        let plan = self.json(&["plan", "--json"]);
        for day in plan["days"].as_array().unwrap() {
            let activities = day["activities"].as_array().unwrap();
            if let Some(at) = activities.iter().position(|own| own["id"] == id) {
                return Some((day["date"].as_str().unwrap().to_owned(), at + 1));
            }
        }
        None
    }
}

impl Ran {
    fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{}\n{}", self.out, self.err);
        self
    }

    fn fails(self, code: i32, text: &str) {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        assert!(self.err.contains(text), "no {text:?} in {}", self.err);
        assert_eq!(self.err.lines().count(), 1, "{}", self.err);
    }

    fn says(self, text: &str) -> Self {
        assert!(self.out.contains(text), "no {text:?} in\n{}", self.out);
        self
    }
}

/// Seven days with an hour each.
fn planned() -> Home {
    let home = Home::new();
    let args = ["plan", "new", "--interview", "7d", "--minutes", "60"];
    home.run(&args).ok();
    home
}

#[test]
fn a_plan_is_changed_by_hand_and_every_change_is_taken_back() {
    let home = planned();
    let before = home.run(&["plan", "--json"]).ok().out;
    let mock = "mock-fraud-detection";
    let find = |home: &Home| {
        home.json(&["plan", "--json"])["days"]
            .to_string()
            .contains(mock)
    };
    assert!(find(&home) || home.place("mock-eta").is_some());
    let own = if find(&home) { mock } else { "mock-eta" };
    let (day, number) = home.place(own).unwrap();

    home.run(&["plan", "move", &format!("{day}:{number}"), "wed"])
        .ok();
    assert_eq!(home.place(own).unwrap().0, "2026-11-25");
    home.run(&["plan", "drop", own]).ok();
    assert_eq!(home.place(own), None);
    home.run(&[
        "plan",
        "add",
        "sprint",
        "fraud-detection",
        "--steps",
        "serve",
        "--on",
        "sun",
        "--minutes",
        "15",
    ])
    .ok()
    .says("(pinned)");
    for _ in 0..3 {
        home.run(&["plan", "undo"]).ok();
    }
    let settled = |text: &str| serde_json::from_str::<Value>(text).unwrap()["days"].clone();
    let after = home.run(&["plan", "--json"]).ok().out;
    assert_eq!(settled(&after), settled(&before));
    // The last one is the plan itself.
    home.run(&["plan", "undo"]).ok().says("Suggested plan");
    home.run(&["plan", "undo"]).fails(1, "no plan to take back");
}

#[test]
fn a_change_that_does_not_fit_leaves_the_plan_as_it_was() {
    let home = Home::new();
    home.run(&["plan", "move", "mon:1", "tue"])
        .fails(1, "no plan");
    let week = [
        "plan",
        "new",
        "--interview",
        "14d",
        "--week",
        "mon-fri 20, sat 90",
    ];
    home.run(&week).ok();
    let before = home.run(&["plan", "--json"]).ok().out;
    let plan: Value = serde_json::from_str(&before).unwrap();
    let days = plan["days"].as_array().unwrap().iter();
    let all = days.flat_map(|day| day["activities"].as_array().unwrap());
    let mock = all.clone().find(|own| own["kind"] == "mock").unwrap();
    let mock = mock["id"].as_str().unwrap();
    home.run(&["plan", "move", mock, "sun"]).fails(1, "day off");
    home.run(&["plan", "move", mock, "mon"])
        .fails(1, "20 minutes");
    home.run(&["plan", "move", mock, "2027-06-01"])
        .fails(1, "not a day of the plan");
    home.run(&["plan", "move", "mon:9", "tue"])
        .fails(2, "activities");
    home.run(&["plan", "drop", "nonsense"])
        .fails(2, "no activity");
    home.run(&["plan", "add", "mock"]).fails(2, "which case?");
    home.run(&["plan", "add", "mock", "toaster"])
        .fails(2, "no case");
    assert_eq!(home.run(&["plan", "--json"]).ok().out, before);
}

#[test]
fn line_by_line_it_asks_again_for_what_it_cannot_read() {
    let home = Home::new();
    let lines = "soon\n7d\nmon-fri 30, sat 90\n24 nov\nberlin\neurope/berlin\n\nads\n";
    let ran = home.feed(&["plan", "new", "--plain"], lines).ok();
    assert!(ran.err.contains("is no date"));
    assert!(ran.err.contains("Europe/Berlin"));
    let plan = home.json(&["plan", "--json"]);
    assert_eq!(plan["interview"], "2026-11-28");
    assert_eq!(plan["settings"]["zone"], "Europe/Berlin");
    let day = |date: &str| {
        let days = plan["days"].as_array().unwrap().iter();
        let mut days = days.filter(|day| day["date"] == date);
        days.next().unwrap()["activities"].as_array().unwrap().len()
    };
    assert_eq!((day("2026-11-22"), day("2026-11-24")), (0, 0), "days off");
    assert!(day("2026-11-23") > 0);
    assert_eq!(plan["focus"][0], "ad-click-prediction");
}

#[test]
fn the_day_begins_at_four_in_the_plans_own_time_zone() {
    let mut home = Home::new();
    home.run(&["plan", "new", "--interview", "7d", "--zone", "Asia/Tokyo"])
        .ok();
    // Seven in the evening here is three in the morning there: still the day before.
    home.now = "2026-11-23T18:59:00+00:00".to_owned();
    assert_eq!(home.json(&["today", "--json"])["date"], "2026-11-23");
    home.now = "2026-11-23T19:00:00+00:00".to_owned();
    assert_eq!(home.json(&["today", "--json"])["date"], "2026-11-24");
}

/// Clocks go back on 25 October 2026 and forward on 28 March 2027; four in the morning is four by the
/// clock on the wall on either side.
#[test]
fn daylight_saving_moves_the_start_of_the_day_with_the_clock() {
    let mut home = Home::new();
    home.now = "2026-10-20T12:00:00Z".to_owned();
    home.run(&[
        "plan",
        "new",
        "--interview",
        "300d",
        "--zone",
        "Europe/Berlin",
    ])
    .ok();
    for (now, date) in [
        ("2026-10-24T01:59:59Z", "2026-10-23"),
        ("2026-10-24T02:00:00Z", "2026-10-24"),
        ("2026-10-25T02:59:59Z", "2026-10-24"),
        ("2026-10-25T03:00:00Z", "2026-10-25"),
        ("2027-03-27T02:59:59Z", "2027-03-26"),
        ("2027-03-27T03:00:00Z", "2027-03-27"),
        ("2027-03-28T01:59:59Z", "2027-03-27"),
        ("2027-03-28T02:00:00Z", "2027-03-28"),
    ] {
        home.now = now.to_owned();
        assert_eq!(home.json(&["today", "--json"])["date"], date, "{now}");
    }
}

/// Values of a property over all events, by UID.
fn events(calendar: &str, name: &str) -> Vec<(String, String)> {
    let unfolded = calendar.replace("\r\n ", "");
    let events = unfolded.split("BEGIN:VEVENT\r\n").skip(1);
    events
        .map(|event| {
            let of = |wanted: &str| {
                let mut lines = event.split("\r\n");
                let line = lines
                    .find(|line| line.starts_with(wanted))
                    .unwrap_or_default();
                line.split_once(':')
                    .map_or("", |(_, value)| value)
                    .to_owned()
            };
            (of("UID"), of(name))
        })
        .collect()
}

#[test]
fn the_calendar_is_taken_in_again_without_doubles() {
    let mut home = planned();
    let args = ["export", "ical", "--at", "19:00"];
    let first = home.run(&args).ok().out;
    assert!(first.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
    assert!(first.ends_with("END:VCALENDAR\r\n"));
    assert!(first
        .split("\r\n")
        .all(|line| line.len() <= 75 && !line.contains('\n')));
    let starts = events(&first, "DTSTART");
    assert_eq!(starts.len(), 8, "seven days and the interview");
    assert_eq!(
        starts[0],
        (
            "2026-11-21@greenroom".to_owned(),
            "20261121T190000".to_owned()
        )
    );
    assert!(events(&first, "DTSTAMP")
        .iter()
        .all(|(_, at)| at == "20261121T110000Z"));
    assert_eq!(home.run(&args).ok().out, first, "the same again");

    // The date moves nearer, and Tuesday is off: the same UIDs, a higher number, days cancelled.
    home.on("2026-11-22");
    home.run(&[
        "plan",
        "new",
        "--interview",
        "2026-11-26",
        "--off",
        "2026-11-24",
    ])
    .ok();
    let second = home.run(&["export", "ical"]).ok().out;
    let status = events(&second, "STATUS");
    let of = |uid: &str| {
        let mut own = status.iter().filter(|(own, _)| own == uid);
        own.next().map(|(_, status)| status.as_str())
    };
    assert_eq!(of("2026-11-23@greenroom"), Some(""));
    assert_eq!(of("2026-11-24@greenroom"), Some("CANCELLED"));
    assert_eq!(of("2026-11-27@greenroom"), Some("CANCELLED"));
    let mut uids: Vec<&str> = status.iter().map(|(uid, _)| uid.as_str()).collect();
    let count = uids.len();
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids.len(), count, "no event twice");
    let number = |calendar: &str| events(calendar, "SEQUENCE")[0].1.parse::<i64>().unwrap();
    assert!(number(&second) > number(&first));
    assert_eq!(events(&second, "DTSTART").last().unwrap().1, "20261126");
}

#[test]
fn without_a_plan_there_is_no_calendar() {
    Home::new()
        .run(&["export", "ical"])
        .fails(1, "greenroom plan new");
}

#[test]
fn today_fits_into_a_prompt_and_says_what_comes_next() {
    let mut home = planned();
    let line = home.run(&["today", "--short"]).ok().out;
    assert_eq!(line.lines().count(), 1);
    assert!(line.contains("then 2 more · 7 days"), "{line}");
    let next = home.json(&["today", "--next", "--json"]);
    assert_eq!(next["activity"]["kind"], "sprint");
    assert!(next["why"].as_str().unwrap().contains("not tried"));
    let command = next["command"].as_str().unwrap();
    assert!(command.starts_with("greenroom mock "), "{command}");
    let ran = home.run(&["today", "--next"]).ok();
    assert!(ran.out.contains(command));
    home.on("2026-11-28");
    home.run(&["today", "--short"]).ok().says("interview today");
}

#[test]
fn after_the_date_it_asks_how_it_went_and_goes_on() {
    let mut home = planned();
    home.run(&["plan", "went", "well"]).fails(1, "2026-11-28");
    home.on("2026-11-30");
    home.run(&["plan"]).ok().says("How did it go?");
    home.run(&["today"])
        .ok()
        .says("The interview is behind you");
    home.run(&["plan", "went", "so-so", "--note", "the serving part"])
        .ok()
        .says("The interview went so-so.");
    home.run(&["plan", "keep"]).ok().says("Keeping it up");
    let plan = home.json(&["plan", "--json"]);
    assert_eq!(plan["over"], false);
    let days = plan["days"].as_array().unwrap();
    assert_eq!(days.len(), 14);
    for day in days {
        let own = day["activities"].as_array().unwrap().iter();
        let minutes: u64 = own.map(|own| own["minutes"].as_u64().unwrap()).sum();
        assert!(minutes <= 20, "{day}");
    }
    home.run(&["plan", "new", "--interview", "21d"])
        .ok()
        .says("interview on Mon 21 Dec 2026");
}

#[test]
fn pages_to_print() {
    let home = planned();
    for args in [
        &["skeleton"][..],
        &["skeleton", "fraud-detection"],
        &["sheet"],
        &["plan"],
    ] {
        let as_format = |format: &str| {
            let mut args = args.to_vec();
            args.extend(["--format", format]);
            home.run(&args).ok().out
        };
        let html = as_format("html");
        assert!(html.starts_with("<!doctype html>") && html.trim_end().ends_with("</html>"));
        assert!(html.contains("@page"));
        assert!(as_format("md").starts_with("# "));
        let text = as_format("text");
        assert!(!text.contains('\u{1b}'));
    }
    home.run(&["skeleton"]).ok().says("3 Data");
    home.run(&["skeleton", "fraud-detection"])
        .ok()
        .says("Real-time payment fraud");
    home.run(&["skeleton", "toaster"]).fails(2, "no case");
    home.run(&["sheet"])
        .ok()
        .says("What you missed last")
        .says("Test size");
}

#[test]
fn what_a_mock_missed_stands_on_the_sheet_and_comes_back_as_a_sprint() {
    let mut home = planned();
    let mock = [
        "mock",
        "fraud-detection",
        "--plain",
        "--clock",
        "45",
        "--level",
        "senior",
        "--seed",
        "1",
    ];
    home.feed(&mock, "/wait 300\n/end\n").ok();
    home.run(&["sheet"]).ok().says("Real-time payment fraud · ");
    home.on("2026-11-22");
    let plan = home.json(&["plan", "--json"]);
    let first = &plan["days"][0]["activities"][0];
    assert!(
        first["id"].as_str().unwrap().starts_with("again-"),
        "{first}"
    );
    assert_eq!(first["case"], "fraud-detection");
    home.run(&["today", "--next"]).ok().says("1 or 2 of 4");
    let stats = home.json(&["stats", "--json"]);
    assert_eq!(stats["trends"].as_array().unwrap().len(), 10);
    assert!(stats["time"]
        .as_array()
        .unwrap()
        .iter()
        .any(|own| own["used"] == 300.0));
    assert_eq!(stats["streak"]["now"], 1);
    assert_eq!(stats["cases"][0]["case"], "fraud-detection");
    assert_eq!(stats["year"][0]["date"], "2026-11-21");
}

#[test]
fn a_reminder_is_printed_for_systemd_and_cron() {
    let home = Home::new();
    let week = [
        "plan",
        "new",
        "--week",
        "mon-fri 30",
        "--zone",
        "Europe/Berlin",
    ];
    home.run(&week).ok();
    let both = home.run(&["plan", "remind", "--at", "07:30"]).ok();
    let both = both
        .says("OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 07:30:00 Europe/Berlin")
        .says("CRON_TZ=Europe/Berlin\n30 7 * * 1,2,3,4,5 ");
    assert!(both.out.contains("today --short"));
    let cron = home.run(&["plan", "remind", "--for", "cron"]).ok().out;
    assert!(!cron.contains("[Timer]"));
    home.run(&["plan", "remind", "--at", "25:00"]).code_is(2);
}

impl Ran {
    fn code_is(self, code: i32) {
        assert_eq!(self.code, code, "{}", self.err);
    }
}
