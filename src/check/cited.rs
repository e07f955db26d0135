//! Figures in a text that are tied to `numbers` of the case: `11.6k<!-- =qps -->`. The comment is not
//! seen when the text is read.

use super::faults::{did_you_mean, Faults};
use super::lines::Lines;
use super::sums;
use crate::content::Figure;
use crate::drill::{parse_quantity, same_dimension, Quantity};

const OPEN: &str = "<!-- =";
const CLOSE: &str = "-->";
/// Relative difference that rounding may make: people say 35k for 34,722.
const ROUNDED: f64 = 0.05;
/// Words that a figure may take: "about 1.7 billion".
const WORDS: usize = 3;

/// Holds every tied figure against its number.
pub(super) fn check(source: &str, lines: &Lines<'_>, numbers: &[Figure], faults: &mut Faults) {
    for (at, _) in source.match_indices(OPEN) {
        let mark = lines.mark(at);
        let after = source.get(at + OPEN.len()..).unwrap_or_default();
        let Some((id, _)) = after.split_once(CLOSE) else {
            let what = "this comment is not closed".to_owned();
            faults.fault(mark, what, "close it: `<!-- =id -->`");
            continue;
        };
        let id = id.trim();
        let Some(number) = numbers.iter().find(|number| number.id.as_str() == id) else {
            let ids = numbers.iter().map(|number| number.id.as_str());
            let fix = did_you_mean(id, ids, "give it under `numbers` with its sum");
            faults.fault(mark, format!("there is no number `{id}`"), &fix);
            continue;
        };
        let Some(said) = figure(source.get(..at).unwrap_or_default()) else {
            let what = format!("no figure stands in front of `{id}`");
            faults.fault(mark, what, "write the comment right behind its figure");
            continue;
        };
        let value = same_dimension(&said, unit_of(&number.unit));
        if !value.is_some_and(|value| sums::near(value, number.value, ROUNDED)) {
            let shown = sums::show(number.value);
            faults.fault(
                mark,
                format!(
                    "the text says {} {}, and `{id}` is {shown} {}",
                    sums::show(said.value),
                    said.unit,
                    number.unit
                ),
                "correct the text, or the number and its sum",
            );
        }
    }
}

/// The text as it is read, without these comments.
pub(super) fn untied(source: &str) -> String {
    let mut pieces = source.split(OPEN);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text.push_str(piece.split_once(CLOSE).map_or("", |(_, rest)| rest));
    }
    text
}

/// `TB/day` counts terabytes.
fn unit_of(unit: &str) -> &str {
    unit.split('/').next().unwrap_or_default().trim()
}

/// The figure that a text ends with, unit included.
fn figure(before: &str) -> Option<Quantity> {
    let line = before.lines().next_back()?;
    // The figure may stand right behind another one that is tied.
    let line = line.rsplit(CLOSE).next().unwrap_or(line);
    let starts: Vec<usize> = line
        .char_indices()
        .filter(|(at, c)| {
            let before = line
                .get(..*at)
                .and_then(|before| before.chars().next_back());
            !c.is_whitespace() && before.is_none_or(|before| !before.is_alphanumeric())
        })
        .map(|(at, _)| at)
        .collect();
    let near = starts.iter().rev().filter_map(|at| line.get(*at..));
    near.take_while(|tail| tail.split_whitespace().count() <= WORDS)
        .filter_map(|tail| parse_quantity(tail.trim_matches(['*', '_', '`', ' '])))
        .last()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Id;

    fn faults(text: &str, value: f64, unit: &str) -> Vec<String> {
        let number = Figure {
            id: Id::from("qps"),
            what: String::new(),
            sum: String::new(),
            value,
            unit: unit.to_owned(),
        };
        let mut faults = Faults::new("breakdown.md");
        check(text, &Lines::new(text), &[number], &mut faults);
        faults
            .faults
            .into_iter()
            .map(|fault| fault.message)
            .collect()
    }

    #[test]
    fn a_tied_figure_is_its_number_but_for_rounding() {
        for (text, value, unit) in [
            ("about 35k<!-- =qps --> a second", 34_722.2, "calls/s"),
            ("that is 3 billion<!-- =qps -->", 3e9, "calls/day"),
            ("makes 1.5 TB<!-- =qps -->", 1.5, "TB/day"),
            ("in 0.2 s<!-- =qps -->", 200.0, "ms"),
            ("(17 %<!-- =qps -->)", 17.1, "%"),
            ("is **±1.9**<!-- =qps -->", 1.9, ""),
            ("cost $300<!-- =qps -->", 300.0, "$"),
            ("4 × 0.82 / √1680 = 0.080<!-- =qps -->", 0.08, ""),
            ("| 7,200<!-- =qps --> |", 7200.0, "slices"),
        ] {
            assert_eq!(faults(text, value, unit), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_reader_does_not_see_the_ties() {
        let text = "35k<!-- =qps --> a second, 3 GB<!-- =size -->.";
        assert_eq!(untied(text), "35k a second, 3 GB.");
        assert_eq!(untied("open<!-- =qps"), "open");
    }

    #[test]
    fn a_stale_a_missing_and_an_unknown_figure_are_named() {
        assert_eq!(
            faults("about 30k<!-- =qps -->", 34_722.2, "calls/s"),
            ["the text says 30000 , and `qps` is 34722 calls/s"]
        );
        assert_eq!(faults("many<!-- =qps -->", 1.0, "").len(), 1);
        assert_eq!(
            faults("5<!-- =other -->", 5.0, ""),
            ["there is no number `other`"]
        );
        assert_eq!(
            faults("5<!-- =qps", 5.0, ""),
            ["this comment is not closed"]
        );
        assert_eq!(faults("3 GB<!-- =qps -->", 3.0, "ms").len(), 1);
    }
}
