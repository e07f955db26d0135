//! The lexicon, compiled: a tree of stems that finds every concept of a text in one pass.

use super::normal::{self, Gap, Token};
use super::pattern::{readings, Pattern, Piece};
use super::reading::Reading;
use super::spelled;
use super::stem::Stems;
use super::table::{Set, Table};
use super::typo::Typos;
use crate::content::{self, Id};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A place in the list of concepts.
pub(super) type ConceptIndex = usize;

/// The concepts and their forms, ready to be found in texts. Cloning it is cheap.
#[derive(Clone, Debug)]
pub struct Lexicon {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    concepts: Vec<Compiled>,
    by_id: BTreeMap<Id, ConceptIndex>,
    nodes: Vec<Node>,
    /// The words of all forms, folded, and their stems.
    words: BTreeSet<String>,
    known: Set<String>,
    stems: Stems,
    /// Words and what a hyphen joins, as they may be spelled letter by letter.
    spellings: Set<String>,
    /// Made when the first unknown word comes.
    typos: OnceLock<Typos>,
}

#[derive(Debug)]
struct Compiled {
    name: String,
    /// Itself and everything broader.
    is_a: Vec<ConceptIndex>,
}

#[derive(Debug, Default)]
struct Node {
    next: Table<String, usize>,
    /// Concepts of which a form ends here.
    ends: BTreeSet<ConceptIndex>,
}

/// A form that a text holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) tokens: Range<usize>,
    pub(super) concepts: Vec<ConceptIndex>,
}

impl Lexicon {
    pub fn new(lexicon: &content::Lexicon) -> Self {
        let stems = Stems::new();
        let mut by_id = BTreeMap::new();
        let mut concepts: Vec<Compiled> = Vec::new();
        for concept in &lexicon.concepts {
            by_id.entry(concept.id.clone()).or_insert_with(|| {
                concepts.push(Compiled {
                    name: concept.name.clone(),
                    is_a: Vec::new(),
                });
                concepts.len() - 1
            });
        }
        let broader = broader(lexicon, &by_id);
        for (index, concept) in concepts.iter_mut().enumerate() {
            concept.is_a = closure(index, &broader);
        }
        let mut forms: Vec<(ConceptIndex, Vec<Token>)> = Vec::new();
        for concept in &lexicon.concepts {
            if let Some(&index) = by_id.get(&concept.id) {
                let tokens = |form: &String| (index, normal::tokens(form, 0, &stems));
                forms.extend(concept.forms.iter().map(tokens));
            }
        }
        let mut spellings = Set::default();
        for token in forms.iter().flat_map(|(_, tokens)| tokens) {
            spellings.insert(token.word.clone());
            spellings.extend(token.with_next.clone());
        }
        let mut nodes = vec![Node::default()];
        let mut words = BTreeSet::new();
        let mut known = Set::default();
        for (index, tokens) in forms {
            let tokens = spelled::joined(tokens, |word| spellings.contains(word));
            for pieces in Pattern::of(&tokens).variants() {
                insert(&mut nodes, pieces, index);
            }
            for token in tokens {
                words.insert(token.word);
                known.insert(token.stem);
            }
        }
        let inner = Arc::new(Inner {
            concepts,
            by_id,
            nodes,
            stems: Stems::knowing(words.iter().map(String::as_str)),
            words,
            known,
            spellings,
            typos: OnceLock::new(),
        });
        Self { inner }
    }

    /// Reads a text once, for as many rules as there are.
    pub fn read(&self, text: &str) -> Reading {
        Reading::new(text, self)
    }

    pub(super) fn stems(&self) -> &Stems {
        &self.inner.stems
    }

    /// Puts together what is spelled letter by letter: `n d c g`.
    pub(super) fn spelled(&self, tokens: Vec<Token>) -> Vec<Token> {
        spelled::joined(tokens, |word| self.inner.spellings.contains(word))
    }

    /// Gives misspelt long words the stem of the word of the lexicon that was meant.
    pub(super) fn mend(&self, tokens: &mut [Token]) {
        for token in tokens {
            if token.number.is_some() || self.inner.known.contains(&token.stem) {
                continue;
            }
            let typos = self.inner.typos.get_or_init(|| {
                let words = self.inner.words.iter().map(String::as_str);
                Typos::new(words, &self.inner.stems)
            });
            if let Some(stem) = typos.meant(&token.word) {
                stem.clone_into(&mut token.stem);
            }
        }
    }

    /// Whether a form has this stem among its words.
    pub(super) fn has_word(&self, stem: &str) -> bool {
        self.inner.known.contains(stem)
    }

    pub fn contains(&self, id: &Id) -> bool {
        self.inner.by_id.contains_key(id)
    }

    pub(super) fn index(&self, id: &Id) -> Option<ConceptIndex> {
        self.inner.by_id.get(id).copied()
    }

    pub(super) fn name(&self, index: ConceptIndex) -> &str {
        self.inner
            .concepts
            .get(index)
            .map_or("", |concept| concept.name.as_str())
    }

    /// The concept and all that it is a kind of.
    pub(super) fn is_a(&self, index: ConceptIndex) -> &[ConceptIndex] {
        self.inner
            .concepts
            .get(index)
            .map_or(&[], |concept| concept.is_a.as_slice())
    }

    /// The forms in a sentence, in order. A form inside a longer one does not count.
    pub(super) fn find(&self, tokens: &[Token], sentence: &Range<usize>, out: &mut Vec<Found>) {
        let Some(tokens) = tokens.get(..sentence.end) else {
            return;
        };
        let mut covered = sentence.start;
        for at in sentence.clone() {
            let Some((end, node)) = self.longest(0, tokens, at, true) else {
                continue;
            };
            // Earlier forms began earlier, so one that reaches as far holds this one.
            if end > covered {
                covered = end;
                let ends = self.inner.nodes.get(node).map(|node| &node.ends);
                out.push(Found {
                    tokens: at..end,
                    concepts: ends.into_iter().flatten().copied().collect(),
                });
            }
        }
    }

    fn longest(
        &self,
        node: usize,
        tokens: &[Token],
        at: usize,
        first: bool,
    ) -> Option<(usize, usize)> {
        let here = self.inner.nodes.get(node)?;
        let ended = (!first && !here.ends.is_empty()).then_some((at, node));
        let Some(token) = tokens
            .get(at)
            .filter(|token| first || token.gap != Gap::Clause)
        else {
            return ended;
        };
        readings(token)
            .filter_map(|(stem, taken)| {
                let next = *here.next.get(stem)?;
                self.longest(next, tokens, at + taken, false)
            })
            .max()
            .or(ended)
    }
}

fn broader(
    lexicon: &content::Lexicon,
    by_id: &BTreeMap<Id, ConceptIndex>,
) -> BTreeMap<ConceptIndex, BTreeSet<ConceptIndex>> {
    let mut broader: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for concept in &lexicon.concepts {
        if let Some(index) = by_id.get(&concept.id) {
            let parents = concept.is_a.iter().filter_map(|id| by_id.get(id));
            broader.entry(*index).or_default().extend(parents);
        }
    }
    broader
}

/// Everything that can be reached; a circle of `is_a` ends where it began.
fn closure(
    from: ConceptIndex,
    broader: &BTreeMap<ConceptIndex, BTreeSet<ConceptIndex>>,
) -> Vec<ConceptIndex> {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(index) = open.pop() {
        for parent in broader.get(&index).into_iter().flatten() {
            if seen.insert(*parent) {
                open.push(*parent);
            }
        }
    }
    seen.into_iter().collect()
}

fn insert(nodes: &mut Vec<Node>, pieces: &[Piece], concept: ConceptIndex) {
    if pieces.is_empty() {
        return;
    }
    let mut node = 0;
    for piece in pieces {
        let fresh = nodes.len();
        let Some(here) = nodes.get_mut(node) else {
            return;
        };
        node = *here.next.entry(piece.stem.clone()).or_insert(fresh);
        if node == fresh {
            nodes.push(Node::default());
        }
    }
    if let Some(here) = nodes.get_mut(node) {
        here.ends.insert(concept);
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::lexicon;
    use super::*;

    /// Concepts said in a text, with the words that say them.
    fn found(text: &str) -> Vec<(String, String)> {
        let lexicon = Lexicon::new(&lexicon());
        let reading = lexicon.read(text);
        reading
            .found()
            .iter()
            .map(|found| {
                let bytes = reading.bytes(&found.tokens);
                let names: Vec<_> = found.concepts.iter().map(|c| lexicon.name(*c)).collect();
                (names.join("+"), text.get(bytes).unwrap().to_owned())
            })
            .collect()
    }

    #[test]
    fn the_longest_form_wins_and_points_at_the_original() {
        assert_eq!(
            found("Ünter—a Time‑Split of logs; splits by time"),
            [
                ("time split".to_owned(), "Time‑Split".to_owned()),
                ("time split".to_owned(), "splits by time".to_owned()),
            ]
        );
        assert_eq!(found("calibration curves")[0].0, "calibration curve");
        assert_eq!(found("calibrated")[0].0, "calibration");
        assert_eq!(found("time. split")[0].1, "split");
    }

    #[test]
    fn narrow_is_a_kind_of_broad_and_circles_end() {
        let mut content = lexicon();
        let lexicon = Lexicon::new(&content);
        let hnsw = lexicon.index(&"hnsw".into()).unwrap();
        let ann = lexicon.index(&"ann".into()).unwrap();
        assert!(lexicon.is_a(hnsw).contains(&ann));
        assert!(!lexicon.is_a(ann).contains(&hnsw));
        for concept in &mut content.concepts {
            if concept.id == "ann" {
                concept.is_a.push("hnsw".into());
                concept.is_a.push("nowhere".into());
            }
        }
        let circular = Lexicon::new(&content);
        assert!(circular.is_a(ann).contains(&hnsw));
    }
}
