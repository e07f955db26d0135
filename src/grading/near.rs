//! How far a text is from a rule that it does not satisfy: what is there, what is missing, and
//! whether it is worth asking "did you say this?".

use super::eval::{Eval, Finding, Scope, Span};
use super::live::Live;
use super::reading::Window;
use super::rule::{Group, Node};
use crate::content::{Direction, Within};
use std::collections::BTreeMap;

/// Alternatives that a missing part names before it says "…".
const NAMED: usize = 3;

/// A part that a rule asks for: one node, or the choice between several.
type Part<'a> = &'a [Node];

/// One way to satisfy a rule, and how much of it is there.
struct Attempt<'a> {
    group: Option<&'a Group>,
    parts: Vec<Part<'a>>,
    /// What satisfies each part, anywhere in the text.
    found: Vec<Option<Vec<Span>>>,
}

pub(super) fn near(eval: &Eval<'_>) -> Finding {
    let mut attempts = Vec::new();
    collect(eval, &eval.matcher.root, &mut attempts);
    let mut best: Option<Attempt<'_>> = None;
    for attempt in attempts {
        if best.as_ref().is_none_or(|best| attempt.is_nearer(best)) {
            best = Some(attempt);
        }
    }
    let mut finding = best
        .as_ref()
        .map(|best| best.finding(eval))
        .unwrap_or_default();
    if let Node::Group(group) = &eval.matcher.root {
        if group.is_choice() && best.is_some_and(|best| best.present() == 0) {
            finding.missing = vec![describe(eval, &group.any)];
        }
    }
    finding
}

/// The alternatives of a rule: a choice at the top offers as many as it has entries.
fn collect<'a>(eval: &Eval<'a>, node: &'a Node, out: &mut Vec<Attempt<'a>>) {
    match node {
        Node::Group(group) if group.is_choice() => {
            for part in &group.any {
                collect(eval, part, out);
            }
        }
        Node::Group(group) => {
            let mut parts = Vec::new();
            flatten(group, &mut parts);
            out.push(Attempt::new(eval, Some(group), parts));
        }
        leaf => out.push(Attempt::new(eval, None, vec![std::slice::from_ref(leaf)])),
    }
}

/// What a group asks for; a list inside a list is one list.
fn flatten<'a>(group: &'a Group, out: &mut Vec<Part<'a>>) {
    for node in group.all.iter().chain(&group.order) {
        match node {
            Node::Group(inner)
                if inner.any.is_empty() && inner.none.is_empty() && inner.said.is_none() =>
            {
                flatten(inner, out);
            }
            Node::Group(inner) if inner.is_choice() && inner.none.is_empty() => {
                out.push(&inner.any);
            }
            node => out.push(std::slice::from_ref(node)),
        }
    }
    if !group.any.is_empty() {
        out.push(&group.any);
    }
}

impl<'a> Attempt<'a> {
    fn new(eval: &Eval<'a>, group: Option<&'a Group>, parts: Vec<Part<'a>>) -> Self {
        let found = parts
            .iter()
            .map(|part| {
                part.iter()
                    .find_map(|node| eval.holds(node, Scope::affirmed(Window::Answer)))
            })
            .collect();
        Self {
            group,
            parts,
            found,
        }
    }

    fn present(&self) -> usize {
        self.found.iter().flatten().count()
    }

    fn is_nearer(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.present(), other.present());
        let share = (mine * other.parts.len()).cmp(&(theirs * self.parts.len()));
        share.then(mine.cmp(&theirs)).is_gt()
    }

    fn finding(&self, eval: &Eval<'_>) -> Finding {
        let present = self.present();
        let all = present == self.parts.len();
        let none = self.group.map_or(&[][..], |group| group.none.as_slice());
        let blocked = eval.says_any(&eval.heard.some(none), Scope::affirmed(Window::Answer));
        let together = all && self.meets(eval);
        let near = if all {
            !together && !blocked
        } else {
            !blocked && self.is_half() && self.is_telling(eval)
        };
        let missing = if all && self.parts.is_empty() && !blocked {
            Vec::new()
        } else if all {
            vec![self.obstacle(eval, together)]
        } else {
            let parts = self.parts.iter().zip(&self.found);
            parts
                .filter(|(_, found)| found.is_none())
                .map(|(part, _)| describe(eval, part))
                .collect()
        };
        let spans = self.found.iter().flatten().flatten();
        Finding {
            near,
            spans: spans.map(|span| span.tokens.clone()).collect(),
            missing,
            ..Finding::default()
        }
    }

    /// At least half of the parts are there, and two of them or all but one.
    fn is_half(&self) -> bool {
        let (present, total) = (self.present(), self.parts.len());
        present >= 1 && present * 2 >= total && (present >= 2 || present + 1 == total)
    }

    /// A concept is there, or two parts are in one sentence. One everyday word is no sign that the
    /// point was made.
    fn is_telling(&self, eval: &Eval<'_>) -> bool {
        let mut sentences: BTreeMap<usize, usize> = BTreeMap::new();
        for spans in self.found.iter().flatten() {
            if spans.iter().any(|span| span.concept) {
                return true;
            }
            if let Some(span) = spans.first() {
                let number = eval.heard.reading.sentence_of(span.tokens.start);
                *sentences.entry(number).or_default() += 1;
            }
        }
        sentences.values().any(|parts| *parts >= 2)
    }

    /// Whether the parts meet in the window that the rule asks for.
    fn meets(&self, eval: &Eval<'_>) -> bool {
        let root = match &eval.matcher.root {
            Node::Group(group) => group.within,
            _ => None,
        };
        let own = self.group.and_then(|group| group.within);
        let parts = self.parts.iter();
        let parts: Vec<Vec<Live<'_>>> = parts.map(|part| eval.heard.some(part)).collect();
        let meets = |window| {
            let scope = Scope::affirmed(window);
            parts.iter().all(|part| eval.says_any(part, scope))
        };
        match own.or(root) {
            Some(Within::Answer) => true,
            Some(Within::Sentence | Within::Clause) => {
                eval.heard.reading.sentences_in(Window::Answer).any(meets)
            }
            Some(Within::Passage) | None => eval.heard.reading.passages().any(meets),
        }
    }

    /// Why a text that has all the parts does not satisfy the rule.
    fn obstacle(&self, eval: &Eval<'_>, together: bool) -> String {
        if !together {
            let how_many = if self.parts.len() == 2 {
                "both"
            } else {
                "all of it"
            };
            return format!("{how_many} close together");
        }
        let Some(group) = self.group else {
            return String::new();
        };
        let said = |node: &&Node| eval.holds(node, Scope::affirmed(Window::Answer)).is_some();
        if let Some(node) = group.none.iter().find(said) {
            return format!("said without {}", describe_node(eval, node));
        }
        let steps: Vec<_> = group
            .order
            .iter()
            .map(|node| describe_node(eval, node))
            .collect();
        format!("in this order: {}", steps.join(", then "))
    }
}

fn describe(eval: &Eval<'_>, part: Part<'_>) -> String {
    let mut names: Vec<String> = Vec::new();
    for node in part {
        // Most rules have dozens of ways, and most texts miss most rules.
        if names.len() > NAMED {
            break;
        }
        let name = describe_node(eval, node);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let more = names.len() > NAMED;
    names.truncate(NAMED);
    let end = if more { " …" } else { "" };
    format!("{}{end}", names.join(" or "))
}

pub(super) fn describe_node(eval: &Eval<'_>, node: &Node) -> String {
    match node {
        Node::Concept(concept) => eval.matcher.lexicon.name(*concept).to_owned(),
        Node::Phrase(phrase) => eval.matcher.phrases.label(*phrase).to_owned(),
        Node::Number(figure) => figure.label.clone(),
        Node::Near(near) => {
            let parts = near.parts.iter();
            let parts: Vec<_> = parts.map(|node| describe_node(eval, node)).collect();
            format!("{} within {} words", parts.join(" and "), near.words)
        }
        Node::Change(of, to) => {
            let way = match to {
                Direction::Up => "going up",
                Direction::Down => "going down",
            };
            format!("{} {way}", describe_node(eval, of))
        }
        Node::Before(pair) => {
            let [first, then] = pair.as_ref();
            let first = describe_node(eval, first);
            format!("{first} before {}", describe_node(eval, then))
        }
        Node::Group(group) => {
            let mut parts = Vec::new();
            flatten(group, &mut parts);
            let parts: Vec<_> = parts.into_iter().map(|part| describe(eval, part)).collect();
            parts.join(" with ")
        }
    }
}
