//! Where a statement begins in words that nobody punctuated. Speech has no commas: what a negation
//! reaches, and what is looked at together, ends where the next subject takes up its verb.

use super::negation::is_negator;
use super::normal::{Gap, Token};
use std::ops::Range;

/// Whether a new statement can be told to begin at a token: by a word that takes up the talk, or by
/// a subject that nothing before it leans on.
pub(super) fn begins(tokens: &[Token], sentence: &Range<usize>, at: usize) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    let word = |i: Option<usize>| {
        let i = i.filter(|i| sentence.contains(i));
        i.and_then(|i| tokens.get(i))
            .map_or("", |token| token.word.as_str())
    };
    let before = word(at.checked_sub(1));
    if token.gap != Gap::Clause && leans(before) {
        return false;
    }
    let next = word(Some(at + 1));
    match token.word.as_str() {
        "and" => is_subject(next) || takes_up(next) || is_determiner(next),
        own => is_subject(own) || takes_up(own) || is_contracted(token),
    }
}

/// Whether words only join on here: the next thing of a list, or a clause that says when or why.
pub(super) fn goes_on(tokens: &[Token], at: usize) -> bool {
    let word = |i: usize| tokens.get(i).map_or("", |token| token.word.as_str());
    let denied = (at.saturating_sub(3)..at).any(|i| is_negator(word(i)));
    let joint = word(at) == "and" || is_subordinator(word(at));
    joint && !denied && !leans(word(at.saturating_sub(1)))
}

/// "so", "then", "okay": words that begin the next thing.
fn takes_up(word: &str) -> bool {
    matches!(
        word,
        "so" | "then" | "also" | "next" | "okay" | "ok" | "now" | "but" | "because"
    )
}

/// Whoever the speaker says does something. As an object these have another form.
pub(super) fn is_subject(word: &str) -> bool {
    matches!(word, "we" | "i" | "they")
}

/// "it's", "that's", "there's", "let's": a subject with its verb, written as one word.
pub(super) fn is_contracted(token: &Token) -> bool {
    token.end - token.start > token.word.len()
        && matches!(
            token.word.as_str(),
            "it" | "that" | "there" | "this" | "what" | "here" | "let" | "he" | "she"
        )
}

fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "these"
            | "those"
            | "our"
            | "each"
            | "every"
            | "its"
            | "their"
    )
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "of" | "in"
            | "for"
            | "from"
            | "with"
            | "at"
            | "on"
            | "by"
            | "to"
            | "as"
            | "than"
            | "over"
            | "under"
            | "per"
            | "between"
            | "into"
            | "until"
            | "without"
            | "before"
            | "after"
    )
}

/// Words that hold the clause which follows: "the model that we train", "whether it is calibrated".
fn is_subordinator(word: &str) -> bool {
    matches!(
        word,
        "that"
            | "which"
            | "who"
            | "whose"
            | "whether"
            | "if"
            | "how"
            | "why"
            | "where"
            | "when"
            | "what"
            | "once"
            | "while"
            | "because"
            | "since"
            | "unless"
    )
}

fn is_auxiliary(word: &str) -> bool {
    is_finite(word) || matches!(word, "be" | "been" | "do" | "have")
}

/// Verbs that always have their subject before them.
fn is_finite(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "will"
            | "would"
            | "can"
            | "could"
            | "should"
            | "must"
            | "may"
            | "might"
            | "does"
            | "did"
            | "has"
            | "had"
            | "means"
    )
}

/// Whether what follows a word still belongs to it.
fn leans(word: &str) -> bool {
    is_determiner(word)
        || is_preposition(word)
        || is_subordinator(word)
        || is_auxiliary(word)
        || is_subject(word)
        || is_negator(word)
        || matches!(
            word,
            "and" | "or" | "so" | "then" | "but" | "think" | "say" | "assume" | "also"
        )
}

/// Where the subject of the verb at `at` begins, if that verb begins a statement after the words that
/// are denied from `from` on: "no shuffling | the test set is later", "which it never showed | are
/// judged". A subject of its own begins with the word that says which; without one the statement
/// begins with the verb, and `noun` tells that the denied thing is the subject then: "no split is".
pub(super) fn taken_up(tokens: &[Token], from: usize, at: usize, noun: bool) -> Option<usize> {
    let word = |i: usize| tokens.get(i).map_or("", |token| token.word.as_str());
    if at <= from || !is_finite(word(at)) {
        return None;
    }
    if (from..at).any(|i| is_subordinator(word(i)) || is_finite(word(i))) {
        return None;
    }
    let own = |i: &usize| {
        let begins = is_determiner(word(*i)) || matches!(word(*i), "it" | "there" | "that");
        begins && !is_preposition(word(i - 1))
    };
    match (from + 1..at).rev().find(own) {
        Some(start) => Some(start),
        None => (!noun).then_some(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grading::normal::tokens;
    use crate::grading::stem::Stems;

    fn cut(text: &str) -> String {
        let tokens = tokens(text, 0, &Stems::new());
        let whole = 0..tokens.len();
        let mut out = String::new();
        for (at, token) in tokens.iter().enumerate() {
            if at > 0 {
                let cuts = begins(&tokens, &whole, at);
                out.push_str(if cuts { " | " } else { " " });
            }
            out.push_str(&token.word);
        }
        out
    }

    #[test]
    fn statements_begin_at_their_subject_and_not_inside_a_phrase() {
        for said in [
            "the split is by time | so we test on the next day",
            "recall first | and then the calibration",
            "the users that we show it to",
            "I do not think we need it",
            "we take what they watched | we drop the rest",
            "likes hides and shares | it's a sum",
            "its weight is now small",
        ] {
            let text = said.replace(" | ", " ");
            let expected = said.replace("it's", "it").replace('I', "i");
            assert_eq!(cut(&text), expected);
        }
    }
}
