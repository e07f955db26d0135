//! Words as they are compared: small letters without the accents of Latin ones.

use unicode_normalization::char::decompose_canonical;

/// A word of a text with its place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) folded: String,
    /// Bytes in the text as it is shown.
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The words of a text in order; a word is a run of letters and digits.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        if !belongs_to_word(c) {
            open = false;
            continue;
        }
        let end = at + c.len_utf8();
        match words.last_mut().filter(|_| open) {
            Some(word) => {
                word.folded.extend(fold(c));
                word.to = end;
            }
            None => words.push(Word {
                folded: fold(c).into_iter().collect(),
                from: at,
                to: end,
            }),
        }
        open = true;
    }
    words.retain(|word| !word.folded.is_empty());
    words
}

/// The same words without their places, a blank before each: what an index of much text reads,
/// which cannot afford a string a word.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 1);
    let mut open = false;
    for c in text.chars() {
        if !belongs_to_word(c) {
            open = false;
        } else if let Some(letter) = fold(c) {
            if !open {
                folded.push(' ');
            }
            folded.push(letter);
            open = true;
        }
    }
    folded
}

/// The words of a query, each once.
pub(super) fn query(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in words(text) {
        if !all.contains(&word.folded) {
            all.push(word.folded);
        }
    }
    all
}

fn belongs_to_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

/// The letter without its accent, small; nothing for a mark that stands alone.
fn fold(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    if is_mark(c) {
        return None;
    }
    let mut base = None;
    decompose_canonical(c, |part| {
        base.get_or_insert(part);
    });
    let base = base.unwrap_or(c);
    base.to_lowercase().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_places_and_lose_case_and_accents() {
        let text = "Naïve e\u{301}tude: two-tower, 日本 p99";
        let found: Vec<_> = words(text)
            .into_iter()
            .map(|word| (word.folded, text.get(word.from..word.to).unwrap()))
            .collect();
        let of = |folded: &str, shown| (folded.to_owned(), shown);
        assert_eq!(
            found,
            [
                of("naive", "Naïve"),
                of("etude", "e\u{301}tude"),
                of("two", "two"),
                of("tower", "tower"),
                of("日本", "日本"),
                of("p99", "p99"),
            ]
        );
        assert_eq!(query("A a, B?"), ["a", "b"]);
    }

    proptest::proptest! {
        #[test]
        fn folded_is_the_words_in_a_row(text in "[a-cÉß0½. \\-\u{301}日]{0,24}|.{0,24}") {
            let row: String = words(&text).iter().map(|word| format!(" {}", word.folded)).collect();
            proptest::prop_assert_eq!(folded(&text), row);
        }
    }
}
