//! How a text backs what it claims: with its own figures, and with reasons and conditions. Who recites
//! an outline names the same points as who has built the system, and gives neither.

use super::{Graded, Reading, Verdict};
use crate::content::Step;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

// Set on the labelled mocks that may be tuned on: what interviewers rate a 2 has about three figures and
// reasons in a step, their fours twelve.

/// Figures and reasons that a step needs for each point it makes, so that they count in full.
const EACH: usize = 2;
/// The most that it needs, however many points it makes.
const MOST: usize = 6;
/// Words to each that it needs, so that who is brief needs fewer.
const TERSE: usize = 5;
/// What a point counts in a step without any.
const FLOOR: f64 = 0.5;
/// A first number without a unit up to this one counts the entries of a list.
const NUMBERING: f64 = 20.0;

/// Different figures, and different words that give a reason or a condition: speech says the same one
/// more often than notes, and means no more by it.
pub(super) fn count(reading: &Reading) -> usize {
    let figures: BTreeSet<_> = reading
        .quantities()
        .iter()
        .filter(|(at, quantity)| !(is_first(reading, *at) && quantity.counts_entries(NUMBERING)))
        .map(|(_, quantity)| quantity.key())
        .collect();
    let words = reading.tokens().iter().map(|token| token.word.as_str());
    let reasons: BTreeSet<&str> = words.filter(|word| is_reason(word)).collect();
    figures.len() + reasons.len()
}

/// Figures and reasons that a step needs which makes so many points in so many words.
fn needed(points: usize, words: usize) -> usize {
    (EACH * points).min(words / TERSE).clamp(1, MOST)
}

/// What a point counts in a step with so many figures and reasons, [`FLOOR`] to 1.
fn worth(count: usize, needed: usize) -> f64 {
    let share = count.min(needed) as f64 / needed as f64;
    FLOOR + (1.0 - FLOOR) * share
}

/// A step that hardly backs what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bare {
    pub step: Step,
    /// Different figures and reasons that it has, and that it needs.
    pub has: usize,
    pub needs: usize,
}

impl fmt::Display for Bare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { has, needs, .. } = self;
        write!(
            f,
            "{has} figures and reasons; with {needs} of them its points count in full"
        )
    }
}

impl Graded {
    /// What a point counts that was said in a step; where nobody listened there is nothing to miss.
    pub(super) fn backing_of(&self, step: Step) -> f64 {
        let count = self.backing.get(&step);
        count.map_or(1.0, |count| worth(*count, self.needed_in(step)))
    }

    fn needed_in(&self, step: Step) -> usize {
        let words = self.words.get(&step).copied().unwrap_or_default();
        needed(self.points_in(step), words)
    }

    fn points_in(&self, step: Step) -> usize {
        let hits = self
            .items
            .iter()
            .filter(|item| item.verdict == Verdict::Hit);
        let steps = hits.filter_map(|item| item.evidence.first()?.step);
        steps.filter(|own| *own == step).count()
    }

    /// The steps in which points count less for want of figures and reasons.
    pub fn bare(&self) -> impl Iterator<Item = Bare> + '_ {
        self.backing.iter().filter_map(|(step, has)| {
            let bare = Bare {
                step: *step,
                has: *has,
                needs: self.needed_in(*step),
            };
            (self.points_in(*step) > 0 && bare.has < bare.needs).then_some(bare)
        })
    }

    /// The same verdicts, had a step backed what it says.
    #[must_use]
    pub fn with_backing(&self, step: Step) -> Self {
        let mut better = self.clone();
        better.backing.insert(step, MOST);
        better
    }
}

fn is_first(reading: &Reading, at: usize) -> bool {
    let sentences = reading.sentences();
    let found = sentences.binary_search_by_key(&at, |sentence| sentence.start);
    found.is_ok()
}

fn is_reason(word: &str) -> bool {
    matches!(
        word,
        "because"
            | "since"
            | "otherwise"
            | "unless"
            | "if"
            | "until"
            | "although"
            | "but"
            | "not"
            | "than"
            | "rather"
            | "instead"
            | "means"
            | "cost"
            | "costs"
            | "cheaper"
            | "risk"
            | "why"
            | "when"
            | "while"
    )
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{answer, case, grade, item, lexicon};
    use super::super::Lexicon;
    use super::*;
    use crate::content::Kind;

    fn counted(text: &str) -> usize {
        count(&Lexicon::new(&lexicon()).read(text))
    }

    #[test]
    fn figures_and_reasons_count_once_each() {
        assert_eq!(counted("calibration, PR-AUC, drift"), 0);
        assert_eq!(counted("35k QPS at 200 ms, of which 200 ms are ours"), 2);
        assert_eq!(counted("200 ms, that is 0.2 seconds"), 1);
        assert_eq!(counted("200 ms and 200 %"), 2);
        assert_eq!(counted("calibrated, because the auction needs it"), 1);
        assert_eq!(counted("because of a, because of b, unless c"), 2);
        assert_eq!(counted(""), 0);
    }

    #[test]
    fn speech_counts_as_notes_do() {
        let notes = counted("35k QPS, 200 ms because ads wait");
        let aloud = counted("so uh thirty five thousand a second and two hundred milliseconds because because the ads wait");
        assert_eq!((notes, aloud), (3, 3));
    }

    #[test]
    fn the_numbers_of_a_list_back_nothing() {
        assert_eq!(counted("1. calibration\n2. drift\n3) guardrail"), 0);
        assert_eq!(counted("First 1 calibration. 2 drift"), 1);
    }

    #[test]
    fn worth_grows_from_a_half_to_all() {
        assert_eq!(
            [0, 3, 6, 60].map(|count| worth(count, 6)),
            [0.5, 0.75, 1.0, 1.0]
        );
    }

    #[test]
    fn who_makes_few_points_or_is_brief_needs_fewer() {
        let all = [(9, 300), (2, 300), (0, 300), (9, 20), (9, 3)];
        let needed = all.map(|(points, words)| needed(points, words));
        assert_eq!(needed, [6, 4, 1, 4, 1]);
    }

    #[test]
    fn a_step_that_says_nothing_is_not_bare() {
        let rubric = vec![item("i", Step::Data, Kind::Must, "calibration")];
        let answer = answer(&[(Step::Data, "calibration"), (Step::Model, "")]);
        let graded = grade(&case(rubric), &answer);
        let bare = Bare {
            step: Step::Data,
            has: 0,
            needs: 1,
        };
        assert_eq!(graded.bare().collect::<Vec<_>>(), [bare]);
        assert_eq!(graded.with_backing(Step::Data).bare().count(), 0);
    }
}
