//! What is refused after it was named: "a random split is not good enough", "… would be overkill".

use super::negation::{ends_clause, Negator, REACH};
use super::normal::{Gap, Token};
use std::ops::Range;

/// Marks what stands before "… is not needed", "… would be pointless": the whole clause up to there.
pub(super) fn refused(tokens: &[Token], sentence: &Range<usize>, before: &mut [Vec<Negator>]) {
    let word = |at: usize| {
        tokens
            .get(at)
            .filter(|_| sentence.contains(&at))
            .map_or("", |token| token.word.as_str())
    };
    let mut start = sentence.start;
    for at in sentence.clone() {
        let Some(token) = tokens.get(at) else { break };
        if at > start && (token.gap == Gap::Clause || ends_clause(&token.word)) {
            start = at;
        }
        let copula = is_copula(word(at));
        let filler = usize::from(matches!(
            word(at + 1),
            "really" | "just" | "simply" | "very"
        ));
        let next = at + 1 + filler;
        let not = word(next) == "not";
        let more = usize::from(matches!(
            word(next + 1),
            "really" | "even" | "strictly" | "that" | "very" | "a" | "so"
        ));
        let refuses = copula
            && ((not && is_approval(word(next + 1 + more)))
                || (!not && is_refusal(word(next)) && !describes(tokens, sentence, next)));
        if refuses {
            let negator = Negator {
                at: if not { next } else { at },
                soft: false,
            };
            let from = start.max(at.saturating_sub(REACH + 2));
            for slot in before.get_mut(from..at).into_iter().flatten() {
                slot.push(negator);
            }
        }
    }
}

/// "are wrong removals", "is optional training": the refusal is said of what follows it, not of what
/// stands before.
fn describes(tokens: &[Token], sentence: &Range<usize>, at: usize) -> bool {
    let next = tokens
        .get(at + 1)
        .filter(|token| sentence.contains(&(at + 1)) && token.gap != Gap::Clause);
    next.is_some_and(|token| {
        token.word == "not" || !(ends_clause(&token.word) || opens_detail(&token.word))
    })
}

/// "wrong here", "unnecessary for this load", "overkill when": the phrase has ended before it.
fn opens_detail(word: &str) -> bool {
    matches!(
        word,
        "for"
            | "in"
            | "at"
            | "on"
            | "to"
            | "as"
            | "with"
            | "of"
            | "by"
            | "from"
            | "when"
            | "if"
            | "where"
            | "here"
            | "there"
            | "now"
            | "anyway"
            | "too"
            | "given"
            | "or"
            | "we"
            | "i"
            | "you"
            | "they"
            | "it"
            | "that"
            | "this"
            | "which"
            | "until"
            | "under"
    )
}

fn is_copula(word: &str) -> bool {
    matches!(
        word,
        "is" | "are" | "was" | "were" | "be" | "being" | "seems" | "looks" | "do" | "does"
    )
}

/// "is not needed", "are not worth it".
fn is_approval(word: &str) -> bool {
    matches!(
        word,
        "need"
            | "needed"
            | "necessary"
            | "required"
            | "useful"
            | "worth"
            | "good"
            | "ok"
            | "okay"
            | "allowed"
            | "acceptable"
            | "appropriate"
            | "suitable"
            | "used"
            | "helpful"
            | "important"
            | "matter"
            | "relevant"
            | "wanted"
            | "correct"
            | "right"
            | "valid"
            | "option"
            | "idea"
            | "solution"
            | "applicable"
    )
}

/// "is unnecessary", "would be overkill".
fn is_refusal(word: &str) -> bool {
    matches!(
        word,
        "unnecessary"
            | "overkill"
            | "pointless"
            | "useless"
            | "wrong"
            | "wasteful"
            | "irrelevant"
            | "redundant"
            | "unneeded"
            | "forbidden"
            | "banned"
            | "optional"
    )
}
