//! What would have raised the score most: each change is made to the verdicts and scored again, so
//! that the points are those of the rubric and not a guess.

use crate::content::{Case, Id, Item, Kind};
use crate::grading::{Bare, FlagKind, Graded, Sheet, Verdict};
use serde::{Deserialize, Serialize};

/// How many are told.
const MOST: usize = 3;
/// Most items that one advice asks for.
const MOST_ITEMS: usize = 4;
/// Points under which nothing was gained.
const LEAST: f64 = 0.05;

/// One change, and what it would have brought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gain {
    pub dimension: Id,
    /// Points of the total.
    pub points: f64,
    /// What to say: rubric items.
    pub say: Vec<Id>,
    /// What not to say or leave out: a red flag.
    pub avoid: Option<Id>,
    /// Where to give figures and reasons for what was said.
    #[serde(default)]
    pub back: Option<Bare>,
}

/// The changes that bring most, the best first. `score` scores verdicts as the mock's were.
pub(super) fn gains(
    case: &Case,
    graded: &Graded,
    sheet: &Sheet,
    score: &dyn Fn(&Graded) -> Sheet,
) -> Vec<Gain> {
    let by_items = sheet.dimensions.iter().filter_map(|dimension| {
        let open = open_items(case, graded, sheet, &dimension.id);
        by_saying(&dimension.id, &open, graded, sheet, score)
    });
    let by_flags = sheet.flags.iter().filter_map(|flag| {
        let without = without(graded, flag.kind, &flag.id)?;
        let points = score(&without).total - sheet.total;
        (points >= LEAST).then(|| Gain {
            dimension: flag.dimension.clone().unwrap_or_else(|| Id::from("")),
            points,
            say: Vec::new(),
            avoid: Some(flag.id.clone()),
            back: None,
        })
    });
    let by_backing = graded.bare().filter_map(|bare| {
        let better = score(&graded.with_backing(bare.step));
        let points = better.total - sheet.total;
        (points >= LEAST).then(|| Gain {
            dimension: raised(sheet, &better),
            points,
            say: Vec::new(),
            avoid: None,
            back: Some(bare),
        })
    });
    let mut all: Vec<Gain> = by_items.chain(by_flags).chain(by_backing).collect();
    all.sort_by(|a, b| {
        let fewer = a.say.len().cmp(&b.say.len());
        b.points.total_cmp(&a.points).then(fewer)
    });
    all.truncate(MOST);
    all
}

/// The first dimension that is better in the other sheet.
fn raised(sheet: &Sheet, better: &Sheet) -> Id {
    let both = sheet.dimensions.iter().zip(&better.dimensions);
    let raised = both
        .into_iter()
        .find(|(own, other)| other.score > own.score);
    raised.map_or_else(|| Id::from(""), |(own, _)| own.id.clone())
}

/// Musts before shoulds and what goes further, in the order of the case.
fn open_items<'a>(case: &'a Case, graded: &Graded, sheet: &Sheet, dimension: &Id) -> Vec<&'a Item> {
    let is_open = |item: &&Item| {
        let found = graded.item(item.id.as_str());
        item.dimension == *dimension
            && item.kind != Kind::RedFlag
            && item.level <= sheet.level
            && found.is_some_and(|found| found.verdict != Verdict::Hit || found.wrong_step)
    };
    let mut open: Vec<&Item> = case.rubric.iter().filter(is_open).collect();
    open.sort_by_key(|item| item.kind);
    open
}

/// The fewest items, taken in order, that raise the total.
fn by_saying(
    dimension: &Id,
    open: &[&Item],
    graded: &Graded,
    sheet: &Sheet,
    score: &dyn Fn(&Graded) -> Sheet,
) -> Option<Gain> {
    let mut better = graded.clone();
    let mut say = Vec::new();
    for item in open.iter().take(MOST_ITEMS) {
        let own = better.items.iter_mut().find(|own| own.id == item.id)?;
        own.verdict = Verdict::Hit;
        own.wrong_step = false;
        say.push(item.id.clone());
        let points = score(&better).total - sheet.total;
        if points >= LEAST {
            return Some(Gain {
                dimension: dimension.clone(),
                points,
                say,
                avoid: None,
                back: None,
            });
        }
    }
    None
}

/// The verdicts without what raised a flag.
fn without(graded: &Graded, kind: FlagKind, id: &Id) -> Option<Graded> {
    let mut better = graded.clone();
    match kind {
        FlagKind::Item => {
            let own = better.items.iter_mut().find(|own| own.id == *id)?;
            own.verdict = Verdict::Missed;
        }
        FlagKind::General => better.slips.retain(|slip| id.as_str() != slip.kind.id()),
        FlagKind::EmptyStep | FlagKind::Stuffed | FlagKind::OtherLanguage => return None,
    }
    Some(better)
}
