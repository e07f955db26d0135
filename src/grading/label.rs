//! Whether two short labels, such as those of boxes in a diagram, name the same thing.

use super::lexicon::ConceptIndex;
use super::normal;
use super::stem::Stems;
use super::Lexicon;
use std::collections::BTreeSet;

impl Lexicon {
    /// Whether one label has the words of the other in a row, endings aside; or one names a concept
    /// that is what the other names, or a kind of it.
    pub fn alike(&self, one: &str, other: &str) -> bool {
        let (one_words, other_words) = (words(one), words(other));
        if one_words.is_empty() || other_words.is_empty() {
            return false;
        }
        let within =
            |few: &[String], many: &[String]| many.windows(few.len()).any(|run| run == few);
        if within(&one_words, &other_words) || within(&other_words, &one_words) {
            return true;
        }
        let (one, other) = (self.named(one), self.named(other));
        let kinds = |named: &BTreeSet<ConceptIndex>| -> BTreeSet<ConceptIndex> {
            let kinds = named.iter().flat_map(|concept| self.is_a(*concept));
            kinds.copied().collect()
        };
        !one.is_disjoint(&kinds(&other)) || !other.is_disjoint(&kinds(&one))
    }

    fn named(&self, label: &str) -> BTreeSet<ConceptIndex> {
        let reading = self.read(label);
        let found = reading.found().iter();
        found
            .flat_map(|found| found.concepts.iter().copied())
            .collect()
    }
}

fn words(label: &str) -> Vec<String> {
    let tokens = normal::tokens(label, 0, &Stems::new());
    tokens.into_iter().map(|token| token.stem).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::lexicon;
    use super::*;

    #[test]
    fn synonyms_kinds_and_longer_names_are_the_same_thing() {
        let lexicon = Lexicon::new(&lexicon());
        assert!(lexicon.alike("Feature stores", "online feature store"));
        assert!(lexicon.alike("hnsw", "approximate nearest neighbours"));
        assert!(!lexicon.alike("feature store", "feature log"));
        assert!(!lexicon.alike("calibration", "hnsw"));
        assert!(!lexicon.alike("", "hnsw"));
        assert!(!lexicon.alike("→", "→"));
    }

    /// The built-in lexicon knows the boxes that everybody draws.
    #[test]
    fn boxes_of_whiteboards_are_known_by_their_synonyms() {
        let library = crate::content::Library::open(&[], None);
        let lexicon = Lexicon::new(library.lexicon());
        for (one, other) in [
            ("event queue", "kafka"),
            ("candidate retrieval", "candidate generation"),
        ] {
            assert!(lexicon.alike(one, other), "{one} / {other}");
        }
        assert!(!lexicon.alike("ranker", "feature store"));
    }
}
