//! Whether a text is English. The rules hear nothing else, and a learner should be told so instead of
//! being told that everything was missed.

use super::reading::Reading;
use super::Lexicon;

/// Words from which a text can be told.
const LEAST: usize = 8;
/// Share of words that are everyday English or terms, under which a text is in another language. The
/// tersest notes in the labelled answers have a third.
const SHARE: usize = 5;

/// Words that English cannot do without. None of them is a common word of its neighbours.
const EVERYDAY: [&str; 60] = [
    "about", "after", "all", "and", "any", "are", "at", "be", "because", "before", "but", "by",
    "can", "do", "each", "first", "for", "from", "get", "has", "have", "how", "if", "into", "is",
    "it", "its", "just", "keep", "like", "make", "more", "need", "never", "no", "not", "of",
    "only", "or", "our", "over", "so", "that", "the", "then", "there", "they", "this", "to", "use",
    "want", "we", "what", "when", "which", "who", "will", "with", "without", "you",
];

/// Where letters begin that English has none of: Greek, Cyrillic, Arabic, Han …
const FOREIGN: char = '\u{370}';

/// Whether what was written is in another language.
pub(super) fn is_other<'a>(
    texts: impl Iterator<Item = (&'a str, &'a Reading)>,
    lexicon: &Lexicon,
) -> bool {
    let (mut words, mut english) = (0, 0);
    let (mut letters, mut foreign) = (0, 0);
    for (text, reading) in texts {
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            letters += 1;
            foreign += usize::from(c >= FOREIGN);
        }
        for (at, token) in reading.tokens().iter().enumerate() {
            // Numbers and signs belong to every language.
            if token.number.is_some() {
                continue;
            }
            words += 1;
            let known = reading.is_covered(at)
                || EVERYDAY.binary_search(&token.word.as_str()).is_ok()
                || lexicon.has_word(&token.stem);
            english += usize::from(known);
        }
    }
    (words >= LEAST && english * SHARE < words) || (foreign >= LEAST && foreign * 2 > letters)
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::lexicon;
    use super::*;

    fn other(text: &str) -> bool {
        let lexicon = Lexicon::new(&lexicon());
        let reading = lexicon.read(text);
        is_other([(text, &reading)].into_iter(), &lexicon)
    }

    #[test]
    fn everyday_words_can_be_searched() {
        assert!(EVERYDAY.is_sorted());
    }

    #[test]
    fn another_language_is_told_from_terse_notes() {
        assert!(other(
            "Wir teilen die Daten nach der Zeit und warten eine Woche."
        ));
        assert!(other("我们按时间切分数据，训练和测试之间留一周"));
        assert!(other(
            "Nous séparons les données par le temps avec une semaine."
        ));
        assert!(!other(
            "time split, gap 7d, calibration per slice, HNSW, PR-AUC, fallback"
        ));
        assert!(!other("we wait for a week before we look at what came in"));
        assert!(!other("Wir teilen."));
        assert!(!other(""));
    }
}
