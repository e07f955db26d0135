//! What each level must reach besides the points.

use super::sheet::{DimensionScore, Sheet};
use crate::content::{Floor, Id, Rubric};

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
    let mut needs: Vec<String> = Vec::new();
    for floor in floors.iter().filter(|own| !reached(own, &sheet.dimensions)) {
        let low = scored(&floor.all, &sheet.dimensions).filter(|(_, own)| *own < floor.score);
        needs.extend(low.map(|(id, own)| {
            format!("{} needs {} of 4 (stands at {own})", title(id), floor.score)
        }));
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
