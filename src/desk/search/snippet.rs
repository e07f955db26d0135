//! The piece of a text that shows why it was found, its hits marked.

use super::fold::{self, Word};
use std::collections::BTreeSet;

/// Bytes of a snippet, about.
const LENGTH: usize = 160;
/// Bytes before its first hit, about.
const BEFORE: usize = 24;

/// A snippet, and the hits in it as bytes from and to. Of a long text it is the piece with the most
/// different words of the query. `known` are the words that the typed ones stand for.
pub(super) fn cut(
    text: &str,
    typed: &[String],
    known: &BTreeSet<String>,
) -> (String, Vec<(usize, usize)>) {
    let words = fold::words(text);
    let hits: Vec<(usize, Word)> = words
        .iter()
        .filter(|word| known.contains(&word.folded))
        .map(|word| (meant(&word.folded, typed), word.clone()))
        .collect();
    let (from, to) = window(text, &words, &hits);
    let lead = if from > 0 { "…" } else { "" };
    let tail = if to < text.len() { "…" } else { "" };
    let piece = text.get(from..to).unwrap_or_default();
    let marks = hits
        .iter()
        .filter(|(_, hit)| hit.from >= from && hit.to <= to);
    let marks = marks.map(|(number, hit)| {
        let typed = typed.get(*number).map_or("", String::as_str);
        let start = lead.len() + hit.from - from;
        (start, start + marked(text, hit, typed))
    });
    (format!("{lead}{piece}{tail}"), marks.collect())
}

/// The typed word that a word of the text answers, as far as one can tell: the one that it begins
/// with, else the one that it shares most with.
fn meant(word: &str, typed: &[String]) -> usize {
    let same = |own: &str| {
        word.chars()
            .zip(own.chars())
            .take_while(|(a, b)| a == b)
            .count()
    };
    let all = typed.iter().enumerate();
    let best = all.max_by_key(|(at, own)| (same(own), std::cmp::Reverse(*at)));
    best.map_or(0, |(at, _)| at)
}

/// Bytes of the word that are marked: what was typed of it, all of it when it differs.
fn marked(text: &str, hit: &Word, typed: &str) -> usize {
    let shown = text.get(hit.from..hit.to).unwrap_or_default();
    if !hit.folded.starts_with(typed) {
        return shown.len();
    }
    let letters = typed.chars().count();
    // Letters may be more than one character long.
    let mut ends = shown.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.find(|end| {
        let begin = shown.get(..*end).map(fold::words).unwrap_or_default();
        begin
            .first()
            .is_some_and(|word| word.folded.chars().count() >= letters)
    });
    end.unwrap_or(shown.len())
}

/// From where to where: from a word's beginning to a word's end.
fn window(text: &str, words: &[Word], hits: &[(usize, Word)]) -> (usize, usize) {
    if text.len() <= LENGTH {
        return (0, text.len());
    }
    let kinds = |from: usize| -> usize {
        let near = hits
            .iter()
            .filter(|(_, hit)| hit.from >= from && hit.to <= from + LENGTH);
        near.map(|(number, _)| number)
            .collect::<BTreeSet<_>>()
            .len()
    };
    let starts = hits.iter().map(|(_, hit)| hit.from.saturating_sub(BEFORE));
    let best = starts.max_by_key(|from| (kinds(*from), std::cmp::Reverse(*from)));
    let wanted = best.unwrap_or(0);
    let from = match wanted {
        0 => 0,
        _ => words
            .iter()
            .map(|word| word.from)
            .find(|from| *from >= wanted)
            .unwrap_or(0),
    };
    let to = words
        .iter()
        .map(|word| word.to)
        .take_while(|to| *to <= from + LENGTH)
        .last()
        .unwrap_or(text.len());
    let ends_text = words.last().is_none_or(|word| word.to <= to);
    (from, if ends_text { text.len() } else { to.max(from) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, typed: &[&str], known: &[&str]) -> (String, Vec<String>) {
        let typed: Vec<String> = typed.iter().map(|word| (*word).to_owned()).collect();
        let known = known.iter().map(|word| (*word).to_owned()).collect();
        let (snippet, hits) = cut(text, &typed, &known);
        let hits = hits
            .into_iter()
            .map(|(from, to)| snippet.get(from..to).unwrap().to_owned());
        let hits = hits.collect();
        (snippet, hits)
    }

    #[test]
    fn what_was_typed_is_marked() {
        let (snippet, hits) = shown(
            "Naïve calibration, then 日本",
            &["naiv", "日"],
            &["naive", "日本"],
        );
        assert_eq!(snippet, "Naïve calibration, then 日本");
        assert_eq!(hits, ["Naïv", "日"]);
        // A typing error: the whole word.
        let (_, hits) = shown("Calibration counts", &["clib"], &["calibration"]);
        assert_eq!(hits, ["Calibration"]);
    }

    #[test]
    fn a_long_text_is_cut_where_the_most_words_are() {
        let filler = "word ".repeat(60);
        let text = format!("bias {filler}position bias here {filler}");
        let (snippet, hits) = shown(&text, &["position", "bias"], &["position", "bias"]);
        assert!(
            snippet.starts_with('…') && snippet.ends_with('…'),
            "{snippet}"
        );
        assert_eq!(hits, ["position", "bias"]);
        assert!(snippet.len() < LENGTH + 20);
    }
}
