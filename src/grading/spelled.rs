//! Abbreviations that are said letter by letter and written down so: `n d c g`, `info n c e`.

use super::normal::{Gap, Token};

/// Letters from which on nothing else can be meant.
const CERTAIN: usize = 3;

/// Letters that anything spelled has at most.
const MOST: usize = 24;

/// Puts letters together where they, alone or with the word before or after them, are a word that is
/// known. Two letters stay and can be read as one word: "a b test".
pub(super) fn joined(tokens: Vec<Token>, known: impl Fn(&str) -> bool) -> Vec<Token> {
    let pairs = tokens.windows(2).any(|pair| pair.iter().all(is_letter));
    if !pairs {
        return tokens;
    }
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let end = run(&tokens, at);
        let Some((word, from, to)) = longest(&tokens, at, end, &known) else {
            out.push(token.clone());
            at += 1;
            continue;
        };
        if to - from == 2 && end - at == 2 {
            let with_next = Some(word);
            out.push(Token {
                with_next,
                ..token.clone()
            });
            at += 1;
            continue;
        }
        if from < at {
            out.pop();
        }
        let first = tokens.get(from).unwrap_or(token);
        let last = tokens.get(to - 1).unwrap_or(token);
        out.push(Token {
            stem: word.clone(),
            word,
            end: last.end,
            with_next: last.with_next.clone(),
            ..first.clone()
        });
        at = to;
    }
    out
}

fn is_letter(token: &Token) -> bool {
    token.number.is_none() && token.word.len() == 1 && token.gap != Gap::Joined
}

/// Where the letters end that follow each other from `at` on.
fn run(tokens: &[Token], at: usize) -> usize {
    let more = |token: &&Token| is_letter(token) && token.gap == Gap::Space;
    let first = usize::from(tokens.get(at).is_some_and(is_letter));
    let rest = tokens.get(at + first..).unwrap_or_default();
    at + first + first * rest.iter().take(MOST).take_while(more).count()
}

/// The longest word that is known and has all letters of a run, or enough of them.
fn longest(
    tokens: &[Token],
    at: usize,
    end: usize,
    known: impl Fn(&str) -> bool,
) -> Option<(String, usize, usize)> {
    if end < at + 2 {
        return None;
    }
    let word = |from: usize, to: usize| -> String {
        let parts = tokens.get(from..to).unwrap_or_default();
        parts.iter().map(|token| token.word.as_str()).collect()
    };
    let spaced = |at: usize| tokens.get(at).is_some_and(|token| token.gap == Gap::Space);
    let before = at.checked_sub(1).filter(|_| spaced(at));
    let after = (end < tokens.len() && spaced(end)).then_some(end + 1);
    let mut ways: Vec<(usize, usize)> = Vec::new();
    ways.extend(before.map(|before| (before, end)));
    ways.extend(after.map(|after| (at, after)));
    ways.extend((at + 2..=end).rev().map(|to| (at, to)));
    ways.into_iter()
        .filter(|(_, to)| *to >= end || to - at >= CERTAIN)
        .map(|(from, to)| (word(from, to), from, to))
        .find(|(word, ..)| known(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grading::normal::tokens;
    use crate::grading::stem::Stems;

    fn words(text: &str) -> String {
        let known = [
            "ndcg", "auc", "prauc", "infonce", "xgboost", "ad", "ab", "knn",
        ];
        let tokens = joined(tokens(text, 0, &Stems::new()), |word| known.contains(&word));
        let words: Vec<String> = tokens.into_iter().map(|token| token.word).collect();
        words.join(" ")
    }

    #[test]
    fn letters_make_the_word_that_they_spell() {
        for (said, written) in [
            ("we take n d c g at k", "we take ndcg at k"),
            ("a p r a u c of one", "a prauc of one"),
            ("with info n c e loss", "with infonce loss"),
            ("x g boost first", "xgboost first"),
            ("a n d c g", "a ndcg"),
            ("k n n search", "knn search"),
        ] {
            assert_eq!(words(said), written);
        }
        for text in ["a b test", "p of x", "a d c l", "plan b a", "x, g, boost"] {
            assert_eq!(words(text).replace(',', ""), text.replace(',', ""));
        }
        let pair = joined(tokens("a b test", 0, &Stems::new()), |word| word == "ab");
        assert_eq!(pair[0].with_next.as_deref(), Some("ab"));
    }
}
