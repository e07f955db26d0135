//! `breakdown.md`: seven sections, links that lead somewhere, diagrams that draw.

use super::faults::{did_you_mean, Faults};
use super::lines::Lines;
use super::names::Names;
use super::{cited, diagrams, text};
use crate::content::Step;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

struct Heading {
    level: HeadingLevel,
    title: String,
    at: usize,
}

struct Link {
    to: String,
    at: usize,
}

/// Checks one breakdown. `has` says whether the pack has a file at a path.
pub(super) fn check(
    source: &str,
    path: &str,
    case: Option<&str>,
    names: &Names,
    has: &dyn Fn(&str) -> bool,
    faults: &mut Faults,
) {
    let lines = Lines::new(source);
    if let Some(own) = case.and_then(|case| names.cases.get(case)) {
        cited::check(source, &lines, &own.numbers, faults);
    }
    let (headings, links) = read(source, &lines, names, faults);
    sections(&headings, &lines, names, faults);
    let mut anchors = BTreeSet::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for heading in &headings {
        let slug = slug(&heading.title);
        let count = counts.entry(slug.clone()).or_default();
        anchors.insert(match *count {
            0 => slug,
            n => format!("{slug}-{n}"),
        });
        *count += 1;
    }
    let references = case
        .and_then(|case| names.cases.get(case))
        .map(|case| case.references.as_slice())
        .unwrap_or_default();
    for link in links {
        let mark = lines.mark(link.at);
        if let Some(anchor) = link.to.strip_prefix('#') {
            let id = anchor.strip_prefix("ref-").unwrap_or(anchor);
            let known =
                anchors.contains(anchor) || references.iter().any(|own| own == id || own == anchor);
            if !known && !case.is_some_and(|case| names.is_dark(case)) {
                let all = references.iter().chain(&anchors).map(String::as_str);
                let fix = did_you_mean(
                    anchor,
                    all,
                    "name a reference of case.yaml, or a heading of this file",
                );
                faults.fault(mark, format!("this link leads nowhere: `#{anchor}`"), &fix);
            }
        } else if !link.to.contains(':') {
            let file = link.to.split('#').next().unwrap_or_default();
            let target = resolve(path, file);
            if target.as_deref().is_none_or(|target| !has(target)) {
                faults.fault(
                    mark,
                    format!("this link leads to no file of the pack: `{file}`"),
                    "correct the path, relative to this file",
                );
            }
        }
    }
}

/// The seven steps as second-level headings, in order, named by their titles.
fn sections(headings: &[Heading], lines: &Lines, names: &Names, faults: &mut Faults) {
    let sections: Vec<&Heading> = headings
        .iter()
        .filter(|heading| heading.level == HeadingLevel::H2)
        .collect();
    let title = |step: Step| {
        let guide = names.framework.step(step);
        guide.map_or(step.id(), |guide| guide.title.as_str())
    };
    let step_of = |heading: &Heading| {
        Step::ALL.into_iter().find(|step| {
            let own = heading.title.trim();
            own.eq_ignore_ascii_case(title(*step)) || own.eq_ignore_ascii_case(step.id())
        })
    };
    let mut last: Option<Step> = None;
    let mut seen = BTreeSet::new();
    for section in &sections {
        let mark = lines.mark(section.at);
        match step_of(section) {
            Some(step) => {
                if !seen.insert(step) {
                    faults.fault(
                        mark,
                        format!("a second section `{}`", section.title),
                        "join the two",
                    );
                } else if last.is_some_and(|last| last > step) {
                    faults.fault(
                        mark,
                        format!("the section `{}` is out of order", section.title),
                        "keep the order of the seven steps",
                    );
                }
                last = Some(step);
            }
            None => {
                let fix = did_you_mean(
                    &section.title,
                    Step::ALL.into_iter().map(title),
                    "the seven steps are the only second-level headings; use ### inside them",
                );
                let message = format!("`{}` is no step of the framework", section.title);
                faults.fault(mark, message, &fix);
            }
        }
    }
    for step in Step::ALL {
        if !seen.contains(&step) {
            faults.whole(
                format!("the section `{}` is missing", title(step)),
                &format!("add `## {}`", title(step)),
            );
        }
    }
}

/// Headings and links; diagrams and characters are checked on the way.
fn read(
    source: &str,
    lines: &Lines,
    names: &Names,
    faults: &mut Faults,
) -> (Vec<Heading>, Vec<Link>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let mut headings: Vec<Heading> = Vec::new();
    let mut links = Vec::new();
    let mut in_heading = false;
    let mut fence: Option<(String, usize)> = None;
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                in_heading = true;
                headings.push(Heading {
                    level,
                    title: String::new(),
                    at: range.start,
                });
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                links.push(Link {
                    to: dest_url.into_string(),
                    at: range.start,
                });
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if info.split_whitespace().next() == Some("mermaid") =>
            {
                fence = Some((String::new(), lines.mark(range.start).line + 1));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((source, first)) = fence.take() {
                    diagrams::check_fence(&source, first, &names.drawn, faults);
                }
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some((source, _)) = &mut fence {
                    source.push_str(&words);
                } else if in_heading {
                    if let Some(heading) = headings.last_mut() {
                        heading.title.push_str(&words);
                    }
                }
                character(&words, &range, lines, faults);
            }
            _ => {}
        }
    }
    (headings, links)
}

/// A control character that was written as an entity, `&#27;`.
fn character(words: &str, range: &Range<usize>, lines: &Lines, faults: &mut Faults) {
    if let Some(c) = words.chars().find(|c| text::is_bad(*c)) {
        text::name(c, lines.mark(range.start), faults);
    }
}

/// Where lines begin.
/// As code hosts make it.
fn slug(title: &str) -> String {
    title
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            _ => c.is_alphanumeric().then_some(c),
        })
        .collect()
}

/// A path relative to a file of the pack, `None` when it leads out of the pack.
fn resolve(from: &str, to: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
