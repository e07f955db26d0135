//! What a learner waits for, measured on the release program: `cargo bench --bench spine`.
//!
//! Each figure is a median; next to it stands the share of its budget. `--quick` leaves out the
//! million reviews and shortens the minute of idling; `disk` only reads the reviews from disk.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::string_slice)]

mod made;
#[path = "../../tests/pty/mod.rs"]
mod pty;
mod table;

use greenroom::content::{Level, Step};
use greenroom::desk::{Config, Desk, Paths, Practice, Setup};
use greenroom::drill::{Input, Phase, Reply, Session};
use greenroom::grading::{score, Answer, CaseRules};
use greenroom::markdown;
use greenroom::memory::{Law, Rating, Trace};
use greenroom::progress::{Rated, Store};
use made::{now, NOW};
use pty::Pty;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use table::{ms, Table};

const PROGRAM: &str = env!("CARGO_BIN_EXE_greenroom");
/// Change it with what `made` makes: what was made before is used again.
const MADE: &str = "spine-1";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // `cargo test --all-targets` runs this too.
    if arguments.iter().any(|argument| argument == "--bench") {
        let has = |word: &str| arguments.iter().any(|argument| argument == word);
        measure(has("--quick"), has("disk"));
    }
}

/// A learner of the measurement: where everything lives.
struct World {
    home: PathBuf,
    pack: Option<PathBuf>,
}

impl World {
    fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    fn variables(&self) -> Vec<(String, String)> {
        let mut all = vec![
            ("GREENROOM_NOW".to_owned(), NOW.to_owned()),
            ("GREENROOM_DATA_DIR".to_owned(), shown(&self.data())),
        ];
        let pack = self.pack.iter();
        all.extend(pack.map(|pack| ("GREENROOM_CONTENT".to_owned(), shown(pack))));
        all
    }

    /// The whole process, its output thrown away.
    fn run(&self, arguments: &[&str]) {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).env_clear().env("HOME", &self.home);
        command.envs(self.variables()).stdin(Stdio::null());
        let output = command.output().unwrap();
        assert!(
            output.status.code().is_some_and(|code| code <= 1),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(!output.stdout.is_empty(), "{arguments:?} said nothing");
    }

    fn desk(&self) -> Desk {
        let data = self.data();
        let setup = Setup {
            packs: self.pack.clone().into_iter().collect(),
            paths: Paths {
                config: self.home.join("config.yaml"),
                cache: Some(data.join("cache")),
                data,
            },
            config: Config::default(),
            chance: 7,
            zone: None,
        };
        Desk::open(setup, now()).unwrap()
    }

    /// The home screen, once it is there.
    fn screen(&self, size: (u16, u16)) -> Pty {
        // The harness names it, and a file that is named must be there.
        fs::write(self.home.join("config.yaml"), "").unwrap();
        let own = self.variables();
        let variables: Vec<(&str, &str)> = own
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        let pty = Pty::start_with(&self.home, &[], &variables, size);
        until(&pty, |screen| screen.contains("Where you stand"));
        pty
    }

    /// Today's backup, which a first start of the day makes behind the screen.
    fn settle(&self) {
        Store::auto_backup(&self.data(), now()).unwrap();
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Looks far more often than the tests do.
fn until(pty: &Pty, holds: impl Fn(&str) -> bool) {
    let start = Instant::now();
    while !holds(&pty.screen()) {
        assert!(start.elapsed().as_secs() < 60, "{}", pty.screen());
        thread::sleep(Duration::from_micros(200));
    }
}

/// How long each run takes, the first one left out.
fn times(runs: usize, mut work: impl FnMut()) -> Vec<f64> {
    work();
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            ms(start.elapsed())
        })
        .collect()
}

/// The same for whole processes, with the processor time of one of them, which does not depend on
/// who else uses the machine.
fn processes(runs: usize, mut work: impl FnMut()) -> (Vec<f64>, f64) {
    work();
    let before = children();
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        work();
        ms(start.elapsed())
    });
    let times = times.collect();
    (times, (children() - before) / runs as f64)
}

/// Milliseconds of processor that ended children have used; a tick is 10 ms.
fn children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    let ticks = fields
        .skip(13)
        .take(2)
        .filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() * 10.0
}

fn measure(quick: bool, disk: bool) {
    let made = Path::new(env!("CARGO_TARGET_TMPDIR")).join(MADE);
    let pack = made.join("pack");
    once(&pack, made::pack);
    let fresh = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let small = World {
        home: fresh.path().join("small"),
        pack: None,
    };
    fs::create_dir_all(small.data()).unwrap();
    first_run(&small);
    small.settle();

    let mut table = Table::default();
    if !disk {
        whole_process(&mut table, &small);
        content(&mut table, &small, fresh.path(), &pack);
    }
    let mut sizes = vec![("95,000", 95_000, 400, 40.0)];
    if !quick {
        sizes.push(("997,500", 997_500, 1_000, 100.0));
    }
    for (name, reviews, days, budget) in sizes {
        let home = made.join(format!("reviews-{reviews}"));
        once(&home, |home| {
            made::progress(&home.join("data"), reviews, days);
        });
        let world = World {
            home,
            pack: Some(pack.clone()),
        };
        world.settle();
        replayed(&mut table, &world, name, 1_500.0 * reviews as f64 / 1e6);
        if disk {
            continue;
        }
        queue(&mut table, &world, name, budget);
        answers(&mut table, &world, name, fresh.path());
        first_frame(
            &mut table,
            &world,
            &format!("10,000 drills, {name} reviews"),
        );
        keys(
            &mut table,
            &world,
            &format!("10,000 drills, {name} reviews"),
        );
    }
    if disk {
        return print!("{table}");
    }
    first_frame(&mut table, &small, "built-in content");
    keys(&mut table, &small, "built-in content");
    idle(&mut table, &small, if quick { 20 } else { 60 });
    let size = fs::metadata(PROGRAM).unwrap().len();
    table.size("the program on disk", size as f64 / MIB, None, "");
    print!("{table}");
}

const MIB: f64 = 1_048_576.0;

/// Makes something unless a whole one is there already.
fn once(path: &Path, make: impl Fn(&Path)) {
    if !path.exists() {
        let half = path.with_extension("half");
        let _ = fs::remove_dir_all(&half);
        fs::create_dir_all(&half).unwrap();
        make(&half);
        fs::rename(&half, path).unwrap();
    }
}

/// Goes through the welcome, so that later starts show the home screen at once.
fn first_run(world: &World) {
    fs::write(world.home.join("config.yaml"), "").unwrap();
    let mut pty = Pty::start_with(&world.home, &[], &[("GREENROOM_NOW", NOW)], (80, 24));
    pty.wait("When is the interview?");
    pty.press("\x1b");
    pty.wait("Where you stand");
    pty.press("q");
    assert_eq!(pty.ended(), 0);
}

fn whole_process(table: &mut Table, world: &World) {
    let runs = processes(40, || world.run(&["--version"]));
    table.process(
        "--version, whole process",
        &runs,
        Some(5.0),
        "hashcards 2, carddown 4, repeater 7, Anki 295",
    );
    let runs = processes(20, || world.run(&["today", "--json"]));
    table.process("today --json, built-in content", &runs, Some(40.0), "");
}

fn content(table: &mut Table, small: &World, scratch: &Path, pack: &Path) {
    let runs = processes(5, || small.run(&["check"]));
    table.process("check, built-in content", &runs, None, "");
    let folder = shown(pack);
    let runs = processes(3, || small.run(&["check", &folder]));
    table.process(
        "check, 10,000 drills in 50 files",
        &runs,
        None,
        "hashcards 123, carddown 209, repeater 281",
    );
    let world = World {
        home: scratch.join("new"),
        pack: Some(pack.to_path_buf()),
    };
    fs::create_dir_all(&world.home).unwrap();
    let runs = processes(5, || {
        let _ = fs::remove_dir_all(world.data());
        world.run(&["today", "--json"]);
    });
    table.process(
        "first start with 10,000 drills, all new",
        &runs,
        None,
        "carddown 220, Anki 350–600, repeater 1,500, hashcards 113,000",
    );
    grading(table, small);
}

fn grading(table: &mut Table, world: &World) {
    let desk = world.desk();
    let head = desk.library.ready_cases().next().unwrap();
    let case = desk.library.case(&head.id).unwrap();
    let text = thousand_words(&desk.library.breakdown(&head.id).unwrap());
    let file = world.home.join("answer.md");
    fs::write(&file, &text).unwrap();
    let (id, file) = (head.id.clone(), shown(&file));
    let runs = times(20, || {
        world.run(&["grade", &id, "--answer", &file, "--json"]);
    });
    table.time("grade 1,000 words, whole process", &runs, None, "");

    let rules = CaseRules::compile(&case, desk.lexicon()).unwrap();
    let answer = Answer {
        steps: markdown::sections(&text)
            .into_iter()
            .zip(Step::ALL)
            .map(|(section, step)| (step, text[section.body].to_owned()))
            .collect(),
        elsewhere: String::new(),
    };
    let runs = times(40, || {
        let graded = rules.grade(&answer);
        score(&case, desk.library.rubric(), &graded, None, Level::Senior);
    });
    table.time("grade 1,000 words, rules compiled", &runs, None, "");
}

/// The first words of each section of a breakdown, under a heading that names the step.
fn thousand_words(breakdown: &str) -> String {
    let sections = markdown::sections(breakdown);
    let parts = sections.iter().zip(Step::ALL).map(|(section, step)| {
        let words: Vec<&str> = breakdown[section.body.clone()]
            .split_whitespace()
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .take(143)
            .collect();
        format!("## {}\n\n{}\n", step.id(), words.join(" "))
    });
    parts.collect::<Vec<_>>().join("\n")
}

fn queue(table: &mut Table, world: &World, reviews: &str, budget: f64) {
    let mut due = 0;
    let mut opening = Vec::new();
    let mut first = Vec::new();
    let mut again = Vec::new();
    for _ in 0..11 {
        let start = Instant::now();
        let desk = world.desk();
        opening.push(ms(start.elapsed()));
        for runs in [&mut first, &mut again] {
            let start = Instant::now();
            due = desk.queue(&Practice::default(), now()).len();
            runs.push(ms(start.elapsed()));
        }
    }
    let what = |what: &str| format!("{what}, 10,000 drills, {reviews} reviews");
    table.time(
        &what("open the desk"),
        &opening,
        None,
        "Anki opens in 95–125",
    );
    table.time(
        &what(&format!("queue, first ({due} drills)")),
        &first,
        Some(budget),
        "Anki 6–13",
    );
    table.time(&what("queue, again"), &again, None, "Anki 6–13");
    let runs = processes(15, || world.run(&["today", "--json"]));
    table.process(
        &what("today --json, whole process"),
        &runs,
        Some(budget),
        "hashcards 116, repeater 281",
    );
}

/// Answers to drills, each on disk when the call returns. On a copy: the original stays.
fn answers(table: &mut Table, world: &World, reviews: &str, scratch: &Path) {
    let copy = World {
        home: scratch.join(format!("copy-{reviews}")),
        pack: world.pack.clone(),
    };
    fs::create_dir_all(copy.data()).unwrap();
    fs::copy(
        world.data().join("progress.db"),
        copy.data().join("progress.db"),
    )
    .unwrap();
    let mut desk = copy.desk();
    let practice = Practice {
        seed: Some(1),
        ..Practice::default()
    };
    let (mut session, faults) = desk.start_drills(&practice, now());
    assert!(faults.is_empty(), "{faults:?}");
    let mut runs = Vec::new();
    while runs.len() < 100 && *session.phase() != Phase::Over {
        let reply = reply(&session);
        desk.practise(&mut session, Input::Answer(vec![reply]), now());
        let start = Instant::now();
        desk.practise(&mut session, Input::Confidence(3), now());
        runs.push(ms(start.elapsed()));
        desk.practise(&mut session, Input::ShowAnswer, now());
        desk.practise(&mut session, Input::Next, now());
    }
    assert!(runs.len() == 100 && desk.unsaved_line().is_none());
    table.time(
        &format!("one answer, graded and on disk, {reviews} reviews"),
        &runs,
        Some(10.0),
        "Anki 3.7, repeater 28–43; in memory only: hashcards 0.6–0.8, carddown 14–24",
    );
}

/// Every review read from disk, and where its drill stands worked out from the first answer on.
fn replayed(table: &mut Table, world: &World, reviews: &str, budget: f64) {
    let store = Store::open(&world.data(), now(), 1).unwrap().store;
    let law = Law::default();
    let runs = times(3, || {
        let ratings = store.ratings().unwrap();
        let traces = ratings.values().filter_map(|own| replay(&law, own));
        assert!(black_box(traces.count()) > 1_000);
    });
    table.time(
        &format!("{reviews} reviews read from disk and replayed"),
        &runs,
        Some(budget),
        "",
    );
}

fn replay(law: &Law, ratings: &[Rated]) -> Option<Trace> {
    let mut before: Option<(Trace, i64)> = None;
    for rated in ratings {
        let rating = Rating::from_number(rated.rating)?;
        let day = rated.at.timestamp().div_euclid(24 * 60 * 60);
        let days = before.map_or(0, |(_, last)| (day - last).max(0));
        let trace = law.step(before.map(|own| own.0), u32::try_from(days).ok()?, rating)?;
        before = Some((trace, day));
    }
    before.map(|own| own.0)
}

fn reply(session: &Session) -> Reply {
    match session.asked().unwrap().queued.head.format.as_str() {
        "order" => Reply::Arranged(["look", "shed", "grow"].map(str::to_owned).into()),
        "match" => Reply::Paired(Vec::new()),
        _ => Reply::Text("The slowest hundredth first, then the queue in front.".to_owned()),
    }
}

fn first_frame(table: &mut Table, world: &World, name: &str) {
    let (mut peak, mut runs) = (Vec::new(), Vec::new());
    for _ in 0..16 {
        let start = Instant::now();
        let mut pty = world.screen((80, 24));
        runs.push(ms(start.elapsed()));
        let status = fs::read_to_string(format!("/proc/{}/status", pty.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        peak.extend(kib.map(|kib| kib / 1024.0));
        pty.press("q");
        assert_eq!(pty.ended(), 0);
    }
    runs.remove(0);
    table.time(
        &format!("start to home screen, {name}"),
        &runs,
        Some(60.0),
        "carddown 50–99, repeater 172–447, hashcards 263–278",
    );
    table.size(
        &format!("peak memory at home, {name}"),
        table::median(&peak),
        Some(30.0),
        "",
    );
}

/// From a key written into a 200×60 terminal to the changed screen.
fn keys(table: &mut Table, world: &World, name: &str) {
    let mut pty = world.screen((200, 60));
    let (mut help, mut home) = (Vec::new(), Vec::new());
    for _ in 0..25 {
        help.push(press(&mut pty, "?"));
        home.push(press(&mut pty, "\x1b"));
    }
    table.time(
        &format!("key to frame: help opens, {name}"),
        &help,
        Some(5.0),
        "",
    );
    table.time(
        &format!("key to frame: back home, {name}"),
        &home,
        Some(5.0),
        "",
    );
    press(&mut pty, "\x1bo");
    let letters = "what the queue in front of the ranker hides from us";
    let typed: Vec<f64> = letters
        .split_inclusive(|_| true)
        .filter(|letter| *letter != " ")
        .map(|letter| press(&mut pty, letter))
        .collect();
    table.time(
        &format!("key to frame: a letter of a note, {name}"),
        &typed,
        Some(5.0),
        "",
    );
}

fn press(pty: &mut Pty, key: &str) -> f64 {
    // What the last key changed has to come to rest first.
    thread::sleep(Duration::from_millis(30));
    let before = pty.screen();
    let start = Instant::now();
    pty.press(key);
    until(pty, |screen| screen != before);
    ms(start.elapsed())
}

fn idle(table: &mut Table, world: &World, seconds: u64) {
    let pty = world.screen((80, 24));
    thread::sleep(Duration::from_secs(1));
    let before = pty.ticks();
    thread::sleep(Duration::from_secs(seconds));
    // A tick is 10 ms.
    let used = (pty.ticks() - before) as f64 * 10.0;
    table.time(
        &format!("processor time of {seconds} s idle at home"),
        &[used],
        Some(10.0),
        "",
    );
}
