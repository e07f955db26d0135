//! Grading texts that nobody should write: it never panics, quotes the text as it stands, says the
//! same twice, and does not grow faster than the text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "judged/repeated.rs"]
mod repeated;

use greenroom::content::{Case, Level, Library, Step};
use greenroom::grading::{score, Answer, CaseRules, Graded, Lexicon};
use proptest::prelude::*;
use repeated::REPEATED;
use std::sync::{Arc, LazyLock};

const MEGABYTE: usize = 1_000_000;

struct World {
    library: Library,
    case: Arc<Case>,
    rules: CaseRules,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let library = Library::open(&[], None);
    let case = library.case("video-recommendation").unwrap();
    let rules = CaseRules::compile(&case, &Lexicon::new(library.lexicon())).unwrap();
    World {
        library,
        case,
        rules,
    }
});

/// A sentence that hits, so that there is evidence to quote among the noise.
fn said() -> &'static str {
    &WORLD.case.rubric[8].examples.hit[0]
}

fn step() -> Step {
    WORLD.case.rubric[8].step
}

/// The text in every step and outside of them.
fn everywhere(text: &str) -> Answer {
    Answer {
        steps: Step::ALL.map(|step| (step, text.to_owned())).into(),
        elsewhere: text.to_owned(),
    }
}

fn alone(text: String) -> Answer {
    Answer {
        steps: [(step(), text)].into(),
        elsewhere: String::new(),
    }
}

/// Graded and scored twice to the same bytes, every quote cut at characters of its own text.
fn graded(answer: &Answer) -> Graded {
    let world = &*WORLD;
    let graded = world.rules.grade(answer);
    for item in &graded.items {
        for evidence in &item.evidence {
            let text = match evidence.step {
                Some(step) => answer.steps.get(&step).unwrap(),
                None => &answer.elsewhere,
            };
            let quoted = text.get(evidence.start..evidence.end);
            assert_eq!(quoted, Some(evidence.text.as_str()), "{}", item.id);
        }
    }
    let sheet = |graded: &Graded| {
        let rubric = world.library.rubric();
        let sheet = score(&world.case, rubric, graded, None, Level::Senior);
        assert!((0.0..=100.0).contains(&sheet.total));
        serde_json::to_string(&sheet).unwrap()
    };
    let again = world.rules.grade(answer);
    assert_eq!(
        serde_json::to_string(&graded).unwrap(),
        serde_json::to_string(&again).unwrap()
    );
    assert_eq!(sheet(&graded), sheet(&again));
    graded
}

fn filled(part: &str, bytes: usize) -> String {
    part.repeat(bytes.div_ceil(part.len()))
}

/// Texts by name; `said` stands in the middle of each.
fn hostile() -> Vec<(&'static str, String)> {
    let said = said();
    let around = |before: &str, after: &str| format!("{before}{said}{after}");
    let noise = |part: &str| {
        let half = filled(part, 2_000);
        format!("{half}\n\n{said}\n\n{half}")
    };
    vec![
        ("nothing", String::new()),
        ("blanks", " \t\r\n\u{a0}\u{2003}\u{3000}".repeat(50)),
        ("no spaces", noise("retrievalrankingnotnever")),
        ("emoji", noise("👩‍👩‍👧‍👦🇮🇳✅🧑🏽‍💻 ")),
        ("emoji in words", said.replace(' ', "🙂")),
        (
            "right to left",
            noise("نستخدم نموذجا بسيطا أولا، ثم נמדוד. "),
        ),
        (
            "direction marks",
            around("\u{202e}\u{2066}", "\u{2069}\u{202c}"),
        ),
        (
            "control characters",
            noise("\u{0}\u{7}\u{8}\u{1b}[31m\u{7f}\u{9b}"),
        ),
        ("zero width", said.replace(' ', "\u{200b}\u{feff} ")),
        (
            "joined marks",
            noise("e\u{301}\u{302}\u{303}\u{304}\u{305}"),
        ),
        ("forms that fold longer", noise("ﬃ ㍿ ﷺ ½ Ⅷ ß İ ")),
        (
            "Markdown",
            noise("# **a** _b_ `c` [d](e) ~~f~~\n> - 1. * \n| g | h |\n|--|--|\n"),
        ),
        (
            "code",
            around(
                "```rust\nfn main() { let p99 = 200; }\n```\n",
                "\n```\nunclosed",
            ),
        ),
        ("html", noise("<b onclick=\"x()\">&amp;&#0;</b><!-- ")),
        (
            "Chinese and Japanese",
            noise("先用双塔召回，再用排序模型。推薦システムを設計する。"),
        ),
        ("Hindi, Thai", noise("पहले लक्ष्य तय करें। เราใช้โมเดลง่ายๆ ก่อน ")),
        ("Russian, Greek", noise("Сначала метрика. Όχι το μοντέλο. ")),
        (
            "negations",
            noise("not never no without don't neither nor "),
        ),
        (
            "numbers",
            noise("1e999 -0 ∞ 1,000,000.5.5.5 10^400 99999999999999999999% 1/0 "),
        ),
        ("dots", noise("....?!?!...;;;:::---—— ")),
        ("brackets", noise("((([[[{{{")),
        ("line ends", said.replace(' ', "\r")),
    ]
}

#[test]
fn no_text_harms_the_grading() {
    for (name, text) in hostile() {
        let found = graded(&alone(text.clone()));
        assert_eq!(found.items.len(), WORLD.case.rubric.len(), "{name}");
        graded(&everywhere(&text));
    }
}

#[test]
fn nothing_said_is_nothing_found() {
    for text in ["", " \n\t", "🙂", "\u{0}", "```\n```", "...", "नमस्ते"] {
        let found = graded(&everywhere(text));
        assert!(found.items.iter().all(|item| item.evidence.is_empty()));
    }
}

/// Single letters once took a minute for 60 kB: whatever grows faster than the text does not end here.
#[test]
fn what_is_said_over_and_over_is_graded() {
    for part in REPEATED {
        quotes_hold(filled(part, 40_000));
    }
}

#[test]
fn a_megabyte_is_graded() {
    let sentence = format!("{} ", said());
    for part in ["x", sentence.as_str()] {
        quotes_hold(filled(part, MEGABYTE));
    }
    // Linear too, but every word of it negates: a tenth is enough for a test.
    quotes_hold(filled("not ", MEGABYTE / 10));
}

fn quotes_hold(text: String) {
    let answer = alone(text);
    let text = &answer.steps[&step()];
    let found = WORLD.rules.grade(&answer);
    for evidence in found.items.iter().flat_map(|item| &item.evidence) {
        let quoted = text.get(evidence.start..evidence.end);
        assert_eq!(quoted, Some(evidence.text.as_str()));
    }
}

/// What grading hands on stays as small as what was asked, however long the text is: evidence
/// does not pile up, and words are counted once.
#[test]
fn what_is_found_does_not_grow_with_the_text() {
    let count = |times: usize| {
        let found = WORLD
            .rules
            .grade(&alone(format!("{}\n\n", said()).repeat(times)));
        let quotes: usize = found.items.iter().map(|item| item.evidence.len()).sum();
        (quotes, found.words[&step()])
    };
    let (few, words) = count(20);
    let (many, more_words) = count(200);
    assert_eq!(more_words, 10 * words);
    assert!(many <= few.max(1) * 10, "{few} quotes, then {many}");
}

/// Pieces that a text of bad luck is made of.
fn piece() -> impl Strategy<Value = String> {
    let rubric = &WORLD.case.rubric;
    let examples: Vec<String> = rubric
        .iter()
        .flat_map(|item| item.examples.hit.iter().chain(&item.examples.miss))
        .flat_map(|text| text.split_inclusive(' '))
        .map(str::to_owned)
        .collect();
    prop_oneof![
        6 => prop::sample::select(examples),
        1 => any::<String>(),
        1 => any::<char>().prop_map(String::from),
        1 => prop::sample::select(vec![
            "not ", "n't ", "no ", "without ", "instead of ", "rather than ", "\n\n", ". ", "- ",
            "```", "p99 ", "10k ", "1e9", "%", "\u{301}", "🙂", "ﷺ", "\r\n", "(", ")",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_graded(pieces in prop::collection::vec(piece(), 0..60)) {
        graded(&everywhere(&pieces.concat()));
    }
}
