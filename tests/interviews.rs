//! Whole interviews from scripts of timed inputs: how each sort of candidate is listened to, what the
//! interviewer must and must not say, and that verdicts come in the right order.
//!
//! A script is what `greenroom mock CASE --plain` reads; `tests/data/interviews/any` holds those of
//! candidates who say the same whatever the case. `PRINT=1 cargo test --test interviews -- --nocapture`
//! prints every transcript with its reasons.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

mod talks;

use greenroom::content::{self, Kind, Level, Step};
use greenroom::grading::{Answer, Decision, Sheet, Verdict};
use greenroom::mock::{copied_share, Entry, Segment, Speaker, Trigger};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use talks::{library, Talk};

const VIDEO: &str = "video-recommendation";

#[test]
fn verdicts_come_in_the_right_order_on_every_ready_case() {
    for case in library().ready_cases() {
        let id = case.id.as_str();
        let order = [
            "ideal-staff",
            "ideal-senior",
            "book-reader",
            "list-reader",
            "silent",
        ];
        let totals: Vec<((f64, f64), &str)> = order
            .iter()
            .map(|name| (standing(&Talk::of(id, name).debrief.sheet), *name))
            .collect();
        println!("{id}: {totals:?}");
        let last = totals.len() - 1;
        for (at, pair) in totals.windows(2).enumerate() {
            // Who lists and who is silent may both have nothing.
            let right = pair[0].0 > pair[1].0 || at + 1 == last && pair[0].0 == pair[1].0;
            assert!(right, "{id}: {totals:?}");
        }
        let verdict = |name| Talk::of(id, name).debrief.sheet.verdict;
        assert_eq!(verdict("ideal-senior"), Decision::Hire, "{id}: {totals:?}");
        assert_eq!(verdict("ideal-staff"), Decision::Hire, "{id}: {totals:?}");
        assert_eq!(verdict("book-reader"), Decision::NoHire, "{id}: {totals:?}");
    }
}

/// The total, and what is finer: two who are as good as it measures may both have all points.
fn standing(sheet: &Sheet) -> (f64, f64) {
    let fine = sheet.dimensions.iter().map(|own| own.weight * own.fine());
    (sheet.total, fine.sum())
}

fn is_probe(why: &Trigger) -> bool {
    matches!(why, Trigger::Probe(_))
}

fn is_rung(why: &Trigger) -> bool {
    matches!(why, Trigger::Rung(..))
}

/// Lines that say something about the answer or the clock, not merely a reply to a question.
fn is_own(why: &Trigger) -> bool {
    !matches!(why, Trigger::Fact(_) | Trigger::Assume)
}

#[test]
fn who_is_silent_is_spoken_to_and_never_asked_to_go_deeper() {
    let talk = Talk::of(VIDEO, "silent");
    assert!(talk.count(|why| *why == Trigger::Silence) >= 5);
    assert!(talk.count(|why| matches!(why, Trigger::Nudge(_))) >= 5);
    assert_eq!(talk.count(|why| *why == Trigger::NoModel), 1);
    assert_eq!(talk.count(|why| *why == Trigger::Closing), 1);
    assert_eq!(talk.count(is_rung), 0, "there is nothing to go into");
    assert_eq!(talk.debrief.sheet.total, 0.0);
}

#[test]
fn who_rambles_is_stopped_and_reminded_of_the_model() {
    let talk = Talk::of(VIDEO, "rambling");
    for segment in [Segment::Clarify, Segment::Frame, Segment::Data] {
        assert_eq!(talk.count(|why| *why == Trigger::Nudge(segment)), 1);
        assert_eq!(talk.count(|why| *why == Trigger::Interject(segment)), 1);
    }
    assert_eq!(talk.count(|why| *why == Trigger::NoModel), 1);
    assert_eq!(talk.count(|why| *why == Trigger::NoEvaluation), 1);
    assert_eq!(
        talk.count(|why| *why == Trigger::Silence),
        0,
        "they never stop"
    );
    assert!(talk.count(is_own) >= 6);
    assert!(talk.debrief.sheet.total < 10.0);
}

#[test]
fn who_reads_a_list_is_asked_for_what_lies_behind_it() {
    let talk = Talk::of(VIDEO, "list-reader");
    assert!(talk.count(is_probe) >= 4);
    assert!(talk.count(is_own) >= 6);
    let deeper = talk.count(|why| matches!(why, Trigger::Rung(_, 1..)));
    assert_eq!(deeper, 0, "a list is no fair answer");
    let disagrees = |why: &Trigger| *why == Trigger::Curveball("i-disagree".into());
    assert_eq!(talk.count(disagrees), 0, "nothing was chosen");
}

#[test]
fn who_has_read_the_book_is_asked_the_second_question() {
    let talk = Talk::of(VIDEO, "book-reader");
    assert!(talk.count(is_probe) >= 4);
    assert!(talk.count(is_rung) >= 2, "the layer below");
    assert!(talk.count(is_own) >= 6);
}

#[test]
fn an_ideal_candidate_is_not_probed_nor_hurried() {
    for name in ["ideal-senior", "ideal-staff"] {
        let talk = Talk::of(VIDEO, name);
        assert!(talk.count(is_probe) <= 1, "{name}");
        let hurried = |why: &Trigger| {
            matches!(
                why,
                Trigger::Interject(_) | Trigger::NoModel | Trigger::NoEvaluation | Trigger::Silence
            )
        };
        assert_eq!(talk.count(hurried), 0, "{name}");
        assert_eq!(talk.count(|why| *why == Trigger::Assume), 0, "{name}");
        let facts = talk.debrief.facts.iter().filter(|fact| fact.key);
        assert!(facts.filter(|fact| fact.asked).count() >= 4, "{name}");
    }
}

#[test]
fn questions_for_staff_come_only_at_that_level() {
    let script = talks::script(VIDEO, "ideal-staff");
    let staff = |level| {
        let talk = Talk::at(VIDEO, &script, talks::SEED, level);
        talk.count(|why| {
            let Trigger::Curveball(id) = why else {
                return false;
            };
            let case = library().case(VIDEO).unwrap();
            let own = case.curveballs.iter().find(|ball| ball.id == id.as_str());
            let general = library().interviewer().curveballs.iter();
            let mut general = general.filter(|ball| ball.id == id.as_str());
            own.map(|ball| ball.level)
                .or_else(|| general.next().map(|ball| ball.level))
                == Some(Level::Staff)
        })
    };
    assert_eq!((staff(Level::Mid), staff(Level::Senior)), (0, 0));
    assert!(staff(Level::Staff) >= 1);
}

#[test]
fn twenty_questions_get_twenty_answers_and_an_end() {
    let talk = Talk::of(VIDEO, "twenty-questions");
    let facts: Vec<&str> = talk
        .lines()
        .filter_map(|entry| match &entry.why {
            Trigger::Fact(_) => Some(entry.text.as_str()),
            _ => None,
        })
        .collect();
    assert!(talk.record.facts_told.len() >= 13, "{facts:?}");
    assert!(talk.count(|why| *why == Trigger::Assume) >= 2);
    // Asked again, the answer is the same.
    let users: Vec<&&str> = facts
        .iter()
        .filter(|text| text.contains("hundred million people"))
        .collect();
    assert_eq!(users.len(), 2);
    assert!(
        users[1].ends_with(*users[0]) && users[1] != users[0],
        "{users:?}"
    );
    assert_eq!(
        talk.count(|why| *why == Trigger::Interject(Segment::Clarify)),
        1
    );
}

#[test]
fn who_skips_steps_is_asked_at_each_of_them() {
    let talk = Talk::of(VIDEO, "step-skipper");
    for segment in [
        Segment::Clarify,
        Segment::Frame,
        Segment::Data,
        Segment::Evaluate,
        Segment::Serve,
    ] {
        let probed = talk
            .lines()
            .filter(|entry| entry.segment == segment && is_probe(&entry.why));
        assert_eq!(probed.count(), 1, "{segment}");
    }
    assert_eq!(
        talk.count(|why| *why == Trigger::Interject(Segment::Model)),
        1
    );
    assert_eq!(talk.count(|why| *why == Trigger::NoModel), 0);
    let flags: Vec<&str> = talk
        .debrief
        .sheet
        .flags
        .iter()
        .map(|flag| flag.id.as_str())
        .collect();
    assert!(
        flags.contains(&"no-serving") && flags.contains(&"no-monitoring"),
        "{flags:?}"
    );
}

#[test]
fn who_pastes_the_breakdown_is_told_that_it_was_read() {
    let page = library().breakdown(VIDEO).unwrap();
    let mut script = String::new();
    for (section, step) in page.split("\n## ").skip(1).zip(Step::ALL) {
        let next = step.next().map_or("wrap-up", Step::id);
        let lines = section.lines().filter(|line| !line.trim().is_empty());
        let text: Vec<&str> = lines.filter(|line| !line.starts_with('/')).collect();
        let text = text.join("\n");
        let lines = [&text, "/wait 30", &format!("/next {next}\n").repeat(2)];
        script.push_str(&lines.join("\n"));
    }
    let talk = Talk::said(VIDEO, &script, talks::SEED);
    assert!(talk.count(is_probe) <= 2, "what is there is not asked for");
    let share = |talk: &Talk| copied_share(&talk.record, &page);
    assert!(share(&talk) > 0.9, "{}", share(&talk));
    for name in [
        "ideal-staff",
        "ideal-senior",
        "book-reader",
        "broken-english",
    ] {
        let own = Talk::of(VIDEO, name);
        assert!(share(&own) < 0.05, "{name}: {}", share(&own));
    }
}

#[test]
fn broken_english_is_understood() {
    let talk = Talk::of(VIDEO, "broken-english");
    for fact in ["traffic", "latency", "business-goal"] {
        assert!(talk.record.facts_told.contains(fact), "{fact}");
    }
    let book = Talk::of(VIDEO, "book-reader");
    let (own, book) = (talk.debrief.sheet.total, book.debrief.sheet.total);
    assert!(own >= book + 15.0, "{own} {book}");
}

#[test]
fn who_changes_their_mind_is_taken_at_the_last_word() {
    let talk = Talk::of(VIDEO, "changes-mind");
    for item in [
        "funnel",
        "time-split",
        "positive-label",
        "two-tower",
        "simple-baseline",
    ] {
        let probe = Trigger::Probe(item.to_owned());
        assert_eq!(talk.count(|why| *why == probe), 0, "{item}");
        let verdict = talk.debrief.sheet.item(item).unwrap().verdict;
        assert_ne!(verdict, Verdict::Missed, "{item}");
    }
    let book = Talk::of(VIDEO, "book-reader").debrief.sheet.total;
    assert!(talk.debrief.sheet.total >= book + 15.0);
}

#[test]
fn the_same_script_says_the_same_and_another_seed_says_it_otherwise() {
    let script = talks::script(VIDEO, "rambling");
    let go = |seed| {
        let talk = Talk::said(VIDEO, &script, seed);
        serde_json::to_string(&(&talk.record, &talk.debrief)).unwrap()
    };
    assert_eq!(go(1), go(1));
    let lines = |seed| {
        let talk = Talk::said(VIDEO, &script, seed);
        let lines: Vec<(Trigger, String)> = talk
            .lines()
            .map(|entry| (entry.why.clone(), entry.text.clone()))
            .collect();
        lines
    };
    let (one, two) = (lines(1), lines(2));
    assert_ne!(one, two);
    let why = |lines: &[(Trigger, String)]| -> Vec<Trigger> {
        lines.iter().map(|(why, _)| why.clone()).collect()
    };
    assert_eq!(why(&one), why(&two), "chance picks the words only");
}

#[test]
fn no_line_comes_twice_and_no_question_while_another_waits() {
    for case in [VIDEO, "fraud-detection", "ad-click-prediction"] {
        for name in [
            "silent",
            "list-reader",
            "book-reader",
            "ideal-senior",
            "ideal-staff",
        ] {
            let talk = Talk::of(case, name);
            let mut said = BTreeSet::new();
            for entry in talk
                .lines()
                .filter(|entry| !matches!(entry.why, Trigger::Fact(_)))
            {
                assert!(
                    said.insert(&entry.text),
                    "{case} {name}: twice: {}",
                    entry.text
                );
                assert!(
                    !entry.because.is_empty(),
                    "{case} {name}: no reason: {}",
                    entry.text
                );
            }
            let asked: Vec<u32> = talk
                .lines()
                .filter(|entry| entry.why.is_question())
                .map(|entry| entry.at)
                .collect();
            assert_eq!(talk.record.questions.len(), asked.len(), "{case} {name}");
            assert!(talk.record.open.is_none());
        }
    }
}

/// A probe that is only said back makes no point: not even its own.
#[test]
fn a_probe_given_back_as_an_answer_does_not_hit_its_own_item() {
    let mut probes = 0;
    for head in library().ready_cases() {
        let setting = talks::of_case(&head.id);
        for item in &setting.case.rubric {
            probes += 1;
            let segment = Segment::from(item.step);
            let mut record = talks::record(&head.id, Level::Senior, talks::SEED);
            record.transcript.push(Entry {
                at: 0,
                segment,
                speaker: Speaker::Interviewer,
                text: format!("One detail. {}", item.probe),
                why: Trigger::Probe(item.id.to_string()),
                because: String::new(),
            });
            let back = item.probe.trim().trim_end_matches('?').to_owned();
            record.answers.insert(segment, format!("- {back}"));
            let graded = setting.rules.grade(&Answer {
                steps: record.said(),
                elsewhere: String::new(),
            });
            let verdict = graded.item(item.id.as_str()).unwrap().verdict;
            assert_ne!(verdict, Verdict::Hit, "{}: {}", head.id, item.id);
        }
    }
    assert!(probes > 150, "{probes}");
}

/// What a question itself says was said or asked for before it came.
#[test]
fn the_interviewer_never_reveals_a_point_that_was_not_yet_probed() {
    let mut questions = 0;
    for (case, name) in talks::all() {
        let setting = talks::of_case(case);
        let points = |step: Step, text: &str| -> BTreeSet<String> {
            let graded = setting.rules.grade(&Answer {
                steps: BTreeMap::from([(step, text.to_owned())]),
                elsewhere: String::new(),
            });
            let hits = graded.items.into_iter().filter(|item| {
                item.verdict == Verdict::Hit
                    && setting.case.item(item.id.as_str()).unwrap().kind != Kind::RedFlag
            });
            hits.map(|item| item.id.to_string()).collect()
        };
        talks::each_line(case, name, |before, entry| {
            let Some(step) = entry.segment.step().filter(|_| entry.why.is_question()) else {
                return;
            };
            questions += 1;
            let mut told = points(step, &entry.text);
            if let Trigger::Probe(own) = &entry.why {
                told.remove(own);
            }
            if told.is_empty() {
                return;
            }
            let said = setting.rules.grade(&Answer {
                steps: before.said(),
                elsewhere: String::new(),
            });
            told.retain(|id| said.item(id).unwrap().verdict != Verdict::Hit);
            for asked in &before.fired {
                if let Trigger::Probe(id) = asked {
                    told.remove(id);
                }
            }
            // Points that an earlier question was about: what its strong answer makes.
            let earlier = before
                .fired
                .iter()
                .filter_map(|why| talks::answers(&setting, why));
            for (step, text) in earlier {
                for id in points(step, &text) {
                    told.remove(&id);
                }
            }
            assert!(
                told.is_empty(),
                "{case} {name}: “{}” tells {told:?}",
                entry.text
            );
        });
    }
    assert!(questions > 50, "{questions}");
}

/// A label for every line that the interviewer said in the scripts: in its place, or not and why.
/// `LABELS=1` prints the lines that have no label yet.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    in_place: BTreeSet<String>,
    #[serde(default)]
    out_of_place: BTreeMap<String, String>,
}

/// How a label names a line.
fn label(entry: &Entry) -> String {
    match &entry.why {
        Trigger::Nudge(segment) => format!("nudge {segment}"),
        Trigger::Interject(segment) => format!("interject {segment}"),
        Trigger::Probe(id) => format!("probe {id}"),
        Trigger::Curveball(id) => format!("curveball {id}"),
        Trigger::Rung(id, at) => format!("rung {id} {at}"),
        Trigger::Fact(id) => format!("fact {id}"),
        Trigger::Assume => format!(
            "assume {}",
            entry
                .because
                .split('“')
                .nth(1)
                .unwrap_or_default()
                .trim_end_matches('”')
        ),
        Trigger::Silence => format!("silence {}", entry.segment),
        other => format!("{other:?}").to_lowercase(),
    }
}

#[test]
fn at_most_two_lines_in_a_hundred_are_out_of_place() {
    let path = talks::folder().join("labels.yaml");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let all: BTreeMap<String, Labels> = content::parse(&text, "labels.yaml").unwrap_or_default();
    let (mut lines, mut out, mut unknown) = (0, Vec::new(), BTreeMap::new());
    // Cases whose interviews nobody has judged yet are not counted.
    let judged = |case: &str| all.keys().any(|key| key.split('/').next() == Some(case));
    let new = std::env::var_os("LABELS").is_some();
    for (case, name) in talks::all() {
        if !judged(case) && !new {
            continue;
        }
        let key = format!("{case}/{name}");
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for entry in Talk::of(case, name).lines() {
            lines += 1;
            let line = label(entry);
            // Said again, it has a label of its own.
            let time = times.entry(line.clone()).or_default();
            *time += 1;
            let line = match *time {
                1 => line,
                time => format!("{line} ({time})"),
            };
            let own = all.get(&key);
            if own.is_some_and(|own| own.out_of_place.contains_key(&line)) {
                out.push(format!("{key}: {line}"));
            } else if !own.is_some_and(|own| own.in_place.contains(&line)) {
                unknown
                    .entry(key.clone())
                    .or_insert_with(Vec::new)
                    .push(line);
            }
        }
    }
    println!("{} of {lines} lines are out of place: {out:#?}", out.len());
    if new {
        for (key, lines) in &unknown {
            println!("{key}:\n  in_place:");
            for line in lines {
                println!("    - {line:?}");
            }
        }
    }
    assert!(unknown.is_empty(), "without a label: {unknown:#?}");
    assert!(lines > 150 && out.len() * 50 <= lines, "{out:#?}");
}
