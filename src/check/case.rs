//! `case.yaml`: links, rules with their examples, figures, references, and how much there is.

use super::faults::Faults;
use super::names::Names;
use super::tree::{Mark, Spot};
use super::{diagrams, links, rules, source, sums};
use crate::content::{self, Case, Item, Kind, Requirements, Status, Step};
use crate::grading::{Answer, CaseRules, ItemVerdict, Verdict};
use std::collections::BTreeMap;

/// Dimensions in which a case has at least [`MUSTS`] musts.
const CORE: [&str; 5] = ["data", "features", "modelling", "evaluation", "serving"];
const MUSTS: usize = 4;
const RUNGS: usize = 3;

/// Checks one case. `folder` is the name of the folder that it is in.
pub(super) fn check(
    case: &Case,
    root: Spot<'_>,
    folder: Option<&str>,
    names: &Names,
    faults: &mut Faults,
) {
    if let Some(folder) = folder.filter(|folder| case.id != *folder) {
        faults.fault(
            root.get("id").mark,
            format!("the case `{}` is in the folder `{folder}`", case.id),
            "give the folder and the case the same name",
        );
    }
    if content::Page::of(case.id.as_str()).is_some() {
        faults.fault(
            root.get("id").mark,
            format!("`{}` is the name of a page of its own", case.id),
            "rename the case",
        );
    }
    ids(case, root, faults);
    let items = root.get("rubric");
    let topic = folder.unwrap_or(case.id.as_str());
    let skeleton = Case {
        id: topic.into(),
        title: String::new(),
        family: "x".into(),
        tags: Vec::new(),
        status: case.status,
        summary: String::new(),
        prompt: String::new(),
        requirements: Requirements::default(),
        facts: Vec::new(),
        rubric: Vec::new(),
        ladders: Vec::new(),
        tradeoffs: Vec::new(),
        curveballs: Vec::new(),
        pitfalls: Vec::new(),
        leaky_features: Vec::new(),
        whiteboard: String::new(),
        numbers: Vec::new(),
        references: Vec::new(),
    };
    for (index, item) in case.rubric.iter().enumerate() {
        rubric_item(item, items.at(index), &skeleton, names, faults);
    }
    for (index, fact) in case.facts.iter().enumerate() {
        let spot = root.get("facts").at(index);
        let before = faults.faults.len();
        let asked = rules::check(&fact.asked, spot.get("asked"), names, faults);
        if let Some(asked) = asked.filter(|_| faults.faults.len() == before) {
            if !asked.test(&fact.question).hit {
                faults.fault(
                    spot.get("question").mark,
                    "`asked` does not recognise this question",
                    "widen `asked`, or ask in words that it knows",
                );
            }
        }
    }
    for (index, ladder) in case.ladders.iter().enumerate() {
        let spot = root.get("ladders").at(index);
        if let Some(rule) = &ladder.when_said {
            rules::check(rule, spot.get("when_said"), names, faults);
        }
        let rungs = spot.get("rungs");
        for (index, rung) in ladder.rungs.iter().enumerate() {
            let spot = rungs.at(index);
            let rule = rung.r#match.as_ref();
            let matcher =
                rule.and_then(|rule| rules::check(rule, spot.get("match"), names, faults));
            if matcher.is_some_and(|matcher| !matcher.test(&rung.strong).hit) {
                faults.fault(
                    spot.get("match").mark,
                    "this rule does not find its own strong answer",
                    "widen the rule, or say it in `strong`",
                );
            }
        }
    }
    curveballs(case, root, names, faults);
    for (index, figure) in case.numbers.iter().enumerate() {
        let spot = root.get("numbers").at(index);
        sums::check(&figure.sum, figure.value, spot, "value", faults);
    }
    for (index, reference) in case.references.iter().enumerate() {
        let spot = root.get("references").at(index);
        source::year(reference.year, spot, faults);
        source::url(reference.url.as_deref(), spot, faults);
    }
    let whiteboard = root.get("whiteboard").mark;
    diagrams::check_whiteboard(&case.whiteboard, whiteboard, &names.drawn, faults);
    if !names.is_dark(topic) {
        counts(case, topic, root, names, faults);
    }
}

fn ids(case: &Case, root: Spot<'_>, faults: &mut Faults) {
    let mut unique = |key: &str, what: &str, ids: Vec<&content::Id>| {
        links::unique(ids.into_iter(), root.get(key), what, faults);
    };
    unique("facts", "fact", case.facts.iter().map(|x| &x.id).collect());
    unique(
        "rubric",
        "item",
        case.rubric.iter().map(|x| &x.id).collect(),
    );
    unique(
        "ladders",
        "ladder",
        case.ladders.iter().map(|x| &x.id).collect(),
    );
    unique(
        "tradeoffs",
        "trade-off",
        case.tradeoffs.iter().map(|x| &x.id).collect(),
    );
    unique(
        "curveballs",
        "curveball",
        case.curveballs.iter().map(|x| &x.id).collect(),
    );
    unique(
        "numbers",
        "figure",
        case.numbers.iter().map(|x| &x.id).collect(),
    );
    unique(
        "references",
        "reference",
        case.references.iter().map(|x| &x.id).collect(),
    );
}

fn rubric_item(item: &Item, spot: Spot<'_>, skeleton: &Case, names: &Names, faults: &mut Faults) {
    let dimensions = names.rubric.dimensions.iter();
    links::exists(
        &item.dimension,
        dimensions.map(|dimension| dimension.id.as_str()),
        spot.get("dimension"),
        "dimension",
        faults,
    );
    let known = !names.is_dark(skeleton.id.as_str());
    if let Some(drill) = item.drill.as_ref().filter(|_| known) {
        let drills = names.drills_of(skeleton.id.as_str());
        links::exists(drill, drills, spot.get("drill"), "drill", faults);
    }
    rules::check(&item.r#match, spot.get("match"), names, faults);
    for (index, wrong) in item.wrong.iter().enumerate() {
        rules::check(wrong, spot.get("wrong").at(index), names, faults);
    }
    let examples = spot.get("examples");
    for (key, list) in [("hit", &item.examples.hit), ("miss", &item.examples.miss)] {
        if list.is_empty() {
            faults.fault(
                examples.get(key).mark,
                format!("`{}` has no example of a {key}", item.id),
                "write two or three answers as people say them",
            );
        }
    }
    let alone = Case {
        rubric: vec![item.clone()],
        ..skeleton.clone()
    };
    // Unknown concepts are named already.
    let Ok(compiled) = CaseRules::compile(&alone, &names.lexicon) else {
        return;
    };
    let judge = |text: &str| -> Option<ItemVerdict> {
        let answer = Answer {
            steps: BTreeMap::from([(item.step, text.to_owned())]),
            elsewhere: String::new(),
        };
        compiled.grade(&answer).items.pop()
    };
    for (index, text) in item.examples.hit.iter().enumerate() {
        let mark = examples.get("hit").at(index).mark;
        let Some(found) = judge(text).filter(|found| found.verdict != Verdict::Hit) else {
            continue;
        };
        let said = found.evidence.first().map_or("", |said| said.text.as_str());
        let message = match found.verdict {
            Verdict::Conflict => {
                format!(
                    "`wrong` of `{}` contradicts this example: “{said}”",
                    item.id
                )
            }
            _ => format!(
                "the rule of `{}` misses this example; not found: {}",
                item.id,
                found.missing.join("; ")
            ),
        };
        faults.fault(mark, message, "widen the rule, or change the example");
    }
    for (index, text) in item.examples.miss.iter().enumerate() {
        let mark = examples.get("miss").at(index).mark;
        let Some(found) = judge(text).filter(|found| found.verdict == Verdict::Hit) else {
            continue;
        };
        let said = found.evidence.first().map_or("", |said| said.text.as_str());
        faults.fault(
            mark,
            format!("the rule of `{}` takes this for a hit: “{said}”", item.id),
            "narrow the rule, or change the example",
        );
    }
}

fn curveballs(case: &Case, root: Spot<'_>, names: &Names, faults: &mut Faults) {
    for (index, curveball) in case.curveballs.iter().enumerate() {
        let spot = root.get("curveballs").at(index);
        if !(0.0..=1.0).contains(&curveball.after) {
            faults.fault(
                spot.get("after").mark,
                "`after` is a share of the step's minutes",
                "give a number from 0 to 1",
            );
        }
        let links = [
            ("when_hit", &curveball.when_hit),
            ("when_missed", &curveball.when_missed),
        ];
        for (key, link) in links {
            if let Some(id) = link {
                let items = case.rubric.iter().map(|item| item.id.as_str());
                links::exists(id, items, spot.get(key), "rubric item", faults);
            }
        }
        for (key, rule) in [
            ("when_said", &curveball.when_said),
            ("unless", &curveball.unless),
        ] {
            if let Some(rule) = rule {
                rules::check(rule, spot.get(key), names, faults);
            }
        }
        if curveball.when_hit.is_some() && curveball.when_hit == curveball.when_missed {
            faults.fault(
                spot.key("when_missed"),
                "this curveball can never come: the item must be hit and missed",
                "keep one of the two",
            );
        }
    }
}

/// Whether there is enough to practise with. A draft is only told so.
fn counts(case: &Case, topic: &str, root: Spot<'_>, names: &Names, faults: &mut Faults) {
    let draft = case.status == Status::Draft;
    let mut say = |mark: Mark, message: String, fix: &str| {
        if draft {
            faults.warn(mark, message, fix);
        } else {
            faults.fault(mark, message, fix);
        }
    };
    let fix = "add what is missing, or set `status: draft`";
    for dimension in CORE {
        let musts = case.rubric.iter();
        let count = musts
            .filter(|item| item.kind == Kind::Must && item.dimension == dimension)
            .count();
        if count < MUSTS {
            let message = format!("{count} musts in `{dimension}`; at least {MUSTS} are needed");
            say(root.key("rubric"), message, fix);
        }
    }
    for step in Step::ALL {
        if !case.rubric.iter().any(|item| item.step == step) {
            let message = format!("no rubric item in the step `{step}`");
            say(root.key("rubric"), message, fix);
        }
    }
    let drills = names.drills_of(topic).count();
    let lists = [
        ("facts", case.facts.len(), 5),
        ("ladders", case.ladders.len(), 3),
        ("tradeoffs", case.tradeoffs.len(), 3),
        ("curveballs", case.curveballs.len(), 3),
        ("pitfalls", case.pitfalls.len(), 3),
        ("references", case.references.len(), 3),
    ];
    for (key, count, least) in lists {
        if count < least {
            let message = format!("{count} {key}; at least {least} are needed");
            say(root.key(key), message, fix);
        }
    }
    if !case.facts.is_empty() && !case.facts.iter().any(|fact| fact.key) {
        say(root.key("facts"), "no fact has `key: true`".into(), fix);
    }
    if drills == 0 {
        let message = format!("`{topic}` has no drills");
        say(
            root.key("id"),
            message,
            "write drills.yaml, or set `status: draft`",
        );
    }
    for (index, ladder) in case.ladders.iter().enumerate() {
        let count = ladder.rungs.len();
        if count != RUNGS {
            let mark = root.get("ladders").at(index).key("rungs");
            say(mark, format!("{count} rungs; a ladder has {RUNGS}"), fix);
        }
    }
}
