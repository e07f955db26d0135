//! One stem for all the ways a word is written: spellings on both sides of the Atlantic, plurals of
//! abbreviations, and the endings that Snowball takes off.

use super::table::Table;
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::fmt;

/// Takes the endings off words.
pub(super) struct Stems {
    english: Stemmer,
    /// Stems of words that come often.
    known: Table<String, String>,
}

impl fmt::Debug for Stems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stems")
    }
}

/// British beginnings and the American ones they are compared by.
const SPELLING: [(&str, &str); 27] = [
    ("ageing", "aging"),
    ("armour", "armor"),
    ("artefact", "artifact"),
    ("behaviour", "behavior"),
    ("catalogue", "catalog"),
    ("centre", "center"),
    ("colour", "color"),
    ("defence", "defense"),
    ("dialogue", "dialog"),
    ("endeavour", "endeavor"),
    ("favour", "favor"),
    ("fibre", "fiber"),
    ("flavour", "flavor"),
    ("grey", "gray"),
    ("harbour", "harbor"),
    ("honour", "honor"),
    ("humour", "humor"),
    ("judgement", "judgment"),
    ("labour", "labor"),
    ("licence", "license"),
    ("metre", "meter"),
    ("neighbour", "neighbor"),
    ("offence", "offense"),
    ("practise", "practice"),
    ("programme", "program"),
    ("rumour", "rumor"),
    ("tumour", "tumor"),
];

impl Stems {
    pub(super) fn new() -> Self {
        Self {
            english: Stemmer::create(Algorithm::English),
            known: Table::default(),
        }
    }

    /// Keeps the stems of words that will be asked for again and again.
    pub(super) fn knowing<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let new = Self::new();
        let known = words.map(|word| (word.to_owned(), new.of(word))).collect();
        Self { known, ..new }
    }

    /// The stem of a folded word.
    pub(super) fn of(&self, word: &str) -> String {
        if let Some(stem) = self.known.get(word) {
            return stem.clone();
        }
        if !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return word.to_owned();
        }
        if let Some(stem) = irregular(word) {
            return stem.to_owned();
        }
        if let Some(singular) = plural_of_abbreviation(word) {
            return singular.to_owned();
        }
        let word = american(word);
        self.english.stem(&british(&word)).into_owned()
    }
}

/// Words that the stemmer leaves apart though they mean one thing, or puts together though they
/// do not (`position` and `positive` are both `posit`).
fn irregular(word: &str) -> Option<&'static str> {
    Some(match word {
        "analyses" | "analysis" => "analys",
        "axes" | "axis" => "axis",
        "bases" | "basis" => "basis",
        "bias" | "biased" | "biases" => "bias",
        "cpus" => "cpu",
        "criteria" | "criterion" => "criterion",
        "debias" => "debias",
        "engineer" | "engineering" | "engineers" => "engineer",
        "gpus" => "gpu",
        "hypotheses" => "hypothesi",
        "indexes" | "indices" => "index",
        "likely" => "likely",
        "matrices" => "matrix",
        "positive" | "positively" | "positives" => "positiv",
        "preference" | "preferences" => "preference",
        "ranker" | "rankers" => "rank",
        "receiver" => "receiver",
        "retrieval" | "retriever" | "retrievers" => "retriev",
        "server" => "server",
        "skus" => "sku",
        "splitted" => "split",
        "tpus" => "tpu",
        "unbias" | "unbiased" => "unbias",
        "vertices" => "vertex",
        "went" => "go",
        _ => return None,
    })
}

/// `llms`, `ctrs`: the stemmer keeps the s where no vowel comes before it. Three letters stay as
/// they are: `qps` is no plural.
fn plural_of_abbreviation(word: &str) -> Option<&str> {
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let singular = word.strip_suffix('s')?;
    (word.len() >= 4 && !singular.ends_with('s') && !singular.bytes().any(vowel))
        .then_some(singular)
}

/// `behaviour` → `behavior`, `catalogue` → `catalog`, with whatever ending follows.
fn american(word: &str) -> Cow<'_, str> {
    for (from, to) in SPELLING {
        if let Some(ending) = word.strip_prefix(from) {
            return Cow::Owned(format!("{to}{ending}"));
        }
    }
    Cow::Borrowed(word)
}

/// `-ize` → `-ise`, `-yze` → `-yse`, with every ending. This way round, because the other one would
/// part `supervised` from `supervision`, and Snowball cuts `personalization` down to `person`.
fn british(word: &str) -> Cow<'_, str> {
    if !word.contains('z') {
        return Cow::Borrowed(word);
    }
    let letters: Vec<char> = word.chars().collect();
    let letter = |(at, &c): (usize, &char)| {
        let before = at.checked_sub(1).and_then(|i| letters.get(i));
        let after = letters.get(at + 1);
        let ending =
            at >= 3 && matches!(before, Some('i' | 'y')) && matches!(after, Some('e' | 'i' | 'a'));
        if c == 'z' && ending {
            's'
        } else {
            c
        }
    };
    Cow::Owned(letters.iter().enumerate().map(letter).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(words: &[&str]) {
        let stems = Stems::new();
        let stem = stems.of(words[0]);
        for word in words {
            assert_eq!(stems.of(word), stem, "{word} and {}", words[0]);
        }
    }

    fn apart(a: &str, b: &str) {
        let stems = Stems::new();
        assert_ne!(stems.of(a), stems.of(b), "{a} and {b}");
    }

    #[test]
    fn spellings_are_sorted() {
        assert!(SPELLING.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn both_spellings_and_all_endings_meet() {
        same(&[
            "quantise",
            "quantize",
            "quantization",
            "quantisation",
            "quantized",
        ]);
        same(&["analyse", "analyze", "analyzed", "analysing"]);
        same(&["behaviour", "behavior", "behaviours"]);
        same(&["neighbours", "neighbor", "neighbour"]);
        same(&["label", "labelled", "labeled", "labelling"]);
        same(&["modelling", "modeling", "models"]);
        same(&["catalogue", "catalog", "catalogues"]);
        same(&["supervised", "supervision", "supervise"]);
        same(&["ranking", "ranker", "rankers", "ranked"]);
        same(&["retrieval", "retriever", "retrieve", "retrieves"]);
        same(&["bias", "biased", "biases"]);
        same(&["index", "indices", "indexes", "indexing"]);
        same(&["calibrated", "calibration", "calibrate"]);
    }

    #[test]
    fn words_that_mean_different_things_stay_apart() {
        apart("personalization", "person");
        apart("position", "positive");
        apart("four", "for");
        apart("server", "serving");
        apart("engineering", "engine");
        apart("preferences", "prefer");
        apart("receiver", "received");
        apart("normalisation", "normal");
        apart("hour", "hor");
    }

    #[test]
    fn abbreviations_lose_a_plural_and_nothing_else() {
        same(&["llm", "llms"]);
        same(&["ctr", "ctrs"]);
        same(&["gpu", "gpus"]);
        let stems = Stems::new();
        assert_eq!(stems.of("qps"), "qps");
        assert_eq!(stems.of("p99"), "p99");
        assert_eq!(stems.of("日本"), "日本");
        assert_eq!(stems.of(""), "");
    }
}
