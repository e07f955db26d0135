//! From verdicts to ten scores, a total and a decision.

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
        machine_credit(found) * self.worth
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

#[cfg(test)]
mod tests {
    use super::super::fixtures::{answer, case, item, rubric};
    use super::super::floors::held_back;
    use super::*;
    use crate::content::{Id, Step};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn found(id: &Id, verdict: Verdict) -> ItemVerdict {
        ItemVerdict {
            id: id.clone(),
            verdict,
            wrong_step: false,
            evidence: Vec::new(),
            missing: Vec::new(),
            yours: None,
        }
    }

    fn said_in(step: Step) -> Vec<crate::grading::Evidence> {
        vec![crate::grading::Evidence {
            step: Some(step),
            start: 0,
            end: 1,
            text: "a".to_owned(),
        }]
    }

    /// Data items of these kinds, with a verdict each; all seven steps have words.
    fn marked(kinds: &[(Kind, Verdict)]) -> (Case, Graded) {
        let rubric: Vec<_> = kinds
            .iter()
            .enumerate()
            .map(|(n, (kind, _))| item(&format!("i{n}"), Step::Data, *kind, "calibration"))
            .collect();
        let graded = Graded {
            items: rubric
                .iter()
                .zip(kinds)
                .map(|(item, (_, verdict))| found(&item.id, *verdict))
                .collect(),
            words: Step::ALL.into_iter().map(|step| (step, 20)).collect(),
            ..Graded::default()
        };
        (case(rubric), graded)
    }

    fn data(kinds: &[(Kind, Verdict)]) -> Option<u8> {
        let (case, graded) = marked(kinds);
        let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
        sheet.dimension("data").unwrap().score
    }

    use Kind::{Bonus, Must, RedFlag, Should};
    use Verdict::{Conflict, Hit, Maybe, Missed};

    #[test]
    fn the_share_of_the_musts_makes_the_base() {
        let of = |hits: usize, of: usize| {
            let kinds: Vec<_> = (0..of)
                .map(|n| (Must, if n < hits { Hit } else { Missed }))
                .chain([(Should, Missed)])
                .collect();
            data(&kinds)
        };
        assert_eq!(
            [of(0, 5), of(1, 7), of(1, 5), of(2, 5), of(3, 5)],
            [Some(1), Some(1), Some(2), Some(2), Some(3)]
        );
        assert_eq!([of(1, 4), of(2, 4), of(5, 5)], [Some(2), Some(3), Some(3)]);
        assert_eq!(data(&[(Should, Hit), (Bonus, Hit)]), None);
        assert_eq!(data(&[(Must, Maybe), (Must, Conflict)]), Some(1));
    }

    #[test]
    fn what_is_named_without_a_figure_or_a_reason_counts_half() {
        let (case, mut graded) = marked(&[(Must, Hit), (Must, Hit), (Must, Missed), (Should, Hit)]);
        let mut with = |backing: usize| {
            graded.backing.insert(Step::Data, backing);
            graded
                .items
                .iter_mut()
                .for_each(|own| own.evidence = said_in(Step::Data));
            let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
            let own = sheet.dimension("data").unwrap();
            assert_eq!(own.musts, Some(0.667));
            (own.backed.unwrap(), own.score.unwrap())
        };
        assert_eq!(
            [with(0), with(2), with(4)],
            [(0.333, 2), (0.5, 3), (0.667, 4)]
        );
    }

    #[test]
    fn a_point_is_backed_where_it_was_said() {
        let (case, mut graded) = marked(&[(Must, Hit)]);
        graded.backing = [(Step::Data, 0), (Step::Model, 6)].into();
        graded.items[0].evidence = said_in(Step::Model);
        let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
        assert_eq!(sheet.dimension("data").unwrap().backed, Some(1.0));
    }

    #[test]
    fn a_four_needs_shoulds_and_bonus_items() {
        let musts = [(Must, Hit); 4];
        let with = |more: &[(Kind, Verdict)]| data(&[&musts[..], more].concat());
        let missed = [(Should, Missed), (Bonus, Missed), (Bonus, Missed)];
        assert_eq!(with(&missed), Some(3));
        assert_eq!(with(&[&missed[..], &[(Should, Hit)]].concat()), Some(4));
        assert_eq!(with(&[&missed[..], &[(Bonus, Hit)]].concat()), Some(4));
        let five = [&missed[..], &[(Should, Missed), (Bonus, Hit)]].concat();
        assert_eq!(with(&five), Some(3));
        assert_eq!(with(&[(Should, Hit)]), Some(4));
        assert_eq!(with(&[]), Some(4));
        assert_eq!(
            data(&[(Must, Hit), (Must, Hit), (Must, Hit), (Must, Missed)]),
            Some(3)
        );
    }

    #[test]
    fn red_flags_take_a_point_each_down_to_one() {
        let musts = [(Must, Hit); 4];
        let with = |more: &[(Kind, Verdict)]| data(&[&musts[..], more].concat());
        assert_eq!(with(&[(RedFlag, Hit)]), Some(3));
        assert_eq!(with(&[(RedFlag, Hit), (RedFlag, Hit)]), Some(2));
        assert_eq!(with(&[(RedFlag, Hit); 6]), Some(1));
        assert_eq!(with(&[(RedFlag, Missed), (RedFlag, Conflict)]), Some(4));
    }

    #[test]
    fn a_must_above_the_target_level_is_a_bonus() {
        let (mut case, graded) = marked(&[
            (Must, Hit),
            (Must, Missed),
            (Should, Missed),
            (Should, Missed),
            (Should, Hit),
        ]);
        case.rubric[1].level = Level::Staff;
        let at = |level| {
            let sheet = score(&case, &rubric(), &graded, None, level);
            sheet.dimension("data").unwrap().score
        };
        // As a bonus it is one of four that go beyond the musts, and one of those hit.
        assert_eq!(at(Level::Senior), Some(4));
        assert_eq!(at(Level::Staff), Some(3));
        let (mut case, graded) = marked(&[(Must, Hit), (Must, Hit)]);
        case.rubric[1].level = Level::Staff;
        let sheet = score(&case, &rubric(), &graded, None, Level::Mid);
        assert_eq!(sheet.dimension("data").unwrap().score, Some(4));
    }

    #[test]
    fn three_argued_decisions_make_a_three_and_a_condition_a_four() {
        let (mut case, mut graded) = marked(&[(Must, Missed), (Must, Missed)]);
        for item in &mut case.rubric {
            item.dimension = Id::from("tradeoffs");
        }
        let argued = |staff| crate::grading::Tradeoff {
            evidence: crate::grading::Evidence {
                step: Some(Step::Model),
                start: 0,
                end: 1,
                text: "a".to_owned(),
            },
            staff,
        };
        let scored = |case: &Case, graded: &Graded| {
            let sheet = score(case, &rubric(), graded, None, Level::Senior);
            assert_eq!(sheet.tradeoffs, graded.tradeoffs);
            sheet.dimension("tradeoffs").unwrap().score
        };
        graded.tradeoffs = vec![argued(true), argued(false)];
        assert_eq!(scored(&case, &graded), Some(1));
        graded.tradeoffs = vec![argued(false); 3];
        assert_eq!(scored(&case, &graded), Some(3));
        graded.tradeoffs.push(argued(true));
        assert_eq!(scored(&case, &graded), Some(4));
        // The items may say more, and without items there is nothing to score.
        graded.tradeoffs.truncate(3);
        graded.items.iter_mut().for_each(|item| item.verdict = Hit);
        assert_eq!(scored(&case, &graded), Some(4));
        case.rubric.clear();
        assert_eq!(scored(&case, &graded), None);
    }

    #[test]
    fn a_sheet_that_was_stored_before_still_loads() {
        let (case, graded) = marked(&[(Must, Hit)]);
        let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
        let mut json = serde_json::to_value(&sheet).unwrap();
        assert_eq!(json["tradeoffs"], serde_json::json!([]));
        json.as_object_mut().unwrap().remove("tradeoffs");
        assert_eq!(serde_json::from_value::<Sheet>(json).unwrap(), sheet);
    }

    #[test]
    fn the_wrong_step_earns_half_and_a_confirmed_maybe_three_quarters_of_yours() {
        let (case, mut graded) =
            marked(&[(Must, Hit), (Must, Maybe), (Must, Missed), (Must, Missed)]);
        graded.items[0].wrong_step = true;
        let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
        assert_eq!((sheet.total, sheet.total_with_yours), (0.0, 0.0));
        assert_eq!(sheet.items[0].credit, 0.5);
        graded.items[1].yours = Some(true);
        let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
        assert_eq!((sheet.total, sheet.total_with_yours), (0.0, 33.3));
        graded.items[1].yours = Some(false);
        let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
        assert_eq!(sheet.total_with_yours, 0.0);
    }

    #[test]
    fn weights_of_unscored_dimensions_are_shared_out() {
        let (mut case, mut graded) = marked(&[(Must, Hit)]);
        case.rubric
            .push(item("model", Step::Model, Must, "calibration"));
        graded.items.push(found(&Id::from("model"), Missed));
        let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
        let weight = |id: &str| sheet.dimension(id).unwrap().weight;
        assert_eq!((weight("data"), weight("modelling")), (46.67, 53.33));
        assert_eq!(weight("serving"), 0.0);
        assert_eq!(sheet.dimension("structure").unwrap().score, None);
        assert_eq!(sheet.total, 46.7);
        let clocked = Clocked {
            used: Step::ALL.into_iter().map(|step| (step, 300)).collect(),
            budget: Step::ALL.into_iter().map(|step| (step, 300)).collect(),
        };
        let sheet = score(&case, &rubric(), &graded, Some(&clocked), Level::Senior);
        assert_eq!(sheet.dimension("structure").unwrap().score, Some(4));
        assert_eq!(sheet.total, 52.9);
    }

    /// No hire in spite of the points says why.
    #[test]
    fn a_floor_that_is_not_reached_is_named() {
        let (case, graded) = marked(&[(Must, Hit), (Must, Missed)]);
        let mut sheet = score(&case, &rubric(), &graded, None, Level::Senior);
        for own in &mut sheet.dimensions {
            own.score = Some(4);
        }
        assert_eq!(held_back(&rubric(), &sheet), None);
        for own in &mut sheet.dimensions {
            own.score = Some(1);
        }
        let said = held_back(&rubric(), &sheet).unwrap();
        assert!(said.contains("(stands at 1)"), "{said}");
    }

    #[test]
    fn the_verdict_needs_the_points_and_the_floors() {
        let at = |total: f64, data: u8, evaluation: u8| {
            let scored = |id: &str, score| DimensionScore {
                id: Id::from(id),
                score: Some(score),
                musts: None,
                backed: None,
                beyond: None,
                weight: 50.0,
            };
            let dimensions = [scored("data", data), scored("evaluation", evaluation)];
            decide(&rubric(), Level::Senior, total, &dimensions)
        };
        assert_eq!(at(70.0, 3, 3), (Decision::Hire, false));
        assert_eq!(at(62.9, 3, 3), (Decision::Hire, true));
        assert_eq!(at(57.0, 3, 3), (Decision::NoHire, true));
        assert_eq!(at(56.9, 3, 3), (Decision::NoHire, false));
        assert_eq!(at(90.0, 3, 2), (Decision::NoHire, false));
        assert_eq!(at(60.0, 1, 3), (Decision::NoHire, false));
        let only_data = [DimensionScore {
            id: Id::from("data"),
            score: Some(2),
            musts: None,
            backed: None,
            beyond: None,
            weight: 100.0,
        }];
        assert_eq!(
            decide(&rubric(), Level::Senior, 80.0, &only_data).0,
            Decision::Hire
        );
        assert_eq!(
            decide(&rubric(), Level::Staff, 80.0, &only_data).0,
            Decision::NoHire
        );
        assert_eq!(decide(&rubric(), Level::Staff, 80.0, &[]).0, Decision::Hire);
    }

    #[test]
    fn an_empty_answer_totals_nothing_even_on_a_clock() {
        let (case, _) = marked(&[(Must, Hit), (Should, Hit)]);
        let graded = super::super::fixtures::grade(&case, &answer(&[]));
        let clocked = Clocked {
            used: Step::ALL.into_iter().map(|step| (step, 300)).collect(),
            budget: Step::ALL.into_iter().map(|step| (step, 300)).collect(),
        };
        for clock in [None, Some(&clocked)] {
            let sheet = score(&case, &rubric(), &graded, clock, Level::Senior);
            assert_eq!((sheet.total, sheet.total_with_yours), (0.0, 0.0));
            assert_eq!(sheet.verdict, Decision::NoHire);
        }
    }

    #[test]
    fn the_json_has_the_promised_shape() {
        let (case, graded) = marked(&[(Must, Hit)]);
        let sheet = score(&case, &rubric(), &graded, None, Level::Senior);
        let json = serde_json::to_value(&sheet).unwrap();
        assert_eq!(json["schema_version"], 1);
        assert_eq!(json["total"], 100.0);
        assert_eq!(json["verdict"], "hire");
        assert_eq!(json["level"], "senior");
        assert_eq!(json["dimensions"][2]["id"], "data");
        assert_eq!(json["items"][0]["verdict"], "hit");
        assert_eq!(json["items"][0]["kind"], "must");
        assert_eq!(json["items"][0]["yours"], serde_json::Value::Null);
        assert_eq!(json["flags"], serde_json::json!([]));
        assert_eq!(serde_json::from_value::<Sheet>(json).unwrap(), sheet);
    }

    fn any_kind() -> impl Strategy<Value = (Kind, Verdict)> {
        (0..4usize, 0..4usize).prop_map(|(kind, verdict)| {
            (
                [Must, Should, Bonus, RedFlag][kind],
                [Hit, Maybe, Missed, Conflict][verdict],
            )
        })
    }

    proptest! {
        #[test]
        fn scores_stay_in_their_ranges(
            kinds in prop::collection::vec(any_kind(), 0..20),
            words in prop::collection::btree_map(0..7usize, 0..50usize, 0..7),
        ) {
            let (case, mut graded) = marked(&kinds);
            graded.words = words
                .into_iter()
                .map(|(step, words)| (Step::ALL[step], words))
                .collect::<BTreeMap<_, _>>();
            for level in Level::ALL {
                let sheet = score(&case, &rubric(), &graded, None, level);
                prop_assert!((0.0..=100.0).contains(&sheet.total));
                prop_assert!((sheet.total..=100.0).contains(&sheet.total_with_yours));
                for dimension in &sheet.dimensions {
                    prop_assert!(dimension.score.is_none_or(|score| (1..=4).contains(&score)));
                }
            }
        }

        #[test]
        fn one_more_hit_never_lowers_a_score_unless_it_is_a_flag(
            kinds in prop::collection::vec(any_kind(), 1..20),
            at in any::<prop::sample::Index>(),
        ) {
            let (case, graded) = marked(&kinds);
            let at = at.index(kinds.len());
            prop_assume!(kinds[at].0 != RedFlag);
            let mut better = graded.clone();
            better.items[at].verdict = Hit;
            let before = score(&case, &rubric(), &graded, None, Level::Senior);
            let after = score(&case, &rubric(), &better, None, Level::Senior);
            for (before, after) in before.dimensions.iter().zip(&after.dimensions) {
                prop_assert!(before.score <= after.score);
            }
            prop_assert!(before.total <= after.total);
        }
    }
}
