//! A pair is one item and one text. It is graded as the product does: the text in the item's own
//! step of an otherwise empty answer.

use super::answers::{Answers, Gold, Sheaf, Voice};
use greenroom::content::{Case, Id, Item, Kind, Library, Step};
use greenroom::grading::{Answer, CaseRules, Lexicon, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a part of the pairs may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// Rules are tuned on it.
    Dev,
    /// Writers whose texts nobody who tunes has seen; unseen items included.
    Test,
    /// The test pairs of items that were never tuned.
    Unseen,
}

impl Part {
    pub(crate) const ALL: [Self; 3] = [Self::Dev, Self::Test, Self::Unseen];

    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Test => "test",
            Self::Unseen => "unseen items of test",
        }
    }
}

pub(crate) struct Pair<'a> {
    pub(crate) case: &'a Case,
    pub(crate) item: &'a Item,
    pub(crate) gold: Gold,
    pub(crate) voice: Option<Voice>,
    pub(crate) text: &'a str,
    pub(crate) writer: &'a str,
    dev: bool,
    unseen: bool,
}

impl Pair<'_> {
    pub(crate) fn is_in(&self, part: Part) -> bool {
        match part {
            Part::Dev => self.dev,
            Part::Test => !self.dev,
            Part::Unseen => !self.dev && self.unseen,
        }
    }

    pub(crate) fn is_must(&self) -> bool {
        self.item.kind == Kind::Must
    }

    /// Items of two cases may share their id.
    pub(crate) fn key(&self) -> (&Id, &Id) {
        (&self.case.id, &self.item.id)
    }
}

/// The cases that the answers are about.
pub(crate) struct Cases {
    cases: BTreeMap<Id, (Arc<Case>, CaseRules)>,
}

impl Cases {
    /// Cases that are missing or do not compile are left out; the check of the files names them.
    pub(crate) fn of<'a>(library: &Library, ids: impl Iterator<Item = &'a Id>) -> Self {
        let lexicon = Lexicon::new(library.lexicon());
        let ids: BTreeSet<&Id> = ids.collect();
        let cases = ids
            .into_iter()
            .filter_map(|id| {
                let case = library.case(id.as_str()).ok()?;
                let rules = CaseRules::compile(&case, &lexicon).ok()?;
                Some((id.clone(), (case, rules)))
            })
            .collect();
        Self { cases }
    }

    pub(crate) fn case(&self, id: &Id) -> Option<&Case> {
        self.cases.get(id).map(|(case, _)| &**case)
    }

    pub(crate) fn rules(&self, id: &Id) -> Option<&CaseRules> {
        self.cases.get(id).map(|(_, rules)| rules)
    }

    /// A shared text makes one pair with each item that its file names.
    pub(crate) fn pairs<'a>(&'a self, answers: &'a Answers) -> Vec<Pair<'a>> {
        let mut pairs = Vec::new();
        for sheaf in &answers.sheaves {
            if let Some(case) = self.case(&sheaf.case) {
                add(&mut pairs, case, sheaf, answers);
            }
        }
        pairs
    }

    /// The rules' verdict on each pair. A text is graded once for all items of its step.
    pub(crate) fn judge(&self, pairs: &[Pair<'_>]) -> Vec<Verdict> {
        let mut known: BTreeMap<(&Id, Step, &str), BTreeMap<Id, Verdict>> = BTreeMap::new();
        pairs
            .iter()
            .map(|pair| {
                let verdicts = known
                    .entry((&pair.case.id, pair.item.step, pair.text))
                    .or_insert_with(|| self.verdicts(pair));
                verdicts
                    .get(&pair.item.id)
                    .copied()
                    .unwrap_or(Verdict::Missed)
            })
            .collect()
    }

    fn verdicts(&self, pair: &Pair<'_>) -> BTreeMap<Id, Verdict> {
        let answer = Answer {
            steps: BTreeMap::from([(pair.item.step, pair.text.to_owned())]),
            elsewhere: String::new(),
        };
        let graded = self.rules(&pair.case.id).map(|rules| rules.grade(&answer));
        let items = graded.map(|graded| graded.items).unwrap_or_default();
        items
            .into_iter()
            .map(|item| (item.id, item.verdict))
            .collect()
    }
}

fn add<'a>(pairs: &mut Vec<Pair<'a>>, case: &'a Case, sheaf: &'a Sheaf, answers: &Answers) {
    let dev = answers.split.dev.contains(&sheaf.writer);
    let pair = |item: &'a Item, gold: Gold, voice: Option<Voice>, text: &'a str| Pair {
        case,
        item,
        gold,
        voice,
        text,
        writer: &sheaf.writer,
        dev,
        unseen: answers.split.is_unseen(&case.id, &item.id),
    };
    let mut named = BTreeSet::new();
    for answer in &sheaf.answers {
        if let Some(item) = case.item(answer.item.as_str()) {
            named.insert(&item.id);
            pairs.push(pair(item, answer.kind.into(), answer.voice, &answer.text));
        }
    }
    for item in case.rubric.iter().filter(|item| named.contains(&item.id)) {
        for shared in &sheaf.shared {
            pairs.push(pair(item, shared.kind.into(), None, &shared.text));
        }
    }
}
