//! How long grading takes, and whether it grows with the text only.

use crate::judged::repeated::REPEATED;
use crate::table::Table;
use greenroom::content::{Library, Step};
use greenroom::grading::{Answer, CaseRules, Lexicon};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

const CASE: &str = "video-recommendation";
const ITEMS: usize = 40;
/// Milliseconds for 1,000 words.
const BUDGET: f64 = 5.0;
const RUNS: usize = 300;
/// Bytes of a text that says one thing over and over.
const SHORT: usize = 16_000;
const LONG: usize = 256_000;
const MOST_GROWN: usize = 5;
const SIZES: [usize; 5] = [250, 1_000, 4_000, 16_000, 64_000];

pub(crate) fn print(library: &Library) {
    let lexicon = Lexicon::new(library.lexicon());
    let mut case = (*library.case(CASE).unwrap()).clone();
    case.rubric.truncate(ITEMS);
    let rules = CaseRules::compile(&case, &lexicon).unwrap();
    let prose = library.breakdown(CASE).unwrap();

    let times = timed(&rules, &answer(&prose, 1_000), RUNS);
    let items = case.rubric.len();
    println!("## Speed\n");
    let mut table = Table::new(&["what", "median", "max", "budget"]);
    table.row(vec![
        format!("1,000 words, {items} items, {RUNS} runs"),
        format!("{:.2} ms", median(&times)),
        format!("{:.2} ms", times.last().copied().unwrap_or_default()),
        format!("{BUDGET} ms"),
    ]);
    println!("{table}");

    let mut table = Table::new(&["words", "median, ms", "ns a word", "against 1,000"]);
    let per_word: Vec<(usize, f64, f64)> = SIZES
        .into_iter()
        .map(|words| {
            let runs = (64_000 / words).clamp(5, 50);
            let median = median(&timed(&rules, &answer(&prose, words), runs));
            (words, median, median * 1e6 / words as f64)
        })
        .collect();
    let unit = per_word.get(1).map_or(f64::NAN, |(_, _, ns)| *ns);
    for (words, median, ns) in per_word {
        table.row(vec![
            words.to_string(),
            format!("{median:.2}"),
            format!("{ns:.0}"),
            format!("{:.2}×", ns / unit),
        ]);
    }
    println!("{table}");
    growth(&rules);
}

/// What is said over and over: the parts that grow most, though no text should cost more than its
/// length.
fn growth(rules: &CaseRules) {
    let cost = |part: &str, bytes: usize| {
        let steps = [(Step::Data, part.repeat(bytes / part.len()))].into();
        let elsewhere = String::new();
        let answer = Answer { steps, elsewhere };
        median(&timed(rules, &answer, 3)) * 1e6 / bytes as f64
    };
    let mut parts: Vec<(&str, f64, f64)> = REPEATED
        .into_iter()
        .map(|part| (part, cost(part, SHORT), cost(part, LONG)))
        .collect();
    parts.sort_by(|(_, a, b), (_, c, d)| (d / c).total_cmp(&(b / a)));
    let long = format!("at {} kB", LONG / 1_000);
    let short = format!("ns a byte at {} kB", SHORT / 1_000);
    let mut table = Table::new(&["said over and over", &short, &long, "against it"]);
    for (part, short, long) in parts.into_iter().take(MOST_GROWN) {
        table.row(vec![
            format!("{part:?}"),
            format!("{short:.0}"),
            format!("{long:.0}"),
            format!("{:.2}×", long / short),
        ]);
    }
    println!("{table}");
}

/// So many words of the case's own breakdown, its lines dealt out to the seven steps in turn.
fn answer(prose: &str, words: usize) -> Answer {
    let mut steps: BTreeMap<Step, String> = BTreeMap::new();
    let mut left = words;
    let lines = prose.lines().filter(|line| !line.trim().is_empty());
    for (line, step) in lines.cycle().zip(Step::ALL.into_iter().cycle()) {
        let taken: Vec<&str> = line.split_whitespace().take(left).collect();
        left -= taken.len();
        let text = steps.entry(step).or_default();
        text.push_str(&taken.join(" "));
        text.push('\n');
        if left == 0 {
            break;
        }
    }
    Answer {
        steps,
        elsewhere: String::new(),
    }
}

/// Milliseconds, ascending.
fn timed(rules: &CaseRules, answer: &Answer, runs: usize) -> Vec<f64> {
    black_box(rules.grade(answer));
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            black_box(rules.grade(black_box(answer)));
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times
}

fn median(sorted: &[f64]) -> f64 {
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
