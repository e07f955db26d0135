//! How the rule of an item read a text: part by part, what was found and what was not.

use super::eval::{Eval, Scope};
use super::judge::{quote, CaseRules, Place};
use super::live::beginning_in;
use super::near::describe_node;
use super::reading::Window;
use super::rule::{Group, Matcher, Node};
use super::verdict::{Answer, Evidence, ItemVerdict};
use crate::content::{Step, Within};
use serde::Serialize;
use std::ops::Range;

/// Sentences shown when a rule looks at each by itself.
const MOST: usize = 3;

/// An item, its verdict, and how it came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explained {
    #[serde(flatten)]
    pub verdict: ItemVerdict,
    /// The text that the rule was held against; none for the text of no step.
    pub read: Option<Step>,
    /// The sentences that come nearest, or the whole text for a rule about the answer.
    pub looks: Vec<Look>,
    /// The wrong rules, held against the item's own step.
    pub wrong: Vec<Look>,
}

/// A rule, held against a sentence or a whole text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Look {
    /// None where the whole text was looked at.
    pub sentence: Option<Evidence>,
    pub rule: Part,
}

/// A part of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    pub name: String,
    pub holds: bool,
    /// The words that satisfy it.
    pub found: Vec<Evidence>,
    /// Words that would, were they not negated.
    pub negated: Vec<Evidence>,
    pub parts: Vec<Self>,
}

impl CaseRules {
    /// How an item came to its verdict; none when the case has no such item.
    pub fn explain(&self, answer: &Answer, item: &str) -> Option<Explained> {
        let rules = self.items.iter().find(|own| own.id == *item)?;
        let verdict = self.grade(answer).item(item)?.clone();
        let places = self.read(answer);
        let own = places.get(rules.step.index())?;
        // A wrong rule quotes the own step, else the quoted text is the one that was read.
        let quoted = verdict.evidence.first().map(|evidence| evidence.step);
        let place = quoted
            .and_then(|step| places.iter().find(|place| place.step == step))
            .unwrap_or(own);
        Some(Explained {
            read: place.step,
            looks: looks(&rules.matcher, place),
            wrong: rules
                .wrong
                .iter()
                .flat_map(|wrong| looks(wrong, own).into_iter().take(1))
                .collect(),
            verdict,
        })
    }
}

fn looks(matcher: &Matcher, place: &Place<'_>) -> Vec<Look> {
    let trace = Trace {
        eval: place.eval(matcher),
        place,
    };
    if !by_sentence(&matcher.root) {
        let rule = trace.part(&matcher.root, Scope::affirmed(Window::Answer));
        return vec![Look {
            sentence: None,
            rule,
        }];
    }
    let mut all: Vec<(usize, Range<usize>, Part)> = place
        .reading
        .passages()
        .map(|window| {
            let rule = trace.part(&matcher.root, Scope::affirmed(window));
            (rule.weight(), place.reading.range(window), rule)
        })
        .collect();
    // Stable: of two that are as near, the first, and a sentence before a passage that it is in.
    all.sort_by_key(|(weight, ..)| std::cmp::Reverse(*weight));
    let best = all.first().map_or(0, |(weight, ..)| *weight);
    let hit = trace.eval.hit().is_some();
    if hit {
        // What comes nearest by its words may hold something that the rule forbids.
        all.retain(|(_, _, rule)| rule.holds);
    }
    let most = if best == 0 || hit { 1 } else { MOST };
    let mut shown: Vec<Range<usize>> = Vec::new();
    let mut near = Vec::new();
    for (weight, tokens, rule) in all {
        let again = shown
            .iter()
            .any(|other| tokens.start < other.end && other.start < tokens.end);
        if weight > 0 && near.len() < most && !again {
            let sentence = quote(place, std::slice::from_ref(&tokens))
                .into_iter()
                .next();
            near.push(Look { sentence, rule });
            shown.push(tokens);
        }
    }
    if near.is_empty() {
        // Nothing of it is anywhere: the parts, without a sentence.
        let rule = trace.part(&matcher.root, Scope::affirmed(Window::Answer));
        return vec![Look {
            sentence: None,
            rule,
        }];
    }
    near
}

/// Whether the parts of a rule must meet in a sentence.
fn by_sentence(node: &Node) -> bool {
    match node {
        Node::Group(group) => group.within != Some(Within::Answer),
        _ => true,
    }
}

struct Trace<'a> {
    eval: Eval<'a>,
    place: &'a Place<'a>,
}

impl Trace<'_> {
    fn part(&self, node: &Node, scope: Scope) -> Part {
        match node {
            Node::Group(group) => self.group(node, group, scope),
            leaf => self.leaf(leaf, scope),
        }
    }

    fn leaf(&self, node: &Node, scope: Scope) -> Part {
        let spans = self.eval.holds(node, scope);
        let said: Vec<Range<usize>> = spans
            .iter()
            .flatten()
            .map(|span| span.tokens.clone())
            .collect();
        let negated = match spans {
            Some(_) => Vec::new(),
            None => self.anyhow(node, scope),
        };
        Part {
            name: self.name(node),
            holds: spans.is_some(),
            found: quote(self.place, &said),
            negated: quote(self.place, &negated),
            parts: Vec::new(),
        }
    }

    /// Where a leaf is said, negated or not.
    fn anyhow(&self, node: &Node, scope: Scope) -> Vec<Range<usize>> {
        let reading = &self.place.reading;
        let range = reading.range(scope.window);
        match node {
            Node::Concept(concept) => reading
                .found()
                .iter()
                .filter(|form| range.contains(&form.tokens.start))
                .filter(|form| {
                    let mut own = form.concepts.iter();
                    own.any(|c| self.eval.matcher.lexicon.is_a(*c).contains(concept))
                })
                .map(|form| form.tokens.clone())
                .collect(),
            Node::Phrase(phrase) => {
                let places = self.place.spoken.places(*phrase);
                beginning_in(places, &range).to_vec()
            }
            _ => Vec::new(),
        }
    }

    fn name(&self, node: &Node) -> String {
        match node {
            Node::Group(group) => title("a group", group),
            _ => describe_node(&self.eval, node),
        }
    }

    /// Where the parts of a group are looked for: the clause or sentence in which it holds, if it asks
    /// for one and there is one.
    fn window(&self, node: &Node, group: &Group, scope: Scope) -> Window {
        let reading = &self.place.reading;
        let said = scope.said;
        let holds = |window: &Window| {
            let window = *window;
            self.eval.holds(node, Scope { window, said }).is_some()
        };
        let narrow = match group.within {
            Some(Within::Answer) => Some(Window::Answer),
            Some(Within::Clause) => reading.clauses_in(scope.window).find(holds),
            Some(Within::Sentence) => reading.sentences_in(scope.window).find(holds),
            _ => None,
        };
        narrow.unwrap_or(scope.window)
    }

    fn group(&self, node: &Node, group: &Group, scope: Scope) -> Part {
        let inner = Scope {
            window: self.window(node, group, scope),
            said: group.said.unwrap_or(scope.said),
        };
        let lists = [
            ("all of", &group.all),
            ("any of", &group.any),
            ("in this order", &group.order),
            ("none of", &group.none),
        ];
        let mut parts: Vec<Part> = lists
            .into_iter()
            .filter(|(_, nodes)| !nodes.is_empty())
            .map(|(name, nodes)| {
                let parts: Vec<Part> = nodes.iter().map(|own| self.part(own, inner)).collect();
                let mut holding = parts.iter().filter(|part| part.holds);
                let holds = match name {
                    "any of" => holding.next().is_some(),
                    "none of" => holding.next().is_none(),
                    _ => parts.iter().all(|part| part.holds),
                };
                Part {
                    name: title(name, group),
                    holds,
                    found: Vec::new(),
                    negated: Vec::new(),
                    parts,
                }
            })
            .collect();
        let holds = self.eval.holds(node, scope).is_some();
        match (parts.len(), parts.pop()) {
            (1, Some(mut only)) => match (only.parts.len(), only.parts.pop()) {
                // One thing asked for is no list of things.
                (1, Some(one)) if group.none.is_empty() => Part { holds, ..one },
                (_, one) => {
                    only.parts.extend(one);
                    Part { holds, ..only }
                }
            },
            (_, last) => {
                parts.extend(last);
                Part {
                    name: title("together", group),
                    holds,
                    found: Vec::new(),
                    negated: Vec::new(),
                    parts,
                }
            }
        }
    }
}

fn title(name: &str, group: &Group) -> String {
    match group.within {
        Some(Within::Clause) => format!("{name}, in one clause"),
        Some(Within::Sentence) => format!("{name}, in one sentence"),
        Some(Within::Passage) => format!("{name}, close together"),
        Some(Within::Answer) => format!("{name}, anywhere in the step"),
        _ => name.to_owned(),
    }
}

impl Part {
    /// How near a text comes: whole matches first, then by what is there.
    fn weight(&self) -> usize {
        let inner = if self.name.starts_with("none of") {
            0
        } else {
            self.parts.iter().map(Self::weight).sum()
        };
        let own = 2 * self.found.len() + self.negated.len();
        let whole = usize::from(self.holds && !self.parts.is_empty() && inner > 0);
        inner + own + 2 * whole
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{answer, case, item, lexicon, rule};
    use super::super::{Lexicon, Verdict};
    use super::*;
    use crate::content::Kind;

    fn explained(text: &str) -> Explained {
        let mut split = item("split", Step::Data, Kind::Must, "{all: [time-split, gap]}");
        split.wrong = vec![rule("random-split")];
        let rules = CaseRules::compile(&case(vec![split]), &Lexicon::new(&lexicon())).unwrap();
        let said = answer(&[(Step::Data, text)]);
        assert!(rules.explain(&said, "none").is_none());
        rules.explain(&said, "split").unwrap()
    }

    #[test]
    fn each_part_has_its_words_or_none() {
        let own = explained("Logs. A time split without a gap. No random split.");
        assert_eq!(own.verdict.verdict, Verdict::Conflict);
        assert_eq!(own.looks.len(), 1);
        let sentence = own.looks[0].sentence.as_ref().unwrap();
        assert_eq!(sentence.text, "A time split without a gap");
        let rule = &own.looks[0].rule;
        assert_eq!(
            (rule.name.as_str(), rule.holds),
            ("all of, close together", false)
        );
        assert_eq!(rule.parts[0].found[0].text, "time split");
        assert!(!rule.parts[1].holds && rule.parts[1].found.is_empty());
        assert_eq!(rule.parts[1].negated[0].text, "gap");
        assert!(!own.wrong[0].rule.holds);
        assert_eq!(own.wrong[0].rule.negated[0].text, "random split");
    }

    /// The first sentence has more of the words, and what the rule forbids.
    #[test]
    fn what_is_shown_of_a_hit_is_what_made_it() {
        for within in ["passage", "sentence", "clause"] {
            let asked = format!(
                "{{all: [gap, {{phrase: [split, later, days]}}], none: [random-split], within: {within}}}"
            );
            let split = item("split", Step::Data, Kind::Must, &asked);
            let rules = CaseRules::compile(&case(vec![split]), &Lexicon::new(&lexicon())).unwrap();
            let text = format!(
                "Later days split with a gap and random split. {} A split with a gap of days.",
                "And so on and on. ".repeat(12)
            );
            let own = rules
                .explain(&answer(&[(Step::Data, &text)]), "split")
                .unwrap();
            assert_eq!(own.verdict.verdict, Verdict::Hit, "{within}");
            assert!(own.looks[0].rule.holds, "{within}");
            let forbidden = own.looks[0].rule.parts.last().unwrap();
            assert!(forbidden.holds, "{within}: {forbidden:?}");
        }
    }

    #[test]
    fn a_hit_shows_its_sentence_and_nothing_shows_the_parts() {
        let own = explained("A time split. A time split with a gap.");
        assert!(own.looks[0].rule.holds && own.looks.len() == 1);
        let own = explained("Logs.");
        assert!(own.looks[0].sentence.is_none());
        assert_eq!(own.looks[0].rule.parts.len(), 2);
        let own = explained("");
        assert!(own.looks[0].sentence.is_none() && !own.looks[0].rule.holds);
        assert!(explained("We split at random.").wrong[0].rule.holds);
    }
}
