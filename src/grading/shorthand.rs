//! The shorthand of notes: `prob`, `txn`, `thr`, `w/o`. Each stands for the word that it shortens.

use super::normal::{Gap, Token};

/// Short forms that mean one thing in this field. `rec` (recall, recommendation), `pos` (positive,
/// position), `exp` (experiment, expected) and `hist` (history, histogram) do not.
const SHORT: [(&str, &str); 40] = [
    ("acct", "account"),
    ("accts", "account"),
    ("amt", "amount"),
    ("amts", "amount"),
    ("avg", "average"),
    ("bc", "because"),
    ("cand", "candidate"),
    ("cands", "candidate"),
    ("cust", "customer"),
    ("distr", "distribution"),
    ("eval", "evaluation"),
    ("feat", "feature"),
    ("feats", "feature"),
    ("freq", "frequency"),
    ("impr", "impression"),
    ("imprs", "impression"),
    ("imps", "impression"),
    ("merch", "merchant"),
    ("neg", "negative"),
    ("negs", "negative"),
    ("obj", "objective"),
    ("param", "parameter"),
    ("params", "parameter"),
    ("pred", "prediction"),
    ("preds", "prediction"),
    ("prob", "probability"),
    ("proba", "probability"),
    ("probas", "probability"),
    ("probs", "probability"),
    ("thr", "threshold"),
    ("thres", "threshold"),
    ("thresh", "threshold"),
    ("thrs", "threshold"),
    ("trx", "transaction"),
    ("tx", "transaction"),
    ("txn", "transaction"),
    ("txns", "transaction"),
    ("txs", "transaction"),
    ("vid", "video"),
    ("vids", "video"),
];

/// The word that a short form stands for.
pub(super) fn long(word: &str) -> Option<&'static str> {
    let at = SHORT.binary_search_by_key(&word, |(short, _)| short).ok()?;
    SHORT.get(at).map(|(_, long)| *long)
}

/// Makes one word of `w/o` and of `b/c`.
pub(super) fn joined(tokens: Vec<Token>) -> Vec<Token> {
    if !tokens.iter().any(|token| token.gap == Gap::Slash) {
        return tokens;
    }
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let before = out.last_mut().filter(|_| token.gap == Gap::Slash);
        let whole = before.and_then(|before| Some((slashed(&before.word, &token.word)?, before)));
        match whole {
            Some((word, before)) => {
                word.clone_into(&mut before.word);
                word.clone_into(&mut before.stem);
                before.end = token.end;
            }
            None => out.push(token),
        }
    }
    out
}

fn slashed(before: &str, after: &str) -> Option<&'static str> {
    match (before, after) {
        ("w", "o") => Some("without"),
        ("b", "c") => Some("because"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grading::normal::tokens;
    use crate::grading::stem::Stems;

    fn words(text: &str) -> String {
        let tokens = tokens(text, 0, &Stems::new());
        let words: Vec<String> = tokens.into_iter().map(|token| token.word).collect();
        words.join(" ")
    }

    #[test]
    fn shorthand_is_the_word_that_it_shortens() {
        assert_eq!(
            words("prob of txn > thr"),
            "probability of transaction threshold"
        );
        assert_eq!(
            words("negs w/o logged feats"),
            "negative without logged feature"
        );
        assert_eq!(words("b/c avg is off"), "because average is off");
        assert_eq!(words("a/b, b/c2, w/ it, pos rec"), "a b b c2 w it pos rec");
    }

    #[test]
    fn the_bytes_are_those_of_the_original() {
        let text = "x w/o y";
        let tokens = tokens(text, 0, &Stems::new());
        let found = tokens
            .get(1)
            .and_then(|token| text.get(token.start..token.end));
        assert_eq!(found, Some("w/o"));
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(SHORT.is_sorted_by_key(|(short, _)| *short));
    }
}
