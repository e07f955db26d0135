//! The built-in content: no faults, and schemas that are those of the types.

use greenroom::check::{self, schemas};
use greenroom::content::{Id, Library, Rule};
use greenroom::drill::Bank;
use greenroom::grading::{Lexicon, Matcher};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

#[test]
fn the_built_in_pack_has_no_faults() {
    let report = check::pack(&[], &[]);
    assert!(report.files > 0);
    assert!(report.is_ok(), "{}", report.to_text());
}

/// `UPDATE_SCHEMA=1 cargo test schemas` writes them.
#[test]
fn the_schemas_are_those_of_the_types() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    let update = std::env::var_os("UPDATE_SCHEMA").is_some();
    for (name, schema) in schemas::all() {
        let path = folder.join(format!("{name}.schema.json"));
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if update {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &text).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == text,
            "{} is out of date: UPDATE_SCHEMA=1 cargo test schemas",
            path.display()
        );
    }
}

#[test]
fn answer_keys_recompute_and_earn_full_marks() {
    use greenroom::content::{evaluate, Library};
    use greenroom::drill::{Bank, Drill};
    use greenroom::grading::Lexicon;

    let library = Library::open(&[], None);
    let lexicon = Lexicon::new(library.lexicon());
    let mut bank = Bank::default();
    let ids: Vec<String> = library.drills().map(|head| head.id.clone()).collect();
    assert!(!ids.is_empty());
    for id in ids {
        let drill = bank.drill(&library, &id).unwrap();
        let grade = drill.grade(&drill.key(), &lexicon);
        assert!(grade.score > 0.999, "{id}: {grade:#?}");
        if let Drill::Estimate(estimate) = drill {
            let sums = estimate.slips.iter().map(|slip| (&slip.sum, slip.value));
            for (sum, value) in sums.chain([(&estimate.sum, estimate.answer)]) {
                let result = evaluate(sum).unwrap();
                assert!(
                    (result / value - 1.0).abs() <= 0.01,
                    "{id}: {sum} = {result}"
                );
            }
        }
    }
}

/// Every concept of the lexicon earns its place: five to fifteen ways to say it, and a rule asks for
/// it (or for something broader), or a drill or a breakdown speaks of it.
#[test]
fn no_concept_is_padding() {
    let library = Library::open(&[], None);
    let content = library.lexicon();
    assert!(content.concepts.len() >= 600);
    let mut asked: BTreeSet<String> = BTreeSet::new();
    let mut text = String::new();
    let mut walk = |value: &serde_json::Value| strings(value, &mut asked, &mut text);
    for head in library.cases() {
        let case = library.case(head.id.as_str()).unwrap();
        walk(&serde_json::to_value(&*case).unwrap());
    }
    let mut bank = Bank::default();
    for id in library.drills().map(|head| head.id.clone()) {
        let drill = bank.drill(&library, &id).unwrap();
        walk(&serde_json::to_value(drill).unwrap());
    }
    for head in library.ready_cases() {
        text.push_str(&library.breakdown(head.id.as_str()).unwrap());
    }
    let lexicon = Lexicon::new(content);
    let spoken = lexicon.read(&text);
    let broader: BTreeMap<&str, Vec<&str>> = content
        .concepts
        .iter()
        .map(|own| (own.id.as_str(), own.is_a.iter().map(Id::as_str).collect()))
        .collect();
    let is_asked = |id: &str| {
        let mut open = vec![id];
        let mut seen = BTreeSet::new();
        while let Some(here) = open.pop() {
            if asked.contains(here) {
                return true;
            }
            if seen.insert(here) {
                open.extend(broader.get(here).into_iter().flatten());
            }
        }
        false
    };
    let mut faults = Vec::new();
    for concept in &content.concepts {
        if !(5..=15).contains(&concept.forms.len()) {
            faults.push(format!("{}: {} forms", concept.id, concept.forms.len()));
        }
        let rule = Rule::Concept(concept.id.clone());
        let matcher = Matcher::compile(&rule, &lexicon).unwrap();
        if !is_asked(concept.id.as_str()) && !matcher.find(&spoken).hit {
            faults.push(format!("{}: nothing uses it", concept.id));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every string of a value: as something that may be asked for, and as text.
fn strings(value: &serde_json::Value, asked: &mut BTreeSet<String>, text: &mut String) {
    match value {
        serde_json::Value::String(own) => {
            asked.insert(own.clone());
            text.push_str(own);
            text.push_str("\n\n");
        }
        serde_json::Value::Array(list) => list.iter().for_each(|own| strings(own, asked, text)),
        serde_json::Value::Object(map) => map.values().for_each(|own| strings(own, asked, text)),
        _ => {}
    }
}

#[test]
fn every_drill_names_its_techniques_and_where_to_read_on() {
    let library = Library::open(&[], None);
    let mut bank = Bank::default();
    let ids: Vec<String> = library.drills().map(|head| head.id.clone()).collect();
    let judging = |id: &String| {
        let format = library.drill_head(id).map(|head| head.format.as_str());
        !matches!(format, Some("recall" | "cloze" | "match"))
    };
    assert!(ids.len() >= 250);
    assert!(ids.iter().filter(|id| judging(id)).count() * 5 >= ids.len() * 3);
    for id in &ids {
        let drill = bank.drill(&library, id).unwrap();
        let head = drill.head();
        assert!(!head.tags.is_empty(), "{id} has no tags");
        assert_eq!(head.hints.len(), 2, "{id}");
        assert!(!drill.model().trim().is_empty(), "{id} has no model answer");
        let topic = id.split('/').next().unwrap();
        // A drill of a case is explained in its breakdown.
        let explained = head.read.is_some() || library.case_head(topic).is_some();
        assert!(explained, "{id} says nowhere to read on");
    }
}

/// What a reader reads of a YAML file: its texts without rules, ids and sources, which may be alike.
fn prose(value: &serde_yaml::Value, texts: &mut Vec<String>) {
    const NOT_READ: [&str; 18] = [
        "match",
        "wrong",
        "asked",
        "trigger",
        "id",
        "tags",
        "sum",
        "unit",
        "what",
        "references",
        "read",
        "item",
        "step",
        "level",
        "kind",
        "dimension",
        "format",
        "url",
    ];
    match value {
        serde_yaml::Value::String(text) => texts.push(text.clone()),
        serde_yaml::Value::Sequence(items) => items.iter().for_each(|item| prose(item, texts)),
        serde_yaml::Value::Mapping(fields) => {
            for (key, value) in fields {
                if !key.as_str().is_some_and(|key| NOT_READ.contains(&key)) {
                    prose(value, texts);
                }
            }
        }
        _ => {}
    }
}

/// Twelve equal words in a row are a sentence that was carried over.
const RUN: usize = 12;

#[test]
fn no_sentence_stands_in_two_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/cases");
    let mut first: BTreeMap<Vec<String>, String> = BTreeMap::new();
    let mut twice: BTreeSet<String> = BTreeSet::new();
    let mut cases = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let case = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut texts = Vec::new();
        for name in ["case.yaml", "drills.yaml"] {
            let source = fs::read_to_string(path.join(name)).unwrap_or_default();
            let value = serde_yaml::from_str(&source).unwrap();
            prose(&value, &mut texts);
        }
        let breakdown = fs::read_to_string(path.join("breakdown.md")).unwrap_or_default();
        // Between fences stand pictures and sums, which may be alike.
        let prose = breakdown.split("```").step_by(2);
        texts.extend(prose.flat_map(|part| part.split("\n\n")).map(str::to_owned));
        cases += 1;
        for text in texts {
            let words: Vec<String> = text
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect();
            for run in words.windows(RUN) {
                match first.get(run) {
                    Some(other) if *other != case => {
                        twice.insert(format!("{other} and {case}: {}", run.join(" ")));
                    }
                    Some(_) => {}
                    None => {
                        first.insert(run.to_vec(), case.clone());
                    }
                }
            }
        }
    }
    assert!(cases > 1);
    assert!(twice.is_empty(), "{twice:#?}");
}

/// The labels of a picture's boxes, and how many boxes are blank.
fn boxes(picture: &str) -> (BTreeSet<String>, usize) {
    let graph = greenroom::diagram::read(picture).unwrap_or_default();
    let labels = graph.nodes.into_iter().map(|node| node.label);
    let (blank, named): (Vec<String>, Vec<String>) =
        labels.partition(|label| label.chars().all(|letter| letter == '_'));
    (named.into_iter().collect(), blank.len())
}

/// A picture that is only looked at is forgotten: each one of a breakdown is asked for, by a drill of
/// its case or as what a whiteboard is held against. A drill blanks boxes, and may leave out one in five.
#[test]
fn each_flowchart_of_a_breakdown_is_asked_for() {
    let library = Library::open(&[], None);
    let (mut seen, mut forgotten) = (0, Vec::new());
    for head in library.ready_cases() {
        let case = library.case(&head.id).unwrap();
        let path = format!(
            "{}/content/cases/{}/drills.yaml",
            env!("CARGO_MANIFEST_DIR"),
            head.id
        );
        let text = fs::read_to_string(path).unwrap();
        let drills: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        let mut keys = vec![boxes(&case.whiteboard)];
        for drill in drills["diagram"].as_sequence().into_iter().flatten() {
            keys.extend(drill["picture"].as_str().map(boxes));
        }
        let breakdown = library.breakdown(&head.id).unwrap();
        for fence in breakdown.split("```mermaid\n").skip(1) {
            let picture = fence.split("```").next().unwrap();
            let (own, _) = boxes(picture);
            assert!(!own.is_empty(), "{}: {picture}", head.id);
            let asked = keys.iter().any(|(key, blank)| {
                let shared = own.intersection(key).count() + blank;
                shared * 5 >= own.len() * 4
            });
            if !asked {
                forgotten.push(format!("{}:\n{picture}", head.id));
            }
            seen += 1;
        }
    }
    assert!(
        forgotten.is_empty(),
        "nothing asks for {}",
        forgotten.join("\n")
    );
    assert!(seen >= 8 * 12, "{seen}");
}
