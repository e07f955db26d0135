//! Characters as they are compared: compatibility forms, case and accents folded away, each with
//! the bytes of the original text it came from.

use unicode_normalization::char::decompose_compatible;

/// One folded character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) c: char,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Folds a text. `base` is where it begins in the original.
///
/// Decomposing each character by itself and leaving out the accents equals NFKC with the accents
/// stripped, and keeps the bytes apart. A superscript becomes `^` and its digit, or 10⁹ would
/// read as 109.
pub(super) fn fold(text: &str, base: usize) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
    let mut raised = false;
    for (at, original) in text.char_indices() {
        let start = base + at;
        let end = start + original.len_utf8();
        if original.is_ascii() && plain(original) == original {
            let c = original.to_ascii_lowercase();
            letters.push(Letter { c, start, end });
            raised = false;
            continue;
        }
        let superscript = is_superscript(original);
        if superscript && !raised {
            letters.push(Letter { c: '^', start, end });
        }
        raised = superscript;
        if is_invisible(original) || is_accent(original) {
            if let Some(last) = letters.last_mut() {
                last.end = end;
            }
            continue;
        }
        decompose_compatible(whole(original), |part| {
            if !is_accent(part) {
                for c in plain(part).to_lowercase().filter(|c| !is_accent(*c)) {
                    letters.push(Letter { c, start, end });
                }
            }
        });
    }
    letters
}

/// Signs whose stroke is no accent: without it `≠` would be `=`.
fn whole(c: char) -> char {
    match c {
        '≠' | '∉' => '¬',
        _ => c,
    }
}

/// One character for all apostrophes, hyphens and dashes.
fn plain(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{02bc}' | '`' | '\u{00b4}' => '\'',
        '\u{2010}'..='\u{2013}' | '\u{2212}' => '-',
        '\u{2015}' => '\u{2014}',
        _ => c,
    }
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}')
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

fn is_superscript(c: char) -> bool {
    matches!(
        c,
        '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}' | '\u{2074}'..='\u{2079}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(of: &str) -> String {
        fold(of, 0).iter().map(|letter| letter.c).collect()
    }

    #[test]
    fn width_case_accents_and_dashes_are_folded() {
        assert_eq!(text("ＰＲ‑ＡＵＣ"), "pr-auc");
        assert_eq!(text("Naïve"), "naive");
        assert_eq!(text("nai\u{308}ve"), "naive");
        assert_eq!(text("don’t"), "don't");
        assert_eq!(text("ﬁt"), "fit");
        assert_eq!(text("soft\u{ad}hyphen"), "softhyphen");
        assert_eq!(text("10⁹"), "10^9");
        assert_eq!(text("10⁻"), "10-");
    }

    #[test]
    fn a_letter_knows_its_bytes_accents_included() {
        let letters = fold("日e\u{301}Ｘ", 10);
        assert_eq!(
            letters,
            [
                Letter {
                    c: '日',
                    start: 10,
                    end: 13
                },
                Letter {
                    c: 'e',
                    start: 13,
                    end: 16
                },
                Letter {
                    c: 'x',
                    start: 16,
                    end: 19
                },
            ]
        );
    }
}
