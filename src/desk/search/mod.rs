//! Search over everything that the learner may see: cases, breakdowns, drills, the toolbox, the
//! reading list, the facts of cases that were tried, and notes.
//!
//! ```text
//! gather    packs and progress → entries
//! fold      text → words as they are compared
//! index     words → entries, and the score of an entry
//! typo      a word that nothing has → the words that may be meant
//! snippet   text and hits → the piece that is shown
//! ```

mod entry;
mod fold;
mod gather;
mod index;
mod snippet;
mod typo;

use super::Desk;
use crate::content::Step;
use index::{Index, Scored};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Most results of one kind, so that one kind does not push out the others.
const MOST_OF_A_KIND: usize = 40;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FoundKind {
    Case,
    /// A heading of a breakdown.
    Heading,
    /// A paragraph of a breakdown.
    Text,
    Drill,
    Fact,
    Tool,
    /// A technique of the transfer map.
    Technique,
    /// A source of the reading list.
    Reading,
    Note,
}

impl FoundKind {
    pub fn id(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Heading => "section",
            Self::Text => "text",
            Self::Drill => "drill",
            Self::Fact => "fact",
            Self::Tool => "tool",
            Self::Technique => "technique",
            Self::Reading => "reading",
            Self::Note => "note",
        }
    }
}

/// Where a result leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "open", rename_all = "kebab-case")]
pub enum Target {
    /// A breakdown, at a heading when one is named.
    Read {
        case: String,
        step: Option<Step>,
        heading: Option<String>,
        /// Of that heading.
        anchor: Option<String>,
    },
    /// A page that is no breakdown, at an entry.
    Page {
        page: String,
        anchor: String,
    },
    Drill {
        drill: String,
    },
    Note {
        note: String,
    },
}

/// One result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    pub kind: FoundKind,
    pub title: String,
    /// A piece of the text around the first hit.
    pub snippet: String,
    /// The hits in the snippet, as bytes from and to.
    pub hits: Vec<(usize, usize)>,
    pub target: Target,
}

/// What search has read so far.
#[derive(Debug, Default)]
pub(super) struct Indexes {
    /// Of the packs; made on the first search.
    packs: Option<Index>,
    /// Of what the learner wrote and uncovered, with the count of changes that it knows.
    own: Option<(u64, Index)>,
}

impl Desk {
    /// What holds every word of the query, or a word that begins so, or has the same stem; where
    /// nothing has, words that are a typing error away. The best first.
    pub fn search(&mut self, query: &str) -> Vec<Found> {
        let typed = fold::query(query);
        if typed.is_empty() {
            return Vec::new();
        }
        if self.indexes.packs.is_none() {
            self.indexes.packs = Some(Index::of(self.pack_entries()));
        }
        let known = self.indexes.own.as_ref().map(|(changes, _)| *changes);
        if known != Some(self.changes) {
            let own = Index::of(self.own_entries());
            self.indexes.own = Some((self.changes, own));
        }
        let (Some(packs), Some((_, own))) = (&self.indexes.packs, &self.indexes.own) else {
            return Vec::new();
        };
        let (of_packs, of_own) = (packs.meant(&typed, own), own.meant(&typed, packs));
        let mut scored = packs.find(&of_packs, &typed);
        scored.extend(own.find(&of_own, &typed));
        scored.retain(|found| self.may_see(found));
        scored.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut marks = packs.marks(&of_packs);
        marks.extend(own.marks(&of_own));
        let mut seen = Seen::default();
        scored.retain(|found| seen.is_new(found));
        let found = scored.into_iter().map(|found| {
            let (snippet, hits) = snippet::cut(&found.entry.text, &typed, &marks);
            Found {
                kind: found.entry.kind,
                title: found.entry.title.clone(),
                snippet,
                hits,
                target: found.entry.target.clone(),
            }
        });
        found.collect()
    }

    /// The answer of a drill is found only once the drill was answered.
    fn may_see(&self, found: &Scored<'_>) -> bool {
        let answered = |drill| self.states().get(drill).is_some_and(|state| state.reps > 0);
        match &found.entry.target {
            Target::Drill { drill } if found.entry.is_answer => answered(drill),
            _ => true,
        }
    }
}

/// What the list has already.
#[derive(Debug, Default)]
struct Seen<'a> {
    kinds: BTreeMap<&'static str, usize>,
    drills: BTreeSet<&'a str>,
}

impl<'a> Seen<'a> {
    /// Whether it belongs on the list: once a drill, and so many of a kind.
    fn is_new(&mut self, found: &Scored<'a>) -> bool {
        if let Target::Drill { drill } = &found.entry.target {
            if !self.drills.insert(drill) {
                return false;
            }
        }
        let count = self.kinds.entry(found.entry.kind.id()).or_default();
        *count += 1;
        *count <= MOST_OF_A_KIND
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Setup;
    use crate::drill::Input;
    use chrono::DateTime;

    fn desk() -> Desk {
        Desk::in_memory(Setup::default(), DateTime::UNIX_EPOCH).unwrap()
    }

    fn kinds(found: &[Found]) -> Vec<FoundKind> {
        found.iter().map(|own| own.kind).collect()
    }

    #[test]
    fn what_is_called_so_comes_before_what_only_says_it() {
        let mut desk = desk();
        let found = desk.search("video recom");
        assert_eq!(found.first().unwrap().kind, FoundKind::Case);
        let found = desk.search("calibration");
        assert_eq!(found.first().unwrap().kind, FoundKind::Heading);
        assert!(kinds(&found).contains(&FoundKind::Text));
        let found = desk.search("kafka");
        assert_eq!(found.first().unwrap().kind, FoundKind::Tool);
        let found = desk.search("secret pdf");
        assert_eq!(found.first().unwrap().kind, FoundKind::Reading);
        assert!(desk.search("zebrafishes").is_empty());
        assert!(desk.search("  ").is_empty());
    }

    #[test]
    fn every_hit_is_marked_and_the_marks_are_what_was_typed() {
        let mut desk = desk();
        for own in desk.search("calibrat") {
            for (from, to) in &own.hits {
                let hit = own.snippet.get(*from..*to).unwrap();
                assert_eq!(hit.to_lowercase(), "calibrat");
            }
            assert!(!own.hits.is_empty(), "{own:?}");
        }
    }

    #[test]
    fn typing_errors_and_endings_do_not_hide_anything() {
        let mut desk = desk();
        let first = |desk: &mut Desk, query: &str| {
            let found = desk.search(query).into_iter().next();
            found.unwrap_or_else(|| panic!("{query}")).target
        };
        let right = first(&mut desk, "position bias");
        for query in [
            "positoin bias",
            "psition bais",
            "positions bias",
            "Position BIAS",
        ] {
            assert_eq!(first(&mut desk, query), right, "{query}");
        }
        // A word that exists is what was meant.
        assert!(desk.search("form").iter().all(|own| {
            let text = format!("{} {}", own.title, own.snippet).to_lowercase();
            text.contains("form") || own.kind == FoundKind::Drill
        }));
    }

    #[test]
    fn drills_are_found_by_their_questions_and_by_their_answers_only_once_answered() {
        let mut desk = desk();
        let now = DateTime::UNIX_EPOCH;
        let practice = crate::desk::Practice::default();
        let (mut session, _) = desk.start_drills(&practice, now);
        let id = session.asked().unwrap().queued.head.id.clone();
        let drill = desk.drill(&id).unwrap();
        let target = Target::Drill { drill: id.clone() };
        let words = |text: &str| {
            let words: Vec<String> = fold::query(text).into_iter().take(9).collect();
            words.join(" ")
        };
        let finds = |desk: &mut Desk, text: &str| {
            let found = desk.search(&words(text));
            found.iter().any(|own| own.target == target)
        };
        let texts = desk.library.drill_texts(None);
        let text = texts.into_iter().find(|own| own.id == id).unwrap();
        let (question, answer) = (text.ask, text.answer);
        assert!(finds(&mut desk, &question));
        assert!(!finds(&mut desk, &answer));
        let replies = drill.key();
        desk.practise(&mut session, Input::Answer(replies), now);
        desk.practise(&mut session, Input::Confidence(4), now);
        assert!(finds(&mut desk, &answer));
    }

    #[test]
    fn facts_are_found_only_after_the_case_was_tried() {
        let mut desk = desk();
        let case = desk.library.ready_cases().next().unwrap().id.clone();
        let word = desk.library.case(&case).unwrap().facts[0].answer.clone();
        let of_facts = |desk: &mut Desk| {
            let found = desk.search(&word);
            found.iter().filter(|f| f.kind == FoundKind::Fact).count()
        };
        assert_eq!(of_facts(&mut desk), 0);
        let new = crate::desk::NewMock {
            case,
            clock_minutes: 45,
            level: crate::content::Level::Senior,
            steps: Vec::new(),
            seed: Some(1),
            ..crate::desk::NewMock::default()
        };
        desk.begin_mock(&new, DateTime::UNIX_EPOCH).unwrap();
        assert_eq!(of_facts(&mut desk), 1);
    }

    #[test]
    fn notes_are_found_with_accents_or_without() {
        let mut desk = desk();
        desk.write_note(
            None,
            "",
            "A naïve baseline\nfirst, then 日本",
            DateTime::UNIX_EPOCH,
        );
        let found = desk.search("NAIVE 日");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].hits.len(), 2);
        assert_eq!(found[0].snippet, "A naïve baseline first, then 日本");
    }
}
