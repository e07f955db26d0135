//! Text to tokens: folded, split into words and numbers, stemmed. Every token keeps its place in
//! the original text.

use super::fold::{fold, Letter};
use super::stem::Stems;
use super::{number, shorthand, spoken};

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    Space,
    /// A hyphen, an underscore, or nothing: `pre-ranking`, `7d`.
    Joined,
    /// `A/B`.
    Slash,
    /// Punctuation that ends a clause.
    Clause,
}

/// A word or a number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    /// As it was written, folded, and shorthand written out.
    pub(super) word: String,
    pub(super) stem: String,
    /// Bytes of the original text.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) gap: Gap,
    pub(super) number: Option<f64>,
    /// The stem of this token and the next one written as one word: `pre-ranking` → `prerank`.
    pub(super) with_next: Option<String>,
    /// A cut-off after "at": the 500 and the k of `recall@500` and `precision at k`.
    pub(super) cutoff: bool,
}

/// The tokens of a piece of text that begins at byte `base` of the original.
pub(super) fn tokens(text: &str, base: usize, stems: &Stems) -> Vec<Token> {
    let letters = fold(text, base);
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut gap = Gap::Space;
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let rest = letters.get(at..).unwrap_or_default();
        let taken = if let Some((value, taken)) = number::scan(rest) {
            push_number(&mut out, value, rest, taken, gap);
            taken
        } else if is_word(letter.c) {
            let taken = word_length(rest);
            push_word(&mut out, rest.get(..taken).unwrap_or_default(), gap, stems);
            taken
        } else if let Some(word) = sign(letter.c) {
            out.push(token(word.to_owned(), word.to_owned(), rest, 1, gap));
            1
        } else {
            let before = at.checked_sub(1).and_then(|i| letters.get(i));
            gap = gap_after(gap, before.copied(), *letter, rest.get(1).copied());
            at += 1;
            continue;
        };
        at += taken;
        gap = Gap::Joined;
    }
    let mut out = spoken::folded(without_fillers(shorthand::joined(out)));
    join(&mut out, stems);
    out
}

/// What speech is full of and writing is not: "um", "you know", "I mean", "sort of".
fn without_fillers(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let word = token.word.as_str();
        if matches!(
            word,
            "um" | "umm" | "uh" | "uhm" | "erm" | "hmm" | "basically"
        ) {
            continue;
        }
        let before = out.last().map_or("", |before| before.word.as_str());
        let pair = match (before, word) {
            ("you", "know") | ("i", "mean") => true,
            ("sort" | "kind", "of") => hedges(out.len().checked_sub(2).and_then(|at| out.get(at))),
            _ => false,
        };
        if pair && token.gap != Gap::Clause {
            out.pop();
            continue;
        }
        out.push(token);
    }
    out
}

/// Whether "kind of" after this word softens what follows ("it is kind of slow") and does not name a
/// kind ("which kind of photo"). At the beginning of a text, or of a phrase of a rule, it names.
fn hedges(before: Option<&Token>) -> bool {
    const NAMING: [&str; 24] = [
        "a",
        "an",
        "any",
        "another",
        "by",
        "different",
        "each",
        "every",
        "first",
        "new",
        "no",
        "of",
        "one",
        "other",
        "per",
        "right",
        "same",
        "second",
        "some",
        "that",
        "the",
        "this",
        "what",
        "which",
    ];
    before.is_some_and(|own| !NAMING.contains(&own.word.as_str()))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

fn sign(c: char) -> Option<&'static str> {
    match c {
        '%' => Some("%"),
        '@' => Some("at"),
        '&' => Some("and"),
        '↑' => Some("up"),
        '↓' => Some("down"),
        '✗' | '✘' | '❌' => Some("no"),
        '¬' => Some("not"),
        '∈' => Some("in"),
        '∧' => Some("and"),
        '∨' => Some("or"),
        _ => None,
    }
}

/// Letters that belong to one word: an apostrophe between letters, a point between digits.
fn word_length(letters: &[Letter]) -> usize {
    let at = |i: usize| letters.get(i).map(|letter| letter.c);
    let mut end = 0;
    while let Some(c) = at(end) {
        let next = at(end + 1);
        let before = end.checked_sub(1).and_then(at);
        let inside = match c {
            '\'' => {
                next.is_some_and(char::is_alphabetic) && before.is_some_and(char::is_alphabetic)
            }
            '.' => {
                next.is_some_and(|c| c.is_ascii_digit())
                    && before.is_some_and(|c| c.is_ascii_digit())
            }
            _ => is_word(c),
        };
        if !inside {
            break;
        }
        end += 1;
    }
    end
}

/// What the gap before the next token is, after one more character of it.
fn gap_after(gap: Gap, before: Option<Letter>, letter: Letter, next: Option<Letter>) -> Gap {
    if gap == Gap::Clause {
        return gap;
    }
    let touches = |side: Option<Letter>| side.is_some_and(|l| is_word(l.c) || l.c == '%');
    let tight = touches(before) && touches(next);
    let spaced = |side: Option<Letter>| side.is_none_or(|l| l.c.is_whitespace());
    match letter.c {
        // `p != q` is one clause.
        '!' if next.is_some_and(|l| l.c == '=') => gap,
        // So is `P(fraud|card)`.
        '(' | '[' | '|' if tight => Gap::Space,
        ',' | ';' | ':' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '\u{2014}' | '!' | '?'
        | '…' | '→' | '⇒' | '。' | '、' => Gap::Clause,
        '.' if !tight => Gap::Clause,
        '>' if matches!(before, Some(l) if l.c == '-' || l.c == '=') => Gap::Clause,
        '-' if spaced(before) && spaced(next) => Gap::Clause,
        '-' | '_' if tight => Gap::Joined,
        '/' if tight => Gap::Slash,
        '*' | '\'' | '"' => gap,
        _ => Gap::Space,
    }
}

fn token(word: String, stem: String, letters: &[Letter], taken: usize, gap: Gap) -> Token {
    Token {
        word,
        stem,
        start: letters.first().map_or(0, |letter| letter.start),
        end: letters
            .get(taken.saturating_sub(1))
            .map_or(0, |letter| letter.end),
        gap,
        number: None,
        with_next: None,
        cutoff: false,
    }
}

fn push_number(out: &mut Vec<Token>, value: f64, letters: &[Letter], taken: usize, gap: Gap) {
    let word: String = letters.iter().take(taken).map(|letter| letter.c).collect();
    // By value, so that `10k` and `10,000` are the same word.
    let mut token = token(word, value.to_string(), letters, taken, gap);
    token.number = Some(value);
    out.push(token);
}

fn push_word(out: &mut Vec<Token>, letters: &[Letter], gap: Gap, stems: &Stems) {
    let mut word = String::with_capacity(letters.len());
    word.extend(letters.iter().map(|letter| letter.c));
    if let Some((base, taken)) = negated_auxiliary(&word) {
        out.push(token(base.to_owned(), stems.of(base), letters, taken, gap));
        let rest = letters.get(taken..).unwrap_or_default();
        let not = "not".to_owned();
        out.push(token(not.clone(), not, rest, rest.len(), Gap::Space));
        return;
    }
    let word = match word.split_once('\'') {
        Some((base, "s" | "ll" | "re" | "ve" | "d" | "m")) => base.to_owned(),
        Some(_) => word.replace('\'', ""),
        None => word,
    };
    let word = shorthand::long(&word).map_or(word, str::to_owned);
    let stem = stems.of(&word);
    out.push(token(word, stem, letters, letters.len(), gap));
}

/// `don't`, `dont`, `cannot` are two words, the second of which is "not". The number says how many
/// letters the first one takes.
fn negated_auxiliary(word: &str) -> Option<(&str, usize)> {
    let base = match word {
        "cannot" => return Some(("can", 3)),
        "can't" | "cant" => return Some(("can", 2)),
        "won't" | "wont" => return Some(("will", 2)),
        "dont" | "doesnt" | "didnt" | "isnt" | "arent" | "wasnt" | "shouldnt" | "wouldnt" => {
            word.strip_suffix("nt")?
        }
        _ => word.strip_suffix("n't")?,
    };
    Some((base, base.chars().count()))
}

/// Fills in what depends on the neighbours.
fn join(tokens: &mut [Token], stems: &Stems) {
    for at in 1..tokens.len() {
        let (Some(before), Some(this)) = (tokens.get(at - 1), tokens.get(at)) else {
            continue;
        };
        // The "at" of `ndcg@10` is a word of its own: "n d c g at ten" is no "ndcgat".
        let at_sign = before.word == "at" || this.word == "at";
        let with_next = (matches!(this.gap, Gap::Joined | Gap::Slash) && !at_sign)
            .then(|| stems.of(&format!("{}{}", before.word, this.word)));
        let cutoff = before.word == "at"
            && this.gap != Gap::Clause
            && (this.number.is_some() || matches!(this.word.as_str(), "k" | "n"));
        if let Some(before) = tokens.get_mut(at - 1) {
            before.with_next = with_next;
        }
        if let Some(this) = tokens.get_mut(at) {
            this.cutoff = cutoff;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text, 0, &Stems::new())
            .into_iter()
            .map(|token| token.word)
            .collect()
    }

    /// A rule's "kind of photo" must not become "photo".
    #[test]
    fn kind_of_is_a_filler_only_where_it_softens() {
        assert_eq!(words("kind of photo").join(" "), "kind of photo");
        assert_eq!(
            words("which kind of photo").join(" "),
            "which kind of photo"
        );
        assert_eq!(words("it is kind of slow").join(" "), "it is slow");
        assert_eq!(
            words("we um sort of, you know, shard it").join(" "),
            "we shard it"
        );
    }

    #[test]
    fn jargon_is_split_where_people_vary_it() {
        assert_eq!(
            words("A/B-test k-NN, p99.9!"),
            ["a", "b", "test", "k", "nn", "p99.9"]
        );
        assert_eq!(words("recall@500"), ["recall", "at", "500"]);
        assert_eq!(words("✗ shuffle"), ["no", "shuffle"]);
        assert_eq!(words("99.9 % in 200ms"), ["99.9", "%", "in", "200", "ms"]);
        assert_eq!(
            words("word2vec x_train R&D"),
            ["word2vec", "x", "train", "r", "and", "d"]
        );
        assert_eq!(
            words("the user's users’ we'll"),
            ["the", "user", "users", "we"]
        );
        assert_eq!(words("- ** ** —"), Vec::<String>::new());
    }

    #[test]
    fn formulas_are_read_as_they_are_said() {
        assert_eq!(
            words("shown ∧ ¬played, y ≠ click").join(" "),
            "shown and not played y not click"
        );
        let inside = |text: &str| {
            let clause = |token: &Token| token.gap == Gap::Clause;
            tokens(text, 0, &Stems::new()).iter().any(clause)
        };
        assert!(!inside("P(fraud|card"));
        assert!(inside("labels (fraud)"));
        assert!(inside("a | b"));
    }

    #[test]
    fn contractions_come_apart_with_their_own_bytes() {
        let text = "We don’t";
        let tokens = tokens(text, 0, &Stems::new());
        let parts: Vec<_> = tokens
            .iter()
            .map(|t| text.get(t.start..t.end).unwrap())
            .collect();
        assert_eq!(parts, ["We", "do", "n’t"]);
        assert_eq!(
            words("can't cannot wont isn't"),
            ["can", "not", "can", "not", "will", "not", "is", "not"]
        );
    }

    #[test]
    fn what_is_joined_can_be_read_as_one_word() {
        let tokens = tokens("pre-ranking k-NN A/B re rank ndcg@10", 0, &Stems::new());
        let joined: Vec<_> = tokens
            .iter()
            .filter_map(|t| t.with_next.as_deref())
            .collect();
        assert_eq!(joined, ["prerank", "knn", "ab"]);
    }

    #[test]
    fn a_clause_ends_at_punctuation_and_arrows_but_not_at_a_decimal_point() {
        let clauses = |text: &str| {
            tokens(text, 0, &Stems::new())
                .into_iter()
                .filter(|t| t.gap == Gap::Clause)
                .map(|t| t.word)
                .collect::<Vec<_>>()
        };
        assert_eq!(clauses("a, b; c: d (e) f"), ["b", "c", "d", "e", "f"]);
        assert_eq!(
            clauses("a -> b => c → d — e - f"),
            ["b", "c", "d", "e", "f"]
        );
        assert_eq!(
            clauses("0.5 in-batch a/b x >= 3 \"q\" 2.5"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn tokens_point_at_the_original_bytes() {
        let text = "日本語 ＡＵＣ — naïve, 10⁹";
        let tokens = tokens(text, 0, &Stems::new());
        let parts: Vec<_> = tokens
            .iter()
            .map(|t| text.get(t.start..t.end).unwrap())
            .collect();
        assert_eq!(parts, ["日本語", "ＡＵＣ", "naïve", "10⁹"]);
        assert_eq!(tokens[1].stem, "auc");
        assert_eq!(tokens[3].number, Some(1e9));
    }
}
