//! The tables of how well answers and mocks are graded, targets beside the figures.

use crate::judged::answers::{Gold, Voice};
use crate::judged::bootstrap::intervals;
use crate::judged::evaluation::Evaluation;
use crate::judged::figures::{mean, Counts, Figures, Measure};
use crate::judged::floors::{Held, ANSWERS, MOCKS};
use crate::judged::mocks::{Agreement, Side, Twins};
use crate::judged::pairs::Part;
use crate::judged::people::{accord, Couple};
use crate::judged::whole::{spoken_gaps, Whole};
use crate::table::{figure, Table};
use greenroom::content::Id;
use std::collections::BTreeSet;

/// What is told of a case or a writer.
const BY_GROUP: [Measure; 5] = [
    Measure::Precision,
    Measure::Recall,
    Measure::MacroF1,
    Measure::NearCredit,
    Measure::MaybeRate,
];

pub(crate) fn answers(evaluation: &Evaluation<'_>) {
    println!(
        "A pair is an item and a text; hit is positive, only a good answer is gold positive. \
         any-keyword: two different content stems of the item's point occur. \
         lexical: at least {:.0} % of them do, tuned on dev.\n",
        evaluation.threshold * 100.0
    );
    for part in Part::ALL {
        let rules = evaluation.figures(&evaluation.rules, part);
        let (pairs, items) = (rules.pairs, rules.items.len());
        println!("## {}: {pairs} pairs, {items} items\n", part.id());
        println!("{}", against_baselines(evaluation, &rules, part));
        println!("{}", by_kind(&rules));
    }
    println!("## By case, test\n\n{}", by_case(evaluation));
    println!("## By writer\n\n{}", by_writer(evaluation));
}

fn against_baselines(evaluation: &Evaluation<'_>, rules: &Figures<'_>, part: Part) -> Table {
    let baselines = [&evaluation.always, &evaluation.keyword, &evaluation.lexical]
        .map(|verdicts| evaluation.figures(verdicts, part));
    let counts: Vec<Counts> = rules.items.values().copied().collect();
    let spread = intervals(&counts);
    let mut table = Table::new(&[
        "measure",
        "target",
        "rules",
        "95 % by item",
        "always-hit",
        "any-keyword",
        "lexical",
    ]);
    for bar in &ANSWERS {
        let interval = match bar.held {
            Held::Answers(Measure::Precision) => spread.precision,
            Held::Answers(Measure::Recall) => spread.recall,
            Held::Answers(Measure::MacroF1) => spread.macro_f1,
            _ => None,
        };
        let value = bar.held.value(evaluation, part);
        let target = if bar.target > 0.0 {
            let holds = bar.holds(value, bar.target);
            let mark = if holds { "✓" } else { "✗" };
            format!("{} {:.2} {mark}", bar.sign(), bar.target)
        } else {
            String::new()
        };
        let mut row = vec![
            bar.held.title().to_owned(),
            target,
            figure(value),
            interval.map_or_else(String::new, |(low, high)| format!("{low:.3}–{high:.3}")),
        ];
        row.extend(baselines.iter().map(|baseline| match bar.held {
            Held::Answers(measure) => figure(baseline.value(measure)),
            Held::NearGain => String::new(),
        }));
        table.row(row);
    }
    for voice in Voice::ALL {
        let mut row = vec![
            format!("recall, {}", voice.id()),
            String::new(),
            figure(rules.recall_of(voice)),
            String::new(),
        ];
        row.extend(baselines.iter().map(|of| figure(of.recall_of(voice))));
        table.row(row);
    }
    table
}

fn by_kind(rules: &Figures<'_>) -> Table {
    let mut table = Table::new(&["text", "pairs", "hit", "maybe", "missed", "conflict"]);
    for gold in Gold::ALL {
        let kind = rules.kind(gold);
        let counts = [kind.all(), kind.hit, kind.maybe, kind.missed, kind.conflict];
        let mut row = vec![gold.id().to_owned()];
        row.extend(counts.map(|count| count.to_string()));
        table.row(row);
    }
    table
}

fn by_case(evaluation: &Evaluation<'_>) -> Table {
    let cases: BTreeSet<&Id> = evaluation.pairs.iter().map(|pair| &pair.case.id).collect();
    let mut head = vec!["case", "pairs", "items"];
    head.extend(BY_GROUP.map(Measure::title));
    let mut table = Table::new(&head);
    for case in cases {
        let figures = evaluation.of_case(case, Part::Test);
        let mut row = vec![
            case.to_string(),
            figures.pairs.to_string(),
            figures.items.len().to_string(),
        ];
        row.extend(BY_GROUP.map(|measure| figure(figures.value(measure))));
        table.row(row);
    }
    table
}

/// How far the rules carry from one writer to another.
fn by_writer(evaluation: &Evaluation<'_>) -> Table {
    let writers: BTreeSet<(bool, &str)> = evaluation
        .pairs
        .iter()
        .map(|pair| (pair.is_in(Part::Test), pair.writer))
        .collect();
    let mut head = vec!["writer", "part", "pairs"];
    head.extend(BY_GROUP.map(Measure::title));
    let mut table = Table::new(&head);
    for (test, writer) in writers {
        let figures = evaluation.of_writer(writer);
        let part = if test { Part::Test } else { Part::Dev };
        let mut row = vec![
            writer.to_owned(),
            part.id().to_owned(),
            figures.pairs.to_string(),
        ];
        row.extend(BY_GROUP.map(|measure| figure(figures.value(measure))));
        table.row(row);
    }
    table
}

pub(crate) fn mocks(agreement: &Agreement<'_>) {
    let count = |side| agreement.on(side).count();
    let (dev, test) = (count(Some(Side::Dev)), count(Some(Side::Test)));
    println!("## Whole mocks: {dev} dev, {test} test\n");
    let mut table = Table::new(&["measure", "target", "dev", "test", "all"]);
    for bar in &MOCKS {
        let sides = [Some(Side::Dev), Some(Side::Test), None];
        let values = sides.map(|side| agreement.value(bar.measure, side));
        let mark = match values[1] {
            Some(value) if value >= bar.target => "✓",
            _ => "✗",
        };
        let mut row = vec![
            bar.measure.title().to_owned(),
            format!("≥ {:.2} {mark}", bar.target),
        ];
        row.extend(values.map(figure));
        table.row(row);
    }
    println!("{table}");
    println!("{}", people(agreement));
    println!("{}", by_dimension(agreement));
    let twins = agreement.twins(None);
    if !twins.is_empty() {
        let mut table = Table::new(&["twins", "spoken", "bullets", "difference"]);
        for twins in &twins {
            let (spoken, bullets) = (twins.spoken, twins.bullets);
            table.row(vec![
                format!(
                    "{}: {} and {}",
                    spoken.mock.case, spoken.mock.name, bullets.mock.name
                ),
                format!("{:.1}", spoken.sheet.total),
                format!("{:.1}", bullets.sheet.total),
                format!("{:+.1}", twins.gap()),
            ]);
        }
        println!("{table}");
    }
    for side in [Side::Dev, Side::Test] {
        let gaps: Vec<f64> = agreement.twins(Some(side)).iter().map(Twins::gap).collect();
        println!("Spoken less bullets, {side:?}: {}", spread(&gaps));
    }
    println!();
    println!("{}", totals(agreement));
}

/// How well people agree, and the program with them.
fn people(agreement: &Agreement<'_>) -> Table {
    let mut table = Table::new(&["who", "side", "kappa", "within one", "exact"]);
    for (side, name) in [(Side::Dev, "dev"), (Side::Test, "test")] {
        for couple in Couple::ALL {
            let accord = accord(agreement, couple, side);
            table.row(vec![
                couple.title().to_owned(),
                name.to_owned(),
                figure(accord.map(|own| own.kappa)),
                figure(accord.map(|own| own.within_one)),
                figure(accord.map(|own| own.exact)),
            ]);
        }
    }
    table
}

/// Pairs two or more apart, and how far scores are above labels.
fn by_dimension(agreement: &Agreement<'_>) -> Table {
    let mut table = Table::new(&[
        "dimension",
        "side",
        "pairs",
        "level",
        "wrong",
        "score less label",
    ]);
    for (side, name) in [(Side::Dev, "dev"), (Side::Test, "test")] {
        for (dimension, order) in agreement.orders(Some(side)) {
            table.row(vec![
                dimension.to_string(),
                name.to_owned(),
                (order.right + order.level + order.wrong).to_string(),
                order.level.to_string(),
                order.wrong.to_string(),
                figure(agreement.bias(Some(side), dimension)),
            ]);
        }
    }
    table
}

/// Totals of whole answers, with a star where a senior is hired.
pub(crate) fn whole(all: &[Whole]) {
    const PROFILES: [(bool, &str); 10] = [
        (true, "strong"),
        (true, "spoken"),
        (true, "book-reader"),
        (true, "weak"),
        (false, "strong"),
        (false, "spoken"),
        (false, "spoken-2"),
        (false, "strong-2"),
        (false, "spoken-3"),
        (false, "book-reader"),
    ];
    println!("## Whole answers, one of each kind to every case; * hired as a senior\n");
    let heads = PROFILES.map(|(held_out, profile)| match held_out {
        true => profile.to_owned(),
        false => format!("tuned {profile}"),
    });
    let mut titles = vec!["case"];
    titles.extend(heads.iter().map(String::as_str));
    let mut table = Table::new(&titles);
    let cases: BTreeSet<&str> = all.iter().map(|own| own.case.as_str()).collect();
    for case in cases {
        let total = |(held_out, profile): (bool, &str)| {
            let mut own = all.iter().filter(|own| own.case == case);
            let own = own.find(|own| own.held_out == held_out && own.profile == profile);
            own.map_or(String::new(), |own| {
                format!(
                    "{:.1}{}",
                    own.sheet.total,
                    if own.hired() { "*" } else { "" }
                )
            })
        };
        let mut row = vec![case.to_owned()];
        row.extend(PROFILES.map(total));
        table.row(row);
    }
    println!("{table}");
    for (held_out, name) in [(true, "held out"), (false, "tuned")] {
        let gaps = spoken_gaps(all, held_out);
        println!("Spoken less strong, {name}: {}", spread(&gaps));
    }
    println!();
}

/// What saying it aloud gains or costs.
fn spread(gaps: &[f64]) -> String {
    match mean(gaps) {
        Some((mean, half)) => format!("{mean:+.1} ± {half:.1} points over {} twins", gaps.len()),
        None => "no twins".to_owned(),
    }
}

/// Totals by profile: the order in which a reader expects them.
fn totals(agreement: &Agreement<'_>) -> Table {
    let profiles: BTreeSet<&str> = agreement
        .on(None)
        .map(|scored| scored.mock.profile.as_str())
        .collect();
    let mut table = Table::new(&["total by profile", "mocks", "lowest", "mean", "highest"]);
    for profile in profiles {
        let totals: Vec<f64> = agreement
            .on(None)
            .filter(|scored| scored.mock.profile == profile)
            .map(|scored| scored.sheet.total)
            .collect();
        let lowest = totals.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = totals.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mean = totals.iter().sum::<f64>() / totals.len() as f64;
        table.row(vec![
            profile.to_owned(),
            totals.len().to_string(),
            format!("{lowest:.1}"),
            format!("{mean:.1}"),
            format!("{highest:.1}"),
        ]);
    }
    table
}
