//! `framework.yaml`, `rubric.yaml`, `interviewer.yaml`, `plans.yaml`.

use super::faults::Faults;
use super::names::Names;
use super::tree::Spot;
use super::{links, rules};
use crate::content::{ActivityKind, Framework, Interviewer, Level, Plans, Rubric, Step};

const DIMENSIONS: usize = 10;
const ANCHORS: usize = 4;

/// The seven steps, and minutes that add up to each clock.
pub(super) fn framework(file: &Framework, root: Spot<'_>, names: &Names, faults: &mut Faults) {
    let steps = root.get("steps");
    let order: Vec<Step> = file.steps.iter().map(|guide| guide.id).collect();
    for (index, pair) in order.windows(2).enumerate() {
        if let [before, step] = pair {
            let mark = steps.at(index + 1).get("id").mark;
            if before == step {
                faults.fault(
                    mark,
                    format!("the step `{step}` is given twice"),
                    "keep one",
                );
            } else if before > step {
                faults.fault(
                    mark,
                    format!("the step `{step}` comes after `{before}`"),
                    "the order is clarify, frame, data, model, evaluate, serve, monitor",
                );
            }
        }
    }
    let all = &names.framework;
    for step in Step::ALL {
        if all.step(step).is_none() && !order.contains(&step) {
            faults.fault(
                root.key("steps"),
                format!("the step `{step}` is missing"),
                "all seven steps must be there",
            );
        }
    }
    let clocks = if file.clocks.is_empty() {
        &all.clocks
    } else {
        &file.clocks
    };
    if clocks.windows(2).any(|pair| pair.first() >= pair.last()) {
        faults.fault(
            root.get("clocks").mark,
            "the clocks do not ascend",
            "write the shortest session first",
        );
    }
    let lists = file
        .steps
        .iter()
        .enumerate()
        .map(|(index, guide)| (&guide.minutes, steps.at(index)));
    let wrap_up = std::iter::once((&file.wrap_up.minutes, root.get("wrap_up")));
    let mut complete = true;
    for (minutes, spot) in lists.chain(wrap_up) {
        if minutes.len() != clocks.len() {
            complete = false;
            faults.fault(
                spot.get("minutes").mark,
                format!("{} minutes for {} clocks", minutes.len(), clocks.len()),
                "give one number for each of `clocks`",
            );
        }
    }
    if !complete || file.steps.len() != Step::ALL.len() {
        return;
    }
    for (column, clock) in clocks.iter().enumerate() {
        let of = |minutes: &[u32]| u64::from(minutes.get(column).copied().unwrap_or(0));
        let sum = file
            .steps
            .iter()
            .map(|guide| of(&guide.minutes))
            .sum::<u64>()
            + of(&file.wrap_up.minutes);
        if sum != u64::from(*clock) {
            faults.fault(
                root.get("clocks").at(column).mark,
                format!("the minutes of the steps and the wrap-up add up to {sum}, not {clock}"),
                "change the minutes of a step",
            );
        }
    }
}

/// Ten dimensions whose weights add up to 100, and a verdict for each level.
pub(super) fn rubric(file: &Rubric, root: Spot<'_>, names: &Names, faults: &mut Faults) {
    let dimensions = root.get("dimensions");
    let ids = file.dimensions.iter().map(|dimension| &dimension.id);
    links::unique(ids, dimensions, "dimension", faults);
    let all = &names.rubric;
    if all.dimensions.len() != DIMENSIONS {
        faults.fault(
            root.key("dimensions"),
            format!("{} dimensions; there are ten", all.dimensions.len()),
            "use the ids of the built-in rubric",
        );
    }
    let weights: u64 = all.dimensions.iter().map(|x| u64::from(x.weight)).sum();
    if weights != 100 {
        faults.fault(
            root.key("dimensions"),
            format!("the weights add up to {weights}"),
            "make them add up to 100",
        );
    }
    for (index, role) in file.roles.iter().enumerate() {
        let spot = root.get("roles").at(index);
        for id in role.weights.keys() {
            let known = all.dimensions.iter().map(|x| x.id.as_str());
            links::exists(id, known, spot.get("weights"), "dimension", faults);
        }
        let own = all.weighted(Some(role.id.as_str()));
        let weights: u64 = own.dimensions.iter().map(|x| u64::from(x.weight)).sum();
        if weights != 100 {
            faults.fault(
                spot.mark,
                format!("with the weights of `{}` all add up to {weights}", role.id),
                "make them add up to 100",
            );
        }
    }
    for (index, dimension) in file.dimensions.iter().enumerate() {
        if dimension.anchors.len() != ANCHORS {
            faults.fault(
                dimensions.at(index).key("anchors"),
                format!(
                    "{} anchors; a score goes from 1 to 4",
                    dimension.anchors.len()
                ),
                "write one for each score",
            );
        }
    }
    for level in Level::ALL {
        let count = file
            .verdicts
            .iter()
            .filter(|rule| rule.level == level)
            .count();
        if count > 1 || all.verdict(level).is_none() {
            faults.fault(
                root.key("verdicts"),
                format!("{count} verdicts for the level `{level}`"),
                "give one for each level",
            );
        }
    }
    for (index, rule) in file.verdicts.iter().enumerate() {
        let spot = root.get("verdicts").at(index);
        if !(0.0..=100.0).contains(&rule.hire) {
            faults.fault(
                spot.get("hire").mark,
                "a total goes from 0 to 100",
                "correct the cut-off",
            );
        }
        for (index, floor) in rule.floors.iter().enumerate() {
            let spot = spot.get("floors").at(index);
            for (key, list) in [("all", &floor.all), ("any", &floor.any)] {
                for (index, id) in list.iter().enumerate() {
                    let names = all.dimensions.iter().map(|x| x.id.as_str());
                    links::exists(id, names, spot.get(key).at(index), "dimension", faults);
                }
            }
            if floor.all.is_empty() && floor.any.is_empty() {
                faults.fault(
                    spot.mark,
                    "a floor without dimensions",
                    "name them under `all` or `any`",
                );
            }
            if !(1..=4).contains(&floor.score) {
                faults.fault(
                    spot.get("score").mark,
                    "a score goes from 1 to 4",
                    "correct the score",
                );
            }
        }
    }
    if !(0.0..=50.0).contains(&file.borderline) {
        faults.fault(
            root.get("borderline").mark,
            "`borderline` is a number of points",
            "give a number from 0 to 50",
        );
    }
}

/// Lines to say, with no placeholder but `{step}`.
pub(super) fn interviewer(file: &Interviewer, root: Spot<'_>, names: &Names, faults: &mut Faults) {
    let lists = [
        ("open", &file.open),
        ("assume", &file.assume),
        ("nudge", &file.nudge),
        ("interject", &file.interject),
        ("silence", &file.silence),
        ("closing", &file.closing),
        ("no_model", &file.no_model),
        ("no_evaluation", &file.no_evaluation),
        ("again", &file.again),
        ("lead_in", &file.lead_in),
    ];
    for (key, lines) in lists {
        for (index, line) in lines.iter().enumerate() {
            let rest = line.replace("{step}", "");
            if rest.contains(['{', '}']) {
                faults.fault(
                    root.get(key).at(index).mark,
                    "the only placeholder is {step}",
                    "write {step}, or leave the brackets out",
                );
            }
        }
    }
    let curveballs = root.get("curveballs");
    let ids = file.curveballs.iter().map(|curveball| &curveball.id);
    links::unique(ids, curveballs, "curveball", faults);
    for (index, curveball) in file.curveballs.iter().enumerate() {
        let spot = curveballs.at(index);
        for (key, rule) in [
            ("when_said", &curveball.when_said),
            ("unless", &curveball.unless),
        ] {
            if let Some(rule) = rule {
                rules::check(rule, spot.get(key), names, faults);
            }
        }
        if let Some(tag) = &curveball.tag {
            let mut tags = names.cases.values().flat_map(|case| &case.tags);
            if !tags.any(|own| *tag == own.as_str()) {
                faults.warn(
                    curveballs.at(index).get("tag").mark,
                    format!("no case has the tag `{tag}`, so this line is never said"),
                    "use a tag of a case",
                );
            }
        }
    }
}

/// Templates whose days have something to do, about cases that exist.
pub(super) fn plans(file: &Plans, root: Spot<'_>, names: &Names, faults: &mut Faults) {
    let cases = || names.cases.keys().map(String::as_str);
    for (index, id) in file.focus.iter().enumerate() {
        if names.cases.contains_key(id.as_str()) {
            continue;
        }
        let mark = root.get("focus").at(index).mark;
        match crate::content::nearest(id.as_str(), cases()) {
            Some(near) => {
                let fix = format!("did you mean `{near}`?");
                faults.fault(mark, format!("unknown case `{id}`"), &fix);
            }
            None => faults.warn(
                mark,
                format!("there is no case `{id}` yet; plans pass over it"),
                "write the case, or take it out of `focus`",
            ),
        }
    }
    for (index, id) in file.focus.iter().enumerate() {
        if file.focus.iter().take(index).any(|other| other == id) {
            let mark = root.get("focus").at(index).mark;
            faults.fault(mark, format!("`{id}` is in `focus` twice"), "keep one");
        }
    }
    let templates = root.get("templates");
    let ids = file.templates.iter().map(|template| &template.id);
    links::unique(ids, templates, "template", faults);
    for (index, template) in file.templates.iter().enumerate() {
        let days = templates.at(index).get("days");
        if template.days.is_empty() {
            faults.fault(days.mark, "a plan without days", "add a day");
        }
        for (index, day) in template.days.iter().enumerate() {
            let activities = days.at(index).get("activities");
            if day.activities.is_empty() {
                faults.fault(
                    activities.mark,
                    "a day with nothing to do",
                    "add an activity",
                );
            }
            for (index, activity) in day.activities.iter().enumerate() {
                activity_of(activity, activities.at(index), names, faults);
            }
        }
    }
}

fn activity_of(
    activity: &crate::content::TemplateActivity,
    spot: Spot<'_>,
    names: &Names,
    faults: &mut Faults,
) {
    if activity.share == 0 {
        faults.fault(
            spot.get("share").mark,
            "a share of 0 gets no minutes",
            "give a share above 0, or drop the activity",
        );
    }
    if let Some(case) = &activity.case {
        // A case of `focus` that is not written yet is passed over, as it is there.
        if !names.focus.iter().any(|id| *case == id.as_str()) {
            let cases = names.cases.keys().map(String::as_str);
            links::exists(case, cases, spot.get("case"), "case", faults);
        }
    }
    if let Some(slot) = activity.slot {
        if !(1..=names.focus.len()).contains(&slot) {
            faults.fault(
                spot.get("slot").mark,
                format!("there is no focus case {slot}"),
                &format!("give a number from 1 to {}", names.focus.len()),
            );
        }
    }
    let about = usize::from(activity.case.is_some()) + usize::from(activity.slot.is_some());
    let needs = match activity.kind {
        ActivityKind::Read | ActivityKind::Mock | ActivityKind::Sprint => 1..=1,
        ActivityKind::Drill | ActivityKind::Review => 0..=1,
    };
    if !needs.contains(&about) {
        let message = format!("a `{}` needs one case", activity.kind.id());
        faults.fault(spot.mark, message, "give `case` or `slot`, not both");
    }
    let mut steps = activity.steps.clone();
    steps.sort();
    steps.dedup();
    if steps.len() != activity.steps.len() {
        faults.fault(spot.get("steps").mark, "a step is given twice", "keep one");
    }
}
