//! From verdicts to ten scores, a total and a decision.

#[cfg(test)]
mod tests;

use super::backing::Bare;
use super::flags::{flags, Flag};
use super::floors::reached;
use super::sheet::{Decision, DimensionScore, ItemScore, Sheet, SCHEMA_VERSION};
use super::structure::{self, Clocked};
use super::verdict::{Graded, ItemVerdict, Verdict};
use crate::content::{Case, Dimension, Item, Kind, Level, Rubric, Step};

/// The dimension that is scored by the clock.
const STRUCTURE: &str = "structure";
/// The dimension that argued decisions feed besides its items.
const TRADEOFFS: &str = "tradeoffs";
/// Decisions from which that dimension is a 3, as its anchor in the rubric says: "three or more
/// decisions, each tied to a constraint".
const ARGUED: usize = 3;
/// What a maybe earns in `total_with_yours` once the learner confirms it.
const CONFIRMED: f64 = 0.75;
/// What a hit earns in an answer that piles up terms: some point is always among them.
const BY_CHANCE: f64 = 0.5;

/// Scores a graded answer. Without a clock the structure of the answer is not scored.
pub fn score(
    case: &Case,
    rubric: &Rubric,
    graded: &Graded,
    clocked: Option<&Clocked>,
    level: Level,
) -> Sheet {
    score_worth(case, rubric, graded, clocked, level, 1.0)
}

/// Scores an answer that the machine did not hear: `worth`, 0 to 1, is what a hit counts when
/// somebody says that the point was made.
pub fn score_worth(
    case: &Case,
    rubric: &Rubric,
    graded: &Graded,
    clocked: Option<&Clocked>,
    level: Level,
    worth: f64,
) -> Sheet {
    let marking = Marking {
        case,
        rubric,
        graded,
        flags: flags(case, rubric, graded),
        structure: clocked.map(|clocked| structure::score(clocked, &graded.words)),
        level,
        worth,
    };
    let dimensions = marking.dimensions(|found| marking.credit(found));
    let with_yours = marking.dimensions(|found| {
        if found.verdict == Verdict::Maybe && found.yours == Some(true) {
            CONFIRMED
        } else {
            marking.credit(found)
        }
    });
    let total = total(&dimensions);
    let (verdict, borderline) = decide(rubric, level, total, &dimensions);
    Sheet {
        schema_version: SCHEMA_VERSION,
        case: case.id.clone(),
        level,
        total,
        total_with_yours: self::total(&with_yours),
        verdict,
        borderline,
        items: marking.items(),
        dimensions: dimensions.into_iter().map(rounded).collect(),
        bare: marking.bare(),
        flags: marking.flags,
        tradeoffs: graded.tradeoffs.clone(),
    }
}

/// Scores some steps only: the items of the others do not count, and nothing is said against what
/// was not asked for.
pub fn score_steps(
    case: &Case,
    rubric: &Rubric,
    graded: &Graded,
    steps: &[Step],
    level: Level,
) -> Sheet {
    let mut own = case.clone();
    own.rubric.retain(|item| steps.contains(&item.step));
    let mut graded = graded.clone();
    for step in Step::ALL.into_iter().filter(|step| !steps.contains(step)) {
        graded.words.insert(step, 1);
    }
    score(&own, rubric, &graded, None, level)
}

/// Hit 1, said in the wrong step ½, else nothing.
fn machine_credit(found: &ItemVerdict) -> f64 {
    match (found.verdict, found.wrong_step) {
        (Verdict::Hit, false) => 1.0,
        (Verdict::Hit, true) => 0.5,
        (Verdict::Maybe | Verdict::Missed | Verdict::Conflict, _) => 0.0,
    }
}

struct Marking<'a> {
    case: &'a Case,
    rubric: &'a Rubric,
    graded: &'a Graded,
    flags: Vec<Flag>,
    structure: Option<u8>,
    level: Level,
    worth: f64,
}

impl Marking<'_> {
    fn credit(&self, found: &ItemVerdict) -> f64 {
        let worth = if self.graded.stuffed { BY_CHANCE } else { 1.0 };
        machine_credit(found) * worth * self.worth
    }

    /// The scores, each with its share of the 100 points.
    fn dimensions(&self, credit: impl Fn(&ItemVerdict) -> f64) -> Vec<DimensionScore> {
        let scores: Vec<Option<u8>> = self
            .rubric
            .dimensions
            .iter()
            .map(|dimension| self.dimension(dimension, &credit))
            .collect();
        let scored: u32 = self
            .rubric
            .dimensions
            .iter()
            .zip(&scores)
            .filter(|(_, score)| score.is_some())
            .map(|(dimension, _)| dimension.weight)
            .sum();
        self.rubric
            .dimensions
            .iter()
            .zip(scores)
            .map(|(dimension, score)| {
                let shares = self.shares(dimension, &credit);
                DimensionScore {
                    id: dimension.id.clone(),
                    score,
                    musts: shares.musts.part(),
                    backed: shares.backed.part(),
                    beyond: shares.beyond.part(),
                    weight: match score {
                        Some(_) => f64::from(dimension.weight) * 100.0 / f64::from(scored.max(1)),
                        None => 0.0,
                    },
                }
            })
            .collect()
    }

    fn dimension(&self, dimension: &Dimension, credit: impl Fn(&ItemVerdict) -> f64) -> Option<u8> {
        let raw = if dimension.id == STRUCTURE {
            self.structure?
        } else if dimension.id == TRADEOFFS {
            self.by_items(dimension, credit)?.max(self.argued())
        } else {
            self.by_items(dimension, credit)?
        };
        let flagged = self
            .flags
            .iter()
            .filter(|flag| flag.dimension.as_ref() == Some(&dimension.id))
            .count();
        let lost = u8::try_from(flagged).unwrap_or(u8::MAX);
        Some(raw.saturating_sub(lost).max(1))
    }

    /// What the argued decisions alone give: 3 for three of them, 4 when one of those also says what
    /// would turn it. Fewer leave it to the items of the case.
    fn argued(&self) -> u8 {
        let found = &self.graded.tradeoffs;
        match (found.len() >= ARGUED, found.iter().any(|own| own.staff)) {
            (false, _) => 1,
            (true, false) => 3,
            (true, true) => 4,
        }
    }

    fn by_items(&self, dimension: &Dimension, credit: impl Fn(&ItemVerdict) -> f64) -> Option<u8> {
        let shares = self.shares(dimension, credit);
        (shares.musts.of > 0.0).then(|| base(&shares.backed) + u8::from(excels(&shares)))
    }

    fn shares(&self, dimension: &Dimension, credit: impl Fn(&ItemVerdict) -> f64) -> Shares {
        let mut shares = Shares::default();
        let rubric = self.case.rubric.iter();
        for item in rubric.filter(|item| item.dimension == dimension.id) {
            let found = self.graded.item(item.id.as_str());
            let earned = found.map_or(0.0, &credit);
            match item.kind {
                Kind::Must if item.level <= self.level => {
                    shares.musts.add(earned);
                    let quoted = found.and_then(|found| found.evidence.first()?.step);
                    let backing = self.graded.backing_of(quoted.unwrap_or(item.step));
                    shares.backed.add(earned * backing);
                }
                Kind::Should | Kind::Must | Kind::Bonus => shares.beyond.add(earned),
                Kind::RedFlag => {}
            }
        }
        shares
    }

    fn bare(&self) -> Vec<Bare> {
        let counts = |bare: &Bare| self.case.rubric.iter().any(|item| item.step == bare.step);
        self.graded.bare().filter(counts).collect()
    }

    fn items(&self) -> Vec<ItemScore> {
        let found = |item: &Item| self.graded.item(item.id.as_str());
        self.case
            .rubric
            .iter()
            .filter_map(|item| Some((item, found(item)?)))
            .map(|(item, found)| ItemScore {
                id: item.id.clone(),
                step: item.step,
                kind: item.kind,
                dimension: item.dimension.clone(),
                verdict: found.verdict,
                credit: match item.kind {
                    Kind::RedFlag => 0.0,
                    Kind::Must | Kind::Should | Kind::Bonus => self.credit(found),
                },
                wrong_step: found.wrong_step,
                evidence: found.evidence.clone(),
                missing: found.missing.clone(),
                probe: item.probe.clone(),
                yours: found.yours,
            })
            .collect()
    }
}

/// What was said of a dimension.
#[derive(Default)]
struct Shares {
    musts: Share,
    /// The musts again, each by how well it is backed.
    backed: Share,
    /// Shoulds, bonus items, and musts of a higher level.
    beyond: Share,
}

/// Credit earned of a number of items.
#[derive(Default)]
struct Share {
    earned: f64,
    of: f64,
}

impl Share {
    fn add(&mut self, credit: f64) {
        self.earned += credit;
        self.of += 1.0;
    }

    /// To three decimals.
    fn part(&self) -> Option<f64> {
        (self.of > 0.0).then(|| (1000.0 * self.earned / self.of).round() / 1000.0)
    }

    /// Whether the share is reached; with a little room, because 0.4 of 5 is not quite 2.
    fn reaches(&self, share: f64) -> bool {
        self.earned + 1e-9 >= share * self.of
    }
}

// The shares below were set on the labelled mocks that may be tuned on (`tests/data/mocks`). Nobody
// says all musts of a case in 45 minutes, the rules do not hear all that is said, and few back all of
// it, so they lie far below one.

/// Musts, by how well they are backed, for a 2, for a 3, and for a 4.
const MUSTS: [f64; 3] = [0.15, 0.45, 0.6];
/// Shoulds and bonus items, taken together, for a 4.
const BEYOND: f64 = 0.25;
/// Musts for a 4 where there is nothing else to say.
const ALONE: f64 = 0.8;

fn base(backed: &Share) -> u8 {
    let [two, three, _] = MUSTS;
    match (backed.reaches(two), backed.reaches(three)) {
        (false, _) => 1,
        (true, false) => 2,
        (true, true) => 3,
    }
}

/// A fourth point, for most of the musts and some of what goes beyond them. A dimension that has
/// neither shoulds nor bonus items gives it for nearly all of its musts.
fn excels(shares: &Shares) -> bool {
    let Shares { backed, beyond, .. } = shares;
    if beyond.of == 0.0 {
        return backed.reaches(ALONE);
    }
    let [_, _, four] = MUSTS;
    backed.reaches(four) && beyond.reaches(BEYOND)
}

/// To one decimal, so that what is shown and what is compared are the same number.
fn total(dimensions: &[DimensionScore]) -> f64 {
    let points: f64 = dimensions
        .iter()
        .filter_map(|dimension| Some((dimension.weight, dimension.score?)))
        .map(|(weight, score)| weight * (f64::from(score) - 1.0) / 3.0)
        .sum();
    (points * 10.0).round() / 10.0
}

fn rounded(dimension: DimensionScore) -> DimensionScore {
    DimensionScore {
        weight: (dimension.weight * 100.0).round() / 100.0,
        ..dimension
    }
}

/// The decision, and whether some points more or less would turn it. A floor that is not reached
/// cannot be made up by points.
fn decide(
    rubric: &Rubric,
    level: Level,
    total: f64,
    dimensions: &[DimensionScore],
) -> (Decision, bool) {
    let Some(rule) = rubric.verdict(level) else {
        return (Decision::NoHire, false);
    };
    let floors = rule.floors.iter().all(|floor| reached(floor, dimensions));
    let hire = floors && total >= rule.hire;
    let borderline = floors && (total - rule.hire).abs() <= rubric.borderline;
    let decision = if hire {
        Decision::Hire
    } else {
        Decision::NoHire
    };
    (decision, borderline)
}
