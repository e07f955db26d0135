//! Pairs that the rules grade wrongly: in full for dev, in numbers for test.

use crate::judged::answers::Gold;
use crate::judged::pairs::{Pair, Part};
use crate::table::Table;
use greenroom::grading::Verdict;
use std::collections::BTreeMap;

pub(crate) fn print(part: Option<&str>, pairs: &[Pair<'_>], verdicts: &[Verdict]) {
    match part {
        Some("dev") => in_full(pairs, verdicts),
        Some("test") => in_numbers(pairs, verdicts),
        _ => println!("--misses dev, or --misses test for numbers without texts"),
    }
}

/// A good answer must hit, a wrong one conflict, and nothing else may hit.
fn is_wrong(gold: Gold, verdict: Verdict) -> bool {
    match gold {
        Gold::Good => verdict != Verdict::Hit,
        Gold::Wrong => verdict != Verdict::Conflict,
        Gold::Near | Gold::Stuffing | Gold::OffTopic | Gold::Empty => verdict == Verdict::Hit,
    }
}

fn of<'a>(
    part: Part,
    pairs: &'a [Pair<'a>],
    verdicts: &'a [Verdict],
) -> impl Iterator<Item = (&'a Pair<'a>, Verdict)> {
    let judged = pairs.iter().zip(verdicts.iter().copied());
    judged.filter(move |(pair, _)| pair.is_in(part))
}

fn in_full(pairs: &[Pair<'_>], verdicts: &[Verdict]) {
    let mut wrong: Vec<(&Pair<'_>, Verdict)> = of(Part::Dev, pairs, verdicts)
        .filter(|(pair, verdict)| is_wrong(pair.gold, *verdict))
        .collect();
    wrong.sort_by_key(|(pair, verdict)| (pair.key(), pair.gold, *verdict));
    for (pair, verdict) in &wrong {
        let (case, item) = pair.key();
        let text = pair.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let voice = pair.voice.map_or("", |voice| voice.id());
        println!(
            "{case}/{item}  {}  {voice}  {verdict:?}\n    {text}",
            pair.gold
        );
    }
    let all = of(Part::Dev, pairs, verdicts).count();
    println!("\n{} of {all} dev pairs", wrong.len());
}

fn in_numbers(pairs: &[Pair<'_>], verdicts: &[Verdict]) {
    let mut counts: BTreeMap<(&str, Gold), (usize, usize)> = BTreeMap::new();
    for (pair, verdict) in of(Part::Test, pairs, verdicts) {
        let count = counts.entry((pair.item.kind.id(), pair.gold)).or_default();
        count.0 += usize::from(is_wrong(pair.gold, verdict));
        count.1 += 1;
    }
    println!("The texts of the test writers are not shown, so that no rule is tuned on them.\n");
    let mut table = Table::new(&["item, text", "wrong", "of"]);
    for ((kind, gold), (wrong, all)) in counts {
        let what = format!("{kind}, {gold}");
        table.row(vec![what, wrong.to_string(), all.to_string()]);
    }
    println!("{table}");
}
