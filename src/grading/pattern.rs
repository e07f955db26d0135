//! Words in a row, as a lexicon form or a phrase gives them, and where a text says them.

#[cfg(test)]
use super::normal;
use super::normal::{Gap, Token};
#[cfg(test)]
use super::stem::Stems;

/// Stands for any number or `k` after "at": the `k` of `recall@k`.
const CUTOFF: &str = "@";

/// One word of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) stem: String,
    /// The pattern itself has a comma here, so a text may have one too.
    pub(super) clause: bool,
    negates: bool,
}

/// Words that must follow each other within a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// Word by word, and with what a hyphen joins written as one word.
    variants: Vec<Vec<Piece>>,
}

impl Pattern {
    #[cfg(test)]
    pub(super) fn new(text: &str, stems: &Stems) -> Self {
        Self::of(&normal::tokens(text, 0, stems))
    }

    pub(super) fn of(tokens: &[Token]) -> Self {
        let mut variants = vec![tokens.iter().map(Piece::new).collect::<Vec<_>>()];
        let joined = joined(tokens);
        if variants.iter().all(|split| *split != joined) {
            variants.push(joined);
        }
        Self { variants }
    }

    pub(super) fn variants(&self) -> &[Vec<Piece>] {
        &self.variants
    }

    pub(super) fn is_empty(&self) -> bool {
        self.variants.iter().all(Vec::is_empty)
    }

    /// Whether one of its words is a "not" or "without".
    pub(super) fn negates(&self) -> bool {
        self.variants.iter().flatten().any(|piece| piece.negates)
    }
}

impl Piece {
    fn new(token: &Token) -> Self {
        let stem = if token.cutoff && token.number.is_none() {
            CUTOFF.to_owned()
        } else {
            token.stem.clone()
        };
        Self {
            stem,
            clause: token.gap == Gap::Clause,
            negates: super::negation::is_negator(&token.word),
        }
    }
}

fn joined(tokens: &[Token]) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let mut piece = Piece::new(token);
        at += 1;
        if let Some(stem) = &token.with_next {
            piece.stem.clone_from(stem);
            at += 1;
        }
        out.push(piece);
    }
    out
}

/// The stems that a token can be read as, each with the tokens it takes.
pub(super) fn readings(token: &Token) -> impl Iterator<Item = (&str, usize)> {
    let joined = token.with_next.as_deref().map(|stem| (stem, 2));
    let cutoff = token.cutoff.then_some((CUTOFF, 1));
    std::iter::once((token.stem.as_str(), 1))
        .chain(joined)
        .chain(cutoff)
}

#[cfg(test)]
mod tests {
    use super::super::phrases::Phrases;
    use super::*;

    fn says(text: &str, phrase: &str) -> bool {
        let stems = Stems::new();
        let tokens = normal::tokens(text, 0, &stems);
        let mut phrases = Phrases::default();
        let index = phrases.add(phrase, &Pattern::new(phrase, &stems));
        let all = 0..tokens.len();
        let spoken = phrases.find(&tokens, std::slice::from_ref(&all));
        let said = !spoken.places(index).is_empty();
        said
    }

    #[test]
    fn hyphens_spaces_and_one_word_are_the_same_where_one_side_has_a_hyphen() {
        for text in ["pre-ranking", "preranker", "pre ranking", "Pre‑Ranked"] {
            assert!(says(text, "pre-ranking"), "{text}");
        }
        assert!(says("pre-ranking", "preranking"));
        assert!(says("an A/B test", "AB test"));
        assert!(says("an AB test", "A/B test"));
        assert!(says("kNN", "k-NN"));
        assert!(says("k-nn", "KNN"));
        assert!(!says("ranking", "pre-ranking"));
        assert!(!says("preranking", "pre ranking"));
    }

    #[test]
    fn a_cut_off_takes_any_number() {
        for text in ["recall@500", "Recall@K", "recall at 500", "recall @ 10"] {
            assert!(says(text, "recall@k"), "{text}");
        }
        assert!(says("recall@500", "recall@500"));
        assert!(!says("recall@500", "recall@50"));
        assert!(!says("recall, at 500", "recall@k"));
    }

    #[test]
    fn a_pattern_does_not_reach_over_a_clause_unless_it_has_one() {
        assert!(!says("position, bias", "position bias"));
        assert!(says("time split, gap", "time split, gap"));
        assert!(says("time split gap", "time split, gap"));
        assert!(says("10,000 users", "10k users"));
        assert!(!says("", "x"));
        assert!(!says("x", ""));
        assert!(!says("x", "—"));
    }
}
