//! What of a rule can hold in a text at all. Most ways to say something are nowhere in it, so a rule
//! is cut down to those that are before any window is looked at.

use super::anchors::Anchors;
use super::number::Wanted;
use super::phrases::Spoken;
use super::reading::Reading;
use super::rule::{Group, Node};
use crate::content::{Direction, Within};
use std::cell::OnceCell;
use std::ops::Range;

/// A part of a rule of which the text has all the words, without the alternatives that it has not.
pub(super) enum Live<'a> {
    /// A concept or a phrase, and where it is said, negated or not.
    Words {
        places: &'a [Range<usize>],
        concept: bool,
    },
    Number(Vec<Range<usize>>),
    Group(Box<LiveGroup<'a>>),
    Near(Vec<Self>, usize),
    Change(Box<Self>, Direction),
    Before(Box<[Self; 2]>),
}

pub(super) struct LiveGroup<'a> {
    /// As it is in the rule.
    pub(super) whole: &'a Group,
    pub(super) all: Vec<Live<'a>>,
    pub(super) any: Vec<Live<'a>>,
    pub(super) none: Vec<Live<'a>>,
    pub(super) order: Vec<Live<'a>>,
    anchors: OnceCell<Anchors>,
}

impl LiveGroup<'_> {
    /// Whether it can begin in a range of tokens.
    pub(super) fn may_begin_in(&self, range: &Range<usize>) -> bool {
        let anchors = self.anchors.get_or_init(|| Anchors::of(self));
        anchors.are_in(range)
    }
}

impl Live<'_> {
    /// Whether it holds in any window if it holds at all.
    pub(super) fn is_anywhere(&self) -> bool {
        matches!(self, Self::Group(group) if group.whole.within == Some(Within::Answer))
    }
}

/// A text that rules are held against.
#[derive(Clone, Copy)]
pub(super) struct Heard<'a> {
    pub(super) reading: &'a Reading,
    /// Where it says the phrases of the rules.
    pub(super) spoken: &'a Spoken,
}

impl<'a> Heard<'a> {
    /// What of a node can hold; none when the text lacks words that it needs.
    pub(super) fn live(self, node: &'a Node) -> Option<Live<'a>> {
        self.may_hold(node).then(|| self.cut(node))
    }

    /// Whether the text has all words that a node needs. Most rules fail here.
    fn may_hold(self, node: &Node) -> bool {
        match node {
            Node::Concept(concept) => !self.reading.concept(*concept).is_empty(),
            Node::Phrase(phrase) => !self.spoken.places(*phrase).is_empty(),
            Node::Number(_) => true,
            Node::Near(near) => near.parts.iter().all(|part| self.may_hold(part)),
            Node::Change(of, _) => self.may_hold(of),
            Node::Before(pair) => pair.iter().all(|part| self.may_hold(part)),
            Node::Group(group) => {
                let mut needed = group.all.iter().chain(&group.order);
                needed.all(|part| self.may_hold(part)) && self.may_choose(group)
            }
        }
    }

    /// The same for the choice of a group, if it leaves one.
    fn may_choose(self, group: &Group) -> bool {
        if group.phrases.is_empty() {
            group.any.is_empty() || group.any.iter().any(|part| self.may_hold(part))
        } else {
            group.phrases.iter().any(|run| self.spoken.says_any(run))
        }
    }

    /// A node that may hold.
    fn cut(self, node: &'a Node) -> Live<'a> {
        match node {
            Node::Concept(concept) => Live::Words {
                places: self.reading.concept(*concept),
                concept: true,
            },
            Node::Phrase(phrase) => Live::Words {
                places: self.spoken.places(*phrase),
                concept: false,
            },
            Node::Number(figure) => Live::Number(self.number(&figure.wanted)),
            Node::Near(near) => Live::Near(self.each(&near.parts), near.words),
            Node::Change(of, to) => Live::Change(Box::new(self.cut(of)), *to),
            Node::Before(pair) => {
                let [first, then] = pair.as_ref();
                Live::Before(Box::new([self.cut(first), self.cut(then)]))
            }
            Node::Group(group) => Live::Group(Box::new(LiveGroup {
                whole: group,
                all: self.each(&group.all),
                any: self.some(&group.any),
                none: self.some(&group.none),
                order: self.each(&group.order),
                anchors: OnceCell::new(),
            })),
        }
    }

    fn each(self, nodes: &'a [Node]) -> Vec<Live<'a>> {
        nodes.iter().map(|node| self.cut(node)).collect()
    }

    /// Those of some nodes that can hold.
    pub(super) fn some(self, nodes: &'a [Node]) -> Vec<Live<'a>> {
        nodes.iter().filter_map(|node| self.live(node)).collect()
    }

    fn number(self, wanted: &Wanted) -> Vec<Range<usize>> {
        let tokens = self.reading.tokens();
        let all = self.reading.quantities().iter();
        let wanted = all.filter(|(_, found)| wanted.is(tokens, found));
        wanted.map(|(at, found)| *at..found.end).collect()
    }
}

/// Those that begin in a range of tokens, of places in order.
pub(super) fn beginning_in<'b>(
    places: &'b [Range<usize>],
    range: &Range<usize>,
) -> &'b [Range<usize>] {
    let first = places.partition_point(|place| place.start < range.start);
    let rest = places.get(first..).unwrap_or_default();
    let end = rest.partition_point(|place| place.start < range.end);
    rest.get(..end).unwrap_or_default()
}
