//! A rule of the content, compiled against the lexicon, and what it finds in a text.

use super::eval::Eval;
use super::lexicon::{ConceptIndex, Lexicon};
use super::live::Heard;
use super::normal;
use super::number::{Unit, Wanted};
use super::pattern::Pattern;
use super::phrases::{PhraseIndex, Phrases};
use super::reading::Reading;
use super::stem::Stems;
use crate::content::{Direction, Id, Rule, Said, Within};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// A compiled rule: for a rubric item, a question that uncovers a fact, a drill point or a reason.
#[derive(Clone, Debug)]
pub struct Matcher {
    pub(super) lexicon: Lexicon,
    pub(super) root: Node,
    /// Of this rule and of those compiled with it.
    pub(super) phrases: Arc<Phrases>,
    /// Phrases of the rule that negate: what they say "not" to is what the rule is about.
    pub(super) negating: Vec<PhraseIndex>,
    /// Whether something must not be said.
    pub(super) forbids: bool,
}

/// Small, because a case has tens of thousands of them and most are only passed by.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Concept(ConceptIndex),
    Phrase(PhraseIndex),
    Number(Box<Figure>),
    Group(Box<Group>),
    Near(Box<Near>),
    Change(Box<Self>, Direction),
    /// The first happens before the second.
    Before(Box<[Self; 2]>),
}

#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) wanted: Wanted,
    pub(super) label: String,
}

/// Parts that begin within so many words of each other.
#[derive(Clone, Debug)]
pub(super) struct Near {
    pub(super) parts: Vec<Node>,
    pub(super) words: usize,
}

/// Every list that is not empty must hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub(super) all: Vec<Node>,
    pub(super) any: Vec<Node>,
    pub(super) none: Vec<Node>,
    pub(super) order: Vec<Node>,
    pub(super) within: Option<Within>,
    pub(super) said: Option<Said>,
    /// The phrases of a choice between phrases only, in runs: those of a list have mostly been
    /// numbered one after the other, so that one look tells whether any of them is said.
    pub(super) phrases: Vec<Range<PhraseIndex>>,
}

/// What a rule finds in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Match {
    pub hit: bool,
    /// Not a hit, but enough of it is there to ask "did you say this?".
    pub near: bool,
    /// Bytes of the text that say it, or the parts of it that are there. In order, not overlapping.
    pub spans: Vec<Range<usize>>,
    /// What is not there, one entry for each part; empty for a hit.
    pub missing: Vec<String>,
}

impl Matcher {
    /// The error lists the concepts that the lexicon does not have.
    pub fn compile(rule: &Rule, lexicon: &Lexicon) -> Result<Self, Vec<Id>> {
        let mut only = Self::compile_all([rule], lexicon);
        only.pop().unwrap_or_else(|| Err(Vec::new()))
    }

    /// Compiles rules together, so that a text is searched once for the phrases of all of them.
    pub(super) fn compile_all<'a>(
        rules: impl IntoIterator<Item = &'a Rule>,
        lexicon: &Lexicon,
    ) -> Vec<Result<Self, Vec<Id>>> {
        let mut compiler = Compiler {
            lexicon,
            stems: Stems::new(),
            phrases: Phrases::default(),
            unknown: BTreeSet::new(),
        };
        let roots: Vec<Result<Node, Vec<Id>>> =
            rules.into_iter().map(|rule| compiler.root(rule)).collect();
        let phrases = Arc::new(compiler.phrases);
        let matcher = |root: Node| {
            let mut negating = Vec::new();
            collect_negating(&root, &phrases, &mut negating);
            Self {
                lexicon: lexicon.clone(),
                phrases: Arc::clone(&phrases),
                forbids: forbids(&root),
                root,
                negating,
            }
        };
        roots.into_iter().map(|root| root.map(matcher)).collect()
    }

    /// Holds the rule against a text. For many rules on one text, read it once and use
    /// [`Matcher::find`].
    pub fn test(&self, text: &str) -> Match {
        self.find(&self.lexicon.read(text))
    }

    /// Holds the rule against a text that the same lexicon has read.
    pub fn find(&self, reading: &Reading) -> Match {
        let spoken = self.phrases.find(reading.tokens(), reading.sentences());
        let heard = Heard {
            reading,
            spoken: &spoken,
        };
        let finding = Eval::new(self, heard).examine();
        Match {
            hit: finding.hit,
            near: finding.near,
            spans: finding.bytes(reading),
            missing: finding.missing,
        }
    }

    /// Whether no text can satisfy the rule: it asks for nothing, or for words that are none.
    pub fn is_impossible(&self) -> bool {
        impossible(&self.root, &self.phrases)
    }
}

struct Compiler<'a> {
    lexicon: &'a Lexicon,
    stems: Stems,
    phrases: Phrases,
    unknown: BTreeSet<Id>,
}

impl Compiler<'_> {
    fn root(&mut self, rule: &Rule) -> Result<Node, Vec<Id>> {
        let mut root = self.node(rule);
        if let Node::Group(group) = &mut root {
            group.within.get_or_insert(Within::Passage);
        }
        let unknown = std::mem::take(&mut self.unknown);
        if unknown.is_empty() {
            Ok(root)
        } else {
            Err(unknown.into_iter().collect())
        }
    }

    fn node(&mut self, rule: &Rule) -> Node {
        let group = match rule {
            Rule::Concept(id) => {
                let index = self.lexicon.index(id);
                if index.is_none() {
                    self.unknown.insert(id.clone());
                }
                return Node::Concept(index.unwrap_or_default());
            }
            Rule::Group(group) => group,
        };
        let mut out = Group {
            all: self.nodes(&group.all),
            any: self.nodes(&group.any),
            none: self.nodes(&group.none),
            order: self.nodes(&group.order),
            within: group.within,
            said: group.said,
            phrases: Vec::new(),
        };
        if let Some(near) = &group.near {
            let parts = self.nodes(&near.of);
            let words = near.words;
            out.all.push(Node::Near(Box::new(Near { parts, words })));
        }
        if let Some(change) = &group.change {
            let of = Box::new(self.node(&change.of));
            out.all.push(Node::Change(of, change.to));
        }
        for pair in group.before.windows(2) {
            if let [first, then] = pair {
                let pair = Box::new([self.node(first), self.node(then)]);
                out.all.push(Node::Before(pair));
            }
        }
        if let Some(phrase) = &group.phrase {
            let mut ways: Vec<Node> = phrase.ways().iter().map(|way| self.words(way)).collect();
            if ways.is_empty() {
                ways.push(self.words(""));
            }
            // Alone it is a choice and not a list of one choice, so that each place of it counts.
            if group.parts().next().is_none() && group.number.is_none() {
                out.any = ways;
            } else {
                out.all.push(Node::Group(Box::new(Group {
                    phrases: runs(&ways),
                    any: ways,
                    ..Group::default()
                })));
            }
        }
        if let Some(number) = &group.number {
            let unit = number.unit.as_deref();
            let wanted = Wanted {
                value: number.value,
                tolerance: number.tolerance,
                unit: unit.and_then(|unit| Unit::parse(unit, &self.stems)),
            };
            let value = short(number.value);
            let label = format!("about {value} {}", unit.unwrap_or_default());
            let label = label.trim_end().to_owned();
            out.all
                .push(Node::Number(Box::new(Figure { wanted, label })));
        }
        out.phrases = runs(&out.any);
        Node::Group(Box::new(out))
    }

    fn words(&mut self, text: &str) -> Node {
        let tokens = self.lexicon.spelled(normal::tokens(text, 0, &self.stems));
        Node::Phrase(self.phrases.add(text, &Pattern::of(&tokens)))
    }

    fn nodes(&mut self, rules: &[Rule]) -> Vec<Node> {
        rules.iter().map(|rule| self.node(rule)).collect()
    }
}

impl Group {
    /// Whether it only offers alternatives, of which those count that the rest of the rule counts.
    pub(super) fn is_choice(&self) -> bool {
        self.all.is_empty() && self.order.is_empty() && !self.any.is_empty() && self.said.is_none()
    }

    /// Whether it is no more than its alternatives, negated or not.
    pub(super) fn only_offers(&self) -> bool {
        let alone = self.all.is_empty() && self.order.is_empty() && self.none.is_empty();
        alone && !self.any.is_empty()
    }

    /// Whether it asks for nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty() && self.order.is_empty() && self.any.is_empty() && self.none.is_empty()
    }
}

/// Runs of numbers that follow each other; none when a node is no phrase.
fn runs(nodes: &[Node]) -> Vec<Range<PhraseIndex>> {
    let phrase = |node: &Node| match node {
        Node::Phrase(phrase) => Some(*phrase),
        _ => None,
    };
    let Some(mut phrases) = nodes.iter().map(phrase).collect::<Option<Vec<_>>>() else {
        return Vec::new();
    };
    phrases.sort_unstable();
    let mut runs: Vec<Range<PhraseIndex>> = Vec::new();
    for phrase in phrases {
        match runs.last_mut() {
            Some(run) if phrase <= run.end => run.end = phrase + 1,
            _ => runs.push(phrase..phrase + 1),
        }
    }
    runs
}

/// `17.4M` for 17,400,000.
fn short(value: f64) -> String {
    let scales = [(1e9, "B"), (1e6, "M"), (1e4, "k")];
    match scales.iter().find(|(least, _)| value.abs() >= *least) {
        Some((_, "k")) => format!("{}k", value / 1e3),
        Some((scale, suffix)) => format!("{}{suffix}", value / scale),
        None => value.to_string(),
    }
}

fn collect_negating(node: &Node, phrases: &Phrases, out: &mut Vec<PhraseIndex>) {
    let mut each = |parts: &[Node]| {
        for part in parts {
            collect_negating(part, phrases, out);
        }
    };
    match node {
        Node::Phrase(phrase) => out.extend(phrases.negates(*phrase).then_some(*phrase)),
        Node::Group(group) => [&group.all, &group.any, &group.order]
            .into_iter()
            .for_each(|parts| each(parts)),
        Node::Near(near) => each(&near.parts),
        Node::Change(of, _) => each(std::slice::from_ref(of)),
        Node::Before(pair) => each(pair.as_ref()),
        Node::Concept(_) | Node::Number(_) => {}
    }
}

fn forbids(node: &Node) -> bool {
    let Node::Group(group) = node else {
        return false;
    };
    let parts = group.all.iter().chain(&group.any).chain(&group.order);
    !group.none.is_empty() || parts.into_iter().any(forbids)
}

fn impossible(node: &Node, phrases: &Phrases) -> bool {
    let impossible = |part: &Node| impossible(part, phrases);
    match node {
        Node::Concept(_) => false,
        Node::Phrase(phrase) => phrases.is_empty(*phrase),
        Node::Number(figure) => !figure.wanted.value.is_finite() || figure.wanted.tolerance < 0.0,
        Node::Near(near) => near.parts.is_empty() || near.parts.iter().any(impossible),
        Node::Change(of, _) => impossible(of),
        Node::Before(pair) => pair.iter().any(impossible),
        Node::Group(group) => {
            group.is_empty()
                || group.all.iter().chain(&group.order).any(impossible)
                || (!group.any.is_empty() && group.any.iter().all(impossible))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{lexicon, rule};
    use super::*;

    fn matcher(yaml: &str) -> Matcher {
        Matcher::compile(&rule(yaml), &Lexicon::new(&lexicon())).unwrap()
    }

    fn hits(yaml: &str, text: &str) -> bool {
        matcher(yaml).test(text).hit
    }

    #[test]
    fn unknown_concepts_are_listed_once_each_in_order() {
        let lexicon = Lexicon::new(&lexicon());
        let rule = rule("{all: [zebra, calibration, {any: [ant, zebra]}], none: [bee]}");
        let unknown = Matcher::compile(&rule, &lexicon).unwrap_err();
        assert_eq!(unknown, ["ant", "bee", "zebra"]);
    }

    #[test]
    fn a_rule_that_no_text_can_satisfy_is_known() {
        assert!(matcher("{within: answer}").is_impossible());
        assert!(matcher("{phrase: '—'}").is_impossible());
        assert!(matcher("{all: [calibration, {phrase: ''}]}").is_impossible());
        assert!(!matcher("{any: [calibration, {phrase: ''}]}").is_impossible());
        assert!(!matcher("{none: [calibration]}").is_impossible());
    }

    #[test]
    fn parts_meet_close_together_unless_the_rule_says_sentence_or_answer() {
        let text = "We report calibration. The auction multiplies by the bid.";
        assert!(hits("{all: [calibration, auction]}", text));
        assert!(!hits(
            "{all: [calibration, auction], within: sentence}",
            text
        ));
        let far = text.replace(". ", &format!(". {} ", "And so on and on. ".repeat(10)));
        assert!(!hits("{all: [calibration, auction]}", &far));
        assert!(hits("{all: [calibration, auction], within: answer}", &far));
        assert!(hits("{all: [calibration, auction], within: answer}", text));
        assert!(hits(
            "{all: [calibration, auction]}",
            "calibration, because of the auction"
        ));
        assert!(hits(
            "{all: [{all: [auction, {phrase: bid}], within: sentence}, calibration], within: answer}",
            text
        ));
        assert!(!hits(
            "{all: [{all: [auction, calibration], within: sentence}], within: answer}",
            text
        ));
    }

    /// The auction is said once and the price twice, but it is the price that needs a window.
    #[test]
    fn a_part_that_may_be_anywhere_ties_the_others_to_no_window() {
        let rule = "{all: [{all: [auction], within: answer}, {phrase: [bid, price]}]}";
        let far = "And so on and on. ".repeat(10);
        assert!(hits(
            rule,
            &format!("An auction. {far} The bid and the price.")
        ));
        assert!(!hits(rule, &format!("{far} The bid and the price.")));
    }

    #[test]
    fn lists_that_share_phrases_are_each_searched_as_a_whole() {
        let rule = "{all: [{phrase: [zig, yes, no]}, {phrase: [no, zag, zig]}]}";
        assert!(hits(rule, "yes, zag"));
        assert!(hits(rule, "zig"));
        assert!(!hits(rule, "yes"));
        assert!(!hits(rule, "zag"));
    }

    #[test]
    fn any_none_order_phrase_and_number_must_all_hold() {
        assert!(hits("{any: [auction, calibration]}", "calibrated"));
        assert!(!hits(
            "{all: [calibration], none: [auction]}",
            "calibrated for the auction"
        ));
        assert!(hits(
            "{all: [calibration], none: [auction]}",
            "calibrated, not for an auction"
        ));
        let order = "{order: [{phrase: retrieve}, {any: [{phrase: rank}, {phrase: score}]}]}";
        assert!(hits(order, "retrieve 500, then rank"));
        assert!(!hits(order, "rank, then retrieve"));
        assert!(hits(order, "rank the old way, retrieve, score"));
        let number = "{phrase: peak, number: {value: 35000, tolerance: 0.1, unit: QPS}}";
        assert!(hits(number, "peak 34.7k QPS"));
        assert!(!hits(number, "peak 12k QPS"));
        assert!(!hits(number, "34.7k QPS"));
    }

    #[test]
    fn each_place_of_each_way_counts() {
        let near = "{near: {of: [{phrase: [late, slow]}, {phrase: bid}], words: 3}}";
        assert!(hits(
            near,
            "late, and then for a long while nothing, slow bid"
        ));
        let either = near.replace("{phrase: [", "{said: either, phrase: [");
        assert!(hits(
            &either,
            "late, and then for a long while nothing, not slow, bid"
        ));
        let order = "{order: [{phrase: [rank, score]}, {phrase: [rank, score]}]}";
        assert!(hits(order, "rank and rank"));
    }

    #[test]
    fn what_is_negated_is_not_said() {
        assert!(!hits("random-split", "avoid a random split"));
        assert!(hits("random-split", "a random split"));
        assert!(!hits(
            "{phrase: random split}",
            "we never do a random split"
        ));
        assert!(hits("pr-auc", "instead of accuracy we report PR-AUC"));
        assert!(!hits(
            "{phrase: accuracy}",
            "instead of accuracy we report PR-AUC"
        ));
        assert!(hits("calibration", "we don't skip calibration"));
    }

    #[test]
    fn a_negator_that_the_rule_asks_for_negates_no_other_part() {
        let rule = "{all: [{phrase: not shown}, {phrase: dislike}]}";
        assert!(hits(rule, "not shown does not mean: disliked"));
        assert!(hits(rule, "not shown != disliked"));
        assert!(hits(
            "{all: [{phrase: skip}, {phrase: search}]}",
            "we skip search"
        ));
        assert!(!hits("{phrase: search}", "we skip search"));
    }

    #[test]
    fn broad_rules_are_met_by_narrow_words() {
        assert!(hits("ann", "HNSW index"));
        assert!(!hits("hnsw", "an ANN index"));
    }

    #[test]
    fn an_empty_text_satisfies_nothing() {
        for yaml in [
            "{none: [auction], within: answer}",
            "{none: [auction]}",
            "calibration",
        ] {
            assert!(!hits(yaml, ""), "{yaml}");
            assert!(!hits(yaml, " \n - …"), "{yaml}");
        }
        assert!(hits("{none: [auction], within: answer}", "anything"));
    }

    #[test]
    fn spans_are_bytes_of_the_text_in_order() {
        let text = "Ü日本 — the auction; ＣＡＬＩＢＲＡＴＩＯＮ matters";
        let found = matcher("{all: [calibration, auction]}").test(text);
        let parts: Vec<_> = found
            .spans
            .iter()
            .map(|s| text.get(s.clone()).unwrap())
            .collect();
        assert_eq!(parts, ["auction", "ＣＡＬＩＢＲＡＴＩＯＮ"]);
        assert!(found.hit && found.missing.is_empty());
    }

    #[test]
    fn the_missing_parts_are_named() {
        let rule = "{all: [calibration, {any: [auction, {phrase: bid}]}, {number: {value: 2, unit: '%'}}]}";
        let found = matcher(rule).test("calibrated at 2 %");
        assert!(!found.hit && found.near);
        assert_eq!(found.missing, ["auction or “bid”"]);
        let found = matcher(rule).test("nothing of it");
        assert!(!found.near);
        assert_eq!(
            found.missing,
            ["calibration", "auction or “bid”", "about 2 %"]
        );
        let large = matcher("{number: {value: 17400000}}").test("nothing");
        assert_eq!(large.missing, ["about 17.4M"]);
        assert_eq!(short(35e3), "35k");
    }

    #[test]
    fn all_parts_in_different_sentences_are_near_and_the_wrong_way_round_is_not() {
        let rule = "{all: [calibration, auction], within: sentence}";
        let found = matcher(rule).test("Calibrated. An auction.");
        assert!(found.near && !found.hit);
        assert_eq!(found.missing, ["both close together"]);
        let order = "{order: [{phrase: train}, {phrase: test}]}";
        let found = matcher(order).test("test first, train later");
        assert!(!found.near && !found.hit);
        assert_eq!(found.missing, ["in this order: “train”, then “test”"]);
        let found = matcher("{all: [calibration], none: [auction]}").test("calibrated auction");
        assert!(!found.near);
        assert_eq!(found.missing, ["said without auction"]);
    }

    #[test]
    fn the_nearest_alternative_counts() {
        let rule = "{any: [{all: [hnsw, pr-auc, auction]}, {all: [calibration, auction]}]}";
        let found = matcher(rule).test("calibrated");
        assert!(found.near);
        assert_eq!(found.missing, ["auction"]);
    }
}
