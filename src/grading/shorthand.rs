//! The shorthand of notes: `prob`, `txn`, `thr`, `w/o`. Each stands for the word that it shortens.

use super::normal::{Gap, Token};

/// The word that a short form stands for. These mean one thing in this field. `rec` (recall,
/// recommendation), `pos` (positive, position), `exp` (experiment, expected) and `hist` (history,
/// histogram) do not.
pub(super) fn long(word: &str) -> Option<&'static str> {
    Some(match word {
        "acct" | "accts" => "account",
        "amt" | "amts" => "amount",
        "avg" => "average",
        "bc" => "because",
        "cand" | "cands" => "candidate",
        "cust" => "customer",
        "distr" => "distribution",
        "eval" => "evaluation",
        "feat" | "feats" => "feature",
        "freq" => "frequency",
        "impr" | "imprs" | "imps" => "impression",
        "merch" => "merchant",
        "neg" | "negs" => "negative",
        "obj" => "objective",
        "param" | "params" => "parameter",
        "pred" | "preds" => "prediction",
        "prob" | "proba" | "probas" | "probs" => "probability",
        "thr" | "thres" | "thresh" | "thrs" => "threshold",
        "trx" | "tx" | "txn" | "txns" | "txs" => "transaction",
        "vid" | "vids" => "video",
        _ => return None,
    })
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
    use crate::grading::fixtures::words;
    use crate::grading::normal::tokens;
    use crate::grading::stem::Stems;

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
}
