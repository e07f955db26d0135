//! What each level must reach besides the points.

use super::sheet::{DimensionScore, Sheet};
use crate::content::{Floor, Id, Rubric};
use std::collections::BTreeMap;

/// Whether a floor is reached. Dimensions that are not scored hold nobody back.
pub(super) fn reached(floor: &Floor, dimensions: &[DimensionScore]) -> bool {
    let any: Vec<u8> = scored(&floor.any, dimensions).map(|(_, own)| own).collect();
    scored(&floor.all, dimensions).all(|(_, own)| own >= floor.score)
        && (any.is_empty() || any.iter().any(|own| *own >= floor.score))
}

/// What stands under a floor of the sheet's level, as one line: "as a senior Framing needs 2 of 4
/// (stands at 1)". None when every floor is reached. Points cannot make up for it.
pub fn held_back(rubric: &Rubric, sheet: &Sheet) -> Option<String> {
    let floors = &rubric.verdict(sheet.level)?.floors;
    let title = |id: &Id| {
        let dimension = rubric.dimension(id.as_str());
        dimension.map_or_else(|| id.to_string(), |own| own.title.clone())
    };
    let unmet = || floors.iter().filter(|own| !reached(own, &sheet.dimensions));
    // A dimension may stand under several floors: the highest counts.
    let mut all: BTreeMap<&Id, (u8, u8)> = BTreeMap::new();
    for floor in unmet() {
        let low = scored(&floor.all, &sheet.dimensions).filter(|(_, own)| *own < floor.score);
        for (id, own) in low {
            let (need, _) = all.entry(id).or_insert((floor.score, own));
            *need = floor.score.max(*need);
        }
    }
    let mut needs: Vec<String> = all
        .into_iter()
        .map(|(id, (need, own))| format!("{} needs {need} of 4 (stands at {own})", title(id)))
        .collect();
    for floor in unmet() {
        let any: Vec<(&Id, u8)> = scored(&floor.any, &sheet.dimensions).collect();
        if !any.is_empty() && any.iter().all(|(_, own)| *own < floor.score) {
            let titles: Vec<String> = any.iter().map(|(id, _)| title(id)).collect();
            needs.push(format!(
                "{} needs {} of 4",
                titles.join(" or "),
                floor.score
            ));
        }
    }
    (!needs.is_empty()).then(|| format!("as a {} {}", sheet.level, needs.join(", ")))
}

/// Those of the dimensions that have a score, with it.
fn scored<'a>(
    ids: &'a [Id],
    dimensions: &'a [DimensionScore],
) -> impl Iterator<Item = (&'a Id, u8)> {
    ids.iter().filter_map(|id| {
        let own = dimensions.iter().find(|own| own.id == *id)?;
        Some((id, own.score?))
    })
}
