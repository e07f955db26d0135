//! `lexicon.yaml`: links between concepts, and forms that belong to one concept only.

use super::faults::Faults;
use super::links;
use super::names::Names;
use super::tree::Spot;
use crate::content::{Id, Lexicon};
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use unicode_normalization::UnicodeNormalization;

/// Ways to say a concept: fewer miss people, more are sentences of one writer.
const FORMS: RangeInclusive<usize> = 5..=15;

pub(super) fn check(file: &Lexicon, root: Spot<'_>, names: &Names, faults: &mut Faults) {
    let concepts = root.get("concepts");
    let ids = file.concepts.iter().map(|concept| &concept.id);
    links::unique(ids, concepts, "concept", faults);
    let stemmer = Stemmer::create(Algorithm::English);
    let mut claimed: BTreeMap<String, &Id> = BTreeMap::new();
    let own: BTreeSet<&Id> = file.concepts.iter().map(|concept| &concept.id).collect();
    for concept in &names.content_lexicon.concepts {
        for form in &concept.forms {
            let key = folded(form, &stemmer);
            if !own.contains(&concept.id) {
                claimed.entry(key).or_insert(&concept.id);
            }
        }
    }
    for (index, concept) in file.concepts.iter().enumerate() {
        let spot = concepts.at(index);
        for (index, form) in concept.forms.iter().enumerate() {
            let mark = spot.get("forms").at(index).mark;
            let key = folded(form, &stemmer);
            if key.is_empty() {
                faults.fault(
                    mark,
                    "this form has no words",
                    "write the words, or remove it",
                );
                continue;
            }
            match claimed.get(&key) {
                Some(other) if **other != concept.id => faults.fault(
                    mark,
                    format!("`{form}` of `{}` is claimed by `{other}` too", concept.id),
                    "a form belongs to one concept; link the two with `is_a` or `confusable`",
                ),
                _ => {
                    claimed.insert(key, &concept.id);
                }
            }
        }
        if concept.forms.is_empty() {
            faults.fault(
                spot.key("forms"),
                format!("`{}` has no forms, so no text can say it", concept.id),
                "write the ways in which people say it",
            );
        }
        let forms = concept.forms.len();
        if forms > 0 && !FORMS.contains(&forms) {
            faults.warn(
                spot.key("forms"),
                format!("`{}` has {forms} forms", concept.id),
                "give 5 to 15 that people really use; long phrases belong into a rule",
            );
        }
        for (key, list) in [("is_a", &concept.is_a), ("confusable", &concept.confusable)] {
            for (index, id) in list.iter().enumerate() {
                let all = names.concepts.iter().map(String::as_str);
                let spot = spot.get(key).at(index);
                if *id == concept.id {
                    faults.fault(spot.mark, format!("`{id}` names itself"), "leave it out");
                } else {
                    links::exists(id, all, spot, "concept", faults);
                }
            }
        }
    }
    circles(file, root, names, faults);
}

/// Concepts that are a kind of themselves by way of others.
fn circles(file: &Lexicon, root: Spot<'_>, names: &Names, faults: &mut Faults) {
    let broader: BTreeMap<&Id, &Vec<Id>> = names
        .content_lexicon
        .concepts
        .iter()
        .chain(&file.concepts)
        .map(|concept| (&concept.id, &concept.is_a))
        .collect();
    let mut named: BTreeSet<&Id> = BTreeSet::new();
    for (index, concept) in file.concepts.iter().enumerate() {
        for (place, parent) in concept.is_a.iter().enumerate() {
            if *parent == concept.id {
                continue;
            }
            let circle = reached(parent, &broader);
            if circle.contains(&concept.id) && !named.contains(&concept.id) {
                // One fault a circle.
                named.extend(circle);
                faults.fault(
                    root.get("concepts").at(index).get("is_a").at(place).mark,
                    format!(
                        "`is_a` goes round in a circle: `{}` is a kind of itself",
                        concept.id
                    ),
                    "remove one link of the circle",
                );
            }
        }
    }
}

fn reached<'a>(from: &'a Id, broader: &BTreeMap<&'a Id, &'a Vec<Id>>) -> BTreeSet<&'a Id> {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(here) = open.pop() {
        for parent in broader.get(here).into_iter().flat_map(|list| list.iter()) {
            if seen.insert(parent) {
                open.push(parent);
            }
        }
    }
    seen
}

/// A form as it is compared: without case, accents, hyphens and endings.
fn folded(form: &str, stemmer: &Stemmer) -> String {
    let plain: String = form
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<_> = plain
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '+' | '#' | '%'))
        .filter(|word| !word.is_empty())
        .map(|word| stemmer.stem(word))
        .collect();
    words.join(" ")
}
